"""The part of the corpus about local hidden states: the set LHS, distances from it, bounds over it.

Written by hand like the rest (see `make.py`). One inequality serves everywhere: 3Z and 4Y have
|±3Z ± 4Y| = 5, so 5 - (±3Z ± 4Y) is of rank 1 and LHS assemblages have

    F(σ) = tr 3Z(σ[0|0] - σ[1|0]) + tr 4Y(σ[0|1] - σ[1|1]) ≤ 5,

while the table of Z and Y on half of a maximally entangled pair has F = 7. Y brings imaginary parts, and
3 and 4 tell the inputs apart.
"""

from __future__ import annotations

from itertools import product

from parts import (
    COIN,
    DOMINANT,
    MINUS_Y,
    MINUS_Z,
    PLUS_Y,
    PLUS_Z,
    QUBIT,
    REDUCIBLE,
    ROOT2,
    TABLE,
    C,
    Json,
    W,
    append,
    certificate,
    changed,
    drop,
    factored,
    in_a,
    matrix,
    over,
    put,
    together,
)

SIGMA = (C, "data", "assemblage")
NOISE = (C, "data", "noise")
POINT = (W, "point")
ONE, NOTHING, HALF = matrix("1"), matrix("0"), matrix("1", denominator="2")
THIRD, TWO_THIRDS = matrix("1", denominator="3"), matrix("2", denominator="3")
MIXED = matrix("1", "0 1", denominator="4")
ZERO_2 = matrix("0", "0 0")
BIT = "1/1000000000"


def existence(kind: str, data: Json, bound: str | None, point: Json, blocks: int) -> Json:
    """A point, each block dominant."""
    return certificate(kind, data, bound, {"point": point, "positivity": [DOMINANT] * blocks})


def dual(kind: str, data: Json, bound: str | None, multipliers: Json, matrices: list[Json]) -> Json:
    """Multipliers, each matrix dominant."""
    witness = {
        "multipliers": multipliers,
        "matrices": matrices,
        "positivity": [DOMINANT] * len(matrices),
    }
    return certificate(kind, data, bound, witness)


def unchanged(base: Json, expect: str) -> Json:
    return changed(base, together(), expect)


SIGNS = list(product((1, -1), repeat=2))  # of Z and Y, for the strategies 00, 01, 10, 11


def gap(z: int, y: int, times: int, denominator: str = "1") -> Json:
    """(5 - 3zZ - 4yY)·times/(2·denominator), of rank 1."""
    diagonal = (times, 4 * times) if z > 0 else (4 * times, times)
    return matrix(
        str(diagonal[0]),
        f"0 {diagonal[1]}",
        denominator=denominator,
        imaginary=("0", f"{-2 * y * times} 0"),
    )


def gap_factor(z: int, y: int, times: int, denominator: str = "1") -> Json:
    """The column (1, -2yi), or (2, -yi), is what (5 - 3zZ - 4yY)/2 is made of."""
    column = ("1", "0", f"{-2 * y}") if z > 0 else ("2", "0", f"{-y}")
    factor = matrix(*column[:2], imaginary=("0", column[2]))
    return factored(factor, str(times), denominator)


# --- The set LHS in the kinds that outer sets have -----------------------------------------------

# Half of the visibility: ρ_ab = (1 ± Z/2 ± Y/2)/8 for the strategy (a, b), which is dominant.
NOISY = {
    "0|0": matrix("3", "0 1", denominator="8"),
    "1|0": matrix("1", "0 3", denominator="8"),
    "0|1": matrix("2", "0 2", denominator="8", imaginary=("0", "1 0")),
    "1|1": matrix("2", "0 2", denominator="8", imaginary=("0", "-1 0")),
}
MEMBER = existence(
    "member",
    {"scenario": QUBIT, "set": "LHS", "assemblage": NOISY},
    None,
    matrix("3 0 1 1 3 0 1 -1 1 0 3 1 1 0 3 -1", denominator="16"),
    4,
)

# Two parties and no trusted system: the second answers with a distribution for each answer of the first.
BELL_LOCAL = existence(
    "member",
    {
        "scenario": {"parties": ["2", "2 2"], "dimension": "1"},
        "set": "LHS",
        "assemblage": {
            "0 0|0 0": matrix("1", denominator="6"),
            "0 1|0 0": HALF,
            "1 0|0 0": NOTHING,
            "1 1|0 0": THIRD,
            "0 0|0 1": TWO_THIRDS,
            "0 1|0 1": NOTHING,
            "1 0|0 1": matrix("1", denominator="6"),
            "1 1|0 1": matrix("1", denominator="6"),
        },
    },
    None,
    matrix("1 3 4 0 0 2 1 1", denominator="6"),
    8,
)

# The PR box. Each of Bob's inputs alone has such a model; the weights of the strategies differ.
PR_BOX = existence(
    "member",
    {
        "scenario": {"parties": ["2 2", "2 2"], "dimension": "1"},
        "set": "LHS",
        "assemblage": {
            f"{a} {b}|{x} {y}": HALF if (a + b) % 2 == x * y else NOTHING
            for x, y, a, b in product((0, 1), repeat=4)
        },
    },
    None,
    matrix("1 0 0 0 0 0 1 0 0 0 0 1 0 1 0 0", denominator="2"),
    16,
)

# A trusted input: the states of λ are others for each y, their weights are not.
TRUSTED = existence(
    "member",
    {
        "scenario": {"parties": ["2"], "dimension": "2", "trusted inputs": "2"},
        "set": "LHS",
        "assemblage": {
            "0|0 0": matrix("2", "0 0", denominator="3"),
            "1|0 0": matrix("0", "0 1", denominator="3"),
            "0|0 1": matrix("1", "0 1", denominator="3"),
            "1|0 1": matrix("1", "0 0", denominator="3"),
        },
    },
    None,
    matrix("2 0 0 0 1 0 1 0 0 0 1 0 1 0 0 0", denominator="3"),
    4,
)
TRUSTED_COINS = existence(
    "member",
    {
        "scenario": {"parties": ["2 2"], "dimension": "1", "trusted inputs": "2"},
        "set": "LHS",
        "assemblage": {f"{a}|{x} {y}": HALF for a, x, y in product((0, 1), repeat=3)},
    },
    None,
    matrix("1 1 1 1 1 1 1 1", denominator="4"),
    8,
)

# 7v = F(vσ + (1 - v)/4) ≤ 5: the multipliers of the elements are (-5 - 3Z - 4Y)/7, 6Z/7 and 8Y/7, those
# of the hidden states (5 - G_λ)/7.
VISIBILITY = certificate(
    "visibility-bound",
    {
        "scenario": QUBIT,
        "set": "LHS",
        "assemblage": TABLE,
        "noise": dict.fromkeys(TABLE, MIXED),
    },
    "5/7",
    {
        "multipliers": matrix("-8 0 -8 -2 6 0 0 -6 0 0 16 0", denominator="7"),
        "matrices": [gap(*signs, 2, "7") for signs in SIGNS],
        "positivity": [gap_factor(*signs, 2, "7") for signs in SIGNS],
    },
)

# A coin can't have p within 1/2 of 2: p₀ ≥ 3/2, p₁ ≥ 0 and p₀ + p₁ = 1.
EXCLUDED = dual(
    "box-excluded",
    {"scenario": COIN, "set": "LHS", "centre": {"0|0": matrix("2")}, "radius": "1/2"},
    None,
    matrix("-1"),
    [NOTHING, ONE, ONE, NOTHING],
)
# The same for the elements of an instrumental assemblage, and hidden states for each y.
EXCLUDED_INSTRUMENTAL = dual(
    "box-excluded",
    {
        "scenario": {**COIN, "trusted inputs": "2"},
        "set": "LHS",
        "centre": {"0|0 0": matrix("2"), "1|0 1": NOTHING},
        "radius": "1/2",
    },
    None,
    matrix("0 0 -1"),
    [NOTHING, NOTHING, ONE, NOTHING, ONE, NOTHING, NOTHING, NOTHING],
)

# The table with F = 7: Σ_λ ⟨5 - G_λ, ρ_λ⟩ = 5 - F(σ), and F(σ) ≥ 7 - 28·radius in the box, its
# coefficients being ±3 at four diagonal entries and ±8 at two imaginary parts.
COEFFICIENTS = [*(3, 0, 0, -3), *(-3, 0, 0, 3), *(0, 0, 8, 0), *(0, 0, -8, 0)]
EXCLUDED_TABLE = certificate(
    "box-excluded",
    {"scenario": QUBIT, "set": "LHS", "centre": TABLE, "radius": "1/15"},
    None,
    {
        "multipliers": matrix("-5"),
        "matrices": [
            *(gap(*signs, 2) for signs in SIGNS),
            *(matrix(str(max(end, 0))) for c in COEFFICIENTS for end in (c, -c)),
        ],
        "positivity": [*(gap_factor(*signs, 2) for signs in SIGNS), *[DOMINANT] * 32],
    },
)

ACCEPT = {
    "lhs-member": unchanged(MEMBER, "this claim has a local hidden state model. Scenario"),
    "lhs-member-bell-local": unchanged(BELL_LOCAL, "model, so its behaviour is Bell-local. Scenario"),
    "lhs-member-trusted-input": TRUSTED,
    "lhs-member-trusted-coins": TRUSTED_COINS,
    "lhs-visibility": unchanged(VISIBILITY, "belongs to the LHS assemblages, then v <= 5/7"),
    "lhs-excluded-table": unchanged(EXCLUDED_TABLE, "every valid assemblage in that box is steerable. "),
    "lhs-excluded": unchanged(EXCLUDED, "No LHS assemblage lies within 0.5 of"),
    "lhs-excluded-instrumental": unchanged(
        EXCLUDED_INSTRUMENTAL, "every valid instrumental assemblage in that box is Bell-nonlocal"
    ),
}

