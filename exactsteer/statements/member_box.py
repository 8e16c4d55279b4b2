"""Kind `member-box`: every assemblage near a given one belongs to a convex set."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Q
from ..kernel.program import Existence, Program
from ..kernel.reading import read_fields
from ..scenario import marginal, read_scenario
from .assemblage import validity
from .boxes import Box, read_box
from .claims import no_bound
from .forms import constant, total
from .member import what_it_is
from .sets import ConvexSet, model, read_set


@dataclass(frozen=True)
class MemberBox:
    """Every valid σ' in the box around σ belongs to the set: it is LHS, or in an outer set.

    With the share p of noise ω that the box needs, σ - pω is (1 - p) times an assemblage of the set.
    Source: `boxes.py`.
    """

    KIND = "member-box"

    box: Box
    convex_set: ConvexSet
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> MemberBox:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "set", "centre", "radius"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        convex_set = read_set(fields["set"], scenario, "claim.data.set")
        return cls(read_box(scenario, fields, claim.field), convex_set, claim.field)

    def claim(self) -> Claim:
        data = self.box.json() | {"set": self.convex_set.json()}
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """σ - pω in the cone of the set; and σ is no-signalling and normalised."""
        scenario, table, p = self.box.scenario, self.box.table(), self.box.share()
        rest = {
            label: total(
                [
                    (1, constant(marginal(scenario, table, label))),
                    (-p, constant(self.box.noise(label))),
                ]
            )
            for label in scenario.collins_gisin_labels()
        }
        found = model(scenario, self.convex_set, rest)
        forms = {label: constant(matrix) for label, matrix in table.items()}
        equations = [*found.equations(), *validity(scenario, forms)]
        return Program(found.unknowns, found.blocks(), equations, Existence())

    def sentence(self) -> str:
        what = what_it_is(self.convex_set, self.box.scenario)
        return f"{self.box.sentence()} {what}. {self.box.scenario.sentence()}"
