"""Every bipartite no-signalling assemblage is quantum: Gisin; Hughston, Jozsa, Wootters."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from ..exact.ldl import ldl
from ..exact.matrices import adjoint, maximally_entangled, of_entries, product, tensor
from ..exact.numbers import InputError
from ..exact.squares import four_squares
from ..kernel.field import Algebraic, Number
from ..kernel.matrix import Matrix, congruence, identity, matrix_of, transpose
from ..scenario import Label
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering import Assemblage


def ghjw(assemblage: Assemblage) -> Realisation:
    """The state Σ|kk⟩⟨ll| and the effects M_{a|x} = σᵀ[a|x], which add up to ρᵀ for every input.

    Exact over every field, and no entry grows: the textbook's square root of the reduced state ρ is
    hidden in C = ρᵀ (see `exactsteer.statements.realisation`), and `with_povms` brings it out. ρ may be
    singular.
    Raises InputError unless there is one uncharacterised party and no trusted input.
    Source: Postquantum steering, the paragraph after Eq. 2.

    >>> import numpy as np
    >>> sigma = np.array([[[[.5, 0], [0, 0]], [[.25, .25], [.25, .25]]],
    ...                   [[[0, 0], [0, .5]], [[.25, -.25], [-.25, .25]]]])
    >>> from exactsteer import Assemblage
    >>> realisation = with_povms(ghjw(Assemblage.from_array(sigma, "outcomes-first")))
    >>> realisation.dimensions
    [2, 2]
    """
    scenario = assemblage.scenario
    if len(scenario.outcomes) != 1 or scenario.trusted_inputs is not None:
        raise InputError(f"one uncharacterised party and no trusted input is needed, not {scenario}")
    measurements = tuple(
        tuple(transpose(assemblage.table[Label(((a, x),))]) for a in range(outcomes))
        for x, outcomes in enumerate(scenario.outcomes[0])
    )
    return steering_any_ensemble(measurements)


def steering_any_ensemble(measurements: Measurements) -> Realisation:
    """The realisation with these effects on half of Σ|kk⟩⟨ll|, so that σ[a|x] = Mᵀ_{a|x}."""
    state = maximally_entangled(measurements[0][0].shape[0])
    return Realisation(((measurements,),), (SectorState((0,), state),))


def with_povms(realisation: Realisation) -> Realisation:
    """The same elements from POVMs (C = 1) and a state of trace 1.

    With C = FF†, the effects F⁺MF⁺† on the image of F† (the rest of the space goes to outcome 0) and the
    state (F† ⊗ 1)ρ(F ⊗ 1). F has rational entries if C has: C = L·Diag(d)·L†, and every d is the sum of
    the squares of the absolute values of two Gaussian rationals, by Lagrange; so F has at most twice as
    many columns as C has rank. Raises InputError if a pivot d is not rational.
    """
    roots = [[_root(inputs) for inputs in sectors] for sectors in realisation.measurements]
    measurements = tuple(
        tuple(_normalised(inputs, *root) for inputs, root in zip(sectors, own, strict=True))
        for sectors, own in zip(realisation.measurements, roots, strict=True)
    )
    trusted = identity(realisation.dimensions[-1])
    states = []
    for term in realisation.states:
        factors = [adjoint(own[s][0]) for own, s in zip(roots, term.sectors, strict=True)]
        change = reduce(tensor, [*factors, trusted])
        states.append(SectorState(term.sectors, congruence(change, term.state).reduced()))
    return Realisation(measurements, tuple(states), realisation.channels, realisation.transposed)


def _root(inputs: Measurements) -> tuple[Matrix, Matrix]:
    """F with FF† = C, and F⁺ with F⁺F the projector on the image of F†."""
    total = reduce(Matrix.__add__, inputs[0]).reduced()
    found = ldl(total)
    if found is None:
        raise InputError("effects are positive semidefinite, and these are not")
    factor, weights = found
    rank = factor.shape[1]
    rows: list[list[tuple[Number, Number]]] = [[] for _ in range(rank)]
    inverse: list[list[tuple[Number, Number]]] = []  # B† D⁻¹
    for k in range(rank):
        weight = weights.entry(0, k)[0]
        if isinstance(weight, Algebraic):
            raise InputError(
                f"POVMs with C = 1 need a square root of {weight}, not a rational number: leave C"
            )
        squares = [*four_squares(Fraction(weight)), Fraction(0)]
        for re, im in zip(squares[::2], squares[1::2], strict=False):
            if re:
                for l in range(rank):
                    rows[l].append((re, im) if l == k else (0, 0))
                over = re / weight, -im / weight
                inverse.append([over if l == k else (0, 0) for l in range(rank)])
    spread, back = of_entries(rows), of_entries(inverse)
    return product(factor, spread), product(back, _left_inverse(factor))


def _left_inverse(factor: Matrix) -> Matrix:
    """L⁺ with L⁺L = 1, for L as `ldl` writes it: column k begins with a 1, in a later row than k - 1."""
    size, rank = factor.shape
    pivots = [next(r for r in range(size) if factor.entry(r, k) != (0, 0)) for k in range(rank)]
    solved: list[Matrix] = []
    for k, pivot in enumerate(pivots):
        row = matrix_of([[int(c == pivot) for c in range(size)]])
        for l in range(k):
            re, im = factor.entry(pivot, l)
            if re or im:
                row = (row - product(matrix_of([[re]], [[im]]), solved[l])).reduced()
        solved.append(row)
    return of_entries([[row.entry(0, c) for c in range(size)] for row in solved])


def _normalised(inputs: Measurements, factor: Matrix, inverse: Matrix) -> Measurements:
    rest = (identity(factor.shape[1]) - product(inverse, factor)).reduced()
    changed = []
    for effects in inputs:
        own = [congruence(inverse, effect).reduced() for effect in effects]
        changed.append(((own[0] + rest).reduced(), *own[1:]))
    return tuple(changed)
