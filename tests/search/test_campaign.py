"""The campaign file: what is stored, what is refused, and what a kill leaves."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from campaigns import contents, snapshot
from hypothesis import given, settings
from hypothesis import strategies as st
from small_recipes import THEOREM

from exactsteer import InputError, __version__
from exactsteer.search.campaign import Campaign, Plan, planned, read_campaign
from exactsteer.search.hits import Done, Hit, UnitResult
from exactsteer.search.recipes import RECIPES, recipe_class
from exactsteer.search.running import ATTEMPTS, Stops, run, work
from exactsteer.search.workers import Workers

# The process of a test may be forked: the recipe is loaded before.
PLAN = planned("small_recipes:Counting", {"most": "30"}, 5)


def unit(number: int) -> tuple[int, Done]:
    return number, replace(work(PLAN, number), seconds=0.0)


UNITS = [unit(number) for number in range(60)]


def made(path: Path, units: list[tuple[int, Done]] = UNITS) -> Path:
    with Campaign(path, PLAN) as campaign:
        campaign.finish(units)
    return path


def _good() -> bytes:
    with TemporaryDirectory() as folder:
        return made(Path(folder) / "c.sqlite", UNITS[:7]).read_bytes()


GOOD = _good()


def test_what_is_stored_is_read(tmp_path: Path) -> None:
    path = made(tmp_path / "a campaign?#%.sqlite")
    with read_campaign(path) as found:
        assert found.plan == PLAN
        totals = found.totals()
        assert (totals.units, totals.candidates, totals.failed) == (60, 120, 0)
        hits = list(found.hits())
        assert next(found.hits(1)) == hits[0]
    assert totals.hits == len(hits) == len({hit.key for hit in hits})
    assert totals.certified == sum(hit.is_certified for hit in hits)
    order = [(not hit.is_certified, hit.rank) for hit in hits]
    assert order == sorted(order)
    assert all(hit.is_certified == bool(hit.certificates) == (hit.rank[0] % 2) for hit in hits)
    assert hits[0].certificates == {"theorem.json": THEOREM.read_bytes()}
    assert {json.loads(hit.example)["number"] for hit in hits} == {hit.rank[0] for hit in hits}
    with Campaign(path, PLAN) as campaign:
        assert campaign.totals() == totals
        assert campaign.best() == hits[0].summary
        assert list(campaign.pending(63)) == [60, 61, 62]
        assert next(campaign.pending()) == 60


@settings(max_examples=20)
@given(st.randoms(use_true_random=False), st.integers(1, 20))
def test_the_order_of_units_does_not_matter(source: random.Random, most: int) -> None:
    """Units that find the same example come in any order, in transactions of any size."""
    units = list(UNITS)
    source.shuffle(units)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c.sqlite"
        with Campaign(path, PLAN) as campaign:
            while units:
                count = source.randint(1, most)
                campaign.finish(units[:count])
                units = units[count:]
            running = campaign.totals()
        with read_campaign(path) as found:
            assert found.totals() == running
        assert contents(path) == contents(made(Path(folder) / "other.sqlite"))


def test_a_certified_hit_replaces_one_that_is_not(tmp_path: Path) -> None:
    even = Hit('{"number": 2}', (2.0,), "first", {}, {}, "even")
    proved = replace(even, summary="later", certificates={"t.json": b"{}"}, problem="")
    with Campaign(tmp_path / "c.sqlite", PLAN) as campaign:
        for number, hit, certified, summary in (
            (5, even, 0, "first"),
            (3, replace(even, summary="earlier"), 0, "earlier"),
            (9, proved, 1, "later"),
            (1, even, 1, "later"),
            (7, replace(proved, summary="earlier"), 1, "earlier"),
        ):
            totals = campaign.finish([(number, Done(UnitResult(1, 1, (hit,)), 0.0))])
            assert (totals.hits, totals.certified, campaign.best()) == (1, certified, summary)
    with read_campaign(tmp_path / "c.sqlite") as found:
        assert found.totals() == totals


@pytest.mark.parametrize(
    "change",
    [
        {"example": "{"},
        {"example": "[" * 100_000},
        {"example": b"{}"},
        {"rank": (float("inf"),)},
        {"rank": (True,)},
        {"summary": "\ud800"},
        {"measures": {"a": 1}},
        {"certificates": {"../a.json": b"{}"}},
        {"certificates": {"a.txt": b"{}"}},
        {"certificates": {"a.json": "{}"}},
        {"certificates": {}},
    ],
    ids=str,
)
def test_what_cannot_be_stored_is_no_hit(change: dict[str, Any]) -> None:
    fields = {"example": "{}", "rank": (1,), "summary": "", "certificates": {"a.json": b"{}"}}
    Hit(**fields)
    with pytest.raises(InputError, match="hit: "):
        Hit(**(fields | change))
    for counts in (1.0, 1), (1, True), (-1, 0):
        with pytest.raises(InputError, match="unit: "):
            UnitResult(*counts)  # type: ignore[arg-type]


# Other files, and how they are made.
def _text(path: Path) -> None:
    path.write_text("my thesis\n" * 50, "utf-8")


def _database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE campaign (recipe, version, parameters, seed, digest)")
        base.commit()


def _version(path: Path) -> None:
    with closing(sqlite3.connect(made(path))) as base:
        base.execute("PRAGMA user_version = 2")


def _log(path: Path) -> None:
    with closing(sqlite3.connect(made(path))) as base:
        base.execute("PRAGMA journal_mode = WAL")


def _trigger(path: Path) -> None:
    with closing(sqlite3.connect(made(path))) as base:
        base.execute("CREATE TRIGGER t AFTER INSERT ON unit BEGIN DELETE FROM hit; END")
        base.commit()


def _row(path: Path) -> None:
    with closing(sqlite3.connect(made(path))) as base:
        base.execute("UPDATE unit SET candidates = 7 WHERE number = 3")
        base.commit()


def _certificate(path: Path) -> None:
    with closing(sqlite3.connect(made(path))) as base:
        base.execute("UPDATE certificate SET data = data || x'20' WHERE rowid = 1")
        base.commit()


def _orphan(path: Path) -> None:
    with closing(sqlite3.connect(made(path))) as base:
        base.execute("INSERT INTO certificate VALUES ('a', 'b', x'20')")
        base.commit()


def _other(**changes: Any) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with Campaign(path, replace(PLAN, **changes)) as campaign:
            campaign.finish(UNITS[:3])

    return make


def _begun(path: Path) -> None:
    """Another campaign, whose process was killed within a transaction that was partly on the disk."""
    _other(seed=6)(path)
    kill_within_transaction(path, replace(PLAN, seed=6))


def forked(action: Callable[[], object]) -> int:
    """A process that does this and ends, with 0 if it could."""
    child = os.fork()
    if child:
        return child
    try:
        action()
    except BaseException as error:
        print(f"in the forked process: {error!r}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def ended(child: int) -> int:
    """What a process comes to: -signal if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_within_transaction(path: Path, plan: Plan) -> None:

    def change() -> None:
        base = Campaign(path, plan)._base
        base.execute("PRAGMA cache_size = 1")  # so that pages are written early
        base.execute("BEGIN")
        base.execute("UPDATE unit SET candidates = 0")
        base.execute("DELETE FROM certificate")
        for k in range(100):
            base.execute("INSERT INTO certificate VALUES (?, 'x', ?)", (str(k), b"x" * 5000))
        os.kill(os.getpid(), signal.SIGKILL)

    assert ended(forked(change)) == -signal.SIGKILL
    assert path.with_name(f"{path.name}-journal").stat().st_size


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_text, "not a campaign"),
        (lambda path: path.write_bytes(b"SQLite format 3\0"), "not a campaign"),
        (lambda path: path.write_bytes(bytes(4096)), "not a campaign"),
        (_database, "not a campaign"),
        (_version, "a campaign of version 2; this program knows 1"),
        (_log, "another program has changed"),
        (_trigger, "damaged"),
        (_row, "damaged"),
        (_certificate, "damaged"),
        (_orphan, "damaged"),
        (_other(recipe="other"), "with recipe other, not small_recipes:Counting"),
        (_other(version=2), "with small_recipes:Counting of version 2, not 1"),
        (_other(parameters={"most": "31"}), "with parameters most=31, not deadly="),
        (_other(seed=6), "with seed 6, not 5"),
        (_begun, "with seed 6, not 5"),
        (lambda path: path.mkdir(), "not a file"),
        (os.mkfifo, "not a file"),
    ],
)
def test_other_files_are_refused_and_stay(
    tmp_path: Path, make: Callable[[Path], None], message: str
) -> None:
    path = tmp_path / "c.sqlite"
    make(path)
    before = snapshot(tmp_path)
    with pytest.raises(InputError, match=message) as error:
        Campaign(path, PLAN)
    assert str(error.value).startswith(str(path))
    assert len(str(error.value).splitlines()) == 1
    assert snapshot(tmp_path) == before


