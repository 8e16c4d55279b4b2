"""Kind `sequential-realisation`: Alice measures several times, and the assemblage is quantum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Q
from ..kernel.matrix import Matrix, steered
from ..kernel.numbers import integer_text
from ..kernel.program import Existence, Program
from ..kernel.reading import hermitian_json, read_fields, read_integer, read_square
from ..scenario import (
    Elements,
    Label,
    Scenario,
    elements_json,
    in_order,
    label_text,
    negative,
    read_single_scenario,
    read_table,
)
from .assemblage import table_json
from .claims import no_bound
from .forms import constant, positive_block, trace, vanishing
from .realisation import MOST_OPERATIONS, OVERHEAD, WORD, bits, normalisation, reproduced


@dataclass(frozen=True)
class SequentialRealisation:
    """σ[a₁…a_k|x₁…x_k] = tr_A{(M[a₁…a_k|x₁…x_k] ⊗ 1) ρ}, with effects of successive measurements.

    The parties of the scenario are the steps of one Alice. Effects M ⪰ 0 are those of successive
    measurements if no sum over later outcomes depends on later inputs: Σ_{a_k} M[…a_k|…x_k] =
    M[…a_{k-1}|…x_{k-1}] for every x_k, and so on down to Σ_{a₁} M[a₁|x₁] = C. The Lüders instruments are
    then ρ ↦ K ρ K† with K = M[h a|h x]^{1/2} M[h]^{-1/2} after the history h, and C stands for 1 as in
    `realisation.py`: K†K adds up to 1 on the support of M[h], and K₁†…K_k† K_k…K₁ is the effect.
    Source: Bipartite postquantum steering, Fig. 1b and the remark on sequential measurements.
    """

    KIND = "sequential-realisation"

    scenario: Scenario
    assemblage: Elements
    effects: Elements
    state: Matrix
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> SequentialRealisation:
        no_bound(claim)
        names = ("scenario", "assemblage", "dimension", "effects", "state")
        fields = read_fields(claim.data, "claim.data", names)
        scenario = read_single_scenario(fields["scenario"], "claim.data.scenario")
        if scenario.trusted_inputs is not None:
            raise Malformed("claim.data.scenario", "the trusted party has no input here")
        state = read_square(fields["state"], claim.field, "claim.data.state")
        size = read_integer(fields["dimension"], "claim.data.dimension")
        if size < 1 or state.shape[0] != size * scenario.dimension:
            rows = f"has {state.shape[0]} rows, dimension·{scenario.dimension} are needed"
            raise Malformed("claim.data.state", rows)
        own = Scenario(scenario.outcomes, size)
        steps = sum(1 for _ in scenario.labels()) * (state.shape[0] ** 2 + OVERHEAD)
        if steps * (1 + bits(state) // WORD) > MOST_OPERATIONS // 10:
            raise Declined(f"claim.data: about {steps} multiplications are too many")
        return cls(
            scenario,
            read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage"),
            read_table(own, fields["effects"], claim.field, "claim.data.effects"),
            state,
            claim.field,
        )

    @property
    def dimension(self) -> int:
        """Of Alice's system."""
        return self.state.shape[0] // self.scenario.dimension

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data |= {
            "dimension": integer_text(self.dimension),
            "effects": elements_json(self.scenario, self.effects),
            "state": hermitian_json(self.state),
        }
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """No unknowns: effects and state positive, no signalling backwards, σ computed."""
        effects = in_order(self.effects)
        blocks = [positive_block(f"M[{label_text(label)}]", constant(m)) for label, m in effects]
        blocks.append(positive_block("state", constant(self.state)))
        equations = []
        for name, difference in later_inputs(self.scenario, self.effects):
            equations += vanishing(name, constant(difference))
        everything = steered(sum_of_first(self.scenario, self.effects), self.state)
        equations.append(normalisation(trace(constant(everything))))
        computed = {label: steered(effect, self.state) for label, effect in effects}
        equations += reproduced(self.assemblage, computed)
        return Program([], blocks, equations, Existence())

    def sentence(self) -> str:
        return (
            "The assemblage of this claim is quantum in the sequential scenario, where one Alice "
            f"measures {len(self.scenario.outcomes)} times: it arises from successive measurements of a "
            f"system of dimension {self.dimension} in a joint state with the trusted one. "
            f"Scenario: {self.scenario}, the uncharacterised parties being Alice's steps."
        )


def sums_of_last(scenario: Scenario, table: Elements) -> Iterator[tuple[Label, list[Matrix]]]:
    """For each history before the last step, its table summed over the last outcome, for each input."""
    *before, last = scenario.outcomes
    for history in Scenario(tuple(before), scenario.dimension).labels():
        sums = []
        for x, outcomes in enumerate(last):
            labels = [Label((*history.parties, (a, x))) for a in range(outcomes)]
            total = table[labels[0]]
            for label in labels[1:]:
                total = total + table[label]
            sums.append(total.reduced())
        yield history, sums


def later_inputs(scenario: Scenario, table: Elements) -> Iterator[tuple[str, Matrix]]:
    """All differences that vanish if no sum over later outcomes depends on later inputs, named."""
    while scenario.outcomes:
        earlier: Elements = {}
        for history, sums in sums_of_last(scenario, table):
            step = len(scenario.outcomes)
            for x, total in enumerate(sums[1:], 1):
                inputs = f"step {step} between its inputs 0 and {x}"
                yield f"signalling to [{label_text(history)}] from {inputs}", total + negative(sums[0])
            earlier[history] = sums[0]
        scenario, table = Scenario(scenario.outcomes[:-1], scenario.dimension), earlier


def sum_of_first(scenario: Scenario, table: Elements) -> Matrix:
    """Σ over all outcomes, at input 0 of each step."""
    while scenario.outcomes:
        table = {history: sums[0] for history, sums in sums_of_last(scenario, table)}
        scenario = Scenario(scenario.outcomes[:-1], scenario.dimension)
    return table[Label(())]
