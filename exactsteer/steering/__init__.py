"""The exact objects people work with, and their conversion from files and arrays."""

from .assemblage import Assemblage
from .functional import Functional
from .instrumental import InstrumentalAssemblage

__all__ = ["Assemblage", "Functional", "InstrumentalAssemblage"]
