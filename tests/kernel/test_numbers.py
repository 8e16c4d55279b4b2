"""Numbers as text: round trips, one spelling, any size."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactsteer.kernel.numbers import (
    MOST_DIGITS,
    decimal_text,
    integer_text,
    integers_text,
    parse_integer,
    parse_integers,
    parse_rational,
    rational_text,
    spoken,
    stated,
)

integers = st.integers() | st.integers(-(10**400), 10**400)


@given(integers)
def test_integer_round_trip(number: int) -> None:
    assert parse_integer(integer_text(number)) == number
    assert integer_text(number) == str(number)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("digits", [4000, 4301, 12345, 50000])
def test_integers_beyond_the_limit_of_python(digits: int, sign: int) -> None:
    number = sign * (10**digits // 7 + 10 ** (digits // 2))
    text = integer_text(number)
    assert parse_integer(text) == number
    assert len(text.lstrip("-")) == digits


@given(st.lists(integers))
def test_row_round_trip(row: list[int]) -> None:
    assert parse_integers(integers_text(row)) == row


@given(st.fractions())
def test_rational_round_trip(number: Fraction) -> None:
    assert parse_rational(rational_text(number)) == number


@given(st.text(alphabet="0123456789-+/ ._e٣", max_size=8))
def test_only_one_spelling(text: str) -> None:
    """What is read is written back to the letter."""
    try:
        number = parse_rational(text)
    except ValueError:
        return
    assert rational_text(number) == text


@given(st.fractions(), st.integers(1, 30))
def test_decimals_round_toward_zero(number: Fraction, digits: int) -> None:
    rounded = Fraction(decimal_text(number, digits))
    assert abs(rounded) <= abs(number) < abs(rounded) + Fraction(1, 10**digits)
    assert rounded * number >= 0


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(-1, 8), "-0.125"),
        (Fraction(2, 3), "2/3 (0.666666666666...)"),
        (Fraction(0), "0"),
        (Fraction(1, 3**300), "about 10^-143"),
        (Fraction(-1, 3**300), "about -10^-143"),
        (Fraction(10**66, 7), "about 10^65"),
        (Fraction(10**66), "about 10^66"),
        (Fraction(10**70, 3 * 10**70 + 1), "0.333333333333..."),
    ],
)
def test_spoken(number: Fraction, text: str) -> None:
    assert spoken(number) == text


@given(st.fractions())
def test_theorems_state_numbers_exactly(number: Fraction) -> None:
    assert Fraction(stated(number)) == number


def test_numbers_beyond_the_limit_are_not_read() -> None:
    assert parse_integer("1" * MOST_DIGITS) > 0
    for parse in (parse_integer, parse_integers, parse_rational):
        with pytest.raises(OverflowError, match="digits"):
            parse("1" * (MOST_DIGITS + 1))
