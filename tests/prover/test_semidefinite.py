"""Plain semidefinite programs: SDPA's format in and out, and enclosures of known optima."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import cos, pi, sqrt
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from benchmarks.plain_semidefinite import cycle, maximum_cut, plain_bound, random_graph, theta
from exact_quantum import almost_quantum, integer_functional
from hypothesis import given, settings
from statements.test_round_trip import problems

from exactsteer import Functional, InputError, NotProved, bound, check, sdpa, semidefinite
from exactsteer.constructions.states import white_noise
from exactsteer.kernel.field import Algebraic, Field
from exactsteer.kernel.program import Block, Equation, LinearForm, LowerBound, Program
from exactsteer.literature.examples import pr_box
from exactsteer.literature.postquantum_steering import table_2
from exactsteer.prover.multiprecision import VARIABLE, interpreter
from exactsteer.prover.prove import Enclosure
from exactsteer.scenario import Scenario
from exactsteer.sdpa import read_sdpa, real_problem, sdpa_problem, sdpa_text
from exactsteer.semidefinite import semidefinite_bound, semidefinite_infeasible, with_equations
from exactsteer.statements import (
    FunctionalAttained,
    FunctionalBound,
    GeneralisedRobustnessBound,
    Member,
    VisibilityBound,
)
from exactsteer.statements.semidefinite import SemidefiniteProblem

needs_sdpa = pytest.mark.skipif(
    interpreter() is None,
    reason=f"sdpa-multiprecision is not installed; {VARIABLE} may name a Python that has it",
)

# min x_1 where [[x_1, 0.3], [0.3, x_2]] is positive and x_1 + x_2 = 1, as two inequalities.
EQUATION = """2
2
2 -2
1 0
0 1 1 2 -.3
1 1 1 1 1
2 1 2 2 1
0 2 1 1 1
1 2 1 1 1
2 2 1 1 1
0 2 2 2 -2
1 2 2 2 -2
2 2 2 2 -2
"""
LINEAR = """* max x + y with x + 2y <= 4, 3x + y <= 6, x >= 0, y >= 0
2
1
-4
{-1, -1}
0 1 1 1 -4
1 1 1 1 -1
2 1 1 1 -2
0 1 2 2 -6
1 1 2 2 -3
2 1 2 2 -1
1 1 3 3 1
2 1 4 4 1
"""
EIGENVALUE = """"the largest eigenvalue of ((0, 1), (1, 1))
1
1
2
1
1 1 1 1 1
1 1 2 2 1
0 1 1 2 1
0 1 2 2 1
"""
GOLDEN = (1 + sqrt(5)) / 2
# A bar that carries two loads: a truss of least volume, t_1 + t_2, with compliance of at most 1.
TRUSS = """2
2
3 -2
1 1
0 1 1 1 -1
0 1 1 2 -1
0 1 1 3 -1
1 1 2 2 1
2 1 3 3 1
2 1 2 3 .5
1 2 1 1 1
2 2 2 2 1
"""


def is_proved(found: Enclosure) -> bool:
    verdicts = [check(proof.bytes()) for proof in (found.lower_proof, found.upper_proof)]
    assert "Every x that is feasible" in verdicts[0].message
    assert "Some x that is feasible" in verdicts[1].message
    return all(verdict.status == "accepted" for verdict in verdicts)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (theta(5, cycle(5)), sqrt(5)),
        (theta(7, cycle(7)), 7 * cos(pi / 7) / (1 + cos(pi / 7))),
        (maximum_cut(5, cycle(5)), 5 * (5 + sqrt(5)) / 8),
        (LINEAR, -2.8),
        (EQUATION, 0.1),
        (EIGENVALUE, GOLDEN),
        (TRUSS, None),
        (theta(9, random_graph(9, 0.5, 0)), None),
        (maximum_cut(9, random_graph(9, 0.5, 0)), None),
    ],
    ids=["C5", "C7", "cut", "linear", "equation", "eigenvalue", "truss", "random", "random-cut"],
)
def test_known_optima(text: str, value: float | None) -> None:
    """The closed value lies in the enclosure up to the error of a double; the other is cvxpy's."""
    found = semidefinite_bound(sdpa_problem(text))
    assert found.width <= Fraction(1, 10**9)
    error = 1e-6 if value is None else 1e-14
    known = plain_bound(text) if value is None else value
    assert float(found.lower) - error <= known <= float(found.upper) + error
    assert is_proved(found)


