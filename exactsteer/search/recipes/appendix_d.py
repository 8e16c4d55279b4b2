"""Appendix D of *Postquantum steering*: postquantum, and yet local for all projective measurements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, pi
from typing import ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from ...classical import bell_local
from ...constructions.directions import polygon
from ...exact.numbers import InputError
from ...kernel.program import Existence, Program
from ...prover.numeric import Array
from ...prover.parametrised import AffineBound, LinearOptimiser
from ...prover.prove import Proof
from ...scenario import Label, Scenario, label_text
from ...statements.forms import equation, positive_block, total, trace
from ...statements.projective import Vector
from ...statements.words import ALMOST_QUANTUM, word_set
from ...steering import Assemblage
from ..hits import Hit, UnitResult
from ..judging import POSTQUANTUM, certificates, postquantum
from ..thresholds import Coordinates, Thresholds, members, projectively_local
from .base import Parameter, Recipe
from .mapped import count, positive

Integers = npt.NDArray[np.int64]
LOCAL = "local.json"
MU = 1e-6
STAGES = tuple(Fraction(n, 10) for n in (0, 4, 7, 9, 10))  # lengths of the directions, in their own
POSITIVE = 1e-3  # t from which on gradient steps lead somewhere
CHANGES, CHANGE = 4, 0.5  # random changes of a functional, and their length as a share of its own
GAIN = 1e-5  # of t, with which gradient steps go on
MOST_STEPS = 30
MOST_CUTS = 60  # for one denominator
MOST_NODES, GAP = 100, 0.5  # of an integer program, which need not be solved to the end
LOCAL_BY = 5e-4  # how far inside an assemblage is to be, for an exact local model to be found


class AppendixD(Recipe):
    """Random real functionals, and gradient steps, for a trusted qubit and two parties.

    The minimum of a random functional over all assemblages that are local for a polygon of directions,
    the hull of which holds the unit disc, is local for all projective measurements; but of a thousand
    hardly one is postquantum. So the directions grow: of length 0, only what the two parties see must
    be local, and many random functionals have a minimum σ that is postquantum. A gradient step leads
    from there to the functional that σ violates most, and to its minimum, as long as the gap to the
    almost-quantum set grows; then the directions become longer. In the end integer programs look for
    the least D such that multiples of 1/D are local and violate the functional. Source: Postquantum
    steering, Appendix D, Eqs. 42 to 44.
    """

    SUMMARY = "postquantum, and local for all projective measurements of the trusted qubit (row A7)"
    PARAMETERS: ClassVar[Mapping[str, Parameter]] = {
        "directions": Parameter("5", "axes of the polygon; the paper's has 4"),
        "functionals": Parameter("40", "random functionals of a work unit at most"),
        "least": Parameter("0.002", "t of an example at least: it bears white noise up to t/(1 + t)"),
        "coarsest": Parameter("2", "smallest D that is tried, the example being multiples of 1/D"),
        "finest": Parameter("64", "largest D that is tried"),
        "symmetric": Parameter("yes", "yes or no: the same if the two parties change places"),
    }

    def __init__(self, parameters: Mapping[str, str]) -> None:
        super().__init__(parameters)
        if self.parameters["symmetric"] not in ("yes", "no"):
            raise InputError(f"parameter symmetric: {self.parameters['symmetric']!r}, not yes or no")
        axes = count(self.parameters, "directions")
        if axes < 2:
            raise InputError("parameter directions: 1, and at least 2 hold a disc in their hull")
        self.functionals = count(self.parameters, "functionals")
        self.coarsest, self.finest = (count(self.parameters, name) for name in ("coarsest", "finest"))
        self.least = positive(self.parameters, "least")
        self.directions = polygon(axes, pi / (4 * axes))
        self.scenario = Scenario(((2, 2), (2, 2)), 2)
        self.outer_set = word_set(self.scenario, ALMOST_QUANTUM)
        self.coordinates = Coordinates(self.scenario, list(self.scenario.collins_gisin_labels()), True)
        self.outside = Thresholds(self.coordinates, members(self.scenario, self.outer_set))
        local = projectively_local(self.scenario, self.directions)
        self.nonlocality = Thresholds(self.coordinates, local)
        self.stages = [self._stage(length) for length in STAGES]
        self.swap = self._swapped() if self.parameters["symmetric"] == "yes" else None

    def _stage(self, length: Fraction) -> LinearOptimiser:
        """Minima over the assemblages that are local for the directions, made shorter."""
        shorter = tuple(tuple(length * n for n in vector) for vector in self.directions)
        program = valid_program(self.coordinates, shorter)
        return LinearOptimiser(program, range(len(self.coordinates)))

    def _swapped(self) -> Integers:
        """Where each coordinate goes when the two parties change places."""
        places = {c: i for i, c in enumerate(self.coordinates.all)}
        turned = (c._replace(label=Label(c.label.parties[::-1])) for c in self.coordinates.all)
        return np.array([places[c] for c in turned])

    def symmetrised(self, vector: Array) -> Array:
        return vector if self.swap is None else (vector + vector[self.swap]) / 2

    def unit(self, seed: int, number: int) -> UnitResult:
        rng, work = np.random.default_rng([seed, number]), Work()
        best = self._first(rng, work)
        for stage in self.stages[1:]:
            if best.t < POSITIVE:
                return UnitResult(work.candidates, work.solved)
            best = self._next(stage, best.functional, rng, work)
        hits: tuple[Hit, ...] = ()
        if best.t > self.least:
            found = self._coarsest(best, work)
            if found is not None:
                hits = (self._hit(*found),)
        return UnitResult(work.candidates, work.solved, hits)

    def _first(self, rng: np.random.Generator, work: Work) -> Step:
        """Of random functionals the first whose minimum is postquantum, where little is to be local."""
        for _ in range(self.functionals):
            found = self._climbed(self.stages[0], rng.normal(size=len(self.coordinates)), work)
            if found.t >= POSITIVE:
                break
        return found

    def _next(
        self, stage: LinearOptimiser, functional: Array, rng: np.random.Generator, work: Work
    ) -> Step:
        """The best that the functional leads to, or that it leads to after a random change."""
        functional = functional / np.linalg.norm(functional)
        scale = CHANGE / np.sqrt(len(functional))
        changed = [functional + scale * rng.normal(size=len(functional)) for _ in range(CHANGES)]
        steps = [self._climbed(stage, each, work) for each in (functional, *changed)]
        return max(steps, key=lambda step: step.t)

    def _climbed(self, stage: LinearOptimiser, functional: Array, work: Work) -> Step:
        """Gradient steps, as long as t grows, and where there is a t to begin with."""
        work.candidates += 1
        best = Step(-np.inf, self.outside.noise, functional)
        for _ in range(MOST_STEPS):
            own = self.symmetrised(functional)
            try:
                sigma = self.symmetrised(stage.minimise(own / np.max(np.abs(own)), MU))
                work.solved += 1
                optimum = self.outside.solve(sigma, lambda bounds: bounds.upper < POSITIVE)
            except ArithmeticError:
                return best
            t = optimum.bounds.lower
            if t - best.t < GAIN:
                return best
            best = Step(t, sigma, functional)
            if t < POSITIVE:
                return best
            functional = -optimum.bound.slope
        return best

    def _coarsest(self, step: Step, work: Work) -> tuple[Integers, int] | None:
        """Multiples of 1/D that are local and violate the functional of the step, with the least such D.

        Integers that obey the bounds of the nonlocality that are known so far come from an integer
        program; where they are not local this tells one bound more.
        """
        share = step.t / (2 * (1 + step.t))
        middle = (1 - share) * step.sigma + share * self.outside.noise
        outside = self.outside.solve(middle).bound
        cuts = [self.nonlocality.solve(middle).bound]
        for denominator in range(self.coarsest, self.finest + 1):
            for _ in range(MOST_CUTS):
                point = self._grid_point(outside, cuts, denominator)
                if point is None:
                    break
                work.candidates += 1
                work.solved += 1
                local = self.nonlocality.solve(point / denominator)
                if local.bounds.upper <= -LOCAL_BY:
                    return point, denominator
                cuts.append(local.bound)
        return None

    def _grid_point(
        self, outside: AffineBound, cuts: Sequence[AffineBound], denominator: int
    ) -> Integers | None:
        """Multiples of 1/D, of trace 1, that obey all bounds by as much as possible; or None.

        With n = D e_last + B x for integers x, and a margin m: maximise m with t ≥ least + m by the one
        bound, and nonlocality ≤ -m by all the others.
        """
        columns = self._independent
        start: Array = np.zeros(len(self.coordinates))
        start[self._diagonal[-1]] = 1
        rows, limits = [-outside.slope @ columns / denominator], [outside.at(start) - self.least]
        for cut in cuts:
            rows.append(cut.slope @ columns / denominator)
            limits.append(-LOCAL_BY - cut.at(start))
        matrix = np.column_stack([np.array(rows), np.ones(len(rows))])
        count = columns.shape[1]
        found = milp(
            np.append(np.zeros(count), -1.0),
            integrality=np.append(np.ones(count), 0),
            bounds=Bounds(
                np.append(np.full(count, -denominator), 0), np.append(np.full(count, denominator), 1)
            ),
            constraints=LinearConstraint(matrix, ub=np.array(limits)),
            options={"node_limit": MOST_NODES, "mip_rel_gap": GAP},
        )
        if found.x is None:
            return None
        whole = denominator * start + columns @ np.rint(found.x[:count])
        return np.asarray(np.rint(whole), dtype=np.int64)

    @cached_property
    def _diagonal(self) -> list[int]:
        """Where the diagonal of the reduced state stands, which has trace 1."""
        return self.coordinates.traces(self.scenario.nobody())

    @cached_property
    def _independent(self) -> Integers:
        """A column for each free coordinate, or pair that the parties exchange: what it changes."""
        *others, last = self._diagonal
        columns = []
        for k in range(len(self.coordinates)):
            if k == last or (self.swap is not None and self.swap[k] < k):
                continue
            column = np.zeros(len(self.coordinates), dtype=np.int64)
            column[k] = 1
            if self.swap is not None:
                column[self.swap[k]] = 1
            if k in others:
                column[last] = -1
            columns.append(column)
        return np.column_stack(columns)

    def _hit(self, point: Integers, denominator: int) -> Hit:
        threshold = self.outside.solve(point / denominator).bounds.lower
        whole = gcd(denominator, *point.tolist())
        values = [Fraction(n, denominator) for n in point.tolist()]
        example = Assemblage.from_elements(self.scenario, self.coordinates.exact(values))

        def prove_all() -> dict[str, Proof]:
            local = bell_local(example, self.directions)
            return postquantum(example, self.outer_set) | {LOCAL: local}

        files, problem = certificates(prove_all)
        size, distinct = len(files.get(POSTQUANTUM, b"")), len(set(np.abs(point).tolist()) - {0})
        return Hit(
            example.json_text(),
            (denominator // whole, distinct, size),
            f"local for {len(self.directions)} directions, multiples of 1/{denominator // whole}",
            {
                "denominator": str(denominator // whole),
                "distinct numbers": str(distinct),
                "certificate": f"{size} bytes" if size else "none",
                "white noise (floating)": f"{threshold / (1 + threshold):.4f}",
            },
            files,
            problem,
        )


class Step(NamedTuple):
    """A functional, the local assemblage that minimises it, and how far that is from almost quantum."""

    t: float
    sigma: Array
    functional: Array


@dataclass
class Work:
    """Functionals that were begun with, and minima that were found."""

    candidates: int = 0
    solved: int = 0


def valid_program(coordinates: Coordinates, directions: Sequence[Vector]) -> Program:
    """All assemblages with a local model for these directions; their coordinates come first."""
    scenario = coordinates.scenario
    unknowns, forms = coordinates.forms()
    cone = projectively_local(scenario, directions)(forms, unknowns)
    elements = {
        label: total((sign, forms[part]) for sign, part in scenario.expansion(label))
        for label in scenario.labels()
    }
    blocks = [positive_block(f"σ[{label_text(label)}]", form) for label, form in elements.items()]
    weight = equation("normalisation", trace(forms[scenario.nobody()]), 1)
    return Program(cone.unknowns, [*cone.blocks, *blocks], [*cone.equations, weight], Existence())
