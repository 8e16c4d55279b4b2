"""What several kinds of claim read and say in the same way."""

from __future__ import annotations

from ..kernel.certificate import Claim
from ..kernel.errors import Malformed
from ..kernel.field import Number
from ..kernel.reading import Json, read_text

RELATIONS = (">=", "<=")


def no_bound(claim: Claim) -> None:
    if claim.bound is not None:
        raise Malformed("claim.bound", f"a claim of kind {claim.kind!r} has none; write null")


def read_bound(claim: Claim) -> Number:
    if claim.bound is None:
        raise Malformed("claim.bound", f"a claim of kind {claim.kind!r} needs one")
    return claim.bound


def read_relation(value: Json, place: str) -> str:
    relation = read_text(value, place)
    if relation not in RELATIONS:
        raise Malformed(place, f"{relation[:40]!r} is not '>=' or '<='")
    return relation
