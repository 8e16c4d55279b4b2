"""Linear maps between operators, in exact arithmetic, by their Choi matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from ..exact.matrices import adjoint, blockwise, maximally_entangled, of_entries, product, scaled
from ..exact.numbers import InputError
from ..kernel.matrix import Matrix, steered, transpose


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

    def on_last(self, operator: Matrix) -> Matrix:
        """(1 ⊗ Λ)[operator], for an operator whose last factor is C^m."""
        return blockwise(operator, self.dimension, self)


def identity_map(dimension: int) -> LinearMap:
    return LinearMap(maximally_entangled(dimension), dimension)


def transposition(dimension: int) -> LinearMap:
    """ω ↦ ωᵀ, positive and not completely positive."""
    return identity_map(dimension).then_transposed()
