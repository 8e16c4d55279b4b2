"""One object in all formats, there and back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exactsteer import Assemblage, Functional, PrintedAssemblage, read
from exactsteer.literature.examples import chsh
from exactsteer.literature.formalism import assemblage as section_5
from exactsteer.literature.postquantum_steering import table_1


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exactsteer", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def convert(folder: Path, *arguments: str) -> str:
    done = run(folder, "convert", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".mat"])
def test_arrays_there_and_back(tmp_path: Path, suffix: str) -> None:
    """Table I has four decimals, which doubles know."""
    table_1().to_json(tmp_path / "sigma.json")
    target = f"sigma{suffix}"
    said = convert(tmp_path, "sigma.json", target, "--to-layout", "matrices-first")
    assert said.startswith(f"{target} (floating, ")
    printed = read(tmp_path / target, layout="matrices-first")
    assert isinstance(printed, PrintedAssemblage)
    convert(tmp_path, target, "back.json", "--layout", "matrices-first", "--nearest")
    back = read(tmp_path / "back.json")
    assert isinstance(back, Assemblage)
    away = np.abs(back.to_array("outcomes-first") - table_1().to_array("outcomes-first"))
    assert np.max(away) < 1e-15


def test_exact_formats(tmp_path: Path) -> None:
    section_5().to_json(tmp_path / "sigma.json")
    row = json.loads(convert(tmp_path, "sigma.json", "again.json", "--json"))
    assert row["numbers"] == "exact"
    assert read(tmp_path / "again.json") == section_5()
    convert(tmp_path, "sigma.json", "sigma.tex")
    assert r"\sqrt{2}" in (tmp_path / "sigma.tex").read_text("utf-8")


def test_the_program_of_a_bound(tmp_path: Path) -> None:
    """Its certified optimum is that of the functional."""
    chsh(1).to_json(tmp_path / "chsh.json")
    convert(tmp_path, "chsh.json", "chsh.dat-s", "--max")
    assert "minus the optimum" in (tmp_path / "chsh.dat-s").read_text("utf-8")
    row: Any = json.loads(run(tmp_path, "bound", "chsh.dat-s", "--json").stdout)
    assert float(row["lower"]) <= -(8**0.5) <= float(row["upper"])
    assert run(tmp_path, "check", *row["certificates"]).returncode == 0


def test_functionals_and_instrumental_arrays(tmp_path: Path) -> None:
    chsh(2).to_json(tmp_path / "F.json")
    convert(tmp_path, "F.json", "F.npy")
    again = read(tmp_path / "F.npy", "functional", "outcomes-first")
    assert isinstance(again, Functional)
    assert again.coefficients == chsh(2).coefficients
    sigma = np.full((2, 3, 2, 2), 0.25) * np.eye(2)
    np.save(tmp_path / "one.npy", sigma)
    options = ("--layout", "outcomes-first", "--holds", "instrumental")
    convert(tmp_path, "one.npy", "two.npy", *options)
    assert np.array_equal(np.load(tmp_path / "two.npy"), sigma)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sigma.json", "sigma.pdf"), "must end in one of .json, .tex, .npy, .npz, .mat, .dat-s"),
        (("sigma.json", "sigma.dat-s"), "a functional is needed"),
        (("sigma.json", "new.json", "--max"), "--set, --word and --max are for .dat-s"),
        (("sigma.json", "new.json", "--nearest"), "--nearest is for printed numbers"),
        (("sigma.json", "new.npy", "--to-layout", "blocks"), "layout 'blocks' is read only"),
        (("F.json", "new.npy"), "an array has no place for sums over outcomes"),
        (("missing.json", "new.npy"), "missing.json: No such file"),
        (("sigma.json", "new.json", "--layout", "outcomes-first"), "are for arrays"),
    ],
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    table_1().to_json(tmp_path / "sigma.json")
    marginal = {"scenario": {"parties": [[2]], "dimension": 1}, "functional": {"_|_": [["1"]]}}
    (tmp_path / "F.json").write_text(json.dumps(marginal), "utf-8")
    done = run(tmp_path, "convert", *arguments)
    assert done.returncode == 64
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"sigma.json", "F.json"}
