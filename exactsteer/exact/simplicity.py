"""How simple a table of matrices is: what a printed page has to say of it."""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm

from ..kernel.field import coefficients_of
from ..kernel.matrix import Matrix


def common_denominator(matrices: Iterable[Matrix]) -> int:
    """The least one of all entries (over a number field, of their coefficients)."""
    return lcm(*(matrix.reduced().denominator for matrix in matrices))


def distinct_numbers(matrices: Iterable[Matrix]) -> int:
    """How many numbers make the table: different real and imaginary parts up to sign, and not 0.

    >>> from exactsteer.kernel.matrix import matrix_of
    >>> distinct_numbers([matrix_of([[1, 2], [2, 0]]), matrix_of([[3, -1], [-1, 1]])])
    3
    """
    found = set()
    for matrix in matrices:
        rows, columns = matrix.shape
        for row in range(rows):
            for column in range(columns):
                for part in matrix.entry(row, column):
                    own = tuple(coefficients_of(part))
                    if any(own):
                        found.add(max(own, tuple(-n for n in own)))
    return len(found)
