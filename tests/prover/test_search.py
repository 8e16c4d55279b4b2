"""See-saw, realisations by search, negativity: found ones are proved, others refused with a reason."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

import numpy as np
import pytest
from exact_quantum import integer_functional, scenarios
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import (
    Assemblage,
    Functional,
    InputError,
    InstrumentalAssemblage,
    bound,
    check,
    realise,
)
from exactsteer.constructions.states import white_noise
from exactsteer.exact.matrices import mixture
from exactsteer.exact.numbers import approximation
from exactsteer.inside import negativity, strategy
from exactsteer.literature.bipartite_generalised import printed_assemblage, steering_inequality
from exactsteer.literature.examples import i3322, pr_box
from exactsteer.literature.formalism import functional as section_5_functional
from exactsteer.prover.central_path import CentralPath, central_point
from exactsteer.prover.numeric import dual_of, numeric_program
from exactsteer.prover.points import Journal
from exactsteer.prover.prove import prove
from exactsteer.prover.realise import MeasuredColumns, realise_by_columns
from exactsteer.prover.rounding import solve_exactly
from exactsteer.prover.seesaw import Seesaw
from exactsteer.prover.strategies import exact_realisation
from exactsteer.scenario import Scenario
from exactsteer.statements import QuantumRealisation
from exactsteer.steering.assemblage import largest_entry
from exactsteer.steering.layouts import float_matrix

seeds = st.integers(0, 2**32)


def noisy(sigma: Assemblage, visibility: Fraction) -> Assemblage:
    noise = white_noise(sigma.scenario).table
    table = {k: mixture(visibility, m, noise[k]) for k, m in sigma.table.items()}
    return Assemblage.from_elements(sigma.scenario, table)


@settings(deadline=None, max_examples=25)
@given(seeds, scenarios(outcomes=3, trusted=True))
def test_the_seesaw_knows_the_value_of_its_strategy(seed: int, scenario: Scenario) -> None:
    """The exact strategy near a floating one has its value, by the statement's own computation."""
    rng = np.random.default_rng(seed)
    functional = integer_functional(rng, scenario)
    sizes = [2] * len(scenario.outcomes) + [scenario.dimension]
    seesaw = Seesaw(scenario, {k: float_matrix(m) for k, m in functional.items()}, sizes)
    before = -np.inf
    found = seesaw.random_strategy(rng)
    for rounds in (1, 3, 10):
        found = seesaw.improve(found, rounds=rounds)
        assert found.value >= before - 1e-9
        before = found.value
    elements = exact_realisation(found).elements(functional)
    value = sum(
        float(np.trace(float_matrix(functional[k]) @ float_matrix(m)).real) for k, m in elements.items()
    )
    assert value == pytest.approx(found.value, abs=1e-8)


@pytest.mark.parametrize(
    ("functional", "sense", "expected"),
    [
        (i3322(), "max", 0.25),
        (steering_inequality(), "max", 24**0.5),
        (steering_inequality(), "min", -(24**0.5)),
        (section_5_functional(), "max", -0.028122322945),
    ],
    ids=["i3322", "theorem-4", "theorem-4-min", "section-5"],
)
def test_strategies_reach_known_values(
    functional: Functional, sense: Literal["min", "max"], expected: float
) -> None:
    reached = strategy(functional, sense)
    assert float(reached.value) == pytest.approx(expected, abs=1e-8)
    assert check(reached.proof.bytes()).status == "accepted"
    assert reached.realisation.has_povms


@settings(deadline=None, max_examples=3)
@given(seeds, st.sampled_from([((3, 2),), ((2, 2), (3,))]))
def test_strategies_stay_below_outer_bounds(seed: int, outcomes: tuple[tuple[int, ...], ...]) -> None:
    scenario = Scenario(outcomes, 2, 2 if len(outcomes) == 1 else None)
    rng = np.random.default_rng(seed)
    functional = Functional(scenario, integer_functional(rng, scenario, real=True))
    reached = strategy(functional, tries=1)
    assert reached.value <= bound(functional, sense="max", tolerance="1e-6").upper


def test_strategy_refuses() -> None:
    with pytest.raises(InputError, match="'min' or 'max'"):
        strategy(i3322(), "upwards")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="tries 0"):
        strategy(i3322(), tries=0)
    with pytest.raises(InputError, match="3 positive numbers"):
        strategy(i3322(), dimension=[2, 2])
    with pytest.raises(InputError, match="no channel"):
        strategy(i3322(), dimension=[2, 2, 2])
    with pytest.raises(InputError, match="joint dimension"):
        strategy(i3322(), dimension=100)


