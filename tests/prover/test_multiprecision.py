"""Tighter than double precision, through a process of its own."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from exact_quantum import almost_quantum, integer_functional, label

from exactsteer import Functional, bound
from exactsteer.kernel.matrix import rational_matrix
from exactsteer.kernel.program import LowerBound
from exactsteer.literature.postquantum_steering import table_2
from exactsteer.prover import multiprecision
from exactsteer.prover.multiprecision import VARIABLE, interpreter, solve_precisely
from exactsteer.scenario import Scenario
from exactsteer.statements import FunctionalBound

needs_it = pytest.mark.skipif(
    interpreter() is None,
    reason=f"sdpa-multiprecision is not installed; {VARIABLE} may name a Python that has it",
)


@needs_it
def test_row_a4_to_thirty_digits() -> None:
    answer = bound(table_2(), tolerance="1e-30")
    assert answer.width <= Fraction(1, 10**30)
    assert Fraction("-0.50842042258") < answer.lower < Fraction("-0.50842042232")


@needs_it
def test_complex_programs_and_irrational_optima() -> None:
    scenario = Scenario(((2, 2), (2,)), 2)
    functional = integer_functional(np.random.default_rng(4), scenario)
    narrow = bound(Functional(scenario, functional), tolerance="1e-20", sense="max")
    wide = bound(Functional(scenario, functional), sense="max")
    assert narrow.width <= Fraction(1, 10**20)
    assert wide.lower <= narrow.lower <= narrow.upper <= wide.upper

    chsh = np.zeros((2, 2, 2, 2, 1, 1))
    for a, b, x, y in np.ndindex(2, 2, 2, 2):
        chsh[a, b, x, y] = (-1) ** (a + b + x * y)
    answer = bound(Functional.from_array(chsh, "outcomes-first"), sense="max", tolerance="1e-25")
    assert answer.lower**2 <= 8 <= answer.upper**2
    assert answer.width <= Fraction(1, 10**25)


def test_without_it_the_bound_is_wider_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprecision, "interpreter", lambda: None)
    answer = bound(table_2(), tolerance="1e-20")
    assert Fraction(1, 10**20) < answer.width < Fraction(1, 10**9)
    assert any("multiple precision is not installed" in step for step in answer.steps)


@needs_it
def test_data_that_do_not_fit_in_doubles_are_refused() -> None:
    scenario = Scenario(((2, 2),), 1)
    functional = {
        label((0, 0)): rational_matrix(3**40, [[1]]),
        label((0, 1)): rational_matrix(1, [[1]]),
    }
    program = FunctionalBound(
        scenario, almost_quantum(scenario), functional, ">=", Fraction(0)
    ).program()
    assert isinstance(program.goal, LowerBound)
    with pytest.raises(ArithmeticError, match="below 2"):
        solve_precisely(program, program.goal.objective, 1e-20)
