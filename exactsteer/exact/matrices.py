"""Arithmetic on exact matrices that the kernel has no need of."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.matrix import Matrix, matrix_of


def scaled(matrix: Matrix, factor: Fraction) -> Matrix:
    """factor·matrix, in lowest terms."""
    parts = {
        part: [[n * factor.numerator for n in row] for row in rows]
        for part, rows in matrix.parts.items()
    }
    return Matrix(matrix.denominator * factor.denominator, parts, matrix.field).reduced()


def identity(size: int) -> Matrix:
    return matrix_of([[int(r == c) for c in range(size)] for r in range(size)])


def mixture(weight: Fraction, one: Matrix, other: Matrix) -> Matrix:
    """weight·one + (1 - weight)·other."""
    return (scaled(one, weight) + scaled(other, 1 - weight)).reduced()


def transpose(matrix: Matrix) -> Matrix:
    parts = {part: [list(row) for row in zip(*rows, strict=True)] for part, rows in matrix.parts.items()}
    return Matrix(matrix.denominator, parts, matrix.field)


def tensor(left: Matrix, right: Matrix) -> Matrix:
    """left ⊗ right."""
    rows, columns = left.shape
    own_rows, own_columns = right.shape
    real, imaginary = [], []
    for r in range(rows * own_rows):
        pairs = [
            (left.entry(r // own_rows, c // own_columns), right.entry(r % own_rows, c % own_columns))
            for c in range(columns * own_columns)
        ]
        real.append([a * c - b * d for (a, b), (c, d) in pairs])
        imaginary.append([a * d + b * c for (a, b), (c, d) in pairs])
    return matrix_of(real, imaginary)
