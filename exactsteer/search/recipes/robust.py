"""The most robust examples: a see-saw of states and functionals, and then small integers near it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from ...prover.numeric import Array
from ..families import Complex
from ..hits import UnitResult
from .base import Parameter
from .mapped import MappedRecipe, Screen, count, normalised, positive

GAIN = 1e-5  # of t, with which a see-saw goes on
MOST_ROUNDS = 60
MULTIPLES = (1.0, 1.5, 2.0, 3.0)  # of the largest amplitude, which integers are taken near
TRIED = 4  # moves that promise most, of which each is solved
MOST_MOVES = 40
SMALL_STATES = 0.5  # share of the candidates that are sparse integers; the others are Gaussian


class Robust(MappedRecipe):
    """Positive-map examples that bear much noise, and have few and small integers as amplitudes.

    Of a state's candidates those with the largest t are improved: the functional that an assemblage
    violates most and the state that violates this functional most, an eigenvector, in turn. Then the
    amplitudes become integers, and one or two of them are changed as long as t, less a price for each
    amplitude and its size, grows. The functional bounds t after a change from below, so that most
    changes are judged without a solution.
    """

    SUMMARY = "postquantum assemblages of positive maps that bear much noise (rows B8, C4, C5)"
    PARAMETERS: ClassVar[Mapping[str, Parameter]] = {
        **MappedRecipe.PARAMETERS,
        "candidates": Parameter("40", "states of a work unit"),
        "improved": Parameter("2", "of them, by the see-saw"),
        "price": Parameter(
            "0.003", "of t, for an amplitude that is not 0, and for each unit of its size"
        ),
        "size": Parameter("3", "largest real or imaginary part of an amplitude"),
    }

    def __init__(self, parameters: Mapping[str, str]) -> None:
        super().__init__(parameters)
        self.candidates, self.improved, self.size = (
            count(self.parameters, name) for name in ("candidates", "improved", "size")
        )
        self.price = positive(self.parameters, "price")

    def unit(self, seed: int, number: int) -> UnitResult:
        rng, screen = np.random.default_rng([seed, number]), self.screen()
        states = self._random_states(rng)
        thresholds = [screen.violated(sigma)[0] for sigma in self.family.coordinates_of(states)]
        found: tuple[float, Complex] | None = None
        tried = 0
        for k in np.argsort(thresholds)[::-1][: self.improved]:
            state = self._seesaw(states[k], screen)
            for integers in self._integers_near(state):
                tried += 1
                score, climbed = self._climbed(integers, screen)
                if found is None or score > found[0]:
                    found = score, climbed
        if found is None:
            return UnitResult(self.candidates, screen.solved)
        state = found[1]
        t, _ = screen.violated(self._sigma(state))
        hits = (self.hit(state, t),) if t > self.least else ()
        return UnitResult(self.candidates + tried, screen.solved, hits)

    def _random_states(self, rng: np.random.Generator) -> Complex:
        sparse = self.sparse_states(rng, int(SMALL_STATES * self.candidates), 8, 1)
        shape = (self.candidates - len(sparse), sparse.shape[1])
        dense = rng.normal(size=shape) + (0 if self.family.is_real else 1j * rng.normal(size=shape))
        return normalised(self.interesting(np.concatenate([sparse, dense])))

    def _sigma(self, state: Complex) -> Array:
        return np.asarray(self.family.coordinates_of(normalised(state[None]))[0])

    def _seesaw(self, state: Complex, screen: Screen) -> Complex:
        before = -np.inf
        for _ in range(MOST_ROUNDS):
            t, functional = screen.violated(self._sigma(state))
            if t - before < GAIN:
                break
            before, state = t, self.family.best_state(functional)
        return state

    def _integers_near(self, state: Complex) -> Iterator[Complex]:
        """Multiples of the state, rounded; the largest amplitude is made real."""
        largest = state[np.argmax(np.abs(state))]
        state = state / largest
        seen = set()
        for multiple in MULTIPLES:
            rounded = np.rint(state.real * multiple) + 1j * np.rint(state.imag * multiple)
            if multiple <= self.size and rounded.tobytes() not in seen:
                seen.add(rounded.tobytes())
                yield rounded

    def _cost(self, states: Complex) -> Array:
        size = np.maximum(np.abs(states.real), np.abs(states.imag))
        both = (states.real != 0) & (states.imag != 0)
        return np.asarray(self.price * np.sum(size + both, axis=-1))

    def _climbed(self, state: Complex, screen: Screen) -> tuple[float, Complex]:
        """A state from which no change that was tried leads to a better score, and that score."""
        t, functional = screen.violated(self._sigma(state))
        score = t - float(self._cost(state))
        for _ in range(MOST_MOVES):
            for moved in self._moves(state, functional):
                t_moved, functional_moved = screen.violated(self._sigma(moved))
                better = t_moved - float(self._cost(moved))
                if better > score + GAIN:
                    state, t, functional, score = moved, t_moved, functional_moved, better
                    break
            else:
                break
        return score, state

    def _moves(self, state: Complex, functional: Array) -> list[Complex]:
        """The changes of one or two amplitudes that promise most by the functional."""
        operator = np.tensordot(functional, self.family.operators, 1)
        places, changes = self._changes(state)
        image, value, norm = (
            operator @ state,
            np.vdot(state, operator @ state).real,
            np.vdot(state, state).real,
        )
        # ⟨ψ + δ|G|ψ + δ⟩ and |ψ + δ|² for δ at one place, and for two of them
        linear = (
            2 * (changes.conj() * image[places]).real
            + np.abs(changes) ** 2 * operator[places, places].real
        )
        growth = 2 * (changes.conj() * state[places]).real + np.abs(changes) ** 2
        mixed = 2 * (np.outer(changes.conj(), changes) * operator[np.ix_(places, places)]).real
        single = [self._cost(moved) - self._cost(state) for moved in self._moved(state, places, changes)]
        cost = np.array(single)
        above = value + linear[:, None] + linear[None] + mixed
        below = norm + growth[:, None] + growth[None]
        price = float(self._cost(state)) + cost[:, None] + cost[None]
        same = places[:, None] == places[None]
        with np.errstate(all="ignore"):
            scores = np.where(same | (below < 0.5), -np.inf, above / below - price)
            alone = np.where(
                norm + growth < 0.5,
                -np.inf,
                (value + linear) / (norm + growth) - self._cost(state) - cost,
            )
        np.fill_diagonal(scores, alone)
        scores[np.tril_indices(len(scores), -1)] = -np.inf
        found = []
        for flat in np.argsort(scores, axis=None)[::-1][:TRIED]:
            first, second = np.unravel_index(flat, scores.shape)
            moved = state.copy()
            for k in {int(first), int(second)}:
                moved[places[k]] += changes[k]
            found.append(moved)
        return found

    def _changes(self, state: Complex) -> tuple[np.ndarray, Complex]:
        """Places, and what is added there, so that each amplitude is an integer of the allowed size."""
        parts = np.arange(-self.size, self.size + 1)
        values = parts if self.family.is_real else np.concatenate([parts, 1j * parts[parts != 0]])
        pairs = [(k, v - state[k]) for k in range(len(state)) for v in values if v != state[k]]
        return np.array([k for k, _ in pairs]), np.array([d for _, d in pairs])

    def _moved(self, state: Complex, places: np.ndarray, changes: Complex) -> Complex:
        moved = np.repeat(state[None], len(places), axis=0)
        moved[np.arange(len(places)), places] += changes
        return moved

    def rank(self, denominator: int, distinct: int, size: int, threshold: float) -> tuple[float, ...]:
        return (-round(threshold, 6), denominator, distinct, size)
