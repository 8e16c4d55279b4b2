"""Every file of tests/corpus gets the verdict of its folder, in every way of running the kernel."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from exact_quantum import ROOT

from exactsteer.kernel import product
from exactsteer.kernel.__main__ import check_file
from exactsteer.kernel.certificate import read_certificate
from exactsteer.statements import STATEMENTS

FOLDERS = {"accept": "accepted", "reject": "rejected", "malformed": "malformed", "decline": "declined"}
EXIT_CODES = {"accepted": 0, "rejected": 1, "malformed": 1, "declined": 2}
FILES = sorted((ROOT / "tests" / "corpus").glob("*/*.json"))


def expected_message(path: Path) -> str:
    try:
        provenance = str(json.loads(path.read_text("utf-8"))["provenance"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return provenance.removeprefix("expect: ") if provenance.startswith("expect: ") else ""


def test_there_is_a_corpus() -> None:
    assert {path.parent.name for path in FILES} == set(FOLDERS)


@pytest.mark.parametrize("with_flint", [True, False], ids=["flint", "python"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_verdict(path: Path, with_flint: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not with_flint:
        monkeypatch.setattr(product, "flint", None)
    verdict = check_file(path)
    assert verdict.status == FOLDERS[path.parent.name], verdict.message
    assert verdict.exit_code == EXIT_CODES[verdict.status]
    assert expected_message(path) in verdict.message


READ = [path for path in FILES if path.parent.name in ("accept", "reject")]


@pytest.mark.parametrize("path", READ, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_claim_is_written_as_it_is_read(path: Path) -> None:
    claim = read_certificate(path.read_bytes()).claim
    assert STATEMENTS[claim.kind](claim).claim().sha256() == claim.sha256()


def test_bare_interpreter_agrees() -> None:
    """The kernel gives the same verdicts where nothing is installed."""
    command = [sys.executable, "-I", "-S", ROOT / "proofs" / "check.py", "--json", *FILES]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = json.loads(run.stdout)
    assert run.returncode == 1, run.stderr
    assert [row["status"] for row in rows] == [FOLDERS[path.parent.name] for path in FILES]


def test_bare_interpreter_has_no_third_party_package() -> None:
    probe = "import flint"
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", probe], capture_output=True, text=True, check=False
    )
    assert "ModuleNotFoundError" in run.stderr


def test_corpus_is_what_its_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files derived from the script are up to date; files added by hand are left alone."""
    sys.path.insert(0, str(ROOT / "tests" / "corpus"))
    import make

    monkeypatch.setattr(make, "HERE", tmp_path)
    make.main()
    for written in tmp_path.glob("*/*.json"):
        committed = ROOT / "tests" / "corpus" / written.relative_to(tmp_path)
        assert committed.read_bytes() == written.read_bytes(), "run python tests/corpus/make.py"
