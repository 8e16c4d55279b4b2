"""The command line: file in, certificate and table out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from . import __version__
from .exact.numbers import InputError, approximation
from .kernel.__main__ import run as run_check
from .kernel.errors import Declined
from .kernel.numbers import decimal_text
from .kernel.verdict import INTERNAL, REJECTED, USAGE

if TYPE_CHECKING:
    from .kernel.field import Number
    from .literature import Evidence
    from .prover.prove import Enclosure
    from .steering import Assemblage, InstrumentalAssemblage

as_json = click.option("--json", "json_", is_flag=True, help="Print JSON for a program to read.")
quiet = click.option("--quiet", is_flag=True, help="No progress.")
output_folder = click.option(
    "-o",
    "--output",
    default=".",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the certificates.",
)
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


class Commands(click.Group):
    """Errors are one line and exit 64 (usage) or 70 (internal); `--debug` shows the traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["standalone_mode"] = False
        debug = "--debug" in sys.argv[1:]
        try:
            sys.exit(super().main(*args, **kwargs) or 0)
        except click.ClickException as error:
            fail(f"{error.format_message()} (see --help)", USAGE)
        except click.Abort:
            fail("interrupted", 130)
        except (InputError, Declined) as error:
            fail(str(error), USAGE)
        except Exception as error:
            if debug:
                raise
            fail(f"internal error: {type(error).__name__}: {error} (--debug shows where)", INTERNAL)