def test_a_transaction_that_was_killed_is_undone(tmp_path: Path) -> None:
    """By the search that goes on, and by a reader."""
    whole = contents(made(tmp_path / "whole.sqlite"))
    for name, open_ in ("a", lambda path: Campaign(path, PLAN)), ("b", read_campaign):
        path = made(tmp_path / name)
        kill_within_transaction(path, PLAN)
        with open_(path):
            pass
        assert contents(path) == whole
    assert {path.name for path in tmp_path.iterdir()} == {"whole.sqlite", "a", "b"}


@given(st.data())
def test_damage_is_told_or_has_done_none(data: st.DataObject) -> None:
    """Any bytes changed, any end missing: refused as it is, or all of the contents are there."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c.sqlite"
        path.write_bytes(GOOD)
        whole = contents(path)
        end = data.draw(st.one_of(st.just(len(GOOD)), st.integers(1, len(GOOD) - 1)))
        changes = data.draw(st.dictionaries(st.integers(0, end - 1), st.integers(0, 255), max_size=3))
        damaged = bytearray(GOOD[:end])
        for place, byte in changes.items():
            damaged[place] = byte
        path.write_bytes(damaged)
        try:
            with Campaign(path, PLAN):
                pass
        except InputError:
            assert path.read_bytes() == damaged
            assert list(Path(folder).iterdir()) == [path]
        else:
            assert contents(path) == whole


def test_an_empty_file_becomes_a_campaign(tmp_path: Path) -> None:
    """It holds nothing that could be lost; and a kill at the wrong moment leaves one."""
    path = tmp_path / "c.sqlite"
    path.touch()
    with pytest.raises(InputError, match="not a campaign"):
        read_campaign(path)
    assert contents(made(path)) == contents(made(tmp_path / "other.sqlite"))


def test_one_search_at_a_time(tmp_path: Path) -> None:
    """From the first moment, when the file is still empty."""
    path = tmp_path / "c.sqlite"
    with Campaign(path, PLAN) as campaign:
        for _ in range(2):
            with pytest.raises(InputError, match="another search is using it"):
                Campaign(path, PLAN)
            with pytest.raises(InputError, match="another search is using it"):
                read_campaign(path)
            campaign.finish([UNITS[campaign.totals().units]])
    with read_campaign(path) as found:
        assert found.totals().units == 2
        with pytest.raises(InputError, match="another search is using it"):
            Campaign(path, PLAN)
    made(path, UNITS[2:])


def test_no_place_for_a_campaign(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no/c\.sqlite: cannot be "):
        Campaign(tmp_path / "no" / "c.sqlite", PLAN)
    with pytest.raises(InputError, match=r"no/c\.sqlite: No such file"):
        read_campaign(tmp_path / "no" / "c.sqlite")
    assert not snapshot(tmp_path)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """The limit of a file's size stands for it."""
    path = made(tmp_path / "c.sqlite", UNITS[:10])
    before = contents(path)

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 5000,) * 2)
        with (
            Campaign(path, PLAN) as campaign,
            pytest.raises(InputError, match=r"c\.sqlite: cannot be written"),
        ):
            campaign.finish(UNITS[10:])

    assert ended(forked(fill)) == 0
    assert contents(path) == before
    assert contents(made(path, UNITS[10:])) == contents(made(tmp_path / "whole.sqlite"))


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """A process that stores units one by one is killed again and again, also while it makes the file."""
    whole = contents(made(tmp_path / "whole.sqlite"))
    source = random.Random(0)
    path = tmp_path / "c.sqlite"

    def go_on() -> None:
        with Campaign(path, PLAN) as campaign:
            for number in campaign.pending(len(UNITS)):
                campaign.finish([UNITS[number]])

    for _ in range(4):
        patience = 0.01
        while True:
            child = forked(go_on)
            time.sleep(source.uniform(0, patience))
            os.kill(child, signal.SIGKILL)
            code = ended(child)
            if code == 0:
                break
            assert code == -signal.SIGKILL
            patience *= 1.05  # until it comes to its end on the slowest machine
        assert contents(path) == whole
        path.unlink()
        assert [path.name for path in tmp_path.iterdir()] == ["whole.sqlite"]


