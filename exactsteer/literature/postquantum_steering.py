"""Sainz, Brunner, Cavalcanti, Skrzypczyk, Vértesi, Postquantum Steering, PRL 115, 190403 (2015)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any

from ..api import bound, validate, value
from ..kernel.numbers import decimal_text
from ..prover.points import Journal
from ..prover.prove import exclude
from ..scenario import Elements, Scenario
from ..statements import BoxExcluded
from ..steering import Assemblage, Functional
from ..steering.layouts import exact_hermitian
from .rows import Evidence, Listener, printed_data, printed_status

PAPER = "Postquantum steering"
FOLDER = "postquantum-steering"
SCENARIO = Scenario(outcomes=((2, 2), (2, 2)), dimension=2)
HALF_DIGIT = Fraction(5, 10**5)  # the tables print four decimals
PRINTED_VALUE, PRINTED_MINIMUM = "-0.520495", "-0.508417"


def symmetric_elements(entries: dict[str, Any], reduced: str, marginal: str, joint: str) -> Elements:
    """Collins-Gisin elements of a table that is symmetric under exchange of Bob and Charlie.

    The arguments are the table's names: of the reduced state, of the marginal of one setting, and
    of the joint element of two settings, of which only y ≥ z is printed (Appendix E).
    """
    elements: Elements = {}
    for label in SCENARIO.collins_gisin_labels():
        settings = sorted((part[1] for part in label if part is not None), reverse=True)
        name = (reduced, marginal, joint)[len(settings)].format(*settings)
        elements[label] = exact_hermitian(entries[name], SCENARIO.dimension, name)
    return elements


def table_1() -> Assemblage:
    """Table I, every entry as printed."""
    entries = printed_data("postquantum-steering-tables")["data"]["assemblage_minimal"]
    elements = symmetric_elements(entries, "rho_A", "sigma^B_0|{}", "sigma_00|{}{}")
    return Assemblage.from_elements(SCENARIO, elements)


def table_2() -> Functional:
    """Table II, every entry as printed."""
    entries = printed_data("postquantum-steering-tables")["data"]["F_minimal"]
    return Functional(SCENARIO, symmetric_elements(entries, "F^A", "F^B_{}", "F_{}{}"))


def rounding_spread(functional: Functional, assemblage: Assemblage) -> Fraction:
    """How far F(σ) can move while every entry of F and σ rounds to the same printed decimals.

    |Σ tr(F'σ') - Σ tr(Fσ)| ≤ Σ h(|F_rc| + |σ_rc|) + h² over all real entries, h = half a digit.
    """
    total = Fraction(0)
    for label, matrix in functional.coefficients.items():
        element = assemblage.marginal(label)
        for row in range(SCENARIO.dimension):
            for column in range(SCENARIO.dimension):
                size = abs(matrix.entry(row, column)[0]) + abs(element.entry(row, column)[0])
                total += HALF_DIGIT * (size + HALF_DIGIT)
    return total


def upward(number: Fraction) -> str:
    """A decimal of four digits that is not below the number."""
    return decimal_text(Fraction(ceil(number * 10**4), 10**4), 4)


def row_a3(listener: Listener) -> list[Evidence]:
    listener("Table I is a valid assemblage")
    proof = validate(table_1())
    claim = "Table I is a valid assemblage"
    name = f"{FOLDER}/a3-table-1-valid.json"
    return [Evidence("A3", PAPER, claim, "valid", "proved", {name: proof})]


def row_a4(listener: Listener) -> list[Evidence]:
    sigma, functional = table_1(), table_2()

    listener("value of Tables I and II")
    exact = value(functional, sigma)
    beta = exact.certificate.claim.bound or Fraction(0)
    spread = upward(rounding_spread(functional, sigma))
    at_value = Evidence(
        "A4",
        PAPER,
        "value of the functional of Table II on Table I",
        PRINTED_VALUE,
        printed_status(PRINTED_VALUE, beta, beta),
        {f"{FOLDER}/a4-value.json": exact},
        beta,
        beta,
        f"tables that round to the printed ones have values up to {spread} away",
    )

    listener("almost-quantum minimum of Table II")
    minimum = bound(functional, listener=listener)
    # Σ_rc |σ_rc| ≤ d·tr σ ≤ d for each element: how far rounding F can move the minimum.
    spread = upward(HALF_DIGIT * SCENARIO.dimension * len(functional.coefficients))
    at_minimum = Evidence(
        "A4",
        PAPER,
        "almost-quantum minimum of the functional of Table II",
        PRINTED_MINIMUM,
        printed_status(PRINTED_MINIMUM, minimum.lower, minimum.upper),
        {
            f"{FOLDER}/a4-minimum-lower.json": minimum.lower_proof,
            f"{FOLDER}/a4-minimum-upper.json": minimum.upper_proof,
        },
        minimum.lower,
        minimum.upper,
        f"functionals that round to the printed one have minima up to {spread} away",
    )

    listener("every valid assemblage that rounds to Table I is postquantum")
    box = BoxExcluded(SCENARIO, "almost-quantum", sigma.collins_gisin(), HALF_DIGIT)
    exclusion = exclude(box, Journal(listener))
    strong = Evidence(
        "A4",
        PAPER,
        "every valid assemblage that rounds to Table I is postquantum",
        "postquantum",
        "proved",
        {f"{FOLDER}/a4-table-1-postquantum.json": exclusion.proof},
        remark=f"and every one within {decimal_text(exclusion.radius, 6)} of it, entry by entry",
    )
    return [at_value, at_minimum, strong]


ROWS = {"A3": row_a3, "A4": row_a4}
