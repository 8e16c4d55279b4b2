"""Kinds `messages-by-purity`, `messages-by-nullity`, `messages-suffice`: the cost of a simulation.

One party steers. Before she learns her input x she shares λ with Bob; then she sends him one of k
messages m, and answers a. He prepares ρ_{m,λ}:

    σ[a|x] = Σ_λ μ(λ) q(m|x, λ) p(a|x, λ) ρ_{m,λ}.

λ can hold all randomness of hers, so q and p may be taken to be deterministic. For one λ, if x has the
message m and the answer a, the support of ρ_{m,λ} lies in that of σ[a|x].

Source: Classical communication cost of quantum steering, Eq. 3, Results 1 and 2 and their proofs.
Lower bounds are for data over Q(i), where equal numbers are seen to be equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Number, Q
from ..kernel.matrix import Matrix
from ..kernel.numbers import integers_text, stated
from ..kernel.program import Block, Equation, Existence, Program
from ..kernel.reading import (
    Json,
    matrix_json,
    read_fields,
    read_integers,
    read_list,
    read_matrix,
)
from ..scenario import (
    Elements,
    Label,
    Scenario,
    in_order,
    label_text,
    marginal,
    read_single_scenario,
    read_table,
)
from .assemblage import table_json, validity
from .claims import read_bound
from .forms import constant, equation, inequality, positive_block
from .gaussian import ZERO, Gaussian, Vector, by, dot, gaussian_rows, minus, modulo, ray
from .hidden_states import HiddenStates

MOST_VECTORS = 10**6  # choices of all but one of those that are to be independent


@dataclass(frozen=True)
class MessagesByPurity:
    """All elements are of rank 1 or 0, those of different inputs different rays: N inputs, N messages.

    σ[a|x] ∝ |ψ⟩⟨ψ| leaves only ρ_{m,λ} = |ψ⟩⟨ψ|; so no two inputs have the same message for the same λ.
    Bob can be told x, so the cost is exactly log₂ N bits. For a pure entangled state and all projective
    measurements N has no bound (Result 1).
    """

    KIND = "messages-by-purity"

    scenario: Scenario
    assemblage: Elements
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> MessagesByPurity:
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage"))
        return cls(*read_steered(claim, fields), read_bound(claim))

    def claim(self) -> Claim:
        return Claim(self.KIND, self.field, table_json(self.scenario, self.assemblage), self.bound)

    def program(self) -> Program:
        """A valid assemblage; σ_ij σ_cc = σ_ic σ_cj for a column c of each; different columns."""
        equations, groups = [], new_groups(self.scenario)
        for label, matrix in in_order(self.assemblage):
            if not matrix.vanishes:
                rows = gaussian_rows(matrix)
                pivot = next((c for c, row in enumerate(rows) if row[c] != ZERO), 0)
                defect = [
                    minus(by(rows[i][j], rows[pivot][pivot]), by(rows[i][pivot], rows[pivot][j]))
                    for i in range(len(rows))
                    for j in range(i + 1)
                ]
                name = f"rank of σ[{label_text(label)}] against 1"
                equations.append(sum_of_squares(name, defect))
                groups[input_of(label)].append(tuple(row[pivot] for row in rows))
        equations += independence(groups, 2, "rays of different inputs that are equal")
        return lower_bound(self.scenario, self.assemblage, equations, len(groups), self.bound)

    def sentence(self) -> str:
        return (
            f"A simulation of the assemblage of this claim by local hidden states and classical "
            f"communication from the party that steers needs at least {stated(self.bound)} different "
            f"messages: all its states are pure, and different for different inputs. "
            f"{self.scenario.sentence()}"
        )


@dataclass(frozen=True)
class MessagesByNullity:
    """σ[a|x] φ = 0 with φ = `null[a|x]`, and any d of the φ of different inputs are independent.

    Then ρ_{m,λ} φ = 0. No state vanishes on d independent vectors of C^d, so for each λ a message serves
    at most d - 1 inputs: N inputs need at least N/(d - 1) messages. For the antisymmetric state of two
    qudits φ is the measured vector, conjugated, and N has no bound (Result 2).
    """

    KIND = "messages-by-nullity"

    scenario: Scenario
    assemblage: Elements
    null: Mapping[Label, Matrix]  # columns
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> MessagesByNullity:
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage", "null"))
        scenario, table = read_steered(claim, fields)
        place = "claim.data.null"
        rows = read_list(fields["null"], place)
        columns = [read_matrix(item, claim.field, f"{place}[{k}]") for k, item in enumerate(rows)]
        if len(columns) != len(table):
            raise Malformed(place, f"{len(columns)} vectors for {len(table)} elements")
        if any(column.shape != (scenario.dimension, 1) for column in columns):
            raise Malformed(place, f"columns of {scenario.dimension} entries are needed")
        labels = (label for label, _ in in_order(table))
        return cls(scenario, table, dict(zip(labels, columns, strict=True)), read_bound(claim))

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["null"] = [matrix_json(self.null[label]) for label, _ in in_order(self.assemblage)]
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """A valid assemblage, σ[a|x] φ = 0 for all its elements, and independent φ."""
        equations, groups = [], new_groups(self.scenario)
        for label, matrix in in_order(self.assemblage):
            if not matrix.vanishes:
                vector = tuple(row[0] for row in gaussian_rows(self.null[label]))
                images = [dot(row, vector) for row in gaussian_rows(matrix)]
                equations.append(sum_of_squares(f"σ[{label_text(label)}] φ", images))
                groups[input_of(label)].append(vector)
        d = self.scenario.dimension
        equations += independence(groups, d, f"{d} vectors φ of different inputs that are dependent")
        messages = -(-len(groups) // max(1, d - 1))
        return lower_bound(self.scenario, self.assemblage, equations, messages, self.bound)

    def sentence(self) -> str:
        return (
            f"A simulation of the assemblage of this claim by local hidden states and classical "
            f"communication from the party that steers needs at least {stated(self.bound)} different "
            f"messages: each of its states vanishes on a vector, and any {self.scenario.dimension} of "
            f"those of different inputs are linearly independent. {self.scenario.sentence()}"
        )


@dataclass(frozen=True)
class MessagesSuffice:
    """The inputs fall into `groups`, at most `bound` of them, and the elements of each group are LHS.

    So the party that steers sends the name of her group, and both play its hidden state model.
    """

    KIND = "messages-suffice"

    scenario: Scenario
    assemblage: Elements
    groups: tuple[tuple[int, ...], ...]
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> MessagesSuffice:
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage", "groups"))
        scenario, table = read_bipartite(claim, fields)
        place = "claim.data.groups"
        groups = tuple(
            tuple(read_integers(item, f"{place}[{k}]"))
            for k, item in enumerate(read_list(fields["groups"], place))
        )
        if sorted(x for group in groups for x in group) != list(range(len(scenario.outcomes[0]))):
            raise Malformed(place, "every input belongs to one group")
        if not all(groups):
            raise Malformed(place, "a group without input")
        return cls(scenario, table, groups, read_bound(claim), claim.field)

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["groups"] = [integers_text(group) for group in self.groups]
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """A model of each group, the table valid, and no more groups than the bound."""
        unknowns: list[object] = []
        blocks: list[Block] = []
        table = {label: constant(matrix) for label, matrix in self.assemblage.items()}
        equations = validity(self.scenario, table)
        for k, group in enumerate(self.groups):
            part, own = self.restricted(group)
            known = {
                label: constant(marginal(part, own, label)) for label in part.collins_gisin_labels()
            }
            model = HiddenStates(part, known, unknowns, f"group {k}: ")
            blocks += model.blocks()
            equations += model.equations()
        blocks.append(inequality("groups ≤ bound", {None: self.bound - len(self.groups)}))
        return Program(unknowns, blocks, equations, Existence())

    def restricted(self, group: Sequence[int]) -> tuple[Scenario, Elements]:
        """The elements of these inputs, numbered from 0."""
        outcomes = self.scenario.outcomes[0]
        part = Scenario((tuple(outcomes[x] for x in group),), self.scenario.dimension)
        elements = {
            Label(((a, k),)): self.assemblage[Label(((a, x),))]
            for k, x in enumerate(group)
            for a in range(outcomes[x])
        }
        return part, elements

    def sentence(self) -> str:
        return (
            f"The assemblage of this claim can be simulated by local hidden states and at most "
            f"{stated(self.bound)} different messages from the party that steers. "
            f"{self.scenario.sentence()}"
        )


def bipartite(scenario: Scenario) -> Scenario:
    """One party steers a trusted one without input."""
    if len(scenario.outcomes) != 1 or scenario.trusted_inputs is not None:
        raise Malformed("claim.data.scenario", "one party, and a trusted one without input, are needed")
    return scenario


def read_bipartite(claim: Claim, fields: dict[str, Json]) -> tuple[Scenario, Elements]:
    scenario = bipartite(read_single_scenario(fields["scenario"], "claim.data.scenario"))
    return scenario, read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage")


def read_steered(claim: Claim, fields: dict[str, Json]) -> tuple[Scenario, Elements]:
    """The same over Q(i), the trusted system being not trivial."""
    if claim.field != Q:
        raise Declined(f"claim.field: a claim of kind {claim.kind!r} is over Q")
    scenario, table = read_bipartite(claim, fields)
    if scenario.dimension < 2:
        raise Malformed("claim.data.scenario.dimension", "at least 2 is needed")
    return scenario, table


def lower_bound(
    scenario: Scenario, assemblage: Elements, equations: list[Equation], messages: int, bound: Number
) -> Program:
    """No unknowns: a valid assemblage, what its states are, and bound ≤ messages."""
    table = {label: constant(matrix) for label, matrix in assemblage.items()}
    blocks = [
        positive_block(f"σ[{label_text(label)}]", table[label]) for label, _ in in_order(assemblage)
    ]
    blocks.append(inequality("messages ≥ bound", {None: messages - bound}))
    return Program([], blocks, [*equations, *validity(scenario, table)], Existence())


def new_groups(scenario: Scenario) -> list[list[Vector]]:
    """Room for the vectors of each input."""
    return [[] for _ in scenario.outcomes[0]]


def input_of(label: Label) -> int:
    (part,) = label.parties
    return -1 if part is None else part[1]


def independence(groups: list[list[Vector]], size: int, name: str) -> list[Equation]:
    """Any `size` vectors from different groups are linearly independent."""
    vectors = sum(map(len, groups))
    if comb(vectors, size - 1) > MOST_VECTORS:
        raise Declined(f"{vectors} vectors, any {size} of which are to be independent")
    return [equation(name, {None: sum(1 for _ in dependent(groups, size))}, 0)]


def dependent(groups: Sequence[Sequence[Vector]], size: int) -> Iterator[Vector]:
    """The first vectors of choices of `size` vectors, of different groups, that are dependent.

    v₁, v₂, … are independent if and only if v₁ ≠ 0 and v₂, … are so modulo v₁. Two are, if neither is 0
    and their rays differ.
    """
    if len(groups) < size:
        return
    if size == 2:
        seen: set[Vector] = set()
        for group in groups:
            rays = [ray(vector) for vector in group]
            yield from (vector for vector in rays if vector in seen or not any(map(any, vector)))
            seen.update(rays)
        return
    for k, group in enumerate(groups):
        for vector in group:
            pivot = next((p for p, entry in enumerate(vector) if entry != ZERO), None)
            if pivot is None:
                yield vector
                continue
            later = [[ray(modulo(other, vector, pivot)) for other in own] for own in groups[k + 1 :]]
            if any(True for _ in dependent(later, size - 1)):
                yield vector


def sum_of_squares(name: str, numbers: Sequence[Gaussian]) -> Equation:
    """All these numbers are 0."""
    return equation(f"{name}, sum of squares", {None: sum(re * re + im * im for re, im in numbers)}, 0)
