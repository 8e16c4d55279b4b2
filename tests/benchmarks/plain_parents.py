"""Parent assemblages as one would write them in cvxpy (Many characterised parties, Theorem 6).

An assemblage of N trusted parties is a list of arrays sigma[k][a₁, …, x₁, …, :, :], one for each of
them, outcomes before settings. Gives floats, and proves nothing. Does not use exactsteer.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import cvxpy as cp
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def white_noise_robustness(sigma: list[Array], solver: str = "CLARABEL") -> float:
    """Least r for which (1 - r)σ + r·(white noise) has a no-signalling parent (Eqs. 24 and 25)."""
    r = cp.Variable()
    parent, constraints = no_signalling_parent(sigma)
    for index, state in parent.items():
        outcomes = np.prod(sigma[0].shape[: len(index[0])])
        for k, own in enumerate(sigma):
            d = own.shape[-1]
            mixed = (1 - r) * own[(*index[0], *index[1])] + r * np.eye(d) / (d * outcomes)
            constraints.append(seen_by(state, k, [array.shape[-1] for array in sigma]) == mixed)
    return float(solved(cp.Problem(cp.Minimize(r), constraints), solver))


def least_tolerance(sigma: list[Array], solver: str = "CLARABEL") -> float:
    """Least t for which matrices with eigenvalues of at least -t are a parent (Appendix B)."""
    t = cp.Variable()
    parent, constraints = no_signalling_parent(sigma, t)
    dimensions = [array.shape[-1] for array in sigma]
    for index, state in parent.items():
        for k, own in enumerate(sigma):
            constraints.append(seen_by(state, k, dimensions) == own[(*index[0], *index[1])])
    return float(solved(cp.Problem(cp.Minimize(t), constraints), solver))


def no_signalling_parent(sigma: list[Array], shift: Any = 0) -> tuple[dict[Any, Any], list[Any]]:
    """Σ[a|x] for each (a, x), with Σ[a|x] + shift·1 ⪰ 0, and that no Alice signals."""
    alices = (sigma[0].ndim - 2) // 2
    outcomes, inputs = sigma[0].shape[:alices], sigma[0].shape[alices : 2 * alices]
    size = int(np.prod([own.shape[-1] for own in sigma]))
    is_complex = any(np.iscomplexobj(own) for own in sigma)
    kind = {"hermitian": True} if is_complex else {"symmetric": True}
    parent = {
        (a, x): cp.Variable((size, size), **kind)
        for a, x in product(np.ndindex(*outcomes), np.ndindex(*inputs))
    }
    constraints = [state + shift * np.eye(size) >> 0 for state in parent.values()]
    for p in range(alices):
        for rest_a, rest_x in product(
            np.ndindex(*outcomes[:p], *outcomes[p + 1 :]), np.ndindex(*inputs[:p], *inputs[p + 1 :])
        ):
            sums = [
                sum(
                    parent[(*rest_a[:p], a, *rest_a[p:]), (*rest_x[:p], x, *rest_x[p:])]
                    for a in range(outcomes[p])
                )
                for x in range(inputs[p])
            ]
            constraints += [sums[x] == sums[0] for x in range(1, inputs[p])]
    return parent, constraints


def seen_by(state: Any, k: int, dimensions: list[int]) -> Any:
    """tr over all parties but k."""
    sizes = list(dimensions)
    for other in reversed([l for l in range(len(sizes)) if l != k]):
        state = cp.partial_trace(state, sizes, axis=other)
        del sizes[other]
    return state


def solved(problem: cp.Problem, solver: str) -> float:
    """The value that the solver gives, or NaN if it fails."""
    try:
        problem.solve(solver=solver)
    except cp.SolverError:
        return float("nan")
    return float("nan") if problem.value is None else float(problem.value)
