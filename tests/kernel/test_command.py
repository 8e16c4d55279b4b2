"""`python -m exactsteer.kernel`: exit codes, folders, jobs, JSON."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from exact_quantum import ROOT

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
    bare = importlib.util.spec_from_file_location("bare", product.__file__)
    assert bare is not None
    assert bare.loader is not None
    module = importlib.util.module_from_spec(bare)
    bare.loader.exec_module(module)
    assert module.flint is None
    assert module.times_transposed([[1, 2]], [[3, 4]]) == [[11]]


def test_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(tmp_path)]) == 64
    assert "no .json file" in capsys.readouterr().err


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
        again = certificate.read_certificate(certificate.certificate_bytes(read))
        assert again == read
        assert again.claim.sha256() == read.claim.sha256()
