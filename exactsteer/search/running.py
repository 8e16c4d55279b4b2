"""Running the work units of a campaign on any executor."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, replace
from itertools import chain

from threadpoolctl import threadpool_limits

from .. import __version__
from ..exact.numbers import InputError
from ..kernel.verdict import ACCEPTED, check
from ..statements import STATEMENTS
from .campaign import Campaign, Plan, Totals
from .hits import Done, Hit, UnitResult
from .recipes import Recipe, recipe
from .workers import Workers

ATTEMPTS = 3  # deaths of its worker after which a unit has failed
POLL = 0.2  # seconds after which Ctrl-C is heard at the latest


@dataclass(frozen=True)
class Stops:
    """When to stop: so many first units done, hits certified in all, seconds gone from now."""

    units: int | None = None
    hits: int | None = None
    seconds: float | None = None

    def met(self, totals: Totals, elapsed: float) -> str:
        """The name of a stop that is met, of the last two; nothing if none is."""
        if self.hits is not None and totals.certified >= self.hits:
            return "hits"
        if self.seconds is not None and elapsed >= self.seconds:
            return "seconds"
        return ""


def prepared(plan: Plan) -> Recipe:
    """The recipe of a plan in this process; InputError if it is not the one of the plan here."""
    try:
        made = recipe(plan.recipe, plan.parameters)
    except Exception as error:
        raise InputError(str(error)) from None  # an error that every process can read
    if (made.VERSION, made.parameters) != (plan.version, plan.parameters):
        raise InputError(f"recipe {plan.recipe!r} is of version {made.VERSION}, not {plan.version}")
    # For good: results must not depend on the number of threads, nor workers wait for each other's.
    threadpool_limits(limits=1)
    return made


def work(plan: Plan, number: int) -> Done:
    """One unit, in whatever process; an error in it is an answer, not the end of the campaign."""
    made = prepared(plan)
    start = time.perf_counter()
    try:
        result, problem = made.unit(plan.seed, number), ""
        if not isinstance(result, UnitResult):
            raise TypeError(f"unit {number} is {type(result).__name__}, not UnitResult")
        result = replace(result, hits=tuple(map(checked, result.hits)))
    except (Exception, SystemExit) as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())
        result, problem = UnitResult(0), words.encode(errors="backslashreplace").decode()
    return Done(result, time.perf_counter() - start, problem)


def idle(plan: Plan, number: int) -> Done:
    """What a worker does that is only asked whether it lives."""
    prepared(plan)
    return Done(UnitResult(0), 0.0, f"its worker was killed {ATTEMPTS} times")


def checked(hit: Hit) -> Hit:
    """The hit, which is certified only if the kernel accepts all its certificates."""
    for name, data in hit.certificates.items():
        verdict = check(data, STATEMENTS)
        if hit.is_certified and verdict.exit_code != ACCEPTED:
            return replace(hit, problem=f"{name} is {verdict.status}: {verdict.message}")
    return hit


class _Queue:
    """The units that wait for a worker, in their order, and those that run.

    A unit whose worker died runs again with nothing beside it: no other is blamed for what it does.
    """

    def __init__(self, campaign: Campaign, workers: Workers, numbers: Iterator[int]) -> None:
        self.campaign, self.workers, self.numbers = campaign, workers, numbers
        self.running: dict[Future[Done], int] = {}
        self.again: deque[int] = deque()  # given up by the executor, and no fault of theirs
        self.suspects: deque[int] = deque()
        self.deaths: Counter[int] = Counter()

    def fill(self) -> None:
        """Give every worker a unit, and no more: what waits here can be blamed for no death."""
        while (number := self._next()) is not None:
            # Before a unit is called deadly: do workers live at all?
            task = idle if self.deaths[number] == ATTEMPTS else work
            self.running[self.workers.executor.submit(task, self.campaign.plan, number)] = number

    def _next(self) -> int | None:
        if any(self.deaths[number] for number in self.running.values()):
            return None
        if self.suspects:
            return None if self.running else self.suspects.popleft()
        if len(self.running) >= max(1, self.workers.count()):
            return None
        return self.again.popleft() if self.again else next(self.numbers, None)

    def store(self, seconds: float) -> None:
        """Wait so long for units, and store those that are done."""
        found, _ = wait(self.running, timeout=seconds, return_when=FIRST_COMPLETED)
        done, problem = [], ""
        for future in found:
            number = self.running.pop(future)
            try:
                answer = future.result()
                if answer.program != __version__:
                    problem = f"a worker has exactsteer {answer.program}, and this is {__version__}"
                else:
                    done.append((number, answer))
            except CancelledError:
                (self.suspects if self.deaths[number] else self.again).append(number)
            except self.workers.lost:
                self.deaths[number] += 1
                self.suspects.append(number)
                if self.deaths[number] > ATTEMPTS:
                    problem = "workers die before they do anything"
            except Exception as error:
                problem = f"a worker cannot run the recipe: {error}"
        if done:
            self.campaign.finish(done)
        if problem:
            raise InputError(f"{problem}; what is done is stored in {self.campaign.path}")


def run(
    campaign: Campaign,
    workers: Workers,
    stops: Stops,
    listener: Callable[[Totals, float], None] = lambda totals, seconds: None,
    interrupted: Callable[[], bool] = lambda: False,
) -> str:
    """Run units until a stop is met, and store each as it is done; which stop it was.

    That is "units", "hits", "seconds", or "interrupted" if that said so; units that run then are given
    up. `listener` hears the totals, and the seconds since the start, a few times a second. InputError if
    the campaign cannot be written any more, or workers cannot run its recipe, or are gone for good: all
    that was done until then is stored.
    """
    start = time.monotonic()
    numbers = campaign.pending(stops.units)
    number = next(numbers, None)
    if number is None:
        return "units"
    if reason := stops.met(campaign.totals(), 0.0):
        return reason
    queue = _Queue(campaign, workers, chain([number], numbers))
    try:
        while True:
            elapsed = time.monotonic() - start
            listener(campaign.totals(), elapsed)
            if interrupted():
                return "interrupted"
            if reason := stops.met(campaign.totals(), elapsed):
                return reason
            queue.fill()
            if not queue.running:
                return "units"
            queue.store(POLL if stops.seconds is None else min(POLL, stops.seconds - elapsed))
    finally:
        for future in queue.running:
            future.cancel()
