"""`exactsteer bound problem.dat-s`, run as a stranger runs it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from benchmarks.plain_semidefinite import cycle, theta
from cli.test_cli import CHSH, run, write

THETA = theta(5, cycle(5))


def test_json_has_the_keys_of_a_functional(tmp_path: Path) -> None:
    write(tmp_path / "C5.dat-s", THETA)
    answer = run("bound", "C5.dat-s", "--json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout)
    assert Fraction(result["lower"]) ** 2 <= 5 <= Fraction(result["upper"]) ** 2
    assert result["certificates"] == ["C5.min.lower.json", "C5.min.upper.json"]
    checked = run("check", *result["certificates"], cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert "Every x that is feasible has c·x >= 2.236067977" in checked.stdout
    assert "Some x that is feasible has c·x <= 2.236067977" in checked.stdout

    write(tmp_path / "chsh.json", CHSH)
    functional = json.loads(run("bound", "chsh.json", "--json", cwd=tmp_path).stdout)
    assert list(functional) == list(result)


def test_for_people(tmp_path: Path) -> None:
    write(tmp_path / "C5.sdpa", THETA)
    answer = run("bound", "C5.sdpa", "-o", "certificates", "--tolerance", "1e-6", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "minimum of the semidefinite program" in answer.stdout
    assert "2.23606" in answer.stdout
    assert len(list((tmp_path / "certificates").iterdir())) == 2


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (THETA, ("--max",), "leave out --max, --set and --word"),
        (THETA, ("--set", "2"), "leave out --max, --set and --word"),
        (THETA, ("--word", "0|0"), "leave out --max, --set and --word"),
        (THETA, ("--tolerance", "0"), "tolerance 0"),
        (json.dumps(CHSH), (), "p.dat-s: line 1: "),
        ("1\n1\n2\n1\n1 1 3 3 1\n", (), "p.dat-s: line 5: row 3, column 3 of block 1, which has 2 rows"),
        ("1\n1\n20000\n1\n1 1 3 3 1\n", (), "more than 1000000 entries"),
        ("1\n1\n2\n0.1.2\n", (), "'0.1.2' is not a decimal number"),
    ],
)
def test_bad_input(text: str, options: tuple[str, ...], message: str, tmp_path: Path) -> None:
    write(tmp_path / "p.dat-s", text)
    answer = run("bound", "p.dat-s", *options, cwd=tmp_path)
    assert answer.returncode == 64
    assert message in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert not answer.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["p.dat-s"]


def test_what_is_not_proved_says_why(tmp_path: Path) -> None:
    write(tmp_path / "p.dat-s", "1\n1\n-2\n0\n0 1 1 1 2\n1 1 1 1 1\n0 1 2 2 -1\n1 1 2 2 -1\n")
    answer = run("bound", "p.dat-s", cwd=tmp_path)
    assert answer.returncode == 1
    assert "the problem seems infeasible" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["p.dat-s"]
    assert "No such file" in run("bound", "q.dat-s", cwd=tmp_path).stderr
