"""From floating-point points and multipliers to exact witnesses that satisfy every identity.

Rounding alone breaks the linear identities; each is then mended exactly, at an entry of its own
where it has one (a division), and by an exact linear solve for those that have none.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, ldexp, log2
from typing import Any, TypeVar

import numpy as np
from mpmath import mp

from ..exact.ldl import ldl
from ..exact.numbers import approximation, divide
from ..kernel.errors import Rejected
from ..kernel.field import Number
from ..kernel.matrix import Matrix, hermitian, matrix_of, rational_matrix
from ..kernel.positivity import Dominant, Factored, Positivity, accept_positive
from ..kernel.program import Entry, LinearForm, Program
from .elimination import exact_solve, independent_rows
from .numeric import Array, NumericProgram

ELIMINATION_LIMIT = 24  # rank up to which a matrix on the boundary is eliminated exactly
PRECISE_LIMIT = 200  # rows up to which multiple precision takes seconds
LEAST_SHARE = 1e-3  # of the largest coefficient, that of a key where a form is mended
K = TypeVar("K", bound=Hashable)
Key = tuple[int, int, int, str]  # block, row, column, part of an entry of a multiplier Z
Real = float | Fraction
Entries = dict[Key, Real]  # of the lower triangles of all Z_j


class RoundingError(ArithmeticError):
    """No exact witness came of this point; the message says what failed, and by how much."""


def dyadic(value: Real, bits: int) -> Fraction:
    """The nearest multiple of 2^-bits."""
    return Fraction(scaled(value, bits), 1 << bits)


def scaled(value: Any, bits: int) -> int:
    """The integer nearest to 2^bits·value, for a float, a Fraction or an mpmath number."""
    if isinstance(value, float):
        return round(ldexp(value, bits))
    if isinstance(value, Fraction):
        return round(value * (1 << bits))
    return int(mp.nint(mp.ldexp(value, bits)))


def solve_exactly(
    forms: Sequence[Mapping[K, Number]], targets: Sequence[Number], start: Mapping[K, Number]
) -> dict[K, Number]:
    """x near `start` with Σ form[key]·x[key] = target for every form, exactly.

    A form with a key of its own, that does not count for little in it, is mended there, and so is a
    form whose key occurs in such forms only. The rest is mended together, by the exact least-norm
    solution, whose numbers are long. Raises RoundingError if there is none.
    """
    x = dict(start)
    own = _own_keys(forms)
    mended = {k for k, _ in own}
    together = [k for k in range(len(forms)) if k not in mended]
    residuals = [_residual(forms[k], targets[k], x) for k in together]
    if any(residuals):
        # Forms with own keys absorb what this does to them, so only `together` must be solved.
        for key, change in _least_norm([forms[k] for k in together], residuals):
            x[key] = x.get(key, 0) + change
    # A key occurs in its own form and in those found before, which are mended after it.
    for k, key in reversed(own):
        x[key] = x.get(key, 0) + divide(_residual(forms[k], targets[k], x), forms[k][key])
    return x


def _own_keys(forms: Sequence[Mapping[K, Number]]) -> list[tuple[int, K]]:
    """Forms with a key that occurs in no form but theirs and those before them in the list."""
    where: dict[K, set[int]] = {}
    for k, form in enumerate(forms):
        for key in form:
            where.setdefault(key, set()).add(k)
    own: list[tuple[int, K]] = []
    waiting = list(range(len(forms)))
    done: set[int] = set()
    while waiting:
        again: set[int] = set()
        for k in waiting:
            sizes = {key: abs(float(approximation(value))) for key, value in forms[k].items()}
            keys = [key for key in forms[k] if len(where[key]) == 1]
            largest = max(keys, key=sizes.__getitem__) if keys else None
            if k in done or largest is None or sizes[largest] < LEAST_SHARE * max(sizes.values()):
                continue
            own.append((k, largest))
            done.add(k)
            for other in forms[k]:
                where[other].discard(k)
                if len(where[other]) == 1:
                    again |= where[other]
        waiting = sorted(again - done)
    return own


def _residual(form: Mapping[K, Number], target: Number, x: Mapping[K, Number]) -> Number:
    for key, value in form.items():
        target -= value * x.get(key, 0)
    return target


def _least_norm(
    forms: Sequence[Mapping[K, Number]], residuals: Sequence[Number]
) -> Iterable[tuple[K, Number]]:
    """x = Gᵀ(GGᵀ)⁻¹r, exactly, G a maximal set of independent forms."""
    zero = Fraction(0)
    gram = [
        [sum((v * other[key] for key, v in form.items() if key in other), zero) for other in forms]
        for form in forms
    ]
    try:
        kept, weights = list(range(len(forms))), exact_solve(gram, residuals)
    except ArithmeticError:
        kept = independent_rows(gram)
        weights = exact_solve([[gram[k][l] for l in kept] for k in kept], [residuals[k] for k in kept])
    changes: dict[K, Number] = {}
    for k, weight in zip(kept, weights, strict=True):
        for key, value in forms[k].items():
            changes[key] = changes.get(key, 0) + weight * value
    if any(_residual(form, target, changes) for form, target in zip(forms, residuals, strict=True)):
        raise RoundingError("the identities contradict each other")
    return changes.items()


def exact_point(program: Program, y: Mapping[int, Real], bits: int) -> Matrix:
    """Dyadic y that satisfies the equations exactly; unknowns that are not given are 0."""
    equations = [equation for equation in program.equations if equation.coefficients]
    x = solve_exactly(
        [equation.coefficients for equation in equations],
        [equation.value - equation.constant for equation in equations],
        {i: dyadic(value, bits) for i, value in y.items()},
    )
    return matrix_of([[x.get(i, 0) for i in range(len(program.unknowns))]])


def exact_multipliers(
    program: Program, objective: LinearForm, w: Sequence[Real], z: Entries, bits: int
) -> tuple[list[Number], list[Matrix]]:
    """w and Z_j near these with c_i = Σ_k w_k E_ki + Σ_j ⟨Z_j, A_ji⟩ exactly, for every unknown i.

    `w` has the equations with unknowns only. They are rounded, except those of unknowns that occur in no
    block: these are mended too, or all of them, where a combination of unknowns occurs in no block.
    """
    matrices: list[dict[Key, Number]] = [{} for _ in program.unknowns]
    for j, block in enumerate(program.blocks):
        for i, entries in block.coefficients.items():
            _add_pairing(matrices[i], j, entries)
    equations = [equation.coefficients for equation in program.equations if equation.coefficients]
    alone = {i for i, form in enumerate(matrices) if not form}
    some = [k for k, equation in enumerate(equations) if not alone.isdisjoint(equation)]
    try:
        weights, x = _mended(matrices, equations, some, objective, w, z, bits)
    except RoundingError:
        if len(some) == len(equations):
            raise
        weights, x = _mended(matrices, equations, range(len(equations)), objective, w, z, bits)
    zero = Fraction(0)

    def entry_of(j: int) -> Callable[[int, int], tuple[Number, Number]]:
        return lambda r, c: (x.get((j, r, c, "real"), zero), x.get((j, r, c, "imaginary"), zero))

    given = iter(weights)
    multipliers = [next(given) if equation.coefficients else zero for equation in program.equations]
    return multipliers, [hermitian(block.size, entry_of(j)) for j, block in enumerate(program.blocks)]


def _mended(
    matrices: Sequence[Mapping[Key, Number]],
    equations: Sequence[LinearForm],
    free: Sequence[int],
    objective: LinearForm,
    w: Sequence[Real],
    z: Entries,
    bits: int,
) -> tuple[list[Number], dict[Key, Number]]:
    """All w, rounded or, of the equations in `free`, mended together with the entries of Z."""
    forms = [dict(form) for form in matrices]
    targets = [objective.get(i, 0) for i in range(len(forms))]
    weights: list[Number] = [dyadic(weight, bits) for weight in w]
    start: dict[Key, Number] = {key: dyadic(value, bits) for key, value in z.items()}
    keys: dict[int, Key] = {k: (k, 0, 0, "multiplier") for k in free}
    for k, (equation, weight) in enumerate(zip(equations, weights, strict=True)):
        if k in keys:
            start[keys[k]] = weight
        for i, value in equation.items():
            if k in keys:
                forms[i][keys[k]] = value
            else:
                targets[i] -= weight * value
    # A real z meets the forms that see imaginary parts only: they say 0 = 0.
    real = not any(part == "imaginary" for _, _, _, part in z)
    seen = [
        i
        for i, form in enumerate(forms)
        if not (real and targets[i] == 0 and all(key[3] == "imaginary" for key in form))
    ]
    x = solve_exactly([forms[i] for i in seen], [targets[i] for i in seen], start)
    for k, key in keys.items():
        weights[k] = x[key]
    return weights, x


def entries_of(numeric: NumericProgram, z: Array) -> Entries:
    """The entries of the Z_j below and on the diagonal, from their svec coordinates."""
    entries: Entries = {}
    for j, block in enumerate(numeric.blocks):
        matrix = block.matrix(z)
        for row in range(block.size):
            for column in range(row + 1):
                entries[j, row, column, "real"] = float(matrix[row, column].real)
                if block.is_complex and row != column:
                    entries[j, row, column, "imaginary"] = float(matrix[row, column].imag)
    return entries


def _add_pairing(form: dict[Key, Number], block: int, entries: Iterable[Entry]) -> None:
    """⟨Z, A⟩ as a form in the entries of Z's lower triangle."""
    for row, column, re, im in entries:
        weight = 1 if row == column else 2
        if re:
            key = (block, row, column, "real")
            form[key] = form.get(key, 0) + weight * re
        if im and row != column:
            key = (block, row, column, "imaginary")
            form[key] = form.get(key, 0) + weight * im


