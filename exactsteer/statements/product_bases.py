"""Kinds `unextendible-basis` and `exclusive-events`: two facts of finite combinatorics.

Out of events that are pairwise exclusive, with a basis vector for each outcome of each input, come
product vectors that are pairwise orthogonal; where no product vector is orthogonal to all of them, Π -
ε1, Π their projector, is an entanglement witness for some ε > 0.

Source: A formalism for steering, Sec. 6; Bennett et al., PRL 82, 5385 (1999); Augusiak et al., PRL 107,
070401 (2011); Fritz et al., Nature Communications 4, 2263 (2013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Q
from ..kernel.matrix import Matrix
from ..kernel.numbers import integer_text, integers_text
from ..kernel.program import Equation, Existence, Program
from ..kernel.reading import (
    Json,
    matrix_json,
    read_fields,
    read_integers,
    read_list,
    read_matrix,
    read_text,
)
from ..scenario import Label, Scenario, label_text, parse_label, read_single_scenario
from .claims import no_bound
from .forms import equation
from .gaussian import ZERO, Gaussian, Vector, dot, gaussian_rows, modulo, ray
from .realisation import bits

MOST_VECTORS = 64
MOST_EVENTS = 1000
MOST_BITS = 2**9  # of a factor's longest entry, both parts
MOST_STEPS = 10**6  # coordinates of vectors modulo others, times the length of their numbers
Factors: TypeAlias = tuple[Vector, ...]  # of a product vector, one for each party


@dataclass(frozen=True)
class UnextendibleBasis:
    """Product vectors, pairwise orthogonal, and no product vector is orthogonal to all of them.

    A product vector α₁ ⊗ … ⊗ α_N is orthogonal to φ₁ ⊗ … ⊗ φ_N if α_p is to φ_p for some p. So one that
    is orthogonal to all leaves a party to each vector, such that no party's vectors span its space.
    """

    KIND = "unextendible-basis"

    dimensions: tuple[int, ...]
    vectors: tuple[tuple[Matrix, ...], ...]  # columns, [vector][party]
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> UnextendibleBasis:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("dimensions", "vectors"))
        if claim.field != Q:
            raise Declined(
                "claim.field: vectors over Q(i) are needed, where equal numbers are seen to be"
            )
        dimensions = tuple(read_integers(fields["dimensions"], "claim.data.dimensions"))
        if not dimensions or min(dimensions) < 1:
            raise Malformed(
                "claim.data.dimensions", "a dimension of at least 1 for each party is needed"
            )
        given = read_list(fields["vectors"], "claim.data.vectors")
        if len(given) > MOST_VECTORS:
            raise Declined(f"claim.data.vectors: more than {MOST_VECTORS}")
        vectors = []
        for k, item in enumerate(given):
            place = f"claim.data.vectors[{k}]"
            factors = [
                read_matrix(factor, claim.field, f"{place}[{p}]")
                for p, factor in enumerate(read_list(item, place))
            ]
            if [factor.shape for factor in factors] != [(d, 1) for d in dimensions]:
                raise Malformed(place, "a column for each party is needed")
            if any(factor.vanishes for factor in factors):
                raise Malformed(place, "a vector vanishes")
            if max(map(bits, factors)) > MOST_BITS:
                raise Declined(f"{place}: an entry of more than {MOST_BITS} bits")
            vectors.append(tuple(factors))
        return cls(dimensions, tuple(vectors), claim.field)

    def claim(self) -> Claim:
        rows: list[Json] = [[matrix_json(factor) for factor in factors] for factors in self.vectors]
        data = {"dimensions": integers_text(self.dimensions), "vectors": rows}
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """No unknowns: a vanishing inner product for each pair, and no orthogonal product vector."""
        equations: list[Equation] = []
        vectors = [tuple(entries(factor) for factor in factors) for factors in self.vectors]
        for (k, one), (l, other) in combinations(enumerate(vectors), 2):
            orthogonal = any(
                dot([conjugate(z) for z in own], its) == ZERO
                for own, its in zip(one, other, strict=True)
            )
            name = f"vectors {integer_text(k)} and {integer_text(l)} are not orthogonal"
            equations.append(equation(name, {None: int(not orthogonal)}, 0))
        left = extension(vectors, self.dimensions)
        name = "product vectors orthogonal to all"
        if left is not None:
            name += f": where party {integers_text([p + 1 for p in left])} is to vector 0, 1, …"
        equations.append(equation(name, {None: int(left is not None)}, 0))
        return Program([], [], equations, Existence())

    def sentence(self) -> str:
        return (
            f"The {integer_text(len(self.vectors))} product vectors of this claim, of systems of "
            f"dimensions {integers_text(self.dimensions)}, are pairwise orthogonal, and no product "
            "vector is orthogonal to all of them."
        )


def entries(column: Matrix) -> Vector:
    return tuple(row[0] for row in gaussian_rows(column))


def conjugate(z: Gaussian) -> Gaussian:
    return z[0], -z[1]


def extension(vectors: Sequence[Factors], dimensions: Sequence[int]) -> list[int] | None:
    """For each vector a party such that no party's vectors span its space; None if there is none.

    Vector by vector, each modulo those before it that were left to the same party. A vector that
    vanishes so costs its party nothing; another one lowers by 1 what is left of its space, which must
    not be 0.
    """
    steps = 0

    def choices(rest: list[Factors], chosen: list[int]) -> list[int] | None:
        nonlocal steps
        steps += 1 + sum(len(own) for factors in rest for own in factors) * (1 + len(chosen))
        if steps > MOST_STEPS:
            raise Declined(f"claim.data.vectors: more than {MOST_STEPS} steps to try all choices")
        if not rest:
            return chosen
        first, *others = rest
        spanned = [p for p, own in enumerate(first) if not any(map(any, own))]
        if spanned:
            return choices(others, [*chosen, spanned[0]])
        for p, own in enumerate(first):
            if len(own) > 1:
                pivot = next(k for k, z in enumerate(own) if z != ZERO)
                reduced = [
                    (*other[:p], ray(modulo(other[p], own, pivot)), *other[p + 1 :]) for other in others
                ]
                found = choices(reduced, [*chosen, p])
                if found is not None:
                    return found
        return None

    if any(len(factors) != len(dimensions) for factors in vectors):
        raise ValueError("a factor for each party is needed")
    return choices(list(vectors), [])


@dataclass(frozen=True)
class ExclusiveEvents:
    """Any two of the events have different outcomes of one party at the same input.

    The projectors Π_{a₁|x₁} ⊗ … ⊗ Π_{a_n|x_n} of exclusive events are orthogonal, so that those of all
    these events add up to at most 1: Σ p(a|x) ≤ 1 for every quantum correlation, and for every one that
    satisfies local orthogonality.
    """

    KIND = "exclusive-events"

    scenario: Scenario
    events: tuple[Label, ...]
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> ExclusiveEvents:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "events"))
        scenario = read_single_scenario(fields["scenario"], "claim.data.scenario")
        if scenario.dimension != 1 or scenario.trusted_inputs is not None:
            raise Malformed("claim.data.scenario", "a trusted system of dimension 1 is needed")
        given = read_list(fields["events"], "claim.data.events")
        if len(given) > MOST_EVENTS:
            raise Declined(f"claim.data.events: more than {MOST_EVENTS}")
        events = []
        for k, item in enumerate(given):
            place = f"claim.data.events[{k}]"
            try:
                label = parse_label(read_text(item, place))
            except ValueError as error:
                raise Malformed(place, str(error)) from None
            except OverflowError as error:
                raise Declined(f"{place}: {error}") from None
            if not scenario.has(label) or None in label.parties:
                raise Malformed(place, "an event of the scenario is needed, no sum")
            events.append(label)
        return cls(scenario, tuple(events), claim.field)

    def claim(self) -> Claim:
        data = {"scenario": self.scenario.json(), "events": [label_text(e) for e in self.events]}
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """No unknowns: an equation for each pair."""
        equations, named = [], [(event, label_text(event)) for event in self.events]
        for (one, name_of_one), (other, name_of_other) in combinations(named, 2):
            name = f"events {name_of_one} and {name_of_other} are not exclusive"
            equations.append(equation(name, {None: int(not exclusive(one, other))}, 0))
        return Program([], [], equations, Existence())

    def sentence(self) -> str:
        return (
            f"The {integer_text(len(self.events))} events of this claim are pairwise exclusive, so the "
            "sum of their probabilities is at most 1 for every quantum correlation, as for every "
            f"correlation that satisfies local orthogonality. {self.scenario.sentence()}"
        )


def exclusive(one: Label, other: Label) -> bool:
    """Whether a party has the same input in both, and different outcomes."""
    return any(
        a is not None and b is not None and a[1] == b[1] and a[0] != b[0]
        for a, b in zip(one.parties, other.parties, strict=True)
    )
