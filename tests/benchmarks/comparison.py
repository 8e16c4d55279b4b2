"""What the benchmarks share: two ways timed in one run, their ratio, the machine, one table.

A time alone says little about a machine that nobody else has, so each benchmark times both ways
side by side and reports the ratio of medians. Nothing here passes or fails: "wanted" is a wish.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from rich import box
from rich.console import Console
from rich.table import Table

from exactsteer.kernel import product

PACKAGES = ("exactsteer", "numpy", "scipy", "cvxpy", "clarabel", "sdpa-python", "python-flint")


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


def without_flint(call: Callable[[], Any]) -> Callable[[], Any]:
    """The call with the kernel's product in plain Python, as where python-flint is missing."""

    def bare() -> Any:
        with patch.object(product, "flint", None):
            return call()

    return bare


def main(*benchmarks: Benchmark) -> None:
    """Run the benchmarks, each comparison told on stderr as it comes, and print the table."""
    parser = argparse.ArgumentParser(description="Ratios of times, measured in one run.")
    parser.add_argument("--quick", action="store_true", help="small cases and few rounds, for CI")
    quick = parser.parse_args().quick

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("case", "ours", "s", "other", "s", "other / ours", "wanted", "note"):
        numeric = name in ("s", "other / ours", "wanted")
        table.add_column(name, justify="right" if numeric else "left", no_wrap=numeric)
    for benchmark in benchmarks:
        for comparison in benchmark(quick):
            row = cells(comparison)
            print(*row, sep="  ", file=sys.stderr)
            table.add_row(*row)
        table.add_section()
    console = Console(width=None if sys.stdout.isatty() else 180)
    console.print(machine(), highlight=False)
    console.print(table)


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
