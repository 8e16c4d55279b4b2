"""Kind `functional-bound`: a bound of a linear functional over an outer set."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import stated
from ..kernel.program import LowerBound, Program
from ..kernel.reading import Json, read_fields
from ..scenario import Elements, Scenario, elements_json, read_elements, read_scenario
from .claims import read_bound, read_relation
from .forms import RealForm, split
from .sets import OuterSet, functional_form, model, normalisation, read_outer_set


@dataclass(frozen=True)
class FunctionalBound:
    """F(σ) ≥ bound (or ≤) for every normalised σ of the outer set, F(σ) = Σ_k tr(F_k σ_k).

    Source: Postquantum steering, Eqs. 5, 30 and 31.
    """

    KIND = "functional-bound"

    scenario: Scenario
    outer_set: OuterSet
    functional: Elements
    relation: str
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> FunctionalBound:
        return cls(*read_functional_data(claim))

    def claim(self) -> Claim:
        data = functional_data(self.scenario, self.outer_set, self.functional, self.relation)
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """An assemblage of the set: for words, Γ ⪰ 0 and tr M(∅) = 1.

        The objective is F, or -F for an upper bound.
        """
        inside = model(self.scenario, self.outer_set)
        value = functional_form(inside, self.functional)
        objective, _ = split(oriented(value, self.relation))
        bound = self.bound if self.relation == ">=" else -self.bound
        equations = [*inside.equations(), normalisation(inside)]
        goal = LowerBound(objective, bound)
        return Program(inside.unknowns, inside.blocks(), equations, goal)

    def sentence(self) -> str:
        return (
            f"Every {self.outer_set} assemblage σ, hence every quantum one, satisfies "
            f"F(σ) {self.relation} {stated(self.bound)} for the functional F of this claim. "
            f"{self.scenario.sentence()}"
        )


def oriented(form: RealForm, relation: str) -> RealForm:
    """The form whose lower bounds are the bounds of that relation."""
    return form if relation == ">=" else {i: -value for i, value in form.items()}


def read_functional_data(claim: Claim) -> tuple[Scenario, OuterSet, Elements, str, Number, Field]:
    fields = read_fields(claim.data, "claim.data", ("scenario", "set", "functional", "relation"))
    scenario = read_scenario(fields["scenario"], "claim.data.scenario")
    return (
        scenario,
        read_outer_set(fields["set"], scenario, "claim.data.set"),
        read_elements(scenario, fields["functional"], claim.field, "claim.data.functional"),
        read_relation(fields["relation"], "claim.data.relation"),
        read_bound(claim),
        claim.field,
    )


def functional_data(
    scenario: Scenario, outer_set: OuterSet, functional: Elements, relation: str
) -> dict[str, Json]:
    return {
        "scenario": scenario.json(),
        "set": outer_set.json(),
        "functional": elements_json(scenario, functional),
        "relation": relation,
    }
