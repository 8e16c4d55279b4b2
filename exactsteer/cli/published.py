"""`exactsteer published`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..exact.numbers import InputError
from .options import as_json, folder_option, quiet
from .terminal import progress, show_table, write

if TYPE_CHECKING:
    from ..literature import Evidence


def proved(item: Evidence) -> str:
    """The proved number, and whether it is exact or enclosed."""
    from ..literature.rows import exact_text

    if item.lower is None or item.upper is None:
        return ""
    if item.lower == item.upper:
        return f"{exact_text(item.lower)}\n(exact)"
    return f"≥ {exact_text(item.lower)}\n≤ {exact_text(item.upper)}\n(enclosed)"


@click.command()
@click.argument("rows", nargs=-1, metavar="[ROW]...")
@folder_option("proofs")
@as_json
@quiet
def published(rows: tuple[str, ...], output: Path, json_: bool, quiet: bool) -> None:
    """Re-prove or correct the numbers that the papers print.

    \b
    Without ROW, all rows of the docket that are done. What they come to is
    kept in docket.jsonl beside the certificates, for `exactsteer report`.
    Example: exactsteer published A3 A4
    """
    from ..literature import ROWS
    from ..literature.docket import DOCKET, DocketLine, docket_bytes, merged, read_docket

    for row in rows:
        if row not in ROWS:
            raise InputError(f"row {row!r} is not done; the rows are {', '.join(ROWS)}")
    docket = output / DOCKET
    before = read_docket(docket) if docket.exists() else []
    evidence = []
    chosen = rows or tuple(ROWS)
    with progress(not (quiet or json_), len(chosen)) as listener:
        for row in chosen:
            evidence += ROWS[row](listener.about(row))
            listener.advance()
    files = {output / name: p.bytes() for e in evidence for name, p in e.proofs.items()}
    lines = merged(before, [DocketLine.of(item) for item in evidence])
    write(files | {docket: docket_bytes(lines)})
    if json_:
        click.echo(json.dumps([item.json(str(output)) for item in evidence], indent=1))
        return

    show_table(
        ("row", "claim", "printed", "proved", "status"),
        [
            (e.row, f"{e.claim}\n({e.remark})" if e.remark else e.claim, e.printed, proved(e), e.status)
            for e in evidence
        ],
    )
    for name in (name for e in evidence for name in e.proofs):
        click.echo(f"certificate {output / name}")
    click.echo(f"check them with: exactsteer check {output}")
