"""What the recipes for positive maps have in common: random states, their screening, and judged hits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import cached_property
from math import gcd, lcm
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from ...constructions.mapped import ket_text
from ...exact.numbers import InputError, exact_number
from ...prover.central_path import Bounds
from ...prover.numeric import Array
from ...prover.prove import Proof, prove
from ...statements import DecomposableRealisation
from ..families import Complex
from ..hits import Hit
from ..judging import POSTQUANTUM, Example, certificates, postquantum
from ..thresholds import Thresholds, members
from .base import Parameter, Recipe
from .kinds import PARAMETERS, Kind

Integers = npt.NDArray[np.int64]
CORRELATIONS = "correlations.json"


class Screen:
    """Candidates of one work unit, judged by the functionals found before where these are enough."""

    def __init__(self, thresholds: Thresholds, least: float) -> None:
        self._thresholds, self._least = thresholds, least
        self._functionals: list[Array] = []
        self.solved = 0

    def is_outside(self, sigma: Array) -> bool:
        """Whether t(σ) is more than is wanted at least."""
        if any(functional @ sigma > self._least for functional in self._functionals):
            return True
        return self._solved(sigma, self._is_decided)[0] > self._least

    def violated(self, sigma: Array) -> tuple[float, Array]:
        """t(σ) and the functional that σ violates most."""
        return self._solved(sigma, lambda _: False)

    def _solved(self, sigma: Array, decided: Callable[[Bounds], bool]) -> tuple[float, Array]:
        self.solved += 1
        try:
            found = self._thresholds.solve(sigma, decided)
        except ArithmeticError:
            return -np.inf, np.zeros(len(sigma))
        if found.bounds.lower > self._least:
            self._functionals.append(found.bound.slope)
        return found.bounds.lower, found.bound.slope

    def _is_decided(self, bounds: Bounds) -> bool:
        return bounds.lower > self._least or bounds.upper < self._least


class MappedRecipe(Recipe):
    """Postquantum assemblages that positive maps make of measured states (see `families`)."""

    PARAMETERS: ClassVar[Mapping[str, Parameter]] = {
        **PARAMETERS,
        "least": Parameter("0.002", "t of an example at least: it bears white noise up to t/(1 + t)"),
    }

    def __init__(self, parameters: Mapping[str, str]) -> None:
        super().__init__(parameters)
        self.kind = Kind.of(self.parameters)
        self.family = self.kind.family
        self.least = positive(self.parameters, "least")
        self.thresholds = Thresholds(
            self.family.coordinates, members(self.family.scenario, self.kind.outer_set)
        )

    def screen(self) -> Screen:
        return Screen(self.thresholds, self.least)

    def sparse_states(self, rng: np.random.Generator, count: int, most: int, size: int) -> Complex:
        """Integer amplitudes, a row each: 2 to `most` of them not 0, with parts of at most `size`."""
        units = [1, -1] if self.family.is_real else [1, -1, 1j, -1j]
        length = self.family.operators.shape[1]
        states = np.zeros((count, length), dtype=complex)
        for state in states:
            places = rng.choice(length, rng.integers(2, min(most, length) + 1), replace=False)
            state[places] = rng.choice(units, len(places)) * rng.integers(1, size + 1, len(places))
        return states

    def interesting(self, states: Complex) -> Complex:
        """Those that are not seen to be quantum at once, and not 0, without repetition."""
        states = np.unique(states[np.any(states, axis=1)], axis=0)
        return states[~self.family.is_trivial(normalised(states))]

    @cached_property
    def _unit(self) -> int:
        """A common denominator of all coordinates of unnormalised integer states."""
        effects = [
            lcm(*(effect.denominator for effects in own for effect in effects))
            for own in self.family.of.measurements
        ]
        # Half for the two parts of an entry, which are no Hermitian operators.
        return int(np.prod(effects)) * lcm(*(each.choi.denominator for each in self.family.of.maps)) * 2

    def simplicity(self, states: Complex) -> Integers:
        """Common denominator, and number of distinct numbers, of the assemblage of each integer state.

        Distinct are real and imaginary parts of the independent elements, up to sign, and but 0.
        """
        norms = np.rint(np.sum(np.abs(states) ** 2, axis=1)).astype(np.int64)
        wholes = np.rint(self.family.coordinates_of(states) * self._unit).astype(np.int64)
        rows = []
        for norm, row in zip(norms.tolist(), wholes, strict=True):
            whole = norm * self._unit
            rows.append((whole // gcd(whole, *row.tolist()), len(set(np.abs(row).tolist()) - {0})))
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    def hit(self, state: Complex, threshold: float) -> Hit:
        """Certified: valid, postquantum, and with quantum correlations where that is a claim."""
        example = self.family.of.assemblage(state)
        files, problem = certificates(
            lambda: postquantum(example, self.kind.outer_set) | self._correlations(state, example)
        )
        denominator, distinct = self.simplicity(state[None])[0].tolist()
        size = len(files.get(POSTQUANTUM, b""))
        measures = {
            "denominator": str(denominator),
            "distinct numbers": str(distinct),
            "certificate": f"{size} bytes" if size else "none",
            "white noise (floating)": f"{threshold / (1 + threshold):.4f}",
        }
        return Hit(
            example.json_text(),
            self.rank(denominator, distinct, size, threshold),
            f"{self.kind.name}: ψ = {ket_text(state, self.family.dimensions)}",
            measures,
            files,
            problem,
        )

    @abstractmethod
    def rank(self, denominator: int, distinct: int, size: int, threshold: float) -> tuple[float, ...]:
        """What makes an example a good one, the most important first; smaller is better."""

    def _correlations(self, state: Complex, example: Example) -> dict[str, Proof]:
        """That whatever the trusted party measures is quantum, where its maps are decomposable."""
        realisation = self.family.of.realisation(state)
        if realisation is None:
            return {}
        claim = DecomposableRealisation(example.scenario, example.table, realisation, example.field)
        return {CORRELATIONS: prove(claim)}


def normalised(states: Complex) -> Complex:
    return np.asarray(states / np.linalg.norm(states, axis=1)[:, None])


def positive(parameters: Mapping[str, str], name: str) -> float:
    number = exact_number(parameters[name], f"parameter {name}")
    if number <= 0:
        raise InputError(f"parameter {name}: {parameters[name]}, and a positive number is needed")
    return float(number)


def count(parameters: Mapping[str, str], name: str) -> int:
    try:
        number = int(parameters[name])
    except ValueError:
        number = 0
    if number < 1:
        raise InputError(f"parameter {name}: {parameters[name]!r}, and a number of at least 1 is needed")
    return number
