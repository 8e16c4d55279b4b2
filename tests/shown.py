"""Objects of every kind that can be shown: small, and over several fields."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import numpy as np

from exactsteer import (
    Assemblage,
    InstrumentalAssemblage,
    PrintedAssemblage,
    SequentialAssemblage,
)
from exactsteer.constructions.states import white_noise
from exactsteer.literature.examples import random_functional
from exactsteer.literature.formalism import assemblage as formalism_assemblage
from exactsteer.literature.formalism import functional as formalism_functional
from exactsteer.literature.postquantum_steering import singular_example, table_1, table_2
from exactsteer.scenario import Scenario
from exactsteer.steering.written import Written

COIN = np.full((2, 2, 2, 2), 0.25) * np.eye(2)


def biased(number: str) -> Assemblage:
    """An assemblage of dimension 1 with p = 1/2 ± number/100."""
    texts = np.array([f"1/2 + ({number})/100", f"1/2 - ({number})/100"], dtype=object)
    return Assemblage.from_array(texts.reshape(2, 1, 1, 1), "outcomes-first")


@lru_cache(maxsize=1)
def every_kind() -> dict[str, Written]:
    sequential = np.full((2, 2, 1, 2, 2, 2), 0.125) * np.eye(2)
    printed = np.full((3, 1, 2, 2), 0.1667) * np.eye(2)
    phase = np.zeros((2, 1, 2, 2, 2), dtype=object)  # a trusted input; σ[a|0 y] has i^y/8 beside 1/4
    for a, y in np.ndindex(2, 2):
        off = (-1) ** a * Fraction(1, 8)
        pair = [(off, 0), (off, 0)] if y == 0 else [(0, off), (0, -off)]
        for r, c in np.ndindex(2, 2):
            phase[a, 0, y, r, c] = 0
        phase[a, 0, y, 0, 0] = phase[a, 0, y, 1, 1] = "1/4"
        phase[a, 0, y, 0, 1], phase[a, 0, y, 1, 0] = (f"{re} + ({im})*I" for re, im in pair)
    return {
        "Table I": table_1(),
        "Table II": table_2(),
        "number field": formalism_assemblage(),
        "complex decimals": formalism_functional(),
        "complex": singular_example(),
        "several trusted parties": Assemblage.from_arrays([COIN, COIN], "outcomes-first"),
        "trusted input": Assemblage.from_array(phase, "outcomes-first", trusted_input=True),
        "instrumental": InstrumentalAssemblage.from_array(COIN),
        "sequential": SequentialAssemblage.from_array(sequential, "outcomes-first"),
        "printed": PrintedAssemblage.from_array(printed, "outcomes-first"),
        "cubic field": biased("2**(1/3) + 4**(1/3)"),
        "three parties": white_noise(Scenario(((2,), (2, 2), (3,)), 2)),
        "eleven inputs": white_noise(Scenario(((2,) * 11,), 1)),
        "large": random_functional(Scenario(((2, 2),), 12), 1),
        "scalar": biased("sqrt(2)"),
    }
