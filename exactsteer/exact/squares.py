"""Sums of squares of rational numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from math import isqrt
from random import Random

from flint import fmpz

SMALL = 10**4  # below which squares are found by trial


def four_squares(value: Fraction) -> list[Fraction]:
    """At most four rational numbers, not 0, whose squares add up to the rational number ≥ 0.

    Lagrange's theorem; for large numbers the algorithm of Rabin and Shallit, Comm. Pure Appl. Math. 39
    (1986) S239, which takes one prime of the form 4k + 1 among random candidates.

    >>> four_squares(Fraction(7, 4))
    [Fraction(5, 4), Fraction(1, 4), Fraction(1, 4), Fraction(1, 4)]
    """
    numbers = _squares(value.numerator * value.denominator)
    return [Fraction(n, value.denominator) for n in sorted(map(abs, numbers), reverse=True) if n]


def _squares(n: int) -> list[int]:
    if n < SMALL:
        return _by_trial(n)
    if n % 4 == 0:
        return [2 * root for root in _squares(n // 4)]
    if n % 2:
        # Of 2n = a² + b² + c² + d² two are even and two odd.
        a, b, c, d = sorted(_squares(2 * n), key=lambda root: root % 2)
        return [(a + b) // 2, (a - b) // 2, (c + d) // 2, (c - d) // 2]
    random = Random(n)  # the same answer every time
    for _ in count():
        a, b = 2 * random.randrange(isqrt(n) // 2), 2 * random.randrange(isqrt(n) // 2) + 1
        rest = n - a * a - b * b  # 1 modulo 4
        if rest > 0 and fmpz(rest).is_probable_prime():
            found = _two_squares(rest)
            if found is not None:
                return [a, b, *found]
    raise AssertionError


def _by_trial(n: int) -> list[int]:
    def roots(rest: int, terms: int) -> list[int] | None:
        for root in range(isqrt(rest), -1, -1):
            left = rest - root * root
            more = roots(left, terms - 1) if left and terms > 1 else None if left else [0] * (terms - 1)
            if more is not None:
                return [root, *more]
        return None

    for terms in range(1, 5):
        found = roots(n, terms)
        if found is not None:
            return found + [0] * (4 - terms)
    raise AssertionError("Lagrange")


def _two_squares(prime: int) -> tuple[int, int] | None:
    """Cornacchia: Euclid's algorithm from a root of -1 modulo the prime, down to its square root."""
    try:
        larger, smaller = prime, int(fmpz(-1).sqrtmod(fmpz(prime)))
    except (ValueError, ZeroDivisionError):  # it was no prime
        return None
    while smaller * smaller > prime:
        larger, smaller = smaller, larger % smaller
    other = isqrt(prime - smaller * smaller)
    return (smaller, other) if smaller * smaller + other * other == prime else None
