"""A Dask cluster as workers: machines that the scheduler at an address knows."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..exact.numbers import InputError
from .workers import Workers

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Task

SECONDS = 5  # for a scheduler to answer, or to come back
FRESH = 1.0  # seconds for which the number of workers is remembered
CONNECTION = (OSError, asyncio.TimeoutError)  # what a lost one raises
# They tell of lost connections, of which this module tells in one line.
LOGS = ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio")


class Cluster(Executor):
    """Tasks of a client as futures of the standard library.

    They are no pure functions to Dask, which would remember their results. Unlike the executor of a
    client, this one hands over every error, also that of a result that got lost on its way.
    """

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address
        self._counted, self._count = float("-inf"), 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        answer: Future[Any] = Future()
        task = self._client.submit(fn, *args, pure=False, **kwargs)
        task.add_done_callback(partial(_hand_over, answer))
        return answer

    def count(self) -> int:
        """The threads of all workers that are there now; InputError if the scheduler is not."""
        status = self._client.status
        if status not in ("running", "connecting"):
            raise InputError(f"--dask {self._address}: the scheduler is gone")
        now = time.monotonic()
        if status == "running" and now - self._counted > FRESH:
            try:
                self._count = sum(self._client.nthreads().values())
                self._counted = now
            except CONNECTION:
                pass  # the status will say so
        return self._count


def _hand_over(answer: Future[Any], task: Task[Any]) -> None:
    if not answer.set_running_or_notify_cancel():
        return
    try:
        answer.set_result(task.result())
    except CONNECTION:  # no fault of the task
        answer.set_exception(CancelledError())
    except BaseException as error:
        answer.set_exception(error)


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """The workers of the scheduler at an address such as tcp://10.0.0.1:8786, or in a scheduler file.

    InputError if Dask is not installed, or no scheduler answers. What still runs at the end is given up.
    """
    try:
        import dask
        from distributed import Client, KilledWorker
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is not installed: pip install 'exactsteer[dask]'") from None
    where = _scheduler(address)
    for name in LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dask.config.set({"distributed.comm.timeouts.connect": SECONDS}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on other versions of what we do not use
        try:
            client = Client(where, timeout=SECONDS, set_as_default=False)
        except Exception as error:
            raise InputError(f"--dask {address}: no scheduler answers ({_line(error)})") from None
        try:
            executor = Cluster(client, address)
            yield Workers(executor, executor.count, (BrokenExecutor, KilledWorker))
        finally:
            client.close()


def _scheduler(address: str) -> str:
    """The address, or the one in the file that a scheduler wrote."""
    if "://" in address:
        return address
    try:
        found = json.loads(Path(address).read_bytes())["address"]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"--dask {address}: neither an address, such as tcp://10.0.0.1:8786, nor a scheduler file"
        ) from None
    return str(found)


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
