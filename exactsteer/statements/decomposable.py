"""Kind `decomposable-realisation`: whatever the trusted party measures, the correlations are quantum."""

from __future__ import annotations

from .assemblage import is_instrumental
from .realisation import DECOMPOSABLE, RealisedElements


class DecomposableRealisation(RealisedElements):
    """σ[a|x y] = Λ_y[tr{(M_{a₁|x₁} ⊗ … ⊗ 1) ρ}] with positive trace-preserving maps Λ_y.

    Each Λ_y is a completely positive map plus a transposition after another one, so it is positive,
    and its dual is unital. If the trusted party measures effects N_b, then

        p(a b|x y) = tr(N_b σ[a|x y]) = tr{(M_{a₁|x₁} ⊗ … ⊗ Λ_y†[N_b]) ρ}

    are quantum correlations, Λ_y†[N_b] being the effects of a POVM; for elements with trusted input
    y = a, quantum instrumental ones. The assemblage itself may be postquantum.
    Source: A formalism for steering, Eq. 29 and Sec. 5.1; Bipartite postquantum steering, Theorems 4
    and 8.
    """

    KIND = "decomposable-realisation"

    MAPS = DECOMPOSABLE

    def sentence(self) -> str:
        instrumental = "instrumental " if is_instrumental(self.scenario, self.assemblage) else ""
        return (
            f"Whatever the trusted party measures on the {len(self.assemblage)} elements of this claim, "
            f"the correlations are quantum {instrumental}correlations: the elements arise from "
            f"{self.realisation}. {self.scenario.sentence()}"
        )
