"""What people keep matrices in: solved cvxpy variables, dictionaries, nested lists, MATLAB cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..exact.numbers import InputError


def as_array(
    data: Any, layout: str, outcomes: Sequence[Sequence[int]] | None
) -> tuple[npt.NDArray[Any], str]:
    """One array, and its layout.

    A dictionary has tuples of outcomes and inputs as keys, in the order of the layout, and matrices as
    values; for the layout `blocks` the keys are the inputs (x, y), and a value is the block matrix with
    σ[a, b, x, y] in row a and column b of its blocks. Entries may be cvxpy variables after a solve.
    Where the outcomes say so, axes of length 1 are added at the end: MATLAB leaves them out.
    """
    if layout == "blocks":
        return _from_blocks(data, outcomes), "outcomes-first"
    data = solved(data)
    if isinstance(data, Mapping):
        array = _from_dictionary(data, layout)
    else:
        try:
            array = np.asarray(data)
        except ValueError as error:
            raise InputError(f"array: its parts have different shapes ({error})") from None
    if array.dtype.kind == "O" and all(isinstance(item, np.ndarray) for item in array.flat):
        array = _joined(array, layout)  # a MATLAB cell
    if array.dtype.kind == "U":
        array = array.astype(object)  # expressions
    if outcomes is not None and layout == "matrices-first":
        missing = 2 + 2 * len(outcomes) - array.ndim
        array = array.reshape(array.shape + (1,) * max(0, missing))
    return array, layout


def solved(data: Any) -> Any:
    """Numbers in place of cvxpy variables and expressions; nothing else is changed."""
    if isinstance(data, np.ndarray | str | int | float | complex) or hasattr(data, "dtype"):
        return data
    if hasattr(data, "value") and hasattr(data, "is_constant"):
        if data.value is None:
            raise InputError(f"cvxpy: {data} has no value; solve the problem first")
        value = data.value
        return value.toarray() if hasattr(value, "toarray") else np.asarray(value)
    if isinstance(data, Mapping):
        return {key: solved(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [solved(value) for value in data]
    return data


def _from_dictionary(data: Mapping[Any, Any], layout: str) -> npt.NDArray[Any]:
    keys = [key if isinstance(key, tuple) else (key,) for key in data]
    if not keys or not all(isinstance(n, int | np.integer) for key in keys for n in key):
        raise InputError("dictionary: its keys are tuples of outcomes and inputs, such as (0, 1, 0, 2)")
    if len({len(key) for key in keys}) > 1:
        raise InputError("dictionary: its keys have different lengths")
    shape = tuple(1 + max(index) for index in zip(*keys, strict=True))
    cells = np.empty(shape, dtype=object)
    for key, value in zip(keys, data.values(), strict=True):
        cells[key] = np.asarray(value)
    for place in np.ndindex(shape):
        if cells[place] is None:
            raise InputError(f"dictionary: no matrix at {place}, and shape {shape} asks for one")
    return _joined(cells, layout)


def _joined(cells: npt.NDArray[Any], layout: str) -> npt.NDArray[Any]:
    """An array of matrices as one array, the matrix indices where the layout has them."""
    shapes = {np.shape(matrix) for matrix in cells.flat}
    if len(shapes) != 1:
        raise InputError(f"matrices of different shapes: {', '.join(map(str, sorted(shapes)))}")
    (shape,) = shapes
    array = np.array([np.asarray(matrix) for matrix in cells.flat]).reshape(*cells.shape, *shape)
    return np.moveaxis(array, (-2, -1), (0, 1)) if layout == "matrices-first" else array


def _from_blocks(data: Any, outcomes: Sequence[Sequence[int]] | None) -> npt.NDArray[Any]:
    """`{(x, y): matrix of (outcomes of A)·d rows, (outcomes of B)·d columns}` as sigma[a, b, x, y]."""
    if outcomes is None or len(outcomes) != 2:
        raise InputError("layout 'blocks' needs outcomes=[[…], […]], and two parties")
    blocks = solved(data)
    if not isinstance(blocks, Mapping):
        raise InputError("layout 'blocks' needs a dictionary from inputs (x, y) to block matrices")
    if any(len(set(own)) > 1 for own in outcomes):
        raise InputError("layout 'blocks' needs the same number of outcomes for each input of a party")
    (m, n), (o, p) = (len(own) for own in outcomes), (own[0] for own in outcomes)
    cells = np.empty((o, p, m, n), dtype=object)
    for x, y in np.ndindex(m, n):
        if (x, y) not in blocks:
            raise InputError(f"layout 'blocks': no matrix for the inputs {(x, y)}")
        block = np.asarray(blocks[x, y])
        d = block.shape[0] // o
        if block.ndim != 2 or block.shape != (o * d, p * d):
            raise InputError(f"blocks of inputs {(x, y)}: shape {block.shape}, not ({o}·d, {p}·d)")
        for a, b in np.ndindex(o, p):
            cells[a, b, x, y] = block[a * d : (a + 1) * d, b * d : (b + 1) * d]
    return _joined(cells, "outcomes-first")
