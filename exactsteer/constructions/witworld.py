"""States of Witworld: what locally applied positive maps make of quantum states.

Positive trace-preserving maps Λ⁽ᵏ⁾ on the trusted parties' systems make of a quantum state ρ an
operator ρ̂ = (1 ⊗ Λ⁽¹⁾ ⊗ … ⊗ Λ⁽ᴺ⁾)[ρ] that may be negative, but is positive on products. Each trusted
party sees a state, and what they all measure is quantum, since N on Λ[ω] is Λ†[N] on ω. The assemblage
may yet be postquantum.
Source: Many characterised parties, Proposition 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from ..exact.matrices import permuted
from ..exact.numbers import InputError
from ..kernel.matrix import Matrix
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering import Assemblage
from ..steering.maps import LinearMap
from .states import assemblage_of


def after_maps(state: Matrix, maps: Sequence[LinearMap]) -> Matrix:
    """(1 ⊗ Λ⁽¹⁾ ⊗ … ⊗ Λ⁽ᴺ⁾)[ρ], the maps acting on the last factors of ρ.

    InputError if the dimensions do not fit.
    """
    own = [each.dimension for each in maps]
    size = state.shape[0]
    if size % prod(own):
        raise InputError(f"maps on dimensions {own} do not act on a state of dimension {size}")
    for k in range(len(maps)):
        # The first factor among those of the maps goes last, is mapped, and stays there.
        before, here = state.shape[0] // prod(own), own[0]
        rest = prod(own[1:])
        turned = permuted(state, [before, here, rest], [0, 2, 1])
        state = maps[k].on_last(turned)
        own = [*own[1:], maps[k].output]
    return state.reduced()


def witworld_assemblage(
    state: Matrix, measurements: Sequence[Measurements], maps: Sequence[LinearMap]
) -> Assemblage:
    """σ⁽ᵏ⁾[a|x] = tr_{all but k}[(M_{a₁|x₁} ⊗ … ⊗ 1) ρ̂], `maps[k]` being that of trusted party k.

    `measurements[p][x][a]` are the effects of uncharacterised party p; the trusted systems are the last
    factors of ρ. Raises InputError if the assemblage is not valid. Source: Eq. 16.
    """
    return assemblage_of(after_maps(state, maps), measurements, [each.output for each in maps])


def witworld_correlations(
    state: Matrix,
    measurements: Sequence[Measurements],
    maps: Sequence[LinearMap],
    bobs: Sequence[Measurements],
) -> Realisation:
    """Quantum: p(a b|x y) = tr[(M_{a₁|x₁} ⊗ … ⊗ Λ⁽¹⁾†[N_{b₁|y₁}] ⊗ …) ρ].

    `bobs[k][y][b]` are the effects N of trusted party k. In the realisation all parties are
    uncharacterised, and the trusted system has dimension 1. Source: Proposition 8 and its proof.
    """
    duals = [
        tuple(tuple(each.dual()(effect) for effect in effects) for effects in own)
        for each, own in zip(maps, bobs, strict=True)
    ]
    everybody = tuple((own,) for own in (*measurements, *duals))
    return Realisation(everybody, (SectorState((0,) * len(everybody), state),))
