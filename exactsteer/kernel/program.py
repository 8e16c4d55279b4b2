"""The exact program and its two verification rules.

A program has real unknowns y₁…y_m, Hermitian blocks M_j(y) = A_j0 + Σ_i y_i A_ji that are to be
positive semidefinite (1×1 blocks are inequalities), equations Σ_i E_ki y_i = e_k, and a goal. All its
numbers are in K = Q or Q(a).

`Existence`      some y satisfies blocks and equations.        Witness: y. See `accept_point`.
`LowerBound`     c·y ≥ bound for every such y.                 Witness: Z_j and w_k.
`Impossibility`  no such y exists.                             Witness: Z_j and w_k, with c = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from .errors import Malformed, Rejected
from .field import Number, number
from .matrix import Matrix, hermitian
from .positivity import Positivity, accept_positive
from .product import limit_bits

# One entry of the lower triangle of a Hermitian matrix: row ≥ column, real and imaginary part.
Entry: TypeAlias = tuple[int, int, Number, Number]
LinearForm: TypeAlias = dict[int, Number]


@dataclass
class Block:
    """M(y) = constant + Σ_i y_i coefficients[i], of `size` rows; entries of one list add up."""

    name: str
    size: int
    constant: list[Entry] = field(default_factory=list)
    coefficients: dict[int, list[Entry]] = field(default_factory=dict)


@dataclass(frozen=True)
class Equation:
    """constant + Σ_i coefficients[i] y_i = value; without unknowns an equation between data."""

    name: str
    coefficients: LinearForm
    value: Number
    constant: Number = 0


@dataclass(frozen=True)
class Existence:
    """Some y satisfies the program."""


@dataclass(frozen=True)
class LowerBound:
    """objective·y ≥ bound for every y that satisfies the program."""

    objective: LinearForm
    bound: Number


@dataclass(frozen=True)
class Impossibility:
    """No y satisfies the program."""


Goal: TypeAlias = Existence | LowerBound | Impossibility


@dataclass(frozen=True)
class Program:
    """`unknowns` holds one object for each unknown; its `str` names it in messages."""

    unknowns: Sequence[object]
    blocks: Sequence[Block]  # may be made one by one, when they are asked for
    equations: list[Equation]
    goal: Goal


@dataclass(frozen=True)
class PointWitness:
    """`point` 1×m real, and for each block the witness that M_j(point) is positive."""

    point: Matrix
    positivity: list[Positivity]


@dataclass(frozen=True)
class DualWitness:
    """`multipliers` 1×p real, one for each equation; for each block Z_j and its witness."""

    multipliers: Matrix
    matrices: list[Matrix]
    positivity: list[Positivity]


def accept(program: Program, witness: PointWitness | DualWitness) -> None:
    """Accept `witness` as a proof of the program's goal, or raise Malformed or Rejected."""
    goal = program.goal
    if isinstance(goal, Existence):
        if not isinstance(witness, PointWitness):
            raise Malformed("witness", "existence is proved by a point")
        accept_point(program, witness)
        return
    if not isinstance(witness, DualWitness):
        raise Malformed("witness", "a bound is proved by matrices and multipliers")
    if isinstance(goal, LowerBound):
        proved = accept_dual(program, goal.objective, witness)
        if proved < goal.bound:
            raise Rejected("bound", "proved ≥ claimed", proved, goal.bound)
    else:
        # 0·y ≥ proved > 0 for every y of the program: there is none.
        proved = accept_dual(program, {}, witness)
        if proved <= 0:
            raise Rejected("contradiction", "proved > 0", proved, 0)


def accept_point(program: Program, witness: PointWitness) -> None:
    """Accept that the point satisfies every equation, and positivity of every block.

    Sound because this is the definition of existence, evaluated exactly.
    """
    if witness.point.shape != (1, len(program.unknowns)) or not witness.point.is_real:
        raise Malformed("witness.point", f"{len(program.unknowns)} real numbers are needed")
    _one_for_each_block(program, witness.positivity, "witness.positivity")
    numerators, unit = witness.point.numerators(0), Fraction(1, witness.point.denominator)
    for equation in program.equations:
        value: Number = 0
        for i, coefficient in equation.coefficients.items():
            value += coefficient * numerators[i]
        left = value * unit + equation.constant
        if left != equation.value:
            raise Rejected(equation.name, "equation", left, equation.value)
    # One long number may stand in many entries.
    longest = max((n.bit_length() for rows in witness.point.parts.values() for n in rows[0]), default=0)
    for block, positivity in zip(program.blocks, witness.positivity, strict=True):
        limit_bits(block.size**2, longest)
        accept_positive(evaluate(block, witness.point), positivity, block.name)


