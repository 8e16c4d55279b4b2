"""From a statement to a certificate, escalating where a step fails and saying why.

Solve → centre → round → mend the identities → factor → the kernel's verdict. If a step fails:
more digits, then a wider gap (each ten times the last). Where double precision would not do for the
tolerance, multiple precision comes first if it is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, log10
from typing import TYPE_CHECKING, Any, TypeVar

from .. import __version__
from ..constructions.states import white_noise
from ..exact.matrices import mixture
from ..exact.numbers import above, approximation, below
from ..exact.writing import certificate_bytes, witness_json
from ..kernel.certificate import Certificate
from ..kernel.errors import Rejected
from ..kernel.field import Number
from ..kernel.matrix import Matrix, hermitian, matrix_of
from ..kernel.positivity import Congruent, Positivity
from ..kernel.program import (
    DualWitness,
    Existence,
    LinearForm,
    LowerBound,
    PointWitness,
    Program,
    accept_dual,
    evaluate,
)
from ..kernel.reading import read_matrix
from ..kernel.verdict import Statement, check
from ..scenario import label_text
from ..show.summary import Summarised, Summary, claimed, enclosed, exact, proof_summary
from ..statements import (
    STATEMENTS,
    BoxExcluded,
    FunctionalAttained,
    FunctionalBound,
    Member,
    ToleranceBound,
    VisibilityBound,
    WeightBound,
)
from ..statements.forms import Coordinate
from ..statements.quantifiers import Quantifier
from .boundary import multipliers_on_boundary
from .points import Attempt, Journal, NotProved, central_points, inner_points
from .rounding import exact_point, positivity_witness, principal_submatrix

if TYPE_CHECKING:
    from .faces import Face

TOLERANCE = Fraction(1, 10**9)
NOTHING_LEFT = 1e-7  # between a bound and the optimum
NOISES = (4, 6, 8, 10, 12)  # powers of ten

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Proof(Summarised):
    """A certificate that the kernel accepted, and the theorem it printed."""

    certificate: Certificate
    theorem: str
    claim_sha256: str
    steps: list[str]

    def bytes(self) -> bytes:
        return certificate_bytes(self.certificate)

    def summary(self) -> Summary:
        return proof_summary(self.theorem, *self.known_by())

    def known_by(self) -> tuple[str, int]:
        """The sha256 of the claim, and the size of the file in bytes."""
        return self.claim_sha256, len(self.bytes())


@dataclass(frozen=True, repr=False)
class Enclosure(Summarised):
    """lower ≤ optimum ≤ upper, each side with its proof."""

    lower: Fraction
    upper: Fraction
    lower_proof: Proof
    upper_proof: Proof
    steps: list[str]

    @property
    def width(self) -> Fraction:
        return self.upper - self.lower

    def negative(self) -> Enclosure:
        """Of minus the quantity, by the same proofs."""
        return Enclosure(-self.upper, -self.lower, self.upper_proof, self.lower_proof, self.steps)

    def summary(self) -> Summary:
        return Summary(
            "Enclosure",
            [
                ("optimum", enclosed(self.lower, self.upper)),
                ("width", exact(self.width)),
                ("lower proof", claimed(*self.lower_proof.known_by())),
                ("upper proof", claimed(*self.upper_proof.known_by())),
            ],
        )


@dataclass(frozen=True)
class Exclusion:
    """A proof that the box of this radius is excluded; the radius is at least the one asked for."""

    proof: Proof
    radius: Fraction


def enclose(
    statement: FunctionalBound, tolerance: Fraction = TOLERANCE, journal: Journal | None = None
) -> Enclosure:
    """Enclose the optimum that `statement` bounds; the bound that it carries is not read.

    For relation `>=` that is the minimum over the set, proved from below by squares and from above
    by a moment matrix; for `<=` the maximum, the other way round. Raises NotProved.
    """
    sign = 1 if statement.relation == ">=" else -1
    other = "<=" if sign > 0 else ">="

    def bound(number: Fraction) -> Statement:
        return replace(statement, bound=sign * number)

    def attained(number: Fraction) -> Statement:
        return FunctionalAttained(
            statement.scenario,
            statement.outer_set,
            statement.functional,
            other,
            sign * number,
            statement.field,
        )

    least = enclose_least(bound, attained, tolerance, journal or Journal())
    return least if sign > 0 else least.negative()


def enclose_least(
    bound: Callable[[Fraction], Statement],
    attained: Callable[[Fraction], Statement],
    tolerance: Fraction,
    journal: Journal,
) -> Enclosure:
    """Enclose the least value of a quantity. Raises NotProved.

    `bound(b)` states that it is nowhere less than b: a lower bound of a program, proved by multipliers.
    `attained(b)` states that it is b or less at some point of that program.
    """
    program, objective, offset = bounding_program(bound)
    grid = decimal_grid(tolerance)

    def finish(attempt: Attempt) -> Enclosure:
        dual, point = attempt.dual_witness(), attempt.point()
        lower = below(accept_dual(program, objective, dual) + offset, grid)
        upper = above(objective_at(objective, point) + offset, grid)
        reached = attained(upper)
        lower_proof = certify(bound(lower), dual, journal)
        upper_proof = certify(reached, point_witness(reached.program(), point, attempt.inside), journal)
        journal.add(f"enclosed within {float(upper - lower):.1e}")
        return Enclosure(lower, upper, lower_proof, upper_proof, journal.steps)

    return escalate(program, objective, tolerance, journal, finish)


def largest_bound(
    bound: Callable[[Fraction], Statement], tolerance: Fraction, journal: Journal
) -> tuple[Fraction, Proof]:
    """The largest b with a proof of `bound(b)` that is found, where the other side is not needed."""
    program, objective, offset = bounding_program(bound)

    def finish(attempt: Attempt) -> tuple[Fraction, Proof]:
        dual = attempt.dual_witness()
        lower = below(accept_dual(program, objective, dual) + offset, decimal_grid(tolerance))
        return lower, certify(bound(lower), dual, journal)

    return escalate(program, objective, tolerance, journal, finish)


def bounding_program(bound: Callable[[Fraction], Statement]) -> tuple[Program, LinearForm, Number]:
    """The program of these lower bounds, its objective, and the quantity's constant term."""
    program = bound(Fraction(0)).program()
    goal = program.goal
    if not isinstance(goal, LowerBound):
        raise TypeError("a lower bound is needed")
    return program, goal.objective, -goal.bound


