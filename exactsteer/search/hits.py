"""What a work unit finds."""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass, field

from .. import __version__
from ..exact.numbers import InputError

# A certificate is written as a file of this name, which `exactsteer check` finds in a folder.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,95}\.json")


@dataclass(frozen=True)
class Hit:
    """An example that a recipe was looking for.

    `example` is the text of a JSON file that `exactsteer` reads. `rank` are numbers of which smaller
    ones are better, the first being the most important. `summary` says how the example is made, and
    `measures` what a table shows of it, by column. `certificates` are files by their names, which end in
    `.json`; where what the recipe looks for could not be certified there are none, or not all, and
    `problem` says why. InputError for what cannot be stored and written as that.
    """

    example: str
    rank: tuple[float, ...]
    summary: str
    measures: dict[str, str] = field(default_factory=dict)
    certificates: dict[str, bytes] = field(default_factory=dict)
    problem: str = ""

    def __post_init__(self) -> None:
        texts = (self.example, self.summary, self.problem, *self.measures, *self.measures.values())
        for text in texts:
            if type(text) is not str or not _is_unicode(text):
                raise InputError(f"hit: Unicode text is needed, not {text!r:.60}")
        if any(type(x) not in (int, float) or not math.isfinite(x) for x in self.rank):
            raise InputError(f"hit: the rank {self.rank!r:.60} has to be of plain finite numbers")
        for name, data in self.certificates.items():
            if not _NAME.fullmatch(name) or type(data) is not bytes:
                raise InputError(
                    f"hit: certificate {name!r:.60} has to be bytes, with a name like member.json"
                )
        if self.is_certified and not self.certificates:
            raise InputError("hit: it has neither certificates nor a problem")
        try:
            self.key  # noqa: B018 - the example is read
        except (ValueError, RecursionError):
            raise InputError(f"hit: the example {self.example!r:.60} is not JSON") from None

    @property
    def is_certified(self) -> bool:
        return not self.problem

    @property
    def key(self) -> str:
        """The same for the same example, however its file is spaced and ordered."""
        canonical = json.dumps(json.loads(self.example), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def name(self) -> str:
        """What its files are called: 48 bits of the key."""
        return self.key[:12]


def _is_unicode(text: str) -> bool:
    """Whether it can be stored: half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True)
class UnitResult:
    """What a work unit found among so many candidates, of which so many were solved in full."""

    candidates: int
    solved: int = 0
    hits: tuple[Hit, ...] = ()

    def __post_init__(self) -> None:
        for number in (self.candidates, self.solved):
            if type(number) is not int or number < 0:
                raise InputError(f"unit: {number!r:.60} candidates, a natural number is needed")


@dataclass(frozen=True)
class Done:
    """A unit that ran, in this version of the package; `problem` says why it failed."""

    result: UnitResult
    seconds: float
    problem: str = ""
    program: str = __version__
