"""Results and objects in a notebook, and as short text: exact or enclosed, and never a bare float."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree import ElementTree

import nbformat
import pytest
from exact_quantum import ROOT
from nbclient import NotebookClient
from shown import every_kind

from exactsteer import realise, robustness
from exactsteer.api import validate
from exactsteer.classical import messages
from exactsteer.kernel.field import Field, number
from exactsteer.literature.formalism import assemblage as formalism_assemblage
from exactsteer.literature.postquantum_steering import of_first_party, table_1
from exactsteer.show.summary import Summarised, Summary, exact, verdict_summary

NOTEBOOK = f"""
import sys
sys.path.append({str(ROOT / "tests")!r})
from exactsteer import *
from exactsteer.api import validate
from exactsteer.classical import messages
from exactsteer.inside import strategy
from shown import every_kind
import numpy as np
pure = np.array([[[[.5, 0], [0, 0]], [[.25, .25], [.25, .25]]],
                 [[[0, 0], [0, .5]], [[.25, -.25], [-.25, .25]]]])
pure = Assemblage.from_array(pure, "outcomes-first")
everything = every_kind()
game = Functional.from_array(np.array([(-1) ** (a + b + x * y) for a in (0, 1) for b in (0, 1)
                                       for x in (0, 1) for y in (0, 1)]).reshape(2, 2, 2, 2, 1, 1),
                             "outcomes-first")
"""
CELLS = [
    *(f"everything[{name!r}]" for name in every_kind()),
    "validate(pure)",
    "robustness(pure)",
    "messages(pure)",
    "realise(pure)",
    "strategy(game)",
]


def test_a_notebook_shows_every_kind_as_html_and_latex() -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in (NOTEBOOK, *CELLS)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3", timeout=300).execute()
    for cell in notebook.cells[1:]:
        (output,) = cell.outputs
        data = output.data
        ElementTree.fromstring(data["text/html"])
        assert data["text/latex"].startswith("$$"), cell.source
        assert len(data["text/plain"]) < 1200
        assert re.search("exact|enclosed|accepted", data["text/plain"]), cell.source


def test_text_of_a_proof_says_how_to_save_and_check_it() -> None:
    sigma = of_first_party(table_1())
    proof = validate(sigma)
    text = str(proof)
    for part in (
        proof.claim_sha256,
        f"{len(proof.bytes()):,} bytes",
        "write_bytes",
        "exactsteer.kernel",
    ):
        assert part in text
        assert part in proof._repr_html_()
    assert "The assemblage of this claim is valid" in text


def test_numbers_of_results_are_exact_or_enclosed() -> None:
    sigma = of_first_party(formalism_assemblage())
    enclosure = robustness(of_first_party(table_1()))
    assert re.search(r"between \S+ and \S+ \(enclosed\)", str(enclosure))
    assert "(exact)" in str(enclosure)
    cost = messages(of_first_party(table_1()))
    assert re.search(r"messages: (\d \(exact\)|between \d and \d \(enclosed\))", str(cost))
    assert "dimensions 8 × 4; POVMs" in str(realise(sigma))


def test_a_classification_is_shown_by_one_function() -> None:
    proof = validate(table_1())
    words = "postquantum within 0.001\n  remark of one line"
    shown = verdict_summary(words, {"valid": proof}, proof.theorem)
    assert shown.plain().splitlines()[0] == "Classification: postquantum within 0.001"
    assert "remark: remark of one line" in shown.plain()
    assert proof.claim_sha256 in shown.html()
    assert verdict_summary("undecided", {}).plain() == "Classification: undecided"


def test_what_latex_would_take_for_a_command_is_left_out() -> None:
    root = number(Field((-2, 0, 1), Fraction(1), Fraction(2)), [0, Fraction(1, 2)])
    shown = Summary("50% of #1", [("a_b", exact(root)), ("1/3", exact(Fraction(1, 3)))], "x" * 500)
    assert not re.search(r"[#%_^~]", shown.latex())
    assert r"\frac{\sqrt{2}}{2}" in shown.latex()
    assert "1/3 (0.333333333333...) (exact)" in shown.plain()
    assert "√2/2 (0.707106781186...) (exact)" in shown.plain()
    assert len(shown.plain()) < 400
    assert "x" * 500 in shown.html()
    assert "<details>" in shown.html()
    with pytest.raises(NotImplementedError):
        str(Summarised())
