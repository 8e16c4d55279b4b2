"""Functionals without a pattern that helps anyone, the same in every run."""

from __future__ import annotations

from random import Random

from exactsteer.kernel.matrix import hermitian
from exactsteer.scenario import Elements, Scenario


def random_functional(scenario: Scenario, is_complex: bool) -> Elements:
    """Coefficients with small integer parts for every element."""
    draw = Random(1)

    def entry(row: int, column: int) -> tuple[int, int]:
        return draw.randint(-9, 9), draw.randint(-9, 9) if is_complex else 0

    return {label: hermitian(scenario.dimension, entry) for label in scenario.labels()}
