"""Number fields against sympy and rational arithmetic, and matrices over them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from exact_quantum import Gaussian, random_state
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.exact.ldl import ldl
from exactsteer.exact.numbers import approximation, divide
from exactsteer.kernel import Declined, Malformed, Rejected
from exactsteer.kernel.field import Algebraic, Field, Q, bounds_of_powers, number, sign
from exactsteer.kernel.matrix import Matrix, congruence, hermitian, matrix_of, weighted_square
from exactsteer.kernel.positivity import Congruent, Dominant, Factored, accept_positive
from exactsteer.kernel.reading import (
    field_json,
    hermitian_json,
    matrix_json,
    number_json,
    read_field,
    read_hermitian,
    read_matrix,
    read_number,
)
from exactsteer.prover.rounding import floats, positivity_witness

X = sympy.Symbol("x")
ROOT2 = Field((-2, 0, 1), Fraction(1), Fraction(2))
FIELDS = [
    (ROOT2, sympy.sqrt(2)),
    (Field((-2, 0, 1), Fraction(-2), Fraction(-1)), -sympy.sqrt(2)),
    (Field((-1, -1, 1), Fraction(1), Fraction(2)), (1 + sympy.sqrt(5)) / 2),
    (Field((-2, 0, 0, 1), Fraction(1), Fraction(2)), sympy.cbrt(2)),
    (Field((1, 0, -10, 0, 1), Fraction(3), Fraction(4)), sympy.sqrt(2) + sympy.sqrt(3)),
    (Field((1, 0, -10, 0, 1), Fraction(1, 4), Fraction(1, 2)), sympy.sqrt(3) - sympy.sqrt(2)),
]
fields = st.sampled_from(FIELDS)
coefficients = st.lists(st.fractions(-1000, 1000, max_denominator=50), min_size=1, max_size=4)


def element(field: Field, values: list[Fraction]) -> Any:
    return number(field, values[: field.degree])


def exact(value: Any, root: Any) -> Any:
    parts = value.coefficients if isinstance(value, Algebraic) else [value]
    return sum(sympy.Rational(c.numerator, c.denominator) * root**k for k, c in enumerate(parts))


@settings(max_examples=50)
@given(fields, coefficients, coefficients)
def test_arithmetic_agrees_with_sympy(case: Any, left: list[Fraction], right: list[Fraction]) -> None:
    field, root = case
    a, b = element(field, left), element(field, right)
    for mine, theirs in (
        (a + b, exact(a, root) + exact(b, root)),
        (a - b, exact(a, root) - exact(b, root)),
        (a * b, exact(a, root) * exact(b, root)),
        (2 - a, 2 - exact(a, root)),
        (Fraction(1, 3) * a, exact(a, root) / 3),
    ):
        assert sympy.expand(exact(mine, root) - theirs) == 0
    assert (a == b) == (sympy.expand(exact(a, root) - exact(b, root)) == 0)
    assert (a < b) == (not a >= b) == bool(exact(a, root).evalf(60) < exact(b, root).evalf(60))
    assert (a > b) == (not a <= b) == bool(exact(a, root).evalf(60) > exact(b, root).evalf(60))
    if b != 0:
        assert divide(a, b) * b == a
    assert abs(approximation(a) - Fraction(str(exact(a, root).evalf(60)))) < Fraction(1, 10**20)


@settings(max_examples=30)
@given(fields, st.integers(1, 300))
def test_bounds_of_powers_hold_the_root(case: Any, bits: int) -> None:
    field, root = case
    for k, (low, high) in enumerate(bounds_of_powers(field, bits)):
        scaled = (root**k * 2**bits).evalf(200)
        assert low <= scaled <= high
        assert high - low <= 2 ** (2 * k + 2)


def test_signs_of_numbers_that_nearly_vanish() -> None:
    """Convergents of the continued fraction of √2: p² - 2q² = ±1."""
    p, q = 1, 1
    for step in range(400):
        assert ROOT2.sign([p, -q]) == (-1 if step % 2 == 0 else 1)
        p, q = p + 2 * q, p + q
    assert ROOT2.sign([0, 0]) == 0
    assert Q.sign([-3]) == -1


def test_a_zero_of_a_reducible_polynomial_has_no_sign() -> None:
    """x³ - 2x at √2: the number a² - 2 vanishes, but its coefficients do not tell."""
    field = Field((0, -2, 0, 1), Fraction(1), Fraction(2))
    assert field.isolates()
    with pytest.raises(Declined, match="sign"):
        field.sign([-2, 0, 1])
    assert number(field, [-2, 0, 1]) != 0
    assert number(field, [0, -2, 0, 1]) == 0


@pytest.mark.parametrize(
    ("polynomial", "low", "high"),
    [
        ((-2, 0, 1), -2, 2),  # two roots
        ((-2, 0, 1), 2, 3),  # none
        ((-2, 0, 1), 2, 1),  # ends in the wrong order
        ((0, -2, 0, 1), -2, 2),  # three roots, different signs at the ends
        ((2, 0, 1), 0, 1),  # no real root
        ((4, 0, -4, 0, 1), 1, 2),  # (x² - 2)²: a double root
    ],
)
def test_intervals_that_do_not_isolate(polynomial: tuple[int, ...], low: int, high: int) -> None:
    assert not Field(polynomial, Fraction(low), Fraction(high)).isolates()
    value = {"polynomial": " ".join(map(str, polynomial)), "low": str(low), "high": str(high)}
    with pytest.raises(Malformed, match="one root"):
        read_field(value, "field")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"polynomial": "-2 0 2"}, "last coefficient 1"),
        ({"polynomial": "-2 1"}, "degree at least 2"),
        ({"polynomial": "-2 0 1.0"}, "integers"),
        ({"low": "2/2"}, "lowest terms"),
        ({"root": "1"}, "unknown field"),
    ],
)
def test_malformed_fields(change: dict[str, str], reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        read_field({"polynomial": "-2 0 1", "low": "1", "high": "2", **change}, "field")


def test_fields_too_large_are_declined() -> None:
    value = {"polynomial": "-2 0 1", "low": "1", "high": "2"}
    with pytest.raises(Declined, match="digits"):
        read_field({**value, "polynomial": f"-{10**300} 0 1"}, "field")
    with pytest.raises(Declined, match="degree"):
        read_field({**value, "polynomial": "-2 " + "0 " * 40 + "1"}, "field")
    with pytest.raises(Declined, match="knows"):
        read_field("R", "field")


def test_numbers_of_two_fields_do_not_meet() -> None:
    other = Field((-3, 0, 1), Fraction(1), Fraction(2))
    with pytest.raises(Declined, match="two different fields"):
        _ = number(ROOT2, [0, 1]) + number(other, [0, 1])


@given(fields, coefficients)
def test_numbers_and_fields_are_read_back(case: Any, values: list[Fraction]) -> None:
    field, _ = case
    value = element(field, values)
    assert read_number(number_json(value), field, "n") == value
    assert read_field(field_json(field), "field") == field


@pytest.mark.parametrize("value", [["1"], ["1", "0"], ["1", "2", "3"], [], ["1", "2/4"]])
def test_numbers_have_one_spelling(value: list[str]) -> None:
    with pytest.raises(Malformed):
        read_number(value, ROOT2, "n")


def test_printed_numbers() -> None:
    values = [Fraction(1, 3), Fraction(-1), Fraction(0), Fraction(1)]
    assert str(number(FIELDS[4][0], values)) == "1/3 - a + a^3"
    assert str(number(ROOT2, [0, Fraction(-1, 4)])) == "-0.25*a"
    assert str(ROOT2) == "the only root of -2 + x^2 between 1 and 2"


def random_matrix(rng: np.random.Generator, field: Field, rows: int, columns: int) -> Matrix:
    def part() -> list[list[Any]]:
        numbers = rng.integers(-3, 4, (rows, columns, field.degree)).tolist()
        return [[number(field, n) for n in row] for row in numbers]

    return matrix_of(part(), part())


def symbolic(matrix: Matrix, root: Any) -> Any:
    rows, columns = matrix.shape

    def entry(r: int, c: int) -> Any:
        re, im = matrix.entry(r, c)
        return exact(re, root) + sympy.I * exact(im, root)

    return sympy.Matrix(rows, columns, entry)


def same(matrix: Matrix, root: Any, other: Any) -> bool:
    return all(sympy.expand(e) == 0 for e in symbolic(matrix, root) - other)


@pytest.mark.parametrize("case", FIELDS, ids=lambda c: str(c[1]))
def test_products_agree_with_sympy(case: tuple[Field, Any]) -> None:
    field, root = case
    rng = np.random.default_rng(1)
    factor = random_matrix(rng, field, 3, 2)
    square = congruence(random_matrix(rng, field, 2, 2), matrix_of([[1, 0], [0, 1]]))
    weights = matrix_of([[number(field, n) for n in rng.integers(0, 4, (2, field.degree)).tolist()]])
    f, s, w = (symbolic(m, root) for m in (factor, square, weights))
    assert same(congruence(factor, square), root, f * s * f.H)
    assert same(weighted_square(factor, weights), root, f * sympy.diag(*w) * f.H)
    assert same(factor + factor, root, 2 * f)
    assert same(factor - factor, root, 0 * f)


@settings(max_examples=40)
@given(st.integers(0, 2**32), fields, st.integers(2, 4), st.integers(1, 3))
def test_positive_matrices_over_a_field(seed: int, case: Any, size: int, rank: int) -> None:
    field, _ = case
    rng = np.random.default_rng(seed)
    root_of_it = random_matrix(rng, field, size, rank)
    matrix = congruence(root_of_it, matrix_of([[int(r == c) for c in range(rank)] for r in range(rank)]))
    accept_positive(matrix, positivity_witness(matrix, "A"), "A")
    factor = ldl(matrix)
    assert factor is not None
    accept_positive(matrix, Factored(*factor), "A")
    if rank < size:
        identity = matrix_of([[int(r == c) for c in range(rank)] for r in range(rank)])
        accept_positive(matrix, Congruent(root_of_it, identity, Dominant()), "A")
        shifted = matrix - matrix_of(
            [[Fraction(int(r == c == 0), 10**20) for c in range(size)] for r in range(size)]
        )
        with pytest.raises(Rejected, match="basis"):
            accept_positive(shifted, Congruent(root_of_it, identity, Dominant()), "A")


@given(st.integers(0, 2**32), fields, st.integers(2, 4), st.integers(-5, 60))
def test_no_negative_matrix_over_a_field_is_accepted(
    seed: int, case: Any, size: int, shift: int
) -> None:
    field, _ = case
    rng = np.random.default_rng(seed)
    entries = random_matrix(rng, field, size, size)
    matrix = hermitian(size, entries.entry)
    matrix += matrix_of([[shift * int(r == c) for c in range(size)] for r in range(size)])
    values = floats(matrix)
    sizes = np.abs(values.real).sum(1) + np.abs(values.imag).sum(1) - np.abs(np.diag(values))
    margin = float(np.min(np.diag(values).real - sizes))
    try:
        accept_positive(matrix, Dominant(), "A")
    except Rejected:
        assert margin < 1e-9
        return
    assert margin > -1e-9
    assert np.linalg.eigvalsh(floats(matrix))[0] > -1e-9


def test_dominance_over_a_field_is_tight() -> None:
    """[[√2, 1 + √2 i], …]: 1 + √2 is more than √2, and 3/2 + √2 is enough only from there on."""
    root = number(ROOT2, [0, 1])
    for diagonal, accepted in ((root, False), (1 + root, True), (1 + root - Fraction(1, 10**30), False)):
        matrix = hermitian(2, lambda r, c, d=diagonal: (1, root) if r != c else (d, 0))
        if accepted:
            accept_positive(matrix, Dominant(), "A")
        else:
            with pytest.raises(Rejected, match="dominant"):
                accept_positive(matrix, Dominant(), "A")


def test_a_weight_that_is_negative_by_a_hair() -> None:
    """Weights 2378 - 1681√2, about 3e-4, and its conjugate's sign."""
    one = matrix_of([[1]])
    weight = matrix_of([[number(ROOT2, [-2378, 1681])]])
    with pytest.raises(Rejected, match="weight"):
        accept_positive(one, Factored(one, weight), "A")
    assert sign(number(ROOT2, [-2378, 1681])) == -1


def test_matrices_over_a_field_are_read_back() -> None:
    rng = np.random.default_rng(3)
    matrix = random_matrix(rng, FIELDS[4][0], 2, 3)
    again = read_matrix(matrix_json(matrix), FIELDS[4][0], "m")
    assert again.reduced() == matrix.reduced()
    square = congruence(matrix, matrix_of([[int(r == c) for c in range(3)] for r in range(3)]))
    value = hermitian_json(square)
    assert read_hermitian(value, 2, FIELDS[4][0], "m").reduced() == square.reduced()
    with pytest.raises(Malformed, match="unknown field 'real a"):
        read_hermitian(value, 2, ROOT2, "m")
    value["imaginary a"][0] = "1"
    with pytest.raises(Malformed, match="not Hermitian"):
        read_hermitian(value, 2, FIELDS[4][0], "m")


def test_a_rational_matrix_counts_in_every_field() -> None:
    state: Gaussian = random_state(np.random.default_rng(0), 3, 2)
    matrix = state.matrix()
    assert matrix.field == Q
    product = congruence(matrix, matrix_of([[number(ROOT2, [0, 1])] + [0] * 2, [0] * 3, [0] * 3]))
    assert product.field == ROOT2
