"""Exact numbers and labels, taken apart for writing: what MathML and LaTeX have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, isqrt, lcm
from typing import NamedTuple

from ..kernel.field import Field, Number, Q, coefficients_of, common_field, field_of
from ..kernel.matrix import Matrix, matrix_of
from ..kernel.numbers import integer_text
from ..scenario import Elements, Label, Scenario, summand

LARGEST_SQUARE_ROOT = 1000  # of square factors that are taken out of a root
DECIMALS = 6  # places of numbers that are written as decimals
SMALL_DENOMINATOR = 100  # up to here fractions are what people write


class Term(NamedTuple):
    """coefficient·√root·a^power, times i where it is imaginary."""

    coefficient: int
    root: int = 1
    power: int = 0
    imaginary: bool = False

    @property
    def is_integer(self) -> bool:
        return self.root == 1 and not self.power and not self.imaginary


@dataclass(frozen=True)
class Sum:
    """The terms of a number of K(i), not 0, over one denominator; the terms of 0 are none."""

    terms: tuple[Term, ...]
    denominator: int = 1

    def times(self, factor: int) -> Sum:
        """In lowest terms."""
        return _lowest(
            [t._replace(coefficient=t.coefficient * factor) for t in self.terms], self.denominator
        )

    def width_above(self, digits: int | None = None) -> float:
        """About how much room the numerator takes, or the decimal of so many places, in digits."""
        width = 0 if self.terms else 1.0
        for k, t in enumerate(self.terms):
            integer = integer_text(abs(t.coefficient))
            number = len(integer) if integer != "1" or t.is_integer else 0
            root = 1.7 + len(integer_text(t.root)) if t.root > 1 else 0
            sign = 2.5 if k else 1.6 * (t.coefficient < 0)
            own = number + root if digits is None else digits + 1.6
            width += sign + own + t.imaginary + (t.power > 0) + 0.7 * (t.power > 1)
        together = sum(t.imaginary for t in self.terms) > 1
        return width + 1.6 * together

    @property
    def width_below(self) -> int:
        return len(integer_text(self.denominator)) if self.denominator > 1 else 0


def taken_apart(re: Number, im: Number = 0) -> Sum:
    """re + i·im. Over a quadratic field with √n, over another in powers of its generator a.

    >>> taken_apart(Fraction(-3, 4), Fraction(1, 6))
    Sum(terms=(Term(coefficient=-9, root=1, power=0, imaginary=False), \
Term(coefficient=2, root=1, power=0, imaginary=True)), denominator=12)
    """
    parts: list[tuple[Fraction, Term]] = []
    for value, imaginary in ((re, False), (im, True)):
        own = [(c, t._replace(imaginary=imaginary)) for c, t in _real_parts(value) if c]
        # A positive term first spares a sign: √2 - 1, not -1 + √2.
        parts += sorted(own, key=lambda part: part[0] < 0)
    common = lcm(*(c.denominator for c, _ in parts))
    return _lowest([t._replace(coefficient=int(c * common)) for c, t in parts], common)


def _lowest(terms: list[Term], denominator: int) -> Sum:
    common = gcd(denominator, *(t.coefficient for t in terms))
    return Sum(
        tuple(t._replace(coefficient=t.coefficient // common) for t in terms), denominator // common
    )


def _real_parts(value: Number) -> list[tuple[Fraction, Term]]:
    field, coefficients = field_of(value), [Fraction(c) for c in coefficients_of(value)]
    surd = square_root(field)
    if field == Q or surd is None:
        return [(c, Term(1, power=k)) for k, c in enumerate(coefficients)]
    start, slope, root = surd
    return [
        (coefficients[0] + coefficients[1] * start, Term(1)),
        (coefficients[1] * slope, Term(1, root)),
    ]


@lru_cache(maxsize=64)
def square_root(field: Field) -> tuple[Fraction, Fraction, int] | None:
    """(p, q, n) with a = p + q√n for a quadratic field, else None.

    a = (-b ± √(b² - 4c))/2 for x² + bx + c: the larger root where the polynomial rises.
    """
    if field.degree != 2:
        return None
    c, b, _ = field.polynomial
    discriminant = b * b - 4 * c
    size = 1
    for k in range(2, LARGEST_SQUARE_ROOT + 1):
        while discriminant % (k * k) == 0:
            discriminant, size = discriminant // (k * k), size * k
    if isqrt(discriminant) ** 2 == discriminant:
        return None  # a reducible polynomial, or one whose square factor is beyond the limit
    rising = field.high * (field.high + b) + c > 0
    return Fraction(-b, 2), Fraction(size if rising else -size, 2), discriminant


def defining(field: Field) -> Sum:
    """The polynomial of the field, highest power first, as if it were a number."""
    powers = reversed(list(enumerate(field.polynomial)))
    return Sum(tuple(Term(c, power=k) for k, c in powers if c))


def entries(matrix: Matrix) -> list[list[Sum]]:
    rows, columns = matrix.shape
    return [[taken_apart(*matrix.entry(r, c)) for c in range(columns)] for r in range(rows)]


def real_and_imaginary(matrix: Matrix) -> tuple[Matrix, Matrix]:
    """(A, B) with A + iB the matrix."""
    rows, columns = map(range, matrix.shape)
    pairs = [[matrix.entry(r, c) for c in columns] for r in rows]
    real, imaginary = ([[pair[s] for pair in row] for row in pairs] for s in (0, 1))
    return matrix_of(real), matrix_of(imaginary)


def factored(matrix: Matrix, decimals: bool) -> tuple[int, list[list[Sum]]]:
    """(n, entries of n times the matrix), n being 1 unless it is shorter to write 1/n before it."""
    rows = entries(matrix)
    common = lcm(*(entry.denominator for row in rows for entry in row))
    over = [[entry.times(common) for entry in row] for row in rows]
    shorter = not decimals and len(str(common)) + 1 + _width(over) < _width(rows)
    return (common, over) if shorter else (1, rows)


def _width(rows: list[list[Sum]]) -> float:
    return sum(entry.width_above() + entry.width_below for row in rows for entry in row)


def are_decimals(matrices: Iterable[Matrix]) -> bool:
    """Whether these are numbers that tables print: decimals of a few places, not simple fractions."""
    common = 1
    for matrix in matrices:
        if field_that_shows([matrix]) != Q:
            return False
        common = lcm(common, matrix.reduced().denominator)
    return common > SMALL_DENOMINATOR and 10**DECIMALS % common == 0


def places(matrix: Matrix) -> int:
    """Of its entries as decimals, all with as many as the longest, as tables print them."""
    common = matrix.reduced().denominator
    return next(k for k in range(DECIMALS + 1) if 10**k % common == 0)


def field_that_shows(matrices: Iterable[Matrix]) -> Field:
    """The field of the entries that are there: Q, where a larger field's numbers are all rational."""
    return common_field(m.field for m in matrices if any(k for k, _ in m.reduced().parts))


