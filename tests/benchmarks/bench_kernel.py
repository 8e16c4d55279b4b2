"""The kernel's check of a certificate against the numeric solve of the same program.

`python tests/benchmarks/bench_kernel.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial

import numpy as np
from comparison import Comparison, main, medians, without_flint
from functionals import random_functional

from exactsteer import check
from exactsteer.kernel.program import LowerBound, Program
from exactsteer.literature.postquantum_steering import HALF_DIGIT, SCENARIO, table_1, table_2
from exactsteer.prover.central_path import central_point
from exactsteer.prover.numeric import NumericProgram, numeric_program
from exactsteer.prover.prove import TOLERANCE, Proof, enclose, exclude
from exactsteer.scenario import Elements, Scenario
from exactsteer.statements import BoxExcluded, FunctionalBound
from exactsteer.statements.words import ALMOST_QUANTUM, word_set

TWO, THREE = (2, 2), (2, 2, 2)  # a party's inputs, of two outcomes each


def minimum(scenario: Scenario, functional: Elements) -> FunctionalBound:
    """To be enclosed; the bound that it carries is not read."""
    return FunctionalBound(scenario, word_set(scenario, ALMOST_QUANTUM), functional, ">=", Fraction(0))


def proofs(statement: FunctionalBound | BoxExcluded) -> dict[str, Proof]:
    if isinstance(statement, BoxExcluded):
        return {"exclusion": exclude(statement).proof}
    enclosure = enclose(statement)
    return {"bound": enclosure.lower_proof, "attained": enclosure.upper_proof}


def numeric(program: Program) -> NumericProgram:
    """What the prover solves: the bound, or how far the inequalities are from feasible."""
    if isinstance(program.goal, LowerBound):
        numeric = numeric_program(program, program.goal.objective)
        return replace(numeric, objective=numeric.objective / np.max(np.abs(numeric.objective)))
    return numeric_program(program, {}, [j for j, b in enumerate(program.blocks) if b.size == 1])


def compare(quick: bool) -> Iterator[Comparison]:
    yield from kernel_and_solve("row A4", minimum(SCENARIO, table_2().coefficients))
    words = word_set(SCENARIO, ALMOST_QUANTUM)
    box = BoxExcluded(SCENARIO, words, table_1().independent(), HALF_DIGIT)
    yield from kernel_and_solve("row A4, box", box)
    if quick:
        return
    for parties, dimension in ((TWO, TWO), 4), ((THREE, THREE), 2), ((TWO, TWO, TWO), 2):
        scenario = Scenario(parties, dimension)
        case = f"{len(parties)} parties, {len(parties[0])} inputs, d = {dimension}"
        yield from kernel_and_solve(case, minimum(scenario, random_functional(scenario, True)))


def kernel_and_solve(case: str, statement: FunctionalBound | BoxExcluded) -> Iterator[Comparison]:
    """Each certificate's check, with and without FLINT, and the solve that finds the same answer."""
    program = numeric(statement.program())
    solve = partial(central_point, program, float(TOLERANCE) / program.order)
    checks: dict[tuple[str, str], Callable[[], object]] = {}
    for claim, proof in proofs(statement).items():
        checks[claim, "FLINT"] = kernel = partial(accept, proof.bytes())
        checks[claim, "Python"] = without_flint(kernel)
    solving, *checking = medians([solve, *checks.values()], 7)
    for (claim, kind), seconds in zip(checks, checking, strict=True):
        ours = f"kernel, {kind} product"
        yield Comparison(f"{case}: {claim}", ours, seconds, "numeric solve", solving, wanted=10)


def accept(data: bytes) -> None:
    """The kernel's check, which must end well."""
    verdict = check(data)
    if verdict.exit_code:
        raise ArithmeticError(verdict.message)


if __name__ == "__main__":
    main(compare)
