"""The numeric solve, through cvxpy. Its answer is used, never believed."""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import scipy.sparse as sp

from .numeric import Array, NumericBlock, NumericProgram

SDPA_FROM_SIZE = 24  # rows of a real matrix from which SDPA is faster than Clarabel


@dataclass(frozen=True)
class NumericPoint:
    """y, the multipliers w of the equations, the cone multiplier z, and what the solver said."""

    y: Array
    w: Array
    z: Array
    solver: str
    status: str
    seconds: float


def chosen_solver(program: NumericProgram) -> str:
    """SDPA for large matrices where it is installed, Clarabel otherwise."""
    largest = max((block.size * (1 + block.is_complex) for block in program.blocks), default=0)
    if largest >= SDPA_FROM_SIZE and find_spec("sdpap") is not None:
        return "SDPA"
    return "CLARABEL"


def solve(program: NumericProgram, solver: str | None = None) -> NumericPoint:
    """Minimise the objective; RuntimeError with the solver's words if it returns no point.

    Image form: y is free and each block is one sparse product. A Hermitian block is given as the
    real symmetric [[Re, -Im], [Im, Re]].
    """
    cp = import_module("cvxpy")  # slow to import, and not needed to check or to refine

    solver = solver or chosen_solver(program)
    started = time.perf_counter()
    y = cp.Variable(len(program.objective))
    value = program.cone_matrix @ y + program.cone_constant
    scalars = [block.start for block in program.blocks if block.size == 1]
    matrices = [block for block in program.blocks if block.size > 1]
    embeddings = [_real_embedding(block) for block in matrices]
    constraints = []
    for block, embedding in zip(matrices, embeddings, strict=True):
        rows = round(embedding.shape[0] ** 0.5)
        image = sp.csr_matrix(embedding @ program.cone_matrix[block.start : block.stop])
        offset = embedding @ program.cone_constant[block.start : block.stop]
        constraints.append(cp.reshape(image @ y + offset, (rows, rows), order="C") >> 0)
    if scalars:
        constraints.append(value[scalars] >= 0)
    if len(program.equation_values):
        constraints.append(program.equation_matrix @ y == program.equation_values)
    problem = cp.Problem(cp.Minimize(program.objective @ y), constraints)
    with warnings.catch_warnings(), _quiet(solver == "SDPA"):
        warnings.simplefilter("ignore")
        try:
            problem.solve(solver=solver)
        except cp.SolverError as error:
            raise RuntimeError(f"{solver} failed: {str(error).splitlines()[0]}") from None
    if y.value is None or any(c.dual_value is None for c in constraints):
        raise RuntimeError(f"{solver} ended with status {problem.status!r} and no point")
    duals = [np.asarray(c.dual_value) for c in constraints]
    z = np.zeros(len(program.cone_constant))
    for block, embedding, dual in zip(matrices, embeddings, duals, strict=False):
        # The adjoint of the embedding; the solver's multiplier need not have its block form.
        z[block.start : block.stop] = embedding.T @ ((dual + dual.T) / 2).ravel()
    if scalars:
        z[scalars] = duals[len(matrices)]
    # cvxpy's multiplier of an equation has the other sign.
    w = -duals[-1] if len(program.equation_values) else np.zeros(0)
    seconds = time.perf_counter() - started
    return NumericPoint(np.asarray(y.value), np.atleast_1d(w), z, solver, problem.status, seconds)


def _real_embedding(block: NumericBlock) -> sp.csr_matrix:
    """From svec coordinates to the row-major real symmetric matrix that a solver takes."""
    basis = block.basis()
    if not block.is_complex:
        return basis
    n = block.size
    position = np.arange(n * n).reshape(n, n)
    parts = []
    for signs in (((0, 1.0), (1, -1.0)), ((1, 1.0), (0, 1.0))):
        for row in range(n):
            for imaginary, sign in signs:
                part = basis[position[row]]
                parts.append(sign * (part.imag if imaginary else part.real))
    return sp.csr_matrix(sp.vstack(parts))


@contextmanager
def _quiet(wanted: bool) -> Iterator[None]:
    """SDPA writes remarks to file descriptor 1, whatever it is told; keep them out of our output."""
    if not wanted:
        yield
        return
    sys.stdout.flush()
    saved = os.dup(1)
    try:
        with open(os.devnull, "w") as sink:
            os.dup2(sink.fileno(), 1)
        yield
    finally:
        sys.stdout.flush()
        os.dup2(saved, 1)
        os.close(saved)
