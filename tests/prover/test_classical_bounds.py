"""Certified distances from LHS against plain cvxpy models of them, and against known closed values."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import numpy as np
import pytest
from benchmarks.plain_steering import (
    ICOSAHEDRON,
    PAULI_DIRECTIONS,
    PAULI_MATRICES,
    Array,
    generalised_robustness,
    isotropic_mub,
    lhs_bound,
    lhs_robustness,
    random_assemblage,
    steering_weight,
    werner,
    white_noise_visibility,
)
from benchmarks.rounded import exact

from exactsteer import Assemblage, Functional, bound, check, robustness
from exactsteer.api import visibility
from exactsteer.kernel.matrix import rational_matrix
from exactsteer.literature.communication_cost import unbiased_assemblage, unbiased_functional
from exactsteer.prover.prove import Enclosure
from exactsteer.scenario import Elements, Label, Scenario
from exactsteer.steering.layouts import float_matrix

ERROR = 1e-6  # cvxpy's own; the enclosures are a thousand times narrower
INACCURATE = 1e-4  # where cvxpy itself says so


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


CASES = {
    "werner-2": exact(werner(1.0, PAULI_DIRECTIONS[:2])),
    "werner-2-noisy": exact(werner(0.8, PAULI_DIRECTIONS[:2])),
    "werner-3": exact(werner(0.95, PAULI_DIRECTIONS)),
    "werner-3-inside": exact(werner(0.5, PAULI_DIRECTIONS)),
    "werner-6": exact(werner(1.0, ICOSAHEDRON)),
    "werner-6-noisy": exact(werner(0.7, ICOSAHEDRON)),
    "qutrit-2": exact(isotropic_mub(3, 1.0)[:, :2]),
    "qutrit-3": exact(isotropic_mub(3, 0.8)[:, :3]),
    "random-2-2-2": exact(random_assemblage(rng(0), 2, 2, 2)),
    "random-2-4-2": exact(random_assemblage(rng(1), 2, 4, 2)),
    "random-3-2-2": exact(random_assemblage(rng(2), 3, 2, 2)),
    "random-3-3-3": exact(random_assemblage(rng(3), 3, 3, 3)),
    "random-2-3-4": exact(random_assemblage(rng(4), 2, 3, 4)),
}


def floats(sigma: Assemblage) -> Array:
    return sigma.to_array("outcomes-first")


def proved(found: Enclosure) -> Enclosure:
    for proof in (found.lower_proof, found.upper_proof):
        assert check(proof.bytes()).status == "accepted"
    assert 0 <= found.width < 1e-7
    return found


def holds(found: Enclosure, plain: Callable[[Array], float], sigma: Array) -> bool:
    """Whether the enclosure, widened by cvxpy's error, holds what the plain model gives."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = plain(sigma)
    doubts = any("may be inaccurate" in str(warning.message) for warning in caught)
    # Visibilities above 1 are large where σ is near the noise, and their errors with them.
    error = (INACCURATE if doubts else ERROR) * max(1, value)
    return float(found.lower) - error <= value <= float(found.upper) + error


@pytest.mark.parametrize("name", CASES)
def test_lhs_robustness(name: str) -> None:
    found = proved(robustness(CASES[name]))
    assert holds(found, lhs_robustness, floats(CASES[name]))
    if name.endswith("inside"):
        assert found.lower <= 0
    elif name.startswith("werner"):
        assert found.lower > Fraction(1, 100)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("measure", ["generalised", "weight"])
def test_generalised_robustness_and_weight(name: str, measure: Literal["generalised", "weight"]) -> None:
    plain = {"generalised": generalised_robustness, "weight": steering_weight}[measure]
    found = proved(robustness(CASES[name], measure))
    assert holds(found, plain, floats(CASES[name]))
    assert found.upper >= 0
    if measure == "weight":
        assert found.lower <= 1


@pytest.mark.parametrize("name", CASES)
def test_visibility(name: str) -> None:
    found = proved(visibility(CASES[name], outer_set="LHS"))
    assert holds(found, white_noise_visibility, floats(CASES[name]))


