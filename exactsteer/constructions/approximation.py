"""Approximate simulation of steering: Result 4, and what is true in its place.

Alice and Bob simulate all projective measurements on a two-qubit maximally entangled state by k
messages, each of Bob's normalised states within trace distance ε of the right one.

Result 4 says k > 2/(1 - √(1 - 4ε²)). Its proof counts Bob's states for one value of the shared variable
λ. But the state that is to be near is an average over λ, and over messages if she draws them at random;
of such averages there may be any number. Without any message the model of Werner (visibility 1/2) comes
within ε = 1/4. What the counting proves is the cost of protocols without randomness, in which Bob's
state is a function of her input and outcome, for ε < 1/2 (at ε = 1/2 the state 1/2 alone will do).

With randomness, k ≥ 1/(4ε):  the right state |ψ⟩ of outcome a has ⟨ψ|ρ|ψ⟩ ≥ 1 - ε, so for some λ, on
average over all measurements x̂, max_m ½(1 + |x̂·r_m|) ≥ 1 - ε, r_m being the Bloch vectors of Bob's k
states. The 2k points ±r_m of the sphere have, with cells of the area fractions f_j around them,
average max ≤ Σ (f_j - f_j²) ≤ 1 - 1/(2k): a cap does best. So 1 - 1/(4k) ≥ 1 - ε. For k = 1 this is
tight, by Werner's model.

Source: Classical communication cost of quantum steering, Result 4 and Appendix C; Werner, PRA 40, 4277.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, isqrt

from flint import arb, ctx, fmpq

from ..exact.logarithms import BITS, enclosing_decimals
from ..exact.numbers import InputError, exact_number

GRID = 10**12


def exact_error(error: Fraction | int | str | float) -> Fraction:
    number = exact_number(error, "error")
    if not number > 0:
        raise InputError(f"error {error}: a positive trace distance is needed")
    return number


def messages_without_randomness(error: Fraction | int | str | float) -> int:
    """The least k that Result 4 allows: the least integer with k > 2/(1 - √(1 - 4ε²)); 1 from ε = 1/2.

    That is k²ε² > k - 1, exactly. It holds for protocols without randomness.

    >>> messages_without_randomness("0.25"), messages_without_randomness("0.5")
    (15, 1)
    """
    square = exact_error(error) ** 2
    if 4 * square >= 1:
        return 1
    k = int(1 / square) + 1  # at least one more than 2/(1 - √…), and hardly more
    while (k - 1) ** 2 * square > k - 2 and k > 2:
        k -= 1
    return k


def least_error_without_randomness(messages: int) -> tuple[Fraction, Fraction]:
    """√(k - 1)/k, which the error of k messages without randomness exceeds: enclosed.

    >>> least_error_without_randomness(5)
    (Fraction(2, 5), Fraction(2, 5))
    """
    k = _count(messages)
    if k == 1:
        return Fraction(1, 2), Fraction(1, 2)
    root = isqrt((k - 1) * GRID**2)
    exact = root**2 == (k - 1) * GRID**2
    return Fraction(root, GRID * k), Fraction(root + (not exact), GRID * k)


def result_4_bits(error: Fraction | int | str | float, digits: int = 12) -> tuple[Fraction, Fraction]:
    """log₂(2/(1 - √(1 - 4ε²))) bits, Eq. 20, between two decimals; InputError unless 0 < ε ≤ 1/2.

    >>> low, high = result_4_bits("0.1", 9)
    >>> float(low), float(high)
    (6.629207896, 6.629207897)
    """
    number = exact_error(error)
    if 2 * number > 1:
        raise InputError(f"error {error}: Eq. 20 is for at most 1/2")
    before, ctx.prec = ctx.prec, BITS
    try:
        root = (arb(fmpq((1 - 4 * number**2).numerator, (1 - 4 * number**2).denominator))).sqrt()
        bits = (2 / (1 - root)).log() / arb(2).log()
        return enclosing_decimals(bits, digits)
    finally:
        ctx.prec = before


def messages_with_randomness(error: Fraction | int | str | float) -> int:
    """At least so many messages, whatever randomness is shared: k ≥ 1/(4ε).

    >>> messages_with_randomness("0.25"), messages_with_randomness("0.01")
    (1, 25)
    """
    return max(1, ceil(1 / (4 * exact_error(error))))


def least_error_with_randomness(messages: int) -> Fraction:
    """1/(4k), below which the error of k messages can't be."""
    return Fraction(1, 4 * _count(messages))


def _count(messages: int) -> int:
    if messages < 1:
        raise InputError(f"{messages} messages: at least 1 is needed")
    return messages
