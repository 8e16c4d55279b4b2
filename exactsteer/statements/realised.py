"""Kind `functional-realised`: a value of a linear functional that a quantum assemblage reaches."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import stated
from ..kernel.program import Existence, Program
from ..kernel.reading import read_fields
from ..scenario import Elements, Scenario, elements_json, read_elements, read_scenario
from .bound import oriented
from .claims import read_bound, read_relation
from .forms import constant, inequality, pairing, trace
from .realisation import Realisation, normalisation, read_realisation


@dataclass(frozen=True)
class FunctionalRealised:
    """The quantum assemblage σ of the realisation has F(σ) ≥ bound (or ≤), F(σ) = Σ_k tr(F_k σ_k).

    Source: Postquantum steering, Eq. 5: the other side of a Tsirelson bound, from inside.
    """

    KIND = "functional-realised"

    scenario: Scenario
    functional: Elements
    relation: str
    realisation: Realisation
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> FunctionalRealised:
        names = ("scenario", "functional", "relation", "realisation")
        fields = read_fields(claim.data, "claim.data", names)
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        place = "claim.data.realisation"
        realisation = read_realisation(scenario, fields["realisation"], claim.field, place)
        return cls(
            scenario,
            read_elements(scenario, fields["functional"], claim.field, "claim.data.functional"),
            read_relation(fields["relation"], "claim.data.relation"),
            realisation,
            read_bound(claim),
            claim.field,
        )

    def claim(self) -> Claim:
        data = {
            "scenario": self.scenario.json(),
            "functional": elements_json(self.scenario, self.functional),
            "relation": self.relation,
            "realisation": self.realisation.json(),
        }
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """No unknowns: all operators positive, completeness, normalisation, and F(σ) compared."""
        realisation = self.realisation
        joint = realisation.elements(self.functional)
        value = pairing(
            (f, constant(self.scenario.marginals(joint[label]))) for label, f in self.functional.items()
        )
        above = oriented(value, self.relation)
        above[None] = above.get(None, 0) + (-self.bound if self.relation == ">=" else self.bound)
        blocks = [*realisation.blocks(), inequality(f"F(σ) {self.relation} bound", above)]
        reduced = trace(constant(realisation.reduced_state()))
        return Program([], blocks, [*realisation.equations(), normalisation(reduced)], Existence())

    def sentence(self) -> str:
        what = "LHS" if self.realisation.is_classical and not self.realisation.channels else "quantum"
        return (
            f"Some {what} assemblage σ satisfies F(σ) {self.relation} {stated(self.bound)} for the "
            f"functional F of this claim: the one that arises from {self.realisation}. "
            f"{self.scenario.sentence()}"
        )
