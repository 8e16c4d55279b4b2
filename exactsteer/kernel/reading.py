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
from .matrix import Matrix
from .numbers import (
    integer_text,
    integers_text,
    parse_integer,
    parse_integers,
    parse_rational,
)
from .positivity import Congruent, Dominant, Factored, Positivity
from .product import Rows
from .program import DualWitness, PointWitness

Json: TypeAlias = Any  # what `json.loads` returns: dict, list, str, bool or None here
T = TypeVar("T")
DEEPEST = 16  # congruences within congruences


def read_fields(value: Json, place: str, names: Sequence[str], optional: str = "") -> dict[str, Json]:
    """A JSON object with exactly these fields (and perhaps the optional one)."""
    if not isinstance(value, dict):
        raise Malformed(place, "an object is needed")
    for name in value:
        if name not in names and name != optional:
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


def read_matrix(value: Json, place: str) -> Matrix:
    """A matrix of any shape: rows of integers over one denominator, in lowest terms."""
    fields = read_fields(value, place, ("denominator", "real"), "imaginary")
    real = _read_rows(fields["real"], f"{place}.real")
    if len({len(row) for row in real}) > 1:
        raise Malformed(f"{place}.real", "rows of different lengths")
    return _read_parts(fields, place, real)


def read_hermitian(value: Json, size: int, place: str) -> Matrix:
    """A Hermitian matrix by its lower triangle: row k has k + 1 integers."""
    fields = read_fields(value, place, ("denominator", "real"), "imaginary")
    real = _read_rows(fields["real"], f"{place}.real")
    if [len(row) for row in real] != list(range(1, size + 1)):
        raise Malformed(f"{place}.real", f"needs {size} rows of 1 to {size} entries")
    lower = _read_parts(fields, place, real)
    imaginary = lower.imaginary
    if imaginary is not None:
        for k in range(size):
            if imaginary[k][k]:
                raise Malformed(f"{place}.imaginary", f"not Hermitian: diagonal entry {k} is not 0")
        imaginary = _mirror(imaginary, -1)
    return Matrix(lower.denominator, _mirror(real, 1), imaginary)


def _mirror(lower: Rows, sign: int) -> Rows:
    size = len(lower)
    return [row + [sign * lower[k][len(row) - 1] for k in range(len(row), size)] for row in lower]


def _read_rows(value: Json, place: str) -> Rows:
    return [read_integers(row, f"{place}[{k}]") for k, row in enumerate(read_list(value, place))]


def _read_parts(fields: dict[str, Json], place: str, real: Rows) -> Matrix:
    """Denominator and imaginary part; refuses every spelling but the reduced one."""
    denominator = read_integer(fields["denominator"], f"{place}.denominator")
    imaginary = None
    if "imaginary" in fields:
        imaginary = _read_rows(fields["imaginary"], f"{place}.imaginary")
        if [len(row) for row in imaginary] != [len(row) for row in real]:
            raise Malformed(f"{place}.imaginary", "its shape is not that of the real part")
        if not any(map(any, imaginary)):
            raise Malformed(f"{place}.imaginary", "a vanishing imaginary part is left out")
    if denominator < 1:
        raise Malformed(f"{place}.denominator", "a denominator is at least 1")
    common = denominator
    for row in real + (imaginary or []):
        common = gcd(common, *row)
    if common > 1:
        raise Malformed(place, "not in lowest terms: everything has a common divisor")
    return Matrix(denominator, real, imaginary)


def matrix_json(matrix: Matrix) -> Json:
    matrix = matrix.reduced()
    return _parts_json(matrix, lambda k, row: row)


def hermitian_json(matrix: Matrix) -> Json:
    matrix = matrix.reduced()
    return _parts_json(matrix, lambda k, row: row[: k + 1])


def _parts_json(matrix: Matrix, cut: Callable[[int, list[int]], list[int]]) -> Json:
    value: dict[str, Json] = {"denominator": integer_text(matrix.denominator)}
    for name, rows in ("real", matrix.real), ("imaginary", matrix.imaginary):
        if rows is not None:
            value[name] = [integers_text(cut(k, row)) for k, row in enumerate(rows)]
    return value


def read_positivity(value: Json, place: str, depth: int = 0) -> Positivity:
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
        factor = read_matrix(value["factor"], f"{place}.factor")
        return Factored(factor, read_matrix(value["weights"], f"{place}.weights"))
    if rule == "congruent":
        read_fields(value, place, ("rule", "basis", "core", "positivity"))
        basis = read_matrix(value["basis"], f"{place}.basis")
        core = read_hermitian(value["core"], basis.shape[1], f"{place}.core")
        inner = read_positivity(value["positivity"], f"{place}.positivity", depth + 1)
        return Congruent(basis, core, inner)
    raise Malformed(place, f"unknown rule {rule[:40]!r}")


def positivity_json(witness: Positivity) -> Json:
    if isinstance(witness, Dominant):
        return {"rule": "dominant"}
    if isinstance(witness, Factored):
        factor, weights = matrix_json(witness.factor), matrix_json(witness.weights)
        return {"rule": "factored", "factor": factor, "weights": weights}
    return {
        "rule": "congruent",
        "basis": matrix_json(witness.basis),
        "core": hermitian_json(witness.core),
        "positivity": positivity_json(witness.witness),
    }


def read_witness(value: Json, place: str, sizes: Sequence[int]) -> PointWitness | DualWitness:
    """A point (`point`, `positivity`) or dual witness (`multipliers`, `matrices`, `positivity`).

    `sizes` are those of the blocks of the program that the statement gave.
    """
    if isinstance(value, dict) and "point" in value:
        fields = read_fields(value, place, ("point", "positivity"))
        point = read_matrix(fields["point"], f"{place}.point")
        return PointWitness(point, _read_positivities(fields["positivity"], f"{place}.positivity"))
    fields = read_fields(value, place, ("multipliers", "matrices", "positivity"))
    multipliers = read_matrix(fields["multipliers"], f"{place}.multipliers")
    given = read_list(fields["matrices"], f"{place}.matrices")
    if len(given) != len(sizes):
        raise Malformed(f"{place}.matrices", f"{len(given)} given, the program has {len(sizes)} blocks")
    matrices = [
        read_hermitian(item, size, f"{place}.matrices[{k}]")
        for k, (item, size) in enumerate(zip(given, sizes, strict=True))
    ]
    positivity = _read_positivities(fields["positivity"], f"{place}.positivity")
    return DualWitness(multipliers, matrices, positivity)


def _read_positivities(value: Json, place: str) -> list[Positivity]:
    return [read_positivity(item, f"{place}[{k}]") for k, item in enumerate(read_list(value, place))]


def witness_json(witness: PointWitness | DualWitness) -> Json:
    positivity = [positivity_json(item) for item in witness.positivity]
    if isinstance(witness, PointWitness):
        return {"point": matrix_json(witness.point), "positivity": positivity}
    return {
        "multipliers": matrix_json(witness.multipliers),
        "matrices": [hermitian_json(matrix) for matrix in witness.matrices],
        "positivity": positivity,
    }
