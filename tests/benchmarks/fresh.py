"""A row of the literature in fresh processes: certified end to end, and as plain cvxpy has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from comparison import Comparison, medians, run_script
from plain_almost_quantum import MODELS

from exactsteer import literature
from exactsteer.kernel.numbers import decimal_text

DATA = Path(literature.__file__).parent / "data"


@dataclass(frozen=True)
class Fresh:
    """The row, the file of its printed numbers, and how many times faster ours should be."""

    row: str
    data: str
    wanted: float


def fresh_processes(fresh: Fresh, rounds: int) -> Iterator[Comparison]:
    """Everything included; the note tells whether the float lies in the proved enclosure."""
    printed: dict[str, list[str]] = {}  # by each script, the words of its last run

    def kept(name: str, *arguments: str) -> None:
        printed[arguments[1]] = run_script(name, *arguments).split()

    with TemporaryDirectory() as folder:
        data = str(DATA / f"{fresh.data}.json")
        calls: list[Callable[[], object]] = [
            partial(kept, "certified_almost_quantum.py", fresh.row, folder),
            *(partial(kept, "plain_almost_quantum.py", fresh.row, model, data) for model in MODELS),
        ]
        certified, *others = medians(calls, rounds)
        lower, upper = map(Fraction, printed[folder])
    ours = "import, proof, files, re-check"
    for model, seconds in zip(MODELS, others, strict=True):
        value, status = printed[model]
        note = against(Fraction(value), lower, upper) + f"; cvxpy says {status}"
        other = f"import, plain cvxpy, {model}"
        yield Comparison(
            f"row {fresh.row}, process", ours, certified, other, seconds, fresh.wanted, note
        )


def against(value: Fraction, lower: Fraction, upper: Fraction) -> str:
    """Where the float lies, seen from the enclosure."""
    off = max(lower - value, value - upper)
    where = "inside" if off <= 0 else f"{float(off):.1e} outside"
    proved = f"[{decimal_text(lower, 12)}, {decimal_text(upper, 12)}]"
    return f"proved {proved}, width {float(upper - lower):.1e}; float {float(value):.12f} is {where}"
