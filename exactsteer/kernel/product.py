"""The one expensive operation of the kernel: a product of integer matrices.

python-flint's product is used where it is installed, plain Python otherwise; both are exact, so
the verdict is the same. `python -I -S proofs/check.py` runs the kernel without any of it.
"""

from __future__ import annotations

from operator import mul
from typing import Any, TypeAlias

from .errors import Declined

flint: Any
try:
    import flint
except ImportError:  # the bare interpreter
    flint = None

Rows: TypeAlias = list[list[int]]
MOST_BITS = 2**33  # of one matrix: a small file must not ask for all memory


def limit_bits(entries: int, bits: int) -> None:
    """Declined if a matrix of so many entries of so many bits is more than this kernel handles."""
    if entries * bits > MOST_BITS:
        raise Declined(f"a matrix of {entries} numbers of {bits} bits is too large for this kernel")


def times_transposed(left: Rows, right: Rows) -> Rows:
    """left · rightᵀ for integer matrices given by rows of equal length."""
    bits = _bits(left) + _bits(right)
    limit_bits(len(left) * len(right), bits)
    if flint is None:
        return [[sum(map(mul, row, other)) for other in right] for row in left]
    product = flint.fmpz_mat(left) * flint.fmpz_mat(right).transpose()
    return [[int(entry) for entry in row] for row in product.tolist()]


def _bits(rows: Rows) -> int:
    return max((max(map(int.bit_length, row), default=0) for row in rows), default=0)
