"""The positivity rule: when a Hermitian matrix is accepted as positive semidefinite.

The witness is one of three, and nothing is eliminated, pivoted or searched:

`Dominant`   the matrix is diagonally dominant with non-negative diagonal.
`Factored`   matrix = factor·Diag(weights)·factor† + residue, weights ≥ 0, residue dominant.
`Congruent`  matrix = basis·core·basis† exactly, and the core is accepted by a witness of its own.
             This is how a singular matrix is proved: the core may be positive definite.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .errors import Malformed, Rejected
from .field import Field, number
from .matrix import Matrix, congruence, weighted_square


@dataclass(frozen=True)
class Dominant:
    """No data: the matrix itself is dominant."""


@dataclass(frozen=True)
class Factored:
    """`factor` n×k, of any shape and rank, and `weights` 1×k, a real row."""

    factor: Matrix
    weights: Matrix


@dataclass(frozen=True)
class Congruent:
    """`basis` n×k with k < n, Hermitian `core` k×k, and the witness of the core."""

    basis: Matrix
    core: Matrix
    witness: Positivity


Positivity: TypeAlias = Dominant | Factored | Congruent


def accept_positive(matrix: Matrix, witness: Positivity, place: str) -> None:
    """Accept the Hermitian `matrix` (n×n over K(i)) as positive semidefinite, or raise.

    Sound because each witness writes the matrix as a sum of positive semidefinite terms:
    factor·Diag(weights)·factor† with weights ≥ 0 is a sum of squares; a Hermitian diagonally
    dominant matrix with non-negative diagonal has no negative eigenvalue (Gershgorin); and
    basis·core·basis† is positive semidefinite whenever the core is.

    Raises Malformed on a shape that disagrees, Rejected naming the place where the rule fails.
    Source: Gershgorin; Rump, BIT 46 (2006) 433 for factors that are only approximate.
    """
    size = matrix.shape[0]
    if isinstance(witness, Dominant):
        _accept_dominant(matrix, place)
    elif isinstance(witness, Factored):
        rows, columns = witness.factor.shape
        if rows != size:
            raise Malformed(place, f"the factor has {rows} rows, the matrix {size}")
        if witness.weights.shape != (1, columns) or not witness.weights.is_real:
            raise Malformed(place, f"{columns} real weights are needed, one for each column")
        for column, weight in enumerate(witness.weights.numerators(0)):
            if weight < 0:
                value, _ = witness.weights.entry(0, column)
                raise Rejected(f"{place}, weight {column}", "weight ≥ 0", value, 0)
        _accept_dominant(matrix - weighted_square(witness.factor, witness.weights), place)
    else:
        rows, columns = witness.basis.shape
        if rows != size or columns >= size or witness.core.shape != (columns, columns):
            raise Malformed(place, f"a basis has {size} rows and fewer columns, as many as the core")
        _accept_zero(matrix - congruence(witness.basis, witness.core), place)
        accept_positive(witness.core, witness.witness, f"{place}, core")


def _accept_dominant(matrix: Matrix, place: str) -> None:
    """R_kk ≥ Σ_{l≠k} |Re R_kl| + |Im R_kl| ≥ Σ_{l≠k} |R_kl| in every row k."""
    field, size = matrix.field, matrix.shape[0]
    zero = [0] * size

    def row(k: int, unit: int) -> list[list[int]]:
        """Row k of the real or imaginary part, the coefficients of each power of a."""
        parts = [matrix.parts.get((power, unit)) for power in range(field.degree)]
        return [zero if rows is None else rows[k] for rows in parts]

    for k in range(size):
        real = row(k, 0)
        diagonal = [rows[k] for rows in real]
        sizes = _sizes(field, real, k), _sizes(field, row(k, 1), k)
        others = [re + im for re, im in zip(*sizes, strict=True)]
        if field.sign([d - n for d, n in zip(diagonal, others, strict=True)]) < 0:
            raise Rejected(
                f"{place}, row {k}",
                "dominant residue",
                number(field, [Fraction(n, matrix.denominator) for n in diagonal]),
                number(field, [Fraction(n, matrix.denominator) for n in others]),
            )


def _sizes(field: Field, rows: list[list[int]], k: int) -> list[int]:
    """Σ_{l≠k} |entry l| of a row, the coefficients of each power of a."""
    if not any(map(any, rows[1:])):
        return [sum(map(abs, rows[0])) - abs(rows[0][k])] + [0] * (len(rows) - 1)
    total = [0] * len(rows)
    for l, entry in enumerate(zip(*rows, strict=True)):
        sign = field.sign(entry) if l != k else 0
        total = [t + sign * n for t, n in zip(total, entry, strict=True)]
    return total


def _accept_zero(matrix: Matrix, place: str) -> None:
    # A matrix over Q(a) vanishes if all its parts do.
    for (power, unit), rows in matrix.parts.items():
        for k, row in enumerate(rows):
            for l, entry in enumerate(row):
                if entry:
                    value = Fraction(entry, matrix.denominator)
                    where = f"{place}, {'imaginary' if unit else 'real'} part of entry ({k}, {l})"
                    if power:
                        where += f", coefficient of a^{power}"
                    raise Rejected(where, "matrix = basis·core·basis†", value, 0)
