"""The one expensive operation of the kernel: a product of integer matrices.

python-flint's product is used where it is installed, plain Python otherwise; both are exact, so
the verdict is the same. Run the kernel with `python -I -S` to trust no third-party code at all.
"""

from __future__ import annotations

from operator import mul
from typing import Any, TypeAlias

flint: Any
try:
    import flint
except ImportError:  # the bare interpreter
    flint = None

Rows: TypeAlias = list[list[int]]


def times_transposed(left: Rows, right: Rows) -> Rows:
    """left · rightᵀ for non-empty integer matrices given by rows of equal length."""
    if flint is None:
        return [[sum(map(mul, row, other)) for other in right] for row in left]
    product = flint.fmpz_mat(left) * flint.fmpz_mat(right).transpose()
    return [[int(entry) for entry in row] for row in product.tolist()]
