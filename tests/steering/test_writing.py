"""Objects written to files and read again: the very same, over Q and over number fields."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown import biased, every_kind

from exactsteer import Functional, InputError, InstrumentalAssemblage, PrintedAssemblage
from exactsteer.exact.algebraic import number_reader, radical_text
from exactsteer.kernel.field import Field, Number, Q, number
from exactsteer.kernel.matrix import Matrix, hermitian, identity
from exactsteer.scenario import Label, Scenario

GENERATORS = (
    "sqrt(2)",
    "(1 + sqrt(5))/2",
    "-3 - sqrt(7)",
    "2**(1/3)",
    "5**(1/5)",
    "sqrt(2) + sqrt(3)",
    "sqrt(2 + sqrt(3))",
    "sqrt(sqrt(2))",
)
fields = st.sampled_from([Q, *(number_reader([], "a", text).field for text in GENERATORS)])
fractions = st.fractions(max_denominator=10**6)


@st.composite
def functionals(draw: st.DrawFn) -> Functional:
    """Of one to three parties, with a trusted input or several trusted parties, over some field."""
    field = draw(fields)
    inputs = st.lists(st.integers(1, 3), min_size=1, max_size=2).map(tuple)
    outcomes = tuple(draw(st.lists(inputs, min_size=1, max_size=2)))
    kind = draw(st.sampled_from(["one", "input", "several"]))
    scenario = Scenario(outcomes, 2, 2 if kind == "input" else None)
    if kind == "several":
        scenario = Scenario.with_bobs(outcomes, (1, 2))

    def one() -> Number:
        return number(field, [draw(fractions) for _ in range(field.degree)])

    def matrix() -> Matrix:
        entries = {pair: (one(), one()) for pair in scenario.lower_entries()}
        return hermitian(scenario.dimension, lambda r, c: entries.get((r, c), (Fraction(0),) * 2))

    every = list(scenario.labels())
    labels = draw(st.lists(st.sampled_from(every), min_size=1, max_size=3, unique=True))
    return Functional(scenario, {label: matrix() for label in labels})


@settings(max_examples=25)
@given(functionals())
def test_a_functional_is_read_as_it_was_written(functional: Functional) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "functional.json"
        functional.to_json(path)
        assert Functional.from_json(path) == functional


@pytest.mark.parametrize("name", every_kind())
def test_every_kind_is_read_as_it_was_written(name: str, tmp_path: Path) -> None:
    written = every_kind()[name]
    path = tmp_path / "file.json"
    written.to_json(path)
    reader: Any = type(written)
    assert reader.from_json(path) == written
    assert path.read_text() == written.json_text()


def test_a_file_can_be_read_by_people() -> None:
    text = biased("sqrt(2)").json_text()
    assert text.splitlines() == [
        "{",
        ' "scenario": {"parties": [[2]], "dimension": 1},',
        ' "field": "sqrt(2)",',
        ' "assemblage": {',
        '  "0|0": [["(50 + sqrt(2))/100"]],',
        '  "1|0": [["(50 - sqrt(2))/100"]]',
        " }",
        "}",
    ]


def test_what_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    heptagon = Field((1, -2, -1, 1), Fraction(1), Fraction(2))  # three real roots, none in real radicals
    scenario = Scenario(((1,),), 1)

    def of(value: Number) -> Functional:
        return Functional(scenario, {Label(((0, 0),)): hermitian(1, lambda r, c: (value, 0))})

    shown = of(number(heptagon, [0, 1]))
    with pytest.raises(InputError, match="no expression in radicals is known"):
        shown.to_json(tmp_path / "f.json")
    assert not list(tmp_path.iterdir())
    reducible = Field((-4, 0, 1), Fraction(1), Fraction(3))
    with pytest.raises(InputError, match="no expression"):
        radical_text(reducible)
    with pytest.raises(InputError, match=r"element '0\|0': 4[0-9]* characters in a number"):
        of(Fraction(1, 7**5000)).json_text()
    wide = InstrumentalAssemblage.from_elements(
        Scenario(((1,),), 1, 2), {Label(((0, 0),), 0): identity(1)}
    )
    with pytest.raises(InputError, match="2 trusted inputs: in a file"):
        wide.json_text()


def test_a_field_with_another_interval_is_read_as_the_same_number(tmp_path: Path) -> None:
    narrow = Field((-2, 0, 1), Fraction(7, 5), Fraction(3, 2))
    matrix = hermitian(1, lambda r, c: (number(narrow, [0, 1]), 0))
    functional = Functional(Scenario(((1,),), 1), {Label(((0, 0),)): matrix})
    functional.to_json(tmp_path / "f.json")
    again = Functional.from_json(tmp_path / "f.json").coefficients[Label(((0, 0),))]
    assert again.parts == matrix.parts
    assert again.field.polynomial == narrow.polynomial


def test_digits_of_printed_numbers_are_kept(tmp_path: Path) -> None:
    scenario = Scenario(((2,),), 1)
    third = hermitian(1, lambda r, c: (Fraction(1, 3), 0))
    elements = dict.fromkeys(scenario.labels(), third)
    for half in (Fraction(0), Fraction(1, 20), Fraction(1, 20000)):
        printed = PrintedAssemblage.from_elements(scenario, elements, half)
        printed.to_json(tmp_path / "p.json")
        assert PrintedAssemblage.from_json(tmp_path / "p.json") == printed
    rounded = PrintedAssemblage.from_array([[[["0.2500"]]], [[["0.75"]]]], "outcomes-first")
    assert '[["0.7500", "0.0000"]]' in rounded.json_text()
    with pytest.raises(InputError, match=r"half of 0\.1"):
        PrintedAssemblage.from_elements(scenario, elements, Fraction(1, 3)).json_text()
