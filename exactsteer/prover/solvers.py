"""The numeric solve. Its answer is used, never believed."""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp

from .numeric import ROOT2, Array, NumericBlock, NumericProgram

CLOSE_ENOUGH = 1e-7  # centring does the rest, faster than a solver's last iterations
CLARABEL_UP_TO_SIZE = 150  # rows; its factor has (rows²/2)² numbers, 1 GB here
SDPA_FROM_SIZE = 40  # rows of a real matrix from which SDPA is faster than Clarabel


@dataclass(frozen=True)
class NumericPoint:
    """y, the multipliers w of the equations, the cone multiplier z, and what the solver said."""

    y: Array
    w: Array
    z: Array
    solver: str
    status: str
    seconds: float


def suitable_solvers(program: NumericProgram) -> list[str]:
    """The solvers to try, best first, by the size of the largest block as a real matrix.

    SDPA for large matrices where it is installed, Clarabel up to where its dense factor of a cone
    still fits in memory, and beyond that SCS, which needs little memory and is less exact.
    """
    largest = max((block.size * (1 + block.is_complex) for block in program.blocks), default=0)
    names = []
    if largest >= SDPA_FROM_SIZE and find_spec("sdpap") is not None:
        names.append("SDPA")
    names.append("CLARABEL" if largest <= CLARABEL_UP_TO_SIZE else "SCS")
    return names


def solve(program: NumericProgram, solver: str | None = None) -> NumericPoint:
    """Minimise the objective; RuntimeError with the solver's words if it returns no point.

    Image form: y is free and each block is one sparse product. A Hermitian block is given as the
    real symmetric [[Re, -Im], [Im, Re]]. Clarabel takes this form as it is; other solvers are
    reached through cvxpy, whose import alone takes longer than a small proof.
    """
    solver = solver or suitable_solvers(program)[0]
    started = time.perf_counter()
    route = _clarabel if solver == "CLARABEL" else partial(_through_cvxpy, solver)
    y, w, z, status = route(program, [_real_embedding(block) for block in _matrices(program)])
    seconds = time.perf_counter() - started
    if not all(np.all(np.isfinite(part)) for part in (y, w, z)):
        raise RuntimeError(f"{solver} ended with status {status!r} and no point")
    return NumericPoint(y, w, z, solver, status, seconds)


Solution: TypeAlias = tuple[Array, Array, Array, str]  # y, w, z, status


def _matrices(program: NumericProgram) -> list[NumericBlock]:
    return [block for block in program.blocks if block.size > 1]


def _scalars(program: NumericProgram) -> list[int]:
    return [block.start for block in program.blocks if block.size == 1]


def _clarabel(program: NumericProgram, embeddings: list[sp.csr_matrix]) -> Solution:
    """Clarabel's form: minimise q·y with Ay + s = b, s in a product of cones.

    Its positive semidefinite cone takes the lower triangle row by row, √2 times off the diagonal.
    """
    clarabel = import_module("clarabel")
    scalars, p = _scalars(program), len(program.equation_values)
    rows, right = [program.equation_matrix, -program.cone_matrix[scalars]], [program.equation_values]
    right.append(program.cone_constant[scalars])
    cones = [clarabel.ZeroConeT(p)] if p else []
    cones += [clarabel.NonnegativeConeT(len(scalars))] if scalars else []
    triangles = []
    for block, embedding in zip(_matrices(program), embeddings, strict=True):
        size = block.size * (1 + block.is_complex)
        lower = np.tril_indices(size)
        scale = np.where(lower[0] == lower[1], 1.0, ROOT2)
        triangle = sp.csr_matrix(sp.diags(scale) @ embedding[lower[0] * size + lower[1]])
        rows.append(-triangle @ program.cone_matrix[block.start : block.stop])
        right.append(triangle @ program.cone_constant[block.start : block.stop])
        cones.append(clarabel.PSDTriangleConeT(size))
        triangles.append(triangle)
    m = len(program.objective)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = CLOSE_ENOUGH
    answer = clarabel.DefaultSolver(
        sp.csc_matrix((m, m)),
        program.objective,
        sp.csc_matrix(sp.vstack(rows)),
        np.concatenate(right),
        cones,
        settings,
    ).solve()
    status = str(answer.status)
    if "Infeasible" in status:
        raise RuntimeError(f"CLARABEL ended with status {status!r} and no point")
    dual = np.asarray(answer.z)
    z = np.zeros(len(program.cone_constant))
    z[scalars] = dual[p : p + len(scalars)]
    start = p + len(scalars)
    for block, triangle in zip(_matrices(program), triangles, strict=True):
        z[block.start : block.stop] = triangle.T @ dual[start : start + triangle.shape[0]]
        start += triangle.shape[0]
    return np.asarray(answer.x), -dual[:p], z, status


def _through_cvxpy(solver: str, program: NumericProgram, embeddings: list[sp.csr_matrix]) -> Solution:
    cp = import_module("cvxpy")
    y = cp.Variable(len(program.objective))
    scalars, matrices = _scalars(program), _matrices(program)
    constraints = []
    for block, embedding in zip(matrices, embeddings, strict=True):
        size = block.size * (1 + block.is_complex)
        image = sp.csr_matrix(embedding @ program.cone_matrix[block.start : block.stop])
        offset = embedding @ program.cone_constant[block.start : block.stop]
        constraints.append(cp.reshape(image @ y + offset, (size, size), order="C") >> 0)
    if scalars:
        constraints.append(program.cone_matrix[scalars] @ y + program.cone_constant[scalars] >= 0)
    if len(program.equation_values):
        constraints.append(program.equation_matrix @ y == program.equation_values)
    problem = cp.Problem(cp.Minimize(program.objective @ y), constraints)
    with warnings.catch_warnings(), _quiet():
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
    w = -np.atleast_1d(duals[-1]) if len(program.equation_values) else np.zeros(0)
    return np.asarray(y.value), w, z, str(problem.status)


def _real_embedding(block: NumericBlock) -> sp.csr_matrix:
    """From svec coordinates to the row-major real symmetric matrix that a solver takes."""
    basis = block.basis()
    if not block.is_complex:
        return basis
    n, entries = block.size, basis.tocoo()
    row, column = np.divmod(entries.row, n)
    re, im = entries.data.real, entries.data.imag
    places = [(row, column), (row + n, column + n), (row + n, column), (row, column + n)]
    index = np.concatenate([r * 2 * n + c for r, c in places])
    data = np.concatenate([re, re, im, -im])
    shape = (4 * n * n, basis.shape[1])
    return sp.csr_matrix((data, (index, np.tile(entries.col, 4))), shape=shape)


@contextmanager
def _quiet() -> Iterator[None]:
    """SDPA writes remarks to file descriptor 1, whatever it is told; keep them out of our output."""
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
