"""Row A4 as one would write it in cvxpy: `python plain_almost_quantum.py TABLES.json`.

Appendix A of Postquantum steering (PRL 115, 190403): one positive semidefinite matrix of 9×9
blocks of 2×2, with equations between its entries. Prints a float, and proves nothing. Does not use
exactsteer. Table II is real, so that a real symmetric matrix suffices; that is the faster model.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import cvxpy as cp
import numpy as np

D = 2  # dimension of Alice's system
SIDES: list[tuple[int, ...]] = [(), (0,), (1,)]  # 1, E_{0|0}, E_{0|1} of Bob or of Charlie
WORDS = list(product(SIDES, SIDES))  # Eq. 8

Side = tuple[int, ...]


def side_product(v: Side, w: Side) -> Side:
    """v†w for one party; E_{0|y} E_{0|y} = E_{0|y}."""
    return v[::-1] + (w[1:] if v[:1] == w[:1] else w)


def moment_matrix() -> tuple[cp.Variable, list[cp.Constraint]]:
    """Γ ⪰ 0 with tr Γ(∅, ∅) = 1 and Eqs. 22-29: equal words have equal blocks.

    The block of a self-adjoint word is symmetric because it is also a diagonal one.
    """
    gamma = cp.Variable((len(WORDS) * D, len(WORDS) * D), PSD=True)
    constraints = [cp.trace(gamma[:D, :D]) == 1]
    blocks: dict[tuple[Side, Side], Any] = {}
    for k, v in enumerate(WORDS):
        for l, w in enumerate(WORDS[: k + 1]):
            block = gamma[k * D : (k + 1) * D, l * D : (l + 1) * D]
            word = (side_product(v[0], w[0]), side_product(v[1], w[1]))
            reverse = (word[0][::-1], word[1][::-1])
            if word in blocks:
                constraints.append(block == blocks[word])
            elif reverse in blocks:
                constraints.append(block == blocks[reverse].T)
            else:
                blocks[word] = block
    return gamma, constraints


def functional(tables: dict[str, Any]) -> list[np.ndarray]:
    """F of each word, in the order of WORDS; Table II is symmetric under Bob ↔ Charlie."""
    matrices = []
    for word in WORDS:
        settings = sorted((y for side in word for y in side), reverse=True)
        name = ("F^A", "F^B_{}", "F_{}{}")[len(settings)].format(*settings)
        matrices.append(np.array(tables["data"]["F_minimal"][name], float))
    return matrices


def minimum(tables: dict[str, Any]) -> float:
    """min Σ tr(F σ) over almost-quantum σ, the first row of Γ (Eqs. 30 and 31)."""
    gamma, constraints = moment_matrix()
    value = sum(cp.trace(F @ gamma[:D, k * D : (k + 1) * D]) for k, F in enumerate(functional(tables)))
    return float(cp.Problem(cp.Minimize(value), constraints).solve(solver=cp.CLARABEL))


if __name__ == "__main__":
    print(minimum(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
