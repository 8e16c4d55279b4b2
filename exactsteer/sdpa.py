"""SDPA's sparse format, `.dat-s`, for semidefinite programs, in and out.

    (P)   minimise Σ_i c_i x_i  such that  Σ_i x_i F_i - F_0 ⪰ 0,   F_i real, symmetric, block diagonal.

Source: Fujisawa, Kojima, Nakata, Yamashita, SDPA User's Manual (2002), Sec. 6. Files are read as they
are found: in SDPLIB, and from the many programs that write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from . import __version__
from .exact.numbers import InputError, approximation, exact_number, is_rational_text
from .kernel.certificate import LARGEST
from .kernel.field import Algebraic
from .kernel.field import Number as Exact
from .kernel.numbers import integers_text, stated
from .kernel.program import Block, Entry, LinearForm, LowerBound, Program
from .kernel.verdict import Statement
from .prover.numeric import real_places, real_unknowns
from .statements.semidefinite import MOST_BITS, Place, SemidefiniteProblem

EXACT_DIGITS = 60  # a decimal of at most so many is written exactly
ROUNDED_DIGITS = 20  # any other number; solvers read doubles

_PUNCTUATION = re.compile(r"[{}(),]")
_FORTRAN = re.compile(r"[dD]")  # its exponents
_INTEGER = re.compile(r"[+-]?[0-9]{1,9}")

T = TypeVar("T")


def read_sdpa(path: Path) -> SemidefiniteProblem:
    """The problem of a file in SDPA's sparse format, see `sdpa_problem`. Raises InputError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    if len(data) > LARGEST:
        raise InputError(f"{path}: more than {LARGEST} bytes, the most that a certificate may have")
    if b"\0" in data:
        raise InputError(f"{path}: not a text file; unpack it if it is compressed")
    return sdpa_problem(data.decode("utf-8-sig", errors="replace"), str(path))


def sdpa_problem(text: str, name: str = "problem") -> SemidefiniteProblem:
    """The problem that a text in SDPA's sparse format says, its decimals being exact as they stand.

    Lines that start with `"` or `*` are comments, as is text behind the counts, block sizes and costs;
    sizes and costs may stand on several lines, with commas, braces and parentheses. A negative size is
    that of a diagonal block. An entry may stand on either side of the diagonal, though not on both;
    entries that are repeated add up. Raises InputError with `name` and the line.

    >>> sdpa_problem("1 = mDIM\\n1 = nBLOCK\\n{2}\\n+1.0D+0\\n1 1 1 1 .5\\n1 1 2 1 1e-1").matrices
    {(1, 1, 1, 1): Fraction(1, 2), (1, 1, 1, 2): Fraction(1, 10)}
    """
    lines = _Lines(name, _words(text))
    unknowns = lines.count("the number of unknowns (mDIM)")
    blocks = lines.count("the number of blocks (nBLOCK)")
    sizes = tuple(lines.numbers(blocks, "block sizes", _integer))
    if 0 in sizes:
        raise InputError(f"{lines.place}: block {sizes.index(0) + 1} has no rows; leave it out")
    costs = lines.numbers(unknowns, "costs c_i", _decimal)
    matrices: dict[Place, Exact] = {}
    for (i, b, row, column), value in _entries(lines, unknowns, sizes):
        place = i, b, row, column
        if row != column and (i, b, column, row) in matrices:
            raise InputError(f"{lines.place}: it stands on both sides of the diagonal; leave out one")
        matrices[place] = matrices.get(place, Fraction(0)) + value
    upper = {(i, b, min(r, c), max(r, c)): value for (i, b, r, c), value in matrices.items() if value}
    objective: LinearForm = {i: cost for i, cost in enumerate(costs, 1) if cost}
    return SemidefiniteProblem(unknowns, sizes, objective, upper)


def _words(text: str) -> Iterator[tuple[int, list[str]]]:
    """The numbers of all lines that have words, and these, without comments and punctuation."""
    for number, line in enumerate(text.splitlines(), 1):
        words = _PUNCTUATION.sub(" ", line).split()
        if words and line.lstrip()[0] not in '"*':
            yield number, words


