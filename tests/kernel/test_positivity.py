"""The positivity rule from both sides, over random matrices."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from exact_quantum import Gaussian, gaussian, random_state
from hypothesis import given
from hypothesis import strategies as st

from exactsteer.exact.ldl import ldl
from exactsteer.kernel import Declined, Malformed, Rejected, product
from exactsteer.kernel.matrix import Matrix, congruence, hermitian, rational_matrix, weighted_square
from exactsteer.kernel.positivity import Congruent, Dominant, Factored, accept_positive
from exactsteer.prover.rounding import RoundingError, floats, positivity_witness

seeds = st.integers(0, 2**32)


def integer_matrix(matrix: Gaussian) -> Matrix:
    return rational_matrix(1, matrix.re.astype(int).tolist(), matrix.im.astype(int).tolist())


@given(seeds, st.integers(1, 6), st.integers(1, 6))
def test_sums_of_squares_are_accepted(seed: int, size: int, rank: int) -> None:
    matrix = random_state(np.random.default_rng(seed), size, rank).matrix()
    accept_positive(matrix, positivity_witness(matrix, "A"), "A")
    factor = ldl(matrix)
    assert factor is not None
    accept_positive(matrix, Factored(*factor), "A")
    square = weighted_square(*factor)
    assert square.reduced() == matrix.reduced()


@given(seeds, st.integers(2, 6), st.integers(1, 5))
def test_no_witness_is_found_for_a_negative_direction(seed: int, size: int, rank: int) -> None:
    """A positive matrix minus more than its trace in one direction."""
    rng = np.random.default_rng(seed)
    positive = random_state(rng, size, min(rank, size))
    one = rational_matrix(1, [[2 * int(r == c == 0) for c in range(size)] for r in range(size)])
    matrix = positive.matrix() - one
    assert ldl(matrix) is None
    with pytest.raises(RoundingError):
        positivity_witness(matrix, "A")


@given(seeds, st.integers(2, 6))
def test_no_factor_makes_a_negative_matrix_pass(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.integers(-9, 10, (size, size)).tolist()
    matrix = hermitian(size, lambda r, c: (values[r][c], values[c][r]))
    factor = integer_matrix(gaussian(rng, size, size))
    for witness in (Dominant(), Factored(factor, rational_matrix(7, [[1] * size]))):
        try:
            accept_positive(matrix, witness, "A")
        except Rejected:
            continue
        assert np.linalg.eigvalsh(floats(matrix))[0] > -1e-9


@given(seeds, st.integers(2, 5), st.integers(1, 4))
def test_singular_matrices_by_congruence(seed: int, size: int, rank: int) -> None:
    rng = np.random.default_rng(seed)
    rank = min(rank, size - 1)
    basis = integer_matrix(gaussian(rng, size, rank))
    core = (random_state(rng, rank, rank)).matrix()
    matrix = congruence(basis, core)
    accept_positive(matrix, Congruent(basis, core, positivity_witness(core, "B")), "A")
    changed = Matrix(core.denominator * 2, core.parts)
    if any(map(any, congruence(basis, changed).parts[0, 0])):
        with pytest.raises(Rejected):
            accept_positive(matrix, Congruent(basis, changed, positivity_witness(changed, "B")), "A")


def test_complex_dominance_counts_both_parts() -> None:
    matrix = hermitian(2, lambda r, c: (Fraction(1), Fraction(1, 2)) if r != c else (Fraction(5, 4), 0))
    with pytest.raises(Rejected, match="row 0"):
        accept_positive(matrix, Dominant(), "A")


@given(seeds, st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_products_agree(seed: int, rows: int, others: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    left = rng.integers(-(2**62), 2**62, (rows, columns)).tolist()
    right = rng.integers(-(2**62), 2**62, (others, columns)).tolist()
    with_flint = product.times_transposed(left, right)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(product, "flint", None)
        assert product.times_transposed(left, right) == with_flint
    assert all(type(entry) is int for row in with_flint for entry in row)


def test_matrices_that_ask_for_all_memory_are_declined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(product, "MOST_BITS", 1000)
    big = rational_matrix(2**200, [[2**200 + 1, 1], [1, 2**200 + 1]])
    small = rational_matrix(3**100, [[1, 0], [0, 1]])
    with pytest.raises(Declined, match="too large"):
        accept_positive(big, Factored(big, rational_matrix(1, [[1, 1]])), "A")
    with pytest.raises(Declined, match="too large"):
        _ = big - small
    with pytest.raises(Declined, match="too large"):
        hermitian(2, lambda r, c: (Fraction(1, 3 ** (300 + r)), 0))


def test_shapes_are_refused() -> None:
    square = rational_matrix(1, [[1, 0], [0, 1]])
    with pytest.raises(Malformed, match="1 rows, the matrix 2"):
        accept_positive(square, Factored(rational_matrix(1, [[1]]), rational_matrix(1, [[1]])), "A")
    with pytest.raises(Malformed, match="basis"):
        accept_positive(square, Congruent(square, square, Dominant()), "A")
