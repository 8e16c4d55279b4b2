"""An exact program as floating-point matrices: minimise c·y with M_j(y) ⪰ 0 and E y = e.

Hermitian blocks are written in coordinates in which ⟨Z, M⟩ is the dot product ("svec"): real
diagonal, then √2 times the real (and imaginary) parts below it. All blocks together form one vector
M(y) = A y + a, so that the program and its dual are

    min c·y   with  A y + a ∈ cone,  E y = e          max w·e - z·a  with  Aᵀz + Eᵀw = c,  z ∈ cone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import sqrt

import numpy as np
import numpy.typing as npt
import scipy.linalg
import scipy.sparse as sp

from ..exact.numbers import InputError, approximation
from ..kernel.field import Number
from ..kernel.program import Entry, LinearForm, Program

Array = npt.NDArray[np.float64]
ROOT2 = sqrt(2.0)
DEPENDENT = 1e-12  # share of the largest pivot, of the matrix of scalar products


@dataclass(frozen=True)
class NumericBlock:
    """Coordinates `start` to `stop` of M(y) are the svec of a Hermitian n×n matrix, n = `size`."""

    size: int
    is_complex: bool
    start: int

    @property
    def stop(self) -> int:
        n = self.size
        return self.start + (n * n if self.is_complex else n * (n + 1) // 2)

    def basis(self) -> sp.csr_matrix:
        """The n²×(coordinates) matrix B with vec(M) = B·svec(M), row-major; B†B = 1."""
        return _basis(self.size, self.is_complex)

    def coordinate(self, row: int, column: int, imaginary: bool) -> int:
        """Where the (row ≥ column) entry stands in M(y)."""
        n = self.size
        if row == column:
            return self.start + row
        below = row * (row - 1) // 2 + column
        return self.start + n + below + (n * (n - 1) // 2 if imaginary else 0)

    def matrix(self, vector: Array) -> npt.NDArray[np.complex128]:
        """The Hermitian matrix of the whole vector's coordinates of this block."""
        flat = self.basis() @ vector[self.start : self.stop]
        return np.asarray(flat).reshape(self.size, self.size)


@cache
def _basis(n: int, is_complex: bool) -> sp.csr_matrix:
    lower = np.tril_indices(n, -1)
    rows, columns, values = [], [], []
    diagonal = np.arange(n)
    rows.append(diagonal * n + diagonal)
    columns.append(diagonal)
    values.append(np.ones(n, complex))
    count = n
    for unit in (1.0, 1j) if is_complex else (1.0,):
        place = count + np.arange(len(lower[0]))
        rows += [lower[0] * n + lower[1], lower[1] * n + lower[0]]
        columns += [place, place]
        values += [np.full(len(place), unit / ROOT2), np.full(len(place), np.conj(unit) / ROOT2)]
        count += len(place)
    data = np.concatenate(values)
    if not is_complex:
        data = data.real
    index = (np.concatenate(rows), np.concatenate(columns))
    return sp.csr_matrix((data, index), shape=(n * n, count))


@dataclass(frozen=True)
class NumericProgram:
    """The program in svec form. `kept[k]` is the exact unknown of numeric unknown k."""

    objective: Array
    cone_matrix: sp.csr_matrix
    cone_constant: Array
    equation_matrix: sp.csr_matrix
    equation_values: Array
    blocks: list[NumericBlock]
    kept: npt.NDArray[np.int64]
    offset: float = 0.0  # of the objective

    @property
    def order(self) -> int:
        """Rows of all blocks: at the point of the central path for μ the gap is μ times that."""
        return sum(block.size for block in self.blocks)

    @cached_property
    def dual(self) -> Dual:
        """Found once: whoever asks how large a program is, and whoever solves it, needs it."""
        return dual_of(self)

    def unknowns_at(self, y: Array) -> dict[int, float]:
        """y by the exact unknowns, without the last one that a margin adds."""
        return dict(zip(self.kept.tolist(), y.tolist(), strict=False))

    def identity(self) -> Array:
        """The coordinates of the identity in every block."""
        vector = np.zeros(len(self.cone_constant))
        for block in self.blocks:
            vector[block.start : block.start + block.size] = 1.0
        return vector

    def least_eigenvalue(self, vector: Array) -> float:
        """Of all blocks with these coordinates."""
        least = [np.linalg.eigvalsh(block.matrix(vector))[0] for block in self.blocks if block.size > 1]
        scalars = vector[[block.start for block in self.blocks if block.size == 1]]
        return float(min([*least, *scalars], default=np.inf))


