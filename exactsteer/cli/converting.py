"""`exactsteer convert`."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..exact.numbers import InputError
from .bounding import SDPA_SUFFIXES
from .inputs import ArrayOptions, array_options
from .options import as_json, chosen_set, outer_set, words
from .terminal import write

if TYPE_CHECKING:
    from ..steering import AnyAssemblage, Functional, PrintedAssemblage


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--printed", is_flag=True, help="FILE (JSON) holds an assemblage as printed, which may signal."
)
@click.option(
    "--nearest",
    is_flag=True,
    help="Of printed numbers or doubles, write the valid assemblage near them.",
)
@array_options
@click.option(
    "--to-layout",
    default="outcomes-first",
    show_default=True,
    help="Of an array that is written.",
)
@outer_set
@words
@click.option("--max", "maximum", is_flag=True, help="Write the program of the maximum (.dat-s).")
@as_json
def convert(
    file: Path,
    target: Path,
    printed: bool,
    nearest: bool,
    arrays: ArrayOptions,
    to_layout: str,
    level: str | None,
    words: tuple[str, ...],
    maximum: bool,
    json_: bool,
) -> None:
    """Write the assemblage or functional in FILE in another format, by the name of TARGET.

    \b
    .json   exact, as this program reads it
    .tex    a table for a paper, exact (LaTeX, amsmath)
    .npy .npz .mat   doubles, in the layout --to-layout
    .dat-s  the semidefinite program of a functional's bound over --set, in
            SDPA's sparse format
    Example: exactsteer convert sigma.npy sigma.json --layout outcomes-first
    Example: exactsteer convert F.json F.dat-s --set 2 --max
    """
    from ..steering.reading import ARRAYS

    if target.absolute() == file.absolute():
        raise InputError(f"{target}: would be written over itself; give another name")
    found = arrays.read(file, printed=printed or None)
    if nearest:
        found = nearest_of(found, file)
    suffix = target.suffix
    if suffix not in SDPA_SUFFIXES and (level is not None or words or maximum):
        raise InputError(f"{target}: --set, --word and --max are for .dat-s")
    if suffix == ".json":
        data = found.json_text().encode()
    elif suffix == ".tex":
        data = found.to_latex().encode()
    elif suffix in ARRAYS:
        data = array_bytes(found, suffix, to_layout)
    elif suffix in SDPA_SUFFIXES:
        data = program_bytes(found, level, words, maximum, file)
    else:
        kinds = ", ".join((".json", ".tex", *ARRAYS, *SDPA_SUFFIXES))
        raise InputError(f"{target}: the name must end in one of {kinds}")
    write({target: data})
    numbers = "floating" if suffix in ARRAYS else "exact"
    if json_:
        row = {"file": str(file), "target": str(target), "numbers": numbers, "bytes": len(data)}
        click.echo(json.dumps(row, indent=1))
    else:
        click.echo(f"{target} ({numbers}, {len(data)} bytes)")


def nearest_of(found: Any, file: Path) -> Any:
    from ..steering import PrintedAssemblage

    if not isinstance(found, PrintedAssemblage):
        raise InputError(f"{file}: --nearest is for printed numbers, or doubles")
    return found.nearest()


def array_bytes(
    found: AnyAssemblage | PrintedAssemblage | Functional, suffix: str, layout: str
) -> bytes:
    """The nearest doubles; InputError for an object that has no array."""
    import numpy as np
    from scipy.io import savemat

    from ..steering import Functional

    name = "F" if isinstance(found, Functional) else "sigma"
    array = found.to_array(layout)
    stream = io.BytesIO()
    if suffix == ".mat":
        savemat(stream, {name: array})
    elif suffix == ".npz":
        np.savez(stream, allow_pickle=False, **{name: array})
    else:
        np.save(stream, array)
    return stream.getvalue()


def program_bytes(
    found: Any, level: str | None, words: tuple[str, ...], maximum: bool, file: Path
) -> bytes:
    from ..api import bound_statement
    from ..sdpa import sdpa_text
    from ..steering import Functional

    if not isinstance(found, Functional):
        raise InputError(f"{file}: a functional is needed, for the program of its bound")
    chosen, _ = chosen_set(level, words)
    statement = bound_statement(found, chosen, "max" if maximum else "min")
    return sdpa_text(statement).encode()
