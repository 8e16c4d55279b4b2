"""Reading the objects that commands are about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..exact.numbers import InputError

if TYPE_CHECKING:
    from ..steering import Assemblage


def plain_assemblage(file: Path) -> Assemblage:
    from ..steering import Assemblage, assemblage_from_json

    assemblage = assemblage_from_json(file)
    if not isinstance(assemblage, Assemblage):
        raise InputError(f"{file}: an instrumental or sequential assemblage; this is for a plain one")
    return assemblage
