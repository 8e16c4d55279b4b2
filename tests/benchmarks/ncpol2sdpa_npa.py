"""An NPA relaxation as ncpol2sdpa builds it.

`python ncpol2sdpa_npa.py '{"outcomes": [[2, 2], [2, 2]], "level": 1, "products": true, "table": […]}'`
prints seconds and sizes as JSON. Needs ncpol2sdpa (requirements.txt), and not exactsteer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from ncpol2sdpa import (
    SdpRelaxation,
    define_objective_with_I,
    flatten,
    generate_measurements,
    projective_measurement_constraints,
)


def ncpol2sdpa_npa(
    outcomes: list[list[int]], level: int, table: list[list[int]], products: bool = False
) -> SdpRelaxation:
    """The relaxation of a Bell maximum: its F matrix, `obj_facvar` and `block_struct` are the data.

    `outcomes[p][x]` counts the outcomes of input x of party p, of two; `table` is the functional in
    Collins-Gisin form, rows for Alice. With `products` all AB are added to the words ("1+AB").
    """
    alice, bob = (
        generate_measurements(party, label) for party, label in zip(outcomes, "AB", strict=True)
    )
    extra = [a * b for a in flatten(alice) for b in flatten(bob)] if products else None
    relaxation = SdpRelaxation(flatten([alice, bob]))
    relaxation.get_relaxation(
        level,
        objective=define_objective_with_I(table, alice, bob),  # minus the functional, to be minimised
        substitutions=projective_measurement_constraints(alice, bob),
        extramonomials=extra,
    )
    return relaxation


def main(case: str) -> None:
    """Time one case, and beside it the writing of its SDPA file."""
    arguments = json.loads(case)
    started = perf_counter()
    relaxation = ncpol2sdpa_npa(**arguments)
    built = perf_counter()
    with TemporaryDirectory() as folder:
        relaxation.write_to_file(str(Path(folder) / "relaxation.dat-s"))
    report = {
        "seconds": built - started,
        "file_seconds": perf_counter() - built,
        "rows": relaxation.block_struct[0],
        "unknowns": int(relaxation.n_vars),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main(sys.argv[1])
