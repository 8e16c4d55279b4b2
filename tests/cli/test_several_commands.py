"""Several trusted parties on the command line, as processes."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from cli.test_classical_commands import answer, run

from exactsteer.literature.rows import printed_data

NOISE: dict[str, Any] = {
    "scenario": {"parties": [[2, 2]], "dimensions": [2, 2]},
    "assemblage": {f"{a}|{x}": [[["0.25", "0"], ["0", "0.25"]]] * 2 for a in (0, 1) for x in (0, 1)},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Examples 7 and 9 as they are printed, and noise."""
    for number in (7, 9):
        data = printed_data(f"many-parties-example-{number}")
        value = {"scenario": data["scenario"], "assemblage": data["data"]["assemblage"]}
        (tmp_path / f"e{number}.json").write_text(json.dumps(value), "utf-8")
    (tmp_path / "noise.json").write_text(json.dumps(NOISE), "utf-8")
    return tmp_path


def test_printed_numbers(folder: Path) -> None:
    """They signal by rounding, so that they are a box, and not an assemblage."""
    refused = run(folder, "classify", "e9.json")
    assert refused.returncode == 64
    assert len(refused.stderr.splitlines()) == 1
    assert "--printed" in refused.stderr
    assert {path.name for path in folder.iterdir()} == {"e7.json", "e9.json", "noise.json"}
    row = answer(folder, "classify", "e9.json", "--printed", "--set", "no-signalling")
    assert row["verdict"] == "postquantum"
    assert Fraction(row["radius"]) > Fraction(2, 1000)
    assert 0 < float(Fraction(row["distance"])) < 1e-16
    row = answer(folder, "member", "e7.json", "--printed", "--set", "no-signalling")
    assert row["verdict"] == "no-signalling"
    printed = run(folder, "classify", "e9.json", "--printed").stdout
    assert "the nearest valid assemblage is 2.8e-17 away" in printed


def test_robustness_and_tolerance(folder: Path) -> None:
    """λ = -r/((1 - r)D) with D = 8, on white noise."""
    options = ("--measure", "visibility", "--set", "no-signalling")
    (folder / "white.json").write_text(json.dumps(mixed(folder)), "utf-8")
    row = answer(folder, "robustness", "white.json", *options, "--noise", "noise.json")
    r = 1 - Fraction(row["upper"]), 1 - Fraction(row["lower"])
    assert row == {**row, "set": "no-signalling"}
    assert answer(folder, "robustness", "white.json", *options)["lower"] == row["lower"]
    t = answer(folder, "robustness", "white.json", "--measure", "tolerance")
    assert Fraction(t["lower"]) <= r[1] / ((1 - r[1]) * 8)
    assert r[0] / ((1 - r[0]) * 8) <= Fraction(t["upper"])


def mixed(folder: Path) -> dict[str, Any]:
    """Half of the noise, so that it needs no mending: a table of our own with rational entries."""
    a = [["0.3", "0.1"], ["0.1", "0.2"]]
    b = [["0.2", "-0.1"], ["-0.1", "0.3"]]
    c = [["0.25", "0.2"], ["0.2", "0.25"]]
    d = [["0.25", "-0.2"], ["-0.2", "0.25"]]
    elements = {"0|0": [a, c], "1|0": [b, d], "0|1": [c, a], "1|1": [d, b]}
    return {"scenario": NOISE["scenario"], "assemblage": elements}


def test_realise_and_errors(folder: Path) -> None:
    (folder / "mixed.json").write_text(json.dumps(mixed(folder)), "utf-8")
    row = answer(folder, "realise", "noise.json")
    assert row["dimensions"][-1] == 4
    one = {**NOISE, "scenario": {"parties": [[2, 2]], "dimension": 2}}
    one["assemblage"] = {label: pair[0] for label, pair in NOISE["assemblage"].items()}
    (folder / "one.json").write_text(json.dumps(one), "utf-8")
    for arguments, words in (
        (("robustness", "noise.json", "--measure", "lhs", "--noise", "noise.json"), "--measure visib"),
        (("robustness", "noise.json", "--measure", "tolerance", "--set", "2"), "takes no --set"),
        (("robustness", "noise.json", "--measure", "visibility", "--noise", "one.json"), "different sc"),
        (("messages", "noise.json"), "one trusted party"),
        (("local", "noise.json"), "one trusted party"),
        (("classify", "noise.json", "--set", "3+"), "is not a level"),
    ):
        done = run(folder, *arguments)
        assert done.returncode == 64, done.stderr
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
