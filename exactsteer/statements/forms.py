"""Affine forms in the unknowns of a program, and matrices of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from ..kernel.field import Number, number
from ..kernel.matrix import Matrix
from ..kernel.program import Block, Equation, LinearForm
from ..scenario import Scenario

# Σ y_i (re + i·im) as a list of (i, re, im); i is None for the constant term.
Form: TypeAlias = list[tuple[int | None, Number, Number]]
MatrixForm: TypeAlias = list[list[Form]]  # [row][column]
RealForm: TypeAlias = dict[int | None, Number]


class Coordinate(NamedTuple):
    """An unknown: the real or imaginary part of an entry of a named matrix."""

    name: object
    row: int
    column: int
    part: str

    def __str__(self) -> str:
        return f"{self.part} part of {self.name} at ({self.row}, {self.column})"


def constant(matrix: Matrix) -> MatrixForm:
    """A matrix that is data."""
    rows, columns = matrix.shape
    return [[[(None, *matrix.entry(r, c))] for c in range(columns)] for r in range(rows)]


def unknown(unknowns: list[object], name: object, size: int, is_hermitian: bool) -> MatrixForm:
    """A size×size matrix of new unknowns; a Hermitian one has them on and below its diagonal."""
    form: MatrixForm = [[[] for _ in range(size)] for _ in range(size)]
    for part, re, im in (("real", 1, 0), ("imaginary", 0, 1)):
        for row in range(size):
            for column in range(row + 1 - im if is_hermitian else size):
                i = len(unknowns)
                unknowns.append(Coordinate(name, row, column, part))
                form[row][column].append((i, re, im))
                if is_hermitian and row != column:
                    form[column][row].append((i, re, -im))
    return form


def direct_sum(forms: Sequence[MatrixForm]) -> MatrixForm:
    """⊕_k of square matrices."""
    size = sum(map(len, forms))
    result: MatrixForm = [[[] for _ in range(size)] for _ in range(size)]
    start = 0
    for form in forms:
        for r, row in enumerate(form):
            result[start + r][start : start + len(form)] = row
        start += len(form)
    return result


def unknown_element(unknowns: list[object], name: str, scenario: Scenario) -> MatrixForm:
    """A Hermitian matrix of new unknowns; for several trusted parties the direct sum of one of each."""
    if not scenario.bobs:
        return unknown(unknowns, name, scenario.dimension, True)
    parts = [f"{name} of trusted party {k + 1}" for k in range(len(scenario.bobs))]
    return direct_sum(
        [unknown(unknowns, p, size, True) for p, size in zip(parts, scenario.bobs, strict=True)]
    )


def marginals(scenario: Scenario, form: MatrixForm) -> MatrixForm:
    """⊕_k tr_{others} of a matrix on the joint system of all trusted parties."""
    if not scenario.bobs:
        return form
    size = range(scenario.dimension)
    return [
        [combined((1, form[i][j]) for i, j in scenario.marginal_entry(r, c)) for c in size] for r in size
    ]


def own_trace(scenario: Scenario, form: MatrixForm) -> RealForm:
    """tr σ⁽¹⁾ of an element σ: p(a|x), which the first trusted party sees as all others do."""
    rows = scenario.summands()[0]
    return real_parts(combined((1, form[k][k]) for k in rows))[0]


def equal_traces(scenario: Scenario, name: str, form: MatrixForm) -> list[Equation]:
    """tr σ⁽ᵏ⁾ = tr σ⁽¹⁾ for all trusted parties but the first; none where there is one."""
    equations = []
    for k, rows in enumerate(scenario.summands()[1:], 2):
        own = real_parts(combined((1, form[r][r]) for r in rows))[0]
        difference = own_trace(scenario, form)
        for i, value in own.items():
            difference[i] = difference.get(i, 0) - value
        equations.append(equation(f"trace of {name}, trusted party 1 against {k}", difference, 0))
    return equations


def adjoint(form: MatrixForm) -> MatrixForm:
    size = range(len(form))
    return [[[(i, re, -im) for i, re, im in form[c][r]] for c in size] for r in size]


def total(terms: Iterable[tuple[Number, MatrixForm]]) -> MatrixForm:
    """Σ weight·form of equally shaped matrices, at least one."""
    terms = list(terms)
    if len(terms) == 1 and terms[0][0] == 1:
        return terms[0][1]
    shape = terms[0][1]
    return [
        [combined((weight, form[r][c]) for weight, form in terms) for c in range(len(shape))]
        for r in range(len(shape))
    ]


def combined(terms: Iterable[tuple[Number, Form]]) -> Form:
    """Σ weight·form of single entries."""
    sums: dict[int | None, list[Number]] = {}
    for weight, form in terms:
        for i, re, im in form:
            sums_i = sums.setdefault(i, [0, 0])
            sums_i[0] += weight * re
            sums_i[1] += weight * im
    return [(i, re, im) for i, (re, im) in sums.items() if re or im]


def write(block: Block, row: int, column: int, form: Form) -> None:
    """Add an entry on or below the diagonal of a block."""
    for i, re, im in form:
        (block.constant if i is None else block.coefficients.setdefault(i, [])).append(
            (row, column, re, im)
        )


def positive_block(name: str, form: MatrixForm) -> Block:
    """The Hermitian matrix is to be positive semidefinite."""
    block = Block(name, len(form))
    for row in range(block.size):
        for column in range(row + 1):
            write(block, row, column, form[row][column])
    return block


def inequality(name: str, form: RealForm) -> Block:
    """form ≥ 0."""
    return positive_block(name, [[[(i, value, 0) for i, value in form.items()]]])


def equation(name: str, form: RealForm, value: Number) -> Equation:
    """form = value."""
    coefficients, constant_term = split(form)
    return Equation(name, coefficients, value, constant_term)


def vanishing(name: str, form: MatrixForm) -> list[Equation]:
    """A Hermitian matrix = 0, entry by entry of its lower triangle."""
    lower = [(row, column) for row in range(len(form)) for column in range(row + 1)]
    return _vanishing(name, form, lower)


def vanishing_element(scenario: Scenario, name: str, form: MatrixForm) -> list[Equation]:
    """The same of an element of an assemblage, for the entries that are not zero anyway."""
    return _vanishing(name, form, scenario.lower_entries())


def _vanishing(name: str, form: MatrixForm, entries: Iterable[tuple[int, int]]) -> list[Equation]:
    equations = []
    for row, column in entries:
        re, im = real_parts(form[row][column])
        place = f"{name}, entry ({row}, {column})"
        equations.append(equation(f"{place}, real part", re, 0))
        if row != column:
            equations.append(equation(f"{place}, imaginary part", im, 0))
    return equations


def split(form: RealForm) -> tuple[LinearForm, Number]:
    """The form without its constant term, and that term."""
    return {i: value for i, value in form.items() if i is not None}, form.get(None, 0)


def real_parts(form: Form) -> tuple[RealForm, RealForm]:
    """Real and imaginary part of an entry."""
    return {i: re for i, re, _ in form if re}, {i: im for i, _, im in form if im}


def trace(form: MatrixForm) -> RealForm:
    """Real part of the trace."""
    return real_parts(combined((1, form[k][k]) for k in range(len(form))))[0]


def pairing(terms: Iterable[tuple[Matrix, MatrixForm]]) -> RealForm:
    """Σ tr(Fσ) over pairs of a Hermitian matrix F and a Hermitian matrix form σ.

    tr(Fσ) = Σ_r F_rr σ_rr + 2 Σ_{r>c} (Re F_rc Re σ_rc + Im F_rc Im σ_rc)
    """
    terms = list(terms)
    common = lcm(*(matrix.denominator for matrix, _ in terms))
    result: RealForm = {}
    for matrix, form in terms:
        scale = common // matrix.denominator
        for (power, unit), rows in matrix.parts.items():
            # Integers where the form's are, until the common denominator comes last.
            alpha = number(matrix.field, [0] * power + [1]) if power else 1
            for r, row in enumerate(rows):
                for c in range(r + 1 - unit):
                    if row[c]:
                        weight = (1 if r == c else 2) * scale * row[c] * alpha
                        for i, re, im in form[r][c]:
                            result[i] = result.get(i, 0) + weight * (im if unit else re)
    return {i: value * Fraction(1, common) for i, value in result.items() if value}
