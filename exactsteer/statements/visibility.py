"""Kind `visibility-bound`: how much noise an assemblage bears outside an outer set."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.matrix import Matrix
from ..kernel.numbers import stated
from ..kernel.program import LowerBound, Program
from ..kernel.reading import read_fields
from ..scenario import Elements, Scenario, elements_json, marginal, read_scenario, read_table
from .assemblage import table_json
from .claims import read_bound
from .forms import MatrixForm, constant, total
from .sets import ConvexSet, model, read_set


@dataclass(frozen=True)
class VisibilityBound:
    """v ≤ bound whenever vσ + (1 - v)τ belongs to the set, τ the noise.

    So σ mixed with less than 1 - bound of the noise is outside the set. The other side, that the
    mixture of some v belongs to it, is a claim of kind `member`.
    Source: many characterised parties, Eqs. 20 and 24, with r = 1 - v.
    """

    KIND = "visibility-bound"

    scenario: Scenario
    convex_set: ConvexSet
    assemblage: Elements
    noise: Elements
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> VisibilityBound:
        fields = read_fields(claim.data, "claim.data", ("scenario", "set", "assemblage", "noise"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        return cls(
            scenario,
            read_set(fields["set"], scenario, "claim.data.set"),
            read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage"),
            read_table(scenario, fields["noise"], claim.field, "claim.data.noise"),
            read_bound(claim),
            claim.field,
        )

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data |= {"set": self.convex_set.json(), "noise": elements_json(self.scenario, self.noise)}
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """The mixture in the cone of the set, affine in the first unknown v; minimise -v.

        It is known by its independent elements only, and nothing else is asked of it: where the mixture
        is no valid assemblage it does not belong to the set, and the claim stays true.
        """
        independent = {
            label: mixture(*(marginal(self.scenario, t, label) for t in (self.assemblage, self.noise)))
            for label in self.scenario.collins_gisin_labels()
        }
        mixed = model(self.scenario, self.convex_set, independent, ["the visibility v"])
        goal = LowerBound({0: -1}, -self.bound)
        return Program(mixed.unknowns, mixed.blocks(), mixed.equations(), goal)

    def sentence(self) -> str:
        too = ", as quantum ones do" if self.convex_set.holds_quantum else ""
        return (
            f"If vσ + (1 - v)τ belongs to the {self.convex_set} assemblages{too}, then "
            f"v <= {stated(self.bound)}, for the tables σ (assemblage) and τ (noise) of this claim. "
            f"{self.scenario.sentence()}"
        )


def mixture(assemblage: Matrix, noise: Matrix) -> MatrixForm:
    """vσ + (1 - v)τ, v being unknown 0."""
    slope: MatrixForm = [
        [[(0, re, im) for _, re, im in form] for form in row] for row in constant(assemblage - noise)
    ]
    return total([(1, slope), (1, constant(noise))])
