"""The table of postquantum examples, the simplest first: what is read from their certificates.

An example is the centre of a box that a claim of kind `box-excluded` is about. It is the simpler, the
smaller the common denominator of its entries, the fewer its distinct numbers, and the shorter the
certificate.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..exact.simplicity import common_denominator, distinct_numbers
from ..kernel.certificate import Claim
from ..kernel.field import Q
from ..kernel.numbers import decimal_text
from ..literature.docket import DocketLine
from ..show.latex import text_latex
from ..statements import BoxExcluded
from ..statements.assemblage import is_instrumental


@dataclass(frozen=True)
class Simple:
    """`denominator` is None over a number field; `radius` is that of the box; `size` in bytes."""

    row: str
    title: str
    denominator: int | None
    distinct: int
    size: int
    radius: Fraction
    certificate: str

    @property
    def within(self) -> str:
        return decimal_text(self.radius, 6)


def simplest(
    docket: Sequence[DocketLine], claims: Mapping[str, Claim], sizes: Mapping[str, int]
) -> dict[str, list[Simple]]:
    """The examples of the docket by their scenarios, from the accepted claims; each is shown once."""
    found: dict[str, list[Simple]] = {}
    seen = set()
    for line in docket:
        own = [name for name in line.certificates if _is_box(claims.get(name))]
        # Many boxes in one line are points of a curve.
        for name in own if len(own) == 1 else []:
            box = BoxExcluded.read(claims[name])
            centre = json.dumps(claims[name].data["centre"], sort_keys=True)
            if not box.convex_set.holds_quantum or centre in seen:
                continue
            seen.add(centre)
            example = Simple(
                line.row,
                line.claim,
                common_denominator(box.centre.values()) if box.field == Q else None,
                distinct_numbers(box.centre.values()),
                sizes[name],
                box.radius,
                name,
            )
            part = ", instrumental" if is_instrumental(box.scenario, box.centre) else ""
            found.setdefault(f"{box.scenario}{part}", []).append(example)
    return {scenario: sorted(own, key=_order) for scenario, own in sorted(found.items())}


def _is_box(claim: Claim | None) -> bool:
    return claim is not None and claim.kind == BoxExcluded.KIND


def _order(example: Simple) -> tuple[bool, int, int, int]:
    denominator = example.denominator
    return (denominator is None, denominator or 0, example.distinct, example.size)


def simplest_latex(groups: Mapping[str, Sequence[Simple]]) -> str:
    """The table for a paper (booktabs)."""
    lines = [
        r"\begin{tabular}{llrrrr}",
        r"\toprule",
        r"row & example & $1/D$ & numbers & bytes & radius \\",
    ]
    for scenario, examples in groups.items():
        lines += [r"\midrule", rf"\multicolumn{{6}}{{l}}{{{text_latex(scenario)}}} \\"]
        for each in examples:
            denominator = "--" if each.denominator is None else str(each.denominator)
            cells = [
                each.row,
                text_latex(each.title),
                denominator,
                each.distinct,
                each.size,
                each.within,
            ]
            lines.append(" & ".join(map(str, cells)) + r" \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}"])
