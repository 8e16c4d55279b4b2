"""Objects that many tests need: random exact quantum assemblages, and the proofs of a small row."""

from __future__ import annotations

from pathlib import Path

import pytest
from exact_quantum import ROOT, almost_quantum
from hypothesis import settings

from exactsteer import Functional
from exactsteer.literature.postquantum_steering import table_1, table_2
from exactsteer.prover.prove import Enclosure, Exclusion, enclose, exclude
from exactsteer.statements import BoxExcluded, FunctionalBound

# They run in an environment of their own, with the packages that they import.
collect_ignore = [
    "benchmarks/ncpol2sdpa_npa.py",
    "benchmarks/toqito_npa.py",
    "benchmarks/toqito_products.py",
]

# Exact arithmetic takes the time that it takes.
settings.register_profile("exact", deadline=None)
settings.load_profile("exact")


@pytest.fixture(scope="session")
def minimum() -> Enclosure:
    """The almost-quantum minimum of Table II."""
    functional: Functional = table_2()
    return enclose(
        FunctionalBound(
            functional.scenario, almost_quantum(functional.scenario), functional.coefficients, ">=", 0
        )
    )


@pytest.fixture(scope="session")
def exclusion() -> Exclusion:
    """Every valid assemblage that rounds to Table I is postquantum."""
    sigma = table_1()
    from fractions import Fraction

    box = BoxExcluded(
        sigma.scenario, almost_quantum(sigma.scenario), sigma.independent(), Fraction(1, 20000)
    )
    return exclude(box)


@pytest.fixture
def corpus() -> Path:
    return ROOT / "tests" / "corpus"
