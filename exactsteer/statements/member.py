"""Kind `member`: an assemblage belongs to an outer set."""

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
from .moments import MomentMatrix, moments_of
from .words import WordSet, read_set


@dataclass(frozen=True)
class Member:
    """The assemblage is the first row of a positive semidefinite moment matrix.

    Source: Postquantum steering, Appendix A, Eqs. 9-12 and the feasibility problem after Eq. 29.
    """

    KIND = "member"

    scenario: Scenario
    outer_set: WordSet
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
        data["set"] = self.outer_set.json()
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """Γ ⪰ 0 with the moments of the assemblage as data.

        The equations are those of no-signalling and normalisation, between data: without them the
        table would not be determined by the moments.
        """
        independent = {
            label: constant(marginal(self.scenario, self.assemblage, label))
            for label in self.scenario.collins_gisin_labels()
        }
        known = moments_of(self.scenario, independent)
        moments = MomentMatrix(self.scenario, self.outer_set, known)
        table = {label: constant(matrix) for label, matrix in self.assemblage.items()}
        equations = validity(self.scenario, table)
        return Program(moments.unknowns, moments.blocks(), equations, Existence())

    def sentence(self) -> str:
        return f"The assemblage of this claim is {self.outer_set}. Scenario: {self.scenario}."