OFF_DIAGONAL_HALF = matrix("1", "1 1", denominator="4")
REJECT = {
    "lhs-member-too-pure": changed(
        MEMBER,
        together(
            put(*SIGMA, TABLE),
            put(*POINT, matrix("2 0 0 1 2 0 0 -1 0 0 2 1 0 0 2 -1", denominator="8")),
        ),
        "dominant residue",
    ),
    "lhs-member-of-wrong-strategies": changed(
        MEMBER,
        put(*POINT, matrix("3 0 1 -1 3 0 1 1 1 0 3 1 1 0 3 -1", denominator="16")),
        "model against σ[0|1], entry (1, 0), imaginary part",
    ),
    "lhs-member-with-a-state-that-is-not-positive": changed(
        MEMBER,
        put(*POINT, matrix("1 0 0 0 5 0 2 0 3 0 4 2 -1 0 2 -2", denominator="16")),
        "ρ of λ = 1 1",
    ),
    "lhs-member-signalling": changed(MEMBER, put(*SIGMA, "1|1", MIXED), "signalling of party 1"),
    "lhs-member-not-normalised": changed(
        MEMBER,
        together(
            put(*SIGMA, {label: matrix("1", "0 1", denominator="2") for label in TABLE}),
            put(*POINT, matrix(" ".join(["1 0 1 0"] * 4), denominator="4")),
        ),
        "normalisation",
    ),
    "lhs-pr-box": unchanged(PR_BOX, "weight of λ = 0 0 for input 1 against input 0"),
    "lhs-pr-box-with-negative-probabilities": changed(
        PR_BOX,
        put(*POINT, matrix("3 -1 1 1 1 1 3 -1 1 1 -1 3 -1 3 1 1", denominator="8")),
        "p[1|0] of λ = 0 0",
    ),
    "lhs-bell-local-with-a-negative-probability": changed(
        BELL_LOCAL,
        together(
            put(*SIGMA, "1 0|0 0", matrix("-1", denominator="3")),
            put(*SIGMA, "1 1|0 0", TWO_THIRDS),
            put(*POINT, matrix("1 3 4 0 -2 4 1 1", denominator="6")),
        ),
        "p[0|0] of λ = 1",
    ),
    "lhs-bell-local-with-answers-exchanged": changed(
        BELL_LOCAL, put(*POINT, matrix("3 1 4 0 0 2 1 1", denominator="6")), "model against"
    ),
    "lhs-trusted-input-with-other-weights": changed(
        TRUSTED_COINS,
        put(*POINT, matrix("1 2 1 0 1 0 1 2", denominator="4")),
        "weight of λ = 0 0 for input 1 against input 0",
    ),
    "lhs-trusted-input-with-one-state": changed(
        TRUSTED,
        put(*POINT, matrix("2 0 0 0 2 0 0 0 0 0 1 0 0 0 1 0", denominator="3")),
        "model against σ[0|0 1]",
    ),
    "lhs-trusted-input-with-a-state-that-is-not-positive": changed(
        TRUSTED,
        together(
            put(*SIGMA, "0|0 1", matrix("3", "0 -1", denominator="3")),
            put(*SIGMA, "1|0 1", matrix("-1", "0 2", denominator="3")),
            put(*POINT, matrix("2 0 0 0 3 0 -1 0 0 0 1 0 -1 0 2 0", denominator="3")),
        ),
        "ρ[y = 1] of λ = 0",
    ),
    "lhs-visibility-too-good": changed(VISIBILITY, put(C, "bound", "7/10"), "proved ≥ claimed"),
    "lhs-visibility-of-another-noise": changed(VISIBILITY, put(*NOISE, NOISY), "identity"),
    "lhs-visibility-of-a-state-that-is-not-positive": changed(
        VISIBILITY, put(W, "positivity", 3, DOMINANT), "multiplier of ρ of λ = 1 1"
    ),
    "lhs-visibility-of-another-strategy": changed(
        VISIBILITY,
        together(
            put(W, "matrices", 0, gap(1, -1, 2, "7")),
            put(W, "matrices", 1, gap(1, 1, 2, "7")),
            put(W, "positivity", 0, gap_factor(1, -1, 2, "7")),
            put(W, "positivity", 1, gap_factor(1, 1, 2, "7")),
        ),
        "identity",
    ),
    "lhs-excluded-table-too-wide": changed(
        EXCLUDED_TABLE, put(C, "data", "radius", "1/14"), "proved > 0"
    ),
    "lhs-excluded-too-wide": changed(EXCLUDED, put(C, "data", "radius", "1"), "proved > 0"),
    "lhs-excluded-elsewhere": changed(
        EXCLUDED, put(C, "data", "centre", {"1|0": matrix("2")}), "identity"
    ),
    "lhs-excluded-without-normalisation": changed(EXCLUDED, put(W, "multipliers", NOTHING), "identity"),
    "lhs-excluded-instrumental-too-wide": changed(
        EXCLUDED_INSTRUMENTAL, put(C, "data", "radius", "1"), "proved > 0"
    ),
}

MALFORMED = {
    "lhs-member-with-a-bound": changed(MEMBER, put(C, "bound", "1"), "claim.bound"),
    "lhs-member-of-too-few-states": changed(MEMBER, put(W, "positivity", [DOMINANT] * 3), "4 blocks"),
    "lhs-in-a-list": changed(MEMBER, put(C, "data", "set", ["LHS"]), "outcome|input"),
}

DECLINE = {
    # More than the file could ever mean to say, and just one more than allowed.
    "lhs-strategies-too-many": changed(
        EXCLUDED,
        together(
            put(C, "data", "scenario", {"parties": [" ".join(["2"] * 30)], "dimension": "2"}),
            put(C, "data", "centre", {}),
        ),
        "1073741824 deterministic strategies with 4294967296 unknowns",
    ),
    "lhs-hidden-states-too-many": changed(
        EXCLUDED,
        together(
            put(C, "data", "scenario", {"parties": ["50001"], "dimension": "2"}),
            put(C, "data", "centre", {}),
        ),
        "50001 deterministic strategies with 200004 unknowns",
    ),
    "lhs-distributions-too-many": changed(
        EXCLUDED,
        together(
            put(C, "data", "scenario", {"parties": ["3", "66667"], "dimension": "1"}),
            put(C, "data", "centre", {}),
        ),
        "3 deterministic strategies with 200001 unknowns",
    ),
    "lhs-misspelled": changed(MEMBER, put(C, "data", "set", "lhs"), "claim.data.set"),
}

# --- How far from LHS ----------------------------------------------------------------------------


def distance(relation: str, table: Json, of: str = "LHS", scenario: Json = QUBIT) -> Json:
    return {"scenario": scenario, "set": of, "assemblage": table, "relation": relation}


# (σ + νυ)₁ = -1 + νυ₁ ≥ 0, for a "coin" with p = 2.
BENT = {"0|0": matrix("2"), "1|0": matrix("-1")}
ROBUST_COIN = dual(
    "negativity-bound",
    distance(">=", BENT, scenario=COIN),
    "1",
    matrix("-1 1"),
    [ONE, NOTHING, NOTHING, ONE],
)
# 10ν - 2 = ⟨5 - G_λ, (σ + νυ)_λ⟩ + ⟨5 + G_λ, (νυ)_λ⟩ summed over λ.
ROBUST = certificate(
    "negativity-bound",
    distance(">=", TABLE),
    "1/5",
    {
        "multipliers": matrix("-4 0 -4 -1 3 0 0 -3 0 0 8 0", denominator="5"),
        "matrices": [
            *(gap(-z, -y, 1, "5") for z, y in SIGNS),
            *(gap(z, y, 1, "5") for z, y in SIGNS),
        ],
        "positivity": [
            *(gap_factor(-z, -y, 1, "5") for z, y in SIGNS),
            *(gap_factor(z, y, 1, "5") for z, y in SIGNS),
        ],
    },
)
# υ has the opposite answers and half of the visibility: (σ + υ/2)/(3/2) has half of it, too.
ROBUST_FROM_ABOVE = existence(
    "negativity-bound",
    distance("<=", TABLE),
    "1/2",
    matrix(
        "1 0 3 -1 1 0 3 1 3 0 1 -1 3 0 1 1 9 0 3 3 9 0 3 -3 3 0 9 3 3 0 9 -3",
        denominator="32",
    ),
    9,
)
# Two parties: the same number, and no word about messages of one that steers.
ROBUST_PAIR = dual(
    "negativity-bound",
    distance(
        ">=",
        {"0 0|0 0": ONE},
        scenario={"parties": ["1", "1"], "dimension": "1"},
    ),
    "0",
    NOTHING,
    [ONE, NOTHING],
)
ROBUST_BOB = dual(
    "negativity-bound",
    distance(
        ">=",
        {"0|0 0": ONE},
        scenario={"parties": ["1"], "dimension": "1", "trusted inputs": "1"},
    ),
    "0",
    NOTHING,
    [ONE, NOTHING],
)
# The outer set: σ + νυ is certain to give 0, as υ is certain to give 1.
NEGATIVE_FROM_ABOVE = existence(
    "negativity-bound",
    distance("<=", BENT, "almost-quantum", COIN),
    "1",
    matrix("1 0"),
    3,
)

# Outer sets say nothing about messages.
NEGATIVE = dual(
    "negativity-bound",
    distance(">=", BENT, "almost-quantum", COIN),
    "1",
    matrix(""),
    [matrix("0", "0 1"), matrix("1", "-1 1")],
)

# With F ⪰ 0 made of 3|a⟩⟨a| for Z and 4|b⟩⟨b| for Y, G_λ ⪯ 6 and F(σ) = 7 ≤ F(σ + tπ) ≤ 6(1 + t).
GENERALISED = certificate(
    "generalised-robustness-bound",
    distance(">=", TABLE),
    "1/6",
    {
        "multipliers": matrix("3 0 0 0 0 0 0 3 2 0 4 2 2 0 -4 2", denominator="6"),
        "matrices": [
            *(gap(z, y, 1, "6") for z, y in SIGNS),
            matrix("1", "0 0", denominator="2"),
            matrix("0", "0 1", denominator="2"),
            matrix("1", "0 1", denominator="3", imaginary=("0", "1 0")),
            matrix("1", "0 1", denominator="3", imaginary=("0", "-1 0")),
        ],
        "positivity": [*(gap_factor(z, y, 1, "6") for z, y in SIGNS), *[DOMINANT] * 4],
    },
)
# π has the opposite answers, and (σ + π/3)/(4/3) half of the visibility.
GENERALISED_FROM_ABOVE = existence(
    "generalised-robustness-bound",
    distance("<=", TABLE),
    "1/3",
    matrix(
        "3 0 1 1 3 0 1 -1 1 0 3 1 1 0 3 -1 0 0 2 0 2 0 0 0 1 0 1 -1 1 0 1 1",
        denominator="12",
    ),
    9,
)
# 1 + t = (1 - E)² + E² with E² = p = 2 + tπ₀.
GENERALISED_COIN = dual(
    "generalised-robustness-bound",
    distance(">=", BENT, "almost-quantum", COIN),
    "1",
    matrix("1 0"),
    [matrix("1", "-1 1"), ONE, NOTHING],
)

# F(σ) = 0 for 3|1 - a⟩⟨1 - a| and 4|1 - b⟩⟨1 - b|, and G_λ ⪰ 1: nothing of σ is LHS.
WEIGHT = certificate(
    "weight-bound",
    distance(">=", TABLE),
    "1",
    {
        "multipliers": matrix("0 0 0 -3 -3 0 0 0 -2 0 4 -2 -2 0 -4 -2"),
        "matrices": [
            *(gap(z, y, 1) for z, y in SIGNS),
            matrix("0", "0 3"),
            matrix("3", "0 0"),
            matrix("2", "0 2", imaginary=("0", "-2 0")),
            matrix("2", "0 2", imaginary=("0", "2 0")),
        ],
        "positivity": [*(gap_factor(z, y, 1) for z, y in SIGNS), *[DOMINANT] * 4],
    },
)
# Half of the table above, half of the noisy one.
WEIGHT_FROM_ABOVE = existence(
    "weight-bound",
    distance(
        "<=",
        {
            "0|0": matrix("7", "0 1", denominator="16"),
            "1|0": matrix("1", "0 7", denominator="16"),
            "0|1": matrix("4", "0 4", denominator="16", imaginary=("0", "3 0")),
            "1|1": matrix("4", "0 4", denominator="16", imaginary=("0", "-3 0")),
        },
    ),
    "1/2",
    matrix(
        "3 0 1 1 3 0 1 -1 1 0 3 1 1 0 3 -1 8 0 0 0 0 0 8 0 4 0 4 4 4 0 4 -4",
        denominator="32",
    ),
    9,
)
# A coin is quantum, so the bound is 0: tr(1 - p)τ = 1 - tr pπ.
WEIGHT_COIN = dual(
    "weight-bound",
    distance(">=", {"0|0": THIRD, "1|0": TWO_THIRDS}, "almost-quantum", COIN),
    "0",
    matrix("-1 -1"),
    [ZERO_2, ONE, ONE],
)

