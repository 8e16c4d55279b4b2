"""The simplest examples: smallest common denominator, fewest distinct numbers, shortest certificate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from ..families import Complex
from ..hits import UnitResult
from .base import Parameter
from .mapped import Integers, MappedRecipe, Screen, count, normalised

ALIKE = 2  # states that are screened of those whose assemblages have the same numbers at other places
CERTIFIED = 3  # equally simple examples of a unit, of which the shortest certificate is wanted


class Simplest(MappedRecipe):
    """Random states with few small integers as amplitudes; of each unit the simplest postquantum one.

    How simple an assemblage would be is known from the state, so that of many states only those are
    screened that are at least as simple as the best one found before them.
    """

    SUMMARY = "the simplest postquantum assemblages that positive maps make (row F3)"
    PARAMETERS: ClassVar[Mapping[str, Parameter]] = {
        **MappedRecipe.PARAMETERS,
        "candidates": Parameter("2000", "states of a work unit"),
        "most": Parameter("6", "amplitudes that are not 0, at most"),
        "size": Parameter("1", "largest real or imaginary part of an amplitude"),
    }

    def __init__(self, parameters: Mapping[str, str]) -> None:
        super().__init__(parameters)
        self.candidates, self.most, self.size = (
            count(self.parameters, name) for name in ("candidates", "most", "size")
        )

    def unit(self, seed: int, number: int) -> UnitResult:
        rng, screen = np.random.default_rng([seed, number]), self.screen()
        states = np.unique(self.sparse_states(rng, self.candidates, self.most, self.size), axis=0)
        hits = [self.hit(*each) for each in self._simplest(states, self.simplicity(states), screen)]
        best = sorted(hits, key=lambda hit: (not hit.is_certified, hit.rank))[:1]
        return UnitResult(self.candidates, screen.solved, tuple(best))

    def _simplest(
        self, states: Complex, simplicity: Integers, screen: Screen
    ) -> list[tuple[Complex, float]]:
        """Of the simplest that are postquantum some, with t."""
        found: list[tuple[Complex, float]] = []
        best: tuple[int, ...] = ()
        alike: Counter[bytes] = Counter()
        for k in np.lexsort(simplicity.T[::-1]):
            if best and tuple(simplicity[k]) != best:
                break
            state = states[k]
            if self.family.is_trivial(normalised(state[None]))[0]:
                continue
            sigma = self.family.coordinates_of(normalised(state[None]))[0]
            numbers = np.sort(np.abs(np.rint(sigma * simplicity[k][0]))).tobytes()
            alike[numbers] += 1
            if alike[numbers] > ALIKE and not best:
                continue
            if screen.is_outside(sigma):
                best = tuple(simplicity[k])
                found.append((state, screen.violated(sigma)[0]))
                if len(found) == CERTIFIED:
                    break
        return found

    def rank(self, denominator: int, distinct: int, size: int, threshold: float) -> tuple[float, ...]:
        return (denominator, distinct, size)
