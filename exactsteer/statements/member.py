"""Kind `member`: an assemblage belongs to an outer set of the quantum one, or has an LHS model."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.errors import Malformed
from ..kernel.field import Field, Q
from ..kernel.program import Existence, Program
from ..kernel.reading import read_fields
from ..scenario import Elements, Scenario, marginal, read_full_elements, read_scenario, read_table
from .assemblage import elements_are, is_whole, table_json, validity
from .claims import no_bound
from .forms import constant
from .sets import ConvexSet, model, normalisation, read_set


@dataclass(frozen=True)
class Member:
    """The assemblage is the first row of a positive semidefinite moment matrix; or has hidden states.

    For LHS some elements will do: the claim then is that they belong to an LHS assemblage. So an
    instrumental assemblage has a local hidden state model if it is the part y = a of one with trusted
    input: σ[a|x] = Σ_λ D(a|x, λ) ρ_λa with tr ρ_λa the same for all a.
    Source: Postquantum steering, Appendix A, Eqs. 9-12 and the feasibility problem after Eq. 29; LHS:
    Classical communication cost of quantum steering, Eq. 2; Bipartite postquantum steering, Definition
    5.
    """

    KIND = "member"

    scenario: Scenario
    convex_set: ConvexSet
    assemblage: Elements
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> Member:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "set", "assemblage"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        convex_set = read_set(fields["set"], scenario, "claim.data.set")
        read = read_table if convex_set.holds_quantum else read_full_elements
        place = "claim.data.assemblage"
        elements = read(scenario, fields["assemblage"], claim.field, place)
        if not elements:
            raise Malformed(place, "needs an element")
        return cls(scenario, convex_set, elements, claim.field)

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["set"] = self.convex_set.json()
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """The model of the set with the elements of the assemblage as data.

        Of a whole assemblage those are the independent ones, and the last equations are no-signalling
        and normalisation, between data: without them the table would not be determined by its
        independent elements.
        """
        table = {label: constant(matrix) for label, matrix in self.assemblage.items()}
        if not is_whole(self.scenario, self.assemblage):
            part = model(self.scenario, self.convex_set, table)
            equations = [*part.equations(), normalisation(part)]
            return Program(part.unknowns, part.blocks(), equations, Existence())
        independent = {
            label: constant(marginal(self.scenario, self.assemblage, label))
            for label in self.scenario.collins_gisin_labels()
        }
        found = model(self.scenario, self.convex_set, independent)
        equations = [*found.equations(), *validity(self.scenario, table)]
        return Program(found.unknowns, found.blocks(), equations, Existence())

    def sentence(self) -> str:
        if is_whole(self.scenario, self.assemblage):
            start = f"The assemblage of this claim {what_it_is(self.convex_set, self.scenario)}"
        else:
            start = elements_are(self.scenario, self.assemblage, "LHS", "an LHS")
        return f"{start}. {self.scenario.sentence()}"


def what_it_is(convex_set: ConvexSet, scenario: Scenario) -> str:
    """The predicate of a sentence about an assemblage of the set."""
    if convex_set.holds_quantum:
        return f"is {convex_set}"
    local = ", so its behaviour is Bell-local" if scenario.dimension == 1 else ""
    return f"has a local hidden state model{local}"
