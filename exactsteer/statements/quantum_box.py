"""Kind `quantum-box`: every assemblage near a given one is quantum."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.certificate import Claim
from ..kernel.field import Field, Q
from ..kernel.program import Existence, Program
from ..kernel.reading import read_fields
from ..scenario import label_text, read_scenario
from .boxes import Box, read_box
from .claims import no_bound
from .forms import constant, inequality, total, trace, vanishing
from .realisation import Realisation, normalisation, read_realisation


@dataclass(frozen=True)
class QuantumBox:
    """Every valid σ' in the box around σ is quantum, since σ = (1 - p)τ + pω with a quantum τ.

    p is the share of noise ω that the box needs, and τ is what the realisation makes.
    Source: `boxes.py`; LHS assemblages are quantum, and mixtures of quantum ones (shared randomness).
    """

    KIND = "quantum-box"

    box: Box
    realisation: Realisation
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> QuantumBox:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "centre", "radius", "realisation"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        place = "claim.data.realisation"
        realisation = read_realisation(scenario, fields["realisation"], claim.field, place)
        return cls(read_box(scenario, fields, claim.field), realisation, claim.field)

    def claim(self) -> Claim:
        data = self.box.json() | {"realisation": self.realisation.json()}
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """No unknowns: τ is quantum, p ≤ 1, and (1 - p)τ + pω = σ for all elements of the claim.

        These determine σ, which therefore is no-signalling and normalised like τ and ω.
        """
        scenario, p = self.box.scenario, self.box.share()
        tau = self.realisation.elements(self.box.centre)
        equations = [
            *self.realisation.equations(),
            normalisation(trace(constant(self.realisation.reduced_state()))),
        ]
        for label, matrix in self.box.centre.items():
            mixture = total(
                [
                    (1 - p, constant(scenario.marginals(tau[label]))),
                    (p, constant(self.box.noise(label))),
                    (-1, constant(matrix)),
                ]
            )
            equations += vanishing(f"mixture minus claimed σ[{label_text(label)}]", mixture)
        room = inequality("share of the realisation", {None: Fraction(1) - p})
        return Program([], [*self.realisation.blocks(), room], equations, Existence())

    def sentence(self) -> str:
        return (
            f"{self.box.sentence()} is quantum: a mixture of an assemblage that has a local hidden "
            f"state model with the one that arises from {self.realisation}. "
            f"{self.box.scenario.sentence()}"
        )
