"""Bloch vectors against NumPy's traces with Pauli matrices."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactsteer.constructions.states import white_noise
from exactsteer.exact.numbers import approximation
from exactsteer.kernel.matrix import matrix_of
from exactsteer.literature.bipartite_generalised import printed_assemblage
from exactsteer.scenario import Scenario
from exactsteer.steering.bloch import bloch_vector, bloch_vectors, qubit_operator
from exactsteer.steering.layouts import exact_real, float_matrix

PAULIS = [np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1.0, -1.0])]
numbers = st.fractions(-2, 2, max_denominator=50)


@given(numbers, numbers, numbers, numbers)
def test_coordinates(up: Fraction, down: Fraction, re: Fraction, im: Fraction) -> None:
    matrix = matrix_of([[up, re], [re, down]], [[Fraction(0), -im], [im, Fraction(0)]])
    vector = bloch_vector(matrix)
    floats = float_matrix(matrix)
    expected = [np.trace(pauli @ floats) for pauli in PAULIS]
    np.testing.assert_allclose([float(n) for n in vector], expected, atol=1e-15)
    assert (qubit_operator(vector) - matrix).reduced().vanishes
    inside = vector.trace >= 0 and vector.length_squared <= vector.trace * vector.trace
    determinant = up * down - re * re - im * im
    assert inside == (up + down >= 0 and determinant >= 0)


def test_over_a_number_field() -> None:
    root = exact_real("sqrt(2)/4")
    matrix = matrix_of([[Fraction(1, 2) + root, root], [root, Fraction(1, 2) - root]])
    vector = bloch_vector(matrix)
    assert (vector.trace, vector.length_squared) == (1, 1)
    assert float(approximation(vector.x)) == pytest.approx(0.5**0.5)


def test_only_trusted_qubits_have_some() -> None:
    with pytest.raises(ValueError, match=r"shape \(1, 1\)"):
        bloch_vector(matrix_of([[1]]))
    several = white_noise(Scenario.with_bobs(((2, 2),), (2, 4, 2)))
    assert [len(own) for own in bloch_vectors(several.scenario, several.table)] == [4, 4]
    pauli = printed_assemblage(4)
    (vectors,) = bloch_vectors(pauli.scenario, pauli.table)
    for label, vector in vectors.items():
        ((a, x),) = (part for part in label.parties if part is not None)
        sign = (-1) ** (a + (x == 1 and label.trusted == 1))
        assert vector[1:] == tuple(Fraction(sign * (k == x), 2) for k in range(3))
