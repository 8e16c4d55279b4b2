"""Random quantum realisations in exact arithmetic: states, measurements, assemblages, moments."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from exactsteer.kernel.matrix import Matrix, hermitian
from exactsteer.scenario import Elements, Scenario

ROOT = Path(__file__).resolve().parent.parent
Exact = npt.NDArray[Any]  # object arrays of Gaussian rationals, as 2×2 real blocks


@dataclass(frozen=True)
class Gaussian:
    """A matrix over Q(i) as exact real and imaginary object arrays."""

    re: Exact
    im: Exact

    def __matmul__(self, other: Gaussian) -> Gaussian:
        re = self.re @ other.re - self.im @ other.im
        return Gaussian(re, self.re @ other.im + self.im @ other.re)

    def __sub__(self, other: Gaussian) -> Gaussian:
        return Gaussian(self.re - other.re, self.im - other.im)

    def adjoint(self) -> Gaussian:
        return Gaussian(self.re.T, -self.im.T)

    def scaled(self, factor: Fraction) -> Gaussian:
        return Gaussian(self.re * factor, self.im * factor)

    def tensor(self, other: Gaussian) -> Gaussian:
        re = np.kron(self.re, other.re) - np.kron(self.im, other.im)
        return Gaussian(re, np.kron(self.re, other.im) + np.kron(self.im, other.re))

    def trace(self) -> Fraction:
        return Fraction(np.trace(self.re))

    def reduced_state(self, dimension: int) -> Gaussian:
        """The partial trace over all but the last factor."""

        def part(array: Exact) -> Exact:
            first = array.shape[0] // dimension
            return np.einsum("iris->rs", array.reshape(first, dimension, first, dimension))

        return Gaussian(part(self.re), part(self.im))

    def matrix(self) -> Matrix:
        """As a kernel matrix; the lower triangle of a Hermitian one."""
        return hermitian(len(self.re), lambda r, c: (self.re[r, c], self.im[r, c]))


def gaussian(rng: np.random.Generator, rows: int, columns: int) -> Gaussian:
    def part() -> Exact:
        return rng.integers(-3, 4, (rows, columns)).astype(object) * Fraction(1)

    return Gaussian(part(), part())


def identity(size: int) -> Gaussian:
    one = np.array([[Fraction(int(r == c)) for c in range(size)] for r in range(size)], dtype=object)
    return Gaussian(one, one * 0)


def random_state(rng: np.random.Generator, size: int, rank: int) -> Gaussian:
    while True:
        factor = gaussian(rng, size, rank)
        state = factor @ factor.adjoint()
        if state.trace():
            return state.scaled(1 / state.trace())


def random_projectors(rng: np.random.Generator, size: int, outcomes: int) -> list[Gaussian]:
    """`outcomes` orthogonal rational projectors that sum to 1, by Gram-Schmidt without roots."""
    rest, projectors = identity(size), []
    for _ in range(min(outcomes, size) - 1):
        while True:
            vector = rest @ gaussian(rng, size, 1)
            norm = (vector.adjoint() @ vector).trace()
            if norm:
                break
        projectors.append((vector @ vector.adjoint()).scaled(1 / norm))
        rest = rest - projectors[-1]
    projectors.append(rest)
    zero = identity(size).scaled(Fraction(0))
    return projectors + [zero] * (outcomes - len(projectors))


def random_povm(rng: np.random.Generator, size: int, outcomes: int) -> list[Gaussian]:
    """A mixture of two projective measurements: a POVM that is not projective."""
    one, two = (random_projectors(rng, size, outcomes) for _ in range(2))
    half = Fraction(1, 2)
    return [Gaussian((a.re + b.re) * half, (a.im + b.im) * half) for a, b in zip(one, two, strict=True)]


@dataclass(frozen=True)
class Realisation:
    """A state of all parties and, for each party and input, the effects of its outcomes."""

    scenario: Scenario
    state: Gaussian
    effects: list[list[list[Gaussian]]]

    def moment(self, operators: list[Gaussian]) -> Gaussian:
        """tr_uncharacterised[(O_1 ⊗ … ⊗ O_n ⊗ 1) ρ]."""
        d = self.scenario.dimension
        return (reduce(Gaussian.tensor, [*operators, identity(d)]) @ self.state).reduced_state(d)

    def assemblage(self) -> Elements:
        return {
            label: self.moment(
                [self.effects[p][part[1]][part[0]] for p, part in enumerate(label) if part]
            ).matrix()
            for label in self.scenario.labels()
        }

    def word(self, letters: tuple[tuple[tuple[int, int], ...], ...]) -> Gaussian:
        """M(word) from its definition, for projective effects."""
        operators = []
        for p, party in enumerate(letters):
            size = len(self.effects[p][0][0].re)
            operators.append(
                reduce(Gaussian.__matmul__, (self.effects[p][x][a] for a, x in party), identity(size))
            )
        return self.moment(operators)


def random_realisation(
    seed: int, scenario: Scenario, projective: bool = True, rank: int | None = None
) -> Realisation:
    rng = np.random.default_rng(seed)
    local = 2
    size = local ** len(scenario.outcomes) * scenario.dimension
    measure = random_projectors if projective else random_povm
    effects = [[measure(rng, local, count) for count in inputs] for inputs in scenario.outcomes]
    return Realisation(scenario, random_state(rng, size, rank or size), effects)


def scenarios(parties: int = 2, inputs: int = 2, outcomes: int = 3, dimension: int = 2) -> Any:
    """Small scenarios, for hypothesis."""
    one = st.lists(st.integers(1, outcomes), min_size=1, max_size=inputs).map(tuple)
    many = st.lists(one, min_size=1, max_size=parties).map(tuple)
    return st.builds(Scenario, many, st.integers(1, dimension))


def integer_functional(rng: np.random.Generator, scenario: Scenario, real: bool = False) -> Elements:
    """A Hermitian integer matrix for every independent element."""

    def random_hermitian() -> Matrix:
        re, im = rng.integers(-5, 6, (2, scenario.dimension, scenario.dimension)).tolist()
        return hermitian(scenario.dimension, lambda r, c: (re[r][c], 0 if real else im[r][c]))

    return {label: random_hermitian() for label in scenario.collins_gisin_labels()}


__all__ = ["ROOT", "Gaussian", "Realisation", "product", "random_realisation", "scenarios"]
