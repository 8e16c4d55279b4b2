"""Kind `valid-assemblage`: the table is a no-signalling assemblage."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.matrix import Matrix
from ..kernel.program import Block, Entry, Equation, Existence, Program
from ..kernel.reading import Json, read_fields
from ..scenario import (
    Elements,
    Scenario,
    elements_json,
    in_order,
    label_text,
    marginal,
    read_scenario,
    read_table,
    signalling,
)
from .claims import no_bound


@dataclass(frozen=True)
class ValidAssemblage:
    """σ[a|x] ⪰ 0, no-signalling, and tr Σ_a σ[a|x] = 1.

    Source: Postquantum steering, Eqs. 4a-4d, for any number of uncharacterised parties.
    """

    KIND = "valid-assemblage"

    scenario: Scenario
    assemblage: Elements

    @classmethod
    def read(cls, claim: Claim) -> ValidAssemblage:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        return cls(scenario, read_table(scenario, fields["assemblage"], "claim.data.assemblage"))

    def claim(self) -> Claim:
        return Claim(self.KIND, "Q", table_json(self.scenario, self.assemblage), None)

    def program(self) -> Program:
        """No unknowns: one constant block for each element, equations between data."""
        blocks = [
            Block(f"σ[{label_text(label)}]", self.scenario.dimension, lower_triangle(matrix))
            for label, matrix in in_order(self.assemblage)
        ]
        return Program([], blocks, no_signalling(self.scenario, self.assemblage), Existence())

    def sentence(self) -> str:
        return (
            "The assemblage of this claim is valid: its elements are positive semidefinite, it is "
            f"no-signalling and normalised. Scenario: {self.scenario}."
        )


def table_json(scenario: Scenario, table: Elements) -> Json:
    return {"scenario": scenario.json(), "assemblage": elements_json(table)}


def lower_triangle(matrix: Matrix) -> list[Entry]:
    return [
        (row, column, *matrix.entry(row, column))
        for row in range(len(matrix.real))
        for column in range(row + 1)
    ]


def no_signalling(scenario: Scenario, table: Elements) -> list[Equation]:
    """difference = 0 for each entry of each signalling difference, and tr Σ_a σ[a|x] = 1."""
    equations = []
    for name, difference in signalling(scenario, table):
        for row, column, re, im in lower_triangle(difference):
            place = f"{name}, entry ({row}, {column})"
            equations.append(Equation(f"{place}, real part", {}, 0, re))
            if row != column:
                equations.append(Equation(f"{place}, imaginary part", {}, 0, im))
    nobody = (None,) * len(scenario.outcomes)
    trace = marginal(scenario, table, nobody).trace()
    equations.append(Equation("normalisation, trace of the reduced state", {}, 1, trace))
    return equations
