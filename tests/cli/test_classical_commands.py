"""`robustness`, `messages`, `local`, and the set LHS on the command line, as processes."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exactsteer import check

HALF, QUARTER, ZERO = "0.5", "0.25", "0"
PAULI = {
    "scenario": {"parties": [[2, 2]], "dimension": 2},
    "assemblage": {
        "_|_": [[HALF, ZERO], [ZERO, HALF]],
        "0|0": [[HALF, ZERO], [ZERO, ZERO]],
        "0|1": [[QUARTER, QUARTER], [QUARTER, QUARTER]],
    },
}
NOISY = {
    "scenario": {"parties": [[2, 2]], "dimension": 2},
    "assemblage": {
        "_|_": [[HALF, ZERO], [ZERO, HALF]],
        "0|0": [["0.3", ZERO], [ZERO, "0.2"]],
        "0|1": [[QUARTER, "0.05"], ["0.05", QUARTER]],
    },
}
CHSH = {
    "scenario": {"parties": [[2, 2], [2, 2]], "dimension": 1},
    "functional": {
        f"{a} {b}|{x} {y}": [[str((-1) ** (a + b + x * y))]]
        for a in range(2)
        for b in range(2)
        for x in range(2)
        for y in range(2)
    },
}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exactsteer", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def answer(folder: Path, *arguments: str) -> Any:
    """The JSON of a command that succeeds; its certificates are accepted."""
    done = run(folder, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    for name in row["certificates"]:
        assert check(folder / name).status == "accepted"
    return row


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, value in ("pauli", PAULI), ("noisy", NOISY), ("chsh", CHSH):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), "utf-8")
    return tmp_path


def test_robustness(folder: Path) -> None:
    """(√2 - 1)/2, its generalised kin 3 - 2√2, and visibility 1/√2."""
    lhs = answer(folder, "robustness", "pauli.json")
    low, high = (2 * Fraction(lhs[side]) + 1 for side in ("lower", "upper"))
    assert low**2 <= 2 <= high**2
    general = answer(folder, "robustness", "pauli.json", "--measure", "generalised")
    low, high = (3 - Fraction(general[side]) for side in ("upper", "lower"))
    assert low**2 <= 8 <= high**2
    noise = answer(folder, "robustness", "pauli.json", "--measure", "visibility")
    assert Fraction(noise["lower"]) ** 2 <= Fraction(1, 2) <= Fraction(noise["upper"]) ** 2
    weight = answer(folder, "robustness", "pauli.json", "--measure", "weight", "--tolerance", "1e-6")
    assert Fraction(weight["lower"]) <= 1 <= Fraction(weight["upper"])


def test_messages(folder: Path) -> None:
    assert answer(folder, "messages", "pauli.json")["needed"] == 2
    noisy = answer(folder, "messages", "noisy.json")
    assert (noisy["needed"], noisy["sufficient"]) == (1, 1)
    assert "exactly 2 different messages" in run(folder, "messages", "pauli.json").stdout


def test_lhs_and_steerable(folder: Path) -> None:
    assert answer(folder, "member", "pauli.json", "--set", "LHS")["verdict"] == "steerable"
    assert answer(folder, "member", "noisy.json", "--set", "LHS")["verdict"] == "LHS"
    assert answer(folder, "classify", "noisy.json")["verdict"] == "LHS"
    bound = answer(folder, "bound", "chsh.json", "--set", "LHS", "--max")
    assert (bound["lower"], bound["upper"]) == ("2", "2")


def test_local(folder: Path) -> None:
    row = answer(folder, "local", "noisy.json", "--radius", "0.001")
    assert "within 0.001 of" in row["theorem"]
    assert "Bell-local for all projective measurements" in run(folder, "local", "noisy.json").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["robustness", "chsh.json"], 64, "a functional; this is for an assemblage"),
        (["robustness", "pauli.json", "--measure", "entropy"], 64, "is not one of"),
        (["robustness", "pauli.json", "--tolerance", "2"], 64, "tolerance 2"),
        (["local", "pauli.json", "--radius", "-1"], 64, "radius -1"),
        (["messages", "missing.json"], 64, "missing.json"),
    ],
)
def test_errors_are_one_line_and_write_nothing(
    folder: Path, arguments: list[str], code: int, message: str
) -> None:
    before = sorted(folder.iterdir())
    done = run(folder, *arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("command", ["robustness", "messages", "local"])
def test_help_has_an_example(folder: Path, command: str) -> None:
    assert f"Example: exactsteer {command} sigma.json" in run(folder, command, "--help").stdout
