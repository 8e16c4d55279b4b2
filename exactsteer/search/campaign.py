"""A campaign in one SQLite file, which no kill at any moment can spoil.

A unit is pending, or done. It becomes done together with its hits, in one transaction; so what is in the
file is whole units, and a unit that was interrupted is run again, from its seed, with the same result.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from ..exact.numbers import InputError
from .hits import Hit, UnitResult

FORMAT, VERSION = "exactsteer-campaign", 1
# "EXSR", which `file` and SQLite tools show as the application's id.
APPLICATION = 0x45585352
SCHEMA = """
CREATE TABLE campaign (
    format TEXT NOT NULL, version INTEGER NOT NULL,
    recipe TEXT NOT NULL, parameters TEXT NOT NULL, seed INTEGER NOT NULL
);
CREATE TABLE unit (
    number INTEGER PRIMARY KEY, candidates INTEGER NOT NULL, solved INTEGER NOT NULL,
    seconds REAL NOT NULL, problem TEXT NOT NULL
);
CREATE TABLE hit (
    key TEXT PRIMARY KEY, unit INTEGER NOT NULL REFERENCES unit, rank TEXT NOT NULL,
    summary TEXT NOT NULL, example TEXT NOT NULL, problem TEXT NOT NULL
);
CREATE TABLE certificate (
    hit TEXT NOT NULL REFERENCES hit, name TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (hit, name)
);
"""


@dataclass(frozen=True)
class Plan:
    """What a campaign is about: a recipe's name, its parameters, and the seed of all units."""

    recipe: str
    parameters: Mapping[str, Any]
    seed: int = 0


@dataclass(frozen=True)
class Totals:
    """`units` are done, `failed` of them with an error."""

    units: int
    failed: int
    candidates: int
    solved: int
    hits: int
    certified: int
    seconds: float


class Campaign:
    """An open campaign file; a context manager, and the only one that writes to it.

    InputError if the file is no campaign, of another version, of another plan, or in use.
    """

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path, self.plan = path, plan
        exists = path.exists() and path.stat().st_size > 0
        try:
            self._base = sqlite3.connect(path, timeout=1.0, isolation_level=None)
        except sqlite3.Error as error:
            raise InputError(f"{path}: {error}") from None
        try:
            self._lock()
            if exists:
                self._compare()
            else:
                self._create()
        except BaseException:
            self._base.close()
            raise

    def _lock(self) -> None:
        """Nobody else writes while this is open; the system frees the lock if the process is killed."""
        try:
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("BEGIN EXCLUSIVE")
            self._base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise InputError(
                f"{self.path}: another search is using it, or it cannot be written ({error})"
            ) from None
        except sqlite3.DatabaseError:
            raise InputError(f"{self.path}: not a campaign; give another name") from None

    def _create(self) -> None:
        text = json.dumps(self.plan.parameters, sort_keys=True)
        with self._transaction():
            for statement in SCHEMA.split(";\n"):
                self._base.execute(statement)
            self._base.execute(f"PRAGMA application_id = {APPLICATION}")
            row = (FORMAT, VERSION, self.plan.recipe, text, self.plan.seed)
            self._base.execute("INSERT INTO campaign VALUES (?, ?, ?, ?, ?)", row)

    def _compare(self) -> None:
        found = read_plan(self._base, self.path)
        for name, ours, theirs in (
            ("recipe", self.plan.recipe, found.recipe),
            ("parameters", dict(self.plan.parameters), dict(found.parameters)),
            ("seed", self.plan.seed, found.seed),
        ):
            if ours != theirs:
                raise InputError(
                    f"{self.path}: a campaign with {name} {theirs}, not {ours}; give another name"
                )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def finish(self, number: int, result: UnitResult, seconds: float, problem: str = "") -> int:
        """Store a unit and its hits, all or nothing; how many of the hits are new."""
        new = 0
        with self._transaction():
            row = (number, result.candidates, result.solved, seconds, problem)
            self._base.execute("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", row)
            for hit in result.hits:
                new += self._store(number, hit)
        return new

    def _store(self, number: int, hit: Hit) -> int:
        text = json.dumps(hit.rank)
        row = (hit.key, number, text, hit.summary, hit.example, hit.problem)
        if not self._base.execute("INSERT OR IGNORE INTO hit VALUES (?, ?, ?, ?, ?, ?)", row).rowcount:
            return 0  # two units found the same
        for name, data in hit.certificates.items():
            self._base.execute("INSERT INTO certificate VALUES (?, ?, ?)", (hit.key, name, data))
        return 1

    def pending(self) -> Iterator[int]:
        """The numbers of the units that are not done, from the first on; there is no last."""
        done = {number for (number,) in self._base.execute("SELECT number FROM unit")}
        number = 0
        while True:
            if number not in done:
                yield number
            number += 1

    def totals(self) -> Totals:
        return totals(self._base)

    def __enter__(self) -> Campaign:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._base.close()


def read_plan(base: sqlite3.Connection, path: Path) -> Plan:
    """The plan of an open file; InputError if it is no campaign of this version."""
    try:
        (row,) = base.execute("SELECT format, version, recipe, parameters, seed FROM campaign")
    except (sqlite3.Error, ValueError):
        raise InputError(f"{path}: not a campaign; give another name") from None
    form, version, recipe, parameters, seed = row
    if form != FORMAT or version != VERSION:
        raise InputError(f"{path}: a campaign of version {version}, and this program knows {VERSION}")
    return Plan(recipe, json.loads(parameters), seed)


def totals(base: sqlite3.Connection) -> Totals:
    units = base.execute(
        "SELECT COUNT(*), TOTAL(problem != ''), TOTAL(candidates), TOTAL(solved), TOTAL(seconds) FROM unit"
    ).fetchone()
    hits = base.execute("SELECT COUNT(*), TOTAL(problem = '') FROM hit").fetchone()
    count, failed, candidates, solved, seconds = units
    return Totals(count, int(failed), int(candidates), int(solved), hits[0], int(hits[1]), seconds)


@dataclass(frozen=True)
class Found:
    """A campaign as it can be read: its plan, totals, and hits, the best first."""

    plan: Plan
    totals: Totals
    hits: list[Hit]


def read_campaign(path: Path) -> Found:
    """InputError if there is no such file, or it is no campaign of this version."""
    if not path.exists():
        raise InputError(f"{path}: no such campaign")
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
        plan = read_plan(base, path)
        certificates: dict[str, dict[str, bytes]] = {}
        for key, name, data in base.execute("SELECT hit, name, data FROM certificate"):
            certificates.setdefault(key, {})[name] = data
        hits = [
            Hit(example, tuple(json.loads(rank)), summary, certificates.get(key, {}), problem)
            for key, rank, summary, example, problem in base.execute(
                "SELECT key, rank, summary, example, problem FROM hit"
            )
        ]
        hits.sort(key=lambda hit: (not hit.is_certified, hit.rank, hit.key))
        return Found(plan, totals(base), hits)
