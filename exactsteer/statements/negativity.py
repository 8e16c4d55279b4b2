"""Kind `negativity-bound`: how negative a state must be that reproduces an assemblage."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import stated
from ..kernel.program import LowerBound, Program
from ..kernel.reading import read_fields
from ..scenario import Elements, Scenario, marginal, read_scenario, read_table
from .assemblage import table_json
from .claims import read_bound
from .forms import constant, split, total, trace
from .moments import MomentMatrix, moments_of
from .words import WordSet, nothing, read_set


@dataclass(frozen=True)
class NegativityBound:
    """ν ≥ bound whenever ν ≥ 0 and σ = (1 + ν)σ₊ - νσ₋ with σ₊ and σ₋ in the outer set.

    So ν(σ) ≥ bound for the negativity of steering, the least tr ρ₋ for which measurements of
    ρ̃ = ρ₊ - ρ₋ reproduce σ: measured, ρ₊ and ρ₋ give (1 + ν)σ₊ and νσ₋ with quantum σ₊ and σ₋.
    Source: A formalism for steering, Eq. 34.
    """

    KIND = "negativity-bound"

    scenario: Scenario
    outer_set: WordSet
    assemblage: Elements
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> NegativityBound:
        fields = read_fields(claim.data, "claim.data", ("scenario", "set", "assemblage"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        return cls(
            scenario,
            read_set(fields["set"], scenario, "claim.data.set"),
            read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage"),
            read_bound(claim),
            claim.field,
        )

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["set"] = self.outer_set.json()
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """Γ₋ ⪰ 0 with moments M₋ of νσ₋, Γ₊ ⪰ 0 with those of σ + νσ₋; minimise ν = tr M₋(∅).

        Both know their assemblages by the independent elements only, so a decomposition of σ satisfies
        this, and perhaps more does: the claim stays true.
        """
        taken = MomentMatrix(self.scenario, self.outer_set)
        independent = {
            label: total(
                [
                    (1, constant(marginal(self.scenario, self.assemblage, label))),
                    (1, taken.element(label)),
                ]
            )
            for label in self.scenario.collins_gisin_labels()
        }
        known = moments_of(self.scenario, independent)
        given = MomentMatrix(self.scenario, self.outer_set, known, taken.unknowns)
        objective, _ = split(trace(taken.moment(nothing(taken.parties))))
        goal = LowerBound(objective, self.bound)
        return Program(given.unknowns, [*taken.blocks(), *given.blocks()], [], goal)

    def sentence(self) -> str:
        return (
            f"If ν >= 0 and σ = (1 + ν)τ - νυ with two {self.outer_set} assemblages τ and υ, as it is "
            f"with quantum ones for the negativity of steering ν(σ), then ν >= {stated(self.bound)}, "
            f"for the table σ of this claim. Scenario: {self.scenario}."
        )
