"""Kind `member`: an assemblage belongs to an outer set of the quantum one, or has an LHS model."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Q
from ..kernel.program import Existence, Program
from ..kernel.reading import read_fields
from ..scenario import Elements, Scenario, marginal, read_scenario, read_table
from .assemblage import table_json, validity
from .claims import no_bound
from .forms import constant
from .sets import ConvexSet, model, read_set


@dataclass(frozen=True)
class Member:
    """The assemblage is the first row of a positive semidefinite moment matrix; or has hidden states.

    Source: Postquantum steering, Appendix A, Eqs. 9-12 and the feasibility problem after Eq. 29; LHS:
    Classical communication cost of quantum steering, Eq. 2.
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
        return cls(
            scenario,
            read_set(fields["set"], scenario, "claim.data.set"),
            read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage"),
            claim.field,
        )

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["set"] = self.convex_set.json()
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """The model of the set with the independent elements of the assemblage as data.

        The last equations are those of no-signalling and normalisation, between data: without them the
        table would not be determined by its independent elements.
        """
        independent = {
            label: constant(marginal(self.scenario, self.assemblage, label))
            for label in self.scenario.collins_gisin_labels()
        }
        found = model(self.scenario, self.convex_set, independent)
        table = {label: constant(matrix) for label, matrix in self.assemblage.items()}
        equations = [*found.equations(), *validity(self.scenario, table)]
        return Program(found.unknowns, found.blocks(), equations, Existence())

    def sentence(self) -> str:
        what = f"is {self.convex_set}"
        if not self.convex_set.holds_quantum:
            what = "has a local hidden state model"
            if self.scenario.dimension == 1:
                what += ", so its behaviour is Bell-local"
        return f"The assemblage of this claim {what}. {self.scenario.sentence()}"
