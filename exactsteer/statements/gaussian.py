"""Vectors of Gaussian integers, up to a factor: equality and independence are seen by integers."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import TypeAlias

from ..kernel.matrix import Matrix

Gaussian: TypeAlias = tuple[int, int]  # re + i·im
Vector: TypeAlias = tuple[Gaussian, ...]  # up to a factor


def modulo(other: Vector, vector: Vector, pivot: int) -> Vector:
    """`other` modulo `vector`, times the pivot, without its coordinate there."""
    return tuple(
        minus(by(vector[pivot], other[k]), by(other[pivot], vector[k]))
        for k in range(len(vector))
        if k != pivot
    )


def ray(vector: Vector) -> Vector:
    """The same vector for all multiples of it: the first entry not 0 a positive integer, no divisor."""
    pivot = next((entry for entry in vector if entry != ZERO), None)
    if pivot is None:
        return vector
    straight = [by(entry, (pivot[0], -pivot[1])) for entry in vector]
    divisor = gcd(*(n for entry in straight for n in entry))
    return tuple((re // divisor, im // divisor) for re, im in straight)


ZERO: Gaussian = (0, 0)


def by(x: Gaussian, y: Gaussian) -> Gaussian:
    return x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0]


def minus(x: Gaussian, y: Gaussian) -> Gaussian:
    return x[0] - y[0], x[1] - y[1]


def dot(row: Sequence[Gaussian], vector: Vector) -> Gaussian:
    terms = [by(x, y) for x, y in zip(row, vector, strict=True)]
    return sum(re for re, _ in terms), sum(im for _, im in terms)


def gaussian_rows(matrix: Matrix) -> list[list[Gaussian]]:
    """The entries times the denominator."""
    real = matrix.parts[0, 0]
    imaginary = matrix.parts.get((0, 1)) or [[0] * len(row) for row in real]
    return [list(zip(*rows, strict=True)) for rows in zip(real, imaginary, strict=True)]