def fail(message: str, code: int) -> None:
    click.echo(f"exactsteer: {message}", err=True)
    sys.exit(code)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__)
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.pass_context
def main(context: click.Context, debug: bool) -> None:
    """Turn numerical answers about quantum steering into theorems.

    \b
    Example: exactsteer published A3 A4
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


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


@main.command()
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


def proved(item: Evidence) -> str:
    """The proved number, and whether it is exact or enclosed."""
    from .literature.rows import exact_text

    if item.lower is None or item.upper is None:
        return ""
    if item.lower == item.upper:
        return f"{exact_text(item.lower)}\n(exact)"
    return f"≥ {exact_text(item.lower)}\n≤ {exact_text(item.upper)}\n(enclosed)"


@main.command()
@click.argument("rows", nargs=-1, metavar="[ROW]...")
@click.option(
    "-o",
    "--output",
    default="proofs",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the certificates.",
)
@as_json
@quiet
def published(rows: tuple[str, ...], output: Path, json_: bool, quiet: bool) -> None:
    """Re-prove or correct the numbers that the papers print.

    \b
    Without ROW, all rows of the docket that are done.
    Example: exactsteer published A3 A4
    """
    from .literature import ROWS

    for row in rows:
        if row not in ROWS:
            raise InputError(f"row {row!r} is not done; the rows are {', '.join(ROWS)}")
    evidence = []
    with progress(not (quiet or json_)) as listener:
        for row in rows or ROWS:
            evidence += ROWS[row](listener)
    write({output / name: p.bytes() for e in evidence for name, p in e.proofs.items()})
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


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@outer_set
@words
@click.option("--max", "maximum", is_flag=True, help="Enclose the maximum, not the minimum.")
@click.option("--tolerance", default="1e-9", show_default=True, help="Width to aim at.")
@output_folder
@as_json
@quiet
def bound(
    file: Path,
    level: str | None,
    words: tuple[str, ...],
    maximum: bool,
    tolerance: str,
    output: Path,
    json_: bool,
    quiet: bool,
) -> None:
    """Enclose the optimum of the functional in FILE over a set of assemblages.

    \b
    FILE: {"scenario": {"parties": [[2, 2], [2, 2]], "dimension": 2},
           "functional": {"0 0|1 0": [["0.5", "0"], ["0", "sqrt(2)/3"]], …}}
    A label is outcomes|inputs, `_` for a party that is summed over. The
    scenario may have "trusted inputs": 2 (labels "0|1 y"), or be
    "instrumental": true.
    Example: exactsteer bound F.json --set 2 --max
    """
    from .api import bound as enclose
    from .steering import Functional

    sense: Literal["min", "max"] = "max" if maximum else "min"
    chosen, name = chosen_set(level, words)
    functional = Functional.from_json(file)
    with progress(not (quiet or json_)) as listener:
        result = proving(lambda: enclose(functional, chosen, sense, tolerance, listener))
    start = f"{file.stem}.{sense}" + ("" if name == "almost-quantum" else f".{name}")
    row = {"file": str(file), "set": chosen, "sense": sense}
    report(result, output / start, f"{sense}imum over the set {name}", row, json_)


def report(result: Enclosure, start: Path, title: str, row: dict[str, Any], json_: bool) -> None:
    """Write both certificates of an enclosure, and print it."""
    from .literature.rows import exact_text

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


MEASURES = {
    "lhs": "LHS robustness",
    "generalised": "generalised robustness",
    "weight": "steering weight",
    "visibility": "visibility against noise",
    "tolerance": "tolerance of parents",
}


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--measure",
    default="lhs",
    show_default=True,
    type=click.Choice(list(MEASURES)),
    help="lhs: mixed with an LHS assemblage; generalised: with any; weight: the part that is not "
    "LHS; visibility: the largest share in a mixture with noise that is LHS; tolerance: how far the "
    "eigenvalues of a parent assemblage of several trusted parties must go below 0.",
)
@click.option(
    "--set",
    "level",
    default="LHS",
    show_default=True,
    help="Another set in place of LHS: no-signalling, almost-quantum, or a level.",
)
@click.option(
    "--noise",
    type=click.Path(path_type=Path),
    help="For visibility: a file with the noise assemblage. White noise, unless given.",
)
@click.option("--tolerance", default="1e-9", show_default=True, help="Width to aim at.")
@output_folder
@as_json
@quiet
def robustness(
    file: Path,
    measure: str,
    level: str,
    noise: Path | None,
    tolerance: str,
    output: Path,
    json_: bool,
    quiet: bool,
) -> None:
    """Enclose how far the assemblage in FILE is from having a local hidden state model.

    \b
    FILE is that of classify. The lower certificate of the LHS robustness also
    says how many messages a classical simulation needs. The robustness of
    "Many characterised parties" is 1 - visibility, with --set no-signalling
    (one uncharacterised party), almost-quantum, or a level.
    Example: exactsteer robustness sigma.json --measure weight
    """
    from .api import visibility
    from .classical import robustness as enclose
    from .parents import eigenvalue_tolerance

    if noise is not None and measure != "visibility":
        raise InputError("--noise is for --measure visibility")
    if measure == "tolerance" and level not in ("LHS", "no-signalling"):
        raise InputError(
            "--measure tolerance is about parents that are no-signalling, and takes no --set"
        )
    assemblage = plain_assemblage(file)
    disturbing = None if noise is None else plain_assemblage(noise)
    chosen: Any = measure  # one of the names that `--measure` allows
    with progress(not (quiet or json_)) as listener:
        if measure == "visibility":
            result = proving(lambda: visibility(assemblage, disturbing, level, tolerance, listener))
        elif measure == "tolerance":
            result = proving(lambda: eigenvalue_tolerance(assemblage, tolerance, listener))
        else:
            result = proving(lambda: enclose(assemblage, chosen, level, tolerance, listener))
    row = {"file": str(file), "measure": measure, "set": level}
    name = f"{file.stem}.{measure}"
    if measure == "tolerance":
        del row["set"]
    elif level != "LHS":
        name += f".{level}"
    report(result, output / name, MEASURES[measure], row, json_)


def plain_assemblage(file: Path) -> Assemblage:
    from .steering import Assemblage, assemblage_from_json

    assemblage = assemblage_from_json(file)
    if not isinstance(assemblage, Assemblage):
        raise InputError(f"{file}: an instrumental or sequential assemblage; this is for a plain one")
    return assemblage


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@output_folder
@as_json
@quiet
def messages(file: Path, output: Path, json_: bool, quiet: bool) -> None:
    """How many messages simulate the assemblage in FILE, besides shared randomness.

    \b
    FILE is that of classify, with one uncharacterised party: it sends the
    messages to the trusted one.
    Example: exactsteer messages sigma.json
    """
    from .classical import messages as count

    assemblage = plain_assemblage(file)
    with progress(not (quiet or json_)) as listener:
        cost = proving(lambda: count(assemblage, listener))
    proofs = {"needed": cost.needed_proof, "sufficient": cost.sufficient_proof}
    files = {
        output / f"{file.stem}.messages-{side}.json": proof.bytes()
        for side, proof in proofs.items()
        if proof is not None
    }
    write(files)
    if json_:
        row = {
            "file": str(file),
            "needed": cost.needed,
            "sufficient": cost.sufficient,
            "certificates": [str(path) for path in files],
            "steps": cost.steps,
        }
        click.echo(json.dumps(row, indent=1))
        return
    exactly = f"exactly {cost.needed}" if cost.needed == cost.sufficient else ""
    between = f"at least {cost.needed} and at most {cost.sufficient}"
    click.echo(f"{file}: {exactly or between} different messages simulate it (exact)")
    for path in files:
        click.echo(f"  certificate {path}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--radius",
    default="0",
    show_default=True,
    help="Claim it of every valid assemblage within this distance, entry by entry (a qubit only).",
)
@output_folder
@as_json
@quiet
def local(file: Path, radius: str, output: Path, json_: bool, quiet: bool) -> None:
    """Prove the assemblage in FILE Bell-local for all measurements of its trusted system.

    \b
    A trusted qubit: for all projective measurements. A trusted qutrit, if the
    assemblage is sigma/3 + (2/3) tr[sigma] |2><2|: for all POVMs.
    Example: exactsteer local sigma.json --radius 0.00005
    """
    from .classical import bell_local

    assemblage = plain_assemblage(file)
    with progress(not (quiet or json_)) as listener:
        proof = proving(lambda: bell_local(assemblage, listener=listener, radius=radius))
    path = output / f"{file.stem}.local.json"
    write({path: proof.bytes()})
    if json_:
        row = {"file": str(file), "theorem": proof.theorem, "certificates": [str(path)]}
        click.echo(json.dumps(row | {"steps": proof.steps}, indent=1))
        return
    click.echo(f"{file}: Bell-local")
    click.echo(f"  {proof.theorem}")
    click.echo(f"  certificate {path}")


@main.command()
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
    from .api import classify as decide
    from .api import validate
    from .literature.rows import exact_text
    from .steering import PrintedAssemblage, SequentialAssemblage, assemblage_from_json

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


@main.command()
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
@output_folder
@as_json
@quiet
def realise(
    file: Path,
    dimension: int | None,
    minimum: bool,
    tries: int,
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
    from .inside import realise as find
    from .inside import strategy
    from .literature.rows import exact_text
    from .steering import Functional, assemblage_from_json
    from .steering.files import read_json

    is_functional = "functional" in read_json(file)
    if minimum and not is_functional:
        raise InputError(f"{file}: --min is for a functional")
    row: dict[str, Any] = {"file": str(file)}
    with progress(not (quiet or json_)) as listener:
        if is_functional:
            sense: Literal["min", "max"] = "min" if minimum else "max"
            functional = Functional.from_json(file)
            reached = proving(lambda: strategy(functional, sense, dimension, tries, listener))
            row |= {"sense": sense, "value": exact_text(reached.value)}
            realisation, proof, steps = reached.realisation, reached.proof, reached.steps
            path = output / f"{file.stem}.{sense}.strategy.json"
        else:
            assemblage = assemblage_from_json(file)
            found = proving(lambda: find(assemblage, dimension, listener))
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


def write(files: Mapping[Path, bytes]) -> None:
    from .output import write_files

    write_files(files)


def proving(action: Callable[[], Any]) -> Any:
    """Run the prover; its failure is an answer about the problem, not a fault of the program."""
    from .prover.points import NotProved

    try:
        return action()
    except NotProved as error:
        fail(f"no proof found after {len(error.steps)} steps, the last failure being: {error}", REJECTED)


if __name__ == "__main__":
    main()