@dataclass
class _Lines:
    """A file that is being read; `place` is the line that was read last."""

    name: str
    lines: Iterator[tuple[int, list[str]]]
    place: str = ""

    def __iter__(self) -> Iterator[list[str]]:
        for number, words in self.lines:
            self.place = f"{self.name}: line {number}"
            yield words

    def next(self, what: str) -> list[str]:
        for words in self:
            return words
        raise InputError(f"{self.name}: ends before {what}; SDPA's sparse format is needed")

    def count(self, what: str) -> int:
        """The first number of a line; the rest of it is a remark."""
        count = _integer(self.next(what)[0], self.place)
        if count < 1:
            raise InputError(f"{self.place}: {what} is {count}; it is at least 1")
        return count

    def numbers(self, count: int, what: str, read: Callable[[str, str], T]) -> list[T]:
        """So many, on one line or several, and perhaps a remark behind them."""
        found: list[T] = []
        while len(found) < count:
            words = self.next(f"the last of {count} {what}")
            missing = count - len(found)
            found += [read(word, self.place) for word in words[:missing]]
            if words[missing:] and _is_decimal(words[missing]):
                raise InputError(f"{self.place}: more than {count} {what}")
        return found


def _entries(lines: _Lines, unknowns: int, sizes: tuple[int, ...]) -> Iterator[tuple[Place, Fraction]]:
    """Matrix, block, row, column and value of all entries, on either side of the diagonal."""
    for words in lines:
        if len(words) % 5:
            raise InputError(
                f"{lines.place}: {len(words)} words; an entry is matrix, block, row, column and value"
            )
        for k in range(0, len(words), 5):
            i, b, row, column = (_integer(word, lines.place) for word in words[k : k + 4])
            value = _decimal(words[k + 4], lines.place)
            if not 0 <= i <= unknowns:
                raise InputError(f"{lines.place}: matrix {i}; they are numbered from 0 to {unknowns}")
            if not 1 <= b <= len(sizes):
                raise InputError(f"{lines.place}: block {b}; they are numbered from 1 to {len(sizes)}")
            if not (1 <= row <= abs(sizes[b - 1]) and 1 <= column <= abs(sizes[b - 1])):
                where = f"row {row}, column {column} of block {b}"
                raise InputError(f"{lines.place}: {where}, which has {abs(sizes[b - 1])} rows")
            if row == column or sizes[b - 1] > 0:
                yield (i, b, row, column), value
            elif value:
                raise InputError(f"{lines.place}: row {row}, column {column} of a diagonal block")


def _is_decimal(word: str) -> bool:
    return "/" not in word and is_rational_text(_FORTRAN.sub("e", word))


def _integer(word: str, place: str) -> int:
    if not _INTEGER.fullmatch(word):
        raise InputError(f"{place}: {word[:40]!r} is not an integer of at most 9 digits")
    return int(word)


def _decimal(word: str, place: str) -> Fraction:
    if not _is_decimal(word):
        raise InputError(f"{place}: {word[:40]!r} is not a decimal number, and SDPA has no others")
    value = exact_number(_FORTRAN.sub("e", word), place)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise InputError(f"{place}: {word[:40]!r} has more than {MOST_BITS} bits; rescale or round it")
    return value


