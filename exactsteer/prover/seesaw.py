"""See-saw: good quantum strategies for a linear functional, in floating point.

The value of a strategy is linear in the state, in the measurement of each input of each party, and in
the channel of each trusted input, so one after the other is made optimal while the rest is kept. The
state becomes an eigenvector. Measurements and channels are isometries V (M_a = V_a†V_a; Kraus
operators on top of each other), and a linear functional that is made positive by adding a multiple of
the identity is convex in V: it grows if V is replaced by the isometry nearest to its gradient, the
polar factor. A measurement with two outcomes is optimal at once.
Source: Werner, Wolf, Quantum Inf. Comput. 1 (2001) 1; Navascués and Vértesi, PRL 106, 060403 (2011).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from ..scenario import Label, Scenario

Complex = npt.NDArray[np.complex128]
MOST_ROUNDS = 400
POLAR_STEPS = 5
SHIFTS = (0.95, 0.8, 0.5, 0.0)  # between the least and the largest eigenvalue of the gradient
STAGNATION = 1e-12
PATIENCE = 5


@dataclass
class Strategy:
    """A pure state, the effects `measurements[p][x][a]`, and Choi matrices `channels[y]` (or none).

    The state's axes are those of the parties, then the trusted system before its channel.
    """

    state: Complex
    measurements: list[list[list[Complex]]]
    channels: list[Complex]
    value: float = -np.inf


class Seesaw:
    """Maximises Σ tr(F[label] σ[label]) over strategies with systems of given dimensions.

    `dimensions` are those of the parties, and last that of the trusted system before its channel
    (its own, where it has no input).
    """

    def __init__(
        self,
        scenario: Scenario,
        functional: Mapping[Label, Complex],
        dimensions: Sequence[int],
    ) -> None:
        self.scenario = scenario
        self.dimensions = list(dimensions)
        # Choices of a party: summed over, then every (a, x); F as one array over all choices and y.
        self.choices: list[dict[tuple[int, int] | None, int]] = []
        for inputs in scenario.outcomes:
            pairs = [(a, x) for x, outcomes in enumerate(inputs) for a in range(outcomes)]
            self.choices.append({None: 0} | {pair: k for k, pair in enumerate(pairs, 1)})
        d = scenario.dimension
        shape = [len(choice) for choice in self.choices]
        self.functional = np.zeros((*shape, scenario.trusted_inputs or 1, d, d), complex)
        for label, matrix in functional.items():
            index = [choice[part] for choice, part in zip(self.choices, label.parties, strict=True)]
            self.functional[tuple(index)][label.trusted or 0] += matrix

        # Axes of the contractions: choices c, bras k and kets l of the parties, trusted i and j, and y.
        n = len(self.choices)
        self._c, self._k, self._l = (list(range(n * s, n * s + n)) for s in range(3))
        self._i, self._j, self._y = 3 * n, 3 * n + 1, 3 * n + 2

    def random_strategy(self, rng: np.random.Generator) -> Strategy:
        d = self.scenario.dimension
        *own, trusted = self.dimensions
        measurements = [
            [_random_measurement(rng, size, outcomes) for outcomes in inputs]
            for size, inputs in zip(own, self.scenario.outcomes, strict=True)
        ]
        channels = []
        for _ in self.scenario.inputs_of_trusted() if self.scenario.trusted_inputs else ():
            isometry = _isometry(_gaussian(rng, d * d * trusted, trusted))
            channels.append(_choi(isometry, d))
        state = _gaussian(rng, prod(self.dimensions), 1).reshape(self.dimensions)
        return Strategy(state / np.linalg.norm(state), measurements, channels)

    def improve(
        self, strategy: Strategy, stagnation: float = STAGNATION, rounds: int = MOST_ROUNDS
    ) -> Strategy:
        """Rounds of the see-saw until several of them gain less than `stagnation`, relatively."""
        idle = 0
        for _ in range(rounds):
            before = strategy.value
            self._improve_state(strategy)
            for p in range(len(self.choices)):
                self._improve_measurements(strategy, p)
            if strategy.channels:
                self._improve_channels(strategy)
            self._improve_state(strategy)
            gain = strategy.value - before
            idle = idle + 1 if gain <= stagnation * max(1.0, abs(strategy.value)) else 0
            if idle == PATIENCE:
                break
        return strategy

    def _improve_state(self, strategy: Strategy) -> None:
        """The eigenvector of the largest eigenvalue of the operator whose expectation value is F."""
        n, size = len(self.choices), prod(self.dimensions)
        bras, kets = [*self._k, self._i], [*self._l, self._j]
        operator = self._contract(
            [(self._heisenberg(strategy), [*self._c, self._i, self._j])]
            + [(self._effects(strategy, p), [self._c[p], self._k[p], self._l[p]]) for p in range(n)],
            [*bras, *kets],
        ).reshape(size, size)
        values, vectors = np.linalg.eigh((operator + operator.conj().T) / 2)
        strategy.value = float(values[-1])
        strategy.state = vectors[:, -1].reshape(self.dimensions)

    def _improve_measurements(self, strategy: Strategy, p: int) -> None:
        n = len(self.choices)
        others = [
            (self._effects(strategy, q), [self._c[q], self._k[q], self._l[q]])
            for q in range(n)
            if q != p
        ]
        gradient = self._contract(
            [
                (self._heisenberg(strategy), [*self._c, self._i, self._j]),
                *others,
                (strategy.state.conj(), [*self._k, self._i]),
                (strategy.state, [*self._l, self._j]),
            ],
            # tr(M G) = Σ M_kl G_lk
            [self._c[p], self._l[p], self._k[p]],
        )
        for x, effects in enumerate(strategy.measurements[p]):
            weights = [gradient[self.choices[p][a, x]] for a in range(len(effects))]
            strategy.measurements[p][x] = _better_measurement(effects, weights)

    def _improve_channels(self, strategy: Strategy) -> None:
        n, d, size = len(self.choices), self.scenario.dimension, self.dimensions[-1]
        y, r, s = self._y, self._y + 1, self._y + 2
        # tr(F Λ[ω]) = Σ ω_ij J_(i r)(j s) F_sr = tr(J H) with H_(j s)(i r) = ω_ij F_sr
        gradient = self._contract(
            [
                (self.functional, [*self._c, y, s, r]),
                *((self._effects(strategy, p), [self._c[p], self._k[p], self._l[p]]) for p in range(n)),
                (strategy.state, [*self._l, self._i]),
                (strategy.state.conj(), [*self._k, self._j]),
            ],
            [y, self._j, s, self._i, r],
        ).reshape(-1, size * d, size * d)
        for setting, choi in enumerate(strategy.channels):
            strategy.channels[setting] = _better_channel(choi, gradient[setting], d)

    def _effects(self, strategy: Strategy, p: int) -> Complex:
        """The effects of party p in the order of its choices."""
        flat = [effect for effects in strategy.measurements[p] for effect in effects]
        return np.array([np.eye(self.dimensions[p], dtype=complex), *flat])

    def _heisenberg(self, strategy: Strategy) -> Complex:
        """Σ_y Λ_y†[F], an operator on the trusted input for each choice."""
        if not strategy.channels:
            return np.asarray(self.functional[..., 0, :, :])
        d, size = self.scenario.dimension, self.dimensions[-1]
        maps = np.array(strategy.channels).reshape(-1, size, d, size, d)
        return np.asarray(np.einsum("yirjs,...ysr->...ji", maps, self.functional))

    def _contract(self, factors: list[tuple[Complex, list[int]]], result: list[int]) -> Complex:
        operands: list[Any] = [item for factor in factors for item in factor]
        return np.asarray(np.einsum(*operands, result, optimize="greedy"))


def _random_measurement(rng: np.random.Generator, size: int, outcomes: int) -> list[Complex]:
    """A random projective measurement if the outcomes fit, else a POVM."""
    isometry = _isometry(_gaussian(rng, max(size, outcomes), size))
    return [isometry[a::outcomes].conj().T @ isometry[a::outcomes] for a in range(outcomes)]


def _better_measurement(effects: list[Complex], weights: list[Complex]) -> list[Complex]:
    """Effects with Σ tr(M_a G_a) not less than before; optimal for two outcomes."""
    size = len(effects[0])
    weights = [(g + g.conj().T) / 2 for g in weights]
    if len(effects) == 2:
        values, vectors = np.linalg.eigh(weights[0] - weights[1])
        chosen = vectors[:, values > 0]
        first = chosen @ chosen.conj().T
        return [first, np.eye(size) - first]
    isometry = _climbed(
        np.concatenate([_root(effect) for effect in effects]),
        lambda v: np.concatenate(
            [part @ g for part, g in zip(np.split(v, len(effects)), weights, strict=True)]
        ),
        [np.linalg.eigvalsh(g) for g in weights],
    )
    return [v.conj().T @ v for v in np.split(isometry, len(effects))]


def _better_channel(choi: Complex, weights: Complex, output: int) -> Complex:
    """A Choi matrix with tr(J H) not less than before."""
    size = len(choi) // output
    weights = (weights + weights.conj().T) / 2

    def stacked(vectors: Complex) -> Complex:
        return np.asarray(vectors.reshape(-1, size, output).transpose(0, 2, 1).reshape(-1, size))

    isometry = _climbed(
        stacked(_root(choi).conj()),
        lambda v: stacked(_kraus(v, output) @ weights.T),
        [np.linalg.eigvalsh(weights)],
    )
    return _choi(isometry, output)


def _climbed(
    isometry: Complex, gradient: Callable[[Complex], Complex], spectra: Sequence[npt.NDArray[Any]]
) -> Complex:
    """An isometry with a larger Re tr(V† gradient(V)), the gradient linear with these eigenvalues.

    The polar factor of gradient(V) - shift·V gains for sure if the shift is the least eigenvalue, and
    gains more, if it gains, with a larger one.
    """
    least, largest = min(s[0] for s in spectra), max(s[-1] for s in spectra)
    ascent = gradient(isometry)
    value = np.vdot(isometry, ascent).real
    for _ in range(POLAR_STEPS):
        for share in SHIFTS:
            shift = least + share * (largest - least)
            moved = _isometry(ascent - shift * isometry)
            further = gradient(moved)
            found = np.vdot(moved, further).real
            if found >= value:
                isometry, ascent, value = moved, further, found
                break
    return isometry


def _choi(isometry: Complex, output: int) -> Complex:
    """Of the channel with Kraus operators stacked in the isometry."""
    vectors = _kraus(isometry, output)
    return np.asarray(vectors.T @ vectors.conj())


def _kraus(isometry: Complex, output: int) -> Complex:
    """The operators stacked in the isometry, as rows K = Σ K_(r i) |i r⟩: J = Σ |K⟩⟨K|."""
    size = isometry.shape[1]
    return np.asarray(isometry.reshape(-1, output, size).transpose(0, 2, 1).reshape(-1, size * output))


def _root(matrix: Complex) -> Complex:
    """R with R†R = matrix."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray(np.sqrt(np.maximum(values, 0))[:, None] * vectors.conj().T)


def _isometry(matrix: Complex) -> Complex:
    """The isometry nearest to a tall matrix: its polar factor."""
    left, _, right = np.linalg.svd(matrix, full_matrices=False)
    return np.asarray(left @ right)


def _gaussian(rng: np.random.Generator, rows: int, columns: int) -> Complex:
    return rng.normal(size=(rows, columns)) + 1j * rng.normal(size=(rows, columns))
