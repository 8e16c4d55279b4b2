"""Kind `classical-realisation`: several characterised parties, each with hidden states of its own.

    σ^(k)[a₁…a_n|x₁…x_n] = Σ_λ p(λ) p₁(a₁|x₁, λ) ⋯ p_n(a_n|x_n, λ) ρ^(k)_λ      for every Bob k,

with one λ, and the same response functions, for all of them. In this scenario an assemblage says what
each Bob sees by himself, not how the Bobs' systems correlate.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Q
from ..kernel.numbers import integer_text
from ..kernel.program import Existence, Program
from ..kernel.reading import Json, read_fields, read_list
from ..scenario import Elements, Scenario, elements_json, read_scenario, read_table
from .claims import no_bound
from .forms import constant, equation, trace
from .realisation import (
    Realisation,
    normalisation,
    read_realisation,
    reproduced,
    states_json,
)

MOST_BOBS = 16


@dataclass(frozen=True)
class ClassicalRealisation:
    """The assemblage of every Bob arises from one shared λ.

    `scenarios[k]`, `assemblages[k]` and `realisations[k]` are those of Bob k. The realisations have the
    same response functions, and states p(λ)ρ^(k)_λ of the same traces p(λ), in the same order.
    Source: Many characterised parties, Definition 14 and Eq. 31.
    """

    KIND = "classical-realisation"

    scenarios: tuple[Scenario, ...]
    assemblages: tuple[Elements, ...]
    realisations: tuple[Realisation, ...]
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> ClassicalRealisation:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("measurements", "bobs"))
        bobs = read_list(fields["bobs"], "claim.data.bobs")
        if not bobs:
            raise Malformed("claim.data.bobs", "a characterised party is needed")
        if len(bobs) > MOST_BOBS:
            raise Declined(f"claim.data.bobs: more than {MOST_BOBS}")
        scenarios, assemblages, realisations = [], [], []
        for k, item in enumerate(bobs):
            place = f"claim.data.bobs[{k}]"
            bob = read_fields(item, place, ("scenario", "assemblage", "states"))
            scenario = read_scenario(bob["scenario"], f"{place}.scenario")
            if scenario.trusted_inputs is not None:
                raise Malformed(f"{place}.scenario", "a characterised party without input is needed")
            given = {"measurements": fields["measurements"], "states": bob["states"]}
            scenarios.append(scenario)
            table = read_table(scenario, bob["assemblage"], claim.field, f"{place}.assemblage")
            assemblages.append(table)
            realisations.append(read_realisation(scenario, given, claim.field, place))
        first = realisations[0]
        for k, own in enumerate(realisations):
            if not own.is_classical:
                raise Malformed("claim.data.measurements", "response functions are needed")
            if [term.sectors for term in own.states] != [term.sectors for term in first.states]:
                raise Malformed(f"claim.data.bobs[{k}].states", "the λ of the first Bob are needed")
        return cls(tuple(scenarios), tuple(assemblages), tuple(realisations), claim.field)

    def claim(self) -> Claim:
        bobs: list[Json] = [
            {
                "scenario": scenario.json(),
                "assemblage": elements_json(table),
                "states": states_json(own.states),
            }
            for scenario, table, own in zip(
                self.scenarios, self.assemblages, self.realisations, strict=True
            )
        ]
        measurements = self.realisations[0].json()["measurements"]
        return Claim(self.KIND, self.field, {"measurements": measurements, "bobs": bobs}, None)

    def program(self) -> Program:
        """No unknowns: responses and states positive, all equations between data, equal weights."""
        blocks, equations = [], []
        first = self.realisations[0]
        for k, (table, own) in enumerate(zip(self.assemblages, self.realisations, strict=True)):
            blocks += own.blocks()
            equations += own.equations()
            equations.append(normalisation(trace(constant(own.reduced_state()))))
            equations += reproduced(table, own.elements(table))
            for l, (term, other) in enumerate(zip(own.states, first.states, strict=True)):
                weight = term.state.trace() - other.state.trace()
                equations.append(equation(f"weight of λ {l} for Bob {k}", {None: weight}, 0))
        return Program([], blocks, equations, Existence())

    def sentence(self) -> str:
        count = len(self.scenarios)
        return (
            f"The assemblage of this claim, of {integer_text(count)} characterised "
            f"part{'y' if count == 1 else 'ies'}, has a local hidden state model: one shared variable "
            f"explains what all uncharacterised parties answer and what state each characterised one "
            f"holds. Scenario of the first: {self.scenarios[0]}."
        )