ACCEPT |= {
    "robustness-coin": unchanged(ROBUST_COIN, "needs at least 2 different messages. Scenario"),
    "robustness": unchanged(ROBUST, "the LHS robustness ν of σ, then ν >= 0.2"),
    "robustness-below-zero": changed(
        ROBUST_COIN, put(C, "bound", "-2"), "at least 1 different message. Scenario"
    ),
    "robustness-from-above": unchanged(
        ROBUST_FROM_ABOVE, "its LHS robustness is at most that. Scenario"
    ),
    "robustness-of-a-pair": unchanged(ROBUST_PAIR, "ν >= 0, for the table σ of this claim. Scenario"),
    "robustness-trusted-input": unchanged(ROBUST_BOB, "ν >= 0, for the table σ of this claim. Scenario"),
    "negativity-without-messages": unchanged(
        NEGATIVE, "ν >= 1, for the table σ of this claim. Scenario"
    ),
    "negativity-from-above": unchanged(
        NEGATIVE_FROM_ABOVE, "and 0 <= ν <= 1, for the table σ of this claim. Scenario"
    ),
    "generalised-robustness": unchanged(GENERALISED, "(1 + t) is LHS for an assemblage π and t >= 0"),
    "generalised-robustness-from-above": unchanged(GENERALISED_FROM_ABOVE, "0 <= t <= 1/3, σ being"),
    "generalised-robustness-coin": GENERALISED_COIN,
    "weight": unchanged(WEIGHT, "a LHS assemblage τ and 0 <= p <= 1, then p >= 1"),
    "weight-from-above": unchanged(WEIGHT_FROM_ABOVE, "for some 0 <= p <= 0.5, σ being"),
    "weight-coin": WEIGHT_COIN,
}

# Scaled by 2, with a point that is, too: all but normalisation.
DOUBLE = {
    "0|0": matrix("1", "0 0"),
    "1|0": matrix("0", "0 1"),
    "0|1": matrix("1", "0 1", denominator="2", imaginary=("0", "1 0")),
    "1|1": matrix("1", "0 1", denominator="2", imaginary=("0", "-1 0")),
}
REJECT |= {
    "robustness-too-good": changed(ROBUST, put(C, "bound", "200000001/1000000000"), "proved ≥"),
    "robustness-coin-too-good": changed(ROBUST_COIN, put(C, "bound", "1000000001/1000000000"), "proved"),
    "robustness-of-a-state-that-is-not-positive": changed(
        ROBUST, put(W, "positivity", 0, DOMINANT), "multiplier of ρ of λ = 0 0"
    ),
    "robustness-of-the-wrong-sign": changed(
        ROBUST,
        together(
            put(W, "matrices", ROBUST[W]["matrices"][4:] + ROBUST[W]["matrices"][:4]),
            put(W, "positivity", ROBUST[W]["positivity"][4:] + ROBUST[W]["positivity"][:4]),
        ),
        "identity",
    ),
    "robustness-from-above-too-good": changed(
        ROBUST_FROM_ABOVE, put(C, "bound", "499999999/1000000000"), "quantity ≤ bound"
    ),
    "robustness-from-above-of-another-table": changed(
        ROBUST_FROM_ABOVE, put(*SIGMA, NOISY), "model against"
    ),
    "robustness-from-above-signalling": changed(
        ROBUST_FROM_ABOVE, put(*SIGMA, "1|1", MIXED), "signalling of party 1"
    ),
    "robustness-from-above-not-normalised": changed(
        ROBUST_FROM_ABOVE,
        together(
            put(*SIGMA, DOUBLE),
            put(C, "bound", "1"),
            put(*POINT, "denominator", "16"),
        ),
        "normalisation",
    ),
    "robustness-from-above-with-a-state-of-υ-that-is-not-positive": changed(
        ROBUST_FROM_ABOVE,
        put(
            *POINT,
            matrix(
                "3 0 3 -1 -1 0 3 1 1 0 1 -1 5 0 1 1 9 0 3 3 9 0 3 -3 3 0 9 3 3 0 9 -3",
                denominator="32",
            ),
        ),
        "ρ of λ = 0 1",
    ),
    "robustness-from-above-with-a-state-of-τ-that-is-not-positive": changed(
        ROBUST_FROM_ABOVE,
        put(
            *POINT,
            matrix(
                "1 0 3 -1 1 0 3 1 3 0 1 -1 3 0 1 1 5 0 3 3 13 0 3 -3 7 0 9 3 -1 0 9 -3",
                denominator="32",
            ),
        ),
        "ρ of λ = 1 1",
    ),
    "negativity-from-above-too-good": changed(
        NEGATIVE_FROM_ABOVE, put(C, "bound", "999999999/1000000000"), "quantity ≤ bound"
    ),
    "generalised-robustness-too-good": changed(GENERALISED, put(C, "bound", "1/5"), "proved ≥ claimed"),
    "generalised-robustness-with-a-negative-remainder": changed(
        GENERALISED_FROM_ABOVE,
        together(
            put(C, "bound", "0"),
            put(
                *POINT,
                matrix(
                    "3 0 1 1 3 0 1 -1 1 0 3 1 1 0 3 -1 -2 0 2 0 2 0 -2 0 0 0 0 -2 0 0 0 2",
                    denominator="16",
                ),
            ),
        ),
        "π[0|0]",
    ),
    "generalised-robustness-from-above-too-good": changed(
        GENERALISED_FROM_ABOVE, put(C, "bound", "333333333/1000000000"), "quantity ≤ bound"
    ),
    "generalised-robustness-from-above-not-normalised": changed(
        GENERALISED_FROM_ABOVE,
        together(put(*SIGMA, DOUBLE), put(*POINT, "denominator", "6"), put(C, "bound", "5/3")),
        "normalisation",
    ),
    "generalised-robustness-of-another-table": changed(
        GENERALISED_FROM_ABOVE, put(*SIGMA, NOISY), "decomposition of"
    ),
    "generalised-robustness-coin-too-good": changed(
        GENERALISED_COIN, put(C, "bound", "1000000001/1000000000"), "proved ≥ claimed"
    ),
    "weight-too-good": changed(WEIGHT, put(C, "bound", "1000000001/1000000000"), "proved ≥ claimed"),
    "weight-of-another-table": changed(WEIGHT, put(*SIGMA, NOISY), "proved ≥ claimed"),
    "weight-coin-too-good": changed(WEIGHT_COIN, put(C, "bound", BIT), "proved ≥ claimed"),
    "weight-from-above-too-good": changed(
        WEIGHT_FROM_ABOVE, put(C, "bound", "499999999/1000000000"), "quantity ≤ bound"
    ),
    "weight-from-above-not-normalised": changed(
        WEIGHT_FROM_ABOVE,
        together(
            put(
                *SIGMA,
                {
                    "0|0": matrix("7", "0 1", denominator="32"),
                    "1|0": matrix("1", "0 7", denominator="32"),
                    "0|1": matrix("4", "0 4", denominator="32", imaginary=("0", "3 0")),
                    "1|1": matrix("4", "0 4", denominator="32", imaginary=("0", "-3 0")),
                },
            ),
            put(*POINT, "denominator", "64"),
            put(C, "bound", "3/4"),
        ),
        "normalisation",
    ),
}

MALFORMED |= {
    "robustness-without-bound": changed(ROBUST, put(C, "bound", None), "claim.bound"),
    "robustness-without-relation": changed(ROBUST, drop(C, "data", "relation"), "is missing"),
    "generalised-robustness-of-another-relation": changed(
        GENERALISED, put(C, "data", "relation", "="), "'=' is not"
    ),
    "weight-with-noise": changed(WEIGHT, put(*NOISE, NOISY), "unknown field"),
}

# --- Functionals, strategy by strategy -----------------------------------------------------------

STRATEGIES = (W, "positivity")
FUNCTIONAL = (C, "data", "functional")
Z, X = matrix("1", "0 -1"), matrix("0", "1 0")


def bounded(scenario: Json, functional: Json, relation: str, bound: Json, positivity: Json) -> Json:
    data = {"scenario": scenario, "functional": functional, "relation": relation}
    return certificate("lhs-bound", data, bound, {"point": matrix(""), "positivity": positivity})


# The inequality of the beginning over 6: Z(σ[0|0] - ½ρ) + (4/3)Y(σ[0|1] - ½ρ) with ρ the reduced state.
# The kernel multiplies all by the common denominator 6, and 5 - G_λ is 2·(5 - G_λ)/2.
TRIPLE = bounded(
    QUBIT,
    {
        "0|0": Z,
        "0|1": matrix("0", "0 0", denominator="3", imaginary=("0", "4 0")),
        "_|_": matrix("-3", "0 3", denominator="6", imaginary=("0", "-4 0")),
    },
    "<=",
    "5/6",
    [gap_factor(*signs, 2) for signs in SIGNS],
)
# Clauser-Horne, and a third: between -2/3 and 1/3, for each answer of the first party.
CLAUSER_HORNE = bounded(
    {"parties": ["2 2", "2 2"], "dimension": "1"},
    {
        "0 0|0 0": ONE,
        "0 0|0 1": ONE,
        "0 0|1 0": ONE,
        "0 0|1 1": matrix("-1"),
        "0 _|0 _": matrix("-1"),
        "_ 0|_ 0": matrix("-1"),
        "_ _|_ _": THIRD,
    },
    "<=",
    "1/3",
    [DOMINANT] * 4,
)
# The last of three outcomes of the last party is worth 1 if the first answers 1, else it costs 1.
THREE_OUTCOMES = bounded(
    {"parties": ["2", "3"], "dimension": "1"},
    {"1 2|0 0": ONE, "0 2|0 0": matrix("-1")},
    "<=",
    "1",
    [DOMINANT] * 2,
)
# Z for the answers 01, X for 1 and anything: 1, 1 - Z and twice 1 - X are dominant.
TWO_PARTIES = bounded(
    {"parties": ["2", "2"], "dimension": "2"},
    {"0 1|0 0": Z, "1 _|0 _": X},
    "<=",
    "1",
    [DOMINANT] * 4,
)
# ±Z ± Y ⪯ √2: √2 - Z ∓ Y is (√2 - 1) times the square of (1, ∓i(√2 + 1)).
MINUS_ONE, PLUS_ONE = in_a("1", plain=("-1",)), in_a("1", "0", plain=("1", "0"))
ROOT = over(
    ROOT2,
    bounded(
        QUBIT,
        {
            "0|0": Z,
            "1|0": matrix("-1", "0 1"),
            "0|1": matrix("0", "0 0", imaginary=("0", "1 0")),
            "1|1": matrix("0", "0 0", imaginary=("0", "-1 0")),
        },
        "<=",
        ["0", "1"],
        [
            {
                "rule": "factored",
                "factor": matrix("1", "0", imaginary=("0", f"{-y}")) | {"imaginary a": ["0", f"{-y}"]}
                if z > 0
                else PLUS_ONE | {"imaginary": ["0", f"{-y}"]},
                "weights": MINUS_ONE,
            }
            for z, y in SIGNS
        ],
    ),
)

