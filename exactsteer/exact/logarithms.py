"""Logarithms and roots of exact numbers, enclosed in ball arithmetic."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from ..kernel.field import Number
from .numbers import above, approximation, below

BITS = 192


def log2_enclosure(value: Number, digits: int = 12) -> tuple[Fraction, Fraction]:
    """Decimals with so many digits below and above log₂ of a positive number, 2 units apart at most.

    >>> log2_enclosure(Fraction(5, 3), 4)
    (Fraction(7369, 10000), Fraction(737, 1000))
    """
    if value <= 0:
        raise ValueError(f"log2 of {value}: a positive number is needed")
    near, slack = approximation(value, 2 * BITS), Fraction(1, 2**BITS)
    before, ctx.prec = ctx.prec, BITS
    try:
        logarithm = (_ball(near - slack).union(_ball(near + slack))).log() / arb(2).log()
        return enclosing_decimals(logarithm, digits)
    finally:
        ctx.prec = before


def enclosing_decimals(ball: arb, digits: int) -> tuple[Fraction, Fraction]:
    """Decimals with so many digits below and above all numbers of the ball."""
    low, high = (Fraction(int(end.p), int(end.q)) for end in (ball.lower().fmpq(), ball.upper().fmpq()))
    return below(low, 10**digits), above(high, 10**digits)


def _ball(number: Fraction) -> arb:
    return arb(fmpq(number.numerator, number.denominator))