class Chaos(Executor):
    """Threads that die, or give a unit back, now and then; some units kill whoever takes them."""

    def __init__(self, source: random.Random, deadly: set[int], threads: int) -> None:
        self.source, self.deadly = source, deadly
        self.deaths: Counter[int] = Counter()
        self.pool, self.lock, self.running = ThreadPoolExecutor(threads), threading.Lock(), 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        _, number = args
        fate = self.source.random()
        asked = fn is not work  # whether a worker lives at all, which it does
        dies = (
            number in self.deadly or (fate < 0.3 and self.deaths[number] < ATTEMPTS - 1)
        ) and not asked
        suspect = self.deaths[number] > 0
        self.deaths[number] += dies
        gives_back = 0.3 < fate < 0.4

        def task() -> Any:
            with self.lock:
                self.running += 1
                assert self.running == 1 or not suspect, "a suspect runs alone"
            time.sleep(0.001)
            with self.lock:
                self.running -= 1
            if dies:
                raise BrokenExecutor
            if gives_back:
                raise CancelledError
            return fn(*args)

        return self.pool.submit(task)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False), st.integers(1, 5), st.sets(st.integers(0, 29), max_size=3))
def test_workers_may_die(source: random.Random, threads: int, deadly: set[int]) -> None:
    killed = Done(UnitResult(0), 0.0, f"its worker was killed {ATTEMPTS} times")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c.sqlite"
        chaos = Chaos(source, deadly, threads)
        with chaos.pool, Campaign(path, PLAN) as campaign:
            workers = Workers(chaos, lambda: threads)
            assert run(campaign, workers, Stops(units=30)) == "units"
        units = [(number, killed if number in deadly else done) for number, done in UNITS[:30]]
        assert contents(path) == contents(made(Path(folder) / "other.sqlite", units))