ACCEPT |= {
    "lhs-bound": unchanged(TRIPLE, "Every LHS assemblage σ satisfies F(σ) <= 5/6 for"),
    "lhs-bound-from-below": changed(
        TRIPLE,
        together(
            put(C, "data", "relation", ">="),
            put(C, "bound", "-5/6"),
            put(*STRATEGIES, [gap_factor(-z, -y, 2) for z, y in SIGNS]),
        ),
        "F(σ) >= -5/6",
    ),
    "lhs-bound-clauser-horne": unchanged(
        CLAUSER_HORNE, "Every LHS assemblage σ, that is every Bell-local behaviour, satisfies"
    ),
    "lhs-bound-clauser-horne-from-below": changed(
        CLAUSER_HORNE, together(put(C, "data", "relation", ">="), put(C, "bound", "-2/3"))
    ),
    "lhs-bound-three-outcomes": THREE_OUTCOMES,
    "lhs-bound-two-parties": TWO_PARTIES,
    "lhs-bound-root": ROOT,
    # F = 0, and no strategy of anyone to go through.
    "lhs-bound-of-nothing": bounded(QUBIT, {}, "<=", "0", [DOMINANT] * 4),
    "lhs-bound-of-one-party": bounded(COIN, {"0|0": matrix("-1")}, "<=", "0", [DOMINANT]),
}

REJECT |= {
    "lhs-bound-too-good": changed(TRIPLE, put(C, "bound", "833333333/1000000000"), "bound of λ = 0 0"),
    "lhs-bound-of-the-other-relation": changed(
        TRIPLE, put(C, "data", "relation", ">="), "dominant residue"
    ),
    "lhs-bound-with-a-strategy-forgotten": changed(
        TRIPLE, put(*STRATEGIES, 3, gap_factor(1, 1, 2)), "bound of λ = 1 1"
    ),
    "lhs-bound-conjugated": changed(
        TRIPLE,
        together(
            put(*FUNCTIONAL, "0|1", matrix("0", "0 0", denominator="3", imaginary=("0", "-4 0"))),
            put(*FUNCTIONAL, "_|_", matrix("-3", "0 3", denominator="6", imaginary=("0", "4 0"))),
        ),
        "dominant residue",
    ),
    "lhs-bound-clauser-horne-too-good": changed(
        CLAUSER_HORNE, put(C, "bound", "333333333/1000000000"), "bound of λ = 0 0"
    ),
    "lhs-bound-clauser-horne-too-good-from-below": changed(
        CLAUSER_HORNE,
        together(put(C, "data", "relation", ">="), put(C, "bound", "-666666661/1000000000")),
        "bound of λ = 0 0",
    ),
    "lhs-bound-clauser-horne-with-more": changed(
        CLAUSER_HORNE, put(*FUNCTIONAL, "0 0|1 1", ONE), "bound of λ = 0 0"
    ),
    "lhs-bound-three-outcomes-too-good": changed(
        THREE_OUTCOMES, put(C, "bound", "999999999/1000000000"), "bound of λ = 1"
    ),
    "lhs-bound-two-parties-too-good": changed(
        TWO_PARTIES, put(C, "bound", "999999999/1000000000"), "dominant residue"
    ),
    # Nothing but what both parties answer.
    "lhs-bound-two-parties-too-good-for-both": changed(
        TWO_PARTIES,
        together(put(*FUNCTIONAL, {"0 1|0 0": Z}), put(C, "bound", "999999999/1000000000")),
        "bound of λ = 0; 1",
    ),
    "lhs-bound-root-too-good": changed(
        ROOT, put(C, "bound", ["-1/1000000000", "1"]), "dominant residue"
    ),
}

MALFORMED |= {
    "lhs-bound-without-bound": changed(TRIPLE, put(C, "bound", None), "claim.bound"),
    "lhs-bound-without-relation": changed(TRIPLE, put(C, "data", "relation", "<"), "'<' is not"),
    "lhs-bound-with-a-set": changed(TRIPLE, put(C, "data", "set", "LHS"), "unknown field"),
    "lhs-bound-of-too-few-strategies": changed(
        TRIPLE, put(*STRATEGIES, [DOMINANT] * 3), "3 given, 4 blocks"
    ),
    "lhs-bound-by-multipliers": changed(
        TRIPLE,
        put(
            W,
            {
                "multipliers": matrix(""),
                "matrices": [ZERO_2] * 4,
                "positivity": [DOMINANT] * 4,
            },
        ),
        "existence is proved by a point",
    ),
    "lhs-bound-of-no-element": changed(TRIPLE, put(*FUNCTIONAL, {"2|0": Z}), "no such element"),
}

DECLINE |= {
    "lhs-bound-strategies-too-many": changed(
        TRIPLE,
        put(C, "data", "scenario", {"parties": [" ".join(["2"] * 30)], "dimension": "2"}),
        "1073741824 deterministic strategies, at most",
    ),
    "lhs-bound-trusted-input": changed(
        TRIPLE,
        together(put(C, "data", "scenario", {**QUBIT, "trusted inputs": "1"}), put(*FUNCTIONAL, {})),
        "a trusted input",
    ),
}

# --- Whatever is measured on a trusted qubit -----------------------------------------------------

DIRECTIONS = (C, "data", "directions")
SQUARE = [["1", "1"], ["1", "-1"]]  # with its negatives the corners of a square around the unit circle
OCTAHEDRON = [["3/2", "0", "0"], ["0", "3/2", "0"], ["0", "0", "3"]]  # (2/3)² + (2/3)² + (1/3)² = 1
CUBE = [["1", "1", "1"], ["1", "1", "-1"], ["1", "-1", "1"], ["1", "-1", "-1"]]


def measured(
    scenario: Json,
    table: Json,
    directions: Json,
    point: Json,
    facets: int,
    kind: str = "projective-local",
) -> Json:
    """One block for each real number of the point, as where nothing is left of the trusted system."""
    data = {"scenario": scenario, "assemblage": table, "directions": directions}
    return existence(kind, data, None, point, len(point["real"][0].split(" ")) + facets)


def hull(directions: Json, facets: int) -> Json:
    """No party to speak of and the maximally mixed state: only the convex hull matters."""
    point = matrix(" ".join(["1"] * (2 * len(directions))), denominator="2")
    scenario = {"parties": ["1"], "dimension": "2"}
    return measured(scenario, {"0|0": matrix("1", "0 1", denominator="2")}, directions, point, facets)


# Z and X of visibility 1/2. The corners of the square give correlations 1/2, -1/2, 1/2, 1/2, on the
# boundary of what is Bell-local.
ON_THE_BOUNDARY = measured(
    QUBIT,
    {
        "0|0": matrix("3", "0 1", denominator="8"),
        "1|0": matrix("1", "0 3", denominator="8"),
        "0|1": matrix("2", "1 2", denominator="8"),
        "1|1": matrix("2", "-1 2", denominator="8"),
    },
    SQUARE,
    matrix("2 0 1 1 1 1 0 2 1 1 2 0 0 2 1 1", denominator="8"),
    2,
)
# Bloch vectors ±(1/3, -2/3, 1/3), so ±(1/2, -1, 1) along the directions of the octahedron.
IN_SPACE = measured(
    {"parties": ["2"], "dimension": "2"},
    {
        "0|0": matrix("4", "1 2", denominator="12", imaginary=("0", "-2 0")),
        "1|0": matrix("2", "-1 4", denominator="12", imaginary=("0", "2 0")),
    },
    OCTAHEDRON,
    matrix("3 1 0 4 4 0 1 3 4 0 0 4", denominator="8"),
    4,
)
# |0⟩ comes with |0⟩, and |1⟩ with the state of Y = 1. Along (1, 1) and (1, -1) the first gives 0 and 1,
# the second 1 and 0: strategies 01 and 10.
WITH_A_REST = certificate(
    "projective-local",
    {
        "scenario": {"parties": ["1"], "dimension": "4"},
        "assemblage": {
            "0|0": matrix(
                "2",
                "0 0",
                "0 0 1",
                "0 0 0 1",
                denominator="4",
                imaginary=("0", "0 0", "0 0 0", "0 0 1 0"),
            )
        },
        "directions": SQUARE,
    },
    None,
    {
        "point": matrix("0 0 0 0 2 0 0 0 1 0 1 1 0 0 0 0", denominator="4"),
        "positivity": [DOMINANT] * 6,
    },
)
ON_A_LINE = {"0|0": PLUS_Z, "1|0": MINUS_Z}
# |0⟩ and |1⟩ measured along the corners: each answer is certain. And the same with a third level.
CERTAIN = measured(
    {"parties": ["2"], "dimension": "2"},
    ON_A_LINE,
    SQUARE,
    matrix("1 0 0 1 0 1 1 0", denominator="2"),
    2,
)
POVM = measured(
    {"parties": ["2"], "dimension": "3"},
    {
        "0|0": matrix("1", "0 0", "0 0 2", denominator="6"),
        "1|0": matrix("0", "0 1", "0 0 2", denominator="6"),
    },
    SQUARE,
    matrix("1 0 0 1 0 1 1 0", denominator="2"),
    2,
    "povm-local",
)

ACCEPT |= {
    "projective": unchanged(
        ON_THE_BOUNDARY, "Bell-local for all projective measurements of its trusted qubit: one"
    ),
    "projective-in-space": IN_SPACE,
    "projective-of-a-factor": unchanged(WITH_A_REST, "the assemblages, of dimension 2, of all of them"),
    "projective-certain": CERTAIN,
    "projective-square": hull(SQUARE, 2),
    # The facets: x + z = 2 and x - z = 2 meet in (2, 0), and (1, 1) to (-1, 1); not x = 1.
    "projective-hexagon": hull([*SQUARE, ["2", "0"]], 3),
    # A corner that is given twice makes a facet of no extent; one inside makes none.
    "projective-square-with-more": hull([*SQUARE, ["1", "1"], ["1/2", "1/2"]], 4),
    "projective-octahedron": hull(OCTAHEDRON, 4),
    # Four corners of each face make four planes; those through three corners of a tetrahedron are none.
    "projective-cube": hull(CUBE, 12),
    "projective-diamond": over(ROOT2, hull([[["0", "1"], "0"], ["0", ["0", "1"]]], 2)),
    "povm": unchanged(POVM, "Bell-local for all POVMs of its trusted qutrit"),
}

