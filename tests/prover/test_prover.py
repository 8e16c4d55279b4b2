"""Central paths, rounding and the escalation of the prover."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from exact_quantum import almost_quantum, integer_functional, label, random_realisation, random_state
from hypothesis import given
from hypothesis import strategies as st

from exactsteer import Functional, bound, check
from exactsteer.kernel.field import Field, number
from exactsteer.kernel.matrix import hermitian, rational_matrix
from exactsteer.kernel.program import Block, Equation, Existence, Impossibility, LowerBound, Program
from exactsteer.prover import central_path, points
from exactsteer.prover.central_path import central_point
from exactsteer.prover.first_order import solve_first_order
from exactsteer.prover.numeric import numeric_program, real_unknowns
from exactsteer.prover.points import Journal, NotProved
from exactsteer.prover.prove import Enclosure, enclose, prove
from exactsteer.prover.rounding import (
    dyadic,
    floats,
    positivity_witness,
    precise_cholesky,
    solve_exactly,
)
from exactsteer.scenario import Scenario
from exactsteer.statements import FunctionalBound, ValidAssemblage

SCENARIO = Scenario(((2, 2), (2, 2)), 2)


def statement(seed: int, real: bool = False) -> FunctionalBound:
    functional = integer_functional(np.random.default_rng(seed), SCENARIO, real)
    return FunctionalBound(SCENARIO, almost_quantum(SCENARIO), functional, ">=", Fraction(0))


def objective(program: Program) -> dict[int, Fraction | int]:
    assert isinstance(program.goal, LowerBound)
    return program.goal.objective


@given(st.floats(-1e6, 1e6), st.integers(0, 80))
def test_dyadic_is_nearest(value: float, bits: int) -> None:
    assert abs(dyadic(value, bits) - Fraction(value)) <= Fraction(1, 2 ** (bits + 1))


def test_identities_are_met_exactly() -> None:
    """Forms with an entry of their own by division, the others together."""
    forms = [{"a": 1, "b": 2}, {"b": 1, "c": 3}, {"b": 5, "c": -1}]
    targets = [Fraction(1, 3), Fraction(1, 7), Fraction(2)]
    x = solve_exactly(forms, targets, {"a": Fraction(1), "b": Fraction(0), "c": Fraction(1, 2)})
    for form, target in zip(forms, targets, strict=True):
        assert sum(value * x[key] for key, value in form.items()) == target


def test_dependent_identities_are_met_if_they_agree() -> None:
    x = solve_exactly([{"a": 1, "b": 1}, {"a": 2, "b": 2}], [Fraction(1), Fraction(2)], {})
    assert x["a"] + x["b"] == 1
    with pytest.raises(ArithmeticError, match="contradict"):
        solve_exactly([{"a": 1}, {"a": 2}], [Fraction(1), Fraction(3)], {})


def test_identities_over_a_number_field() -> None:
    """By division where an entry is free, by elimination where none is."""
    root = number(Field((-2, 0, 1), Fraction(1), Fraction(2)), [0, 1])
    forms = [{"a": root, "b": 1}, {"b": 3, "c": 1 - root}, {"b": 1, "c": root}]
    targets = [Fraction(1), root, Fraction(2)]
    x = solve_exactly(forms, targets, {"a": Fraction(1, 2)})
    for form, target in zip(forms, targets, strict=True):
        assert sum((value * x[key] for key, value in form.items()), Fraction(0)) == target


@pytest.mark.parametrize("real", [True, False], ids=["real", "complex"])
def test_the_first_order_solver_has_the_conventions(real: bool) -> None:
    """Its multipliers satisfy the dual identity, block by block."""
    program = statement(1, real).program()
    numeric = numeric_program(program, objective(program))
    assert (real_unknowns(program, objective(program)) is not None) == real
    point = solve_first_order(numeric, 1e-6)
    identity = numeric.cone_matrix.T @ point.z + numeric.equation_matrix.T @ point.w
    np.testing.assert_allclose(identity, numeric.objective, atol=1e-4)
    assert float(numeric.objective @ point.y) == pytest.approx(float(point.w[0]), abs=1e-3)


@pytest.mark.parametrize("real", [True, False], ids=["real", "complex"])
def test_the_central_path_is_reached(real: bool) -> None:
    program = statement(2, real).program()
    numeric = numeric_program(program, objective(program))
    target = 1e-9
    point = central_point(numeric, target)
    slack = numeric.cone_matrix @ point.y + numeric.cone_constant
    assert numeric.least_eigenvalue(slack) > 0
    assert numeric.least_eigenvalue(point.z) > 0
    gap = float(numeric.objective @ point.y - numeric.equation_values @ point.w)
    assert gap == pytest.approx(target * numeric.order, rel=0.6)
    identity = numeric.cone_matrix.T @ point.z + numeric.equation_matrix.T @ point.w
    np.testing.assert_allclose(identity, numeric.objective, atol=1e-12)


def test_the_central_path_says_how_far_it_came() -> None:
    program = statement(2).program()
    numeric = numeric_program(program, objective(program))
    with pytest.raises(ArithmeticError, match=r"central path (ends at mu|was lost)"):
        central_point(numeric, 1e-30)


def test_no_central_path_where_a_side_has_no_point() -> None:
    """y ≥ 0 and -y ≥ 1; and minimise -y with y ≥ 0; and equations that contradict one another."""
    ray = Block("y", 1, [], {0: [(0, 0, 1, 0)]})
    other = Block("-y - 1", 1, [(0, 0, -1, 0)], {0: [(0, 0, -1, 0)]})
    for blocks, equations, cost in (
        ([ray, other], [], 1),
        ([ray], [], -1),
        ([ray], [Equation("1", {0: 1}, 1), Equation("2", {0: 1}, 2)], 1),
    ):
        program = Program(["y"], blocks, equations, Existence())
        with pytest.raises(ArithmeticError):
            central_point(numeric_program(program, {0: cost}), 1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_enclosures_are_narrow_and_certified(seed: int) -> None:
    answer = enclose(statement(seed))
    assert answer.width <= Fraction(1, 10**9)
    assert answer.lower <= answer.upper
    for proof in (answer.lower_proof, answer.upper_proof):
        assert check(proof.bytes()).status == "accepted"


def test_senses_are_opposite() -> None:
    functional = statement(3).functional
    negated = {k: rational_matrix(1, [[0, 0], [0, 0]]) - matrix for k, matrix in functional.items()}
    lowest = bound(Functional(SCENARIO, functional), sense="min")
    highest = bound(Functional(SCENARIO, negated), sense="max")
    assert abs(lowest.lower + highest.upper) < Fraction(1, 10**9)
    assert abs(lowest.upper + highest.lower) < Fraction(1, 10**9)


def test_a_failing_step_widens_the_gap_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    real = points.central_point

    def lazy(program: object, target: float) -> object:
        if target < 1e-7:
            raise ArithmeticError("too tired")
        return real(program, target)  # type: ignore[arg-type]

    monkeypatch.setattr(points, "central_point", lazy)
    answer = enclose(statement(1))
    assert any("too tired" in step for step in answer.steps)
    assert any("wider gap" in step for step in answer.steps)
    assert Fraction(1, 10**9) < answer.width < Fraction(1, 10**3)


def test_large_programs_end_at_a_larger_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the matrix of the least-squares problem would not fit: its normal matrix alone."""
    narrow = enclose(statement(1))
    monkeypatch.setattr(central_path, "LARGEST_MATRIX", 0)
    wide = enclose(statement(1))
    assert wide.lower <= narrow.upper
    assert narrow.lower <= wide.upper
    assert wide.width < Fraction(1, 10**5)