def positivity_witness(matrix: Matrix, name: str, inside: float = 0.0) -> Positivity:
    """A witness that the kernel's rule accepts, as short as the matrix allows.

    A matrix inside the cone gets a Cholesky factor of matrix - δ·1, rounded so that the errors of a
    row stay below δ: in double precision if it is well inside, else in multiple precision. A small
    one on the boundary is eliminated exactly. `inside` may tell a least eigenvalue that double
    precision can't see. Raises RoundingError with the least eigenvalue.
    """
    size = matrix.shape[0]
    if size == 1:
        return _accepted(matrix, Dominant(), name)
    values = floats(matrix)
    eigenvalues = np.linalg.eigvalsh(values)
    least, largest = float(eigenvalues[0]), float(eigenvalues[-1])
    noise = size * np.finfo(float).eps * largest
    if least > 64 * noise:
        factor = np.linalg.cholesky(values - least / 2 * np.eye(size))
        row_sum = float(np.max(np.sum(np.abs(factor), axis=1)))
        digits = _factor_bits(size, row_sum, least / 2)
        parts = [_integers(np.rint(np.ldexp(part, digits))) for part in (factor.real, factor.imag)]
        return _accepted(matrix, _factored(digits, *parts), name)
    if least > -noise and size <= PRECISE_LIMIT:
        for shift in (least / 2, noise / 2**8, noise / 2**16, inside / 2):
            precise = precise_cholesky(matrix, shift) if shift > 0 else None
            if precise is not None:
                return _accepted(matrix, _rounded_factor(precise, shift), name)
    if np.count_nonzero(eigenvalues > noise) <= ELIMINATION_LIMIT:
        exact = ldl(matrix)
        if exact is not None:
            return _accepted(matrix, Factored(*exact), name)
    raise RoundingError(f"{name}: least eigenvalue {least:.1e} of a matrix of norm {largest:.1e}")