# The maximally mixed state with one coordinate moved by its reach R: a probability ½(tr σ ± m·r) is 0
# for R = 1/2 and the corners of the square; Σ radius/R = 6·radius.
BOX_IN_PLANE = measured(
    {"parties": ["1"], "dimension": "2"},
    None,
    SQUARE,
    matrix("2 1 1 2 0 1 1 0 2 0 2 0 0 2 0 2 1 2 2 1 1 0 0 1", denominator="2"),
    3,
)
BOX_IN_PLANE = changed(
    BOX_IN_PLANE,
    together(
        put(C, "kind", "projective-local-box"),
        drop(*SIGMA),
        put(C, "data", "centre", {"_|_": matrix("1", "0 1", denominator="2")}),
        put(C, "data", "radius", "1/6"),
        put(C, "data", "reach", ["1/2"] * 3),
    ),
)
# With the octahedron σ₀₀ and σ₁₁ may move by 1/4, the parts of σ₁₀ by 1/3: Σ radius/R = 14·radius.
BOX_IN_SPACE = changed(
    BOX_IN_PLANE,
    together(
        put(*DIRECTIONS, OCTAHEDRON),
        put(C, "data", "radius", "1/14"),
        put(C, "data", "reach", ["1/4", "1/3", "1/4", "1/3"]),
        put(
            *POINT,
            matrix(
                "5 5 5 5 8 2 3 3 3 3 0 6 8 0 4 4 4 4 0 8 4 4 4 4 "
                "5 5 5 5 2 8 3 3 3 3 6 0 4 4 8 0 4 4 4 4 0 8 4 4",
                denominator="8",
            ),
        ),
        put(W, "positivity", [DOMINANT] * (48 + 4 + 1)),
    ),
)

ACCEPT |= {
    "projective-box": unchanged(
        BOX_IN_PLANE, "Every valid real assemblage whose independent elements lie within 1/6"
    ),
    "projective-box-in-space": unchanged(
        BOX_IN_SPACE, "Every valid assemblage whose independent elements lie within 1/14"
    ),
}

A_THIRD_LEVEL = matrix("1", "0 0", "0 0 1", denominator="6")
REJECT |= {
    "projective-square-too-small": changed(
        hull(SQUARE, 2), put(*DIRECTIONS, 1, ["999999999/1000000000", "-1"]), "facet through m0, m1"
    ),
    "projective-square-too-flat": changed(
        hull(SQUARE, 2), put(*DIRECTIONS, 1, ["1", "-999999999/1000000000"]), "facet through m0, -m1"
    ),
    "projective-octahedron-too-small": changed(
        hull(OCTAHEDRON, 4), put(*DIRECTIONS, 2, 2, "299/100"), "facet through m0, m1, m2"
    ),
    "projective-cube-too-small": changed(
        hull(CUBE, 12),
        put(*DIRECTIONS, [[x, y, z.replace("1", "9/10")] for x, y, z in CUBE]),
        "distance of the facet",
    ),
    "projective-one-direction": unchanged(hull([["10", "10"]], 1), "the directions span no ball"),
    "projective-directions-in-a-plane": unchanged(
        hull([["10", "0", "0"], ["0", "10", "0"], ["10", "10", "0"]], 1), "the directions span no ball"
    ),
    "projective-y-component": changed(
        CERTAIN,
        together(
            put(*SIGMA, {"0|0": PLUS_Y, "1|0": MINUS_Y}),
            put(*POINT, matrix("1 1 1 1 1 1 1 1", denominator="4")),
        ),
        "y-component of σ[0|0]",
    ),
    "projective-of-another-factor": changed(
        WITH_A_REST,
        put(
            *SIGMA,
            "0|0",
            matrix(
                "2",
                "0 1",
                "0 0 0",
                "0 0 0 1",
                denominator="4",
                imaginary=("0", "0 0", "0 0 0", "0 1 0 0"),
            ),
        ),
        "equation",
    ),
    "projective-y-component-of-a-factor": changed(
        WITH_A_REST,
        put(*SIGMA, "0|0", "imaginary", ["0", "0 0", "1 0 0", "0 0 1 0"]),
        "y-component of σ[0|0]",
    ),
    "projective-of-another-model": changed(
        CERTAIN, put(*POINT, matrix("1 0 1 0 0 1 0 1", denominator="2")), "model against σ[0 0|0 1]"
    ),
    "projective-turned": changed(
        ON_THE_BOUNDARY, put(*DIRECTIONS, [["1", "1"], ["-1", "1"]]), "model against"
    ),
    "projective-negative-probability": changed(
        CERTAIN,
        together(
            put(*DIRECTIONS, [["2", "2"], ["2", "-2"]]),
            put(*POINT, matrix("3 -1 -1 3 -1 3 3 -1", denominator="4")),
        ),
        "p[1|0] of λ = 0",
    ),
    "projective-conjugated": changed(
        IN_SPACE,
        together(
            put(*SIGMA, "0|0", "imaginary", ["0", "2 0"]),
            put(*SIGMA, "1|0", "imaginary", ["0", "-2 0"]),
        ),
        "model against σ[0 0|0 1]",
    ),
    "projective-signalling": changed(
        ON_THE_BOUNDARY, put(*SIGMA, "1|1", matrix("2", "-1 3", denominator="8")), "signalling"
    ),
    "projective-not-normalised": changed(
        CERTAIN,
        together(
            put(*SIGMA, {"0|0": matrix("1", "0 0"), "1|0": matrix("0", "0 1")}),
            put(*POINT, "denominator", "1"),
        ),
        "normalisation",
    ),
    "projective-box-too-wide": changed(
        BOX_IN_PLANE, put(C, "data", "radius", "166666667/1000000000"), "Σ radius/reach ≤ 1"
    ),
    "projective-box-with-a-corner-out-of-reach": changed(
        BOX_IN_PLANE,
        together(
            put(C, "data", "reach", 2, "3/4"),
            put(
                *POINT,
                matrix(
                    "4 2 2 4 0 2 2 0 4 0 4 0 0 4 0 4 2 5 5 2 2 -1 -1 2",
                    denominator="4",
                ),
            ),
        ),
        "- (1, 1) of σ[_|_]: p[1|0]",
    ),
    "projective-box-of-corners-exchanged": changed(
        BOX_IN_PLANE,
        put(*POINT, matrix("0 1 1 0 2 1 1 2 2 0 2 0 0 2 0 2 1 2 2 1 1 0 0 1", denominator="2")),
        "model against σ[_ _|_ _]",
    ),
    "projective-box-around-another-state": changed(
        BOX_IN_PLANE,
        put(C, "data", "centre", {"_|_": matrix("2", "0 1", denominator="3")}),
        "model against",
    ),
    "projective-box-with-a-y-component": changed(
        BOX_IN_PLANE,
        put(C, "data", "centre", "_|_", "imaginary", ["0", "1 0"]),
        "y-component of σ[_|_]",
    ),
    "projective-box-of-a-small-square": changed(
        BOX_IN_PLANE,
        together(
            put(*DIRECTIONS, [["1", "1"], ["1", "-1/2"]]),
            put(
                *POINT,
                matrix(
                    "8 4 5 7 0 4 3 1 8 0 8 0 0 8 0 8 4 8 7 5 4 0 1 3",
                    denominator="8",
                ),
            ),
        ),
        "facet through m0, -m1",
    ),
    "povm-without-its-third-level": changed(
        POVM, put(*SIGMA, "0|0", A_THIRD_LEVEL), "extension of σ[0|0], weight of the third level"
    ),
    "povm-with-a-coherence": changed(
        POVM,
        put(*SIGMA, "0|0", matrix("2", "0 0", "0 1 4", denominator="12")),
        "extension of σ[0|0], real part at (2, 1)",
    ),
    "povm-with-an-imaginary-coherence": changed(
        POVM,
        put(*SIGMA, "0|0", "imaginary", ["0", "0 0", "1 0 0"]),
        "extension of σ[0|0], imaginary part at (2, 0)",
    ),
    "povm-not-normalised": changed(
        POVM,
        together(
            put(*SIGMA, "0|0", matrix("1", "0 0", "0 0 2", denominator="3")),
            put(*SIGMA, "1|0", matrix("0", "0 1", "0 0 2", denominator="3")),
            put(*POINT, "denominator", "1"),
        ),
        "normalisation",
    ),
    "povm-of-a-small-square": changed(
        POVM,
        together(
            put(*DIRECTIONS, [["1/2", "1/2"], ["1/2", "-1/2"]]),
            put(*POINT, matrix("3 1 1 3 1 3 3 1", denominator="8")),
        ),
        "facet through m0, m1",
    ),
}

MALFORMED |= {
    "projective-of-a-qutrit": changed(
        hull(SQUARE, 2), put(C, "data", "scenario", "dimension", "3"), "an even dimension"
    ),
    "projective-box-of-two-qubits": changed(
        BOX_IN_PLANE, put(C, "data", "scenario", "dimension", "4"), "a qubit is needed"
    ),
    "projective-box-of-negative-radius": changed(
        BOX_IN_PLANE, put(C, "data", "radius", "-1/6"), "not negative"
    ),
    "projective-box-of-an-element-that-is-not-independent": changed(
        BOX_IN_PLANE,
        put(C, "data", "centre", {"0|0": matrix("1", "0 1", denominator="2")}),
        "the independent elements, and no others",
    ),
    "projective-box-of-no-element": changed(BOX_IN_PLANE, put(C, "data", "centre", {}), "no others"),
    "projective-box-of-too-few-reaches": changed(
        BOX_IN_PLANE, put(C, "data", "reach", ["1/2", "1/2"]), "3 positive numbers"
    ),
    "projective-box-of-too-many-reaches": changed(
        BOX_IN_PLANE, append(C, "data", "reach", "1/2"), "3 positive numbers"
    ),
    "projective-box-of-reach-zero": changed(
        BOX_IN_PLANE, put(C, "data", "reach", 1, "0"), "3 positive numbers"
    ),
    "projective-box-of-negative-reach": changed(
        BOX_IN_PLANE, put(C, "data", "reach", 1, "-1/2"), "3 positive numbers"
    ),
    "projective-box-with-a-bound": changed(BOX_IN_PLANE, put(C, "bound", "1"), "claim.bound"),
    "povm-of-a-qubit": changed(POVM, put(C, "data", "scenario", "dimension", "2"), "a qutrit is needed"),
    "projective-with-a-bound": changed(CERTAIN, put(C, "bound", "1"), "claim.bound"),
    "projective-directions-in-plane-and-space": changed(
        hull(SQUARE, 2), put(*DIRECTIONS, 0, ["1", "1", "0"]), "vectors (x, z), or"
    ),
    "projective-directions-on-a-line": changed(
        hull(SQUARE, 2), put(*DIRECTIONS, [["1"], ["2"]]), "vectors (x, z), or"
    ),
    "projective-without-directions": changed(hull(SQUARE, 2), put(*DIRECTIONS, []), "(x, z), or"),
    "projective-direction-not-a-list": changed(hull(SQUARE, 2), put(*DIRECTIONS, 0, "1 1"), "a list"),
    "projective-direction-decimal": changed(
        hull(SQUARE, 2), put(*DIRECTIONS, 0, 0, "1.0"), "claim.data.directions[0][0]"
    ),
    "projective-incomplete": changed(CERTAIN, drop(*SIGMA, "1|0"), "is missing"),
    "projective-facets-forgotten": changed(CERTAIN, put(W, "positivity", [DOMINANT] * 8), "10 blocks"),
}

