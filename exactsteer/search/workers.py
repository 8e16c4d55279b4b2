"""Where work units run: processes of this machine, or any other executor."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any

# Linear algebra in so many threads would let workers wait for each other.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Workers:
    """An executor, and how many units it can run at a time, which may change.

    `lost` are the errors of a future that say that its worker died; the executor itself must live on.
    `count` raises InputError if there will be no more workers.
    """

    executor: Executor
    count: Callable[[], int]
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)


class Processes(Executor):
    """So many processes, each of which dies alone: those of one `ProcessPoolExecutor` die together.

    Each is a pool of one. A dead one is replaced when something is given to it.
    """

    def __init__(self, count: int) -> None:
        self._pools = [_pool() for _ in range(count)]
        self._given: list[set[Future[Any]]] = [set() for _ in range(count)]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        for given in self._given:
            given -= {future for future in given if future.done()}
        place = min(range(len(self._pools)), key=lambda k: len(self._given[k]))
        # A process that starts must not hear Ctrl-C, which is for this one, before it can ignore it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            try:
                future = self._pools[place].submit(fn, *args, **kwargs)
            except BrokenExecutor:
                self._pools[place].shutdown()
                self._pools[place] = _pool()
                future = self._pools[place].submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._given[place].add(future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        for pool in self._pools:
            pool.shutdown(wait, cancel_futures=cancel_futures)

    def kill(self) -> None:
        """Give up what is running."""
        for pool in self._pools:
            # Python 3.14 has kill_workers() for it.
            for process in list((pool._processes or {}).values()):
                process.kill()
        self.shutdown(cancel_futures=True)


def _pool() -> ProcessPoolExecutor:
    # A fresh interpreter: a fork would copy the threads' locks of this one.
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin)


def _begin() -> None:
    """What a worker does first: it ends with its parent, and leaves Ctrl-C and the output to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(THREADS, "1"))  # before NumPy is imported, which reads them
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a solver prints is no part of the answer
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)


@contextmanager
def processes(count: int) -> Iterator[Workers]:
    """So many processes of this machine; what still runs at the end is given up.

    They are fresh interpreters, so that a script that calls this needs `if __name__ == "__main__":`.
    """
    executor = Processes(count)
    try:
        yield Workers(executor, lambda: count)
    finally:
        executor.kill()
