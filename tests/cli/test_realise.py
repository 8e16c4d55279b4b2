"""`exactsteer realise`, as a stranger runs it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from cli.test_cli import CHSH, PR_BOX, run, write

from exactsteer import check

QUBIT = {
    "scenario": {"parties": [[2, 2]], "dimension": 2},
    "assemblage": {
        "0|0": [["1/2", "0"], ["0", "0"]],
        "1|0": [["0", "0"], ["0", "1/2"]],
        "0|1": [["1/4", "-I/4"], ["I/4", "1/4"]],
        "1|1": [["1/4", "I/4"], ["-I/4", "1/4"]],
    },
}


def sequence(second: str = "1/8") -> dict[str, Any]:
    """A fair coin, then another; `second` is tr σ[0 0|0 1]/2, which no-signalling backwards fixes."""
    table = {
        f"{a} {b}|0 {y}": [["1/8", "0"], ["0", "1/8"]] for a in (0, 1) for b in (0, 1) for y in (0, 1)
    }
    table["0 0|0 1"] = [[second, "0"], ["0", second]]
    scenario = {"parties": [[2], [2, 2]], "dimension": 2, "sequential": True}
    return {"scenario": scenario, "assemblage": table}


def accepted(path: Path) -> bool:
    return check(path).status == "accepted"


def test_an_assemblage(tmp_path: Path) -> None:
    write(tmp_path / "sigma.json", QUBIT)
    answer = run("realise", "sigma.json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("sigma.json: quantum\n")
    assert not answer.stderr
    assert accepted(tmp_path / "sigma.quantum.json")
    assert run("check", "sigma.quantum.json", cwd=tmp_path).returncode == 0


def test_a_sequence(tmp_path: Path) -> None:
    write(tmp_path / "steps.json", sequence())
    answer = run("realise", "steps.json", "--json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    row = json.loads(answer.stdout)
    assert row["certificates"] == ["steps.quantum.json"]
    assert "sequential scenario" in row["theorem"]
    assert accepted(tmp_path / "steps.quantum.json")
    answer = run("classify", "steps.json", cwd=tmp_path)
    assert answer.stdout.startswith("steps.json: quantum\n  certificate"), answer.stderr


def test_a_functional(tmp_path: Path) -> None:
    write(tmp_path / "chsh.json", CHSH)
    for sense in ("max", "min"):
        flag = ["--min"] if sense == "min" else []
        answer = run("realise", "chsh.json", "--json", "--tries", 2, *flag, cwd=tmp_path)
        assert answer.returncode == 0, answer.stderr
        row = json.loads(answer.stdout)
        assert row["dimensions"] == [2, 2, 1]
        assert 8 - Fraction(1, 10**9) <= Fraction(row["value"]) ** 2 <= 8
        assert accepted(tmp_path / f"chsh.{sense}.strategy.json")


@pytest.mark.parametrize(
    ("content", "arguments", "code", "message"),
    [
        (PR_BOX, [], 64, "no quantum realisation exists: the assemblage is postquantum"),
        (sequence("1/16"), [], 64, "not sequential: signalling to [0|0] from step 2"),
        ({**QUBIT, "scenario": {"parties": [[2, 2]], "dimension": 3}}, [], 64, "3×3"),
        (QUBIT, ["--min"], 64, "--min is for a functional"),
        (CHSH, ["--dimension", "99"], 64, "joint dimension 9801"),
        (CHSH, ["--tries", "0"], 64, "tries"),
        ({"scenario": {}}, [], 64, "'assemblage' is missing"),
    ],
)
def test_refusals_leave_nothing(
    tmp_path: Path, content: Any, arguments: list[str], code: int, message: str
) -> None:
    write(tmp_path / "in.json", content)
    answer = run("realise", "in.json", *arguments, cwd=tmp_path)
    assert answer.returncode == code, answer.stderr
    assert message in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.json"]


def test_a_search_that_does_not_get_there(tmp_path: Path) -> None:
    """A pure three-party assemblage on the boundary of the quantum set."""
    table = {}
    for a, b, x, y in [(a, b, x, y) for a in (0, 1) for b in (0, 1) for x in (0, 1) for y in (0, 1)]:
        # Z or X measured on both outer qubits of |000⟩ + |111⟩.
        vector = [0, 0]
        for k in (0, 1):
            first = (1 if a == k else 0) if x == 0 else (-1) ** (a * k)
            second = (1 if b == k else 0) if y == 0 else (-1) ** (b * k)
            vector[k] = first * second
        weight = 2 * 2**x * 2**y
        table[f"{a} {b}|{x} {y}"] = [
            [str(Fraction(vector[r] * vector[c], weight)) for c in (0, 1)] for r in (0, 1)
        ]
    content = {"scenario": {"parties": [[2, 2], [2, 2]], "dimension": 2}, "assemblage": table}
    write(tmp_path / "ghz.json", content)
    answer = run("realise", "ghz.json", cwd=tmp_path)
    assert answer.returncode == 1, answer.stdout
    assert "the see-saw came to v = 0.9" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["ghz.json"]


def test_help_has_an_example(tmp_path: Path) -> None:
    assert "Example: exactsteer realise" in run("realise", "--help", cwd=tmp_path).stdout
