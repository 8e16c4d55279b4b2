"""Kind `tolerance-bound`: how negative a parent assemblage has to be."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import stated
from ..kernel.program import Block, Equation, Program
from ..kernel.reading import read_fields
from ..scenario import Elements, Scenario, label_text, marginal, order, read_scenario, read_table
from .assemblage import table_json
from .claims import read_bound, read_relation
from .forms import Form, MatrixForm, RealForm, constant, positive_block, total
from .no_signalling import Assemblages
from .parents import Marginals
from .quantifiers import Decomposition, Table, bounding


@dataclass(frozen=True)
class ToleranceBound:
    """Σ[a|x] + t1 ⪰ 0 for Hermitian no-signalling Σ with the marginals σ: the least t is ≥, or ≤ bound.

    -t is the λ of Appendix B, the largest number that all eigenvalues of some Σ reach. Let party j have
    m_j outcomes for each of its inputs, and D = m₁ ⋯ m_n d₁ ⋯ d_N. Then T is a no-signalling parent of
    (1 - r)σ + r·(white noise) if, and only if, Σ = (T - r1/D)/(1 - r) is Hermitian, no-signalling, has
    the marginals σ, and Σ + t1 = T/(1 - r) ⪰ 0 for t = r/((1 - r)D). So the white-noise robustness r of
    σ, as regards parents, and its tolerance are tied by λ = -r/((1 - r)D) wherever σ has no parent.
    Source: Many characterised parties, Appendix B; Eqs. 21 and 24.
    """

    KIND = "tolerance-bound"

    scenario: Scenario
    assemblage: Elements
    relation: str
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> ToleranceBound:
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage", "relation"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        return cls(
            scenario,
            read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage"),
            read_relation(fields["relation"], "claim.data.relation"),
            read_bound(claim),
            claim.field,
        )

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage) | {"relation": self.relation}
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """Minimise t, the first unknown; or exhibit a Σ for some t ≤ bound."""
        table = Table(self.scenario, self.assemblage)
        parents = shifted_parents(table, ["the tolerance t"], {0: 1})
        return bounding(Decomposition(*parents, {0: 1}), self.relation, self.bound, table)

    def sentence(self) -> str:
        which = "Hermitian no-signalling Σ[a|x] on the joint system of the trusted parties"
        if self.relation == ">=":
            text = (
                f"If {which} have the marginals σ[a|x], the table of this claim, then some Σ[a|x] has "
                f"an eigenvalue λ <= {stated(-self.bound)}"
            )
        else:
            text = (
                f"Some {which} have the marginals σ[a|x], the table of this claim, and only eigenvalues "
                f"λ >= {stated(-self.bound)}"
            )
        return f"{text}. {self.scenario.sentence()}"


def shifted_parents(
    table: Table, unknowns: list[object], shift: RealForm
) -> tuple[list[object], list[Block], list[Equation]]:
    """Hermitian no-signalling Σ with the table's marginals, and Σ[a|x] + shift·1 ⪰ 0 for all a, x."""
    scenario, elements = table
    joint = scenario.parent()
    independent = {
        label: constant(marginal(scenario, elements, label)) for label in scenario.collins_gisin_labels()
    }
    parent = Assemblages(joint, None, unknowns)
    equations = Marginals(scenario, parent, independent).equations()
    size = range(joint.dimension)
    entry: Form = [(i, value, 0) for i, value in shift.items()]
    shifted: MatrixForm = [[entry if r == c else [] for c in size] for r in size]
    blocks = [
        positive_block(
            f"shifted Σ[{label_text(label)}]", total([(1, parent.element(label)), (1, shifted)])
        )
        for label in sorted(joint.labels(), key=order)
    ]
    return parent.unknowns, blocks, equations
