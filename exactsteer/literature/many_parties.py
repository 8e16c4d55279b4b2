"""Sainz, Postquantum steering in scenarios with multiple characterised parties,
arXiv:2604.07078 (2026)."""

from __future__ import annotations

from ..api import bound, classify, value
from ..kernel.numbers import decimal_text
from .examples import chsh, pr_box
from .rows import Evidence, Listener, claimed_number

PAPER = "Many characterised parties"
FOLDER = "many-parties"
LEVELS = ("1", "almost-quantum", "2")


def row_c10(listener: Listener) -> list[Evidence]:
    claim = "p(a|x) of Example 5 has no quantum realisation, so the assemblage is postquantum"
    listener(claim)
    answer = classify(pr_box(1), listener=listener)
    if answer.proof is None or answer.radius is None:
        return [Evidence("C10", PAPER, claim, "postquantum", "open", {})]
    remark = f"and so is every one whose p(a|x) is within {decimal_text(answer.radius, 6)} of it"
    proofs = {f"{FOLDER}/c10-example-5-correlations.json": answer.proof}
    return [Evidence("C10", PAPER, claim, "postquantum", "proved", proofs, remark=remark)]


def row_c8(listener: Listener) -> list[Evidence]:
    """Theorem 12 and Definition 13 from outside: both Bobs as one party of dimension 4.

    A parent assemblage of Example 5 has Σ (-1)^{…} tr σ = 4, whatever the states; parent assemblages
    in a level of the hierarchy stay below 4.
    """
    listener("value of CHSH on parent assemblages of Example 5")
    reached = value(chsh(4), pr_box(4))
    number = claimed_number(reached)
    evidence = [
        Evidence(
            "C8",
            PAPER,
            "value of CHSH ⊗ 1 on a parent assemblage of Example 5, two qubits",
            "4",
            "proved",
            {f"{FOLDER}/c8-value.json": reached},
            number,
            number,
            "the same for every parent assemblage: only p(a|x) enters",
        )
    ]
    for level in LEVELS:
        claim = f"maximum of CHSH ⊗ 1 over parent assemblages of level {level} (Definition 13)"
        listener(claim)
        found = bound(chsh(4), level, "max", listener=listener)
        proofs = {
            f"{FOLDER}/c8-level-{level}-lower.json": found.lower_proof,
            f"{FOLDER}/c8-level-{level}-upper.json": found.upper_proof,
        }
        evidence.append(Evidence("C8", PAPER, claim, "< 4", "proved", proofs, found.lower, found.upper))
    return evidence


ROWS = {"C8": row_c8, "C10": row_c10}
