"""Batches of certificates, judged on any executor."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from ..exact.numbers import InputError
from ..kernel.__main__ import check_file
from ..kernel.certificate import LARGEST
from ..kernel.verdict import Verdict, check
from ..statements import STATEMENTS
from .workers import Workers

AHEAD = 2  # certificates for each worker that are on their way


class Judged(NamedTuple):
    """A verdict, and the version of the package whose kernel it is."""

    verdict: Verdict
    program: str


def judged(data: bytes) -> Judged:
    """What a worker answers; it gets the bytes, as it may not see the file."""
    return Judged(check(data, STATEMENTS), __version__)


def verdicts(files: Iterable[Path], workers: Workers) -> Iterator[Verdict]:
    """Verdicts in the order of the files.

    What a worker cannot judge, because it died or the file cannot be read, is judged here. InputError if
    a worker has another version of the kernel.
    """
    waiting: deque[tuple[Path, Future[Judged] | None]] = deque()
    for path in files:
        waiting.append((path, _submitted(path, workers)))
        if len(waiting) > AHEAD * max(1, workers.count()):
            yield _answer(*waiting.popleft())
    while waiting:
        yield _answer(*waiting.popleft())


def _submitted(path: Path, workers: Workers) -> Future[Judged] | None:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return None
    return workers.executor.submit(judged, data)


def _answer(path: Path, future: Future[Judged] | None) -> Verdict:
    if future is not None:
        try:
            verdict, program = future.result()
        except Exception:
            return check_file(path)
        if program != __version__:
            raise InputError(f"{path}: a worker has exactsteer {program}, and this is {__version__}")
        return verdict
    return check_file(path)
