"""Exact LDL† of a Hermitian matrix, by elimination: for small or singular matrices."""

from __future__ import annotations

from ..kernel.field import Number
from ..kernel.matrix import Matrix, matrix_of
from .numbers import divide


def ldl(matrix: Matrix) -> tuple[Matrix, Matrix] | None:
    """(L, D) with matrix = L·Diag(D)·L† exactly and D > 0, or None if it is not positive.

    `matrix` is Hermitian n×n over K(i), L is n×r and D is 1×r for a matrix of rank r. Entries grow
    with n; meant for n up to some tens.

    >>> from exactsteer.kernel.matrix import rational_matrix
    >>> L, D = ldl(rational_matrix(2, [[1, 1], [1, 1]]))
    >>> L.parts, D.parts, D.denominator
    ({(0, 0): [[1], [1]]}, {(0, 0): [[1]]}, 2)
    """
    size = matrix.shape[0]
    # Schur complements, real and imaginary parts, updated in place.
    entries = [[matrix.entry(r, c) for c in range(size)] for r in range(size)]
    re: list[list[Number]] = [[entry[0] for entry in row] for row in entries]
    im: list[list[Number]] = [[entry[1] for entry in row] for row in entries]
    columns: list[tuple[list[Number], list[Number]]] = []
    weights: list[Number] = []
    for k in range(size):
        pivot = re[k][k]
        if pivot < 0:
            return None
        if pivot == 0:
            # A positive matrix with a zero on the diagonal has a zero row.
            if any(re[i][k] != 0 or im[i][k] != 0 for i in range(k + 1, size)):
                return None
            continue
        left: list[Number] = [0] * k + [divide(re[i][k], pivot) for i in range(k, size)]
        right: list[Number] = [0] * k + [divide(im[i][k], pivot) for i in range(k, size)]
        for i in range(k + 1, size):
            if left[i] != 0 or right[i] != 0:
                a, b = left[i] * pivot, right[i] * pivot
                for j in range(k + 1, i + 1):
                    # (a + ib)(left_j - i right_j)
                    re[i][j] -= a * left[j] + b * right[j]
                    im[i][j] -= b * left[j] - a * right[j]
        columns.append((left, right))
        weights.append(pivot)
    if not weights:
        return matrix_of([[0] for _ in range(size)]), matrix_of([[1]])
    real, imaginary = ([[column[part][i] for column in columns] for i in range(size)] for part in (0, 1))
    return matrix_of(real, imaginary), matrix_of([weights])
