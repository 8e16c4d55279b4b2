"""The kernel's positivity rule against exact elimination, and against floating-point Cholesky.

`python tests/benchmarks/bench_positivity.py [--quick]`

FLINT decides definiteness exactly in two ways: by fraction-free elimination, whose pivots are the
leading minors, and, faster, by the characteristic polynomial, computed modulo many primes. Both
get real matrices, as FLINT has none over Q(i). Both find the answer; the rule is given a witness,
so the time in which the prover makes one (and tries it) is a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import numpy as np
from comparison import Comparison, main, medians, without_flint
from flint import fmpz_mat

from exactsteer.kernel.matrix import Matrix, hermitian
from exactsteer.kernel.positivity import accept_positive
from exactsteer.kernel.product import Rows
from exactsteer.prover.rounding import floats, positivity_witness

BITS = 60
LEAST = 1e-3  # least eigenvalue, relative to the largest


def positive_matrix(size: int, is_complex: bool) -> Matrix:
    """Random, with entries in 2^-60 Z, shifted to a least eigenvalue of about LEAST·(largest)."""
    draw = Random(size)

    def number() -> int:
        return draw.randrange(-(2 ** (BITS - 1)), 2 ** (BITS - 1))

    matrix = hermitian(size, lambda row, column: (number(), number() if is_complex else 0))
    eigenvalues = np.linalg.eigvalsh(floats(matrix))
    shift = int(LEAST * (eigenvalues[-1] - eigenvalues[0]) - eigenvalues[0])
    for k, row in enumerate(matrix.real):
        row[k] += shift
    return Matrix(2**BITS, matrix.real, matrix.imaginary)


def definite_by_elimination(rows: Rows) -> bool:
    """Sylvester: all leading minors are positive; they are the pivots if no rows were swapped."""
    permutation, _, _, upper = fmpz_mat(rows).fflu()
    size = range(len(rows))
    return all(permutation[k, k] == 1 and upper[k, k] > 0 for k in size)


def semidefinite_by_polynomial(rows: Rows) -> bool:
    """A real-rooted polynomial has no negative root if and only if its signs alternate."""
    coefficients = fmpz_mat(rows).charpoly().coeffs()
    return all((-1) ** (len(rows) - k) * c >= 0 for k, c in enumerate(coefficients))


def compare(quick: bool) -> Iterator[Comparison]:
    yield from against_exact((50, 100) if quick else (50, 100, 200))
    yield from against_floats((400,) if quick else (400, 800))


def against_exact(sizes: tuple[int, ...]) -> Iterator[Comparison]:
    for size in sizes:
        matrix = positive_matrix(size, is_complex=False)
        witness = positivity_witness(matrix, "A")

        def rule(matrix: Matrix = matrix, witness=witness) -> None:
            accept_positive(matrix, witness, "A")

        ours = {
            "rule, FLINT product": rule,
            "rule, Python product": without_flint(rule),
            "witness made and tried": lambda matrix=matrix: positivity_witness(matrix, "A"),
        }
        others = {
            "FLINT fflu": lambda rows=matrix.real: definite_by_elimination(rows),
            "FLINT charpoly": lambda rows=matrix.real: semidefinite_by_polynomial(rows),
        }
        assert all(other() for other in others.values())
        times = dict(zip([*ours, *others], medians([*ours.values(), *others.values()], 3), strict=True))
        for our, other in product(ours, others):
            wanted = 100 if (size, our, other) == (200, "rule, FLINT product", "FLINT fflu") else None
            yield Comparison(
                f"A ≻ 0, real, n = {size}", our, times[our], other, times[other], wanted=wanted
            )


def against_floats(sizes: tuple[int, ...]) -> Iterator[Comparison]:
    for size, is_complex in product(sizes, (False, True)):
        matrix = positive_matrix(size, is_complex)
        values, witness = floats(matrix), positivity_witness(matrix, "A")
        rule, cholesky = medians(
            [
                lambda matrix=matrix, witness=witness: accept_positive(matrix, witness, "A"),
                lambda values=values: np.linalg.cholesky(values),
            ],
            rounds=5,
        )
        kind = "complex" if is_complex else "real"
        yield Comparison(
            f"A ≻ 0, {kind}, n = {size}", "rule, FLINT product", rule, "numpy Cholesky", cholesky
        )


if __name__ == "__main__":
    main(compare)
