"""What a report says of numbers is what certificates prove, whatever a docket says."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from exact_quantum import ROOT

from exactsteer import InputError
from exactsteer.kernel.certificate import Claim, read_certificate
from exactsteer.kernel.field import Algebraic, Field, number
from exactsteer.literature.docket import DocketLine, docket_bytes, merged, read_docket, row_order
from exactsteer.report.curves import curves
from exactsteer.report.examples import capitalised
from exactsteer.report.numbers import (
    Proved,
    candidates,
    difference,
    facts,
    proved_number,
    status_of,
)
from exactsteer.report.page import ends, in_words

PROOFS = ROOT / "proofs"
DOCKET = read_docket(PROOFS / "docket.jsonl")


def claims_of(line: DocketLine) -> dict[str, Claim]:
    return {name: read_certificate((PROOFS / name).read_bytes()).claim for name in line.certificates}


def line_of(start: str) -> DocketLine:
    return next(line for line in DOCKET if line.claim.startswith(start))


def test_the_docket_is_what_the_certificates_prove() -> None:
    """Every number of the committed docket, and no certificate that it does not name."""
    named = set()
    for line in DOCKET:
        named |= set(line.certificates)
        proved, complaints = proved_number(line, facts(claims_of(line)))
        if line.certificates:
            assert not complaints, (line.claim, complaints)
            assert (proved is None) == (line.lower is None)
            assert status_of(line, proved) == line.status
    assert named == {path.relative_to(PROOFS).as_posix() for path in PROOFS.rglob("*.json")}


@pytest.mark.parametrize(
    ("lower", "upper", "complaint"),
    [
        ("-0.50842042258", "-0.50842042232", ""),
        ("-0.6", "-0.5", ""),
        ("-0.508420422", "-0.50842042232", "the certificates prove ≥ -0.50842042258"),
        ("-0.50842042258", "-0.508420423", "the certificates prove ≤ -0.50842042232"),
        ("nonsense", "-0.5", "The docket says ≥ nonsense"),
    ],
)
def test_a_docket_may_say_less_but_not_more(lower: str, upper: str, complaint: str) -> None:
    line = replace(line_of("almost-quantum minimum"), lower=lower, upper=upper)
    proved, complaints = proved_number(line, facts(claims_of(line)))
    assert proved is not None
    assert proved.lower == Fraction("-0.50842042258")
    assert [complaint in text for text in complaints] == ([True] if complaint else [])


def test_a_side_without_certificate_is_not_proved() -> None:
    """Only the bound from below is there: the docket's other end is not taken from it."""
    line = line_of("almost-quantum minimum")
    line = replace(line, certificates=tuple(n for n in line.certificates if "lower" in n))
    proved, complaints = proved_number(line, facts(claims_of(line)))
    assert proved is not None
    assert proved.upper is None
    assert complaints == ["The docket says ≤ -0.50842042232, and no certificate proves that side."]
    assert ends(proved) == ["≥ −0.50842042258"]


def test_one_side_of_an_exact_number_is_said_to_be_one() -> None:
    line = line_of("messages that simulate 200")
    proved, complaints = proved_number(line, facts(claims_of(line)))
    assert not complaints
    assert proved is not None
    assert (proved.lower, proved.upper) == (200, None)
    _, complaints = proved_number(replace(line, upper="201"), facts(claims_of(line)))
    assert len(complaints) == 1


def test_bounds_of_different_functionals_are_not_put_together() -> None:
    one, other = line_of("minimum of Table II over level 1"), line_of("minimum of Table II over level 2")
    mixed = claims_of(one) | claims_of(other)
    names = {name: c for name, c in mixed.items() if "-1-lower" in name or "-2-upper" in name}
    assert len(names) == 2
    found = candidates(facts(names))
    assert len(found) == 2
    assert not any(p.lower is not None and p.upper is not None for p in found)


