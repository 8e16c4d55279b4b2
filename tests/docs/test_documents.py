"""README and FORMAT.md say what is so: their examples are run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from exact_quantum import ROOT

from exactsteer import check
from exactsteer.kernel.numbers import rational_text
from exactsteer.kernel.reading import read_rational

README = (ROOT / "README.md").read_text("utf-8")
FORMAT = (ROOT / "proofs" / "FORMAT.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_format_example_is_accepted_and_tight() -> None:
    (example,) = blocks(FORMAT, "json")
    verdict = check(example.encode())
    assert verdict.status == "accepted"
    assert "F(σ) <= 1 " in verdict.message
    value = json.loads(example)
    bound = read_rational(value["claim"]["bound"], "bound")
    value["claim"]["bound"] = rational_text(bound * (1 - bound / 10**12))
    assert check(json.dumps(value).encode()).status == "rejected"
    value = json.loads(example)
    value["witness"]["matrices"][0]["real"][1] = "-1 2"
    assert check(json.dumps(value).encode()).status == "rejected"


def test_readme_python_example(tmp_path: Path) -> None:
    (example,) = blocks(README, "python")
    run = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("postquantum\nNo almost-quantum assemblage")
    assert check(tmp_path / "pr.json").status == "accepted"


def test_readme_console_example(tmp_path: Path) -> None:
    """The file shown gives the numbers and the hash shown."""
    console = blocks(README, "console")[0]
    shown = console.split("$ exactsteer bound")[0].split("\n", 1)[1]
    (tmp_path / "chsh.json").write_text(shown, "utf-8")
    command = [sys.executable, "-m", "exactsteer.cli"]
    bound = subprocess.run(
        [*command, "bound", "chsh.json", "--max", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    result = json.loads(bound.stdout)
    printed = dict(re.findall(r'"(lower|upper)": "([^"]+)"', console))
    # The last digits depend on the machine's floating point; the enclosures must overlap.
    assert float(result["lower"]) <= float(printed["upper"])
    assert float(printed["lower"]) <= float(result["upper"])
    checked = check(tmp_path / "chsh.max.upper.json")
    assert (
        "Every almost-quantum assemblage σ, hence every quantum one, satisfies F(σ) <="
        in checked.message
    )


def test_readme_table_is_what_the_certificates_prove() -> None:
    folder = ROOT / "proofs" / "postquantum-steering"
    value = json.loads((folder / "a4-value.json").read_text("utf-8"))["claim"]["bound"]
    assert float(read_rational(value, "bound")) == pytest.approx(-0.52073625, abs=0)
    for side, number in ("lower", "-0.50842042258"), ("upper", "-0.50842042232"):
        claim = json.loads((folder / f"a4-minimum-{side}.json").read_text("utf-8"))["claim"]
        exact = read_rational(claim["bound"], "bound")
        assert f"{float(exact):.11f}" == number
        assert number.replace("-", "−") in README


def test_all_proofs_are_accepted_by_the_bare_interpreter() -> None:
    command = [sys.executable, "-I", "-S", ROOT / "proofs" / "check.py", "--json", ROOT / "proofs"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = json.loads(run.stdout)
    assert rows
    assert {row["status"] for row in rows} == {"accepted"}
