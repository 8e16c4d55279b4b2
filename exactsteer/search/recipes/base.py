"""What a recipe is: parameters, and work units that are functions of a seed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from ...exact.numbers import InputError
from ..hits import UnitResult


class Parameter(NamedTuple):
    """What a parameter is for, and its value if it is not given; all of them are text."""

    default: str
    meaning: str


class Recipe(ABC):
    """Says what candidates are, and judges them; one object for each thread of each process.

    `parameters` gives some or all of PARAMETERS; InputError, naming it, for one that is unknown or bad.
    VERSION is raised whenever a seed gives something else than before: a campaign goes on with its own
    version only.
    """

    SUMMARY: ClassVar[str]
    VERSION: ClassVar[int] = 1
    PARAMETERS: ClassVar[Mapping[str, Parameter]] = {}

    def __init__(self, parameters: Mapping[str, str]) -> None:
        for name in parameters:
            if name not in self.PARAMETERS:
                known = ", ".join(self.PARAMETERS) or "none"
                raise InputError(f"parameter {name!r}: the recipe has {known}")
        self.parameters = {name: own.default for name, own in self.PARAMETERS.items()} | dict(parameters)

    @abstractmethod
    def unit(self, seed: int, number: int) -> UnitResult:
        """Work unit `number` of the campaign with this seed: the same whenever and wherever it runs.

        Every hit is certified here, or says why it is not.
        """
