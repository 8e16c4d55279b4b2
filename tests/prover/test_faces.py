"""Assemblages whose moment matrix is singular by their data: proved on a face."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from exact_quantum import almost_quantum, random_realisation

from exactsteer import Assemblage, NotProved, check, classify, member
from exactsteer.exact.matrices import scaled
from exactsteer.kernel.matrix import matrix_of, rational_matrix
from exactsteer.kernel.program import Block, Equation, Existence, Program
from exactsteer.prover.faces import smallest_face
from exactsteer.prover.points import Journal
from exactsteer.prover.prove import _find_point, prove
from exactsteer.scenario import Scenario
from exactsteer.statements import Member

PURE = [
    (Scenario(((2, 2),), 2), 1),
    (Scenario(((2, 2), (2, 2)), 2), 1),
    (Scenario(((2, 2), (2, 2)), 1), 1),
    (Scenario(((2, 2, 2), (2, 2)), 2), 1),
    (Scenario(((3, 2), (2,)), 2), 2),
]


@pytest.mark.parametrize(("scenario", "rank"), PURE, ids=str)
@pytest.mark.parametrize("seed", range(2))
def test_measurements_on_pure_states_are_members(scenario: Scenario, rank: int, seed: int) -> None:
    table = random_realisation(seed, scenario, rank=rank).assemblage()
    answer = member(Assemblage.from_elements(scenario, table))
    assert answer.verdict == "almost-quantum"
    assert answer.proof is not None
    assert check(answer.proof.bytes()).status == "accepted"


def test_deterministic_assemblage() -> None:
    """Every element is zero or rank one, and the kernel sees a congruence."""
    array = np.zeros((2, 2, 2, 2, 2, 2))
    array[0, 1, :, :] = np.diag([1.0, 0.0])
    sigma = Assemblage.from_array(array, "outcomes-first")
    proof = prove(Member(sigma.scenario, almost_quantum(sigma.scenario), sigma.table))
    assert proof.certificate.witness["positivity"][0]["rule"] == "congruent"


def test_a_face_is_the_whole_set_of_positive_points() -> None:
    """[[1, 1, y0], [1, 1, y1], [y0, y1, y2]] ⪰ 0 forces y0 = y1; y2 stays free."""
    constant = [(0, 0, 1, 0), (1, 0, 1, 0), (1, 1, 1, 0)]
    unknowns = {0: [(2, 0, 1, 0)], 1: [(2, 1, 1, 0)], 2: [(2, 2, 1, 0)]}
    program = Program(["a", "b", "c"], [Block("M", 3, constant, unknowns)], [], Existence())
    face = smallest_face(program)
    assert face is not None
    assert len(face.columns) == 2
    assert face.rows[0] in ([0, 2], [1, 2])
    point = face.point(rational_matrix(1, [[3, 10]]))
    assert point.entry(0, 0) == point.entry(0, 1)


def test_no_face_where_data_force_nothing() -> None:
    block = Block("M", 2, [(0, 0, 1, 0)], {0: [(1, 1, 1, 0)]})
    assert smallest_face(Program(["y"], [block], [], Existence())) is None


def test_equations_of_the_program_are_kept_on_the_face() -> None:
    constant = [(0, 0, 1, 0), (1, 0, 0, 1), (1, 1, 1, 0)]
    unknowns = {0: [(2, 0, 1, 0)], 1: [(2, 1, 0, 1)], 2: [(2, 2, 1, 0)]}
    block = Block("M", 3, constant, unknowns)
    program = Program(["a", "b", "c"], [block], [Equation("c = 4", {2: 1}, 4)], Existence())
    face = smallest_face(program)
    assert face is not None
    point = face.point(rational_matrix(1, [[0] * len(face.columns)]))
    assert point.entry(0, 2)[0] == 4


def test_an_empty_face_is_no_proof() -> None:
    """[[0, 1], [1, y]] is never positive."""
    block = Block("M", 2, [(1, 0, 1, 0)], {0: [(1, 1, 1, 0)]})
    program = Program(["y"], [block], [], Existence())
    with pytest.raises(ArithmeticError, match="contradict"):
        smallest_face(program)
    table = random_realisation(0, Scenario(((2,),), 1)).assemblage()
    statement = Member(Scenario(((2,),), 1), almost_quantum(Scenario(((2,),), 1)), table)
    with pytest.raises(NotProved, match="contradict"):
        _find_point(statement, program, Journal())


def test_hidden_states_vanish_where_elements_do() -> None:
    """A shared coin λ: both parties answer λ whatever they are asked, beside |0⟩ or |+⟩."""
    scenario = Scenario(((2, 2), (2, 2)), 2)
    states = matrix_of([[1, 0], [0, 0]]), matrix_of([[1, 1], [1, 1]])
    table = {}
    for label in scenario.labels():
        (a, _), (b, _) = (part for part in label.parties if part is not None)
        share = Fraction(int(a == b), 2 if a == 0 else 4)
        table[label] = scaled(states[a], share)
    sigma = Assemblage.from_elements(scenario, table)
    answer = member(sigma, "LHS")
    assert answer.verdict == "LHS"
    assert answer.proof is not None
    assert check(answer.proof.bytes()).status == "accepted"
    assert classify(sigma).verdict == "LHS"


def test_hidden_answers_vanish_where_probabilities_do() -> None:
    """With a trusted dimension of 1 the last party's answers are the blocks."""
    scenario = Scenario(((2, 2), (2, 2)), 1)
    table = {}
    for label in scenario.labels():
        (a, _), (b, _) = (part for part in label.parties if part is not None)
        table[label] = matrix_of([[Fraction(int(a == b), 2)]])
    answer = member(Assemblage.from_elements(scenario, table), "LHS")
    assert answer.verdict == "LHS"
