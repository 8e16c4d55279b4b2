"""What several commands take from the command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import click

from ..exact.numbers import InputError

FC = TypeVar("FC", bound=Callable[..., Any])

as_json = click.option("--json", "json_", is_flag=True, help="Print JSON for a program to read.")
quiet = click.option("--quiet", is_flag=True, help="No progress.")

dask_cluster = click.option(
    "--dask",
    metavar="ADDRESS",
    help="Run on the Dask cluster of this scheduler (tcp://HOST:PORT, or a scheduler file) instead.",
)


def writable(context: click.Context, parameter: click.Parameter, folder: Path) -> Path:
    """The folder, if files can be made in it: better known before hours of work than after."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise InputError(f"--output {folder}: cannot write in {existing}; give another folder")
    return folder


def folder_option(default: str) -> Callable[[FC], FC]:
    return click.option(
        "-o",
        "--output",
        default=default,
        show_default=True,
        type=click.Path(path_type=Path),
        callback=writable,
        help="Folder for the certificates.",
    )


output_folder = folder_option(".")
outer_set = click.option(
    "--set",
    "level",
    help="almost-quantum (the default), or a level: 1, 1+AB, 2, 2+AAB, ... "
    "(the parties are A, B, ... in order); no-signalling; or LHS.",
)
words = click.option(
    "--word",
    "words",
    multiple=True,
    help="A word of the moment matrix, instead of --set; may be given many times. "
    "'0|0 1|1; _' is outcome 0 of input 0 times outcome 1 of input 1 of the first of two parties.",
)


def chosen_set(level: str | None, words: Sequence[str]) -> tuple[str | Sequence[str], str]:
    """The outer set, and its name for files and tables."""
    if words and level is not None:
        raise InputError("give --set or --word, not both")
    if words:
        return words, f"words-{sha256('/'.join(words).encode()).hexdigest()[:8]}"
    return level or "almost-quantum", level or "almost-quantum"
