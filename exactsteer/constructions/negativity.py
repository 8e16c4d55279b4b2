"""What mixing and one-way quantum operations do to pseudo-states: Theorems 9 and 10."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from ..exact.matrices import permuted, scaled, tensor
from ..kernel.matrix import Matrix
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering.maps import LinearMap
from .pseudo import PseudoModel


def mixed(weight: Fraction, one: PseudoModel, other: PseudoModel) -> PseudoModel:
    """A pseudo-state of weight·σ + (1 - weight)·σ', of negativity weight·ν + (1 - weight)·ν'.

    Each party has the sectors of both, which are the flags |0⟩ and |1⟩ of the paper.
    Source: A formalism for steering, Theorem 9, Eq. 36.
    """
    measurements = tuple(
        (*own, *others)
        for own, others in zip(one.realisation.measurements, other.realisation.measurements, strict=True)
    )
    shifts = tuple(len(own) for own in one.realisation.measurements)

    def joined(first: Sequence[SectorState], second: Sequence[SectorState]) -> tuple[SectorState, ...]:
        moved = [
            SectorState(
                tuple(s + shift for s, shift in zip(term.sectors, shifts, strict=True)),
                scaled(term.state, 1 - weight),
            )
            for term in second
        ]
        return (*(SectorState(t.sectors, scaled(t.state, weight)) for t in first), *moved)

    states = joined(one.realisation.states, other.realisation.states)
    return PseudoModel(
        Realisation(measurements, states), joined(one.negative_states, other.negative_states)
    )


@dataclass(frozen=True)
class Processing:
    """One-way quantum operations from the steered party to the steering parties (Fig. 3b).

    `channel` is Λ from B to A'₁ ⊗ … ⊗ A'_n ⊗ B', with A'_p of dimension `dimensions[p]`; party p applies
    the instrument of its new input x', `instruments[p][x'][x]`, from A'_p to a memory, measures
    M_{a|x}, and then `final[p][a][a']` on the memory.
    """

    channel: LinearMap
    dimensions: tuple[int, ...]
    instruments: tuple[tuple[tuple[LinearMap, ...], ...], ...]
    final: tuple[tuple[tuple[Matrix, ...], ...], ...]

    def effects(self, p: int) -> list[list[list[tuple[int, int, Matrix]]]]:
        """For each x' and a' the (x, a, effect on A'_p), the effect being E†_{x|x'}[N_{a'|a}]."""
        return [
            [
                [
                    (x, a, instrument.dual()(outcomes[new]))
                    for x, instrument in enumerate(inputs)
                    for a, outcomes in enumerate(self.final[p])
                ]
                for new in range(len(self.final[p][0]))
            ]
            for inputs in self.instruments[p]
        ]


def processed(model: PseudoModel, processing: Processing) -> PseudoModel:
    """A pseudo-state of the processed assemblage: measurements M' of ρ̃' = Λ[ρ̃], ν not larger.

    M'_{a'|x'} = Σ_{x,a} M_{a|x} ⊗ E†_{x|x'}[N_{a'|a}] on A_p ⊗ A'_p. Source: Theorem 10 and Fig. 3b.
    All inputs of a party need the same number of outcomes.
    """
    realisation = model.realisation
    measurements = tuple(
        tuple(_processed(inputs, processing.effects(p)) for inputs in sectors)
        for p, sectors in enumerate(realisation.measurements)
    )
    own = processing.dimensions

    def moved(terms: Sequence[SectorState]) -> tuple[SectorState, ...]:
        states = []
        for term in terms:
            sizes = [
                sectors[s][0][0].shape[0]
                for sectors, s in zip(realisation.measurements, term.sectors, strict=True)
            ]
            # A₁ … A_n A'₁ … A'_n B' becomes A₁A'₁ … A_nA'_n B'.
            image = processing.channel.on_last(term.state)
            n = len(sizes)
            last = image.shape[0]
            for size in (*sizes, *own):
                last //= size
            order = [q for p in range(n) for q in (p, n + p)] + [2 * n]
            states.append(SectorState(term.sectors, permuted(image, [*sizes, *own, last], order)))
        return tuple(states)

    return PseudoModel(
        Realisation(measurements, moved(realisation.states)), moved(model.negative_states)
    )


def _processed(inputs: Measurements, effects: list[list[list[tuple[int, int, Matrix]]]]) -> Measurements:
    return tuple(
        tuple(
            reduce(Matrix.__add__, (tensor(inputs[x][a], effect) for x, a, effect in terms)).reduced()
            for terms in outcomes
        )
        for outcomes in effects
    )
