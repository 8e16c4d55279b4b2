"""Boxes inside a set from both sides: all in them has a model, and no box reaches what has none.

The noise, its share and the hidden states of what is in a box are computed here strategy by strategy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod
from typing import TypeAlias, TypeVar

import numpy as np
import pytest
from exact_quantum import accept_exactly, mixed, random_state, scenarios
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from statements.test_classical import coordinates, row

from exactsteer import Assemblage, NotProved, check, classify, member
from exactsteer.exact.matrices import scaled
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.matrix import Matrix, hermitian, matrix_of
from exactsteer.literature.communication_cost import pauli_assemblage
from exactsteer.literature.examples import pr_box
from exactsteer.prover.prove import prove
from exactsteer.scenario import Elements, Label, Scenario, direct_sum, marginal, summand
from exactsteer.statements import Member, MemberBox, QuantumBox, ValidAssemblage
from exactsteer.statements.boxes import Box
from exactsteer.statements.hidden_states import LHS
from exactsteer.statements.sets import read_set

A_HAIR = Fraction(1, 10**30)
Strategy: TypeAlias = tuple[tuple[int, ...], ...]  # [party][input], the outcome
Hidden: TypeAlias = dict[tuple[Strategy, int | None], Matrix]  # by trusted input, too
K = TypeVar("K")
Choice: TypeAlias = tuple[int, int] | None  # (a, x), or "·": the last outcomes
seeds = st.integers(0, 2**32)
shares = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(9, 10), Fraction(1)])
SEVERAL = st.sampled_from(
    [
        Scenario.with_bobs(((2, 2),), (2, 2)),
        Scenario.with_bobs(((3, 1),), (1, 3)),
        Scenario.with_bobs(((1, 2), (2,)), (2, 1, 2)),
    ]
)
SCENARIOS = scenarios(parties=3, outcomes=2) | scenarios(dimension=3, trusted=True) | SEVERAL


# --- The noise, and models, strategy by strategy -------------------------------------------------


def every_strategy(scenario: Scenario) -> list[Strategy]:
    return list(product(*(product(*map(range, inputs)) for inputs in scenario.outcomes)))


def choices(inputs: tuple[int, ...]) -> list[Choice]:
    return [None, *((a, x) for x, count in enumerate(inputs) for a in range(count - 1))]


def strategy_of(scenario: Scenario, chosen: tuple[Choice, ...]) -> Strategy:
    """The last outcome of every input, but for the one that is chosen."""
    return tuple(
        tuple(
            choice[0] if choice is not None and choice[1] == x else count - 1
            for x, count in enumerate(inputs)
        )
        for choice, inputs in zip(chosen, scenario.outcomes, strict=True)
    )


def functional(inputs: tuple[int, ...], choice: Choice, full: bool) -> dict[Choice, int]:
    """What takes the coefficient of the choice out of a party's elements, of one kind or the other."""
    if choice is not None:
        return {choice: 1}
    terms: Counter[Choice] = Counter({part: -1 for part in choices(inputs) if part is not None})
    if full:
        terms.update({(a, 0): 1 for a in range(inputs[0])})
    else:
        terms[None] = 1
    return {part: sign for part, sign in terms.items() if sign}


def weights(inputs: tuple[int, ...], full: bool) -> dict[Choice, Fraction]:
    """As many parts as a coefficient has terms."""
    terms = {choice: len(functional(inputs, choice, full)) for choice in choices(inputs)}
    return {choice: Fraction(n, sum(terms.values())) for choice, n in terms.items()}


def needed(scenario: Scenario, full: bool) -> Fraction:
    """The share of noise for a radius of 1."""
    largest = max(len(rows) * (1 + Fraction(3, 2) * (len(rows) - 1)) for rows in scenario.summands())
    terms = (
        sum(len(functional(inputs, choice, full)) for choice in choices(inputs))
        for inputs in scenario.outcomes
    )
    return largest * prod(terms)


def a_corner(scenario: Scenario) -> Matrix:
    """A hair of |0⟩⟨0|."""
    size = range(scenario.dimension)
    return matrix_of([[A_HAIR * (r == c == 0) for c in size] for r in size])


def blocks(scenario: Scenario, states: list[Matrix]) -> Matrix:
    return direct_sum(states) if scenario.bobs else states[0]


