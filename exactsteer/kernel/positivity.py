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
    """Accept the Hermitian `matrix` (n×n over Q(i)) as positive semidefinite, or raise.

    Sound because each witness writes the matrix as a sum of positive semidefinite terms:
    factor·Diag(weights)·factor† with weights ≥ 0 is a sum of squares; a Hermitian diagonally
    dominant matrix with non-negative diagonal has no negative eigenvalue (Gershgorin); and
    basis·core·basis† is positive semidefinite whenever the core is.

    Raises Malformed on a shape that disagrees, Rejected naming the place where the rule fails.
    Source: Gershgorin; Rump, BIT 46 (2006) 433 for factors that are only approximate.
    """
    size = len(matrix.real)
    if isinstance(witness, Dominant):
        _accept_dominant(matrix, place)
    elif isinstance(witness, Factored):
        rows, columns = witness.factor.shape
        if rows != size:
            raise Malformed(place, f"the factor has {rows} rows, the matrix {size}")
        if witness.weights.shape != (1, columns) or witness.weights.imaginary is not None:
            raise Malformed(place, f"{columns} real weights are needed, one for each column")
        weights, denominator = witness.weights.real[0], witness.weights.denominator
        for column, weight in enumerate(weights):
            if weight < 0:
                value = Fraction(weight, denominator)
                raise Rejected(f"{place}, weight {column}", "weight ≥ 0", value, Fraction(0))
        _accept_dominant(matrix - weighted_square(witness.factor, weights, denominator), place)
    else:
        rows, columns = witness.basis.shape
        if rows != size or columns >= size or witness.core.shape != (columns, columns):
            raise Malformed(place, f"a basis has {size} rows and fewer columns, as many as the core")
        _accept_zero(matrix - congruence(witness.basis, witness.core), place)
        accept_positive(witness.core, witness.witness, f"{place}, core")


def _accept_dominant(matrix: Matrix, place: str) -> None:
    """R_kk ≥ Σ_{l≠k} |Re R_kl| + |Im R_kl| ≥ Σ_{l≠k} |R_kl| in every row k."""
    for k, row in enumerate(matrix.real):
        size = sum(map(abs, row)) - abs(row[k])
        if matrix.imaginary is not None:
            size += sum(map(abs, matrix.imaginary[k]))
        if row[k] < size:
            raise Rejected(
                f"{place}, row {k}",
                "dominant residue",
                Fraction(row[k], matrix.denominator),
                Fraction(size, matrix.denominator),
            )


def _accept_zero(matrix: Matrix, place: str) -> None:
    for part, rows in ("real", matrix.real), ("imaginary", matrix.imaginary_rows()):
        for k, row in enumerate(rows):
            for l, entry in enumerate(row):
                if entry:
                    value = Fraction(entry, matrix.denominator)
                    where = f"{place}, {part} part of entry ({k}, {l})"
                    raise Rejected(where, "matrix = basis·core·basis†", value, Fraction(0))
