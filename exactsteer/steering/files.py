"""Reading the JSON files in which people give assemblages and functionals."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from ..exact.algebraic import number_reader, radical_text
from ..exact.numbers import MOST_DIGITS, InputError
from ..kernel.field import Algebraic, Field, Number, Q
from ..kernel.matrix import Matrix
from ..kernel.numbers import rational_text, stated
from ..scenario import Elements, Label, Scenario, label_text, parse_label, summand
from ..show.plain import EXPRESSION
from ..show.terms import decimal, spelled, square_root, taken_apart
from .layouts import exact_element, leaves


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file, numbers with a point refused (they would be rounded to binary)."""

    def refuse(text: str) -> NoReturn:
        raise InputError(f'{path}: number {text}: write it as a string, "{text}", to keep it exact')

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            names = sorted(name for name, _ in pairs)
            twice = next(a for a, b in pairwise(names) if a == b)
            raise InputError(f"{path}: {twice!r} stands twice in one object")
        return value

    def integer(text: str) -> int:
        if len(text) > MOST_DIGITS:
            raise InputError(f"{path}: a number of {len(text)} digits, at most {MOST_DIGITS}")
        return int(text)

    try:
        value = json.loads(
            path.read_text("utf-8"),
            object_pairs_hook=once,
            parse_int=integer,
            parse_float=refuse,
            parse_constant=refuse,
        )
    except RecursionError:
        raise InputError(f"{path}: nested too deeply") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file in UTF-8") from None
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: not JSON: {error.msg} at line {error.lineno}") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}: an object with 'scenario' and the matrices is needed")
    return value


KINDS = ("instrumental", "sequential")  # of scenarios whose elements mean something else


def elements_from_json(value: dict[str, Any], field: str, place: str) -> tuple[Scenario, Elements]:
    """`{"scenario": {"parties": [[2, 2], [2, 2]], "dimension": 2}, field: {label: matrix}}`.

    The scenario may have "dimensions": [2, 4], of several trusted parties, an element then being a list
    of one matrix for each of them. It may have "trusted inputs", be "sequential" (the parties are the
    steps of one Alice), or be "instrumental": then the labels a|x stand for the elements with trusted
    input y = a. The file may have a "field" such as "sqrt(2)", and "printed": true.
    """
    for name in ("scenario", field):
        if name not in value:
            raise InputError(f"{place}: field {name!r} is missing")
    unknown = set(value) - {"scenario", field, "field", "comment", "printed"}
    if unknown:
        raise InputError(f"{place}: unknown field {sorted(unknown)[0]!r}")
    scenario = _scenario(value["scenario"], f"{place}: scenario")
    instrumental = scenario_kind(value) == "instrumental"
    given = value[field]
    if not isinstance(given, dict) or not given:
        raise InputError(f"{place}: {field} needs an object from labels such as '0 0|1 0' to matrices")
    generator = value.get("field")
    if generator is not None and not isinstance(generator, str):
        raise InputError(f"{place}: field: the text of a number is needed, such as 'sqrt(2)'")
    read = number_reader(leaves(given), place, generator)
    elements: Elements = {}
    for text, entries in given.items():
        where = f"{place}: element {text!r}"
        try:
            label = parse_label(text)
        except ValueError as error:
            raise InputError(f"{place}: label {error}") from None
        part = label.parties[0]
        if instrumental and label.trusted is None and part is not None:
            label = Label(label.parties, part[0])
        if not scenario.has(label):
            form = "a|x y, the trusted input last" if scenario.trusted_inputs else "a b|x y"
            form = "a|x" if instrumental else form
            raise InputError(f"{where}: no such element in the scenario; labels have the form {form}")
        elements[label] = exact_element(scenario, entries, where, read)
    return scenario, elements


