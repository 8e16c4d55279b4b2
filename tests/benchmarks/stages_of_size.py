"""One size of `bench_sizes.py`, stage by stage: `python stages_of_size.py '[3, 2, 4]' real FOLDER`.

Prints a line of JSON before each stage, and one when all are done: the stage that begins, and of the
one that has ended seconds and peak memory. A killed run has thus told how far it came. The bound is
the minimum of a random functional at level 1+AB; the two certificates are written into FOLDER.
For systems that have `resource`, not for Windows.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

from functionals import random_functional

from exactsteer import check
from exactsteer.exact.numbers import above, below
from exactsteer.exact.writing import certificate_bytes, witness_json
from exactsteer.kernel.certificate import Certificate
from exactsteer.kernel.program import DualWitness, LowerBound, PointWitness, Program, accept_dual
from exactsteer.prover.numeric import numeric_program
from exactsteer.prover.points import Attempt, Journal, central_points
from exactsteer.prover.prove import TOLERANCE, point_witness
from exactsteer.scenario import Scenario
from exactsteer.statements import FunctionalAttained, FunctionalBound
from exactsteer.statements.words import word_set

GRID = 10**11
MOST_MEMORY = 8 * 2**30
PEAK = "VmHWM:"


def peak_memory() -> int:
    """Bytes, the most since `forget_peak`; since the start where Linux does not tell."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(PEAK))
    except (OSError, StopIteration):
        unit = 1 if sys.platform == "darwin" else 1024
        return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def forget_peak() -> None:
    """The peak becomes what is in use now, where the system can do that."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")


class Report:
    """Tells the parent process which stage begins and what the last one took."""

    def __init__(self) -> None:
        self.started = perf_counter()
        self.facts: dict[str, Any] = {}  # to be told with the stage

    def begin(self, stage: str | None) -> None:
        """The last stage ends here."""
        now = perf_counter()
        ended = {"seconds": now - self.started, "bytes": peak_memory(), **self.facts}
        print(json.dumps({"begins": stage, **ended}), flush=True)
        self.facts = {}
        forget_peak()
        self.started = perf_counter()


def main(size: tuple[int, int, int], is_complex: bool, folder: Path) -> None:
    """Inputs, outcomes and trusted dimension; all stages, reported on stdout."""
    inputs, outcomes, dimension = size
    scenario = Scenario(((outcomes,) * inputs,) * 2, dimension)
    words = word_set(scenario, "1+AB")
    functional = random_functional(scenario, is_complex)
    statement = FunctionalBound(scenario, words, functional, ">=", Fraction(0))
    report = Report()

    report.begin("program")
    program = statement.program()
    assert isinstance(program.goal, LowerBound)
    report.facts = {"rows": program.blocks[0].size, "unknowns": len(program.unknowns)}

    report.begin("numeric data")
    numeric = numeric_program(program, program.goal.objective)
    report.facts = {"numeric unknowns": len(numeric.kept)}
    del numeric

    journal = Journal()
    report.begin("solve")  # and the numeric data once more
    for attempt in central_points(program, program.goal.objective, TOLERANCE, journal):
        report.begin("certificate")
        try:
            width, proofs = certificates(statement, program, attempt)
            break
        except ArithmeticError as error:
            journal.add(f"failed: {error}")
        report.begin("solve")
    else:
        sys.exit(f"no certificate: {journal.steps[-1]}")
    for name, data in proofs.items():
        (folder / name).write_bytes(data)
    report.facts = {"width": width}

    report.begin("kernel check")
    for name in proofs:
        verdict = check(folder / name)
        if verdict.exit_code:
            sys.exit(f"{name}: {verdict.message}")
    report.facts = {"solver": next(s for s in journal.steps[::-1] if s.startswith(("centred", "SCS")))}
    report.begin(None)


def certificates(
    statement: FunctionalBound, program: Program, attempt: Attempt
) -> tuple[float, dict[str, bytes]]:
    """Width of the enclosure, and its two certificates: what `enclose` does, without the kernel."""
    assert isinstance(program.goal, LowerBound)
    objective = program.goal.objective
    dual, point = attempt.dual_witness(), attempt.point()
    numerators, unit = point.numerators(0), Fraction(1, point.denominator)
    value = sum((c * numerators[i] * unit for i, c in objective.items()), Fraction(0))
    lower, upper = below(accept_dual(program, objective, dual), GRID), above(value, GRID)
    bound = replace(statement, bound=lower)
    attained = FunctionalAttained(
        statement.scenario, statement.outer_set, statement.functional, "<=", upper
    )
    inside = point_witness(attained.program(), point, attempt.inside)
    files = {"lower.json": written(bound, dual), "upper.json": written(attained, inside)}
    return float(upper - lower), files


def written(
    statement: FunctionalBound | FunctionalAttained, witness: DualWitness | PointWitness
) -> bytes:
    return certificate_bytes(Certificate(statement.claim(), witness_json(witness)))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))  # beyond: MemoryError
    main(json.loads(sys.argv[1]), sys.argv[2] == "complex", Path(sys.argv[3]))
