"""Writes the corpus: `python tests/corpus/make.py`, into accept/ reject/ malformed/ decline/.

Every file is derived from a few small certificates, written down here by hand, by one change that
its name describes. The tests collect the files, so a file may also be added by hand. Where a file's
provenance starts with "expect: ", the rest must occur in the kernel's message.
"""

from __future__ import annotations

import json
import shutil
from itertools import pairwise, product
from pathlib import Path

import boxes
import classical
import products
import realisations
import semidefinite
import several
from parts import (
    COIN,
    DOMINANT,
    GOLDEN,
    MINUS_ROOT2,
    QUBIT,
    REDUCIBLE,
    ROOT2,
    TABLE,
    C,
    Json,
    W,
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

HERE = Path(__file__).parent


def coin_bound(relation: str, bound: str, z: Json, w: str, positivity: Json) -> Json:
    """p ≥ bound or p ≤ bound."""
    data = {
        "scenario": COIN,
        "set": "almost-quantum",
        "functional": {"0|0": matrix("1")},
        "relation": relation,
    }
    witness = {"multipliers": matrix(w), "matrices": [z], "positivity": [positivity]}
    return certificate("functional-bound", data, bound, witness)


# p ≤ 1, because 1 - p = ⟨(1 - E)²⟩: Z = (1, -1)ᵀ(1, -1).
AT_MOST_ONE = coin_bound("<=", "1", matrix("1", "-1 1"), "-1", factored(matrix("1", "-1"), "1"))
# p ≥ 0, because p = ⟨E²⟩.
AT_LEAST_ZERO = coin_bound(">=", "0", matrix("0", "0 1"), "0", DOMINANT)

ATTAINED = certificate(
    "functional-attained",
    {
        "scenario": COIN,
        "set": "almost-quantum",
        "functional": {"0|0": matrix("1")},
        "relation": ">=",
    },
    "1/2",
    {
        "point": matrix("2 1", denominator="2"),
        "positivity": [factored(matrix("1", "1", denominator="1"), "1", denominator="2"), DOMINANT],
    },
)

# The coin can't have p within 1/2 of 2.
EXCLUDED = certificate(
    "box-excluded",
    {"scenario": COIN, "set": "almost-quantum", "centre": {"0|0": matrix("2")}, "radius": "1/2"},
    None,
    {
        "multipliers": matrix("-1"),
        "matrices": [matrix("1", "-1 1"), matrix("1"), matrix("0")],
        "positivity": [factored(matrix("1", "-1"), "1"), DOMINANT, DOMINANT],
    },
)

MEMBER = certificate(
    "member",
    {
        "scenario": COIN,
        "set": "almost-quantum",
        "assemblage": {"0|0": matrix("1", denominator="3"), "1|0": matrix("2", denominator="3")},
    },
    None,
    {
        "point": matrix(""),
        "positivity": [factored(matrix("3 0", "1 1", denominator="1"), "1 2", denominator="9")],
    },
)

VALID = certificate(
    "valid-assemblage",
    {"scenario": QUBIT, "assemblage": TABLE},
    None,
    {
        "point": matrix(""),
        "positivity": [
            DOMINANT,
            DOMINANT,
            factored(matrix("1", "0", imaginary=("0", "1")), "1", denominator="4"),
            {
                "rule": "congruent",
                "basis": matrix("1", "0", imaginary=("0", "-1")),
                "core": matrix("1", denominator="4"),
                "positivity": DOMINANT,
            },
        ],
    },
)

# tr Y σ[0|1] = 1/2: only imaginary parts meet.
VALUE = certificate(
    "functional-value",
    {
        "scenario": QUBIT,
        "functional": {"0|1": matrix("0", "0 0", imaginary=("0", "1 0")), "_|_": matrix("1", "0 0")},
        "assemblage": TABLE,
    },
    "1",
    {"point": matrix(""), "positivity": []},
)

# The same in Q(√2): a·p ≤ a, by Z = a(1, -1)ᵀ(1, -1).
AT_MOST_ROOT = over(
    ROOT2,
    coin_bound(
        "<=",
        "",
        in_a("1", "-1 1", plain=("0", "0 0")),
        "",
        {
            "rule": "factored",
            "factor": matrix("1", "-1"),
            "weights": in_a("1", plain=("0",)),
        },
    ),
)
AT_MOST_ROOT["claim"]["bound"] = ["0", "1"]
AT_MOST_ROOT["claim"]["data"]["functional"] = {"0|0": in_a("1", plain=("0",))}
AT_MOST_ROOT["witness"]["multipliers"] = in_a("-1", plain=("0",))

# (a - 1)p ≥ 0 needs a > 1; dominance tells it.
AT_LEAST_IN_A = over(ROOT2, coin_bound(">=", "0", in_a("0", "0 1", plain=("0", "0 -1")), "0", DOMINANT))
AT_LEAST_IN_A["claim"]["data"]["functional"] = {"0|0": in_a("1", plain=("-1",))}

# One party measures (X + Z)/√2 on half of a maximally entangled pair: rank-one elements over Q(√2).
DIAGONAL = over(
    ROOT2,
    certificate(
        "valid-assemblage",
        {
            "scenario": {"parties": ["2"], "dimension": "2"},
            "assemblage": {
                "0|0": in_a("1", "1 -1", plain=("2", "0 2"), denominator="8"),
                "1|0": in_a("-1", "-1 1", plain=("2", "0 2"), denominator="8"),
            },
        },
        None,
        {
            "point": matrix(""),
            "positivity": [
                {
                    "rule": "congruent",
                    "basis": in_a("0", "1", plain=("1", "-1")),
                    "core": in_a("1", plain=("2",), denominator="8"),
                    "positivity": DOMINANT,
                },
                # The same with a factor over Q(√2), whose square needs a² = 2.
                {
                    "rule": "factored",
                    "factor": in_a("0", "-1", plain=("1", "-1")),
                    "weights": in_a("-1", plain=("2",), denominator="8"),
                },
            ],
        },
    ),
)

# [[2, a], [a, 1]] and [[2, 1 + ai], [1 - ai, 2]], over 6, in the golden field: a is about 1.618.
GOLDEN_DOMINANT = over(
    GOLDEN,
    certificate(
        "valid-assemblage",
        {
            "scenario": {"parties": ["2"], "dimension": "2"},
            "assemblage": {
                "0|0": {
                    "denominator": "12",
                    "real": ["3", "0 3"],
                    "real a": ["0", "1 0"],
                    "imaginary": ["0", "1 0"],
                },
                "1|0": {
                    "denominator": "12",
                    "real": ["3", "0 3"],
                    "real a": ["0", "-1 0"],
                    "imaginary": ["0", "-1 0"],
                },
            },
        },
        None,
        {"point": matrix(""), "positivity": [DOMINANT, DOMINANT]},
    ),
)

# Three outcomes: p₀ + p₁ ≤ 1, as (1 - E₀ - E₁)² = 1 - E₀ - E₁ needs E₀E₁ = 0.
THREE_OUTCOMES = certificate(
    "functional-bound",
    {
        "scenario": {"parties": ["3"], "dimension": "1"},
        "set": "almost-quantum",
        "functional": {"0|0": matrix("1"), "1|0": matrix("1")},
        "relation": "<=",
    },
    "1",
    {
        "multipliers": matrix("-1"),
        "matrices": [matrix("1", "-1 1", "-1 1 1")],
        "positivity": [factored(matrix("1", "-1", "-1"), "1")],
    },
)

# Two parties at level 1, whose Γ knows p(00) as an entry off the diagonal: p(00) ≥ 0 is asked for.
LEVEL_ONE = certificate(
    "functional-bound",
    {
        "scenario": {"parties": ["2", "2"], "dimension": "1"},
        "set": "1",
        "functional": {"0 0|0 0": matrix("1")},
        "relation": ">=",
    },
    "0",
    {
        "multipliers": matrix("0"),
        "matrices": [matrix("0", "0 0", "0 0 0"), matrix("1"), matrix("0"), matrix("0"), matrix("0")],
        "positivity": [DOMINANT] * 5,
    },
)

# A trusted qubit with one input: ⟨0|σ|0⟩ ≤ 1, as N₀₁†N₀₁ = N₁₀N₀₁ = N₁₁ = 1 - N₀₀.
TRUSTED_INPUT = certificate(
    "functional-bound",
    {
        "scenario": {"parties": ["1"], "dimension": "2", "trusted inputs": "1"},
        "set": "almost-quantum",
        "functional": {"0|0 0": matrix("1", "0 0")},
        "relation": "<=",
    },
    "1",
    {
        "multipliers": matrix("-1"),
        "matrices": [matrix("0", "0 0", "0 0 1", "0 0 0 0")],
        "positivity": [DOMINANT],
    },
)

# Trusted inputs do not talk: σ[0|0 0] = 2/3 and σ[0|0 1] = 2/3 of trace, whatever y.
TRUSTED_VALID = certificate(
    "valid-assemblage",
    {
        "scenario": {"parties": ["2"], "dimension": "2", "trusted inputs": "2"},
        "assemblage": {
            "0|0 0": matrix("2", "0 0", denominator="3"),
            "1|0 0": matrix("0", "0 1", denominator="3"),
            "0|0 1": matrix("1", "0 1", denominator="3"),
            "1|0 1": matrix("1", "0 0", denominator="3"),
        },
    },
    None,
    {"point": matrix(""), "positivity": [DOMINANT] * 4},
)

# An instrumental assemblage, and the elements that complete it: σ[1|0 0] and σ[0|0 1].
INSTRUMENTAL = certificate(
    "valid-assemblage",
    {
        "scenario": {"parties": ["2"], "dimension": "1", "trusted inputs": "2"},
        "assemblage": {"0|0 0": matrix("1", denominator="3"), "1|0 1": matrix("2", denominator="3")},
    },
    None,
    {"point": matrix("1 2", denominator="3"), "positivity": [DOMINANT] * 4},
)

# A "coin" with p = 2, mixed with a fair one: 1/2 + 3v/2 ≤ 1.
VISIBILITY = certificate(
    "visibility-bound",
    {
        "scenario": COIN,
        "set": "almost-quantum",
        "assemblage": {"0|0": matrix("2"), "1|0": matrix("-1")},
        "noise": {"0|0": matrix("1", denominator="2"), "1|0": matrix("1", denominator="2")},
    },
    "1/3",
    {
        "multipliers": matrix(""),
        "matrices": [matrix("2", "-2 2", denominator="3")],
        "positivity": [factored(matrix("1", "-1"), "2", denominator="3")],
    },
)

# tr(Yρ) ≤ 1, as 1 - Y = (1, -i)ᵀ(1, i): only imaginary parts meet.
IMAGINARY = certificate(
    "functional-bound",
    {
        "scenario": {"parties": ["1"], "dimension": "2"},
        "set": "almost-quantum",
        "functional": {"_|_": matrix("0", "0 0", imaginary=("0", "1 0"))},
        "relation": "<=",
    },
    "1",
    {
        "multipliers": matrix("-1"),
        "matrices": [matrix("1", "0 1", imaginary=("0", "-1 0"))],
        "positivity": [factored(matrix("1", "0", imaginary=("0", "-1")), "1")],
    },
)

# A number p - q√2 between -2^-66 and 0, p/q from the continued fraction of √2.
P, Q = 1, 1
while Q < 2**65:
    P, Q = 3 * P + 4 * Q, 2 * P + 3 * Q

ACCEPT = {
    "imaginary": IMAGINARY,
    "at-most-root": AT_MOST_ROOT,
    "at-least-in-a": AT_LEAST_IN_A,
    "diagonal": DIAGONAL,
    "golden-dominant": GOLDEN_DOMINANT,
    "three-outcomes": THREE_OUTCOMES,
    "level-one": LEVEL_ONE,
    "trusted-input": TRUSTED_INPUT,
    "trusted-valid": TRUSTED_VALID,
    "instrumental": INSTRUMENTAL,
    "visibility": VISIBILITY,
    "at-most-one": AT_MOST_ONE,
    "at-least-zero": AT_LEAST_ZERO,
    "attained": ATTAINED,
    "excluded": EXCLUDED,
    "member": MEMBER,
    "valid": VALID,
    "value": VALUE,
}


SET = (C, "data", "set")
ACCEPT |= {
    # Words that vanish, occur twice, or are sums of others, do no harm.
    "words": changed(AT_MOST_ONE, put(*SET, ["0|0 0|0", "_", "1|0", "0|0 1|0", "1|0 0|0 1|0", "0|0"])),
    # Some σ[1|0] completes p = 1/3.
    "partial": certificate(
        "valid-assemblage",
        {"scenario": COIN, "assemblage": {"0|0": matrix("1", denominator="3")}},
        None,
        {"point": matrix("2", denominator="3"), "positivity": [DOMINANT, DOMINANT]},
    ),
    "excluded-instrumental": changed(
        EXCLUDED,
        together(
            put(C, "data", "scenario", {**COIN, "trusted inputs": "2"}),
            put(C, "data", "centre", {"0|0 0": matrix("2")}),
        ),
    ),
    "level-1": changed(AT_MOST_ONE, put(*SET, "1")),
    "level-3": changed(AT_MOST_ONE, put(*SET, "3")),
    "level-1-and-a": changed(AT_MOST_ONE, put(*SET, "1+A")),
    "trusted-words": changed(
        TRUSTED_INPUT, put(*SET, ["_; 0|0", "_; 0,1|0", "_; 1,0|0", "_; 1|0", "0|0; 0,1|0 1|0"])
    ),
}
ALL_DOMINANT = [DOMINANT] * 4
TOO_LARGE = matrix("1", "0 1", denominator="4", imaginary=("0", "2 0"))
TOO_LARGE_CONJUGATED = matrix("1", "0 1", denominator="4", imaginary=("0", "-2 0"))
FACTOR = (W, "positivity", 0, "factor")

REJECT = {
    "root-better-than-proved": changed(
        AT_MOST_ROOT, put(C, "bound", ["-1/1000000000", "1"]), "proved ≥ claimed"
    ),
    "root-of-the-other-sign": changed(AT_MOST_ROOT, put(C, "field", MINUS_ROOT2), "weight ≥ 0"),
    "root-conjugated": changed(AT_LEAST_IN_A, put(C, "field", MINUS_ROOT2), "dominant residue"),
    "root-for-one": changed(
        AT_MOST_ROOT, put(C, "data", "functional", {"0|0": matrix("1")}), "identity"
    ),
    "in-a-just-negative": changed(
        AT_LEAST_IN_A,
        together(
            put(C, "data", "functional", {"0|0": in_a("169", plain=("-239",))}),
            put(W, "matrices", 0, in_a("0", "0 169", plain=("0", "0 -239"))),
            put(C, "field", {"polynomial": "-2 0 1", "low": "-3/2", "high": "-1"}),
        ),
        "dominant residue",
    ),
    "in-a-negative-by-a-hair": changed(
        AT_LEAST_IN_A,
        together(
            put(C, "data", "functional", {"0|0": in_a(f"-{Q}", plain=(str(P),))}),
            put(W, "matrices", 0, in_a("0", f"0 -{Q}", plain=("0", f"0 {P}"))),
        ),
        "dominant residue",
    ),
    "in-a-smaller-than-zero": changed(
        AT_LEAST_IN_A,
        together(
            put(C, "data", "functional", {"0|0": in_a("408", plain=("-577",))}),
            put(W, "matrices", 0, in_a("0", "0 408", plain=("0", "0 -577"))),
        ),
        "dominant residue",
    ),
    "diagonal-not-equal": changed(
        DIAGONAL,
        put(W, "positivity", 0, "basis", in_a("0", "-1", plain=("1", "-1"))),
        "basis·core·basis†",
    ),
    "diagonal-not-equal-in-a": changed(
        DIAGONAL,
        together(
            put(C, "data", "assemblage", "0|0", in_a("1", "0 0", plain=("1", "0 0"))),
            put(C, "data", "assemblage", "1|0", in_a("-1", "0 0", plain=("0", "0 0"))),
            put(W, "positivity", 0, "basis", matrix("1", "0")),
            put(W, "positivity", 0, "core", matrix("1")),
        ),
        "coefficient of a^1",
    ),
    "diagonal-core-of-the-other-sign": changed(
        DIAGONAL,
        together(
            put(C, "data", "assemblage", "0|0", in_a("-1", "0 0", plain=("1", "0 0"))),
            put(C, "data", "assemblage", "1|0", in_a("1", "0 0", plain=("0", "0 0"))),
            put(W, "positivity", 0, "basis", matrix("1", "0")),
            put(W, "positivity", 0, "core", in_a("-1", plain=("1",))),
            put(W, "positivity", 1, DOMINANT),
        ),
        "core",
    ),
    "diagonal-signalling-in-a": changed(
        DIAGONAL,
        put(C, "data", "assemblage", "1|0", matrix("1", "0 1", denominator="4")),
        "residue",
    ),
    "golden-not-dominant": changed(
        GOLDEN_DOMINANT,
        together(
            put(C, "data", "assemblage", "0|0", "real a", ["0", "2 0"]),
            put(C, "data", "assemblage", "1|0", "real a", ["0", "-2 0"]),
        ),
        "dominant residue",
    ),
    "golden-not-dominant-with-both-parts": changed(
        GOLDEN_DOMINANT,
        together(
            put(C, "data", "assemblage", "0|0", "imaginary", ["0", "2 0"]),
            put(C, "data", "assemblage", "1|0", "imaginary", ["0", "-2 0"]),
        ),
        "dominant residue",
    ),
    "three-outcomes-as-if-compatible": changed(
        THREE_OUTCOMES, put(C, "data", "scenario", "parties", ["2 2"]), "identity"
    ),
    "three-outcomes-without-orthogonality": changed(
        THREE_OUTCOMES,
        together(
            put(C, "data", "scenario", "parties", ["2 2"]),
            put(C, "data", "functional", {"0|0": matrix("1"), "0|1": matrix("1")}),
        ),
        "identity",
    ),
    "level-one-without-positivity": changed(
        LEVEL_ONE,
        together(
            put(W, "matrices", 1, matrix("0")),
            put(W, "matrices", 0, matrix("0", "0 0", "0 0 0")),
        ),
        "identity",
    ),
    "trusted-input-of-the-wrong-unit": changed(
        TRUSTED_INPUT,
        put(W, "matrices", 0, matrix("0", "0 0", "0 0 0", "0 0 0 1")),
        "identity",
    ),
    "trusted-input-too-good": changed(TRUSTED_INPUT, put(C, "bound", "1/2"), "proved ≥ claimed"),
    "trusted-input-talks": changed(
        TRUSTED_VALID,
        together(
            put(C, "data", "assemblage", "0|0 1", matrix("1", "0 0", denominator="3")),
            put(C, "data", "assemblage", "1|0 1", matrix("1", "0 1", denominator="3")),
        ),
        "signalling of the trusted party",
    ),
    "instrumental-negative": changed(
        INSTRUMENTAL,
        together(
            put(C, "data", "assemblage", "0|0 0", matrix("2")),
            put(C, "data", "assemblage", "1|0 1", matrix("-1")),
            put(W, "point", matrix("2 -1")),
        ),
        "dominant residue",
    ),
    "instrumental-completed-wrongly": changed(
        INSTRUMENTAL, put(W, "point", matrix("2 2", denominator="3")), "equation"
    ),
    "visibility-too-good": changed(VISIBILITY, put(C, "bound", "1/4"), "proved ≥ claimed"),
    "visibility-of-the-noise": changed(
        VISIBILITY,
        together(
            put(C, "data", "noise", VISIBILITY["claim"]["data"]["assemblage"]),
            put(C, "data", "assemblage", VISIBILITY["claim"]["data"]["noise"]),
        ),
        "identity",
    ),
    "bound-better-than-proved": changed(AT_MOST_ONE, put(C, "bound", "99/100"), "proved ≥ claimed"),
    "bound-better-than-proved-from-below": changed(
        AT_LEAST_ZERO, put(C, "bound", "1/1000000000"), "proved ≥ claimed"
    ),
    "relation-turned": changed(AT_MOST_ONE, put(C, "data", "relation", ">="), "identity"),
    "functional-changed": changed(
        AT_MOST_ONE, put(C, "data", "functional", "0|0", matrix("2")), "identity"
    ),
    "functional-of-the-other-outcome": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"1|0": matrix("1")}), "identity"
    ),
    "multiplier-changed": changed(AT_MOST_ONE, put(W, "multipliers", matrix("-2")), "identity"),
    "square-changed-off-the-diagonal": changed(
        AT_MOST_ONE, put(W, "matrices", 0, matrix("1", "-2 1")), "identity"
    ),
    "square-not-positive": changed(
        coin_bound("<=", "0", matrix("0", "-1 1"), "0", DOMINANT), together(), "dominant residue"
    ),
    "square-not-positive-with-a-factor": changed(
        coin_bound("<=", "0", matrix("0", "-1 1"), "0", factored(matrix("1", "-1"), "1")),
        together(),
        "dominant residue",
    ),
    "weight-negative": changed(
        coin_bound("<=", "-1", matrix("-1", "0 -1"), "1", factored(matrix("1 0", "0 1"), "-1 -1")),
        together(),
        "weight ≥ 0",
    ),
    "factor-too-short": changed(AT_MOST_ONE, put(*FACTOR, matrix("1", "0")), "dominant residue"),
    "dominance-without-factor": changed(
        AT_LEAST_ZERO,
        put(W, "matrices", 0, matrix("0", "0 -1")),
        "identity",
    ),
    "attained-too-much": changed(ATTAINED, put(C, "bound", "51/100"), "dominant residue"),
    "attained-by-an-unnormalised-point": changed(
        ATTAINED, put(W, "point", matrix("2 1", denominator="1")), "equation"
    ),
    "attained-outside-the-cone": changed(
        ATTAINED, put(W, "point", matrix("1 2", denominator="1")), "dominant residue"
    ),
    "excluded-too-wide": changed(EXCLUDED, put(C, "data", "radius", "1"), "proved > 0"),
    "excluded-elsewhere": changed(EXCLUDED, put(C, "data", "centre", "0|0", matrix("1")), "proved > 0"),
    "excluded-with-a-negative-multiplier": changed(
        EXCLUDED,
        together(
            put(W, "matrices", [matrix("0", "0 0"), matrix("-1"), matrix("-1")]),
            put(W, "multipliers", matrix("0")),
            put(C, "data", "radius", "3"),
            put(W, "positivity", [DOMINANT, DOMINANT, DOMINANT]),
        ),
        "dominant residue",
    ),
    "excluded-by-nothing": changed(
        EXCLUDED,
        together(
            put(W, "matrices", [matrix("0", "0 0"), matrix("0"), matrix("0")]),
            put(W, "multipliers", matrix("0")),
            put(W, "positivity", [DOMINANT, DOMINANT, DOMINANT]),
        ),
        "proved > 0",
    ),
    "member-not-normalised": changed(
        MEMBER, put(C, "data", "assemblage", "1|0", matrix("1", denominator="3")), "equation"
    ),
    "member-negative": changed(
        MEMBER,
        put(C, "data", "assemblage", {"0|0": matrix("-1"), "1|0": matrix("2")}),
        "dominant residue",
    ),
    "valid-signalling": changed(
        VALID,
        together(
            put(C, "data", "assemblage", "0|1", matrix("1", "0 0")),
            put(C, "data", "assemblage", "1|1", matrix("0", "0 0")),
            put(W, "positivity", ALL_DOMINANT),
        ),
        "signalling of party 1",
    ),
    "valid-signalling-in-an-imaginary-part": changed(
        VALID,
        together(
            put(C, "data", "assemblage", "1|1", matrix("1", "0 1", denominator="4")),
            put(W, "positivity", 3, DOMINANT),
        ),
        "imaginary part",
    ),
    "valid-not-normalised": changed(
        VALID,
        together(
            put(
                C,
                "data",
                "assemblage",
                {
                    "0|0": matrix("1", "0 0"),
                    "1|0": matrix("0", "0 1"),
                    "0|1": matrix("1", "0 0"),
                    "1|1": matrix("0", "0 1"),
                },
            ),
            put(W, "positivity", ALL_DOMINANT),
        ),
        "normalisation",
    ),
    "valid-negative-element": changed(
        VALID,
        together(
            put(C, "data", "assemblage", "0|0", matrix("3", "0 1", denominator="4")),
            put(C, "data", "assemblage", "1|0", matrix("-1", "0 1", denominator="4")),
        ),
        "dominant residue",
    ),
    "valid-imaginary-part-too-large": changed(
        VALID,
        together(
            put(C, "data", "assemblage", "0|1", TOO_LARGE),
            put(C, "data", "assemblage", "1|1", TOO_LARGE_CONJUGATED),
            put(W, "positivity", ALL_DOMINANT),
        ),
        "dominant residue",
    ),
    "congruence-not-equal": changed(
        VALID, put(W, "positivity", 3, "core", matrix("1", denominator="3")), "basis·core·basis†"
    ),
    "congruence-conjugated": changed(
        VALID,
        put(W, "positivity", 3, "basis", matrix("1", "0", imaginary=("0", "1"))),
        "basis·core·basis†",
    ),
    "congruence-with-a-negative-core": changed(
        VALID,
        together(
            put(C, "data", "assemblage", "1|1", matrix("-1", "0 0", denominator="2")),
            put(C, "data", "assemblage", "0|1", matrix("2", "0 1", denominator="2")),
            put(W, "positivity", 2, DOMINANT),
            put(W, "positivity", 3, "basis", matrix("1", "0")),
            put(W, "positivity", 3, "core", matrix("-1", denominator="2")),
        ),
        "core",
    ),
    "value-wrong": changed(VALUE, put(C, "bound", "1/2"), "equation"),
    "value-conjugated": changed(
        VALUE,
        put(C, "data", "functional", "0|1", matrix("0", "0 0", imaginary=("0", "-1 0"))),
        "equation",
    ),
}

