"""Real number fields Q(a), and their elements. Q itself is the field of degree 1.

a is given by a monic integer polynomial and an interval that holds exactly one of its roots; an
element is a polynomial in a of lower degree. The polynomial need not be irreducible for anything
here to be sound: numbers count as equal only if their coefficients are, and a sign is only told
from rational bounds that show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, total_ordering
from itertools import zip_longest
from math import ceil, floor, lcm
from typing import TypeAlias

from .errors import Declined
from .numbers import Rational, stated

MOST_BITS = 2**12  # to which bounds of a are refined
LARGEST_DEGREE = 8
MOST_FIELD_DIGITS = 50  # of a number in the definition of a field


@dataclass(frozen=True)
class Field:
    """Q(a), a the only root of `polynomial` in the open interval (low, high).

    `polynomial` has integer coefficients, that of x^0 first, and ends with 1.
    """

    polynomial: tuple[int, ...]
    low: Fraction
    high: Fraction

    @property
    def degree(self) -> int:
        return len(self.polynomial) - 1

    def isolates(self) -> bool:
        """Whether the interval surely holds exactly one root.

        The polynomial has different signs at the ends, and bounds of its derivative over the whole
        interval exclude 0, so that it is strictly monotonic there.
        """
        ends = [sum(c * end**k for k, c in enumerate(self.polynomial)) for end in (self.low, self.high)]
        least = most = Fraction(0)
        for k in range(self.degree, 0, -1):
            products = [slope * x for slope in (least, most) for x in (self.low, self.high)]
            least, most = (end(products) + k * self.polynomial[k] for end in (min, max))
        return self.low < self.high and ends[0] * ends[1] < 0 and (least > 0 or most < 0)

    def sign(self, coefficients: Sequence[int]) -> int:
        """-1, 0 or 1 for Σ_k coefficients[k]·a^k; Declined if it stays undecided.

        Zero is told from the coefficients only, and refinement decides every other number unless
        the polynomial is reducible: further zeros that it may have end in Declined.
        """
        if not any(coefficients[1:]):
            return (coefficients[0] > 0) - (coefficients[0] < 0)
        bits = 64
        while bits <= MOST_BITS:
            low = high = 0
            for n, (below, above) in zip(coefficients, bounds_of_powers(self, bits), strict=True):
                low += n * (below if n > 0 else above)
                high += n * (above if n > 0 else below)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            bits *= 2
        raise Declined(f"the sign of a number in Q(a) is not decided by {MOST_BITS} bits of a")

    def __str__(self) -> str:
        terms = _polynomial_text(self.polynomial, "x")
        return f"the only root of {terms} between {stated(self.low)} and {stated(self.high)}"


Q = Field((0, 1), Fraction(-1), Fraction(1))


@lru_cache(maxsize=256)
def bounds_of_powers(field: Field, bits: int) -> list[tuple[int, int]]:
    """For each k < degree two integers with  below ≤ 2^bits·a^k ≤ above."""
    low, high = _bounds(field, bits)
    one = 1 << bits
    bounds = [(one, one)]
    while len(bounds) < field.degree:
        products = [x * y for x in bounds[-1] for y in (low, high)]
        bounds.append((min(products) >> bits, -(-max(products) >> bits)))
    return bounds


@lru_cache(maxsize=256)
def _bounds(field: Field, bits: int) -> tuple[int, int]:
    """Neighbouring integers (or one) with  low ≤ 2^bits·a ≤ high, by bisection."""
    one = 1 << bits
    low, high = floor(field.low * one), ceil(field.high * one)
    if bits > 64:
        # Start from half the bits.
        coarse, shift = _bounds(field, bits // 2), bits - bits // 2
        low, high = max(low, coarse[0] << shift), min(high, coarse[1] << shift)
    rising = sum(c * field.high**k for k, c in enumerate(field.polynomial)) > 0
    while high - low > 1:
        middle = (low + high) // 2
        value = 0  # 2^(bits·degree) times the polynomial at middle/2^bits
        for k, coefficient in enumerate(reversed(field.polynomial)):
            value = value * middle + (coefficient << bits * k)
        # Strictly inside the interval, where the sign tells on which side the root is.
        if (value < 0) == rising:
            low = middle
        else:
            high = middle
    return low, high


@total_ordering
@dataclass(frozen=True)
class Algebraic:
    """Σ_k coefficients[k]·a^k with a coefficient other than the first: never spelled as a rational.

    Made by `number`. Two of them are equal if all coefficients are.
    """

    field: Field
    coefficients: tuple[Fraction, ...]

    def __add__(self, other: Number) -> Number:
        pairs = zip_longest(self.coefficients, coefficients_of(other), fillvalue=Fraction(0))
        return number(common_field((self.field, field_of(other))), [p + q for p, q in pairs])

    def __mul__(self, other: Number) -> Number:
        field = common_field((self.field, field_of(other)))
        (mine, below), (theirs, under) = numerators(self), numerators(other)
        product: list[Rational] = [0] * (len(mine) + len(theirs) - 1)
        for k, left in enumerate(mine):
            for l, right in enumerate(theirs):
                product[k + l] += left * right
        reduce_powers(field, product)  # of integers, which is faster
        return number(field, [Fraction(n, below * under) for n in product])

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> Number:
        return self * -1

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __lt__(self, other: Number) -> bool:
        return sign(self - other) < 0

    def __str__(self) -> str:
        return _polynomial_text(self.coefficients, "a")


Number: TypeAlias = int | Fraction | Algebraic


def number(field: Field, coefficients: Sequence[Rational]) -> Number:
    """Σ_k coefficients[k]·a^k, of any degree; a Fraction if it is rational."""
    rest = list(coefficients)
    reduce_powers(field, rest)
    if not any(rest[1:]):
        return Fraction(rest[0])
    rest += [0] * (field.degree - len(rest))
    return Algebraic(field, tuple(map(Fraction, rest)))


def reduce_powers(field: Field, coefficients: list[Rational]) -> None:
    """Replace a^k for k ≥ degree, in place, by a^k = -Σ_l polynomial[l]·a^(k - degree + l)."""
    while len(coefficients) > field.degree:
        leading = coefficients.pop()
        shift = len(coefficients) - field.degree
        for l, coefficient in enumerate(field.polynomial[:-1]):
            coefficients[shift + l] -= leading * coefficient


def coefficients_of(value: Number) -> tuple[Rational, ...]:
    return value.coefficients if isinstance(value, Algebraic) else (value,)


def field_of(value: Number) -> Field:
    return value.field if isinstance(value, Algebraic) else Q


def common_field(fields: Iterable[Field]) -> Field:
    """The one of these fields that holds them all: Q, or the one other that occurs."""
    found = Q
    for field in fields:
        if field is not found and field not in (found, Q):
            if found != Q:
                raise Declined("numbers of two different fields meet")
            found = field
    return found


def sign(value: Number) -> int:
    return field_of(value).sign(numerators(value)[0])


def numerators(value: Number) -> tuple[list[int], int]:
    """The coefficients as integers over their least common denominator."""
    coefficients = coefficients_of(value)
    common = lcm(*(c.denominator for c in coefficients))
    return [c.numerator * (common // c.denominator) for c in coefficients], common


def _polynomial_text(coefficients: Sequence[Rational], name: str) -> str:
    """`1/2 - 3*a + a^2`"""
    text = ""
    for k, c in enumerate(coefficients):
        if c:
            power = "" if k == 0 else name if k == 1 else f"{name}^{k}"
            size = stated(abs(c))
            if power and size != "1":
                power = f"({size})*{power}" if "/" in size else f"{size}*{power}"
            term = power or size
            text += (" - " if c < 0 else " + ") + term if text else ("-" if c < 0 else "") + term
    return text or "0"
