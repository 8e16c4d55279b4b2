"""A campaign in one SQLite file, which no kill at any moment can spoil.

A unit is pending, or done. It becomes done together with its hits, in one transaction; so what is in the
file is whole units, and a unit that was interrupted is run again, from its seed, with the same result.

What is stored depends on which units are done, not on their order: of units that find the same example,
the first that has it certified keeps it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from ..exact.numbers import InputError
from .hits import Done, Hit
from .recipes import recipe

# Both are in the file's header, where they can be read without SQLite, which may change what it opens.
# The first is "EXSR", which the program `file` shows.
APPLICATION, VERSION = 0x45585352, 1
MAGIC = b"SQLite format 3\0"
ROLLBACK_JOURNAL = (
    b"\x01\x01"  # the header's marks of a file that no other program made a write-ahead log for
)
LARGEST_SEED = 2**63 - 1
# The digest of a row, and of all that belongs to it, tells damage that SQLite does not see.
SCHEMA = """
CREATE TABLE campaign (
    recipe TEXT NOT NULL, version INTEGER NOT NULL, parameters TEXT NOT NULL, seed INTEGER NOT NULL,
    digest TEXT NOT NULL
);
CREATE TABLE unit (
    number INTEGER PRIMARY KEY, candidates INTEGER NOT NULL, solved INTEGER NOT NULL,
    seconds REAL NOT NULL, problem TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE hit (
    key TEXT PRIMARY KEY, unit INTEGER NOT NULL REFERENCES unit, rank TEXT NOT NULL,
    summary TEXT NOT NULL, measures TEXT NOT NULL, example TEXT NOT NULL, problem TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE TABLE certificate (
    hit TEXT NOT NULL REFERENCES hit, name TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (hit, name)
);
"""
# What reading changed bytes may come to; SQLite quotes them in its errors, which then are no Unicode.
DAMAGE = (sqlite3.Error, ValueError, TypeError)
S = TypeVar("S", bound="Stored")


@dataclass(frozen=True)
class Plan:
    """What a campaign is about: a recipe, its version, its parameters, and the seed of all units."""

    recipe: str
    version: int
    parameters: Mapping[str, str]
    seed: int = 0


def planned(name: str, parameters: Mapping[str, str], seed: int = 0) -> Plan:
    """The plan with the recipe's version, and what it takes for parameters that are not given.

    InputError for a recipe that does not exist, and parameters that it does not take.
    """
    made = recipe(name, dict(parameters))
    return Plan(name, made.VERSION, made.parameters, seed)


@dataclass(frozen=True)
class Totals:
    """`units` are done, `failed` of them with an error; workers took `seconds` for them."""

    units: int
    failed: int
    candidates: int
    solved: int
    hits: int
    certified: int
    seconds: float


class Stored:
    """A campaign file that is open to be read; a context manager."""

    def __init__(self, path: Path, base: sqlite3.Connection) -> None:
        self.path, self._base = path, base

    @property
    def plan(self) -> Plan:
        ((name, version, parameters, seed),) = self._base.execute(
            "SELECT recipe, version, parameters, seed FROM campaign"
        )
        return Plan(name, version, json.loads(parameters), seed)

    def totals(self) -> Totals:
        count, failed, candidates, solved, seconds = self._base.execute(
            "SELECT COUNT(*), TOTAL(problem != ''), TOTAL(candidates), TOTAL(solved), TOTAL(seconds) "
            "FROM unit"
        ).fetchone()
        hits, certified = self._base.execute("SELECT COUNT(*), TOTAL(problem = '') FROM hit").fetchone()
        return Totals(
            count, int(failed), int(candidates), int(solved), hits, int(certified), float(seconds)
        )

    def failures(self) -> list[tuple[int, str]]:
        """The units that failed, and why."""
        query = "SELECT number, problem FROM unit WHERE problem != '' ORDER BY number"
        return self._base.execute(query).fetchall()

    def hits(self, most: int | None = None) -> Iterator[Hit]:
        """The best first, those that are not certified last; read one by one, as they may be large."""
        order = sorted(
            (bool(problem), tuple(json.loads(rank)), key)
            for key, rank, problem in self._base.execute("SELECT key, rank, problem FROM hit")
        )
        for _, _, key in order[:most]:
            yield self._hit(key)

    def _hit(self, key: str) -> Hit:
        rank, summary, measures, example, problem = self._base.execute(
            "SELECT rank, summary, measures, example, problem FROM hit WHERE key = ?", (key,)
        ).fetchone()
        certificates = dict(
            self._base.execute("SELECT name, data FROM certificate WHERE hit = ? ORDER BY name", (key,))
        )
        return Hit(
            example, tuple(json.loads(rank)), summary, json.loads(measures), certificates, problem
        )

    def require_undamaged(self) -> None:
        """InputError if the bytes of the file are not what was written."""
        damaged = InputError(f"{self.path}: a damaged campaign; give another name")
        try:
            ((answer,),) = self._base.execute("PRAGMA integrity_check(1)")
            if answer != "ok" or _schema(self._base) != _fresh_schema():
                raise damaged
            for table in ("campaign", "unit", "hit"):
                for *row, digest in self._base.execute(f"SELECT * FROM {table}"):
                    belonging = self._certificates_of(row[0]) if table == "hit" else []
                    if _digest(*row, *belonging) != digest:
                        raise damaged
            self.plan  # noqa: B018 - can it be read?
            strangers = "SELECT COUNT(*) FROM certificate WHERE hit NOT IN (SELECT key FROM hit)"
            if self._base.execute(strangers).fetchone()[0]:
                raise damaged
        except DAMAGE as error:
            if _is_locked(error):
                raise
            raise damaged from None

    def _certificates_of(self, key: str) -> Iterable[Any]:
        query = "SELECT name, data FROM certificate WHERE hit = ? ORDER BY name"
        for name, data in self._base.execute(query, (key,)):
            yield from (name, data)

    def __enter__(self: S) -> S:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._base.close()


class Campaign(Stored):
    """An open campaign file, and the only one that writes to it until it is closed.

    A file that is not there, or empty, becomes a new campaign. InputError, and the file is as it was, if
    it is no campaign, or one of another version or plan, or in use, damaged, or not to be written.
    """

    def __init__(self, path: Path, plan: Plan) -> None:
        is_new = not path.exists()
        if not is_new and _size(path):
            _require_ours(path)
            self._peek(path, plan)
        super().__init__(path, _connect(path, "rwc"))
        try:
            with _words(path):
                self._begin(plan, is_new)
        except BaseException:
            self._base.close()
            raise
        self._totals = super().totals()
        self._best: str | None = None  # not known

    def _begin(self, plan: Plan, is_new: bool) -> None:
        """All in one transaction: what a kill leaves of it is nothing, or a campaign.

        Nobody else writes from then on; the system frees the lock if the process is killed.
        """
        self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._base.execute("PRAGMA synchronous = FULL")
        with self._transaction("EXCLUSIVE"):
            try:
                if not _schema(self._base):
                    self._create(plan)
                else:
                    self.require_undamaged()
                    _require_plan(self.path, self.plan, plan)
                    # Better known before hours of work than after: a write that changes nothing.
                    self._base.execute(f"PRAGMA user_version = {VERSION}")
            except BaseException:
                if is_new and not _size(self.path):
                    self.path.unlink()  # it is ours: we have the lock
                raise

    @staticmethod
    def _peek(path: Path, plan: Plan) -> None:
        """Refuse another plan without a lock and without the recovery that opening may begin.

        Nobody ever changes the plan in a file. If it cannot be read so, the file is half-made, or
        damaged, and the next steps say so.
        """
        with closing(_connect(path, "ro&immutable=1")) as base:
            try:
                found = Stored(path, base).plan
            except DAMAGE:
                return
        _require_plan(path, found, plan)

    def _create(self, plan: Plan) -> None:
        for statement in SCHEMA.split(";\n"):
            self._base.execute(statement)
        self._base.execute(f"PRAGMA application_id = {APPLICATION}")
        self._base.execute(f"PRAGMA user_version = {VERSION}")
        text = json.dumps(dict(plan.parameters), sort_keys=True)
        self._insert("campaign", plan.recipe, plan.version, text, plan.seed)

    @contextmanager
    def _transaction(self, kind: str = "IMMEDIATE") -> Iterator[None]:
        self._base.execute(f"BEGIN {kind}")
        try:
            yield
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:  # some errors end it themselves
                self._base.execute("ROLLBACK")
            raise

    def _insert(self, table: str, *row: Any, belonging: Iterable[Any] = ()) -> None:
        values = (*row, _digest(*row, *belonging))
        marks = ", ".join("?" * len(values))
        self._base.execute(f"INSERT INTO {table} VALUES ({marks})", values)

    def finish(self, units: Iterable[tuple[int, Done]]) -> Totals:
        """Store units and their hits, all or nothing; the totals after that.

        InputError if the file cannot be written; it then holds what it held before.
        """
        totals = self._totals
        with _words(self.path), self._transaction():
            for number, done in units:
                result, problem = done.result, done.problem
                row = (number, result.candidates, result.solved, done.seconds, problem)
                self._insert("unit", *row)
                totals = replace(
                    totals,
                    units=totals.units + 1,
                    failed=totals.failed + bool(problem),
                    candidates=totals.candidates + result.candidates,
                    solved=totals.solved + result.solved,
                    seconds=totals.seconds + done.seconds,
                )
                for hit in result.hits:
                    found, certified = self._store(number, hit)
                    totals = replace(
                        totals, hits=totals.hits + found, certified=totals.certified + certified
                    )
                    self._best = None
        self._totals = totals
        return totals

    def _store(self, number: int, hit: Hit) -> tuple[int, int]:
        """By how many this makes the hits more, and the certified ones."""
        query = "SELECT problem, unit FROM hit WHERE key = ?"
        before = self._base.execute(query, (hit.key,)).fetchone()
        if before is not None:  # two units found the same
            if (bool(before[0]), before[1]) <= (not hit.is_certified, number):
                return 0, 0
            self._base.execute("DELETE FROM certificate WHERE hit = ?", (hit.key,))
            self._base.execute("DELETE FROM hit WHERE key = ?", (hit.key,))
        certificates = sorted(hit.certificates.items())
        rank, measures = json.dumps(hit.rank), json.dumps(hit.measures)
        row = (hit.key, number, rank, hit.summary, measures, hit.example, hit.problem)
        self._insert("hit", *row, belonging=chain.from_iterable(certificates))
        for name, data in certificates:
            self._base.execute("INSERT INTO certificate VALUES (?, ?, ?)", (hit.key, name, data))
        return before is None, hit.is_certified - (before is not None and not before[0])

    def pending(self, end: int | None = None) -> Iterator[int]:
        """The numbers of the units before `end`, or of all, that are not done, in their order."""
        done = {number for (number,) in self._base.execute("SELECT number FROM unit")}
        return (n for n in (count() if end is None else range(end)) if n not in done)

    def totals(self) -> Totals:
        return self._totals

    def best(self) -> str:
        """What the best hit is, in words; nothing if there is none."""
        if self._best is None:
            self._best = next((hit.summary for hit in self.hits(1)), "")
        return self._best


def read_campaign(path: Path) -> Stored:
    """A campaign that no search is using, to be read; a context manager.

    InputError if there is no such file, or it is no campaign of this version, or damaged.
    """
    _require_ours(path)
    base = _connect(path, "rw")  # what a kill left half-written is undone, if the file may be written
    try:
        with _words(path):
            base.execute("BEGIN")
            if not _schema(base):
                raise InputError(
                    f"{path}: a campaign that was killed before its beginning; it has nothing"
                )
            stored = Stored(path, base)
            stored.require_undamaged()
    except BaseException:
        base.close()
        raise
    return stored


@contextmanager
def _words(path: Path) -> Iterator[None]:
    """SQLite's errors in one line each."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if _is_locked(error):
            raise InputError(f"{path}: another search is using it") from None
        if any(words in str(error) for words in ("readonly", "unable to open", "full", "disk I/O")):
            raise InputError(f"{path}: cannot be written ({error})") from None
        raise InputError(f"{path}: a damaged campaign; give another name") from None


def _is_locked(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _digest(*row: Any) -> str:
    """The SHA-256 of the values of a row; of bytes, their own one stands for them."""
    text = json.dumps(row, default=lambda data: hashlib.sha256(data).hexdigest())
    return hashlib.sha256(text.encode()).hexdigest()


def _schema(base: sqlite3.Connection) -> list[Any]:
    return base.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()


def _fresh_schema() -> list[Any]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(SCHEMA)
        return _schema(base)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", timeout=0.2, isolation_level=None, uri=True
        )
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be opened ({error})") from None


def _size(path: Path) -> int:
    """InputError for what is no file, such as a folder or a pipe."""
    try:
        found = path.stat()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"{path}: not a file; give another name")
    return found.st_size


def _require_ours(path: Path) -> None:
    """InputError unless the header is that of a campaign of this version."""
    _size(path)
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    application, version = (int.from_bytes(header[i : i + 4], "big") for i in (68, 60))
    if len(header) < 100 or not header.startswith(MAGIC) or application != APPLICATION:
        raise InputError(f"{path}: not a campaign; give another name")
    if header[18:20] != ROLLBACK_JOURNAL:
        raise InputError(f"{path}: a campaign that another program has changed; give another name")
    if version != VERSION:
        raise InputError(f"{path}: a campaign of version {version}; this program knows {VERSION}")


def _require_plan(path: Path, found: Plan, wanted: Plan) -> None:
    for name, words in (
        ("recipe", "recipe"),
        ("version", f"{wanted.recipe} of version"),
        ("parameters", "parameters"),
        ("seed", "seed"),
    ):
        theirs, ours = getattr(found, name), getattr(wanted, name)
        if theirs == ours:
            continue
        raise InputError(
            f"{path}: a campaign with {words} {_shown(theirs)}, not {_shown(ours)}; give another name"
        )


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name}={own}" for name, own in sorted(value.items())) or "none"
    return str(value)