def test_noisy_pr_box_is_realised_just_below_the_threshold() -> None:
    sigma = noisy(pr_box(2), Fraction(705, 1000))
    found = realise(sigma)
    assert found.realisation is not None
    assert found.realisation.has_povms
    assert check(found.proof.bytes()).status == "accepted"


def test_postquantum_assemblages_are_refused_by_name() -> None:
    with pytest.raises(
        InputError, match="the assemblage is postquantum, and so is every valid one within"
    ):
        realise(noisy(pr_box(2), Fraction(72, 100)))
    with pytest.raises(InputError, match="postquantum"):
        realise(printed_assemblage(4))


def test_a_search_that_fails_says_how_far_it_came() -> None:
    sigma, journal = noisy(pr_box(1), Fraction(72, 100)), Journal()
    found = realise_by_columns(sigma, journal)
    assert re.search(r"came to v = 0\.\d+, so with .* of noise", found.reason)
    assert any(step.startswith("round 0") for step in journal.steps)
    # What it came to is quantum, exactly, and near: (0.72 - 1/√2)/4 in each entry with white noise.
    elements = found.realisation.elements(sigma.table)
    proof = prove(QuantumRealisation(sigma.scenario, elements, found.realisation))
    assert check(proof.bytes()).status == "accepted"
    away = max(largest_entry(elements[label] - matrix) for label, matrix in sigma.table.items())
    assert 0.0032 < away < 0.01


def test_bob_with_input_and_instrumental() -> None:
    sigma = noisy(printed_assemblage(3), Fraction(2, 3))
    found = realise(sigma)
    assert check(found.proof.bytes()).status == "accepted"
    instrumental = realise(InstrumentalAssemblage.of(sigma))
    assert "instrumental" in instrumental.proof.theorem
    several = Scenario(((2,), (2,)), 2, 2)
    with pytest.raises(InputError, match="at once"):
        realise(white_noise(several))


def test_negativity_of_the_pr_box() -> None:
    found = negativity(pr_box(1))
    exact = (2**0.5 - 1) / 2
    assert float(found.lower) <= exact <= float(found.upper)
    assert found.width < Fraction(1, 10**5)
    for proof in (found.lower_proof, found.upper_proof):
        assert check(proof.bytes()).status == "accepted"


def test_quantum_assemblages_have_hardly_any_negativity() -> None:
    found = negativity(noisy(pr_box(1), Fraction(1, 2)))
    assert found.lower <= 0
    assert found.upper < Fraction(1, 10**4)


def test_the_dual_of_a_search_program_has_the_same_optimum() -> None:
    sigma = noisy(pr_box(2), Fraction(1, 3))
    columns = MeasuredColumns(sigma.scenario, list(sigma.independent()), None)
    columns.start(np.random.default_rng(1))
    numeric = numeric_program(columns.program(sigma.independent(), columns.centre()), {0: -1})
    dual = dual_of(numeric)
    one, found = central_point(numeric, 1e-7), CentralPath(dual.program).follow(1e-7)
    y, _, z = dual.back(numeric, found.point.y, found.point.w, found.point.z)
    assert numeric.objective @ one.y == pytest.approx(numeric.objective @ y, abs=1e-5)
    assert np.max(np.abs(numeric.equation_matrix @ y - numeric.equation_values)) < 1e-9
    assert numeric.least_eigenvalue(numeric.cone_matrix @ y) > 0
    assert numeric.least_eigenvalue(z) > 0


@settings(deadline=None, max_examples=50)
@given(seeds)
def test_mending_by_own_keys_and_together(seed: int) -> None:
    """A triangle of forms, whose keys are found one after the other, and dense ones besides."""
    rng = np.random.default_rng(seed)
    forms = []
    for k in range(6):
        form = {f"own {l}": Fraction(int(rng.integers(1, 4))) for l in range(k + 1)}
        form |= {f"all {l}": Fraction(int(rng.integers(-3, 4))) for l in range(5)}
        forms.append(form)
    forms.append({f"all {l}": Fraction(int(rng.integers(1, 4))) for l in range(5)})
    targets = [Fraction(int(n)) for n in rng.integers(-9, 10, 7)]
    found = solve_exactly(forms, targets, {f"all {l}": Fraction(1) for l in range(5)})
    for form, target in zip(forms, targets, strict=True):
        assert sum(value * found.get(key, 0) for key, value in form.items()) == target


def test_the_maximum_of_table_1_is_quantum() -> None:
    """The almost-quantum maximum of the operators of Table 1 is reached by qubits: it is quantum."""
    reached = strategy(section_5_functional(), tries=3)
    enclosure = bound(section_5_functional(), sense="max")
    assert reached.value <= enclosure.upper
    assert float(approximation(enclosure.upper) - reached.value) < 1e-9
