"""Sainz, Hoban, Skrzypczyk, Aolita, Bipartite postquantum steering in generalized scenarios,
PRL 125, 050404 (2020)."""

from __future__ import annotations

from fractions import Fraction

from ..api import bound, classify, validate, value
from ..exact.matrices import scaled
from ..kernel.matrix import identity
from ..scenario import Scenario
from ..statements.words import ALMOST_QUANTUM
from ..steering import Assemblage, Functional, InstrumentalAssemblage
from ..steering.files import elements_from_json
from .examples import random_functional
from .rows import Evidence, Listener, printed_data

PAPER = "Bipartite postquantum steering"
FOLDER = "bipartite-generalised"


def printed_assemblage(theorem: int) -> Assemblage:
    """Eq. 5 or Eq. 6, exactly."""
    data = printed_data(f"bipartite-theorem-{theorem}")
    given = {"scenario": data["scenario"], "assemblage": data["data"]["assemblage"]}
    return Assemblage.from_elements(*elements_from_json(given, "assemblage", f"theorem {theorem}"))


def steering_inequality() -> Functional:
    """F(σ) = Σ_{a,x,y} (-1)^{a + δ_{x,2} δ_{y,1}} tr(σ_x σ[a|x y]), the assemblage of Eq. 6 itself.

    The inequality of the paper is in its Supplemental Material, which we have not; this one is
    F = Σ tr((4σ* - 1) σ) with the assemblage σ* of Eq. 6. Algebraically it is at most 6.
    """
    sigma = printed_assemblage(4)
    elements = {
        label: (scaled(matrix, Fraction(4)) - identity(2)).reduced()
        for label, matrix in sigma.table.items()
    }
    return Functional(sigma.scenario, elements)


def row_d1(listener: Listener) -> list[Evidence]:
    cases: list[tuple[str, str, Assemblage | InstrumentalAssemblage]] = [
        ("the assemblage of Theorem 3 (Eq. 5)", "d1-theorem-3-valid", printed_assemblage(3)),
        ("the assemblage of Theorem 4 (Eq. 6)", "d1-theorem-4-valid", printed_assemblage(4)),
        (
            "the instrumental assemblage of Theorems 7 and 8 (Eq. 6 at y = a)",
            "d1-instrumental-valid",
            InstrumentalAssemblage.of(printed_assemblage(4)),
        ),
    ]
    evidence = []
    for name, file, sigma in cases:
        listener(f"{name} is valid")
        proofs = {f"{FOLDER}/{file}.json": validate(sigma)}
        evidence.append(Evidence("D1", PAPER, f"{name} is valid", "valid", "proved", proofs))
    return evidence


def row_d2(listener: Listener) -> list[Evidence]:
    claim = "the assemblage of Theorem 3 is postquantum"
    listener(claim)
    answer = classify(printed_assemblage(3), listener=listener)
    return [Evidence.excluded("D2", PAPER, claim, answer, f"{FOLDER}/d2-theorem-3-postquantum")]


def row_d3(listener: Listener) -> list[Evidence]:
    sigma, inequality = printed_assemblage(4), steering_inequality()
    claim = "the assemblage of Theorem 4 is postquantum"
    listener(claim)
    answer = classify(sigma, listener=listener)
    excluded = Evidence.excluded("D3", PAPER, claim, answer, f"{FOLDER}/d3-theorem-4-postquantum")

    listener("a steering inequality that the assemblage of Theorem 4 violates")
    violated = Evidence.exact(
        "D3",
        PAPER,
        "value of Σ (-1)^{a + δ_{x,2} δ_{y,1}} tr(σ_x σ[a|x y]) on the assemblage of Theorem 4",
        "",
        value(inequality, sigma),
        f"{FOLDER}/d3-value",
        "an inequality of our own; the paper's is not in the text that we have",
    )
    limit = Evidence.enclosed(
        "D3",
        PAPER,
        "quantum bound of that inequality, from outside: its almost-quantum (1+AB) maximum",
        "",
        bound(inequality, ALMOST_QUANTUM, "max", listener=listener),
        f"{FOLDER}/d3-maximum",
        remark="the lower end is reached by a moment matrix, not yet by a quantum strategy",
    )
    return [excluded, violated, limit]


def row_d6(listener: Listener) -> list[Evidence]:
    """The method on functionals of other sizes than the paper's."""
    cases = [
        (Scenario(((2, 2),), 3, 2), ALMOST_QUANTUM, "a trusted qutrit"),
        (Scenario(((3, 2),), 2, 3), ALMOST_QUANTUM, "unequal outcomes, three trusted inputs"),
        (Scenario(((2, 2),), 2, 2), "2", "level 2"),
        (Scenario(((2, 2), (2, 2)), 2, 2), ALMOST_QUANTUM, "two uncharacterised parties"),
    ]
    evidence = []
    for number, (scenario, level, what) in enumerate(cases, 1):
        claim = f"maximum of a random integer functional over level {level}: {what}"
        listener(claim)
        found = bound(random_functional(scenario, number), level, "max", listener=listener)
        file = f"{FOLDER}/d6-{number}-maximum"
        evidence.append(Evidence.enclosed("D6", PAPER, claim, "", found, file))
    return evidence


ROWS = {"D1": row_d1, "D2": row_d2, "D3": row_d3, "D6": row_d6}
