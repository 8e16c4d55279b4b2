"""The point of the central path at a given μ, by an interior-point method in double precision.

The central path of  min c·y, s = A y + a ∈ cone  and its dual  Aᵀz = c, z ∈ cone  (equations are
eliminated first) is where S Z = μ 1 in every block: there S and Z are positive definite with
smallest eigenvalues of the order of μ, and both bounds differ by μ·(sum of block sizes).

Each step is Newton's in the scaling of Nesterov and Todd: matrices G with  G⁻¹ S G⁻† = G† Z G = D
diagonal turn  Aᵀdz = r, ds = A dy + q  and the linearised S Z = μ 1  into the least-squares problem

    B dy + dz' = h,  Bᵀdz' = r,      the columns of B being the matrices  G⁻¹ A_i G⁻†.

It is solved by Cholesky's factorisation of the normal matrix BᵀB, as in most solvers, while μ is
large, and by a QR factorisation of B then: the condition number of BᵀB grows as 1/μ², that of B as
1/μ. This is why double precision lasts to μ near 1e-13, with Aᵀz = c to the last digits, and why no
other solver is needed first. Programs whose B does not fit in memory end at a larger μ.
(Todd, Toh and Tütüncü, SIAM J. Optim. 8 (1998) 769; Mehrotra's predictor and corrector.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import prod
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.linalg
import scipy.sparse as sp
from scipy.linalg import lapack
from threadpoolctl import ThreadpoolController

from .numeric import Array, Dual, NumericBlock, NumericProgram

Square = npt.NDArray[np.complex128] | Array

MOST_STEPS = 60
TO_BOUNDARY = 0.95  # share of the way to the boundary of the cone
LOST = 1e9  # μ from which the method is taken to diverge
LEAST_MU = 2e-13  # relative to the objective; below it double precision has no digits left
LEAST_MU_OF_GRAM = 1e-8  # the same if B does not fit in memory
ARRIVED = 1.5  # times the target is near enough for it to be only a matter of centring
CENTRED = 0.9  # the eigenvalues of S Z differ from μ by at most this share of it
FEASIBLE = 1e-9  # residual with which a bound counts as one
NOISE = 1e-14  # residual that double precision leaves in identities with numbers near 1
LARGEST_MATRIX = 50_000_000  # entries of B: 0.4 GB, and about 1.2 GB in all
LARGEST_DENSE = 30_000  # entries of A, up to which a sparse matrix would only be in the way
LARGEST_GRAM = 12_000  # unknowns: 1.2 GB of BᵀB
CHOLESKY_DOWN_TO = 1e-6  # μ, from which on B itself is factored
REFINEMENTS = 3
THREADS_FROM = 20_000_000  # entries of B; smaller ones wait for threads longer than they compute
AT_ONCE = 2_000_000  # complex numbers
LARGEST_TOGETHER = 16  # rows of blocks that are worked on at once


@dataclass(frozen=True)
class Centred:
    """A point with s = A y + a and z inside the cone, and the μ that was reached."""

    y: Array
    w: Array
    z: Array
    mu: float
    steps: int


@dataclass(frozen=True)
class Bounds:
    """What the optimum lies between, in floating point; infinite while a side is not feasible."""

    lower: float
    upper: float

    def negative(self) -> Bounds:
        return Bounds(-self.upper, -self.lower)


class Iterate(NamedTuple):
    """y, s and z, in the coordinates of a side."""

    y: Array
    s: Array
    z: Array


@dataclass(frozen=True)
class Followed:
    """Where the central path was left, what bounds the optimum has there, and a point to start from.

    `start` is the first feasible point on the way, far from the boundary; None if there was none.
    """

    point: Centred
    bounds: Bounds
    start: Iterate | None


def matrix_size(program: NumericProgram) -> int:
    """Entries of B, which decide on memory (24 bytes each) and time."""
    return sum(block.size**2 for block in program.blocks) * len(program.objective)


def least_mu(program: NumericProgram) -> float:
    """The μ down to which a program of this size can be followed; ∞ if it is too large."""
    side, _ = smaller_side(program)
    if matrix_size(side) <= LARGEST_MATRIX:
        return LEAST_MU
    return LEAST_MU_OF_GRAM if len(side.objective) <= LARGEST_GRAM else np.inf


def smaller_side(program: NumericProgram) -> tuple[NumericProgram, Dual | None]:
    """The program to solve: itself, or its dual if its equations leave that fewer unknowns."""
    dual = program.dual
    free = len(program.objective) - len(dual.kept)
    if len(dual.program.objective) - len(dual.others) < free:
        return dual.program, dual
    return program, None


def central_point(program: NumericProgram, target: float) -> Centred:
    """The point of the central path at μ = `target`, from a cold start, on the smaller side.

    Objective and matrices should have entries near 1. ArithmeticError, saying how far it came, if
    there is no such point (a side without interior) or double precision does not carry that far.
    """
    return CentralPath(program).follow(target).point


class CentralPath:
    """The central path of a program on its smaller side; its matrices are prepared once.

    It may be followed for programs that differ from it in objective and right sides only.
    """

    def __init__(self, program: NumericProgram) -> None:
        self._program = program
        side, self._dual = smaller_side(program)
        self._threads = 1 if matrix_size(side) < THREADS_FROM else None
        self._libraries = ThreadpoolController()  # to look for them takes longer than a small program
        with self._arithmetic():
            self._side = _Side(side)

    def follow(
        self,
        target: float,
        program: NumericProgram | None = None,
        start: Iterate | None = None,
        decided: Callable[[Bounds], bool] | None = None,
    ) -> Followed:
        """To the point at μ = `target`, or to one before it whose bounds are `decided`.

        From a cold start, or from `Followed.start` of another program. ArithmeticError as for
        `central_point`.
        """
        program = program or self._program
        with self._arithmetic():
            if self._dual is None:
                return self._side.follow(target, program, start, decided)
            dual, asked = self._dual, decided
            if asked is not None:
                decided = lambda found: asked(found.negative())  # noqa: E731
            found = self._side.follow(target, dual.with_sides(program), start, decided)
        point = found.point
        y, w, z = dual.back(program, point.y, point.w, point.z)
        return Followed(replace(point, y=y, w=w, z=z), found.bounds.negative(), found.start)

    @contextmanager
    def _arithmetic(self) -> Iterator[None]:
        with self._libraries.limit(limits=self._threads), np.errstate(all="ignore"):
            try:
                yield
            except (np.linalg.LinAlgError, ValueError) as error:
                raise ArithmeticError(f"the central path was lost: {error}") from None


class _Scalars:
    """All 1×1 blocks. Coordinates: themselves; S = g D, Z = D / g."""

    def __init__(self, program: NumericProgram, cone_matrix: sp.csr_matrix) -> None:
        places = np.array([b.start for b in program.blocks if b.size == 1], dtype=int)
        self.size = self.order = len(places)
        self.to_coordinates = sp.identity(cone_matrix.shape[0], format="csr")[places]
        self.identity = np.ones(self.size)
        self.rows = cone_matrix[places].toarray()

    def scale(self, s: Array, z: Array) -> None:
        """Take the scaling of s and z; LinAlgError if they are not inside the cone."""
        if min(np.min(s, initial=1.0), np.min(z, initial=1.0)) <= 0:
            raise np.linalg.LinAlgError("a number is not positive")
        self.d, self.g = np.sqrt(s * z), np.sqrt(s / z)

    def write_columns(self, out: Array) -> None:
        """The rows of B that belong here, transposed."""
        out[:] = (self.rows / self.g[:, None]).T

    def add_gram(self, gram: Array, a_transposed: Any) -> None:
        """Add BᵀB of the rows of B that belong here."""
        scaled = self.rows / self.g[:, None]
        gram += scaled.T @ scaled

    def scaled_s(self, v: Array) -> Array:
        return v / self.g

    def unscaled_s(self, v: Array) -> Array:
        return v * self.g

    def unscaled_z(self, v: Array) -> Array:
        return v / self.g

    def centre(self) -> Array:
        return self.d

    def product(self, u: Array, v: Array) -> Array:
        return u * v

    def divided(self, v: Array) -> Array:
        return v / self.d

    def least(self, v: Array) -> float:
        return float(np.min(v / self.d, initial=np.inf))

    def least_eigenvalue(self, v: Array) -> float:
        return float(np.min(v, initial=np.inf))


class _Matrices:
    """Equally large n×n blocks. The n² coordinates of a Hermitian matrix are the entries of Re + Im.

    Many small blocks, such as hidden states, are worked on at once; a large one stands alone.
    """

    def __init__(self, blocks: list[NumericBlock], cone_matrix: sp.csr_matrix) -> None:
        n, (rows, m) = blocks[0].size, cone_matrix.shape
        self.n, self.count, self.is_complex = n, len(blocks), blocks[0].is_complex
        self.order, self.size = n * self.count, n * n * self.count
        basis = blocks[0].basis()
        own = np.concatenate([np.arange(block.start, block.stop) for block in blocks])
        here = sp.identity(rows, format="csr")[own]
        self.to_coordinates = sp.csr_matrix(_repeated(basis.real + basis.imag, self.count) @ here)
        self.identity = np.tile(np.eye(n).ravel(), self.count)
        entries = (_repeated(basis, self.count) @ cone_matrix[own]).tocoo()
        place, column = np.divmod(entries.row, n)
        # The matrices A_i below one another, for each unknown those of all blocks.
        row = entries.col * self.count * n + place
        stack = sp.csr_matrix((entries.data, (row, column)), shape=(m * self.count * n, n))
        self.unknowns = m
        self.stack: Any = stack if self.count == 1 else stack.toarray()

    def matrix(self, v: Array) -> Square:
        k = v.reshape(self.count, self.n, self.n)
        matrix: Square = (k + k.swapaxes(1, 2)) / 2
        if self.is_complex:
            matrix = matrix + 0.5j * (k - k.swapaxes(1, 2))
        return matrix

    def scale(self, s: Array, z: Array) -> None:
        lower_s = np.linalg.cholesky(self.matrix(s))
        lower_z = np.linalg.cholesky(self.matrix(z))
        u, self.d, vh = np.linalg.svd(_adjoint(lower_z) @ lower_s)
        root = np.sqrt(self.d)[:, None, :]
        self.g = lower_s @ _adjoint(vh) / root
        self.g_inverse = _adjoint(u / root) @ _adjoint(lower_z)

    def _congruences(self, x: Square) -> Iterator[tuple[slice, Array]]:
        """The coordinates of x A_i x†, a row for each unknown i, some unknowns at a time."""
        n, rows = self.n, self.count * self.n
        some = max(1, AT_ONCE // self.size)
        for k in range(0, self.unknowns, some):
            part = self.stack[k * rows : (k + some) * rows]
            if self.count == 1:
                right = (part @ _adjoint(x)[0]).reshape(-1, 1, n, n)
            else:
                right = part.reshape(-1, self.count, n, n) @ _adjoint(x)
            both = x @ right
            yield slice(k, k + some), (both.real + both.imag).reshape(-1, self.size)

    def write_columns(self, out: Array) -> None:
        for some, coordinates in self._congruences(self.g_inverse):
            out[some] = coordinates

    def add_gram(self, gram: Array, a_transposed: Any) -> None:
        """Add BᵀB of the rows of B that belong here: tr(A_i W A_k W) with W = (GG†)⁻¹."""
        for some, coordinates in self._congruences(_adjoint(self.g_inverse) @ self.g_inverse):
            gram[:, some] += a_transposed @ coordinates.T

    def _congruent(self, x: Square, v: Array) -> Array:
        return _coordinates(x @ self.matrix(v) @ _adjoint(x))

    def scaled_s(self, v: Array) -> Array:
        return self._congruent(self.g_inverse, v)

    def unscaled_s(self, v: Array) -> Array:
        return self._congruent(self.g, v)

    def unscaled_z(self, v: Array) -> Array:
        return self._congruent(_adjoint(self.g_inverse), v)

    def centre(self) -> Array:
        return (self.d[:, :, None] * np.eye(self.n)).ravel()

    def product(self, u: Array, v: Array) -> Array:
        product = self.matrix(u) @ self.matrix(v)
        return _coordinates(product + _adjoint(product)) / 2

    def divided(self, v: Array) -> Array:
        """The X with (D X + X D)/2 = V."""
        quotient: Array = 2 * v / (self.d[:, :, None] + self.d[:, None, :]).ravel()
        return quotient

    def least(self, v: Array) -> float:
        """The least eigenvalue of D^(-1/2) V D^(-1/2)."""
        root = np.sqrt(self.d)
        scaled = self.matrix(v) / root[:, None, :] / root[:, :, None]
        return float(np.min(np.linalg.eigvalsh(scaled)))

    def least_eigenvalue(self, v: Array) -> float:
        return float(np.min(np.linalg.eigvalsh(self.matrix(v))))


def _adjoint(matrices: Any) -> Any:
    return matrices.conj().swapaxes(-2, -1)


def _repeated(matrix: sp.csr_matrix, count: int) -> sp.csr_matrix:
    return sp.kron(sp.identity(count), matrix, "csr")


def _coordinates(matrices: Square) -> Array:
    flat: Array = (matrices.real + matrices.imag).ravel()
    return flat


def _grouped(blocks: list[NumericBlock]) -> list[list[NumericBlock]]:
    """Small matrices of one kind together, each large one alone; scalars are left out."""
    groups: dict[tuple[int, bool, int], list[NumericBlock]] = {}
    for k, block in enumerate(blocks):
        if block.size > 1:
            alone = k if block.size > LARGEST_TOGETHER else -1
            groups.setdefault((block.size, block.is_complex, alone), []).append(block)
    return list(groups.values())


class _Equations:
    """E y = e solved for as many unknowns: y[pivots] = constant - factor·y[free]."""

    def __init__(self, program: NumericProgram) -> None:
        self._equations = program.equation_matrix.toarray()
        rank, order = 0, np.arange(self._equations.shape[1])
        if len(self._equations):  # LAPACK refuses the empty matrix
            _, r, order = scipy.linalg.qr(self._equations, mode="economic", pivoting=True)
            diagonal = np.abs(np.diag(r))
            rank = int(np.sum(diagonal > 1e-10 * np.max(diagonal, initial=0.0)))
        self.pivots, self.free = np.sort(order[:rank]), np.sort(order[rank:])
        self._q, self._r = np.linalg.qr(self._equations[:, self.pivots])
        self.factor = self._solved(self._equations[:, self.free])

    def _solved(self, right: Array) -> Array:
        solution = self._q.T @ right
        if len(solution):  # LAPACK of old SciPy refuses the empty triangle
            solution = scipy.linalg.solve_triangular(self._r, solution)
        if np.max(np.abs(self._q @ (self._r @ solution) - right), initial=0.0) > 1e-9:
            raise ArithmeticError("the equations contradict one another")
        solution[np.abs(solution) < 1e-14] = 0.0
        return np.asarray(solution)

    def constant(self, values: Array) -> Array:
        """y[pivots] where y[free] = 0."""
        return self._solved(values[:, None])[:, 0]

    def complete(self, free: Array, constant: Array) -> Array:
        y = np.empty(len(self.pivots) + len(self.free))
        y[self.free], y[self.pivots] = free, constant - self.factor @ free
        return y

    def multipliers(self, rest: Array) -> Array:
        """The least w with Eᵀw = rest."""
        own = rest[self.pivots]
        if len(own):
            own = scipy.linalg.solve_triangular(self._r, own, trans="T")
        return np.asarray(self._q @ own)


# (h, r) ↦ (y, z) with B y + z = h and Bᵀz = r.
Solver: TypeAlias = Callable[[Array, Array], tuple[Array, Array]]


def _least_squares(b_transposed: Array) -> Solver:
    """Solve B y + z = h, Bᵀz = r for y and z, by B = Q R with Householder reflections.

    B is overwritten.
    """
    m, rows = b_transposed.shape
    if m == 0:
        return lambda h, r: (np.zeros(0), h)
    if rows < m:
        raise ArithmeticError("the blocks do not bound all unknowns")
    q, blocks, _ = lapack.dgeqrt(min(64, m), b_transposed.T, overwrite_a=True)

    def solve(h: Array, r: Array) -> tuple[Array, Array]:
        u = lapack.dgemqrt(q, blocks, h[:, None], trans="T")[0]
        inner = scipy.linalg.solve_triangular(q[:m], r, trans="T", check_finite=False)
        y = scipy.linalg.solve_triangular(q[:m], u[:m, 0] - inner, check_finite=False)
        u[:m, 0] = inner
        return y, lapack.dgemqrt(q, blocks, u)[0][:, 0]

    return solve


class _Side:
    """The program without its equations, all blocks in the coordinates of their parts."""

    def __init__(self, program: NumericProgram) -> None:
        self.program, self.equations = program, _Equations(program)
        pivots, free, factor = self.equations.pivots, self.equations.free, self.equations.factor
        self.at_pivots = program.cone_matrix[:, pivots]
        reduced = sp.csr_matrix(program.cone_matrix[:, free] - self.at_pivots @ sp.csr_matrix(factor))
        matrices = [_Matrices(group, reduced) for group in _grouped(program.blocks)]
        parts: list[_Scalars | _Matrices] = [_Scalars(program, reduced), *matrices]
        ends = np.cumsum([0, *(part.size for part in parts)]).tolist()
        self.parts = [(part, slice(*ij)) for part, ij in zip(parts, pairwise(ends), strict=True)]
        self.order = sum(part.order for part in parts)
        self.to_coordinates = sp.vstack([part.to_coordinates for part in parts], "csr")
        self.a_matrix: Any = sp.csr_matrix(self.to_coordinates @ reduced)
        if prod(self.a_matrix.shape) <= LARGEST_DENSE:
            self.a_matrix = self.a_matrix.toarray()
            self.a_transposed: Any = np.ascontiguousarray(self.a_matrix.T)
        else:
            self.a_transposed = self.a_matrix.T.tocsr()
        self.transposed_parts = [self.a_transposed[:, k] for _, k in self.parts]
        self.identity = np.concatenate([part.identity for part in parts])
        self._put(program)

    def _put(self, program: NumericProgram) -> None:
        """Take objective and right sides from a program with the same matrices."""
        pivots, free, factor = self.equations.pivots, self.equations.free, self.equations.factor
        self.program = program
        self.at_zero = self.equations.constant(program.equation_values)
        self.constant = self.to_coordinates @ (program.cone_constant + self.at_pivots @ self.at_zero)
        self.objective = program.objective[free] - factor.T @ program.objective[pivots]
        self.offset = program.offset + float(program.objective[pivots] @ self.at_zero)

    def _each(self, function: str, *vectors: Array) -> Array:
        results = [getattr(part, function)(*(v[k] for v in vectors)) for part, k in self.parts]
        return np.concatenate(results)

    def _start(self) -> Iterate:
        """The smallest s and z that solve the linear conditions, moved into the cone."""
        y = -self._gram(self.a_transposed @ self.constant)
        s = self.a_matrix @ y + self.constant
        z = self.a_matrix @ self._gram(self.objective)
        return Iterate(y, self._inside(s), self._inside(z))

    @cached_property
    def _gram(self) -> Callable[[Array], Array]:
        """r ↦ (AᵀA)⁻¹ r"""
        gram = self.a_transposed @ self.a_matrix
        factor = scipy.linalg.cho_factor(gram.toarray() if sp.issparse(gram) else gram)
        return lambda r: np.asarray(scipy.linalg.cho_solve(factor, r))

    def _again(self, start: Iterate) -> Iterate:
        """The start of another program: z is feasible if the objective is the same, and s if it can be.

        Where some y has A y ⪰ 1, so much of it is added that s is as far inside as it was.
        """
        s = self.a_matrix @ start.y + self.constant
        missing = self._least_eigenvalue(start.s) - self._least_eigenvalue(s)
        if missing <= 0:
            return Iterate(start.y, s, start.z)
        if self._inwards is None:
            return Iterate(start.y, self._inside(s), start.z)
        y = start.y + missing * self._inwards
        return Iterate(y, self.a_matrix @ y + self.constant, start.z)

    @cached_property
    def _inwards(self) -> Array | None:
        """Some y with A y ⪰ 1, or None if none is found."""
        own = self.program
        zero = np.zeros(len(own.equation_values))
        moved = replace(own, cone_constant=-own.identity(), equation_values=zero)
        try:
            found = self.follow(1.0, moved, None, lambda bounds: bounds.upper < np.inf)
        except (ArithmeticError, np.linalg.LinAlgError):
            return None
        finally:
            self._put(own)
        return np.asarray(found.point.y[self.equations.free])

    def _inside(self, v: Array) -> Array:
        return v + self.identity * max(0.0, 1.0 - self._least_eigenvalue(v))

    def _least_eigenvalue(self, v: Array) -> float:
        return min(part.least_eigenvalue(v[k]) for part, k in self.parts)

    def _step_length(self, direction: Array) -> float:
        least = min(part.least(direction[k]) for part, k in self.parts)
        return 1.0 if least > -TO_BOUNDARY else -TO_BOUNDARY / least

    def follow(
        self,
        target: float,
        program: NumericProgram,
        start: Iterate | None,
        decided: Callable[[Bounds], bool] | None,
    ) -> Followed:
        if program is not self.program:
            self._put(program)
        y, s, z = self._start() if start is None else self._again(start)
        again = None
        mu = residual = np.inf
        for steps in range(MOST_STEPS):
            mu = float(s @ z) / self.order
            if not mu < LOST:
                raise ArithmeticError("no central path: one side has no interior, or no point at all")
            image = self.a_matrix @ y + self.constant - s
            dual = self.objective - self.a_transposed @ z
            noise = NOISE * max(1.0, float(np.max(np.abs(z))))
            off = [float(np.max(np.abs(r), initial=0.0)) for r in (image, dual)]
            residual = max(off)
            lower = self.offset - float(self.constant @ z) if off[1] <= FEASIBLE else -np.inf
            upper = self.offset + float(self.objective @ y) if off[0] <= FEASIBLE else np.inf
            bounds = Bounds(lower, upper)
            if again is None and residual <= FEASIBLE:
                again = Iterate(y, s, z)
            for part, k in self.parts:
                part.scale(s[k], z[k])
            spread = [np.max(np.abs(part.d**2 / target - 1), initial=0.0) for part, _ in self.parts]
            arrived = max(spread) <= CENTRED and residual <= max(1e-4 * target, noise)
            if arrived or (decided is not None and decided(bounds)):
                rest = program.objective - program.cone_matrix.T @ (self.to_coordinates.T @ z)
                w = self.equations.multipliers(rest)
                whole = self.equations.complete(y, self.at_zero)
                point = Centred(whole, w, self.to_coordinates.T @ z, mu, steps)
                return Followed(point, bounds, again)
            dy, ds, dz = self._direction(image, dual, target, mu)
            primal_step, dual_step = self._step_length(ds), self._step_length(dz)
            y = y + primal_step * dy
            s = s + primal_step * self._each("unscaled_s", ds)
            z = z + dual_step * self._each("unscaled_z", dz)
            if primal_step == 1.0:
                s = self.a_matrix @ y + self.constant
        raise ArithmeticError(
            f"the central path ends at mu = {mu:.1e} with residual {residual:.1e}, wanted {target:.1e}"
        )

    def _by_qr(self) -> Solver:
        b_transposed = np.empty(self.a_transposed.shape)
        for part, k in self.parts:
            part.write_columns(b_transposed[:, k])
        return _least_squares(b_transposed)

    def _by_cholesky(self) -> Solver:
        """The same with B y + z = h put into Bᵀz = r, refined in that identity."""
        gram = np.zeros((self.a_matrix.shape[1],) * 2, order="F")
        for (part, _), transposed in zip(self.parts, self.transposed_parts, strict=True):
            part.add_gram(gram, transposed)
        factor = scipy.linalg.cho_factor(gram, lower=True, overwrite_a=True, check_finite=False)

        def solve(h: Array, r: Array) -> tuple[Array, Array]:
            y, z = np.zeros(len(r)), h
            for count in range(1 + REFINEMENTS):
                unscaled = self._each("unscaled_z", z)
                error = self.a_transposed @ unscaled - r
                noise = NOISE * max(1.0, float(np.max(np.abs(unscaled), initial=0.0)))
                if count and float(np.max(np.abs(error), initial=0.0)) <= noise:
                    break
                change = scipy.linalg.cho_solve(factor, error, check_finite=False)
                y, z = y + change, z - self._each("scaled_s", self.a_matrix @ change)
            return y, z

        return solve

    def _direction(
        self, image: Array, dual: Array, target: float, mu: float
    ) -> tuple[Array, Array, Array]:
        """dy, and ds and dz in the scaling: predicted towards μ = 0, then corrected; at last centred."""
        by_qr = mu < CHOLESKY_DOWN_TO and self.a_matrix.shape[0] * len(dual) <= LARGEST_MATRIX
        solve = self._by_qr() if by_qr else self._by_cholesky()
        scaled_image, centre = self._each("scaled_s", image), self._each("centre")
        square = self._each("product", centre, centre)

        def newton(complementarity: Array) -> tuple[Array, Array, Array]:
            h = self._each("divided", complementarity)
            dy, dz = solve(h - scaled_image, dual)
            return dy, h - dz, dz

        if mu <= ARRIVED * target:  # only to be centred: what is predicted for μ = 0 leads astray
            return newton(target * self.identity - square)
        _, ds, dz = newton(-square)
        after = (centre + self._step_length(ds) * ds) @ (centre + self._step_length(dz) * dz)
        predicted = float(after) / self.order
        aim = max(target, mu * min(1.0, max(0.0, predicted / mu)) ** 3)
        return newton(aim * self.identity - square - self._each("product", ds, dz))
