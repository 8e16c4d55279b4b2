"""The part of the corpus about plain semidefinite programs, written by hand like the rest."""

from __future__ import annotations

from parts import (
    DOMINANT,
    ROOT2,
    C,
    W,
    append,
    certificate,
    changed,
    drop,
    factored,
    matrix,
    over,
    put,
    together,
)

DATA = (C, "data")

# x_1 E_11 + 2 x_2 E_22 + (x_3 - 1)(E_12 + E_21) ⪰ 0, -x_3 ≥ 1/3, x_1 - 3 x_3 ≥ -5 and x_1 - 2 x_2 = 3.
CONDITIONS = {
    "unknowns": "3",
    "blocks": "2 -2",
    "matrices": {
        "0 1 1 2": "1",
        "0 2 1 1": "1/3",
        "0 2 2 2": "-5",
        "1 1 1 1": "1",
        "1 2 2 2": "1",
        "2 1 2 2": "2",
        "3 1 1 2": "1",
        "3 2 1 1": "-1",
        "3 2 2 2": "-3",
    },
    "equations": [{"0": "3", "1": "1", "2": "-2"}],
}
OBJECTIVE = {"1": "9/4", "2": "3/2", "3": "-7"}
PROGRAM = CONDITIONS | {"objective": OBJECTIVE}
SQUARE = matrix("1", "-1 1")

# Z = (1, -1)ᵀ(1, -1), 2, 1 and w = 1/4 give c, and -2 + 2/3 - 5 + 3/4.
BOUND = certificate(
    "semidefinite-bound",
    PROGRAM,
    "-67/12",
    {
        "multipliers": matrix("1", denominator="4"),
        "matrices": [SQUARE, matrix("2"), matrix("1")],
        "positivity": [factored(matrix("1", "-1"), "1"), DOMINANT, DOMINANT],
    },
)
# x = (4, 1/2, -1): the matrix is (2, -1)ᵀ(2, -1), and c·x = 9 + 3/4 + 7.
ATTAINED = certificate(
    "semidefinite-attained",
    PROGRAM,
    "67/4",
    {
        "point": matrix("8 1 -2", denominator="2"),
        "positivity": [factored(matrix("2", "-1"), "1"), DOMINANT, DOMINANT, DOMINANT],
    },
)
# [[x, 1], [1, -x]] is never positive.
INFEASIBLE = certificate(
    "semidefinite-infeasible",
    {
        "unknowns": "1",
        "blocks": "2",
        "matrices": {"0 1 1 2": "-1", "1 1 1 1": "1", "1 1 2 2": "-1"},
        "equations": [],
    },
    None,
    {
        "multipliers": matrix(""),
        "matrices": [SQUARE],
        "positivity": [factored(matrix("1", "-1"), "1")],
    },
)
# x ≥ 0 and 2x = -3.
CONTRADICTION = certificate(
    "semidefinite-infeasible",
    {
        "unknowns": "1",
        "blocks": "-1",
        "matrices": {"1 1 1 1": "1"},
        "equations": [{"0": "-3", "1": "2"}],
    },
    None,
    {
        "multipliers": matrix("-1", denominator="2"),
        "matrices": [matrix("1")],
        "positivity": [DOMINANT],
    },
)
# a·x ≥ 1 over Q(√2), and the least a·x.
IN_A = over(
    ROOT2,
    certificate(
        "semidefinite-bound",
        {
            "unknowns": "1",
            "blocks": "1",
            "objective": {"1": ["0", "1"]},
            "matrices": {"0 1 1 1": "1", "1 1 1 1": ["0", "1"]},
            "equations": [],
        },
        "1",
        {"multipliers": matrix(""), "matrices": [matrix("1")], "positivity": [DOMINANT]},
    ),
)
# No blocks: x = 2 has 3x = 6. And one more unknown, in neither.
EQUATIONS_ONLY = certificate(
    "semidefinite-bound",
    {
        "unknowns": "2",
        "blocks": "",
        "objective": {"1": "3"},
        "matrices": {},
        "equations": [{"0": "2", "1": "1"}],
    },
    "6",
    {"multipliers": matrix("3"), "matrices": [], "positivity": []},
)
NINE = ["1"] * 9  # blocks of one row, all of them x_1 ≥ 0

