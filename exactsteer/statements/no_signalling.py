"""No-signalling assemblages: the largest set, with nothing asked for but what an assemblage is.

σ[a|x] ⪰ 0, no-signalling, tr Σ_a σ[a|x] = 1. With one uncharacterised party and no trusted input this
*is* the quantum set (Gisin; Hughston, Jozsa, Wootters), so that no moment matrix is needed there. With
several trusted parties it is the set of assemblages that have a parent assemblage.

Source: Postquantum steering, Eqs. 4a-4d; Many characterised parties, Theorem 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..kernel.program import Block, Equation
from ..kernel.reading import Json
from ..scenario import Label, Scenario, label_text, order, trace_signalling
from .forms import (
    MatrixForm,
    RealForm,
    equation,
    positive_block,
    total,
    trace,
    unknown,
)


@dataclass(frozen=True)
class NoSignalling:
    """The set of all no-signalling assemblages, by its name `no-signalling`."""

    holds_quantum: ClassVar[bool] = True

    def json(self) -> Json:
        return "no-signalling"

    def __str__(self) -> str:
        return "no-signalling"


NO_SIGNALLING = NoSignalling()


class Assemblages:
    """All assemblages of one trusted party: their independent elements are the unknowns.

    The others follow from these, so that no-signalling needs no equation. `known` gives the independent
    elements: data, or forms in the unknowns that `unknowns` starts with.
    """

    def __init__(
        self,
        scenario: Scenario,
        known: Mapping[Label, MatrixForm] | None = None,
        unknowns: list[object] | None = None,
    ) -> None:
        self.scenario = scenario
        self.unknowns: list[object] = [] if unknowns is None else unknowns
        self._independent = dict(known or {})
        if known is None:
            for label in sorted(scenario.collins_gisin_labels(), key=order):
                name = f"σ[{label_text(label)}]"
                self._independent[label] = unknown(self.unknowns, name, scenario.dimension, True)

    def element(self, label: Label) -> MatrixForm:
        """σ[label]."""
        return total((sign, self._independent[part]) for sign, part in self.scenario.expansion(label))

    def blocks(self) -> list[Block]:
        """Every element."""
        return [
            positive_block(f"σ[{label_text(label)}]", self.element(label))
            for label in sorted(self.scenario.labels(), key=order)
        ]

    def equations(self) -> list[Equation]:
        """tr σ[a|x y] does not depend on the trusted input y."""
        return [
            equation(name, trace(total((sign, self.element(label)) for sign, label in terms)), 0)
            for name, terms in trace_signalling(self.scenario)
        ]

    def weight(self) -> RealForm:
        """tr Σ_a σ[a|x], which is 1 for an assemblage."""
        return trace(self.element(self.scenario.nobody()))
