"""Bloch vectors of a trusted qubit, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from ..kernel.field import Number
from ..kernel.matrix import Matrix, matrix_of
from ..scenario import Elements, Label, Scenario, summand


class BlochVector(NamedTuple):
    """(tr σ, tr Xσ, tr Yσ, tr Zσ) of a Hermitian σ = (tr σ·1 + xX + yY + zZ)/2, not normalised.

    σ is positive semidefinite if, and only if, the vector's length is at most the trace.
    """

    trace: Number
    x: Number
    y: Number
    z: Number

    @property
    def length_squared(self) -> Number:
        return self.x * self.x + self.y * self.y + self.z * self.z


def bloch_vector(matrix: Matrix) -> BlochVector:
    """Of a Hermitian 2×2 matrix. ValueError for another shape.

    Source: Postquantum steering, Fig. 1: a circle of radius tr σ, and in it the vector.

    >>> bloch_vector(matrix_of([[1, 0], [0, 0]], [[0, 0], [0, 0]]))
    BlochVector(trace=Fraction(1, 1), x=Fraction(0, 1), y=Fraction(0, 1), z=Fraction(1, 1))
    """
    if matrix.shape != (2, 2):
        raise ValueError(f"a matrix of shape {matrix.shape} has no Bloch vector")
    up, down = matrix.entry(0, 0)[0], matrix.entry(1, 1)[0]
    re, im = matrix.entry(1, 0)
    return BlochVector(up + down, 2 * re, 2 * im, up - down)


def qubit_operator(vector: BlochVector) -> Matrix:
    """The matrix of a Bloch vector: (tr·1 + xX + yY + zZ)/2."""
    half = Fraction(1, 2)
    trace, x, y, z = (half * number for number in vector)
    zero = Fraction(0)
    return matrix_of([[trace + z, x], [x, trace - z]], [[zero, -y], [y, zero]])


def bloch_vectors(scenario: Scenario, elements: Elements) -> list[dict[Label, BlochVector]]:
    """For each trusted party that holds a qubit, the Bloch vectors of what it sees; others are left out.

    >>> from ..scenario import Scenario
    >>> scenario = Scenario(((1,),), 2)
    >>> half = matrix_of([[Fraction(1, 2), 0], [0, Fraction(1, 2)]])
    >>> [len(own) for own in bloch_vectors(scenario, {Label(((0, 0),)): half})]
    [1]
    """
    return [
        {label: bloch_vector(summand(matrix, rows)) for label, matrix in elements.items()}
        for rows in scenario.summands()
        if len(rows) == 2
    ]
