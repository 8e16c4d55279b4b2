"""Kind `functional-value`: the exact value of a linear functional at a table of matrices."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import stated
from ..kernel.program import Existence, Program
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
from .forms import RealForm, constant, equation, pairing


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
    value: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> FunctionalValue:
        fields = read_fields(claim.data, "claim.data", ("scenario", "functional", "assemblage"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        return cls(
            scenario,
            read_elements(scenario, fields["functional"], claim.field, "claim.data.functional"),
            read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage"),
            read_bound(claim),
            claim.field,
        )

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["functional"] = elements_json(self.scenario, self.functional)
        return Claim(self.KIND, self.field, data, self.value)

    def program(self) -> Program:
        """No unknowns, one equation between data."""
        computed = value_form(self.scenario, self.functional, self.assemblage)
        return Program([], [], [equation("F(σ)", computed, self.value)], Existence())

    def sentence(self) -> str:
        return (
            f"The functional F of this claim has the value F(σ) = {stated(self.value)}, exactly, on the "
            "table σ of this claim, where sums over outcomes are taken at input 0. "
            f"{self.scenario.sentence()}"
        )


def value_form(scenario: Scenario, functional: Elements, table: Elements) -> RealForm:
    """F(σ) on a table, a constant form."""
    return pairing(
        (matrix, constant(marginal(scenario, table, label))) for label, matrix in functional.items()
    )
