"""Programs that differ in parameters only, in floating point, their matrices being prepared once.

    t(p) = min c·y  with  A y + L p + a ∈ cone,  E y + K p = e

is convex in p, and every feasible point (z, w) of the dual bounds it from below, for all p at once:

    t(p) ≥ w·e - z·a - (Lᵀz + Kᵀw)·p.

Whoever asks for t at many p may therefore ask the bounds found before first, and start from an earlier
point. Nothing here is exact; what comes of it is certified by others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from ..kernel.program import LinearForm, Program
from .central_path import Bounds, CentralPath, Iterate
from .numeric import Array, NumericProgram, numeric_program


@dataclass(frozen=True)
class AffineBound:
    """t(p) ≥ offset + slope·p for every p (floating); the bound that was found is tight at one p."""

    offset: float
    slope: Array

    def at(self, parameters: Array) -> float:
        return self.offset + float(self.slope @ parameters)


@dataclass(frozen=True)
class Optimum:
    """t(p) is between the bounds (floating), and `bound` is the lower one, for all p.

    `unknowns` are values of the unknowns that are no parameters, in their order.
    """

    bounds: Bounds
    bound: AffineBound
    unknowns: Array


class ParametrisedProgram:
    """t(p) of a program whose unknowns `parameters` are given, and the others optimised."""

    def __init__(self, program: Program, objective: LinearForm, parameters: Sequence[int]) -> None:
        # With all parameters in the objective none of them is taken for 0, as imaginary parts may be.
        numeric = numeric_program(program, {**dict.fromkeys(parameters, 0), **objective})
        own = np.isin(numeric.kept, np.asarray(parameters))
        self._cone_slope = sp.csr_matrix(numeric.cone_matrix[:, own])
        self._equation_slope = sp.csr_matrix(numeric.equation_matrix[:, own])
        self._numeric = replace(
            numeric,
            objective=numeric.objective[~own],
            cone_matrix=sp.csr_matrix(numeric.cone_matrix[:, ~own]),
            equation_matrix=sp.csr_matrix(numeric.equation_matrix[:, ~own]),
            kept=numeric.kept[~own],
        )
        self._path = CentralPath(self._numeric)
        self._start: Iterate | None = None

    def program_at(self, parameters: Array) -> NumericProgram:
        """The program with these parameters."""
        return replace(
            self._numeric,
            cone_constant=self._numeric.cone_constant + self._cone_slope @ parameters,
            equation_values=self._numeric.equation_values - self._equation_slope @ parameters,
        )

    def solve(
        self, parameters: Array, mu: float, decided: Callable[[Bounds], bool] | None = None
    ) -> Optimum:
        """t(p), with a gap of about μ times the rows of all blocks, or less exact if it is `decided`.

        ArithmeticError if there is no such point.
        """
        program = self.program_at(parameters)
        try:
            found = self._path.follow(mu, program, self._start, decided)
        except ArithmeticError:
            if self._start is None:
                raise
            found = self._path.follow(mu, program, None, decided)
        self._start = self._start or found.start
        w, z = found.point.w, found.point.z
        slope = -(self._cone_slope.T @ z) - self._equation_slope.T @ w
        lower = float(w @ self._numeric.equation_values - z @ self._numeric.cone_constant)
        return Optimum(found.bounds, AffineBound(lower + self._numeric.offset, slope), found.point.y)


class LinearOptimiser:
    """min f·x over the points of a program, x being its unknowns `variables`, for many f."""

    def __init__(self, program: Program, variables: Sequence[int]) -> None:
        numeric = numeric_program(program, dict.fromkeys(variables, 0))
        self._places = np.flatnonzero(np.isin(numeric.kept, np.asarray(variables)))
        self._program = numeric
        self._path = CentralPath(numeric)

    def minimise(self, functional: Array, mu: float) -> Array:
        """An x at which f·x, f having entries near 1, is about μ times the rows of all blocks too much.

        ArithmeticError if there is none.
        """
        objective = np.zeros(len(self._program.objective))
        objective[self._places] = functional
        found = self._path.follow(mu, replace(self._program, objective=objective))
        return np.asarray(found.point.y[self._places])
