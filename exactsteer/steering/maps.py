"""Linear maps between operators, in exact arithmetic, by their Choi matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

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
from ..kernel.matrix import Matrix, congruence, identity, steered, transpose


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
