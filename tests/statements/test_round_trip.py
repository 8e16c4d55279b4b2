"""Claims are read back as they were written, for random scenarios and data."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from exact_quantum import almost_quantum, integer_functional, mixed, random_realisation, scenarios
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.exact.writing import certificate_bytes
from exactsteer.kernel.certificate import Certificate, read_certificate
from exactsteer.kernel.matrix import Matrix, identity, matrix_of
from exactsteer.kernel.verdict import Statement
from exactsteer.scenario import Scenario, label_text, parse_label
from exactsteer.statements import (
    STATEMENTS,
    BoxExcluded,
    CompletelyPositiveMap,
    DecomposableMap,
    DecomposableRealisation,
    ExclusiveEvents,
    FunctionalAttained,
    FunctionalBound,
    FunctionalRealised,
    FunctionalValue,
    GeneralisedRobustnessBound,
    IndecomposableMap,
    Member,
    MemberBox,
    NegativityBound,
    ParentBox,
    PositiveMap,
    ProductAttained,
    ProductBound,
    PseudoRealisation,
    QuantumBox,
    QuantumRealisation,
    SemidefiniteAttained,
    SemidefiniteBound,
    SemidefiniteInfeasible,
    SequentialRealisation,
    ToleranceBound,
    TracePreservingMap,
    UnextendibleBasis,
    ValidAssemblage,
    VisibilityBound,
    WeightBound,
)
from exactsteer.statements.boxes import Box
from exactsteer.statements.hidden_states import LHS
from exactsteer.statements.no_signalling import NO_SIGNALLING
from exactsteer.statements.product_states import ProductSystem
from exactsteer.statements.realisation import Realisation
from exactsteer.statements.semidefinite import SemidefiniteProblem

seeds = st.integers(0, 2**32)


@settings(deadline=None, max_examples=30)
@given(seeds, scenarios(trusted=True), st.fractions(), st.sampled_from([">=", "<="]))
def test_claims(seed: int, scenario: Scenario, number: Fraction, relation: str) -> None:
    functional = integer_functional(np.random.default_rng(seed), scenario)
    table = random_realisation(seed, scenario).assemblage()
    realisation, mixture = mixed(np.random.default_rng(seed), scenario, 2, 3)
    channels = realisation.channels or (identity(scenario.dimension**2),)
    decomposable = Realisation(realisation.measurements, realisation.states, channels, channels)
    statements: list[Statement] = [
        ValidAssemblage(scenario, table),
        FunctionalValue(scenario, functional, table, number),
        FunctionalBound(scenario, almost_quantum(scenario), functional, relation, number),
        FunctionalAttained(scenario, almost_quantum(scenario), functional, relation, number),
        Member(scenario, almost_quantum(scenario), table),
        BoxExcluded(scenario, almost_quantum(scenario), functional, abs(number)),
        VisibilityBound(scenario, almost_quantum(scenario), table, table, number),
        QuantumRealisation(scenario, mixture, realisation),
        QuantumRealisation(scenario, dict(list(mixture.items())[:1]), realisation),
        FunctionalRealised(scenario, functional, relation, realisation, number),
        DecomposableRealisation(scenario, mixture, decomposable),
        PseudoRealisation(scenario, mixture, realisation, realisation.states[:2], number),
        NegativityBound(scenario, almost_quantum(scenario), table, relation, number),
        GeneralisedRobustnessBound(scenario, almost_quantum(scenario), table, relation, number),
        WeightBound(scenario, LHS, table, relation, number),
        Member(scenario, LHS, table),
        Member(scenario, LHS, dict(list(table.items())[:1])),
        MemberBox(Box(scenario, table, abs(number)), almost_quantum(scenario)),
        MemberBox(Box(scenario, functional, abs(number)), LHS),
        QuantumBox(Box(scenario, table, abs(number)), realisation),
        QuantumBox(Box(scenario, functional, abs(number)), realisation),
    ]
    if scenario.trusted_inputs is None:
        state = realisation.states[0].state  # of several qubits and the trusted system
        size = state.shape[0] // scenario.dimension
        effects = {label: identity(size) for label in table}
        statements.append(SequentialRealisation(scenario, table, effects, state))
    written_as_read(statements)


def integers(rng: np.random.Generator, *shape: int) -> np.ndarray[Any, Any]:
    return rng.integers(-9, 10, shape) + 1j * rng.integers(-9, 10, shape)


def exact(array: np.ndarray[Any, Any]) -> Matrix:
    return matrix_of(array.real.astype(int).tolist(), array.imag.astype(int).tolist())


@settings(deadline=None, max_examples=30)
@given(
    seeds,
    st.lists(st.integers(1, 3), min_size=1, max_size=3),
    scenarios(parties=3),
    st.fractions(),
    st.sampled_from([">=", "<="]),
)
def test_claims_about_products(
    seed: int, dimensions: list[int], scenario: Scenario, number: Fraction, relation: str
) -> None:
    rng = np.random.default_rng(seed)
    size = prod(dimensions)
    square = integers(rng, size, size)
    operator = exact(square + square.conj().T)
    state = exact(-square @ square.conj().T - np.eye(size))
    system = ProductSystem(tuple(dimensions), operator)
    copies = tuple(int(k) for k in rng.integers(1, 9, len(dimensions)))
    columns = [[exact(integers(rng, d, 1) + 10) for d in dimensions] for _ in range(3)]
    behaviour = Scenario(scenario.outcomes, 1)
    m = dimensions[0]
    written_as_read(
        [
            ProductBound(system, copies, relation, number),
            ProductAttained(system, tuple(columns[0]), relation, number),
            CompletelyPositiveMap(m, operator),
            DecomposableMap(m, operator),
            TracePreservingMap(m, operator),
            PositiveMap(m, operator, copies=(copies * 2)[:2]),
            IndecomposableMap(m, exact(np.eye(size, dtype=complex)), state=state),
            UnextendibleBasis(tuple(dimensions), tuple(map(tuple, columns))),
            ExclusiveEvents(behaviour, tuple(behaviour.labels())[:5]),
        ]
    )


NUMBERS = st.fractions(max_denominator=99).filter(bool)


@st.composite
def problems(draw: st.DrawFn) -> SemidefiniteProblem:
    """Small, with blocks of both kinds and equations."""
    unknowns = draw(st.integers(1, 4))
    sizes = draw(st.lists(st.integers(-3, 3).filter(bool), max_size=4).map(tuple))
    places = [
        (i, b, r, c)
        for i in range(unknowns + 1)
        for b, size in enumerate(sizes, 1)
        for r in range(1, abs(size) + 1)
        for c in range(r, abs(size) + 1 if size > 0 else r + 1)
    ]
    entries = st.dictionaries(st.sampled_from(places), NUMBERS) if places else st.just({})
    number = st.integers(1, unknowns)
    objective = draw(st.dictionaries(number, NUMBERS))
    side = st.dictionaries(st.just(0), NUMBERS)
    forms = draw(st.lists(st.tuples(side, st.dictionaries(number, NUMBERS, min_size=1)), max_size=2))
    equations = tuple(constant | form for constant, form in forms)
    return SemidefiniteProblem(unknowns, sizes, objective, draw(entries), equations)


@settings(deadline=None, max_examples=30)
@given(problems(), st.fractions())
def test_claims_about_plain_programs(problem: SemidefiniteProblem, number: Fraction) -> None:
    written_as_read(
        [
            SemidefiniteBound(problem, number),
            SemidefiniteAttained(problem, number),
            SemidefiniteInfeasible(replace(problem, objective={})),
        ]
    )


def written_as_read(statements: list[Statement]) -> None:
    for statement in statements:
        assert_read_again(statement)


SEVERAL = st.sampled_from(
    [
        Scenario.with_bobs(((2, 2),), (2, 2)),
        Scenario.with_bobs(((1, 3), (2,)), (1, 2)),
        Scenario.with_bobs(((2,),), (1, 3, 2)),
    ]
)


@settings(deadline=None, max_examples=10)
@given(seeds, SEVERAL, st.fractions(), st.sampled_from([">=", "<="]))
def test_claims_of_several_trusted_parties(
    seed: int, scenario: Scenario, number: Fraction, relation: str
) -> None:
    """An element is a list of matrices, and a set may be that of parents."""
    rng = np.random.default_rng(seed)
    realisation, joint = mixed(rng, scenario.parent(), 2, 2)
    table = {label: scenario.marginals(matrix) for label, matrix in joint.items()}
    functional = {
        label: scenario.marginals(matrix)
        for label, matrix in integer_functional(rng, scenario.parent()).items()
    }
    statements: list[Statement] = [
        ValidAssemblage(scenario, table),
        ValidAssemblage(scenario, dict(list(table.items())[:1])),
        FunctionalValue(scenario, functional, table, number),
        FunctionalBound(scenario, NO_SIGNALLING, functional, relation, number),
        FunctionalAttained(scenario, almost_quantum(scenario), functional, relation, number),
        Member(scenario, LHS, table),
        Member(scenario, NO_SIGNALLING, table),
        BoxExcluded(scenario, NO_SIGNALLING, functional, abs(number)),
        VisibilityBound(scenario, almost_quantum(scenario), table, table, number),
        QuantumRealisation(scenario, table, realisation),
        FunctionalRealised(scenario, functional, relation, realisation, number),
        NegativityBound(scenario, LHS, table, relation, number),
        GeneralisedRobustnessBound(scenario, NO_SIGNALLING, table, relation, number),
        WeightBound(scenario, NO_SIGNALLING, table, relation, number),
        ToleranceBound(scenario, table, relation, number),
        ParentBox(scenario, table, abs(number)),
        MemberBox(Box(scenario, functional, abs(number)), NO_SIGNALLING),
        QuantumBox(Box(scenario, table, abs(number)), realisation),
    ]
    for statement in statements:
        assert_read_again(statement)


def assert_read_again(statement: Statement) -> None:
    """Its claim and its theorem are what they were."""
    written = certificate_bytes(Certificate(statement.claim(), None))
    claim = read_certificate(written).claim
    again = STATEMENTS[claim.kind](claim)
    assert again.claim() == statement.claim()
    assert again.sentence() == statement.sentence()
    assert claim.sha256() == statement.claim().sha256()
    assert json.loads(written)["claim"]["field"] == "Q"


@given(scenarios(parties=3, trusted=True))
def test_labels(scenario: Scenario) -> None:
    for label in (*scenario.labels(), *scenario.collins_gisin_labels()):
        assert parse_label(label_text(label)) == label
        assert scenario.has(label)
