"""The exact objects people work with, and their conversion from files and arrays."""

from .assemblage import Assemblage
from .functional import Functional

__all__ = ["Assemblage", "Functional"]
