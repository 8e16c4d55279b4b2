"""What a row of the docket comes to: printed value, proved value, certificates."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from math import ceil
from typing import Any, TypeAlias

from ..exact.numbers import approximation
from ..kernel.field import Algebraic, Number
from ..kernel.numbers import decimal_text, rational_text
from ..prover.prove import Proof

Listener: TypeAlias = Callable[[str], None]


@dataclass(frozen=True)
class Evidence:
    """One claim of a row. `proofs` maps a file name, below the proofs folder, to its proof.

    `status` is proved, corrected, refuted or open. `lower` and `upper` enclose the true value of a
    claim about a number, and are equal where it is exact. `remark` is for readers.
    """

    row: str
    paper: str
    claim: str
    printed: str
    status: str
    proofs: Mapping[str, Proof]
    lower: Number | None = None
    upper: Number | None = None
    remark: str = ""

    def json(self, folder: str) -> dict[str, Any]:
        return {
            "row": self.row,
            "paper": self.paper,
            "claim": self.claim,
            "printed": self.printed,
            "lower": None if self.lower is None else exact_text(self.lower),
            "upper": None if self.upper is None else exact_text(self.upper),
            "status": self.status,
            "certificates": [f"{folder}/{name}" for name in self.proofs],
        }


def exact_text(number: Number) -> str:
    """An exact spelling: a decimal where there is one, else p/q, which `Fraction` reads; or in a."""
    if isinstance(number, Algebraic):
        return f"{number} ({decimal_text(approximation(number), 12)}...), where a is {number.field}"
    text = decimal_text(number, 30)
    return text if Fraction(text) == number else rational_text(number)


def claimed_number(proof: Proof) -> Number:
    """The number in the claim of a proof of kind `functional-value`."""
    number = proof.certificate.claim.bound
    if number is None:
        raise TypeError(f"a claim of kind {proof.certificate.claim.kind} has no number")
    return number


def upward(number: Fraction) -> str:
    """A decimal of four digits that is not below the number."""
    return decimal_text(Fraction(ceil(number * 10**4), 10**4), 4)


def printed_status(printed: str, lower: Number, upper: Number) -> str:
    """`proved` if a value in [lower, upper] rounds to the printed decimal, `corrected` otherwise."""
    half = Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
    middle = (approximation(lower) + approximation(upper)) / 2
    return "proved" if abs(Fraction(printed) - middle) <= half else "corrected"


def printed_data(name: str) -> dict[str, Any]:
    """One of the package's transcriptions of printed numbers."""
    text = files(__package__).joinpath("data").joinpath(f"{name}.json").read_text("utf-8")
    value: dict[str, Any] = json.loads(text)
    return value
