"""Numbers that no rounding explains are refused, with what is wrong about them; nothing is repaired."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exactsteer import Assemblage, InputError, PrintedAssemblage, classify, read, robustness

X, Z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])


def steered(visibility: float = 0.9) -> Any:
    """sigma[a, x]: X and Z of half a maximally entangled pair of qubits, with noise."""
    table = np.zeros((2, 2, 2, 2))
    for a, sign in enumerate((1, -1)):
        for k, pauli in enumerate((X, Z)):
            table[a, k] = (np.eye(2) + sign * visibility * pauli) / 4
    return table


def signalling(amount: float) -> Any:
    table = steered()
    table[0, 0] += amount * np.diag([1, 0])
    table[1, 0] -= amount * np.diag([0, 1])
    return table


@pytest.mark.parametrize(
    ("array", "layout", "message"),
    [
        (steered() / 2, "outcomes-first", "the reduced state has trace"),
        (steered() * 0.9, "outcomes-first", "the reduced state has trace"),
        (steered() * 2, "outcomes-first", "the reduced state has trace"),
        (np.zeros((2, 2, 2, 2)), "outcomes-first", "the reduced state has trace 0, not 1"),
        (
            signalling(0.1),
            "outcomes-first",
            r"between its inputs 0 and 1, by \d+/\d+ \(0\.1\.\.\.\)|by 0\.1",
        ),
        (steered(3.0), "outcomes-first", "is not positive semidefinite"),
        (steered(), "settings-first", "signalling of party 1"),
        (np.where(steered() > 0.4, np.inf, steered()), "outcomes-first", r"entry \(.*\) is inf"),
        (np.where(steered() > 0.4, np.nan, steered()), "outcomes-first", r"entry \(.*\) is nan"),
    ],
)
def test_what_no_rounding_explains(array: Any, layout: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        classify(PrintedAssemblage.from_array(array, layout))
    assert "\n" not in str(caught.value)


def test_a_solver_may_be_wrong_by_a_little() -> None:
    """And more may be allowed, by name."""
    printed = PrintedAssemblage.from_array(signalling(1e-4), "outcomes-first")
    answer = classify(printed)
    assert answer.is_steerable
    far = PrintedAssemblage.from_array(signalling(0.02), "outcomes-first")
    with pytest.raises(InputError, match=r"more than 0\.001"):
        far.nearest()
    assert far.distance(far.nearest(Fraction(1, 50))) < Fraction(1, 50)
    assert classify(far, radius="0.02").radius == Fraction(2, 100)


def test_exact_doubles_are_exact(tmp_path: Path) -> None:
    """Halves and quarters are what they are; with `printed` they are a box."""
    np.save(tmp_path / "pure.npy", steered(1.0))
    exact = read(tmp_path / "pure.npy", layout="outcomes-first")
    assert isinstance(exact, Assemblage)
    box = read(tmp_path / "pure.npy", layout="outcomes-first", printed=True)
    assert isinstance(box, PrintedAssemblage)
    assert box.half_digit == Fraction(1, 200)
    np.save(tmp_path / "noisy.npy", steered(0.9))
    assert isinstance(read(tmp_path / "noisy.npy", layout="outcomes-first"), PrintedAssemblage)


def test_printed_files_say_so(tmp_path: Path) -> None:
    printed = PrintedAssemblage.from_array(steered(), "outcomes-first")
    printed.to_json(tmp_path / "sigma.json")
    assert read(tmp_path / "sigma.json") == printed
    with pytest.raises(InputError, match=r"of printed numbers take \.nearest\(\)"):
        robustness(printed)  # type: ignore[arg-type]


@pytest.mark.parametrize("command", ["classify", "member"])
def test_a_radius_that_is_asked_for_counts_in_commands_too(tmp_path: Path, command: str) -> None:
    np.save(tmp_path / "far.npy", signalling(0.02))
    asked = [sys.executable, "-m", "exactsteer", command, "far.npy", "--layout", "outcomes-first"]
    refused = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert refused.returncode == 64
    assert "more than 0.001" in refused.stderr
    asked += ["--radius", "0.02", "--json"]
    answer = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    row = json.loads(answer.stdout)
    assert 0.001 < Fraction(row["distance"]) < 0.02
