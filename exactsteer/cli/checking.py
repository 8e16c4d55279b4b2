"""`exactsteer check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..kernel.__main__ import run as run_check
from .options import as_json


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
@as_json
def check(files: tuple[Path, ...], jobs: int, json_: bool) -> None:
    """Check certificates, or folders of them, with the kernel.

    \b
    Exit code 0 accepted, 1 rejected or malformed, 2 declined.
    Example: exactsteer check proofs/ --jobs 2
    """
    sys.exit(run_check(files, jobs, json_))
