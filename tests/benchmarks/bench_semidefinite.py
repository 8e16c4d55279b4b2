"""Plain semidefinite programs in SDPA's format, enclosed and certified, against cvxpy in the same run.

`python tests/benchmarks/bench_semidefinite.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from comparison import Comparison, main, medians, where
from plain_semidefinite import cycle, maximum_cut, plain_bound, random_graph, theta

from exactsteer import check
from exactsteer.prover.prove import Enclosure
from exactsteer.sdpa import sdpa_problem
from exactsteer.semidefinite import semidefinite_bound

CASES = {
    "θ of C7": theta(7, cycle(7)),
    "θ, 20 nodes": theta(20, random_graph(20, 0.45, 1)),
    "θ, 40 nodes": theta(40, random_graph(40, 0.45, 2)),
    "maximum cut, 60 nodes": maximum_cut(60, random_graph(60, 0.2, 3)),
    "maximum cut, 120 nodes": maximum_cut(120, random_graph(120, 0.1, 4)),
}
QUICK = 2


def compare(quick: bool) -> Iterator[Comparison]:
    """From the text of the file; both sides proved and re-checked."""
    for case, text in list(CASES.items())[: QUICK if quick else None]:
        enclosures: list[Enclosure] = []
        floats: list[float] = []
        calls: list[Callable[[], object]] = [
            partial(certified, text, enclosures),
            partial(plain, text, floats),
        ]
        calls[0]()  # imports and warms up
        ours, other = medians(calls, 1 if quick else 3)
        lower, upper = float(enclosures[-1].lower), float(enclosures[-1].upper)
        note = f"width {upper - lower:.0e}, {where(floats[-1], lower, upper)}"
        yield Comparison(
            case, "both proofs, re-checked", ours, "plain cvxpy, Clarabel", other, None, note
        )


def certified(text: str, found: list[Enclosure]) -> None:
    found.append(semidefinite_bound(sdpa_problem(text)))
    for proof in (found[-1].lower_proof, found[-1].upper_proof):
        if check(proof.bytes()).exit_code:
            raise ValueError("a certificate was not accepted")


def plain(text: str, found: list[float]) -> None:
    found.append(plain_bound(text))


if __name__ == "__main__":
    main(compare)
