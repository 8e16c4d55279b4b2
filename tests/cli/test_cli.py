"""The commands, run as a stranger runs them: in a fresh process, on files."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exactsteer import check
from exactsteer.cli import main

CHSH = {
    "scenario": {"parties": [[2, 2], [2, 2]], "dimension": 1},
    "functional": {
        f"{a} {b}|{x} {y}": [[str((-1) ** (a + b + x * y))]]
        for a in (0, 1)
        for b in (0, 1)
        for x in (0, 1)
        for y in (0, 1)
    },
}
PR_BOX = {
    "scenario": {"parties": [[2, 2], [2, 2]], "dimension": 1},
    "assemblage": {
        f"{a} {b}|{x} {y}": [["1/2" if (a + b) % 2 == x * y else "0"]]
        for a in (0, 1)
        for b in (0, 1)
        for x in (0, 1)
        for y in (0, 1)
    },
}


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exactsteer.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def write(path: Path, value: Any) -> Path:
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


def test_bound(tmp_path: Path) -> None:
    write(tmp_path / "chsh.json", CHSH)
    answer = run("bound", "chsh.json", "--set", "almost-quantum", "--max", "--json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert not answer.stderr
    result = json.loads(answer.stdout)
    assert Fraction(result["lower"]) ** 2 <= 8 <= Fraction(result["upper"]) ** 2
    assert result["certificates"] == ["chsh.max.lower.json", "chsh.max.upper.json"]
    checked = run("check", *result["certificates"], cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("Theorem.") == 2


def test_bound_for_people(tmp_path: Path) -> None:
    write(tmp_path / "chsh.json", CHSH)
    answer = run("bound", "chsh.json", "-o", "certificates", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "minimum over the set almost-quantum" in answer.stdout
    assert "-2.8284271" in answer.stdout
    assert len(list((tmp_path / "certificates").iterdir())) == 2


def test_classify(tmp_path: Path) -> None:
    write(tmp_path / "pr.json", PR_BOX)
    answer = run("classify", "pr.json", "--radius", "1/100", "--json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout)
    assert result["verdict"] == "postquantum"
    assert Fraction(result["radius"]) > Fraction(1, 100)
    assert run("check", *result["certificates"], cwd=tmp_path).returncode == 0


def test_classify_for_people(tmp_path: Path) -> None:
    mixed = {f"{a} {b}|{x} {y}": [["1/4"]] for a in "01" for b in "01" for x in "01" for y in "01"}
    write(tmp_path / "mixed.json", {**PR_BOX, "assemblage": mixed})
    answer = run("classify", "mixed.json", cwd=tmp_path)
    assert "mixed.json: LHS" in answer.stdout
    names = {"mixed.json", "mixed.valid.json", "mixed.LHS.json"}
    assert {path.name for path in tmp_path.iterdir()} == names
    answer = run("member", "mixed.json", cwd=tmp_path)
    assert "mixed.json: almost-quantum" in answer.stdout
    names |= {"mixed.almost-quantum.member.json"}
    assert {path.name for path in tmp_path.iterdir()} == names


def test_alone_it_helps(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "exactsteer"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert answer.returncode == 0
    assert "Usage:" in answer.stdout
    assert "classify" in answer.stdout


def test_levels_and_words(tmp_path: Path) -> None:
    write(tmp_path / "chsh.json", CHSH)
    answer = run("bound", "chsh.json", "--set", "2", "--max", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "maximum over the set 2" in answer.stdout
    words = [
        argument for word in ("0|0; _", "_; 0|0", "0|1; _", "_; 0|1") for argument in ("--word", word)
    ]
    assert run("bound", "chsh.json", *words, "--max", cwd=tmp_path).returncode == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == "chsh.json"
    assert names[1:3] == ["chsh.max.2.lower.json", "chsh.max.2.upper.json"]
    assert all(
        re.fullmatch(r"chsh\.max\.words-[0-9a-f]{8}\.(low|upp)er\.json", name) for name in names[3:]
    )
    assert len(names) == 5


def test_instrumental(tmp_path: Path) -> None:
    """Two answers of Alice, each with a hidden state for every outcome, explain this one."""
    zero, one = [["1/2", "0"], ["0", "0"]], [["0", "0"], ["0", "1/2"]]
    elements = {f"{a}|{x}": (zero, one)[(a + a * x) % 2] for a in (0, 1) for x in (0, 1)}
    scenario = {"parties": [[2, 2]], "dimension": 2, "instrumental": True}
    write(tmp_path / "s.json", {"scenario": scenario, "assemblage": elements})
    answer = run("classify", "s.json", "--json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["verdict"] == "LHS"
    assert "general instrumental" in run("check", "s.valid.json", cwd=tmp_path).stdout


def test_published(tmp_path: Path) -> None:
    answer = run("published", "A3", "A4", "--json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    rows = json.loads(answer.stdout)
    keys = ["row", "paper", "claim", "printed", "lower", "upper", "status", "certificates"]
    assert all(list(row) == keys for row in rows)
    assert [row["row"] for row in rows] == ["A3", "A4", "A4", "A4"]
    assert [row["status"] for row in rows] == ["proved", "corrected", "corrected", "proved"]
    assert rows[1]["lower"] == rows[1]["upper"] == "-0.52073625"
    assert Fraction(rows[2]["upper"]) - Fraction(rows[2]["lower"]) <= Fraction(1, 10**9)
    assert Fraction(rows[2]["lower"]) < Fraction("-0.5084204224") < Fraction(rows[2]["upper"])
    files = [name for row in rows for name in row["certificates"]]
    assert sorted(files) == sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.json"))
    assert run("check", "proofs", "--jobs", "2", cwd=tmp_path).returncode == 0


def test_labels_are_no_markup(tmp_path: Path) -> None:
    answer = run("published", "D3", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "σ[a|x y]" in answer.stdout


def test_published_keeps_a_docket(tmp_path: Path) -> None:
    """Rows that are run replace theirs, and the others stay."""
    for rows in ("A3",), ("A4",), ("A3",):
        answer = run("published", *rows, "-o", "certificates", "--json", cwd=tmp_path)
        assert answer.returncode == 0, answer.stderr
    text = (tmp_path / "certificates" / "docket.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["row"] for line in lines] == ["A3", "A4", "A4", "A4"]
    assert lines[1]["lower"] == "-0.52073625"
    assert lines[1]["remark"].startswith("tables that round")
    for line in lines:
        for name in line["certificates"]:
            assert check(tmp_path / "certificates" / name).status == "accepted"


def test_published_for_people(tmp_path: Path) -> None:
    answer = run("published", "A3", cwd=tmp_path)
    assert "proved" in answer.stdout
    assert "a3-table-1-valid.json" in answer.stdout


SIGNALLING = {"0|0": [["1/2"]], "1|0": [["1/2"]], "0|1": [["1/2"]], "1|1": [["1/4"]]}
LARGE = {"scenario": {"parties": [[2001]], "dimension": 1}, "functional": {"0|0": [["1"]]}}
ONE = {"scenario": {"parties": [[2, 2]], "dimension": 1}}


@pytest.mark.parametrize(
    ("arguments", "content", "message"),
    [
        (
            ("classify", "f.json"),
            {**ONE, "assemblage": SIGNALLING},
            "between its inputs 0 and 1, by 0.25",
        ),
        (("classify", "f.json"), "{", "f.json: not JSON"),
        (("classify", "f.json"), CHSH, "a functional; this is for an assemblage"),
        (("classify", "f.json", "--radius", "-1"), PR_BOX, "radius -1"),
        (("classify", "f.json", "--radius", "x"), PR_BOX, "radius: 'x' is not a number"),
        (("bound", "f.json", "--set", "quantum"), CHSH, "'quantum' is not a level: write"),
        (("bound", "f.json", "--set", "1+AC"), CHSH, "the parties of this scenario are A to B"),
        (("bound", "f.json", "--set", "0"), CHSH, "'0' is not a level"),
        (("bound", "f.json", "--word", "0|0; _", "--set", "2"), CHSH, "--set or --word, not both"),
        (("bound", "f.json", "--word", "0,0|0; _"), CHSH, "is written 0|0"),
        (("bound", "f.json", "--word", "0|0"), CHSH, "is not one of 2 parties"),
        (("bound", "f.json", "--word", "0|2; _"), CHSH, "party 1 has no letter '0|2'"),
        (("classify", "f.json", "--word", "0,1|0; _"), PR_BOX, "party 1 has no letter '0,1|0'"),
        (("bound", "f.json", "--tolerance", "0"), CHSH, "tolerance 0"),
        (("bound", "f.json"), PR_BOX, "field 'functional' is missing"),
        (("bound", "nothing.json"), CHSH, "nothing.json: No such file"),
        (("bound", "f.json"), LARGE, "operators of a party"),
        (("bound",), CHSH, "Missing argument"),
        (("bound", "f.json", "--sett", "x"), CHSH, "No such option"),
        (
            ("published", "Z9"),
            CHSH,
            "row 'Z9' is not done; the rows are A1, A2, A3, A4, A5, A6, A7, A8, A9, B1,",
        ),
        (("nonsense",), CHSH, "No such command"),
        (("check", "nothing.json"), CHSH, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], content: Any, message: str) -> None:
    """One line on standard error, exit 64, nothing written."""
    write(tmp_path / "f.json", content)
    answer = run(*arguments, cwd=tmp_path)
    assert answer.returncode == 64
    assert message in answer.stderr
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) <= 1
    assert [path.name for path in tmp_path.iterdir()] == ["f.json"]


def test_unwritable_folder(tmp_path: Path) -> None:
    write(tmp_path / "chsh.json", CHSH)
    write(tmp_path / "file", "")
    answer = run("bound", "chsh.json", "-o", "file/below", cwd=tmp_path)
    assert answer.returncode == 64
    assert "cannot write" in answer.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"chsh.json", "file"}


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_helps(tmp_path: Path, command: str) -> None:
    """With an example; and each can be read by a program."""
    answer = run(command, "--help", cwd=tmp_path)
    assert answer.returncode == 0
    assert f"Example: exactsteer {command}" in answer.stdout
    assert "--json" in answer.stdout
    wrong = run(command, "--no-such-option", cwd=tmp_path)
    assert wrong.returncode == 64
    assert len(wrong.stderr.splitlines()) == 1


def test_progress_on_a_terminal_only(tmp_path: Path) -> None:
    """A pseudo-terminal sees the steps; a pipe sees nothing but the answer."""
    write(tmp_path / "chsh.json", CHSH)
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "exactsteer.cli", "bound", "chsh.json"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=slave, stdout=subprocess.DEVNULL) as process:
        os.close(slave)
        seen = b""
        while True:
            try:
                chunk = os.read(master, 4096)
            except OSError:
                break
            if not chunk:
                break
            seen += chunk
        process.wait()
    os.close(master)
    assert b"enclosed within" in seen
    assert not run("bound", "chsh.json", cwd=tmp_path).stderr


def test_interrupt_leaves_no_partial_file(tmp_path: Path) -> None:
    """Ctrl-C at any moment: what is there is a whole certificate, and nothing else is there."""
    interrupted = 0
    for delay in (0.2, 0.5, 0.8, 1.1):
        folder = tmp_path / str(delay)
        folder.mkdir()
        command = [sys.executable, "-m", "exactsteer.cli", "published", "A4"]
        with subprocess.Popen(
            command,
            cwd=folder,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A shell's background jobs, and so these tests there, ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        ) as run:
            time.sleep(delay)
            run.send_signal(signal.SIGINT)
            run.communicate()
        interrupted += run.returncode != 0
        found = [path for path in folder.rglob("*") if path.is_file()]
        certificates = [path for path in found if path.suffix == ".json"]
        assert all(check(path).status == "accepted" for path in certificates)
        assert {path.name for path in found} - {path.name for path in certificates} <= {"docket.jsonl"}
        if run.returncode == 0:  # done before
            assert len(certificates) == 4
    assert interrupted
