"""Reading the objects that commands are about, and the options that say what is in a file of arrays."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..exact.numbers import InputError, approximation

if TYPE_CHECKING:
    from ..steering import AnyAssemblage, Assemblage, Functional, PrintedAssemblage


@dataclass(frozen=True)
class ArrayOptions:
    """What the command line says about the arrays in a file."""

    layout: str | None
    parties: str | None
    variable: tuple[str, ...]
    trusted_input: bool
    holds: str | None

    def read(self, file: Path, kind: str = "", printed: bool | None = None) -> Any:
        from ..steering import read

        if kind and self.holds not in (None, kind):
            raise InputError(f"--holds {self.holds}: this command is about {kind}s")
        chosen: Any = kind or self.holds
        return read(
            file, chosen, self.layout, self._outcomes(), self.variable, self.trusted_input, printed
        )

    def _outcomes(self) -> list[list[int]] | None:
        if self.parties is None:
            return None
        try:
            value = json.loads(self.parties)
        except json.JSONDecodeError:
            value = None
        is_list = isinstance(value, list) and all(isinstance(own, list) and own for own in value)
        if not is_list or not all(type(n) is int and n > 0 for own in value for n in own):
            raise InputError(
                f"--parties {self.parties}: outcomes of each input of each party, as in [[2,2],[3,3]]"
            )
        result: list[list[int]] = value
        return result


def array_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about arrays, given to the command as one argument `arrays`."""

    @click.option(
        "--layout",
        help="Of an array (.npy, .npz, .mat): outcomes-first, matrices-first, settings-first or "
        "collins-gisin; never guessed.",
    )
    @click.option("--parties", help="Of an array, outcomes of each input of each party: [[2,2],[2,2]].")
    @click.option(
        "--variable",
        multiple=True,
        help="The array that is meant, where a file has several; or those of several trusted parties.",
    )
    @click.option(
        "--trusted-input", is_flag=True, help="An array whose last input is the trusted one's."
    )
    @click.option(
        "--holds",
        type=click.Choice(["assemblage", "functional", "instrumental", "sequential"]),
        help="What an array is, if not what the command is about.",
    )
    @functools.wraps(command)
    def with_arrays(
        *args: Any,
        layout: str | None,
        parties: str | None,
        variable: tuple[str, ...],
        trusted_input: bool,
        holds: str | None,
        **kwargs: Any,
    ) -> Any:
        arrays = ArrayOptions(layout, parties, variable, trusted_input, holds)
        return command(*args, arrays=arrays, **kwargs)

    return with_arrays


def read_functional(file: Path, arrays: ArrayOptions) -> Functional:
    functional: Functional = arrays.read(file, "functional")
    return functional


def read_any(
    file: Path, arrays: ArrayOptions, printed: bool | None = None
) -> AnyAssemblage | PrintedAssemblage:
    from ..steering import Functional

    found = arrays.read(file, printed=printed)
    if isinstance(found, Functional):
        raise InputError(f"{file}: a functional; this is for an assemblage")
    assemblage: AnyAssemblage | PrintedAssemblage = found
    return assemblage


def plain_assemblage(file: Path, arrays: ArrayOptions) -> Assemblage:
    """An exactly valid one; of doubles the nearest, which the certificates are then about."""
    from ..steering import Assemblage, PrintedAssemblage

    assemblage = read_any(file, arrays)
    if isinstance(assemblage, PrintedAssemblage):
        nearest = assemblage.nearest()
        away = float(approximation(assemblage.distance(nearest)))
        what = "this is about the nearest valid assemblage"
        click.echo(f"{file}: doubles; {what}, {away:.1e} (rounded) away", err=True)
        return nearest
    if not isinstance(assemblage, Assemblage):
        raise InputError(f"{file}: an instrumental or sequential assemblage; this is for a plain one")
    return assemblage