ACCEPT = {
    "semidefinite-bound": changed(
        BOUND,
        put("provenance", ""),
        "Every x that is feasible has c·x >= -67/12 in the semidefinite program of this claim "
        "(3 unknowns; 1 matrix block of 2 rows, 2 inequalities, 1 equation).",
    ),
    "semidefinite-attained": changed(
        ATTAINED, put("provenance", ""), "Some x that is feasible has c·x <= 16.75 in the semidefinite"
    ),
    "semidefinite-infeasible": changed(
        INFEASIBLE,
        put("provenance", ""),
        "No x is feasible in the semidefinite program of this claim (1 unknown; 1 matrix block of 2 "
        "rows).",
    ),
    "semidefinite-contradiction": changed(
        CONTRADICTION, put("provenance", ""), "(1 unknown; 1 inequality, 1 equation)"
    ),
    "semidefinite-in-a": IN_A,
    "semidefinite-equations-only": changed(
        EQUATIONS_ONLY, put("provenance", ""), "(2 unknowns; 1 equation)"
    ),
    "semidefinite-without-conditions": certificate(
        "semidefinite-attained",
        {"unknowns": "1", "blocks": "", "objective": {}, "matrices": {}, "equations": []},
        "0",
        {"point": matrix("7"), "positivity": [DOMINANT]},
    ),
    "semidefinite-of-many-blocks": certificate(
        "semidefinite-attained",
        {
            "unknowns": "1",
            "blocks": " ".join([*NINE, "3", "-1"]),
            "objective": {"1": "1"},
            "matrices": {f"1 {b} 1 1": "1" for b in range(1, 12)},
            "equations": [],
        },
        "1",
        {"point": matrix("1"), "positivity": [DOMINANT] * 12},
    ),
}
ACCEPT["semidefinite-without-conditions"]["provenance"] = "expect: (1 unknown; no conditions)"
ACCEPT["semidefinite-of-many-blocks"]["provenance"] = (
    "expect: (1 unknown; 10 matrix blocks of at most 3 rows, 1 inequality)"
)

