"""LHS robustness, certified, against a plain cvxpy model in the same run.

`python tests/benchmarks/bench_lhs.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from comparison import Comparison, main, run_script

SIZES = ((3, 2, 2), (6, 2, 2), (4, 3, 3), (10, 2, 2))  # inputs, outcomes, d


def compare(quick: bool) -> Iterator[Comparison]:
    """Each in processes of its own, by turns, so that the memory is its own too."""
    for size in SIZES[:2] if quick else SIZES:
        runs: dict[str, list[list[float]]] = {"exactsteer": [], "cvxpy": []}
        for _ in range(1 if quick or size[0] > 6 else 3):
            for way, found in runs.items():
                printed = run_script("robustness_of_size.py", way, *map(str, size))
                found.append([float(word) for word in printed.split()])
        ours, plain = (
            [median(column) for column in zip(*found, strict=True)] for found in runs.values()
        )
        lower, upper = ours[1:3]
        where = (
            "inside"
            if lower <= plain[1] <= upper
            else f"{max(lower - plain[1], plain[1] - upper):.0e} outside"
        )
        note = (
            f"ν in [{lower:.11f}, {upper:.11f}], float {plain[1]:.11f} {where}; "
            f"peak {ours[3]:.0f} MB, plain {plain[3]:.0f} MB"
        )
        case = f"inputs, outcomes, d = {size[0]}, {size[1]}, {size[2]}"
        yield Comparison(
            case, "both proofs, re-checked", ours[0], "plain cvxpy, Clarabel", plain[0], 1, note
        )


if __name__ == "__main__":
    main(compare)
