"""The least value on product states, enclosed and certified, against a plain relaxation and toqito.

`python tests/benchmarks/bench_products.py [--quick]`
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np
from bench_moments import environment, other_run
from comparison import Comparison, main, medians, where
from plain_products import Array, least_value

from exactsteer import check
from exactsteer.constructions.product_bases import (
    FOUR_PARTIES,
    SHIFTS,
    ProductBasis,
    columns,
    plane_bases,
)
from exactsteer.prover.prove import Enclosure
from exactsteer.steering.layouts import float_matrix
from exactsteer.witnesses import product_minimum

QUBITS = {"three qubits, ε of Example 7": SHIFTS, "four qubits, eight events": FOUR_PARTIES}


def tiles() -> ProductBasis:
    """Five product vectors of two qutrits (Bennett et al., PRL 82, 5385)."""
    zero, _, two = columns((1, 0, 0), (0, 1, 0), (0, 0, 1))
    left, right, all_three = columns((1, -1, 0), (0, 1, -1), (1, 1, 1))
    return ProductBasis(((zero, left), (two, right), (left, two), (right, zero), (all_three, all_three)))


def certified(basis: ProductBasis, copies: tuple[int, ...], found: list[Enclosure]) -> None:
    """Both sides, re-checked."""
    found.append(product_minimum(basis.projector, basis.dimensions, copies))
    for proof in (found[-1].lower_proof, found[-1].upper_proof):
        if check(proof.bytes()).exit_code:
            raise ValueError("a certificate was not accepted")


def plain(operator: Array, dimensions: tuple[int, ...], found: list[float]) -> None:
    found.append(least_value(operator, dimensions))


def compare(quick: bool) -> Iterator[Comparison]:
    for case, events in list(QUBITS.items())[: 1 if quick else 2]:
        parties = len(events[0].parties)
        basis = ProductBasis.from_events(events, [plane_bases(1, 1)] * parties)
        copies = (2, *[1] * (parties - 1))
        enclosures: list[Enclosure] = []
        floats: list[float] = []
        operator = float_matrix(basis.projector).real
        calls: list[Callable[[], object]] = [
            partial(certified, basis, copies, enclosures),
            partial(plain, operator, basis.dimensions, floats),
        ]
        calls[0]()  # imports and warms up
        ours, other = medians(calls, 1 if quick else 3)
        note = against(enclosures[-1], floats[-1])
        yield Comparison(case, "both proofs, re-checked", ours, "plain cvxpy, Clarabel", other, 1, note)
    yield from against_toqito(1 if quick else 3)


def against(found: Enclosure, value: float) -> str:
    lower, upper = float(found.lower), float(found.upper)
    return f"[{lower:.11f}, {upper:.11f}], {where(value, lower, upper)}"


def against_toqito(rounds: int) -> Iterator[Comparison]:
    """The S(1)-norm of 1 - Π is 1 - ε; for two parties only."""
    try:
        python = environment()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"toqito left out: {error}", file=sys.stderr)
        return
    basis = tiles()
    complement = (np.eye(9) - float_matrix(basis.projector).real).tolist()
    argument = json.dumps({"operator": complement, "dimensions": [3, 3]})
    found: list[Enclosure] = []
    ours, theirs = [], []
    certified(basis, (2, 1), found)
    for _ in range(rounds):
        started = perf_counter()
        certified(basis, (2, 1), found)
        ours.append(perf_counter() - started)
        report = other_run(python, "toqito_products.py", argument)
        theirs.append(report["seconds"])
    lower, upper = float(found[-1].lower), float(found[-1].upper)
    note = f"[{lower:.11f}, {upper:.11f}], toqito [{1 - report['upper']:.9f}, {1 - report['lower']:.9f}]"
    other = "toqito, sk_operator_norm"
    seconds = median(ours), median(theirs)
    yield Comparison(
        "two qutrits, Tiles", "both proofs, re-checked", seconds[0], other, seconds[1], 1, note
    )


if __name__ == "__main__":
    main(compare)
