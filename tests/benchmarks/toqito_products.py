"""The largest value of a positive operator on bipartite product states, by toqito.

`python toqito_products.py '{"operator": [[…]], "dimensions": [3, 3]}'` prints seconds and both bounds as
JSON. Needs toqito (requirements.txt), and not exactsteer.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

import numpy as np
from toqito.matrix_props import sk_operator_norm

if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    operator = np.array(given["operator"])
    started = perf_counter()
    lower, upper = sk_operator_norm(operator, 1, given["dimensions"])
    print(json.dumps({"seconds": perf_counter() - started, "lower": lower, "upper": upper}))
