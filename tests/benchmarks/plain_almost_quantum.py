"""Rows A4 and B7 as one would write them in cvxpy: `python plain_almost_quantum.py ROW MODEL DATA.json`.

Appendix A of Postquantum steering (PRL 115, 190403): one positive semidefinite matrix of 9×9
blocks of d×d, equal words having equal blocks. Two models of it, both for Clarabel:

`equations`  the matrix is the variable, with equations between its entries,
`image`      the blocks of different words are the variables, and the matrix is put together of them.

Prints a float and cvxpy's word for it, and proves nothing. Does not use exactsteer. The functional of
row A4 is real, so that a real symmetric matrix suffices there; that is the faster model.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import cvxpy as cp
import numpy as np
import numpy.typing as npt

SIDES: list[tuple[int, ...]] = [(), (0,), (1,)]  # 1, E_{0|0}, E_{0|1} of one party
WORDS = list(product(SIDES, SIDES))  # Eq. 8

Side = tuple[int, ...]
Matrices = npt.NDArray[Any]  # F of each word, in the order of WORDS
Model = tuple[list[cp.Expression], list[cp.Constraint]]  # the first row of Γ, and what it obeys


@dataclass(frozen=True)
class Row:
    """How the paper prints its functional, and which optimum it asks for."""

    functional: Callable[[dict[str, Any]], Matrices]
    objective: type[cp.Minimize | cp.Maximize]


def side_product(v: Side, w: Side) -> Side:
    """v†w for one party; E_{0|y} E_{0|y} = E_{0|y}."""
    return v[::-1] + (w[1:] if v[:1] == w[:1] else w)


def blocks() -> list[tuple[int, int, tuple[Side, Side], tuple[Side, Side]]]:
    """Block row k and block column l ≤ k, the word that stands there, and its adjoint."""
    found = []
    for k, v in enumerate(WORDS):
        for l, w in enumerate(WORDS[: k + 1]):
            word = (side_product(v[0], w[0]), side_product(v[1], w[1]))
            found.append((k, l, word, (word[0][::-1], word[1][::-1])))
    return found


def equations(d: int, is_complex: bool) -> Model:
    """Γ ⪰ 0 with Eqs. 22-29.

    The block of a self-adjoint word is Hermitian because it is also a diagonal one.
    """
    size = len(WORDS) * d
    # The attribute PSD is for real matrices only.
    gamma = cp.Variable((size, size), PSD=not is_complex, hermitian=is_complex)
    constraints = [gamma >> 0] if is_complex else []
    first: dict[tuple[Side, Side], cp.Expression] = {}
    for k, l, word, adjoint in blocks():
        block = gamma[k * d : (k + 1) * d, l * d : (l + 1) * d]
        if word in first:
            constraints.append(block == first[word])
        elif adjoint in first:
            constraints.append(block == first[adjoint].H)
        else:
            first[word] = block
    return [gamma[:d, k * d : (k + 1) * d] for k in range(len(WORDS))], constraints


def image(d: int, is_complex: bool) -> Model:
    """Γ ⪰ 0 of one variable for each word and its adjoint."""
    moments: dict[tuple[Side, Side], cp.Expression] = {}
    rows: list[list[Any]] = [[None] * len(WORDS) for _ in WORDS]
    for k, l, word, adjoint in blocks():
        if word not in moments:
            own = word == adjoint
            moment = cp.Variable(
                (d, d),
                symmetric=own and not is_complex,
                hermitian=own and is_complex,
                complex=is_complex and not own,
            )
            moments[adjoint] = moment.H
            moments[word] = moment
        rows[k][l] = moments[word]
        rows[l][k] = moments[word].H
    return rows[0], [cp.bmat(rows) >> 0]


def table_2(printed: dict[str, Any]) -> Matrices:
    """Table II of Postquantum steering, symmetric under Bob ↔ Charlie."""

    def name(word: tuple[Side, Side]) -> str:
        settings = sorted((y for side in word for y in side), reverse=True)
        return ("F^A", "F^B_{}", "F_{}{}")[len(settings)].format(*settings)

    return np.array([printed["F_minimal"][name(word)] for word in WORDS], float)


def table_1(printed: dict[str, Any]) -> Matrices:
    """Table 1 of A formalism for steering: entries are pairs of real and imaginary part."""

    def name(word: tuple[Side, Side]) -> str:
        (first, second), numbers = word, [y for side in word for y in side]
        kind = "F_{}{}" if first and second else "F^(1)_{}" if first else "F^(2)_{}"
        return kind.format(*numbers) if numbers else "F_R"

    pairs = np.array([printed["F"][name(word)] for word in WORDS], float)
    return pairs[..., 0] + 1j * pairs[..., 1]


MODELS = {"equations": equations, "image": image}
ROWS = {"A4": Row(table_2, cp.Minimize), "B7": Row(table_1, cp.Maximize)}


def optimum(row: str, model: str, printed: dict[str, Any]) -> tuple[float, str]:
    """Optimal Σ tr(F σ) over almost-quantum σ, the first row of Γ (Eqs. 30, 31), and the status."""
    matrices = ROWS[row].functional(printed)
    d, is_complex = matrices.shape[1], np.iscomplexobj(matrices)
    elements, constraints = MODELS[model](d, is_complex)
    value = sum(cp.trace(F @ element) for F, element in zip(matrices, elements, strict=True))
    trace = cp.trace(elements[0])
    if is_complex:
        value, trace = cp.real(value), cp.real(trace)
    problem = cp.Problem(ROWS[row].objective(value), [*constraints, trace == 1])
    return float(problem.solve(solver=cp.CLARABEL)), str(problem.status)


if __name__ == "__main__":
    own_row, own_model, file = sys.argv[1:]
    print(*optimum(own_row, own_model, json.loads(Path(file).read_text("utf-8"))["data"]))
