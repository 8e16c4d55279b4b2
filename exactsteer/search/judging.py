"""From an exact assemblage to a hit: its certificates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from ..classification import require_valid
from ..exact.numbers import InputError
from ..prover.points import Journal, NotProved
from ..prover.prove import Proof, exclude
from ..statements import BoxExcluded
from ..statements.sets import OuterSet
from ..steering import Assemblage, InstrumentalAssemblage

Example: TypeAlias = Assemblage | InstrumentalAssemblage
POSTQUANTUM = "postquantum.json"


def postquantum(example: Example, outer_set: OuterSet) -> dict[str, Proof]:
    """That it is valid, and outside the set, for as large a radius as the solver's multipliers prove.

    NotProved, or InputError if it is not valid.
    """
    centre = example.independent()
    box = BoxExcluded(example.scenario, outer_set, centre, Fraction(0), example.field)
    return {"valid.json": require_valid(example), POSTQUANTUM: exclude(box, Journal()).proof}


def certificates(prove_all: Callable[[], Mapping[str, Proof]]) -> tuple[dict[str, bytes], str]:
    """The files of all the proofs, which the kernel accepts; or none, and why one cannot be made."""
    try:
        return {name: proof.bytes() for name, proof in prove_all().items()}, ""
    except (NotProved, InputError, ArithmeticError) as error:
        return {}, str(error) or type(error).__name__