@dataclass(frozen=True)
class Notation:
    """How a language writes the parts of a number. `number` and the others get text in that language."""

    number: Callable[[str], str]
    root: Callable[[str], str]
    power: Callable[[str, int], str]
    fraction: Callable[[str, str], str]
    group: Callable[[str], str]
    unit: str  # i
    plus: str
    minus: str  # between terms
    negative: str  # before the first
    times: str = ""


def spelled(value: Sum, notation: Notation, digits: int | None = None, generator: str = "a") -> str:
    """The number in that notation; with `digits` places, which must be enough, as a decimal."""
    if not value.terms:
        return notation.number("0")
    below = value.denominator if digits is None else 1
    pieces = []  # the real terms one by one; the imaginary ones together, with one i
    for imaginary in (False, True):
        own = [t for t in value.terms if t.imaginary == imaginary]
        if imaginary and len(own) > 1:
            sign = own[0].coefficient < 0
            inner = [_product(t._replace(imaginary=False), notation, None, generator) for t in own]
            signs = [(t.coefficient < 0) != sign for t in own]
            text = notation.group(_joined(list(zip(signs, inner, strict=True)), notation))
            pieces.append((sign, f"{text}{notation.times}{notation.unit}"))
        else:
            at = None if digits is None else (digits, value.denominator)
            pieces += [(t.coefficient < 0, _product(t, notation, at, generator)) for t in own]
    if below == 1:
        return _joined(pieces, notation)
    below_text = notation.number(integer_text(below))
    if len(pieces) == 1:  # its sign stands before the fraction
        ((sign, text),) = pieces
        return (notation.negative if sign else "") + notation.fraction(text, below_text)
    return notation.fraction(_joined(pieces, notation), below_text)


