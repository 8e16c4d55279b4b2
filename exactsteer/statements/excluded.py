"""Kind `box-excluded`: every assemblage near printed numbers is outside an outer set."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.certificate import Claim
from ..kernel.errors import Malformed
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
from .claims import no_bound
from .moments import MomentMatrix, read_set


@dataclass(frozen=True)
class BoxExcluded:
    """No σ of the outer set has |Re(σ_k - c_k)| ≤ radius and |Im(σ_k - c_k)| ≤ radius, entrywise.

    k runs over the labels of `centre`, which may be all elements, or only those that a table
    prints (a label that leaves parties out is a sum over their outcomes). A table printed with
    four decimals is a box of radius 5·10⁻⁵; radius 0 excludes one assemblage.
    """

    KIND = "box-excluded"

    scenario: Scenario
    outer_set: str
    centre: Elements
    radius: Fraction

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
            read_set(fields["set"], "claim.data.set"),
            read_elements(scenario, fields["centre"], "claim.data.centre"),
            radius,
        )

    def claim(self) -> Claim:
        data = {
            "scenario": self.scenario.json(),
            "set": self.outer_set,
            "centre": elements_json(self.centre),
            "radius": rational_text(self.radius),
        }
        return Claim(self.KIND, "Q", data, None)

    def program(self) -> Program:
        """Γ ⪰ 0, tr M(∅) = 1, and two inequalities for each real coordinate of the box."""
        moments = MomentMatrix(self.scenario)
        blocks = [moments.block]
        for label, matrix in in_order(self.centre):
            for row in range(self.scenario.dimension):
                for column in range(row + 1):
                    forms = moments.element(label, row, column)
                    parts = ("real", "imaginary") if row != column else ("real",)
                    numbers = matrix.entry(row, column)
                    for part, form, number in zip(parts, forms, numbers, strict=False):
                        name = f"{part} part of σ[{label_text(label)}] at ({row}, {column})"
                        blocks += self._interval(name, form, number)
        return Program(moments.unknowns, blocks, [moments.normalisation()], Impossibility())

    def _interval(self, name: str, form: dict[int, int], number: Fraction) -> list[Block]:
        return [
            Block(
                f"{side} end of the {name}",
                1,
                [(0, 0, self.radius - sign * number, 0)],
                {i: [(0, 0, sign * value, 0)] for i, value in form.items()},
            )
            for side, sign in (("lower", 1), ("upper", -1))
        ]

    def sentence(self) -> str:
        return (
            f"No {self.outer_set} assemblage, hence no quantum one, lies within {stated(self.radius)} "
            "of the printed matrices of this claim, entry by entry in real and imaginary parts: every "
            f"valid assemblage in that box is postquantum. Scenario: {self.scenario}."
        )
