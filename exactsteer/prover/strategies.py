"""From floating-point strategies to exact ones, and the value they reach."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from ..exact.matrices import scaled, tensor
from ..kernel.field import Number
from ..kernel.matrix import Matrix, hermitian, identity, rational_matrix
from ..scenario import Elements, Scenario
from ..statements.realisation import Realisation, SectorState
from ..steering.layouts import float_matrix
from .points import Journal
from .seesaw import Complex, Seesaw, Strategy

STATE_BITS = 40
SHARE = 40  # effects and channels are mixed with 2^-SHARE of noise, so that rounding keeps them positive


def best_strategy(
    scenario: Scenario,
    functional: Elements,
    dimensions: Sequence[int],
    journal: Journal,
    tries: int,
) -> Strategy:
    """The strategy of the largest value that `tries` see-saws from random starts find."""
    floating = {label: float_matrix(matrix) for label, matrix in functional.items()}
    seesaw = Seesaw(scenario, floating, dimensions)
    strategies = []
    with threadpool_limits(limits=1):
        for attempt in range(tries):
            rng = np.random.default_rng([0, attempt])
            found = seesaw.improve(seesaw.random_strategy(rng))
            strategies.append(found)
            journal.add(f"see-saw {attempt + 1} of {tries}: {found.value:.12g} (floating)")
    return max(strategies, key=lambda strategy: strategy.value)


def exact_realisation(strategy: Strategy, share: int = SHARE) -> Realisation:
    """A strategy of exact numbers near this one: a pure state of trace 1, POVMs, channels."""
    measurements = tuple(
        (tuple(exact_measurement(effects, share) for effects in inputs),)
        for inputs in strategy.measurements
    )
    state = exact_pure_state(strategy.state.reshape(-1))
    channels = tuple(exact_channel(choi, strategy.state.shape[-1], share) for choi in strategy.channels)
    return Realisation(measurements, (SectorState((0,) * len(measurements), state),), channels)


def exact_pure_state(vector: Complex, bits: int = STATE_BITS) -> Matrix:
    """|v⟩⟨v|/⟨v|v⟩ for a rounded vector v."""
    real, imaginary = (_rounded(part, bits) for part in (vector.real, vector.imag))
    rows = np.outer(real, real) + np.outer(imaginary, imaginary)
    others = np.outer(imaginary, real) - np.outer(real, imaginary)
    return rational_matrix(int(np.trace(rows)), rows.tolist(), others.tolist()).reduced()


def exact_measurement(effects: Sequence[Complex], share: int = SHARE) -> tuple[Matrix, ...]:
    """Positive definite effects that add up to 1 exactly, each mixed with a little of 1/outcomes."""
    size, noise = len(effects[0]), 2.0**-share
    mixed = [(1 - noise) * effect + noise / len(effects) * np.eye(size) for effect in effects]
    rounded = [dyadic_hermitian(effect, share + 16) for effect in mixed[1:]]
    first = identity(size)
    for effect in rounded:
        first = first - effect
    return (first.reduced(), *rounded)


def exact_channel(choi: Complex, size: int, share: int = SHARE) -> Matrix:
    """A positive definite Choi matrix with tr_output J = 1 exactly, mixed with a little noise."""
    output, noise = len(choi) // size, 2.0**-share
    mixed = (1 - noise) * choi + noise / output * np.eye(len(choi))
    rounded = dyadic_hermitian(mixed, share + 16)

    def missing(i: int, j: int) -> tuple[Number, Number]:
        parts = [rounded.entry(i * output + r, j * output + r) for r in range(output)]
        return int(i == j) - sum(re for re, _ in parts), -sum(im for _, im in parts)

    correction = tensor(hermitian(size, missing), identity(output))
    return (rounded + scaled(correction, Fraction(1, output))).reduced()


def dyadic_hermitian(matrix: Complex, bits: int) -> Matrix:
    """The nearest matrix of multiples of 2^-bits, Hermitian exactly."""
    real, imaginary = (_rounded(part, bits).tolist() for part in (matrix.real, matrix.imag))
    unit = Fraction(1, 1 << bits)
    return hermitian(len(matrix), lambda r, c: (real[r][c] * unit, imaginary[r][c] * unit))


def _rounded(numbers: npt.NDArray[np.float64], bits: int) -> npt.NDArray[Any]:
    """2^bits·numbers as Python integers."""
    integers = np.vectorize(int, otypes=[object])(np.rint(np.ldexp(numbers, bits)))
    return np.asarray(integers)
