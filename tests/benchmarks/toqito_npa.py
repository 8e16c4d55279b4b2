"""An NPA relaxation as toqito builds it and cvxpy canonicalises it.

`python toqito_npa.py '{"outcomes": [[2, 2], [2, 2]], "level": 1, "products": true, "table": […]}'`
prints seconds and sizes as JSON. Needs toqito (requirements.txt), and not exactsteer.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter
from typing import Any

import cvxpy as cp
import numpy as np
from toqito.state_opt.npa_hierarchy import bell_npa_constraints, npa_constraints


def toqito_npa(
    outcomes: list[list[int]],
    level: int,
    table: list[list[int]],
    products: bool = False,
    assemblage: bool = False,
) -> tuple[cp.Problem, dict[str, Any]]:
    """The Bell maximum as a problem, and Clarabel's data for it.

    `outcomes[p][x]` counts the outcomes of input x of party p, of two, the same for all inputs of a
    party; `table` is the functional in Collins-Gisin form, rows for Alice. With `products` all AB
    are added to the words ("1+AB"). toqito writes the constraints in two ways: real, on the
    Collins-Gisin table (`bell_npa_constraints`), or complex, on the `assemblage` of all outcomes
    (`npa_constraints`).
    """
    write = assemblage_problem if assemblage else collins_gisin_problem
    problem = write(outcomes, f"{level}+ab" if products else level, np.array(table, float))
    data, _, _ = problem.get_problem_data(solver=cp.CLARABEL)
    return problem, data


def collins_gisin_problem(outcomes: list[list[int]], k: int | str, table: np.ndarray) -> cp.Problem:
    """The maximum of `table`·p under `bell_npa_constraints`."""
    (a, *_), (b, *_) = outcomes
    p = cp.Variable(table.shape)
    constraints = bell_npa_constraints(p, [a, b, len(outcomes[0]), len(outcomes[1])], k)
    return cp.Problem(cp.Maximize(cp.sum(cp.multiply(table, p))), [*constraints, p[0, 0] == 1])


def assemblage_problem(outcomes: list[list[int]], k: int | str, table: np.ndarray) -> cp.Problem:
    """The maximum of the same functional of P(ab|xy) under `npa_constraints`."""
    (a, *_), (b, *_) = outcomes
    settings = [(x, y) for x in range(len(outcomes[0])) for y in range(len(outcomes[1]))]
    p = {setting: cp.Variable((a, b)) for setting in settings}
    value = sum(cp.sum(cp.multiply(block(table, x, y, a, b), p[x, y])) for x, y in settings)
    return cp.Problem(cp.Maximize(value), npa_constraints(p, k))


def block(table: np.ndarray, x: int, y: int, a: int, b: int) -> np.ndarray:
    """The coefficients of P(··|xy): marginals are sums at input 0, the constant at (0, 0)."""
    coefficients = np.zeros((a, b))
    rows = slice(1 + x * (a - 1), 1 + (x + 1) * (a - 1))
    columns = slice(1 + y * (b - 1), 1 + (y + 1) * (b - 1))
    coefficients[:-1, :-1] = table[rows, columns]
    if y == 0:
        coefficients[:-1] += table[rows, :1]
    if x == 0:
        coefficients[:, :-1] += table[:1, columns]
    if x == y == 0:
        coefficients += table[0, 0]
    return coefficients


def main(case: str) -> None:
    """Time one case; `unknowns` and `equations` are those of Clarabel's data."""
    arguments = json.loads(case)
    started = perf_counter()
    problem, data = toqito_npa(**arguments)
    seconds = perf_counter() - started
    report = {
        "seconds": seconds,
        "rows": max(variable.shape[0] for variable in problem.variables()),
        "unknowns": data["A"].shape[1],
        "equations": data["dims"].zero,
        "nonnegative": data["dims"].nonneg,
        "psd": [n for n in data["dims"].psd if n > 1],
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main(sys.argv[1])
