"""Kind `pseudo-realisation`: measurements on a pseudo-state; the negativity of steering from above."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import stated
from ..kernel.program import Existence, Program
from ..kernel.reading import read_fields
from ..scenario import (
    Elements,
    Scenario,
    in_order,
    label_text,
    negative,
    read_single_scenario,
    read_table,
)
from .claims import read_bound
from .forms import constant, inequality, positive_block, trace
from .realisation import (
    Realisation,
    SectorState,
    normalisation,
    read_realisation,
    read_states,
    realised_json,
    reproduced,
    states_json,
)


@dataclass(frozen=True)
class PseudoRealisation:
    """σ = tr{(M_{a₁|x₁} ⊗ … ⊗ 1) ρ̃} with ρ̃ = ρ₊ - ρ₋, ρ± ⪰ 0, tr ρ̃ = 1 and tr ρ₋ ≤ bound.

    So the negativity of steering ν(σ) is at most the bound. Every no-signalling assemblage has such a
    ρ̃. With sectors of dimension 1 it is a pseudo-LHS model, an affine combination of local
    preparations: the effects are response functions p_λ(a|x). (Channels, where the trusted party has
    an input, act on both parts.)
    Source: A formalism for steering, Definition 2, Lemma 3, Theorems 5 and 6, Eq. 34.
    """

    KIND = "pseudo-realisation"

    scenario: Scenario
    assemblage: Elements
    realisation: Realisation  # whose states are those of ρ₊
    negative_states: tuple[SectorState, ...]  # of ρ₋
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> PseudoRealisation:
        names = ("scenario", "assemblage", "realisation", "negative states")
        fields = read_fields(claim.data, "claim.data", names)
        scenario = read_single_scenario(fields["scenario"], "claim.data.scenario")
        table = read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage")
        place = "claim.data.realisation"
        realisation = read_realisation(scenario, fields["realisation"], claim.field, place)
        states = read_states(
            realisation.measurements,
            realisation.dimensions[-1],
            fields["negative states"],
            claim.field,
            "claim.data.negative states",
        )
        return cls(scenario, table, realisation, states, read_bound(claim), claim.field)

    def claim(self) -> Claim:
        data = realised_json(self.scenario, self.assemblage, self.realisation)
        data["negative states"] = states_json(self.negative_states)
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """No unknowns: all operators and elements positive, equations between data, tr ρ₋ ≤ bound."""
        plus, minus = self.realisation, replace(self.realisation, states=self.negative_states)
        positive, taken = plus.elements(self.assemblage), minus.elements(self.assemblage)
        computed = {label: positive[label] - taken[label] for label in self.assemblage}
        reduced = constant(plus.reduced_state() - minus.reduced_state())
        below = trace(constant(negative(minus.reduced_state())))
        below[None] = below.get(None, 0) + self.bound
        blocks = [
            *plus.blocks(),
            *minus.state_blocks("negative state"),
            *(
                positive_block(f"σ[{label_text(label)}]", constant(matrix))
                for label, matrix in in_order(self.assemblage)
            ),
            inequality("tr ρ₋ ≤ bound", below),
        ]
        equations = [
            *plus.equations(),
            normalisation(trace(reduced)),
            *reproduced(self.assemblage, computed),
        ]
        return Program([], blocks, equations, Existence())

    def sentence(self) -> str:
        model = ""
        if self.realisation.is_classical and not self.realisation.channels:
            model = " This is a pseudo-LHS model and an affine combination of local preparations."
        return (
            f"The negativity of steering of the assemblage of this claim is at most "
            f"{stated(self.bound)}: it arises from {self.realisation}, where 'state' means a unit-trace "
            f"Hermitian operator whose negative part has at most this trace.{model} "
            f"{self.scenario.sentence()}"
        )
