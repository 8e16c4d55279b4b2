"""What positive maps do to quantum assemblages (A formalism for steering, Secs. 5 and 5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from ..exact.numbers import InputError
from ..kernel.matrix import Matrix, transpose
from ..scenario import Label, Scenario
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering import Assemblage
from ..steering.maps import LinearMap
from .states import assemblage_of


def after_decomposable_map(
    realisation: Realisation, completely_positive: LinearMap, before_transposition: LinearMap
) -> Realisation:
    """A realisation of Λ[σ] for Λ = Λ₁ + T∘Λ₂, trace preserving, Λ₁ and Λ₂ completely positive.

    Every party gets for each of its sectors a second one with transposed effects, and the state is
    (1 ⊗ Λ₁)[ρ] on the first sectors plus the transpose of (1 ⊗ Λ₂)[ρ] on the second ones:
    tr_A{(Mᵀ ⊗ 1) ωᵀ} = (tr_A{(M ⊗ 1) ω})ᵀ, the transposition trick.
    Source: Eq. 30 and the equation before it.
    """
    measurements = tuple((*own, *map(transposed, own)) for own in realisation.measurements)
    states = []
    for term in realisation.states:
        states.append(SectorState(term.sectors, completely_positive.on_last(term.state)))
        second = tuple(
            s + len(own) for s, own in zip(term.sectors, realisation.measurements, strict=True)
        )
        states.append(SectorState(second, transpose(before_transposition.on_last(term.state)).reduced()))
    return Realisation(measurements, tuple(states))


def assemblage_after_inputs(
    state: Matrix, measurements: Sequence[Measurements], maps: Sequence[LinearMap]
) -> Assemblage:
    """σ[a₁…|x₁… y] = Λ_y[tr_uncharacterised{(M_{a₁|x₁} ⊗ … ⊗ 1) ρ}], Λ_y = `maps[y]` being positive.

    The trusted party applies a positive trace-preserving map for each of its inputs; what it measures
    then is quantum. `measurements[p][x][a]` are the effects of uncharacterised party p; the trusted
    system is the last factor of ρ. InputError if that is not valid. Source: Bipartite postquantum
    steering, Theorem 4.
    """
    before = assemblage_of(state, measurements)
    outputs = {each.output for each in maps}
    if len(outputs) != 1:
        raise InputError(f"maps to systems of dimensions {sorted(outputs)}; they need the same one")
    scenario = Scenario(before.scenario.outcomes, outputs.pop(), len(maps))
    table = {
        Label(label.parties, y): each(matrix)
        for label, matrix in before.table.items()
        for y, each in enumerate(maps)
    }
    return Assemblage.from_elements(scenario, table)


def transposed(inputs: Measurements) -> Measurements:
    return tuple(tuple(transpose(effect) for effect in effects) for effects in inputs)


def correlations_after(
    realisation: Realisation, positive: LinearMap, measurements: Measurements
) -> Realisation:
    """A realisation of p(a b|x y) = tr(N_{b|y} Λ[σ[a|x]]), Λ positive and trace preserving.

    The trusted party becomes the last uncharacterised one, and measures Λ†[N] on the state of σ. What
    is left is a trusted system of dimension 1. Source: Eq. 29.
    """
    dual = positive.dual()
    own = tuple(tuple(dual(effect) for effect in effects) for effects in measurements)
    states = tuple(SectorState((*term.sectors, 0), term.state) for term in realisation.states)
    return Realisation((*realisation.measurements, (own,)), states)
