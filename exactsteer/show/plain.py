"""Exact numbers and fields as plain text: as people read them, and as files hold them."""

from __future__ import annotations

from ..exact.numbers import approximation
from ..kernel.field import Algebraic, Field, Number, Q
from ..kernel.numbers import decimal_text, spoken
from .terms import Notation, spelled, square_root, taken_apart

DIGITS = 12  # of the size of a number that is no short decimal
LONGEST = 60  # characters of a number that is written in full


def _fraction(above: str, below: str) -> str:
    return f"({above})/{below}" if " " in above else f"{above}/{below}"


_READABLE = Notation(
    number=str,
    root="√{}".format,
    power=lambda a, k: a if k == 1 else f"{a}^{k}",
    fraction=_fraction,
    group="({})".format,
    unit="i",
    plus=" + ",
    minus=" - ",
    negative="-",
)
# The expressions that files hold, without ** (of which the reader allows two).
EXPRESSION = Notation(
    number=str,
    root="sqrt({})".format,
    power=lambda a, k: "*".join([a] * k),
    fraction=_fraction,
    group="({})".format,
    unit="I",
    plus=" + ",
    minus=" - ",
    negative="-",
    times="*",
)


def number_plain(number: Number) -> str:
    """The exact number, with its size where it is no decimal; of a long one the size alone.

    >>> from fractions import Fraction
    >>> number_plain(Fraction(-1, 8)), number_plain(Fraction(1, 3))
    ('-0.125', '1/3 (0.333333333333...)')
    """
    if not isinstance(number, Algebraic):
        return spoken(number)
    exact = spelled(taken_apart(number), _READABLE)
    size = f"{decimal_text(approximation(number), DIGITS)}..."
    return f"{exact} ({size})" if len(exact) <= LONGEST else size


def field_plain(field: Field) -> str:
    """`Q`, `Q(√2)`, or `Q(a), a the only root of …`.

    >>> from fractions import Fraction
    >>> field_plain(Field((-1, -1, 1), Fraction(1), Fraction(2)))  # the golden ratio
    'Q(√5)'
    """
    if field == Q:
        return "Q"
    surd = square_root(field)
    return f"Q(√{surd[2]})" if surd else f"Q(a), a {field}"
