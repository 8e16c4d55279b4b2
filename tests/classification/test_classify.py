"""One call tells LHS, quantum and postquantum apart in every scenario, or says what is left open."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from exact_quantum import random_realisation
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import (
    Assemblage,
    InputError,
    InstrumentalAssemblage,
    PrintedAssemblage,
    SequentialAssemblage,
    check,
    classify,
    member,
)
from exactsteer.classification import Classification, Neighbourhood
from exactsteer.constructions.states import white_noise
from exactsteer.constructions.uncorrelated import uncorrelated_model
from exactsteer.exact.matrices import scaled
from exactsteer.exact.numbers import approximation
from exactsteer.kernel.matrix import Matrix, identity, matrix_of
from exactsteer.literature.bipartite_generalised import printed_assemblage
from exactsteer.literature.examples import pr_box
from exactsteer.literature.many_parties import printed_example
from exactsteer.literature.noise import with_white_noise
from exactsteer.literature.postquantum_steering import table_1
from exactsteer.scenario import Label, Scenario
from exactsteer.statements.hidden_states import answers, strategies
from exactsteer.steering.assemblage import largest_entry

HALF = Fraction(1, 2)


def noisy(assemblage: Assemblage, visibility: Fraction) -> Assemblage:
    return with_white_noise(assemblage, 1 - visibility)


def steered(visibility: float = 1.0) -> Any:
    """sigma[a, x]: X and Z of half a maximally entangled pair of qubits, with noise."""
    x, z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])
    table = np.zeros((2, 2, 2, 2))
    for a, sign in enumerate((1, -1)):
        for k, pauli in enumerate((x, z)):
            table[a, k] = (np.eye(2) + sign * visibility * pauli) / 4
    return table


def accepted(answer: Classification) -> bool:
    verdicts = {check(proof.bytes()).status for proof in answer.proofs.values()}
    return verdicts == {"accepted"}


@st.composite
def hidden(draw: st.DrawFn) -> tuple[Scenario, dict[Label, Matrix]]:
    """An LHS assemblage by construction: a random state for each deterministic strategy."""
    outcomes = draw(st.sampled_from([((2, 2),), ((2, 3),), ((2,), (2, 2)), ((1, 2), (2,))]))
    dimension, inputs = draw(st.integers(1, 2)), draw(st.sampled_from([None, 2]))
    scenario = Scenario(outcomes, dimension, inputs)
    own = list(strategies(scenario.outcomes))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = [Fraction(int(n)) for n in rng.integers(0, 4, len(own))]
    weights[0] += 1
    total = sum(weights, Fraction(0))
    states = {
        (k, y): random_state(rng, dimension)
        for k, y in product(range(len(own)), scenario.inputs_of_trusted())
    }
    table = {}
    for label in scenario.labels():
        element = scaled(identity(dimension), Fraction(0))
        for k, strategy in enumerate(own):
            if answers(strategy, label):
                element = element + scaled(states[k, label.trusted], weights[k] / total)
        table[label] = element.reduced()
    return scenario, table


def random_state(rng: np.random.Generator, size: int) -> Matrix:
    from exact_quantum import random_state as exact_state

    return exact_state(rng, size, int(rng.integers(1, size + 1))).matrix()


@settings(max_examples=12)
@given(hidden())
def test_lhs_by_construction_is_never_steerable(case: tuple[Scenario, dict[Label, Matrix]]) -> None:
    """Many of these are on the boundary, where it may be left open."""
    sigma = Assemblage.from_elements(*case)
    if sigma.scenario.trusted_inputs is None:  # a search for channels would take long
        answer = classify(sigma)
        assert answer.verdict in ("LHS", "quantum", "undecided")
        assert not answer.is_steerable
        assert accepted(answer)
    assert member(sigma, "LHS").verdict in ("LHS", "undecided")
    inside = classify(noisy(sigma, Fraction(9, 10)))
    assert inside.verdict == "LHS"
    assert accepted(inside)


@settings(max_examples=6)
@given(st.integers(0, 10**6))
def test_quantum_by_construction_is_never_postquantum(seed: int) -> None:
    scenario = Scenario(((2, 2), (2, 2)), 2)
    sigma = Assemblage.from_elements(scenario, random_realisation(seed, scenario).assemblage())
    answer = classify(noisy(sigma, Fraction(95, 100)))
    assert answer.verdict in ("LHS", "quantum", "undecided")
    assert accepted(answer)


def test_one_party_is_always_quantum() -> None:
    """Whatever it is, and with a box around it that holds singular and other matrices."""
    exact = classify(Assemblage.from_array(steered(), "outcomes-first"))
    assert (exact.verdict, exact.is_steerable) == ("quantum", True)
    assert sorted(exact.proofs) == ["quantum", "steerable", "valid"]
    assert accepted(exact)
    pure = classify(PrintedAssemblage.from_array(steered(), "outcomes-first"))
    assert pure.verdict == "quantum"
    assert pure.radius == Fraction(1, 200)  # the entries are 0.0, 0.25 and 0.5
    assert "GHJW" in pure.remark
    mixed = classify(Assemblage.from_array(steered(0.8), "outcomes-first"), radius="0.001")
    assert (mixed.verdict, mixed.is_steerable, mixed.remark) == ("quantum", True, "")
    assert "within 0.001 of the matrices of this claim" in mixed.proofs["quantum"].theorem
    assert accepted(mixed)


def test_two_parties() -> None:
    assert classify(noisy(pr_box(2), Fraction(2, 5))).verdict == "LHS"
    answer = classify(noisy(pr_box(2), Fraction(3, 5)))
    assert (answer.verdict, answer.is_steerable) == ("quantum", True)
    assert accepted(answer)
    near = classify(noisy(pr_box(2), Fraction(3, 5)), radius="1e-4")
    assert near.verdict == "quantum"
    assert near.radius == Fraction(1, 10**4)
    assert near.proofs["quantum"].certificate.claim.kind == "quantum-box"
    assert accepted(near)
    beyond = classify(table_1(), radius=Fraction(5, 10**5))
    assert (beyond.verdict, beyond.is_steerable) == ("postquantum", True)
    assert beyond.radius is not None
    assert beyond.radius > Fraction(5, 10**5)
    assert accepted(beyond)


def test_a_box_over_a_boundary_is_left_open() -> None:
    """Visibility 0.7 of the PR box is quantum, and 0.71 is not: entries 0.0025 apart."""
    answer = classify(noisy(pr_box(1), Fraction(7, 10)), radius="0.003")
    assert answer.verdict == "undecided"
    assert answer.proof is None
    assert answer.gap is not None
    assert float(approximation(answer.gap)) < 0.03
    assert answer.proofs["quantum-nearby"].certificate.claim.kind == "quantum-realisation"
    assert "undecided, Bell-nonlocal" in str(answer)
    assert accepted(answer)


def test_the_gap_is_the_distance_of_what_is_proved_quantum() -> None:
    sigma = noisy(pr_box(1), Fraction(707, 1000))
    answer = classify(sigma)
    assert answer.verdict in ("quantum", "undecided")
    if answer.gap is not None:
        claim: Any = answer.proofs["quantum-nearby"].certificate.claim
        from exactsteer.statements import QuantumRealisation

        nearby = QuantumRealisation.read(claim).assemblage
        away = max(largest_entry(nearby[k] - matrix) for k, matrix in sigma.table.items())
        assert away == answer.gap
        assert "almost-quantum" in answer.proofs


def test_trusted_party_with_input() -> None:
    postquantum = classify(printed_assemblage(4))
    assert postquantum.verdict == "postquantum"
    local = classify(noisy(printed_assemblage(3), Fraction(1, 3)), radius="0.001")
    assert local.verdict == "LHS"
    assert local.proofs["LHS"].certificate.claim.kind == "member-box"
    assert accepted(postquantum)
    assert accepted(local)


def test_instrumental() -> None:
    sigma = InstrumentalAssemblage.of(noisy(printed_assemblage(3), Fraction(1, 3)))
    answer = classify(sigma)
    assert answer.verdict == "LHS"
    assert "so they are an LHS instrumental assemblage" in answer.proofs["LHS"].theorem
    assert accepted(answer)
    assert member(sigma, "LHS").verdict == "LHS"
    # Of those within a radius it cannot be shown what they are, the other elements being unknown.
    assert member(sigma, "LHS", radius="0.001").verdict == "undecided"


def test_sequential() -> None:
    coins = np.full((2, 2, 1, 2, 2, 2), 0.125) * np.eye(2)
    sigma = SequentialAssemblage.from_array(coins, "outcomes-first")
    answer = classify(sigma)
    assert (answer.verdict, answer.is_steerable) == ("quantum", None)
    assert accepted(answer)
    with pytest.raises(InputError, match="every valid sequential assemblage is quantum"):
        classify(sigma, radius="0.1")


def test_several_trusted_parties() -> None:
    answer = classify(printed_example(9))
    assert answer.verdict == "postquantum"
    assert answer.radius is not None
    assert answer.radius > Fraction(2, 1000)
    # Example 7, whose correlations in Witworld are postquantum, is not even steerable.
    local = classify(printed_example(7))
    assert local.verdict == "LHS"
    assert accepted(answer)
    assert accepted(local)


def test_too_many_strategies_do_not_end_it() -> None:
    """2^20 strategies: whether it is LHS stays open, not whether it is quantum."""
    sigma = white_noise(Scenario(((2,) * 20,), 2))
    answer = classify(sigma)
    assert (answer.verdict, answer.is_steerable) == ("quantum", None)
    assert any("deterministic strategies" in step for step in answer.steps)
    assert "(not decided: whether it is LHS)" in str(answer)


def test_a_printed_box_is_not_smaller_than_its_distance() -> None:
    signalling = steered(0.8)
    signalling[0, 0] += 1e-3 * np.diag([1, 0])
    printed = PrintedAssemblage.from_array(signalling, "outcomes-first")
    near = Neighbourhood.of(printed, "1e-9")
    distance = printed.distance(printed.nearest())
    assert near.radius >= distance > Fraction(1, 10**5)
    assert near.reach >= near.radius + distance


@pytest.mark.parametrize("inputs", [None, 2])
@pytest.mark.parametrize("dimension", [1, 2])
@pytest.mark.parametrize("outcomes", [((2, 2),), ((2, 3), (2,)), ((1, 2), (2,), (2,))])
def test_uncorrelated_parties_are_lhs(
    outcomes: tuple[tuple[int, ...], ...], dimension: int, inputs: int | None
) -> None:
    """Deterministic ones too, which are on every boundary."""
    scenario = Scenario(outcomes, dimension, inputs)
    pure = matrix_of([[int(r == c == 0) for c in range(dimension)] for r in range(dimension)])
    table = {}
    for label in scenario.labels():
        always_last = all(
            part[0] == outcomes[p][part[1]] - 1 for p, part in enumerate(label.parties) if part
        )
        table[label] = pure if always_last else scaled(pure, Fraction(0))
    answer = classify(Assemblage.from_elements(scenario, table))
    assert answer.verdict == "LHS"
    assert accepted(answer)


def test_correlated_parties_are_no_product() -> None:
    assert uncorrelated_model(pr_box(2)) is None
    assert uncorrelated_model(Assemblage.from_array(steered(), "outcomes-first")) is None
    assert uncorrelated_model(white_noise(Scenario(((2,) * 20,), 2))) is None
    assert uncorrelated_model(white_noise(Scenario.with_bobs(((2, 2),), (2, 2)))) is None


def test_arguments() -> None:
    sigma = Assemblage.from_array(steered(), "outcomes-first")
    with pytest.raises(InputError, match=r"set LHS: that is decided anyway"):
        classify(sigma, outer_set="LHS")
    with pytest.raises(InputError, match="not negative"):
        classify(sigma, radius="-1")
    with pytest.raises(InputError, match="an Assemblage or InstrumentalAssemblage"):
        classify(steered())
