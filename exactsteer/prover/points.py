"""Floating-point points near the optimum and inside the cones, in the order in which to try them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, log2

import numpy as np

from ..kernel.matrix import Matrix, matrix_of
from ..kernel.program import DualWitness, Impossibility, LinearForm, Program
from .central_path import LEAST_MU, Centred, central_point, least_mu
from .first_order import solve_first_order
from .multiprecision import solve_precisely
from .numeric import NumericProgram, numeric_program
from .rounding import (
    Entries,
    Real,
    RoundingError,
    entries_of,
    exact_multipliers,
    exact_point,
    positivity_witness,
)

WIDENINGS = 6  # the gap may grow by 10^5
MOST_MU = 1e-6  # relative to the objective, however small that is against the tolerance
INNER_MU = 1e-10  # for a point inside, where the gap does not matter
SMALLEST_INSIDE = 1e-14
FEASIBLE = 1e-7  # a box that is this near to a point of the set is not excluded
FIRST_ORDER_DIGITS = 3e-5  # margin that SCS can keep


class NotProved(Exception):
    """The prover gave up: `str` is the last reason, and `steps` is the whole story.

    It says nothing about the claim, which may be true or false.
    """

    def __init__(self, reason: str, steps: list[str]) -> None:
        super().__init__(reason)
        self.steps = steps


@dataclass
class Journal:
    """The story of a proof, step by step; `listener` hears each as it happens."""

    listener: Callable[[str], None] | None = None
    steps: list[str] = field(default_factory=list)

    def add(self, step: str) -> None:
        self.steps.append(step)
        if self.listener is not None:
            self.listener(step)


@dataclass(frozen=True)
class Attempt:
    """A point y, w, z of a program near optimal and inside both cones, about to be made exact.

    y maps unknowns to numbers, those left out being 0; `inside` estimates the least eigenvalue of
    all M_j(y) and Z_j, and `bits` is what y and z are rounded to.
    """

    program: Program
    objective: LinearForm
    y: Mapping[int, Real]
    w: Sequence[Real]
    z: Entries
    inside: float
    bits: int

    def point(self) -> Matrix:
        return exact_point(self.program, self.y, self.bits)

    def dual_witness(self) -> DualWitness:
        weights, matrices = exact_multipliers(self.program, self.objective, self.w, self.z, self.bits)
        positivity = [
            positivity_witness(matrix, f"multiplier of {block.name}", self.inside)
            for block, matrix in zip(self.program.blocks, matrices, strict=True)
        ]
        return DualWitness(matrix_of([weights]), matrices, positivity)


def central_points(
    program: Program,
    objective: LinearForm,
    tolerance: Fraction,
    journal: Journal,
    margin: Sequence[int] = (),
) -> Iterator[Attempt]:
    """Points on the central path, from the gap that is wanted to 10^WIDENINGS times that.

    Where there is to be no point at all, they tell how far the blocks in `margin` are from feasible:
    the inequalities, if it is not given, or without any the matrices.
    """
    if isinstance(program.goal, Impossibility) and not margin:
        every = range(len(program.blocks))
        margin = [j for j in every if program.blocks[j].size == 1] or every
    numeric = numeric_program(program, objective, margin)
    order = numeric.order
    scale = float(np.max(np.abs(numeric.objective), initial=0.0)) or 1.0
    mu = min(float(tolerance) / (4 * order * scale), MOST_MU)
    ends = order * scale * LEAST_MU
    if ends > tolerance and not margin:
        journal.add(f"double precision ends near a gap of {ends:.0e}")
        try:
            yield _precise(program, objective, float(tolerance) / scale, order, journal)
        except ArithmeticError as error:
            journal.add(f"failed: {error}")
    scaled = replace(numeric, objective=numeric.objective / scale)
    mu = max(mu, min(least_mu(scaled), FIRST_ORDER_DIGITS))
    for _ in range(WIDENINGS):
        try:
            point = solved(scaled, mu, journal)
            slack = min(
                numeric.least_eigenvalue(numeric.cone_matrix @ point.y + numeric.cone_constant),
                numeric.least_eigenvalue(point.z),
            )
            if margin and point.y[-1] < FEASIBLE:
                infeasible = max(0.0, float(point.y[-1]))
                raise NotProved(
                    f"not excluded: feasible up to {infeasible:.1e} (floating)", journal.steps
                )
            journal.add(f"centred at mu = {point.mu:.1e} in {point.steps} steps, inside by {slack:.1e}")
            if slack <= 0:
                raise RoundingError("not inside the cone")
            bits = bits_inside(order, slack * min(scale, 1.0))
            y = numeric.unknowns_at(point.y)
            z = entries_of(numeric, point.z * scale)
            yield Attempt(program, objective, y, (point.w * scale).tolist(), z, slack, bits)
        except ArithmeticError as error:
            journal.add(f"failed: {error}")
        mu *= 10
        journal.add(f"wider gap: mu = {mu:.1e}")


def bits_inside(order: int, slack: float) -> int:
    """To how many bits a point may be rounded that is inside its cones, of so many rows, by `slack`."""
    return max(20, ceil(log2(64 * order / slack)))


def solved(program: NumericProgram, mu: float, journal: Journal) -> Centred:
    """A point well inside both cones with a gap of about μ·order."""
    largest = max((block.size for block in program.blocks), default=0)
    journal.add(f"solving: {len(program.objective)} unknowns, largest matrix {largest} rows")
    if least_mu(program) <= mu:
        return central_point(program, mu)
    return moved_inwards(program, mu, journal)


def _precise(
    program: Program, objective: LinearForm, gap: float, order: int, journal: Journal
) -> Attempt:
    """The optimal pair of a multiple-precision solver, a little inside both cones."""
    point = solve_precisely(program, objective, gap / 16)
    inside = gap / (256 * order)
    journal.add(f"multiple precision: gap {gap / 16:.1e}")
    bits = ceil(log2(order / inside)) + 16
    return Attempt(program, objective, dict(enumerate(point.y)), point.w, point.z, inside, bits)


def moved_inwards(program: NumericProgram, mu: float, journal: Journal) -> Centred:
    """A point inside both cones, for programs too large for the central path.

    A solve with both cones moved inwards by μ: from  A y + a - μ1 ⪰ 0  and the objective  c - μAᵀ1
    come a y with A y + a ⪰ μ1 and, with z + μ1, a multiplier of c itself. Only as good as the solver.
    """
    identity = program.identity()
    moved = replace(
        program,
        objective=program.objective - mu * (program.cone_matrix.T @ identity),
        cone_constant=program.cone_constant - mu * identity,
    )
    point = solve_first_order(moved, mu / 10)
    value = float(program.objective @ point.y)
    journal.add(f"SCS: {point.status} in {point.seconds:.1f} s, {value:.8g} (floating, scaled)")
    return Centred(point.y, point.w, point.z + mu * identity, mu, 0)


def inner_points(program: Program, journal: Journal) -> Iterator[Matrix]:
    """Exact points near the one that is furthest inside every block, with more and more digits."""
    if not program.unknowns:
        yield matrix_of([[]])
        return
    blocks = [block for block in program.blocks if block.size]
    program = replace(program, blocks=blocks)
    y, inside = furthest_inside(program, range(len(blocks)), journal)
    order = sum(block.size for block in blocks)
    bits = bits_inside(order, inside) if inside > SMALLEST_INSIDE else 53
    for digits in (bits, bits + 24):
        journal.add(f"rounded to {digits} bits")
        yield exact_point(program, y, digits)


def furthest_inside(
    program: Program, margin: Iterable[int], journal: Journal
) -> tuple[dict[int, float], float]:
    """The point that is furthest inside these blocks, and by how much: the least eigenvalue there."""
    numeric = numeric_program(program, {}, margin)
    solution = solved(numeric, max(INNER_MU, min(least_mu(numeric), FIRST_ORDER_DIGITS)), journal)
    inside = -float(solution.y[-1])
    journal.add(f"furthest point is inside by {inside:.1e}")
    return numeric.unknowns_at(solution.y), inside
