"""Thresholds, families and recipes: what is quick there is what it would be by the slow way."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import InputError, check
from exactsteer.api import bound, noise_robustness
from exactsteer.constructions.mapped import INSTRUMENTAL, KINDS, MappedStates, ket_text
from exactsteer.exact.simplicity import common_denominator, distinct_numbers
from exactsteer.kernel.field import Q
from exactsteer.kernel.program import Existence, Program
from exactsteer.literature.postquantum_steering import table_1
from exactsteer.literature.searched import found_by
from exactsteer.prover.parametrised import LinearOptimiser
from exactsteer.scenario import Label, Scenario, marginal
from exactsteer.search.recipes import RECIPES, recipe, recipe_class
from exactsteer.search.recipes.appendix_d import AppendixD
from exactsteer.search.recipes.kinds import Kind
from exactsteer.search.recipes.mapped import MappedRecipe, normalised
from exactsteer.search.recipes.robust import Robust
from exactsteer.search.recipes.simplest import Simplest
from exactsteer.search.thresholds import Coordinates, Thresholds, members, projectively_local
from exactsteer.statements.forms import equation, trace
from exactsteer.statements.hidden_states import LHS
from exactsteer.statements.words import word_set
from exactsteer.steering import Functional, InstrumentalAssemblage
from exactsteer.steering.assemblage import joint_field

SMALL = ("choi", "qubit-bobs", "bob-with-input")  # quick ones, of each role
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="module", params=(*SMALL, "several-bobs"))
def made(request: pytest.FixtureRequest) -> MappedRecipe:
    return recipe("simplest", {"kind": request.param})


def integer_state(made: MappedRecipe, seed: int) -> np.ndarray:
    return np.asarray(made.sparse_states(np.random.default_rng(seed), 1, 6, 2)[0])


@settings(deadline=None, max_examples=5)
@given(seeds)
def test_coordinates_and_simplicity_are_those_of_the_exact_assemblage(
    made: MappedRecipe, seed: int
) -> None:
    state = integer_state(made, seed)
    sigma = made.family.of.assemblage(state)
    elements = sigma.table if isinstance(sigma, InstrumentalAssemblage) else sigma.independent()
    found = made.family.coordinates_of(normalised(state[None]))[0]
    assert found == pytest.approx(made.family.coordinates.of(elements), abs=1e-14)
    denominator, distinct = made.simplicity(state[None])[0]
    assert denominator == common_denominator(elements.values())
    assert distinct == distinct_numbers(elements.values())


@settings(deadline=None, max_examples=2)
@given(seeds)
def test_thresholds_lie_in_the_certified_enclosures(seed: int) -> None:
    for kind in SMALL:
        made = recipe("simplest", {"kind": kind})
        state = integer_state(made, seed)
        found = noise_robustness(made.family.of.assemblage(state), outer_set=str(made.kind.outer_set))
        bounds = made.thresholds.solve(made.family.coordinates_of(normalised(state[None]))[0]).bounds
        assert bounds.upper - bounds.lower < 1e-4
        ends = [bounds.lower / (1 + bounds.lower), bounds.upper / (1 + bounds.upper)]
        assert ends[0] - 1e-6 <= float(found.upper)
        assert ends[1] + 1e-6 >= float(found.lower)


@settings(deadline=None, max_examples=2)
@given(seeds)
def test_what_a_functional_says_of_others_is_true_of_them(made: MappedRecipe, seed: int) -> None:
    """Every solution bounds t from below for all assemblages; and a decided one is on its side."""
    rng = np.random.default_rng(seed)
    states = normalised(made.sparse_states(rng, 3, 6, 2))
    sigmas = made.family.coordinates_of(states)
    optima = [made.thresholds.solve(sigma) for sigma in sigmas]
    for optimum in optima:
        for sigma, other in zip(sigmas, optima, strict=True):
            assert optimum.bound.at(sigma) <= other.bounds.upper + 1e-6
    quick = made.thresholds.solve(sigmas[0], lambda b: b.lower > 0.01 or b.upper < 0.01)
    if abs(optima[0].bounds.lower - 0.01) > 1e-4:
        assert (quick.bounds.lower > 0.01) == (optima[0].bounds.lower > 0.01)


def test_no_trivial_state_is_postquantum(made: MappedRecipe) -> None:
    rng = np.random.default_rng(5)
    states = normalised(made.sparse_states(rng, 150, 4, 1))
    trivial = states[made.family.is_trivial(states)]
    assert len(trivial)
    for sigma in made.family.coordinates_of(trivial[:12]):
        assert made.thresholds.solve(sigma).bounds.lower < 1e-5


def test_the_best_state_of_a_functional_is_one(made: MappedRecipe) -> None:
    rng = np.random.default_rng(3)
    functional = rng.normal(size=len(made.family.coordinates))
    best = made.family.coordinates_of(made.family.best_state(functional)[None])[0] @ functional
    length = prod(made.family.dimensions)
    others = normalised(rng.normal(size=(50, length)) + 1j * rng.normal(size=(50, length)))
    assert np.max(made.family.coordinates_of(others) @ functional) <= best + 1e-12


def test_coordinates_there_and_back() -> None:
    sigma = table_1()
    labels = list(sigma.scenario.collins_gisin_labels())
    coordinates = Coordinates(sigma.scenario, labels, True)
    values = [sigma.marginal(c.label).entry(c.row, c.column)[0] for c in coordinates.all]
    assert coordinates.exact(values) == {label: sigma.marginal(label) for label in labels}


def test_thresholds_of_lhs_and_of_local_measurements() -> None:
    sigma = table_1()
    labels = list(sigma.scenario.collins_gisin_labels())
    coordinates = Coordinates(sigma.scenario, labels, True)
    values = coordinates.of(sigma.independent())
    steerable = Thresholds(coordinates, members(sigma.scenario, LHS)).solve(values).bounds
    found = noise_robustness(sigma, outer_set="LHS")
    assert steerable.lower / (1 + steerable.lower) == pytest.approx(float(found.lower), abs=1e-4)
    made = recipe("appendix-d", {"directions": "6"})
    assert isinstance(made, AppendixD)
    # By these six axes it is local with a hundredth of noise; and postquantum all the same.
    mixed = 0.99 * values + 0.01 * made.outside.noise
    assert made.nonlocality.solve(values).bounds.lower > 0
    assert made.nonlocality.solve(mixed).bounds.upper < 0
    assert made.outside.solve(mixed).bounds.lower > 0.03


@settings(deadline=None, max_examples=5)
@given(seeds)
def test_linear_optimiser_against_the_certified_bound(seed: int) -> None:
    scenario = Scenario(((2, 2), (2, 2)), 2)
    coordinates = Coordinates(scenario, list(scenario.collins_gisin_labels()), True)
    functional = np.random.default_rng(seed).integers(-4, 5, len(coordinates)).astype(float)
    functional[0] = 1.0
    unknowns, forms = coordinates.forms()
    cone = members(scenario, word_set(scenario, "almost-quantum"))(forms, unknowns)
    weight = equation("normalisation", trace(forms[scenario.nobody()]), 1)
    program = Program(cone.unknowns, cone.blocks, [*cone.equations, weight], Existence())
    found = LinearOptimiser(program, range(len(coordinates))).minimise(functional / 4, 1e-7)
    # tr(Fσ) counts what is below a diagonal twice.
    halves = [
        Fraction(int(n)) / (1 if c.row == c.column else 2)
        for n, c in zip(functional, coordinates.all, strict=True)
    ]
    least = bound(Functional(scenario, coordinates.exact(halves)))
    assert float(least.lower) - 1e-6 <= functional @ found <= float(least.upper) + 1e-3


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("simplest", {"kind": "qubit-bobs", "candidates": "50"}),
        ("simplest", {"kind": "instrumental", "candidates": "10"}),
        ("robust", {"kind": "qubit-bobs", "candidates": "12", "improved": "2"}),
    ],
)
def test_a_unit_finds_certified_examples_and_the_same_in_another_process(
    name: str, parameters: dict[str, str]
) -> None:
    found = recipe(name, parameters).unit(1, 3)
    (hit,) = found.hits
    assert not hit.problem
    assert {"valid.json", "postquantum.json"} <= hit.certificates.keys()
    for data in hit.certificates.values():
        assert check(data).status == "accepted"
    program = (
        "import json, sys; from exactsteer.search.recipes import recipe; "
        "name, parameters = json.loads(sys.argv[1]); "
        "print(*(hit.key for hit in recipe(name, parameters).unit(1, 3).hits))"
    )
    text = json.dumps([name, parameters])
    again = subprocess.run(
        [sys.executable, "-c", program, text], check=False, capture_output=True, text=True
    )
    assert again.stdout.split() == [hit.key], again.stderr


@pytest.mark.parametrize("kind", ["qubit-bobs", "bob-with-input"])
def test_the_examples_of_row_f3_are_found_again(kind: str) -> None:
    (example,) = (each for each in found_by("simplest") if each.kind == kind)
    states = MappedStates.of_kind(kind)
    (hit,) = recipe(example.recipe, dict(example.parameters)).unit(example.seed, example.unit).hits
    assert hit.example == states.assemblage(example.amplitudes(states)).json_text()


def test_an_example_of_appendix_d_is_local_and_postquantum() -> None:
    made = recipe("appendix-d", {"functionals": "60", "coarsest": "60", "finest": "70"})
    hits = next(hits for hits in (made.unit(1, number).hits for number in range(9)) if hits)
    for hit in hits:
        assert set(hit.certificates) == {"valid.json", "postquantum.json", "local.json"}
        assert all(check(data).status == "accepted" for data in hit.certificates.values())
        scenario = json.loads(hit.example)["scenario"]
        assert scenario["parties"] == [[2, 2], [2, 2]]


def test_an_example_that_cannot_be_certified_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    made = recipe("simplest", {"kind": "qubit-bobs"})
    assert isinstance(made, Simplest)
    state = np.zeros(8, dtype=complex)
    state[[0, 7]] = 1  # a GHZ state, which Bobs that transpose see as quantum
    hit = made.hit(state, 0.5)
    assert not hit.certificates
    assert "not excluded" in hit.problem


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_and_kind_can_be_made(name: str) -> None:
    made = recipe_class(name)
    assert made.SUMMARY
    assert all(own.meaning for own in made.PARAMETERS.values())


def test_own_measurements_and_maps() -> None:
    parameters = {
        "kind": "choi",
        "measurements": "Z 3/5,0,4/5; -X Z",
        "maps": "choi-1,1,1/8",
        "amplitudes": "real",
    }
    made = Robust(parameters)
    assert made.family.scenario == Scenario(((2, 2), (2, 2)), 3)
    sigma = made.family.of.assemblage([1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1])
    assert joint_field(sigma.table) == Q
    assert Robust({"maps": "breuer-hall-6"}).family.scenario.dimension == 6


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"kind": "both"}, "parameter kind: 'both', not one of two-alices"),
        ({"maps": "choi-3"}, "parameter maps: 'choi-3' is none of"),
        ({"maps": "breuer-hall-3"}, "parameter maps: .* even"),
        ({"maps": "identity-0"}, "parameter maps: 'identity-0'"),
        ({"measurements": "X W; Z"}, "parameter measurements: 'W'"),
        ({"measurements": "X 1,1,0; Z"}, "no unit vector"),
        ({"measurements": "X; "}, "a party without any"),
        ({"role": "nobody"}, "parameter role: 'nobody'"),
        ({"amplitudes": "rational"}, "parameter amplitudes: 'rational'"),
        ({"least": "0"}, "a positive number is needed"),
        ({"candidates": "many"}, "a number of at least 1 is needed"),
        ({"set": "quantum"}, "set"),
        ({"colour": "blue"}, "parameter 'colour': the recipe has"),
        ({"kind": "bob-with-input", "measurements": "X; Z"}, "of one party"),
    ],
)
def test_bad_parameters_are_named(parameters: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        Simplest(parameters)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [({"directions": "1"}, "at least 2"), ({"symmetric": "maybe"}, "not yes or no")],
)
def test_bad_parameters_of_appendix_d(parameters: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        AppendixD(parameters)


def test_kets() -> None:
    assert ket_text(np.array([0, 1, -2j, 1 - 1j]), (2, 2)) == "|01⟩ - 2i|10⟩ + (1 - i)|11⟩"


def test_white_noise_has_the_threshold_minus_one() -> None:
    for kind in KINDS:
        own = Kind.of({**recipe("simplest", {"kind": kind}).parameters})
        made = recipe("simplest", {"kind": kind})
        assert isinstance(made, MappedRecipe)
        assert own.family.of.role == made.family.of.role
        bounds = made.thresholds.solve(made.thresholds.noise).bounds
        if own.family.of.role == INSTRUMENTAL:
            assert bounds.upper < 0  # its other elements are free
        else:
            assert bounds.lower == pytest.approx(-1, abs=1e-4)


def test_a_local_cone_asks_for_local_outcomes() -> None:
    scenario = Scenario(((2, 2), (2, 2)), 2)
    coordinates = Coordinates(scenario, list(scenario.collins_gisin_labels()), True)
    square = ((Fraction(3, 2), Fraction(0)), (Fraction(0), Fraction(3, 2)))
    found = Thresholds(coordinates, projectively_local(scenario, square))
    box = {
        Label(label.parties): marginal(scenario, table_1().table, label)
        for label in scenario.collins_gisin_labels()
    }
    assert found.solve(coordinates.of(box)).bounds.upper < 1
