"""Kind `quantum-realisation`: an assemblage is quantum, shown by a state, measurements and channels."""

from __future__ import annotations

from .assemblage import elements_are
from .realisation import RealisedElements


class QuantumRealisation(RealisedElements):
    """σ[a|x y] = E_y[tr{(M_{a₁|x₁} ⊗ … ⊗ 1) ρ}] for every element of the claim, with channels E_y.

    Where not all elements are given, a quantum assemblage has these: an instrumental assemblage is
    given by the elements with trusted input y = a (Bipartite postquantum steering, Definition 5).
    Source: A formalism for steering, Eq. 1; Bipartite postquantum steering, Definition 1.
    """

    KIND = "quantum-realisation"

    def sentence(self) -> str:
        start = elements_are(self.scenario, self.assemblage, "quantum", "a quantum")
        return f"{start}: it arises from {self.realisation}. {self.scenario.sentence()}"
