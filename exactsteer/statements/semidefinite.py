"""Kinds `semidefinite-bound`, `semidefinite-attained`, `semidefinite-infeasible`: a plain program.

    (P)   minimise Σ_i c_i x_i  over x in R^m  with  Σ_i x_i F_i - F_0 ⪰ 0  and  Σ_i x_i e_ki = e_k0.

The F_i are real, symmetric, and block diagonal alike. A block of size -n is diagonal, that is n
inequalities. These are the primal problem and the numbering of SDPA's sparse format; the equations,
which that format has to write as pairs of opposite inequalities, are stated as what they are.

Source: Fujisawa, Kojima, Nakata, Yamashita, SDPA User's Manual (2002), Secs. 2 and 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import lcm
from typing import TypeAlias

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Number, Q, coefficients_of
from ..kernel.numbers import integer_text, integers_text, stated
from ..kernel.program import (
    Block,
    Equation,
    Existence,
    Goal,
    Impossibility,
    LinearForm,
    LowerBound,
    Program,
)
from ..kernel.reading import (
    Json,
    number_json,
    read_fields,
    read_integer,
    read_integers,
    read_list,
    read_number,
    read_text,
)
from .claims import no_bound, read_bound
from .forms import RealForm, inequality

MOST_UNKNOWNS = 10**4
MOST_BLOCKS = 10**4  # an inequality counts as one; each is evaluated at all unknowns
MOST_ENTRIES = 10**6  # of all blocks
MOST_CHARACTERS = 1000  # of one number
MOST_BITS = 2**12  # of a common denominator
SIZES_SAID = 8  # in the theorem, one by one

Place: TypeAlias = tuple[int, int, int, int]  # of an entry: matrix i, block, row, column


@dataclass(frozen=True)
class SemidefiniteProblem:
    """(P). `matrices` has the entries of the F_i that are not 0, on or above the diagonal.

    As in SDPA's files matrices, blocks, rows, columns and unknowns are numbered from 1, F_0 being matrix
    0. `sizes` are those of the blocks, that of a diagonal one with a minus sign. In the linear forms
    `objective` and `equations` i stands for x_i, and 0 for the right side of an equation.
    """

    unknowns: int
    sizes: tuple[int, ...]
    objective: LinearForm
    matrices: dict[Place, Number]
    equations: tuple[LinearForm, ...] = ()

    def json(self) -> dict[str, Json]:
        return {
            "unknowns": integer_text(self.unknowns),
            "blocks": integers_text(self.sizes),
            "matrices": {
                integers_text(place): number_json(value) for place, value in self.matrices.items()
            },
            "equations": [_form_json(form) for form in self.equations],
        }

    def program(self, goal: Goal, blocks: Sequence[Block] = ()) -> Program:
        """Blocks and equations of (P), and then further blocks; the unknown x_i is number i - 1."""
        names = [f"x_{i}" for i in range(1, self.unknowns + 1)]
        return Program(names, [*self._blocks(), *blocks], self._equations(), goal)

    def _blocks(self) -> list[Block]:
        """Σ x_i F_i - F_0; of a diagonal block one for each row."""
        blocks: dict[tuple[int, int], Block] = {}  # by number, and row of a diagonal one
        for b, size in enumerate(self.sizes, 1):
            if size > 0:
                blocks[b, 0] = Block(f"block {b}", size)
            for row in range(1, 1 - size):
                blocks[b, row] = Block(f"row {row} of block {b}", 1)
        for (i, b, row, column), value in sorted(self.matrices.items()):
            if self.sizes[b - 1] > 0:
                # Entries of a program's blocks stand below the diagonal, and are counted from 0.
                block, r, c = blocks[b, 0], column - 1, row - 1
            else:
                block, r, c = blocks[b, row], 0, 0
            if i:
                block.coefficients.setdefault(i - 1, []).append((r, c, value, 0))
            else:
                block.constant.append((r, c, -value, 0))
        return list(blocks.values())

    def _equations(self) -> list[Equation]:
        return [
            Equation(f"equation {k}", of_unknowns(form), form.get(0, 0))
            for k, form in enumerate(self.equations, 1)
        ]

    def __str__(self) -> str:
        """What a theorem says of the program, whose numbers are in the claim."""
        matrices = [size for size in self.sizes if size > 0]
        inequalities = -sum(size for size in self.sizes if size < 0)
        said = integers_text(matrices).replace(" ", ", ")
        if len(matrices) > SIZES_SAID:
            said = f"at most {integer_text(max(matrices))}"
        parts = [
            f"{_counted(len(matrices), 'matrix block')} of {said} rows" if matrices else "",
            _counted(inequalities, "inequality", "inequalities") if inequalities else "",
            _counted(len(self.equations), "equation") if self.equations else "",
        ]
        return (
            f"the semidefinite program of this claim ({_counted(self.unknowns, 'unknown')}; "
            f"{', '.join(part for part in parts if part) or 'no conditions'})"
        )


def of_unknowns(form: LinearForm) -> LinearForm:
    """The form by the numbers that a `Program` gives to the unknowns, without the right side."""
    return {i - 1: value for i, value in form.items() if i}


def _counted(count: int, name: str, plural: str = "") -> str:
    return f"{integer_text(count)} {name if count == 1 else plural or name + 's'}"


def _form_json(form: LinearForm) -> Json:
    return {integer_text(i): number_json(value) for i, value in form.items()}


def read_problem(fields: dict[str, Json], field: Field) -> SemidefiniteProblem:
    """Sizes are limited before anything is built that is larger than the file."""
    unknowns, sizes = _read_sizes(fields)
    given, rows = fields["matrices"], read_list(fields["equations"], "claim.data.equations")
    if not isinstance(given, dict):
        raise Malformed("claim.data.matrices", "an object from places to numbers is needed")
    matrices: dict[Place, Number] = {}
    for text, value in given.items():
        where = f"claim.data.matrices[{text[:40]!r}]"
        matrices[_read_place(text, unknowns, sizes, where)] = _read_number(value, field, where)
    equations = []
    for k, row in enumerate(rows):
        where = f"claim.data.equations[{k}]"
        equations.append(_read_form(row, 0, unknowns, field, where))
        if not of_unknowns(equations[-1]):
            raise Malformed(where, "an equation without unknowns")
    objective: LinearForm = {}
    if "objective" in fields:
        objective = _read_form(fields["objective"], 1, unknowns, field, "claim.data.objective")
    _limit_denominators(value for form in (objective, *equations) for value in form.values())
    _limit_denominators(matrices.values())
    return SemidefiniteProblem(unknowns, sizes, objective, matrices, tuple(equations))


def _read_sizes(fields: dict[str, Json]) -> tuple[int, tuple[int, ...]]:
    unknowns = read_integer(fields["unknowns"], "claim.data.unknowns")
    if unknowns < 1:
        raise Malformed("claim.data.unknowns", "an unknown is needed")
    if unknowns > MOST_UNKNOWNS:
        raise Declined(f"claim.data.unknowns: more than {MOST_UNKNOWNS}")
    place = "claim.data.blocks"
    sizes = tuple(read_integers(fields["blocks"], place))
    if 0 in sizes:
        raise Malformed(place, "a block of no rows")
    if sum(1 if size > 0 else -size for size in sizes) > MOST_BLOCKS:
        raise Declined(f"{place}: more than {MOST_BLOCKS} blocks and inequalities")
    if sum(size * size for size in sizes if size > 0) > MOST_ENTRIES:
        raise Declined(f"{place}: blocks of more than {MOST_ENTRIES} entries")
    return unknowns, sizes


def _limit_denominators(values: Iterable[Number]) -> None:
    """Sums of many numbers stay short if their denominators have a short common multiple."""
    common = 1
    for value in values:
        common = lcm(common, *(c.denominator for c in coefficients_of(value)))
        if common.bit_length() > MOST_BITS:
            raise Declined(f"claim.data: a common denominator of more than {MOST_BITS} bits")


def _read_place(text: str, unknowns: int, sizes: tuple[int, ...], place: str) -> Place:
    numbers = read_integers(text, place)
    if len(numbers) != 4:
        raise Malformed(place, "the numbers of matrix, block, row and column are needed")
    i, b, row, column = numbers
    if not 0 <= i <= unknowns:
        raise Malformed(place, f"matrices are numbered from 0 to {unknowns}")
    if not 1 <= b <= len(sizes):
        raise Malformed(place, f"blocks are numbered from 1 to {len(sizes)}")
    size = sizes[b - 1]
    if not 1 <= row <= column <= abs(size):
        raise Malformed(place, f"an entry on or above the diagonal of {abs(size)} rows is needed")
    if size < 0 and row != column:
        raise Malformed(place, "the block is diagonal")
    return i, b, row, column


def _read_form(value: Json, first: int, unknowns: int, field: Field, place: str) -> LinearForm:
    if not isinstance(value, dict):
        raise Malformed(place, "an object from unknowns to numbers is needed")
    form: LinearForm = {}
    for text, number in value.items():
        where = f"{place}[{text[:40]!r}]"
        i = read_integer(text, where)
        if not first <= i <= unknowns:
            raise Malformed(where, f"a number from {first} to {unknowns} is needed")
        form[i] = _read_number(number, field, where)
    return form


def _read_number(value: Json, field: Field, place: str) -> Number:
    """A short number that is not 0."""
    for text in value if isinstance(value, list) else [value]:
        if len(read_text(text, place)) > MOST_CHARACTERS:
            raise Declined(f"{place}: a number of more than {MOST_CHARACTERS} characters")
    number = read_number(value, field, place)
    if not number:
        raise Malformed(place, "what is 0 is left out")
    return number


@dataclass(frozen=True)
class SemidefiniteBound:
    """Every x of the program has c·x ≥ bound.

    The multipliers of its proof are a point of the dual program, max F_0·Y with F_i·Y = c_i and Y ⪰ 0
    (here also with multipliers of the equations), whose value is at least the bound.
    """

    KIND = "semidefinite-bound"

    problem: SemidefiniteProblem
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> SemidefiniteBound:
        return cls(*_read_with_objective(claim))

    def claim(self) -> Claim:
        return Claim(self.KIND, self.field, _data_with_objective(self.problem), self.bound)

    def program(self) -> Program:
        return self.problem.program(LowerBound(of_unknowns(self.problem.objective), self.bound))

    def sentence(self) -> str:
        return f"Every x that is feasible has c·x >= {stated(self.bound)} in {self.problem}."


@dataclass(frozen=True)
class SemidefiniteAttained:
    """Some x of the program has c·x ≤ bound."""

    KIND = "semidefinite-attained"

    problem: SemidefiniteProblem
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> SemidefiniteAttained:
        return cls(*_read_with_objective(claim))

    def claim(self) -> Claim:
        return Claim(self.KIND, self.field, _data_with_objective(self.problem), self.bound)

    def program(self) -> Program:
        """A point of (P), and bound - c·x ≥ 0."""
        below: RealForm = {i: -value for i, value in of_unknowns(self.problem.objective).items()}
        below[None] = self.bound
        return self.problem.program(Existence(), [inequality("c·x <= bound", below)])

    def sentence(self) -> str:
        return f"Some x that is feasible has c·x <= {stated(self.bound)} in {self.problem}."


@dataclass(frozen=True)
class SemidefiniteInfeasible:
    """No x satisfies the conditions of the program; it has no objective."""

    KIND = "semidefinite-infeasible"

    problem: SemidefiniteProblem
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> SemidefiniteInfeasible:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("unknowns", "blocks", "matrices", "equations"))
        return cls(read_problem(fields, claim.field), claim.field)

    def claim(self) -> Claim:
        return Claim(self.KIND, self.field, self.problem.json(), None)

    def program(self) -> Program:
        return self.problem.program(Impossibility())

    def sentence(self) -> str:
        return f"No x is feasible in {self.problem}."


def _read_with_objective(claim: Claim) -> tuple[SemidefiniteProblem, Number, Field]:
    names = ("unknowns", "blocks", "objective", "matrices", "equations")
    fields = read_fields(claim.data, "claim.data", names)
    return read_problem(fields, claim.field), read_bound(claim), claim.field


def _data_with_objective(problem: SemidefiniteProblem) -> dict[str, Json]:
    return problem.json() | {"objective": _form_json(problem.objective)}
