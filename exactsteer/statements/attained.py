"""Kind `functional-attained`: a value of a linear functional that an outer set reaches."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import stated
from ..kernel.program import Existence, Program
from ..scenario import Elements, Scenario
from .bound import functional_data, oriented, read_functional_data
from .forms import inequality
from .sets import OuterSet, functional_form, model, normalisation


@dataclass(frozen=True)
class FunctionalAttained:
    """Some normalised σ of the outer set has F(σ) ≤ bound (or ≥): the other side of a bound.

    Source: Postquantum steering, Eqs. 30 and 31; the witness is a moment matrix.
    """

    KIND = "functional-attained"

    scenario: Scenario
    outer_set: OuterSet
    functional: Elements
    relation: str
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> FunctionalAttained:
        return cls(*read_functional_data(claim))

    def claim(self) -> Claim:
        data = functional_data(self.scenario, self.outer_set, self.functional, self.relation)
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """An assemblage of the set, and F(σ) on the claimed side of the bound."""
        inside = model(self.scenario, self.outer_set)
        above = oriented(functional_form(inside, self.functional), self.relation)
        above[None] = -self.bound if self.relation == ">=" else self.bound
        blocks = [*inside.blocks(), inequality(f"F(σ) {self.relation} bound", above)]
        equations = [*inside.equations(), normalisation(inside)]
        return Program(inside.unknowns, blocks, equations, Existence())

    def sentence(self) -> str:
        return (
            f"Some {self.outer_set} assemblage σ satisfies F(σ) {self.relation} {stated(self.bound)} "
            f"for the functional F of this claim. {self.scenario.sentence()}"
        )
