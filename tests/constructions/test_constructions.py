"""Constructed realisations reproduce random exact assemblages, and the kernel accepts them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from exact_quantum import (
    Gaussian,
    gaussian,
    random_povm,
    random_realisation,
    random_state,
    scenarios,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import Assemblage, InputError, SequentialAssemblage, check, realise
from exactsteer.constructions.ghjw import ghjw, with_povms
from exactsteer.constructions.gleason import (
    bipartite_gleason,
    marginal_correlations,
)
from exactsteer.constructions.maps import after_decomposable_map, correlations_after
from exactsteer.constructions.pseudo import pseudo_lhs
from exactsteer.constructions.states import assemblage_of
from exactsteer.exact.matrices import adjoint, permuted, product, scaled, tensor
from exactsteer.exact.squares import four_squares
from exactsteer.inside import pseudo_realisation
from exactsteer.kernel.matrix import Matrix, identity, matrix_of, transpose
from exactsteer.literature.examples import pr_box
from exactsteer.literature.formalism import BREUER_HALL
from exactsteer.literature.formalism import assemblage as section_5
from exactsteer.literature.formalism_realisations import last_qubit_traced, reduction
from exactsteer.prover.prove import prove
from exactsteer.scenario import Label, Scenario
from exactsteer.statements import QuantumRealisation
from exactsteer.statements.realisation import Measurements, Realisation, SectorState
from exactsteer.steering.layouts import exact_hermitian
from exactsteer.steering.maps import LinearMap, identity_map, transposition

seeds = st.integers(0, 2**32)
one_party = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(lambda own: (tuple(own),))


def accepted(sigma: Assemblage, realisation: Realisation) -> bool:
    """Whether the kernel accepts that the realisation gives σ."""
    proof = prove(QuantumRealisation(sigma.scenario, sigma.table, realisation, sigma.field))
    return check(proof.bytes()).status == "accepted"


def measurements_of(rng: np.random.Generator, size: int, outcomes: list[int]) -> Measurements:
    return tuple(
        tuple(effect.matrix() for effect in random_povm(rng, size, count)) for count in outcomes
    )


def random_kraus(rng: np.random.Generator, size: int, count: int) -> list[Matrix]:
    """Kraus operators of a channel on C^size: blocks of an exact isometry, by reflections."""
    isometry = reflected(rng, size * count)
    return [block(isometry, k * size, size) for k in range(count)]


def reflected(rng: np.random.Generator, size: int) -> Gaussian:
    """A unitary 1 - 2vv†/v†v over Q(i)."""
    vector = gaussian(rng, size, 1)
    norm = (vector.adjoint() @ vector).trace() or Fraction(1)
    one = np.array([[Fraction(int(r == c)) for c in range(size)] for r in range(size)], dtype=object)
    return Gaussian(one, one * 0) - (vector @ vector.adjoint()).scaled(2 / norm)


def block(unitary: Gaussian, start: int, size: int) -> Matrix:
    re, im = (part[start : start + size, :size].tolist() for part in (unitary.re, unitary.im))
    return matrix_of(re, im)


@settings(deadline=None, max_examples=40)
@given(seeds, one_party, st.integers(1, 4), st.integers(1, 3))
def test_every_bipartite_assemblage_is_quantum(
    seed: int, outcomes: tuple[tuple[int, ...]], dimension: int, rank: int
) -> None:
    """GHJW, with reduced states of every rank."""
    scenario = Scenario(outcomes, dimension)
    sigma = Assemblage(scenario, random_realisation(seed, scenario, rank=rank).assemblage())
    raw = ghjw(sigma)
    normal = with_povms(raw)
    assert normal.has_povms
    assert normal.states[0].state.trace() == 1
    for realisation in (raw, normal):
        found = realisation.elements(sigma.table)
        assert all((found[label] - matrix).vanishes for label, matrix in sigma.table.items())
        assert accepted(sigma, realisation)


def test_a_singular_reduced_state_needs_no_full_space() -> None:
    half = exact_hermitian([["1/2", 0, 0], [0, "1/2", 0], [0, 0, 0]], 3, "half")
    quarter = exact_hermitian([["1/4", "1/4", 0], ["1/4", "1/4", 0], [0, 0, 0]], 3, "plus")
    table = {
        Label(((0, 0),)): quarter,
        Label(((1, 0),)): (half - quarter).reduced(),
    }
    realised = realise(Assemblage.from_elements(Scenario(((2,),), 3), table))
    assert realised.realisation is not None
    assert realised.realisation.dimensions == [2, 3]  # 1/2 = |(1 + i)/2|²


def test_a_field_without_the_roots_keeps_the_sum_of_the_effects() -> None:
    """diag(√2/2, 1 - √2/2) is not the sum of squares over Q(√2): its conjugate is indefinite."""
    state = exact_hermitian([["sqrt(2)/2", 0], [0, "1 - sqrt(2)/2"]], 2, "state")
    sigma = Assemblage.from_elements(Scenario(((1,),), 2), {Label(((0, 0),)): state})
    realised = realise(sigma)
    assert realised.realisation is not None
    assert not realised.realisation.has_povms
    assert "C^(-1/2)" in realised.proof.theorem
    with pytest.raises(InputError, match="square root of"):
        with_povms(realised.realisation)


@settings(deadline=None, max_examples=25)
@given(seeds, scenarios(parties=3, inputs=2, outcomes=3))
def test_pseudo_lhs_models(seed: int, scenario: Scenario) -> None:
    """Theorem 5 for any number of parties, inputs and outcomes."""
    sigma = Assemblage(scenario, random_realisation(seed, scenario).assemblage())
    model = pseudo_lhs(sigma)
    assert model.realisation.is_classical
    total = sum(term.state.trace() for term in model.realisation.states)
    assert total - model.negativity == 1
    proof = pseudo_realisation(sigma)
    assert check(proof.bytes()).status == "accepted"
    assert "pseudo-LHS" in proof.theorem


@pytest.mark.parametrize("sigma", [pr_box(2), section_5()], ids=["pr", "section-5"])
def test_pseudo_lhs_models_of_postquantum_assemblages(sigma: Assemblage) -> None:
    assert check(pseudo_realisation(sigma).bytes()).status == "accepted"


@settings(deadline=None, max_examples=20)
@given(seeds, st.integers(1, 2), st.integers(1, 3), st.integers(1, 3))
def test_decomposable_maps_keep_assemblages_quantum(
    seed: int, parties: int, first_rank: int, second_rank: int
) -> None:
    rng = np.random.default_rng(seed)
    scenario = Scenario(((2, 3),) * parties, 2)
    given_state = random_state(rng, 2**parties * 2, 2).matrix()
    measurements = tuple((measurements_of(rng, 2, [2, 3]),) for _ in range(parties))
    quantum = Realisation(measurements, (SectorState((0,) * parties, given_state),))
    weight = Fraction(int(rng.integers(0, 5)), 4)
    first = LinearMap.from_kraus(random_kraus(rng, 2, first_rank)).times(weight)
    second = LinearMap.from_kraus(random_kraus(rng, 2, second_rank)).times(1 - weight)
    positive = first + second.then_transposed()
    table = {k: positive(m) for k, m in quantum.elements(scenario.labels()).items()}
    sigma = Assemblage.from_elements(scenario, table)
    assert accepted(sigma, after_decomposable_map(quantum, first, second))


@settings(deadline=None, max_examples=10)
@given(seeds, st.sampled_from(["transposition", "reduction", "breuer-hall"]))
def test_positive_maps_keep_correlations_quantum(seed: int, name: str) -> None:
    rng = np.random.default_rng(seed)
    positive = {"transposition": transposition(4), "reduction": reduction(4)}.get(name, BREUER_HALL)
    quantum = Realisation(
        ((measurements_of(rng, 2, [2, 2]),),),
        (SectorState((0,), random_state(rng, 8, 3).matrix()),),
    )
    bob = measurements_of(rng, 4, [3])
    scenario = Scenario(((2, 2), (3,)), 1)
    found = correlations_after(quantum, positive, bob)
    for label, number in found.elements(scenario.labels()).items():
        alice, (b, y) = label.parties[0], label.parties[1] or (0, 0)
        steered = positive(quantum.elements([Label((alice,))])[Label((alice,))])
        assert product(bob[y][b], steered).trace() == number.trace()
    sigma = Assemblage.from_elements(scenario, found.elements(scenario.labels()))
    assert accepted(sigma, found)


@settings(deadline=None, max_examples=15)
@given(seeds, st.integers(2, 3))
def test_bipartite_gleason_assemblages_are_quantum(seed: int, size: int) -> None:
    """For witnesses P + (1 ⊗ T)[Q]."""
    rng = np.random.default_rng(seed)
    witness = decomposable_witness(rng, size, size)
    measurements = measurements_of(rng, size, [2, 3])
    sigma = assemblage_of(witness, [measurements])
    assert accepted(sigma, with_povms(bipartite_gleason(witness, measurements)))


@settings(deadline=None, max_examples=15)
@given(seeds)
def test_marginal_correlations_of_gleason_assemblages_are_quantum(seed: int) -> None:
    """Remark 8."""
    rng = np.random.default_rng(seed)
    witness = decomposable_witness(rng, 4, 2)
    own = [measurements_of(rng, 2, [2, 2]) for _ in range(2)]
    sigma = assemblage_of(witness, own)
    table = {label: matrix_of([[m.trace()]]) for label, m in sigma.table.items()}
    correlations = Assemblage.from_elements(Scenario(((2, 2), (2, 2)), 1), table)
    found = marginal_correlations(last_qubit_traced(witness), own[0], own[1])
    assert accepted(correlations, found)


def decomposable_witness(rng: np.random.Generator, first: int, second: int) -> Matrix:
    one, other = (random_state(rng, first * second, 2).matrix() for _ in range(2))
    turned = transposition(second).on_last(other)
    return (scaled(one, Fraction(1, 3)) + scaled(turned, Fraction(2, 3))).reduced()


def test_what_is_no_witness_is_refused() -> None:
    """(1 - 3/2 Σ|kk⟩⟨ll|) has trace 1, and is negative on |00⟩."""
    operator = (identity(4) - scaled(identity_map(2).choi, Fraction(3, 2))).reduced()
    computational = exact_hermitian([[1, 0], [0, 0]], 2, "|0⟩⟨0|")
    effects = ((computational, (identity(2) - computational).reduced()),)
    with pytest.raises(InputError, match="not positive semidefinite"):
        assemblage_of(operator, [effects])


@settings(deadline=None, max_examples=200)
@given(st.fractions(min_value=0))
def test_four_squares(value: Fraction) -> None:
    roots = four_squares(value)
    assert sum(root * root for root in roots) == value
    assert len(roots) <= 4
    assert 0 not in roots


@pytest.mark.parametrize("value", [Fraction(10**300 + 7, 3**50), Fraction(4**200 * 7), Fraction(2**999)])
def test_four_squares_of_large_numbers(value: Fraction) -> None:
    assert sum(root * root for root in four_squares(value)) == value


@settings(deadline=None, max_examples=20)
@given(seeds, st.integers(1, 3), st.integers(1, 3))
def test_linear_maps(seed: int, size: int, rank: int) -> None:
    rng = np.random.default_rng(seed)
    kraus = random_kraus(rng, size, rank)
    channel = LinearMap.from_kraus(kraus)
    state, effect = (random_state(rng, size, size).matrix() for _ in range(2))
    image = kraus[0] - kraus[0]
    for operator in kraus:
        image = image + product(product(operator, state), adjoint(operator))
    assert (channel(state) - image).vanishes
    assert channel(state).trace() == 1
    assert product(effect, channel(state)).trace() == product(channel.dual()(effect), state).trace()
    assert (channel.dual().dual().choi - channel.choi).vanishes
    assert (channel.then_transposed()(state) - transpose(channel(state))).vanishes
    other = random_state(rng, 2, 2).matrix()
    assert (channel.on_last(tensor(other, state)) - tensor(other, channel(state))).vanishes
    with pytest.raises(InputError, match="dimension"):
        channel(identity(size + 1))


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_reordered_factors(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b, c = (random_state(rng, size, 2).matrix() for size in (2, 3, 1))
    whole = tensor(tensor(a, b), c)
    assert (permuted(whole, [2, 3, 1], [2, 1, 0]) - tensor(tensor(c, b), a)).vanishes


def test_constructions_name_what_they_need() -> None:
    with pytest.raises(InputError, match="one uncharacterised party"):
        ghjw(pr_box(2))
    scenario, quarter = Scenario(((2,),), 2, 1), scaled(identity(2), Fraction(1, 4))
    sigma = Assemblage.from_elements(scenario, dict.fromkeys(scenario.labels(), quarter))
    with pytest.raises(InputError, match="without input"):
        pseudo_lhs(sigma)


def test_table_1_is_quantum_as_a_sequence() -> None:
    """Postquantum for two Alices, quantum for one who measures twice."""
    sigma = pr_box(2)
    sequence = SequentialAssemblage.from_elements(sigma.scenario, sigma.table)
    assert check(realise(sequence).proof.bytes()).status == "accepted"
