"""Kinds `product-bound` and `product-attained`: an operator on product states, from below and above.

A product vector α₁ ⊗ … ⊗ α_N, taken with k_p copies of α_p, has the moments

    M(r, c) = Π_p Π_i α_{p,i}^{r_{p,i}} (α*_{p,i})^{c_{p,i}},      Σ_i r_{p,i} = Σ_i c_{p,i} = k_p,

one for each pair of multi-indices r = (r₁, …, r_N), c. They are Hermitian; and if j_p ≤ k_p copies of
every party are taken as complex conjugates, the products w(u, v) = (α*)^u α^v with |u_p| = j_p and
|v_p| = k_p - j_p make the positive matrix w w† with the entries

    (w w†)[(u, v), (u', v')] = M(v + u', u + v').

So does every mixture. What holds for all M that are Hermitian, normalised and positive in these ways
holds for all product states: this is a symmetric extension by k_p - 1 copies, with all partial
transposes. For k = (1, …, 1) M is a state with positive partial transposes.

Source: Doherty, Parrilo, Spedalieri, PRA 69, 022308 (2004); witnesses from it, A formalism for
steering, Example 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import factorial, prod
from typing import TypeAlias

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Number, Q
from ..kernel.field import sign as sign_of
from ..kernel.matrix import Matrix, congruence, matrix_of, times_adjoint
from ..kernel.numbers import integers_text, stated
from ..kernel.program import Block, Equation, Existence, LowerBound, Program
from ..kernel.reading import (
    Json,
    hermitian_json,
    matrix_json,
    read_fields,
    read_hermitian,
    read_integers,
    read_list,
    read_matrix,
)
from .bound import oriented
from .claims import read_bound, read_relation
from .forms import (
    MatrixForm,
    RealForm,
    equation,
    inequality,
    real_parts,
    split,
    unknown,
    write,
)
from .realisation import bits

LARGEST_SYSTEM = 1024
MOST_COPIES = 8
MOST_SPLITS = 1000  # ways to conjugate copies, a block for each two
MOST_ENTRIES = 10**6  # of all blocks
MOST_LETTERS = 2 * 10**7  # the same, each with its multi-indices
MOST_BITS = 2**14  # of a product vector, its factors' longest entries together

Index: TypeAlias = tuple[tuple[int, ...], ...]  # a multi-index for each party


@dataclass(frozen=True)
class ProductSystem:
    """The dimensions of the parties, and an operator on their joint system."""

    dimensions: tuple[int, ...]
    operator: Matrix

    def json(self) -> dict[str, Json]:
        return {
            "dimensions": integers_text(self.dimensions),
            "operator": hermitian_json(self.operator),
        }

    def __str__(self) -> str:
        return f"systems of dimensions {integers_text(self.dimensions)}"


def read_system(fields: dict[str, Json], field: Field) -> ProductSystem:
    place = "claim.data.dimensions"
    dimensions = tuple(read_integers(fields["dimensions"], place))
    if not dimensions or min(dimensions) < 1:
        raise Malformed(place, "a dimension of at least 1 for each party is needed")
    if max(len(dimensions), *dimensions) > LARGEST_SYSTEM or prod(dimensions) > LARGEST_SYSTEM:
        raise Declined(f"{place}: a system of more than {LARGEST_SYSTEM} dimensions")
    operator = read_hermitian(fields["operator"], prod(dimensions), field, "claim.data.operator")
    return ProductSystem(dimensions, operator)


def read_copies(value: Json, parties: int) -> tuple[int, ...]:
    place = "claim.data.copies"
    copies = tuple(read_integers(value, place))
    if len(copies) != parties or min(copies) < 1:
        raise Malformed(place, "a number of at least 1 for each party is needed")
    if max(copies) > MOST_COPIES:
        raise Declined(f"{place}: more than {MOST_COPIES} copies")
    return copies


def multi_indices(length: int, degree: int) -> Iterator[tuple[int, ...]]:
    """All of that length and degree."""
    if length == 1:
        yield (degree,)
        return
    for first in range(degree, -1, -1):
        for rest in multi_indices(length - 1, degree - first):
            yield (first, *rest)


def indices(dimensions: tuple[int, ...], degrees: tuple[int, ...]) -> list[Index]:
    """Of all parties together."""
    return list(product(*(list(multi_indices(d, k)) for d, k in zip(dimensions, degrees, strict=True))))


def plus(left: Index, right: Index) -> Index:
    return tuple(
        tuple(a + b for a, b in zip(own, other, strict=True))
        for own, other in zip(left, right, strict=True)
    )


def block_name(conjugated: Sequence[int]) -> str:
    return f"moments with {integers_text(conjugated)} copies conjugated"


def multiplicity(index: Index) -> int:
    """How many orders the copies have: Π_p k_p!/Π_i r_{p,i}!"""
    return prod(factorial(sum(own)) // prod(map(factorial, own)) for own in index)


@dataclass(frozen=True)
class ProductBound:
    """⟨α|W|α⟩ ≥ bound (or ≤) for every product α = α₁ ⊗ … ⊗ α_N of unit vectors.

    `copies` says which relaxation the proof uses, and nothing about the theorem. With W a witness and
    bound 0: W is block positive, its values on separable states are not negative.
    """

    KIND = "product-bound"

    system: ProductSystem
    copies: tuple[int, ...]
    relation: str
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> ProductBound:
        fields = read_fields(claim.data, "claim.data", ("dimensions", "operator", "copies", "relation"))
        system = read_system(fields, claim.field)
        copies = read_copies(fields["copies"], len(system.dimensions))
        relation = read_relation(fields["relation"], "claim.data.relation")
        return cls(system, copies, relation, read_bound(claim), claim.field)

    def claim(self) -> Claim:
        data = self.system.json() | {
            "copies": integers_text(self.copies),
            "relation": self.relation,
        }
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """Minimise W, or -W, over the moments."""
        splits = self._splits()
        self._limit(splits)
        whole = indices(self.system.dimensions, self.copies)
        place = {index: k for k, index in enumerate(whole)}
        unknowns: list[object] = []
        moments = unknown(unknowns, "moments", len(whole), True)
        blocks = [self._block(conjugated, moments, place) for conjugated in splits]
        norm: RealForm = {}
        for index, k in place.items():
            for i, value in real_parts(moments[k][k])[0].items():
                norm[i] = norm.get(i, 0) + multiplicity(index) * value
        objective, _ = split(oriented(self._value(moments, place), self.relation))
        bound = self.bound if self.relation == ">=" else -self.bound
        equations: list[Equation] = [equation("normalisation", norm, 1)]
        return Program(unknowns, blocks, equations, LowerBound(objective, bound))

    def _splits(self) -> list[tuple[int, ...]]:
        """How many copies of each party are conjugated; conjugating all others instead adds nothing."""
        if prod(k + 1 for k in self.copies) > MOST_SPLITS:
            raise Declined(f"claim.data.copies: more than {MOST_SPLITS} ways to conjugate some")
        ways = product(*(range(k + 1) for k in self.copies))
        return [j for j in ways if j <= tuple(k - own for k, own in zip(self.copies, j, strict=True))]

    def _limit(self, splits: list[tuple[int, ...]]) -> None:
        entries = 0
        for conjugated in splits:
            size = prod(
                _count(d, j) * _count(d, k - j)
                for d, k, j in zip(self.system.dimensions, self.copies, conjugated, strict=True)
            )
            entries += size**2
        most = min(MOST_ENTRIES, MOST_LETTERS // sum(self.system.dimensions))
        if entries > most:
            raise Declined(f"claim.data.copies: blocks of {entries} entries, at most {most}")

    def _block(self, conjugated: tuple[int, ...], moments: MatrixForm, place: dict[Index, int]) -> Block:
        """The entries M(v + u', u + v') at row (u, v) and column (u', v')."""
        rest = tuple(k - j for k, j in zip(self.copies, conjugated, strict=True))
        dimensions = self.system.dimensions
        rows = list(product(indices(dimensions, conjugated), indices(dimensions, rest)))
        block = Block(block_name(conjugated), len(rows))
        for r, (u, v) in enumerate(rows):
            for c, (u_, v_) in enumerate(rows[: r + 1]):
                write(block, r, c, moments[place[plus(v, u_)]][place[plus(u, v_)]])
        return block

    def _value(self, moments: MatrixForm, place: dict[Index, int]) -> RealForm:
        """⟨α|W|α⟩ Π_p ⟨α_p|α_p⟩^(k_p - 1), in which W_ij meets α*_i α_j."""
        dimensions, operator = self.system.dimensions, self.system.operator
        single = indices(dimensions, (1,) * len(dimensions))
        more = indices(dimensions, tuple(k - 1 for k in self.copies))
        value: RealForm = {}
        for i, own in enumerate(single):
            for j, other in enumerate(single):
                re, im = operator.entry(i, j)
                if re or im:
                    for index in more:
                        m = multiplicity(index)
                        # The imaginary part cancels in the end: W and M are Hermitian.
                        for k, a, b in moments[place[plus(other, index)]][place[plus(own, index)]]:
                            value[k] = value.get(k, 0) + m * (re * a - im * b)
        return {k: number for k, number in value.items() if number}

    def sentence(self) -> str:
        return (
            f"Every product vector α of unit vectors, of {self.system}, has <α|W|α> {self.relation} "
            f"{stated(self.bound)}, for the operator W of this claim."
        )


def _count(dimension: int, degree: int) -> int:
    """How many multi-indices there are."""
    return factorial(dimension + degree - 1) // (factorial(dimension - 1) * factorial(degree))


@dataclass(frozen=True)
class ProductAttained:
    """⟨α|W|α⟩ ≤ bound·⟨α|α⟩ (or ≥) for a product vector α, given by its factors, of any length."""

    KIND = "product-attained"

    system: ProductSystem
    factors: tuple[Matrix, ...]
    relation: str
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> ProductAttained:
        fields = read_fields(claim.data, "claim.data", ("dimensions", "operator", "factors", "relation"))
        system = read_system(fields, claim.field)
        place = "claim.data.factors"
        factors = tuple(
            read_matrix(item, claim.field, f"{place}[{p}]")
            for p, item in enumerate(read_list(fields["factors"], place))
        )
        if [factor.shape for factor in factors] != [(d, 1) for d in system.dimensions]:
            raise Malformed(place, "a column for each party is needed")
        longest = sum(map(bits, factors))
        if longest > MOST_BITS:
            raise Declined(f"{place}: a product of numbers of {longest} bits, at most {MOST_BITS}")
        relation = read_relation(fields["relation"], "claim.data.relation")
        attained = cls(system, factors, relation, read_bound(claim), claim.field)
        # By its sign, since a number that is 0 need not be spelled so if the polynomial is reducible.
        if sign_of(attained.value_and_norm()[1]) <= 0:
            raise Malformed(place, "a vector vanishes")
        return attained

    def claim(self) -> Claim:
        data = self.system.json() | {
            "factors": [matrix_json(factor) for factor in self.factors],
            "relation": self.relation,
        }
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """No unknowns: bound·⟨α|α⟩ - ⟨α|W|α⟩ ≥ 0, or its negative."""
        value, norm = self.value_and_norm()
        above = oriented({None: value - self.bound * norm}, self.relation)
        return Program([], [inequality(f"<α|W|α> {self.relation} bound", above)], [], Existence())

    def value_and_norm(self) -> tuple[Number, Number]:
        """⟨α|W|α⟩ and ⟨α|α⟩."""
        vector: list[tuple[Number, Number]] = [(1, 0)]
        for factor in self.factors:
            own = [factor.entry(r, 0) for r in range(factor.shape[0])]
            vector = [(a * c - b * d, a * d + b * c) for a, b in vector for c, d in own]
        bra = matrix_of([[re for re, _ in vector]], [[-im for _, im in vector]])
        return congruence(bra, self.system.operator).trace(), times_adjoint(bra, bra).trace()

    def sentence(self) -> str:
        return (
            f"Some product vector α of unit vectors, of {self.system}, has <α|W|α> {self.relation} "
            f"{stated(self.bound)}, for the operator W of this claim."
        )
