"""The claims, one file for each kind: fields, sentence in words, exact program. Trusted.

Read `exactsteer/scenario.py` first: it says what an element of an assemblage is. `words.py`,
`moments.py` and `no_signalling.py` define the outer sets, `parents.py` what they are for several trusted
parties, `hidden_states.py` what is LHS, `realisation.py` what is quantum, and `forms.py` is the notation
for affine forms.

A new kind of claim is a new file and a line in `KINDS`.
"""

from collections.abc import Callable

from ..kernel.certificate import Claim
from ..kernel.verdict import Statement
from .anticommuting import AnticommutingRobustness
from .assemblage import ValidAssemblage
from .attained import FunctionalAttained
from .bound import FunctionalBound
from .decomposable import DecomposableRealisation
from .excluded import BoxExcluded
from .lhs_bound import LhsBound
from .member import Member
from .member_box import MemberBox
from .messages import MessagesByNullity, MessagesByPurity, MessagesSuffice
from .overlaps import OverlapBound, OverlapRobustness
from .parent_box import ParentBox
from .positive_maps import (
    CompletelyPositiveMap,
    DecomposableMap,
    IndecomposableMap,
    PositiveMap,
    TracePreservingMap,
)
from .product_bases import ExclusiveEvents, UnextendibleBasis
from .product_states import ProductAttained, ProductBound
from .projective import PovmLocal, ProjectiveLocal, ProjectiveLocalBox
from .pseudo import PseudoRealisation
from .quantifiers import GeneralisedRobustnessBound, NegativityBound, WeightBound
from .quantum import QuantumRealisation
from .quantum_box import QuantumBox
from .realised import FunctionalRealised
from .semidefinite import SemidefiniteAttained, SemidefiniteBound, SemidefiniteInfeasible
from .sequential import SequentialRealisation
from .tolerance import ToleranceBound
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
    QuantumRealisation,
    FunctionalRealised,
    DecomposableRealisation,
    PseudoRealisation,
    NegativityBound,
    GeneralisedRobustnessBound,
    WeightBound,
    ToleranceBound,
    ParentBox,
    MemberBox,
    QuantumBox,
    LhsBound,
    ProjectiveLocal,
    ProjectiveLocalBox,
    PovmLocal,
    OverlapBound,
    OverlapRobustness,
    AnticommutingRobustness,
    MessagesByPurity,
    MessagesByNullity,
    MessagesSuffice,
    SequentialRealisation,
    ProductBound,
    ProductAttained,
    PositiveMap,
    CompletelyPositiveMap,
    DecomposableMap,
    IndecomposableMap,
    TracePreservingMap,
    UnextendibleBasis,
    ExclusiveEvents,
    SemidefiniteBound,
    SemidefiniteAttained,
    SemidefiniteInfeasible,
)

STATEMENTS: dict[str, Callable[[Claim], Statement]] = {kind.KIND: kind.read for kind in KINDS}

__all__ = [
    "KINDS",
    "STATEMENTS",
    "AnticommutingRobustness",
    "BoxExcluded",
    "CompletelyPositiveMap",
    "DecomposableMap",
    "DecomposableRealisation",
    "ExclusiveEvents",
    "FunctionalAttained",
    "FunctionalBound",
    "FunctionalRealised",
    "FunctionalValue",
    "GeneralisedRobustnessBound",
    "IndecomposableMap",
    "LhsBound",
    "Member",
    "MemberBox",
    "MessagesByNullity",
    "MessagesByPurity",
    "MessagesSuffice",
    "NegativityBound",
    "OverlapBound",
    "OverlapRobustness",
    "ParentBox",
    "PositiveMap",
    "PovmLocal",
    "ProductAttained",
    "ProductBound",
    "ProjectiveLocal",
    "ProjectiveLocalBox",
    "PseudoRealisation",
    "QuantumBox",
    "QuantumRealisation",
    "SemidefiniteAttained",
    "SemidefiniteBound",
    "SemidefiniteInfeasible",
    "SequentialRealisation",
    "ToleranceBound",
    "TracePreservingMap",
    "UnextendibleBasis",
    "ValidAssemblage",
    "VisibilityBound",
    "WeightBound",
]
