"""Kind `box-excluded`: every assemblage near printed numbers is outside a convex set."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Q
from ..kernel.numbers import rational_text, stated
from ..kernel.program import Block, Impossibility, Program
from ..kernel.reading import read_fields, read_rational
from ..scenario import (
    Elements,
    Scenario,
    elements_json,
    in_order,
    label_text,
    read_elements,
    read_scenario,
)
from .assemblage import is_instrumental
from .claims import no_bound
from .forms import RealForm, combined, inequality, real_parts
from .no_signalling import NoSignalling
from .sets import ConvexSet, model, normalisation, outside, read_set


@dataclass(frozen=True)
class BoxExcluded:
    """No σ of the set has |Re(σ_k - c_k)| ≤ radius and |Im(σ_k - c_k)| ≤ radius, entrywise.

    k runs over the labels of `centre`, which may be all elements, or only those that a table
    prints (a label that leaves parties out is a sum over their outcomes). A table printed with
    four decimals is a box of radius 5·10⁻⁵; radius 0 excludes one assemblage.
    """

    KIND = "box-excluded"

    scenario: Scenario
    convex_set: ConvexSet
    centre: Elements
    radius: Fraction
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> BoxExcluded:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "set", "centre", "radius"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        radius = read_rational(fields["radius"], "claim.data.radius")
        if radius < 0:
            raise Malformed("claim.data.radius", "a radius is not negative")
        convex_set = read_set(fields["set"], scenario, "claim.data.set")
        if isinstance(convex_set, NoSignalling) and not scenario.bobs:
            raise Declined("claim.data.set: such a box would hold no valid assemblage at all")
        return cls(
            scenario,
            convex_set,
            read_elements(scenario, fields["centre"], claim.field, "claim.data.centre"),
            radius,
            claim.field,
        )

    def claim(self) -> Claim:
        data = {
            "scenario": self.scenario.json(),
            "set": self.convex_set.json(),
            "centre": elements_json(self.scenario, self.centre),
            "radius": rational_text(self.radius),
        }
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """An assemblage of the set, and two inequalities for each real coordinate of the box."""
        inside = model(self.scenario, self.convex_set)
        blocks = inside.blocks()
        for label, matrix in in_order(self.centre):
            element = inside.element(label)
            for row, column in self.scenario.lower_entries():
                re, im = matrix.entry(row, column)
                away = real_parts(combined([(1, element[row][column]), (-1, [(None, re, im)])]))
                for part, form in zip(("real", "imaginary"), away, strict=True):
                    if part == "real" or row != column:
                        name = f"{part} part of σ[{label_text(label)}] at ({row}, {column})"
                        blocks += self._interval(name, form)
        equations = [*inside.equations(), normalisation(inside)]
        return Program(inside.unknowns, blocks, equations, Impossibility())

    def _interval(self, name: str, form: RealForm) -> list[Block]:
        """-radius ≤ form ≤ radius."""
        offset = form.pop(None, 0)
        return [
            inequality(
                f"{side} end of the {name}",
                {None: self.radius + sign * offset, **{i: sign * value for i, value in form.items()}},
            )
            for side, sign in (("lower", 1), ("upper", -1))
        ]

    def sentence(self) -> str:
        instrumental = " instrumental" if is_instrumental(self.scenario, self.centre) else ""
        hence = f", hence no quantum{instrumental} one," if self.convex_set.holds_quantum else ""
        what = outside(self.convex_set, self.scenario)
        return (
            f"No {self.convex_set} assemblage{hence} lies within "
            f"{stated(self.radius)} of the printed matrices of this claim, entry by entry in real and "
            f"imaginary parts: every valid{instrumental} assemblage in that box is {what}. "
            f"{self.scenario.sentence()}"
        )
