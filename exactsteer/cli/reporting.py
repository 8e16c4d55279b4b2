"""`exactsteer report`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..exact.numbers import InputError
from .inputs import ArrayOptions, array_options, read_any
from .options import as_json, quiet
from .terminal import progress, write

if TYPE_CHECKING:
    from ..steering import AnyAssemblage


def read_valid(file: Path, arrays: ArrayOptions) -> AnyAssemblage:
    """The assemblage in a file, or the valid one that is nearest to its printed numbers."""
    from ..steering import PrintedAssemblage

    found = read_any(file, arrays)
    if not isinstance(found, PrintedAssemblage):
        return found
    try:
        return found.nearest()
    except InputError as error:
        raise InputError(f"{file}: {error}") from None


@click.command()
@click.argument("folder", default="proofs", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, metavar="[SIGMA]...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The page to write.",
)
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
@array_options
@as_json
@quiet
def report(
    folder: Path,
    files: tuple[Path, ...],
    output: Path,
    jobs: int,
    arrays: ArrayOptions,
    json_: bool,
    quiet: bool,
) -> None:
    """Write one HTML page about the certificates in FOLDER, which are checked again.

    \b
    FOLDER is proofs, unless given; with a docket.jsonl of `exactsteer
    published` its claims are shown, with the numbers that the certificates
    prove. SIGMA: files of assemblages, as for classify, to be shown too; of
    doubles the nearest valid assemblage is.
    Exit code as that of check; also 1 if the docket says what is not proved.
    Example: exactsteer report proofs sigma.json -o report.html --jobs 2
    """
    try:
        from ..report.page import report as make
    except ModuleNotFoundError as error:
        if error.name not in ("jinja2", "markupsafe", "matplotlib"):
            raise
        raise InputError(f"{error.name} is not installed: pip install 'exactsteer[report]'") from None
    from ..literature.docket import DOCKET, read_docket
    from ..report.certificates import check_folder

    docket = read_docket(folder / DOCKET) if (folder / DOCKET).exists() else []
    own = {file.stem: read_valid(file, arrays) for file in files}
    with progress(not (quiet or json_)) as listener:
        checked = check_folder(folder, jobs, listener)
        page = make(folder, checked, docket, own, output, listener)
    write({output: page.html.encode()})
    if json_:
        row = {
            "report": str(output),
            "certificates": page.certificates,
            "accepted": page.accepted,
            "claims": page.statuses,
            "examples": page.examples,
        }
        click.echo(json.dumps(row, indent=1))
    else:
        click.echo(f"{page.accepted} of {page.certificates} certificates accepted")
        for status, count in page.statuses.items():
            click.echo(f"  {count} {status}")
        click.echo(f"{output}")
    sys.exit(page.exit_code)
