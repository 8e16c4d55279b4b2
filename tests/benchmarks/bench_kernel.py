"""The kernel's check of a certificate against the numeric solve of the same program.

`python tests/benchmarks/bench_kernel.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
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

TWO, THREE = (2, 2), (2, 2, 2)  # a party's inputs, of two outcomes each


def random_functional(parties: tuple[tuple[int, ...], ...], dimension: int) -> Functional:
    """Complex coefficients with small integer parts for every element."""
    scenario, draw = Scenario(parties, dimension), Random(1)

    def entry(row: int, column: int) -> tuple[int, int]:
        return draw.randint(-9, 9), draw.randint(-9, 9)

    return Functional(scenario, {label: hermitian(dimension, entry) for label in scenario.labels()})


def sides(functional: Functional) -> dict[str, Proof]:
    """The two certificates of the almost-quantum minimum."""
    enclosure = bound(functional)
    return {"bound": enclosure.lower_proof, "attained": enclosure.upper_proof}


def table_1_excluded() -> dict[str, Proof]:
    """The certificate that everything that rounds to Table I is postquantum."""
    box = BoxExcluded(SCENARIO, "almost-quantum", table_1().collins_gisin(), HALF_DIGIT)
    return {"exclusion": exclude(box).proof}


def compare(quick: bool) -> Iterator[Comparison]:
    yield from kernel_and_solve("row A4", partial(sides, table_2()))
    yield from kernel_and_solve("row A4, box", table_1_excluded)
    if quick:
        return
    for parties, dimension in ((TWO, TWO), 4), ((THREE, THREE), 2), ((TWO, TWO, TWO), 2):
        functional = random_functional(parties, dimension)
        case = f"{len(parties)} parties, {len(parties[0])} inputs, d = {dimension}"
        yield from kernel_and_solve(case, partial(sides, functional))


def accept(data: bytes) -> None:
    """The kernel's check, which must end well."""
    verdict = check(data)
    if verdict.exit_code:
        raise ArithmeticError(verdict.message)


def kernel_and_solve(case: str, prove_it: Callable[[], dict[str, Proof]]) -> Iterator[Comparison]:
    """Each certificate's check, with and without FLINT, and the solve that it came from, again."""
    with patch.object(prove, "solve", wraps=solve) as spy:
        proofs = prove_it()
    program, solver = spy.call_args.args
    checks: dict[tuple[str, str], Callable[[], object]] = {}
    for claim, proof in proofs.items():
        checks[claim, "FLINT"] = kernel = partial(accept, proof.bytes())
        checks[claim, "Python"] = without_flint(kernel)
    solving, *checking = medians([partial(solve, program, solver), *checks.values()], 7)
    for (claim, kind), seconds in zip(checks, checking, strict=True):
        ours, other = f"kernel, {kind} product", f"numeric solve, {solver}"
        yield Comparison(f"{case}: {claim}", ours, seconds, other, solving, wanted=10)


if __name__ == "__main__":
    main(compare)