def accept_dual(program: Program, objective: LinearForm, witness: DualWitness) -> Number:
    """Return a lower bound of objective·y over the program, or raise.

    Checked for every unknown i:  c_i = Σ_k w_k E_ki + Σ_j ⟨Z_j, A_ji⟩,  and every Z_j ⪰ 0.
    Sound because then, for every y of the program,
    c·y = Σ_k w_k (E y)_k + Σ_j ⟨Z_j, M_j(y) - A_j0⟩ ≥ w·e - Σ_j ⟨Z_j, A_j0⟩, the returned value,
    since ⟨Z, M⟩ = tr(ZM) ≥ 0 for positive semidefinite Z and M (e is value - constant).
    """
    equations, matrices = program.equations, witness.matrices
    if witness.multipliers.shape != (1, len(equations)) or not witness.multipliers.is_real:
        raise Malformed("witness.multipliers", f"{len(equations)} real numbers are needed")
    _one_for_each_block(program, matrices, "witness.matrices")
    _one_for_each_block(program, witness.positivity, "witness.positivity")
    unit = Fraction(1, witness.multipliers.denominator)

    given: list[Number] = [0] * len(program.unknowns)
    proved: Number = Fraction(0)
    for equation, multiplier in zip(equations, witness.multipliers.numerators(0), strict=True):
        weight = multiplier * unit
        proved += weight * (equation.value - equation.constant)
        for i, coefficient in equation.coefficients.items():
            given[i] += weight * coefficient
    for block, matrix in zip(program.blocks, matrices, strict=True):
        if matrix.shape != (block.size, block.size):
            raise Malformed(block.name, f"the matrix has shape {matrix.shape}, not {block.size}")
        proved -= _pairing(matrix, block.constant)
        for i, entries in block.coefficients.items():
            given[i] += _pairing(matrix, entries)
    for i, value in enumerate(given):
        if value != objective.get(i, 0):
            place = f"coefficient of {program.unknowns[i]}"
            raise Rejected(place, "identity", value, objective.get(i, 0))

    for block, matrix, positivity in zip(program.blocks, matrices, witness.positivity, strict=True):
        accept_positive(matrix, positivity, f"multiplier of {block.name}")
    return proved


def evaluate(block: Block, point: Matrix) -> Matrix:
    """M(y) at the point y, a real 1×m row; Hermitian by construction."""
    numerators, denominator = point.numerators(0), point.denominator
    entries: dict[tuple[int, int], list[Number]] = {}
    for row, column, re, im in block.constant:
        total = entries.setdefault((row, column), [0, 0])
        total[0] += re * denominator
        total[1] += im * denominator
    for i, terms in block.coefficients.items():
        y = numerators[i]
        for row, column, re, im in terms:
            total = entries.setdefault((row, column), [0, 0])
            total[0] += re * y
            total[1] += im * y
    zero: list[Number] = [0, 0]

    def entry(row: int, column: int) -> tuple[Number, Number]:
        re, im = entries.get((row, column), zero)
        return re, im

    scaled = hermitian(block.size, entry)
    return Matrix(scaled.denominator * denominator, scaled.parts, scaled.field)


def _pairing(matrix: Matrix, entries: list[Entry]) -> Number:
    """⟨Z, A⟩ = tr(ZA) for Hermitian Z and A, A given by its lower triangle."""
    total: Number = 0
    for (power, unit), rows in matrix.parts.items():
        part: Number = 0
        for row, column, re, im in entries:
            if row != column:
                part += 2 * rows[row][column] * (im if unit else re)
            elif not unit:
                part += rows[row][row] * re
        total += part * number(matrix.field, [0] * power + [1]) if power else part
    return total * Fraction(1, matrix.denominator)


def _one_for_each_block(program: Program, given: Sequence[object], place: str) -> None:
    if len(given) != len(program.blocks):
        raise Malformed(place, f"{len(given)} given, {len(program.blocks)} blocks")
