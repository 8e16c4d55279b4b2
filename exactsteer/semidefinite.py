"""The calls about semidefinite programs of any origin: `import exactsteer.semidefinite`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from .api import Listener, Number, exact_width
from .exact.numbers import InputError, divide
from .kernel.errors import Declined, Malformed
from .kernel.field import Field, common_field, field_of, sign
from .kernel.field import Number as Exact
from .kernel.program import LinearForm, Program
from .prover.points import Journal, NotProved, furthest_inside
from .prover.prove import Enclosure, Proof, enclose_least, prove_impossible
from .statements import SemidefiniteAttained, SemidefiniteBound, SemidefiniteInfeasible
from .statements.forms import inequality
from .statements.semidefinite import SemidefiniteProblem

INSIDE = 1e-7  # how far inside counts as inside, in floating point
BOX = 10**4  # how far a strictly feasible x is looked for
MOST_BOXED = 1000  # unknowns with which it is


def semidefinite_bound(
    problem: SemidefiniteProblem, tolerance: Number = "1e-9", listener: Listener | None = None
) -> Enclosure:
    """Enclose the optimum of a semidefinite program, with a certificate for each side.

    `problem` comes from `exactsteer.sdpa`, or is written in Python. The lower bound is shown by a point
    of the dual program, the upper one by a feasible x, so that both optima lie in the enclosure. Pairs
    of opposite inequalities become equations first. `tolerance` is the width that is aimed at, and a
    wider enclosure is returned rather than none.
    Raises InputError if the kernel does not read such a problem, and NotProved, with what seems to be
    the reason: program and dual need points strictly inside.
    Source: SDPA User's Manual (2002), Sec. 2.

    >>> disc = SemidefiniteProblem(
    ...     unknowns=2,
    ...     sizes=(2,),
    ...     objective={1: 1, 2: 1},
    ...     matrices={
    ...         (0, 1, 1, 1): -1, (0, 1, 2, 2): -1,  # F_0, of block 1
    ...         (1, 1, 1, 1): 1, (1, 1, 2, 2): -1, (2, 1, 1, 2): 1,
    ...     },
    ... )
    >>> least = semidefinite_bound(disc)  # of x_1 + x_2 where x_1² + x_2² ≤ 1
    >>> float(least.lower) <= -(2**0.5) <= float(least.upper), least.width < 1e-9
    (True, True)
    """
    width, journal = exact_width(tolerance), Journal(listener)
    field, ready = _field_of_readable(problem), with_equations(problem)
    pairs = len(ready.equations) - len(problem.equations)
    if pairs:
        journal.add(f"pairs of opposite inequalities are equations: {pairs}")
    try:
        return enclose_least(
            lambda number: SemidefiniteBound(ready, number, field),
            lambda number: SemidefiniteAttained(ready, number, field),
            width,
            journal,
        )
    except NotProved as error:
        why = _why(SemidefiniteBound(ready, Fraction(0), field).program())
        raise NotProved(f"{why} ({error})", error.steps) from None


def semidefinite_infeasible(problem: SemidefiniteProblem, listener: Listener | None = None) -> Proof:
    """The certificate that no x satisfies the conditions of a semidefinite program; or NotProved.

    The objective plays no role. Raises InputError if the kernel does not read such a problem.

    >>> rows = {(0, 1, 1, 1): 2, (1, 1, 1, 1): 1, (0, 1, 2, 2): -1, (1, 1, 2, 2): -2}
    >>> semidefinite_infeasible(SemidefiniteProblem(1, (-2,), {}, rows)).theorem  # x ≥ 2, 2x ≤ 1
    'No x is feasible in the semidefinite program of this claim (1 unknown; 2 inequalities).'
    """
    statement = SemidefiniteInfeasible(problem, _field_of_readable(problem))
    return prove_impossible(statement, Journal(listener))


def _field_of_readable(problem: SemidefiniteProblem) -> Field:
    """The field of its numbers, if the trusted reader reads it; else InputError."""
    numbers = [*problem.matrices.values()]
    numbers += [value for form in (problem.objective, *problem.equations) for value in form.values()]
    field = common_field(map(field_of, numbers))
    try:
        SemidefiniteBound.read(SemidefiniteBound(problem, Fraction(0), field).claim())
    except (Malformed, Declined) as error:
        raise InputError(f"semidefinite program: {error}") from None
    return field


def with_equations(problem: SemidefiniteProblem) -> SemidefiniteProblem:
    """The same problem with an equation for each two inequalities that are opposite up to a factor.

    SDPA's format has no other way to write an equation, but no x is strictly inside such a pair.

    >>> rows = {(0, 1, 1, 1): 2, (1, 1, 1, 1): 1, (0, 1, 2, 2): -4, (1, 1, 2, 2): -2}
    >>> with_equations(SemidefiniteProblem(1, (-2,), {}, rows)).equations  # x ≥ 2, 2x ≤ 4
    ({0: 2, 1: 1},)
    """
    rows: dict[tuple[int, int], dict[int, Exact]] = {}  # the inequalities, by block and row
    for (i, b, row, _), value in sorted(problem.matrices.items()):
        if problem.sizes[b - 1] <= 1:
            rows.setdefault((b, row), {})[i] = value
    equations: list[LinearForm] = list(problem.equations)
    gone = set()
    for above, below in _multiples(rows):
        if above and below:
            equations.append(rows[above[0]])
            gone |= {*above, *below}
    if not gone:
        return problem
    sizes: list[int] = []
    kept: dict[tuple[int, int], tuple[int, int]] = {}  # block and row, and what they become
    for b, size in enumerate(problem.sizes, 1):
        own = [row for row in range(1, abs(size) + 1) if (b, row) not in gone]
        if own:
            sizes.append(len(own) if size > 0 else -len(own))
            kept |= {(b, row): (len(sizes), k) for k, row in enumerate(own, 1)}
    matrices = {
        (i, *kept[b, row], kept[b, column][1]): value
        for (i, b, row, column), value in problem.matrices.items()
        if (b, row) in kept
    }
    return replace(problem, sizes=tuple(sizes), matrices=matrices, equations=tuple(equations))


Rows = list[tuple[int, int]]


def _multiples(rows: dict[tuple[int, int], dict[int, Exact]]) -> list[tuple[Rows, Rows]]:
    """Those that are positive multiples of one form, and those that are negative ones of it."""
    found: dict[tuple[tuple[int, Exact], ...], tuple[Rows, Rows]] = {}
    for place, form in rows.items():
        lead = next((value for i, value in form.items() if i), None)
        if lead is not None:
            key = tuple((i, divide(value, lead)) for i, value in form.items())
            found.setdefault(key, ([], []))[sign(lead) < 0].append(place)
    return list(found.values())


def _why(program: Program) -> str:
    """What seems to be the reason for which no enclosure was found, in floating point."""
    count = len(program.unknowns)
    if count > MOST_BOXED:
        return "program or dual seem to have no strictly feasible point"
    box = [inequality("box", {None: BOX, i: side}) for i in range(count) for side in (1, -1)]
    boxed = replace(program, blocks=[*program.blocks, *box])
    try:
        _, inside = furthest_inside(boxed, range(len(program.blocks)), Journal())
    except ArithmeticError:
        return "the equations contradict one another, or the numbers differ too much in size"
    if inside < -INSIDE:
        return "the problem seems infeasible, which semidefinite_infeasible may prove"
    if inside <= INSIDE:
        return (
            "no x seems strictly feasible: write an equation as two opposite inequalities in a diagonal "
            "block, and leave out rows and columns that no feasible x makes positive"
        )
    return "the problem seems unbounded below, or its dual has no strictly feasible point"
