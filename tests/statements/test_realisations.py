"""Realisations from both sides: what is quantum is accepted as computed here, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from exact_quantum import (
    Gaussian,
    accept_exactly,
    identity,
    integer_functional,
    mixed,
    random_realisation,
    random_state,
    random_unitary,
    scenarios,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import Assemblage, InputError
from exactsteer.constructions.ghjw import ghjw
from exactsteer.constructions.pseudo import pseudo_lhs
from exactsteer.constructions.sequential import sequential
from exactsteer.exact.ldl import ldl
from exactsteer.exact.matrices import maximally_entangled, scaled
from exactsteer.kernel.errors import Declined, Malformed, Rejected
from exactsteer.kernel.matrix import Matrix, matrix_of, transpose
from exactsteer.literature import formalism
from exactsteer.literature.bipartite_generalised import printed_assemblage
from exactsteer.literature.examples import pr_box
from exactsteer.prover.prove import prove
from exactsteer.scenario import Elements, Label, Scenario, negative
from exactsteer.statements import (
    DecomposableRealisation,
    FunctionalRealised,
    NegativityBound,
    PseudoRealisation,
    QuantumRealisation,
    SequentialRealisation,
    realisation,
)
from exactsteer.statements.moments import MomentMatrix
from exactsteer.statements.realisation import Realisation, SectorState
from exactsteer.statements.words import parse_word, parties_of, word_set
from exactsteer.steering.sequential import SequentialAssemblage

seeds = st.integers(0, 2**32)
counts = st.integers(1, 3)
A_HAIR = Fraction(1, 10**30)


def tr(elements: Elements, functional: Elements) -> Fraction:
    """Σ tr(Fσ) entry by entry, as Σ_rc F_rc σ_cr."""
    value = Fraction(0)
    for label, matrix in functional.items():
        for r in range(matrix.shape[0]):
            for c in range(matrix.shape[0]):
                (a, b), (x, y) = matrix.entry(r, c), elements[label].entry(c, r)
                value += a * x - b * y
    return value


def moved(matrix: Matrix, row: int, column: int, imaginary: bool, amount: Fraction = A_HAIR) -> Matrix:
    """The Hermitian matrix with one entry changed by an amount, or by i times that."""
    size = range(matrix.shape[0])
    parts = [[[0] * len(size) for _ in size] for _ in range(2)]
    parts[imaginary][row][column] = 1
    parts[imaginary][column][row] = -1 if imaginary else 1
    return (matrix + scaled(matrix_of(*parts), amount)).reduced()


# --- Quantum realisations ------------------------------------------------------------------------


@settings(max_examples=16)
@given(seeds, scenarios(parties=3, trusted=True), counts, counts, st.booleans())
def test_elements_are_those_of_the_definition(
    seed: int, scenario: Scenario, sectors: int, terms: int, conjugated: bool
) -> None:
    """Several parties, POVMs, mixtures, channels, C ≠ 1: computed here, by the kernel, and accepted."""
    rng = np.random.default_rng(seed)
    found, table = mixed(rng, scenario, sectors, terms, conjugated)
    computed = found.elements(table)
    assert all((computed[label] - matrix).vanishes for label, matrix in table.items())
    statement = QuantumRealisation(scenario, table, found)
    accept_exactly(statement.program())
    assert ("(its POVMs are" in statement.sentence()) == conjugated
    part = dict([list(table.items())[int(rng.integers(len(table)))]])
    accept_exactly(QuantumRealisation(scenario, part, found).program())


@settings(max_examples=12)
@given(seeds, scenarios(trusted=True), counts, st.booleans())
def test_elements_that_differ_by_a_hair_are_refused(
    seed: int, scenario: Scenario, terms: int, imaginary: bool
) -> None:
    rng = np.random.default_rng(seed)
    found, table = mixed(rng, scenario, 2, terms)
    label = list(table)[int(rng.integers(len(table)))]
    row, column = sorted(map(int, rng.integers(scenario.dimension, size=2)))
    changed = moved(table[label], column, row, imaginary and row != column)
    with pytest.raises(Rejected, match="computed minus claimed"):
        accept_exactly(QuantumRealisation(scenario, {**table, label: changed}, found).program())


def refused(scenario: Scenario, found: Realisation, table: Elements, place: str) -> None:
    """With the elements that it gives, so that they are not what refuses it."""
    statement = QuantumRealisation(scenario, found.elements(table), found)
    with pytest.raises((Rejected, ValueError), match=place):
        accept_exactly(statement.program())


def with_effects(found: Realisation, change: Any) -> Realisation:
    """`change(x, a, M)` in every sector of the first party."""
    first = tuple(
        tuple(
            tuple(change(x, a, effect) for a, effect in enumerate(effects))
            for x, effects in enumerate(inputs)
        )
        for inputs in found.measurements[0]
    )
    return replace(found, measurements=(first, *found.measurements[1:]))


@settings(max_examples=5)
@given(seeds, st.booleans())
def test_what_is_no_realisation_is_refused(seed: int, trusted: bool) -> None:
    """By a hair, and with the elements that such "operators" give."""
    rng = np.random.default_rng(seed)
    scenario = Scenario(((2, 2),), 2, 2) if trusted else Scenario(((2, 2), (2,)), 2)
    found, table = mixed(rng, scenario, 2, 3)
    larger = 1 + A_HAIR

    states = tuple(SectorState(s, scaled(state, larger)) for s, state in found.states)
    refused(scenario, replace(found, states=states), table, "normalisation of the state")
    longer = with_effects(found, lambda x, a, m: scaled(m, larger) if x else m)
    refused(scenario, longer, table, "sum of the effects of input 1 against input 0, party 1")
    turned = with_effects(found, lambda x, a, m: moved(m, 1, 0, True) if (x, a) == (1, 0) else m)
    refused(scenario, turned, table, "party 1 in sector 0, entry .1, 0., imaginary part")

    # Diag(1/2 ± (1/2 + ε), 1/2): they add up to 1, and -ε is not positive.
    flat = with_effects(found, lambda x, a, m: moved(moved(m - m, 0, 0, False, 1), 1, 1, False, 1))
    half = with_effects(flat, lambda x, a, m: scaled(m, Fraction(1, 2)))

    def uneven(x: int, a: int, effect: Matrix) -> Matrix:
        sign = -1 if a else 1
        return moved(effect, 0, 0, False, sign * (Fraction(1, 2) + A_HAIR))

    refused(scenario, with_effects(half, uneven), table, "effect 1.0 of party 1 in sector 0")
    sectors, extra = found.states[0]
    states = (*found.states, SectorState(sectors, extra), SectorState(sectors, negative(extra)))
    refused(scenario, replace(found, states=states), table, "state 4")
    if trusted:
        unit = found.channels[1]
        refused(
            scenario,
            replace(found, channels=(found.channels[0], moved(unit, 0, 0, False))),
            table,
            "trace preservation of map 1, entry .0, 0., real part",
        )
        # J + t·(|0⟩⟨0| ⊗ Z): the trace stays, and for a large t the matrix is not positive.
        tilted = moved(moved(unit, 0, 0, False, Fraction(9)), 1, 1, False, Fraction(-9))
        refused(
            scenario,
            replace(found, channels=(found.channels[0], tilted)),
            table,
            "Choi matrix of channel 1",
        )


@settings(max_examples=15)
@given(seeds, scenarios(trusted=True), st.sampled_from([">=", "<="]))
def test_values_that_realisations_reach(seed: int, scenario: Scenario, relation: str) -> None:
    rng = np.random.default_rng(seed)
    found, table = mixed(rng, scenario, 2, 2)
    functional = integer_functional(rng, scenario)
    sums = Assemblage.from_elements(scenario, table).independent()
    value = tr(sums, functional)
    statement = FunctionalRealised(scenario, functional, relation, found, value)
    accept_exactly(statement.program())
    further = replace(statement, bound=value + (A_HAIR if relation == ">=" else -A_HAIR))
    with pytest.raises(ValueError, match="bound is not positive"):
        accept_exactly(further.program())


def test_realisations_that_would_take_too_long_are_declined(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario(((2, 2),), 2)
    found, table = mixed(np.random.default_rng(0), scenario, 1, 1)
    statement = QuantumRealisation(scenario, table, found)
    accept_exactly(statement.program())
    # Four qubit effects and a state of two qubits; σ is four times the state and two matrices.
    monkeypatch.setattr(realisation, "OVERHEAD", 0)
    monkeypatch.setattr(realisation, "MOST_REALISED", 4 * 4 + 16)
    monkeypatch.setattr(realisation, "MOST_OPERATIONS", 4 * 2 * 16)
    accept_exactly(statement.program())
    monkeypatch.setattr(realisation, "WORD", 1)
    with pytest.raises(Declined, match=r"about \d+ multiplications, at most 128"):
        statement.program()
    monkeypatch.setattr(realisation, "MOST_REALISED", 4 * 4 + 15)
    with pytest.raises(Declined, match="a realisation of 32 entries, at most 31"):
        statement.program()


# --- Decomposable maps ---------------------------------------------------------------------------


@settings(max_examples=5)
@given(seeds, st.fractions(0, 1, max_denominator=9))
def test_decomposable_maps(seed: int, weight: Fraction) -> None:
    """Λ = w·E₀ + (1 - w)·T∘E₁, computed from what the channels alone give."""
    rng = np.random.default_rng(seed)
    scenario, single = Scenario(((2, 3),), 2, 2), Scenario(((2, 3),), 2, 1)
    found, table = mixed(rng, scenario, 2, 2)
    first, second = found.channels
    both = replace(found, channels=(scaled(first, weight),), transposed=(scaled(second, 1 - weight),))
    elements: Elements = {}
    for label in single.labels():
        one, other = (table[Label(label.parties, y)] for y in (0, 1))
        elements[label] = (scaled(one, weight) + scaled(transpose(other), 1 - weight)).reduced()
    accept_exactly(DecomposableRealisation(single, elements, both).program())
    plain = {label: transpose(matrix) for label, matrix in elements.items()}
    if any(not (plain[label] - matrix).vanishes for label, matrix in elements.items()):
        with pytest.raises(Rejected, match="computed minus claimed"):
            accept_exactly(DecomposableRealisation(single, plain, both).program())


# --- Postquantum assemblages are not realised ----------------------------------------------------

POSTQUANTUM = {
    "PR box": pr_box(2),
    "Theorem 3": printed_assemblage(3),
    "Theorem 4": printed_assemblage(4),
    "B7": formalism.assemblage(),
}


@pytest.mark.parametrize("name", POSTQUANTUM)
@pytest.mark.parametrize("seed", range(3))
def test_random_realisations_of_postquantum_assemblages_are_refused(name: str, seed: int) -> None:
    sigma = POSTQUANTUM[name]
    found, table = mixed(np.random.default_rng(seed), sigma.scenario, 2, 2)
    accept_exactly(QuantumRealisation(sigma.scenario, table, found, sigma.field).program())
    statement = QuantumRealisation(sigma.scenario, sigma.table, found, sigma.field)
    with pytest.raises(Rejected, match="computed minus claimed"):
        accept_exactly(statement.program())


@pytest.mark.parametrize("name", ["PR box", "B7"])
def test_a_pseudo_state_is_not_a_state(name: str) -> None:
    """What reproduces a postquantum assemblage exactly: all equations hold, and ρ₋ is the only fault."""
    sigma = POSTQUANTUM[name]
    model = pseudo_lhs(sigma)
    accept_exactly(
        PseudoRealisation(
            sigma.scenario,
            sigma.table,
            model.realisation,
            model.negative_states,
            model.negativity,
            sigma.field,
        ).program()
    )
    taken = (SectorState(term.sectors, negative(term.state)) for term in model.negative_states)
    signed = replace(model.realisation, states=(*model.realisation.states, *taken))
    statement = QuantumRealisation(sigma.scenario, sigma.table, signed, sigma.field)
    with pytest.raises(ValueError, match=r"state \d+ is not positive"):
        accept_exactly(statement.program())
    # Its positive part alone is too large; scaled to trace 1, it has other elements.
    positive = replace(statement, realisation=model.realisation)
    with pytest.raises(Rejected, match="normalisation of the state"):
        accept_exactly(positive.program())
    if name == "PR box":
        smaller = 1 / (1 + Fraction(model.negativity))
        states = tuple(
            SectorState(t.sectors, scaled(t.state, smaller)) for t in model.realisation.states
        )
        normalised = replace(statement, realisation=replace(signed, states=states))
        with pytest.raises(Rejected, match="computed minus claimed"):
            accept_exactly(normalised.program())


def test_a_transposition_is_not_a_channel() -> None:
    """Theorem 4: σ[a|x 1] is σ[a|x 0] transposed, by a map whose Choi matrix is not positive."""
    sigma = POSTQUANTUM["Theorem 4"]
    before = Scenario(sigma.scenario.outcomes, 2)
    own = {Label(label.parties): sigma.table[Label(label.parties, 0)] for label in before.labels()}
    steering = ghjw(Assemblage.from_elements(before, own))
    same = maximally_entangled(2)
    turned = matrix_of([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    found = replace(steering, channels=(same, turned))
    statement = QuantumRealisation(sigma.scenario, sigma.table, found)
    with pytest.raises(ValueError, match="Choi matrix of channel 1 is not positive"):
        accept_exactly(statement.program())
    nothing = (same - same).reduced()
    decomposable = replace(steering, channels=(same, nothing), transposed=(nothing, same))
    accept_exactly(DecomposableRealisation(sigma.scenario, sigma.table, decomposable).program())


def test_negativity_is_not_bounded_by_decomposable_maps() -> None:
    """Theorem 4 again: with transposed maps a state that is not negative would do, and ν is not 0."""
    sigma = POSTQUANTUM["Theorem 4"]
    before = Scenario(sigma.scenario.outcomes, 2)
    own = {Label(label.parties): sigma.table[Label(label.parties, 0)] for label in before.labels()}
    steering = ghjw(Assemblage.from_elements(before, own))
    same = maximally_entangled(2)
    nothing = (same - same).reduced()
    found = replace(steering, channels=(same, nothing), transposed=(nothing, same))
    states = (SectorState((0,), nothing),)
    words = word_set(sigma.scenario, "almost-quantum")
    prove(NegativityBound(sigma.scenario, words, sigma.table, ">=", Fraction(1, 100)))
    claim = PseudoRealisation(sigma.scenario, sigma.table, found, states, Fraction(0)).claim()
    with pytest.raises(Malformed, match="unknown field 'transposed'"):
        PseudoRealisation.read(claim)


# --- Negativity ----------------------------------------------------------------------------------


@settings(max_examples=8)
@given(seeds, scenarios(trusted=True), counts, st.booleans())
def test_pseudo_states(seed: int, scenario: Scenario, terms: int, conjugated: bool) -> None:
    """(1 + ν)σ₊ - νσ₋ of the same measurements, ν = tr ρ₋ exactly, wherever that is an assemblage."""
    rng = np.random.default_rng(seed)
    found, table = mixed(rng, scenario, 2, terms + 1, conjugated)
    k = int(rng.integers(1, terms + 1))
    weight = Fraction(int(rng.integers(1, 9)), 8)

    def of_trace(states: tuple[SectorState, ...], trace: Fraction) -> tuple[SectorState, ...]:
        factor = trace / Fraction(replace(found, states=states).reduced_state().trace())
        return tuple(SectorState(s, scaled(m, factor)) for s, m in states)

    plus, minus = found.states[:k], found.states[k:]
    taken = of_trace(minus, weight)
    for states in (
        of_trace(plus, 1 + weight),
        of_trace(plus, 1 - weight / 2) + of_trace(minus, 3 * weight / 2),  # more than is taken
    ):
        positive = replace(found, states=states).elements(table)
        away = replace(found, states=taken).elements(table)
        elements = {label: (positive[label] - away[label]).reduced() for label in table}
        given = replace(found, states=states)
        statement = PseudoRealisation(scenario, elements, given, taken, weight)
        if any(ldl(matrix) is None for matrix in elements.values()):
            assert len(states) == k, "the second is an assemblage"
            with pytest.raises(ValueError, match=r"σ.* is not positive"):
                accept_exactly(statement.program())
            continue
        accept_exactly(statement.program())
        with pytest.raises(ValueError, match="tr ρ₋"):
            accept_exactly(replace(statement, bound=weight - A_HAIR).program())


@settings(max_examples=10)
@given(
    seeds,
    scenarios(outcomes=2, trusted=True),
    st.fractions(0, 3, max_denominator=20),
    st.sampled_from(["almost-quantum", "1", "1+AA"]),
)
def test_the_negativity_of_a_decomposition_is_not_excluded(
    seed: int, scenario: Scenario, weight: Fraction, level: str
) -> None:
    """The exact moments of two realisations are a point of the program, with ν for its objective."""
    plus, minus = (random_realisation(seed + k, scenario, rank=2) for k in range(2))
    both = plus.assemblage(), minus.assemblage()
    table = {
        label: (scaled(both[0][label], 1 + weight) - scaled(both[1][label], weight)).reduced()
        for label in scenario.labels()
    }
    words = word_set(scenario, level)
    program = NegativityBound(scenario, words, table, ">=", Fraction(0)).program()
    alone = MomentMatrix(scenario, words)
    for label in scenario.collins_gisin_labels():
        alone.element(label)
    own = len(alone.unknowns)  # the unknowns of νσ₋ come first, then those of (1 + ν)σ₊
    values = []
    for k, unknown in enumerate(program.unknowns):
        name = str(unknown.name).removeprefix("M[").removesuffix("]")
        origin, factor = (minus, weight) if k < own else (plus, 1 + weight)
        moment = origin.word(parse_word(name, parties_of(scenario)))
        part = moment.im if unknown.part == "imaginary" else moment.re
        values.append(part[unknown.row, unknown.column] * factor)
    accept_exactly(program, matrix_of([values]))
    objective = program.goal.objective
    assert sum(c * values[i] for i, c in objective.items()) == weight


def test_the_pr_box_is_negative() -> None:
    """CHSH = 4 ≤ 2√2(1 + 2ν), so ν ≥ (√2 - 1)/2 = 0.2071…; and ν ≤ 1/2 by the deterministic boxes."""
    sigma = pr_box(1)
    words = word_set(sigma.scenario, "almost-quantum")
    proof = prove(NegativityBound(sigma.scenario, words, sigma.table, ">=", Fraction(2, 10)))
    assert "ν >= 0.2," in proof.theorem
    assert pseudo_lhs(sigma).negativity >= Fraction(1, 2)


# --- Sequences -----------------------------------------------------------------------------------


def instrument(rng: np.random.Generator, outcomes: int) -> list[Gaussian]:
    """Kraus operators of a qubit with Σ K†K = 1: the blocks of some columns of a unitary."""
    unitary = random_unitary(rng, 2 * outcomes)
    rows = [slice(2 * a, 2 * a + 2) for a in range(outcomes)]
    return [Gaussian(unitary.re[row, :2], unitary.im[row, :2]) for row in rows]


def sequence(rng: np.random.Generator, scenario: Scenario, state: Gaussian) -> tuple[Elements, Elements]:
    """σ from instruments that depend on all that happened before, and the effects (K…)†K…"""
    known: dict[Any, list[Gaussian]] = {}
    table: Elements = {}
    effects: Elements = {}
    for label in scenario.labels():
        operator = identity(2)
        for step, (a, x) in enumerate(label.parties):
            history = (*label.parties[:step], x)
            if history not in known:
                known[history] = instrument(rng, scenario.outcomes[step][x])
            operator = known[history][a] @ operator
        change = operator.tensor(identity(scenario.dimension))
        steered = (change @ state @ change.adjoint()).reduced_state(scenario.dimension)
        table[label] = steered.matrix()
        effects[label] = (operator.adjoint() @ operator).matrix()
    return table, effects


@settings(max_examples=20)
@given(seeds, scenarios(parties=3, outcomes=2), st.integers(1, 4))
def test_sequences_are_quantum(seed: int, scenario: Scenario, rank: int) -> None:
    rng = np.random.default_rng(seed)
    state = random_state(rng, 2 * scenario.dimension, rank)
    table, effects = sequence(rng, scenario, state)
    # By the effects of the instruments, and by those that the construction finds for σ alone.
    accept_exactly(SequentialRealisation(scenario, table, effects, state.matrix()).program())
    accept_exactly(sequential(SequentialAssemblage.from_elements(scenario, table)).program())


@settings(max_examples=15)
@given(seeds, st.integers(2, 3), st.integers(0, 1), st.booleans())
def test_signalling_backwards_is_refused(seed: int, steps: int, changed: int, imaginary: bool) -> None:
    """A later input moves weight between two outcomes of an earlier step, by a hair."""
    rng = np.random.default_rng(seed)
    scenario = Scenario(((2, 2),) * steps, 2)
    state = random_state(rng, 4, 4)
    table, effects = sequence(rng, scenario, state)
    step = min(changed, steps - 2)  # signalled to, from the last step
    others = [(0, 0)] * (steps - 1)
    entry = (1, 0, True) if imaginary else (0, 0, False)

    def signalling(elements: Elements, amount: Fraction) -> Elements:
        found = dict(elements)
        for a, sign in ((0, 1), (1, -1)):
            earlier = [*others[:step], (a, 0), *others[step + 1 :]]
            label = Label((*earlier, (0, 1)))
            found[label] = moved(found[label], *entry, sign * amount)
        return found

    broken = signalling(table, A_HAIR)
    with pytest.raises(InputError, match="signalling to"):
        SequentialAssemblage.from_elements(scenario, broken)
    transposed = {label: transpose(matrix) for label, matrix in broken.items()}
    steering = SequentialRealisation(scenario, broken, transposed, maximally_entangled(2))
    with pytest.raises(Rejected, match="signalling to"):
        accept_exactly(steering.program())
    # With the true effects the elements are not those.
    honest = SequentialRealisation(scenario, broken, effects, state.matrix())
    with pytest.raises(Rejected, match="computed minus claimed"):
        accept_exactly(honest.program())


def test_signalling_forwards_is_allowed() -> None:
    """The second outcome tells the first input, and the second input is no secret to nobody."""
    scenario = Scenario(((1, 1), (2, 1)), 1)
    table = {
        label: matrix_of([[int(label.parties[1][0] == label.parties[0][1] or label.parties[1][1])]])
        for label in scenario.labels()
    }
    with pytest.raises(InputError, match="not no-signalling"):
        Assemblage.from_elements(scenario, table)
    accept_exactly(sequential(SequentialAssemblage.from_elements(scenario, table)).program())
