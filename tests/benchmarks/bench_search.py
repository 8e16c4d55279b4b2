"""Search campaigns: candidates screened against cvxpy, one and two processes, and Dask against the pool.

`python tests/benchmarks/bench_search.py [--quick]`

A candidate that the cheap tests leave is screened as the recipes do it: is t(σ), the distance from the
outer set, more than 0.002? (appendix-d wants t itself where it is more than 0.001.) The time is that of
one such candidate, without the cheap tests, which the note has, with those that functionals found before
decided. The other way is a cvxpy model that is made and solved for each candidate; the note says how
much of it is Clarabel, how long a model takes that is made once, with parameters, and how near both come
to one another.
"""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep
from typing import Any, NamedTuple, TypeAlias

import cvxpy as cp
import numpy as np
import numpy.typing as npt
from comparison import Comparison, main, medians, seconds
from plain_almost_quantum import WORDS
from plain_parents import solved
from plain_search import several_bobs, trusted_input, two_alices
from threadpoolctl import threadpool_limits

from exactsteer.scenario import Elements, Label, Scenario, marginal
from exactsteer.search.campaign import Campaign, Plan, planned
from exactsteer.search.cluster import cluster
from exactsteer.search.recipes.appendix_d import MU, POSITIVE, AppendixD
from exactsteer.search.recipes.mapped import Screen, normalised
from exactsteer.search.recipes.simplest import Simplest
from exactsteer.search.running import Stops, idle, run
from exactsteer.search.workers import Workers, processes
from exactsteer.steering.layouts import float_matrix

Array: TypeAlias = npt.NDArray[Any]
Pieces: TypeAlias = dict[Any, Array]  # what a plain model takes of σ
Model: TypeAlias = Callable[[Mapping[Any, Any]], cp.Problem]

# The words of plain_almost_quantum.py, their letters being the inputs with outcome 0.
LABELS = {word: Label(tuple((0, side[0]) if side else None for side in word)) for word in WORDS}
WANTED = 10
LEAST = 0.002  # of t, the default of the recipes
CLOSE = 1e-4  # both ways are to agree about t so far
KINDS = (
    "two-alices",
    "choi",
    "several-bobs",
    "qubit-bobs",
    "two-alices-two-bobs",
    "bob-with-input",
    "instrumental",
)
QUICK_KINDS = ("qubit-bobs",)
PARAMETERS_UP_TO = 1.0  # seconds; Clarabel takes most of a longer solution
# Recipe, parameters, and units of a campaign. Units of default size take up to a minute; of that,
# appendix-d needs most to make one example coarser, up to multiples of 1/finest.
SHORT_UNITS: list[tuple[str, dict[str, str], int]] = [
    ("appendix-d", {"directions": "2", "functionals": "5"}, 4),
    ("robust", {"kind": "qubit-bobs", "candidates": "6", "improved": "1", "size": "1"}, 2),
    ("simplest", {"kind": "qubit-bobs", "candidates": "100"}, 2),
]
UNITS: list[tuple[str, dict[str, str], int]] = [
    ("appendix-d", {"functionals": "5", "finest": "2"}, 10),
    ("robust", {"kind": "qubit-bobs"}, 4),
    ("robust", {"kind": "choi", "candidates": "10", "improved": "1"}, 2),
    ("simplest", {"kind": "qubit-bobs"}, 6),
    ("simplest", {"kind": "choi"}, 4),
    ("simplest", {"kind": "bob-with-input"}, 4),
]
PROCESSES = 2
# No assemblage is so far outside that there is anything to be certified.
NO_HITS = {"kind": "qubit-bobs", "least": "2"}
START = 30.0  # seconds for Dask to start


class Candidates(NamedTuple):
    """Assemblages of one kind that are to be judged, and the plain model of its outer set."""

    case: str
    screen: Screen
    judge: Callable[[Screen, Array], object]  # what the recipe does with one
    sigmas: Array  # coordinates, a row each
    few: list[Pieces]  # the first of them, for cvxpy
    model: Model
    origin: str


def compare(quick: bool) -> Iterator[Comparison]:
    """All three parts."""
    yield from screening(quick)
    yield from rates(quick)
    yield from routes(quick)


def screening(quick: bool) -> Iterator[Comparison]:
    """Ours and cvxpy's seconds for each candidate."""
    with threadpool_limits(limits=1):  # as in a campaign
        for kind in QUICK_KINDS if quick else KINDS:
            yield screened(of_kind(kind, 20 if quick else 100, 2 if quick else 3))
        yield screened(of_appendix_d(10 if quick else 60, 2 if quick else 3))


