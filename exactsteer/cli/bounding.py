"""`exactsteer bound`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from ..exact.numbers import InputError
from .inputs import ArrayOptions, array_options, read_functional
from .options import as_json, chosen_set, outer_set, output_folder, quiet, words
from .terminal import progress, proving, report

SDPA_SUFFIXES = (".dat-s", ".sdpa")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@array_options
@outer_set
@words
@click.option("--max", "maximum", is_flag=True, help="Enclose the maximum, not the minimum.")
@click.option("--tolerance", default="1e-9", show_default=True, help="Width to aim at.")
@output_folder
@as_json
@quiet
def bound(
    file: Path,
    arrays: ArrayOptions,
    level: str | None,
    words: tuple[str, ...],
    maximum: bool,
    tolerance: str,
    output: Path,
    json_: bool,
    quiet: bool,
) -> None:
    """Enclose the optimum of the functional in FILE over a set of assemblages.

    Or that of a semidefinite program, if FILE ends in .dat-s or .sdpa.

    \b
    FILE: {"scenario": {"parties": [[2, 2], [2, 2]], "dimension": 2},
           "functional": {"0 0|1 0": [["0.5", "0"], ["0", "sqrt(2)/3"]], …}}
    A label is outcomes|inputs, `_` for a party that is summed over. The
    scenario may have "trusted inputs": 2 (labels "0|1 y"), or be
    "instrumental": true. Or an array: .npy, .npz or .mat, with its --layout.
    Example: exactsteer bound F.json --set 2 --max

    \b
    A .dat-s file is a problem in SDPA's sparse format: minimise c·x such that
    Σ x_i F_i - F_0 is positive semidefinite. Its decimals count as exact.
    Example: exactsteer bound theta.dat-s
    """
    if file.suffix.lower() in SDPA_SUFFIXES:
        if maximum or level is not None or words:
            raise InputError(
                f"{file}: SDPA's problem is a minimum over the x of the file; leave out --max, --set "
                "and --word (its dual, a maximum, has the same optimum)"
            )
        bound_problem(file, tolerance, output, json_, quiet)
        return
    from ..api import bound as enclose

    sense: Literal["min", "max"] = "max" if maximum else "min"
    chosen, name = chosen_set(level, words)
    functional = read_functional(file, arrays)
    with progress(not (quiet or json_)) as listener:
        result = proving(lambda: enclose(functional, chosen, sense, tolerance, listener))
    start = f"{file.stem}.{sense}" + ("" if name == "almost-quantum" else f".{name}")
    row = {"file": str(file), "set": chosen, "sense": sense}
    report(result, output / start, f"{sense}imum over the set {name}", row, json_, tolerance)


def bound_problem(file: Path, tolerance: str, output: Path, json_: bool, quiet: bool) -> None:
    """The same of a semidefinite program in SDPA's sparse format."""
    from ..sdpa import read_sdpa
    from ..semidefinite import semidefinite_bound

    problem = read_sdpa(file)
    with progress(not (quiet or json_)) as listener:
        result = proving(lambda: semidefinite_bound(problem, tolerance, listener))
    row = {"file": str(file), "set": None, "sense": "min"}
    report(
        result, output / f"{file.stem}.min", "minimum of the semidefinite program", row, json_, tolerance
    )
