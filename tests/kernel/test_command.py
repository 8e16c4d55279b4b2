"""`python -m exactsteer.kernel`: exit codes, folders, jobs, JSON."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from exact_quantum import ROOT

from exactsteer.exact.writing import certificate_bytes
from exactsteer.kernel import __main__ as command
from exactsteer.kernel import certificate, product


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "exactsteer.kernel", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_exit_codes(corpus: Path) -> None:
    accept, reject = corpus / "accept" / "value.json", corpus / "reject" / "value-wrong.json"
    decline = corpus / "decline" / "kind-unknown.json"
    assert run(accept).returncode == 0
    assert run(accept, decline).returncode == 2
    assert run(accept, decline, reject).returncode == 1
    assert run("no-such-file.json").returncode == 64
    assert run().returncode == 64
    assert run(accept, "--jobs", "0").returncode == 64
    assert run("--nonsense", accept).returncode == 64


def test_help_has_an_example() -> None:
    answer = run("--help")
    assert answer.returncode == 0
    assert "example:" in answer.stdout


def test_theorem_is_printed(corpus: Path) -> None:
    answer = run(corpus / "accept" / "at-most-one.json")
    assert "Theorem. Every almost-quantum assemblage" in answer.stdout
    assert "claim sha256" in answer.stdout


def test_folders_and_jobs(corpus: Path) -> None:
    one = run(corpus / "reject", "--json")
    two = run(corpus / "reject", "--json", "--jobs", "2")
    assert one.stdout == two.stdout
    assert {row["status"] for row in json.loads(one.stdout)} == {"rejected"}


def test_the_same_within_this_process(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(corpus / "accept"), "--jobs", "2"]) == 0
    people = capsys.readouterr().out
    assert (
        people.count("Theorem.") == people.count("ACCEPTED") == len(list((corpus / "accept").iterdir()))
    )
    assert command.main([str(corpus / "decline"), "--json"]) == 2
    assert {row["exit_code"] for row in json.loads(capsys.readouterr().out)} == {2}
    assert command.main(["no-such-file.json"]) == 64
    with pytest.raises(SystemExit) as error:
        command.main([])
    assert error.value.code == 64
    with pytest.raises(SystemExit) as error:
        command.main(["--jobs", "0", "file"])
    assert error.value.code == 64
    capsys.readouterr()


def test_module_without_flint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "flint", None)
    bare = importlib.util.spec_from_file_location("exactsteer.kernel.bare", product.__file__)
    assert bare is not None
    assert bare.loader is not None
    module = importlib.util.module_from_spec(bare)
    bare.loader.exec_module(module)
    assert module.flint is None
    assert module.times_transposed([[1, 2]], [[3, 4]]) == [[11]]


def test_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(tmp_path)]) == 64
    assert "no .json file" in capsys.readouterr().err


def test_any_terminal_will_do(corpus: Path) -> None:
    """Theorems contain σ; a terminal without it gets an escape, not a failure."""
    path = corpus / "accept" / "value.json"
    answer = subprocess.run(
        [sys.executable, "-m", "exactsteer.kernel", path],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert answer.returncode == 0
    assert b"\\u03c3" in answer.stdout


def test_a_closed_pipe_is_no_acceptance(corpus: Path) -> None:
    command = f"{sys.executable} -m exactsteer.kernel {corpus / 'malformed'}"
    answer = subprocess.run(
        ["bash", "-c", f"{command} | true; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert answer.returncode != 0
    assert "Traceback" not in answer.stderr


class ClosedPipe(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_a_closed_pipe_within_this_process(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "_exit", sys.exit)
    with contextlib.redirect_stdout(ClosedPipe()), pytest.raises(SystemExit) as error:
        command.main([str(corpus / "accept")])
    assert error.value.code == 70


def test_a_killed_process_is_no_acceptance(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "check_file", die)
    assert command.main([str(corpus / "accept"), "--jobs", "2"]) == 70
    assert "incomplete" in capsys.readouterr().err


def die(path: Path) -> None:
    os._exit(9)


def test_endless_files_are_declined() -> None:
    assert command.main(["/dev/zero"]) == 2


def test_a_fault_of_the_kernel_is_no_verdict(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "check", lambda data, statements: 1 // 0)
    assert command.main([str(corpus / "accept" / "value.json")]) == 70
    assert "internal error: ZeroDivisionError" in capsys.readouterr().out


def test_oversize_is_declined(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "LARGEST", 100)
    assert command.main([str(corpus / "accept" / "value.json")]) == 2


def test_reader_and_writer_are_inverse(corpus: Path) -> None:
    for path in sorted((corpus / "accept").glob("*.json")):
        read = certificate.read_certificate(path.read_bytes())
        again = certificate.read_certificate(certificate_bytes(read))
        assert again == read
        assert again.claim.sha256() == read.claim.sha256()
