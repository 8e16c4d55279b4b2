"""Does a proof cost more than a float? Row A4: certified enclosure against plain cvxpy.

`python tests/benchmarks/bench_row_a4.py [--quick]`
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from comparison import Comparison, main, medians
from plain_almost_quantum import minimum

from exactsteer import bound
from exactsteer.kernel.numbers import decimal_text
from exactsteer.literature import postquantum_steering
from exactsteer.literature.postquantum_steering import table_2
from exactsteer.literature.rows import printed_data

HERE = Path(__file__).parent
TABLES = "postquantum-steering-tables"
DATA = Path(postquantum_steering.__file__).parent / "data" / f"{TABLES}.json"


def compare(quick: bool) -> Iterator[Comparison]:
    """Fresh processes, everything included; then the answers alone, everything imported."""
    rounds = 2 if quick else 9
    with TemporaryDirectory() as folder:
        ours = process("certified_almost_quantum.py", folder)
        other = process("plain_almost_quantum.py", str(DATA))
        certified, plain = medians([ours, other], rounds)
    answer = "import, proof, files, re-check"
    yield Comparison("row A4, process", answer, certified, "import, plain cvxpy", plain, wanted=1)

    functional, tables = table_2(), printed_data(TABLES)
    enclosure, value = bound(functional), minimum(tables)  # the first calls import and warm up
    certified, plain = medians([partial(bound, functional), partial(minimum, tables)], rounds)
    note = (
        f"proved [{decimal_text(enclosure.lower, 12)}, {decimal_text(enclosure.upper, 12)}], "
        f"width {float(enclosure.width):.1e}; float {value:.12f}"
    )
    yield Comparison("row A4, in process", "proof", certified, "plain cvxpy", plain, note=note)


def process(script: str, argument: str) -> Callable[[], object]:
    """A run of a script beside this one in a fresh Python."""
    command = [sys.executable, str(HERE / script), argument]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(compare)
