"""`exactsteer realise`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import click

from ..exact.numbers import InputError
from .inputs import ArrayOptions, array_options, plain_assemblage
from .options import as_json, output_folder, quiet
from .terminal import progress, proving, write


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--dimension",
    type=click.IntRange(1),
    help="Of each uncharacterised system in a search (or the trusted one before its channel).",
)
@click.option("--min", "minimum", is_flag=True, help="For a functional: its minimum.")
@click.option(
    "--tries", default=8, show_default=True, type=click.IntRange(1), help="Random starts, likewise."
)
@array_options
@output_folder
@as_json
@quiet
def realise(
    file: Path,
    dimension: int | None,
    minimum: bool,
    tries: int,
    arrays: ArrayOptions,
    output: Path,
    json_: bool,
    quiet: bool,
) -> None:
    """Find a quantum realisation of the assemblage in FILE, or a strategy for a functional.

    \b
    FILE is that of classify (an assemblage; its scenario may also be
    "sequential": true, the parties being the steps of one Alice) or of bound
    (a functional, whose maximum is sought). The certificate holds the exact
    state, measurements and channels. A postquantum assemblage is refused, and
    a search that does not get there says how far it got and writes nothing.
    Example: exactsteer realise sigma.json
    """
    from ..inside import realise as find
    from ..inside import strategy
    from ..literature.rows import exact_text
    from ..steering import Functional, PrintedAssemblage

    given = arrays.read(file)
    is_functional = isinstance(given, Functional)
    if isinstance(given, PrintedAssemblage):
        given = plain_assemblage(file, arrays)
    if minimum and not is_functional:
        raise InputError(f"{file}: --min is for a functional")
    row: dict[str, Any] = {"file": str(file)}
    with progress(not (quiet or json_)) as listener:
        if is_functional:
            sense: Literal["min", "max"] = "min" if minimum else "max"
            reached = proving(lambda: strategy(given, sense, dimension, tries, listener))
            row |= {"sense": sense, "value": exact_text(reached.value)}
            realisation, proof, steps = reached.realisation, reached.proof, reached.steps
            path = output / f"{file.stem}.{sense}.strategy.json"
        else:
            found = proving(lambda: find(given, dimension, listener))
            realisation, proof, steps = found.realisation, found.proof, found.steps
            path = output / f"{file.stem}.quantum.json"
    write({path: proof.bytes()})
    row |= {"theorem": proof.theorem, "certificates": [str(path)], "steps": steps}
    row["dimensions"] = None if realisation is None else realisation.dimensions
    if json_:
        click.echo(json.dumps(row, indent=1))
        return
    if is_functional:
        side = "at most" if minimum else "at least"
        click.echo(f"{file}: a quantum strategy reaches {side} {row['value']} (exact)")
    else:
        click.echo(f"{file}: quantum")
    click.echo(f"  {proof.theorem}")
    click.echo(f"  certificate {path}")