def test_measures_are_ordered() -> None:
    """π LHS is a π, so t ≤ ν; and outside LHS all three are positive at once."""
    for sigma in (CASES["werner-3"], CASES["random-3-2-2"], CASES["werner-3-inside"]):
        nu, t, p = (robustness(sigma, m) for m in ("lhs", "generalised", "weight"))
        assert t.lower <= nu.upper
        signs = {found.lower > 0 for found in (nu, t, p)}
        assert len(signs) == 1


def exact_werner(settings: int) -> Assemblage:
    """(1 ∓ Pauli)/4 without rounding."""
    table: Elements = {}
    for x in range(settings):
        pauli = PAULI_MATRICES[x]
        for a, sign in enumerate((1, -1)):
            matrix = np.eye(2) - sign * pauli
            parts = (matrix.real.astype(int).tolist(), matrix.imag.astype(int).tolist())
            table[Label(((a, x),))] = rational_matrix(4, *parts).reduced()
    return Assemblage.from_elements(Scenario(((2,) * settings,), 2), table)


@pytest.mark.parametrize("settings", [2, 3])
def test_werner_states_in_closed_form(settings: int) -> None:
    """Visibility 1/√N, and LHS robustness (√N - 1)/2, of N Pauli settings: compared by squares."""
    sigma = exact_werner(settings)
    threshold = visibility(sigma, outer_set="LHS", tolerance="1e-10")
    assert threshold.lower > 0
    assert threshold.lower**2 <= Fraction(1, settings) <= threshold.upper**2
    assert threshold.width < Fraction(1, 10**8)
    nu = robustness(sigma, tolerance="1e-10")
    assert (1 + 2 * nu.lower) ** 2 <= settings <= (1 + 2 * nu.upper) ** 2
    assert nu.lower > 0
    assert nu.width < Fraction(1, 10**8)


@pytest.mark.parametrize("settings", [2, 3])
def test_the_weight_of_pure_steering_is_1(settings: int) -> None:
    found = robustness(exact_werner(settings), "weight", tolerance="1e-8")
    assert found.lower <= 1 <= found.upper


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shape", [(2, 3, 2), (3, 4, 3), (4, 2, 2), (2, 8, 2)])
def test_bounds_over_lhs(shape: tuple[int, int, int], seed: int) -> None:
    outcomes, inputs, d = shape
    parts = rng(seed).integers(-5, 6, (2, outcomes, inputs, d, d))
    array = (parts[0] + 1j * parts[1]).astype(complex)
    array += array.conj().swapaxes(-1, -2)
    functional = Functional.from_array(array, "outcomes-first")
    highest, lowest = bound(functional, "LHS", "max"), bound(functional, "LHS", "min")
    for found, plain in ((highest, lhs_bound(array)), (lowest, -lhs_bound(-array))):
        assert float(found.lower) - 1e-9 <= plain <= float(found.upper) + 1e-9
        assert found.width <= Fraction(1, 10**9)
        for proof in (found.lower_proof, found.upper_proof):
            assert check(proof.bytes()).status == "accepted"
    assert lowest.upper < highest.lower


def test_bounds_of_unbiased_bases() -> None:
    """Floats of the exact functional, d = 3, in a field of degree 2."""
    functional = unbiased_functional(3)
    found = bound(functional, "LHS", "max")
    array = np.zeros((3, 4, 3, 3), dtype=complex)
    for label, matrix in functional.coefficients.items():
        ((a, x),) = (part for part in label.parties if part is not None)
        array[a, x] = float_matrix(matrix)
    assert float(found.lower) - 1e-9 <= lhs_bound(array) <= float(found.upper) + 1e-9
    assert (found.upper - 1) ** 2 < 3


def test_isotropic_qutrits_in_their_field() -> None:
    """Unbiased bases without rounding: the enclosure of their visibility holds cvxpy's value."""
    sigma = unbiased_assemblage(3, Fraction(1))
    found = visibility(sigma, outer_set="LHS", tolerance="1e-6")
    assert holds(found, white_noise_visibility, isotropic_mub(3, 1.0))