def test_exact_optima_lie_inside() -> None:
    found = semidefinite_bound(sdpa_problem(theta(5, cycle(5))))
    assert found.lower**2 <= 5 <= found.upper**2
    found = semidefinite_bound(sdpa_problem(LINEAR))
    assert found.lower <= Fraction(-14, 5) <= found.upper


def test_opposite_inequalities_become_equations() -> None:
    found = semidefinite_bound(sdpa_problem(EQUATION))
    assert "pairs of opposite inequalities are equations: 1" in found.steps
    assert "1 matrix block of 2 rows, 1 equation)" in found.lower_proof.theorem


def test_which_inequalities_are_opposite() -> None:
    """Up to a factor, in any block of one row, over any field; and only if the constants agree."""
    field = Field((-2, 0, 1), Fraction(1), Fraction(2))
    a = Algebraic(field, (Fraction(0), Fraction(1)))
    forms: list[LinearForm] = [
        {0: 1, 1: 1, 2: a},
        {0: 1, 1: 1, 2: 1},
        {0: -a, 1: -a, 2: Fraction(-2)},  # -a times the first
        {0: -2, 1: -1, 2: -1},
        {0: 3},
        {0: 2, 1: 2, 2: 2 * a},
        {0: 1, 1: -1, 2: 1},
    ]
    places = [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2), (3, 3), (4, 1)]
    matrices = {
        (i, b, r, r): v for (b, r), form in zip(places, forms, strict=True) for i, v in form.items()
    }
    matrices[1, 5, 1, 2] = a
    problem = SemidefiniteProblem(2, (-2, 1, -3, 1, 2), {}, matrices)
    found = with_equations(problem)
    assert found.equations == (forms[0],)
    assert found.sizes == (-1, -2, 1, 2)
    expected = {(1, 1): forms[1], (2, 1): forms[3], (2, 2): forms[4], (3, 1): forms[6]}
    rest = {(i, b, r, r): v for (b, r), form in expected.items() for i, v in form.items()}
    assert found.matrices == rest | {(1, 4, 1, 2): a}
    assert with_equations(found) is found


