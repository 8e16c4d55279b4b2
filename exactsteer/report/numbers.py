"""What the claims of accepted certificates say of a number, and whether a docket says the same.

Facts about the same number have the same subject: the data of their claims without the bound. A docket
may show a number in another reading: 1 - v of a visibility v, λ = -t of a tolerance t, log₂(1 + ν) of a
robustness ν.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from ..exact.logarithms import log2_enclosure
from ..exact.numbers import approximation, is_rational_text
from ..kernel.certificate import Claim
from ..kernel.field import Number, sign
from ..literature.docket import DocketLine
from ..literature.rows import exact_text, half_unit, printed_status
from ..statements import FunctionalRealised, NegativityBound, VisibilityBound
from ..statements.hidden_states import LHS
from .curves import Segment, placed


class Fact(NamedTuple):
    """The number named `quantity`, of that subject, is ≥, ≤ or = `number`."""

    quantity: str
    subject: str
    relation: str
    number: Number


def facts(claims: Mapping[str, Claim]) -> list[Fact]:
    """What the accepted claims of one line, by certificate name, say of numbers."""
    found = [fact for claim in claims.values() for fact in _facts(claim)]
    for claim in claims.values():
        if claim.kind == VisibilityBound.KIND:
            segment, subject = Segment.of(claim), _subject("visibility v", claim, VISIBILITY)
            for other in placed(claims):
                point = other.on(segment)
                if point is not None and point.radius is None:
                    found.append(Fact("visibility v", subject, ">=", 1 - point.share))
    return found


TABLE = ("scenario", "assemblage")
TABLE_AND_SET = ("scenario", "set", "assemblage")
VISIBILITY = ("scenario", "set", "assemblage", "noise")
SEMIDEFINITE = ("unknowns", "blocks", "matrices", "equations", "objective")
# For each kind: the quantity that its bound is about, the fields that identify it, and the relation,
# None where it is among the data of the claim.
QUANTITIES: dict[str, tuple[str, tuple[str, ...], str | None]] = {
    "functional-value": ("value", ("scenario", "functional", "assemblage"), "="),
    "visibility-bound": ("visibility v", VISIBILITY, "<="),
    "overlap-bound": ("LHS maximum", ("scenario", "vectors", "weights", "overlap"), "<="),
    "overlap-robustness": ("LHS robustness ν", TABLE, ">="),
    "anticommuting-robustness": ("LHS robustness ν", ("observables", "visibility"), ">="),
    "messages-by-purity": ("messages", TABLE, ">="),
    "messages-by-nullity": ("messages", TABLE, ">="),
    "messages-suffice": ("messages", TABLE, "<="),
    "pseudo-realisation": ("negativity ν", TABLE, "<="),
    "semidefinite-bound": ("minimum", SEMIDEFINITE, ">="),
    "semidefinite-attained": ("minimum", SEMIDEFINITE, "<="),
    "generalised-robustness-bound": ("generalised robustness t", TABLE_AND_SET, None),
    "weight-bound": ("steering weight p", TABLE_AND_SET, None),
    "tolerance-bound": ("tolerance t", TABLE, None),
}
# The same for bounds of functionals, and for what is attained: of a minimum or of a maximum.
EXTREMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "functional-bound": ("", ("scenario", "set", "functional")),
    "functional-attained": ("", ("scenario", "set", "functional")),
    "lhs-bound": ("LHS ", ("scenario", "functional")),
    "product-bound": ("product ", ("dimensions", "operator")),
    "product-attained": ("product ", ("dimensions", "operator")),
}


def _facts(claim: Claim) -> list[Fact]:
    if claim.bound is None or not isinstance(claim.data, dict):
        return []
    given = str(claim.data.get("relation"))
    if claim.kind in QUANTITIES:
        quantity, fields, relation = QUANTITIES[claim.kind]
    elif claim.kind in EXTREMES:
        whose, fields = EXTREMES[claim.kind]
        quantity, relation = f"{whose}{_extreme(claim, given)}", given
    elif claim.kind == FunctionalRealised.KIND:
        realisation = FunctionalRealised.read(claim).realisation
        classical = realisation.is_classical and not realisation.channels
        quantity, fields = (
            f"{'LHS' if classical else 'quantum'} {_extreme(claim, given)}",
            EXTREMES["lhs-bound"][1],
        )
        relation = given
    elif claim.kind == NegativityBound.KIND:
        quantity, fields = _negativity(claim.data, given)
        relation = given
    else:
        return []
    return [Fact(quantity, _subject(quantity, claim, fields), relation or given, claim.bound)]


def _extreme(claim: Claim, relation: str) -> str:
    """A lower bound is one of the minimum; a value that something has at least, one of the maximum."""
    return "minimum" if (relation == ">=") == claim.kind.endswith("-bound") else "maximum"


def _negativity(data: dict[str, Any], relation: str) -> tuple[str, tuple[str, ...]]:
    """For an outer set, a lower bound holds for the negativity of steering, an upper one does not."""
    if data["set"] == LHS.json():
        return "LHS robustness ν", TABLE
    if relation == ">=":
        return "negativity ν", TABLE
    return "negativity ν of the set", TABLE_AND_SET


def _subject(quantity: str, claim: Claim, fields: Sequence[str]) -> str:
    data = claim.data if isinstance(claim.data, dict) else {}
    return json.dumps([quantity, [data.get(name) for name in fields]], sort_keys=True)


Reading: TypeAlias = tuple[str, Callable[[Number], tuple[Number, Number]], bool]


def _log2_of_one_more(number: Number) -> tuple[Number, Number]:
    return log2_enclosure(1 + number)


def readings(quantity: str) -> list[Reading]:
    """Names of what may be shown of a quantity; an enclosure of it; whether it falls as that grows."""
    found: list[Reading] = [(quantity, lambda n: (n, n), False)]
    if quantity == "visibility v":
        found.append(("share of noise 1 − v", lambda n: (1 - n, 1 - n), True))
    elif quantity == "tolerance t":
        found.append(("tolerance λ = −t", lambda n: (-n, -n), True))
    elif quantity == "LHS robustness ν":
        found.append(("log₂(1 + ν) bits", _log2_of_one_more, False))
    return found


@dataclass(frozen=True)
class Proved:
    """lower ≤ the quantity ≤ upper by certificates, either may be missing.

    `slack` is what a single side is rounded by, where the number is irrational.
    """

    quantity: str
    lower: Number | None
    upper: Number | None
    slack: Fraction = Fraction(0)

    @property
    def exact(self) -> bool:
        return self.lower is not None and self.upper is not None and self.lower == self.upper


def candidates(found: Sequence[Fact]) -> list[Proved]:
    """Every number that the facts enclose, in every reading."""
    result = []
    for subject in dict.fromkeys(fact.subject for fact in found):
        own = [fact for fact in found if fact.subject == subject]
        for name, reading, falls in readings(own[0].quantity):
            lower: Number | None = None
            upper: Number | None = None
            slack = Fraction(0)
            for fact in own:
                low, high = reading(fact.number)
                slack = max(slack, approximation(high - low))
                if fact.relation == "=" or (fact.relation == ">=") != falls:
                    lower = low if lower is None or sign(low - lower) > 0 else lower
                if fact.relation == "=" or (fact.relation == "<=") != falls:
                    upper = high if upper is None or sign(high - upper) < 0 else upper
            result.append(Proved(name, lower, upper, slack))
    return result


def proved_number(line: DocketLine, found: Sequence[Fact]) -> tuple[Proved | None, list[str]]:
    """Of the numbers that the certificates prove, the one that the line speaks of; and what is wrong.

    The docket is not trusted: its numbers only choose among what is proved. A complaint is a sentence.
    """
    if line.lower is None and line.upper is None:
        return None, []
    judged = [(len(c), _distance(line, p), k, p, c) for k, (p, c) in enumerate(_judged(line, found))]
    if not judged:
        return None, [f"The docket says {_said(line)}, and no certificate here is about a number."]
    *_, proved, complaints = min(judged, key=lambda item: item[:3])
    return proved, complaints


def _judged(line: DocketLine, found: Sequence[Fact]) -> list[tuple[Proved, list[str]]]:
    return [(proved, _complaints(line, proved)) for proved in candidates(found)]


def _said(line: DocketLine) -> str:
    return f"{line.lower} … {line.upper}"


def _complaints(line: DocketLine, proved: Proved) -> list[str]:
    result = []
    sides = (
        ("≥", line.lower, proved.lower, proved.upper),
        ("≤", line.upper, proved.upper, proved.lower),
    )
    for symbol, text, number, other in sides:
        if text is None:
            continue
        if number is None:
            # A line may call a number exact, or enclose an irrational one, and prove one side of it.
            if other is None or not _near(text, other, proved.slack):
                result.append(f"The docket says {symbol} {text}, and no certificate proves that side.")
        elif not _implied(symbol, text, number):
            result.append(
                f"The docket says {symbol} {text}; the certificates prove {symbol} {exact_text(number)}."
            )
    return result


def _implied(symbol: str, text: str, number: Number) -> bool:
    if text == exact_text(number):
        return True
    value = _value(text)
    if value is None:
        return False
    return sign(number - value) * (1 if symbol == "≥" else -1) >= 0


def _near(text: str, number: Number, slack: Fraction) -> bool:
    value = _value(text)
    if text == exact_text(number):
        return True
    return value is not None and abs(value - approximation(number)) <= slack


def _value(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _distance(line: DocketLine, proved: Proved) -> Fraction:
    total = Fraction(0)
    for text, number in (line.lower, proved.lower), (line.upper, proved.upper):
        if text is None or number is None:
            total += text is not None
            continue
        value = _value(text)
        if text != exact_text(number):
            total += 1 if value is None else abs(value - approximation(number))
    return total


def status_of(line: DocketLine, proved: Proved | None) -> str:
    """`proved` or `corrected` as the proved number says of a printed decimal; else the docket's word."""
    if proved is None or proved.lower is None or proved.upper is None:
        return line.status
    if line.status not in ("proved", "corrected") or _decimal(line.printed) is None:
        return line.status
    return printed_status(line.printed, proved.lower, proved.upper)


def difference(printed: str, proved: Proved) -> Fraction | None:
    """How far a printed decimal is from the proved number; 0 if rounding explains it.

    None where no decimal is printed, or only one side is proved.
    """
    value = _decimal(printed)
    if value is None or proved.lower is None or proved.upper is None:
        return None
    middle = (approximation(proved.lower) + approximation(proved.upper)) / 2
    away = abs(value - middle)
    return away if away > half_unit(printed) else Fraction(0)


def _decimal(printed: str) -> Fraction | None:
    return _value(printed) if is_rational_text(printed) and "/" not in printed else None