MALFORMED = {
    "field-with-two-roots": changed(AT_MOST_ROOT, put(C, "field", "low", "-2"), "one root"),
    "field-with-no-root": changed(AT_MOST_ROOT, put(C, "field", "low", "3/2"), "one root"),
    "field-with-three-roots": changed(
        over(REDUCIBLE, AT_MOST_ROOT), put(C, "field", "low", "-2"), "one root"
    ),
    "field-of-degree-one": changed(AT_MOST_ROOT, put(C, "field", "polynomial", "-2 1"), "degree"),
    "field-not-monic": changed(AT_MOST_ROOT, put(C, "field", "polynomial", "-4 0 2"), "last"),
    "field-with-more": changed(AT_MOST_ROOT, put(C, "field", "name", "a"), "unknown field"),
    "bound-with-a-last-zero": changed(AT_MOST_ROOT, put(C, "bound", ["1", "0"]), "the last not 0"),
    "bound-of-one-coefficient": changed(AT_MOST_ROOT, put(C, "bound", ["1"]), "2 to 2"),
    "bound-of-three-coefficients": changed(AT_MOST_ROOT, put(C, "bound", ["0", "0", "1"]), "2 to 2"),
    "bound-a-list-over-q": changed(AT_MOST_ONE, put(C, "bound", ["0", "1"]), "claim.bound"),
    "part-of-a-over-q": changed(
        AT_MOST_ONE, put(W, "matrices", 0, "real a", ["0", "0 1"]), "unknown field 'real a'"
    ),
    "part-of-a-square": changed(
        AT_MOST_ROOT, put(W, "matrices", 0, "real a^2", ["0", "0 1"]), "unknown field 'real a^2'"
    ),
    "part-of-a-vanishing": changed(
        AT_MOST_ROOT, put(W, "matrices", 0, "imaginary a", ["0", "0 0"]), "left out"
    ),
    "part-of-a-not-hermitian": changed(
        AT_MOST_ROOT, put(W, "matrices", 0, "imaginary a", ["0", "0 1"]), "not Hermitian"
    ),
    "part-of-a-of-another-shape": changed(AT_MOST_ROOT, put(W, "matrices", 0, "real a", ["1"]), "shape"),
    "level-of-no-party": changed(AT_MOST_ONE, put(*SET, "1+AB"), "the parties of this scenario"),
    "word-of-no-letter": changed(AT_MOST_ONE, put(*SET, ["2|0"]), "has no letter '2|0'"),
    "word-of-no-input": changed(AT_MOST_ONE, put(*SET, ["0|1"]), "has no letter '0|1'"),
    "word-of-a-matrix-unit": changed(AT_MOST_ONE, put(*SET, ["0,1|0"]), "has no letter '0,1|0'"),
    "word-of-a-projector-as-a-unit": changed(AT_MOST_ONE, put(*SET, ["0,0|0"]), "is written 0|0"),
    "word-of-two-parties": changed(AT_MOST_ONE, put(*SET, ["0|0; 0|0"]), "not one of 1 parties"),
    "word-misspelled": changed(AT_MOST_ONE, put(*SET, ["00"]), "outcome|input"),
    "word-with-a-leading-zero": changed(AT_MOST_ONE, put(*SET, ["00|0"]), "one spelling"),
    "word-not-text": changed(AT_MOST_ONE, put(*SET, [None]), "a string"),
    "set-not-text": changed(AT_MOST_ONE, put(*SET, None), "a string"),
    "trusted-input-missing": changed(
        TRUSTED_INPUT, put(C, "data", "functional", {"0|0": matrix("1", "0 0")}), "no such element"
    ),
    "trusted-input-too-large": changed(
        TRUSTED_INPUT, put(C, "data", "functional", {"0|0 1": matrix("1", "0 0")}), "no such element"
    ),
    "trusted-input-where-none-is": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"0|0 0": matrix("1")}), "no such element"
    ),
    "trusted-inputs-zero": changed(
        TRUSTED_INPUT, put(C, "data", "scenario", "trusted inputs", "0"), "at least 1"
    ),
    "extra-field": changed(AT_MOST_ONE, put("comment", "x"), "unknown field 'comment'"),
    "extra-field-in-claim": changed(AT_MOST_ONE, put(C, "trusted", "yes"), "unknown field"),
    "extra-field-in-data": changed(AT_MOST_ONE, put(C, "data", "note", "x"), "unknown field"),
    "extra-field-in-matrix": changed(AT_MOST_ONE, put(W, "matrices", 0, "x", "1"), "unknown field"),
    "extra-field-in-witness": changed(AT_MOST_ONE, put(W, "program", "x"), "unknown field"),
    "extra-field-in-rule": changed(AT_LEAST_ZERO, put(W, "positivity", 0, "x", "1"), "unknown field"),
    "missing-provenance": {key: AT_MOST_ONE[key] for key in AT_MOST_ONE if key != "provenance"},
    "provenance-not-text": {**AT_MOST_ONE, "provenance": None},
    "missing-witness-field": changed(AT_MOST_ONE, drop(W, "multipliers"), "is missing"),
    "missing-version": changed(AT_MOST_ONE, drop("version"), "version"),
    "wrong-format": changed(AT_MOST_ONE, put("format", "certificate"), "format"),
    "bound-missing": changed(AT_MOST_ONE, put(C, "bound", None), "claim.bound"),
    "bound-too-much": changed(VALID, put(C, "bound", "1"), "claim.bound"),
    "bound-not-in-lowest-terms": changed(AT_MOST_ONE, put(C, "bound", "2/2"), "lowest terms"),
    "bound-over-one": changed(AT_MOST_ONE, put(C, "bound", "1/1"), "at least 2"),
    "bound-over-zero": changed(AT_MOST_ONE, put(C, "bound", "1/0"), "at least 2"),
    "bound-decimal": changed(AT_MOST_ONE, put(C, "bound", "1.0"), "one spelling"),
    "bound-with-plus": changed(AT_MOST_ONE, put(C, "bound", "+1"), "one spelling"),
    "bound-with-space": changed(AT_MOST_ONE, put(C, "bound", " 1"), "one spelling"),
    "bound-with-underscore": changed(AT_MOST_ONE, put(C, "bound", "1_000"), "one spelling"),
    "bound-with-leading-zero": changed(AT_MOST_ONE, put(C, "bound", "01"), "one spelling"),
    "bound-minus-zero": changed(AT_MOST_ONE, put(C, "bound", "-0"), "one spelling"),
    "bound-in-other-digits": changed(AT_MOST_ONE, put(C, "bound", "٣"), "one spelling"),
    "bound-with-newline": changed(AT_MOST_ONE, put(C, "bound", "1\n"), "one spelling"),
    "bound-empty": changed(AT_MOST_ONE, put(C, "bound", ""), "one spelling"),
    "bound-nan": changed(AT_MOST_ONE, put(C, "bound", "NaN"), "one spelling"),
    "bound-bare-number": changed(AT_MOST_ONE, put(C, "bound", 1), "bare number"),
    "bound-bare-float": changed(AT_MOST_ONE, put(C, "bound", 1.5), "bare number"),
    "bound-bare-nan": changed(AT_MOST_ONE, put(C, "bound", float("nan")), "bare number"),
    "row-with-two-spaces": changed(
        AT_MOST_ONE, put(W, "matrices", 0, matrix("1", "-1  1")), "single spaces"
    ),
    "matrix-not-reduced": changed(
        AT_MOST_ONE, put(W, "matrices", 0, matrix("2", "-2 2", denominator="2")), "lowest terms"
    ),
    "matrix-denominator-zero": changed(
        AT_MOST_ONE, put(W, "matrices", 0, "denominator", "0"), "at least 1"
    ),
    "matrix-denominator-negative": changed(
        AT_MOST_ONE, put(W, "matrices", 0, "denominator", "-1"), "at least 1"
    ),
    "matrix-not-triangular": changed(
        AT_MOST_ONE, put(W, "matrices", 0, matrix("1 -1", "-1 1")), "rows of 1 to 2 entries"
    ),
    "matrix-too-small": changed(AT_MOST_ONE, put(W, "matrices", 0, matrix("1")), "rows of 1 to 2"),
    "matrix-imaginary-vanishing": changed(
        AT_MOST_ONE, put(W, "matrices", 0, "imaginary", ["0", "0 0"]), "left out"
    ),
    "matrix-imaginary-on-the-diagonal": changed(
        AT_MOST_ONE, put(W, "matrices", 0, "imaginary", ["1", "0 0"]), "not Hermitian"
    ),
    "matrix-imaginary-of-another-shape": changed(
        AT_MOST_ONE, put(W, "matrices", 0, "imaginary", ["1"]), "shape"
    ),
    "matrix-rows-not-a-list": changed(AT_MOST_ONE, put(W, "matrices", 0, "real", "1"), "a list"),
    "matrices-too-many": changed(
        AT_MOST_ONE, put(W, "matrices", [matrix("1", "-1 1"), matrix("1")]), "2 given"
    ),
    "positivity-too-few": changed(AT_MOST_ONE, put(W, "positivity", []), "0 given, 1 blocks"),
    "positivity-too-few-at-a-point": changed(MEMBER, put(W, "positivity", []), "0 given, 1 blocks"),
    "positivity-of-no-rule": changed(AT_MOST_ONE, put(W, "positivity", [{}]), "'rule'"),
    "positivity-of-unknown-rule": changed(
        AT_MOST_ONE, put(W, "positivity", 0, "rule", "trust me"), "unknown rule"
    ),
    "multipliers-too-many": changed(AT_MOST_ONE, put(W, "multipliers", matrix("-1 0")), "1 real"),
    "multipliers-complex": changed(
        AT_MOST_ONE, put(W, "multipliers", matrix("-1", imaginary=("1",))), "1 real"
    ),
    "point-too-long": changed(ATTAINED, put(W, "point", matrix("1 1 1")), "2 real numbers"),
    "point-complex": changed(
        ATTAINED, put(W, "point", matrix("2 1", denominator="2", imaginary=("1 0",))), "2 real numbers"
    ),
    "point-for-a-bound": changed(
        AT_MOST_ONE, put(W, {"point": matrix("1 1"), "positivity": [DOMINANT]}), "a bound is proved by"
    ),
    "multipliers-for-existence": changed(
        MEMBER,
        put(
            W,
            {
                "multipliers": matrix(""),
                "matrices": [matrix("1", "-1 1")],
                "positivity": [DOMINANT],
            },
        ),
        "existence is proved by",
    ),
    "factor-of-other-size": changed(AT_MOST_ONE, put(*FACTOR, matrix("1")), "the factor has 1 rows"),
    "factor-ragged": changed(AT_MOST_ONE, put(*FACTOR, matrix("1", "1 1")), "different lengths"),
    "weights-too-many": changed(
        AT_MOST_ONE, put(W, "positivity", 0, "weights", matrix("1 1")), "1 real weights"
    ),
    "weights-complex": changed(
        AT_MOST_ONE,
        put(W, "positivity", 0, "weights", matrix("1", imaginary=("1",))),
        "1 real weights",
    ),
    "basis-not-narrower": changed(
        VALID,
        together(
            put(W, "positivity", 3, "basis", matrix("1 0", "0 1")),
            put(W, "positivity", 3, "core", matrix("1", "0 1")),
        ),
        "a basis has",
    ),
    "basis-empty": changed(VALID, put(W, "positivity", 3, "basis", matrix())),
    "kind-not-text": changed(AT_MOST_ONE, put(C, "kind", None), "claim.kind"),
    "claim-not-an-object": changed(AT_MOST_ONE, put(C, []), "an object"),
    "relation-unknown": changed(AT_MOST_ONE, put(C, "data", "relation", ">"), "'>' is not"),
    "functional-not-an-object": changed(
        AT_MOST_ONE, put(C, "data", "functional", []), "an object from labels"
    ),
    "label-of-no-element": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"2|0": matrix("1")}), "no such element"
    ),
    "label-of-no-input": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"0|1": matrix("1")}), "no such element"
    ),
    "label-of-two-parties": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"0 0|0 0": matrix("1")}), "no such element"
    ),
    "label-half-summed": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"0|_": matrix("1")}), "row of integers"
    ),
    "label-negative": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"-1|0": matrix("1")}), "numbered from 0"
    ),
    "label-without-bar": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"0": matrix("1")}), "outcomes|inputs"
    ),
    "table-incomplete": changed(
        VALID, drop(C, "data", "assemblage", "1|1"), "4 real numbers are needed"
    ),
    "member-incomplete": changed(MEMBER, drop(C, "data", "assemblage", "1|0"), "is missing"),
    "table-with-a-sum": changed(
        VALID, put(C, "data", "assemblage", "_|_", matrix("1", "0 1")), "has no sums"
    ),
    "scenario-without-parties": changed(
        AT_MOST_ONE, put(C, "data", "scenario", "parties", []), "uncharacterised party"
    ),
    "scenario-without-inputs": changed(
        AT_MOST_ONE, put(C, "data", "scenario", "parties", [""]), "needs an input"
    ),
    "scenario-without-outcomes": changed(
        AT_MOST_ONE, put(C, "data", "scenario", "parties", ["0"]), "needs an input"
    ),
    "scenario-of-dimension-zero": changed(
        AT_MOST_ONE, put(C, "data", "scenario", "dimension", "0"), "at least 1"
    ),
    "radius-negative": changed(EXCLUDED, put(C, "data", "radius", "-1/2"), "not negative"),
}