def _joined(pieces: list[tuple[bool, str]], notation: Notation) -> str:
    text = ""
    for k, (sign, piece) in enumerate(pieces):
        between = (notation.minus if sign else notation.plus) if k else notation.negative * sign
        text += between + piece
    return text


def _product(term: Term, notation: Notation, at: tuple[int, int] | None, generator: str) -> str:
    """The size of a term; `at` gives the places of a decimal, and what it is divided by."""
    size = abs(term.coefficient)
    number = integer_text(size) if at is None else decimal(Fraction(size, at[1]), at[0])
    factors = [] if number == "1" and not term.is_integer else [notation.number(number)]
    factors += [notation.unit] * term.imaginary
    if term.root > 1:
        factors.append(notation.root(notation.number(integer_text(term.root))))
    if term.power:
        factors.append(notation.power(generator, term.power))
    return notation.times.join(factors)


def decimal(number: Fraction, digits: int) -> str:
    """With so many places, which must be enough: trailing zeros are kept.

    >>> decimal(Fraction(-1, 8), 4)
    '-0.1250'
    """
    whole, part = divmod(abs(number) * 10**digits // 1, 10**digits)
    return "-" * (number < 0) + integer_text(whole) + (f".{part:0{digits}d}" if digits else "")


class Name(NamedTuple):
    """A symbol with its indices: letters of parties or a trusted party's number above."""

    letter: str
    above: str
    below: str


def name(scenario: Scenario, label: Label, letter: str, reduced: str) -> Name:
    """σ[a b|x y] in the papers' notation: σ_{ab|xy}, and σ^A_{a|x} where B is summed over.

    The element that sums over all outcomes has the letter `reduced`, as the reduced state has.
    Source: Postquantum steering, Appendix E; Bipartite postquantum steering, Definition 1.
    """
    present = [k for k, part in enumerate(label.parties) if part is not None]
    parts = [part for part in label.parties if part is not None]
    inputs = [x for _, x in parts] + ([] if label.trusted is None else [label.trusted])
    below = f"{_indices([a for a, _ in parts])}|{_indices(inputs)}" if inputs else ""
    if present:
        some = len(present) < len(label.parties)
        return Name(letter, "".join(party(scenario, k) for k in present) if some else "", below)
    if letter == reduced:
        return Name(letter, "", "R" + below)
    return Name(reduced, "", below or ("" if scenario.bobs else party(scenario, len(label.parties))))


def _indices(numbers: list[int]) -> str:
    return ("," if max(numbers, default=0) > 9 else "").join(map(str, numbers))


def party(scenario: Scenario, k: int) -> str:
    """A, B, C, …, the trusted party last; numbers where there are more parties than letters."""
    return chr(ord("A") + k) if len(scenario.outcomes) < 26 else f"({k + 1})"


def summands(
    scenario: Scenario, label: Label, matrix: Matrix, letter: str, reduced: str
) -> list[tuple[Name, Matrix]]:
    """The element with its name; for several trusted parties what each sees, numbered (1), (2), …"""
    own = name(scenario, label, letter, reduced)
    if not scenario.bobs:
        return [(own, matrix)]
    return [
        (own._replace(above=f"{own.above}({k})"), summand(matrix, rows))
        for k, rows in enumerate(scenario.summands(), 1)
    ]


def named(
    scenario: Scenario, elements: Elements, letter: str, reduced: str
) -> list[tuple[Name, Matrix]]:
    return [
        pair for label, m in elements.items() for pair in summands(scenario, label, m, letter, reduced)
    ]
