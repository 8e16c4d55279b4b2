"""The kernel's positivity rule against exact elimination, and against floating-point Cholesky.

`python tests/benchmarks/bench_positivity.py [--quick]`

FLINT decides definiteness exactly in two ways: by fraction-free elimination, whose pivots are the
leading minors, and, faster, by the characteristic polynomial, computed modulo many primes. Both
get real matrices, as FLINT has none over Q(i). Both find the answer; the rule is given a witness,
so the time in which the prover makes one (and tries it) is a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
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
    for k, row in enumerate(matrix.parts[0, 0]):
        row[k] += shift
    return Matrix(2**BITS, matrix.parts)


def accept_by_elimination(rows: Rows) -> None:
    """Sylvester: all leading minors are positive; they are the pivots if no rows were swapped."""
    permutation, _, _, upper = fmpz_mat(rows).fflu()
    if not all(permutation[k, k] == 1 and upper[k, k] > 0 for k in range(len(rows))):
        raise ArithmeticError("not positive definite")


def accept_by_polynomial(rows: Rows) -> None:
    """A real-rooted polynomial has no negative root if and only if its signs alternate."""
    coefficients = fmpz_mat(rows).charpoly().coeffs()
    if not all((-1) ** (len(rows) - k) * c >= 0 for k, c in enumerate(coefficients)):
        raise ArithmeticError("not positive semidefinite")


def compare(quick: bool) -> Iterator[Comparison]:
    for size in (50,) if quick else (50, 100, 200):
        yield from against_exact(size)
    for size in (100,) if quick else (400, 800):
        yield from against_floats(size, is_complex=False)
        yield from against_floats(size, is_complex=True)


def against_exact(size: int) -> Iterator[Comparison]:
    """Every way accepts the same matrix, or raises."""
    matrix = positive_matrix(size, is_complex=False)
    rule = partial(accept_positive, matrix, positivity_witness(matrix, "A"), "A")
    ours = {
        "rule, FLINT product": rule,
        "rule, Python product": without_flint(rule),
        "witness made and tried": partial(positivity_witness, matrix, "A"),
    }
    others = {
        "FLINT fflu": partial(accept_by_elimination, matrix.parts[0, 0]),
        "FLINT charpoly": partial(accept_by_polynomial, matrix.parts[0, 0]),
    }
    times = dict(zip([*ours, *others], medians([*ours.values(), *others.values()], 3), strict=True))
    for our, other in product(ours, others):
        wanted = 100 if (size, our, other) == (200, "rule, FLINT product", "FLINT fflu") else None
        yield Comparison(f"real, n = {size}", our, times[our], other, times[other], wanted)


def against_floats(size: int, is_complex: bool) -> Iterator[Comparison]:
    """Not a fair race: Cholesky proves nothing. It shows what exactness costs."""
    matrix = positive_matrix(size, is_complex)
    rule = partial(accept_positive, matrix, positivity_witness(matrix, "A"), "A")
    exact, floating = medians([rule, partial(np.linalg.cholesky, floats(matrix))], 5)
    case = f"{'complex' if is_complex else 'real'}, n = {size}"
    yield Comparison(case, "rule, FLINT product", exact, "numpy Cholesky, float", floating)


if __name__ == "__main__":
    main(compare)
