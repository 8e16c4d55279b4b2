"""The almost-quantum set from both sides: quantum realisations inside, known outsiders outside."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from exact_quantum import almost_quantum, integer_functional, label, random_realisation, scenarios
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import Assemblage, Functional, NotProved, bound, member
from exactsteer.api import value
from exactsteer.exact.ldl import ldl
from exactsteer.kernel.matrix import Matrix, matrix_of, rational_matrix
from exactsteer.kernel.program import Existence, evaluate
from exactsteer.prover.prove import exclude
from exactsteer.scenario import Scenario, marginal
from exactsteer.statements import BoxExcluded, Member
from exactsteer.statements.forms import real_parts
from exactsteer.statements.moments import MomentMatrix
from exactsteer.statements.sets import functional_form, normalisation
from exactsteer.statements.words import adjoint, parse_word, word_set

seeds = st.integers(0, 2**32)


LEVELS = st.sampled_from(["almost-quantum", "1", "2", "1+AA"])


def moments_of(realisation: Any, moments: MomentMatrix) -> Matrix:
    """The unknowns of the moment matrix, each from the definition of its moment."""
    cache: dict[Any, Any] = {}
    values = []
    for unknown in moments.unknowns:
        name = str(unknown.name)
        if name not in cache:
            word = parse_word(name.removeprefix("M[").removesuffix("]"), moments.parties)
            cache[name] = realisation.word(word)
        found = cache[name]
        values.append(
            (found.im if unknown.part == "imaginary" else found.re)[unknown.row, unknown.column]
        )
    return matrix_of([values])


def at(form: Any, point: Matrix) -> Fraction:
    """The value of a real form at a point."""
    constant = form.get(None, 0)
    numbers = point.numerators(0)
    total = sum(c * numbers[i] for i, c in form.items() if i is not None)
    return Fraction(total) / point.denominator + constant


@settings(deadline=None, max_examples=40)
@given(seeds, scenarios(trusted=True), st.integers(1, 4), LEVELS)
def test_moments_of_a_realisation_satisfy_the_program(
    seed: int, scenario: Scenario, rank: int, level: str
) -> None:
    """Γ of random states, measurements and channels: relations, positivity, first row, all exact."""
    realisation = random_realisation(seed, scenario, rank=rank)
    words = word_set(scenario, level)
    moments = MomentMatrix(scenario, words)
    blocks = moments.blocks()
    elements = {key: moments.element(key) for key in scenario.labels()}
    point = moments_of(realisation, moments)
    gamma = evaluate(blocks[0], point)

    # Every block is the moment of its two words, computed from operators and not from the rules.
    size = moments.size
    for k, v in enumerate(words.words):
        for l, w in enumerate(words.words[: k + 1]):
            adjoint_then = tuple(own + other for own, other in zip(adjoint(w), v, strict=True))
            found = realisation.word(adjoint_then)
            for row in range(size):
                for column in range(size):
                    entry = gamma.entry(k * size + row, l * size + column)
                    assert entry == (found.re[row, column], found.im[row, column])
    for block in blocks:
        assert ldl(evaluate(block, point)) is not None

    # The assemblage that the moment matrix speaks of is the realisation's.
    table = realisation.assemblage()
    for key, matrix in table.items():
        for row in range(scenario.dimension):
            for column in range(row + 1):
                parts = real_parts(elements[key][row][column])
                assert tuple(at(part, point) for part in parts) == matrix.entry(row, column)
    functional = integer_functional(np.random.default_rng(seed), scenario)
    proof = value(Functional(scenario, functional), Assemblage.from_elements(scenario, table))
    assert at(functional_form(moments, functional), point) == proof.certificate.claim.bound
    assert at(dict(normalisation(moments).coefficients), point) == 1


@settings(deadline=None, max_examples=15)
@given(seeds, scenarios(outcomes=2, trusted=True), st.booleans(), st.integers(1, 8))
def test_quantum_assemblages_are_never_excluded(
    seed: int, scenario: Scenario, projective: bool, rank: int
) -> None:
    realisation = random_realisation(seed, scenario, projective, rank)
    sigma = Assemblage.from_elements(scenario, realisation.assemblage())
    box = BoxExcluded(scenario, almost_quantum(scenario), sigma.independent(), Fraction(0))
    with pytest.raises(NotProved, match="not excluded"):
        exclude(box)
    assert member(sigma).verdict != "postquantum"


@settings(deadline=None, max_examples=10)
@given(seeds, scenarios(outcomes=2, trusted=True), st.booleans())
def test_quantum_values_respect_the_bound(seed: int, scenario: Scenario, projective: bool) -> None:
    table = random_realisation(seed, scenario, projective, rank=2).assemblage()
    sigma = Assemblage.from_elements(scenario, table)
    functional = Functional(scenario, integer_functional(np.random.default_rng(seed), scenario))
    reached = value(functional, sigma).certificate.claim.bound
    assert reached is not None
    lowest = bound(functional, sense="min")
    highest = bound(functional, sense="max")
    assert lowest.lower <= reached <= highest.upper
    assert max(lowest.width, highest.width) < Fraction(1, 10**7)


@pytest.mark.parametrize("seed", range(3))
def test_full_rank_realisations_are_members(seed: int) -> None:
    scenario = Scenario(((2, 2), (2, 2)), 2)
    table = random_realisation(seed, scenario).assemblage()
    assert member(Assemblage.from_elements(scenario, table)).verdict == "almost-quantum"


def correlations(test: Any, parties: int, weight: float) -> np.ndarray[Any, Any]:
    """Uniform correlations on the (outcomes, inputs) that pass the test, trusted dimension 1."""
    array = np.zeros((2,) * (2 * parties) + (1, 1))
    for index in np.ndindex(*(2,) * (2 * parties)):
        outcomes, inputs = index[:parties], index[parties:]
        array[index] = weight * test(outcomes, inputs)
    return array


def pr_box(outcomes: Any, inputs: Any) -> bool:
    return bool((outcomes[0] + outcomes[1]) % 2 == inputs[0] * inputs[1])


def test_the_pr_box_is_excluded_up_to_the_distance_of_tsirelson() -> None:
    sigma = Assemblage.from_array(correlations(pr_box, 2, 0.5), "outcomes-first")
    answer = member(sigma)
    assert answer.verdict == "postquantum"
    assert answer.radius is not None
    assert 0.05 < answer.radius < 0.1


def test_the_pr_box_times_a_qubit_state_is_excluded() -> None:
    box = correlations(pr_box, 2, 0.5)
    state = np.array([[0.75, 0.125 - 0.25j], [0.125 + 0.25j, 0.25]])
    answer = member(Assemblage.from_array(box * state, "outcomes-first"), radius="0.001")
    assert answer.verdict == "postquantum"


def test_three_parties_one_postquantum() -> None:
    """A PR box beside an independent coin, seen by three parties and a trusted qubit."""
    array = correlations(lambda a, x: pr_box(a[:2], x[:2]), 3, 0.25) * np.eye(2) / 2
    assert member(Assemblage.from_array(array, "outcomes-first")).verdict == "postquantum"


@pytest.mark.parametrize(
    ("coefficient", "parties", "optimum"),
    [
        # CHSH: Tsirelson's 2√2.
        (lambda a, x: (-1) ** (sum(a) + x[0] * x[1]), 2, 8**0.5),
        # Mermin's inequality of three parties: 4, reached by quantum theory.
        (lambda a, x: (-1) ** sum(a) * {0: 0, 1: 1, 2: 0, 3: -1}[sum(x)], 3, 4.0),
    ],
    ids=["CHSH", "Mermin"],
)
def test_known_maxima(coefficient: Any, parties: int, optimum: float) -> None:
    array = np.zeros((2,) * (2 * parties) + (1, 1))
    for index in np.ndindex(*(2,) * (2 * parties)):
        array[index] = coefficient(index[:parties], index[parties:])
    answer = bound(Functional.from_array(array, "outcomes-first"), sense="max")
    assert float(answer.lower) - 1e-12 <= optimum <= float(answer.upper) + 1e-12
    assert answer.width <= Fraction(1, 10**9)


def test_three_outcomes() -> None:
    """CGLMP with three outcomes: 1 + √(11/3) = 2.9149, which this level reaches."""
    array = np.zeros((3, 3, 2, 2, 1, 1))
    for a, b in np.ndindex(3, 3):
        # I_3 = Σ_k (1 - k) [P(A1=B1+k) + P(B1=A2+k+1) + P(A2=B2+k) + P(B2=A1+k) - …(-k-1)…]
        for k, sign in ((0, 1), (1, -1)):
            shift = k if sign > 0 else -1
            array[a, b, 0, 0] += sign * ((a - b) % 3 == shift % 3)
            array[a, b, 1, 0] += sign * ((b - a) % 3 == (shift + 1) % 3)
            array[a, b, 1, 1] += sign * ((a - b) % 3 == shift % 3)
            array[a, b, 0, 1] += sign * ((b - a) % 3 == shift % 3)
    answer = bound(Functional.from_array(array, "outcomes-first"), sense="max")
    assert float(answer.lower) - 1e-12 <= 1 + (11 / 3) ** 0.5 <= float(answer.upper) + 1e-12


def test_marginals_of_a_member_claim_are_the_tables() -> None:
    """The program of `member` has the assemblage as data, so it has no normalisation unknown."""
    scenario = Scenario(((2,),), 1)
    half = rational_matrix(2, [[1]])
    table = {label((0, 0)): half, label((1, 0)): half}
    program = Member(scenario, almost_quantum(scenario), table).program()
    assert not program.unknowns
    assert isinstance(program.goal, Existence)
    assert marginal(scenario, table, label(None)).trace() == 1
