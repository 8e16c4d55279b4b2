"""Named array layouts. A layout is never guessed; the trusted party is always last."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from ..exact.numbers import InputError, exact_number
from ..kernel.matrix import Matrix, hermitian
from ..kernel.numbers import spoken
from ..scenario import Elements, Label, Scenario, label_text

LAYOUTS = {
    "matrices-first": "(d, d, outcomes of each party, inputs of each party)",
    "outcomes-first": "(outcomes of each party, inputs of each party, d, d): sigma[a, b, x, y]",
    "settings-first": "(inputs of each party, outcomes of each party, d, d)",
    "collins-gisin": "(one axis a party: summed over, then a < last of input 0, 1, …; d, d)",
}


def exact_hermitian(entries: Any, dimension: int, place: str) -> Matrix:
    """A Hermitian matrix from nested sequences; an entry is a number or a pair [re, im].

    Raises InputError on a wrong shape, a bad number, or a matrix that is not Hermitian.
    """
    rows = list(entries) if _is_sequence(entries) else []
    if len(rows) != dimension or any(not _is_sequence(row) or len(row) != dimension for row in rows):
        raise InputError(f"{place}: a {dimension}×{dimension} matrix is needed")
    values = [
        [_complex(value, f"{place}, entry ({r}, {c})") for c, value in enumerate(row)]
        for r, row in enumerate(rows)
    ]
    for r in range(dimension):
        for c in range(r + 1):
            (re, im), (re_, im_) = values[r][c], values[c][r]
            if re != re_ or im != -im_:
                off = max(abs(re - re_), abs(im + im_))
                raise InputError(
                    f"{place}: not Hermitian, entries ({r}, {c}) and ({c}, {r}) differ by {spoken(off)}"
                )
    return hermitian(dimension, lambda r, c: values[r][c])


def _is_sequence(value: object) -> bool:
    return isinstance(value, Sequence | np.ndarray) and not isinstance(value, str)


def _complex(value: Any, place: str) -> tuple[Fraction, Fraction]:
    if isinstance(value, complex | np.complexfloating):
        value = (value.real, value.imag)
    if _is_sequence(value):
        if len(value) != 2:
            raise InputError(f"{place}: a complex number is a pair [re, im]")
        return exact_number(value[0], place), exact_number(value[1], place)
    return exact_number(value, place), Fraction(0)


def _axes(layout: str, parties: int) -> list[int]:
    """Where the axes (outcomes…, inputs…, row, column) stand in the layout."""
    n = parties
    outcomes, inputs = list(range(n)), list(range(n, 2 * n))
    if layout == "matrices-first":
        return [2 + axis for axis in outcomes + inputs] + [0, 1]
    if layout == "settings-first":
        outcomes, inputs = inputs, outcomes
    return outcomes + inputs + [2 * n, 2 * n + 1]


def known_layout(layout: str) -> str:
    if layout not in LAYOUTS:
        raise InputError(f"layout {layout!r} is not known; the layouts are {', '.join(LAYOUTS)}")
    return layout


def elements_from_array(
    array: npt.ArrayLike, layout: str, outcomes: Sequence[Sequence[int]] | None = None
) -> tuple[Scenario, Elements]:
    """Scenario and elements of an array in a named layout.

    `outcomes[p][x]` is needed for `collins-gisin`, whose shape does not tell it.
    """
    known_layout(layout)
    data = np.asarray(array)
    if data.dtype.kind not in "iufcO":
        raise InputError(f"array of type {data.dtype}: numbers are needed")
    if layout == "collins-gisin":
        if outcomes is None:
            raise InputError("layout 'collins-gisin' needs outcomes=[[…], …], one list for each party")
        return _from_collins_gisin(data, tuple(tuple(inputs) for inputs in outcomes))
    parties = (data.ndim - 2) // 2
    if data.ndim < 4 or data.ndim % 2:
        raise InputError(
            f"array of shape {data.shape}: layout {layout!r} has the axes {LAYOUTS[layout]}"
        )
    data = data.transpose(_axes(layout, parties))
    if data.shape[-1] != data.shape[-2]:
        raise InputError(f"array: matrices of shape {data.shape[-2:]}, square ones are needed")
    counts, inputs = data.shape[:parties], data.shape[parties : 2 * parties]
    scenario = Scenario(
        tuple((int(o),) * m for o, m in zip(counts, inputs, strict=True)), data.shape[-1]
    )
    if outcomes is not None and scenario.outcomes != tuple(tuple(o) for o in outcomes):
        raise InputError(f"array of shape {data.shape} does not have the outcomes {outcomes}")
    elements: Elements = {}
    for label in scenario.labels():
        index = tuple(part[0] for part in label if part) + tuple(part[1] for part in label if part)
        elements[label] = _element(data, index, label)
    return scenario, elements


def _element(data: npt.NDArray[Any], index: tuple[int, ...], label: Label) -> Matrix:
    return exact_hermitian(data[index], data.shape[-1], f"element {label_text(label)!r}")


def _from_collins_gisin(
    data: npt.NDArray[Any], outcomes: tuple[tuple[int, ...], ...]
) -> tuple[Scenario, Elements]:
    sizes = tuple(1 + sum(inputs) - len(inputs) for inputs in outcomes)
    if data.ndim != len(sizes) + 2 or data.shape[:-2] != sizes or data.shape[-1] != data.shape[-2]:
        raise InputError(f"array of shape {data.shape}: these outcomes need {(*sizes, 'd', 'd')}")
    scenario = Scenario(outcomes, data.shape[-1])
    indices = product(*map(range, sizes))
    labels = scenario.collins_gisin_labels()
    return scenario, {
        label: _element(data, index, label) for index, label in zip(indices, labels, strict=True)
    }


def array_from_elements(scenario: Scenario, elements: Elements, layout: str) -> npt.NDArray[Any]:
    """Floating-point array of a full table, in a layout other than `collins-gisin`."""
    if known_layout(layout) == "collins-gisin":
        raise InputError("layout 'collins-gisin' is read only; use Assemblage.collins_gisin()")
    counts = {frozenset(inputs) for inputs in scenario.outcomes}
    if any(len(count) > 1 for count in counts):
        raise InputError("an array needs the same number of outcomes for each input of a party")
    n, d = len(scenario.outcomes), scenario.dimension
    shape = [inputs[0] for inputs in scenario.outcomes] + [len(i) for i in scenario.outcomes] + [d, d]
    data = np.zeros(shape, dtype=complex)
    for label in scenario.labels():
        index = tuple(part[0] for part in label if part) + tuple(part[1] for part in label if part)
        data[index] = float_matrix(elements[label])
    order = np.argsort(_axes(layout, n))
    return np.transpose(data, order)


def float_matrix(matrix: Matrix) -> npt.NDArray[np.complex128]:
    """The nearest doubles."""
    size = matrix.shape
    parts = [
        [Fraction(re, matrix.denominator), Fraction(im, matrix.denominator)]
        for rows in zip(matrix.real, matrix.imaginary_rows(), strict=True)
        for re, im in zip(*rows, strict=True)
    ]
    return np.array([complex(float(re), float(im)) for re, im in parts]).reshape(size)
