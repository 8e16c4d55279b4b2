"""Exact numbers from what people write: decimals, fractions, floats."""

from __future__ import annotations

import math
import re
from fractions import Fraction

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_FRACTION = re.compile(r"[+-]?[0-9]+/[0-9]+")


MOST_DIGITS = 4000  # what every Python reads


class InputError(ValueError):
    """Bad input: one line that says what is wrong, where, by how much, and how to mend it."""


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
