"""The least value of an operator on product states as one would relax it in cvxpy (Doherty et al. 2004).

A state of the first party twice, in the symmetric subspace, and of all others once, with all partial
transposes positive. Gives a float that need not be a bound. Does not use exactsteer.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import cvxpy as cp
import numpy as np
import numpy.typing as npt
from plain_parents import solved

Array = npt.NDArray[Any]


def least_value(operator: Array, dimensions: tuple[int, ...], solver: str = "CLARABEL") -> float:
    """For a real operator."""
    first, *others = dimensions
    pairs = [(i, j) for i in range(first) for j in range(i + 1)]
    symmetric = np.zeros((first**2, len(pairs)))
    for k, (i, j) in enumerate(pairs):
        symmetric[[i * first + j, j * first + i], k] = 1 if i == j else 0.5**0.5
    rest = int(np.prod(others))
    into = np.kron(symmetric, np.eye(rest))
    small = cp.Variable((len(pairs) * rest,) * 2, symmetric=True)
    whole = into @ small @ into.T
    sizes = [first, first, *others]
    constraints = [small >> 0, cp.trace(small) == 1]
    for last, *flags in product((0, 1), repeat=len(others) + 1):
        turned = [1] * last + [p + 2 for p, flag in enumerate(flags) if flag]
        if turned and not (not last and len(turned) == len(others)):  # that is one of A's copies
            state = whole
            for axis in turned:
                state = cp.partial_transpose(state, sizes, axis)
            constraints.append(state >> 0)
    reduced = cp.partial_trace(whole, [first, first * rest], axis=0)
    problem = cp.Problem(cp.Minimize(cp.trace(operator @ reduced)), constraints)
    return solved(problem, solver)
