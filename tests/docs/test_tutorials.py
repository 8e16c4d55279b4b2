"""The tutorials are notebooks with their outputs; run again, they say the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from exact_quantum import ROOT
from nbclient import NotebookClient

TUTORIALS = sorted((ROOT / "exactsteer" / "tutorials").glob("*.ipynb"))


def words(notebook: Any) -> list[str]:
    """What every cell printed, numbers aside: their last digits depend on the machine."""
    found = []
    for cell in notebook.cells:
        # What is printed at once may arrive in pieces.
        pieces = [out.get("text") or out["data"]["text/plain"] for out in cell.get("outputs", [])]
        found.append(re.sub(r"[0-9a-f]{64}|[-−]?[0-9][0-9.,e/+-]*", "#", "".join(pieces)))
    return found


def test_there_are_three() -> None:
    assert [path.stem[0] for path in TUTORIALS] == ["1", "2", "3"]


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_tutorial(path: Path) -> None:
    printed = nbformat.read(path, as_version=4)
    again = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(again, timeout=120, kernel_name="python3", resources=resources).execute()
    assert words(again) == words(printed)
    assert any(words(printed))


def test_the_third_uses_the_standard_library_only() -> None:
    code = [cell.source for cell in nbformat.read(TUTORIALS[2], 4).cells if cell.cell_type == "code"]
    modules = re.findall(r"^(?:from|import) (\w+)", "\n".join(code), flags=re.MULTILINE)
    assert set(modules) == {"fractions", "json", "pathlib", "subprocess", "sys"}
