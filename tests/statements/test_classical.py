"""Classical explanations from both sides: what has one by construction, and what has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import combinations, product
from math import ceil, isqrt
from typing import Any

import numpy as np
import pytest
from exact_quantum import accept_exactly, random_realisation, random_state, scenarios
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import (
    Assemblage,
    Functional,
    InputError,
    NotProved,
    bound,
    check,
    classical,
    member,
    robustness,
)
from exactsteer.api import visibility
from exactsteer.classical import Measure, bell_local, messages
from exactsteer.constructions.bases import anticommuting_pauli_strings
from exactsteer.constructions.communication import (
    Protocol,
    antisymmetric_simulation,
    lhs_mixture,
)
from exactsteer.constructions.directions import polygon, spread
from exactsteer.constructions.states import (
    antisymmetric,
    assemblage_of,
    isotropic,
    orthonormal_bases,
    projective,
    pure_entangled,
    white_noise,
)
from exactsteer.exact.matrices import adjoint, scaled, tensor
from exactsteer.exact.matrices import product as times
from exactsteer.kernel.errors import Declined, Rejected
from exactsteer.kernel.matrix import Matrix, hermitian, identity, matrix_of, transpose
from exactsteer.kernel.program import Program
from exactsteer.literature.communication_cost import pauli_assemblage
from exactsteer.literature.examples import X, Y, Z, pr_box
from exactsteer.prover.prove import prove, prove_at
from exactsteer.scenario import Elements, Label, Scenario
from exactsteer.statements import (
    AnticommutingRobustness,
    BoxExcluded,
    GeneralisedRobustnessBound,
    LhsBound,
    Member,
    MessagesByNullity,
    MessagesByPurity,
    MessagesSuffice,
    NegativityBound,
    OverlapBound,
    OverlapRobustness,
    PovmLocal,
    ProjectiveLocal,
    QuantumRealisation,
    VisibilityBound,
    WeightBound,
    hidden_states,
)
from exactsteer.statements.forms import Coordinate
from exactsteer.statements.hidden_states import LHS
from exactsteer.statements.overlaps import OverlapInequality, Weighted
from exactsteer.statements.projective import Vector, hull_blocks
from exactsteer.statements.realisation import Realisation
from exactsteer.steering.layouts import exact_hermitian, float_matrix

seeds = st.integers(0, 2**32)
A_HAIR = Fraction(1, 10**30)
HALF = Fraction(1, 2)
PAULI = {"I": identity(2), "X": X, "Y": Y, "Z": Z}
Case = tuple[int, ...]  # of a hidden state: nothing, a trusted input, or an outcome and input


# --- LHS assemblages by construction -------------------------------------------------------------


@dataclass(frozen=True)
class Local:
    """Hidden states by strategy and case, and the assemblage that they make by the definition."""

    scenario: Scenario
    hidden: dict[tuple[Any, Case], Matrix]
    table: Elements

    @property
    def names(self) -> dict[str, Matrix]:
        """By the names of the unknowns of a model."""
        named = {}
        for (strategy, case), state in self.hidden.items():
            text = "; ".join(" ".join(map(str, own)) for own in strategy) or "_"
            named[f"{letter(self.scenario, case)} of λ = {text}"] = state
        return named

    def point(self, program: Program, weight: Fraction = Fraction(1)) -> list[Fraction]:
        return coordinates(program.unknowns, self.names, weight)

    @property
    def assemblage(self) -> Assemblage:
        return Assemblage.from_elements(self.scenario, self.table)


def letter(scenario: Scenario, case: Case) -> str:
    if is_trivial(scenario):
        return f"p[{case[0]}|{case[1]}]"
    return f"ρ[y = {case[0]}]" if case else "ρ"


def is_trivial(scenario: Scenario) -> bool:
    return scenario.dimension == 1 and scenario.trusted_inputs is None


def coordinates(
    unknowns: Any, known: Mapping[str, Matrix], weight: Fraction = Fraction(1)
) -> list[Fraction]:
    """The numbers of a point; matrices without a name here are 0."""
    values = []
    for unknown in unknowns:
        assert isinstance(unknown, Coordinate)
        matrix = known.get(str(unknown.name))
        entry = (0, 0) if matrix is None else matrix.entry(unknown.row, unknown.column)
        values.append(weight * entry[unknown.part == "imaginary"])
    return values


def total(matrices: list[Matrix]) -> Matrix:
    return reduce(Matrix.__add__, matrices).reduced()


def random_local(seed: int, scenario: Scenario, full: bool = False) -> Local:
    """Hidden states for some strategies (for all, and of full rank, if `full`)."""
    rng = np.random.default_rng(seed)
    d, last = scenario.dimension, scenario.outcomes[-1]
    parties = scenario.outcomes[:-1] if is_trivial(scenario) else scenario.outcomes
    every = list(product(*(product(*map(range, inputs)) for inputs in parties)))
    weights = rng.integers(1 if full else -3, 6, len(every)).clip(0)
    weights[int(rng.integers(len(every)))] = 3
    hidden: dict[tuple[Any, Case], Matrix] = {}
    for strategy, count in zip(every, weights.tolist(), strict=True):
        weight = Fraction(count, int(weights.sum()))
        if is_trivial(scenario):
            for x, outcomes in enumerate(last):
                parts = rng.integers(1 if full else 0, 4, outcomes)
                parts[int(rng.integers(outcomes))] += 1
                for a, part in enumerate(parts.tolist()):
                    hidden[strategy, (a, x)] = matrix_of([[weight * Fraction(part, int(parts.sum()))]])
            continue
        for y in range(scenario.trusted_inputs or 1):
            case = () if scenario.trusted_inputs is None else (y,)
            rank = d if full else int(rng.integers(1, d + 1))
            hidden[strategy, case] = scaled(random_state(rng, d, rank).matrix(), weight)
    table = {}
    zero = matrix_of([[0] * d] * d)
    for label in scenario.labels():
        own = label.parties[:-1] if is_trivial(scenario) else label.parties
        case = label.parties[-1] if is_trivial(scenario) else ()
        if label.trusted is not None:
            case = (label.trusted,)
        table[label] = total(
            [
                zero,
                *(
                    state
                    for (strategy, key), state in hidden.items()
                    if key == case and all(s[x] == a for s, (a, x) in zip(strategy, own, strict=True))
                ),
            ]
        )
    return Local(scenario, hidden, table)


def moved(matrix: Matrix, amount: Fraction = A_HAIR) -> Matrix:
    """With that more in the first diagonal entry."""
    d = matrix.shape[0]
    return (matrix + matrix_of([[amount * (r == c == 0) for c in range(d)] for r in range(d)])).reduced()


def pairing(functional: Elements, table: Elements) -> Fraction:
    return sum((times(f, table[label]).trace() for label, f in functional.items()), Fraction(0))


def row(values: list[Fraction]) -> Matrix:
    return matrix_of([values])


SCENARIOS = scenarios(parties=3, inputs=2, outcomes=2, trusted=True) | scenarios(
    parties=2, outcomes=3, dimension=3, trusted=True
)


@settings(max_examples=40)
@given(seeds, SCENARIOS)
def test_hidden_states_are_a_model(seed: int, scenario: Scenario) -> None:
    """Several parties, unequal outcomes, trusted inputs, no trusted system: accepted, exactly."""
    local = random_local(seed, scenario)
    assert local.assemblage.table == local.table
    program = Member(scenario, LHS, local.table).program()
    accept_exactly(program, row(local.point(program)))


@settings(max_examples=20)
@given(seeds, SCENARIOS)
def test_models_of_something_else_are_refused(seed: int, scenario: Scenario) -> None:
    """By a hair: the table, a hidden state that is not positive, a weight that depends on an input."""
    local = random_local(seed, scenario)
    label = list(local.table)[seed % len(local.table)]
    changed = {**local.table, label: moved(local.table[label])}
    program = Member(scenario, LHS, changed).program()
    with pytest.raises(Rejected, match=r"model against|normalisation|signalling"):
        accept_exactly(program, row(local.point(program)))

    program = Member(scenario, LHS, local.table).program()
    names = local.names
    first, *others = names
    states = [names[name] for name in names]
    # Two hidden states that answer alike, but for signs: found where there are more than one.
    for name in others:
        swap = {**names, first: (states[0] + names[name]).reduced(), name: names[name] - names[name]}
        if (states[0].vanishes or names[name].vanishes) or is_trivial(scenario):
            continue
        with pytest.raises(Rejected, match=r"model against|weight of"):
            accept_exactly(program, row(coordinates(program.unknowns, swap)))
    smaller = {**names, first: moved(states[0], -A_HAIR)}
    with pytest.raises((Rejected, ValueError), match=r"model against|weight of|not positive"):
        accept_exactly(program, row(coordinates(program.unknowns, smaller)))


def test_hidden_states_that_are_not_positive_are_refused() -> None:
    """Z and X on half of a singlet: Hermitian 'hidden states' reproduce it, and are not positive."""
    sigma = pauli_assemblage(Fraction(1), 2)
    flat = scaled(identity(2), Fraction(1, 8))
    known = {}
    for a, b in product(range(2), repeat=2):
        term = scaled(Z, Fraction((-1) ** a, 8)) + scaled(X, Fraction((-1) ** b, 8))
        known[f"ρ of λ = {a} {b}"] = (flat + term).reduced()
    program = Member(sigma.scenario, LHS, sigma.table).program()
    with pytest.raises(ValueError, match="ρ of λ = 0 0 is not positive"):
        accept_exactly(program, row(coordinates(program.unknowns, known)))


@settings(max_examples=25)
@given(seeds, SCENARIOS)
def test_lhs_assemblages_have_no_distance_from_lhs(seed: int, scenario: Scenario) -> None:
    """Robustness ≤ 0, generalised robustness ≤ 0, weight ≤ 0, visibility ≥ 1: points with value 0."""
    local = random_local(seed, scenario)
    for kind in (NegativityBound, GeneralisedRobustnessBound, WeightBound):
        statement = kind(scenario, LHS, local.table, "<=", Fraction(0))
        program = statement.program()
        point = local.point(program)
        if kind is NegativityBound:
            # υ comes first, and is nothing; then τ, which is σ.
            point = [Fraction(0)] * (len(point) // 2) + point[len(point) // 2 :]
        accept_exactly(program, row(point))
        less = replace(statement, bound=-A_HAIR).program()
        with pytest.raises(ValueError, match="quantity ≤ bound is not positive"):
            accept_exactly(less, row(point))
    noise = random_local(seed + 1, scenario)
    statement = VisibilityBound(scenario, LHS, local.table, noise.table, Fraction(1))
    program = statement.program()
    for v in (Fraction(0), Fraction(1), Fraction(1, 3)):
        first = coordinates(program.unknowns[1:], local.names, v)
        second = coordinates(program.unknowns[1:], noise.names, 1 - v)
        point = [v, *(m + n for m, n in zip(first, second, strict=True))]
        accept_exactly(program, row(point))


@settings(max_examples=15)
@given(seeds, SCENARIOS)
def test_boxes_around_lhs_assemblages_hold_one(seed: int, scenario: Scenario) -> None:
    """So they are not excluded, whatever the multipliers: there is a point."""
    local = random_local(seed, scenario)
    centre = {label: moved(matrix, Fraction(1, 10)) for label, matrix in local.table.items()}
    for radius, table in ((Fraction(0), local.table), (Fraction(1, 10), centre)):
        program = BoxExcluded(scenario, LHS, table, radius).program()
        accept_exactly(program, row(local.point(program)))
    program = BoxExcluded(scenario, LHS, centre, Fraction(1, 10) - A_HAIR).program()
    with pytest.raises(ValueError, match=r"end of the real part .* not positive"):
        accept_exactly(program, row(local.point(program)))


def random_functional(seed: int, scenario: Scenario) -> Elements:
    """Hermitian integer matrices for all full labels."""
    rng = np.random.default_rng(seed)

    def one() -> Matrix:
        re, im = rng.integers(-5, 6, (2, scenario.dimension, scenario.dimension)).tolist()
        return hermitian(scenario.dimension, lambda r, c: (re[r][c], im[r][c]))

    return {label: one() for label in scenario.labels()}


def best_of_strategies(scenario: Scenario, functional: Elements) -> float:
    """The largest eigenvalue of Σ F[λ(x)|x], by all strategies of all parties, in floats."""
    matrices = {label: float_matrix(f) for label, f in functional.items()}
    best = -np.inf
    for strategy in product(*(product(*map(range, inputs)) for inputs in scenario.outcomes)):
        chosen = [
            matrix
            for label, matrix in matrices.items()
            if all(own[x] == a for own, (a, x) in zip(strategy, label.parties, strict=True))
        ]
        best = max(best, float(np.linalg.eigvalsh(sum(chosen))[-1]))
    return best


@settings(max_examples=20)
@given(seeds, scenarios(parties=3, inputs=2, outcomes=2) | scenarios(outcomes=3, dimension=3))
def test_lhs_assemblages_satisfy_lhs_bounds(seed: int, scenario: Scenario) -> None:
    """F(σ) ≤ the bound that is proved, which all strategies by themselves confirm."""
    functional = random_functional(seed, scenario)
    found = bound(Functional(scenario, functional), "LHS", "max")
    plain = best_of_strategies(scenario, functional)
    assert float(found.lower) - 1e-9 <= plain <= float(found.upper) + 1e-9
    for k in range(3):
        assert pairing(functional, random_local(seed + k, scenario).table) <= found.upper
    assert check(found.upper_proof.bytes()).status == "accepted"
    assert check(found.lower_proof.bytes()).status == "accepted"
    lower = LhsBound(scenario, functional, "<=", found.lower - A_HAIR)
    with pytest.raises(NotProved):
        prove(lower)


@settings(max_examples=15)
@given(seeds, scenarios(parties=2, inputs=2, outcomes=3))
def test_lhs_bounds_are_tight_where_they_are_rational(seed: int, scenario: Scenario) -> None:
    """Diagonal F: the bound is the best number of the best strategy, accepted, and a hair less not."""
    rng = np.random.default_rng(seed)
    d = scenario.dimension
    numbers = {label: rng.integers(-9, 10, d).tolist() for label in scenario.labels()}
    functional = {
        label: matrix_of([[own[r] * (r == c) for c in range(d)] for r in range(d)])
        for label, own in numbers.items()
    }
    best = max(
        sum(
            own[k]
            for label, own in numbers.items()
            if all(s[x] == a for s, (a, x) in zip(strategy, label.parties, strict=True))
        )
        for strategy in product(*(product(*map(range, own)) for own in scenario.outcomes))
        for k in range(d)
    )
    accept_exactly(LhsBound(scenario, functional, "<=", Fraction(best)).program())
    negative = {label: scaled(f, Fraction(-1)) for label, f in functional.items()}
    accept_exactly(LhsBound(scenario, negative, ">=", Fraction(-best)).program())
    with pytest.raises(ValueError, match=r"bound of λ = .* is not positive"):
        accept_exactly(LhsBound(scenario, functional, "<=", best - A_HAIR).program())
    with pytest.raises(ValueError, match=r"bound of λ = .* is not positive"):
        accept_exactly(LhsBound(scenario, negative, ">=", -best + A_HAIR).program())


INSIDE = [
    Scenario(((2, 3),), 2),
    Scenario(((2, 2), (2,)), 2),
    Scenario(((2, 2), (2, 3)), 1),
    Scenario(((3, 2),), 2, 2),
    Scenario(((2, 2),), 3),
]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("scenario", INSIDE, ids=str)
def test_lhs_assemblages_are_never_excluded(scenario: Scenario, seed: int) -> None:
    sigma = random_local(seed, scenario, full=True).assemblage
    found = member(sigma, outer_set="LHS")
    assert found.verdict == "LHS"
    assert found.proof is not None
    assert check(found.proof.bytes()).status == "accepted"
    measures: list[Measure] = ["lhs", "generalised", "weight"]
    for measure in measures:
        if measure != "lhs" or scenario.trusted_inputs is None:
            near = robustness(sigma, measure)
            assert near.lower <= 0 <= near.upper


@pytest.mark.parametrize("scenario", INSIDE, ids=str)
def test_lhs_assemblages_bear_negative_noise(scenario: Scenario) -> None:
    sigma = random_local(0, scenario, full=True).assemblage
    assert visibility(sigma, outer_set="LHS").upper >= 1


@pytest.mark.parametrize("outcomes", [((3, 2),), ((2, 2, 2),)])
def test_lhs_robustness_with_trusted_inputs(outcomes: tuple[tuple[int, ...], ...]) -> None:
    found = robustness(white_noise(Scenario(outcomes, 2, 2)))
    assert found.lower <= 0 <= found.upper


@pytest.mark.parametrize("seed", range(2))
def test_lhs_assemblages_at_the_border_are_not_excluded(seed: int) -> None:
    """Pure hidden states of few strategies; to find a model may be hard, exclusion is impossible."""
    for scenario in INSIDE:
        sigma = random_local(seed, scenario).assemblage
        assert member(sigma, outer_set="LHS").verdict in ("LHS", "undecided")
        assert robustness(sigma, "generalised").lower <= 0
        assert robustness(sigma, "weight").lower <= 0
        if scenario.trusted_inputs is None:
            assert robustness(sigma).lower <= 0


def chsh_behaviour() -> Assemblage:
    """p(ab|xy) = (1 ± √2/2)/4, whose CHSH value is 2√2."""
    scenario = Scenario(((2, 2), (2, 2)), 1)
    table = {}
    for label in scenario.labels():
        (a, x), (b, y) = (part for part in label.parties if part is not None)
        sign = "-" if (a + b + x * y) % 2 else "+"
        table[label] = exact_hermitian([[f"1/4 {sign} sqrt(2)/8"]], 1, "p")
    return Assemblage.from_elements(scenario, table)


OUTSIDERS = {
    "Z and X on a pure state": pauli_assemblage(Fraction(1), 2),
    "Z, X and Y, V = 0.6": pauli_assemblage(Fraction(3, 5), 3),
    "PR box": pr_box(1),
    "PR box and a qubit": pr_box(2),
    "CHSH": chsh_behaviour(),
    "qutrits": assemblage_of(isotropic(3, 1), [tuple(map(projective, orthonormal_bases(3, 2)))]),
}


@pytest.mark.parametrize("name", OUTSIDERS)
def test_known_outsiders_are_excluded(name: str) -> None:
    sigma = OUTSIDERS[name]
    found = member(sigma, outer_set="LHS")
    assert found.verdict == ("steerable" if sigma.scenario.dimension > 1 else "Bell-nonlocal")
    assert found.proof is not None
    assert f"is {found.verdict}. Scenario" in found.proof.theorem
    assert check(found.proof.bytes()).status == "accepted"
    if name != "PR box and a qubit":
        assert robustness(sigma, tolerance="1e-6").lower > 0


def test_bell_values_of_chsh() -> None:
    """ν of a behaviour: (F/2 - 1)/2 with F = 4 for the PR box and 2√2 for Tsirelson's."""
    found = robustness(OUTSIDERS["PR box"])
    assert found.lower <= HALF <= found.upper
    found = robustness(OUTSIDERS["CHSH"])
    assert (1 + 2 * found.lower) ** 2 <= 2 <= (1 + 2 * found.upper) ** 2
    assert found.width < Fraction(1, 10**7)


