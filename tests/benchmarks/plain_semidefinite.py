"""Semidefinite programs in SDPA's sparse format, written and solved as one would by hand, in cvxpy.

Gives floats, and proves nothing. Does not use exactsteer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cvxpy as cp
import numpy as np
import scipy.sparse as sp

Edges = Sequence[tuple[int, int]]


def cycle(n: int) -> Edges:
    """Nodes are numbered from 1, the smaller one of an edge comes first."""
    return [(k, k + 1) for k in range(1, n)] + [(1, n)]


def random_graph(n: int, share: float, seed: int) -> Edges:
    """Each edge is there with this probability."""
    chosen = np.random.default_rng(seed).random((n, n)) < share
    return [(i + 1, j + 1) for i in range(n) for j in range(i + 1, n) if chosen[i, j]]


def theta(n: int, edges: Edges) -> str:
    """Lovász's θ: the least t for which t·1 + Σ x_ij (E_ij + E_ji) - J is positive."""
    lines = [f"{len(edges) + 1} = mDIM", "1 = nBLOCK", f"({n})", " ".join(["1", *["0"] * len(edges)])]
    lines += [f"0 1 {i} {j} 1" for i in range(1, n + 1) for j in range(i, n + 1)]
    lines += [f"1 1 {i} {i} 1" for i in range(1, n + 1)]
    lines += [f"{k} 1 {i} {j} 1" for k, (i, j) in enumerate(edges, 2)]
    return "\n".join(lines) + "\n"


def maximum_cut(n: int, edges: Edges) -> str:
    """The relaxation of Goemans and Williamson: the least Σ x_i with Diag(x) - L/4 positive."""
    degrees = np.bincount(np.array(edges).ravel(), minlength=n + 1)
    lines = [str(n), "1", str(n), "{" + ", ".join(["1"] * n) + "}"]
    lines += [f"0 1 {i} {i} {degrees[i] / 4}" for i in range(1, n + 1)]
    lines += [f"0 1 {i} {j} -0.25" for i, j in edges]
    lines += [f"{i} 1 {i} {i} 1.0" for i in range(1, n + 1)]
    return "\n".join(lines) + "\n"


def plain_bound(text: str, solver: str = "CLARABEL") -> float:
    """The optimum as cvxpy gives it; NaN if the solver fails."""
    lines = [line.translate(str.maketrans("(){},", "     ")).split() for line in text.splitlines()]
    m, sizes = int(lines[0][0]), [int(word) for word in lines[2]]
    x = cp.Variable(m)
    constraints = []
    for b, size in enumerate(sizes, 1):
        own = [line for line in lines[4:] if int(line[1]) == b]
        image = matrix_of(own, abs(size), m, size > 0) @ cp.hstack([-1, x])
        if size > 0:
            constraints.append(cp.reshape(image, (size, size), order="C") >> 0)
        else:
            constraints.append(image >= 0)
    problem = cp.Problem(cp.Minimize(np.array(lines[3], dtype=float) @ x), constraints)
    try:
        problem.solve(solver=solver)
    except cp.SolverError:
        return float("nan")
    return float("nan") if problem.value is None else float(problem.value)


def matrix_of(entries: Iterable[Sequence[str]], size: int, m: int, is_square: bool) -> sp.csr_matrix:
    """The columns are F_0, …, F_m, row by row, or their diagonals."""
    rows, columns, values = [], [], []
    for i, _, r, c, value in entries:
        row, column = int(r) - 1, int(c) - 1
        places = {row * size + column, column * size + row} if is_square else {row}
        for place in places:
            rows.append(place)
            columns.append(int(i))
            values.append(float(value))
    return sp.csr_matrix((values, (rows, columns)), shape=(size**2 if is_square else size, m + 1))
