"""The negativity of steering: a bound from a relaxation, and pseudo-states that come near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from threadpoolctl import threadpool_limits

from ..constructions.pseudo import PseudoModel
from ..exact.numbers import above
from ..kernel.program import LinearForm, Program
from ..statements import NegativityBound
from ..statements.forms import trace
from ..statements.words import WordSet
from ..steering import Assemblage
from .numeric import numeric_program
from .points import Journal
from .prove import Enclosure, Proof, decimal_grid, largest_bound, prove
from .realise import MOST_ROUNDS, Columns, columns_of, exact_centre, near_optimum, promising
from .seesaw import Seesaw, Strategy

ENOUGH = 1e-6  # what new strategies must promise, and gain in PATIENCE rounds
PATIENCE = 4
FINAL_MU = (1e-10, 1e-9, 1e-8, 1e-7, 1e-6)


def enclose_negativity(
    assemblage: Assemblage,
    words: WordSet,
    tolerance: Fraction,
    journal: Journal,
    dimension: int | None,
    strategies: Sequence[Strategy] = (),
    rounds: int = MOST_ROUNDS,
) -> Enclosure:
    """ν between the bound of the relaxation and the negativity of a pseudo-state that is found.

    The two need not meet: the relaxation may allow too much, or the search find too little.
    """
    lower, lower_proof = bound_negativity(assemblage, words, tolerance, journal)
    model = pseudo_state(assemblage, journal, dimension, strategies, rounds)
    upper = above(model.negativity, decimal_grid(tolerance))
    upper_proof = prove(model.claim(assemblage, upper), journal)
    return Enclosure(lower, upper, lower_proof, upper_proof, journal.steps)


def bound_negativity(
    assemblage: Assemblage, words: WordSet, tolerance: Fraction, journal: Journal
) -> tuple[Fraction, Proof]:
    """The largest lower bound that is found from the set of these words."""
    scenario, table, field = assemblage.scenario, assemblage.table, assemblage.field
    statement = NegativityBound(scenario, words, table, ">=", Fraction(0), field)
    return largest_bound(lambda number: replace(statement, bound=number), tolerance, journal)


def pseudo_state(
    assemblage: Assemblage,
    journal: Journal,
    dimension: int | None = None,
    strategies: Sequence[Strategy] = (),
    rounds: int = MOST_ROUNDS,
    seed: int = 0,
) -> PseudoModel:
    """ρ₊ - ρ₋ with tr ρ₋ as small as the search finds it, exact.

    `strategies` are columns to start with, of which the measurements or channels count.

    Columns of both signs; a strategy promises something if the functional of the multipliers, which
    lies between -1 and 0 on the columns, does not on it.
    """
    sigma = assemblage.independent()
    columns = columns_of(assemblage.scenario, list(sigma), dimension)
    rng = np.random.default_rng(seed)
    found: list[float] = []
    columns.start(rng)
    for strategy in strategies:
        columns.add(strategy)
    columns.columns += [replace(column, sign=-1) for column in columns.columns]
    kept = len(columns.columns)
    with threadpool_limits(limits=1):
        for turn in range(rounds):
            program = columns.program(sigma, None)
            objective = negative_trace(columns)
            numeric = numeric_program(program, objective)
            point = near_optimum(numeric)
            nu = float(numeric.objective @ point.y)
            journal.add(f"round {turn}: {len(columns.columns)} strategies, ν = {nu:.8f} (floating)")
            columns.forget(kept, numeric.unknowns_at(point.y), offset=0)
            functional = columns.functional(program, point.w.tolist())
            promise = 0.0
            for sign in (1, -1):
                signed = {label: sign * matrix for label, matrix in functional.items()}
                seesaw = Seesaw(assemblage.scenario, signed, columns.dimensions)
                limit = 0.0 if sign > 0 else 1.0
                best = promising(seesaw, rng, limit)[0]
                if best.value > limit + ENOUGH:
                    promise = max(promise, best.value - limit)
                    columns.add(best, sign)
            found.append(nu)
            if promise < ENOUGH or (turn >= PATIENCE and nu > found[-1 - PATIENCE] - ENOUGH):
                break
    return _exact_model(columns, columns.program(sigma, None), journal)


def negative_trace(columns: Columns) -> LinearForm:
    """tr ρ₋ in the unknowns of the program without τ."""
    total: LinearForm = {}
    offset = 0
    for column in columns.columns:
        if column.sign < 0:
            for i, value in trace(column.parts[None]).items():
                if i is not None:
                    total[offset + i] = value
        offset += column.count
    return total


def _exact_model(columns: Columns, program: Program, journal: Journal) -> PseudoModel:
    point = exact_centre(program, negative_trace(columns), FINAL_MU, journal)
    whole = columns.realisation(columns.parts_at(point))
    signed = list(zip(columns.columns, whole.states, strict=True))
    states = tuple(state for column, state in signed if column.sign > 0)
    negative = tuple(state for column, state in signed if column.sign < 0)
    return PseudoModel(replace(whole, states=states), negative)
