"""Steering quantifiers of one uncharacterised party as one would write them in cvxpy.

The programs of Cavalcanti and Skrzypczyk, Quantum steering: a review with focus on semidefinite
programming, Rep. Prog. Phys. 80, 024001 (2017), with one Hermitian variable for each deterministic
strategy. An assemblage is an array sigma[a, x, :, :], outcomes before settings, of total trace 1.

Gives floats, and proves nothing. Does not use exactsteer.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import cvxpy as cp
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Elements = dict[tuple[int, int], Any]  # an assemblage of cvxpy expressions, by (a, x)

PAULI_MATRICES: Array = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
PAULI_DIRECTIONS: Array = np.eye(3)  # its first two rows are the two settings X and Y
GOLDEN = (1 + 5**0.5) / 2
ICOSAHEDRON: Array = np.array(  # six axes through opposite vertices
    [np.roll([0, sign, GOLDEN], shift) for shift in range(3) for sign in (1, -1)]
) / np.hypot(1, GOLDEN)


def strategies(outcomes: int, inputs: int) -> list[tuple[int, ...]]:
    """All λ: the outcome λ[x] of each setting x, so that D(a|x,λ) = 1 if λ[x] = a and 0 otherwise."""
    return list(product(range(outcomes), repeat=inputs))


def hidden_states(sigma: Array) -> tuple[Elements, cp.Expression, list[cp.Constraint]]:
    """Σ_λ D(a|x,λ) ρ_λ for each (a, x), tr Σ_λ ρ_λ, and the constraints ρ_λ ⪰ 0."""
    outcomes, inputs, d, _ = sigma.shape
    all_strategies = strategies(outcomes, inputs)
    rho = [cp.Variable((d, d), hermitian=True) for _ in all_strategies]
    elements = {
        (a, x): sum(r for r, strategy in zip(rho, all_strategies, strict=True) if strategy[x] == a)
        for a, x in np.ndindex(outcomes, inputs)
    }
    return elements, cp.real(cp.trace(sum(rho))), [r >> 0 for r in rho]


def independent(sigma: Array) -> list[tuple[int, int]]:
    """The (a, x) without the last outcome of each setting after the first.

    Without signalling, the equation of such an element follows from the others, and Clarabel may fail on
    dependent equations.
    """
    outcomes, inputs, _, _ = sigma.shape
    return [(a, x) for a, x in np.ndindex(outcomes, inputs) if x == 0 or a < outcomes - 1]


def lhs_robustness(sigma: Array, solver: str = "CLARABEL") -> float:
    """Least ν ≥ 0 with (σ + νπ)/(1 + ν) LHS for some π that is LHS (the review's LHS robustness).

    1 + 2ν = min tr Σ_λ ρ_λ + tr Σ_λ ρ'_λ with σ_{a|x} + Σ_λ D(a|x,λ) ρ_λ = Σ_λ D(a|x,λ) ρ'_λ.
    """
    noise, noise_trace, noise_positive = hidden_states(sigma)
    mixture, mixture_trace, mixture_positive = hidden_states(sigma)
    equations = [sigma[ax] + noise[ax] == mixture[ax] for ax in independent(sigma)]
    problem = cp.Problem(
        cp.Minimize(noise_trace + mixture_trace), [*noise_positive, *mixture_positive, *equations]
    )
    return (float(problem.solve(solver=solver)) - 1) / 2


def generalised_robustness(sigma: Array, solver: str = "CLARABEL") -> float:
    """Least t ≥ 0 with (σ + tπ)/(1 + t) LHS for some assemblage π (the review's steering robustness).

    1 + t = min tr Σ_λ ρ_λ with Σ_λ D(a|x,λ) ρ_λ ⪰ σ_{a|x}.
    """
    mixture, trace, positive = hidden_states(sigma)
    noise = [mixture[ax] - sigma[ax] >> 0 for ax in mixture]
    problem = cp.Problem(cp.Minimize(trace), [*positive, *noise])
    return float(problem.solve(solver=solver)) - 1


def white_noise_visibility(sigma: Array, solver: str = "CLARABEL") -> float:
    """Largest v, also above 1, with vσ + (1 - v) 1/(od) LHS; infinite if σ is the noise itself.

    The review's white-noise robustness is 1 - v: o outcomes equally likely, Bob's state 1/d.
    """
    outcomes, _, d, _ = sigma.shape
    noise = np.eye(d) / (outcomes * d)
    mixture, _, positive = hidden_states(sigma)
    v = cp.Variable()
    equations = [v * sigma[ax] + (1 - v) * noise == mixture[ax] for ax in independent(sigma)]
    return float(cp.Problem(cp.Maximize(v), [*positive, *equations]).solve(solver=solver))


def steering_weight(sigma: Array, solver: str = "CLARABEL") -> float:
    """Least p with σ = pγ + (1 - p)τ for an assemblage γ and τ that is LHS (the review's weight).

    1 - p = max tr Σ_λ ρ_λ with Σ_λ D(a|x,λ) ρ_λ ⪯ σ_{a|x}.
    """
    local, trace, positive = hidden_states(sigma)
    rest = [sigma[ax] - local[ax] >> 0 for ax in local]
    problem = cp.Problem(cp.Maximize(trace), [*positive, *rest])
    return 1 - float(problem.solve(solver=solver))


def lhs_bound(functional: Array) -> float:
    """Largest Σ tr(F_{a|x} σ_{a|x}) of LHS assemblages, the bound of the review's steering inequality.

    It is the largest eigenvalue of Σ_x F_{λ[x]|x}, over all λ.
    """
    outcomes, inputs, _, _ = functional.shape
    settings = np.arange(inputs)
    return max(
        float(np.linalg.eigvalsh(functional[list(strategy), settings].sum(axis=0))[-1])
        for strategy in strategies(outcomes, inputs)
    )


def werner(visibility: float, directions: Array) -> Array:
    """(1 ∓ v n_x·Pauli)/4: v|ψ⁻⟩⟨ψ⁻| + (1 - v) 1/4 measured along the unit vectors n_x.

    PAULI_DIRECTIONS[:2], PAULI_DIRECTIONS and ICOSAHEDRON are 2, 3 and 6 of them.
    """
    spins = np.tensordot(directions, PAULI_MATRICES, axes=1)
    return np.array([(np.eye(2) - sign * visibility * spins) / 4 for sign in (1, -1)])


def isotropic_mub(d: int, visibility: float) -> Array:
    """v P_{a|x}^T/d + (1 - v) 1/d²: v|Φ⁺⟩⟨Φ⁺| + (1 - v) 1/d² measured in d + 1 unbiased bases, d prime.

    The standard basis, and exp(iπ(d + 1)kl²/d + 2πi al/d)/√d for k < d (Wootters and Fields, 1989).
    """
    k, a, l = np.ogrid[:d, :d, :d]
    phases = np.exp(1j * np.pi * ((d + 1) * k * l**2 + 2 * a * l) / d) / np.sqrt(d)
    bases = np.concatenate([np.eye(d)[None], phases])  # bases[x, a, :]
    transposes = np.einsum("xai,xaj->axij", bases.conj(), bases)
    return visibility * transposes / d + (1 - visibility) * np.eye(d) / d**2


def random_unitary(rng: np.random.Generator, n: int) -> Array:
    """Haar: the unitary part of a complex Gaussian matrix (Mezzadri, Notices AMS 54, 592 (2007))."""
    q, r = np.linalg.qr(rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n)))
    return q * (np.diag(r) / abs(np.diag(r)))


def random_assemblage(rng: np.random.Generator, outcomes: int, inputs: int, d: int) -> Array:
    """tr_A(M_{a|x} ⊗ 1 |ψ⟩⟨ψ|) of a random pure ψ in C^d ⊗ C^d and random measurements.

    They are projective if outcomes ≤ d, and of rank-one effects if outcomes ≥ d (Naimark).
    """
    state = rng.normal(size=(d, d)) + 1j * rng.normal(size=(d, d))  # of Alice, of Bob
    state /= np.linalg.norm(state)
    sigma = np.zeros((outcomes, inputs, d, d), complex)
    for x in range(inputs):
        for i, row in enumerate(random_unitary(rng, max(d, outcomes))[:, :d]):
            bob = row @ state  # effect |row*⟩⟨row*|
            sigma[i % outcomes, x] += np.outer(bob, bob.conj())
    return sigma
