"""Matrices over K(i), K = Q or Q(a): an integer matrix for each a^k and i·a^k, over one denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from .field import Algebraic, Field, Number, Q, coefficients_of, common_field, number
from .numbers import Rational
from .product import Rows, limit_bits, times_transposed

Part: TypeAlias = tuple[int, int]  # (k, s) stands for a^k·i^s, with s 0 or 1


@dataclass(frozen=True)
class Matrix:
    """Σ parts[k, s]·a^k·i^s / denominator.

    All parts are equally shaped lists of integer rows. (0, 0) is always there, k < degree of the
    field, and a part that is not there vanishes. Arithmetic does not reduce: `reduced` gives the
    one form in which equal matrices compare equal.
    """

    denominator: int
    parts: dict[Part, Rows]
    field: Field = Q

    @property
    def shape(self) -> tuple[int, int]:
        rows = self.parts[0, 0]
        return len(rows), len(rows[0]) if rows else 0

    @property
    def is_real(self) -> bool:
        return not any(s for _, s in self.parts)

    @property
    def vanishes(self) -> bool:
        # A matrix over Q(a) vanishes if all its parts do.
        return not any(any(map(any, rows)) for rows in self.parts.values())

    def entry(self, row: int, column: int) -> tuple[Number, Number]:
        """Real and imaginary part of one entry."""
        numbers: list[list[Rational]] = [[0] * self.field.degree for _ in range(2)]
        for (k, s), rows in self.parts.items():
            numbers[s][k] = Fraction(rows[row][column], self.denominator)
        return number(self.field, numbers[0]), number(self.field, numbers[1])

    def numerators(self, row: int) -> list[Number]:
        """The entries of a row of a real matrix, times the denominator."""
        if len(self.parts) == 1:
            return list(self.parts[0, 0][row])
        return [self.entry(row, column)[0] * self.denominator for column in range(self.shape[1])]

    def trace(self) -> Number:
        """Real part of the trace."""
        return sum((self.entry(k, k)[0] for k in range(self.shape[0])), Fraction(0))

    def reduced(self) -> Matrix:
        """The same matrix in lowest terms, without vanishing parts."""
        parts = {p: rows for p, rows in self.parts.items() if p == (0, 0) or any(map(any, rows))}
        common = self.denominator
        for rows in parts.values():
            for row in rows:
                common = gcd(common, *row)
        if common > 1:
            parts = {p: [[n // common for n in row] for row in rows] for p, rows in parts.items()}
        return Matrix(self.denominator // common, parts, self.field)

    def __add__(self, other: Matrix) -> Matrix:
        return self._combine(other, 1)

    def __sub__(self, other: Matrix) -> Matrix:
        return self._combine(other, -1)

    def _combine(self, other: Matrix, sign: int) -> Matrix:
        common = lcm(self.denominator, other.denominator)
        entries = self.shape[0] * self.shape[1] * (len(self.parts) + len(other.parts))
        limit_bits(entries, common.bit_length())
        field = common_field((self.field, other.field))
        terms = [(p, _times(rows, common // self.denominator)) for p, rows in self.parts.items()]
        scale = sign * common // other.denominator
        terms += [(p, _times(rows, scale)) for p, rows in other.parts.items()]
        return Matrix(common, _collected(terms, field), field)


def rational_matrix(denominator: int, real: Rows, imaginary: Rows | None = None) -> Matrix:
    """(real + i·imaginary) / denominator, over Q(i)."""
    parts = {(0, 0): real}
    if imaginary is not None:
        parts[0, 1] = imaginary
    return Matrix(denominator, parts)


def common_denominator(rows: Sequence[Sequence[Rational]]) -> tuple[int, Rows]:
    """Rational rows as integer rows over their least common denominator."""
    common = lcm(*(entry.denominator for row in rows for entry in row))
    limit_bits(sum(map(len, rows)), common.bit_length())
    return common, [[entry.numerator * (common // entry.denominator) for entry in row] for row in rows]


def matrix_of(real: Sequence[Sequence[Number]], imaginary: Sequence[Sequence[Number]] = ()) -> Matrix:
    """real + i·imaginary, in lowest terms."""
    field = common_field(e.field for row in (*real, *imaginary) for e in row if isinstance(e, Algebraic))
    powers = range(field.degree)

    def coefficient(entry: Number, k: int) -> Rational:
        numbers = coefficients_of(entry)
        return numbers[k] if k < len(numbers) else 0

    stacked = [[coefficient(e, k) for e in row] for k in powers for row in (*real, *imaginary)]
    denominator, rows = common_denominator(stacked)
    parts: dict[Part, Rows] = {}
    for k in powers:
        for s, count in (0, len(real)), (1, len(imaginary)):
            if count:
                parts[k, s], rows = rows[:count], rows[count:]
    return Matrix(denominator, parts or {(0, 0): []}, field).reduced()


def identity(size: int) -> Matrix:
    return rational_matrix(1, [[int(r == c) for c in range(size)] for r in range(size)])


def transpose(matrix: Matrix) -> Matrix:
    parts = {part: [list(row) for row in zip(*rows, strict=True)] for part, rows in matrix.parts.items()}
    return Matrix(matrix.denominator, parts, matrix.field)


def hermitian(size: int, entry: Callable[[int, int], tuple[Number, Number]]) -> Matrix:
    """The Hermitian matrix whose lower triangle (row ≥ column) is given by `entry`.

    Hermitian by construction: the upper triangle is written from the lower one, and an
    imaginary part on the diagonal is not read.
    """
    real: list[list[Number]] = [[0] * size for _ in range(size)]
    imaginary: list[list[Number]] = [[0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            re, im = entry(row, column)
            real[row][column] = real[column][row] = re
            if row != column:
                imaginary[row][column], imaginary[column][row] = im, -im
    return matrix_of(real, imaginary)


def congruence(factor: Matrix, core: Matrix) -> Matrix:
    """factor · core · factor† for `factor` n×k and Hermitian `core` k×k (so core = core†)."""
    return times_adjoint(times_adjoint(factor, core), factor)


def weighted_square(factor: Matrix, weights: Matrix) -> Matrix:
    """factor · Diag(weights) · factor†, `weights` a real row."""
    field = common_field((factor.field, weights.field))
    terms = [
        (_power(p, q), [[n * w for n, w in zip(row, scale[0], strict=True)] for row in rows])
        for p, rows in factor.parts.items()
        for q, scale in weights.parts.items()
    ]
    denominator = factor.denominator * weights.denominator
    return times_adjoint(Matrix(denominator, _collected(terms, field), field), factor)


def steered(effect: Matrix, operator: Matrix) -> Matrix:
    """tr₁[(effect ⊗ 1) operator], k×k for `effect` n×n and `operator` nk×nk.

    Entry (r, c) is Σ_{i,j} effect[j, i]·operator[i k + r, j k + c].
    """
    field = common_field((effect.field, operator.field))
    size = range(operator.shape[0] // effect.shape[0])

    def terms() -> Iterator[tuple[Part, Rows]]:
        for p, weights in effect.parts.items():
            for q, rows in operator.parts.items():
                sign = -1 if p[1] and q[1] else 1  # i·i = -1
                total = [[0] * len(size) for _ in size]
                for j, row in enumerate(weights):
                    for i, weight in enumerate(row):
                        if weight:
                            start, left = i * len(size), j * len(size)
                            for r in size:
                                source = rows[start + r][left : left + len(size)]
                                if any(source):
                                    total[r] = [
                                        t + sign * weight * n
                                        for t, n in zip(total[r], source, strict=True)
                                    ]
                yield _power(p, q), total

    return Matrix(effect.denominator * operator.denominator, _collected(terms(), field), field)


def times_adjoint(left: Matrix, right: Matrix) -> Matrix:
    """left · right†: i becomes -i in the right factor, so that i·i† = 1."""
    field = common_field((left.field, right.field))

    def terms() -> Iterator[tuple[Part, Rows]]:
        for p, rows in left.parts.items():
            for q, others in right.parts.items():
                product = times_transposed(rows, others)
                yield _power(p, q), _times(product, -1) if q[1] > p[1] else product

    return Matrix(left.denominator * right.denominator, _collected(terms(), field), field)


def _power(left: Part, right: Part) -> Part:
    """The powers of a and i (as i·i† = 1) in a product of two parts."""
    return left[0] + right[0], (left[1] + right[1]) % 2


def _collected(terms: Iterable[tuple[Part, Rows]], field: Field) -> dict[Part, Rows]:
    """The sum of terms of any power of a, which the polynomial of the field replaces by lower ones."""
    parts: dict[Part, Rows] = {}

    def add(part: Part, rows: Rows) -> None:
        parts[part] = _plus(parts[part], rows) if part in parts else rows

    for part, rows in terms:
        add(part, rows)
    while max(k for k, _ in parts) >= field.degree:
        k, s = max(parts)
        rows = parts.pop((k, s))
        for l, coefficient in enumerate(field.polynomial[:-1]):
            add((k - field.degree + l, s), _times(rows, -coefficient))
    return parts


def _times(rows: Rows, scale: int) -> Rows:
    return rows if scale == 1 else [[n * scale for n in row] for row in rows]


def _plus(left: Rows, right: Rows) -> Rows:
    return [[a + b for a, b in zip(p, q, strict=True)] for p, q in zip(left, right, strict=True)]
