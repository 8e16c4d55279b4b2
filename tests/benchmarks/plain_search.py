"""How far an assemblage is from an outer set, as one would write it in cvxpy.

There is a problem for each kind of scenario: the least t such that σ + tω belongs to the cone of the
set, ω being white noise; σ is outside if t > 0. The elements of σ are arrays, or Hermitian
`cp.Parameter`s of the same shape. Gives floats, and proves nothing. Does not use exactsteer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import cvxpy as cp
import numpy as np
import scipy.sparse as sp
from plain_almost_quantum import WORDS, image, side_product
from plain_parents import no_signalling_parent, seen_by

Matrix = Any  # an array, or a parameter
Unit = tuple[int, int, int]  # N_rc of input y
Units = tuple[Unit, ...]
Moment = tuple[tuple[int, ...], Units]


def two_alices(sigma: Mapping[Any, Matrix]) -> cp.Problem:
    """Two Alices with two inputs of two outcomes, almost quantum: σ[word] of each of WORDS.

    Source: Postquantum steering, Appendix A.
    """
    d, t = sigma[WORDS[0]].shape[0], cp.Variable()
    is_complex = any(cp.Expression.cast_to_const(own).is_complex() for own in sigma.values())
    elements, constraints = image(d, is_complex)
    for word, element in zip(WORDS, elements, strict=True):
        noise = np.eye(d) / d / 2 ** sum(map(len, word))
        constraints.append(element == sigma[word] + t * noise)
    return cp.Problem(cp.Minimize(t), constraints)


def several_bobs(sigma: Mapping[tuple[Any, Any, int], Matrix]) -> cp.Problem:
    """A no-signalling parent: σ⁽ᵏ⁾[a|x] at (a, x, k), all inputs of an Alice with as many outcomes.

    Source: Many characterised parties, Theorem 6.
    """
    last_a, last_x, last_k = max(sigma)
    t, shape = cp.Variable(), tuple(n + 1 for n in (*last_a, *last_x))
    dimensions = [sigma[last_a, last_x, k].shape[0] for k in range(last_k + 1)]
    parent, constraints = no_signalling_parent([np.empty((*shape, d, d), complex) for d in dimensions])
    for (a, x), state in parent.items():
        for k, d in enumerate(dimensions):
            noise = np.eye(d) / (d * np.prod(shape[: len(a)]))
            constraints.append(seen_by(state, k, dimensions) == sigma[a, x, k] + t * noise)
    return cp.Problem(cp.Minimize(t), constraints)


def trusted_input(sigma: Mapping[tuple[int, int, int], Matrix]) -> cp.Problem:
    """Alice with two outcomes, and a qubit Bob with input, almost quantum: σ[a, x, y].

    Those with y = a will do, the instrumental ones. One moment matrix of the products of 1 or E_{0|x}
    with 1 or N^y_rc, the matrix units of Bob's input y: tr(|r⟩⟨c| σ[a|x y]) = ⟨E_{a|x} N^y_rc⟩, and
    N^y_11 = 1 - N^y_00.
    Source: Bipartite postquantum steering, Definitions 1 and 2.
    """
    settings, inputs = ({index[k] for index in sigma} for k in (1, 2))
    units: list[Units] = [((r, c, y),) for y in inputs for r, c in ((0, 0), (0, 1), (1, 0))]
    rows = list(product([(), *((x,) for x in settings)], [(), *units]))
    size = len(rows)
    gamma = [
        (k * size + l, sign, (side_product(v, w), word))
        for (k, (v, own)), (l, (w, other)) in product(enumerate(rows), repeat=2)
        for sign, word in units_product(own, other)
    ]
    places = [(index, r, c) for index in sigma for r, c in ((0, 0), (1, 0), (1, 1))]
    elements = [
        (k, weight * sign, (v, word))
        for k, ((a, x, y), r, c) in enumerate(places)
        for weight, v in ([(1, (x,))] if a == 0 else [(1, ()), (-1, (x,))])
        for sign, word in units_product((), ((c, r, y),))
    ]
    numbers = {moment: k for k, moment in enumerate({leading(own) for _, _, own in gamma + elements})}
    t, m = cp.Variable(), cp.Variable(2 * len(numbers))
    whole, known = forms(gamma, size**2, numbers), forms(elements, len(places), numbers)
    real, imaginary = (cp.reshape(f @ m, (size, size), order="C") for f in (whole.real, whole.imag))
    constraints = [cp.bmat([[real, -imaginary], [imaginary, real]]) >> 0]
    for k, (index, r, c) in enumerate(places):
        entry = sigma[index][r, c] + t * float(r == c) / 4
        constraints.append(known.real[[k]] @ m == cp.real(entry))
        if r != c:
            constraints.append(known.imag[[k]] @ m == cp.imag(entry))
    return cp.Problem(cp.Minimize(t), constraints)


def units_product(v: Units, w: Units) -> list[tuple[int, Units]]:
    """v†w of at most one matrix unit each, as a signed sum of words without N_11."""
    word = (*((c, r, y) for r, c, y in v), *w)
    if len(word) == 2 and word[0][2] == word[1][2]:
        (r, c, y), (s, u, _) = word
        if c != s:
            return []
        word = ((r, u, y),)
    if len(word) == 1 and word[0][:2] == (1, 1):
        return [(1, ()), (-1, ((0, 0, word[0][2]),))]
    return [(1, word)]


def adjoint(moment: Moment) -> Moment:
    v, w = moment
    return v[::-1], tuple((c, r, y) for r, c, y in w[::-1])


def leading(moment: Moment) -> Moment:
    """Of a moment and its complex conjugate the one that is a variable."""
    return min(moment, adjoint(moment))


def forms(
    terms: Sequence[tuple[int, int, Moment]], count: int, numbers: Mapping[Moment, int]
) -> sp.csr_matrix:
    """Sums of moments, (which sum, sign, moment) each, as a matrix for (real parts, imaginary parts)."""
    matrix = sp.lil_matrix((count, 2 * len(numbers)), dtype=complex)
    for k, sign, moment in terms:
        own = numbers[leading(moment)]
        matrix[k, own] += sign
        if moment != adjoint(moment):
            matrix[k, len(numbers) + own] += 1j * (sign if moment == leading(moment) else -sign)
    return matrix.tocsr()