def test_workers_that_always_die_fail_no_unit(tmp_path: Path) -> None:
    class Dead(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor())
            return future

    with Campaign(tmp_path / "c.sqlite", PLAN) as campaign:
        with pytest.raises(InputError, match="workers die before they do anything; what is done is"):
            run(campaign, Workers(Dead(), lambda: 2), Stops())
        assert campaign.totals().units == 0


def test_workers_of_another_version_are_refused(tmp_path: Path) -> None:
    """What they did is not stored, as it may be different; what others did is."""

    def other(plan: Plan, number: int) -> Done:
        return replace(UNITS[number][1], program="0.0" if number == 4 else __version__)

    class Old(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_result(other(*args))
            return future

    with Campaign(tmp_path / "c.sqlite", PLAN) as campaign:
        with pytest.raises(InputError, match=r"a worker has exactsteer 0\.0, and this is"):
            run(campaign, Workers(Old(), lambda: 5), Stops())
        assert list(campaign.pending(6)) == [4, 5]


def test_recipes_by_name() -> None:
    for name, message in (
        ("nothing", "give one of"),
        ("no_such_module:Recipe", "No module named"),
        ("small_recipes:No", "has no attribute"),
        ("small_recipes:Small", "no subclass of exactsteer.search.recipes.Recipe with a unit"),
        ("json:loads", "no subclass"),
        (":", "give one of|Empty|ValueError"),
    ):
        with pytest.raises(InputError, match=message):
            planned(name, {})
    with pytest.raises(InputError, match="parameter 'least': the recipe has most, "):
        planned("small_recipes:Counting", {"least": "1"})
    assert PLAN.parameters["pause"] == "0"
    for name in RECIPES:
        assert recipe_class(name).SUMMARY
