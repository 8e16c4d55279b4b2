"""GHJW and Theorem 6 as one would write them in sympy: `python sympy_realisations.py WAY < SIGMA.json`.

`cholesky`         ρ = FF† by LDL†, the state Σ_kl |k⟩⟨l| ⊗ F|k⟩⟨l|F†, the effects (F⁺σF⁺†)ᵀ,
`diagonalisation`  the same with F = √ρ, and its inverse on the support of ρ,
`kronecker`        ρ̃ = Σ_λ |λ⟩⟨λ| ⊗ σ_λ of Theorem 5, and the effects Σ_λ p(a|x λ) |λ⟩⟨λ| of Theorem 6.

Prints a line of JSON when these are built, one with the bits of the largest integer and the characters
of the longest entry, and one when tr[(M ⊗ … ⊗ 1)ρ] has given all elements. The input is a list of
outcomes, inputs, and rows of [real part, imaginary part]. Does not use exactsteer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import reduce
from itertools import product
from math import prod
from time import perf_counter
from typing import Any

from sympy import (
    I,
    Matrix,
    Rational,
    SparseMatrix,
    diag,
    expand,
    eye,
    simplify,
    sqrt,
    zeros,
)
from sympy.physics.quantum import TensorProduct

Key = tuple[tuple[int, ...], tuple[int, ...]]  # outcomes, inputs
Table = dict[Key, Any]
Realisation = tuple[list[dict[tuple[int, int], Any]], Any]  # M[a, x] of each party, and the state


def cholesky(sigma: Table) -> Realisation:
    """ρ = CA⁻¹C† with C = ρ[:, p] and A = ρ[p, p] = LDL†, p the pivot columns; F = CL⁻¹†D^{-1/2}.

    The dense class of sympy 1.14 calls many positive definite complex matrices not so; the sparse one
    is right.
    """
    rho = reduced(sigma)
    pivots = list(rho.rref()[1])
    lower, weights = map(Matrix, SparseMatrix(rho.extract(pivots, pivots)).LDLdecomposition())
    inverse = expanded(expanded(lower).inv())
    root = diag(*(1 / sqrt(weight) for weight in expanded(weights).diagonal()))
    factor = times(rho[:, pivots], inverse.H, root)

    def effect(element: Any) -> Any:
        return times(root, times(inverse, element.extract(pivots, pivots), inverse.H), root).T

    return purified(sigma, factor, effect, expanded)


def diagonalisation(sigma: Table) -> Realisation:
    """Where ρ is singular, the effects add up to the projector on its support.

    Only expanded, entries of a qubit have a thousand characters, and zeros are not seen to be zero.
    """
    vectors, values = reduced(sigma).diagonalize(normalize=True)
    support = [k for k in range(values.shape[0]) if values[k, k]]
    vectors, roots = vectors[:, support], [sqrt(values[k, k]) for k in support]
    root = simplify(vectors * diag(*roots) * vectors.H)
    inverse = simplify(vectors * diag(*(1 / value for value in roots)) * vectors.H)
    return purified(sigma, root, lambda element: simplify(inverse * element * inverse).T, simplify)


def reduced(sigma: Table) -> Any:
    """ρ = Σ_a σ[a|0]"""
    return reduce(Matrix.__add__, (m for (_, inputs), m in sigma.items() if not any(inputs)))


def purified(
    sigma: Table, factor: Any, effect: Callable[[Any], Any], tidy: Callable[[Any], Any]
) -> Realisation:
    """ρ = FF† as a pure state."""
    size = factor.shape[1]
    one = eye(size)
    columns = (TensorProduct(one[:, k], factor[:, k]) for k in range(size))
    vector = sum(columns, zeros(size * factor.shape[0], 1))
    return [{(a, x): effect(m) for ((a,), (x,)), m in sigma.items()}], tidy(vector * vector.H)


def kronecker(sigma: Table) -> Realisation:
    """λ_j is a pair (a, x), a not the last outcome, or None, and answers with the last one elsewhere."""
    count, d = len(next(iter(sigma))[0]), next(iter(sigma.values())).shape[0]
    last, inputs = (max(key[part][0] for key in sigma) for part in (0, 1))
    hidden = [*product(range(last), range(inputs + 1)), None]
    signed = {pair: [(1, pair)] for pair in hidden}
    signed[None] += [(-1, pair) for pair in hidden[:-1]]
    independent = {pairs: marginal(sigma, pairs, last) for pairs in product(hidden, repeat=count)}
    blocks = []
    for choice in product(hidden, repeat=count):
        block = zeros(d, d)
        for terms in product(*(signed[pair] for pair in choice)):
            block += prod(sign for sign, _ in terms) * independent[tuple(pair for _, pair in terms)]
        blocks.append(block)
    answers = {
        (a, x): diag(*(int(a == (pair[0] if pair and pair[1] == x else last)) for pair in hidden))
        for a, x in product(range(last + 1), range(inputs + 1))
    }
    return [answers] * count, expanded(diag(*blocks))


def marginal(sigma: Table, pairs: tuple[tuple[int, int] | None, ...], last: int) -> Any:
    """σ with the outcome of a party summed over where there is None."""
    choices = [[pair] if pair else [(a, 0) for a in range(last + 1)] for pair in pairs]
    keys = (tuple(zip(*chosen, strict=True)) for chosen in product(*choices))
    return reduce(Matrix.__add__, (sigma[key] for key in keys))


def elements(realisation: Realisation, keys: list[Key], d: int) -> Table:
    """tr_uncharacterised[(M ⊗ … ⊗ 1) ρ] as it is written."""
    measurements, state = realisation
    found = {}
    for outcomes, inputs in keys:
        parts = zip(measurements, outcomes, inputs, strict=True)
        operator = TensorProduct(*(own[a, x] for own, a, x in parts), eye(d)) * state
        blocks = (operator[k : k + d, k : k + d] for k in range(0, state.shape[0], d))
        found[outcomes, inputs] = reduce(Matrix.__add__, blocks)
    return found


def check(realisation: Realisation, sigma: Table) -> None:
    """All elements come out."""
    d = next(iter(sigma.values())).shape[0]
    for key, found in elements(realisation, list(sigma), d).items():
        rest = found - sigma[key]
        if not (expanded(rest).is_zero_matrix or simplify(rest).is_zero_matrix):
            raise ArithmeticError(f"not reproduced: {key}")


def times(*factors: Any) -> Any:
    return reduce(lambda left, right: expanded(left * right), factors)


def expanded(matrix: Any) -> Any:
    return matrix.applyfunc(expand)


def main(construct: Callable[[Table], Realisation]) -> None:
    """Both stages, each reported when it has ended."""
    sigma = {
        (tuple(outcomes), tuple(inputs)): Matrix(
            [[Rational(re) + I * Rational(im) for re, im in row] for row in rows]
        )
        for outcomes, inputs, rows in json.load(sys.stdin)
    }
    started = perf_counter()
    realisation = construct(sigma)
    print(json.dumps({"build": perf_counter() - started}), flush=True)
    measurements, state = realisation
    effects = (effect for own in measurements for effect in own.values())
    entries = {entry for matrix in (state, *effects) for entry in matrix.todok().values()}
    numbers = {n for e in entries for atom in e.atoms(Rational) for n in (atom.p, atom.q)}
    bits, characters = max(int(n).bit_length() for n in numbers), max(len(str(e)) for e in entries)
    print(json.dumps({"bits": bits, "characters": characters}), flush=True)
    started = perf_counter()
    check(realisation, sigma)
    print(json.dumps({"check": perf_counter() - started}))


if __name__ == "__main__":
    main({f.__name__: f for f in (cholesky, diagonalisation, kronecker)}[sys.argv[1]])
