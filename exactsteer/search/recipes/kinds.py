"""The kinds of positive-map examples that recipes look for, and how parameters spell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...api import named_outer_set
from ...constructions.mapped import BOBS, INPUTS, INSTRUMENTAL, KINDS, MAPS_TEXT, MappedStates
from ...exact.numbers import InputError
from ...statements.sets import OuterSet
from ..families import Family
from .base import Parameter

KIND = Parameter("two-alices", f"which of {', '.join(KINDS)}; it gives the defaults of the next three")
PARAMETERS: Mapping[str, Parameter] = {
    "kind": KIND,
    "measurements": Parameter(
        "", "of each uncharacterised party's qubit: X, Y, Z, -X (outcomes exchanged) or 3/5,0,4/5"
    ),
    "maps": Parameter("", f"{MAPS_TEXT}, with ';' between"),
    "role": Parameter("", f"whose the maps are: {BOBS}, {INPUTS} of one, or {INSTRUMENTAL}"),
    "set": Parameter("", "the outer set that is to be left, such as almost-quantum or no-signalling"),
    "amplitudes": Parameter("complex", "complex or real"),
}


@dataclass(frozen=True)
class Kind:
    """A family of assemblages, and the outer set that they are to leave."""

    name: str
    family: Family
    outer_set: OuterSet

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Kind:
        """From the parameters above; InputError that names the one that is bad."""
        name = parameters["kind"]
        if name not in KINDS:
            raise InputError(f"parameter kind: {name!r}, not one of {', '.join(KINDS)}")
        chosen = {key: parameters[key] or KINDS[name][key] for key in ("measurements", "maps", "role")}
        if parameters["amplitudes"] not in ("complex", "real"):
            raise InputError(f"parameter amplitudes: {parameters['amplitudes']!r}, not complex or real")
        try:
            states = MappedStates.read(**chosen)
        except InputError as error:
            raise InputError(f"parameter {error}") from None
        scenario = states.scenario
        default = "no-signalling" if scenario.bobs else "almost-quantum"
        outer_set = named_outer_set(scenario, parameters["set"] or default)
        return cls(name, Family(states, parameters["amplitudes"] == "real"), outer_set)