def test_quantum_assemblages_are_sometimes_steerable() -> None:
    verdicts = []
    for seed in range(6):
        scenario = Scenario(((2, 2, 2),), 2)
        sigma = Assemblage(scenario, random_realisation(seed, scenario, rank=1).assemblage())
        verdicts.append(member(sigma, outer_set="LHS").verdict)
    assert set(verdicts) <= {"steerable", "LHS", "undecided"}
    assert "steerable" in verdicts
    mixed = Assemblage(scenario, random_realisation(0, scenario).assemblage())
    assert member(mixed, outer_set="LHS").verdict == "LHS"


# --- Simulation by communication -----------------------------------------------------------------


def random_protocol(seed: int, k: int, outcomes: tuple[int, ...], d: int, count: int) -> Protocol:
    """Every λ in k versions, the messages shifted cyclically: so no input changes the reduced state."""
    rng = np.random.default_rng(seed)
    weights, sent, answers, states = [], [], [], []
    raw = rng.integers(1, 5, count).tolist()
    for n in raw:
        own = [random_state(rng, d, 1).matrix() for _ in range(k)]
        plan = rng.integers(k, size=len(outcomes)).tolist()
        for shift in range(k):
            weights.append(Fraction(n, sum(raw) * k))
            sent.append([(m + shift) % k for m in plan])
            states.append(own)
            parts = [(rng.integers(0, 3, o) + np.eye(1, o, int(rng.integers(o)))[0]) for o in outcomes]
            answers.append([[Fraction(int(p), int(own.sum())) for p in own] for own in parts])
    return Protocol(weights, sent, answers, states)


