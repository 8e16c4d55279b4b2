"""Kind `box-excluded`: every assemblage near printed numbers is outside an outer set."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.certificate import Claim
from ..kernel.errors import Malformed
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
from .moments import MomentMatrix
from .words import WordSet, read_set


@dataclass(frozen=True)
class BoxExcluded:
    """No σ of the outer set has |Re(σ_k - c_k)| ≤ radius and |Im(σ_k - c_k)| ≤ radius, entrywise.

    k runs over the labels of `centre`, which may be all elements, or only those that a table
    prints (a label that leaves parties out is a sum over their outcomes). A table printed with
    four decimals is a box of radius 5·10⁻⁵; radius 0 excludes one assemblage.
    """

    KIND = "box-excluded"

    scenario: Scenario
    outer_set: WordSet
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
        return cls(
            scenario,
            read_set(fields["set"], scenario, "claim.data.set"),
            read_elements(scenario, fields["centre"], claim.field, "claim.data.centre"),
            radius,
            claim.field,
        )

    def claim(self) -> Claim:
        data = {
            "scenario": self.scenario.json(),
            "set": self.outer_set.json(),
            "centre": elements_json(self.centre),
            "radius": rational_text(self.radius),
        }
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """Γ ⪰ 0, tr M(∅) = 1, and two inequalities for each real coordinate of the box."""
        moments = MomentMatrix(self.scenario, self.outer_set)
        blocks = moments.blocks()
        for label, matrix in in_order(self.centre):
            element = moments.element(label)
            for row in range(self.scenario.dimension):
                for column in range(row + 1):
                    re, im = matrix.entry(row, column)
                    away = real_parts(combined([(1, element[row][column]), (-1, [(None, re, im)])]))
                    for part, form in zip(("real", "imaginary"), away, strict=True):
                        if part == "real" or row != column:
                            name = f"{part} part of σ[{label_text(label)}] at ({row}, {column})"
                            blocks += self._interval(name, form)
        return Program(moments.unknowns, blocks, [moments.normalisation()], Impossibility())

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
        return (
            f"No {self.outer_set} assemblage, hence no quantum{instrumental} one, lies within "
            f"{stated(self.radius)} of the printed matrices of this claim, entry by entry in real and "
            f"imaginary parts: every valid{instrumental} assemblage in that box is postquantum. "
            f"Scenario: {self.scenario}."
        )
