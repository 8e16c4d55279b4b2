"""Named array layouts. A layout is never guessed; the trusted party is always last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, product
from typing import Any

import numpy as np
import numpy.typing as npt

from ..exact.algebraic import NumberReader, Pair, number_reader
from ..exact.numbers import InputError, approximation, is_rational_text
from ..kernel.field import Number
from ..kernel.matrix import Matrix, hermitian
from ..kernel.numbers import spoken
from ..scenario import Elements, Label, Scenario, direct_sum, label_text
from ..statements.assemblage import is_instrumental
from .containers import as_array

MOST_ROUNDING = 1e-6  # of the entries of matrices that are Hermitian up to rounding

LAYOUTS = {
    "matrices-first": "(d, d, outcomes of each party, inputs of each party)",
    "outcomes-first": "(outcomes of each party, inputs of each party, d, d): sigma[a, b, x, y]",
    "settings-first": "(inputs of each party, outcomes of each party, d, d)",
    "collins-gisin": "(one axis a party: summed over, then a < last of input 0, 1, …; d, d)",
    "blocks": "{(x, y): block matrix}, a dictionary, with sigma[a, b, x, y] as block (a, b)",
}


def exact_hermitian(
    entries: Any, dimension: int, place: str, read: NumberReader | None = None
) -> Matrix:
    """A Hermitian matrix from nested sequences; an entry is a number or a pair [re, im].

    Raises InputError on a wrong shape, a bad number, or a matrix that is not Hermitian.
    """
    reader = read or number_reader(leaves(entries), place)
    rows = list(entries) if _is_sequence(entries) else []
    if len(rows) != dimension or any(not _is_sequence(row) or len(row) != dimension for row in rows):
        raise InputError(f"{place}: a {dimension}×{dimension} matrix is needed")
    values = [
        [_complex(value, f"{place}, entry ({r}, {c})", reader) for c, value in enumerate(row)]
        for r, row in enumerate(rows)
    ]
    for r in range(dimension):
        for c in range(r + 1):
            (re, im), (re_, im_) = values[r][c], values[c][r]
            if re != re_ or im != -im_:
                off = max(size for n in (re - re_, im + im_) for size in (n, -n))
                raise InputError(
                    f"{place}: not Hermitian, entries ({r}, {c}) and ({c}, {r}) differ by {spoken(off)}"
                )
    return hermitian(dimension, lambda r, c: values[r][c])


def exact_element(
    scenario: Scenario, entries: Any, place: str, read: NumberReader | None = None
) -> Matrix:
    """A matrix; for several trusted parties the direct sum of a list of one matrix for each of them."""
    if not scenario.bobs:
        return exact_hermitian(entries, scenario.dimension, place, read)
    items = list(entries) if _is_sequence(entries) else []
    if len(items) != len(scenario.bobs):
        raise InputError(
            f"{place}: a list of {len(scenario.bobs)} matrices is needed, one a trusted party"
        )
    reader = read or number_reader(leaves(entries), place)
    return direct_sum(
        [
            exact_hermitian(item, size, f"{place}, trusted party {k}", reader)
            for k, (size, item) in enumerate(zip(scenario.bobs, items, strict=True), 1)
        ]
    )


def leaves(value: Any) -> Iterator[Any]:
    """All numbers in nested objects, sequences and arrays."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, np.ndarray):
        # Only an array of objects can hold the text of an expression.
        yield from value.flat if value.dtype.kind == "O" else ()
    elif _is_sequence(value):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def _is_sequence(value: object) -> bool:
    return isinstance(value, Sequence | np.ndarray) and not isinstance(value, str)


def _complex(value: Any, place: str, read: NumberReader) -> Pair:
    if isinstance(value, complex | np.complexfloating):
        value = (value.real, value.imag)
    if _is_sequence(value):
        if len(value) != 2:
            raise InputError(f"{place}: a complex number is a pair [re, im]")
        parts = [read(part, place) for part in value]
        if any(im for _, im in parts):
            raise InputError(f"{place}: in a pair [re, im] both are real")
        return parts[0][0], parts[1][0]
    return read(value, place)


# Outcomes, inputs, matrix indices; the trusted party's input is the last of the inputs.
_ORDERS = {"matrices-first": "moi", "outcomes-first": "oim", "settings-first": "iom"}


def _axes(layout: str, parties: int, inputs: int) -> list[int]:
    """Where the axes (outcomes…, inputs…, row, column) stand in the layout."""
    sizes = {"o": parties, "i": inputs, "m": 2}
    order = _ORDERS[layout]
    starts = dict(zip(order, accumulate([0] + [sizes[name] for name in order]), strict=False))
    return [starts[name] + k for name in "oim" for k in range(sizes[name])]