def random_answers(seed: int, outcomes: tuple[int, ...]) -> list[list[Fraction]]:
    rng = np.random.default_rng(seed)
    parts = [rng.integers(1, 5, o).tolist() for o in outcomes]
    return [[Fraction(p, sum(own)) for p in own] for own in parts]


def hidden_states_of(model: Realisation, scenario: Scenario) -> dict[str, Matrix]:
    """Responses as mixtures of strategies."""
    (inputs,) = scenario.outcomes
    known: dict[str, Matrix] = {}
    for strategy in product(*map(range, inputs)):
        terms = []
        for (s,), state in model.states:
            p = Fraction(1)
            for x, a in enumerate(strategy):
                p *= model.measurements[0][s][x][a].trace()
            terms.append(scaled(state, p))
        known[f"ρ of λ = {' '.join(map(str, strategy))}"] = total(terms)
    return known


inputs_of_protocols = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple)


@settings(max_examples=25)
@given(seeds, st.integers(1, 4), inputs_of_protocols, st.integers(1, 3), st.integers(1, 2))
def test_simulations_are_mixtures(
    seed: int, k: int, outcomes: tuple[int, ...], d: int, count: int
) -> None:
    """Result 3: σ = kσ* - (k - 1)σ̃ with models of both, so ν ≤ k - 1, all exactly."""
    protocol = random_protocol(seed, k, outcomes, d, count)
    sigma = protocol.assemblage()
    assert protocol.count == k
    found = lhs_mixture(protocol, random_answers(seed, outcomes))
    for label, matrix in sigma.table.items():
        whole = scaled(found.mixed.table[label], Fraction(k))
        rest = scaled(found.rest.table[label], Fraction(k - 1))
        assert (whole - rest - matrix).vanishes
    scenario = sigma.scenario
    for model, table in (
        (found.mixed_model, found.mixed.table),
        (found.rest_model, found.rest.table),
    ):
        assert model.is_classical
        accept_exactly(QuantumRealisation(scenario, table, model).program())
        if d > 1:
            program = Member(scenario, LHS, table).program()
            known = hidden_states_of(model, scenario)
            accept_exactly(program, row(coordinates(program.unknowns, known)))
    statement = found.pseudo.claim(sigma, Fraction(k - 1))
    accept_exactly(statement.program())
    assert check(prove(statement).bytes()).status == "accepted"
    assert found.pseudo.negativity == k - 1
    with pytest.raises(ValueError, match="tr ρ₋ ≤ bound is not positive"):
        accept_exactly(replace(statement, bound=k - 1 - A_HAIR).program())
    if d > 1:
        program = NegativityBound(scenario, LHS, sigma.table, "<=", Fraction(k - 1)).program()
        half = len(program.unknowns) // 2
        rest, whole = (hidden_states_of(m, scenario) for m in (found.rest_model, found.mixed_model))
        point = coordinates(program.unknowns[:half], rest, Fraction(k - 1))
        point += coordinates(program.unknowns[half:], whole, Fraction(k))
        accept_exactly(program, row(point))


