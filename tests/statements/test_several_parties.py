"""Several trusted parties from both sides: what is seen of states and models, and what nobody can see.

What they see is computed here by `einsum` on arrays of exact numbers, and parents are looked for by a
plain model in cvxpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache, reduce
from itertools import product
from typing import Any

import cvxpy as cp
import numpy as np
import pytest
from exact_quantum import (
    Exact,
    Gaussian,
    accept_exactly,
    label,
    mixed,
    random_realisation,
    random_state,
)
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from exactsteer import Assemblage, NotProved, check, member
from exactsteer.api import visibility
from exactsteer.constructions.states import white_noise
from exactsteer.exact.matrices import scaled
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.matrix import Matrix, hermitian, matrix_of
from exactsteer.kernel.program import Program
from exactsteer.literature.examples import X, Y, Z, pr_box
from exactsteer.literature.many_parties import printed_example
from exactsteer.parents import eigenvalue_tolerance
from exactsteer.prover.prove import exclude, prove
from exactsteer.scenario import Elements, Label, Scenario, marginal, parse_label
from exactsteer.statements import (
    BoxExcluded,
    FunctionalAttained,
    FunctionalRealised,
    GeneralisedRobustnessBound,
    Member,
    NegativityBound,
    ParentBox,
    QuantumRealisation,
    ToleranceBound,
    ValidAssemblage,
    VisibilityBound,
    WeightBound,
)
from exactsteer.statements.forms import Coordinate, constant, marginals, real_parts
from exactsteer.statements.hidden_states import LHS
from exactsteer.statements.no_signalling import NO_SIGNALLING
from exactsteer.statements.parent_box import margin_of_unit_box
from exactsteer.statements.sets import read_set
from exactsteer.statements.words import parse_word, parties_of
from exactsteer.steering.layouts import float_matrix

seeds = st.integers(0, 2**32)
A_HAIR = Fraction(1, 10**30)
BOBS = [(2, 2), (2, 3), (3, 2), (1, 2), (2, 1, 3), (1, 3, 2), (2, 3, 2), (2, 2, 2)]
SMALL_BOBS = [(2, 2), (1, 3), (1, 2, 2)]
Named = Callable[[str], Matrix]  # a matrix of unknowns, by its name


def several(outcomes: int = 3, bobs: Sequence[tuple[int, ...]] = BOBS) -> st.SearchStrategy[Scenario]:
    """One uncharacterised party with up to two inputs, or two and smaller trusted systems."""
    one = st.lists(st.integers(1, outcomes), min_size=1, max_size=2).map(tuple)
    single = st.builds(Scenario.with_bobs, st.tuples(one), st.sampled_from(bobs))
    return single | st.builds(Scenario.with_bobs, st.tuples(one, one), st.sampled_from(SMALL_BOBS))


# --- What is seen --------------------------------------------------------------------------------


def arrays(matrix: Matrix) -> tuple[Exact, Exact]:
    """Real and imaginary parts."""
    size = range(matrix.shape[0])
    entries = [[matrix.entry(r, c) for c in size] for r in size]
    re, im = (np.array([[e[part] for e in row] for row in entries], dtype=object) for part in (0, 1))
    return re, im


def view(array: Exact, bobs: tuple[int, ...], k: int) -> Exact:
    """The partial trace over all of H₁ ⊗ … ⊗ H_N but H_k."""
    rows = "abc"[: len(bobs)]
    columns = rows[:k] + "z" + rows[k + 1 :]
    return np.einsum(f"{rows}{columns}->{rows[k]}z", array.reshape(bobs + bobs))


def block_diagonal(blocks: list[tuple[Exact, Exact]]) -> Matrix:
    """From real and imaginary parts of each block."""
    owner = [(k, r) for k, (re, _) in enumerate(blocks) for r in range(len(re))]

    def entry(row: int, column: int) -> tuple[Fraction, Fraction]:
        (k, r), (l, c) = owner[row], owner[column]
        return (blocks[k][0][r, c], blocks[k][1][r, c]) if k == l else (Fraction(0), Fraction(0))

    return hermitian(len(owner), entry)


def seen(scenario: Scenario, operator: Matrix) -> Matrix:
    """⊕_k tr_{others} of an operator on the joint system."""
    re, im = arrays(operator)
    bobs = scenario.bobs
    return block_diagonal([(view(re, bobs, k), view(im, bobs, k)) for k in range(len(bobs))])


def seen_table(scenario: Scenario, joint: Elements) -> Elements:
    return {key: seen(scenario, matrix) for key, matrix in joint.items()}


def random_hermitian(rng: np.random.Generator, size: int) -> Matrix:
    re, im = rng.integers(-9, 10, (2, size, size)).tolist()
    return hermitian(size, lambda r, c: (re[r][c], im[r][c]))


@settings(max_examples=30)
@given(seeds, st.sampled_from(BOBS))
def test_marginals_are_partial_traces(seed: int, bobs: tuple[int, ...]) -> None:
    """Of random operators, in matrices and in forms; of a product all see their factor."""
    rng = np.random.default_rng(seed)
    scenario = Scenario.with_bobs(((2,),), bobs)
    operator = random_hermitian(rng, scenario.joint_dimension)
    expected = seen(scenario, operator)
    assert scenario.marginals(operator) == expected
    form = marginals(scenario, constant(operator))
    for r, c in product(range(sum(bobs)), repeat=2):
        assert tuple(p.get(None, 0) for p in real_parts(form[r][c])) == expected.entry(r, c)
    factors = [random_state(rng, d, d) for d in bobs]
    whole = reduce(Gaussian.tensor, factors).matrix()
    assert scenario.marginals(whole) == block_diagonal([(f.re, f.im) for f in factors])


@settings(max_examples=6)
@example(1, Scenario.with_bobs(((2, 3), (2, 1)), (1, 2, 2)))
@given(seeds, several())
def test_what_is_seen_is_valid_and_no_more(seed: int, scenario: Scenario) -> None:
    """Until one of the trusted parties sees other traces, by a hair, which signals to nobody."""
    table = seen_table(scenario, random_realisation(seed, scenario.parent(), rank=2).assemblage())
    accept_exactly(ValidAssemblage(scenario, table).program())
    assume(max(scenario.outcomes[0]) > 1)
    rows = scenario.summands()[1 + seed % (len(scenario.bobs) - 1)]
    for key, matrix in table.items():
        (a, x), *others = (part for part in key.parties if part is not None)
        if scenario.outcomes[0][x] > 1 and not any(b for b, _ in others):
            table[key] = moved(matrix, rows.start, A_HAIR * ((a == 0) - (a == 1)))
    with pytest.raises(Rejected, match="trace of σ"):
        accept_exactly(ValidAssemblage(scenario, table).program())


def moved(matrix: Matrix, row: int, amount: Fraction) -> Matrix:
    """With that more in one diagonal entry."""
    size = matrix.shape[0]
    change = [[amount * (r == c == row) for c in range(size)] for r in range(size)]
    return (matrix + matrix_of(change)).reduced()


# --- Quantum assemblages, in every outer set -----------------------------------------------------


def point(program: Program, named: Named, first: tuple[Fraction, ...] = ()) -> Matrix:
    """The numbers of the first unknowns, and those of all named matrices."""
    values: list[Any] = list(first)
    known: dict[str, Matrix] = {}
    for unknown in program.unknowns[len(first) :]:
        assert isinstance(unknown, Coordinate)
        name = str(unknown.name)
        if name not in known:
            known[name] = named(name)
        values.append(known[name].entry(unknown.row, unknown.column)[unknown.part == "imaginary"])
    return matrix_of([values])


def general(moment: Gaussian) -> Matrix:
    """As a kernel matrix, Hermitian or not."""
    return matrix_of(moment.re.tolist(), moment.im.tolist())


def pairing(functional: Elements, table: Elements) -> Fraction:
    """Σ tr(Fσ)."""
    total = Fraction(0)
    for key, matrix in functional.items():
        (f, g), (s, t) = arrays(matrix), arrays(table[key])
        total += np.trace(f @ s - g @ t)
    return total


OUTER = st.sampled_from(["no-signalling", "almost-quantum", "1", "1+AA"])


@settings(max_examples=6)
@example(1, Scenario.with_bobs(((2, 2), (2, 2)), (2, 2)), "almost-quantum", 1)
@example(2, Scenario.with_bobs(((3, 2),), (2, 3)), "1+AA", 2)
@example(3, Scenario.with_bobs(((2,), (2, 2)), (1, 3)), "1", 1)
@given(seeds, several(2), OUTER, st.integers(1, 2))
def test_quantum_assemblages_belong_to_every_outer_set(
    seed: int, scenario: Scenario, name: str, rank: int
) -> None:
    """One point of each program, written down from the realisation: so no witness can refute it."""
    parent = scenario.parent()
    realisation = random_realisation(seed, parent, rank=rank)
    joint = realisation.assemblage()
    table = seen_table(scenario, joint)
    outer = read_set(name, scenario, "set")

    @cache
    def of_the_joint_system(name: str) -> Matrix:
        inner = name[2:-1]
        if name.startswith("M["):
            return general(realisation.word(parse_word(inner, parties_of(parent))))
        return marginal(parent, joint, parse_label(inner))

    def check_at(statement: Any, *first: Fraction) -> None:
        program = statement.program()
        accept_exactly(program, point(program, of_the_joint_system, first))

    member = Member(scenario, outer, table)
    check_at(member)
    check_at(BoxExcluded(scenario, outer, table, Fraction(0)))
    noise = white_noise(scenario).table
    check_at(VisibilityBound(scenario, outer, table, noise, Fraction(1)), Fraction(1))
    rng = np.random.default_rng(seed)
    functional = {
        key: block_diagonal([arrays(random_hermitian(rng, d)) for d in scenario.bobs]) for key in table
    }
    value = pairing(functional, table)
    for relation, sign in ((">=", 1), ("<=", -1)):
        reached = FunctionalAttained(scenario, outer, functional, relation, value)
        check_at(reached)
        with pytest.raises(ValueError, match="bound is not positive"):
            check_at(replace(reached, bound=value + sign * A_HAIR))
    # Another element is not seen.
    key = list(table)[seed % len(table)]
    other = {**table, key: moved(table[key], seed % scenario.dimension, A_HAIR)}
    with pytest.raises(Rejected):
        check_at(replace(member, assemblage=other))


@settings(max_examples=8)
@example(1, Scenario.with_bobs(((2,), (1, 3)), (2, 2)), 2)
@given(seeds, several(), st.integers(1, 3))
def test_povms_have_parents_at_no_distance(seed: int, scenario: Scenario, rank: int) -> None:
    """Negativity, robustness, weight and tolerance are ≤ 0, by points with nothing taken or added."""
    parent = scenario.parent()
    joint = random_realisation(seed, parent, False, rank).assemblage()
    table = seen_table(scenario, joint)

    def whole(name: str) -> Matrix:
        key = parse_label(name[2 : name.index("]")])
        return marginal(parent, joint, key)

    zero = matrix_of([[0] * parent.dimension] * parent.dimension)

    def nothing_taken(name: str) -> Matrix:
        return zero if name.startswith("π") else whole(name)

    for kind in (GeneralisedRobustnessBound, WeightBound):
        statement = kind(scenario, NO_SIGNALLING, table, "<=", Fraction(0))
        program = statement.program()
        accept_exactly(program, point(program, nothing_taken))
    program = NegativityBound(scenario, NO_SIGNALLING, table, "<=", Fraction(0)).program()
    none = (Fraction(0),) * (len(program.unknowns) // 2)
    accept_exactly(program, point(program, whole, none))
    tolerance = ToleranceBound(scenario, table, "<=", Fraction(0))
    program = tolerance.program()
    accept_exactly(program, point(program, whole, (Fraction(0),)))
    less = replace(tolerance, bound=-A_HAIR).program()
    with pytest.raises(ValueError, match="quantity ≤ bound is not positive"):
        accept_exactly(less, point(program, whole, (Fraction(0),)))


@settings(max_examples=6)
@example(1, Scenario.with_bobs(((2, 2),), (2, 3)), 2, 2, True)
@given(seeds, several(2, SMALL_BOBS), st.integers(1, 2), st.integers(1, 2), st.booleans())
def test_realisations_are_seen(
    seed: int, scenario: Scenario, sectors: int, terms: int, conjugated: bool
) -> None:
    """In sectors, with effects that add up to anything; and what is not seen is refused."""
    rng = np.random.default_rng(seed)
    realisation, joint = mixed(rng, scenario.parent(), sectors, terms, conjugated)
    table = seen_table(scenario, joint)
    statement = QuantumRealisation(scenario, table, realisation)
    accept_exactly(statement.program())
    functional = {
        key: block_diagonal([arrays(random_hermitian(rng, d)) for d in scenario.bobs]) for key in table
    }
    value = pairing(functional, table)
    reached = FunctionalRealised(scenario, functional, ">=", realisation, value)
    accept_exactly(reached.program())
    with pytest.raises(ValueError, match="bound is not positive"):
        accept_exactly(replace(reached, bound=value + A_HAIR).program())
    key = list(table)[seed % len(table)]
    other = {**table, key: moved(table[key], seed % scenario.dimension, A_HAIR)}
    with pytest.raises(Rejected, match="computed minus claimed"):
        accept_exactly(replace(statement, assemblage=other).program())


# --- Hidden states -------------------------------------------------------------------------------

Strategy = tuple[tuple[int, ...], ...]
Hidden = dict[Strategy, list[Gaussian]]  # p(λ)ρ⁽ᵏ⁾_λ of each trusted party


def every_strategy(scenario: Scenario) -> list[Strategy]:
    return list(product(*(product(*map(range, inputs)) for inputs in scenario.outcomes)))


def random_responses(seed: int, scenario: Scenario, values: int = 3) -> tuple[Hidden, Elements]:
    """A few values of λ with random local responses (Definition 14), and what is seen of them.

    The strategies' states are Σ_λ p(λ) Π p(a|x, λ) ρ_λ, the responses being mixtures of them.
    """
    rng = np.random.default_rng(seed)
    raw = rng.integers(1, 6, values).tolist()
    hidden: Hidden = {}
    table: dict[Label, list[Gaussian]] = {}
    zeros = [Gaussian(*(np.full((d, d), Fraction(0), dtype=object),) * 2) for d in scenario.bobs]
    for weight in raw:
        states = [
            random_state(rng, d, int(rng.integers(1, d + 1))).scaled(Fraction(weight, sum(raw)))
            for d in scenario.bobs
        ]
        responses = [
            [[Fraction(n, sum(own)) for n in own] for own in counts]
            for counts in (
                [(rng.integers(0, 4, o) + (np.arange(o) == 0)).tolist() for o in inputs]
                for inputs in scenario.outcomes
            )
        ]
        for strategy in every_strategy(scenario):
            chance = reduce(
                Fraction.__mul__,
                (p[x][a] for p, own in zip(responses, strategy, strict=True) for x, a in enumerate(own)),
            )
            before = hidden.get(strategy, zeros)
            hidden[strategy] = [b + s.scaled(chance) for b, s in zip(before, states, strict=True)]
        for key in scenario.labels():
            parts = [part for part in key.parties if part is not None]
            chance = reduce(
                Fraction.__mul__, (p[x][a] for p, (a, x) in zip(responses, parts, strict=True))
            )
            before = table.get(key, zeros)
            table[key] = [b + s.scaled(chance) for b, s in zip(before, states, strict=True)]
    return hidden, {key: block_diagonal([(s.re, s.im) for s in states]) for key, states in table.items()}


def hidden_names(hidden: Hidden) -> dict[str, Matrix]:
    return {
        f"ρ of λ = {'; '.join(' '.join(map(str, own)) for own in strategy)} of trusted party {k + 1}": (
            state.matrix()
        )
        for strategy, states in hidden.items()
        for k, state in enumerate(states)
    }


@settings(max_examples=25)
@given(seeds, several())
def test_hidden_states_of_one_variable_are_a_model(seed: int, scenario: Scenario) -> None:
    hidden, table = random_responses(seed, scenario)
    names = hidden_names(hidden)
    zero = matrix_of([[0] * 3] * 3)

    def remaining(name: str) -> Matrix:
        return zero if name.startswith("π") else names[name]

    member = Member(scenario, LHS, table).program()
    accept_exactly(member, point(member, names.__getitem__))
    box = BoxExcluded(scenario, LHS, table, Fraction(0)).program()
    accept_exactly(box, point(box, names.__getitem__))
    for kind in (GeneralisedRobustnessBound, WeightBound):
        program = kind(scenario, LHS, table, "<=", Fraction(0)).program()
        accept_exactly(program, point(program, remaining))
    # Products of the hidden states are an assemblage of the joint system.
    joint = {key: reduce_sum(terms) for key, terms in products(scenario, hidden)}
    program = Member(scenario, NO_SIGNALLING, table).program()
    accept_exactly(
        program,
        point(program, lambda name: marginal(scenario.parent(), joint, parse_label(name[2:-1]))),
    )


def products(scenario: Scenario, hidden: Hidden) -> Iterator[tuple[Label, list[Gaussian]]]:
    """For each element the states ρ⁽¹⁾_λ ⊗ … ⊗ ρ⁽ᴺ⁾_λ p(λ) of the strategies that give it."""
    for key in scenario.labels():
        parts = [part for part in key.parties if part is not None]
        terms = []
        for strategy, states in hidden.items():
            chance = states[0].trace()
            if all(own[x] == a for own, (a, x) in zip(strategy, parts, strict=True)) and chance:
                unit = chance ** (len(states) - 1)
                terms.append(reduce(Gaussian.tensor, states).scaled(1 / unit))
        size = scenario.joint_dimension
        yield key, [random_state(np.random.default_rng(0), size, 1).scaled(Fraction(0)), *terms]


def reduce_sum(terms: list[Gaussian]) -> Matrix:
    return reduce(Gaussian.__add__, terms).matrix()


@settings(max_examples=15)
@given(seeds, st.sampled_from(BOBS[1:]))
def test_every_trusted_party_has_the_same_weights(seed: int, bobs: tuple[int, ...]) -> None:
    """Other weights of λ for one of them, by a hair, which what all of them see does not show."""
    scenario = Scenario.with_bobs(((2, 2),), bobs)
    hidden, table = random_responses(seed, scenario)
    program = Member(scenario, LHS, table).program()
    k = seed % len(bobs)
    for (own,) in list(hidden):
        state = hidden[own,][k]
        shift = state.re * 0
        shift[0, 0] = A_HAIR * (-1) ** sum(own)
        hidden[own,][k] = state + Gaussian(shift, shift * 0)
    with pytest.raises(Rejected, match=r"trace of ρ of λ = 0 0, trusted party 1 against"):
        accept_exactly(program, point(program, hidden_names(hidden).__getitem__))


# --- Outsiders -----------------------------------------------------------------------------------


def clones(visibility: Fraction) -> Elements:
    """Each trusted qubit by himself seems entangled with Alice: she measures Z and Z, or Y and X."""
    table = {}
    for a, x in product((0, 1), repeat=2):
        own = [(Z, Z), (Y, X)][x]
        sign = Fraction((-1) ** a, 4) * visibility
        quarter = matrix_of([[Fraction(r == c, 4) for c in range(2)] for r in range(2)])
        table[label((a, x))] = block_diagonal(
            [arrays((quarter + scaled(each, sign)).reduced()) for each in own]
        )
    return table


PAIR = Scenario.with_bobs(((2, 2),), (2, 2))


def test_nobody_is_entangled_with_two() -> None:
    """Up to the visibility 1/√2, from both sides: K_x ± G_x ⪰ 0 for K_x = √2 ± (ZZ - YX)/√2."""
    found = visibility(Assemblage(PAIR, clones(Fraction(1))), outer_set="no-signalling")
    assert 2 * found.lower**2 <= 1 <= 2 * found.upper**2
    assert found.width < Fraction(1, 10**7)
    for proof in (found.lower_proof, found.upper_proof):
        assert check(proof.bytes()).status == "accepted"
    assert prove(Member(PAIR, NO_SIGNALLING, clones(Fraction(7, 10)))).theorem
    with pytest.raises(NotProved):
        prove(Member(PAIR, NO_SIGNALLING, clones(Fraction(71, 100))))


@pytest.mark.parametrize("bobs", [(2, 2), (1, 3), (2, 1, 2)])
def test_a_pr_box_beside_white_states(bobs: tuple[int, ...]) -> None:
    """It has a parent, which is postquantum as a whole."""
    box = pr_box(1)
    scenario = Scenario.with_bobs(box.scenario.outcomes, bobs)
    white = Fraction(1, int(np.prod(bobs)))
    size = range(scenario.joint_dimension)
    one = matrix_of([[int(r == c) for c in size] for r in size])
    joint = {key: scaled(one, matrix.trace() * white) for key, matrix in box.table.items()}
    table = seen_table(scenario, joint)
    program = Member(scenario, NO_SIGNALLING, table).program()
    parent = scenario.parent()
    accept_exactly(
        program, point(program, lambda name: marginal(parent, joint, parse_label(name[2:-1])))
    )
    for outer, excluded in (("almost-quantum", True), ("no-signalling", False)):
        statement = BoxExcluded(scenario, read_set(outer, scenario, "set"), table, Fraction(0))
        if excluded:
            assert exclude(statement).radius > Fraction(1, 100)
        else:
            with pytest.raises(NotProved, match="not excluded"):
                exclude(statement)


def test_example_9_of_the_paper() -> None:
    """Valid by an assemblage that rounds to it, without parent: 0.0147 of white noise."""
    answer = member(printed_example(9).nearest(), outer_set="no-signalling", radius="0.0001")
    assert answer.verdict == "postquantum"
    assert check(answer.proof.bytes()).status == "accepted"


# --- Appendix B ----------------------------------------------------------------------------------


def plain_parents(scenario: Scenario, table: dict[Label, Any], shift: Any = 0) -> list[Any]:
    """Constraints in cvxpy: Hermitian Σ[a|x] with Σ[a|x] + shift·1 ⪰ 0, no-signalling, that are seen."""
    size = scenario.joint_dimension
    parents = {key: cp.Variable((size, size), hermitian=True) for key in table}
    constraints = [matrix + shift * np.eye(size) >> 0 for matrix in parents.values()]
    for key, matrix in parents.items():
        for k, rows in enumerate(scenario.summands()):
            before, after = scenario.bobs[:k], scenario.bobs[k + 1 :]
            total: Any = 0
            for b, f in product(np.eye(int(np.prod(before))), np.eye(int(np.prod(after)))):
                ket = np.kron(np.kron(b[None], np.eye(len(rows))), f[None])
                total = total + ket @ matrix @ ket.T
            constraints.append(total == table[key][rows.start : rows.stop, rows.start : rows.stop])
    for p, inputs in enumerate(scenario.outcomes):
        sums: dict[Any, dict[int, list[Any]]] = {}
        for key, matrix in parents.items():
            part = key.parties[p]
            assert part is not None
            rest = (*key.parties[:p], *key.parties[p + 1 :])
            sums.setdefault(rest, {}).setdefault(part[1], []).append(matrix)
        for own in sums.values():
            constraints += [sum(own[x]) == sum(own[0]) for x in range(1, len(inputs))]
    return constraints


def least(variable: Any, constraints: list[Any]) -> float:
    problem = cp.Problem(cp.Minimize(variable), constraints)
    problem.solve(solver="CLARABEL")
    return float(variable.value)


def transposed(seed: int, scenario: Scenario) -> Assemblage:
    """What is seen of a random pure state after the transposition of the last trusted party's system.

    The parent that this gives need not be positive: it is an assemblage of Witworld (Proposition 8).
    """
    joint = random_realisation(seed, scenario.parent(), rank=1).assemblage()
    table = {}
    for key, matrix in joint.items():
        re, im = arrays(matrix)
        views = [
            (view(re, scenario.bobs, k), view(im, scenario.bobs, k)) for k in range(len(scenario.bobs))
        ]
        views[-1] = (views[-1][0], -views[-1][1])
        table[key] = block_diagonal(views)
    return Assemblage.from_elements(scenario, table)


CASES = [
    (0, PAIR),  # without parent
    (1, PAIR),
    (0, Scenario.with_bobs(((2, 3),), (2, 2))),
    (6, Scenario.with_bobs(((3, 2),), (2, 3))),
    (2, Scenario.with_bobs(((2, 2), (2,)), (2, 2))),
    (3, Scenario.with_bobs(((2, 2),), (2, 1, 2))),
]


@pytest.mark.filterwarnings("ignore:Solution may be inaccurate")
@pytest.mark.parametrize(("seed", "scenario"), CASES)
def test_tolerance_against_a_plain_model(seed: int, scenario: Scenario) -> None:
    """λ of Appendix B; and the white-noise robustness, where it is defined (Eqs. 21 and 24)."""
    sigma = transposed(seed, scenario)
    found = eigenvalue_tolerance(sigma)
    floats = {key: float_matrix(matrix) for key, matrix in sigma.table.items()}
    t = cp.Variable()
    assert least(t, plain_parents(scenario, floats, t)) == pytest.approx(float(found.upper), abs=2e-6)
    assert found.width <= Fraction(1, 10**9)
    excluded = BoxExcluded(scenario, NO_SIGNALLING, sigma.independent(), Fraction(0))
    if found.lower > 0:
        assert exclude(excluded).radius > 0
    else:
        with pytest.raises(NotProved, match="not excluded"):
            exclude(excluded)
    if all(len(set(inputs)) == 1 for inputs in scenario.outcomes) and found.lower > 0:
        noise = {key: float_matrix(matrix) for key, matrix in white_noise(scenario).table.items()}
        r = cp.Variable()
        mixture = {key: (1 - r) * own + r * noise[key] for key, own in floats.items()}
        robustness = least(r, [*plain_parents(scenario, mixture), r <= 0.9])
        count = np.prod([inputs[0] for inputs in scenario.outcomes]) * scenario.joint_dimension
        assert robustness / ((1 - robustness) * count) == pytest.approx(float(found.upper), abs=1e-6)


def test_the_cases_are_of_both_kinds() -> None:
    signs = {eigenvalue_tolerance(transposed(seed, scenario)).lower > 0 for seed, scenario in CASES[:2]}
    assert signs == {False, True}


# --- Boxes of parents ----------------------------------------------------------------------------


def lifted(parts: list[Any], bobs: tuple[int, ...]) -> Any:
    """Σ_k Δ⁽ᵏ⁾ ⊗ 1_others d_k/D - (N - 1) tr[Δ] 1/D, which has the marginals Δ⁽ᵏ⁾ of one trace."""
    size, others = int(np.prod(bobs)), len(bobs) - 1
    hat = -others * np.trace(parts[0]) * np.eye(size) / size
    for k, own in enumerate(parts):
        factors = [own if l == k else np.eye(d) for l, d in enumerate(bobs)]
        hat = hat + reduce(np.kron, factors) * bobs[k] / size
    return hat


@pytest.mark.parametrize("bobs", BOBS)
def test_the_margin_of_a_box(bobs: tuple[int, ...]) -> None:
    """Differences of entries ±1 ± i, and of the largest traces, need no more than the margin."""
    rng = np.random.default_rng(sum(bobs))
    margin = float(margin_of_unit_box(Scenario.with_bobs(((2,),), bobs)))
    for trace in np.linspace(-min(bobs), min(bobs), 40):
        parts = []
        for d in bobs:
            re, im = np.tril(rng.choice([-1.0, 1.0], (2, d, d)), -1)
            parts.append(re + re.T + 1j * (im - im.T) + np.eye(d) * trace / d)
        hat = lifted(parts, bobs)
        for k, own in enumerate(parts):
            np.testing.assert_allclose(view(hat, bobs, k), own, atol=1e-12)
        assert np.linalg.eigvalsh(hat)[0] > -margin


@settings(max_examples=8)
@given(seeds, several(2))
def test_boxes_of_parents(seed: int, scenario: Scenario) -> None:
    """Around a parent of full rank, with all the room that it has and not a hair more."""
    parent = scenario.parent()
    joint = random_realisation(seed, parent).assemblage()
    # Half of it is white noise, the eigenvalues of which are known.
    share = 2 * parent.dimension * int(np.prod([max(inputs) for inputs in scenario.outcomes]))
    noise = white_noise(parent).table
    joint = {
        key: (scaled(matrix, Fraction(1, 2)) + scaled(noise[key], Fraction(1, 2))).reduced()
        for key, matrix in joint.items()
    }
    table = seen_table(scenario, joint)
    radius = Fraction(1, share) / margin_of_unit_box(scenario)
    program = ParentBox(scenario, table, radius).program()
    named = point(program, lambda name: marginal(parent, joint, parse_label(name[2:-1])))
    accept_exactly(program, named)
    lowest = min(float(np.linalg.eigvalsh(float_matrix(matrix))[0]) for matrix in joint.values())
    beyond = Fraction(round(lowest * 10**9), 10**9) * Fraction(11, 10)
    wider = ParentBox(scenario, table, beyond / margin_of_unit_box(scenario)).program()
    with pytest.raises(ValueError, match="shifted Σ"):
        accept_exactly(wider, named)