VARIANTS = {
    "plain": "2\n2\n2 -1\n1 -0.5\n0 1 1 2 1.5\n1 1 1 1 -2\n2 2 1 1 100\n",
    "remarks": '"title\n*another\n2 =mDIM\n 2 = nBLOCK, 7\n2 -1 = bLOCKsTRUCT\n1 -0.5 = c\n\n'
    "0 1 1 2 1.5\n1 1 1 1 -2\n2 2 1 1 100\n",
    "punctuation": "2,\n(2)\n{2, -1}\n{1.0,-5.0E-1}\n{0, 1, 1, 2, +1.5}\n1,1,1,1,-2.\n2 2 1 1 1e2\n",
    "carriage returns": "2\r\n2\r\n(2,-1)\r\n+1\t-.5\r\n0 1 1 2 15d-1\r\n1 1 1 1 -2.0D+0\r\n"
    "2 2 1 1 +1E2\r\n",
    "several lines": "2\n2\n2\n-1\n1\n-0.5 end\n0 1 1 2 1.5 1 1 1 1 -2\n2 2 1 1 100",
    "lower triangle": "2\n2\n2 -1\n1 -0.5\n2 2 1 1 100\n1 1 1 1 -2\n0 1 2 1 1.5\n",
    "repeated": "2\n2\n2 -1\n1 -0.5\n0 1 1 2 1\n0 1 1 2 0.5\n1 1 1 1 -2\n2 2 1 1 99\n2 2 1 1 1\n",
    "zeros": "2\n2\n2 -1\n1 -0.5\n0 1 1 2 1.5\n1 1 2 2 0\n1 1 1 1 -2\n2 2 1 1 100\n1 2 1 1 0e5\n",
    "comment between": "2\n2\n2 -1\n1 -0.5\n  * (F_0)\n0 1 1 2 1.5\n1 1 1 1 -2\n2 2 1 1 100\n",
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_ways_to_write_a_file(text: str) -> None:
    assert sdpa_problem(text) == SemidefiniteProblem(
        2,
        (2, -1),
        {1: Fraction(1), 2: Fraction(-1, 2)},
        {(0, 1, 1, 2): Fraction(3, 2), (1, 1, 1, 1): Fraction(-2), (2, 2, 1, 1): Fraction(100)},
    )


BAD = {
    "nothing": ("", "f: ends before the number of unknowns"),
    "comments": ('"title\n', "f: ends before the number of unknowns"),
    "json": ('{"scenario": 1}', "f: line 1: '\"scenario\":' is not an integer"),
    "no unknowns": ("0\n1\n1\n\n", "f: line 1: the number of unknowns (mDIM) is 0"),
    "unknowns a word": ("m\n", "f: line 1: 'm' is not an integer"),
    "unknowns a decimal": ("1.5\n", "f: line 1: '1.5' is not an integer"),
    "huge count": ("9" * 50, "is not an integer of at most 9 digits"),
    "no blocks": ("1\n-1\n", "f: line 2: the number of blocks (nBLOCK) is -1"),
    "blocks missing": ("1\n2\n3\n", "f: ends before the last of 2 block sizes"),
    "block of no rows": ("1\n2\n3 0\n1\n", "f: line 3: block 2 has no rows"),
    "too many sizes": ("1\n1\n3 3\n1\n", "f: line 3: more than 1 block sizes"),
    "other cones": ("1\n1\n3Q\n1\n", "f: line 3: '3Q' is not an integer"),
    "costs missing": ("2\n1\n3\n1\n", "f: ends before the last of 2 costs"),
    "too many costs": ("1\n1\n3\n1 2\n", "f: line 4: more than 1 costs"),
    "cost a fraction": ("1\n1\n3\n1/3\n", "f: line 4: '1/3' is not a decimal number"),
    "cost not finite": ("1\n1\n3\nnan\n", "f: line 4: 'nan' is not a decimal number"),
    "cost of other digits": ("1\n1\n3\n٣\n", "f: line 4: '٣' is not a decimal number"),
    "huge cost": ("1\n1\n3\n1e9999\n", "f: line 4: '1e9999' has more than 4096 bits"),
    "fine cost": ("1\n1\n3\n1e-2000\n", "f: line 4: '1e-2000' has more than 4096 bits"),
    "long cost": ("1\n1\n3\n" + "1" * 5000, "f: line 4: a number of 5000 characters"),
    "four words": ("1\n1\n3\n1\n1 1 1 1\n", "f: line 5: 4 words; an entry is matrix, block"),
    "six words": ("1\n1\n3\n1\n1 1 1 1 1 1\n", "f: line 5: 6 words"),
    "matrix too large": (
        "1\n1\n3\n1\n2 1 1 1 1\n",
        "f: line 5: matrix 2; they are numbered",
    ),
    "matrix negative": ("1\n1\n3\n1\n-1 1 1 1 1\n", "f: line 5: matrix -1"),
    "block too large": ("1\n1\n3\n1\n1 2 1 1 1\n", "f: line 5: block 2; they are"),
    "block zero": ("1\n1\n3\n1\n1 0 1 1 1\n", "f: line 5: block 0"),
    "row too large": (
        "1\n1\n3\n1\n1 1 4 1 1\n",
        "f: line 5: row 4, column 1 of block 1, which has 3",
    ),
    "column zero": ("1\n1\n3\n1\n1 1 3 0 1\n", "f: line 5: row 3, column 0 of block 1"),
    "row too large for a diagonal": (
        "1\n1\n-3\n1\n1 1 4 4 1\n",
        "f: line 5: row 4, column 4 of block 1",
    ),
    "off a diagonal block": (
        "1\n1\n-3\n1\n1 1 1 2 1\n",
        "f: line 5: row 1, column 2 of a diagonal block",
    ),
    "both triangles": ("1\n1\n3\n1\n1 1 1 2 1\n1 1 2 1 1\n", "f: line 6: it stands on both sides"),
    "value a word": ("1\n1\n3\n1\n1 1 1 2 x\n", "f: line 5: 'x' is not a decimal number"),
    "index a decimal": ("1\n1\n3\n1\n1 1 1.0 2 1\n", "f: line 5: '1.0' is not an integer"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_bad_files(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        sdpa_problem(text, "f")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_zeros_off_the_diagonal_of_a_diagonal_block() -> None:
    assert sdpa_problem("1\n1\n-2\n1\n1 1 1 2 0.0\n1 1 2 2 1\n").matrices == {(1, 1, 2, 2): 1}


def test_files_that_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "p.dat-s"
    with pytest.raises(InputError, match="No such file"):
        read_sdpa(file)
    file.write_bytes(b"\x1f\x8b\x00\x00")
    with pytest.raises(InputError, match="unpack it"):
        read_sdpa(file)
    file.write_bytes(b"\xef\xbb\xbf* caf\xe9\n1\n1\n1\n1\n1 1 1 1 1")
    assert read_sdpa(file).matrices == {(1, 1, 1, 1): 1}
    monkeypatch.setattr(sdpa, "LARGEST", 5)
    with pytest.raises(InputError, match="more than 5 bytes"):
        read_sdpa(file)


@settings(deadline=None, max_examples=30)
@given(problems())
def test_written_problems_are_read_again(problem: SemidefiniteProblem) -> None:
    """With halves and fifths only, so that all decimals end; equations come as pairs."""

    def ending(form: LinearForm) -> LinearForm:
        return {i: Fraction(Fraction(value).numerator, 40) for i, value in form.items()}

    matrices = {
        place: Fraction(Fraction(value).numerator, 40) for place, value in problem.matrices.items()
    }
    equations = tuple(ending(form) for form in problem.equations)
    exact = replace(problem, objective=ending(problem.objective), matrices=matrices)
    rows = [{i: s * v for i, v in form.items()} for form in equations for s in (1, -1)]
    sizes = (*exact.sizes, -len(rows)) if rows else exact.sizes
    if sizes:
        again = sdpa_problem(sdpa_text(replace(exact, equations=equations)))
        last = {(i, len(sizes), k, k): v for k, row in enumerate(rows, 1) for i, v in row.items()}
        assert again == replace(exact, sizes=sizes, matrices=exact.matrices | last, equations=())


def overlap(one: Enclosure, other: Enclosure) -> bool:
    return max(one.lower, other.lower) <= min(one.upper, other.upper)


COMPLEX = Scenario(((2, 2), (2,)), 2)
FUNCTIONALS: dict[str, Callable[[], Functional]] = {
    "real": table_2,
    "complex": lambda: Functional(COMPLEX, integer_functional(np.random.default_rng(4), COMPLEX)),
}


def statement_of(functional: Functional, sense: str) -> FunctionalBound:
    relation = ">=" if sense == "min" else "<="
    return FunctionalBound(
        functional.scenario,
        almost_quantum(functional.scenario),
        functional.coefficients,
        relation,
        Fraction(7),  # which is not read
        functional.field,
    )


@pytest.mark.parametrize("sense", ["min", "max"])
@pytest.mark.parametrize("name", FUNCTIONALS)
def test_written_bounds_have_the_same_enclosure(name: str, sense: Literal["min", "max"]) -> None:
    functional = FUNCTIONALS[name]()
    text = sdpa_text(statement_of(functional, sense))
    assert "* All numbers are exact.\n" in text
    found = semidefinite_bound(sdpa_problem(text))
    assert ("largest value is minus the optimum of this file.\n" in text) == (sense == "max")
    assert overlap(found if sense == "min" else found.negative(), bound(functional, sense=sense))
    assert found.width <= Fraction(1, 10**9)


def test_numbers_that_are_no_decimals_are_rounded_and_it_says_so() -> None:
    """Over Q(√2), where the program itself is enclosed exactly."""
    array = np.empty((2, 2, 2, 2, 1, 1), dtype=object)
    for a, b, x, y in np.ndindex(2, 2, 2, 2):
        array[a, b, x, y] = [[f"{(-1) ** (a + b + x * y)}*sqrt(2)/3"]]
    statement = statement_of(Functional.from_array(array, "outcomes-first"), "max")
    text = sdpa_text(statement)
    assert "numbers are rounded to 20 digits" in text
    assert "0.94280904158206336587" in text
    exact = semidefinite_bound(real_problem(statement.program()))
    assert overlap(exact, semidefinite_bound(sdpa_problem(text)))
    assert exact.lower <= Fraction(-4, 3) <= exact.upper
    assert "a is the only root of" in exact.lower_proof.theorem


def test_what_the_comments_say_of_other_quantities() -> None:
    box, noise = pr_box(1), white_noise(Scenario(((2, 2), (2, 2)), 1))
    words = almost_quantum(box.scenario)
    of_v = VisibilityBound(box.scenario, words, box.table, noise.table, Fraction(1))
    text = sdpa_text(of_v)
    assert "about a quantity whose largest value is minus the optimum of this file.\n" in text
    found = semidefinite_bound(sdpa_problem(text))
    assert found.lower <= 0 <= found.upper + 1
    assert found.lower**2 >= Fraction(1, 2) >= found.upper**2  # v = 1/√2

    robustness = GeneralisedRobustnessBound(box.scenario, words, box.table, ">=", Fraction(3))
    text = sdpa_text(robustness)
    assert "whose least value is the optimum of this file, plus -1.\n" in text
    found = semidefinite_bound(sdpa_problem(text))
    assert float(found.lower) - 1 == pytest.approx(3 - sqrt(8), abs=1e-8)


def test_what_is_no_program_in_the_format() -> None:
    functional = table_2()
    scenario, coefficients = functional.scenario, functional.coefficients
    words = almost_quantum(scenario)
    attained = FunctionalAttained(scenario, words, coefficients, "<=", Fraction(0))
    for statement in (attained, Member(scenario, words, coefficients), attained.program()):
        with pytest.raises(InputError, match="SDPA's format") as caught:
            sdpa_text(statement)
        assert "\n" not in str(caught.value)


def test_long_decimals() -> None:
    program = Program(
        ["x"],
        [Block("x", 1, [(0, 0, Fraction(-1, 2**40), 0)], {0: [(0, 0, 1, 0)]})],
        [Equation("between data", {}, 0)],
        LowerBound({0: Fraction(1, 2**90)}, Fraction(0)),
    )
    text = sdpa_text(program)
    assert "1 numbers are rounded" in text
    assert "8.0779356694631608874E-28" in text
    assert sdpa_problem(text).matrices[0, 1, 1, 1] == Fraction(1, 2**40)


NO_INTERIOR = EQUATION.replace("-.3", "-.5")
NOT_PROVED = {
    "face": (NO_INTERIOR, "no x seems strictly feasible"),
    "infeasible": ("1\n1\n-2\n0\n0 1 1 1 2\n1 1 1 1 1\n0 1 2 2 -1\n1 1 2 2 -1\n", "seems infeasible"),
    "unbounded": ("1\n1\n2\n-1\n1 1 1 1 1\n1 1 2 2 1\n", "seems unbounded below"),
    "contradictory": (
        "1\n1\n-5\n1\n0 1 1 1 1\n1 1 1 1 1\n0 1 2 2 -1\n1 1 2 2 -1\n1 1 3 3 1\n0 1 4 4 2\n1 1 4 4 1\n"
        "0 1 5 5 -2\n1 1 5 5 -1\n",
        "the equations contradict one another",
    ),
}


@pytest.mark.parametrize(("text", "reason"), NOT_PROVED.values(), ids=NOT_PROVED)
def test_what_is_not_proved_has_a_reason(text: str, reason: str) -> None:
    with pytest.raises(NotProved, match=reason) as caught:
        semidefinite_bound(sdpa_problem(text))
    assert "\n" not in str(caught.value)
    assert caught.value.steps


def test_no_reason_is_sought_where_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semidefinite, "MOST_BOXED", 1)
    with pytest.raises(NotProved, match="program or dual seem to have no strictly feasible point"):
        semidefinite_bound(sdpa_problem(NO_INTERIOR))


def test_infeasible_programs() -> None:
    never = "1\n2\n2 -1\n0\n0 1 1 2 -1\n1 1 1 1 1\n1 1 2 2 -1\n0 2 1 1 -5\n1 2 1 1 -1\n"
    for text in (never, NOT_PROVED["infeasible"][0], NOT_PROVED["contradictory"][0]):
        proof = semidefinite_infeasible(sdpa_problem(text))
        assert check(proof.bytes()).message.startswith("No x is feasible")
    with pytest.raises(NotProved):
        semidefinite_infeasible(sdpa_problem(LINEAR))


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (SemidefiniteProblem(0, (), {}, {}), "an unknown is needed"),
        (SemidefiniteProblem(10**6, (), {}, {}), "unknowns: more than 10000"),
        (SemidefiniteProblem(1, (2,), {2: 1}, {}), "from 1 to 1"),
        (SemidefiniteProblem(1, (2,), {}, {(1, 1, 2, 1): 1}), "on or above the diagonal"),
        (SemidefiniteProblem(1, (2,), {}, {(1, 1, 1, 1): 0}), "what is 0 is left out"),
        (SemidefiniteProblem(1, (2000,), {}, {}), "more than 1000000 entries"),
    ],
)
def test_problems_that_the_kernel_does_not_read(problem: SemidefiniteProblem, message: str) -> None:
    for call in (semidefinite_bound, semidefinite_infeasible):
        with pytest.raises(InputError, match=message):
            call(problem)


@needs_sdpa
def test_to_twenty_digits() -> None:
    found = semidefinite_bound(sdpa_problem(theta(5, cycle(5))), tolerance="1e-20")
    assert found.width <= Fraction(1, 10**20)
    assert found.lower**2 <= 5 <= found.upper**2


SOLVE = """
import sys
import sdpap
A, b, c, K, J = sdpap.importsdpa(sys.argv[1])
print(sdpap.solve(A, b, c, K, J, {"print": "no"})[2]["primalObj"])
"""


@needs_sdpa
@pytest.mark.parametrize("name", [*FUNCTIONALS, "theta"])
def test_sdpa_reads_the_files_and_agrees(name: str, tmp_path: Path) -> None:
    """Its Python interface maximises minus the objective."""
    problem = sdpa_problem(theta(5, cycle(5)))
    text = sdpa_text(problem if name == "theta" else statement_of(FUNCTIONALS[name](), "max"))
    file = tmp_path / "problem.dat-s"
    file.write_text(text, "ascii")
    python = interpreter()
    assert python is not None
    run = subprocess.run([python, "-c", SOLVE, file], capture_output=True, text=True, check=True)
    found = semidefinite_bound(read_sdpa(file))
    assert -float(run.stdout) == pytest.approx(float(found.lower), abs=1e-6)
