"""From a statement to a certificate, escalating where a step fails and saying why.

Solve → centre → round → mend the identities → factor → the kernel's verdict. If a step fails:
more digits, then a wider gap (each ten times the last), then multiple precision where installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor, log2, log10
from typing import TypeVar

import numpy as np

from .. import __version__
from ..kernel.certificate import Certificate, certificate_bytes
from ..kernel.matrix import Matrix, common_denominator
from ..kernel.positivity import Congruent, Positivity
from ..kernel.program import (
    DualWitness,
    Existence,
    Impossibility,
    LinearForm,
    LowerBound,
    PointWitness,
    Program,
    accept_dual,
    evaluate,
)
from ..kernel.reading import witness_json
from ..kernel.verdict import Statement, check
from ..statements import STATEMENTS, BoxExcluded, FunctionalAttained, FunctionalBound
from .centring import LARGEST_SYSTEM, Centred, Cone, centre, system_size
from .faces import Face, smallest_face
from .multiprecision import solve_precisely
from .numeric import NumericProgram, numeric_program
from .rounding import (
    Entries,
    Real,
    RoundingError,
    dyadic,
    entries_of,
    exact_multipliers,
    exact_point,
    positivity_witness,
    principal_submatrix,
)
from .solvers import NumericPoint, chosen_solver, solve

TOLERANCE = Fraction(1, 10**9)
WIDENINGS = 6  # the gap may grow by 10^5
LEAST_MU = 2e-13  # relative to the objective; below it double precision has no digits left
SOLVER_DIGITS = 1e-7  # margin that a solver alone can keep

T = TypeVar("T")


class NotProved(Exception):
    """The prover gave up; `str` is the last reason and `steps` the whole story."""

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
class Proof:
    """A certificate that the kernel accepted, and the theorem it printed."""

    certificate: Certificate
    theorem: str
    claim_sha256: str
    steps: list[str]

    def bytes(self) -> bytes:
        return certificate_bytes(self.certificate)


@dataclass(frozen=True)
class Enclosure:
    """lower ≤ optimum ≤ upper, each side with its proof."""

    lower: Fraction
    upper: Fraction
    lower_proof: Proof
    upper_proof: Proof
    steps: list[str]

    @property
    def width(self) -> Fraction:
        return self.upper - self.lower


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

    def point_witness(self, program: Program, point: Matrix) -> PointWitness:
        return point_witness(program, point, self.inside)

    def dual_witness(self) -> DualWitness:
        weights = [dyadic(value, self.bits) for value in self.w]
        matrices = exact_multipliers(self.program, self.objective, weights, self.z, self.bits)
        positivity = [
            positivity_witness(matrix, f"multiplier of {block.name}", self.inside)
            for block, matrix in zip(self.program.blocks, matrices, strict=True)
        ]
        return DualWitness(Matrix(*common_denominator([weights])), matrices, positivity)


@dataclass(frozen=True)
class Exclusion:
    """A proof that a box is excluded, and the radius below which its witness excludes any box."""

    proof: Proof
    limit: Fraction


def enclose(
    statement: FunctionalBound, tolerance: Fraction = TOLERANCE, journal: Journal | None = None
) -> Enclosure:
    """Enclose the optimum that `statement` bounds; the bound that it carries is not read.

    For relation `>=` that is the minimum over the set, proved from below by squares and from above
    by a moment matrix; for `<=` the maximum, the other way round. Raises NotProved.
    """
    journal = journal or Journal()
    program = statement.program()
    goal = program.goal
    if not isinstance(goal, LowerBound):
        raise TypeError("only a statement with a bound can be enclosed")
    sign = 1 if statement.relation == ">=" else -1
    other = "<=" if sign > 0 else ">="
    # Bounds are claimed as decimals, a hundred times finer than the tolerance.
    grid = 10 ** max(1, ceil(-log10(tolerance)) + 2)

    def finish(attempt: Attempt) -> Enclosure:
        dual, point = attempt.dual_witness(), attempt.point()
        numerators, denominator = point.real[0], point.denominator
        value = sum(c * numerators[i] for i, c in goal.objective.items())
        below = Fraction(floor(accept_dual(program, goal.objective, dual) * grid), grid)
        above = Fraction(ceil(Fraction(value) / denominator * grid), grid)
        bound = replace(statement, bound=sign * below)
        attained = FunctionalAttained(
            statement.scenario, statement.outer_set, statement.functional, other, sign * above
        )
        bound_proof = certify(bound, dual, journal)
        attained_proof = certify(attained, attempt.point_witness(attained.program(), point), journal)
        journal.add(f"enclosed within {float(above - below):.1e}")
        if sign > 0:
            return Enclosure(below, above, bound_proof, attained_proof, journal.steps)
        return Enclosure(-above, -below, attained_proof, bound_proof, journal.steps)

    return _escalate(program, goal.objective, tolerance, journal, finish)


def prove(statement: Statement, journal: Journal | None = None) -> Proof:
    """Prove a statement as it stands: existence, a given bound, or impossibility. Or NotProved."""
    journal = journal or Journal()
    program = statement.program()
    goal = program.goal
    if isinstance(goal, Existence):
        return _find_point(statement, program, journal)
    objective = goal.objective if isinstance(goal, LowerBound) else {}
    return _escalate(
        program,
        objective,
        TOLERANCE,
        journal,
        lambda attempt: certify(statement, attempt.dual_witness(), journal),
    )


def exclude(statement: BoxExcluded, journal: Journal | None = None) -> Exclusion:
    """Prove that the box holds no assemblage of the set; NotProved if it seems to hold one."""
    journal = journal or Journal()
    program = statement.program()

    def finish(attempt: Attempt) -> Exclusion:
        dual = attempt.dual_witness()
        # With this witness a box of radius r leaves proved - (r - radius)·Σu, u the multipliers
        # of the inequalities, of which each has the radius as its constant.
        total = sum((z.trace() for z in dual.matrices if z.shape == (1, 1)), Fraction(0))
        limit = statement.radius + accept_dual(program, {}, dual) / total
        return Exclusion(certify(statement, dual, journal), limit)

    return _escalate(program, {}, TOLERANCE, journal, finish)


def _find_point(statement: Statement, program: Program, journal: Journal) -> Proof:
    """Existence: the point that is furthest inside, rounded; on a face if there is no inside."""
    try:
        if not program.unknowns:
            return certify(statement, point_witness(program, Matrix(1, [[]])), journal)
        for point in _inner_points(program, journal):
            try:
                return certify(statement, point_witness(program, point), journal)
            except ArithmeticError as error:
                journal.add(f"failed: {error}")
        face = smallest_face(program)
        if face is None:
            raise ArithmeticError("no point found, and no face that the data force")
        sizes = [block.size for block in face.program.blocks]
        journal.add(f"cut to a face: blocks of {sizes} rows, {len(face.columns)} unknowns")
        for free in _inner_points(face.program, journal):
            try:
                return certify(statement, face_witness(program, face, free), journal)
            except ArithmeticError as error:
                journal.add(f"failed: {error}")
        raise ArithmeticError(journal.steps[-1].removeprefix("failed: "))
    except ArithmeticError as error:
        raise NotProved(str(error), journal.steps) from None


def _inner_points(program: Program, journal: Journal) -> Iterator[Matrix]:
    """Exact points near the one that is furthest inside every block, with more and more digits."""
    if not program.unknowns:
        yield Matrix(1, [[]])
        return
    blocks = [block for block in program.blocks if block.size]
    program = replace(program, blocks=blocks)
    numeric = numeric_program(program, {}, range(len(blocks)))
    solution = _solve(numeric, journal)
    inside = -float(solution.y[-1])
    journal.add(f"furthest point is inside by {inside:.1e}")
    order = sum(block.size for block in blocks)
    bits = max(20, ceil(log2(64 * order / inside))) if inside > SOLVER_DIGITS**2 else 53
    for digits in (bits, bits + 24):
        journal.add(f"rounded to {digits} bits")
        yield exact_point(program, dict(zip(numeric.kept.tolist(), solution.y, strict=False)), digits)


def face_witness(program: Program, face: Face, free: Matrix) -> PointWitness:
    """The witness at a point of a face: each cut block as basis·core·basis†."""
    point = face.point(free)
    positivity: list[Positivity] = []
    for block, basis, rows in zip(program.blocks, face.bases, face.rows, strict=True):
        matrix = evaluate(block, point)
        if basis is None or not rows:
            positivity.append(positivity_witness(matrix, block.name))
            continue
        core = principal_submatrix(matrix, rows)
        witness = positivity_witness(core, f"face of {block.name}")
        positivity.append(Congruent(basis, core, witness))
    return PointWitness(point, positivity)


def point_witness(program: Program, point: Matrix, inside: float = 0.0) -> PointWitness:
    """The witness of existence at an exact point, each block factored."""
    positivity = [
        positivity_witness(evaluate(block, point), block.name, inside) for block in program.blocks
    ]
    return PointWitness(point, positivity)


def certify(statement: Statement, witness: PointWitness | DualWitness, journal: Journal) -> Proof:
    """Write the certificate and ask the kernel; ArithmeticError with its reason if it refuses."""
    provenance = f"exactsteer {__version__}; " + "; ".join(journal.steps)
    certificate = Certificate(statement.claim(), witness_json(witness), provenance)
    verdict = check(certificate_bytes(certificate), STATEMENTS)
    if verdict.exit_code:
        raise ArithmeticError(f"the kernel says {verdict.status}: {verdict.message}")
    return Proof(certificate, verdict.message, verdict.claim_sha256, list(journal.steps))


def _escalate(
    program: Program,
    objective: LinearForm,
    tolerance: Fraction,
    journal: Journal,
    finish: Callable[[Attempt], T],
) -> T:
    """Try points of ever wider gap until `finish` makes a proof of one; or NotProved."""
    reason = ""
    for point in _points(program, objective, tolerance, journal):
        for digits in (point.bits, point.bits + 24):
            journal.add(f"rounded to {digits} bits")
            try:
                return finish(replace(point, bits=digits))
            except ArithmeticError as error:
                reason = str(error)
                journal.add(f"failed: {reason}")
    raise NotProved(reason or journal.steps[-1], journal.steps)


def _points(
    program: Program, objective: LinearForm, tolerance: Fraction, journal: Journal
) -> Iterator[Attempt]:
    """Points on the central path, from the gap that is wanted to 10^WIDENINGS times that."""
    margin: Sequence[int] = ()
    if isinstance(program.goal, Impossibility):
        # Ask how far the inequalities are from feasible; without any, the matrices.
        every = range(len(program.blocks))
        margin = [j for j in every if program.blocks[j].size == 1] or every
    order = sum(block.size for block in program.blocks)
    numeric = numeric_program(program, objective, margin)
    scale = float(np.max(np.abs(numeric.objective), initial=0.0)) or 1.0
    mu = float(tolerance) / (4 * order * scale)
    if mu < LEAST_MU and not margin:
        journal.add(f"double precision ends near a gap of {4 * order * scale * LEAST_MU:.0e}")
        try:
            yield _precise(program, objective, float(tolerance) / scale, order, journal)
        except ArithmeticError as error:
            journal.add(f"failed: {error}")
    scaled = replace(numeric, objective=numeric.objective / scale)
    start = _solve(scaled, journal)
    if margin and start.y[-1] < SOLVER_DIGITS:
        raise NotProved(
            f"not excluded: feasible up to {max(0.0, float(start.y[-1])):.1e} (floating)", journal.steps
        )
    cone = Cone(numeric)
    mu = max(mu, LEAST_MU if system_size(scaled) <= LARGEST_SYSTEM else SOLVER_DIGITS)
    for _ in range(WIDENINGS):
        try:
            point = approach(scaled, cone, start, mu)
            slack = min(
                cone.least_eigenvalue(numeric.cone_matrix @ point.y + numeric.cone_constant),
                cone.least_eigenvalue(point.z),
            )
            journal.add(f"centred at mu = {point.mu:.1e} in {point.steps} steps, inside by {slack:.1e}")
            if slack <= 0:
                raise RoundingError("not inside the cone")
            bits = max(20, ceil(log2(64 * order / slack)))
            y = dict(zip(numeric.kept.tolist(), point.y.tolist(), strict=False))
            z = entries_of(numeric, point.z * scale)
            yield Attempt(program, objective, y, (point.w * scale).tolist(), z, slack, bits)
        except ArithmeticError as error:
            journal.add(f"failed: {error}")
        mu *= 10
        journal.add(f"wider gap: mu = {mu:.1e}")


def _precise(
    program: Program, objective: LinearForm, gap: float, order: int, journal: Journal
) -> Attempt:
    """The optimal pair of a multiple-precision solver, a little inside both cones."""
    point = solve_precisely(program, objective, gap / 16)
    inside = gap / (256 * order)
    journal.add(f"multiple precision: gap {gap / 16:.1e}")
    bits = ceil(log2(order / inside)) + 16
    return Attempt(program, objective, dict(enumerate(point.y)), point.w, point.z, inside, bits)


def approach(program: NumericProgram, cone: Cone, start: NumericPoint, mu: float) -> Centred:
    """A point inside both cones with a gap of about μ·(sum of block sizes).

    By Newton's method, or, for programs too large for its dense system, by a solve of the program
    with both cones moved inwards by μ: from  A y + a - μ1 ⪰ 0  and the objective  c - μAᵀ1  come a
    y with A y + a ⪰ μ1 and, with z + μ1, a multiplier of c itself.
    """
    if system_size(program) <= LARGEST_SYSTEM:
        return centre(program, start, mu)
    moved = replace(
        program,
        objective=program.objective - mu * (program.cone_matrix.T @ cone.identity),
        cone_constant=program.cone_constant - mu * cone.identity,
    )
    try:
        point = solve(moved)
    except RuntimeError as error:
        raise ArithmeticError(str(error)) from None
    return Centred(point.y, point.w, point.z + mu * cone.identity, mu, 0)


def _solve(program: NumericProgram, journal: Journal) -> NumericPoint:
    """The first solver that returns a point; NotProved if none does."""
    first = chosen_solver(program)
    reason = ""
    for solver in dict.fromkeys((first, "CLARABEL")):
        try:
            point = solve(program, solver)
        except RuntimeError as error:
            reason = str(error)
            journal.add(f"failed: {reason}")
            continue
        value = float(program.objective @ point.y)
        journal.add(f"{point.solver}: {point.status}, {value:.10g} (floating, scaled)")
        return point
    raise NotProved(reason, journal.steps)