def test_share_of_noise_is_read_off_the_mixture() -> None:
    """1 - v from the visibility bound, and from the table of the membership."""
    line = line_of("share of white noise below which the PR box")
    proved, complaints = proved_number(line, facts(claims_of(line)))
    assert not complaints
    assert proved is not None
    assert proved.quantity == "share of noise 1 − v"
    assert isinstance(proved.lower, Fraction)
    assert isinstance(proved.upper, Fraction)
    assert (1 - proved.upper) ** 2 < Fraction(1, 2) < (1 - proved.lower) ** 2
    (curve,) = curves(claims_of(line))
    assert [point.share for point in curve.points[:2]] == [0, Fraction("0.073")]
    assert [point.radius is None for point in curve.points] == [False] * 5 + [True] * 3
    radii = [point.radius for point in curve.points[:5] if point.radius is not None]
    assert radii == sorted(radii, reverse=True)
    assert radii[-1] > 0
    assert curve.lower == proved.lower
    assert curve.upper == proved.upper


def test_a_mixture_that_is_not_on_the_segment_is_no_point() -> None:
    line, other = (
        line_of("share of white noise below which the PR box"),
        line_of("share of white noise below which Table I"),
    )
    known = claims_of(line) | {n: c for n, c in claims_of(other).items() if "threshold" not in n}
    (curve,) = curves(known)
    assert {point.name.split("-")[0] for point in curve.points} == {"noise/pr"}


def test_tampered_status_is_corrected_where_the_number_shows_it() -> None:
    line = line_of("almost-quantum minimum")
    proved, _ = proved_number(line, facts(claims_of(line)))
    assert status_of(replace(line, status="proved"), proved) == "corrected"
    assert status_of(replace(line, printed="-0.508420"), proved) == "proved"
    assert proved is not None
    away = difference("-0.508417", proved)
    assert away is not None
    assert Fraction("0.0000034") < away < Fraction("0.0000035")
    assert difference("-0.50842", proved) == 0
    assert difference("1/√2", proved) is None


def test_numbers_in_words() -> None:
    root = number(Field((-2, 0, 1), Fraction(1), Fraction(2)), (0, 1))
    assert isinstance(root, Algebraic)
    assert in_words(root) == "1.414213562373…"
    assert in_words(Fraction(-1, 8)) == "−0.125"
    assert in_words(Fraction(1, 3)) == "1/3 (0.333333333333…)"
    assert ends(Proved("value", root, root)) == ["= 1.414213562373…"]
    assert capitalised("almost-quantum minimum") == "Almost-quantum minimum"
    assert capitalised("p(000|000) + …") == "p(000|000) + …"


def test_rows_replace_rows_and_keep_the_others(tmp_path: Path) -> None:
    def line(row: str, claim: str) -> DocketLine:
        return DocketLine(row, "paper", claim, "", None, None, "proved", ("a.json",))

    before = [line("A2", "old"), line("A2", "old too"), line("A10", "kept"), line("B1", "kept")]
    after = merged(before, [line("A9", "new"), line("A2", "new")])
    assert [(item.row, item.claim) for item in after] == [
        ("A2", "new"),
        ("A9", "new"),
        ("A10", "kept"),
        ("B1", "kept"),
    ]
    (tmp_path / "docket.jsonl").write_bytes(docket_bytes(after))
    assert read_docket(tmp_path / "docket.jsonl") == after
    assert sorted(["F1", "A10", "A2"], key=row_order) == ["A2", "A10", "F1"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "line 1: not a JSON object"),
        ("{}", "line 1: an object with the fields row, paper,"),
        (json.dumps(dict.fromkeys(DocketLine.__annotations__, "x")), "certificates: a list"),
        ("\xff".encode("latin-1"), "not a text file in UTF-8"),
    ],
)
def test_a_broken_docket_is_refused(tmp_path: Path, text: str | bytes, problem: str) -> None:
    path = tmp_path / "docket.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match=problem):
        read_docket(path)