NESTED = DOMINANT
for _ in range(18):
    NESTED = {
        "rule": "congruent",
        "basis": matrix("1", "0"),
        "core": matrix("0"),
        "positivity": NESTED,
    }
MALFORMED |= {
    "witnesses-nested-too-deeply": changed(VALID, put(W, "positivity", 3, NESTED), "nested witnesses"),
    "matrix-with-a-huge-common-divisor": changed(
        AT_MOST_ONE,
        put(W, "matrices", 0, matrix("0", "0 " + "9" * 5000, denominator="9" * 5000)),
        "lowest terms",
    ),
    "label-with-a-verdict": changed(
        AT_MOST_ONE,
        put(C, "data", "functional", {"\nACCEPTED x\n  Theorem. 1 = 2": matrix("1")}),
        "\\nACCEPTED",
    ),
}

# All words of ten letters E_{0|x}, x = 0, 1, 2, never the same input twice in a row.
MANY_WORDS = [
    " ".join(f"0|{x}" for x in inputs)
    for inputs in product(range(3), repeat=10)
    if all(x != y for x, y in pairwise(inputs))
]

DECLINE = {
    "version-unknown": changed(AT_MOST_ONE, put("version", "2"), "version"),
    "kind-unknown": changed(AT_MOST_ONE, put(C, "kind", "everything-is-quantum"), "claim.kind"),
    "field-unknown": changed(AT_MOST_ONE, put(C, "field", "Q(sqrt(2))"), "claim.field"),
    "set-unknown": changed(AT_MOST_ONE, put(*SET, "quantum"), "claim.data.set"),
    "level-too-high": changed(AT_MOST_ONE, put(*SET, "100"), "claim.data.set"),
    "field-of-large-degree": changed(
        AT_MOST_ROOT, put(C, "field", "polynomial", "-2 " + "0 " * 8 + "1"), "degree 9"
    ),
    "field-of-long-numbers": changed(
        AT_MOST_ROOT, put(C, "field", "low", "1/" + "9" * 300), "more than 50 digits"
    ),
    "moment-matrix-of-too-many-rows": changed(
        AT_MOST_ONE,
        together(
            put(C, "data", "scenario", {"parties": ["400"], "dimension": "3"}),
            put(C, "data", "functional", {"0|0": matrix("1", "0 0", "0 0 0")}),
        ),
        "moment matrix",
    ),
    "sign-undecided": changed(
        over(REDUCIBLE, AT_LEAST_IN_A),
        together(
            put(
                C,
                "data",
                "functional",
                {"0|0": {"denominator": "1", "real": ["-2"], "real a^2": ["1"]}},
            ),
            put(
                W,
                "matrices",
                0,
                {"denominator": "1", "real": ["0", "0 -2"], "real a^2": ["0", "0 1"]},
            ),
        ),
        "sign",
    ),
    "words-too-many": changed(
        AT_MOST_ONE,
        together(
            put(C, "data", "scenario", "parties", ["2 2 2"]),
            put(*SET, MANY_WORDS),
        ),
        "more than 512 words",
    ),
    "level-of-too-many-words": changed(
        AT_MOST_ONE,
        together(put(C, "data", "scenario", "parties", ["9 9 9"]), put(*SET, "AAAAAAAA")),
        "more than 512 words",
    ),
    "word-too-long": changed(AT_MOST_ONE, put(*SET, [" ".join(["0|0"] * 33)]), "32 letters"),
    "word-of-too-many-terms": changed(
        AT_MOST_ONE,
        together(
            put(C, "data", "scenario", "parties", [" ".join("2" * 12)]),
            put(*SET, [" ".join(f"1|{k}" for k in range(12))]),
        ),
        "more than 512 words",
    ),
    "word-of-too-many-terms-of-many-parties": changed(
        AT_MOST_ONE,
        together(
            put(C, "data", "scenario", {"parties": ["2 2"] * 6, "dimension": "1"}),
            put(*SET, ["; ".join(["1|0 1|1 1|0 1|1"] * 6)]),
            put(C, "data", "functional", {}),
        ),
        "more than 512 words",
    ),
    "scenario-too-large": changed(
        AT_MOST_ONE,
        put(C, "data", "scenario", "parties", ["999999999", "999999999"]),
        "entries",
    ),
    "dimension-too-large": changed(
        AT_MOST_ONE, put(C, "data", "scenario", "dimension", "100000"), "dimension"
    ),
    "dimension-beyond-the-digits-of-python": changed(
        AT_MOST_ONE, put(C, "data", "scenario", "dimension", "9" * 5000), "dimension"
    ),
    "moment-matrix-too-large": changed(
        AT_MOST_ONE,
        put(C, "data", "scenario", {"parties": ["9999"], "dimension": "1"}),
        "operators of a party",
    ),
    "parties-too-many": changed(
        AT_MOST_ONE, put(C, "data", "scenario", "parties", ["1"] * 33), "parties"
    ),
    "label-too-long": changed(
        AT_MOST_ONE, put(C, "data", "functional", {"1" * 100001 + "|0": matrix("1")}), "100001 digits"
    ),
    "word-with-a-long-number": changed(AT_MOST_ONE, put(*SET, ["1" * 100001 + "|0"]), "digits"),
    "level-name-too-long": changed(AT_MOST_ONE, put(*SET, "A" * 100), "is not a level"),
    "trusted-letters-too-many": changed(
        TRUSTED_INPUT, put(C, "data", "scenario", "trusted inputs", "200"), "operators of a party"
    ),
    "trusted-inputs-too-many": changed(
        TRUSTED_INPUT, put(C, "data", "scenario", "trusted inputs", "999999"), "entries"
    ),
    "unknowns-too-many": changed(
        INSTRUMENTAL,
        together(
            put(C, "data", "scenario", {"parties": ["10000"], "dimension": "32"}),
            put(C, "data", "assemblage", {}),
        ),
        "entries",
    ),
    "expansions-too-many": changed(
        AT_MOST_ONE,
        put(C, "data", "scenario", {"parties": ["2"] * 19, "dimension": "1"}),
        "entries",
    ),
    "number-too-long": changed(AT_MOST_ONE, put(C, "bound", "1" * 100001), "100001 digits"),
}


