"""Floating-point assemblages as exact ones near them, for benchmarks and tests."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from exactsteer import Assemblage
from exactsteer.kernel.matrix import Matrix, rational_matrix
from exactsteer.scenario import Elements, Label, Scenario

Array = npt.NDArray[Any]
GRID = 10**4
NOISE = 0.03  # what is rounded is mixed with so much white noise first, so that it stays positive


def exact(sigma: Array, grid: int = GRID) -> Assemblage:
    """Rational and exactly no-signalling: the last outcomes follow from the rounded others."""
    outcomes, inputs, d, _ = sigma.shape
    noisy = (1 - NOISE) * sigma + NOISE * np.eye(d) / (d * outcomes)

    def rounded(matrix: Array) -> Matrix:
        parts = [np.round(part * grid).astype(int) for part in (matrix.real, matrix.imag)]
        lower, anti = np.tril(parts[0]), np.tril(parts[1], -1)
        lower[-1, -1] += grid - np.trace(lower) if abs(np.trace(matrix) - 1) < 1e-9 else 0
        real = lower + np.tril(lower, -1).T
        return rational_matrix(grid, real.tolist(), (anti - anti.T).tolist()).reduced()

    elements: Elements = {Label((None,)): rounded(noisy[:, 0].sum(axis=0))}
    for x in range(inputs):
        for a in range(outcomes - 1):
            elements[Label(((a, x),))] = rounded(noisy[a, x])
    return Assemblage.from_elements(Scenario(((outcomes,) * inputs,), d), elements)
