"""`exactsteer classify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..exact.numbers import InputError, approximation
from .options import as_json, chosen_set, outer_set, output_folder, quiet, words
from .terminal import progress, proving, write

if TYPE_CHECKING:
    from ..kernel.field import Number
    from ..steering import Assemblage, InstrumentalAssemblage


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--radius",
    default="0",
    show_default=True,
    help="Claim it of every valid assemblage within this distance, entry by entry.",
)
@click.option(
    "--printed",
    is_flag=True,
    help="FILE holds all elements as printed or computed, and signals by rounding: claim it of every "
    "valid assemblage near them.",
)
@outer_set
@words
@output_folder
@as_json
@quiet
def classify(
    file: Path,
    radius: str,
    printed: bool,
    level: str | None,
    words: tuple[str, ...],
    output: Path,
    json_: bool,
    quiet: bool,
) -> None:
    """Prove the assemblage in FILE valid, and postquantum or in the outer set.

    With --set LHS: steerable, or that it has a local hidden state model.

    \b
    FILE: {"scenario": {"parties": [[2, 2], [2, 2]], "dimension": 2},
           "assemblage": {"_ _|_ _": [["0.5", "0"], ["0", "0.5"]], "0 _|0 _": …}}
    with all elements, or all independent ones (each party summed over, or
    not in its last outcome). Entries may be like "sqrt(2)/4". The scenario
    may have "trusted inputs": 2 (labels "0|1 y"), be "instrumental": true
    (labels "a|x"), or have "dimensions": [2, 4] of several trusted parties, an
    element then being a list of the matrices that they see.
    Example: exactsteer classify sigma.json --radius 0.00005
    """
    from ..api import classify as decide
    from ..api import validate
    from ..literature.rows import exact_text
    from ..steering import PrintedAssemblage, SequentialAssemblage, assemblage_from_json

    chosen, name = chosen_set(level, words)
    assemblage = PrintedAssemblage.from_json(file) if printed else assemblage_from_json(file)
    if isinstance(assemblage, SequentialAssemblage):
        raise InputError(f"{file}: every sequential assemblage is quantum; use `exactsteer realise`")
    away: Number | None = None
    if isinstance(assemblage, PrintedAssemblage):
        nearest = assemblage.nearest()
        exact: Assemblage | InstrumentalAssemblage = nearest
        away = assemblage.distance(nearest)
    else:
        exact = assemblage
    with progress(not (quiet or json_)) as listener:
        valid = proving(lambda: validate(exact))
        result = decide(assemblage, radius, listener, chosen)
    files = {output / f"{file.stem}.valid.json": valid.bytes()}
    if result.proof is not None:
        kind = result.verdict if isinstance(chosen, str) or result.radius is not None else name
        files[output / f"{file.stem}.{kind}.json"] = result.proof.bytes()
    write(files)
    if json_:
        row = {
            "file": str(file),
            "verdict": result.verdict,
            "radius": None if result.radius is None else exact_text(result.radius),
            "distance": None if away is None else exact_text(away),
            "certificates": [str(path) for path in files],
            "steps": result.steps,
        }
        click.echo(json.dumps(row, indent=1))
        return
    click.echo(f"{file}: {result.verdict}")
    if away is not None:
        click.echo(f"  the nearest valid assemblage is {float(approximation(away)):.1e} away (rounded)")
    if result.radius is not None:
        click.echo(f"  so is every valid assemblage within {exact_text(result.radius)} of it")
    if result.proof is None:
        click.echo(f"  {result.steps[-1]}")
    for path in files:
        click.echo(f"  certificate {path}")
