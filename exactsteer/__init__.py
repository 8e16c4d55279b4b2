"""Numerical answers about quantum steering, turned into theorems.

The names below are imported on first use, so that the kernel, which lives in the same package,
needs nothing but the standard library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .api import (
        Classification,
        bound,
        check,
        classify,
        noise_robustness,
        validate,
        value,
        visibility,
    )
    from .classical import MessageCost, bell_local, messages, robustness
    from .constructions.states import white_noise
    from .exact.numbers import InputError
    from .inside import Reached, Realised, negativity, pseudo_realisation, realise, strategy
    from .parents import eigenvalue_tolerance, parent_assemblage
    from .prover.points import NotProved
    from .prover.prove import Enclosure, Proof
    from .scenario import Scenario
    from .steering import (
        Assemblage,
        Functional,
        InstrumentalAssemblage,
        PrintedAssemblage,
        SequentialAssemblage,
    )
    from .steering.layouts import LAYOUTS

_HOMES = {
    "Assemblage": "steering",
    "Classification": "api",
    "Enclosure": "prover.prove",
    "Functional": "steering",
    "InputError": "exact.numbers",
    "InstrumentalAssemblage": "steering",
    "LAYOUTS": "steering.layouts",
    "MessageCost": "classical",
    "NotProved": "prover.points",
    "PrintedAssemblage": "steering",
    "Proof": "prover.prove",
    "Realised": "inside",
    "Reached": "inside",
    "Scenario": "scenario",
    "SequentialAssemblage": "steering",
    "bell_local": "classical",
    "bound": "api",
    "check": "api",
    "classify": "api",
    "eigenvalue_tolerance": "parents",
    "messages": "classical",
    "negativity": "inside",
    "noise_robustness": "api",
    "parent_assemblage": "parents",
    "pseudo_realisation": "inside",
    "realise": "inside",
    "robustness": "classical",
    "strategy": "inside",
    "validate": "api",
    "value": "api",
    "visibility": "api",
    "white_noise": "constructions.states",
}

__all__ = [
    "LAYOUTS",
    "Assemblage",
    "Classification",
    "Enclosure",
    "Functional",
    "InputError",
    "InstrumentalAssemblage",
    "MessageCost",
    "NotProved",
    "PrintedAssemblage",
    "Proof",
    "Reached",
    "Realised",
    "Scenario",
    "SequentialAssemblage",
    "bell_local",
    "bound",
    "check",
    "classify",
    "eigenvalue_tolerance",
    "messages",
    "negativity",
    "noise_robustness",
    "parent_assemblage",
    "pseudo_realisation",
    "realise",
    "robustness",
    "strategy",
    "validate",
    "value",
    "visibility",
    "white_noise",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'exactsteer' has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