@pytest.mark.parametrize("seed", range(5))
def test_robustness_of_what_messages_simulate(seed: int) -> None:
    """At most k - 1; so no certificate asks for more messages than there were."""
    k = 2 + seed % 2
    sigma = random_protocol(seed, k, (2, 2, 2), 2, 1).assemblage()
    found = robustness(sigma)
    assert found.lower <= k - 1
    needed = messages(sigma)
    assert needed.needed <= min(k, needed.sufficient)


def test_protocols_that_signal_are_refused() -> None:
    up, down = matrix_of([[1, 0], [0, 0]]), matrix_of([[0, 0], [0, 1]])
    protocol = Protocol([Fraction(1)], [[0, 1]], [[[HALF, HALF]] * 2], [[up, down]])
    with pytest.raises(InputError, match="not no-signalling"):
        protocol.assemblage()


# --- Local for all projective measurements -------------------------------------------------------


def dot(u: Any, v: Any) -> Fraction:
    return sum((m * n for m, n in zip(u, v, strict=True)), Fraction(0))


def bloch_state(vector: Any) -> Matrix:
    x, *y, z = vector
    terms = [identity(2), scaled(X, x), scaled(Z, z), *(scaled(Y, n) for n in y)]
    return scaled(total(terms), HALF)


def random_bloch(rng: np.random.Generator, directions: Any) -> tuple[Fraction, ...]:
    """A rational vector r with |m·r| ≤ 1 for all m, and = 1 for one of them if it is that long."""
    vector = tuple(Fraction(int(n), 20) for n in rng.integers(-30, 31, len(directions[0])))
    longest = max(abs(dot(m, vector)) for m in directions)
    return tuple(n / max(Fraction(1), longest) for n in vector)


def sign(k: int) -> int:
    return -1 if k else 1


def measured_model(
    rng: np.random.Generator, outcomes: tuple[tuple[int, ...], ...], directions: Any
) -> tuple[Elements, dict[str, Matrix]]:
    """A random LHS assemblage of a qubit whose hidden states answer to every m, and its model."""
    every = list(product(*(product(*map(range, own)) for own in outcomes)))
    weights = rng.integers(0, 4, len(every)).tolist()
    weights[0] += 1
    hidden, known = [], {}
    for strategy, n in zip(every, weights, strict=True):
        weight, vector = Fraction(n, sum(weights)), random_bloch(rng, directions)
        hidden.append((strategy, scaled(bloch_state(vector), weight)))
        text = "; ".join(" ".join(map(str, own)) for own in strategy)
        for k, m in enumerate(directions):
            for a in range(2):
                p = HALF * (1 + sign(a) * dot(m, vector))
                known[f"p[{a}|{k}] of λ = {text}"] = matrix_of([[weight * p]])
    zero = identity(2) - identity(2)
    table = {
        label: total(
            [
                zero,
                *(
                    state
                    for strategy, state in hidden
                    if all(s[x] == a for s, (a, x) in zip(strategy, label.parties, strict=True))
                ),
            ]
        )
        for label in Scenario(outcomes, 2).labels()
    }
    return table, known


DIRECTIONS: list[tuple[Vector, ...]] = [
    polygon(2, 0.0),
    polygon(5, 0.3),
    spread(3, 0),
    spread(6, 1),
    ((Fraction(1), Fraction(0), Fraction(0)), *spread(6, 2)),
]
parties_of_qubits = st.lists(
    st.lists(st.integers(1, 3), min_size=1, max_size=2).map(tuple), min_size=1, max_size=2
).map(tuple)


