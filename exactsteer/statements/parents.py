"""Parent assemblages: what several trusted parties see of an assemblage of their joint system.

An assemblage σ of trusted parties on H₁, …, H_N belongs to an outer set if there is an assemblage Σ in
that set, of one trusted party who holds H₁ ⊗ … ⊗ H_N, with

    tr_{others} Σ[a|x] = σ⁽ᵏ⁾[a|x]      for every k, a, x.

With quantum Σ this is what a quantum realisation of σ means. So the parents of the levels of a hierarchy
make a hierarchy of outer sets of the quantum one; and with one uncharacterised party, where every
no-signalling Σ is quantum, a parent assemblage is all that is needed.

Source: Many characterised parties, Theorems 6 and 12, Definition 13.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..kernel.program import Block, Equation
from ..scenario import Label, Scenario, label_text, order
from .forms import MatrixForm, RealForm, marginals, total, vanishing_element


class Model(Protocol):
    """The cone of a convex set of assemblages: unknowns, blocks and equations; σ as forms in these."""

    unknowns: list[object]

    def element(self, label: Label) -> MatrixForm:
        """σ[label]."""

    def blocks(self) -> list[Block]:
        """Matrices to be positive semidefinite."""

    def equations(self) -> list[Equation]:
        """What the unknowns satisfy, beside the normalisation."""

    def weight(self) -> RealForm:
        """tr Σ_a σ[a|x], which is 1 for an assemblage."""


class Marginals:
    """What the trusted parties of the scenario see of the parent, an assemblage of their joint system.

    `known` gives the independent elements that they are to see: data, or forms in the unknowns that
    those of the parent start with.
    """

    def __init__(
        self, scenario: Scenario, parent: Model, known: Mapping[Label, MatrixForm] | None = None
    ) -> None:
        self.scenario, self.parent = scenario, parent
        self.unknowns = parent.unknowns
        self._known = known or {}

    def element(self, label: Label) -> MatrixForm:
        """⊕_k tr_{others} Σ[label]."""
        return marginals(self.scenario, self.parent.element(label))

    def blocks(self) -> list[Block]:
        """Those of the parent, which make σ positive too."""
        return self.parent.blocks()

    def equations(self) -> list[Equation]:
        """Those of the parent, and that the known elements are its marginals."""
        equations = self.parent.equations()
        for label, form in sorted(self._known.items(), key=lambda item: order(item[0])):
            difference = total([(1, self.element(label)), (-1, form)])
            name = f"marginals of the parent against σ[{label_text(label)}]"
            equations += vanishing_element(self.scenario, name, difference)
        return equations

    def weight(self) -> RealForm:
        """tr Σ_a Σ[a|x]."""
        return self.parent.weight()
