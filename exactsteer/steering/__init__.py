"""The exact objects people work with, and their conversion from files and arrays."""

from __future__ import annotations

from .assemblage import Assemblage
from .functional import Functional
from .instrumental import InstrumentalAssemblage
from .printed import PrintedAssemblage
from .reading import AnyAssemblage, read
from .sequential import SequentialAssemblage

__all__ = [
    "AnyAssemblage",
    "Assemblage",
    "Functional",
    "InstrumentalAssemblage",
    "PrintedAssemblage",
    "SequentialAssemblage",
    "read",
]
