"""Faces: programs whose blocks are singular at every point, because data make them so.

Where a principal submatrix of a block is constant and singular (a rank-one element of an assemblage,
say), every positive M(y) vanishes on its null vectors k: k†M(y)k = 0 implies M(y)k = 0. These are
linear equations in y. They are solved exactly, M(y) becomes V·M(y)_FF·V† with a fixed V and a
smaller principal submatrix M(y)_FF, and the search for further such submatrices starts again.
Likewise where a singular matrix of the data is a sum of blocks (an element that is a sum of hidden
states), each of these blocks vanishes on its null vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import QQ, QQ_I
from sympy.polys.matrices import DomainMatrix

from ..kernel.field import Number
from ..kernel.matrix import Matrix, matrix_of
from ..kernel.program import Block, Existence, LinearForm, Program
from .elimination import rational_only, restricted, solve_equations

Vector = list[Any]  # Gaussian rationals of sympy's domain QQ_I


@dataclass(frozen=True)
class Face:
    """The program in the free unknowns t only, with y = offset + Σ t_k columns[k].

    For every y of the face M_j(y) = bases[j]·M_j(y)[rows, rows]·bases[j]† with rows = `rows[j]`,
    where `bases[j]` is not None; where it is, all rows are kept.
    """

    program: Program
    offset: list[Fraction]
    columns: list[dict[int, Fraction]]
    bases: list[Matrix | None]
    rows: list[list[int]]

    def point(self, free: Matrix) -> Matrix:
        """y of exact free unknowns."""
        values = list(self.offset)
        for k, column in enumerate(self.columns):
            number = _fraction(free.entry(0, k)[0])
            for i, value in column.items():
                values[i] += value * number
        return matrix_of([values])


def smallest_face(program: Program, sums: Sequence[tuple[Matrix, Sequence[int]]] = ()) -> Face | None:
    """Cut every block down to where data do not make it singular; None if there is nothing to cut.

    `sums` are matrices, each with the numbers of the blocks of which it is the sum at every point.
    Raises ArithmeticError if the equations that follow have no solution.
    """
    forced: dict[int, list[Vector]] = {}
    for matrix, parts in sums:
        vectors = _null_vectors(_constant_block(matrix))
        for j in parts if vectors else ():
            forced.setdefault(j, []).extend(vectors)
    cuts = [_Cut.whole(block.size) for block in program.blocks]
    offset = [Fraction(0)] * len(program.unknowns)
    columns = [{i: Fraction(1)} for i in range(len(program.unknowns))]
    current = program
    while True:
        null = [_null_vectors(block) for block in current.blocks]
        if current is program:
            null = [[*own, *forced.get(j, [])] for j, own in enumerate(null)]
        if not any(null):
            break
        equations = [
            (equation.coefficients, rational_only(equation.constant - equation.value))
            for equation in current.equations
            if equation.coefficients
        ]
        for block, vectors in zip(current.blocks, null, strict=True):
            for vector in vectors:
                equations += _vanishing(block, vector)
        shift, span, _ = solve_equations(equations, len(current.unknowns))
        offset = _affine(offset, columns, shift)
        columns = [_combine(columns, column) for column in span]
        steps = [
            _Cut.of(block.size, vectors) for block, vectors in zip(current.blocks, null, strict=True)
        ]
        blocks = [
            restricted(block, step.rows, shift, span)
            for block, step in zip(current.blocks, steps, strict=True)
        ]
        cuts = [before.then(step) for before, step in zip(cuts, steps, strict=True)]
        current = Program(list(range(len(span))), blocks, [], Existence())
    if current is program:
        return None
    return Face(current, offset, columns, [cut.matrix() for cut in cuts], [cut.rows for cut in cuts])


@dataclass(frozen=True)
class _Cut:
    """Kept rows, and V (one dict a row, kept column → entry) with V[rows] = 1."""

    rows: list[int]
    basis: list[dict[int, Any]]

    @classmethod
    def whole(cls, size: int) -> _Cut:
        return cls(list(range(size)), [{k: QQ_I(1)} for k in range(size)])

    @classmethod
    def of(cls, size: int, null: list[Vector]) -> _Cut:
        """V spans the vectors orthogonal to `null`: K†V = 0, solved by elimination."""
        if not null:
            return cls.whole(size)
        conjugate = [[_conjugate(entry) for entry in vector] for vector in null]
        reduced, pivots = DomainMatrix(conjugate, (len(null), size), QQ_I).rref()
        rows = [k for k in range(size) if k not in pivots]
        entries = reduced.to_list()
        basis: list[dict[int, Any]] = [{} for _ in range(size)]
        for column, k in enumerate(rows):
            basis[k] = {column: QQ_I(1)}
        for number, pivot in enumerate(pivots):
            basis[pivot] = {
                column: -entries[number][k] for column, k in enumerate(rows) if entries[number][k]
            }
        return cls(rows, basis)

    def then(self, step: _Cut) -> _Cut:
        """This cut, and then a cut of what is left."""
        basis = []
        for row in self.basis:
            total: dict[int, Any] = {}
            for middle, left in row.items():
                for column, right in step.basis[middle].items():
                    total[column] = total.get(column, QQ_I(0)) + left * right
            basis.append(total)
        return _Cut([self.rows[k] for k in step.rows], basis)

    def matrix(self) -> Matrix | None:
        if len(self.rows) == len(self.basis):
            return None
        zero = QQ_I(0)
        entries = [[row.get(k, zero) for k in range(len(self.rows))] for row in self.basis]
        real, imaginary = ([[_fraction(part(e)) for e in row] for row in entries] for part in (_re, _im))
        return matrix_of(real, imaginary)


def _re(value: Any) -> Any:
    return value.x


def _im(value: Any) -> Any:
    return value.y


def _conjugate(value: Any) -> Any:
    return QQ_I(value.x, -value.y)


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))


def _null_vectors(block: Block) -> list[Vector]:
    """Null vectors of the constant principal submatrices, padded by zeros."""
    varies = np.zeros((block.size, block.size), dtype=bool)
    for entries in block.coefficients.values():
        for row, column, re, im in entries:
            if re or im:
                varies[row, column] = varies[column, row] = True
    values: dict[tuple[int, int], Any] = {}
    for row, column, re, im in block.constant:
        entry = QQ_I(_rational(re), _rational(im if row != column else 0))
        values[row, column] = values.get((row, column), QQ_I(0)) + entry
        if row != column:
            values[column, row] = _conjugate(values[row, column])
    found: list[Vector] = []
    for rows in _constant_cliques(varies):
        matrix = [[values.get((r, c), QQ_I(0)) for c in rows] for r in rows]
        null = DomainMatrix(matrix, (len(rows), len(rows)), QQ_I).nullspace().to_list()
        for vector in null:
            padded = [QQ_I(0)] * block.size
            for k, entry in zip(rows, vector, strict=True):
                padded[k] = entry
            found.append(padded)
    return found


def _constant_block(matrix: Matrix) -> Block:
    size = matrix.shape[0]
    lower = [(r, c, *matrix.entry(r, c)) for r in range(size) for c in range(r + 1)]
    return Block("", size, lower)


def _rational(value: Number) -> Any:
    rational = rational_only(value)
    return QQ(rational.numerator, rational.denominator)


def _constant_cliques(varies: np.ndarray[Any, Any]) -> Iterator[list[int]]:
    """Maximal sets of rows between which all entries are constant, found greedily from each row."""
    seen: set[tuple[int, ...]] = set()
    for first in range(len(varies)):
        if varies[first, first]:
            continue
        rows = [first]
        for k in range(len(varies)):
            if k != first and not varies[k, k] and not varies[k, rows].any():
                rows.append(k)
        key = tuple(sorted(rows))
        if key not in seen:
            seen.add(key)
            yield list(key)


def _vanishing(block: Block, vector: Vector) -> Iterator[tuple[LinearForm, Fraction]]:
    """M(y)·vector = 0, row by row, real and imaginary parts: (form, constant), form + constant = 0."""
    forms: list[dict[int | None, Any]] = [{} for _ in range(block.size)]

    def add(i: int | None, row: int, column: int, re: Number, im: Number) -> None:
        entry = QQ_I(_rational(re), _rational(im if row != column else 0))
        forms[row][i] = forms[row].get(i, QQ_I(0)) + entry * vector[column]
        if row != column:
            forms[column][i] = forms[column].get(i, QQ_I(0)) + _conjugate(entry) * vector[row]

    for term in block.constant:
        add(None, *term)
    for i, entries in block.coefficients.items():
        for term in entries:
            add(i, *term)
    for form in forms:
        for part in (_re, _im):
            numbers = {i: _fraction(part(value)) for i, value in form.items() if part(value)}
            if numbers:
                constant = numbers.pop(None, Fraction(0))
                yield {i: value for i, value in numbers.items() if i is not None}, constant


def _combine(columns: list[dict[int, Fraction]], weights: dict[int, Fraction]) -> dict[int, Fraction]:
    total: dict[int, Fraction] = {}
    for k, weight in weights.items():
        for i, value in columns[k].items():
            total[i] = total.get(i, Fraction(0)) + weight * value
    return total


def _affine(
    offset: list[Fraction], columns: list[dict[int, Fraction]], shift: list[Fraction]
) -> list[Fraction]:
    values = list(offset)
    for i, value in _combine(columns, dict(enumerate(shift))).items():
        values[i] += value
    return values
