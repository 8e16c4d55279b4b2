"""What grows, and how fast: every stage from scenario to checked certificate over a sweep of sizes.

`python tests/benchmarks/bench_sizes.py [--quick]`

Two parties, level 1+AB, and a random functional, real or complex. Each size runs in a process of its
own (`stages_of_size.py`), with a limit of memory, and of time for each stage; what was not finished is
said. A cell has the seconds, and the peak memory of the process in this stage, of which the imports
take some 75 MB. "certificate" is the rounding, both witnesses and both files; "kernel check" reads
these files back.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import numpy as np
from comparison import HERE, machine, new_table, quick_wanted, show
from rich.table import Table

SLOWEST = 400.0  # seconds for one stage
STAGES = ("program", "numeric data", "solve", "certificate", "kernel check")
SMALL = [(2, 2, 2), (3, 2, 2)]  # inputs, outcomes, trusted dimension
REAL = [*SMALL, (2, 2, 4), (2, 3, 2), (3, 2, 4), (3, 3, 2), (2, 3, 4), (3, 3, 4), (4, 3, 4)]
COMPLEX = [*SMALL, (2, 2, 4), (2, 3, 2), (3, 2, 4)]
LEAST_SECONDS, LEAST_BYTES = 1e-3, 2**20  # smaller ones are not fitted

Size = tuple[int, int, int]


@dataclass
class Run:
    """How far one size came: seconds and bytes of the finished stages, and why it ended there."""

    size: Size
    kind: str
    facts: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    base: int = 0
    ended: str = ""

    def add(self, stage: str | None, report: dict[str, Any]) -> None:
        """What `stages_of_size.py` tells when a stage has ended; None is the import."""
        self.facts |= report
        if stage is None:
            self.base = report["bytes"]
            return
        # A stage comes again where a first point could not be made exact.
        self.seconds[stage] = self.seconds.get(stage, 0.0) + report["seconds"]
        self.bytes[stage] = max(self.bytes.get(stage, 0), report["bytes"])

    def cells(self) -> list[str]:
        """The row of the table."""
        width = f"{self.facts['width']:.0e}" if "width" in self.facts else ""
        names = ("rows", "numeric unknowns")
        stages = [
            f"{self.seconds[stage]:.3g} s, {self.bytes[stage] / 1e6:.0f} MB"
            if stage in self.seconds
            else ""
            for stage in STAGES
        ]
        note = self.ended or self.facts.get("solver", "").partition(" in ")[0]
        own = [str(self.size), self.kind, *(str(self.facts.get(name, "")) for name in names)]
        return [*own, *stages, width, note]


def run_of(size: Size, kind: str) -> Run:
    """One size in a process of its own, killed when a stage takes too long."""
    run, stage = Run(size, kind), None
    lines: Queue[str | None] = Queue()
    with TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE / "stages_of_size.py"), json.dumps(size), kind, folder]
        with (Path(folder) / "errors").open("w+", encoding="utf-8") as errors:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
            assert process.stdout is not None
            Thread(target=read_lines, args=(process.stdout, lines), daemon=True).start()
            try:
                while (line := lines.get(timeout=SLOWEST)) is not None:
                    report = json.loads(line)
                    begins = report.pop("begins")
                    run.add(stage, report)
                    stage = begins
            except Empty:
                process.kill()
                run.ended = f"{stage}: not finished in {SLOWEST:g} s"
            if process.wait() and not run.ended:
                errors.seek(0)
                run.ended = f"{stage}: {(errors.read().strip().splitlines() or ['killed'])[-1]}"
    return run


def read_lines(source: Iterable[str], lines: Queue[str | None]) -> None:
    """Pass each line on as it comes, and None at the end."""
    for line in source:
        lines.put(line)
    lines.put(None)


def exponent(points: Sequence[tuple[int, float]]) -> str:
    """p of the best fit of value ∝ rows^p, with the number of points; "-" for fewer than three."""
    if len({rows for rows, _ in points}) < 3:
        return "-"
    rows, values = np.log(np.array(points)).T
    slope = np.polyfit(rows, values, 1)[0]
    return f"{slope:.1f} ({len(points)})"


def growth(runs: list[Run], stage: str) -> list[str]:
    """Exponents of the seconds, and of the memory that the stage adds to the imports."""
    ended = [run for run in runs if stage in run.seconds]
    times = [(run.facts["rows"], run.seconds[stage]) for run in ended]
    added = [(run.facts["rows"], float(run.bytes[stage] - run.base)) for run in ended]
    return [
        exponent([(rows, value) for rows, value in times if value >= LEAST_SECONDS]),
        exponent([(rows, value) for rows, value in added if value >= LEAST_BYTES]),
    ]


def main() -> None:
    """Run the sweep, each size told on stderr as it comes, and print the tables."""
    quick = quick_wanted()
    sweep = [(size, "real") for size in (SMALL if quick else REAL)]
    sweep += [(size, "complex") for size in (SMALL if quick else COMPLEX)]
    names = ("inputs, outcomes, d", "kind", "rows", "unknowns", *STAGES, "width", "note")
    table = new_table(names, names[2:-1])
    runs: list[Run] = []
    for size, kind in sweep:
        runs.append(run_of(size, kind))
        print(*runs[-1].cells(), sep="  ", file=sys.stderr)
        table.add_row(*runs[-1].cells())
    show(machine(), table)
    if not quick:
        show(fits(runs))


def fits(runs: list[Run]) -> Table:
    """The exponents of every stage."""
    table = new_table(("growth with rows (points)", "kind", "seconds", "memory"), ("seconds", "memory"))
    for kind in ("real", "complex"):
        for stage in STAGES:
            table.add_row(stage, kind, *growth([run for run in runs if run.kind == kind], stage))
    return table


if __name__ == "__main__":
    main()