def exact_real(text: str) -> Number:
    """The real number that is written so, such as `sqrt(6)/6`."""
    return exact_hermitian([[text]], 1, text).entry(0, 0)[0]


def known_layout(layout: str) -> str:
    if layout not in LAYOUTS:
        raise InputError(f"layout {layout!r} is not known; the layouts are {', '.join(LAYOUTS)}")
    return layout


def elements_from_array(
    array: npt.ArrayLike,
    layout: str,
    outcomes: Sequence[Sequence[int]] | None = None,
    trusted_input: bool = False,
) -> tuple[Scenario, Elements]:
    """Scenario and elements of an array in a named layout.

    `outcomes[p][x]` is needed for `collins-gisin`, whose shape does not tell it. With
    `trusted_input` there is one axis more, for the trusted party's input, the last of the inputs.
    """
    known_layout(layout)
    data, layout = as_array(array, layout, outcomes)
    if data.dtype.kind not in "iufcO":
        raise InputError(f"array of type {data.dtype}: numbers are needed")
    if layout == "collins-gisin":
        if trusted_input:
            raise InputError("layout 'collins-gisin' has no trusted input; use 'outcomes-first'")
        if outcomes is None:
            raise InputError(
                "layout 'collins-gisin' needs the outcomes of each input (outcomes=, --parties)"
            )
        return _from_collins_gisin(data, tuple(tuple(inputs) for inputs in outcomes))
    parties = (data.ndim - 2 - trusted_input) // 2
    inputs = parties + trusted_input
    if data.ndim != 2 + parties + inputs or parties < 1 or 0 in data.shape:
        more = ", the trusted party's input being the last of the inputs"
        if not trusted_input:
            more = "; with a trusted input say so (trusted_input=True, or --trusted-input)"
        raise InputError(
            f"array of shape {data.shape}: layout {layout!r} has the axes {LAYOUTS[layout]}{more}"
        )
    data = data.transpose(_axes(layout, parties, inputs))
    if data.shape[-1] != data.shape[-2]:
        raise InputError(f"array: matrices of shape {data.shape[-2:]}, square ones are needed")
    counts, trusted = data.shape[: 2 * parties], data.shape[2 * parties : -2]
    scenario = Scenario(
        tuple((o,) * m for o, m in zip(counts[:parties], counts[parties:], strict=True)),
        data.shape[-1],
        *trusted,
    )
    if outcomes is not None and scenario.outcomes != tuple(tuple(o) for o in outcomes):
        raise InputError(f"array of shape {data.shape} does not have the outcomes {outcomes}")
    read = number_reader(leaves(data), "array")
    elements = {label: _element(data, _index(label), label, read) for label in scenario.labels()}
    return scenario, elements


def elements_from_arrays(
    arrays: Sequence[npt.ArrayLike],
    layout: str,
    outcomes: Sequence[Sequence[int]] | None = None,
) -> tuple[Scenario, Elements]:
    """Scenario and elements of several trusted parties, from one array of each."""
    if len(arrays) < 2:
        raise InputError(f"{len(arrays)} arrays: one for each of two or more trusted parties is needed")
    own = [elements_from_array(array, layout, outcomes) for array in arrays]
    first, elements = own[0]
    for k, (scenario, _) in enumerate(own[1:], 2):
        if scenario.outcomes != first.outcomes:
            raise InputError(
                f"the arrays of trusted parties 1 and {k} have different outcomes and inputs: "
                f"{first.outcomes}, {scenario.outcomes}"
            )
    joint = Scenario.with_bobs(first.outcomes, [scenario.dimension for scenario, _ in own])
    return joint, {label: direct_sum([table[label] for _, table in own]) for label in elements}


def hermitian_part(data: npt.NDArray[Any], layout: str) -> npt.NDArray[Any]:
    """The Hermitian part of matrices that are Hermitian up to rounding; other data as they are.

    An assemblage that is near the matrices, entry by entry, is as near their Hermitian parts.
    Raises InputError where the rest is more than rounding.
    """
    if data.dtype.kind in "fc" and not np.all(np.isfinite(data)):
        place = tuple(map(int, np.argwhere(~np.isfinite(data))[0]))
        raise InputError(f"array: entry {place} is {data[place]}, which no assemblage can have")
    axes = (0, 1) if layout == "matrices-first" else (-2, -1)
    if data.dtype.kind not in "fc" or data.ndim < 2 or data.shape[axes[0]] != data.shape[axes[1]]:
        return data
    adjoint = np.swapaxes(data, *axes).conj()
    off = float(np.max(np.abs(data - adjoint), initial=0.0))
    if off > MOST_ROUNDING:
        raise InputError(f"array: the matrices are not Hermitian, by up to {off:.3g}")
    result: npt.NDArray[Any] = (data + adjoint) / 2
    return result


