"""Numerical answers about quantum steering, turned into theorems.

Objects: `Assemblage`, `InstrumentalAssemblage`, `SequentialAssemblage`, `PrintedAssemblage`,
`Functional`; `read` makes them of files. Questions: `classify`, `member`, `bound`, `realise`,
`robustness`; `check` is the kernel's verdict. Errors: `InputError`, `NotProved`. More is in the modules
`api` (values, validity, visibility), `classical` (messages, Bell-local), `inside` (strategies,
negativity, pseudo-states), `parents` (several trusted parties), `witnesses` (maps, product states and
bases), `constructions`, `steering`.

The names are imported on first use, so that the kernel, which lives in the same package, needs nothing
but the standard library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .api import bound, check
    from .classical import robustness
    from .classification import classify, member
    from .exact.numbers import InputError
    from .inside import realise
    from .prover.points import NotProved
    from .steering import (
        Assemblage,
        Functional,
        InstrumentalAssemblage,
        PrintedAssemblage,
        SequentialAssemblage,
        read,
    )

_HOMES = {
    "Assemblage": "steering",
    "Functional": "steering",
    "InputError": "exact.numbers",
    "InstrumentalAssemblage": "steering",
    "NotProved": "prover.points",
    "PrintedAssemblage": "steering",
    "SequentialAssemblage": "steering",
    "bound": "api",
    "check": "api",
    "classify": "classification",
    "member": "classification",
    "read": "steering",
    "realise": "inside",
    "robustness": "classical",
}

__all__ = [
    "Assemblage",
    "Functional",
    "InputError",
    "InstrumentalAssemblage",
    "NotProved",
    "PrintedAssemblage",
    "SequentialAssemblage",
    "bound",
    "check",
    "classify",
    "member",
    "read",
    "realise",
    "robustness",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'exactsteer' has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
