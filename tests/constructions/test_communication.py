"""Approximate simulation, logarithms, states, bases and directions: exact relations between them."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import Assemblage, InputError
from exactsteer.constructions.approximation import (
    least_error_with_randomness,
    least_error_without_randomness,
    messages_with_randomness,
    messages_without_randomness,
    result_4_bits,
)
from exactsteer.constructions.bases import mutually_unbiased_bases, root_of_dimension
from exactsteer.constructions.directions import (
    circumscribed,
    icosahedron,
    inradius_squared,
    polygon,
    spread,
)
from exactsteer.constructions.states import (
    antisymmetric,
    assemblage_of,
    isotropic,
    orthonormal_bases,
    projective,
    pure_entangled,
)
from exactsteer.exact.ldl import ldl
from exactsteer.exact.logarithms import log2_enclosure
from exactsteer.exact.matrices import adjoint, mixture, product, scaled
from exactsteer.kernel.matrix import Matrix, identity, matrix_of, steered, transpose
from exactsteer.literature.communication_cost import (
    pauli_assemblage,
    unbiased_assemblage,
    unbiased_functional,
    unbiased_inequality,
)
from exactsteer.scenario import Elements, Label, Scenario
from exactsteer.statements.projective import hull_blocks

visibilities = st.fractions(0, 1, max_denominator=50)
errors = st.fractions(Fraction(1, 200), Fraction(3, 4), max_denominator=10**4)


def same(one: Matrix, other: Matrix) -> bool:
    return (one - other).vanishes


def pairing(functional: Elements, table: Elements) -> Fraction:
    """Σ tr(Fσ), entry by entry."""
    return sum((product(f, table[label]).trace() for label, f in functional.items()), Fraction(0))


# --- Result 4 ------------------------------------------------------------------------------------

# ε, log₂(2/(1 - √(1 - 4ε²))) as computed elsewhere and printed with nine decimals.
RESULT_4 = [
    ("0.5", "1.0"),
    ("0.4", "2.321928095"),
    ("0.25", "3.899968627"),
    ("0.1", "6.629207896"),
    ("0.05", "8.640235851"),
    ("0.01", "13.287568088"),
    ("0.001", "19.931567127"),
]


@pytest.mark.parametrize(("error", "printed"), RESULT_4)
def test_bits_of_result_4(error: str, printed: str) -> None:
    low, high = result_4_bits(error)
    half_a_digit = Fraction(1, 2 * 10**9)
    assert Fraction(printed) - half_a_digit <= low <= high <= Fraction(printed) + half_a_digit
    assert high - low <= Fraction(2, 10**12)
    # The least integer that is larger than 2^bits; at ε = 1/2 one state is enough.
    if error != "0.5":
        assert log2(messages_without_randomness(error) - 1) <= high
        assert low < log2(messages_without_randomness(error))


def test_bits_of_result_4_have_exact_cases() -> None:
    assert result_4_bits("0.4")[0] <= Fraction("2.321928094888") <= result_4_bits("0.4")[1]
    low, high = result_4_bits("1/2", 30)
    assert low <= 1 <= high
    assert high - low <= Fraction(2, 10**30)


@settings(max_examples=60)
@given(errors)
def test_messages_without_randomness_is_the_least_integer(error: Fraction) -> None:
    """k > 2/(1 - √(1 - 4ε²)) and not so for k - 1, decided by squares."""
    k = messages_without_randomness(error)
    if error >= Fraction(1, 2):
        assert k == 1
        return

    def enough(k: int) -> bool:
        """1 - 2/k > √(1 - 4ε²)"""
        return k > 2 and (1 - Fraction(2, k)) ** 2 > 1 - 4 * error**2

    assert enough(k)
    assert not enough(k - 1)


@settings(max_examples=60)
@given(errors)
def test_errors_and_messages_without_randomness_are_inverse(error: Fraction) -> None:
    k = messages_without_randomness(error)
    assert error > least_error_without_randomness(k)[0] or k == 1
    if k > 2:  # with one less, what the error has to exceed is too much
        assert error <= least_error_without_randomness(k - 1)[1]


@given(st.integers(1, 10**6))
def test_least_errors_without_randomness(messages: int) -> None:
    low, high = least_error_without_randomness(messages)
    if messages == 1:
        assert low == high == Fraction(1, 2)
    else:
        square = Fraction(messages - 1, messages**2)
        assert low**2 <= square <= high**2
        assert high - low <= Fraction(1, 10**12)
    if messages > 2:
        # A little more than this error needs no more messages; this error or less does.
        assert messages_without_randomness(high + Fraction(1, 10**40)) <= messages
        assert messages_without_randomness(low) > messages


@given(errors, st.integers(1, 10**6))
def test_messages_with_randomness(error: Fraction, messages: int) -> None:
    k = messages_with_randomness(error)
    assert least_error_with_randomness(k) <= error
    assert k == 1 or least_error_with_randomness(k - 1) > error
    assert messages_with_randomness(least_error_with_randomness(messages)) == messages
    assert k <= messages_without_randomness(error)


@pytest.mark.parametrize("error", [0, "-0.1", Fraction(-1)])
def test_an_error_is_positive(error: Fraction) -> None:
    for call in (messages_without_randomness, messages_with_randomness, result_4_bits):
        with pytest.raises(InputError, match="positive trace distance"):
            call(error)


def test_numbers_that_make_no_sense_are_named() -> None:
    with pytest.raises(InputError, match="at most 1/2"):
        result_4_bits("0.6")
    for call in (least_error_without_randomness, least_error_with_randomness):
        with pytest.raises(InputError, match="0 messages"):
            call(0)
    with pytest.raises(InputError, match="error: 'much' is not a number"):
        messages_with_randomness("much")


# --- Logarithms ----------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.fractions(Fraction(1, 10**6), 10**6), st.integers(1, 20))
def test_log2_enclosures(value: Fraction, digits: int) -> None:
    low, high = log2_enclosure(value, digits)
    for end in (low, high):
        assert (end * 10**digits).denominator == 1
    assert 0 <= high - low <= Fraction(2, 10**digits)
    assert float(low) - 1e-9 <= log2(value) <= float(high) + 1e-9
    # An enclosure of fewer digits holds one of more.
    finer = log2_enclosure(value, digits + 5)
    assert low <= finer[0] <= finer[1] <= high
    inverse = log2_enclosure(1 / value, digits)
    assert inverse[0] <= -low
    assert inverse[1] >= -high


@given(st.integers(-40, 40), st.integers(1, 3), st.integers(0, 3))
def test_log2_enclosures_of_what_has_a_rational_one(power: int, p: int, digits: int) -> None:
    """2^power, and decided by powers: 2^(p/10^digits) is below x if 2^p is below x^(10^digits)."""
    low, high = log2_enclosure(Fraction(2) ** power)
    assert low <= power <= high
    value = Fraction(3 * p + 1, 3)
    low, high = log2_enclosure(value, digits)
    grid = 10**digits
    assert Fraction(2) ** int(low * grid) <= value**grid <= Fraction(2) ** int(high * grid)


def test_log2_of_roots() -> None:
    low, high = log2_enclosure(root_of_dimension(8))
    assert low <= Fraction(3, 2) <= high
    root3 = log2_enclosure(root_of_dimension(3))
    three = log2_enclosure(Fraction(3))
    assert 2 * root3[0] <= three[1]
    assert three[0] <= 2 * root3[1]
    for value in (0, Fraction(-1)):
        with pytest.raises(ValueError, match="positive number is needed"):
            log2_enclosure(value)


# --- States and bases ----------------------------------------------------------------------------


@pytest.mark.parametrize("visibility", ["-0.01", "1.000001", 2, -1, Fraction(3, 2), 1.5])
def test_a_visibility_outside_names_itself(visibility: Fraction) -> None:
    for call in (
        lambda: isotropic(2, visibility),
        lambda: pauli_assemblage(visibility, 2),
        lambda: unbiased_assemblage(2, visibility),
    ):
        with pytest.raises(InputError, match=f"visibility {visibility}"):
            call()
    with pytest.raises(InputError, match="visibility: 'half' is not a number"):
        isotropic(2, "half")


@settings(max_examples=20)
@given(st.integers(1, 4), visibilities)
def test_isotropic_states(d: int, visibility: Fraction) -> None:
    """Entries by their formula; U ⊗ U* is a symmetry, and the marginals are maximally mixed."""
    state = isotropic(d, visibility)
    for r in range(d * d):
        for c in range(d * d):
            entangled = Fraction(int(r % (d + 1) == 0 and c % (d + 1) == 0), d)
            expected = visibility * entangled + (1 - visibility) * Fraction(int(r == c), d * d)
            assert state.entry(r, c) == (expected, 0)
    assert state.trace() == 1
    assert ldl(state) is not None
    assert same(steered(identity(d), state), scaled(identity(d), Fraction(1, d)))
    # Measured with a projector Π, the trusted party has (V Πᵀ + (1 - V)1/d)/d.
    basis = projective(orthonormal_bases(d, 1)[0])
    mixed = mixture(visibility, transpose(basis[0]), scaled(identity(d), Fraction(1, d)))
    assert same(steered(basis[0], state), scaled(mixed, Fraction(1, d)))


@pytest.mark.parametrize("d", [2, 3, 4])
def test_antisymmetric_states(d: int) -> None:
    state = antisymmetric(d)
    assert state.trace() == 1
    # Odd under the exchange: only one side of it is relabelled.
    for r in range(d * d):
        other = r % d * d + r // d
        for c in range(d * d):
            assert state.entry(other, c)[0] == -state.entry(r, c)[0]
    # ψ = |01⟩ - |10⟩ is in it and |00⟩, |01⟩ + |10⟩ are not.
    rank = d * (d - 1)
    odd, even = ([int(k == 1) + s * int(k == d) for k in range(d * d)] for s in (-1, 1))
    for vector, weight in ((odd, Fraction(2, rank)), (even, Fraction(0))):
        column = matrix_of([[n] for n in vector])
        assert same(product(state, column), scaled(column, weight))
    # A projector over its rank d(d - 1)/2: its square is itself, times 2/(d(d - 1)).
    assert same(product(state, state), scaled(state, Fraction(2, rank)))
    with pytest.raises(InputError, match="at least 2"):
        antisymmetric(1)


@pytest.mark.parametrize(("d", "count"), [(1, 1), (2, 30), (3, 12), (4, 9), (5, 4)])
def test_orthonormal_bases_are_orthonormal_and_share_no_vector(d: int, count: int) -> None:
    bases = orthonormal_bases(d, count)
    for basis in bases:
        gram = [[product(adjoint(v), w).entry(0, 0)[0] for w in basis] for v in basis]
        assert gram == [[int(r == c) for c in range(d)] for r in range(d)]
        total = sum(projective(basis)[1:], projective(basis)[0])
        assert same(total, identity(d))
    for one, other in combinations(bases, 2):
        for v in one:
            for w in other:
                assert product(adjoint(v), w).entry(0, 0)[0] ** 2 != 1


def test_pure_entangled_states() -> None:
    state = pure_entangled((3, 2, 1))
    assert state.trace() == 1
    assert same(product(state, state), state)
    weights = [Fraction(n, 14) for n in (9, 4, 1)]
    reduced = steered(identity(3), state)
    assert [reduced.entry(k, k)[0] for k in range(3)] == weights


def test_measurements_make_assemblages() -> None:
    sigma = assemblage_of(isotropic(3, "1/2"), [tuple(map(projective, orthonormal_bases(3, 4)))])
    assert sigma.scenario == Scenario(((3, 3, 3, 3),), 3)
    basis = orthonormal_bases(3, 4)[2]
    assert same(sigma[1, 2], steered(projective(basis)[1], isotropic(3, "1/2")))


# --- Unbiased bases ------------------------------------------------------------------------------


@pytest.mark.parametrize("d", [2, 3, 4, 5])
@pytest.mark.parametrize("visibility", [Fraction(0), Fraction(9, 10), Fraction(1)])
def test_the_functional_of_unbiased_bases(d: int, visibility: Fraction) -> None:
    """F(σ) = (1 + d)(1/d + V(1 - 1/d)) exactly, by the matrices and by the vectors."""
    sigma = unbiased_assemblage(d, visibility)
    expected = (1 + d) * (Fraction(1, d) + visibility * (1 - Fraction(1, d)))
    assert pairing(unbiased_functional(d).coefficients, sigma.table) == expected
    assert unbiased_inequality(d).value(sigma.table) == expected


def without_transpose(d: int) -> Elements:
    return {
        Label(((a, x),)): vector.projector
        for x, basis in enumerate(mutually_unbiased_bases(d))
        for a, vector in enumerate(basis)
    }


@pytest.mark.parametrize("d", [3, 5])
def test_mind_the_transpose(d: int) -> None:
    """Eq. B3 has σ ∝ Πᵀ: with F = Π, as printed, complex bases miss the value."""
    sigma = unbiased_assemblage(d, Fraction(1))
    assert pairing(without_transpose(d), sigma.table) < 1 + d
    assert pairing(unbiased_functional(d).coefficients, sigma.table) == 1 + d
    # That of V = 0, where σ is 1/d², does not depend on it.
    flat = unbiased_assemblage(d, Fraction(0))
    assert pairing(without_transpose(d), flat.table) == Fraction(1 + d, d)


def test_the_assemblage_of_unbiased_bases_is_that_of_the_state() -> None:
    measurements = [tuple(vector.projector for vector in basis) for basis in mutually_unbiased_bases(3)]
    sigma = unbiased_assemblage(3, Fraction(9, 10))
    measured: Assemblage = assemblage_of(isotropic(3, "0.9"), [tuple(measurements)])
    assert all(same(matrix, measured.table[label]) for label, matrix in sigma.table.items())


# --- Directions ----------------------------------------------------------------------------------


def holds_ball(directions: tuple[tuple[Fraction, ...], ...]) -> bool:
    """No block, all of which are numbers, is negative."""
    return all(sum(entry[2] for entry in block.constant) >= 0 for block in hull_blocks(directions))


@pytest.mark.parametrize("count", [2, 3, 5, 8, 12])
@pytest.mark.parametrize("angle", [0.0, 0.3])
def test_polygons_hold_the_disc(count: int, angle: float) -> None:
    directions = polygon(count, angle)
    assert inradius_squared(directions) >= 1
    assert holds_ball(directions)
    # Hardly more: the radius of a regular polygon, and three digits.
    lengths = [float(sum(n * n for n in m)) ** 0.5 for m in directions]
    assert max(lengths) <= 1 / np.cos(np.pi / (2 * count)) + 0.01


@pytest.mark.parametrize("count", [3, 6, 9, 13])
@pytest.mark.parametrize("seed", [0, 1])
def test_polyhedra_hold_the_ball(count: int, seed: int) -> None:
    directions = spread(count, seed)
    assert len(directions) == count
    assert inradius_squared(directions) >= 1
    assert holds_ball(directions)


def test_the_icosahedron_holds_the_ball() -> None:
    directions = icosahedron()
    assert inradius_squared(directions) >= 1
    assert holds_ball(directions)
    longest = max(sum(n * n for n in m) for m in directions)
    # Its inscribed ball has 0.7946… of the radius.
    assert Fraction(158, 100) <= longest <= Fraction(160, 100)


@settings(max_examples=40)
@given(
    st.sampled_from([2, 3]).flatmap(
        lambda n: st.lists(st.tuples(*[st.floats(-3, 3)] * n), min_size=n, max_size=5)
    )
)
def test_circumscribed_hulls_hold_the_ball(vectors: list[tuple[float, ...]]) -> None:
    rounded = np.round(np.array(vectors) * 1000)
    if np.linalg.matrix_rank(rounded) < len(vectors[0]):
        with pytest.raises(InputError, match="do not span the space"):
            circumscribed(vectors)
        return
    directions = circumscribed(vectors)
    assert inradius_squared(directions) >= 1
    assert holds_ball(directions)


def test_directions_that_span_nothing_are_refused() -> None:
    for vectors in ([(1, 0), (2, 0)], [(1, 0, 0), (0, 1, 0), (1, 1, 0)], [(0, 0), (0, 1)]):
        with pytest.raises(InputError, match="do not span the space"):
            circumscribed(vectors)
