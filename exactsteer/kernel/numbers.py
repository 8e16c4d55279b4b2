"""Exact rational numbers as text: one spelling for each number, no size limit, no floats.

Python's own `int` and `Fraction` accept underscores, spaces, other scripts' digits and
unreduced fractions, and refuse more than 4300 digits; none of that may reach a certificate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

Rational: TypeAlias = int | Fraction

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_ROW = re.compile(r"(?:0|-?[1-9][0-9]*)(?: (?:0|-?[1-9][0-9]*))*")
_CHUNK = 600  # digits that every Python converts at once, whatever its limit is set to
_CHUNK_LIMIT = 10**_CHUNK
MOST_DIGITS = 10**5  # of one number in a file


def _to_int(text: str) -> int:
    if len(text) <= _CHUNK:
        return int(text)
    half = len(text) // 2
    head = text[:-half]
    tail = _to_int(text[-half:])
    shift: int = 10**half
    return _to_int(head) * shift + (-tail if head.startswith("-") else tail)


def integer_text(number: int) -> str:
    """The decimal digits of `number`, of any length."""
    if -_CHUNK_LIMIT < number < _CHUNK_LIMIT:
        return str(number)
    sign, number = ("-", -number) if number < 0 else ("", number)
    half = number.bit_length() * 30103 // 200000  # half of the digits
    head, tail = divmod(number, 10**half)
    return sign + integer_text(head) + integer_text(tail).rjust(half, "0")


def parse_integer(text: str) -> int:
    """The integer spelled `text`: `0`, or digits without leading zero, `-` in front if negative.

    Raises ValueError on every other spelling, OverflowError beyond MOST_DIGITS.
    """
    _limit(text)
    if _INTEGER.fullmatch(text) is None:
        raise ValueError(f"{text[:40]!r} is not an integer in its one spelling")
    return _to_int(text)


def parse_integers(text: str) -> list[int]:
    """Integers separated by single spaces; the empty text is the empty row."""
    if not text:
        return []
    if _ROW.fullmatch(text) is None:
        raise ValueError(f"{text[:40]!r} is not a row of integers separated by single spaces")
    words = text.split(" ")
    longest = max(words, key=len)
    _limit(longest)
    return list(map(int if len(longest) <= _CHUNK else _to_int, words))


def _limit(word: str) -> None:
    if len(word) > MOST_DIGITS:
        raise OverflowError(f"a number of {len(word)} digits, at most {MOST_DIGITS}")


def integers_text(row: Iterable[int]) -> str:
    """Inverse of `parse_integers`."""
    return " ".join(map(integer_text, row))


def parse_rational(text: str) -> Fraction:
    """The rational spelled `p` or `p/q` in lowest terms with q ≥ 2; ValueError otherwise."""
    top, slash, bottom = text.partition("/")
    numerator = parse_integer(top)
    if not slash:
        return Fraction(numerator)
    denominator = parse_integer(bottom)
    if denominator < 2:
        raise ValueError(f"{text[:40]!r}: a denominator is at least 2")
    number = Fraction(numerator, denominator)
    if number.denominator != denominator:
        raise ValueError(f"{text[:40]!r} is not in lowest terms")
    return number


def rational_text(number: Rational) -> str:
    """Inverse of `parse_rational`."""
    number = Fraction(number)
    if number.denominator == 1:
        return integer_text(number.numerator)
    return f"{integer_text(number.numerator)}/{integer_text(number.denominator)}"


def decimal_text(number: Rational, digits: int) -> str:
    """`number` rounded toward zero to `digits` ≥ 1 digits after the point, zeros stripped."""
    number = Fraction(number)
    whole, part = divmod(abs(number.numerator) * 10**digits // number.denominator, 10**digits)
    text = f"{integer_text(whole)}.{integer_text(part).rjust(digits, '0')}".rstrip("0").rstrip(".")
    return "-" + text if number < 0 and text != "0" else text


def spoken(number: object) -> str:
    """How messages print an exact number: as a decimal if it is one, else as p/q with its size.

    Whatever is no rational number prints itself.

    >>> spoken(Fraction(-1, 8)), spoken(Fraction(1, 3))
    ('-0.125', '1/3 (0.333333333333...)')
    """
    exact = stated(number)
    if not isinstance(number, int | Fraction):
        return exact if len(exact) <= 200 else f"{exact[:200]}..."
    if len(exact) <= 60 and "/" not in exact:
        return exact
    number = Fraction(number)
    if not Fraction(1, 10**9) < abs(number) < 10**9:
        power = _power_of_ten(abs(number))
        size = f"about {'-' if number < 0 else ''}10^{power}"
    else:
        size = f"{decimal_text(number, 12)}..."
    return f"{exact} ({size})" if len(exact) <= 60 else size


def stated(number: object) -> str:
    """How theorems print a number: exactly, as a decimal of at most 20 digits or as p/q.

    Whatever is no rational number prints itself.

    >>> stated(Fraction(-1, 8)), stated(Fraction(1, 3))
    ('-0.125', '1/3')
    """
    if not isinstance(number, int | Fraction):
        return str(number)
    text = decimal_text(number, 20)
    return text if _to_fraction(text) == number else rational_text(number)


def _to_fraction(decimal: str) -> Fraction:
    whole, _, part = decimal.partition(".")
    return Fraction(_to_int(whole + part), 10 ** len(part))


def _power_of_ten(number: Rational) -> int:
    """The exponent of 10 nearest to a positive number, from below in size."""
    if number >= 1:
        return len(integer_text(number.numerator // number.denominator)) - 1
    return 1 - len(integer_text(number.denominator // number.numerator))
