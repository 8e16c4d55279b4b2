"""Words and levels: known values, monotone bounds, words that do no harm, trusted inputs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from exact_quantum import integer_functional, label, random_realisation
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import (
    Assemblage,
    Functional,
    InputError,
    InstrumentalAssemblage,
    NotProved,
    bound,
    member,
)
from exactsteer.api import validate, visibility
from exactsteer.constructions.states import white_noise
from exactsteer.kernel.errors import Declined
from exactsteer.kernel.matrix import rational_matrix
from exactsteer.literature.bipartite_generalised import printed_assemblage, steering_inequality
from exactsteer.literature.examples import i3322
from exactsteer.prover.prove import Enclosure, exclude, prove
from exactsteer.scenario import Scenario
from exactsteer.statements import BoxExcluded, Member
from exactsteer.statements.words import Letter, Party, parse_word, parties_of, word_set, word_text

TWO = Scenario(((2, 2), (2, 2)), 1)


@pytest.mark.parametrize(
    ("level", "value"),
    # Navascués, Pironio, Acín (2008) and Pál, Vértesi, PRA 82, 022116 (2010). Level 1 is 3/8 there;
    # ours also asks for p ≥ 0, and is (√3 - 1)/2.
    [("1", "0.366025404"), ("1+AB", "0.251470902"), ("2", "0.250939724")],
)
def test_the_levels_of_i3322(level: str, value: str) -> None:
    answer = bound(i3322(), level, "max")
    assert answer.width <= Fraction(1, 10**9)
    assert abs(answer.upper - Fraction(value)) < Fraction(1, 10**8)


def test_a_larger_set_is_never_worse() -> None:
    functional = Functional(TWO, integer_functional(np.random.default_rng(3), TWO))
    before = None
    for level in ("1", "1+AB", "almost-quantum", "1+AB+AAB", "2", "3"):
        answer = bound(functional, level)
        assert before is None or before <= answer.upper
        before = answer.lower


@pytest.mark.parametrize("scenario", [TWO, Scenario(((2, 3),), 2, 1)], ids=str)
def test_level_one_with_all_pairs_is_almost_quantum(scenario: Scenario) -> None:
    assert set(word_set(scenario, "1+AB").words) == set(word_set(scenario, "almost-quantum").words)


def test_words_that_vanish_or_depend_on_others_do_no_harm() -> None:
    scenario = Scenario(((2, 2), (2, 2)), 2)
    functional = Functional(scenario, integer_functional(np.random.default_rng(4), scenario))
    words = [word_text(word) for word in word_set(scenario, "almost-quantum").words]
    more = ["1|0; _", "1|0; 1|1", "0|0 1|0; _", "0|0 0|0; 0|1", *words, *words]
    plain, padded = bound(functional), bound(functional, more)
    assert set(word_set(scenario, tuple(more)).words) == set(word_set(scenario, tuple(words)).words)
    assert max(plain.lower, padded.lower) <= min(plain.upper, padded.upper)
    assert padded.width <= Fraction(1, 10**9)


def test_longer_words_of_one_party_do_no_harm() -> None:
    """A single party is always quantum: no level gives more than no-signalling."""
    scenario = Scenario(((2, 2),), 2)
    functional = Functional(scenario, integer_functional(np.random.default_rng(5), scenario))
    answers = [bound(functional, level) for level in ("1", "2", "3", "5")]
    assert max(a.lower for a in answers) <= min(a.upper for a in answers)


def test_words_are_read_as_they_are_written() -> None:
    scenario = Scenario(((3, 2), (2,)), 2, 2)
    for word in word_set(scenario, "2").words:
        assert parse_word(word_text(word), parties_of(scenario)) == word


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("1+AC", "the parties of this scenario are A to B"),
        ("quantum", "is not a level"),
        ("0", "is not a level"),
        ("1+", "is not a level"),
        ("", "is not a level"),
        ((), ""),
        (("0|0",), "one of 2 parties"),
        (("0|0; 2|0",), "party 2 has no letter '2|0'"),
        (("0|0; 0|2",), "party 2 has no letter '0|2'"),
        (("0|0; 0,1|0",), "party 2 has no letter '0,1|0'"),
        (("0|0; x",), "letter 'x' is not"),
    ],
)
def test_sets_that_do_not_exist(name: Any, message: str) -> None:
    functional = Functional(TWO, {label((0, 0), (0, 0)): rational_matrix(1, [[1]])})
    if not message:  # only the empty word is left, and positivity of the elements
        assert bound(functional, name, "max").upper >= 1
        return
    with pytest.raises(InputError, match=message) as error:
        bound(functional, name)
    assert "\n" not in str(error.value)


def test_products_of_matrix_units() -> None:
    qubit = Party((2, 2), True)
    up, raising, lowering = Letter(0, 0, 0), Letter(0, 1, 0), Letter(1, 0, 0)
    assert qubit.times((raising,), (lowering,)) == {(up,): 1}
    assert qubit.times((lowering,), (raising,)) == {(): 1, (up,): -1}
    assert qubit.times((raising,), (raising,)) == {}
    other = Letter(0, 1, 1)
    # N⁰₁₀N⁰₀₁ between units of the other input: what is left of it meets again.
    assert qubit.reduced((other, lowering, raising, other)) == {(other, up, other): -1}
    assert Party((2,)).reduced((Letter(1, 1, 0), Letter(0, 0, 0))) == {}


def test_a_set_too_large_says_so() -> None:
    with pytest.raises(Declined, match="512"):
        word_set(Scenario(((9, 9, 9), (9, 9, 9)), 1), "2")


@settings(max_examples=8)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_one_trusted_input_is_no_trusted_input(seed: int, dimension: int) -> None:
    """Matrix units of a single input give the same set as matrix coefficients."""
    plain = Scenario(((2, 2),) if dimension > 1 else ((2, 2), (2, 2)), dimension)
    elements = integer_functional(np.random.default_rng(seed), plain)
    as_units = {label(*key.parties, trusted=0): matrix for key, matrix in elements.items()}
    one = bound(Functional(plain, elements), sense="max")
    other = bound(Functional(Scenario(plain.outcomes, dimension, 1), as_units), sense="max")
    assert max(one.lower, other.lower) <= min(one.upper, other.upper)
    assert max(one.width, other.width) <= Fraction(1, 10**8)


def test_trusted_inputs_of_dimension_one_are_no_inputs() -> None:
    scenario = Scenario(((2, 2), (2, 2)), 1, 3)
    elements = integer_functional(np.random.default_rng(1), TWO)
    functional = {label(*key.parties, trusted=2): matrix for key, matrix in elements.items()}
    one, other = bound(Functional(TWO, elements)), bound(Functional(scenario, functional))
    assert max(one.lower, other.lower) <= min(one.upper, other.upper)


def test_the_inequality_of_theorem_four() -> None:
    """Its bound is 2√6, below the 6 of Eq. 6; level 2 does not improve it."""
    answers = [bound(steering_inequality(), level, "max") for level in ("1+AB", "2")]
    for answer in answers:
        assert answer.lower**2 <= 24 <= answer.upper**2
        assert answer.width <= Fraction(1, 10**9)


def test_bob_with_input_from_both_sides() -> None:
    for theorem in (3, 4):
        answer = member(printed_assemblage(theorem))
        assert answer.verdict == "postquantum"
    scenario = Scenario(((2, 2),), 2, 2)
    table = random_realisation(7, scenario).assemblage()
    assert member(Assemblage.from_elements(scenario, table)).verdict == "almost-quantum"


def test_members_of_higher_levels() -> None:
    scenario = Scenario(((2, 2), (2, 2)), 2)
    sigma = Assemblage.from_elements(scenario, random_realisation(2, scenario).assemblage())
    for level in ("1", "2"):
        answer = member(sigma, outer_set=level)
        assert answer.verdict == f"level-{level}"
        assert answer.proof is not None
        assert f"is level-{level}" in answer.proof.theorem


def test_an_instrumental_assemblage_is_excluded_or_undecided() -> None:
    """A PR box steers instrumentally nothing that quantum theory could not: decided by the set."""
    sigma = InstrumentalAssemblage.of(printed_assemblage(3))
    assert "general instrumental assemblage" in validate(sigma).theorem
    assert member(sigma).verdict == "undecided"


def noisy(weight: Fraction) -> Assemblage:
    scenario = Scenario(((2, 2), (2, 2)), 1)
    table = {}
    for key in scenario.labels():
        (a, x), (b, y) = (part for part in key.parties if part is not None)
        value = weight * Fraction(int((a + b) % 2 == x * y), 2) + (1 - weight) * Fraction(1, 4)
        table[key] = rational_matrix(value.denominator, [[value.numerator]])
    return Assemblage.from_elements(scenario, table)


@settings(max_examples=10)
@given(st.fractions(Fraction(72, 100), 1, max_denominator=100))
def test_visibility_of_noisy_pr_boxes(weight: Fraction) -> None:
    """weight·v is 1/√2 at the threshold, whatever the weight."""
    answer: Enclosure = visibility(noisy(weight))
    assert (weight * answer.lower) ** 2 <= Fraction(1, 2) <= (weight * answer.upper) ** 2
    assert answer.width <= Fraction(1, 10**9)


def test_visibility_with_noise_of_ones_own() -> None:
    """A noisy box of weight 0.35: the mixture has weight v + 0.35(1 - v), 1/√2 at the threshold."""
    answer = visibility(noisy(Fraction(1)), noisy(Fraction(35, 100)))
    for v, inside in ((answer.lower, True), (answer.upper, False)):
        weight = v + (1 - v) * Fraction(35, 100)
        assert (weight**2 <= Fraction(1, 2)) == inside


def test_visibility_of_other_scenarios_is_refused() -> None:
    with pytest.raises(InputError, match="different scenarios"):
        visibility(noisy(Fraction(1)), white_noise(Scenario(((2, 2), (2, 2)), 2)))


def test_a_quantum_assemblage_has_visibility_at_least_one() -> None:
    scenario = Scenario(((2, 2), (2,)), 2)
    sigma = Assemblage.from_elements(scenario, random_realisation(3, scenario).assemblage())
    assert visibility(sigma, tolerance="1e-6").upper >= 1


@settings(max_examples=6)
@given(st.integers(0, 2**32), st.sampled_from(["1", "2", "1+AA"]))
def test_quantum_assemblages_are_in_every_level(seed: int, level: str) -> None:
    scenario = Scenario(((2, 2),), 2, 2)
    sigma = Assemblage.from_elements(scenario, random_realisation(seed, scenario, rank=2).assemblage())
    words = word_set(scenario, level)
    with pytest.raises(NotProved, match="not excluded"):
        exclude(BoxExcluded(scenario, words, sigma.independent(), Fraction(0)))
    full = Assemblage.from_elements(scenario, random_realisation(seed, scenario).assemblage())
    assert prove(Member(scenario, words, full.table)).theorem.startswith("The assemblage")