def real_unknowns(program: Program, objective: LinearForm) -> set[int] | None:
    """The unknowns that a real program needs, or None if it is not real.

    If complex conjugation maps the program to itself, flipping the sign of some unknowns, then
    these may be put to zero: the average of y and its conjugate satisfies all that y does.
    """
    flipped: set[int] = set()
    straight: set[int] = set()
    for block in program.blocks:
        if any(im for _, _, _, im in block.constant):
            return None
        for i, entries in block.coefficients.items():
            for _, _, re, im in entries:
                if re:
                    straight.add(i)
                if im:
                    flipped.add(i)
    seen = set(objective).union(*(equation.coefficients for equation in program.equations))
    if flipped & (straight | seen):
        return None
    return straight | seen


def real_places(size: int, entry: Entry, is_complex: bool) -> Iterator[tuple[int, int, Number]]:
    """What an entry of the lower triangle stands for, on both sides of the diagonal.

    A complex matrix is written as the real one [[Re, -Im], [Im, Re]], positive if and only if it is.
    """
    row, column, re, im = entry
    sides = [(row, column, im)] if row == column else [(row, column, im), (column, row, -im)]
    for r, c, part in sides:
        places = [(r, c, re)]
        if is_complex:
            places.append((r + size, c + size, re))
            if row != column:
                places += [(r + size, c, part), (r, c + size, -part)]
        yield from (place for place in places if place[2])


def numeric_program(
    program: Program, objective: LinearForm, margin: Iterable[int] = ()
) -> NumericProgram:
    """`program` in floating point, with `objective` to be minimised.

    With `margin`, a set of block numbers, a last unknown t is added, M_j(y) + t·1 ⪰ 0 is asked of
    these blocks, and t replaces the objective: the program asks how far they are from feasible.
    """
    real = real_unknowns(program, objective)
    kept = np.array(sorted(range(len(program.unknowns)) if real is None else real), dtype=np.int64)
    position = {int(i): k for k, i in enumerate(kept)}
    blocks: list[NumericBlock] = []
    start = 0
    for block in program.blocks:
        blocks.append(NumericBlock(block.size, real is None and block.size > 1, start))
        start = blocks[-1].stop

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    constant = np.zeros(start)
    for block, numeric in zip(program.blocks, blocks, strict=True):
        for k, value in _coordinates(block.constant, numeric):
            constant[k] += value
        for i, entries in block.coefficients.items():
            if i in position:
                for k, value in _coordinates(entries, numeric):
                    rows.append(k)
                    columns.append(position[i])
                    values.append(value)
    equations = [equation for equation in program.equations if equation.coefficients]
    equation_matrix = _sparse_rows([e.coefficients for e in equations], position)
    count = len(kept)
    c = np.zeros(count)
    for i, number in objective.items():
        c[position[i]] = _double(number)
    margin = set(margin)
    if margin:
        for j in margin:
            for k in range(blocks[j].size):
                rows.append(blocks[j].start + k)
                columns.append(count)
                values.append(1.0)
        equation_matrix = sp.hstack([equation_matrix, sp.csr_matrix((len(equations), 1))], "csr")
        c = np.append(np.zeros(count), 1.0)
    cone = sp.csr_matrix((values, (rows, columns)), shape=(start, len(c)))
    numbers = np.array([_double(e.value - e.constant) for e in equations])
    return NumericProgram(c, cone, constant, equation_matrix, numbers, blocks, kept)


def _double(number: Number) -> float:
    try:
        return float(approximation(number))
    except OverflowError:
        raise InputError("a number beyond 1e308, too large for any solver: rescale the data") from None


def _coordinates(entries: Iterable[Entry], block: NumericBlock) -> Iterable[tuple[int, float]]:
    for row, column, re, im in entries:
        scale = 1.0 if row == column else ROOT2
        if re:
            yield block.coordinate(row, column, False), scale * _double(re)
        if im and row != column:
            yield block.coordinate(row, column, True), scale * _double(im)


def _sparse_rows(forms: list[LinearForm], position: dict[int, int]) -> sp.csr_matrix:
    triples = [
        (k, position[i], _double(value)) for k, form in enumerate(forms) for i, value in form.items()
    ]
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return sp.csr_matrix((values, (rows, columns)), shape=(len(forms), len(position)))