def noise(scenario: Scenario, full: bool) -> Hidden:
    found = {}
    own = [weights(inputs, full) for inputs in scenario.outcomes]
    for chosen in product(*map(choices, scenario.outcomes)):
        weight = prod((w[c] for w, c in zip(own, chosen, strict=True)), start=Fraction(1))
        sizes = [len(rows) for rows in scenario.summands()]
        flat = [
            matrix_of([[Fraction(int(r == c), d) * weight for c in range(d)] for r in range(d)])
            for d in sizes
        ]
        for y in scenario.inputs_of_trusted():
            found[strategy_of(scenario, chosen), y] = blocks(scenario, flat)
    return found


def random_hidden(rng: np.random.Generator, scenario: Scenario, most: int = 8) -> Hidden:
    """States for a few strategies."""
    every = every_strategy(scenario)
    some = [every[k] for k in rng.permutation(len(every))[:most]]
    parts = rng.integers(1, 6, len(some)).tolist()
    found = {}
    for strategy, part in zip(some, parts, strict=True):
        for y in scenario.inputs_of_trusted():
            states = [
                random_state(rng, len(rows), int(rng.integers(1, len(rows) + 1))).matrix()
                for rows in scenario.summands()
            ]
            found[strategy, y] = scaled(blocks(scenario, states), Fraction(part, sum(parts)))
    return found


def zero(scenario: Scenario) -> Matrix:
    return matrix_of([[0] * scenario.dimension] * scenario.dimension)


def combined(
    scenario: Scenario, *terms: tuple[Fraction, Mapping[Hidden, Matrix]]
) -> dict[object, Matrix]:
    """Σ weight·matrix of each key."""
    found: dict[object, Matrix] = {}
    for weight, matrices in terms:
        for key, matrix in matrices.items():
            found[key] = (found.get(key, zero(scenario)) + scaled(matrix, weight)).reduced()
    return found


def table_of(scenario: Scenario, hidden: Hidden) -> Elements:
    return {
        label: reduce(
            Matrix.__add__,
            (
                state
                for (strategy, y), state in hidden.items()
                if y == label.trusted
                and all(
                    own[part[1]] == part[0]
                    for own, part in zip(strategy, label.parties, strict=True)
                    if part is not None
                )
            ),
            zero(scenario),
        ).reduced()
        for label in scenario.labels()
    }


def names(scenario: Scenario, hidden: Hidden) -> dict[str, Matrix]:
    """By the names of the unknowns; with nothing trusted the last party's answers are summed up."""
    found: dict[str, Matrix] = {}
    for (strategy, y), state in hidden.items():
        if scenario.dimension == 1 and y is None:
            for x, a in enumerate(strategy[-1]):
                name = f"p[{a}|{x}] of λ = {text(strategy[:-1])}"
                found[name] = found.get(name, zero(scenario)) + state
            continue
        name = f"ρ{'' if y is None else f'[y = {y}]'} of λ = {text(strategy)}"
        if not scenario.bobs:
            found[name] = state
        for k, rows in enumerate(scenario.summands()):
            found[f"{name} of trusted party {k + 1}"] = summand(state, rows)
    return found


def text(strategy: Strategy) -> str:
    return "; ".join(" ".join(map(str, own)) for own in strategy) or "_"


def accept_model(statement: Member | MemberBox, hidden: Hidden) -> None:
    program = statement.program()
    scenario = statement.scenario if isinstance(statement, Member) else statement.box.scenario
    accept_exactly(program, row(coordinates(program.unknowns, names(scenario, hidden))))


def box_around(scenario: Scenario, table: Elements, full: bool, radius: Fraction) -> Box:
    labels = scenario.labels() if full else scenario.collins_gisin_labels()
    return Box(scenario, {label: marginal(scenario, table, label) for label in labels}, radius)


# --- What is in a box ----------------------------------------------------------------------------


def random_difference(rng: np.random.Generator, scenario: Scenario) -> Elements:
    """No signalling and equal traces, of independent elements: signs, some of them only."""
    found: Elements = {}
    for label in scenario.collins_gisin_labels():
        first = found.get(Label(label.parties, 0)) if label.trusted else None
        parts = []
        trace = None if first is None else summand(first, scenario.summands()[0]).trace()
        if label == scenario.nobody():
            trace = Fraction(0)
        for rows in scenario.summands():
            re, im = rng.integers(-1, 2, (2, len(rows), len(rows))).tolist()
            own = hermitian(len(rows), lambda r, c, re=re, im=im: (re[r][c], im[r][c]))
            if trace is not None:
                k = int(rng.integers(len(rows)))
                gap = trace - own.trace()
                own = own + hermitian(len(rows), lambda r, c, k=k, gap=gap: (gap * (r == c == k), 0))
            trace = own.trace()
            parts.append(own)
        found[label] = blocks(scenario, parts)
    return found


