"""Assemblages of the sequential scenario: one Alice measures her system several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy.typing as npt

from ..exact.numbers import InputError
from ..kernel.field import Field
from ..kernel.numbers import spoken
from ..scenario import Elements, Scenario, label_text
from ..statements.sequential import later_inputs, sum_of_first
from .assemblage import joint_field, largest_entry, require_positive
from .files import elements_from_json, read_json
from .layouts import elements_from_array
from .written import Written


@dataclass(frozen=True, repr=False)
class SequentialAssemblage(Written):
    """σ[a₁…a_k|x₁…x_k], where no sum over later outcomes depends on later inputs.

    The "parties" of `scenario` are the steps of one Alice; earlier steps may signal to later ones.
    Built by `from_elements`, `from_json` or `from_array`, which raise InputError with place and amount.
    Source: Bipartite postquantum steering, Fig. 1b.

    >>> import numpy as np
    >>> coins = np.full((2, 2, 1, 2, 2, 2), 0.125) * np.eye(2)
    >>> coins[0, :, 0, 1] = [[[.25, 0], [0, 0]], [[0, 0], [0, .25]]]
    >>> SequentialAssemblage.from_array(coins, "outcomes-first").scenario.outcomes
    ((2,), (2, 2))
    """

    KIND = "sequential"

    scenario: Scenario
    table: Elements

    @classmethod
    def from_elements(cls, scenario: Scenario, elements: Elements) -> SequentialAssemblage:
        """From all elements, none of them a sum."""
        if scenario.trusted_inputs is not None:
            raise InputError("the trusted party has no input in the sequential scenario")
        labels = set(scenario.labels())
        for label in sorted(labels ^ set(elements), key=label_text):
            problem = "is missing" if label in labels else "is a sum; give all full elements"
            raise InputError(f"element {label_text(label)!r} {problem}")
        for where, difference in later_inputs(scenario, elements):
            amount = largest_entry(difference.reduced())
            if amount:
                raise InputError(f"not sequential: {where}, by {spoken(amount)}")
        trace = sum_of_first(scenario, elements).trace()
        if trace != 1:
            raise InputError(f"not normalised: the reduced state has trace {spoken(trace)}, not 1")
        require_positive(elements)
        return cls(scenario, elements)

    @classmethod
    def from_json(cls, path: str | Path) -> SequentialAssemblage:
        """From a file whose scenario has `"sequential": true`."""
        return cls.from_elements(*elements_from_json(read_json(Path(path)), "assemblage", str(path)))

    @classmethod
    def from_array(
        cls, array: npt.ArrayLike, layout: str, outcomes: Sequence[Sequence[int]] | None = None
    ) -> SequentialAssemblage:
        """From an array in a named layout other than `collins-gisin`; floats count as exact."""
        return cls.from_elements(*elements_from_array(array, layout, outcomes))

    @property
    def field(self) -> Field:
        """The number field of all entries."""
        return joint_field(self.table)

    def _elements(self) -> Elements:
        return self.table
