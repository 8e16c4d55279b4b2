"""`exactsteer messages` and `exactsteer local`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .inputs import ArrayOptions, array_options, plain_assemblage
from .options import as_json, output_folder, quiet
from .terminal import progress, proving, write


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@array_options
@output_folder
@as_json
@quiet
def messages(file: Path, arrays: ArrayOptions, output: Path, json_: bool, quiet: bool) -> None:
    """How many messages simulate the assemblage in FILE, besides shared randomness.

    \b
    FILE is that of classify, with one uncharacterised party: it sends the
    messages to the trusted one.
    Example: exactsteer messages sigma.json
    """
    from ..classical import messages as count

    assemblage = plain_assemblage(file, arrays)
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


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--radius",
    default="0",
    show_default=True,
    help="Claim it of every valid assemblage within this distance, entry by entry (a qubit only).",
)
@array_options
@output_folder
@as_json
@quiet
def local(file: Path, radius: str, arrays: ArrayOptions, output: Path, json_: bool, quiet: bool) -> None:
    """Prove the assemblage in FILE Bell-local for all measurements of its trusted system.

    \b
    It tries exact directions; where none of them works, it may be local yet.
    A trusted qubit: for all projective measurements. A trusted qutrit, if the
    assemblage is sigma/3 + (2/3) tr[sigma] |2><2|: for all POVMs.
    Example: exactsteer local sigma.json --radius 0.00005
    """
    from ..classical import bell_local

    assemblage = plain_assemblage(file, arrays)
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