def sdpa_text(of: Statement | Program | SemidefiniteProblem) -> str:
    """A semidefinite program in SDPA's sparse format; comments say what its optimum means.

    `of` is the statement of a bound, such as `FunctionalBound`, whose own number is not read; a program
    with an objective; or a problem. `real_problem` says how complex programs become real. Equations are
    written as pairs of opposite inequalities, a block that comes last. Decimals are exact if they end
    within 60 digits; a comment says if others are rounded. InputError if there is no objective.

    >>> from exactsteer.kernel.matrix import identity
    >>> from exactsteer.scenario import Scenario, parse_label
    >>> from exactsteer.statements import FunctionalBound
    >>> from exactsteer.statements.words import word_set
    >>> coin, p = Scenario(((2,),), 1), {parse_label("0|0"): identity(1)}
    >>> statement = FunctionalBound(coin, word_set(coin, "1"), p, "<=", Fraction(0))
    >>> print(sdpa_text(statement).partition("inequalities.\\n")[2], end="")
    2
    2
    2 -2
    0 -1
    0 2 1 1 1
    0 2 2 2 -1
    1 1 1 1 1
    1 2 1 1 1
    1 2 2 2 -1
    2 1 1 2 1
    2 1 2 2 1
    """
    meaning: list[str] = []
    if not isinstance(of, SemidefiniteProblem):
        program, meaning = (of, []) if isinstance(of, Program) else _bounding(of)
        of = real_problem(program)
    rows = [row for form in of.equations for row in (form, {i: -value for i, value in form.items()})]
    last = len(of.sizes) + 1
    sizes = [*of.sizes, -len(rows)] if rows else [*of.sizes]
    matrices = of.matrices | {
        (i, last, k, k): value for k, row in enumerate(rows, 1) for i, value in row.items()
    }
    costs = [_decimal_text(of.objective.get(i, 0)) for i in range(1, of.unknowns + 1)]
    places = sorted(matrices)
    values = [_decimal_text(matrices[place]) for place in places]
    rounded = sum(is_rounded for _, is_rounded in (*costs, *values))
    comments = [
        f"Written by exactsteer {__version__}. Minimise c.x with x_1 F_1 + ... - F_0 >= 0.",
        *meaning,
        f"{rounded} numbers are rounded to {ROUNDED_DIGITS} digits, the others exact: this program is"
        " near to the one that was meant."
        if rounded
        else "All numbers are exact.",
    ]
    if rows:
        comments.append(f"Block {last} has the equations, as pairs of opposite inequalities.")
    lines = [
        *(f"* {comment}" for comment in comments),
        str(of.unknowns),
        str(len(sizes)),
        integers_text(sizes),
        " ".join(cost for cost, _ in costs),
        *(f"{integers_text(at)} {value}" for at, (value, _) in zip(places, values, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def _bounding(statement: Statement) -> tuple[Program, list[str]]:
    """The program, and in words what its optimum says of the quantity that the statement bounds."""
    kind = statement.claim().kind
    if not hasattr(statement, "bound"):
        raise InputError(f"a claim of kind {kind} has no bound, so no objective for SDPA's format")
    given: Any = statement
    program, further = (replace(given, bound=Fraction(k)).program() for k in (0, 1))
    low, high = program.goal, further.goal
    if not isinstance(low, LowerBound) or not isinstance(high, LowerBound):
        return program, []
    # quantity ≥ k says that the optimum is at least low + k, quantity ≤ k that it is at least low - k.
    least = high.bound > low.bound
    optimum = "the optimum of this file" if least else "minus the optimum of this file"
    offset = -low.bound if least else low.bound
    if offset:
        optimum += f", plus {stated(offset)}"
    side = "least" if least else "largest"
    return program, [f"From a claim of kind {kind}, about a quantity whose {side} value is {optimum}."]


def real_problem(program: Program) -> SemidefiniteProblem:
    """(P) from a program with an objective; InputError if it has none.

    Complex blocks become real ones of twice the size, [[Re, -Im], [Im, Re]]; but if complex conjugation
    maps the program to itself, imaginary parts and the unknowns that have them are left out. Matrix
    blocks come first, then one diagonal block with all inequalities. Unknowns keep their order.
    """
    goal = program.goal
    if not isinstance(goal, LowerBound):
        raise InputError("a claim without an objective is no program in SDPA's format")
    real = real_unknowns(program, goal.objective)
    kept = sorted(range(len(program.unknowns)) if real is None else real)
    number = {i: k for k, i in enumerate(kept, 1)}
    sizes: list[int] = []
    matrices: dict[Place, Exact] = {}

    def add(block: Block, first: int, is_complex: bool) -> None:
        """The block, its rows counted from `first`, to the last one that there is."""
        for i, entry in _terms(block, number):
            for row, column, value in real_places(block.size, entry, is_complex):
                if row <= column:
                    place = i, len(sizes), row + first, column + first
                    matrices[place] = matrices.get(place, Fraction(0)) + value

    for block in program.blocks:
        if block.size > 1:
            sizes.append(block.size * (2 if real is None else 1))
            add(block, 1, real is None)
    inequalities = [block for block in program.blocks if block.size == 1]
    if inequalities:
        sizes.append(-len(inequalities))
    for row, block in enumerate(inequalities, 1):
        add(block, row, False)

    def renumbered(form: LinearForm) -> LinearForm:
        return {number[i]: value for i, value in form.items() if value}

    equations = []
    for equation in program.equations:
        if equation.coefficients:
            side = equation.value - equation.constant
            equations.append(renumbered(equation.coefficients) | ({0: side} if side else {}))
    nonzero = {place: value for place, value in matrices.items() if value}
    return SemidefiniteProblem(
        len(kept), tuple(sizes), renumbered(goal.objective), nonzero, tuple(equations)
    )


def _terms(block: Block, number: dict[int, int]) -> Iterator[tuple[int, Entry]]:
    """The entries of F_0 and of the F_i of the unknowns that have a number."""
    for row, column, real, im in block.constant:
        yield 0, (row, column, -real, -im)
    for i, entries in block.coefficients.items():
        if i in number:
            for entry in entries:
                yield number[i], entry


def _decimal_text(value: Exact) -> tuple[str, bool]:
    """A decimal, and whether it is rounded."""
    if not isinstance(value, Algebraic):
        try:
            return _divided(Fraction(value), Context(prec=EXACT_DIGITS, traps=[Inexact])), False
        except Inexact:
            pass
    return _divided(approximation(value), Context(prec=ROUNDED_DIGITS)), True


def _divided(value: Fraction, context: Context) -> str:
    return str(context.divide(Decimal(value.numerator), Decimal(value.denominator)))
