"""Linear functionals of assemblages, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy.typing as npt

from ..exact.numbers import InputError
from ..kernel.field import Field
from ..scenario import Elements, Scenario
from .assemblage import joint_field
from .files import elements_from_json, read_json, scenario_kind
from .layouts import elements_from_array
from .written import Written


@dataclass(frozen=True, repr=False)
class Functional(Written):
    """F(σ) = Σ_k tr(F_k σ_k), each F_k Hermitian d×d with exact entries.

    The labels k may be full, or leave parties out (Collins-Gisin form, as tables print it).
    Source: Postquantum steering, Eqs. 5 and 45.

    >>> import numpy as np
    >>> chsh = np.zeros((2, 2, 2, 2, 1, 1))
    >>> for a, b, x, y in np.ndindex(2, 2, 2, 2):
    ...     chsh[a, b, x, y] = (-1) ** (a + b + x * y)
    >>> len(Functional.from_array(chsh, "outcomes-first").coefficients)
    16
    """

    CONTENT = "functional"
    SYMBOL = "F"

    scenario: Scenario
    coefficients: Elements

    @property
    def field(self) -> Field:
        """The number field of all entries."""
        return joint_field(self.coefficients)

    def _elements(self) -> Elements:
        return self.coefficients

    @classmethod
    def from_json(cls, path: str | Path) -> Functional:
        """From a file `{"scenario": …, "functional": {label: matrix}}`."""
        value = read_json(Path(path))
        if scenario_kind(value) == "sequential":
            raise InputError(
                f'{path}: no functionals in the sequential scenario; leave "sequential" out'
            )
        return cls(*elements_from_json(value, "functional", str(path)))

    @classmethod
    def from_array(
        cls,
        array: npt.ArrayLike,
        layout: str,
        outcomes: Sequence[Sequence[int]] | None = None,
        trusted_input: bool = False,
    ) -> Functional:
        """From an array like that of `Assemblage.from_array`; floats count as exact."""
        return cls(*elements_from_array(array, layout, outcomes, trusted_input))
