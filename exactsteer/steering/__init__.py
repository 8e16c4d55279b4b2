"""The exact objects people work with, and their conversion from files and arrays."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from .assemblage import Assemblage
from .files import elements_from_json, read_json, scenario_kind
from .functional import Functional
from .instrumental import InstrumentalAssemblage
from .printed import PrintedAssemblage
from .sequential import SequentialAssemblage

AnyAssemblage: TypeAlias = Assemblage | InstrumentalAssemblage | SequentialAssemblage


def assemblage_from_json(path: str | Path) -> AnyAssemblage:
    """Whichever kind of assemblage the file holds, as its scenario says."""
    value = read_json(Path(path))
    kinds: dict[str, type[AnyAssemblage]] = {
        "instrumental": InstrumentalAssemblage,
        "sequential": SequentialAssemblage,
    }
    kind = kinds.get(scenario_kind(value), Assemblage)
    return kind.from_elements(*elements_from_json(value, "assemblage", str(path)))


__all__ = [
    "AnyAssemblage",
    "Assemblage",
    "Functional",
    "InstrumentalAssemblage",
    "PrintedAssemblage",
    "SequentialAssemblage",
    "assemblage_from_json",
]
