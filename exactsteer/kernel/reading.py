"""Strict reading of JSON values, and their one spelling. Nothing is coerced or ignored.

Each `read_…` takes a parsed JSON value and the place it came from, and raises Malformed with that
place. Each `…_json` is its inverse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd
from typing import Any, TypeAlias, TypeVar

from .errors import Declined, Malformed
from .field import (
    LARGEST_DEGREE,
    MOST_FIELD_DIGITS,
    Algebraic,
    Field,
    Number,
    Q,
    number,
)
from .matrix import Matrix, Part
from .numbers import (
    Rational,
    integer_text,
    integers_text,
    parse_integer,
    parse_integers,
    parse_rational,
    rational_text,
)
from .positivity import Congruent, Dominant, Factored, Positivity
from .product import Rows
from .program import Block, DualWitness, PointWitness

Json: TypeAlias = Any  # what `json.loads` returns: dict, list, str, bool or None here
T = TypeVar("T")
DEEPEST = 16  # congruences within congruences


def read_fields(
    value: Json, place: str, names: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, Json]:
    """A JSON object with exactly these fields, and perhaps some of the optional ones."""
    if not isinstance(value, dict):
        raise Malformed(place, "an object is needed")
    for name in value:
        if name not in names and name not in optional:
            raise Malformed(place, f"unknown field {name[:40]!r}")
    for name in names:
        if name not in value:
            raise Malformed(place, f"field {name!r} is missing")
    return value


def read_list(value: Json, place: str) -> list[Json]:
    if not isinstance(value, list):
        raise Malformed(place, "a list is needed")
    return value


def read_text(value: Json, place: str) -> str:
    if not isinstance(value, str):
        raise Malformed(place, "a string is needed (numbers too are written as strings)")
    return value


def _spelled(value: Json, place: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(read_text(value, place))
    except ValueError as error:
        raise Malformed(place, str(error)) from None
    except OverflowError as error:
        raise Declined(f"{place}: {error}") from None


def read_integer(value: Json, place: str) -> int:
    return _spelled(value, place, parse_integer)


def read_integers(value: Json, place: str) -> list[int]:
    return _spelled(value, place, parse_integers)


def read_rational(value: Json, place: str) -> Fraction:
    return _spelled(value, place, parse_rational)


def read_field(value: Json, place: str) -> Field:
    """`Q`, or Q(a) by the polynomial of a and an interval: see `Field`."""
    if value == "Q":
        return Q
    if isinstance(value, str):
        raise Declined(f"{place}: {value[:40]!r}, this kernel knows 'Q' and Q(a) by its polynomial")
    fields = read_fields(value, place, ("polynomial", "low", "high"))
    polynomial = read_integers(fields["polynomial"], f"{place}.polynomial")
    low, high = (read_rational(fields[end], f"{place}.{end}") for end in ("low", "high"))
    if len(polynomial) - 1 > LARGEST_DEGREE:
        raise Declined(f"{place}.polynomial: degree {len(polynomial) - 1}, at most {LARGEST_DEGREE}")
    if len(polynomial) < 3 or polynomial[-1] != 1:
        raise Malformed(f"{place}.polynomial", "degree at least 2 and last coefficient 1 are needed")
    numbers = (*polynomial, low.numerator, low.denominator, high.numerator, high.denominator)
    if max(map(abs, numbers)) >= 10**MOST_FIELD_DIGITS:
        raise Declined(f"{place}: a number of more than {MOST_FIELD_DIGITS} digits")
    field = Field(tuple(polynomial), low, high)
    if not field.isolates():
        raise Malformed(place, "the interval does not show one root: different signs, monotonic between")
    return field


def field_json(field: Field) -> Json:
    if field == Q:
        return "Q"
    polynomial = integers_text(field.polynomial)
    return {"polynomial": polynomial, "low": rational_text(field.low), "high": rational_text(field.high)}


def read_number(value: Json, field: Field, place: str) -> Number:
    """A rational, or the coefficients of 1, a, a², … up to the last that is not 0, as a list."""
    if not isinstance(value, list):
        return read_rational(value, place)
    coefficients: list[Rational] = [read_rational(item, f"{place}[{k}]") for k, item in enumerate(value)]
    if not 2 <= len(coefficients) <= field.degree or not coefficients[-1]:
        raise Malformed(place, f"a list has 2 to {field.degree} coefficients, the last not 0")
    return number(field, coefficients)


def number_json(value: Number) -> Json:
    if not isinstance(value, Algebraic):
        return rational_text(value)
    coefficients = list(value.coefficients)
    while not coefficients[-1]:
        coefficients.pop()
    return [rational_text(coefficient) for coefficient in coefficients]


def part_name(part: Part) -> str:
    """`real`, `imaginary`, `real a`, `imaginary a^2`, …"""
    power, unit = part
    name = "imaginary" if unit else "real"
    return name if not power else f"{name} a" if power == 1 else f"{name} a^{power}"


def read_matrix(value: Json, field: Field, place: str) -> Matrix:
    """A matrix of any shape: rows of integers over one denominator, in lowest terms."""
    matrix = _read_parts(value, field, place)
    if len({len(row) for row in matrix.parts[0, 0]}) > 1:
        raise Malformed(f"{place}.real", "rows of different lengths")
    return matrix


def read_hermitian(value: Json, size: int, field: Field, place: str) -> Matrix:
    """A Hermitian matrix by its lower triangle: row k has k + 1 integers."""
    lower = _read_parts(value, field, place)
    if [len(row) for row in lower.parts[0, 0]] != list(range(1, size + 1)):
        raise Malformed(f"{place}.real", f"needs {size} rows of 1 to {size} entries")
    for part, rows in lower.parts.items():
        for k in range(size if part[1] else 0):
            if rows[k][k]:
                where = f"{place}.{part_name(part)}"
                raise Malformed(where, f"not Hermitian: diagonal entry {k} is not 0")
    parts = {part: _mirror(rows, -1 if part[1] else 1) for part, rows in lower.parts.items()}
    return Matrix(lower.denominator, parts, field)


def read_square(value: Json, field: Field, place: str) -> Matrix:
    """A Hermitian matrix that tells its own size, at least 1."""
    fields = value if isinstance(value, dict) else {}
    size = len(read_list(fields.get("real"), f"{place}.real"))
    if not size:
        raise Malformed(f"{place}.real", "a row is needed")
    return read_hermitian(value, size, field, place)


def _mirror(lower: Rows, sign: int) -> Rows:
    size = len(lower)
    return [row + [sign * lower[k][len(row) - 1] for k in range(len(row), size)] for row in lower]


def _read_parts(value: Json, field: Field, place: str) -> Matrix:
    """Denominator and parts; refuses every spelling but the reduced one."""
    names = {part_name((power, unit)): (power, unit) for power in range(field.degree) for unit in (0, 1)}
    fields = read_fields(value, place, ("denominator", "real"), list(names))
    denominator = read_integer(fields["denominator"], f"{place}.denominator")
    if denominator < 1:
        raise Malformed(f"{place}.denominator", "a denominator is at least 1")
    real = _read_rows(fields["real"], f"{place}.real")
    parts = {(0, 0): real}
    common = denominator
    for name, part in names.items():
        if name not in fields:
            continue
        rows = _read_rows(fields[name], f"{place}.{name}")
        if [len(row) for row in rows] != [len(row) for row in real]:
            raise Malformed(f"{place}.{name}", "its shape is not that of the real part")
        if name != "real" and not any(map(any, rows)):
            raise Malformed(f"{place}.{name}", "a part that vanishes is left out")
        parts[part] = rows
        for row in rows:
            common = gcd(common, *row)
    if common > 1:
        raise Malformed(place, "not in lowest terms: everything has a common divisor")
    return Matrix(denominator, parts, field)


def _read_rows(value: Json, place: str) -> Rows:
    return [read_integers(row, f"{place}[{k}]") for k, row in enumerate(read_list(value, place))]


def matrix_json(matrix: Matrix) -> Json:
    return _parts_json(matrix, lambda k, row: row)


def hermitian_json(matrix: Matrix) -> Json:
    return _parts_json(matrix, lambda k, row: row[: k + 1])


def _parts_json(matrix: Matrix, cut: Callable[[int, list[int]], list[int]]) -> Json:
    matrix = matrix.reduced()
    value: dict[str, Json] = {"denominator": integer_text(matrix.denominator)}
    for part, rows in sorted(matrix.parts.items()):
        value[part_name(part)] = [integers_text(cut(k, row)) for k, row in enumerate(rows)]
    return value


def read_positivity(value: Json, field: Field, place: str, depth: int = 0) -> Positivity:
    """The witness of one matrix: its `rule` says which of the three it is."""
    if depth > DEEPEST:
        raise Malformed(place, f"more than {DEEPEST} nested witnesses")
    if not isinstance(value, dict) or not isinstance(value.get("rule"), str):
        raise Malformed(place, "an object with a field 'rule' is needed")
    rule = value["rule"]
    if rule == "dominant":
        read_fields(value, place, ("rule",))
        return Dominant()
    if rule == "factored":
        read_fields(value, place, ("rule", "factor", "weights"))
        factor = read_matrix(value["factor"], field, f"{place}.factor")
        return Factored(factor, read_matrix(value["weights"], field, f"{place}.weights"))
    if rule == "congruent":
        read_fields(value, place, ("rule", "basis", "core", "positivity"))
        basis = read_matrix(value["basis"], field, f"{place}.basis")
        core = read_hermitian(value["core"], basis.shape[1], field, f"{place}.core")
        inner = read_positivity(value["positivity"], field, f"{place}.positivity", depth + 1)
        return Congruent(basis, core, inner)
    raise Malformed(place, f"unknown rule {rule[:40]!r}")


def read_witness(
    value: Json, blocks: Sequence[Block], field: Field, place: str
) -> PointWitness | DualWitness:
    """A point (`point`, `positivity`) or dual witness (`multipliers`, `matrices`, `positivity`).

    `blocks` are those of the program that the statement gave.
    """
    if isinstance(value, dict) and "point" in value:
        fields = read_fields(value, place, ("point", "positivity"))
        point = read_matrix(fields["point"], field, f"{place}.point")
        return PointWitness(
            point, _read_positivities(fields["positivity"], field, f"{place}.positivity")
        )
    fields = read_fields(value, place, ("multipliers", "matrices", "positivity"))
    multipliers = read_matrix(fields["multipliers"], field, f"{place}.multipliers")
    given = read_list(fields["matrices"], f"{place}.matrices")
    if len(given) != len(blocks):
        raise Malformed(f"{place}.matrices", f"{len(given)} given, the program has {len(blocks)} blocks")
    matrices = [
        read_hermitian(item, block.size, field, f"{place}.matrices[{k}]")
        for k, (item, block) in enumerate(zip(given, blocks, strict=True))
    ]
    positivity = _read_positivities(fields["positivity"], field, f"{place}.positivity")
    return DualWitness(multipliers, matrices, positivity)


def _read_positivities(value: Json, field: Field, place: str) -> list[Positivity]:
    items = read_list(value, place)
    return [read_positivity(item, field, f"{place}[{k}]") for k, item in enumerate(items)]
