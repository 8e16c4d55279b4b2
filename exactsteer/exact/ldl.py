"""Exact LDL† of a Hermitian matrix, by elimination: for small or singular matrices."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.matrix import Matrix, common_denominator


def ldl(matrix: Matrix) -> tuple[Matrix, Matrix] | None:
    """(L, D) with matrix = L·Diag(D)·L† exactly and D > 0, or None if it is not positive.

    `matrix` is Hermitian n×n over Q(i), L is n×r and D is 1×r for a matrix of rank r. Entries grow
    with n; meant for n up to some tens.

    >>> L, D = ldl(Matrix(2, [[1, 1], [1, 1]]))
    >>> L.real, D.real, D.denominator
    ([[1], [1]], [[1]], 2)
    """
    size = len(matrix.real)
    # Schur complements, real and imaginary parts, updated in place.
    re = [[Fraction(n, matrix.denominator) for n in row] for row in matrix.real]
    im = [[Fraction(n, matrix.denominator) for n in row] for row in matrix.imaginary_rows()]
    columns: list[tuple[list[Fraction], list[Fraction]]] = []
    weights: list[Fraction] = []
    for k in range(size):
        pivot = re[k][k]
        if pivot < 0:
            return None
        if pivot == 0:
            # A positive matrix with a zero on the diagonal has a zero row.
            if any(re[i][k] or im[i][k] for i in range(k + 1, size)):
                return None
            continue
        left = [Fraction(0)] * k + [re[i][k] / pivot for i in range(k, size)]
        right = [Fraction(0)] * k + [im[i][k] / pivot for i in range(k, size)]
        for i in range(k + 1, size):
            if left[i] or right[i]:
                a, b = left[i] * pivot, right[i] * pivot
                for j in range(k + 1, i + 1):
                    # (a + ib)(left_j - i right_j)
                    re[i][j] -= a * left[j] + b * right[j]
                    im[i][j] -= b * left[j] - a * right[j]
        columns.append((left, right))
        weights.append(pivot)
    if not weights:
        return Matrix(1, [[0] for _ in range(size)]), Matrix(1, [[1]])
    rows = [[column[part][i] for column in columns] for part in (0, 1) for i in range(size)]
    denominator, numbers = common_denominator(rows)
    factor = Matrix(denominator, numbers[:size], numbers[size:]).reduced()
    return factor, Matrix(*common_denominator([weights]))