def all_elements(scenario: Scenario, independent: Elements) -> Elements:
    return {
        label: reduce(
            Matrix.__add__,
            (scaled(independent[part], Fraction(sign)) for sign, part in scenario.expansion(label)),
        ).reduced()
        for label in scenario.labels()
    }


def largest_part(elements: Elements) -> Fraction:
    """Of all entries."""
    return max(
        abs(Fraction(n))
        for matrix in elements.values()
        for r, c in product(range(matrix.shape[0]), repeat=2)
        for n in matrix.entry(r, c)
    )


def coefficients(scenario: Scenario, difference: Elements) -> Hidden:
    """The combination of strategies that makes the difference, by the independent elements."""
    found = {}
    for chosen in product(*map(choices, scenario.outcomes)):
        own = [
            functional(inputs, choice, False)
            for inputs, choice in zip(scenario.outcomes, chosen, strict=True)
        ]
        for y in scenario.inputs_of_trusted():
            terms = (
                scaled(
                    difference[Label(parts, y)],
                    Fraction(prod(f[p] for f, p in zip(own, parts, strict=True))),
                )
                for parts in product(*own)
            )
            found[strategy_of(scenario, chosen), y] = reduce(Matrix.__add__, terms).reduced()
    return found


@settings(max_examples=40)
@example(1, Scenario(((2, 3), (3,)), 2), True, Fraction(1))
@example(2, Scenario(((2, 3), (3,)), 2), False, Fraction(1))
@example(3, Scenario(((1, 2), (2, 1)), 1, 2), True, Fraction(1))
@example(4, Scenario.with_bobs(((3, 2),), (1, 3)), True, Fraction(1))
@example(5, Scenario(((2, 2),), 2, 2), False, Fraction(1, 3))
@given(seeds, SCENARIOS, st.booleans(), shares)
def test_all_that_is_in_a_box_is_lhs(seed: int, scenario: Scenario, full: bool, share: Fraction) -> None:
    """The box is accepted; a model of a difference of its whole radius, too; and no larger radius."""
    rng = np.random.default_rng(seed)
    tau, omega = random_hidden(rng, scenario), noise(scenario, full)
    centre = table_of(scenario, combined(scenario, (1 - share, tau), (share, omega)))
    radius = share / needed(scenario, full)
    box = box_around(scenario, centre, full, radius)
    assert box.share() == share
    assert box.table() == centre
    mine = table_of(scenario, omega)
    for label in box.centre:
        assert box.noise(label) == marginal(scenario, mine, label)
    statement = MemberBox(box, LHS)
    accept_model(statement, combined(scenario, (1 - share, tau)))
    wider = replace(statement, box=box._replace(radius=radius + A_HAIR))
    with pytest.raises((Rejected, ValueError), match=r"model against|not positive"):
        accept_model(wider, combined(scenario, (1 - share, tau)))

    difference = random_difference(rng, scenario)
    whole = all_elements(scenario, difference)
    reached = largest_part(whole if full else difference)
    assume(reached)
    scale = radius / reached
    moved = combined(scenario, (Fraction(1), centre), (scale, whole))
    accept_model(
        Member(scenario, LHS, moved),
        combined(
            scenario, (1 - share, tau), (share, omega), (scale, coefficients(scenario, difference))
        ),
    )


