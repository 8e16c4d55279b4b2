"""Sainz, Postquantum steering in scenarios with multiple characterised parties,
arXiv:2604.07078 (2026)."""

from __future__ import annotations

from ..api import bound, classify, value
from .examples import chsh, pr_box
from .rows import Evidence, Listener

PAPER = "Many characterised parties"
FOLDER = "many-parties"
LEVELS = ("1", "almost-quantum", "2")


def row_c10(listener: Listener) -> list[Evidence]:
    claim = "p(a|x) of Example 5 has no quantum realisation, so the assemblage is postquantum"
    listener(claim)
    answer = classify(pr_box(1), listener=listener)
    what = "whatever the states of the Bobs"
    return [Evidence.excluded("C10", PAPER, claim, answer, f"{FOLDER}/c10-example-5-correlations", what)]


def row_c8(listener: Listener) -> list[Evidence]:
    """Theorem 12 and Definition 13 from outside: both Bobs as one party of dimension 4.

    A parent assemblage of Example 5 has Σ (-1)^{…} tr σ = 4, whatever the states; parent assemblages
    in a level of the hierarchy stay below 4.
    """
    listener("value of CHSH on parent assemblages of Example 5")
    evidence = [
        Evidence.exact(
            "C8",
            PAPER,
            "value of CHSH ⊗ 1 on a parent assemblage of Example 5, two qubits",
            "4",
            value(chsh(4), pr_box(4)),
            f"{FOLDER}/c8-value",
            "the same for every parent assemblage: only p(a|x) enters",
        )
    ]
    for level in LEVELS:
        claim = f"maximum of CHSH ⊗ 1 over parent assemblages of level {level} (Definition 13)"
        listener(claim)
        found = bound(chsh(4), level, "max", listener=listener)
        status = "proved" if found.upper < 4 else "open"
        file = f"{FOLDER}/c8-level-{level}"
        evidence.append(Evidence.enclosed("C8", PAPER, claim, "< 4", found, file, status))
    return evidence


ROWS = {"C8": row_c8, "C10": row_c10}
