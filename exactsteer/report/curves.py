"""Mixtures with noise: which certificates lie on the segment between an assemblage and its noise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ..exact.matrices import mixture
from ..exact.numbers import divide
from ..kernel.certificate import Claim
from ..kernel.field import Number
from ..kernel.matrix import Matrix
from ..scenario import Elements, Label, Scenario, marginal
from ..statements import BoxExcluded, Member, VisibilityBound
from ..statements.sets import ConvexSet


@dataclass(frozen=True)
class Segment:
    """(1 - w)σ + wτ for 0 ≤ w ≤ 1, as seen from a convex set."""

    scenario: Scenario
    convex_set: ConvexSet
    assemblage: Elements
    noise: Elements

    @classmethod
    def of(cls, claim: Claim) -> Segment:
        """Of an accepted claim of kind `visibility-bound`."""
        bound = VisibilityBound.read(claim)
        return cls(bound.scenario, bound.convex_set, bound.assemblage, bound.noise)

    def share(self, elements: Elements) -> Fraction | None:
        """The w for which these elements, sums among them, are those of the mixture; None if none is.

        Exact: every entry is compared.
        """
        share: Fraction | None = None
        for label, matrix in elements.items():
            one, other = self._ends(label)
            if share is None:
                share = _share(one, other, matrix)
            if share is None:
                if (one - matrix).reduced().vanishes and (one - other).reduced().vanishes:
                    continue  # the ends agree here, so that this element tells nothing
                return None
            if not (mixture(1 - share, one, other) - matrix).reduced().vanishes:
                return None
        return share if share is not None and 0 <= share <= 1 else None

    def _ends(self, label: Label) -> tuple[Matrix, Matrix]:
        if label not in self._marginals:
            tables = (self.assemblage, self.noise)
            one, other = (marginal(self.scenario, table, label) for table in tables)
            self._marginals[label] = one, other
        return self._marginals[label]

    @cached_property
    def _marginals(self) -> dict[Label, tuple[Matrix, Matrix]]:
        return {}


def _share(one: Matrix, other: Matrix, matrix: Matrix) -> Fraction | None:
    """w from the first entry in which the ends differ, if it is rational there."""
    for row in range(one.shape[0]):
        for column in range(row + 1):
            parts = zip(
                one.entry(row, column), other.entry(row, column), matrix.entry(row, column), strict=True
            )
            for start, end, given in parts:
                if start != end:
                    share: Number = divide(given - start, end - start)
                    return Fraction(share) if isinstance(share, int | Fraction) else None
    return None


class Point(NamedTuple):
    """A mixture with this share of noise: outside the set with all within `radius`, or inside (None)."""

    share: Fraction
    radius: Fraction | None
    name: str


@dataclass(frozen=True)
class Curve:
    """Every mixture of a share below `lower` is outside the set; one of the share `upper` is inside.

    `upper` is None where no certificate says so.
    """

    segment: Segment
    lower: Fraction
    lower_name: str
    upper: Fraction | None
    points: list[Point]


class Placed(NamedTuple):
    """What an accepted claim says of an assemblage: outside a set with all within `radius`, or in it."""

    name: str
    scenario: Scenario
    convex_set: ConvexSet
    elements: Elements
    radius: Fraction | None

    def on(self, segment: Segment) -> Point | None:
        if (self.scenario, self.convex_set) != (segment.scenario, segment.convex_set):
            return None
        share = segment.share(self.elements)
        return None if share is None else Point(share, self.radius, self.name)


def placed(claims: Mapping[str, Claim]) -> list[Placed]:
    """The accepted claims, by certificate name, that are about single assemblages and a set."""
    found = []
    for name, claim in claims.items():
        if claim.kind == BoxExcluded.KIND:
            box = BoxExcluded.read(claim)
            found.append(Placed(name, box.scenario, box.convex_set, box.centre, box.radius))
        elif claim.kind == Member.KIND:
            member = Member.read(claim)
            found.append(Placed(name, member.scenario, member.convex_set, member.assemblage, None))
    return found


def curves(claims: Mapping[str, Claim]) -> Iterator[Curve]:
    """One for each visibility bound that has excluded mixtures beside it."""
    known = placed(claims)
    found: list[Segment] = []
    for name, claim in claims.items():
        if claim.kind != VisibilityBound.KIND or not isinstance(claim.bound, int | Fraction):
            continue
        segment = Segment.of(claim)
        if segment in found:
            continue
        found.append(segment)
        points = _best(p for one in known if (p := one.on(segment)) is not None)
        inside = [point.share for point in points if point.radius is None]
        if len(inside) < len(points):
            upper = min(inside, default=None)
            yield Curve(segment, 1 - Fraction(claim.bound), name, upper, points)


def _best(points: Iterable[Point]) -> list[Point]:
    """One of each share, by the share: inside, or outside with the largest radius."""
    best: dict[Fraction, Point] = {}
    for point in points:
        other = best.get(point.share)
        if other is None or (other.radius or 0) < (point.radius or 0):
            best[point.share] = point
    return [best[share] for share in sorted(best)]
