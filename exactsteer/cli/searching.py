"""`exactsteer search` and `exactsteer found`."""

from __future__ import annotations

import json
import math
import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from ..exact.numbers import InputError
from .options import as_json, dask_cluster, quiet, writable
from .terminal import live_text, show_table, write

if TYPE_CHECKING:
    from ..search.campaign import Stored, Totals
    from ..search.hits import Hit

SHOWN = 10  # hits in the table
INTERRUPTED = 130
LARGEST_SEED = 2**63 - 1  # what SQLite holds


def assignments(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """NAME=VALUE, each name once."""
    found: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not (name and equals):
            raise InputError(f"-p {value}: write NAME=VALUE")
        if name in found:
            raise InputError(f"-p {value}: {name} is given twice")
        found[name] = text
    return found


def finite(context: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise InputError(f"--seconds {value}: a finite number is needed")
    return value


def folder(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    return None if value is None else writable(context, parameter, value)


output_of_hits = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=folder,
    help="Folder for the hits: examples/, certificates/ and uncertified/.",
)
best_hits = click.option(
    "--best",
    type=click.IntRange(1),
    help=f"Show and write so many hits; without it {SHOWN} are shown, and all are written.",
)


@click.command()
@click.argument("recipe", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=assignments,
    help="A parameter of the recipe; may be given many times.",
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, LARGEST_SEED))
@click.option("--until", type=click.IntRange(0), help="Stop when the first so many units are done.")
@click.option("--hits", type=click.IntRange(1), help="Stop when so many hits are certified in all.")
@click.option(
    "--seconds", type=click.FloatRange(0), callback=finite, help="Stop so many seconds from now."
)
@click.option(
    "--jobs", default=os.cpu_count() or 1, type=click.IntRange(1), help="Processes; one for each CPU."
)
@dask_cluster
@output_of_hits
@best_hits
@as_json
@quiet
def search(
    recipe: str | None,
    file: Path | None,
    parameters: dict[str, str],
    seed: int,
    until: int | None,
    hits: int | None,
    seconds: float | None,
    jobs: int,
    dask: str | None,
    output: Path | None,
    best: int | None,
    json_: bool,
    quiet: bool,
) -> None:
    """Look for examples by RECIPE, and keep them with their certificates in FILE.

    \b
    Without RECIPE, the recipes and their parameters are listed; module:Class
    is one of your own. FILE (RECIPE.campaign.sqlite, unless given) is made, or
    gone on with: then recipe, parameters and seed have to be its own. It stops
    at --until, --hits or --seconds, whichever is first, or at Ctrl-C, and loses
    no unit that was done, however it ends.
    Example: exactsteer search simplest -p kind=choi --hits 5 --seconds 3600
    """
    if recipe is None:
        list_recipes(json_)
        return
    from ..search.campaign import Campaign, planned, read_campaign
    from ..search.running import Stops, run
    from ..search.workers import processes

    if ":" in recipe and os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())  # where module:Class is, if nowhere else
    plan = planned(recipe, parameters, seed)
    file = file or Path(f"{recipe.rpartition(':')[2]}.campaign.sqlite")
    if dask is None:
        workers = processes(jobs)
    else:
        from ..search.cluster import cluster

        workers = cluster(dask)
    with workers as crew, Campaign(file, plan) as campaign, interruptible() as interrupted:
        before = campaign.totals().candidates
        with live_text(not (quiet or json_)) as listener:

            def show(totals: Totals, elapsed: float) -> None:
                rate = (totals.candidates - before) / elapsed if elapsed else 0.0
                best_one = campaign.best()
                listener(
                    f"{elapsed:,.0f} s: {amounts(totals)}; {rate:,.3g} candidates/s"
                    + ("" if crew.count() else "; no workers yet")
                    + (f"\nbest: {best_one}" if best_one else "")
                )

            stopped = run(campaign, crew, Stops(until, hits, seconds), show, interrupted)
    with read_campaign(file) as stored:
        report(stored, output, best, json_, stopped)
    if not json_:
        click.echo(f"go on with: {command(recipe, file, parameters, seed)}")
    if stopped == "interrupted":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it has been heard
        sys.exit(INTERRUPTED)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@output_of_hits
@best_hits
@as_json
def found(file: Path, output: Path | None, best: int | None, json_: bool) -> None:
    """Show what the campaign in FILE has found, and write it with -o.

    \b
    FILE is only read; no search may be using it. With -o FOLDER, an example is
    FOLDER/examples/NAME.json and its certificates are in
    FOLDER/certificates/NAME/; what could not be certified is in
    FOLDER/uncertified/.
    Example: exactsteer found appendix-d.campaign.sqlite -o new --best 3
    """
    from ..search.campaign import read_campaign

    with read_campaign(file) as campaign:
        report(campaign, output, best, json_, "")


