"""SCS without cvxpy, Hermitian blocks as they are: for programs whose B does not fit in memory."""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib import import_module

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from .numeric import Array, NumericBlock, NumericProgram

MOST_SECONDS = 300.0  # for one solve; what there is then may still make a wide bound


@dataclass(frozen=True)
class NumericPoint:
    """y, the multipliers w of the equations, the cone multiplier z, and what the solver said."""

    y: Array
    w: Array
    z: Array
    status: str
    seconds: float


def solve_first_order(program: NumericProgram, precision: float) -> NumericPoint:
    """SCS's answer; ArithmeticError with its words if it has none.

    SCS's form: minimise c·x with A x + s = b, s in a product of cones, in this order: zero,
    nonnegative, real and then complex positive semidefinite.
    """
    scs = import_module("scs")
    scalars = np.array([b.start for b in program.blocks if b.size == 1], dtype=np.int64)
    matrices = sorted((b for b in program.blocks if b.size > 1), key=lambda b: b.is_complex)
    order = np.concatenate([scalars, *(_columns(block) for block in matrices)])
    p = len(program.equation_values)
    data = {
        "A": sp.csc_matrix(sp.vstack([program.equation_matrix, -program.cone_matrix[order]])),
        "b": np.concatenate([program.equation_values, program.cone_constant[order]]),
        "c": program.objective,
    }
    cone: dict[str, int | list[int]] = {"z": p, "l": len(scalars)}
    cone["s"] = [block.size for block in matrices if not block.is_complex]
    cone["cs"] = [block.size for block in matrices if block.is_complex]
    started = time.perf_counter()
    settings = {"eps_abs": precision, "eps_rel": precision, "time_limit_secs": MOST_SECONDS}
    answer = scs.SCS(data, cone, verbose=False, **settings).solve()
    status = str(answer["info"]["status"])
    if not status.startswith("solved"):
        raise ArithmeticError(f"SCS ended with status {status!r} and no point")
    z = np.zeros(len(program.cone_constant))
    z[order] = answer["y"][p:]
    taken = time.perf_counter() - started
    return NumericPoint(answer["x"], -answer["y"][:p], z, status, taken)


def _columns(block: NumericBlock) -> npt.NDArray[np.int64]:
    """The places of the lower triangle, column by column, each entry as Re and then Im."""
    parts = (False, True) if block.is_complex else (False,)
    return np.array(
        [
            block.coordinate(row, column, imaginary)
            for column in range(block.size)
            for row in range(column, block.size)
            for imaginary in (parts if row > column else (False,))
        ],
        dtype=np.int64,
    )
