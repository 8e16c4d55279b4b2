"""The words in which the corpus is written: matrices, witnesses, certificates, and changes of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Json = Any
W, C = "witness", "claim"

# One party, one input, two outcomes, trusted dimension 1: Γ = [[1, p], [p, p]] with p = σ[0|0].
COIN = {"parties": ["2"], "dimension": "1"}
# One party, two inputs, trusted qubit.
QUBIT = {"parties": ["2 2"], "dimension": "2"}


def matrix(*rows: str, denominator: str = "1", imaginary: tuple[str, ...] = ()) -> Json:
    value: Json = {"denominator": denominator, "real": list(rows)}
    if imaginary:
        value["imaginary"] = list(imaginary)
    return value


def factored(factor: Json, weights: str, denominator: str = "1") -> Json:
    return {"rule": "factored", "factor": factor, "weights": matrix(weights, denominator=denominator)}


DOMINANT = {"rule": "dominant"}


def certificate(kind: str, data: Json, bound: str | None, witness: Json) -> Json:
    return {
        "format": "exactsteer-certificate",
        "version": "1",
        "claim": {"kind": kind, "field": "Q", "data": data, "bound": bound},
        "witness": witness,
        "provenance": "",
    }


ROOT2 = {"polynomial": "-2 0 1", "low": "1", "high": "2"}
MINUS_ROOT2 = {"polynomial": "-2 0 1", "low": "-2", "high": "-1"}
REDUCIBLE = {"polynomial": "0 -2 0 1", "low": "1", "high": "2"}  # √2 too, but a² is not known to be 2
GOLDEN = {"polynomial": "-1 -1 1", "low": "1", "high": "2"}  # a² = a + 1


def in_a(*rows: str, plain: tuple[str, ...], denominator: str = "1", power: str = "a") -> Json:
    """plain + a·rows."""
    return {"denominator": denominator, "real": list(plain), f"real {power}": list(rows)}


def over(field: Json, base: Json) -> Json:
    value = copy.deepcopy(base)
    value["claim"]["field"] = field
    return value


def at(value: Json, *path: str | int) -> Json:
    for step in path:
        value = value[step]
    return value


def changed(base: Json, change: Callable[[Json], None], expect: str = "") -> Json:
    value = copy.deepcopy(base)
    change(value)
    value["provenance"] = f"expect: {expect}" if expect else ""
    return value


def put(*path: str | int | Json) -> Callable[[Json], None]:
    """The change that puts the last argument at the path before it."""
    *steps, last, new = path

    def change(value: Json) -> None:
        at(value, *steps)[last] = new

    return change


def together(*changes: Callable[[Json], None]) -> Callable[[Json], None]:
    def change(value: Json) -> None:
        for one in changes:
            one(value)

    return change


def append(*path: str | int | Json) -> Callable[[Json], None]:
    """The change that adds the last argument to the list at the path before it."""
    *steps, new = path

    def change(value: Json) -> None:
        at(value, *steps).append(new)

    return change


def drop(*path: str | int) -> Callable[[Json], None]:
    def change(value: Json) -> None:
        del at(value, *path[:-1])[path[-1]]

    return change


# Measuring Z and Y on one half of a singlet-like state: σ[a|0] and σ[a|1] are rank one.
PLUS_Z, MINUS_Z = matrix("1", "0 0", denominator="2"), matrix("0", "0 1", denominator="2")
PLUS_Y = matrix("1", "0 1", denominator="4", imaginary=("0", "1 0"))
MINUS_Y = matrix("1", "0 1", denominator="4", imaginary=("0", "-1 0"))
TABLE = {"0|0": PLUS_Z, "1|0": MINUS_Z, "0|1": PLUS_Y, "1|1": MINUS_Y}
