"""Arithmetic on exact matrices that the kernel has no need of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod

import numpy as np

from ..kernel.field import Algebraic, Number
from ..kernel.matrix import Matrix, identity, matrix_of, times_adjoint
from .numbers import rational


def scaled(matrix: Matrix, factor: Number) -> Matrix:
    """factor·matrix, in lowest terms."""
    if isinstance(factor, Algebraic):
        return tensor(matrix_of([[factor]]), matrix)
    parts = {
        part: [[n * factor.numerator for n in row] for row in rows]
        for part, rows in matrix.parts.items()
    }
    return Matrix(matrix.denominator * factor.denominator, parts, matrix.field).reduced()


def mixture(weight: Fraction, one: Matrix, other: Matrix) -> Matrix:
    """weight·one + (1 - weight)·other."""
    return (scaled(one, weight) + scaled(other, 1 - weight)).reduced()


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


def adjoint(matrix: Matrix) -> Matrix:
    parts = {
        part: [[-n if part[1] else n for n in row] for row in zip(*rows, strict=True)]
        for part, rows in matrix.parts.items()
    }
    return Matrix(matrix.denominator, parts, matrix.field)


def product(left: Matrix, right: Matrix) -> Matrix:
    """left · right, in lowest terms."""
    return times_adjoint(left, adjoint(right)).reduced()


def maximally_entangled(size: int) -> Matrix:
    """Σ |k k⟩⟨l l|, of trace `size`."""
    diagonal = range(0, size * size, size + 1)
    rows = [[int(r in diagonal and c in diagonal) for c in range(size**2)] for r in range(size**2)]
    return matrix_of(rows)


def of_entries(rows: Sequence[Sequence[tuple[Number, Number]]]) -> Matrix:
    """From pairs of real and imaginary part."""
    real, imaginary = ([[entry[part] for entry in row] for row in rows] for part in (0, 1))
    return matrix_of(real, imaginary)


def blockwise(operator: Matrix, size: int, action: Callable[[Matrix], Matrix]) -> Matrix:
    """The operator with every block of `size` rows and columns replaced by its image."""
    count = operator.shape[0] // size
    rows: list[list[tuple[Number, Number]]] = []
    for k in range(count):
        images = []
        for l in range(count):
            parts = {
                part: [row[l * size : (l + 1) * size] for row in entries[k * size : (k + 1) * size]]
                for part, entries in operator.parts.items()
            }
            images.append(action(Matrix(operator.denominator, parts, operator.field)))
        for r in range(images[0].shape[0]):
            rows.append([image.entry(r, c) for image in images for c in range(image.shape[1])])
    return of_entries(rows)


def permuted(operator: Matrix, sizes: Sequence[int], order: Sequence[int]) -> Matrix:
    """An operator on factors of these sizes, reordered: the new factor k is the old factor order[k]."""
    grid = np.arange(prod(sizes)).reshape(sizes).transpose(order).reshape(-1).tolist()
    parts = {part: [[rows[r][c] for c in grid] for r in grid] for part, rows in operator.parts.items()}
    return Matrix(operator.denominator, parts, operator.field)


def bits(matrix: Matrix) -> int:
    """Of the largest integer that the matrix is written with."""
    numbers = (n for rows in matrix.parts.values() for row in rows for n in row)
    return max(matrix.denominator, *map(abs, numbers)).bit_length()


def column(matrix: Matrix, index: int) -> Matrix:
    parts = {part: [[row[index]] for row in rows] for part, rows in matrix.parts.items()}
    return Matrix(matrix.denominator, parts, matrix.field).reduced()


def ray_projector(vector: Matrix) -> Matrix:
    """|ψ⟩⟨ψ|/⟨ψ|ψ⟩ of a column of rational length."""
    square = product(vector, adjoint(vector))
    return scaled(square, 1 / rational(square.trace()))


def complement(vectors: Sequence[Matrix]) -> tuple[Matrix, Fraction]:
    """The projector on what is orthogonal to these columns over Q(i), and their Gram determinant."""
    projector, volume = identity(vectors[0].shape[0]), Fraction(1)
    for vector in vectors:
        left = product(projector, vector)
        length = rational(product(adjoint(left), left).trace())
        volume *= length
        if length:
            projector = (projector - scaled(product(left, adjoint(left)), 1 / length)).reduced()
    return projector, volume
