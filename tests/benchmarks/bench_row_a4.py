"""Does a proof cost more than a float? Row A4: certified enclosure against plain cvxpy.

`python tests/benchmarks/bench_row_a4.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from comparison import Comparison, main, medians
from fresh import Fresh, fresh_processes
from plain_almost_quantum import MODELS, optimum

from exactsteer import bound
from exactsteer.literature.postquantum_steering import table_2
from exactsteer.literature.rows import printed_data

TABLES = "postquantum-steering-tables"
FRESH = Fresh("A4", TABLES, wanted=1)


def compare(quick: bool) -> Iterator[Comparison]:
    """Fresh processes, everything included; then the answers alone, everything imported."""
    rounds = 2 if quick else 9
    yield from fresh_processes(FRESH, rounds)

    functional, printed = table_2(), printed_data(TABLES)["data"]
    calls: list[Callable[[], object]] = [partial(bound, functional)]
    calls += [partial(optimum, "A4", model, printed) for model in MODELS]
    for call in calls:
        call()  # the first calls import and warm up
    certified, *others = medians(calls, rounds)
    for model, other in zip(MODELS, others, strict=True):
        yield Comparison("row A4, in process", "proof", certified, f"plain cvxpy, {model}", other)


if __name__ == "__main__":
    main(compare)
