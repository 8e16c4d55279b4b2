"""What a row of the docket comes to: printed value, proved value, certificates."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from math import ceil
from typing import Any, TypeAlias

from ..classification import Membership
from ..exact.numbers import approximation
from ..kernel.field import Algebraic, Number
from ..kernel.numbers import decimal_text, rational_text
from ..prover.prove import Enclosure, Proof

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

    @classmethod
    def enclosed(
        cls,
        row: str,
        paper: str,
        claim: str,
        printed: str,
        found: Enclosure,
        file: str,
        status: str = "",
        remark: str = "",
    ) -> Evidence:
        """A number between two proofs; without `status`, it is what the printed decimal deserves."""
        proofs = {f"{file}-lower.json": found.lower_proof, f"{file}-upper.json": found.upper_proof}
        status = status or printed_status(printed, found.lower, found.upper)
        return cls(row, paper, claim, printed, status, proofs, found.lower, found.upper, remark)

    @classmethod
    def exact(
        cls, row: str, paper: str, claim: str, printed: str, proof: Proof, file: str, remark: str = ""
    ) -> Evidence:
        """The exact value of a functional."""
        number = proof.certificate.claim.bound
        if number is None:
            raise TypeError(f"a claim of kind {proof.certificate.claim.kind} has no number")
        status = printed_status(printed, number, number)
        return cls(row, paper, claim, printed, status, {f"{file}.json": proof}, number, number, remark)

    @classmethod
    def shown(
        cls,
        row: str,
        paper: str,
        claim: str,
        printed: str,
        proof: Proof,
        file: str,
        remark: str = "",
        status: str = "proved",
    ) -> Evidence:
        """A claim without a number, proved by one certificate."""
        return cls(row, paper, claim, printed, status, {f"{file}.json": proof}, remark=remark)

    @classmethod
    def excluded(
        cls, row: str, paper: str, claim: str, answer: Membership, file: str, what: str = ""
    ) -> Evidence:
        """Proved postquantum, with everything within a radius; or open. `what` starts the remark."""
        if answer.proof is None or answer.radius is None:
            return cls(row, paper, claim, "postquantum", "open", {})
        near = f"every valid one within {decimal_text(answer.radius, 6)} of it, entry by entry"
        remark = f"{what}, and {near}" if what else f"and so is {near}"
        proofs = {f"{file}.json": answer.proof}
        return cls(row, paper, claim, "postquantum", "proved", proofs, remark=remark)

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


def upward(number: Fraction) -> str:
    """A decimal of four digits that is not below the number."""
    return decimal_text(Fraction(ceil(number * 10**4), 10**4), 4)


def printed_status(printed: str, lower: Number, upper: Number) -> str:
    """`proved` if a value in [lower, upper] rounds to the printed decimal, `corrected` otherwise.

    `proved` also if nothing is printed.
    """
    if not printed:
        return "proved"
    middle = (approximation(lower) + approximation(upper)) / 2
    return "proved" if abs(Fraction(printed) - middle) <= half_unit(printed) else "corrected"


def half_unit(printed: str) -> Fraction:
    """Half a unit of the last printed digit."""
    return Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))


def printed_data(name: str) -> dict[str, Any]:
    """One of the package's transcriptions of printed numbers."""
    text = files(__package__).joinpath("data").joinpath(f"{name}.json").read_text("utf-8")
    value: dict[str, Any] = json.loads(text)
    return value
