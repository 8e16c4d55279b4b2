"""Gleason assemblages: measurements of an entanglement witness (A formalism for steering, Sec. 4)."""

from __future__ import annotations

from ..exact.matrices import maximally_entangled
from ..kernel.matrix import Matrix, steered, transpose
from ..statements.realisation import Measurements, Realisation, SectorState
from .ghjw import steering_any_ensemble


def bipartite_gleason(witness: Matrix, measurements: Measurements) -> Realisation:
    """A quantum realisation of σ[a|x] = tr_A{(M_{a|x} ⊗ 1) W}, W a witness between A and B.

    W = (E ⊗ 1)[ρ] with a positive map E, so measuring E†[M] on ρ does it; with ρ = Σ|kk⟩⟨ll| in place of
    a normalised state, E†[M] = (tr_A{(M ⊗ 1) W})ᵀ. Source: the paragraph before Example 7.
    """
    return steering_any_ensemble(_dual_effects(witness, measurements))


def marginal_correlations(witness: Matrix, first: Measurements, second: Measurements) -> Realisation:
    """p(a₁a₂|x₁x₂) = tr{(M_{a₁|x₁} ⊗ M_{a₂|x₂}) W} as quantum correlations, W a bipartite witness.

    The first party steers the second as in `bipartite_gleason`, and the second measures as before.
    Source: Remark 8, with W = tr_B W₁₂B.
    """
    effects = _dual_effects(witness, first)
    state = maximally_entangled(effects[0][0].shape[0])
    return Realisation(((effects,), (second,)), (SectorState((0, 0), state),))


def _dual_effects(witness: Matrix, measurements: Measurements) -> Measurements:
    return tuple(
        tuple(transpose(steered(effect, witness)).reduced() for effect in effects)
        for effects in measurements
    )