def objective_at(objective: LinearForm, point: Matrix) -> Number:
    numerators, unit = point.numerators(0), Fraction(1, point.denominator)
    return sum((c * numerators[i] * unit for i, c in objective.items()), Fraction(0))


def decimal_grid(tolerance: Fraction) -> int:
    """Bounds are claimed as multiples of 1/grid: decimals, a hundred times finer than the tolerance."""
    grid: int = 10 ** max(1, ceil(-log10(tolerance)) + 2)
    return grid


def enclose_quantifier(
    statement: Quantifier | ToleranceBound,
    tolerance: Fraction = TOLERANCE,
    journal: Journal | None = None,
) -> Enclosure:
    """Enclose the quantity; the relation and bound that the statement carries are not read.

    From below by multipliers, from above by a decomposition. Raises NotProved.
    """
    journal = journal or Journal()
    try:
        return enclose_least(
            lambda number: replace(statement, relation=">=", bound=number),
            lambda number: replace(statement, relation="<=", bound=number),
            tolerance,
            journal,
        )
    except NotProved:
        if not isinstance(statement, WeightBound):
            raise
    return _weight_on_boundary(replace(statement, relation=">="), tolerance, journal)


def _weight_on_boundary(statement: WeightBound, tolerance: Fraction, journal: Journal) -> Enclosure:
    """Where elements are singular no decomposition is inside all cones.

    The conditions on the multipliers do not know σ, so those of σ with a little noise serve; and the
    trivial decomposition p = 1 is an upper bound, if no better one is found on a face.
    """
    program, objective, offset = bounding_program(lambda number: replace(statement, bound=number))
    grid = decimal_grid(tolerance)
    noise = white_noise(statement.scenario).table
    found: list[tuple[Fraction, DualWitness]] = []
    for power in NOISES:
        share = Fraction(1, 10**power)
        table = {
            label: mixture(1 - share, matrix, noise[label])
            for label, matrix in statement.assemblage.items()
        }
        noisy = replace(statement, assemblage=table).program()
        for attempt in central_points(noisy, objective, tolerance, Journal()):
            try:
                dual = attempt.dual_witness()
                found.append((below(accept_dual(program, objective, dual) + offset, grid), dual))
                break
            except (ArithmeticError, Rejected):
                continue
    if not found:
        raise NotProved("no multipliers were found", journal.steps)
    lower, dual = max(found, key=lambda pair: pair[0])
    journal.add(f"multipliers of the assemblage with noise prove {float(lower):.10g}")
    lower_proof = certify(replace(statement, bound=lower), dual, journal)
    for gap in (10 * tolerance, Fraction(1, 10**6), Fraction(1, 10**3)):
        upper = above(lower + gap, grid)
        if upper < 1:
            try:
                proof = prove(replace(statement, relation="<=", bound=upper), journal)
                return Enclosure(lower, upper, lower_proof, proof, journal.steps)
            except NotProved as error:
                journal.add(f"failed: {error}")
    zero = Fraction(0)
    whole = replace(statement, relation="<=", bound=Fraction(1))
    known = {
        unknown.name: hermitian(statement.scenario.dimension, lambda r, c: (zero, zero))
        for unknown in program.unknowns
        if isinstance(unknown, Coordinate)
    }
    known |= {f"π[{label_text(label)}]": matrix for label, matrix in statement.assemblage.items()}
    proof = prove_at(whole, {str(name): matrix for name, matrix in known.items()}, journal)
    return Enclosure(lower, Fraction(1), lower_proof, proof, journal.steps)


