"""Exact linear systems through python-flint, and programs in fewer unknowns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from ..kernel.field import Algebraic, Field, Number, coefficients_of, common_field, field_of, number
from ..kernel.program import Block, LinearForm


def to_fmpq(value: Number) -> fmpq:
    rational = rational_only(value)
    return fmpq(rational.numerator, rational.denominator)


def rational_only(value: Number) -> Fraction:
    """The value, or ArithmeticError if it is not rational."""
    if isinstance(value, Algebraic):
        raise ArithmeticError("this step is for rational data only, and these are in Q(a)")
    return Fraction(value)


def to_fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def over_rationals(rows: Sequence[Sequence[Number]], field: Field) -> fmpq_mat:
    """Each number of the field as the n×n matrix of the multiplication by it, n the degree."""
    n, columns = field.degree, len(rows[0]) if rows else 0
    matrix = fmpq_mat(n * len(rows), n * columns)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value:
                for k in range(n):
                    shifted = number(field, [0] * k + list(coefficients_of(value)))
                    for l, coefficient in enumerate(coefficients_of(shifted)):
                        matrix[n * r + l, n * c + k] = to_fmpq(coefficient)
    return matrix


def exact_solve(rows: Sequence[Sequence[Number]], right: Sequence[Number]) -> list[Number]:
    """x of the square system rows·x = right over K; ArithmeticError if it is singular."""
    field = common_field(field_of(value) for row in (*rows, right) for value in row)
    n, size = field.degree, len(right)
    matrix, column = over_rationals(rows, field), fmpq_mat(n * size, 1)
    for r, value in enumerate(right):
        for l, coefficient in enumerate(coefficients_of(value)):
            column[n * r + l, 0] = to_fmpq(coefficient)
    try:
        solution = matrix.solve(column)
    except ZeroDivisionError:
        raise ArithmeticError("the identities are linearly dependent") from None
    values = [to_fraction(solution[k, 0]) for k in range(n * size)]
    return [number(field, values[n * k : n * k + n]) for k in range(size)]


def independent_rows(matrix: Sequence[Sequence[Number]]) -> list[int]:
    """A maximal set of independent rows of a symmetric matrix over K.

    Of the n columns that a column over K becomes, all are pivots or none is: the span of those before is
    closed under multiplication by K.
    """
    field = common_field(field_of(value) for row in matrix for value in row)
    n, size = field.degree, len(matrix)
    reduced, rank = over_rationals(matrix, field).rref()
    pivots = (next(k for k in range(n * size) if reduced[row, k] != 0) for row in range(rank))
    return sorted({pivot // n for pivot in pivots})


def solve_equations(
    equations: list[tuple[LinearForm, Fraction]], unknowns: int
) -> tuple[list[Fraction], list[dict[int, Fraction]], list[int]]:
    """All solutions y = shift + Σ t_k span_k of form·y + constant = 0; and the eliminated unknowns.

    Raises ArithmeticError if there is none.
    """
    system = fmpq_mat(len(equations), unknowns + 1)
    for row, (form, constant) in enumerate(equations):
        for i, value in form.items():
            system[row, i] = to_fmpq(value)
        system[row, unknowns] = to_fmpq(-constant)
    reduced, rank = system.rref()
    shift = [Fraction(0)] * unknowns
    pivots: list[int] = []
    entries: list[dict[int, Fraction]] = []
    for row in range(rank):
        nonzero = [i for i in range(unknowns + 1) if reduced[row, i] != 0]
        if nonzero[0] == unknowns:
            raise ArithmeticError("the equations contradict each other")
        pivots.append(nonzero[0])
        numbers = {i: to_fraction(reduced[row, i]) for i in nonzero}
        shift[nonzero[0]] = numbers.pop(unknowns, Fraction(0))
        entries.append(numbers)
    free = [i for i in range(unknowns) if i not in set(pivots)]
    span = []
    for i in free:
        column = {i: Fraction(1)}
        for pivot, numbers in zip(pivots, entries, strict=True):
            if i in numbers:
                column[pivot] = -numbers[i]
        span.append(column)
    return shift, span, pivots


def restricted(
    block: Block, rows: list[int], shift: list[Fraction], span: list[dict[int, Fraction]]
) -> Block:
    """The block on the kept rows, in unknowns t with y = shift + Σ t_k span_k."""
    place = {row: k for k, row in enumerate(rows)}

    def kept(entries: list[Any], weight: Fraction) -> list[Any]:
        return [
            (place[r], place[c], weight * re, weight * im)
            for r, c, re, im in entries
            if r in place and c in place
        ]

    constant = kept(block.constant, Fraction(1))
    coefficients: dict[int, list[Any]] = {}
    for i, entries in block.coefficients.items():
        if shift[i]:
            constant += kept(entries, shift[i])
    for k, column in enumerate(span):
        terms = [term for i, w in column.items() for term in kept(block.coefficients.get(i, []), w)]
        merged: dict[tuple[int, int], list[Number]] = {}
        for r, c, re, im in terms:
            total = merged.setdefault((r, c), [0, 0])
            total[0] += re
            total[1] += im
        terms = [(r, c, re, im) for (r, c), (re, im) in merged.items() if re or im]
        if terms:
            coefficients[k] = terms
    return Block(block.name, len(rows), constant, coefficients)
