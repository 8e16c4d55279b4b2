"""Exact numbers from what people write: decimals, fractions, floats."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from math import ceil, floor

from flint import fmpq, fmpq_poly

from ..kernel.field import Algebraic, Number, bounds_of_powers, number

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_FRACTION = re.compile(r"[+-]?[0-9]+/[0-9]+")


MOST_DIGITS = 4000  # what every Python reads


class InputError(ValueError):
    """Bad input: one line that says what is wrong, where, by how much, and how to mend it.

    >>> try:
    ...     exact_number("one half", "entry (0, 1)")
    ... except InputError as error:
    ...     print(error)
    entry (0, 1): 'one half' is not a number; write a decimal or a fraction p/q
    """


def is_rational_text(text: str) -> bool:
    """Whether the text is a decimal or a fraction."""
    return bool(_FRACTION.fullmatch(text.strip()) or _DECIMAL.fullmatch(text.strip()))


def exact_number(value: object, place: str) -> Fraction:
    """The exact value of a decimal or fraction string, an integer, a Fraction or a float.

    A float stands for the binary fraction that it is. Raises InputError naming `place`.

    >>> exact_number("-0.0896", "entry"), exact_number("3/7", "entry")
    (Fraction(-56, 625), Fraction(3, 7))
    """
    if isinstance(value, str):
        text = value.strip()
        if len(text) > MOST_DIGITS:
            raise InputError(f"{place}: a number of {len(text)} characters, at most {MOST_DIGITS}")
        if _FRACTION.fullmatch(text) and not re.fullmatch(r".*/0+", text):
            return Fraction(text)
        if _DECIMAL.fullmatch(text):
            return Fraction(text)
        raise InputError(f"{place}: {value!r} is not a number; write a decimal or a fraction p/q")
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if hasattr(value, "item"):  # a NumPy scalar
        return exact_number(value.item(), place)
    if isinstance(value, float):
        if math.isfinite(value):
            return Fraction(value)
        raise InputError(f"{place}: {value} is not a number that an assemblage can have")
    raise InputError(f"{place}: {value!r} is not a number")


def approximation(value: Number, bits: int = 128) -> Fraction:
    """A rational number near the value: itself, or right to about so many bits after the point."""
    if not isinstance(value, Algebraic):
        return Fraction(value)
    powers = [Fraction(low + high, 2 << bits) for low, high in bounds_of_powers(value.field, bits)]
    return sum((c * power for c, power in zip(value.coefficients, powers, strict=True)), Fraction(0))


def rational(value: Number) -> Fraction:
    """The value as a Fraction; InputError if it is not rational."""
    if isinstance(value, Algebraic):
        raise InputError(f"{value} is not rational, and a rational number is needed")
    return Fraction(value)


def below(value: Number, grid: int) -> Fraction:
    """A multiple of 1/grid that is at most the value; for a rational value the largest."""
    slack = Fraction(isinstance(value, Algebraic), 2**64 * grid)
    return Fraction(floor((approximation(value, _bits(grid)) - slack) * grid), grid)


def above(value: Number, grid: int) -> Fraction:
    """A multiple of 1/grid that is at least the value; for a rational value the least."""
    slack = Fraction(isinstance(value, Algebraic), 2**64 * grid)
    return Fraction(ceil((approximation(value, _bits(grid)) + slack) * grid), grid)


def _bits(grid: int) -> int:
    # Coefficients of witnesses have hundreds of bits, and cancel.
    return 1024 + grid.bit_length()


def divide(value: Number, by: Number) -> Number:
    """value/by in the field; ZeroDivisionError if `by` is 0 or no unit (reducible polynomial)."""
    if not isinstance(by, Algebraic):
        return value * (1 / Fraction(by))
    modulus = fmpq_poly(list(by.field.polynomial))
    divisor = fmpq_poly([fmpq(c.numerator, c.denominator) for c in by.coefficients])
    common, inverse, _ = divisor.xgcd(modulus)
    if common.degree():
        raise ZeroDivisionError("no inverse in this field")
    coefficients = [Fraction(int(c.p), int(c.q)) for c in inverse.coeffs()]
    return value * number(by.field, coefficients)
