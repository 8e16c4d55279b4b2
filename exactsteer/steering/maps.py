"""Linear maps between operators, in exact arithmetic, by their Choi matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from ..exact.matrices import (
    adjoint,
    blockwise,
    maximally_entangled,
    of_entries,
    product,
    scaled,
    tensor,
)
from ..exact.numbers import InputError
from ..kernel.matrix import Matrix, congruence, identity, matrix_of, steered, transpose
from .layouts import exact_hermitian


@dataclass(frozen=True)
class LinearMap:
    """Λ from operators on C^m to operators on C^k that preserves Hermiticity, m = `dimension`.

    `choi` is J = Σ_{ij} |i⟩⟨j| ⊗ Λ[|i⟩⟨j|], mk×mk and Hermitian, so Λ[ω] = tr_input[(ωᵀ ⊗ 1) J].

    >>> from exactsteer.kernel.matrix import rational_matrix
    >>> swap = transposition(2)
    >>> swap(rational_matrix(1, [[1, 2], [3, 4]])).parts
    {(0, 0): [[1, 3], [2, 4]]}
    """

    choi: Matrix
    dimension: int

    @classmethod
    def from_choi(cls, entries: Any, dimension: int) -> LinearMap:
        """From the entries of its Choi matrix; InputError, naming an entry, if that is not Hermitian."""
        size = len(entries)
        if dimension < 1 or size % dimension:
            raise InputError(f"a Choi matrix of {size} rows for an input of dimension {dimension}")
        return cls(exact_hermitian(entries, size, "Choi matrix"), dimension)

    @classmethod
    def from_kraus(cls, operators: Sequence[Matrix]) -> LinearMap:
        """ω ↦ Σ K ω K†, for k×m operators K."""
        output, size = operators[0].shape
        columns = [
            of_entries([[kraus.entry(r, i)] for i in range(size) for r in range(output)])
            for kraus in operators
        ]
        terms = [product(column, adjoint(column)) for column in columns]
        return cls(reduce(Matrix.__add__, terms).reduced(), size)

    @property
    def output(self) -> int:
        return self.choi.shape[0] // self.dimension

    def __call__(self, operator: Matrix) -> Matrix:
        if operator.shape != (self.dimension, self.dimension):
            raise InputError(
                f"an operator of dimension {self.dimension} is needed, not {operator.shape}"
            )
        return steered(transpose(operator), self.choi).reduced()

    def __add__(self, other: LinearMap) -> LinearMap:
        return LinearMap((self.choi + other.choi).reduced(), self.dimension)

    def times(self, factor: Fraction) -> LinearMap:
        return LinearMap(scaled(self.choi, factor), self.dimension)

    def dual(self) -> LinearMap:
        """Λ† with tr(N Λ[ω]) = tr(Λ†[N] ω); its Choi matrix has (r i),(s j) entry J_(j s),(i r)."""
        m, k = self.dimension, self.output
        return LinearMap(
            of_entries(
                [
                    [self.choi.entry(j * k + s, i * k + r) for s in range(k) for j in range(m)]
                    for r in range(k)
                    for i in range(m)
                ]
            ),
            k,
        )

    def then_transposed(self) -> LinearMap:
        """T∘Λ"""
        return LinearMap(blockwise(self.choi, self.output, transpose), self.dimension)

    def then_conjugated(self, kraus: Matrix) -> LinearMap:
        """ω ↦ K Λ[ω] K†"""
        extended = tensor(identity(self.dimension), kraus)
        return LinearMap(congruence(extended, self.choi).reduced(), self.dimension)

    def on_last(self, operator: Matrix) -> Matrix:
        """(1 ⊗ Λ)[operator], for an operator whose last factor is C^m."""
        return blockwise(operator, self.dimension, self)


def identity_map(dimension: int) -> LinearMap:
    return LinearMap(maximally_entangled(dimension), dimension)


def trace_map(dimension: int) -> LinearMap:
    """ω ↦ tr[ω] 1"""
    return LinearMap(identity(dimension**2), dimension)


def breuer_hall(unitary: Matrix) -> LinearMap:
    """ω ↦ (tr[ω] 1 - ω - U ωᵀ U†)/(d - 2), U an antisymmetric unitary: positive, trace preserving.

    Positive since U ψ* is orthogonal to ψ. Raises InputError unless Uᵀ = -U, UU† = 1 and d ≥ 4.
    Source: A formalism for steering, Eq. 33; Breuer, PRL 97, 080501; Hall, J. Phys. A 39, 14119 (2006).

    >>> from exactsteer.kernel.matrix import rational_matrix
    >>> imaginary = [[0, 0, 0, -1], [0, 0, 1, 0], [0, -1, 0, 0], [1, 0, 0, 0]]  # of X ⊗ Y
    >>> half = breuer_hall(rational_matrix(1, [[0] * 4] * 4, imaginary))
    >>> pure = rational_matrix(1, [[int(r == c == 0) for c in range(4)] for r in range(4)])
    >>> [half(pure).entry(k, k)[0] for k in range(4)]  # half of what is orthogonal to ψ and Uψ*
    [Fraction(0, 1), Fraction(1, 2), Fraction(1, 2), Fraction(0, 1)]
    """
    d = unitary.shape[0]
    antisymmetric = (transpose(unitary) + unitary).vanishes
    if d < 4 or not antisymmetric or not (product(unitary, adjoint(unitary)) - identity(d)).vanishes:
        raise InputError("an antisymmetric unitary of even dimension, at least 4, is needed")
    turned = transposition(d).then_conjugated(unitary)
    both = (identity_map(d) + turned).times(Fraction(-1))
    return (trace_map(d) + both).times(Fraction(1, d - 2))


def transposition(dimension: int) -> LinearMap:
    """ω ↦ ωᵀ, positive and not completely positive."""
    return identity_map(dimension).then_transposed()


def reduction(dimension: int) -> LinearMap:
    """ω ↦ (tr[ω] 1 - ω)/(d - 1) = T∘(ω ↦ (tr[ω] 1 - ωᵀ)/(d - 1)), the latter completely positive."""
    difference = trace_map(dimension) + identity_map(dimension).times(Fraction(-1))
    return difference.times(Fraction(1, dimension - 1))


def generalised_choi(a: Fraction | int, b: Fraction | int, c: Fraction | int) -> LinearMap:
    """ω ↦ Φ[a, b, c](ω)/(a + b + c), with Φ_ii = a ω_ii + b ω_{i+1,i+1} + c ω_{i+2,i+2}, Φ_ij = -ω_ij.

    On a qutrit. Trace preserving; with a, b, c ≥ 0 positive if and only if a + b + c ≥ 2 and, for a ≤
    1, bc ≥ (1 - a)²; then decomposable if and only if a ≥ 2 or bc ≥ (2 - a)²/4. Φ[1, 1, 0]/2 is the
    Choi map, Φ[0, 1, 1]/2 the reduction map. (Some write the Choi map without the 1/2, which doubles
    the trace.) Source: Choi (1975); Cho, Kye, Lee, Linear Algebra Appl. 171, 213 (1992).
    """
    weights = [Fraction(w) for w in (a, b, c)]
    total = sum(weights, Fraction(0))
    if min(weights) < 0 or not total:
        raise InputError(f"Φ[{a}, {b}, {c}]: numbers that are not negative, not all 0, are needed")
    rows = [[Fraction(0)] * 9 for _ in range(9)]
    for i in range(3):
        for k in range(3):
            rows[3 * i + k][3 * i + k] = weights[(i - k) % 3] / total
            if k != i:
                rows[4 * i][4 * k] = -1 / total
    return LinearMap(matrix_of(rows), 3)


def choi() -> LinearMap:
    """The Choi map, trace preserving: positive, and not decomposable."""
    return generalised_choi(1, 1, 0)
