"""Kind `lhs-bound`: a bound of a linear functional over LHS assemblages, strategy by strategy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import overload

from ..kernel.certificate import Claim
from ..kernel.errors import Declined
from ..kernel.field import Field, Number, Q, coefficients_of
from ..kernel.matrix import Matrix
from ..kernel.numbers import spoken, stated
from ..kernel.program import Block, Existence, Program
from ..kernel.reading import read_fields
from ..scenario import (
    Elements,
    Label,
    Scenario,
    elements_json,
    in_order,
    read_elements,
    read_single_scenario,
)
from .claims import read_bound, read_relation
from .hidden_states import answers, count_strategies, strategy_text

MOST_STRATEGIES = 10**6
MOST_ENTRIES = 4 * 10**6  # of the matrices of all strategies
MOST_INPUTS = 256  # of all parties: each is a call within a call


@dataclass(frozen=True)
class LhsBound:
    """F(σ) ≤ bound (or ≥) for every LHS assemblage σ, F(σ) = Σ_k tr(F_k σ_k).

    F(σ) = Σ_λ tr(G_λ ρ_λ) with G_λ = Σ F[a|x] over the a, x with λ(x) = a, and the traces of the hidden
    states ρ_λ add up to 1: so F(σ) ≤ bound for all of them if and only if G_λ ⪯ bound·1 for every
    deterministic strategy λ.

    A trusted system of dimension 1 holds nothing. Given what the other parties answer, the best of the
    last one is, input by input, the best answer, so its strategies are not gone through.
    Source: Classical communication cost of quantum steering, Eqs. B1 and B2.
    """

    KIND = "lhs-bound"

    scenario: Scenario
    functional: Elements
    relation: str
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> LhsBound:
        fields = read_fields(claim.data, "claim.data", ("scenario", "functional", "relation"))
        scenario = read_single_scenario(fields["scenario"], "claim.data.scenario")
        return cls(
            scenario,
            read_elements(scenario, fields["functional"], claim.field, "claim.data.functional"),
            read_relation(fields["relation"], "claim.data.relation"),
            read_bound(claim),
            claim.field,
        )

    def claim(self) -> Claim:
        data = {
            "scenario": self.scenario.json(),
            "functional": elements_json(self.scenario, self.functional),
            "relation": self.relation,
        }
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """No unknowns: a matrix for each strategy, made when it is wanted."""
        return Program([], StrategyBlocks(self), [], Existence())

    def sentence(self) -> str:
        local = ", that is every Bell-local behaviour," if self.scenario.dimension == 1 else ""
        return (
            f"Every LHS assemblage σ{local} satisfies F(σ) {self.relation} {stated(self.bound)} for the "
            f"functional F of this claim. {self.scenario.sentence()}"
        )


class StrategyBlocks(Sequence[Block]):
    """bound·1 - G_λ ⪰ 0 (for ≥, G_λ - bound·1 ⪰ 0) for every strategy λ, in the order of `strategies`.

    All is multiplied by a common denominator, and G_λ is summed up input by input, so that strategies
    with the same beginning share the work.
    """

    def __init__(self, claim: LhsBound) -> None:
        scenario = claim.scenario
        if scenario.trusted_inputs is not None:
            raise Declined("a bound over LHS assemblages with a trusted input")
        self._trivial = scenario.dimension == 1
        self._outcomes = scenario.outcomes[:-1] if self._trivial else scenario.outcomes
        self._count = count_strategies(self._outcomes)
        if self._count > MOST_STRATEGIES:
            raise Declined(f"{spoken(self._count)} deterministic strategies, at most {MOST_STRATEGIES}")
        if self._count * scenario.dimension**2 > MOST_ENTRIES:
            raise Declined(
                f"{self._count} deterministic strategies of dimension {scenario.dimension}: more than "
                f"{MOST_ENTRIES} entries"
            )
        self._dimension, self._last = scenario.dimension, scenario.outcomes[-1]
        bounds = [n.denominator for n in coefficients_of(claim.bound)]
        common = lcm(*bounds, *(matrix.denominator for matrix in claim.functional.values()))
        sign = 1 if claim.relation == "<=" else -1
        self._limit = whole(sign * common * claim.bound)
        # The inputs of all parties, one after the other, and what is known when they are answered.
        self._inputs = [(p, x) for p, own in enumerate(self._outcomes) for x in range(len(own))]
        if len(self._inputs) > MOST_INPUTS:
            raise Declined(f"{len(self._inputs)} inputs, at most {MOST_INPUTS}")
        self._terms: list[list[tuple[Label, list[Number]]]] = [[] for _ in range(len(self._inputs) + 1)]
        for label, matrix in in_order(claim.functional):
            parts = label.parties[: len(self._outcomes)]
            asked = [
                self._inputs.index((p, part[1])) for p, part in enumerate(parts) if part is not None
            ]
            numbers = [whole(sign * common * number) for number in self._numbers(label, matrix)]
            self._terms[1 + max(asked, default=-1)].append((label, numbers))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Block: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...

    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        return list(self)[index]

    def __iter__(self) -> Iterator[Block]:
        return self._longer([[0] * len(own) for own in self._outcomes], 0, None)

    def _longer(
        self, strategy: list[list[int]], known: int, before: list[Number] | None
    ) -> Iterator[Block]:
        """The blocks of all strategies with these answers to the first `known` inputs."""
        total = before
        for label, numbers in self._terms[known]:
            if answers(strategy, label):
                total = (
                    numbers if total is None else [m + n for m, n in zip(total, numbers, strict=True)]
                )
        if known == len(self._inputs):
            yield self._block(strategy, total)
            return
        party, setting = self._inputs[known]
        for outcome in range(self._outcomes[party][setting]):
            strategy[party][setting] = outcome
            yield from self._longer(strategy, known + 1, total)

    def _numbers(self, label: Label, matrix: Matrix) -> list[Number]:
        """The real coordinates of F[label]; of a number, at the place of what it asks the last party."""
        if not self._trivial:
            size = range(self._dimension)
            return [n for row in size for column in range(row + 1) for n in matrix.entry(row, column)]
        places = [None, *((a, x) for x, count in enumerate(self._last) for a in range(count))]
        return [matrix.entry(0, 0)[0] if place == label.parties[-1] else 0 for place in places]

    def _block(self, strategy: list[list[int]], total: list[Number] | None) -> Block:
        block = Block(f"bound of λ = {strategy_text(strategy)}", self._dimension)
        block.constant += [(k, k, self._limit, 0) for k in range(self._dimension)]
        if total is None:
            return block
        if self._trivial:
            # Nothing is asked first; then each input, which gets its best answer.
            numbers = iter(total)
            worst = next(numbers)
            for count in self._last:
                worst += max(next(numbers) for _ in range(count))
            block.constant.append((0, 0, -worst, 0))
            return block
        pairs = iter(total)
        for row in range(self._dimension):
            for column in range(row + 1):
                block.constant.append((row, column, -next(pairs), -next(pairs)))
        return block


def whole(number: Number) -> Number:
    """A rational number that is an integer as an int, for integers are faster."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number
