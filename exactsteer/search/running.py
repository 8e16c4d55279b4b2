"""Running the work units of a campaign on any executor."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from itertools import islice

from .campaign import Campaign, Plan, Totals
from .hits import UnitResult
from .recipes import recipe

PER_WORKER = 2  # units that wait or run, so that no worker is idle while one is stored
MOST_BREAKS = 20  # executors that may break in a row, without a unit done between them


@dataclass(frozen=True)
class Stops:
    """When to stop: so many units done in all, so many hits that are certified, so many seconds from now."""

    units: int | None = None
    hits: int | None = None
    seconds: float | None = None

    def met(self, totals: Totals, elapsed: float) -> bool:
        return (
            (self.units is not None and totals.units >= self.units)
            or (self.hits is not None and totals.certified >= self.hits)
            or (self.seconds is not None and elapsed >= self.seconds)
        )


@dataclass(frozen=True)
class Done:
    """What a worker sends back; `problem` is the error that ended a unit, which counts as done."""

    result: UnitResult
    seconds: float
    problem: str = ""


def work(plan: Plan, number: int) -> Done:
    """One unit, in whatever process; an error in it is an answer, not the end of the campaign."""
    start = time.perf_counter()
    try:
        result, problem = recipe(plan).unit(plan.seed, number), ""
    except Exception as error:
        result, problem = UnitResult(0), f"{type(error).__name__}: {error}"
    return Done(result, time.perf_counter() - start, problem)


def run(
    campaign: Campaign,
    executor: Callable[[], Executor],
    workers: int,
    stops: Stops,
    listener: Callable[[Totals, float], None] | None = None,
) -> Totals:
    """Run units until a stop is met, and store each as it is done.

    `executor` makes a new one where a worker was killed and took the old one with it; the units that were
    on it are run again. `listener` hears the totals after each unit, and the seconds since the start.
    """
    start, breaks = time.monotonic(), 0
    while True:
        with executor() as pool:
            before = campaign.totals().units
            try:
                return _run(campaign, pool, workers, stops, start, listener)
            except BrokenExecutor:
                breaks = 0 if campaign.totals().units > before else breaks + 1
                if breaks == MOST_BREAKS:
                    raise


def _run(
    campaign: Campaign,
    pool: Executor,
    workers: int,
    stops: Stops,
    start: float,
    listener: Callable[[Totals, float], None] | None,
) -> Totals:
    waiting: dict[Future[Done], int] = {}
    numbers = campaign.pending()
    totals = campaign.totals()
    try:
        while not stops.met(totals, time.monotonic() - start):
            room = PER_WORKER * workers - len(waiting)
            if stops.units is not None:
                room = min(room, stops.units - totals.units - len(waiting))
            for number in islice(numbers, room):
                waiting[pool.submit(work, campaign.plan, number)] = number
            left = None
            if stops.seconds is not None:
                left = max(0.0, stops.seconds - (time.monotonic() - start))
            done, _ = wait(waiting, timeout=left, return_when=FIRST_COMPLETED)
            for future in done:
                found = future.result()
                campaign.finish(waiting.pop(future), found.result, found.seconds, found.problem)
            totals = campaign.totals()
            if listener is not None:
                listener(totals, time.monotonic() - start)
        return totals
    finally:
        for future in waiting:
            future.cancel()
