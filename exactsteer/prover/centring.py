"""From a solver's answer to a point on the central path: Newton's method in double precision.

Solvers stop at gaps near 1e-8 with multipliers that are not quite positive. The equations

    Aᵀz + Eᵀw = c,   E y = e,   s = A y + a,   (S Z + Z S)/2 = μ 1 in every block

have, for a small μ > 0, one solution; there S and Z are positive definite with smallest eigenvalues
of the order of μ, and the bounds on both sides differ by μ·(sum of block sizes). Taken all together
(Alizadeh, Haeberly and Overton, SIAM J. Optim. 8 (1998) 746) they stay solvable in double precision
down to μ near 1e-11: what normal equations lose there, this system does not. So both witnesses come
strictly positive from a few dense linear solves, and what is left to rounding is far below μ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.linalg
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from .numeric import Array, NumericProgram
from .solvers import NumericPoint

LARGEST_SYSTEM = 7000  # unknowns of the dense linear system: 0.4 GB
THREADS_FROM_SIZE = 1000
MOST_STEPS = 40
SHRINK = 0.1  # of μ in one step
TO_BOUNDARY = 0.95  # share of the way to the boundary of the cone
NOISE = 5e-15  # residual that double precision leaves in identities with coefficients near 1


@dataclass(frozen=True)
class Centred:
    """A point with s = A y + a and z inside the cone, and the μ that was reached."""

    y: Array
    w: Array
    z: Array
    mu: float
    steps: int


def system_size(program: NumericProgram) -> int:
    cone, unknowns = program.cone_matrix.shape
    return int(cone + unknowns + len(program.equation_values))


class Cone:
    """The blocks of a program as one symmetric cone: identity, symmetrised product, step lengths."""

    def __init__(self, program: NumericProgram) -> None:
        self.scalars = np.array([b.start for b in program.blocks if b.size == 1], dtype=int)
        self.matrices = [block for block in program.blocks if block.size > 1]
        self.bases = [block.basis() for block in self.matrices]
        self.order = sum(block.size for block in program.blocks)
        self.dimension = program.cone_matrix.shape[0]
        self.identity = np.zeros(self.dimension)
        self.identity[self.scalars] = 1.0
        for block in self.matrices:
            self.identity[block.start : block.start + block.size] = 1.0

    def least_eigenvalue(self, v: Array) -> float:
        least = [float(np.linalg.eigvalsh(block.matrix(v))[0]) for block in self.matrices]
        return min([*least, *map(float, v[self.scalars])])

    def product_map(self, v: Array) -> sp.csr_matrix:
        """The matrix of x ↦ (VX + XV)/2: in an orthonormal basis, Re ⟨B_k, V B_l⟩."""
        parts = []
        order = []
        for block, basis in zip(self.matrices, self.bases, strict=True):
            left = sp.kron(block.matrix(v), sp.identity(block.size), format="csr")
            parts.append(sp.csr_matrix((basis.conj().T @ (left @ basis)).real))
            order.append(np.arange(block.start, block.stop))
        parts.append(sp.diags(v[self.scalars]))
        order.append(self.scalars)
        place = np.concatenate(order)
        permute = sp.csr_matrix(
            (np.ones(len(place)), (place, np.arange(len(place)))), shape=(self.dimension,) * 2
        )
        return permute @ sp.block_diag(parts, "csr") @ permute.T

    def step(self, v: Array, direction: Array) -> float:
        """The largest step ≤ 1 that keeps v inside, times TO_BOUNDARY if it is shorter."""
        least = 0.0
        if len(self.scalars):
            least = float(np.min(direction[self.scalars] / v[self.scalars]))
        for block in self.matrices:
            values = scipy.linalg.eigh(
                block.matrix(direction), block.matrix(v), eigvals_only=True, subset_by_index=[0, 0]
            )
            least = min(least, float(values[0]))
        return 1.0 if least > -TO_BOUNDARY else -TO_BOUNDARY / least


def centre(program: NumericProgram, start: NumericPoint, target: float) -> Centred:
    """Follow the central path from a solver's point down to μ = `target`.

    Raises ArithmeticError, saying how far it came, if double precision does not carry that far.
    """
    # A small system on several threads waits for them longer than it computes.
    few = 1 if system_size(program) < THREADS_FROM_SIZE else None
    with threadpool_limits(limits=few):
        return _newton(program, start, target)


def _newton(program: NumericProgram, start: NumericPoint, target: float) -> Centred:
    cone = Cone(program)
    a_matrix, e_matrix = program.cone_matrix, program.equation_matrix
    m, p, n = a_matrix.shape[1], e_matrix.shape[0], cone.dimension
    y, w = start.y.copy(), start.w.copy()
    s = a_matrix @ y + program.cone_constant
    z = start.z.copy()
    # A solver's point may lie a little outside; the shift is undone by the first Newton steps.
    s = s + cone.identity * max(0.0, 1e-9 - 2 * cone.least_eigenvalue(s))
    z = z + cone.identity * max(0.0, 1e-9 - 2 * cone.least_eigenvalue(z))

    residual, mu = np.inf, float(s @ z) / cone.order
    for steps in range(MOST_STEPS):
        mu = float(s @ z) / cone.order
        dual = program.objective - a_matrix.T @ z - e_matrix.T @ w
        primal = program.equation_values - e_matrix @ y
        image = a_matrix @ y + program.cone_constant - s
        residual = max((float(np.max(np.abs(r))) for r in (dual, primal, image) if len(r)), default=0.0)
        if mu <= 1.5 * target and residual <= max(1e-4 * target, NOISE):
            return Centred(y, w, z, mu, steps)
        by_z, by_s = cone.product_map(z), cone.product_map(s)
        aim = max(target, SHRINK * mu)
        jacobian = np.zeros((m + p + n, m + p + n))
        jacobian[:m, m : m + p] = e_matrix.T.toarray()
        jacobian[:m, m + p :] = a_matrix.T.toarray()
        jacobian[m : m + p, :m] = e_matrix.toarray()
        jacobian[m + p :, :m] = (by_z @ a_matrix).toarray()
        jacobian[m + p :, m + p :] = by_s.toarray()
        complementarity = aim * cone.identity - by_s @ z - by_z @ image
        try:
            # Near the end the system is ill conditioned by nature; the residual is the judge.
            move = np.linalg.solve(jacobian, np.concatenate([dual, primal, complementarity]))
        except np.linalg.LinAlgError:
            break
        dy, dw, dz = np.split(move, [m, m + p])
        ds = a_matrix @ dy + image
        try:
            primal_step, dual_step = cone.step(s, ds), cone.step(z, dz)
        except np.linalg.LinAlgError:
            break
        y, s = y + primal_step * dy, s + primal_step * ds
        w, z = w + dual_step * dw, z + dual_step * dz
    raise ArithmeticError(
        f"Newton's method stopped at mu = {mu:.1e} with residual {residual:.1e}, wanted {target:.1e}"
    )
