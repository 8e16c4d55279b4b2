"""Matrices over Q(i): integer real and imaginary parts over one common denominator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from .numbers import Number
from .product import Rows, limit_bits, times_transposed


@dataclass(frozen=True)
class Matrix:
    """(real + i·imaginary) / denominator.

    `real` and `imaginary` are equally shaped lists of integer rows and `denominator` ≥ 1.
    `imaginary` is None for a real matrix. Arithmetic does not reduce: `reduced` gives the one
    form in which equal matrices compare equal.
    """

    denominator: int
    real: Rows
    imaginary: Rows | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.real), len(self.real[0]) if self.real else 0

    def entry(self, row: int, column: int) -> tuple[Fraction, Fraction]:
        """Real and imaginary part of one entry."""
        imaginary = 0 if self.imaginary is None else self.imaginary[row][column]
        return Fraction(self.real[row][column], self.denominator), Fraction(imaginary, self.denominator)

    def trace(self) -> Fraction:
        """Real part of the trace."""
        return Fraction(sum(row[k] for k, row in enumerate(self.real)), self.denominator)

    def reduced(self) -> Matrix:
        """The same matrix in lowest terms, `imaginary` None if it vanishes."""
        imaginary = self.imaginary
        if imaginary is not None and not any(map(any, imaginary)):
            imaginary = None
        parts = [self.real] if imaginary is None else [self.real, imaginary]
        common = self.denominator
        for rows in parts:
            for row in rows:
                common = gcd(common, *row)
        if common > 1:
            parts = [[[n // common for n in row] for row in rows] for rows in parts]
        return Matrix(self.denominator // common, parts[0], parts[1] if imaginary else None)

    def __add__(self, other: Matrix) -> Matrix:
        return self._combine(other, 1)

    def __sub__(self, other: Matrix) -> Matrix:
        return self._combine(other, -1)

    def _combine(self, other: Matrix, sign: int) -> Matrix:
        common = lcm(self.denominator, other.denominator)
        limit_bits(len(self.real) ** 2, common.bit_length())
        ours, theirs = common // self.denominator, sign * common // other.denominator

        def mix(left: Rows, right: Rows) -> Rows:
            return [
                [ours * a + theirs * b for a, b in zip(p, q, strict=True)]
                for p, q in zip(left, right, strict=True)
            ]

        imaginary = None
        if self.imaginary is not None or other.imaginary is not None:
            imaginary = mix(self.imaginary_rows(), other.imaginary_rows())
        return Matrix(common, mix(self.real, other.real), imaginary)

    def imaginary_rows(self) -> Rows:
        """The imaginary part, zeros written out."""
        return self.imaginary or [[0] * len(row) for row in self.real]


def common_denominator(rows: Sequence[Sequence[Number]]) -> tuple[int, Rows]:
    """Rational rows as integer rows over their least common denominator."""
    common = lcm(*(entry.denominator for row in rows for entry in row))
    limit_bits(sum(map(len, rows)), common.bit_length())
    return common, [[entry.numerator * (common // entry.denominator) for entry in row] for row in rows]


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
    common, rows = common_denominator(real + imaginary)
    return Matrix(common, rows[:size], rows[size:]).reduced()


def congruence(factor: Matrix, core: Matrix) -> Matrix:
    """factor · core · factor† for `factor` n×k and Hermitian `core` k×k (so core = core†)."""
    return _times_adjoint(_times_adjoint(factor, core), factor)


def weighted_square(factor: Matrix, weights: Sequence[int], denominator: int) -> Matrix:
    """factor · Diag(weights/denominator) · factor†."""

    def weigh(rows: Rows) -> Rows:
        return [[n * w for n, w in zip(row, weights, strict=True)] for row in rows]

    imaginary = None if factor.imaginary is None else weigh(factor.imaginary)
    weighted = Matrix(factor.denominator * denominator, weigh(factor.real), imaginary)
    return _times_adjoint(weighted, factor)


def _times_adjoint(left: Matrix, right: Matrix) -> Matrix:
    """left · right†."""
    denominator = left.denominator * right.denominator
    real = times_transposed(left.real, right.real)
    if left.imaginary is None and right.imaginary is None:
        return Matrix(denominator, real)
    left_im, right_im = left.imaginary_rows(), right.imaginary_rows()
    real = _plus(real, times_transposed(left_im, right_im), 1)
    imaginary = _plus(times_transposed(left_im, right.real), times_transposed(left.real, right_im), -1)
    return Matrix(denominator, real, imaginary)


def _plus(left: Rows, right: Rows, sign: int) -> Rows:
    return [[a + sign * b for a, b in zip(p, q, strict=True)] for p, q in zip(left, right, strict=True)]
