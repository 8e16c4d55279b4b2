"""`exactsteer robustness`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..exact.numbers import InputError
from .inputs import ArrayOptions, array_options, plain_assemblage
from .options import as_json, output_folder, quiet
from .terminal import progress, proving, report

MEASURES = {
    "lhs": "LHS robustness",
    "generalised": "generalised robustness",
    "weight": "steering weight",
    "visibility": "visibility against noise",
    "tolerance": "tolerance of parents",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--measure",
    default="lhs",
    show_default=True,
    type=click.Choice(list(MEASURES)),
    help="lhs: mixed with an LHS assemblage; generalised: with any; weight: the part that is not "
    "LHS; visibility: the largest share in a mixture with noise that is LHS; tolerance: how far the "
    "eigenvalues of a parent assemblage of several trusted parties must go below 0.",
)
@click.option(
    "--set",
    "level",
    default="LHS",
    show_default=True,
    help="Another set in place of LHS: no-signalling, almost-quantum, or a level.",
)
@click.option(
    "--noise",
    type=click.Path(path_type=Path),
    help="For visibility: a file with the noise assemblage. White noise, unless given.",
)
@click.option("--tolerance", default="1e-9", show_default=True, help="Width to aim at.")
@array_options
@output_folder
@as_json
@quiet
def robustness(
    file: Path,
    measure: str,
    level: str,
    noise: Path | None,
    tolerance: str,
    arrays: ArrayOptions,
    output: Path,
    json_: bool,
    quiet: bool,
) -> None:
    """Enclose how far the assemblage in FILE is from having a local hidden state model.

    \b
    FILE is that of classify. The lower certificate of the LHS robustness also
    says how many messages a classical simulation needs. The robustness of
    "Many characterised parties" is 1 - visibility, with --set no-signalling
    (one uncharacterised party), almost-quantum, or a level.
    Example: exactsteer robustness sigma.json --measure weight
    """
    from ..api import visibility
    from ..classical import robustness as enclose
    from ..parents import eigenvalue_tolerance

    if noise is not None and measure != "visibility":
        raise InputError("--noise is for --measure visibility")
    if measure == "tolerance" and level not in ("LHS", "no-signalling"):
        raise InputError(
            "--measure tolerance is about parents that are no-signalling, and takes no --set"
        )
    assemblage = plain_assemblage(file, arrays)
    disturbing = None if noise is None else plain_assemblage(noise, arrays.of_another(noise))
    chosen: Any = measure  # one of the names that `--measure` allows
    with progress(not (quiet or json_)) as listener:
        if measure == "visibility":
            result = proving(lambda: visibility(assemblage, disturbing, level, tolerance, listener))
        elif measure == "tolerance":
            result = proving(lambda: eigenvalue_tolerance(assemblage, tolerance, listener))
        else:
            result = proving(lambda: enclose(assemblage, chosen, level, tolerance, listener))
    row = {"file": str(file), "measure": measure, "set": level}
    name = f"{file.stem}.{measure}"
    if measure == "tolerance":
        del row["set"]
    elif level != "LHS":
        name += f".{level}"
    report(result, output / name, MEASURES[measure], row, json_, tolerance)
