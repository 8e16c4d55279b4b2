"""Does a proof cost more than a float? Row A4: certified enclosure against plain cvxpy.

`python tests/benchmarks/bench_row_a4.py [--quick]`
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from comparison import Comparison, main, medians
from plain_almost_quantum import minimum

from exactsteer import bound
from exactsteer.literature import postquantum_steering
from exactsteer.literature.postquantum_steering import table_2
from exactsteer.literature.rows import printed_data

HERE = Path(__file__).parent
TABLES = "postquantum-steering-tables"
DATA = Path(postquantum_steering.__file__).parent / "data" / f"{TABLES}.json"


def compare(quick: bool) -> Iterator[Comparison]:
    """Fresh processes, everything included; then the answers alone, everything imported."""
    with TemporaryDirectory() as folder:
        certified, plain = medians(
            [
                process("certified_almost_quantum.py", folder),
                process("plain_almost_quantum.py", str(DATA)),
            ],
            rounds=2 if quick else 7,
        )
    yield Comparison(
        "row A4, fresh process",
        "two certificates: imports, proof, files, re-check",
        certified,
        "float of plain cvxpy, imports",
        plain,
        wanted=1,
    )

    functional, tables = table_2(), printed_data(TABLES)
    value, enclosure = minimum(tables), bound(functional)  # the first calls import and warm up
    certified, plain = medians(
        [lambda: bound(functional), lambda: minimum(tables)], rounds=2 if quick else 7
    )
    yield Comparison(
        "row A4, in process",
        "two certificates in memory",
        certified,
        "float of plain cvxpy",
        plain,
        note=(
            f"proved [{float(enclosure.lower):.11f}, {float(enclosure.upper):.11f}], "
            f"width {float(enclosure.width):.1e}; float {value:.11f}"
        ),
    )


def process(script: str, argument: str) -> Callable[[], object]:
    """A run of a script beside this one in a fresh Python."""
    command = [sys.executable, str(HERE / script), argument]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(compare)