def enclose_visibility(
    statement: VisibilityBound, tolerance: Fraction = TOLERANCE, journal: Journal | None = None
) -> Enclosure:
    """Enclose the largest v; the bound that the statement carries is not read. Raises NotProved.

    From above by squares, from below by the moment matrix of one mixture.
    """
    journal = journal or Journal()
    program = statement.program()
    grid = decimal_grid(tolerance)

    def finish(attempt: Attempt) -> Enclosure:
        dual, point = attempt.dual_witness(), attempt.point()
        upper = -below(accept_dual(program, {0: -1}, dual), grid)
        # A decimal so near to the point's v that the moment matrix does not notice.
        unit = max(grid, 10 ** ceil(-log10(attempt.inside) + 2))
        lower = below(point.entry(0, 0)[0], unit)
        pairs = (
            (label, matrix, statement.noise[label]) for label, matrix in statement.assemblage.items()
        )
        table = {label: mixture(lower, matrix, noise) for label, matrix, noise in pairs}
        member = Member(statement.scenario, statement.convex_set, table, statement.field)
        # Its other unknowns are those of the program but the first, v; its equations are mended.
        others = {k - 1: value for k, value in attempt.y.items() if k}
        rest = exact_point(member.program(), others, attempt.bits)
        upper_proof = certify(replace(statement, bound=upper), dual, journal)
        lower_proof = certify(member, point_witness(member.program(), rest, attempt.inside), journal)
        journal.add(f"enclosed within {float(upper - lower):.1e}")
        return Enclosure(lower, upper, lower_proof, upper_proof, journal.steps)

    try:
        return escalate(program, {0: -1}, tolerance, journal, finish)
    except NotProved as error:
        reason = (
            f"{error} (assemblage and noise with a zero probability in common have no mixture inside)"
        )
        raise NotProved(reason, error.steps) from None


def prove(statement: Statement, journal: Journal | None = None) -> Proof:
    """Prove a statement as it stands: existence, a given bound, or impossibility. Or NotProved."""
    journal = journal or Journal()
    program = statement.program()
    goal = program.goal
    if isinstance(goal, Existence):
        return _find_point(statement, program, journal)
    objective: LinearForm = {}
    if isinstance(goal, LowerBound):
        objective = goal.objective
        try:
            if _is_optimum(program, objective, goal.bound, journal):
                witness = multipliers_on_boundary(program, objective, goal.bound, journal)
                return certify(statement, witness, journal)
        except ArithmeticError as error:
            journal.add(f"failed: {error}")
    return escalate(
        program,
        objective,
        TOLERANCE,
        journal,
        lambda attempt: certify(statement, attempt.dual_witness(), journal),
    )


def prove_impossible(statement: Statement, journal: Journal) -> Proof:
    """Prove that a program has no point, whichever of its blocks are in the way. Or NotProved."""
    program = statement.program()
    return escalate(
        program,
        {},
        TOLERANCE,
        journal,
        lambda attempt: certify(statement, attempt.dual_witness(), journal),
        range(len(program.blocks)),
    )


def _is_optimum(program: Program, objective: LinearForm, bound: Number, journal: Journal) -> bool:
    """Whether the bound that is to be proved leaves nothing, as far as double precision can see."""
    attempt = next(central_points(program, objective, TOLERANCE, journal))
    value = sum(float(approximation(c)) * float(attempt.y.get(i, 0)) for i, c in objective.items())
    return value - float(approximation(bound)) < NOTHING_LEFT


def prove_at(statement: Statement, known: Mapping[str, Matrix], journal: Journal | None = None) -> Proof:
    """Prove existence by exact matrices for the unknown ones, by their names; or NotProved."""
    journal = journal or Journal()
    program = statement.program()
    values = []
    for unknown in program.unknowns:
        if not isinstance(unknown, Coordinate):
            raise TypeError(f"{unknown} is no entry of a matrix")
        re, im = known[str(unknown.name)].entry(unknown.row, unknown.column)
        values.append(re if unknown.part == "real" else im)
    try:
        return certify(statement, point_witness(program, matrix_of([values])), journal)
    except ArithmeticError as error:
        raise NotProved(str(error), journal.steps) from None


