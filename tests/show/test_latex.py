"""Tables of every kind through pdflatex, on one page layout, without an overfull line."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from shown import every_kind

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