MATRICES = (*DATA, "matrices")
EQUATION = (*DATA, "equations", 0)
REJECT = {
    "semidefinite-better-than-proved": changed(
        BOUND, put(C, "bound", "-5583333333/1000000000"), "proved ≥ claimed"
    ),
    "semidefinite-better-than-attained": changed(
        ATTAINED, put(C, "bound", "16749999/1000000"), "c·x <= bound"
    ),
    "semidefinite-other-objective": changed(
        BOUND, put(*DATA, "objective", "3", "-6"), "coefficient of x_3"
    ),
    "semidefinite-other-matrix": changed(BOUND, put(*MATRICES, "2 1 2 2", "1"), "coefficient of x_2"),
    "semidefinite-other-constant": changed(BOUND, put(*MATRICES, "0 2 1 1", "1/4"), "proved ≥ claimed"),
    "semidefinite-other-equation": changed(BOUND, put(*EQUATION, "0", "2"), "proved ≥ claimed"),
    "semidefinite-block-violated": changed(ATTAINED, put(*MATRICES, "2 1 2 2", "1"), "block 1"),
    "semidefinite-row-violated": changed(
        ATTAINED, put(*MATRICES, "0 2 2 2", "8"), "row 2 of block 2, row 0"
    ),
    "semidefinite-equation-violated": changed(ATTAINED, put(*EQUATION, "0", "2"), "equation 1"),
    "semidefinite-multiplier-not-positive": changed(
        BOUND,
        together(put(W, "matrices", 2, matrix("-1")), put(*MATRICES, "1 2 2 2", "-1")),
        "coefficient of x_3",
    ),
    "semidefinite-feasible": changed(INFEASIBLE, drop(*MATRICES, "0 1 1 2"), "proved > 0"),
    "semidefinite-infeasible-not-identically": changed(
        INFEASIBLE, put(*MATRICES, "1 1 2 2", "-2"), "coefficient of x_1"
    ),
    "semidefinite-in-other-a": changed(IN_A, put(C, "bound", ["2", "-1/2"]), "proved ≥ claimed"),
}
MALFORMED = {
    "semidefinite-without-unknowns": changed(BOUND, put(*DATA, "unknowns", "0"), "an unknown is needed"),
    "semidefinite-block-of-no-rows": changed(BOUND, put(*DATA, "blocks", "2 -2 0"), "of no rows"),
    "semidefinite-matrices-not-an-object": changed(
        BOUND, put(*DATA, "matrices", []), "an object from places"
    ),
    "semidefinite-place-too-short": changed(BOUND, put(*MATRICES, "1 1 1", "1"), "numbers of matrix"),
    "semidefinite-place-with-plus": changed(BOUND, put(*MATRICES, "+1 1 1 1", "1"), "row of integers"),
    "semidefinite-matrix-too-large": changed(BOUND, put(*MATRICES, "4 1 1 1", "1"), "from 0 to 3"),
    "semidefinite-matrix-negative": changed(BOUND, put(*MATRICES, "-1 1 1 1", "1"), "from 0 to 3"),
    "semidefinite-block-too-large": changed(BOUND, put(*MATRICES, "1 3 1 1", "1"), "from 1 to 2"),
    "semidefinite-block-zero": changed(BOUND, put(*MATRICES, "1 0 1 1", "1"), "from 1 to 2"),
    "semidefinite-row-zero": changed(BOUND, put(*MATRICES, "1 1 0 1", "1"), "above the diagonal of 2"),
    "semidefinite-column-too-large": changed(
        BOUND, put(*MATRICES, "1 1 1 3", "1"), "above the diagonal of 2"
    ),
    "semidefinite-row-too-large": changed(
        BOUND, put(*MATRICES, "1 2 3 3", "1"), "above the diagonal of 2"
    ),
    "semidefinite-below-the-diagonal": changed(
        BOUND, put(*MATRICES, "1 1 2 1", "1"), "on or above the diagonal"
    ),
    "semidefinite-off-a-diagonal-block": changed(
        BOUND, put(*MATRICES, "1 2 1 2", "1"), "the block is diagonal"
    ),
    "semidefinite-entry-zero": changed(BOUND, put(*MATRICES, "1 1 1 2", "0"), "what is 0 is left out"),
    "semidefinite-number-bare": changed(BOUND, put(*MATRICES, "1 1 1 2", None), "a string is needed"),
    "semidefinite-number-a-decimal": changed(BOUND, put(*MATRICES, "1 1 1 2", "0.5"), "not an integer"),
    "semidefinite-objective-not-an-object": changed(
        BOUND, put(*DATA, "objective", ["9/4"]), "an object from unknowns"
    ),
    "semidefinite-objective-of-no-unknown": changed(
        BOUND, put(*DATA, "objective", "4", "1"), "from 1 to 3"
    ),
    "semidefinite-objective-with-a-constant": changed(
        BOUND, put(*DATA, "objective", "0", "1"), "from 1 to 3"
    ),
    "semidefinite-objective-with-a-zero": changed(
        BOUND, put(*DATA, "objective", "2", "0"), "what is 0 is left out"
    ),
    "semidefinite-objective-of-a-word": changed(
        BOUND, put(*DATA, "objective", "x", "1"), "not an integer"
    ),
    "semidefinite-equations-not-a-list": changed(BOUND, put(*DATA, "equations", {}), "a list is needed"),
    "semidefinite-equation-not-an-object": changed(
        BOUND, append(*DATA, "equations", "0"), "an object from unknowns"
    ),
    "semidefinite-equation-of-no-unknown": changed(BOUND, put(*EQUATION, "4", "1"), "from 0 to 3"),
    "semidefinite-equation-negative": changed(BOUND, put(*EQUATION, "-1", "1"), "from 0 to 3"),
    "semidefinite-equation-without-unknowns": changed(
        BOUND, append(*DATA, "equations", {"0": "1"}), "equations[1]: an equation without unknowns"
    ),
    "semidefinite-without-objective": changed(BOUND, drop(*DATA, "objective"), "'objective' is missing"),
    "semidefinite-infeasible-with-objective": changed(
        INFEASIBLE, put(*DATA, "objective", {}), "unknown field 'objective'"
    ),
    "semidefinite-infeasible-with-bound": changed(INFEASIBLE, put(C, "bound", "1"), "claim.bound"),
    "semidefinite-without-bound": changed(BOUND, put(C, "bound", None), "claim.bound"),
    "semidefinite-attained-without-bound": changed(ATTAINED, put(C, "bound", None), "claim.bound"),
    "semidefinite-matrices-too-few": changed(
        BOUND, put(W, "matrices", [SQUARE, matrix("2")]), "the program has 3 blocks"
    ),
}
# Numbers of 1000 bits without common divisors: no one of them is too long.
COPRIME = [str(10**300 + k) for k in (7, 9, 13, 27, 31)]
DECLINE = {
    "semidefinite-at-a-long-number": certificate(
        "semidefinite-attained",
        {
            "unknowns": "1",
            "blocks": "1000",
            "objective": {},
            "matrices": {"1 1 1 1": "1"},
            "equations": [],
        },
        "0",
        {"point": matrix("9" * 3000), "positivity": [DOMINANT, DOMINANT]},
    ),
    "semidefinite-of-too-many-unknowns": changed(
        BOUND, put(*DATA, "unknowns", "10001"), "unknowns: more than 10000"
    ),
    "semidefinite-of-too-many-inequalities": changed(
        BOUND, put(*DATA, "blocks", "2 -9999 1"), "more than 10000 blocks"
    ),
    "semidefinite-of-too-many-entries": changed(
        BOUND, put(*DATA, "blocks", "2 -2 1000"), "more than 1000000 entries"
    ),
    "semidefinite-of-a-huge-block": changed(
        BOUND, put(*DATA, "blocks", "2 -2 " + "9" * 5000), "more than 1000000 entries"
    ),
    "semidefinite-of-a-long-number": changed(
        BOUND, put(*MATRICES, "1 1 1 1", "1" * 1001), "more than 1000 characters"
    ),
    "semidefinite-of-a-long-coefficient": changed(
        IN_A, put(*MATRICES, "1 1 1 1", ["1", "1" * 1001]), "more than 1000 characters"
    ),
    "semidefinite-of-many-denominators": changed(
        BOUND,
        together(
            put(*DATA, "blocks", "2 -5"),
            put(*DATA, "matrices", {f"0 2 {k} {k}": f"1/{q}" for k, q in enumerate(COPRIME, 1)}),
        ),
        "a common denominator of more than 4096 bits",
    ),
    "semidefinite-of-many-denominators-in-equations": changed(
        BOUND,
        together(
            put(*DATA, "objective", {str(k): f"1/{COPRIME[k]}" for k in (1, 2, 3)}),
            put(*EQUATION, {"0": f"1/{COPRIME[0]}", "1": f"1/{COPRIME[4]}"}),
        ),
        "a common denominator of more than 4096 bits",
    ),
    "semidefinite-of-many-denominators-in-a": changed(
        IN_A,
        together(
            put(*DATA, "objective", {"1": [f"1/{q}" for q in COPRIME[:2]]}),
            put(
                *DATA,
                "equations",
                [{"0": COPRIME[0], "1": [f"1/{q}" for q in COPRIME[2:4]]}, {"1": f"1/{COPRIME[4]}"}],
            ),
        ),
        "a common denominator of more than 4096 bits",
    ),
}