@settings(max_examples=20)
@given(
    seeds, scenarios(outcomes=3, trusted=True), st.booleans(), st.sampled_from(["no-signalling", "1"])
)
def test_boxes_in_outer_sets_end_where_an_element_vanishes(
    seed: int, scenario: Scenario, full: bool, name: str
) -> None:
    """A single strategy and noise: there is no room for a hair more, whatever the witness."""
    assume(max(max(inputs) for inputs in scenario.outcomes) > 1)
    assume(name == "no-signalling" or scenario.trusted_inputs is None)
    rng = np.random.default_rng(seed)
    tau = random_hidden(rng, scenario, 1)
    share = Fraction(int(rng.integers(0, 9)), 9)
    centre = table_of(scenario, combined(scenario, (1 - share, tau), (share, noise(scenario, full))))
    radius = share / needed(scenario, full)
    box = box_around(scenario, centre, full, radius)
    inside = MemberBox(box, read_set(name, scenario, "set"))
    wider = replace(inside, box=box._replace(radius=radius + A_HAIR))
    if name == "no-signalling":  # without unknowns
        accept_exactly(inside.program())
        with pytest.raises(ValueError, match="is not positive"):
            accept_exactly(wider.program())
    else:
        assert check(prove(inside).bytes()).status == "accepted"


@settings(max_examples=12)
@given(seeds, scenarios(trusted=True), st.booleans(), shares)
def test_quantum_boxes(seed: int, scenario: Scenario, full: bool, share: Fraction) -> None:
    """Of a random realisation with noise: accepted; an element, the radius and the share are exact."""
    rng = np.random.default_rng(seed)
    realisation, tau = mixed(rng, scenario, 2, 2)
    omega = table_of(scenario, noise(scenario, full))

    def around(part: Fraction, radius: Fraction) -> QuantumBox:
        centre = combined(scenario, (1 - part, tau), (part, omega))
        return QuantumBox(box_around(scenario, centre, full, radius), realisation)

    radius = share / needed(scenario, full)
    statement = around(share, radius)
    accept_exactly(statement.program())
    label = list(statement.box.centre)[seed % len(statement.box.centre)]
    corner = a_corner(scenario)
    centre = {**statement.box.centre, label: (statement.box.centre[label] + corner).reduced()}
    with pytest.raises(Rejected, match="mixture minus claimed"):
        accept_exactly(replace(statement, box=statement.box._replace(centre=centre)).program())
    if any(not (tau[key] - omega[key]).vanishes for key in tau):
        with pytest.raises((Rejected, ValueError)):
            accept_exactly(
                replace(statement, box=statement.box._replace(radius=radius + A_HAIR)).program()
            )
    beyond = 1 + A_HAIR
    with pytest.raises(ValueError, match="share of the realisation is not positive"):
        accept_exactly(around(beyond, beyond / needed(scenario, full)).program())


# --- What no box may reach -----------------------------------------------------------------------


def visible(sigma: Assemblage, visibility: Fraction) -> Elements:
    """Mixed with white noise."""
    size = sigma.scenario.dimension
    table = {}
    for label, matrix in sigma.table.items():
        cells = prod(
            inputs[part[1]]
            for inputs, part in zip(sigma.scenario.outcomes, label.parties, strict=True)
            if part is not None
        )
        flat = matrix_of(
            [[Fraction(int(r == c), cells * size) for c in range(size)] for r in range(size)]
        )
        table[label] = (scaled(matrix, visibility) + scaled(flat, 1 - visibility)).reduced()
    return table


BEYOND = Fraction(7072, 10000)  # more than √2/2: Z and X steer, the PR box is postquantum


@pytest.mark.parametrize("full", [True, False], ids=["full", "independent"])
@pytest.mark.parametrize("percent", [0, 60, 69])
def test_boxes_that_reach_what_steers(percent: int, full: bool) -> None:
    sigma = pauli_assemblage(Fraction(1), 2)
    steered = visible(sigma, BEYOND)
    centre = visible(sigma, Fraction(percent, 100))
    difference = {label: (steered[label] - matrix).reduced() for label, matrix in centre.items()}
    box = box_around(sigma.scenario, centre, full, largest_part(difference))
    with pytest.raises(NotProved):
        prove(MemberBox(box, LHS))
    # A tenth of that is within reach.
    if percent == 60:
        inside = MemberBox(box._replace(radius=box.radius * Fraction(1, 10)), LHS)
        assert check(prove(inside).bytes()).status == "accepted"


@pytest.mark.parametrize("percent", [0, 40, 49])
def test_boxes_that_reach_what_is_nonlocal(percent: int) -> None:
    """The PR box is nonlocal for more than 1/2 of it; entries move by a quarter of that."""
    sigma, start = pr_box(1), Fraction(percent, 100)
    centre = Assemblage.from_elements(sigma.scenario, visible(sigma, start))
    assert member(centre, "LHS", (Fraction(501, 1000) - start) / 4).verdict == "undecided"


