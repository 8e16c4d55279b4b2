"""Rational vectors ±m whose convex hull holds the unit disc or ball, and hardly more."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import cos, isqrt, pi, sin

import numpy as np
import numpy.typing as npt

from ..exact.numbers import InputError, rational
from ..statements.projective import Vector, dot, facets

GRID = 1000  # directions are multiples of 1/GRID before they are made longer
STEPS = 400  # of the repulsion


def circumscribed(vectors: Sequence[Sequence[float]], grid: int = GRID) -> tuple[Vector, ...]:
    """Vectors near these, rational and so long that the hull of ±m holds the unit ball.

    InputError if they do not span the space.

    >>> circumscribed([(1, 0), (0, 1)], 10)[0]  # a square around the unit circle
    (Fraction(3, 2), Fraction(0, 1))
    """
    rounded = [tuple(Fraction(round(float(n) * grid), grid) for n in vector) for vector in vectors]
    nearest = inradius_squared(rounded)
    # A multiple of 1/grid that is at least 1/√nearest.
    scale = Fraction(isqrt(int(grid**2 / nearest)) + 1, grid)
    return tuple(tuple(scale * n for n in vector) for vector in rounded)


def inradius_squared(directions: Sequence[Vector]) -> Fraction:
    """The square of the distance of the nearest facet of the hull of ±m from 0."""
    distances = [
        rational(square) / rational(dot(normal, normal)) for _, normal, square in facets(directions)
    ]
    if not distances:
        raise InputError(f"{len(directions)} directions do not span the space")
    return min(distances)


def polygon(count: int, angle: float, grid: int = GRID) -> tuple[Vector, ...]:
    """±m the vertices of a regular polygon with 2·count vertices (x, z), the first at the angle."""
    angles = [angle + k * pi / count for k in range(count)]
    return circumscribed([(cos(a), sin(a)) for a in angles], grid)


def icosahedron(grid: int = GRID) -> tuple[Vector, ...]:
    """The six axes (x, y, z) of its vertices."""
    golden = (1 + 5**0.5) / 2
    length = (1 + golden**2) ** 0.5
    axes = [(0.0, 1.0, s * golden) for s in (1, -1)]
    cyclic = [tuple(v[(k + shift) % 3] / length for k in range(3)) for v in axes for shift in range(3)]
    return circumscribed(cyclic, grid)


def spread(count: int, seed: int, grid: int = GRID) -> tuple[Vector, ...]:
    """Axes (x, y, z) that repel each other until they are spread over the sphere."""
    rng = np.random.default_rng(seed)
    points: npt.NDArray[np.float64] = rng.normal(size=(count, 3))
    points /= np.linalg.norm(points, axis=1)[:, None]
    for step in range(STEPS):
        both = np.concatenate([points, -points])
        away = points[:, None, :] - both[None, :, :]
        distance = np.linalg.norm(away, axis=2)
        distance[np.arange(count), np.arange(count)] = np.inf
        force = np.sum(away / distance[:, :, None] ** 4, axis=1)
        force /= np.max(np.linalg.norm(force, axis=1))
        points += force * 0.1 * (1 - step / STEPS) / count**0.5
        points /= np.linalg.norm(points, axis=1)[:, None]
    return circumscribed(points.tolist(), grid)
