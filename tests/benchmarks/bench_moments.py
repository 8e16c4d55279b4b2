"""From scenario to solver-ready data: our moment relaxations against ncpol2sdpa's and toqito's.

`python tests/benchmarks/bench_moments.py [--quick]`

Each way runs in a fresh process that times one call without its imports. The others live in an
environment of their own, made on the first use: `requirements.txt` beside this file, pinned.
toqito does not ask Γ(u†) = Γ(u), so that its relaxation is larger and weaker than the other two.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from comparison import HERE, Comparison, main

from exactsteer.kernel.matrix import rational_matrix
from exactsteer.kernel.program import LowerBound
from exactsteer.prover.numeric import NumericProgram, numeric_program
from exactsteer.scenario import Scenario
from exactsteer.statements import FunctionalBound
from exactsteer.statements.words import word_set

REQUIREMENTS = HERE / "requirements.txt"
SLOWEST = 180  # seconds for one call

Report = dict[str, Any]  # seconds, rows, unknowns; of toqito's also equations


@dataclass(frozen=True)
class Case:
    """Two parties of the same inputs (their numbers of outcomes), and the level: 1+AB, or a number."""

    inputs: tuple[int, ...]
    level: str
    wanted: float | None = None

    def __str__(self) -> str:
        return f"{len(self.inputs)} inputs, {self.inputs[0]} outcomes, level {self.level}"

    def table(self) -> list[list[int]]:
        """A functional in Collins-Gisin form, small integers: [[constant, P_B…], [P_A, P_AB…], …]."""
        size = range(1 + sum(self.inputs) - len(self.inputs))
        return [[(7 * i * i + 5 * j * j + 3 * i * j + i) % 11 - 5 for j in size] for i in size]

    def json(self, **options: bool) -> str:
        """What the other scripts read."""
        products = self.level == "1+AB"
        data: dict[str, Any] = {"outcomes": [list(self.inputs)] * 2, "table": self.table()}
        data |= {"level": 1 if products else int(self.level), "products": products}
        return json.dumps(data | options)


CASES = [
    Case((2, 2), "2"),
    Case((2, 2, 2), "2"),
    Case((3, 3, 3), "1+AB"),
    Case((3, 3, 3), "2", wanted=10),
]
OTHERS: dict[str, tuple[str, dict[str, bool]]] = {
    "ncpol2sdpa, get_relaxation": ("ncpol2sdpa_npa.py", {}),
    "toqito, bell_npa_constraints": ("toqito_npa.py", {}),
    "toqito, npa_constraints": ("toqito_npa.py", {"assemblage": True}),
}


def ours(case: Case) -> NumericProgram:
    """The numeric program of a bound on the same functional; the trusted system is trivial."""
    scenario = Scenario((case.inputs,) * 2, 1)
    numbers = (number for row in case.table() for number in row)
    functional = {
        label: rational_matrix(1, [[number]])
        for label, number in zip(scenario.collins_gisin_labels(), numbers, strict=True)
    }
    words = word_set(scenario, case.level)
    program = FunctionalBound(scenario, words, functional, "<=", Fraction(0)).program()
    assert isinstance(program.goal, LowerBound)
    return numeric_program(program, program.goal.objective)


def our_report(case: Case) -> Report:
    """One timed call."""
    started = perf_counter()
    numeric = ours(case)
    seconds = perf_counter() - started
    rows = max(block.size for block in numeric.blocks)
    return {"seconds": seconds, "rows": rows, "unknowns": len(numeric.kept)}


def our_run(case: Case) -> Report:
    """`our_report` in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(our_report, case).result()


def other_run(python: Path, script: str, argument: str) -> Report:
    """What a script of the other environment reports, in a fresh process."""
    command = [str(python), str(HERE / script), argument]
    run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=SLOWEST)
    report: Report = json.loads(run.stdout)
    return report


def environment() -> Path:
    """The Python that has the other packages; made if there is none for these requirements."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    key = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = cache / "exactsteer-benchmarks" / key
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    finished = folder / "finished"
    if not finished.exists():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"installing {REQUIREMENTS.name} into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", "-r", REQUIREMENTS], check=True)
        finished.touch()
    return python


def compare(quick: bool) -> Iterator[Comparison]:
    """Ours and each other way in turns, for each case; the two small ones if quick."""
    try:
        python = environment()
    except (OSError, subprocess.CalledProcessError) as error:  # no network, or Python before 3.11
        print(f"moment relaxations left out, nothing to compare with: {error}", file=sys.stderr)
        return
    for case in CASES[:2] if quick else CASES:
        yield from one_case(case, python, 3)


def one_case(case: Case, python: Path, rounds: int) -> Iterator[Comparison]:
    """Medians of `rounds` fresh processes of each way."""
    runs: list[Callable[[], Report]] = [partial(our_run, case)]
    runs += [partial(other_run, python, script, case.json(**more)) for script, more in OTHERS.values()]
    columns = list(zip(*([run() for run in runs] for _ in range(rounds)), strict=True))
    our_seconds, *other_seconds = (median(report["seconds"] for report in column) for column in columns)
    we, *they = (column[0] for column in columns)
    for name, seconds, report in zip(OTHERS, other_seconds, they, strict=True):
        if report["rows"] != we["rows"]:
            sys.exit(f"{case}: {report['rows']} rows by {name}, {we['rows']} by ours")
        theirs = f"{report['unknowns']}"
        if "equations" in report:
            theirs += f" under {report['equations']} equations"
        note = f"{we['rows']} rows; unknowns {we['unknowns']}, theirs {theirs}"
        yield Comparison(str(case), "numeric program", our_seconds, name, seconds, case.wanted, note)


if __name__ == "__main__":
    main(compare)