@pytest.mark.parametrize("percent", [0, 60, 69])
def test_boxes_that_reach_what_is_postquantum(percent: int) -> None:
    """For more than √2/2 of it; where a box needs all of the noise, or less."""
    sigma, start = pr_box(1), Fraction(percent, 100)
    centre = Assemblage.from_elements(sigma.scenario, visible(sigma, start))
    radius = (BEYOND - start) / 4
    assert member(centre, "almost-quantum", radius).verdict == "undecided"
    assert classify(centre, radius).verdict == "undecided"


@pytest.mark.parametrize(
    "scenario",
    [Scenario(((2, 2),), 2), Scenario(((2, 2), (3,)), 1), Scenario(((2, 2),), 1, 2)],
    ids=str,
)
def test_members_of_a_box_are_members(scenario: Scenario) -> None:
    """Through the front door: a box, and assemblages in it, each found LHS by itself."""
    rng = np.random.default_rng(7)
    omega = noise(scenario, False)
    tau = random_hidden(rng, scenario, 100)
    centre = table_of(scenario, combined(scenario, (Fraction(1, 2), tau), (Fraction(1, 2), omega)))
    radius = Fraction(1, 4) / needed(scenario, False)
    found = member(Assemblage.from_elements(scenario, centre), "LHS", radius)
    assert (found.verdict, found.radius) == ("LHS", radius)
    assert found.proof is not None
    assert check(found.proof.bytes()).status == "accepted"
    for _ in range(3):
        difference = random_difference(rng, scenario)
        scale = radius / largest_part(difference)
        near = combined(scenario, (Fraction(1), centre), (scale, all_elements(scenario, difference)))
        assert member(Assemblage.from_elements(scenario, near), "LHS").verdict == "LHS"


# --- Some elements of an LHS assemblage ----------------------------------------------------------


@settings(max_examples=25)
@example(1, Scenario(((2, 2),), 2, 2))
@example(2, Scenario(((2, 3), (2,)), 1))
@given(seeds, SCENARIOS)
def test_elements_of_lhs_assemblages(seed: int, scenario: Scenario) -> None:
    """Any of them, with the model of all; others, by a hair, and other weights are refused."""
    rng = np.random.default_rng(seed)
    hidden = random_hidden(rng, scenario)
    table = table_of(scenario, hidden)
    some = [label for label in table if rng.integers(2)] or [next(iter(table))]
    assume(len(some) < len(table))
    part = Member(scenario, LHS, {label: table[label] for label in some})
    accept_model(part, hidden)
    assert f"The {len(some)} elements of this claim belong to an LHS" in part.sentence()
    label = some[seed % len(some)]
    corner = a_corner(scenario)
    other = replace(part, assemblage={**part.assemblage, label: (table[label] + corner).reduced()})
    with pytest.raises(Rejected, match="model against"):
        accept_model(other, hidden)
    strategy, y = next(iter(hidden))
    lighter = combined(scenario, (Fraction(1), hidden), (-A_HAIR, {(strategy, y): hidden[strategy, y]}))
    with pytest.raises(Rejected, match=r"model against|weight of|normalisation|trace of"):
        accept_model(part, lighter)


def test_instrumental_elements() -> None:
    """Those with y = a, of 2 outcomes and 3 trusted inputs; one more, and they are just elements."""
    scenario = Scenario(((2, 2),), 2, 3)
    hidden = random_hidden(np.random.default_rng(3), scenario)
    table = table_of(scenario, hidden)
    seen = {label: table[label] for label in table if label.parties[0][0] == label.trusted}
    statement = Member(scenario, LHS, seen)
    accept_model(statement, hidden)
    assert "so they are an LHS instrumental assemblage. Scenario" in statement.sentence()
    more = next(label for label in table if label not in seen)
    statement = Member(scenario, LHS, {**seen, more: table[more]})
    accept_model(statement, hidden)
    assert "instrumental" not in statement.sentence()


def test_elements_of_what_steers() -> None:
    """Three of the four elements of Z and X on half of a maximally entangled pair tell the fourth."""
    sigma = pauli_assemblage(Fraction(1), 2)
    part = dict(list(sigma.table.items())[:3])
    prove(ValidAssemblage(sigma.scenario, part))
    with pytest.raises(NotProved):
        prove(Member(sigma.scenario, LHS, part))
