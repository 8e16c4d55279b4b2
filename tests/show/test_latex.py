"""Tables of every kind through pdflatex, on one page layout, without an overfull line."""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from shown import every_kind

from exactsteer.kernel.matrix import matrix_of
from exactsteer.scenario import Label, Scenario
from exactsteer.show.latex import elements_latex

needs_latex = pytest.mark.skipif(
    shutil.which("pdflatex") is None,
    reason="no pdflatex: apt-get install --no-install-recommends texlive-latex-base",
)
OVERFULL = 2.0  # points that nobody sees


@needs_latex
def test_pdflatex_sets_every_table_within_the_page(tmp_path: Path) -> None:
    tables = [shown.to_latex() for shown in every_kind().values()]
    assert all(table.startswith("% ") and "% Scenario: " in table for table in tables)
    body = "\n\n".join(tables)
    document = (
        rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}{body}\end{{document}}"
    )
    (tmp_path / "tables.tex").write_text(document)
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "tables.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:]
    wide = [float(points) for points in re.findall(r"Overfull \\hbox \(([0-9.]+)pt", run.stdout)]
    assert max(wide, default=0.0) <= OVERFULL
    assert (tmp_path / "tables.pdf").stat().st_size > 10**4


def test_what_is_too_wide_is_set_smaller_or_as_two_parts() -> None:
    by_kind = {name: shown.to_latex() for name, shown in every_kind().items()}
    assert r"\footnotesize" in by_kind["complex decimals"]
    assert r"&\quad + \frac{i}{112}\begin{pmatrix}" in by_kind["number field"]
    assert r"\sigma^{\mathrm{A}}_{0|1} &= \frac{1}{28}\begin{pmatrix} 4 & -i" in by_kind["number field"]
    scenario = Scenario(((1,),), 6)
    wide = matrix_of(
        [[Fraction(10**16 + r * c, 10**19 + 7 * (r + c)) for c in range(6)] for r in range(6)]
    )
    assert r"\tiny" in elements_latex(scenario, {Label((None,)): wide})
