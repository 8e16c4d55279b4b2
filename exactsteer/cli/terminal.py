"""What several commands print, write, and say while they work."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..kernel.verdict import REJECTED

if TYPE_CHECKING:
    from rich.progress import Progress

    from ..prover.prove import Enclosure


class Listener:
    """Hears the steps of a proof; says nothing, as in a pipe."""

    def __call__(self, text: str) -> None:
        """Hear what is being done."""

    def advance(self) -> None:
        """Hear that one of the things that were counted is done."""

    def about(self, name: str) -> Callable[[str], None]:
        """A listener whose words begin with the name."""
        return lambda text: self(f"{name}: {text}")


class Bar(Listener):
    """A bar on a terminal, with the latest step and the time."""

    def __init__(self, bar: Progress, total: int | None) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=total)

    def __call__(self, text: str) -> None:
        from rich.markup import escape

        self._bar.update(self._task, description=escape(text))

    def advance(self) -> None:
        self._bar.advance(self._task)


@contextmanager
def progress(wanted: bool, total: int | None = None) -> Iterator[Listener]:
    """A bar on a terminal, gone at the end; nothing in a pipe. `total` things are done one by one."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        yield Listener()
        return
    columns = [
        SpinnerColumn(),
        BarColumn(24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    ]
    if total is None:
        columns.pop(2)
    with Progress(*columns, console=console, transient=True) as bar:
        yield Bar(bar, total)


@contextmanager
def live_text(wanted: bool) -> Iterator[Callable[[str], None]]:
    """Text on a terminal that each call replaces, gone at the end; nothing in a pipe."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        yield lambda text: None
        return
    with console.status("") as status:
        yield lambda text: status.update(Text(text))


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


def report(
    result: Enclosure,
    start: Path,
    title: str,
    row: dict[str, Any],
    json_: bool,
    wanted: str,
) -> None:
    """Write both certificates of an enclosure, and print it; say so if it is wider than wanted."""
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
            ("width", f"{float(result.width):.2g} (rounded)", ""),
        ],
    )
    if result.width > Fraction(wanted):
        click.echo(f"wider than {wanted}: {last_failure(result.steps)}")


def last_failure(steps: Sequence[str]) -> str:
    """Why the prover did not come further."""
    failures = [step.removeprefix("failed: ") for step in steps if step.startswith("failed: ")]
    return failures[-1] if failures else "double precision ends there (see the README on more digits)"


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
