"""What the benchmarks share: two ways timed in one run, their ratio, the machine, one table.

A time alone says little about a machine that nobody else has, so each benchmark times both ways
side by side and reports the ratio of medians. Nothing here passes or fails: "wanted" is a wish.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from math import isnan
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from rich import box
from rich.console import Console
from rich.table import Table

from exactsteer.kernel import product

HERE = Path(__file__).parent
PACKAGES = ("exactsteer", "numpy", "scipy", "cvxpy", "clarabel", "scs", "python-flint")


@dataclass(frozen=True)
class Comparison:
    """Median seconds of our way and of another way to the same answer, from one run."""

    case: str
    ours: str
    our_seconds: float
    other: str
    other_seconds: float
    wanted: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        return self.other_seconds / self.our_seconds


Benchmark = Callable[[bool], Iterator[Comparison]]  # the argument: quick?


def medians(calls: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Median seconds of each call; they take turns, so that a busy machine slows all of them."""
    return [median(column) for column in zip(*(map(seconds, calls) for _ in range(rounds)), strict=True)]


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    started = perf_counter()
    call()
    return perf_counter() - started


def where(value: float, lower: float, upper: float) -> str:
    """A float against a proved enclosure, in words; NaN stands for a solver that failed."""
    if isnan(value):
        return "the solver failed"
    off = max(lower - value, value - upper)
    return f"float {value:.11f} " + ("inside" if off <= 0 else f"{off:.0e} outside")


def without_flint(call: Callable[[], Any]) -> Callable[[], Any]:
    """The call with the kernel's product in plain Python, as where python-flint is missing."""

    def bare() -> Any:
        with patch.object(product, "flint", None):
            return call()

    return bare


def run_script(name: str, *arguments: str) -> str:
    """What a script beside this one prints, run in a fresh Python."""
    command = [sys.executable, str(HERE / name), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(*benchmarks: Benchmark) -> None:
    """Run the benchmarks, each comparison told on stderr as it comes, and print the table."""
    quick = quick_wanted()
    names = ("case", "ours", "s", "other", "s", "other / ours", "wanted", "note")
    table = new_table(names, ("s", "other / ours", "wanted"))
    for benchmark in benchmarks:
        for comparison in benchmark(quick):
            row = cells(comparison)
            print(*row, sep="  ", file=sys.stderr)
            table.add_row(*row)
        table.add_section()
    show(machine(), table)


def quick_wanted() -> bool:
    """The one option that all benchmarks have."""
    parser = argparse.ArgumentParser(description="Times and their ratios, measured in one run.")
    parser.add_argument("--quick", action="store_true", help="small cases and few rounds, for CI")
    return bool(parser.parse_args().quick)


def new_table(names: Sequence[str], numeric: Sequence[str]) -> Table:
    """An empty table, the numeric columns aligned to the right."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        right = name in numeric
        table.add_column(name, justify="right" if right else "left", no_wrap=right)
    return table


def show(*things: str | Table) -> None:
    """Print on stdout, wide enough for the tables."""
    console = Console(width=None if sys.stdout.isatty() else 180)
    for thing in things:
        console.print(thing, highlight=False)


def cells(comparison: Comparison) -> list[str]:
    """The row of the table."""
    wanted = ""
    if comparison.wanted is not None:
        wanted = f"≥ {comparison.wanted:g} {'✓' if comparison.ratio >= comparison.wanted else '✗'}"
    return [
        comparison.case,
        comparison.ours,
        f"{comparison.our_seconds:.3g}",
        comparison.other,
        f"{comparison.other_seconds:.3g}",
        f"{comparison.ratio:.3g}",
        wanted,
        comparison.note,
    ]


def machine() -> str:
    """Cores, load, system, Python and the packages that matter here."""
    load = f"load {os.getloadavg()[0]:.1f}, " if hasattr(os, "getloadavg") else ""
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "default")
    return (
        f"{os.cpu_count()} cores, {load}BLAS threads {threads}, {platform.machine()}, "
        f"{platform.system()}, Python {platform.python_version()}, {', '.join(map(installed, PACKAGES))}"
    )


def installed(package: str) -> str:
    """Name and version of a package, or that there is none."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"no {package}"
