"""Local hidden states: what "LHS" means and, where the trusted system is trivial, "Bell-local".

    σ[a₁…a_n|x₁…x_n] = Σ_λ D(a₁|x₁, λ) ⋯ D(a_n|x_n, λ) ρ_λ,      ρ_λ ⪰ 0,

λ running over the deterministic strategies (λ₁, …, λ_n), in which party j answers λ_j(x_j): D(a|x, λ) is
1 if λ_j(x) = a, else 0. Local responses p_j(a|x, λ) are mixtures of deterministic ones, so nothing is
lost; the weights of the λ are the traces of their hidden states ρ_λ.

More cases are of the same kind. A trusted party with an input y prepares a state that depends on it:
ρ_λy, of the same trace for every y. And a trusted system of dimension 1 holds nothing, so the last
uncharacterised party may take its place: given the strategies λ of the others it answers with any
distribution p_λ(a|x), which again is a mixture of deterministic answers. Several trusted parties have a
hidden state each, ρ⁽ᵏ⁾_λ, of the same trace for all of them: one λ explains what they all see (Many
characterised parties, Definition 14).

Source: Classical communication cost of quantum steering, Eq. 2; Wiseman, Jones, Doherty, PRL 98, 140402
(2007); with trusted dimension 1, Fine, PRL 48, 291 (1982) and Bell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import ClassVar, TypeAlias

from ..kernel.errors import Declined
from ..kernel.numbers import integers_text, spoken
from ..kernel.program import Block, Equation
from ..kernel.reading import Json
from ..scenario import Label, Scenario, label_text, order
from .forms import (
    MatrixForm,
    RealForm,
    equal_traces,
    equation,
    own_trace,
    positive_block,
    total,
    trace,
    unknown_element,
    vanishing_element,
)

MOST_HIDDEN = 200_000  # real unknowns of all hidden states of a program
MOST_ANSWERS = 2 * 10**7  # questions what a strategy answers
Strategy: TypeAlias = tuple[tuple[int, ...], ...]  # [party][input], the outcome
Case: TypeAlias = tuple[int, ...]  # what a hidden state depends on beside λ: nothing, y, or (a, x)


@dataclass(frozen=True)
class LocalHiddenStates:
    """The set of assemblages with a local hidden state model, by its name `LHS`."""

    holds_quantum: ClassVar[bool] = False  # entangled states steer

    def json(self) -> Json:
        return "LHS"

    def __str__(self) -> str:
        return "LHS"


LHS = LocalHiddenStates()


def strategies(outcomes: tuple[tuple[int, ...], ...]) -> Iterator[Strategy]:
    """All deterministic strategies of parties with these numbers of outcomes."""
    return product(*(product(*map(range, inputs)) for inputs in outcomes))


def count_strategies(outcomes: tuple[tuple[int, ...], ...]) -> int:
    return prod(count for inputs in outcomes for count in inputs)


def answers(strategy: Sequence[Sequence[int]], label: Label) -> bool:
    """Whether the strategy gives the outcomes of the label, for the parties that have one."""
    pairs = zip(label.parties, strategy, strict=False)
    return all(part is None or own[part[1]] == part[0] for part, own in pairs)


def strategy_text(strategy: Sequence[Sequence[int]]) -> str:
    """`0 1; 2` for two parties."""
    return "; ".join(map(integers_text, strategy)) or "_"


def hidden_name(strategy: Strategy, case: Case) -> str:
    """Of a hidden state ρ_λ or ρ_λy, or of a probability p_λ(a|x)."""
    if len(case) == 2:
        return f"p[{case[0]}|{case[1]}] of λ = {strategy_text(strategy)}"
    return f"ρ{''.join(f'[y = {y}]' for y in case)} of λ = {strategy_text(strategy)}"


class HiddenStates:
    """The hidden states, and the assemblage as affine forms in their entries, the unknowns.

    `known` asks that these elements of the assemblage, usually the independent ones, are so: data, or
    forms in the unknowns that `unknowns` starts with.
    """

    def __init__(
        self,
        scenario: Scenario,
        known: Mapping[Label, MatrixForm] | None = None,
        unknowns: list[object] | None = None,
        name: str = "",
    ) -> None:
        self.scenario = scenario
        self.unknowns: list[object] = [] if unknowns is None else unknowns
        self._known = known or {}
        self._prefix = name
        # With a trivial trusted system the last party's answers are not enumerated.
        self._trivial = scenario.dimension == 1 and scenario.trusted_inputs is None
        self._inputs = self._cases()
        deterministic = scenario.outcomes[:-1] if self._trivial else scenario.outcomes
        count = count_strategies(deterministic)
        entries = sum(len(rows) ** 2 for rows in scenario.summands())
        size = len(self.unknowns) + count * sum(map(len, self._inputs)) * entries
        if size > MOST_HIDDEN:
            raise Declined(
                f"{spoken(count)} deterministic strategies with {spoken(size)} unknowns in all, at most "
                f"{MOST_HIDDEN}"
            )
        labels = prod(map(sum, scenario.outcomes)) * len(scenario.inputs_of_trusted())
        if count * (labels + sum(map(len, scenario.outcomes))) > MOST_ANSWERS:
            raise Declined(f"{count} deterministic strategies and {labels} elements")
        self._hidden = {
            strategy: {
                case: unknown_element(self.unknowns, self._name(strategy, case), scenario)
                for cases in self._inputs
                for case in cases
            }
            for strategy in strategies(deterministic)
        }

    def _cases(self) -> list[list[Case]]:
        """The cases of hidden states, by the input of whoever holds them."""
        if self._trivial:
            last = self.scenario.outcomes[-1]
            return [[(a, x) for a in range(count)] for x, count in enumerate(last)]
        if self.scenario.trusted_inputs is not None:
            return [[(y,)] for y in range(self.scenario.trusted_inputs)]
        return [[()]]

    def _name(self, strategy: Strategy, case: Case) -> str:
        return self._prefix + hidden_name(strategy, case)

    def element(self, label: Label) -> MatrixForm:
        """σ[label]."""
        if not self._trivial:
            cases: list[Case] = [() if label.trusted is None else (label.trusted,)]
        else:
            last = label.parties[-1]
            cases = self._inputs[0] if last is None else [last]
        return total(
            (1, hidden[case])
            for strategy, hidden in self._hidden.items()
            if answers(strategy, label)
            for case in cases
        )

    def blocks(self) -> list[Block]:
        """Every hidden state; so every element is positive."""
        return [
            positive_block(self._name(strategy, case), form)
            for strategy, hidden in self._hidden.items()
            for case, form in hidden.items()
        ]

    def equations(self) -> list[Equation]:
        """The weight of a strategy is the same for every input, and every trusted party; and the known
        elements are these.
        """
        equations = []
        for strategy, hidden in self._hidden.items():
            for case, form in hidden.items():
                equations += equal_traces(self.scenario, self._name(strategy, case), form)
            first, *others = (total((1, hidden[case]) for case in cases) for cases in self._inputs)
            for x, other in enumerate(others, 1):
                name = f"weight of λ = {strategy_text(strategy)} for input {x} against input 0"
                equations.append(equation(name, trace(total([(1, other), (-1, first)])), 0))
        for label, form in sorted(self._known.items(), key=lambda item: order(item[0])):
            difference = total([(1, self.element(label)), (-1, form)])
            name = f"model against σ[{label_text(label)}]"
            equations += vanishing_element(self.scenario, name, difference)
        return equations

    def weight(self) -> RealForm:
        """tr Σ_a σ[a|x], which is 1 for an assemblage."""
        return own_trace(self.scenario, self.element(self.scenario.nobody()))
