"""Search and check on a real Dask cluster: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from campaigns import ENVIRONMENT, contents, run, start
from exact_quantum import ROOT

COUNTING = "small_recipes:Counting"
DASK = [sys.executable, "-m", "dask"]


@contextmanager
def process(folder: Path, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    command = [*DASK, *map(str, arguments), "--host", "127.0.0.1"]
    with (
        (folder / f"{arguments[0]}.{time.monotonic_ns()}.log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=log, stderr=log) as running,
    ):
        try:
            yield running
        finally:
            running.kill()


class Cluster:
    """A scheduler, and workers of one thread without a nanny, which would bring them back."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.workers: list[subprocess.Popen[bytes]] = []
        self.file = folder / "scheduler.json"
        anywhere = ("--port", 0, "--dashboard-address", "127.0.0.1:0", "--scheduler-file", self.file)
        self.scheduler = stack.enter_context(process(folder, "scheduler", *anywhere))
        while not self.file.exists():
            assert self.scheduler.poll() is None
            time.sleep(0.05)

    @property
    def address(self) -> str:
        address: str = json.loads(self.file.read_text("utf-8"))["address"]
        return address

    def require(self, count: int) -> list[subprocess.Popen[bytes]]:
        """So many workers that live, or will do so in a moment."""
        options = ("--no-nanny", "--nthreads", 1, "--no-dashboard", "--local-directory", self.folder)
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        for _ in range(count - len(self.workers)):
            one = process(self.folder, "worker", "--scheduler-file", self.file, *options)
            self.workers.append(self.stack.enter_context(one))
        return self.workers


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(tmp_path_factory.mktemp("cluster"), stack)


def test_search_and_check(tmp_path: Path, cluster: Cluster) -> None:
    """The same as in processes of this machine, though a worker is killed and another one comes."""
    begun = tmp_path / "marks"
    begun.mkdir()
    worker, _ = cluster.require(2)
    options = ("-p", f"marks={begun}", "-p", "pause=40", "-p", "failing=3", "--until", 60)
    search = start("search", COUNTING, "dask.sqlite", *options, "--dask", cluster.file, cwd=tmp_path)
    while len(list(begun.iterdir())) < 10:
        time.sleep(0.01)
    worker.kill()
    while len(list(begun.iterdir())) < 20:
        time.sleep(0.01)
    cluster.require(2)
    _, problem = search.communicate()
    assert search.returncode == 0, problem
    assert not problem
    answer = run("search", COUNTING, "pool.sqlite", *options, "-o", "new", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert contents(tmp_path / "dask.sqlite") == contents(tmp_path / "pool.sqlite")

    corpus = ROOT / "tests" / "corpus"
    wrong = sorted((corpus / "reject").iterdir())[:20]
    files = ("new/certificates", *wrong, corpus / "decline", "nothing.json")
    checks = [
        run("check", *files, "--json", *more, cwd=tmp_path)
        for more in (("--jobs", 2), ("--dask", cluster.address))
    ]
    assert {row["status"] for row in json.loads(checks[1].stdout)} == {
        "accepted",
        "rejected",
        "declined",
        "unreadable",
    }
    assert checks[0].stdout == checks[1].stdout
    assert checks[0].returncode == checks[1].returncode == 64


def test_a_scheduler_that_goes(tmp_path: Path, cluster: Cluster) -> None:
    """One line, and what was done is stored."""
    begun = tmp_path / "marks"
    begun.mkdir()
    options = ("-p", f"marks={begun}", "-p", "pause=40")
    command = ("search", COUNTING, "c.sqlite", *options)
    cluster.require(1)
    search = start(*command, "--dask", cluster.address, cwd=tmp_path)
    while len(list(begun.iterdir())) < 5:
        time.sleep(0.01)
    cluster.scheduler.kill()
    _, problem = search.communicate()
    assert search.returncode == 64
    assert problem == f"exactsteer: --dask {cluster.address}: the scheduler is gone\n"
    before = contents(tmp_path / "c.sqlite")["unit"]
    assert len(before) >= 3
    answer = run(*command, "--until", 0, "--dask", cluster.address, cwd=tmp_path)
    assert answer.returncode == 64
    assert answer.stderr.startswith(f"exactsteer: --dask {cluster.address}: no scheduler answers (")
    assert len(answer.stderr.splitlines()) == 1
    answer = run(*command, "--until", len(before) + 3, cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert contents(tmp_path / "c.sqlite")["unit"][: len(before)] == before
