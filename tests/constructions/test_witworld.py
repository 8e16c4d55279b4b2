"""States of Witworld against NumPy, and what Proposition 8 says of them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from exactsteer import InputError
from exactsteer.constructions.states import assemblage_of
from exactsteer.constructions.witworld import after_maps, witworld_assemblage, witworld_correlations
from exactsteer.exact.matrices import scaled, tensor
from exactsteer.kernel.matrix import Matrix, identity, matrix_of, rational_matrix
from exactsteer.literature.examples import X, Y, Z, observable_measurement
from exactsteer.scenario import Label, Scenario
from exactsteer.steering.layouts import float_matrix
from exactsteer.steering.maps import breuer_hall, identity_map, transposition

XY = tensor(X, Y)
MEASUREMENTS = tuple(map(observable_measurement, (X, Z)))


def random_state(seed: int, size: int) -> Matrix:
    """GG†/tr for a matrix G of small Gaussian integers."""
    rng = np.random.default_rng(seed)
    g = rng.integers(-3, 4, (size, 2)) + 1j * rng.integers(-3, 4, (size, 2))
    square = g @ g.conj().T
    real, imaginary = (part.astype(int).tolist() for part in (square.real, square.imag))
    return scaled(matrix_of(real, imaginary), Fraction(1, int(np.trace(square).real)))


def mapped(state: np.ndarray) -> np.ndarray:
    """Transposition on a qubit, Breuer-Hall on a ququart, behind a qubit."""
    parts = state.reshape(2, 2, 4, 2, 2, 4).swapaxes(1, 4)
    u = float_matrix(XY)
    traced = np.einsum("abcdec,xy->abxdey", parts, np.eye(4))
    turned = np.einsum("xk,abldek,yl->abxdey", u, parts, u.conj())
    return ((traced - parts - turned) / 2).reshape(16, 16)


def test_maps_act_on_their_factors() -> None:
    state = random_state(1, 16)
    found = after_maps(state, [transposition(2), breuer_hall(XY)])
    np.testing.assert_allclose(float_matrix(found), mapped(float_matrix(state)), atol=1e-14)
    assert after_maps(state, [identity_map(2), identity_map(4)]) == state.reduced()
    with pytest.raises(InputError, match=r"dimensions \[3, 4\]"):
        after_maps(state, [identity_map(3), identity_map(4)])


def test_breuer_hall() -> None:
    """Positive, on random vectors; trace preserving; not completely positive."""
    half = breuer_hall(XY)
    rng = np.random.default_rng(2)
    for _ in range(20):
        vector = rng.integers(-5, 6, (4, 2)) @ [1, 1j]
        square = np.outer(vector, vector.conj())
        image = half(matrix_of(square.real.astype(int).tolist(), square.imag.astype(int).tolist()))
        assert np.linalg.eigvalsh(float_matrix(image))[0] > -1e-12
        assert image.trace() == int(np.trace(square).real)
    assert np.linalg.eigvalsh(float_matrix(half.choi))[0] < -0.1
    for unitary in (tensor(X, Z), rational_matrix(1, [[0, -1], [1, 0]]), scaled(XY, Fraction(2))):
        with pytest.raises(InputError, match="antisymmetric unitary of even dimension"):
            breuer_hall(unitary)


def test_correlations_are_those_of_the_assemblage() -> None:
    """tr[(M ⊗ N ⊗ N') ρ̂] by the duals on ρ; and each Bob's marginals."""
    state, maps = random_state(3, 16), [transposition(2), breuer_hall(XY)]
    wide = tuple(tuple(tensor(first, second) for first in own for second in own) for own in MEASUREMENTS)
    bobs = [MEASUREMENTS, wide]
    realisation = witworld_correlations(state, [MEASUREMENTS], maps, bobs)
    scenario = Scenario(((2, 2), (2, 2), (4, 4)), 1)
    behaviour = realisation.elements(scenario.labels())
    turned = mapped(float_matrix(state))
    sigma = witworld_assemblage(state, [MEASUREMENTS], maps)
    for label, probability in behaviour.items():
        (a, x), (b, y), (c, z) = (part for part in label.parties if part is not None)
        effects = [float_matrix(own) for own in (MEASUREMENTS[x][a], MEASUREMENTS[y][b], wide[z][c])]
        joint = np.kron(np.kron(effects[0], effects[1]), effects[2])
        expected = np.trace(joint @ turned).real
        assert float_matrix(probability)[0, 0] == pytest.approx(expected, abs=1e-12)
    for (a, x), (b, y) in [((0, 0), (1, 1)), ((1, 1), (0, 0))]:
        seen = sum(float_matrix(behaviour[Label(((a, x), (b, y), (c, 0)))])[0, 0].real for c in range(4))
        own = float_matrix(sigma.bob(0)[a, x]) @ float_matrix(MEASUREMENTS[y][b])
        assert np.trace(own).real == pytest.approx(seen)


def test_joint_dimension_of_the_bobs() -> None:
    with pytest.raises(InputError, match=r"dimensions \[2, 3\] have no joint system of 4"):
        assemblage_of(scaled(identity(8), Fraction(1, 8)), [MEASUREMENTS], [2, 3])