def screened(own: Candidates) -> Comparison:
    """The judgement of all, the first few by cvxpy, and whether both agree."""
    count = len(own.sigmas)
    ours = seconds(lambda: [own.judge(own.screen, sigma) for sigma in own.sigmas]) / count
    free = count - own.screen.solved
    found: list[float] = []
    few = own.sigmas[: len(own.few)]
    exactly = seconds(lambda: found.extend(own.screen.violated(sigma)[0] for sigma in few)) / len(few)
    answers: list[tuple[float, float]] = []
    other = seconds(lambda: answers.extend(plain(own.model(each)) for each in own.few)) / len(few)
    plain_t, solver = zip(*answers, strict=True)
    cvxpy = f"Clarabel {sum(solver) / len(few):.2g} s"
    if other < PARAMETERS_UP_TO:
        cvxpy += f", cvxpy with parameters {with_parameters(own.model, own.few):.2g} s"
    note = (
        f"{own.origin}, {free} of {count} without a solution; t itself {exactly:.2g} s; {cvxpy}; "
        f"{agreement(found, plain_t)}"
    )
    case = f"a candidate: {own.case}"
    return Comparison(case, "screening", ours, "cvxpy, Clarabel", other, WANTED, note)


def plain(problem: cp.Problem) -> tuple[float, float]:
    """t, NaN if Clarabel fails, and its seconds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it may be inaccurate, which the comparison shows
        t = solved(problem, "CLARABEL")
    return t, problem.solver_stats.solve_time if problem.solver_stats else float("nan")


def with_parameters(model: Model, few: Sequence[Pieces]) -> float:
    """Seconds of a solution where the model is made once; the first one, which compiles it, aside."""
    parameters = {
        key: cp.Parameter(own.shape, hermitian=np.iscomplexobj(own), symmetric=not np.iscomplexobj(own))
        for key, own in few[0].items()
    }
    problem = model(parameters)

    def solve(each: Pieces) -> None:
        for key, parameter in parameters.items():
            parameter.value = each[key]
        plain(problem)

    solve(few[0])
    return seconds(lambda: [solve(each) for each in few[1:]]) / len(few[1:])


def agreement(ours: Sequence[float], plain: Sequence[float]) -> str:
    """Whether the few are as far from the set by both ways, so that the sign of t is the same."""
    pairs = list(zip(ours, plain, strict=True))
    apart = float(np.max([abs(t - other) for t, other in pairs]))  # NaN where one failed
    words = f"|Δt| ≤ {apart:.0e}, {sum(t > LEAST for t in ours)} of {len(pairs)} outside"
    return words if apart < CLOSE else f"they DISAGREE: {words}"


def of_kind(kind: str, drawn: int, few: int) -> Candidates:
    """Sparse integer states under the maps of a kind, as the recipe `simplest` draws them."""
    recipe = Simplest({"kind": kind})
    family, rng = recipe.family, np.random.default_rng(9)
    states = recipe.sparse_states(rng, drawn, recipe.most, recipe.size)
    start = perf_counter()
    left = recipe.interesting(states)
    cheap = (perf_counter() - start) / drawn
    left = rng.permutation(left)  # `interesting` sorts them
    sigmas = family.coordinates_of(normalised(left))
    if family.scenario.trusted_inputs is not None:
        pieces, model = trusted_pieces, trusted_input
    elif family.scenario.bobs:
        pieces, model = bobs_pieces, several_bobs
    else:
        pieces, model = alices_pieces, two_alices
    exact = [family.of.assemblage(state) for state in left[:few]]
    return Candidates(
        kind,
        recipe.screen(),
        Screen.is_outside,
        sigmas,
        [pieces(each.scenario, each.table) for each in exact],
        model,
        f"cheap tests ({cheap * 1e3:.2g} ms) leave {len(left)} of {drawn}",
    )


def of_appendix_d(drawn: int, few: int) -> Candidates:
    """Minima of random functionals, of which only what the Alices see must be local."""
    recipe = AppendixD({})
    functionals = np.random.default_rng(9).normal(size=(drawn, len(recipe.coordinates)))
    start = perf_counter()
    sigmas = np.array([least_by(recipe, functional) for functional in functionals])
    minimum = (perf_counter() - start) / drawn
    values = [[Fraction(float(n)) for n in sigma] for sigma in sigmas[:few]]
    exact = [recipe.coordinates.exact(own) for own in values]

    def judged(screen: Screen, sigma: Array) -> None:
        screen.solved += 1
        recipe.outside.solve(sigma, lambda bounds: bounds.upper < POSITIVE)

    return Candidates(
        "appendix-d",
        Screen(recipe.outside, LEAST),
        judged,
        sigmas,
        [{word: float_matrix(each[label]).real for word, label in LABELS.items()} for each in exact],
        two_alices,
        f"each a minimum ({minimum * 1e3:.3g} ms)",
    )


def least_by(recipe: AppendixD, functional: Array) -> Array:
    own = recipe.symmetrised(functional)
    return recipe.symmetrised(recipe.stages[0].minimise(own / np.max(np.abs(own)), MU))


def alices_pieces(scenario: Scenario, table: Elements) -> Pieces:
    """The independent elements, by words of outcome 0."""
    return {word: float_matrix(marginal(scenario, table, label)) for word, label in LABELS.items()}


def bobs_pieces(scenario: Scenario, table: Elements) -> Pieces:
    """σ⁽ᵏ⁾[a|x] at (a, x, k)."""
    found = {}
    for label in scenario.labels():
        (a, x), whole = zip(*label.parties, strict=True), float_matrix(table[label])
        for k, rows in enumerate(scenario.summands()):
            found[a, x, k] = whole[rows.start : rows.stop, rows.start : rows.stop]
    return found


def trusted_pieces(scenario: Scenario, table: Elements) -> Pieces:
    """σ[a|x y] at (a, x, y), those that there are."""
    return {(*label.parties[0], label.trusted): float_matrix(own) for label, own in table.items()}


def rates(quick: bool) -> Iterator[Comparison]:
    """Whole campaigns, hits certified and all stored, by one process and by two."""
    with processes(1) as alone, processes(PROCESSES) as several:
        for recipe, parameters, units in SHORT_UNITS if quick else UNITS:
            plan = planned(recipe, parameters)
            found = []
            for crew in (alone, several):
                begin(crew, plan)
                found.append(campaign(crew, plan, units))
            (one, candidates, hits), (more, _, _) = found
            own = " ".join(f"{name}={value}" for name, value in parameters.items())
            note = (
                f"{candidates} candidates, {candidates / one:.3g} and {candidates / more:.3g} a second; "
                f"{hits} hits certified"
            )
            case = f"campaign: {recipe} {own}, {units} units"
            yield Comparison(case, f"{PROCESSES} processes", more, "1 process", one, None, note)


def routes(quick: bool) -> Iterator[Comparison]:
    """Short units on Dask workers and on processes of the pool, as many of each."""
    sizes = [("2", 40)] if quick else [("2", 200), ("20", 40)]
    with dask_workers(PROCESSES) as scheduler, cluster(scheduler) as dask, processes(PROCESSES) as pool:
        until(lambda: dask.count() == PROCESSES)
        for candidates, units in sizes:
            plan = planned("simplest", NO_HITS | {"candidates": candidates})
            for crew in (dask, pool):
                begin(crew, plan)
                campaign(crew, plan, 10)  # Dask may have begun with one worker only
            calls = [partial(campaign, crew, plan, units) for crew in (dask, pool)]
            by_dask, by_pool = medians(calls, 3)
            more = by_dask - by_pool
            note = (
                f"{by_pool / units * 1e3:.3g} ms a unit by the pool; Dask {more / by_pool:+.0%}, "
                f"{more / units * 1e3:+.2g} ms a unit"
            )
            case = f"campaign: {units} units of simplest, {candidates} candidates each"
            yield Comparison(
                case, f"{PROCESSES} Dask workers", by_dask, f"{PROCESSES} processes", by_pool, None, note
            )


def begin(crew: Workers, plan: Plan) -> None:
    """Have the processes import and prepare what they need."""
    for future in [crew.executor.submit(idle, plan, k) for k in range(crew.count())]:
        future.result()


def campaign(crew: Workers, plan: Plan, units: int) -> tuple[float, int, int]:
    """Seconds of a new campaign, its candidates, and hits that are certified."""
    with TemporaryDirectory() as folder, Campaign(Path(folder) / "campaign.sqlite", plan) as stored:
        took = seconds(lambda: run(stored, crew, Stops(units=units)))
        totals = stored.totals()
    if totals.failed:
        raise RuntimeError(f"{totals.failed} units of {plan.recipe} failed")
    return took, totals.candidates, totals.certified


@contextmanager
def dask_workers(count: int) -> Iterator[str]:
    """A scheduler and so many workers, each a process of its own with one thread; its scheduler file."""
    started: list[subprocess.Popen[bytes]] = []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"

        def start(*arguments: str) -> None:
            command = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(file)]
            quiet = subprocess.DEVNULL
            started.append(subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=folder))

        try:
            start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
            until(file.is_file)
            for _ in range(count):
                start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")
            yield str(file)
        finally:
            for process in started:
                process.kill()  # a worker that is asked to end may wait for its scheduler
            for process in started:
                process.wait()


def until(happened: Callable[[], bool]) -> None:
    """Wait until it has; TimeoutError if Dask takes too long."""
    end = monotonic() + START
    while not happened():
        if monotonic() > end:
            raise TimeoutError(f"Dask has not started in {START:g} s")
        sleep(0.1)


if __name__ == "__main__":
    main(compare)
