"""What a work unit finds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Hit:
    """An example that a recipe was looking for.

    `example` is the text of a JSON file that `exactsteer` reads. `rank` are numbers of which smaller ones
    are better, the first being the most important. `summary` says how the example is made, and `measures`
    what a table shows of it, by column. `certificates` are files by their names; where what the recipe
    looks for could not be certified there are none, or not all, and `problem` says why.
    """

    example: str
    rank: tuple[float, ...]
    summary: str
    measures: dict[str, str] = field(default_factory=dict)
    certificates: dict[str, bytes] = field(default_factory=dict)
    problem: str = ""

    @property
    def is_certified(self) -> bool:
        return not self.problem

    @property
    def key(self) -> str:
        """The same for the same example, however its file is spaced and ordered."""
        canonical = json.dumps(json.loads(self.example), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class UnitResult:
    """What a work unit found among so many candidates, of which so many were solved in full."""

    candidates: int
    solved: int = 0
    hits: tuple[Hit, ...] = ()
