"""The rows of Many characterised parties, and that what they claim can be seen in other ways."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache

import cvxpy as cp
import numpy as np
import pytest
from benchmarks.plain_parents import least_tolerance, white_noise_robustness
from exact_quantum import ROOT
from literature.test_rows import evidence

from exactsteer import check
from exactsteer.literature import ROWS, Evidence
from exactsteer.literature.many_parties import (
    EXAMPLES_10,
    EXAMPLES_11,
    example_10,
    example_11,
    noises,
    printed_example,
    qubit_example,
)
from exactsteer.literature.rows import printed_data
from exactsteer.steering.layouts import float_matrix

NAMES = ("simple", "robust")
DATA = ROOT.parent / "shared" / "data"


@cache
def row(name: str) -> list[Evidence]:
    """The evidence of a row, some of which is about printed numbers only."""
    found = ROWS[name](lambda text: None)
    for item in found:
        for proof in item.proofs.values():
            assert check(proof.bytes()).status == "accepted"
    return found


def numbers(item: Evidence) -> tuple[Fraction, Fraction]:
    assert isinstance(item.lower, Fraction)
    assert isinstance(item.upper, Fraction)
    return item.lower, item.upper


@pytest.mark.parametrize(("name", "count"), [("C1", 1), ("C2", 7), ("C3", 2), ("C4", 8), ("C5", 6)])
def test_rows_are_proved(name: str, count: int) -> None:
    found = evidence(name)
    assert [item.status for item in found] == ["proved"] * count


def test_c2_violates_local_orthogonality() -> None:
    found = evidence("C2")
    value = next(item for item in found if item.claim.startswith("p(000|000)"))
    epsilon = Fraction("0.0814")
    assert value.lower == value.upper == (1 - epsilon) / (1 - 2 * epsilon)
    assert numbers(found[-1])[1] < 1 + Fraction(1, 10**9)
    box = next(item for item in found if "within" in item.claim)
    assert "0.00647" in box.claim


def test_c3_is_far_from_its_rounding() -> None:
    """The distance to a valid assemblage is 14 orders below the radius."""
    printed = printed_example(9)
    assert 0 < float(printed.distance(printed.nearest())) < 1e-16
    assert "within 0.00218" in evidence("C3")[0].remark


@pytest.mark.skipif(not DATA.exists(), reason=f"no transcriptions at {DATA}")
@pytest.mark.parametrize("number", [7, 9])
def test_data_are_the_printed_ones(number: int) -> None:
    value = json.loads((DATA / f"many-parties-example{number}.json").read_text("utf-8"))["data"]
    shared = value.get("assemblage", value)
    own = printed_data(f"many-parties-example-{number}")["data"]["assemblage"]
    for k in (1, 2):
        for a, x in np.ndindex(2, 2):
            for r, c in np.ndindex(2, 2):
                re, im = shared[f"sigma^({k})"][f"a={a}|x={x}"][r][c]
                entry = own[f"{a}|{x}"][k - 1][r][c]
                entry = entry if isinstance(entry, list) else [entry, "0"]
                assert [Fraction(n) for n in entry] == [Fraction(re), Fraction(im)]


def test_noises_are_those_of_the_paper() -> None:
    """Eqs. 21 to 23, for both Bobs."""
    third, sixth = 1 / 3, 1 / 6
    expected = {
        "white": [np.eye(2) / 4] * 4,
        "GHZ": [np.diag([0.5, 0]), np.diag([0, 0.5]), np.eye(2) / 4, np.eye(2) / 4],
        "W": [
            np.eye(2) / 3,
            np.diag([third, 0]),
            [[third, sixth], [sixth, sixth]],
            [[third, -sixth], [-sixth, sixth]],
        ],
    }
    found = noises(printed_example(9).scenario)
    assert set(found) == set(expected)
    for name, matrices in expected.items():
        for k in range(2):
            bob = found[name].bob(k)
            own = [float_matrix(bob[a, x]) for x, a in np.ndindex(2, 2)]
            np.testing.assert_allclose(own, matrices, atol=1e-15)


def test_c6_and_c7_agree_with_plain_models_and_one_another() -> None:
    """λ = -r/((1 - r)D) between enclosures from different programs; cvxpy within its own accuracy."""
    robustness, tolerance = row("C6"), row("C7")
    assert [item.status for item in robustness] == ["proved"] * 10
    white = [numbers(item) for item in robustness if "white" in item.claim]
    lambdas = [numbers(item) for item in tolerance if item.claim.startswith("tolerance")]
    sigmas = [
        printed_example(9).nearest(),
        *map(example_10, NAMES),
        *map(example_11, NAMES),
        qubit_example(),
    ]
    for sigma, (low, high), (least, most) in zip(sigmas, white, lambdas, strict=True):
        assert high - low <= Fraction(1, 10**9)
        assert most - least <= Fraction(1, 10**9)
        size = 2 ** len(sigma.scenario.outcomes) * sigma.scenario.joint_dimension
        assert least <= -low / ((1 - low) * size)
        assert -high / ((1 - high) * size) <= most
    for sigma, (low, _), (least, _) in list(zip(sigmas, white, lambdas, strict=True))[:2]:
        arrays = [sigma.bob(k).to_array("outcomes-first") for k in range(2)]
        assert white_noise_robustness(arrays, cp.SCS) == pytest.approx(float(low), abs=1e-4)
        assert least_tolerance(arrays, cp.SCS) == pytest.approx(-float(least), abs=1e-4)


def test_ours_are_more_robust_than_the_papers() -> None:
    """Amplitudes are Gaussian integers of at most 2."""
    for item in row("C6"):
        if "paper" in item.remark:
            assert numbers(item)[0] > 10 * Fraction(item.remark.rpartition(" ")[2])
    for state in (*EXAMPLES_10.values(), *EXAMPLES_11.values()):
        assert len(state) <= 9
        assert all(abs(amplitude) <= 2 for amplitude in state.values())


def test_pairs_that_contradict_themselves() -> None:
    pairs = [item for item in row("C7") if item.claim.startswith("printed")]
    refuted = [item.claim.split()[3] for item in pairs if item.status == "refuted"]
    assert refuted == ["ABB_1", "ABB_2"]
    assert len(pairs) == 6
    corrected = [item for item in row("C7") if item.status == "corrected"]
    assert [item.printed for item in corrected] == ["-0.00185"]


def test_c8_sees_what_theorem_6_does_not() -> None:
    found = evidence("C8")
    assert [item.status for item in found] == ["proved"] * 7
    assert "conditions of Theorem 6 hold" in found[4].claim
    assert "yet it is postquantum" in found[5].claim
    assert numbers(found[6])[0] > Fraction("0.1013")