def half_of_last_digit(values: Iterable[Any]) -> Fraction:
    """Half a unit of the last digit after the point that any of the numbers is written with.

    0 if no number has a point: integers and fractions are exact. Doubles are written with as many digits
    as tell them from their neighbours.

    >>> half_of_last_digit(["0.25", "-0.1234", "1/3", 1]), half_of_last_digit([0.5])
    (Fraction(1, 20000), Fraction(1, 20))
    """
    digits = 0
    for value in values:
        parts = (value.real, value.imag) if isinstance(value, complex | np.complexfloating) else (value,)
        for part in parts:
            text = str(part) if isinstance(part, float | np.floating) else part
            if isinstance(text, str) and is_rational_text(text) and "/" not in text:
                exponent = Decimal(text.strip()).as_tuple().exponent
                digits = max(digits, -int(exponent))
    return Fraction(1, 2 * 10**digits) if digits else Fraction(0)


def _index(label: Label) -> tuple[int, ...]:
    """Where a full label stands in an array with outcomes first."""
    parts = [part for part in label.parties if part is not None]
    trusted = () if label.trusted is None else (label.trusted,)
    return (*(a for a, _ in parts), *(x for _, x in parts), *trusted)


def _element(data: npt.NDArray[Any], index: tuple[int, ...], label: Label, read: NumberReader) -> Matrix:
    return exact_hermitian(data[index], data.shape[-1], f"element {label_text(label)!r}", read)


def _from_collins_gisin(
    data: npt.NDArray[Any], outcomes: tuple[tuple[int, ...], ...]
) -> tuple[Scenario, Elements]:
    sizes = tuple(1 + sum(inputs) - len(inputs) for inputs in outcomes)
    if data.ndim != len(sizes) + 2 or data.shape[:-2] != sizes or data.shape[-1] != data.shape[-2]:
        raise InputError(f"array of shape {data.shape}: these outcomes need {(*sizes, 'd', 'd')}")
    scenario = Scenario(outcomes, data.shape[-1])
    indices = product(*map(range, sizes))
    labels = scenario.collins_gisin_labels()
    read = number_reader(leaves(data), "array")
    return scenario, {
        label: _element(data, index, label, read) for index, label in zip(indices, labels, strict=True)
    }


def array_from_elements(scenario: Scenario, elements: Elements, layout: str) -> npt.NDArray[Any]:
    """Floating-point array of full elements, those that are missing being 0.

    Of the elements y = a of an instrumental assemblage it is sigma[a, x].
    """
    if scenario.bobs:
        raise InputError("several trusted parties: there is an array of each, `sigma.bob(k).to_array`")
    if known_layout(layout) in ("collins-gisin", "blocks"):
        raise InputError(f"layout {layout!r} is read only; use another, or Assemblage.independent()")
    counts = {frozenset(inputs) for inputs in scenario.outcomes}
    if any(len(count) > 1 for count in counts):
        raise InputError("an array needs the same number of outcomes for each input of a party")
    if any(None in label.parties for label in elements):
        raise InputError("an array has no place for sums over outcomes; give all full elements")
    if is_instrumental(scenario, elements):
        scenario = replace(scenario, trusted_inputs=None)
        elements = {Label(label.parties): matrix for label, matrix in elements.items()}
    trusted = [] if scenario.trusted_inputs is None else [scenario.trusted_inputs]
    inputs = [len(own) for own in scenario.outcomes] + trusted
    shape = [own[0] for own in scenario.outcomes] + inputs + [scenario.dimension] * 2
    data = np.zeros(shape, dtype=complex)
    for label, matrix in elements.items():
        data[_index(label)] = float_matrix(matrix)
    order = np.argsort(_axes(layout, len(scenario.outcomes), len(inputs)))
    return np.transpose(data, order)


def float_matrix(matrix: Matrix) -> npt.NDArray[np.complex128]:
    """Doubles near the entries."""
    rows, columns = matrix.shape
    entries = [[matrix.entry(r, c) for c in range(columns)] for r in range(rows)]
    return np.array(
        [[complex(*(float(approximation(n)) for n in entry)) for entry in row] for row in entries]
    ).reshape(rows, columns)