def text(value: Json) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


# Files that no JSON writer would write.
RAW_MALFORMED = {
    "empty": "",
    "not-json": "Theorem: p ≤ 1/2. Proof: trivial.\n",
    "a-list": "[]\n",
    "trailing-bytes": text(AT_MOST_ONE) + "{}",
    "truncated": text(AT_MOST_ONE)[:-20],
    "key-twice": text(AT_MOST_ONE).replace('"bound": "1"', '"bound": "1/2", "bound": "1"'),
    "key-twice-by-escape": text(AT_MOST_ONE).replace(
        '"bound": "1"', '"bound": "1/2", "\\u0062ound": "1"'
    ),
    "nested-too-deeply": "[" * 100000,
    "label-of-half-a-character": text(AT_MOST_ONE).replace('"0|0"', '"\\ud800"'),
    "byte-order-mark": "\ufeff" + text(AT_MOST_ONE),
}


PARTS = (realisations, classical, several, products, boxes, semidefinite)


def main() -> None:
    for folder, own in (
        ("accept", ACCEPT),
        ("reject", REJECT),
        ("malformed", MALFORMED),
        ("decline", DECLINE),
    ):
        shutil.rmtree(HERE / folder, ignore_errors=True)
        (HERE / folder).mkdir()
        for files in (own, *(getattr(part, folder.upper()) for part in PARTS)):
            for name, value in files.items():
                (HERE / folder / f"{name}.json").write_text(text(value), "utf-8")
    for name, content in RAW_MALFORMED.items():
        (HERE / "malformed" / f"{name}.json").write_text(content, "utf-8")
    (HERE / "malformed" / "not-utf-8.json").write_bytes(text(AT_MOST_ONE).encode() + b"\xff")


if __name__ == "__main__":
    main()