@settings(max_examples=20)
@given(seeds, parties_of_qubits, st.sampled_from(DIRECTIONS))
def test_models_of_all_projective_measurements(
    seed: int, outcomes: tuple[tuple[int, ...], ...], directions: tuple[Vector, ...]
) -> None:
    """Projective, and POVMs of the extension to a qutrit; a hair of difference is refused."""
    table, known = measured_model(np.random.default_rng(seed), outcomes, directions)
    claim = ProjectiveLocal(Scenario(outcomes, 2), table, directions)
    program = claim.program()
    accept_exactly(program, row(coordinates(program.unknowns, known)))
    extended = {
        label: hermitian(
            3,
            lambda r, c, m=matrix: (
                (Fraction(2, 3) * m.trace(), 0)
                if r == c == 2
                else (0, 0)
                if r == 2
                else tuple(Fraction(n) / 3 for n in m.entry(r, c))
            ),
        )
        for label, matrix in table.items()
    }
    povm = PovmLocal(Scenario(outcomes, 3), extended, directions)
    program = povm.program()
    accept_exactly(program, row(coordinates(program.unknowns, known)))
    label = next(iter(extended))
    changed = moved(extended[label])
    program = replace(povm, assemblage={**extended, label: changed}).program()
    with pytest.raises(Rejected):
        accept_exactly(program, row(coordinates(program.unknowns, known)))
    corner = scaled(matrix_of([[0, 0, 0], [0, 0, 1], [0, 1, 0]]), A_HAIR)
    tilted = {**extended, label: (extended[label] + corner).reduced()}
    program = replace(povm, assemblage=tilted).program()
    with pytest.raises(Rejected, match=r"real part at .2, 1."):
        accept_exactly(program, row(coordinates(program.unknowns, known)))


def test_a_state_beyond_the_polar_has_no_model() -> None:
    """One strategy and a state with m·r = 1 + ε: the behaviour of m would be negative."""
    directions = polygon(4, 0.0)
    vector = tuple((1 + A_HAIR) * n / dot(directions[0], directions[0]) for n in directions[0])
    claim = ProjectiveLocal(Scenario(((1,),), 2), {Label(((0, 0),)): bloch_state(vector)}, directions)
    known = {
        f"p[{a}|{k}] of λ = 0": matrix_of([[HALF * (1 + sign(a) * dot(m, vector))]])
        for k, m in enumerate(directions)
        for a in range(2)
    }
    program = claim.program()
    with pytest.raises(ValueError, match=r"p\[1\|0\] of λ = 0 is not positive"):
        accept_exactly(program, row(coordinates(program.unknowns, known)))


def test_y_components_need_directions_in_space() -> None:
    table = {Label(((0, 0),)): bloch_state((0, Fraction(1, 10), 0))}
    flat = ProjectiveLocal(Scenario(((1,),), 2), table, polygon(2, 0.0)).program()
    known = {f"p[{a}|{k}] of λ = 0": matrix_of([[HALF]]) for k in range(2) for a in range(2)}
    with pytest.raises(Rejected, match="y-component of"):
        accept_exactly(flat, row(coordinates(flat.unknowns, known)))


@settings(max_examples=8)
@given(seeds, st.sampled_from([polygon(2, 0.0), polygon(3, 0.2), spread(3, 0)]))
def test_a_qubit_of_a_larger_trusted_system(seed: int, directions: tuple[Vector, ...]) -> None:
    """Separable hidden states of qubit ⊗ C²: what is left after any measurement is LHS."""
    rng = np.random.default_rng(seed)
    hidden, known = [], {}
    for a in range(2):
        vector, rest = random_bloch(rng, directions), random_state(rng, 2, 2).matrix()
        hidden.append(scaled(tensor(bloch_state(vector), rest), HALF))
        for answers in product(range(2), repeat=len(directions)):
            p = HALF
            for m, answer in zip(directions, answers, strict=True):
                p *= HALF * (1 + sign(answer) * dot(m, vector))
            known[f"ρ of λ = {a}; {' '.join(map(str, answers))}"] = scaled(rest, p)
    table = {Label(((a, 0),)): state for a, state in enumerate(hidden)}
    program = ProjectiveLocal(Scenario(((2,),), 4), table, directions).program()
    accept_exactly(program, row(coordinates(program.unknowns, known)))
    table[Label(((0, 0),))] = moved(table[Label(((0, 0),))])
    program = ProjectiveLocal(Scenario(((2,),), 4), table, directions).program()
    with pytest.raises(Rejected):
        accept_exactly(program, row(coordinates(program.unknowns, known)))


@pytest.mark.parametrize(("outcomes", "flat"), [(((2, 2),), True), (((2, 2), (2,)), False)])
def test_the_call_finds_local_models(outcomes: tuple[tuple[int, ...], ...], flat: bool) -> None:
    """Of LHS assemblages of the qubit that are a little inside."""
    rng = np.random.default_rng(1)
    directions = polygon(4, 0.0) if flat else spread(6, 0)
    scenario = Scenario(outcomes, 2)
    raw = Assemblage.from_elements(scenario, measured_model(rng, outcomes, directions)[0])
    noise = white_noise(scenario).table
    table = {
        label: (scaled(m, Fraction(7, 10)) + scaled(noise[label], Fraction(3, 10))).reduced()
        for label, m in raw.table.items()
    }
    sigma = Assemblage.from_elements(scenario, table)
    proof = bell_local(sigma)
    assert check(proof.bytes()).status == "accepted"
    assert check(bell_local(sigma, spread(6, 1)).bytes()).status == "accepted"


def holds_ball(directions: Any) -> bool:
    """No block, all of which are numbers, is negative."""
    return all(sum(entry[2] for entry in block.constant) >= 0 for block in hull_blocks(directions))


def inradius(directions: Any) -> float:
    """The least of max |m·u| over unit vectors u: at normals of planes through vertices, or 0."""
    m = np.array([[float(n) for n in own] for own in directions])
    size = m.shape[1]
    if np.linalg.matrix_rank(m) < size:
        return 0.0
    # The support function is least at a normal of a facet.
    normals = []
    for own in combinations(np.concatenate([m, -m]), size):
        edges = [other - own[0] for other in own[1:]]
        normal = np.array([-edges[0][1], edges[0][0]]) if size == 2 else np.cross(*edges)
        if np.linalg.norm(normal) > 1e-9:
            normals.append(normal / np.linalg.norm(normal))
    return float(min(np.max(np.abs(m @ u)) for u in normals))


coordinate = st.fractions(-2, 2, max_denominator=12) | st.integers(-1, 1).map(Fraction)


