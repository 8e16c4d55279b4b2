"""What people give us: layouts, files, and one-line errors that name place and amount."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from exact_quantum import label, random_realisation, scenarios
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import Assemblage, Functional, InputError, InstrumentalAssemblage, bound, member
from exactsteer.api import validate, visibility
from exactsteer.exact.numbers import exact_number
from exactsteer.kernel.errors import Declined
from exactsteer.scenario import Scenario, label_text
from exactsteer.steering import read
from exactsteer.steering.layouts import LAYOUTS, exact_hermitian

QUBIT = Scenario(((2, 2), (2, 2)), 2)
UNIFORM = np.full((2, 2, 2, 2, 1, 1), 0.125) * np.eye(2)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 2**32), scenarios())
def test_independent_elements_determine_the_table(seed: int, scenario: Scenario) -> None:
    table = random_realisation(seed, scenario).assemblage()
    whole = Assemblage.from_elements(scenario, table)
    again = Assemblage.from_elements(scenario, whole.independent())
    assert {k: m.reduced() for k, m in again.table.items()} == {k: m.reduced() for k, m in table.items()}


@pytest.mark.parametrize("layout", ["matrices-first", "outcomes-first", "settings-first"])
def test_layouts_round_trip(layout: str) -> None:
    """Three inputs, two outcomes, complex entries that are exact in binary."""
    scenario = Scenario(((2, 2, 2), (2, 2, 2)), 2)
    rng = np.random.default_rng(0)
    p = np.full((2, 2, 3, 3), 0.25)
    state = np.array([[0.5, 0.125 - 0.25j], [0.125 + 0.25j, 0.5]])
    array = p[..., None, None] * state
    array[0, 0] += 1 / 64 * rng.integers(0, 2) * np.eye(2)
    array[1, 0] -= 1 / 64 * rng.integers(0, 1) * np.eye(2)
    sigma = Assemblage.from_array(p[..., None, None] * state, "outcomes-first")
    assert sigma.scenario == scenario
    again = Assemblage.from_array(sigma.to_array(layout), layout)
    assert again == sigma


def test_layouts_put_axes_where_they_say() -> None:
    shapes = dict.fromkeys(LAYOUTS, (0,))
    sigma = Assemblage.from_array(np.full((2, 2, 3, 3, 1, 1), 0.25) * np.eye(4) / 4, "outcomes-first")
    for name in ("matrices-first", "outcomes-first", "settings-first"):
        shapes[name] = sigma.to_array(name).shape
    assert shapes["matrices-first"] == (4, 4, 2, 2, 3, 3)
    assert shapes["outcomes-first"] == (2, 2, 3, 3, 4, 4)
    assert shapes["settings-first"] == (3, 3, 2, 2, 4, 4)


def test_collins_gisin_arrays() -> None:
    table = random_realisation(7, Scenario(((3, 2), (2,)), 2)).assemblage()
    sigma = Assemblage.from_elements(Scenario(((3, 2), (2,)), 2), table)
    array = np.empty((4, 2, 2, 2), dtype=object)
    for index, matrix in zip(np.ndindex(4, 2), sigma.independent().values(), strict=True):
        for r, c in np.ndindex(2, 2):
            re, im = matrix.entry(r, c)
            array[(*index, r, c)] = (re, im)
    assert Assemblage.from_array(array, "collins-gisin", [[3, 2], [2]]) == sigma


def test_indexing_is_outcomes_before_settings() -> None:
    array = UNIFORM.copy()
    array[0, 1, 1, 0] += np.diag([0.0625, -0.0625])
    array[0, 0, 1, 0] -= np.diag([0.0625, -0.0625])
    array[1, 1, 1, 0] -= np.diag([0.0625, -0.0625])
    array[1, 0, 1, 0] += np.diag([0.0625, -0.0625])
    sigma = Assemblage.from_array(array, "outcomes-first")
    assert sigma[0, 1, 1, 0].entry(0, 0)[0] == Fraction(3, 16)
    with pytest.raises(KeyError, match="no element"):
        sigma[2, 0, 0, 0]


def bad(change: Any) -> np.ndarray[Any, Any]:
    array = UNIFORM.astype(complex)
    change(array)
    return array


def entry(index: tuple[int, ...], value: complex) -> Any:
    def change(array: np.ndarray[Any, Any]) -> None:
        array[index] = value

    return change


def negative(array: np.ndarray[Any, Any]) -> None:
    for a, b in np.ndindex(2, 2):
        array[a, b, 0, 0] += (-1) ** (a + b) * np.diag([0.25, -0.125])


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (bad(entry((0, 0, 0, 0, 0, 1), 0.5)), r"element '0 0\|0 0': not Hermitian.*differ by 0.5"),
        (bad(entry((0, 0, 0, 0, 0, 0), 0.5j)), "not Hermitian"),
        (bad(entry((0, 0, 0, 0, 0, 0), 0.25)), r"not no-signalling.*between its inputs.*by 0.125"),
        (bad(entry((1, 1, 1, 1, 1, 1), np.nan)), r"element '1 1\|1 1', entry \(1, 1\): nan"),
        (bad(entry((1, 1, 1, 1, 1, 1), np.inf)), "inf is not a number"),
        (2 * UNIFORM, "not normalised: the reduced state has trace 2"),
        (
            bad(negative),
            r"element '0 1\|0 0' is not positive semidefinite: its least eigenvalue is -0.125",
        ),
        (UNIFORM[0], r"shape \(2, 2, 2, 2, 2\)"),
        (np.ones((2, 2, 2, 3)), "square"),
        (np.array([True]), "numbers are needed"),
    ],
)
def test_bad_arrays(array: np.ndarray[Any, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        Assemblage.from_array(array, "outcomes-first")
    assert "\n" not in str(error.value)


def test_unknown_layout_lists_the_known_ones() -> None:
    with pytest.raises(
        InputError, match="matrices-first, outcomes-first, settings-first, collins-gisin"
    ):
        Assemblage.from_array(UNIFORM, "oa ob ma mb")


def test_collins_gisin_needs_its_outcomes() -> None:
    with pytest.raises(InputError, match="needs the outcomes"):
        Functional.from_array(np.zeros((3, 3, 2, 2)), "collins-gisin")
    with pytest.raises(InputError, match=r"need \(3, 2, 'd', 'd'\)"):
        Functional.from_array(np.zeros((3, 3, 2, 2)), "collins-gisin", [[2, 2], [2]])


def test_collins_gisin_is_not_written_as_something_else() -> None:
    with pytest.raises(InputError, match="read only"):
        Assemblage.from_array(UNIFORM, "outcomes-first").to_array("collins-gisin")


def test_outcomes_must_fit_the_array() -> None:
    with pytest.raises(InputError, match="does not have the outcomes"):
        Functional.from_array(UNIFORM, "outcomes-first", [[2, 2], [3, 3]])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-0.0896", Fraction(-896, 10000)),
        ("3/7", Fraction(3, 7)),
        ("1e-9", Fraction(1, 10**9)),
        (" +.5 ", Fraction(1, 2)),
        (7, Fraction(7)),
        (0.1, Fraction(0.1)),
        (np.float64(0.25), Fraction(1, 4)),
        (np.int64(3), Fraction(3)),
    ],
)
def test_numbers(text: object, number: Fraction) -> None:
    assert exact_number(text, "here") == number


@pytest.mark.parametrize(
    "text", ["", "NaN", "inf", "1,5", "1_000", "٣", "1/0", "0x1", "1/2/3", None, True]
)
def test_bad_numbers(text: object) -> None:
    with pytest.raises(InputError, match=r"^here: "):
        exact_number(text, "here")


def test_contradicting_elements() -> None:
    table = dict(random_realisation(1, QUBIT).assemblage())
    sigma = Assemblage.from_elements(QUBIT, table)
    extra = {**sigma.independent(), label((1, 1), (1, 1)): table[label((0, 1), (1, 1))]}
    with pytest.raises(InputError, match=r"element '1 1\|1 1' contradicts the others by"):
        Assemblage.from_elements(QUBIT, extra)
    del extra[label(None, None)]
    with pytest.raises(InputError, match=r"element '_ _\|_ _' is missing"):
        Assemblage.from_elements(QUBIT, extra)


def written(tmp_path: Path, value: object) -> Path:
    path = tmp_path / "sigma.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


COIN: dict[str, Any] = {
    "scenario": {"parties": [[2]], "dimension": 1},
    "assemblage": {"0|0": [["1/3"]], "1|0": [["2/3"]]},
}


def test_files(tmp_path: Path) -> None:
    sigma = Assemblage.from_json(written(tmp_path, COIN))
    assert sigma[1, 0].entry(0, 0)[0] == Fraction(2, 3)
    assert {label_text(label) for label in sigma.table} == {"0|0", "1|0"}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{", "not JSON"),
        ("[" * 100000, "nested too deeply"),
        ('{"scenario": 1, "scenario": 2}', "'scenario' stands twice"),
        ('{"scenario": ' + "1" * 5000 + "}", "a number of 5000 digits"),
        ({**COIN, "assemblage": {"0|0": [["1" * 5000]]}}, "a number of 5000 characters"),
        ("[]", "an object with 'scenario'"),
        ('{"scenario": 0.5}', 'number 0.5: write it as a string, "0.5"'),
        ('{"scenario": NaN}', "number NaN"),
        (
            {**COIN, "assemblage": {"0|0": [["x"]]}},
            r"element '0\|0', entry \(0, 0\): 'x' is not a number",
        ),
        ({**COIN, "assemblage": {"0|1": [["1"]]}}, "no such element in the scenario"),
        ({**COIN, "assemblage": {"zero": [["1"]]}}, "'zero' is not of the form"),
        ({**COIN, "assemblage": {"0|0": [["1", "0"]]}}, "a 1×1 matrix is needed"),
        ({**COIN, "assemblage": {}}, "needs an object from labels"),
        ({**COIN, "assemblage": {"0|0": [[["1", "0", "0"]]]}}, r"a pair \[re, im\]"),
        ({**COIN, "scenario": {"parties": [[0]], "dimension": 1}}, "positive integers"),
        ({**COIN, "scenario": {"parties": [[2]]}}, "needs the form"),
        ({**COIN, "layout": "full"}, "unknown field 'layout'"),
        ({"assemblage": {}}, "field 'scenario' is missing"),
        ({"scenario": COIN["scenario"]}, "field 'assemblage' is missing"),
    ],
)
def test_bad_files(tmp_path: Path, value: object, message: str) -> None:
    path = written(tmp_path, value)
    with pytest.raises(InputError, match=message) as error:
        Assemblage.from_json(path)
    assert "\n" not in str(error.value)


def test_missing_and_binary_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        Assemblage.from_json(tmp_path / "nothing.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        Assemblage.from_json(tmp_path / "binary.json")


def test_ragged_scenarios_have_no_array() -> None:
    scenario = Scenario(((3, 2),), 1)
    sigma = Assemblage.from_elements(scenario, random_realisation(2, scenario).assemblage())
    with pytest.raises(InputError, match="same number of outcomes"):
        sigma.to_array("outcomes-first")


ROOT2_QUBIT = {
    "scenario": {"parties": [[2, 2]], "dimension": 2},
    "assemblage": {
        "0|0": [["1/4 + sqrt(2)/8", "sqrt(2)/8"], ["sqrt(2)/8", "1/4 - sqrt(2)/8"]],
        "1|0": [["1/4 - sqrt(2)/8", "-sqrt(2)/8"], ["-sqrt(2)/8", "1/4 + sqrt(2)/8"]],
        "0|1": [["1/4", "-I/4"], [["0", "1/4"], "1/4"]],
        "1|1": [["1/4", "I/4"], ["-I/4", "1/4"]],
    },
}


def file(tmp_path: Path, value: Any) -> Path:
    path = tmp_path / "sigma.json"
    path.write_text(json.dumps(value), "utf-8")
    return path


def test_entries_of_a_number_field(tmp_path: Path) -> None:
    sigma = Assemblage.from_json(file(tmp_path, ROOT2_QUBIT))
    assert sigma.field.polynomial == (-2, 0, 1)
    assert str(sigma[0, 0].entry(0, 0)[0]) == "0.25 + 0.125*a"
    assert sigma[0, 1].entry(0, 1) == (0, Fraction(-1, 4))
    assert sigma.to_array("outcomes-first")[0, 0, 0, 1] == pytest.approx(2**0.5 / 8)
    text = np.array([[["1/2", "sqrt(3)/2"], ["sqrt(3)/2", "3/2"]]], dtype=object)
    functional = Functional.from_array(text.reshape(1, 1, 2, 2), "outcomes-first")
    assert functional.field.polynomial == (-3, 0, 1)


@pytest.mark.parametrize(
    ("generator", "entry", "message"),
    [
        ("sqrt(3)", None, r"sqrt\(2\) is not in the field Q\(sqrt\(3\)\)"),
        ("2", None, "'2' is a rational number"),
        ("I", None, "'I' is not real"),
        ("2**(1/11)", None, "degree 11, at most 8"),
        (None, "sqrt(2) + sqrt(3) + sqrt(5) + sqrt(7)", "field of degree more than 8"),
        (2, None, "the text of a number"),
        (None, "sqrt(-2)", "real number ≥ 0"),
        (None, "sqrt(2", "is not a number; write"),
        (None, "__import__('os')", "is not a number; write"),
        (None, "sqrt(2).real", "is not a number; write"),
        (None, "2**99**99", "power up to 12"),
        (None, "((2**9)**9)**9", "is not a number; write"),
        (None, "sqrt(2)/(1 - 1)", "divides by 0"),
        (None, ["I", "0"], r"both are real"),
    ],
)
def test_bad_entries_of_a_number_field(tmp_path: Path, generator: Any, entry: Any, message: str) -> None:
    value = json.loads(json.dumps(ROOT2_QUBIT))
    if generator is not None:
        value["field"] = generator
    if entry is not None:
        value["assemblage"]["0|0"][0][0] = entry
    with pytest.raises(InputError, match=message) as error:
        Assemblage.from_json(file(tmp_path, value))
    assert "\n" not in str(error.value)


def test_a_field_of_several_radicals(tmp_path: Path) -> None:
    value = json.loads(json.dumps(ROOT2_QUBIT))
    value["assemblage"]["0|1"] = [["1/4", "sqrt(3)/8 - I/8"], ["sqrt(3)/8 + I/8", "1/4"]]
    value["assemblage"]["1|1"] = [["1/4", "-sqrt(3)/8 + I/8"], ["-sqrt(3)/8 - I/8", "1/4"]]
    sigma = Assemblage.from_json(file(tmp_path, value))
    assert sigma.field.degree == 4
    assert sigma.to_array("outcomes-first")[0, 1, 1, 0] == pytest.approx(3**0.5 / 8 + 0.125j)


def test_elements_of_different_fields_do_not_meet() -> None:
    scenario = Scenario(((2,),), 1)
    root2 = exact_hermitian([["sqrt(2)/4"]], 1, "first")
    root3 = exact_hermitian([["sqrt(3)/4"]], 1, "second")
    with pytest.raises(InputError, match="different number fields"):
        Assemblage.from_elements(scenario, {label((0, 0)): root2, label((1, 0)): root3})
    with pytest.raises(Declined, match="two different fields"):
        _ = root2 + root3


def bob_with_input() -> np.ndarray[Any, Any]:
    """A PR box whose second part prepares |b⟩: Theorem 3 of the bipartite paper."""
    array = np.zeros((2, 2, 2, 2, 2))
    for a, x, y in np.ndindex(2, 2, 2):
        array[a, x, y, (a + x * y) % 2, (a + x * y) % 2] = 0.5
    return array


def test_trusted_input() -> None:
    sigma = Assemblage.from_array(bob_with_input(), "outcomes-first", trusted_input=True)
    assert sigma.scenario == Scenario(((2, 2),), 2, 2)
    assert sigma[1, 1, 1].entry(0, 0)[0] == Fraction(1, 2)
    for layout in ("outcomes-first", "matrices-first", "settings-first"):
        again = Assemblage.from_array(sigma.to_array(layout), layout, trusted_input=True)
        assert again == sigma
    with pytest.raises(KeyError, match=r"0\|1 2"):
        _ = sigma[0, 1, 2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s[0, 0, 1].__iadd__(np.eye(2) / 8), "signalling of party 1"),
        (
            lambda s: (s[0, :, 1].__iadd__(np.eye(2) / 8), s[1, :, 1].__isub__(np.eye(2) / 8)),
            r"signalling of the trusted party in tr σ\[0\|0 1\].*by 0.25",
        ),
    ],
)
def test_bad_trusted_input(change: Any, message: str) -> None:
    array = bob_with_input()
    change(array)
    with pytest.raises(InputError, match=message):
        Assemblage.from_array(array, "outcomes-first", trusted_input=True)


def test_trusted_input_is_never_guessed() -> None:
    with pytest.raises(InputError, match="the axes"):
        Assemblage.from_array(bob_with_input(), "outcomes-first")
    with pytest.raises(InputError, match="input being the last"):
        Assemblage.from_array(UNIFORM, "outcomes-first", trusted_input=True)
    with pytest.raises(InputError, match="has no trusted input"):
        Functional.from_array(np.zeros((3, 2, 2)), "collins-gisin", [[2, 2]], trusted_input=True)


def test_instrumental(tmp_path: Path) -> None:
    whole = Assemblage.from_array(bob_with_input(), "outcomes-first", trusted_input=True)
    sigma = InstrumentalAssemblage.of(whole)
    array = np.zeros((2, 2, 2, 2))
    for a, x in np.ndindex(2, 2):
        array[a, x] = bob_with_input()[a, x, a]
    assert InstrumentalAssemblage.from_array(array) == sigma
    elements = {f"{a}|{x}": array[a, x].astype(str).tolist() for a, x in np.ndindex(2, 2)}
    scenario = {"parties": [[2, 2]], "dimension": 2, "instrumental": True}
    path = file(tmp_path, {"scenario": scenario, "assemblage": elements})
    assert InstrumentalAssemblage.from_json(path) == sigma == read(path)
    assert "general instrumental" in validate(sigma).theorem
    functional = file(tmp_path, {"scenario": scenario, "functional": elements})
    assert set(Functional.from_json(functional).coefficients) == set(sigma.table)


@pytest.mark.parametrize(
    ("scenario", "elements", "message"),
    [
        ({"instrumental": True}, {"0|0": [["1"]]}, r"element '0\|1' is missing"),
        ({"instrumental": True, "trusted inputs": 2}, {"0|0": [["1"]]}, "only one of"),
        ({"instrumental": 1}, {"0|0": [["1"]]}, '"instrumental": true'),
        ({"trusted inputs": 0}, {"0|0 0": [["1"]]}, '"trusted inputs": 2'),
        (
            {"trusted inputs": 2},
            {"0|0": [["1"]]},
            r"labels have the form a\|x y, the trusted input last",
        ),
        ({"trusted input": 2}, {"0|0": [["1"]]}, "needs the form"),
        ({}, {"0|0 0": [["1"]]}, "no such element in the scenario"),
    ],
)
def test_bad_scenarios_with_trusted_input(
    tmp_path: Path, scenario: Any, elements: Any, message: str
) -> None:
    whole = {"parties": [[2, 2]], "dimension": 1, **scenario}
    with pytest.raises(InputError, match=message):
        read(file(tmp_path, {"scenario": whole, "assemblage": elements}))


def test_instrumental_elements_that_no_assemblage_has() -> None:
    """Traces, positivity; and traces that fit, but reduced states that never agree."""
    double = np.full((2, 3, 2, 2), 0.5) * np.eye(2)
    with pytest.raises(InputError, match="traces of input 0 add up to 2, not 1"):
        InstrumentalAssemblage.from_array(double)
    negative = double / 2
    negative[0, 0], negative[1, 0] = np.diag([0.75, -0.25]), np.diag([0.25, 0.25])
    with pytest.raises(InputError, match="not positive semidefinite"):
        InstrumentalAssemblage.from_array(negative)
    # One outcome: both inputs of Alice must leave the same state.
    steering = np.zeros((1, 2, 2, 2))
    steering[0, 0], steering[0, 1] = np.diag([1, 0]), np.diag([0, 1])
    with pytest.raises(InputError, match="no valid assemblage with these elements"):
        member(InstrumentalAssemblage.from_array(steering))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda s, f: bound(f, 2), "set 2: "),  # type: ignore[arg-type]
        (lambda s, f: bound(f, None), "set None"),  # type: ignore[arg-type]
        (lambda s, f: bound(f, [3]), "words are text"),  # type: ignore[list-item]
        (lambda s, f: visibility(s, 0.5), "an Assemblage is needed, not float"),  # type: ignore[arg-type]
        (lambda s, f: visibility(f), "an Assemblage is needed, not Functional"),  # type: ignore[arg-type]
    ],
)
def test_arguments_of_the_wrong_kind(call: Any, message: str) -> None:
    sigma = Assemblage.from_array(UNIFORM, "outcomes-first")
    functional = Functional.from_array(UNIFORM, "outcomes-first")
    with pytest.raises(InputError, match=message):
        call(sigma, functional)


def test_bad_instrumental_arrays() -> None:
    with pytest.raises(InputError, match="array of 2 parties"):
        InstrumentalAssemblage.from_array(UNIFORM)
    with pytest.raises(InputError, match="one party"):
        InstrumentalAssemblage.from_elements(QUBIT, {})
    extra = {label((0, 0), trusted=1): InstrumentalAssemblage.from_array(2 * UNIFORM[0, 0]).table}
    with pytest.raises(
        InputError, match=r"element '0\|0' has a trusted input|element '0\|0' is missing"
    ):
        InstrumentalAssemblage.from_elements(Scenario(((2, 2),), 2, 2), extra)  # type: ignore[arg-type]
