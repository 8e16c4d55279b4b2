"""The table of the simplest examples: read from accepted claims, each once, and set by pdflatex."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from exact_quantum import ROOT

from exactsteer.kernel.certificate import Claim, read_certificate
from exactsteer.literature.docket import read_docket
from exactsteer.report.simplest import Simple, simplest, simplest_latex

PROOFS = ROOT / "proofs"
DOCKET = read_docket(PROOFS / "docket.jsonl")


def claims_and_sizes() -> tuple[dict[str, Claim], dict[str, int]]:
    names = {name for line in DOCKET for name in line.certificates}
    data = {name: (PROOFS / name).read_bytes() for name in names}
    claims = {name: read_certificate(content).claim for name, content in data.items()}
    return claims, {name: len(content) for name, content in data.items()}


@pytest.fixture(scope="module")
def table() -> dict[str, list[Simple]]:
    return simplest(DOCKET, *claims_and_sizes())


def test_the_examples_of_row_f3_are_the_simplest_of_their_scenarios(
    table: dict[str, list[Simple]],
) -> None:
    for examples in table.values():
        ours = [each for each in examples if each.title.startswith("the simplest example")]
        for each in ours:
            assert each.denominator is not None
            # Trivial ones, the probabilities of which are postquantum already, may be simpler.
            others = [e.denominator for e in examples if e.row in ("B8", "C4", "C5", "D3", "D4")]
            assert all(other is None or each.denominator <= other for other in others)


def test_simplest_first_and_each_once(table: dict[str, list[Simple]]) -> None:
    everything = [each for examples in table.values() for each in examples]
    assert len({each.certificate for each in everything}) == len(everything)
    assert not any(each.title.startswith("share of white noise") for each in everything)
    for examples in table.values():
        denominators = [each.denominator for each in examples if each.denominator is not None]
        assert denominators == sorted(denominators)
    (pr_box,) = (each for each in everything if "Example 5 (PR correlations" in each.title)
    assert (pr_box.denominator, pr_box.distinct) == (4, 2)
    (field,) = (each for each in everything if each.row == "B7")
    assert field.denominator is None


def test_what_was_not_accepted_is_not_in_it() -> None:
    claims, sizes = claims_and_sizes()
    table = simplest(DOCKET, {}, sizes)
    assert not table
    (name,) = (n for n in claims if n.endswith("f3-simplest-choi-postquantum.json"))
    (examples,) = simplest(DOCKET, {name: claims[name]}, sizes).values()
    assert [(each.certificate, each.size) for each in examples] == [(name, sizes[name])]


@pytest.mark.skipif(
    shutil.which("pdflatex") is None,
    reason="no pdflatex: apt-get install --no-install-recommends texlive-latex-base",
)
def test_pdflatex_sets_the_table(table: dict[str, list[Simple]], tmp_path: Path) -> None:
    # booktabs is not in the smallest installation; its rules are lines.
    rules = r"\let\toprule\hline\let\midrule\hline\let\bottomrule\hline"
    text = simplest_latex(table)
    document = rf"\documentclass{{article}}{rules}\begin{{document}}{text}\end{{document}}"
    (tmp_path / "table.tex").write_text(document)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "table.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    assert not re.search("Unicode character|Missing character", run.stdout)
