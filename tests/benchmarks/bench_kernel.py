"""The kernel's check of a certificate against the numeric solve of the same program.

`python tests/benchmarks/bench_kernel.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from random import Random

from comparison import Comparison, main, medians, without_flint

from exactsteer import Scenario, check
from exactsteer.kernel.matrix import hermitian
from exactsteer.kernel.program import LowerBound, Program
from exactsteer.literature.postquantum_steering import HALF_DIGIT, SCENARIO, table_1, table_2
from exactsteer.prover.numeric import NumericProgram, numeric_program
from exactsteer.prover.prove import Proof, enclose, exclude
from exactsteer.prover.solvers import solve
from exactsteer.scenario import Elements
from exactsteer.statements import BoxExcluded, FunctionalBound

TWO, THREE = (2, 2), (2, 2, 2)  # a party's inputs, of two outcomes each


def random_functional(scenario: Scenario) -> Elements:
    """Complex coefficients with small integer parts for every element."""
    draw = Random(1)

    def entry(row: int, column: int) -> tuple[int, int]:
        return draw.randint(-9, 9), draw.randint(-9, 9)

    return {label: hermitian(scenario.dimension, entry) for label in scenario.labels()}


def minimum(scenario: Scenario, functional: Elements) -> FunctionalBound:
    """To be enclosed; the bound that it carries is not read."""
    return FunctionalBound(scenario, almost_quantum(scenario), functional, ">=", Fraction(0))


def proofs(statement: FunctionalBound | BoxExcluded) -> dict[str, Proof]:
    if isinstance(statement, BoxExcluded):
        return {"exclusion": exclude(statement).proof}
    enclosure = enclose(statement)
    return {"bound": enclosure.lower_proof, "attained": enclosure.upper_proof}


def numeric(program: Program) -> NumericProgram:
    """What the prover solves: the bound, or how far the inequalities are from feasible."""
    if isinstance(program.goal, LowerBound):
        return numeric_program(program, program.goal.objective)
    return numeric_program(program, {}, [j for j, b in enumerate(program.blocks) if b.size == 1])


def compare(quick: bool) -> Iterator[Comparison]:
    yield from kernel_and_solve("row A4", minimum(SCENARIO, table_2().coefficients))
    box = BoxExcluded(SCENARIO, almost_quantum(SCENARIO), table_1().independent(), HALF_DIGIT)
    yield from kernel_and_solve("row A4, box", box)
    if quick:
        return
    for parties, dimension in ((TWO, TWO), 4), ((THREE, THREE), 2), ((TWO, TWO, TWO), 2):
        scenario = Scenario(parties, dimension)
        case = f"{len(parties)} parties, {len(parties[0])} inputs, d = {dimension}"
        yield from kernel_and_solve(case, minimum(scenario, random_functional(scenario)))


def kernel_and_solve(case: str, statement: FunctionalBound | BoxExcluded) -> Iterator[Comparison]:
    """Each certificate's check, with and without FLINT, and the solve that finds the same answer."""
    program = numeric(statement.program())
    solver = solve(program).solver  # the first call imports and warms up
    checks: dict[tuple[str, str], Callable[[], object]] = {}
    for claim, proof in proofs(statement).items():
        checks[claim, "FLINT"] = kernel = partial(accept, proof.bytes())
        checks[claim, "Python"] = without_flint(kernel)
    solving, *checking = medians([partial(solve, program), *checks.values()], 7)
    for (claim, kind), seconds in zip(checks, checking, strict=True):
        ours, other = f"kernel, {kind} product", f"numeric solve, {solver}"
        yield Comparison(f"{case}: {claim}", ours, seconds, other, solving, wanted=10)


def accept(data: bytes) -> None:
    """The kernel's check, which must end well."""
    verdict = check(data)
    if verdict.exit_code:
        raise ArithmeticError(verdict.message)


if __name__ == "__main__":
    main(compare)
