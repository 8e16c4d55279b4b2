"""Kinds `positive-map`, `completely-positive-map`, `decomposable-map`, `indecomposable-map` and others.

A map Λ from operators on C^m to operators on C^k is given by its Choi matrix J = Σ_{ij} |i⟩⟨j| ⊗
Λ[|i⟩⟨j|], which is Hermitian if Λ preserves Hermiticity. Then

    ⟨y|Λ[x x†]|y⟩ = ⟨x* ⊗ y|J|x* ⊗ y⟩,

so Λ is positive if, and only if, J is not negative on product vectors; completely positive if J ⪰ 0;
and decomposable, Λ = Λ₁ + Λ₂∘T with Λ₁, Λ₂ completely positive, if J = P + Q^Γ with P, Q ⪰ 0 and Γ the
transpose of the first factor.

Source: A formalism for steering, Sec. 5; Choi, Linear Algebra Appl. 10, 285 (1975); Størmer;
Woronowicz.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Q
from ..kernel.field import sign as sign_of
from ..kernel.matrix import Matrix, identity
from ..kernel.numbers import integer_text, integers_text
from ..kernel.program import Existence, Program
from ..kernel.reading import (
    Json,
    hermitian_json,
    read_fields,
    read_hermitian,
    read_integer,
)
from .claims import no_bound
from .forms import MatrixForm, constant, pairing, positive_block, total, unknown, vanishing
from .product_states import LARGEST_SYSTEM, ProductBound, ProductSystem, read_copies
from .realisation import input_part

M = TypeVar("M", bound="MapClaim")
LARGEST_UNKNOWN = 512  # rows of Q


@dataclass(frozen=True)
class MapClaim:
    """A claim about the map from operators on C^dimension with this Choi matrix."""

    KIND: ClassVar[str] = ""

    dimension: int
    choi: Matrix
    field: Field = Q

    @property
    def output(self) -> int:
        return self.choi.shape[0] // self.dimension

    @classmethod
    def read(cls: type[M], claim: Claim) -> M:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("dimension", "output", "choi"))
        return cls(*read_map(fields, claim.field), claim.field)

    def claim(self) -> Claim:
        return Claim(self.KIND, self.field, map_json(self.dimension, self.choi), None)

    def __str__(self) -> str:
        return map_text(self.dimension, self.output)


def read_map(fields: dict[str, Json], field: Field) -> tuple[int, Matrix]:
    """The input dimension and the Choi matrix."""
    sizes = [read_integer(fields[name], f"claim.data.{name}") for name in ("dimension", "output")]
    if min(sizes) < 1:
        raise Malformed("claim.data", "dimensions of at least 1 are needed")
    if max(sizes) > LARGEST_SYSTEM or sizes[0] * sizes[1] > LARGEST_SYSTEM:
        raise Declined(f"claim.data: a Choi matrix of more than {LARGEST_SYSTEM} rows")
    choi = read_hermitian(fields["choi"], sizes[0] * sizes[1], field, "claim.data.choi")
    return sizes[0], choi


def map_json(dimension: int, choi: Matrix) -> dict[str, Json]:
    return {
        "dimension": integer_text(dimension),
        "output": integer_text(choi.shape[0] // dimension),
        "choi": hermitian_json(choi),
    }


def map_text(dimension: int, output: int) -> str:
    return f"The map of this claim, from operators on C^{dimension} to operators on C^{output},"


def partial_transpose(form: MatrixForm, dimension: int) -> MatrixForm:
    """Of the first factor, of that dimension: entry (i r, j s) becomes entry (j r, i s)."""
    size = len(form) // dimension
    rows = [divmod(row, size) for row in range(len(form))]
    return [[form[j * size + r][i * size + s] for j, s in rows] for i, r in rows]


class TracePreservingMap(MapClaim):
    """tr Λ[ω] = tr ω for every ω."""

    KIND = "trace-preserving-map"

    def program(self) -> Program:
        """No unknowns: the trace of J over the output is 1."""
        excess = constant(input_part(self.choi, self.dimension) - identity(self.dimension))
        return Program([], [], vanishing("tr_output J - 1", excess), Existence())

    def sentence(self) -> str:
        return f"{self} preserves the trace."


class CompletelyPositiveMap(MapClaim):
    """J ⪰ 0 (Choi's theorem)."""

    KIND = "completely-positive-map"

    def program(self) -> Program:
        """No unknowns, one block."""
        return Program([], [positive_block("J", constant(self.choi))], [], Existence())

    def sentence(self) -> str:
        return f"{self} is completely positive."


class DecomposableMap(MapClaim):
    """J - Q^Γ ⪰ 0 for some Q ⪰ 0."""

    KIND = "decomposable-map"

    def program(self) -> Program:
        """Q unknown, two blocks."""
        if self.choi.shape[0] > LARGEST_UNKNOWN:
            raise Declined(f"claim.data: an unknown Q of more than {LARGEST_UNKNOWN} rows")
        unknowns: list[object] = []
        second = unknown(unknowns, "Q", self.choi.shape[0], True)
        turned = partial_transpose(second, self.dimension)
        first = total([(1, constant(self.choi)), (-1, turned)])
        blocks = [positive_block("J - Q^Γ", first), positive_block("Q", second)]
        return Program(unknowns, blocks, [], Existence())

    def sentence(self) -> str:
        return (
            f"{self} is decomposable, the sum of a completely positive map and of one that follows a "
            "transposition. So it is positive."
        )


@dataclass(frozen=True)
class IndecomposableMap(MapClaim):
    """Some ρ ⪰ 0 with ρ^Γ ⪰ 0 has tr(Jρ) < 0.

    For a decomposable map tr(Jρ) = tr(Pρ) + tr(Qρ^Γ) ≥ 0. The claim carries ρ, a state up to a factor.
    """

    KIND = "indecomposable-map"

    state: Matrix = dataclasses.field(kw_only=True)

    @classmethod
    def read(cls, claim: Claim) -> IndecomposableMap:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("dimension", "output", "choi", "state"))
        dimension, choi = read_map(fields, claim.field)
        state = read_hermitian(fields["state"], choi.shape[0], claim.field, "claim.data.state")
        if sign_of(pairing([(choi, constant(state))]).get(None, 0)) >= 0:
            raise Malformed("claim.data.state", "tr(Jρ) is not negative")
        return cls(dimension, choi, claim.field, state=state)

    def claim(self) -> Claim:
        data = map_json(self.dimension, self.choi) | {"state": hermitian_json(self.state)}
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """No unknowns: the state and its partial transpose are positive."""
        state = constant(self.state)
        blocks = [
            positive_block("ρ", state),
            positive_block("ρ^Γ", partial_transpose(state, self.dimension)),
        ]
        return Program([], blocks, [], Existence())

    def sentence(self) -> str:
        return (
            f"{self} is not decomposable: the state ρ of this claim has a positive partial transpose, "
            "and tr(Jρ) < 0 for the Choi matrix J."
        )


@dataclass(frozen=True)
class PositiveMap(MapClaim):
    """J is not negative on product vectors; `copies` says which relaxation the proof uses."""

    KIND = "positive-map"

    copies: tuple[int, ...] = dataclasses.field(kw_only=True)

    @classmethod
    def read(cls, claim: Claim) -> PositiveMap:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("dimension", "output", "choi", "copies"))
        dimension, choi = read_map(fields, claim.field)
        return cls(dimension, choi, claim.field, copies=read_copies(fields["copies"], 2))

    def claim(self) -> Claim:
        data = map_json(self.dimension, self.choi) | {"copies": integers_text(self.copies)}
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """The least value of J on product states, which is to be at least 0."""
        system = ProductSystem((self.dimension, self.output), self.choi)
        return ProductBound(system, self.copies, ">=", 0, self.field).program()

    def sentence(self) -> str:
        return f"{self} is positive: it maps every positive semidefinite operator to one."
