"""`exactsteer classify`, `exactsteer member`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..exact.numbers import approximation
from .inputs import ArrayOptions, array_options, read_any
from .options import as_json, chosen_set, outer_set, output_folder, quiet, words
from .terminal import progress, proving, write

if TYPE_CHECKING:
    from ..classification import Classification, Membership
    from ..prover.prove import Proof

radius_option = click.option(
    "--radius",
    help="Claim it of every valid assemblage within this distance, entry by entry: 0 unless given, and "
    "of printed numbers and doubles half a unit of their last digit.",
)
printed_option = click.option(
    "--printed",
    is_flag=True,
    help="FILE holds all elements as printed, and may signal by rounding. (Doubles are read so anyway.)",
)


def about_one(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument and options of a question about the assemblage in a file."""
    options = (
        click.argument("file", type=click.Path(path_type=Path)),
        radius_option,
        printed_option,
        array_options,
        outer_set,
        words,
        output_folder,
        as_json,
        quiet,
    )
    return reduce(lambda asked, option: option(asked), reversed(options), command)


def tell(
    file: Path,
    result: Classification | Membership,
    proofs: Mapping[Path, Proof],
    row: dict[str, Any] | None,
) -> None:
    """Write the certificates and print the answer; with `row`, what JSON has beside it, as JSON."""
    from ..literature.rows import exact_text

    write({path: proof.bytes() for path, proof in proofs.items()})
    away = result.distance
    if row is not None:
        answer = {
            "file": str(file),
            "verdict": result.verdict,
            "radius": None if result.radius is None else exact_text(result.radius),
            "distance": None if away is None else exact_text(away),
            "certificates": [str(path) for path in proofs],
            "steps": result.steps,
        }
        click.echo(json.dumps(answer | row, indent=1))
        return
    click.echo(f"{file}: {result}")
    if away is not None:
        click.echo(f"  the nearest valid assemblage is {float(approximation(away)):.1e} away (rounded)")
    for path in proofs:
        click.echo(f"  certificate {path}")


@click.command()
@about_one
def classify(
    file: Path,
    radius: str | None,
    printed: bool,
    arrays: ArrayOptions,
    level: str | None,
    words: tuple[str, ...],
    output: Path,
    json_: bool,
    quiet: bool,
) -> None:
    """Tell what the assemblage in FILE is: LHS, quantum or postquantum, with certificates.

    \b
    FILE: {"scenario": {"parties": [[2, 2], [2, 2]], "dimension": 2},
           "assemblage": {"_ _|_ _": [["0.5", "0"], ["0", "0.5"]], "0 _|0 _": …}}
    with all elements, or all independent ones (each party summed over, or
    not in its last outcome). Entries may be like "sqrt(2)/4". The scenario
    may have "trusted inputs": 2 (labels "0|1 y"), be "instrumental": true
    (labels "a|x"), "sequential": true, or have "dimensions": [2, 4] of several
    trusted parties, an element then being a list of the matrices that they
    see. Or an array: .npy, .npz or .mat, with its --layout. Where nothing is
    proved it says "undecided", and what is left open.
    Example: exactsteer classify sigma.json --radius 0.00005
    Example: exactsteer classify sigma.mat --layout matrices-first
    """
    from ..classification import classify as decide
    from ..literature.rows import exact_text

    chosen, _ = chosen_set(level, words)
    assemblage = read_any(file, arrays, printed or None)
    with progress(not (quiet or json_)) as listener:
        result: Classification = proving(lambda: decide(assemblage, radius, chosen, listener))
    proofs = {output / f"{file.stem}.{name}.json": proof for name, proof in result.proofs.items()}
    gap = None if result.gap is None else exact_text(result.gap)
    row = {"steerable": result.is_steerable, "gap": gap, "remark": result.remark}
    tell(file, result, proofs, row if json_ else None)


@click.command()
@about_one
def member(
    file: Path,
    radius: str | None,
    printed: bool,
    arrays: ArrayOptions,
    level: str | None,
    words: tuple[str, ...],
    output: Path,
    json_: bool,
    quiet: bool,
) -> None:
    """Tell whether the assemblage in FILE belongs to one set, and nothing else.

    \b
    FILE is that of classify. The sets are LHS, no-signalling, almost-quantum
    and the levels.
    Example: exactsteer member sigma.json --set LHS
    """
    from ..classification import member as decide

    chosen, name = chosen_set(level, words)
    assemblage: Any = read_any(file, arrays, printed or None)
    with progress(not (quiet or json_)) as listener:
        result: Membership = proving(lambda: decide(assemblage, chosen, radius, listener))
    proofs = {}
    if result.proof is not None:
        proofs = {output / f"{file.stem}.{name}.member.json": result.proof}
    tell(file, result, proofs, {"set": chosen} if json_ else None)
