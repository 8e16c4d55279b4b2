"""Kind `member`: an assemblage belongs to an outer set."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.program import Existence, Program
from ..kernel.reading import read_fields
from ..scenario import Elements, Scenario, marginal, read_scenario, read_table
from .assemblage import no_signalling, table_json
from .claims import no_bound
from .moments import MomentMatrix, read_set, word_of


@dataclass(frozen=True)
class Member:
    """The assemblage is the first row of a positive semidefinite moment matrix.

    Source: Postquantum steering, Appendix A, Eqs. 9-12 and the feasibility problem after Eq. 29.
    """

    KIND = "member"

    scenario: Scenario
    outer_set: str
    assemblage: Elements

    @classmethod
    def read(cls, claim: Claim) -> Member:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "set", "assemblage"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        return cls(
            scenario,
            read_set(fields["set"], "claim.data.set"),
            read_table(scenario, fields["assemblage"], "claim.data.assemblage"),
        )

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["set"] = self.outer_set
        return Claim(self.KIND, "Q", data, None)

    def program(self) -> Program:
        """Γ ⪰ 0 with the moments of the assemblage as data.

        The equations are those of no-signalling and normalisation, between data: without them the
        table would not be determined by the moments. Positivity of each element follows from Γ.
        """
        known = {
            word_of(label): marginal(self.scenario, self.assemblage, label)
            for label in self.scenario.collins_gisin_labels()
        }
        moments = MomentMatrix(self.scenario, known)
        equations = no_signalling(self.scenario, self.assemblage)
        return Program(moments.unknowns, [moments.block], equations, Existence())

    def sentence(self) -> str:
        return f"The assemblage of this claim is {self.outer_set}. Scenario: {self.scenario}."
