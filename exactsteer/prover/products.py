"""Operators on product states: enclosures of the least value, and product vectors that come near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..exact.matrices import of_entries
from ..exact.numbers import above, divide
from ..kernel.errors import Declined
from ..kernel.matrix import Matrix, matrix_of, weighted_square
from ..kernel.positivity import Dominant, Factored, Positivity
from ..kernel.program import DualWitness
from ..statements import PositiveMap, ProductAttained, ProductBound
from ..statements.product_states import ProductSystem, block_name
from ..steering.layouts import float_matrix
from .points import Journal, NotProved
from .prove import Enclosure, Proof, certify, decimal_grid, largest_bound, prove

Vector: TypeAlias = npt.NDArray[np.complex128]

STARTS = 30
ROUNDS = 1000
STILL = 1e-15  # change of the value in a round that ends the descent
LEVELS = 4  # numbers of copies that are tried, one more for one party each time


def least_product(system: ProductSystem, seed: int = 0) -> list[Vector]:
    """Unit vectors α₁, …, α_N of nearly least ⟨α|W|α⟩, by descent party by party from random starts."""
    dimensions, rng = system.dimensions, np.random.default_rng(seed)
    operator = float_matrix(system.operator).reshape(dimensions * 2)
    best, found = np.inf, list[Vector]()
    for _ in range(STARTS):
        vectors = [rng.normal(size=d) + 1j * rng.normal(size=d) for d in dimensions]
        vectors = [v / np.linalg.norm(v) for v in vectors]
        value = np.inf
        for _ in range(ROUNDS):
            last = value
            for p in range(len(dimensions)):
                values, own = np.linalg.eigh(_seen_by(operator, vectors, p))
                vectors[p], value = own[:, 0], float(values[0])
            if last - value < STILL:
                break
        if value < best:
            best, found = value, list(vectors)
    return found


def _seen_by(operator: Vector, vectors: Sequence[Vector], party: int) -> Vector:
    """The operator on one party's system, all others being in their states."""
    n = len(vectors)
    result, axes = operator, list(range(2 * n))
    for p in reversed(range(n)):
        if p != party:
            row, column = axes.index(p), axes.index(n + p)
            result = np.tensordot(result, vectors[p], axes=(column, 0))
            result = np.tensordot(result, vectors[p].conj(), axes=(row, 0))
            axes = [axis for axis in axes if axis not in (p, n + p)]
    return result


def attained(system: ProductSystem, grid: int, journal: Journal) -> tuple[Fraction, Proof]:
    """A value that a product vector with exact entries reaches, rounded up, and the proof."""
    factors = []
    for vector in least_product(system):
        scaled = vector / vector[np.argmax(np.abs(vector))]
        factors.append(
            of_entries(
                [
                    [(Fraction(round(z.real * grid), grid), Fraction(round(z.imag * grid), grid))]
                    for z in scaled.tolist()
                ]
            )
        )
    claim = ProductAttained(system, tuple(factors), "<=", Fraction(0), system.operator.field)
    upper = above(divide(*claim.value_and_norm()), grid)
    journal.add(f"a product vector reaches {float(upper):.12g}")
    return upper, prove(replace(claim, bound=upper), journal)


def bounded(
    system: ProductSystem, copies: Sequence[int], tolerance: Fraction, journal: Journal
) -> tuple[Fraction, Proof]:
    """The largest lower bound that these copies give, and the proof."""
    statement = ProductBound(system, tuple(copies), ">=", Fraction(0), system.operator.field)
    return largest_bound(lambda number: replace(statement, bound=number), tolerance, journal)


def enclose_product_minimum(
    system: ProductSystem, copies: Sequence[int] | None, tolerance: Fraction, journal: Journal
) -> Enclosure:
    """Enclose the least ⟨α|W|α⟩. Without `copies`, with as many as it takes, up to LEVELS - 1 more."""
    upper, reached = attained(system, decimal_grid(tolerance), journal)
    given = [1] * len(system.dimensions)
    order = sorted(range(len(given)), key=lambda p: system.dimensions[p])
    best: tuple[Fraction, Proof] | None = None
    for level in range(LEVELS if copies is None else 1):
        try:
            lower, proof = bounded(system, copies or given, tolerance, journal)
        except (NotProved, Declined) as error:
            journal.add(f"failed: {error}")
            break
        if best is None or lower > best[0]:
            best = lower, proof
        journal.add(f"{copies or given} copies: at least {float(lower):.12g}")
        if upper - lower <= 2 * tolerance:
            break
        given[order[level % len(order)]] += 1
    if best is None:
        raise NotProved("no lower bound was found", journal.steps)
    return Enclosure(best[0], upper, best[1], reached, journal.steps)


def prove_by_squares(
    statement: PositiveMap | ProductBound,
    conjugated: Sequence[int],
    squares: Matrix,
    weights: Matrix,
    journal: Journal,
) -> Proof:
    """Prove a bound that is a sum of squares Σ weight·|c†w|², c the columns of `squares`.

    w are the products with these copies `conjugated`, in the order of the statement's block for them.
    Where squares are known there is nothing to solve, and the dimension may be large. Raises NotProved.
    """
    program = statement.program()
    name = block_name(conjugated)
    matrices, positivity = [], list[Positivity]()
    for block in program.blocks:
        if block.name == name:
            matrices.append(weighted_square(squares, weights).reduced())
            positivity.append(Factored(squares, weights))
        else:
            matrices.append(matrix_of([[0] * block.size] * block.size))
            positivity.append(Dominant())
    multipliers = matrix_of([[0] * len(program.equations)])
    try:
        return certify(statement, DualWitness(multipliers, matrices, positivity), journal)
    except ArithmeticError as error:
        raise NotProved(str(error), journal.steps) from None
