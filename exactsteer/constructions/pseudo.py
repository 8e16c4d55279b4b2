"""Every no-signalling assemblage comes from measurements of a pseudo-state: Theorems 5 and 6."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from math import prod

from ..exact.ldl import ldl
from ..exact.numbers import InputError
from ..kernel.field import Number
from ..kernel.matrix import Matrix, rational_matrix
from ..scenario import Label, negative
from ..statements import PseudoRealisation
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering import Assemblage

ONE, ZERO = rational_matrix(1, [[1]]), rational_matrix(1, [[0]])
Choice = tuple[int, int] | None  # an outcome and input, or the dummy symbol ξ


@dataclass(frozen=True)
class PseudoModel:
    """Measurements of ρ̃ = ρ₊ - ρ₋: `realisation` with the states of ρ₊, and those of ρ₋."""

    realisation: Realisation
    negative_states: tuple[SectorState, ...]

    @property
    def negativity(self) -> Number:
        """tr[(C₁ ⊗ … ⊗ C_n ⊗ 1) ρ₋], which is tr ρ₋ where all effects add up to 1."""
        return replace(self.realisation, states=self.negative_states).reduced_state().trace()

    def claim(self, assemblage: Assemblage, bound: Number) -> PseudoRealisation:
        """That it gives the assemblage, and has at most this negativity."""
        return PseudoRealisation(
            assemblage.scenario,
            assemblage.table,
            self.realisation,
            self.negative_states,
            bound,
            assemblage.field,
        )


def pseudo_lhs(assemblage: Assemblage) -> PseudoModel:
    """The pseudo-LHS model of Theorem 5, as an affine combination of states (Lemma 3, Theorem 6).

    Hidden variables λ = (λ₁, …, λ_n); λ_j is a pair (a, x), a not the last outcome of x, or ξ. Party j
    answers a if λ_j = (a, x), and the last outcome of its input otherwise. The hidden pseudo-state is
    σ_λ = Σ_S (-1)^|S| Σ σ[…], where S runs over the parties with λ_j = ξ: those in S take every pair
    (a, x), the others are summed over. The paper also counts the pairs of last outcomes, whose
    response is that of ξ; they are merged with it here, so party j has 1 + Σ_x (d_x - 1) hidden values
    in place of 1 + Σ_x d_x. A σ_λ ⪰ 0 is left whole; of any other the terms with minus are ρ₋.
    Source: A formalism for steering, Theorem 5 (Eqs. 15-17), Lemma 3, Theorem 6 (Eqs. 22 and 23).
    """
    scenario = assemblage.scenario
    if scenario.trusted_inputs is not None:
        raise InputError("a pseudo-LHS model is for a trusted party without input")
    choices = [hidden_values(inputs) for inputs in scenario.outcomes]
    measurements = tuple(
        tuple(responses(inputs, own) for own in choice)
        for inputs, choice in zip(scenario.outcomes, choices, strict=True)
    )
    elements = assemblage.independent()
    positive: list[SectorState] = []
    taken: list[SectorState] = []
    for sectors in product(*(range(len(choice)) for choice in choices)):
        signed = _signed(choices, sectors)
        plus = [elements[label] for sign, label in signed if sign > 0]
        minus = [elements[label] for sign, label in signed if sign < 0]
        hidden = _sum([*plus, *map(negative, minus)])
        if ldl(hidden) is not None:
            plus, minus = [hidden], []
        for states, parts in (positive, plus), (taken, minus):
            total = _sum(parts) if parts else None
            if total is not None and not total.vanishes:
                states.append(SectorState(sectors, total))
    if not taken:
        taken = [SectorState((0,) * len(choices), (positive[0].state - positive[0].state).reduced())]
    return PseudoModel(Realisation(measurements, tuple(positive)), tuple(taken))


def hidden_values(inputs: tuple[int, ...]) -> list[Choice]:
    """(a, x) for every outcome but the last of each input, then ξ."""
    return [*((a, x) for x, outcomes in enumerate(inputs) for a in range(outcomes - 1)), None]


def responses(inputs: tuple[int, ...], choice: Choice) -> Measurements:
    """p(a|x) of one hidden value, as 1×1 effects."""
    answers = [
        choice[0] if choice and choice[1] == x else outcomes - 1 for x, outcomes in enumerate(inputs)
    ]
    return deterministic(inputs, answers)


def deterministic(inputs: tuple[int, ...], answers: Sequence[int]) -> Measurements:
    """p(a|x) of the strategy with these answers, as 1×1 effects."""
    return tuple(
        tuple(ONE if a == answer else ZERO for a in range(outcomes))
        for outcomes, answer in zip(inputs, answers, strict=True)
    )


def _signed(choices: list[list[Choice]], sectors: tuple[int, ...]) -> list[tuple[int, Label]]:
    """σ_λ as a signed sum of independent elements."""
    parts: list[list[tuple[int, Choice]]] = []
    for choice, sector in zip(choices, sectors, strict=True):
        own = choice[sector]
        if own is not None:
            parts.append([(1, own)])
        else:
            parts.append([(1, None), *((-1, pair) for pair in choice[:-1])])
    signed = []
    for combination in product(*parts):
        sign = prod(sign for sign, _ in combination)
        signed.append((sign, Label(tuple(part for _, part in combination))))
    return signed


def _sum(matrices: list[Matrix]) -> Matrix:
    return reduce(Matrix.__add__, matrices).reduced()
