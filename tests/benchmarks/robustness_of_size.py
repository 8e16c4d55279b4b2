"""LHS robustness of a random assemblage: `robustness_of_size.py exactsteer|cvxpy INPUTS OUTCOMES D`.

Prints seconds (imports not counted), lower and upper bound (or the float twice), and peak memory in MB.
With exactsteer both certificates are read back and checked by the kernel within these seconds.
"""

from __future__ import annotations

import resource
import sys
from time import perf_counter

import numpy as np
from plain_steering import lhs_robustness, random_assemblage
from rounded import exact

from exactsteer import check, robustness


def main(way: str, inputs: int, outcomes: int, d: int) -> None:
    sigma = exact(random_assemblage(np.random.default_rng(1), outcomes, inputs, d))
    array = sigma.to_array("outcomes-first")
    robustness(exact(random_assemblage(np.random.default_rng(1), 2, 2, 2)))  # imports and warms up
    started = perf_counter()
    if way == "exactsteer":
        found = robustness(sigma)
        for proof in (found.lower_proof, found.upper_proof):
            if check(proof.bytes()).exit_code:
                sys.exit("a certificate was not accepted")
        bounds = [float(found.lower), float(found.upper)]
    else:
        bounds = [lhs_robustness(array)] * 2
    seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(seconds, *bounds, peak)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
