"""The claims, one file for each kind: fields, sentence in words, exact program. Trusted.

Read `exactsteer/scenario.py` first: it says what an element of an assemblage is. `words.py` and
`moments.py` define the outer sets, `forms.py` is the notation for affine forms.

A new kind of claim is a new file and a line in `KINDS`.
"""

from collections.abc import Callable

from ..kernel.certificate import Claim
from ..kernel.verdict import Statement
from .assemblage import ValidAssemblage
from .attained import FunctionalAttained
from .bound import FunctionalBound
from .excluded import BoxExcluded
from .member import Member
from .value import FunctionalValue
from .visibility import VisibilityBound

KINDS = (
    ValidAssemblage,
    FunctionalValue,
    FunctionalBound,
    FunctionalAttained,
    Member,
    BoxExcluded,
    VisibilityBound,
)

STATEMENTS: dict[str, Callable[[Claim], Statement]] = {kind.KIND: kind.read for kind in KINDS}

__all__ = [
    "KINDS",
    "STATEMENTS",
    "BoxExcluded",
    "FunctionalAttained",
    "FunctionalBound",
    "FunctionalValue",
    "Member",
    "ValidAssemblage",
    "VisibilityBound",
]
