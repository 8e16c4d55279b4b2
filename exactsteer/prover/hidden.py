"""LHS: the best deterministic strategy for a functional, and what elements say of hidden states."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from ..constructions.pseudo import deterministic
from ..exact.matrices import ray_projector, scaled
from ..exact.numbers import above, below
from ..kernel.matrix import Matrix, rational_matrix
from ..kernel.program import Program
from ..scenario import Elements, Label, Scenario
from ..statements import FunctionalRealised, LhsBound, Member
from ..statements.forms import constant, pairing
from ..statements.hidden_states import (
    LHS,
    Case,
    Strategy,
    answers,
    count_strategies,
    hidden_name,
    strategies,
)
from ..statements.realisation import Realisation, SectorState
from .points import Journal, NotProved
from .prove import Enclosure, decimal_grid, prove
from .rounding import floats
from .rounding import scaled as rounded

AT_ONCE = 2**14  # strategies
STATE_BITS = 40  # the value of a state is off by the square of the error
MOST_CUT = 2000  # unknowns of a program that is cut to a face: exact elimination is slow
WIDER = 5  # times ten, the steps of the bound


def enclose_over_lhs(statement: LhsBound, tolerance: Fraction, journal: Journal) -> Enclosure:
    """Enclose the optimum that `statement` bounds; the bound that it carries is not read.

    On one side every strategy is bounded, on the other one strategy and a hidden state reach a value.
    Raises NotProved, or Declined if there are too many strategies.
    """
    scenario, functional = statement.scenario, statement.functional
    sign = 1 if statement.relation == "<=" else -1
    program = statement.program()  # declines what is too large
    journal.add(f"{len(program.blocks)} deterministic strategies")
    signed = {label: scaled(f, Fraction(sign)) for label, f in functional.items()}
    strategy, value, vector = best_strategy(scenario, signed)
    journal.add(f"best strategy has {sign * value:.10g} (floating)")

    state = projector(vector)
    realisation = Realisation(
        tuple((deterministic(*own),) for own in zip(scenario.outcomes, strategy, strict=True)),
        (SectorState((0,) * len(strategy), state),),
    )
    elements = realisation.elements(functional)
    exact = pairing((f, constant(elements[label])) for label, f in functional.items()).get(None, 0)
    grid = decimal_grid(tolerance)
    attained = below(sign * exact, grid)
    relation = ">=" if sign > 0 else "<="
    reached = prove(
        FunctionalRealised(
            scenario, functional, relation, realisation, sign * attained, statement.field
        ),
        journal,
    )
    for power in range(WIDER):
        limit = above(Fraction(value) + Fraction(10**power - 1, grid), grid)
        try:
            proof = prove(replace(statement, bound=sign * limit), journal)
        except NotProved as error:
            journal.add(f"failed: {error}")
            continue
        journal.add(f"enclosed within {float(limit - attained):.1e}")
        largest = Enclosure(attained, limit, reached, proof, journal.steps)
        return largest if sign > 0 else largest.negative()
    raise NotProved("no bound near the best strategy was proved", journal.steps)


def best_strategy(scenario: Scenario, functional: Elements) -> tuple[Strategy, float, npt.NDArray[Any]]:
    """The strategy λ whose G_λ = Σ F[λ(x)|x] has the largest eigenvalue, that, and its eigenvector."""
    trivial = scenario.dimension == 1  # the last party then answers as is best
    parties = scenario.outcomes[:-1] if trivial else scenario.outcomes
    shape = [count for own in parties for count in own] or [1]
    first = np.cumsum([0, *map(len, parties)])
    matrices = {label: floats(matrix).astype(complex) for label, matrix in functional.items()}
    best: tuple[float, list[int], npt.NDArray[Any], list[int]] = (-np.inf, [], np.ones(1), [])
    for start in range(0, count_strategies(parties), AT_ONCE):
        numbers = np.arange(start, min(start + AT_ONCE, count_strategies(parties)))
        digits = np.array(np.unravel_index(numbers, shape))
        sums: dict[tuple[int, int] | None, npt.NDArray[Any]] = {}
        for label, matrix in matrices.items():
            chosen = np.ones(len(numbers), dtype=bool)
            for p, part in enumerate(label.parties[: len(parties)]):
                if part is not None:
                    chosen &= digits[first[p] + part[1]] == part[0]
            asked = label.parties[-1] if trivial else None
            term = chosen[:, None, None] * matrix
            sums[asked] = sums.get(asked, 0) + term
        zero = np.zeros((len(numbers), scenario.dimension, scenario.dimension), dtype=complex)
        total, answers = sums.get(None, zero), []
        for x, count in enumerate(scenario.outcomes[-1] if trivial else ()):
            values = np.array([sums.get((a, x), zero)[:, 0, 0].real for a in range(count)])
            total = total + np.max(values, axis=0)[:, None, None]
            answers.append(np.argmax(values, axis=0))
        eigenvalues = np.linalg.eigvalsh(total)[:, -1]
        k = int(np.argmax(eigenvalues))
        if eigenvalues[k] > best[0]:
            vector = np.linalg.eigh(total[k])[1][:, -1]
            own = digits[:, k].tolist() if parties else []
            best = (float(eigenvalues[k]), own, vector, [int(own[k]) for own in answers])
    value, flat, vector, last = best
    answers_of = iter(flat)
    strategy = tuple(tuple(next(answers_of) for _ in own) for own in parties)
    return (*strategy, tuple(last)) if trivial else strategy, value, vector


def projector(vector: npt.NDArray[Any]) -> Matrix:
    """|ψ⟩⟨ψ|/⟨ψ|ψ⟩ with rational numbers near the unit vector's."""
    parts = [
        [[rounded(float(number), STATE_BITS)] for number in part] for part in (vector.real, vector.imag)
    ]
    return ray_projector(rational_matrix(1, *parts))


def sums_of_hidden_states(statement: object, program: Program) -> list[tuple[Matrix, list[int]]]:
    """Every element of an assemblage that is to be LHS, and the blocks whose sum it is; else none."""
    if not isinstance(statement, Member) or statement.convex_set != LHS:
        return []
    if len(program.unknowns) > MOST_CUT:
        return []
    scenario = statement.scenario
    is_trivial = scenario.dimension == 1 and scenario.trusted_inputs is None
    number = {block.name: j for j, block in enumerate(program.blocks)}
    own = list(strategies(scenario.outcomes[:-1] if is_trivial else scenario.outcomes))

    def parts(label: Label) -> list[int]:
        case: Case = () if label.trusted is None else (label.trusted,)
        if is_trivial:
            case = label.parties[-1] or ()
        return [number[hidden_name(strategy, case)] for strategy in own if answers(strategy, label)]

    return [(matrix, parts(label)) for label, matrix in statement.assemblage.items()]
