"""No postquantum steering when one Alice measures several times: GHJW, step by step."""

from __future__ import annotations

from ..exact.matrices import maximally_entangled
from ..kernel.matrix import transpose
from ..statements.sequential import SequentialRealisation
from ..steering.sequential import SequentialAssemblage


def sequential(assemblage: SequentialAssemblage) -> SequentialRealisation:
    """The claim that the assemblage is quantum, with effects M[a₁…|x₁…] = σᵀ on half of Σ|kk⟩⟨ll|.

    The Lüders instruments follow from the effects (see the statement): after the history h they map
    the purification of σ[h] to those of its σ[h a|h x].
    Source: Bipartite postquantum steering, Fig. 1b and the remark on sequential measurements.
    """
    effects = {label: transpose(matrix) for label, matrix in assemblage.table.items()}
    state = maximally_entangled(assemblage.scenario.dimension)
    return SequentialRealisation(assemblage.scenario, assemblage.table, effects, state, assemblage.field)
