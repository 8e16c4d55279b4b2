"""What several commands print, write, and say while they work."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..kernel.numbers import decimal_text
from ..kernel.verdict import REJECTED

if TYPE_CHECKING:
    from ..prover.prove import Enclosure


@contextmanager
def progress(wanted: bool) -> Iterator[Callable[[str], None]]:
    """A live line on a terminal, nothing in a pipe."""
    from rich.console import Console

    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        yield lambda text: None
        return
    with console.status("") as status:
        yield status.update


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))  # σ[a|x] is no markup
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)


def report(result: Enclosure, start: Path, title: str, row: dict[str, Any], json_: bool) -> None:
    """Write both certificates of an enclosure, and print it."""
    from ..literature.rows import exact_text

    names = {side: start.with_name(f"{start.name}.{side}.json") for side in ("lower", "upper")}
    write(
        {
            names["lower"]: result.lower_proof.bytes(),
            names["upper"]: result.upper_proof.bytes(),
        }
    )
    if json_:
        row |= {
            "lower": exact_text(result.lower),
            "upper": exact_text(result.upper),
            "certificates": [str(name) for name in names.values()],
            "steps": result.steps,
        }
        click.echo(json.dumps(row, indent=1))
        return
    show_table(
        (title, "exact", "certificate"),
        [
            ("at least", exact_text(result.lower), str(names["lower"])),
            ("at most", exact_text(result.upper), str(names["upper"])),
            ("width", decimal_text(result.width, 15), ""),
        ],
    )


def write(files: Mapping[Path, bytes]) -> None:
    from ..output import write_files

    write_files(files)


def proving(action: Callable[[], Any]) -> Any:
    """Run the prover; its failure is an answer about the problem, not a fault of the program."""
    from ..prover.points import NotProved

    try:
        return action()
    except NotProved as error:
        fail(f"no proof found after {len(error.steps)} steps, the last failure being: {error}", REJECTED)


def fail(message: str, code: int) -> NoReturn:
    click.echo(f"exactsteer: {message}", err=True)
    sys.exit(code)
