"""The kernel's check of a certificate against the numeric solve of the same program.

`python tests/benchmarks/bench_kernel.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from unittest.mock import patch

from comparison import Comparison, main, medians, without_flint

from exactsteer import Functional, Scenario, bound, check
from exactsteer.kernel.matrix import hermitian
from exactsteer.literature.postquantum_steering import HALF_DIGIT, SCENARIO, table_1, table_2
from exactsteer.prover import prove
from exactsteer.prover.prove import Proof, exclude
from exactsteer.prover.solvers import solve
from exactsteer.statements import BoxExcluded

TWO, THREE = (2, 2), (2, 2, 2)  # inputs of two outcomes each


def random_functional(parties: tuple[tuple[int, ...], ...], dimension: int) -> Functional:
    """Complex coefficients with small integer parts for every element."""
    scenario, draw = Scenario(parties, dimension), Random(1)

    def entry(row: int, column: int) -> tuple[int, int]:
        return draw.randint(-9, 9), draw.randint(-9, 9)

    return Functional(scenario, {label: hermitian(dimension, entry) for label in scenario.labels()})


def sides(functional: Functional) -> dict[str, Proof]:
    enclosure = bound(functional)
    return {"bound": enclosure.lower_proof, "attained": enclosure.upper_proof}


def table_1_excluded() -> dict[str, Proof]:
    box = BoxExcluded(SCENARIO, "almost-quantum", table_1().collins_gisin(), HALF_DIGIT)
    return {"exclusion": exclude(box).proof}


def compare(quick: bool) -> Iterator[Comparison]:
    yield from kernel_and_solve("row A4", lambda: sides(table_2()))
    yield from kernel_and_solve("row A4, box", table_1_excluded)
    if quick:
        return
    for parties, dimension in ((TWO, TWO), 4), ((THREE, THREE), 2), ((TWO, TWO, TWO), 2):
        functional = random_functional(parties, dimension)
        case = f"{len(parties)} parties, {len(parties[0])} inputs, d = {dimension}"
        yield from kernel_and_solve(case, lambda functional=functional: sides(functional))


def kernel_and_solve(case: str, prove_it: Callable[[], dict[str, Proof]]) -> Iterator[Comparison]:
    """Each certificate's check, with and without FLINT, and the solve that it came from, again."""
    with patch.object(prove, "solve", wraps=solve) as spy:
        proofs = prove_it()
    program, solver = spy.call_args.args
    checks: dict[tuple[str, str], Callable[[], object]] = {}
    for claim, proof in proofs.items():
        data = proof.bytes()
        checks[claim, "FLINT"] = lambda data=data: check(data)
        checks[claim, "Python"] = without_flint(checks[claim, "FLINT"])
    solving, *checking = medians([lambda: solve(program, solver), *checks.values()], rounds=5)
    for (claim, kind), seconds in zip(checks, checking, strict=True):
        yield Comparison(
            f"{case}: {claim}",
            f"kernel, {kind} product",
            seconds,
            f"solve, {solver}",
            solving,
            wanted=10,
        )


if __name__ == "__main__":
    main(compare)