def list_recipes(json_: bool) -> None:
    """The recipes of this package, with what they take."""
    from ..search.recipes import RECIPES, recipe_class

    classes = {name: recipe_class(name) for name in RECIPES}
    if json_:
        rows = [
            {
                "recipe": name,
                "summary": own.SUMMARY,
                "parameters": {key: value._asdict() for key, value in own.PARAMETERS.items()},
            }
            for name, own in classes.items()
        ]
        click.echo(json.dumps(rows, indent=1))
        return
    for name, own in classes.items():
        click.echo(f"{name}: {own.SUMMARY}")
        for key, value in own.PARAMETERS.items():
            click.echo(f"  -p {key}={value.default}  {value.meaning}")


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed, or the process was asked to end; the second time ends it at once."""
    heard: list[int] = []

    def hear(number: int, frame: FrameType | None) -> None:
        if heard:
            raise KeyboardInterrupt
        heard.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(heard)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def amounts(totals: Totals) -> str:
    """What has been done and found, in words."""
    parts = [
        f"{totals.units:,} units",
        f"{totals.candidates:,} candidates",
        f"{totals.certified:,} certified",
    ]
    if uncertified := totals.hits - totals.certified:
        parts.append(f"{uncertified:,} not certified")
    if totals.failed:
        parts.append(f"{totals.failed:,} units failed")
    return ", ".join(parts)


def command(recipe: str, file: Path, parameters: dict[str, str], seed: int) -> str:
    """The command that goes on with a campaign."""
    parts = ["exactsteer", "search", recipe, str(file)]
    for name, value in parameters.items():
        parts += ["-p", f"{name}={value}"]
    return shlex.join(parts + (["--seed", str(seed)] if seed else []))


def files_of(hit: Hit, folder: Path) -> dict[Path, bytes]:
    """The files of a hit. Examples lie apart from certificates, so that `check` finds only these."""
    certified = folder if hit.is_certified else folder / "uncertified"
    example = certified / "examples" / f"{hit.name}.json"
    certificates = certified / "certificates" / hit.name
    return {example: hit.example.encode()} | {
        certificates / name: data for name, data in hit.certificates.items()
    }


def report(campaign: Stored, output: Path | None, best: int | None, json_: bool, stopped: str) -> None:
    """Write the hits if there is a folder for them, and show the best."""
    rows: list[dict[str, Any]] = []
    for hit in campaign.hits(best if best is not None or output is not None else SHOWN):
        files = files_of(hit, output) if output is not None else {}
        write(files)
        if len(rows) < (best or SHOWN):
            rows.append(row_of(hit, list(files)))
    totals, failures = campaign.totals(), campaign.failures()
    if json_:
        answer = {"campaign": str(campaign.path), **asdict(campaign.plan)}
        answer |= {"stopped": stopped} if stopped else {}
        answer |= {"totals": asdict(totals), "hits": rows}
        answer |= {"failures": [{"unit": number, "problem": problem} for number, problem in failures]}
        click.echo(json.dumps(answer, indent=1))
        return
    click.echo(f"{campaign.path}: {amounts(totals)}")
    if rows:
        show_hits(rows)
    for number, problem in failures[:SHOWN]:
        click.echo(f"unit {number} failed: {problem}")
    if len(failures) > SHOWN:
        click.echo(f"and {len(failures) - SHOWN} more units failed")
    if output is not None and totals.certified:
        click.echo(
            f"check the certificates with: exactsteer check {shlex.quote(str(output / 'certificates'))}"
        )


def row_of(hit: Hit, files: list[Path]) -> dict[str, Any]:
    return {
        "name": hit.name,
        "certified": hit.is_certified,
        "rank": hit.rank,
        "summary": hit.summary,
        "measures": hit.measures,
        "certificates": list(hit.certificates),
        "problem": hit.problem,
        "files": [str(path) for path in files],
    }


def show_hits(rows: list[dict[str, Any]]) -> None:
    """A table, with a column for each measure that any of them has."""
    measures = list(dict.fromkeys(name for row in rows for name in row["measures"]))
    show_table(
        ("hit", *measures, "how", "certified"),
        [
            (
                row["name"],
                *(row["measures"].get(name, "") for name in measures),
                row["summary"],
                row["problem"] or "yes",
            )
            for row in rows
        ],
    )
