"""Kind `functional-attained`: a value of a linear functional that an outer set reaches."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.certificate import Claim
from ..kernel.numbers import stated
from ..kernel.program import Block, Existence, Program
from ..scenario import Elements, Scenario
from .bound import functional_data, oriented, read_functional_data
from .moments import MomentMatrix


@dataclass(frozen=True)
class FunctionalAttained:
    """Some normalised σ of the outer set has F(σ) ≤ bound (or ≥): the other side of a bound.

    Source: Postquantum steering, Eqs. 30 and 31; the witness is a moment matrix.
    """

    KIND = "functional-attained"

    scenario: Scenario
    outer_set: str
    functional: Elements
    relation: str
    bound: Fraction

    @classmethod
    def read(cls, claim: Claim) -> FunctionalAttained:
        return cls(*read_functional_data(claim))

    def claim(self) -> Claim:
        data = functional_data(self.scenario, self.outer_set, self.functional, self.relation)
        return Claim(self.KIND, "Q", data, self.bound)

    def program(self) -> Program:
        """Γ ⪰ 0, tr M(∅) = 1, and F(σ) on the claimed side of the bound."""
        moments = MomentMatrix(self.scenario)
        above = oriented(moments.functional(self.functional), self.relation)
        bound = self.bound if self.relation == ">=" else -self.bound
        reached = Block(
            f"F(σ) {self.relation} bound",
            1,
            [(0, 0, -bound, 0)],
            {i: [(0, 0, value, 0)] for i, value in above.items()},
        )
        return Program(
            moments.unknowns, [moments.block, reached], [moments.normalisation()], Existence()
        )

    def sentence(self) -> str:
        return (
            f"Some {self.outer_set} assemblage σ satisfies F(σ) {self.relation} {stated(self.bound)} "
            f"for the functional F of this claim. Scenario: {self.scenario}."
        )
