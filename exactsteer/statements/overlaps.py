"""Kinds `overlap-bound` and `overlap-robustness`: steering inequalities of vectors that overlap little.

F[a|x] = w_{a|x} |v_{a|x}⟩⟨v_{a|x}|, such as the projectors of mutually unbiased bases. For a strategy λ
the operator Σ_x F[λ(x)|x] has, but for 0, the eigenvalues of the Gram matrix of the √w v_{λ(x)|x}; and
none of these exceeds its largest row sum of absolute values,

    max_a w_{a|x} |v_{a|x}|² + (N - 1) c,    if w_{a|x} w_{b|y} |⟨v_{a|x}|v_{b|y}⟩|² ≤ c² for all x ≠ y.

So this bounds F over all LHS assemblages, N being the number of inputs, without going through d^N
strategies.

Source: Classical communication cost of quantum steering, Appendix B.1; Marciniak, Rutkowski, Yin,
Horodecki, Horodecki, PRL 115, 170401 (2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Number, Q
from ..kernel.matrix import Matrix, times_adjoint, transpose
from ..kernel.numbers import stated
from ..kernel.program import Block, Existence, Program
from ..kernel.reading import (
    Json,
    matrix_json,
    number_json,
    read_fields,
    read_list,
    read_matrix,
    read_number,
)
from ..scenario import Elements, Label, Scenario, label_text, read_single_scenario, read_table
from .assemblage import table_json, validity
from .claims import read_bound
from .forms import constant, equation, inequality, pairing, positive_block
from .messages import bipartite
from .quantifiers import messages_text

MOST_VECTORS = 1024  # every two of different inputs are multiplied


class Weighted(NamedTuple):
    """w|v⟩⟨v|, v a column."""

    weight: Number
    vector: Matrix


@dataclass(frozen=True)
class OverlapInequality:
    """`operators[a|x]` for one party, and the overlap c of those of different inputs."""

    scenario: Scenario
    operators: Mapping[Label, Weighted]
    overlap: Number

    def json(self) -> dict[str, Json]:
        labels = self.scenario.labels()
        return {
            "scenario": self.scenario.json(),
            "vectors": [matrix_json(self.operators[label].vector) for label in labels],
            "weights": [number_json(self.operators[label].weight) for label in self.scenario.labels()],
            "overlap": number_json(self.overlap),
        }

    def blocks(self) -> Iterator[Block]:
        """c ≥ 0, w ≥ 0, and the overlaps of every two inputs."""
        yield inequality("overlap c", {None: self.overlap})
        for label, (weight, _) in self.operators.items():
            yield inequality(f"weight of {label_text(label)}", {None: weight})
        square = self.overlap * self.overlap
        inputs = self.scenario.outcomes[0]
        for x, y in combinations(range(len(inputs)), 2):
            least = min(
                square
                - one.weight
                * other.weight
                * squared_size(times_adjoint(transpose(one.vector), transpose(other.vector)))
                for one in (self.operators[Label(((a, x),))] for a in range(inputs[x]))
                for other in (self.operators[Label(((b, y),))] for b in range(inputs[y]))
            )
            yield inequality(f"c² against the overlaps of inputs {x} and {y}", {None: least})

    def row_sums(self) -> Iterator[tuple[str, Number]]:
        """w|v|² + (N - 1)c for each vector, with its name; their maximum bounds F."""
        others = len(self.scenario.outcomes[0]) - 1
        for label, (weight, vector) in self.operators.items():
            row = transpose(vector)
            own = weight * times_adjoint(row, row).trace()
            yield label_text(label), own + others * self.overlap

    def value(self, table: Elements) -> Number:
        """F(σ) = Σ w ⟨v|σ[a|x]|v⟩"""
        total: Number = 0
        for label, (weight, vector) in self.operators.items():
            projector = times_adjoint(vector, vector)
            total += weight * pairing([(projector, constant(table[label]))]).get(None, 0)
        return total


def squared_size(matrix: Matrix) -> Number:
    """|z|² of a 1×1 matrix."""
    re, im = matrix.entry(0, 0)
    return re * re + im * im


def read_inequality(claim: Claim, fields: dict[str, Json]) -> OverlapInequality:
    field, place = claim.field, "claim.data"
    scenario = bipartite(read_single_scenario(fields["scenario"], f"{place}.scenario"))
    labels = list(scenario.labels())
    if len(labels) > MOST_VECTORS:
        raise Declined(f"{place}: {len(labels)} vectors, at most {MOST_VECTORS}")
    given = {name: read_list(fields[name], f"{place}.{name}") for name in ("vectors", "weights")}
    for name, items in given.items():
        if len(items) != len(labels):
            raise Malformed(f"{place}.{name}", f"{len(items)} given, {len(labels)} are needed")
    operators = {}
    for k, label in enumerate(labels):
        vector = read_matrix(given["vectors"][k], field, f"{place}.vectors[{k}]")
        if vector.shape != (scenario.dimension, 1):
            raise Malformed(f"{place}.vectors[{k}]", f"a column of {scenario.dimension} is needed")
        weight = read_number(given["weights"][k], field, f"{place}.weights[{k}]")
        operators[label] = Weighted(weight, vector)
    overlap = read_number(fields["overlap"], field, f"{place}.overlap")
    return OverlapInequality(scenario, operators, overlap)


@dataclass(frozen=True)
class OverlapBound:
    """F(σ) ≤ bound for every LHS assemblage σ."""

    KIND = "overlap-bound"

    inequality: OverlapInequality
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> OverlapBound:
        names = ("scenario", "vectors", "weights", "overlap")
        fields = read_fields(claim.data, "claim.data", names)
        return cls(read_inequality(claim, fields), read_bound(claim), claim.field)

    def claim(self) -> Claim:
        return Claim(self.KIND, self.field, self.inequality.json(), self.bound)

    def program(self) -> Program:
        """No unknowns: the overlaps, and every row sum at most the bound."""
        blocks = list(self.inequality.blocks())
        for name, row_sum in self.inequality.row_sums():
            blocks.append(inequality(f"row sum of {name} ≤ bound", {None: self.bound - row_sum}))
        return Program([], blocks, [], Existence())

    def sentence(self) -> str:
        return (
            f"Every LHS assemblage σ satisfies F(σ) <= {stated(self.bound)} for the functional "
            "F(σ) = Σ w <v|σ[a|x]|v> of the vectors v and weights w of this claim. "
            f"Scenario: {self.inequality.scenario}."
        )


@dataclass(frozen=True)
class OverlapRobustness:
    """The LHS robustness of the assemblage is ≥ bound.

    F ≥ 0 on all assemblages, and F ≤ β, the largest row sum, which is positive, on LHS ones. If
    σ = (1 + ν)τ - νυ with LHS τ and υ, then F(σ) ≤ (1 + ν)β. (The paper asks for |F| ≤ β only and gets
    (F(σ)/β - 1)/2.)
    """

    KIND = "overlap-robustness"

    inequality: OverlapInequality
    assemblage: Elements
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> OverlapRobustness:
        names = ("scenario", "vectors", "weights", "overlap", "assemblage")
        fields = read_fields(claim.data, "claim.data", names)
        found = read_inequality(claim, fields)
        place = "claim.data.assemblage"
        table = read_table(found.scenario, fields["assemblage"], claim.field, place)
        return cls(found, table, read_bound(claim), claim.field)

    def claim(self) -> Claim:
        data = table_json(self.inequality.scenario, self.assemblage) | self.inequality.json()
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """No unknowns: the table valid, the overlaps, β > 0, and F(σ) ≥ (1 + bound)·(every row sum)."""
        scenario = self.inequality.scenario
        table = {label: constant(matrix) for label, matrix in self.assemblage.items()}
        blocks = [positive_block(f"σ[{label_text(label)}]", form) for label, form in table.items()]
        blocks += self.inequality.blocks()
        value = self.inequality.value(self.assemblage)
        row_sums = list(self.inequality.row_sums())
        for name, row_sum in row_sums:
            excess = value - (1 + self.bound) * row_sum
            blocks.append(inequality(f"F(σ) ≥ (1 + bound)·row sum of {name}", {None: excess}))
        # F = 0 would satisfy that with any bound.
        vanishing = int(all(row_sum <= 0 for _, row_sum in row_sums))
        equations = [equation("no row sum is positive", {None: vanishing}, 0)]
        return Program([], blocks, [*equations, *validity(scenario, table)], Existence())

    def sentence(self) -> str:
        return (
            f"The LHS robustness of the assemblage of this claim is at least {stated(self.bound)}"
            f"{messages_text(self.bound)}. Scenario: {self.inequality.scenario}."
        )
