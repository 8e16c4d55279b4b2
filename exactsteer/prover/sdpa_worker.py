"""Run by an interpreter that has sdpa-multiprecision: `python sdpa_worker.py PROBLEM.npz RESULT`.

A file of its own because that package (GPL) has the same module name as sdpa-python, and writes its
digits only to a result file, complete only when the process has ended.
"""

import sys

import numpy as np
import scipy.sparse as sp


def main(problem: str, result: str) -> None:
    import sdpap

    data = np.load(problem)
    shape = tuple(int(size) for size in data["shape"])
    cone = sp.csc_matrix((data["values"], (data["rows"], data["columns"])), shape=shape)
    sizes = tuple(int(size) for size in data["sizes"])
    gap = float(data["gap"])
    digits = "%+.70Fe"
    # The start must dominate the solution, which grows with the integer objective.
    largest = float(np.abs(data["objective"]).max(initial=1.0))
    options = {
        "print": "no",
        "sdpaResult": result,
        "mpfPrecision": 256,
        "epsilonStar": gap,
        "epsilonDash": gap,
        "maxIteration": 500,
        "lambdaStar": 100.0 * largest,
        "lowerBound": -1e5 * largest,
        "upperBound": 1e5 * largest,
        "xPrint": digits,
        "yPrint": digits,
        "sPrint": digits,
    }
    sdpap.solve(
        -cone.T,
        sp.csc_matrix(-data["objective"].reshape(-1, 1)),
        sp.csc_matrix(data["constant"].reshape(-1, 1)),
        sdpap.SymCone(f=0, l=int(data["scalars"]), s=sizes),
        sdpap.SymCone(f=shape[1]),
        options,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