@dataclass(frozen=True)
class Dual:
    """The dual of a program, as a program: minimise a·z - w·e over z ∈ cone with Aᵀz + Eᵀw = c.

    Where a block is made of unknowns that occur in no other place of the cone, each of its coordinates
    s_r = α_r y_u + …, then  α_r z_r = c_u - (Eᵀw)_u  gives its z at once. The unknowns of the dual are
    w and the z of the other blocks, so there may be far fewer of them: hidden states, or moments of a
    realisation, are many unknowns with few equations.
    """

    program: NumericProgram
    kept: npt.NDArray[np.int64]  # independent equations; the others get the multiplier 0
    owners: npt.NDArray[np.int64]  # for each row of the cone the unknown y_u, or -1
    scales: Array  # α_r
    others: npt.NDArray[np.int64]  # unknowns that own no row
    transposed: sp.csc_matrix  # Aᵀ, its rows for the others

    def with_sides(self, primal: NumericProgram) -> NumericProgram:
        """The dual of a program with the same matrices."""
        rows, owned = len(self.owners), self.owners >= 0
        constant = np.zeros(rows)
        constant[owned] = primal.objective[self.owners[owned]] / self.scales[owned]
        from_w = np.zeros(self.program.cone_matrix.shape[1])
        from_w[: len(self.kept)] = primal.equation_values[self.kept]
        return replace(
            self.program,
            objective=self.program.cone_matrix.T @ primal.cone_constant - from_w,
            cone_constant=constant,
            equation_values=primal.objective[self.others] - self.transposed @ constant,
            offset=float(primal.cone_constant @ constant) - primal.offset,
        )

    def back(
        self, primal: NumericProgram, u: Array, multipliers: Array, s: Array
    ) -> tuple[Array, Array, Array]:
        """y, w, z of the primal from the point u of the dual, its multipliers, and its s."""
        w = np.zeros(len(primal.equation_values))
        w[self.kept] = u[: len(self.kept)]
        y = np.zeros(len(primal.objective))
        y[self.others] = -multipliers
        rest = s - primal.cone_matrix @ y - primal.cone_constant
        owned = self.owners >= 0
        z = self.program.cone_matrix @ u
        z[owned] += primal.objective[self.owners[owned]] / self.scales[owned]
        y[self.owners[owned]] = rest[owned] / self.scales[owned]
        return y, w, z


def dual_of(program: NumericProgram) -> Dual:
    cone = program.cone_matrix.tocsc()
    count, rows = len(program.objective), len(program.cone_constant)
    single = np.flatnonzero(np.diff(cone.indptr) == 1)
    owners = np.full(rows, -1)
    owners[cone.indices[cone.indptr[single]]] = single
    for block in program.blocks:  # a block is owned as a whole
        here = owners[block.start : block.stop]
        if np.any(here < 0):
            here[:] = -1
    owned, free = np.flatnonzero(owners >= 0), np.flatnonzero(owners < 0)
    scales = np.ones(rows)
    scales[owned] = cone.data[cone.indptr[owners[owned]]]
    others = np.setdiff1d(np.arange(count), owners[owned])
    kept = independent_equations(program.equation_matrix)
    equations = program.equation_matrix.tocsr()[kept].tocsc()
    inverse = sp.diags(1 / scales[owned])
    # z = (c - Eᵀw)/α on owned rows, and unknown on the others.
    at_owned = sp.identity(rows, format="csc")[:, owned]
    from_w = -(at_owned @ inverse @ equations[:, owners[owned]].T)
    matrix = sp.hstack([from_w, sp.identity(rows, format="csc")[:, free]], "csr")
    # What is left of Aᵀz + Eᵀw = c, for the unknowns that own nothing.
    transposed = cone[:, others].T
    both = sp.hstack([equations[:, others].T, sp.csr_matrix((len(others), len(free)))])
    empty = NumericProgram(
        np.zeros(matrix.shape[1]),
        matrix,
        np.zeros(rows),
        sp.csr_matrix(both + transposed @ matrix),
        np.zeros(len(others)),
        program.blocks,
        np.arange(matrix.shape[1]),
    )
    dual = Dual(empty, kept, owners, scales, others, transposed)
    return replace(dual, program=dual.with_sides(program))


def independent_equations(matrix: sp.csr_matrix) -> npt.NDArray[np.int64]:
    """A maximal set of independent rows."""
    if not matrix.shape[0]:
        return np.zeros(0, dtype=np.int64)
    gram = (matrix @ matrix.T).toarray()
    _, r, order = scipy.linalg.qr(gram, mode="economic", pivoting=True)
    diagonal = np.abs(np.diag(r))
    rank = int(np.sum(diagonal > DEPENDENT * diagonal[0]))
    return np.sort(order[:rank])