DECLINE |= {
    "projective-trusted-input": changed(
        hull(SQUARE, 2), put(C, "data", "scenario", "trusted inputs", "1"), "a trusted party with input"
    ),
    "projective-box-trusted-input": changed(
        BOX_IN_PLANE, put(C, "data", "scenario", "trusted inputs", "1"), "a trusted party with input"
    ),
    "povm-trusted-input": changed(
        POVM, put(C, "data", "scenario", "trusted inputs", "1"), "a trusted party with input"
    ),
    "projective-directions-too-many": changed(
        hull(SQUARE, 2), put(*DIRECTIONS, [["1", "1"]] * 33), "33 directions, at most 32"
    ),
    "projective-strategies-too-many": changed(
        WITH_A_REST, put(*DIRECTIONS, [["1", "1"]] * 32), "4294967296 deterministic strategies"
    ),
}

# --- Vectors that overlap little -----------------------------------------------------------------

# |0⟩ and |1⟩; and (3, 4i) and (4, -3i), of length 5. The overlaps are 3/5 and 4/5.
TILTED = [matrix("3", "0", imaginary=("0", "4")), matrix("4", "0", imaginary=("0", "-3"))]
UPRIGHT = [matrix("1", "0"), matrix("0", "1")]
TILT = matrix("9", "0 16", denominator="50", imaginary=("0", "12 0"))
TILT_AWAY = matrix("16", "0 9", denominator="50", imaginary=("0", "-12 0"))
OVERLAPPING = {
    "scenario": QUBIT,
    "vectors": [*UPRIGHT, *TILTED],
    "weights": ["1", "1", "1/25", "1/25"],
    "overlap": "4/5",
}
OVERLAP = existence("overlap-bound", OVERLAPPING, "9/5", matrix(""), 10)
# Half of each projector is an element: F(σ) = 2, and 2/(9/5) = 1 + 1/9.
OVERLAP_ROBUST = certificate(
    "overlap-robustness",
    {
        **OVERLAPPING,
        "assemblage": {"0|0": PLUS_Z, "1|0": MINUS_Z, "0|1": TILT, "1|1": TILT_AWAY},
    },
    "1/9",
    {
        "point": matrix(""),
        "positivity": [
            DOMINANT,
            DOMINANT,
            factored(TILTED[0], "1", "50"),
            factored(TILTED[1], "1", "50"),
            *[DOMINANT] * 10,
        ],
    },
)
# Z and Y, mutually unbiased: c = 1/√2 and F ≤ 1 + 1/√2.
UNBIASED = over(
    ROOT2,
    existence(
        "overlap-bound",
        {
            **OVERLAPPING,
            "vectors": [
                *UPRIGHT,
                matrix("1", "0", imaginary=("0", "1")),
                matrix("1", "0", imaginary=("0", "-1")),
            ],
            "weights": ["1", "1", "1/2", "1/2"],
            "overlap": ["0", "1/2"],
        },
        "",
        matrix(""),
        10,
    ),
)
UNBIASED[C]["bound"] = ["1", "1/2"]
# Three inputs, so twice the overlap; one of the vectors is heavier than the others.
THREE_INPUTS = existence(
    "overlap-bound",
    {
        "scenario": {"parties": ["1 1 2"], "dimension": "2"},
        "vectors": [*UPRIGHT, *UPRIGHT],
        "weights": ["4", "1", "0", "1/4"],
        "overlap": "1",
    },
    "6",
    matrix(""),
    1 + 4 + 3 + 4,
)
ONE_INPUT = existence(
    "overlap-bound",
    {
        "scenario": {"parties": ["2"], "dimension": "2"},
        "vectors": UPRIGHT,
        "weights": ["1", "2"],
        "overlap": "0",
    },
    "2",
    matrix(""),
    5,
)

ACCEPT |= {
    "overlap": unchanged(OVERLAP, "Every LHS assemblage σ satisfies F(σ) <= 1.8 for"),
    "overlap-unbiased": UNBIASED,
    "overlap-three-inputs": THREE_INPUTS,
    "overlap-of-one-input": ONE_INPUT,
    "overlap-robustness": unchanged(
        OVERLAP_ROBUST, "is at least 1/9. So a simulation by local hidden states and messages"
    ),
}

REJECT |= {
    "overlap-too-good": changed(OVERLAP, put(C, "bound", "1799999999/1000000000"), "row sum of 0|0"),
    "overlap-too-small": changed(
        OVERLAP,
        put(C, "data", "overlap", "799999999/1000000000"),
        "c² against the overlaps of inputs 0 and 1",
    ),
    "overlap-negative": changed(
        OVERLAP,
        together(put(C, "data", "overlap", "-4/5"), put(C, "bound", "1/5")),
        "overlap c",
    ),
    "overlap-of-a-negative-weight": changed(
        OVERLAP, put(C, "data", "weights", 3, "-1/25"), "weight of 1|1"
    ),
    "overlap-of-a-heavier-vector": changed(
        OVERLAP,
        together(put(C, "data", "weights", 3, "2/25"), put(C, "bound", "14/5")),
        "c² against the overlaps",
    ),
    "overlap-of-a-longer-vector": changed(
        OVERLAP,
        together(put(C, "data", "vectors", 1, matrix("0", "2")), put(C, "bound", "24/5")),
        "c² against the overlaps",
    ),
    "overlap-of-a-longer-vector-alone": changed(
        ONE_INPUT, put(C, "data", "vectors", 1, matrix("0", "2")), "row sum of 1|0"
    ),
    "overlap-conjugated": changed(
        OVERLAP,
        together(
            put(C, "data", "vectors", 0, matrix("3", "0", imaginary=("0", "4"))),
            put(C, "data", "weights", 0, "1/25"),
        ),
        "c² against the overlaps",
    ),
    "overlap-unbiased-too-good": changed(UNBIASED, put(C, "bound", ["99/100", "1/2"]), "row"),
    "overlap-unbiased-too-small": changed(
        UNBIASED, put(C, "data", "overlap", ["-1/1000000000", "1/2"]), "c² against the overlaps"
    ),
    "overlap-three-inputs-too-good": changed(
        THREE_INPUTS, put(C, "bound", "5999999999/1000000000"), "row sum of 0|0"
    ),
    "overlap-three-inputs-too-small": changed(
        THREE_INPUTS,
        together(put(C, "data", "weights", 2, "1"), put(C, "bound", "100")),
        "c² against the overlaps of inputs 0 and 2",
    ),
    "overlap-robustness-too-good": changed(
        OVERLAP_ROBUST, put(C, "bound", "111111113/1000000000"), "F(σ) ≥ (1 + bound)·row sum of 0|0"
    ),
    "overlap-robustness-of-the-conjugate": changed(
        OVERLAP_ROBUST,
        together(
            put(*SIGMA, "0|1", "imaginary", ["0", "-12 0"]),
            put(*SIGMA, "1|1", "imaginary", ["0", "12 0"]),
            put(W, "positivity", 2, factored(matrix("3", "0", imaginary=("0", "-4")), "1", "50")),
            put(W, "positivity", 3, factored(matrix("4", "0", imaginary=("0", "3")), "1", "50")),
        ),
        "F(σ) ≥ (1 + bound)",
    ),
    "overlap-robustness-of-the-other-outcomes": changed(
        OVERLAP_ROBUST,
        together(put(*SIGMA, "0|0", MINUS_Z), put(*SIGMA, "1|0", PLUS_Z)),
        "F(σ) ≥ (1 + bound)",
    ),
    "overlap-robustness-signalling": changed(
        OVERLAP_ROBUST, put(*SIGMA, "0|0", matrix("1", "0 0")), "signalling"
    ),
    "overlap-robustness-not-normalised": changed(
        OVERLAP_ROBUST,
        together(
            put(*SIGMA, "0|0", matrix("1", "0 0")),
            put(*SIGMA, "1|0", matrix("0", "0 1")),
            put(*SIGMA, "0|1", "denominator", "25"),
            put(*SIGMA, "1|1", "denominator", "25"),
            put(W, "positivity", 2, "weights", matrix("1", denominator="25")),
            put(W, "positivity", 3, "weights", matrix("1", denominator="25")),
            put(C, "bound", "11/9"),
        ),
        "normalisation",
    ),
    "overlap-robustness-negative-element": changed(
        OVERLAP_ROBUST,
        together(
            put(*SIGMA, "0|0", matrix("3", "0 -1", denominator="4")),
            put(*SIGMA, "1|0", matrix("-1", "0 3", denominator="4")),
            put(C, "bound", "7/18"),
        ),
        "σ[0|0], row 1",
    ),
    "overlap-robustness-of-nothing": changed(
        OVERLAP_ROBUST,
        together(
            put(C, "data", "weights", ["0"] * 4),
            put(C, "data", "overlap", "0"),
            put(C, "bound", "1000"),
        ),
        "no row sum is positive",
    ),
    "overlap-robustness-of-a-small-overlap": changed(
        OVERLAP_ROBUST,
        together(put(C, "data", "overlap", "3/5"), put(C, "bound", "1/4")),
        "c² against the overlaps",
    ),
    "overlap-robustness-of-a-negative-weight": changed(
        OVERLAP_ROBUST,
        together(put(C, "data", "weights", 1, "-1"), put(C, "bound", "-1")),
        "weight of 1|0",
    ),
}

MALFORMED |= {
    "overlap-of-two-parties": changed(
        OVERLAP, put(C, "data", "scenario", "parties", ["2 2", "1"]), "one party, and a trusted one"
    ),
    "overlap-trusted-input": changed(
        OVERLAP, put(C, "data", "scenario", {**QUBIT, "trusted inputs": "1"}), "one party, and a trusted"
    ),
    "overlap-of-too-few-vectors": changed(
        OVERLAP, put(C, "data", "vectors", UPRIGHT), "2 given, 4 are needed"
    ),
    "overlap-of-too-many-weights": changed(
        OVERLAP, append(C, "data", "weights", "1"), "5 given, 4 are needed"
    ),
    "overlap-of-a-longer-column": changed(
        OVERLAP, put(C, "data", "vectors", 2, matrix("1", "0", "0")), "a column of 2"
    ),
    "overlap-of-a-row": changed(OVERLAP, put(C, "data", "vectors", 2, matrix("1 0")), "a column of 2"),
    "overlap-of-a-complex-weight": changed(
        OVERLAP, put(C, "data", "weights", 0, ["0", "1"]), "claim.data.weights[0]"
    ),
    "overlap-without-bound": changed(OVERLAP, put(C, "bound", None), "claim.bound"),
    "overlap-with-an-assemblage": changed(OVERLAP, put(*SIGMA, TABLE), "unknown field"),
    "overlap-robustness-without-assemblage": changed(
        OVERLAP_ROBUST, drop(C, "data", "assemblage"), "is missing"
    ),
    "overlap-robustness-incomplete": changed(OVERLAP_ROBUST, drop(*SIGMA, "1|1"), "is missing"),
    "overlap-pairs-forgotten": changed(OVERLAP, put(W, "positivity", [DOMINANT] * 9), "10 blocks"),
}

# --- Anticommuting observables -------------------------------------------------------------------

STRINGS = (C, "data", "observables")
# Four strings, F = 4V ≤ (1 + 2ν)·2.
PAULI = existence(
    "anticommuting-robustness",
    {"observables": ["XI", "YI", "ZX", "ZY"], "visibility": "1"},
    "1/2",
    matrix(""),
    3,
)