@settings(max_examples=150)
@given(
    st.sampled_from([2, 3]).flatmap(
        lambda n: st.lists(st.tuples(*[coordinate] * n), min_size=1, max_size=6)
    ),
    st.integers(0, 2**32),
)
def test_hulls_that_do_not_hold_the_ball_are_refused(
    directions: list[tuple[Fraction, ...]], seed: int
) -> None:
    """Against the support function in floats; and no unit vector shows anything else."""
    radius = inradius(directions)
    found = holds_ball(directions)
    if abs(radius - 1) > 1e-9:
        assert found == (radius > 1)
    random = np.random.default_rng(seed).normal(size=(200, len(directions[0])))
    random /= np.linalg.norm(random, axis=1)[:, None]
    support = np.max(np.abs(random @ np.array(directions, dtype=float).T), axis=1)
    if found:
        assert np.min(support) >= 1 - 1e-9


@pytest.mark.parametrize("size", [2, 3])
def test_hulls_just_around_the_ball(size: int) -> None:
    """The cube, whose facets have four vertices, and the diamond; a hair less is refused."""
    cube = [(Fraction(1), *signs) for signs in product((Fraction(1), Fraction(-1)), repeat=size - 1)]
    assert holds_ball(cube)
    assert holds_ball([*cube, *cube, tuple(Fraction(0) for _ in range(size))])
    assert not holds_ball([tuple((1 - A_HAIR) * n for n in m) for m in cube])
    assert not holds_ball(cube[:-1])
    axes = [tuple(Fraction(int(r == c)) for c in range(size)) for r in range(size)]
    root = Fraction(isqrt(size * 10**60) + 1, 10**30)  # hardly more than √size
    assert holds_ball([tuple(root * n for n in m) for m in axes])
    less = root - Fraction(2, 10**30)
    assert not holds_ball([tuple(less * n for n in m) for m in axes])


# --- Anticommuting observables -------------------------------------------------------------------


def string_matrix(text: str) -> Matrix:
    return reduce(tensor, (PAULI[letter] for letter in text))