def test_very_large_programs_go_to_a_first_order_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the matrix of the central path would not fit in memory: less exact, still a theorem."""
    narrow = enclose(statement(1))
    monkeypatch.setattr(central_path, "LARGEST_MATRIX", 0)
    monkeypatch.setattr(central_path, "LARGEST_GRAM", 0)
    wide = enclose(statement(1))
    assert any(step.startswith("SCS") for step in wide.steps)
    assert wide.lower <= narrow.upper
    assert narrow.lower <= wide.upper
    assert wide.width < Fraction(1, 10)


@pytest.mark.parametrize("factor", [Fraction(1, 10**12), Fraction(0), Fraction(10**6)])
def test_functionals_of_any_size(factor: Fraction) -> None:
    """Far below the tolerance, vanishing, or so large that double precision sets the width."""
    scenario = Scenario(((2,),), 2)
    projector = hermitian(2, lambda r, c: (factor * (r == c == 0), 0))
    functional = Functional(scenario, {label((0, 0)): projector})
    highest, lowest = bound(functional, sense="max"), bound(functional, sense="min")
    assert highest.lower <= factor <= highest.upper
    assert lowest.lower <= 0 <= lowest.upper
    assert max(highest.width, lowest.width) <= max(Fraction(1, 10**9), factor / 10**11)


def test_journal_is_heard() -> None:
    heard: list[str] = []
    answer = enclose(statement(1), journal=Journal(heard.append))
    assert heard == answer.steps
    assert heard


@pytest.mark.parametrize("least", [1e-3, 1e-11, 1e-14])
def test_factors_of_ill_conditioned_matrices(least: float) -> None:
    """Well inside by double precision, hardly inside by more digits."""
    rng = np.random.default_rng(0)
    size = 14
    singular = random_state(rng, size, size - 3).matrix()
    shift = rational_matrix(
        2**60, [[round(least * 2**60) * (r == c) for c in range(size)] for r in range(size)]
    )
    matrix = singular + shift
    witness = positivity_witness(matrix, "A")
    assert witness is not None
    assert precise_cholesky(singular, 1e-30) is None
    assert np.linalg.eigvalsh(floats(singular))[0] < 1e-12


def test_an_invalid_table_is_not_proved_valid() -> None:
    scenario = Scenario(((2,),), 1)
    table = {label((0, 0)): rational_matrix(1, [[2]]), label((1, 0)): rational_matrix(1, [[-1]])}
    with pytest.raises(NotProved):
        prove(ValidAssemblage(scenario, table))
    half = {label((0, 0)): rational_matrix(2, [[1]]), label((1, 0)): rational_matrix(4, [[1]])}
    with pytest.raises(NotProved, match="normalisation"):
        prove(ValidAssemblage(scenario, half))


def test_a_given_bound_is_proved_if_true_and_not_if_false(minimum: Enclosure) -> None:
    claim = minimum.lower_proof.certificate.claim
    tight = FunctionalBound.read(claim)
    loose = FunctionalBound(tight.scenario, tight.outer_set, tight.functional, ">=", Fraction(-51, 100))
    false = FunctionalBound(tight.scenario, tight.outer_set, tight.functional, ">=", Fraction(-50, 100))
    assert "-0.51" in prove(loose).theorem
    with pytest.raises(NotProved, match="proved ≥ claimed"):
        prove(false)


def test_impossibility_without_inequalities() -> None:
    """[[1, y], [y, -1/2]] is never positive: the generic phase-one program proves it."""
    block = Block("M", 2, [(0, 0, 1, 0), (1, 1, Fraction(-1, 2), 0)], {0: [(1, 0, 1, 0)]})
    program = Program(["y"], [block], [], Impossibility())
    numeric = numeric_program(program, {}, [0])
    point = central_point(numeric, 1e-9)
    assert point.y[-1] == pytest.approx(0.5, abs=1e-5)


def test_flipped_unknowns_are_left_out_only_if_nothing_sees_them() -> None:
    block = Block("M", 2, [], {0: [(0, 0, 1, 0), (1, 1, 1, 0)], 1: [(1, 0, 0, 1)]})
    free = Program(["t", "y"], [block], [Equation("t", {0: 1}, 1)], Existence())
    tied = Program(["t", "y"], [block], [Equation("y", {1: 1}, 1)], Existence())
    assert real_unknowns(free, {}) == {0}
    assert real_unknowns(free, {1: 1}) is None
    assert real_unknowns(tied, {}) is None


def test_realisations_are_in_the_scenario() -> None:
    table = random_realisation(5, SCENARIO, projective=False).assemblage()
    assert prove(ValidAssemblage(SCENARIO, table)).theorem.startswith("The assemblage")