ACCEPT |= {
    "anticommuting": unchanged(
        PAULI,
        "d = 2^2 and visibility 1, the LHS robustness of the assemblage is at least 0.5. So a "
        "simulation by local hidden states and messages from the party that steers needs at least 2",
    ),
    "anticommuting-with-noise": changed(
        PAULI, together(put(C, "data", "visibility", "3/4"), put(C, "bound", "1/4"))
    ),
    # √5 in Q(√5): 1 + 2ν ≥ √5.
    "anticommuting-root": changed(
        PAULI,
        together(
            put(C, "field", {"polynomial": "-5 0 1", "low": "2", "high": "3"}),
            append(*STRINGS, "ZZ"),
            put(C, "bound", ["-1/2", "1/2"]),
        ),
    ),
    # 1 + 2ν ≥ 0 for what it is worth, and less.
    "anticommuting-trivial": changed(
        PAULI,
        together(
            put(C, "data", "visibility", "0"),
            put(C, "bound", "-1/2"),
            put(W, "positivity", [DOMINANT] * 2),
        ),
    ),
    "anticommuting-less-than-trivial": changed(
        PAULI,
        together(
            put(C, "data", "visibility", "0"),
            put(C, "bound", "-1"),
            put(W, "positivity", [DOMINANT] * 2),
        ),
    ),
    "anticommuting-of-many-qubits": changed(
        PAULI,
        together(put(*STRINGS, [first + "Y" * 99 for first in "XYZ"]), put(C, "bound", "73/200")),
        "dimension d = 2^100",
    ),
}

REJECT |= {
    "anticommuting-too-good": changed(
        PAULI, put(C, "bound", "500000001/1000000000"), "(1 + 2 bound)² ≤ N V²"
    ),
    "anticommuting-too-good-with-noise": changed(
        PAULI,
        together(put(C, "data", "visibility", "3/4"), put(C, "bound", "251/1000")),
        "(1 + 2 bound)² ≤ N V²",
    ),
    "anticommuting-visibility-above-one": changed(
        PAULI,
        together(put(C, "data", "visibility", "3/2"), put(C, "bound", "1")),
        "visibility ≤ 1",
    ),
    "anticommuting-visibility-below-zero": changed(
        PAULI, put(C, "data", "visibility", "-1"), "visibility ≥ 0"
    ),
    "anticommuting-strings-that-commute": changed(
        PAULI, put(*STRINGS, 3, "IX"), "observables XI and IX commute"
    ),
    "anticommuting-strings-that-differ-twice": changed(
        PAULI, put(*STRINGS, ["XX", "YY", "ZX", "XZ"]), "observables XX and YY commute"
    ),
    "anticommuting-string-twice": changed(PAULI, put(*STRINGS, 3, "XI"), "XI and XI commute"),
    "anticommuting-identity": changed(
        PAULI,
        together(put(*STRINGS, ["II"]), put(C, "bound", "0")),
        "observable II is the identity",
    ),
    "anticommuting-root-too-good": changed(
        PAULI,
        together(
            put(C, "field", {"polynomial": "-5 0 1", "low": "2", "high": "3"}),
            append(*STRINGS, "ZZ"),
            put(C, "bound", ["-499999999/1000000000", "1/2"]),
        ),
        "(1 + 2 bound)²",
    ),
}

MALFORMED |= {
    "anticommuting-without-strings": changed(PAULI, put(*STRINGS, []), "of one length"),
    "anticommuting-of-no-qubit": changed(PAULI, put(*STRINGS, [""]), "of one length"),
    "anticommuting-of-several-lengths": changed(PAULI, put(*STRINGS, 3, "ZYI"), "of one length"),
    "anticommuting-of-another-letter": changed(PAULI, put(*STRINGS, 3, "zY"), "with I, X, Y, Z"),
    "anticommuting-string-not-text": changed(PAULI, put(*STRINGS, 3, None), "a string"),
    "anticommuting-without-bound": changed(PAULI, put(C, "bound", None), "claim.bound"),
    "anticommuting-without-visibility": changed(PAULI, drop(C, "data", "visibility"), "is missing"),
}

DECLINE |= {
    "anticommuting-strings-too-many": changed(
        PAULI, put(*STRINGS, ["X"] * 257), "more than 256 strings"
    ),
    "anticommuting-qubits-too-many": changed(PAULI, put(*STRINGS, ["X" * 129]), "or 128 qubits"),
}

# --- Messages ------------------------------------------------------------------------------------

# The table of Z and Y: four pure states, in two bases.
PURE = certificate(
    "messages-by-purity",
    {"scenario": QUBIT, "assemblage": TABLE},
    "2",
    {
        "point": matrix(""),
        "positivity": [
            DOMINANT,
            DOMINANT,
            factored(matrix("1", "0", imaginary=("0", "1")), "1", "4"),
            factored(matrix("1", "0", imaginary=("0", "-1")), "1", "4"),
            DOMINANT,
        ],
    },
)
# An answer that never occurs is no state: three outcomes, the last of them idle.
IDLE = changed(
    PURE,
    together(
        put(C, "data", "scenario", "parties", ["3 2"]),
        put(*SIGMA, "2|0", ZERO_2),
        put(W, "positivity", [DOMINANT, *PURE[W]["positivity"]]),
    ),
)
NULL = (C, "data", "null")
# The same states vanish on the others of their bases; any multiple of these will do.
VECTORS = [
    matrix("0", "2"),
    matrix("1", "0", denominator="3"),
    matrix("0", "1", imaginary=("1", "0")),
    matrix("1", "0", imaginary=("0", "1")),
]
NULLITY = changed(PURE, together(put(C, "kind", "messages-by-nullity"), put(*NULL, VECTORS)))
# Three inputs ask whether a qutrit is in a state b: (0, 0, 1), (0, 1, i) or (1, 0, 1). The elements
# 1/3 - |b⟩⟨b|/(3|b|²) vanish on b, the others on a vector orthogonal to it; any three of different
# inputs are independent. One of the vectors is given times i.
QUTRIT = existence(
    "messages-by-nullity",
    {
        "scenario": {"parties": ["2 2 2"], "dimension": "3"},
        "assemblage": {
            "0|0": matrix("1", "0 1", "0 0 0", denominator="3"),
            "1|0": matrix("0", "0 0", "0 0 1", denominator="3"),
            "0|1": matrix("2", "0 1", "0 0 1", denominator="6", imaginary=("0", "0 0", "0 -1 0")),
            "1|1": matrix("0", "0 1", "0 0 1", denominator="6", imaginary=("0", "0 0", "0 1 0")),
            "0|2": matrix("1", "0 2", "-1 0 1", denominator="6"),
            "1|2": matrix("1", "0 0", "1 0 1", denominator="6"),
        },
        "null": [
            matrix("0", "0", "1"),
            matrix("0", "1", "0"),
            matrix("0", "0", "-1", imaginary=("0", "1", "0")),
            matrix("0", "1", "0", imaginary=("0", "0", "-1")),
            matrix("1", "0", "1"),
            matrix("1", "0", "-1"),
        ],
    },
    "2",
    matrix(""),
    7,
)
# A group for each input: the elements themselves are the hidden states. Z again, with an outcome in two
# halves, belongs to the group of Z.
GROUPS = (C, "data", "groups")
SUFFICE = existence(
    "messages-suffice",
    {"scenario": QUBIT, "assemblage": TABLE, "groups": ["0", "1"]},
    "2",
    matrix("2 0 0 0 0 0 2 0 1 0 1 1 1 0 1 -1", denominator="4"),
    5,
)
TWO_GROUPS = existence(
    "messages-suffice",
    {
        "scenario": {"parties": ["2 2 3"], "dimension": "2"},
        "assemblage": {
            **TABLE,
            "0|2": matrix("1", "0 0", denominator="4"),
            "1|2": matrix("0", "0 1", denominator="2"),
            "2|2": matrix("1", "0 0", denominator="4"),
        },
        "groups": ["2 0", "1"],
    },
    "2",
    # The answers to 2 and 0: 00, 01, 10, 11, 20, 21.
    matrix(
        "1 0 0 0 0 0 0 0 0 0 0 0 0 0 2 0 1 0 0 0 0 0 0 0 1 0 1 1 1 0 1 -1",
        denominator="4",
    ),
    9,
)

ACCEPT |= {
    "messages-purity": unchanged(PURE, "needs at least 2 different messages: all its states are pure"),
    "messages-purity-idle": IDLE,
    "messages-nullity": unchanged(
        NULLITY, "any 2 of those of different inputs are linearly independent"
    ),
    "messages-nullity-qutrit": QUTRIT,
    "messages-nullity-idle": changed(
        IDLE,
        together(
            put(C, "kind", "messages-by-nullity"),
            put(*NULL, [*VECTORS[:2], matrix("0", "0"), *VECTORS[2:]]),
        ),
    ),
    "messages-suffice": unchanged(SUFFICE, "at most 2 different messages"),
    "messages-suffice-in-two-groups": TWO_GROUPS,
}

