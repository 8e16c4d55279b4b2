"""Kind `parent-box`: every assemblage near a given one has a parent assemblage."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.certificate import Claim
from ..kernel.errors import Malformed
from ..kernel.field import Field, Q
from ..kernel.numbers import rational_text, stated
from ..kernel.program import Existence, Program
from ..kernel.reading import read_fields, read_rational
from ..scenario import Elements, Scenario, read_scenario, read_table
from .assemblage import table_json, validity
from .claims import no_bound
from .forms import constant
from .quantifiers import Table
from .tolerance import shifted_parents


@dataclass(frozen=True)
class ParentBox:
    """Every valid σ' with |Re(σ' - σ)| ≤ radius and |Im(σ' - σ)| ≤ radius, entrywise, has a parent.

    σ has a parent whose elements are Σ[a|x] ⪰ margin·1. The difference Δ = σ' - σ has no signalling and
    one trace for all trusted parties, of which |tr Δ[a|x]| ≤ radius·min_k d_k, so

        Δ̂ = Σ_k Δ⁽ᵏ⁾ ⊗ 1_{others} d_k/D - (N - 1) tr[Δ] 1/D,      D = d₁ ⋯ d_N,

    has none either, and the marginals Δ⁽ᵏ⁾. A row of Δ⁽ᵏ⁾[a|x] has absolute values of at most radius on
    the diagonal and √2 radius < (3/2) radius beside it, which bounds its eigenvalues; so those of
    Δ̂[a|x] are at least -margin, and Σ + Δ̂ is a parent of σ', if

        margin = radius·(Σ_k (1 + 3(d_k - 1)/2) d_k/D + (N - 1) min_k d_k/D).

    With one uncharacterised party the parent, and so σ', is quantum.
    Source: Many characterised parties, Theorem 6.
    """

    KIND = "parent-box"

    scenario: Scenario
    assemblage: Elements
    radius: Fraction
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> ParentBox:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage", "radius"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        if scenario.trusted_inputs is not None:
            raise Malformed("claim.data.scenario", "trusted parties without input are needed")
        radius = read_rational(fields["radius"], "claim.data.radius")
        if radius < 0:
            raise Malformed("claim.data.radius", "a radius is not negative")
        table = read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage")
        return cls(scenario, table, radius, claim.field)

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage) | {"radius": rational_text(self.radius)}
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """A parent of σ with the margin; and σ is no-signalling, normalised, of equal traces."""
        margin = self.radius * margin_of_unit_box(self.scenario)
        unknowns, blocks, equations = shifted_parents(
            Table(self.scenario, self.assemblage), [], {None: -margin}
        )
        table = {label: constant(matrix) for label, matrix in self.assemblage.items()}
        equations = [*equations, *validity(self.scenario, table)]
        return Program(unknowns, blocks, equations, Existence())

    def sentence(self) -> str:
        hence = ", and so is quantum" if len(self.scenario.outcomes) == 1 else ""
        return (
            f"Every valid assemblage within {stated(self.radius)} of the table of this claim, entry by "
            "entry in real and imaginary parts, is what the trusted parties see of a no-signalling "
            f"assemblage of their joint system{hence}. {self.scenario.sentence()}"
        )


def margin_of_unit_box(scenario: Scenario) -> Fraction:
    """The margin that a parent needs for a box of radius 1."""
    sizes = [len(rows) for rows in scenario.summands()]
    changes = sum(((1 + Fraction(3, 2) * (size - 1)) * size for size in sizes), Fraction(0))
    return (changes + (len(sizes) - 1) * min(sizes)) * Fraction(1, scenario.joint_dimension)
