"""Assemblages and functionals that several papers, or no paper, speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod

import numpy as np

from ..exact.matrices import mixture, ray_projector, scaled, tensor
from ..kernel.matrix import Matrix, identity, matrix_of
from ..scenario import Elements, Label, Scenario
from ..statements.realisation import Measurements
from ..steering import Assemblage, Functional


def pr_box(dimension: int) -> Assemblage:
    """p(a₁a₂|x₁x₂) = 1/2 if a₁ ⊕ a₂ = x₁x₂, else 0, times the maximally mixed state (Example 5)."""
    scenario = Scenario(((2, 2), (2, 2)), dimension)
    table: Elements = {}
    for label in scenario.labels():
        (a, x), (b, y) = (part for part in label.parties if part is not None)
        table[label] = scaled(identity(dimension), Fraction(int((a + b) % 2 == x * y), 2 * dimension))
    return Assemblage.from_elements(scenario, table)


def chsh(dimension: int) -> Functional:
    """Σ (-1)^{a₁ + a₂ + x₁x₂} tr σ[a₁a₂|x₁x₂]."""
    scenario = Scenario(((2, 2), (2, 2)), dimension)
    elements: Elements = {}
    for label in scenario.labels():
        (a, x), (b, y) = (part for part in label.parties if part is not None)
        elements[label] = scaled(identity(dimension), Fraction((-1) ** (a + b + x * y)))
    return Functional(scenario, elements)


def random_functional(scenario: Scenario, seed: int) -> Functional:
    """A real symmetric integer matrix for each element, from NumPy's default generator."""
    rng = np.random.default_rng(seed)
    elements: Elements = {}
    for label in scenario.labels():
        lower = np.tril(rng.integers(-5, 6, (scenario.dimension, scenario.dimension)))
        elements[label] = matrix_of((lower + np.tril(lower, -1).T).tolist())
    return Functional(scenario, elements)


def i3322() -> Functional:
    """Collins and Gisin, J. Phys. A 37, 1775 (2004): at most 0 for local correlations."""
    joint = {(0, 0): 1, (0, 1): 1, (0, 2): 1, (1, 0): 1, (1, 1): 1, (1, 2): -1, (2, 0): 1, (2, 1): -1}
    alice, bob = {0: -1}, {0: -2, 1: -1}
    elements: Elements = {Label(((0, x), (0, y))): matrix_of([[v]]) for (x, y), v in joint.items()}
    elements |= {Label(((0, x), None)): matrix_of([[v]]) for x, v in alice.items()}
    elements |= {Label((None, (0, y))): matrix_of([[v]]) for y, v in bob.items()}
    return Functional(Scenario(((2, 2, 2), (2, 2, 2)), 1), elements)


def ket(amplitudes: Mapping[str, complex], sizes: Sequence[int]) -> Matrix:
    """|ψ⟩⟨ψ|/⟨ψ|ψ⟩ for Gaussian integers as amplitudes of basis states, one digit a system."""
    entries = [0j] * prod(sizes)
    for digits, amplitude in amplitudes.items():
        place = 0
        for digit, size in zip(digits, sizes, strict=True):
            place = place * size + int(digit)
        entries[place] += amplitude
    return ray_projector(matrix_of([[int(z.real)] for z in entries], [[int(z.imag)] for z in entries]))


X = matrix_of([[0, 1], [1, 0]])
Y = matrix_of([[0, 0], [0, 0]], [[0, -1], [1, 0]])
Z = matrix_of([[1, 0], [0, -1]])


def observable_measurement(observable: Matrix) -> tuple[Matrix, Matrix]:
    """The projectors (1 ± O)/2 of a qubit observable with O² = 1, outcome 0 first."""
    one = identity(2)
    return mixture(Fraction(1, 2), one, observable), mixture(
        Fraction(1, 2), one, scaled(observable, Fraction(-1))
    )


Z_AND_X: Measurements = (observable_measurement(Z), observable_measurement(X))


def upb_projector() -> Matrix:
    """On |000⟩, |1 e⊥ e⟩, |e 1 e⊥⟩, |e⊥ e 1⟩ with e = + (A formalism for steering, Eq. 24)."""
    zero, one = observable_measurement(Z)
    e, orthogonal = observable_measurement(X)
    vectors = [(zero, zero, zero), (one, orthogonal, e), (e, one, orthogonal), (orthogonal, e, one)]
    terms = [tensor(tensor(a, b), c) for a, b, c in vectors]
    return (terms[0] + terms[1] + terms[2] + terms[3]).reduced()


def upb_witness(epsilon: Fraction) -> Matrix:
    """W = (Π - ε1)/(4 - 8ε), an entanglement witness if ε is at most min ⟨αβγ|Π|αβγ⟩, about 0.0814.

    Source: A formalism for steering, Example 7, Eq. 25.
    """
    shifted = (upb_projector() - scaled(identity(8), epsilon)).reduced()
    return scaled(shifted, 1 / (4 - 8 * epsilon))