def json_from_elements(
    scenario: Scenario,
    elements: Elements,
    field: Field,
    content: str,
    kind: str,
    digits: int | None = None,
) -> str:
    """The text of a file that `elements_from_json` reads; one line for each element.

    `content` is "assemblage" or "functional", `kind` that of `scenario_kind`. With `digits`, decimals
    have so many places, and other numbers none, so that `half_of_last_digit` sees them. Raises
    InputError if a number cannot be written so that it is read exactly.
    """
    if kind == "instrumental" and scenario.trusted_inputs != max(scenario.outcomes[0]):
        raise InputError(
            f"{scenario.trusted_inputs} trusted inputs: in a file, an instrumental assemblage has as "
            f"many as there are outcomes, {max(scenario.outcomes[0])}"
        )
    given: dict[str, Any] = {"parties": scenario.outcomes, "dimension": scenario.dimension}
    if scenario.bobs:
        given = {"parties": scenario.outcomes, "dimensions": scenario.bobs}
    if kind:
        given[kind] = True
    elif scenario.trusted_inputs is not None:
        given["trusted inputs"] = scenario.trusted_inputs
    head: dict[str, Any] = {"scenario": given}
    generator = "" if field == Q else radical_text(field)
    if generator:
        head["field"] = generator
    if digits is not None:
        head["printed"] = True
    lines = []
    for label, matrix in elements.items():
        text = label_text(Label(label.parties) if kind == "instrumental" else label)
        parts = (summand(matrix, rows) for rows in scenario.summands())
        own = [_rows_json(part, generator, digits, text) for part in parts]
        lines.append(f"  {json.dumps(text)}: {json.dumps(own if scenario.bobs else own[0])}")
    start = "".join(f" {json.dumps(name)}: {json.dumps(value)},\n" for name, value in head.items())
    return "{\n" + start + f" {json.dumps(content)}: {{\n" + ",\n".join(lines) + "\n }\n}\n"


def _rows_json(matrix: Matrix, generator: str, digits: int | None, place: str) -> list[list[Any]]:
    def text(number: Number) -> str:
        if isinstance(number, Algebraic):
            found = _expression(number, generator)
        else:
            found = stated(number) if digits is None else _printed(Fraction(number), digits)
        if len(found) > MOST_DIGITS:
            raise InputError(
                f"element {place!r}: {len(found)} characters in a number; a file has at most "
                f"{MOST_DIGITS}"
            )
        return found

    rows, columns = map(range, matrix.shape)
    pairs = [[matrix.entry(r, c) for c in columns] for r in rows]
    # Where digits matter, at least the zeros beside the diagonal show them.
    return [[[text(re), text(im)] if im or digits else text(re) for re, im in row] for row in pairs]


def _printed(number: Fraction, digits: int) -> str:
    return decimal(number, digits) if 10**digits % number.denominator == 0 else rational_text(number)


def _expression(number: Algebraic, generator: str) -> str:
    if square_root(number.field):
        return spelled(taken_apart(number), EXPRESSION)
    text = ""
    for coefficient in reversed(number.coefficients):  # by Horner's rule
        product = f"({generator})*({text})" if text else ""
        constant = stated(coefficient) if coefficient else ""
        text = " + ".join(filter(None, (constant, product)))
    return text


def scenario_kind(value: dict[str, Any]) -> str:
    """`instrumental`, `sequential`, or nothing, as the scenario of a file says."""
    scenario = value.get("scenario")
    given = scenario if isinstance(scenario, dict) else {}
    return next((kind for kind in KINDS if given.get(kind) is True), "")


def _scenario(value: Any, place: str) -> Scenario:
    example = '{"parties": [[2, 2], [2, 2]], "dimension": 2}'
    optional = {"trusted inputs", *KINDS}
    more = 'perhaps with "trusted inputs": 2, "instrumental": true or "sequential": true'
    more += ', or "dimensions": [2, 4] for several trusted parties'
    several = isinstance(value, dict) and "dimensions" in value
    size = "dimensions" if several else "dimension"
    if not isinstance(value, dict) or set(value) - optional != {"parties", size}:
        raise InputError(f"{place}: needs the form {example}, {more}")
    parties, dimensions = value["parties"], value[size] if several else [value[size]]
    ok = isinstance(parties, list) and parties and isinstance(dimensions, list) and dimensions
    if not ok or not all(map(_count, dimensions)) or len(dimensions) < 1 + several:
        raise InputError(f"{place}: needs positive integers, as in {example}")
    if not all(isinstance(p, list) and p and all(map(_count, p)) for p in parties):
        raise InputError(f"{place}: needs positive integers, as in {example}")
    outcomes = tuple(tuple(inputs) for inputs in parties)
    inputs, kinds = value.get("trusted inputs"), [value.get(kind, False) for kind in KINDS]
    if not all(isinstance(kind, bool) for kind in kinds) or (inputs is not None and not _count(inputs)):
        raise InputError(f"{place}: needs the form {example}, {more}")
    if sum(kinds) + (inputs is not None) > 1:
        raise InputError(f"{place}: only one of trusted inputs, instrumental, sequential")
    if several:
        if any(kinds) or inputs is not None:
            raise InputError(f"{place}: several trusted parties have no inputs")
        return Scenario.with_bobs(outcomes, dimensions)
    if value.get("instrumental"):
        if len(outcomes) != 1:
            raise InputError(
                f"{place}: an instrumental scenario has one party, whose outcome is the trusted input"
            )
        inputs = max(outcomes[0])
    return Scenario(outcomes, dimensions[0], inputs)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
