"""Kind `functional-value`: the exact value of a linear functional at a table of matrices."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.certificate import Claim
from ..kernel.matrix import Matrix
from ..kernel.numbers import stated
from ..kernel.program import Equation, Existence, Program
from ..kernel.reading import read_fields
from ..scenario import (
    Elements,
    Scenario,
    elements_json,
    marginal,
    read_elements,
    read_scenario,
    read_table,
)
from .assemblage import table_json
from .claims import read_bound


def pairing(functional: Matrix, element: Matrix) -> Fraction:
    """tr(Fσ) for Hermitian F and σ: the sum of Re F_rc Re σ_rc + Im F_rc Im σ_rc."""
    total = 0
    for left, right in (
        (functional.real, element.real),
        (functional.imaginary_rows(), element.imaginary_rows()),
    ):
        total += sum(a * b for p, q in zip(left, right, strict=True) for a, b in zip(p, q, strict=True))
    return Fraction(total, functional.denominator * element.denominator)


@dataclass(frozen=True)
class FunctionalValue:
    """F(σ) = Σ_k tr(F_k σ_k) = value, over the labels k of the functional.

    Source: Postquantum steering, Eqs. 5 and 45. A label that leaves parties out stands for the
    sum over their outcomes, at input 0. Whether σ is a valid assemblage is another claim.
    """

    KIND = "functional-value"

    scenario: Scenario
    functional: Elements
    assemblage: Elements
    value: Fraction

    @classmethod
    def read(cls, claim: Claim) -> FunctionalValue:
        fields = read_fields(claim.data, "claim.data", ("scenario", "functional", "assemblage"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        return cls(
            scenario,
            read_elements(scenario, fields["functional"], "claim.data.functional"),
            read_table(scenario, fields["assemblage"], "claim.data.assemblage"),
            read_bound(claim),
        )

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["functional"] = elements_json(self.functional)
        return Claim(self.KIND, "Q", data, self.value)

    def program(self) -> Program:
        """No unknowns, one equation between data."""
        computed = sum(
            (
                pairing(matrix, marginal(self.scenario, self.assemblage, label))
                for label, matrix in self.functional.items()
            ),
            Fraction(0),
        )
        return Program([], [], [Equation("F(σ)", {}, self.value, computed)], Existence())

    def sentence(self) -> str:
        return (
            f"The functional F of this claim has the value F(σ) = {stated(self.value)}, exactly, on the "
            "table σ of this claim, where sums over outcomes are taken at input 0. "
            f"Scenario: {self.scenario}."
        )
