"""Assemblages of the instrumental scenario: the trusted party's input is Alice's outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import numpy.typing as npt

from ..exact.numbers import InputError
from ..kernel.field import Field
from ..kernel.numbers import spoken
from ..scenario import Elements, Label, Scenario, label_text
from ..statements.assemblage import instrumental_labels
from .assemblage import Assemblage, joint_field, require_positive
from .files import elements_from_json, read_json
from .layouts import elements_from_array
from .written import Written


@dataclass(frozen=True, repr=False)
class InstrumentalAssemblage(Written):
    """σ[a|x] as the elements y = a of an assemblage with trusted input.

    `scenario` is that of the Bob-with-input assemblage, with as many trusted inputs as Alice has
    outcomes, and `table` holds its elements with y = a. Whether they belong to a valid assemblage,
    as a general instrumental assemblage must, is for `exactsteer.validate` to prove, which is easy
    where one is known, as `extension`.
    Source: Bipartite postquantum steering, Definitions 5 and 6.

    >>> import numpy as np
    >>> coin = np.full((2, 3, 2, 2), 0.25) * np.eye(2)
    >>> sigma = InstrumentalAssemblage.from_array(coin)
    >>> len(sigma.table)
    6
    """

    KIND = "instrumental"

    scenario: Scenario
    table: Elements
    extension: Elements | None = field(default=None, compare=False)

    @classmethod
    def of(cls, assemblage: Assemblage) -> InstrumentalAssemblage:
        """The components y = a of a Bob-with-input assemblage."""
        labels = instrumental_labels(assemblage.scenario)
        own = cls.from_elements(assemblage.scenario, {k: assemblage.table[k] for k in labels})
        return replace(own, extension=assemblage.table)

    @classmethod
    def from_elements(cls, scenario: Scenario, elements: Elements) -> InstrumentalAssemblage:
        if len(scenario.outcomes) != 1 or (scenario.trusted_inputs or 0) < max(scenario.outcomes[0]):
            raise InputError(
                "an instrumental assemblage has one party, with a trusted input for each outcome"
            )
        wanted = set(instrumental_labels(scenario))
        for label in sorted(wanted ^ set(elements), key=label_text):
            problem = "is missing" if label in wanted else "has a trusted input that is not the outcome"
            raise InputError(f"element {label_text(Label(label.parties))!r} {problem}")
        for x, outcomes in enumerate(scenario.outcomes[0]):
            traces = (elements[Label(((a, x),), a)].trace() for a in range(outcomes))
            trace = sum(traces, Fraction(0))
            if trace != 1:
                raise InputError(f"the traces of input {x} add up to {spoken(trace)}, not 1")
        require_positive(elements)
        return cls(scenario, elements)

    @classmethod
    def from_json(cls, path: str | Path) -> InstrumentalAssemblage:
        """From a file whose scenario has `"instrumental": true`, with labels a|x."""
        return cls.from_elements(*elements_from_json(read_json(Path(path)), "assemblage", str(path)))

    @classmethod
    def from_array(
        cls,
        array: npt.ArrayLike,
        layout: str = "outcomes-first",
        outcomes: Sequence[Sequence[int]] | None = None,
    ) -> InstrumentalAssemblage:
        """From `sigma[a, x]`, in a layout as for `Assemblage.from_array`; floats count as exact."""
        scenario, elements = elements_from_array(array, layout, outcomes)
        if len(scenario.outcomes) != 1:
            raise InputError(
                f"array of {len(scenario.outcomes)} parties: an instrumental assemblage has one"
            )
        wider = Scenario(scenario.outcomes, scenario.dimension, max(scenario.outcomes[0]))
        return cls.from_elements(wider, {_instrumental(k): v for k, v in elements.items()})

    def independent(self) -> Elements:
        """All elements: nothing is known about the others."""
        return self.table

    @property
    def field(self) -> Field:
        """The number field of all entries."""
        return joint_field(self.table)

    def _elements(self) -> Elements:
        return self.table

    def _shown(self) -> Elements:
        # σ[a|x] in the papers: the trusted input is the outcome.
        return {Label(label.parties): matrix for label, matrix in self.table.items()}


def _instrumental(label: Label) -> Label:
    part = label.parties[0]
    return Label(label.parties, None if part is None else part[0])