def point_inside(program: Program, journal: Journal) -> dict[str, Matrix]:
    """Exact matrices for the unknown ones, by their names, well inside; or ArithmeticError."""
    point = next(inner_points(program, journal))
    point_witness(program, point)
    return matrices_at(program, point)


def shown_point(statement: Statement, proof: Proof) -> dict[str, Matrix]:
    """The exact matrices by which a proof of existence shows it, by the names of the unknown ones."""
    witness: Any = proof.certificate.witness
    point = read_matrix(witness["point"], proof.certificate.claim.field, "point")
    return matrices_at(statement.program(), point)


def matrices_at(program: Program, point: Matrix) -> dict[str, Matrix]:
    """Exact matrices for the unknown ones, by their names."""
    entries: dict[object, dict[tuple[int, int], list[Number]]] = {}
    for k, unknown in enumerate(program.unknowns):
        if not isinstance(unknown, Coordinate):
            raise TypeError(f"{unknown} is no entry of a matrix")
        parts = entries.setdefault(unknown.name, {}).setdefault((unknown.row, unknown.column), [0, 0])
        parts[unknown.part == "imaginary"] = point.entry(0, k)[0]
    return {str(name): _hermitian_of(own) for name, own in entries.items()}


def _hermitian_of(lower: Mapping[tuple[int, int], Sequence[Number]]) -> Matrix:
    """From the real and imaginary parts of the lower triangle."""
    return hermitian(1 + max(lower)[0], lambda r, c: (lower[r, c][0], lower[r, c][1]))


def exclude(statement: BoxExcluded, journal: Journal | None = None) -> Exclusion:
    """Prove that the box, or one as wide as the witness allows, holds no assemblage of the set.

    Raises NotProved if the box seems to hold one.
    """
    journal = journal or Journal()
    program = statement.program()

    def finish(attempt: Attempt) -> Exclusion:
        dual = attempt.dual_witness()
        # What the multipliers prove is affine in the radius, and the box is excluded up to its zero.
        further = replace(statement, radius=statement.radius + 1).program()
        proved, left = (approximation(accept_dual(p, {}, dual)) for p in (program, further))
        limit = statement.radius + proved / (proved - left)
        wider = replace(statement, radius=max(statement.radius, three_digits_below(limit)))
        return Exclusion(certify(wider, dual, journal), wider.radius)

    return escalate(program, {}, TOLERANCE, journal, finish)


def three_digits_below(number: Fraction) -> Fraction:
    """A decimal of three digits, less than the positive number."""
    unit = Fraction(1)
    while number / unit < 1000:
        unit /= 10
    while number / unit >= 1000:
        unit *= 10
    return (ceil(number / unit) - 1) * unit


def _find_point(statement: Statement, program: Program, journal: Journal) -> Proof:
    """Existence: the point that is furthest inside, rounded; on a face if there is no inside."""
    try:
        if not program.unknowns:
            return certify(statement, point_witness(program, matrix_of([[]])), journal)
        for point in inner_points(program, journal):
            try:
                return certify(statement, point_witness(program, point), journal)
            except ArithmeticError as error:
                journal.add(f"failed: {error}")
        from .faces import smallest_face  # sympy is slow to import, and rarely needed
        from .hidden import sums_of_hidden_states

        face = smallest_face(program, sums_of_hidden_states(statement, program))
        if face is None:
            raise ArithmeticError("no point found, and no face that the data force")
        sizes = [block.size for block in face.program.blocks]
        journal.add(f"cut to a face: blocks of {sizes} rows, {len(face.columns)} unknowns")
        for free in inner_points(face.program, journal):
            try:
                return certify(statement, face_witness(program, face, free), journal)
            except ArithmeticError as error:
                journal.add(f"failed: {error}")
        raise ArithmeticError(journal.steps[-1].removeprefix("failed: "))
    except ArithmeticError as error:
        raise NotProved(str(error), journal.steps) from None


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


def escalate(
    program: Program,
    objective: LinearForm,
    tolerance: Fraction,
    journal: Journal,
    finish: Callable[[Attempt], T],
    margin: Sequence[int] = (),
) -> T:
    """Try points of ever wider gap until `finish` makes a proof of one; or NotProved."""
    for point in central_points(program, objective, tolerance, journal, margin):
        for digits in (point.bits, point.bits + 24):
            journal.add(f"rounded to {digits} bits")
            try:
                return finish(replace(point, bits=digits))
            except ArithmeticError as error:
                journal.add(f"failed: {error}")
    failures = [step for step in journal.steps if step.startswith("failed: ")]
    raise NotProved(failures[-1].removeprefix("failed: "), journal.steps)
