"""The five papers: their printed data and their claims, row by row of the docket."""

from collections.abc import Callable

from . import (
    bipartite_generalised,
    classified,
    communication_cost,
    formalism,
    formalism_realisations,
    formalism_witnesses,
    many_parties,
    postquantum_steering,
    searched,
)
from .docket import row_order
from .rows import Evidence, Listener

_ROWS: dict[str, Callable[[Listener], list[Evidence]]] = {
    **postquantum_steering.ROWS,
    **formalism.ROWS,
    **formalism_realisations.ROWS,
    **formalism_witnesses.ROWS,
    **many_parties.ROWS,
    **bipartite_generalised.ROWS,
    **communication_cost.ROWS,
    **classified.ROWS,
    **searched.ROWS,
}
ROWS = {row: _ROWS[row] for row in sorted(_ROWS, key=row_order)}

__all__ = ["ROWS", "Evidence"]