@pytest.mark.parametrize(
    ("strings", "visibility"),
    [
        (("X", "Z"), Fraction(1)),
        (("X", "Y", "Z"), Fraction(9, 10)),
        (("XI", "YI", "ZX"), Fraction(1)),
        (("XX", "XZ"), Fraction(4, 5)),
    ],
)
def test_anticommuting_strings_as_matrices(strings: tuple[str, ...], visibility: Fraction) -> None:
    """The assemblage of the claim, made of explicit matrices, is at least as robust as it says."""
    matrices = [string_matrix(text) for text in strings]
    d = matrices[0].shape[0]
    for one, other in combinations(matrices, 2):
        assert (times(one, other) + times(other, one)).vanishes
    effects = tuple(
        tuple(scaled((identity(d) + scaled(m, Fraction(s))).reduced(), HALF) for s in (1, -1))
        for m in matrices
    )
    sigma = assemblage_of(isotropic(d, visibility), [effects])
    for x, matrix in enumerate(matrices):
        for a in range(2):
            part = scaled(transpose(matrix), sign(a) * visibility)
            expected = scaled((identity(d) + part).reduced(), Fraction(1, 2 * d))
            assert (sigma[a, x] - expected).vanishes
    # The largest decimal that is certified: (1 + 2b)² ≤ N V².
    count, grid = len(strings), 10**9
    square = count * visibility**2
    nu = Fraction(isqrt(square.numerator * grid**2 // square.denominator) - grid, 2 * grid)
    accept_exactly(AnticommutingRobustness(strings, visibility, nu).program())
    with pytest.raises(ValueError, match="is not positive"):
        accept_exactly(AnticommutingRobustness(strings, visibility, nu + Fraction(1, grid)).program())
    found = robustness(sigma)
    assert nu <= found.upper
    if d == 2 or count == 2:  # here it is all of it
        assert found.lower <= nu + Fraction(1, grid)


@given(st.integers(1, 7))
def test_strings_that_commute_are_refused(count: int) -> None:
    strings = tuple(anticommuting_pauli_strings(count))
    accept_exactly(AnticommutingRobustness(strings, Fraction(1), Fraction(0)).program())
    with pytest.raises(Rejected, match="commute"):
        accept_exactly(AnticommutingRobustness((*strings, strings[0]), 1, Fraction(0)).program())
    one = "I" * len(strings[0])
    with pytest.raises(Rejected, match=r"is the identity|commute"):
        accept_exactly(AnticommutingRobustness((one, *strings), 1, Fraction(0)).program())
    for one, other in combinations(strings, 2):
        product_ = times(string_matrix(one), string_matrix(other))
        assert (product_ + times(string_matrix(other), string_matrix(one))).vanishes


# --- Overlaps ------------------------------------------------------------------------------------


def random_inequality(seed: int, outcomes: tuple[int, ...], d: int) -> OverlapInequality:
    """Vectors over Q(i), weights, and a decimal that is at least their largest overlap."""
    rng = np.random.default_rng(seed)
    scenario = Scenario((outcomes,), d)
    operators = {}
    for label in scenario.labels():
        re, im = rng.integers(-3, 4, (2, d, 1)).tolist()
        weight = Fraction(int(rng.integers(0, 5)), int(rng.integers(1, 4)))
        operators[label] = Weighted(weight, matrix_of(re, im))
    most = Fraction(0)
    for (one, (w, v)), (other, (u, t)) in combinations(operators.items(), 2):
        if one.parties[0][1] != other.parties[0][1]:
            re, im = times(adjoint(v), t).entry(0, 0)
            most = max(most, w * u * (re * re + im * im))
    grid = 10**6
    root = Fraction(isqrt(most.numerator * grid**2 // most.denominator) + 1, grid)
    return OverlapInequality(scenario, operators, root)


def as_functional(inequality: OverlapInequality) -> Elements:
    return {
        label: scaled(times(vector, adjoint(vector)), weight)
        for label, (weight, vector) in inequality.operators.items()
    }


@settings(max_examples=25)
@given(seeds, inputs_of_protocols, st.integers(1, 3))
def test_overlap_bounds_are_above_all_strategies(seed: int, outcomes: tuple[int, ...], d: int) -> None:
    found = random_inequality(seed, outcomes, d)
    limit = max(
        weight * times(adjoint(vector), vector).trace() + (len(outcomes) - 1) * found.overlap
        for weight, vector in found.operators.values()
    )
    accept_exactly(OverlapBound(found, limit).program())
    with pytest.raises(ValueError, match=r"row sum of .* not positive"):
        accept_exactly(OverlapBound(found, limit - A_HAIR).program())
    functional = Functional(found.scenario, as_functional(found))
    enumerated = bound(functional, "LHS", "max")
    assert enumerated.lower <= limit
    assert best_of_strategies(found.scenario, functional.coefficients) <= float(limit) + 1e-9
    if len(outcomes) > 1 and found.overlap > Fraction(1, 10**6):
        smaller = replace(found, overlap=found.overlap - Fraction(2, 10**6))
        with pytest.raises(ValueError, match=r"overlaps of inputs .* not positive"):
            accept_exactly(OverlapBound(smaller, limit).program())


@settings(max_examples=15)
@given(seeds, inputs_of_protocols, st.integers(2, 3))
def test_overlaps_never_make_lhs_assemblages_robust(
    seed: int, outcomes: tuple[int, ...], d: int
) -> None:
    local = random_local(seed, Scenario((outcomes,), d))
    found = random_inequality(seed, outcomes, d)
    value = found.value(local.table)
    assert value == pairing(as_functional(found), local.table)
    if not any(weight and not vector.vanishes for weight, vector in found.operators.values()):
        return  # F = 0: see the next test
    with pytest.raises(ValueError, match="not positive"):
        accept_exactly(OverlapRobustness(found, local.table, A_HAIR).program())


def test_blocks_of_strategies_by_number() -> None:
    scenario = Scenario(((2, 2),), 1)
    functional = {label: matrix_of([[k]]) for k, label in enumerate(scenario.labels())}
    blocks = LhsBound(scenario, functional, "<=", Fraction(4)).program().blocks
    assert blocks[0].constant == next(iter(blocks)).constant
    assert len(blocks[:1]) == len(blocks) == 1


def test_lhs_bounds_of_too_many_entries() -> None:
    with pytest.raises(Declined, match="more than 4000000 entries"):
        LhsBound(Scenario(((2,) * 19,), 3), {}, "<=", Fraction(4)).program()


def test_a_functional_that_vanishes_says_nothing() -> None:
    """White noise is LHS; F = 0 has β = 0, and is no reason why its robustness should be 1000."""
    sigma = white_noise(Scenario(((2, 2),), 2))
    nothing = Weighted(Fraction(0), matrix_of([[1], [0]]))
    found = OverlapInequality(sigma.scenario, dict.fromkeys(sigma.table, nothing), Fraction(0))
    program = OverlapRobustness(found, sigma.table, Fraction(1000)).program()
    with pytest.raises((Rejected, ValueError)):
        accept_exactly(program)


@settings(max_examples=15)
@given(seeds, st.integers(2, 3), st.fractions(0, 1, max_denominator=9))
def test_overlap_robustness_is_a_lower_bound(seed: int, count: int, visibility: Fraction) -> None:
    """Of rational bases on isotropic states: below what a decomposition shows from above."""
    bases = orthonormal_bases(2, count + seed % 3)[-count:]
    sigma = assemblage_of(isotropic(2, visibility), [tuple(map(projective, bases))])
    operators = {
        label: Weighted(Fraction(1), bases[part[1]][part[0]])
        for label in sigma.table
        for part in label.parties
        if part
    }
    overlap = max(
        abs(times(adjoint(v), w).entry(0, 0)[0])
        for one, other in combinations(bases, 2)
        for v in one
        for w in other
    )
    found = OverlapInequality(sigma.scenario, operators, overlap)
    ratio = found.value(sigma.table) / (1 + (count - 1) * overlap)
    accept_exactly(OverlapRobustness(found, sigma.table, ratio - 1).program())
    with pytest.raises(ValueError, match=r"row sum of .* not positive"):
        accept_exactly(OverlapRobustness(found, sigma.table, ratio - 1 + A_HAIR).program())
    assert ratio - 1 <= robustness(sigma, tolerance="1e-6").upper


# --- Messages ------------------------------------------------------------------------------------


@settings(max_examples=8)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=2), st.integers(2, 5), st.integers(0, 3))
def test_pure_qubit_assemblages_cost_a_message_for_each_input(
    amplitudes: list[int], count: int, skipped: int
) -> None:
    """Result 1: needed = sufficient = N for N different bases of a pure entangled state."""
    bases = orthonormal_bases(2, count + skipped)[-count:]
    sigma = assemblage_of(pure_entangled(amplitudes), [tuple(map(projective, bases))])
    found = messages(sigma)
    assert found.needed == found.sufficient == count
    for proof in (found.needed_proof, found.sufficient_proof):
        assert proof is not None
        assert check(proof.bytes()).status == "accepted"
    claim = MessagesByPurity(sigma.scenario, sigma.table, Fraction(count))
    accept_exactly(claim.program())
    with pytest.raises(ValueError, match="messages ≥ bound is not positive"):
        accept_exactly(replace(claim, bound=count + A_HAIR).program())
    # The same basis once more, its vectors the other way round, has the same rays.
    twice = [*bases, bases[0][::-1]]
    sigma = assemblage_of(pure_entangled(amplitudes), [tuple(map(projective, twice))])
    with pytest.raises(Rejected, match="rays of different inputs that are equal"):
        accept_exactly(MessagesByPurity(sigma.scenario, sigma.table, Fraction(2)).program())
    flat = assemblage_of(isotropic(2, "9/10"), [tuple(map(projective, bases))])
    with pytest.raises(Rejected, match="rank of"):
        accept_exactly(MessagesByPurity(flat.scenario, flat.table, Fraction(2)).program())


def complex_bases(seed: int, count: int) -> list[list[Matrix]]:
    """Orthogonal, not normalised, pairs (u, v), (-v*, u*)."""
    rng = np.random.default_rng(seed)
    bases = []
    for _ in range(count):
        (a, b), (c, e) = (rng.integers(1, 9, 2).tolist() for _ in range(2))
        bases.append([matrix_of([[a], [c]], [[b], [e]]), matrix_of([[-c], [a]], [[e], [-b]])])
    return bases


@settings(max_examples=10)
@given(seeds, st.integers(2, 6))
def test_complex_rays(seed: int, count: int) -> None:
    """Whether some rays are equal, decided here by |⟨v|w⟩|² = |v|²|w|²."""
    bases = complex_bases(seed, count)
    effects = [
        tuple(scaled(times(v, adjoint(v)), 1 / times(adjoint(v), v).trace()) for v in basis)
        for basis in bases
    ]
    sigma = assemblage_of(pure_entangled((2, 1)), [tuple(effects)])
    parallel = any(
        times(one, other).trace() == 1 for p, q in combinations(effects, 2) for one in p for other in q
    )
    program = MessagesByPurity(sigma.scenario, sigma.table, Fraction(count)).program()
    if parallel:
        with pytest.raises(Rejected, match="rays of different inputs"):
            accept_exactly(program)
    else:
        accept_exactly(program)


@pytest.mark.parametrize(("d", "count"), [(3, 2), (3, 3), (3, 5), (4, 3), (4, 4), (4, 5)])
def test_antisymmetric_states_cost_a_message_for_d_minus_1_inputs(d: int, count: int) -> None:
    """Result 2: exactly N/(d - 1), rounded up."""
    bases = orthonormal_bases(d, count)
    sigma = assemblage_of(antisymmetric(d), [tuple(map(projective, bases))])
    null = {label: bases[part[1]][part[0]] for label in sigma.table for part in label.parties if part}
    needed = ceil(Fraction(count, d - 1))
    claim = MessagesByNullity(sigma.scenario, sigma.table, null, Fraction(needed))
    accept_exactly(claim.program())
    with pytest.raises(ValueError, match="messages ≥ bound is not positive"):
        accept_exactly(replace(claim, bound=needed + A_HAIR).program())
    simulation, known = antisymmetric_simulation(sigma, bases)
    assert len(simulation.groups) == simulation.bound == needed
    program = simulation.program()
    accept_exactly(program, row(coordinates(program.unknowns, known)))
    assert check(prove_at(simulation, known).bytes()).status == "accepted"
    with pytest.raises(ValueError, match="groups ≤ bound is not positive"):
        accept_exactly(
            replace(simulation, bound=needed - A_HAIR).program(),
            row(coordinates(program.unknowns, known)),
        )
    # Other vectors are not those on which the states vanish.
    turned = {label: bases[part[1]][part[0] - 1] for label in null for part in label.parties if part}
    with pytest.raises(Rejected, match=r"σ\[.*\] φ"):
        accept_exactly(replace(claim, null=turned).program())


def test_dependent_null_vectors_are_refused() -> None:
    """The same basis for three inputs of a qutrit: any three vectors are to be independent."""
    basis = orthonormal_bases(3, 1)[0]
    bases = [basis, basis, basis]
    sigma = assemblage_of(antisymmetric(3), [tuple(map(projective, bases))])
    null = {label: bases[part[1]][part[0]] for label in sigma.table for part in label.parties if part}
    claim = MessagesByNullity(sigma.scenario, sigma.table, null, Fraction(2))
    with pytest.raises(Rejected, match="that are dependent"):
        accept_exactly(claim.program())


def test_messages_of_antisymmetric_qutrits() -> None:
    bases = orthonormal_bases(3, 3)
    sigma = assemblage_of(antisymmetric(3), [tuple(map(projective, bases))])
    found = messages(sigma)
    assert found.needed == 2
    assert found.needed <= found.sufficient <= 3


def test_an_lhs_assemblage_needs_one_message() -> None:
    sigma = random_local(5, Scenario(((2, 2, 3),), 2), full=True).assemblage
    found = messages(sigma)
    assert found.needed == found.sufficient == 1
    claim = MessagesSuffice(sigma.scenario, sigma.table, ((0, 1, 2),), Fraction(1))
    assert check(prove(claim).bytes()).status == "accepted"


# --- Errors that a user meets --------------------------------------------------------------------

MANY = Scenario(((2,) * 40,), 2)  # 2^40 strategies


def test_too_many_strategies_are_counted_not_made() -> None:
    sigma = white_noise(MANY)
    for call in (
        lambda: robustness(sigma),
        lambda: robustness(sigma, "generalised"),
        lambda: robustness(sigma, "weight"),
        lambda: visibility(sigma, outer_set="LHS"),
        lambda: member(sigma, outer_set="LHS"),
        lambda: bound(Functional(MANY, sigma.table), "LHS", "max"),
    ):
        with pytest.raises(InputError, match=f"{2**40} deterministic strategies"):
            call()
    with pytest.raises(Declined, match=f"{2**40} deterministic strategies"):
        Member(MANY, LHS, sigma.table).program()
    with pytest.raises(Declined, match=f"{2**40} deterministic strategies"):
        LhsBound(MANY, sigma.table, "<=", Fraction(1)).program()


def test_messages_where_nothing_is_trusted() -> None:
    with pytest.raises(InputError, match="dimension 1 holds nothing"):
        messages(white_noise(Scenario(((2, 2),), 1)))


def test_messages_of_too_many_strategies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noise for six inputs is LHS, but no model of all of them is sought: several groups suffice."""
    monkeypatch.setattr(classical, "MOST_GROUPED", 2**3)
    found = messages(white_noise(Scenario(((2,) * 6,), 2)))
    assert (found.needed, found.sufficient) == (1, 2)


def test_messages_of_too_many_hidden_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden_states, "MOST_HIDDEN", 4 * 2**3)
    with pytest.raises(
        InputError, match="8 deterministic strategies with 64 unknowns in all, at most 32"
    ):
        messages(white_noise(Scenario(((2,) * 6,), 2)))


def test_directions_may_be_too_many() -> None:
    sigma = pauli_assemblage(Fraction(1, 4), 2)
    many = [(Fraction(2), Fraction(k, 40)) for k in range(40)]
    with pytest.raises((InputError, NotProved)):
        bell_local(sigma, many)


def test_a_measure_that_does_not_exist() -> None:
    with pytest.raises(InputError, match="measure 'robust': write 'lhs', 'generalised', 'weight'"):
        robustness(pauli_assemblage(Fraction(1), 2), "robust")
    with pytest.raises(InputError, match="an Assemblage is needed, not int"):
        robustness(3)
    with pytest.raises(InputError, match="tolerance"):
        robustness(pauli_assemblage(Fraction(1), 2), tolerance=0)


def test_bell_locality_is_for_qubits_and_qutrits() -> None:
    for scenario in (Scenario(((2, 2),), 4), Scenario(((2, 2),), 1), Scenario(((2, 2),), 2, 2)):
        with pytest.raises(InputError, match="a trusted qubit or qutrit without input is needed"):
            bell_local(white_noise(scenario))
    with pytest.raises(InputError, match="an Assemblage is needed, not str"):
        bell_local("sigma")


def test_directions_that_are_wrong() -> None:
    sigma = pauli_assemblage(Fraction(1, 4), 2)
    for directions in ([], [(1,)], [(1, 0), (1, 0, 0)], [(1, 0, 0, 0)]):
        with pytest.raises(InputError, match=r"vectors .x, z., or vectors .x, y, z., are needed"):
            bell_local(sigma, directions)
    with pytest.raises(InputError, match="direction 1: 'up' is not a number"):
        bell_local(sigma, [(1, 0), (0, "up")])
    # A hull that does not hold the disc, or is flat: no proof, and the reason.
    for directions in ([(1, 0), (0, 1)], [(2, 0)], [(2, 0), (4, 0)], [(2, 0, 0), (0, 2, 0)]):
        with pytest.raises(NotProved, match="no local model for the directions that were tried"):
            bell_local(sigma, directions)
    assert check(bell_local(sigma, [("3/2", 0), (0, "1.5")]).bytes()).status == "accepted"


def test_messages_are_those_of_one_party() -> None:
    for scenario in (Scenario(((2, 2), (2, 2)), 2), Scenario(((2, 2),), 2, 2)):
        with pytest.raises(InputError, match="one party that steers and no trusted input"):
            messages(white_noise(scenario))
    with pytest.raises(InputError, match="an Assemblage is needed"):
        messages(None)


def test_lhs_bounds_have_no_trusted_input() -> None:
    scenario = Scenario(((2, 2),), 2, 2)
    with pytest.raises(InputError, match="trusted input"):
        bound(Functional(scenario, white_noise(scenario).table), "LHS", "max")
