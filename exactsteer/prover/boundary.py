"""Bounds that are the very optimum: multipliers on the boundary of their cones.

Then every Z_j of a proof vanishes on the range of M_j(y) at the optimal y, so that none is inside its
cone. The range of Z_j is read off a floating-point solution, as a matrix V_j with rational entries, and
Z_j = V_j B_j V_j† is sought with B_j inside: multipliers of the smaller blocks V_j† M_j(y) V_j, for
which the value of the bound is one condition more.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..exact.matrices import of_entries
from ..kernel.field import Number
from ..kernel.matrix import Matrix, congruence, matrix_of
from ..kernel.positivity import Congruent, Dominant, Positivity
from ..kernel.program import Block, DualWitness, Entry, LinearForm, Program
from .central_path import LEAST_MU, central_point
from .numeric import numeric_program
from .points import Journal
from .rounding import Entries, RoundingError, exact_multipliers, positivity_witness

Vectors: TypeAlias = npt.NDArray[np.complex128]
Gaussian: TypeAlias = tuple[Fraction, Fraction]

NEAR_MU = 4 * LEAST_MU
IN_RANGE = 1e-3  # eigenvalues of Z, relative to the largest; those that vanish with μ may do so as √μ
NOT_ZERO = 1e-3  # entries of a reduced basis
LARGEST_DENOMINATOR = 120
RECOGNISED = 1e-4  # how near an entry must be to the rational number that it is taken for
BITS = 40


def multipliers_on_boundary(
    program: Program, objective: LinearForm, bound: Number, journal: Journal
) -> DualWitness:
    """Exact multipliers that prove objective ≥ bound, the optimum; or ArithmeticError."""
    numeric = numeric_program(program, objective, ())
    point = central_point(numeric, NEAR_MU)
    bases = [_range(block.matrix(point.z)) for block in numeric.blocks]
    sizes = [f"{basis.shape[1]} of {basis.shape[0]}" for basis in bases]
    journal.add(f"on the boundary: multipliers of rank {', '.join(sizes)}")
    exact = [[[_gaussian(z) for z in column] for column in basis.T] for basis in bases]
    last = len(program.unknowns)
    restricted = Program(
        [*program.unknowns, "what the bound is worth"],
        [_compressed(block, own, last) for block, own in zip(program.blocks, exact, strict=True)],
        [
            replace(e, coefficients=e.coefficients | {last: e.value - e.constant})
            for e in program.equations
        ],
        program.goal,
    )
    start: Entries = {}
    for j, (block, basis) in enumerate(zip(numeric.blocks, bases, strict=True)):
        inverse = np.linalg.pinv(basis)
        core = inverse @ block.matrix(point.z) @ inverse.conj().T
        for r, c in zip(*np.tril_indices(len(core)), strict=True):
            start[j, int(r), int(c), "real"] = float(core[r, c].real)
            if block.is_complex and r != c:
                start[j, int(r), int(c), "imaginary"] = float(core[r, c].imag)
    whole = dict(objective) | {last: bound}
    weights, cores = exact_multipliers(restricted, whole, point.w.tolist(), start, BITS)
    matrices: list[Matrix] = []
    positivity: list[Positivity] = []
    for j, own in enumerate(exact):
        size, core = program.blocks[j].size, cores[j]
        if own:
            factor = of_entries(list(zip(*own, strict=True)))
            matrices.append(congruence(factor, core).reduced())
            witness = positivity_witness(core, f"multiplier of {program.blocks[j].name}")
            positivity.append(Congruent(factor, core, witness))
        else:
            matrices.append(matrix_of([[0] * size] * size))
            positivity.append(Dominant())
    return DualWitness(matrix_of([weights]), matrices, positivity)


def _range(z: Vectors) -> Vectors:
    """A basis of the range of Z, each of its columns with a 1 where the others have a 0."""
    values, vectors = np.linalg.eigh(z)
    basis = vectors[:, values > IN_RANGE * max(values[-1], IN_RANGE)]
    rows: list[int] = []
    for k in range(basis.shape[1]):
        sizes = np.max(np.abs(basis[:, k:]), axis=1)
        row = next(r for r in range(len(sizes)) if r not in rows and sizes[r] > NOT_ZERO)
        best = k + int(np.argmax(np.abs(basis[row, k:])))
        basis[:, [k, best]] = basis[:, [best, k]]
        basis[:, k] /= basis[row, k]
        others = [l for l in range(basis.shape[1]) if l != k]
        basis[:, others] -= np.outer(basis[:, k], basis[row, others])
        rows.append(row)
    return basis


def _gaussian(z: complex) -> Gaussian:
    return _recognised(z.real), _recognised(z.imag)


def _recognised(value: float) -> Fraction:
    found = Fraction(float(value)).limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(found) - value) > RECOGNISED:
        raise RoundingError(f"{value:.6f} in the range of a multiplier is no simple rational number")
    return found


def _compressed(block: Block, columns: list[list[Gaussian]], last: int) -> Block:
    """V†M(y)V; the constant is minus what multiplies the unknown `last`."""
    coefficients = {
        i: compressed
        for i, entries in block.coefficients.items()
        if (compressed := _congruent(entries, columns))
    }
    if block.constant:
        coefficients[last] = [(r, c, -re, -im) for r, c, re, im in _congruent(block.constant, columns)]
    return Block(block.name, len(columns), [], coefficients)


def _congruent(entries: list[Entry], columns: list[list[Gaussian]]) -> list[Entry]:
    """V†AV of a sparse Hermitian matrix A, given by its lower triangle."""
    sums: dict[tuple[int, int], tuple[Number, Number]] = {}
    for row, column, re, im in entries:
        both = [(row, column, re, im)] + [(column, row, re, -im)] * (row != column)
        for i, j, a, b in both:
            for k, left in enumerate(columns):
                x, y = left[i]
                if x or y:
                    p, q = x * a + y * b, x * b - y * a  # the conjugate of V_ik times A_ij
                    for l, right in enumerate(columns[: k + 1]):
                        u, v = right[j]
                        if u or v:
                            old = sums.get((k, l), (0, 0))
                            sums[k, l] = old[0] + p * u - q * v, old[1] + p * v + q * u
    return [(k, l, re, im if k != l else 0) for (k, l), (re, im) in sums.items() if re or im]