def _accepted(matrix: Matrix, witness: Positivity, name: str) -> Positivity:
    """The witness, if the kernel's rule accepts it."""
    try:
        accept_positive(matrix, witness, name)
    except Rejected as error:
        raise RoundingError(str(error)) from None
    return witness


def precise_cholesky(matrix: Matrix, shift: float) -> list[list[Any]] | None:
    """The factor of matrix - shift·1 to 50 digits, or None if that is not positive definite."""
    size = matrix.shape[0]

    def precise(value: Number) -> Any:
        rational = approximation(value, 256)
        return mp.mpf(rational.numerator) / rational.denominator

    with mp.workdps(50):
        values = mp.matrix(size)
        for r in range(size):
            for c in range(size):
                re, im = matrix.entry(r, c)
                values[r, c] = mp.mpc(precise(re), precise(im)) if im else precise(re)
            values[r, r] -= mp.mpf(shift)
        try:
            factor: list[list[Any]] = mp.cholesky(values).tolist()
        except ValueError:
            return None
        return factor


def _rounded_factor(factor: Sequence[Sequence[Any]], shift: float) -> Factored:
    """L to as many bits as keep the errors of every row of L·L† below `shift`."""
    row_sum = max(sum(float(abs(value)) for value in row) for row in factor)
    bits = _factor_bits(len(factor), row_sum, shift)
    with mp.workdps(50):
        real = [[scaled(value.real, bits) for value in row] for row in factor]
        imaginary = [[scaled(value.imag, bits) for value in row] for row in factor]
    return _factored(bits, real, imaginary)


def _factor_bits(size: int, row_sum: float, shift: float) -> int:
    """L·L† moves in each entry by at most 2·2^-bits·(row sum), in both of its parts."""
    return max(4, ceil(log2(8 * size * row_sum / shift)))


def _integers(values: Array) -> list[list[int]]:
    return [[int(value) for value in row] for row in values.tolist()]


def _factored(bits: int, real: list[list[int]], imaginary: list[list[int]]) -> Factored:
    ones = rational_matrix(1, [[1] * len(real)])
    return Factored(rational_matrix(1 << bits, real, imaginary).reduced(), ones)


def floats(matrix: Matrix) -> np.ndarray[Any, Any]:
    """Doubles near the entries, real where the matrix is."""
    if matrix.field.degree > 1:
        entries = [[matrix.entry(r, c) for c in range(matrix.shape[1])] for r in range(matrix.shape[0])]
        values = np.array(
            [[[float(approximation(n)) for n in entry] for entry in row] for row in entries]
        )
        return values[..., 0] if matrix.is_real else values[..., 0] + 1j * values[..., 1]
    parts = {
        unit: np.array([[n / matrix.denominator for n in row] for row in rows])
        for (_, unit), rows in matrix.parts.items()
    }
    return parts[0] + 1j * parts[1] if 1 in parts else parts[0]


def principal_submatrix(matrix: Matrix, rows: Sequence[int]) -> Matrix:
    parts = {
        part: [[entries[r][c] for c in rows] for r in rows] for part, entries in matrix.parts.items()
    }
    return Matrix(matrix.denominator, parts, matrix.field).reduced()