REJECT |= {
    "messages-purity-too-good": changed(
        PURE, put(C, "bound", "2000000001/1000000000"), "messages ≥ bound"
    ),
    "messages-purity-of-equal-rays": changed(
        PURE,
        together(
            put(*SIGMA, "0|1", MINUS_Z),
            put(*SIGMA, "1|1", PLUS_Z),
            put(W, "positivity", [DOMINANT] * 5),
        ),
        "rays of different inputs that are equal",
    ),
    # One state in common is enough: |0⟩ again, and (1, ±2i), which add up to the rest.
    "messages-purity-of-one-ray-in-common": changed(
        PURE,
        together(
            put(C, "data", "scenario", "parties", ["2 3"]),
            put(*SIGMA, "0|1", matrix("1", "0 4", denominator="16", imaginary=("0", "2 0"))),
            put(*SIGMA, "1|1", matrix("1", "0 4", denominator="16", imaginary=("0", "-2 0"))),
            put(*SIGMA, "2|1", matrix("3", "0 0", denominator="8")),
            put(
                W,
                "positivity",
                [
                    *[DOMINANT] * 2,
                    factored(matrix("1", "0", imaginary=("0", "2")), "1", "16"),
                    factored(matrix("1", "0", imaginary=("0", "-2")), "1", "16"),
                    *[DOMINANT] * 2,
                ],
            ),
        ),
        "rays of different inputs that are equal",
    ),
    # Y of visibility 1/2: two columns that no column of the others is like.
    "messages-purity-of-a-mixed-state": changed(
        PURE,
        together(
            put(*SIGMA, "0|1", NOISY["0|1"]),
            put(*SIGMA, "1|1", NOISY["1|1"]),
            put(W, "positivity", [DOMINANT] * 5),
        ),
        "rank of σ[0|1] against 1",
    ),
    "messages-purity-signalling": changed(
        PURE, put(*SIGMA, "1|1", "denominator", "8"), "signalling of party 1"
    ),
    "messages-purity-not-normalised": changed(
        PURE,
        together(
            put(*SIGMA, DOUBLE),
            put(W, "positivity", 2, "weights", HALF),
            put(W, "positivity", 3, "weights", HALF),
        ),
        "normalisation",
    ),
    # Of rank 1, but of the wrong sign: the state is not there.
    "messages-purity-negative": changed(
        PURE,
        together(
            put(C, "data", "scenario", "parties", ["3 2"]),
            put(*SIGMA, "0|0", matrix("1", "0 0")),
            put(*SIGMA, "2|0", matrix("-1", "0 0", denominator="2")),
            put(W, "positivity", [DOMINANT, *PURE[W]["positivity"]]),
        ),
        "σ[2|0], row 0",
    ),
    "messages-nullity-too-good": changed(
        NULLITY, put(C, "bound", "2000000001/1000000000"), "messages ≥ bound"
    ),
    "messages-nullity-of-conjugated-vectors": changed(
        NULLITY,
        put(*NULL, 3, matrix("1", "0", imaginary=("0", "-1"))),
        "σ[1|1] φ, sum of squares",
    ),
    # The images are (1, 0), (i, 0), and 2(1 - i) and 2(-1 - i).
    "messages-nullity-of-a-real-image": changed(NULLITY, put(*NULL, 0, matrix("1", "2")), "σ[0|0] φ"),
    "messages-nullity-of-an-imaginary-image": changed(
        NULLITY, put(*NULL, 0, matrix("0", "2", imaginary=("1", "0"))), "σ[0|0] φ"
    ),
    "messages-nullity-of-images-that-cancel": changed(
        NULLITY, put(*NULL, 3, matrix("1", "-1", imaginary=("-1", "-1"))), "σ[1|1] φ"
    ),
    "messages-nullity-of-no-vector": changed(NULLITY, put(*NULL, 0, matrix("0", "0")), "are dependent"),
    # Z after Z, the vectors times i and 2i.
    "messages-nullity-of-equal-rays": changed(
        NULLITY,
        together(
            put(*SIGMA, "0|1", PLUS_Z),
            put(*SIGMA, "1|1", MINUS_Z),
            put(*NULL, 2, matrix("0", "0", imaginary=("0", "1"))),
            put(*NULL, 3, matrix("0", "0", imaginary=("2", "0"))),
            put(W, "positivity", [DOMINANT] * 5),
        ),
        "2 vectors φ of different inputs that are dependent",
    ),
    "messages-nullity-signalling": changed(
        NULLITY, put(*SIGMA, "1|1", "denominator", "8"), "signalling of party 1"
    ),
    "messages-nullity-qutrit-one-message-for-each-input": changed(
        QUTRIT, put(C, "bound", "3"), "messages ≥ bound"
    ),
    "messages-nullity-qutrit-of-no-vector": changed(
        QUTRIT, put(*NULL, 1, matrix("0", "0", "0")), "are dependent"
    ),
    # (i, -1, 0), (3, -i, -1) and (1, -3i, -1): the last is the second and 2i times the first.
    "messages-nullity-qutrit-of-dependent-vectors": changed(
        QUTRIT,
        together(
            put(*NULL, 1, matrix("0", "-1", "0", imaginary=("1", "0", "0"))),
            put(*NULL, 3, matrix("3", "0", "-1", imaginary=("0", "-1", "0"))),
            put(*NULL, 5, matrix("1", "0", "-1", imaginary=("0", "-3", "0"))),
        ),
        "3 vectors φ of different inputs that are dependent",
    ),
    "messages-suffice-too-good": changed(
        SUFFICE, put(C, "bound", "1999999999/1000000000"), "groups ≤ bound"
    ),
    "messages-suffice-in-one-group": changed(
        SUFFICE,
        together(
            put(*GROUPS, ["0 1"]),
            put(C, "bound", "1"),
            put(*POINT, matrix("2 0 0 1 2 0 0 -1 0 0 2 1 0 0 2 -1", denominator="8")),
        ),
        "group 0: ρ of λ = 0 0",
    ),
    "messages-suffice-in-groups-exchanged": changed(SUFFICE, put(*GROUPS, ["1", "0"]), "model against"),
    "messages-suffice-with-a-state-that-is-not-positive": changed(
        SUFFICE,
        together(
            put(*SIGMA, "0|1", matrix("3", "0 -1", denominator="4")),
            put(*SIGMA, "1|1", matrix("-1", "0 3", denominator="4")),
            put(*POINT, matrix("2 0 0 0 0 0 2 0 3 0 -1 0 -1 0 3 0", denominator="4")),
        ),
        "group 1: ρ of λ = 0",
    ),
    # The last outcome of a group is no independent element.
    "messages-suffice-signalling": changed(SUFFICE, put(*SIGMA, "1|1", MIXED), "signalling of party 1"),
    "messages-suffice-not-normalised": changed(
        SUFFICE, together(put(*SIGMA, DOUBLE), put(*POINT, "denominator", "2")), "normalisation"
    ),
}

MALFORMED |= {
    "messages-purity-of-two-parties": changed(
        PURE, put(C, "data", "scenario", "parties", ["2 2", "1"]), "one party, and a trusted one"
    ),
    "messages-purity-trusted-input": changed(
        PURE, put(C, "data", "scenario", "trusted inputs", "1"), "one party, and a trusted one"
    ),
    "messages-purity-of-nothing-trusted": changed(
        PURE,
        together(
            put(C, "data", "scenario", "dimension", "1"),
            put(*SIGMA, dict.fromkeys(TABLE, HALF)),
        ),
        "at least 2 is needed",
    ),
    "messages-purity-incomplete": changed(PURE, drop(*SIGMA, "1|1"), "is missing"),
    "messages-purity-without-bound": changed(PURE, put(C, "bound", None), "claim.bound"),
    "messages-purity-with-vectors": changed(PURE, put(*NULL, []), "unknown field"),
    "messages-nullity-of-too-few-vectors": changed(NULLITY, drop(*NULL, 3), "3 vectors for 4 elements"),
    "messages-nullity-of-too-many-vectors": changed(
        NULLITY, append(*NULL, matrix("1", "0")), "5 vectors for 4 elements"
    ),
    "messages-nullity-of-a-longer-vector": changed(
        NULLITY, put(*NULL, 3, matrix("1", "0", "0")), "columns of 2 entries"
    ),
    "messages-nullity-of-two-columns": changed(
        NULLITY, put(*NULL, 3, matrix("1 0", "0 0")), "columns of 2 entries"
    ),
    "messages-nullity-without-vectors": changed(NULLITY, drop(*NULL), "is missing"),
    "messages-suffice-with-an-input-forgotten": changed(
        SUFFICE,
        together(
            put(*GROUPS, ["0"]),
            put(C, "bound", "1"),
            put(*POINT, matrix("1 0 0 0 0 0 1 0", denominator="2")),
            put(W, "positivity", [DOMINANT] * 3),
        ),
        "every input belongs to one group",
    ),
    "messages-suffice-with-an-input-twice": changed(
        SUFFICE, put(*GROUPS, ["0 1", "1"]), "every input belongs to one group"
    ),
    "messages-suffice-with-an-input-of-nobody": changed(
        SUFFICE, put(*GROUPS, ["0", "1 2"]), "every input belongs to one group"
    ),
    "messages-suffice-with-an-empty-group": changed(
        SUFFICE, append(*GROUPS, ""), "a group without input"
    ),
    "messages-suffice-of-two-parties": changed(
        SUFFICE, put(C, "data", "scenario", "parties", ["2 2", "1"]), "one party, and a trusted one"
    ),
    "messages-suffice-without-bound": changed(SUFFICE, put(C, "bound", None), "claim.bound"),
}

# Nine of 25 vectors, that is a million choices of eight.
NINE = matrix(*(" ".join(["0"] * k + ["0" if k else "1"]) for k in range(9)))
DECLINE |= {
    "messages-purity-over-a-field": changed(
        over(ROOT2, PURE), together(), "a claim of kind 'messages-by-purity' is over Q"
    ),
    "messages-nullity-over-a-field": changed(
        over(ROOT2, NULLITY), together(), "a claim of kind 'messages-by-nullity' is over Q"
    ),
    "messages-nullity-vectors-too-many": unchanged(
        existence(
            "messages-by-nullity",
            {
                "scenario": {"parties": [" ".join(["1"] * 25)], "dimension": "9"},
                "assemblage": {f"0|{x}": NINE for x in range(25)},
                "null": [matrix(*["0"] * 8, "1")] * 25,
            },
            "1",
            matrix(""),
            26,
        ),
        "25 vectors, any 9 of which are to be independent",
    ),
    "messages-suffice-strategies-too-many": changed(
        SUFFICE,
        together(
            put(C, "data", "scenario", "parties", [" ".join(["2"] * 16)]),
            put(*SIGMA, {f"{a}|{x}": MIXED for x in range(16) for a in (0, 1)}),
            put(*GROUPS, [" ".join(map(str, range(16)))]),
        ),
        "65536 deterministic strategies with 262144 unknowns",
    ),
}

# --- Numbers that might be 0, and small files that ask for much ----------------------------------

# 1 - a²/2 with a³ = 2a and a = √2: it is 0, and its own square.
NAUGHT, MINUS_NAUGHT = ["1", "0", "-1/2"], ["-1", "0", "1/2"]
ACCEPT |= {
    "robustness-of-many-messages": changed(
        ROBUST_COIN,
        together(
            put(*SIGMA, {"0|0": matrix("1" + "0" * 30), "1|0": matrix("-" + "9" * 30)}),
            put(C, "bound", "9" * 30),
        ),
        f"needs at least 1{'0' * 30} different messages",
    ),
    # No three inputs, so no three vectors that could be dependent.
    "messages-nullity-of-two-inputs": changed(
        QUTRIT,
        together(
            put(C, "data", "scenario", "parties", ["2 2"]),
            drop(*SIGMA, "0|2"),
            drop(*SIGMA, "1|2"),
            put(*NULL, 1, matrix("1", "0", "0")),
            put(*NULL, 3, matrix("1", "0", "0")),
            drop(*NULL, 5),
            drop(*NULL, 4),
            put(C, "bound", "1"),
            put(W, "positivity", [DOMINANT] * 5),
        ),
    ),
}
DECLINE |= {
    "projective-directions-that-vanish": changed(
        over(REDUCIBLE, hull([[NAUGHT, NAUGHT], [NAUGHT, MINUS_NAUGHT]], 2)), together(), "the sign"
    ),
    "projective-directions-of-long-numbers": changed(
        hull(SQUARE, 2), put(*DIRECTIONS, 0, 0, "1" * 51), "more than 50 digits"
    ),
    "lhs-bound-inputs-too-many": changed(
        TWO_PARTIES,
        together(
            put(C, "data", "scenario", {"parties": [" ".join(["1"] * 257)], "dimension": "2"}),
            put(*FUNCTIONAL, {}),
        ),
        "257 inputs, at most 256",
    ),
    "lhs-elements-too-many": changed(
        EXCLUDED,
        together(
            put(C, "data", "scenario", {"parties": ["5000"], "dimension": "2"}),
            put(C, "data", "centre", {}),
        ),
        "5000 deterministic strategies and 5000 elements",
    ),
    "overlap-vectors-too-many": changed(
        OVERLAP,
        put(C, "data", "scenario", {"parties": [" ".join(["1"] * 1025)], "dimension": "2"}),
        "1025 vectors",
    ),
}
