"""Rows B3, B5, B8 and B9 of *A formalism for steering*: witnesses, positive maps, product bases."""

from __future__ import annotations

from fractions import Fraction

from ..api import bound, classify, noise_robustness, validate, value
from ..constructions.product_bases import (
    FOUR_PARTIES,
    SHIFTS,
    ProductBasis,
    gleason_assemblage,
    local_orthogonality_sum,
    plane_bases,
)
from ..constructions.witworld import witworld_assemblage
from ..exact.matrices import tensor
from ..exact.numbers import below
from ..kernel.matrix import identity
from ..kernel.numbers import decimal_text
from ..prover.points import NotProved
from ..prover.prove import Proof
from ..scenario import Label, Scenario
from ..steering import Assemblage, Functional
from ..steering.maps import LinearMap, breuer_hall, choi, generalised_choi, reduction, transposition
from ..witnesses import (
    decomposable,
    exclusive_events,
    indecomposable,
    positive,
    product_minimum,
    trace_preserving,
    unextendible,
)
from .examples import X, Y, Z, observable_measurement
from .formalism import FOLDER, PAPER
from .many_parties import ket
from .rows import Evidence, Listener
