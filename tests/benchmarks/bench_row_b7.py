"""A proof where floats go wrong. Row B7's maximum, 36 complex rows: enclosure against plain cvxpy.

`python tests/benchmarks/bench_row_b7.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Iterator

from comparison import Comparison, main
from fresh import Fresh, fresh_processes

FRESH = Fresh("B7", "formalism-table-1", wanted=3)


def compare(quick: bool) -> Iterator[Comparison]:
    """Fresh processes, everything included."""
    yield from fresh_processes(FRESH, 1 if quick else 3)


if __name__ == "__main__":
    main(compare)
