"""The part of the corpus about boxes that lie in a set as a whole, and about LHS elements of a part.

Written by hand like the rest (see `make.py`). The numbers u, of which radius·u is the share of noise
that a box needs, and the noise itself, are written down here for each scenario; then σ is a mixture of
the noise and of an assemblage τ that another part of the corpus knows, or the noise alone.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TypeAlias

import classical
import realisations
import several
from classical import NOISY, existence, unchanged
from parts import (
    COIN,
    DOMINANT,
    QUBIT,
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
from realisations import STEERING, realised

DATA = (C, "data")
CENTRE, RADIUS = (*DATA, "centre"), (*DATA, "radius")
SIGMA = (*DATA, "assemblage")
POINT = (W, "point")
ONE, NOTHING, HALF = matrix("1"), matrix("0"), matrix("1", denominator="2")
THIRD = matrix("1", denominator="3")
Weights: TypeAlias = dict[str, str]  # ω[label] is that times 1/d


def _lower(value: Json) -> list[list[list[Fraction]]]:
    """Real and imaginary parts of the lower triangle."""
    zero = [" ".join("0" * (k + 1)) for k in range(len(value["real"]))]
    return [
        [[Fraction(int(n), int(value["denominator"])) for n in row.split()] for row in rows]
        for rows in (value["real"], value.get("imaginary", zero))
    ]


def _written(parts: list[list[list[Fraction]]]) -> Json:
    common = lcm(*(n.denominator for rows in parts for row in rows for n in row))
    real, imaginary = (
        tuple(" ".join(str(int(n * common)) for n in row) for row in rows) for rows in parts
    )
    vanishes = not any(n for row in parts[1] for n in row)
    return matrix(*real, denominator=str(common), imaginary=() if vanishes else imaginary)


def mixed(value: Json, share: str, weight: str) -> Json:
    """(1 - share)·value + share·weight·1/d, for each trusted party."""
    if isinstance(value, list):
        return [mixed(own, share, weight) for own in value]
    p, parts = Fraction(share), _lower(value)
    size = len(parts[0])
    parts = [[[(1 - p) * n for n in row] for row in rows] for rows in parts]
    for k in range(size):
        parts[0][k][k] += p * Fraction(weight) / size
    return _written(parts)


def around(table: Json, share: str, weights: Weights) -> Json:
    return {label: mixed(value, share, weights[label]) for label, value in table.items()}


def times(factor: str, value: Json) -> Json:
    """A row, or a column, of numbers."""
    numbers = [Fraction(int(n), int(value["denominator"])) for row in value["real"] for n in row.split()]
    scaled = [Fraction(factor) * n for n in numbers]
    common = lcm(*(n.denominator for n in scaled))
    text = " ".join(str(int(n * common)) for n in scaled)
    return matrix(text, denominator=str(common))


def inside(scenario: Json, of: Json, centre: Json, radius: str, point: Json, blocks: int) -> Json:
    data = {"scenario": scenario, "set": of, "centre": centre, "radius": radius}
    return existence("member-box", data, None, point, blocks)


def quantum_box(scenario: Json, centre: Json, radius: str, realisation: Json) -> Json:
    data = {"scenario": scenario, "centre": centre, "radius": radius, "realisation": realisation}
    value = realised("quantum-box", data)
    value[W]["positivity"].append(DOMINANT)
    return value


# --- One party, two inputs, a trusted qubit ------------------------------------------------------

# All elements: k = 3 terms, q = 2, so u = 2(1 + 3/2)·4 = 20. The outcome 0 has 1/4 of the noise.
FULL: Weights = {"0|0": "1/4", "1|0": "3/4", "0|1": "1/4", "1|1": "3/4"}
# The independent ones: q = k = 3 and u = 5·5 = 25, the outcome 0 has 1/5.
INDEPENDENT: Weights = {"_|_": "1", "0|0": "1/5", "0|1": "1/5"}
MIXED = matrix("1", "0 1", denominator="2")


def independent(table: Json) -> Json:
    return {"_|_": MIXED, "0|0": table["0|0"], "0|1": table["0|1"]}


HIDDEN = classical.MEMBER[W]["point"]  # of NOISY, dominant without anything to spare
BOX = inside(QUBIT, "LHS", around(NOISY, "1/2", FULL), "1/40", times("1/2", HIDDEN), 4)
BOX_OF_INDEPENDENT = inside(
    QUBIT, "LHS", around(independent(NOISY), "1/3", INDEPENDENT), "1/75", times("2/3", HIDDEN), 4
)
POINT_BOX = inside(QUBIT, "LHS", NOISY, "0", HIDDEN, 4)
# The noise, p = 1: nothing is left, and no more radius can be had. The states of 01, 10 and 11 have a
# quarter, a quarter and half of it.
NOISE = inside(QUBIT, "LHS", around(TABLE, "1", FULL), "1/20", matrix(" ".join("0" * 16)), 4)
NOISE_INDEPENDENT = inside(
    QUBIT, "LHS", around(independent(TABLE), "1", INDEPENDENT), "1/25", NOISE[W]["point"], 4
)


def owed(amount: str, *weights: int) -> Json:
    """-amount·weight·1/2 for each strategy."""
    return times(f"-{amount}", matrix(" ".join(f"{w} 0 {w} 0" for w in weights), denominator="2"))


# --- Other scenarios -----------------------------------------------------------------------------

# Inputs of 2 and 3 outcomes, and one of 3: nothing is trusted, so u = Π(q + k - 1). All elements: k = 4
# and q = 3; k = 3 and q = 1: u = 6·3 = 18. The independent ones: u = 7·5 = 35.
UNEQUAL = {"parties": ["2 3", "3"], "dimension": "1"}
ANSWERS = [(a, b) for a in range(2) for b in range(3)]
HIDDEN_18 = [3, 0, 1, 1, 1, 1, 0, 2, 0, 5, 0, 0, 0, 0, 0, 1, 2, 1]  # of each answer to both, then b


def of_unequal(label: str) -> Fraction:
    """τ[a b|x y] of HIDDEN_18, `_` for any."""
    outcomes, inputs = (half.split() for half in label.split("|"))
    total = 0
    for k, answers in enumerate(ANSWERS):
        for b in range(3):
            if outcomes[0] in ("_", str(answers[int(inputs[0])] if inputs[0] != "_" else "")):
                total += HIDDEN_18[3 * k + b] * (outcomes[1] in ("_", str(b)))
    return Fraction(total, 18)


def of_noise(label: str, own: list[Fraction]) -> str:
    """ω[a b|x y], where the parties have own[0], own[1] of each outcome but the last."""
    outcomes, inputs = (half.split() for half in label.split("|"))
    weight = Fraction(1)
    for p, counts in enumerate(([2, 3], [3])):
        if outcomes[p] != "_":
            last = counts[int(inputs[p])] - 1
            weight *= own[p] if int(outcomes[p]) < last else 1 - last * own[p]
    return str(weight)


def unequal(labels: list[str], share: str, own: list[Fraction]) -> Json:
    table = {label: _written([[[of_unequal(label)]], [[Fraction(0)]]]) for label in labels}
    return around(table, share, {label: of_noise(label, own) for label in labels})


ALL_UNEQUAL = [f"{a} {b}|{x} 0" for x, count in ((0, 2), (1, 3)) for a in range(count) for b in range(3)]
INDEPENDENT_UNEQUAL = [
    f"{a} {b}|{x} {y}"
    for a, x in (("_", "_"), ("0", "0"), ("0", "1"), ("1", "1"))
    for b, y in (("_", "_"), ("0", "0"), ("1", "0"))
]
POINT_18 = matrix(" ".join(map(str, HIDDEN_18)), denominator="18")
BOX_OF_UNEQUAL = inside(
    UNEQUAL,
    "LHS",
    unequal(ALL_UNEQUAL, "1/3", [Fraction(1, 6), Fraction(1, 3)]),
    "1/54",
    times("2/3", POINT_18),
    18,
)
BOX_OF_INDEPENDENT_UNEQUAL = inside(
    UNEQUAL,
    "LHS",
    unequal(INDEPENDENT_UNEQUAL, "1/3", [Fraction(1, 7), Fraction(1, 5)]),
    "1/105",
    times("2/3", POINT_18),
    18,
)

# An input 0 of one outcome, which leaves nothing to cancel: q = k = 2, so u = 3 and ω[0|1] = 1/3.
CERTAIN = inside(
    {"parties": ["1 2"], "dimension": "1"},
    "LHS",
    around({"0|0": ONE, "0|1": HALF, "1|1": HALF}, "1/2", {"0|0": "1", "0|1": "1/3", "1|1": "2/3"}),
    "1/6",
    matrix("2 1 1", denominator="4"),
    3,
)
# A single valid behaviour, and so any radius up to 1.
ALONE = inside({"parties": ["1"], "dimension": "1"}, "LHS", {"_|_": ONE}, "1", NOTHING, 1)

# Trusted parties of dimensions 3 and 1, one input: u = 3·4·2 = 24, ω = 1/2 for both outcomes. For the
# independent elements u = 12·3 = 36, ω[0] = 1/3.
BOBS = {"parties": ["2"], "dimensions": "3 1"}
BOBS_TABLE = {
    "0|0": [
        matrix("2", "0 1", "1 0 1", denominator="8", imaginary=("0", "1 0", "0 0 0")),
        HALF,
    ],
    "1|0": [matrix("1", "1 2", "0 0 1", denominator="8"), HALF],
}
BOBS_HIDDEN = matrix("2 0 1 1 0 1 1 0 0 4 1 1 2 0 0 1 0 0 0 4", denominator="8")
BOX_OF_BOBS = inside(
    BOBS,
    "LHS",
    around(BOBS_TABLE, "1/2", {"0|0": "1/2", "1|0": "1/2"}),
    "1/48",
    times("1/2", BOBS_HIDDEN),
    2,
)
BOBS_INDEPENDENT = {
    "_|_": [
        matrix("3", "1 3", "1 0 2", denominator="8", imaginary=("0", "1 0", "0 0 0")),
        ONE,
    ],
    "0|0": BOBS_TABLE["0|0"],
}
BOX_OF_INDEPENDENT_BOBS = inside(
    BOBS,
    "LHS",
    around(BOBS_INDEPENDENT, "1/2", {"_|_": "1", "0|0": "1/3"}),
    "1/72",
    times("1/2", BOBS_HIDDEN),
    2,
)
# Of dimensions 1 and 2 the second sees all of a parent: u = 5·2 = 10.
PARENT = {"parties": ["2"], "dimensions": "1 2"}
PARENT_TABLE = {
    "0|0": [HALF, matrix("1", "1 1", denominator="4")],
    "1|0": [HALF, matrix("1", "0 1", denominator="4", imaginary=("0", "1 0"))],
}
BOX_OF_PARENT = inside(
    PARENT,
    "no-signalling",
    around(PARENT_TABLE, "1/2", {"0|0": "1/2", "1|0": "1/2"}),
    "1/20",
    # Half of the parent's reduced state, then of its element 0|0: real parts, then imaginary ones.
    matrix("2 1 2 1 1 1 1 0", denominator="8"),
    2,
)

# Trusted inputs, hidden states for each of them: u = 5·2 = 10 and 5·3 = 15.
TRUSTED = classical.TRUSTED[C]["data"]
TRUSTED_POINT = classical.TRUSTED[W]["point"]
BOX_OF_TRUSTED = inside(
    TRUSTED["scenario"],
    "LHS",
    around(TRUSTED["assemblage"], "1/4", dict.fromkeys(TRUSTED["assemblage"], "1/2")),
    "1/40",
    times("3/4", TRUSTED_POINT),
    4,
)
TRUSTED_INDEPENDENT = {
    "_|_ 0": matrix("2", "0 1", denominator="3"),
    "_|_ 1": matrix("2", "0 1", denominator="3"),
    "0|0 0": matrix("2", "0 0", denominator="3"),
    "0|0 1": matrix("1", "0 1", denominator="3"),
}
BOX_OF_INDEPENDENT_TRUSTED = inside(
    TRUSTED["scenario"],
    "LHS",
    around(TRUSTED_INDEPENDENT, "1/4", {"_|_ 0": "1", "_|_ 1": "1", "0|0 0": "1/3", "0|0 1": "1/3"}),
    "1/60",
    times("3/4", TRUSTED_POINT),
    4,
)

# Over Q(√2): (2, ±a; ±a, 2)/8 for one input, u = 10, half of that.
ROOT = over(
    ROOT2,
    inside(
        {"parties": ["2"], "dimension": "2"},
        "LHS",
        {
            "0|0": in_a("0", "1 0", plain=("4", "0 4"), denominator="16"),
            "1|0": in_a("0", "-1 0", plain=("4", "0 4"), denominator="16"),
        },
        "1/20",
        in_a("0 1 0 0 0 -1 0 0", plain=("2 0 2 0 2 0 2 0",), denominator="16"),
        2,
    ),
)

# --- Outer sets ----------------------------------------------------------------------------------

# A coin: u = 2, ω is fair. Where half of it is noise, the rest can have all of the other outcome.
FAIR = {"0|0": "1/2", "1|0": "1/2"}
EDGE = inside(
    COIN,
    "no-signalling",
    {"0|0": matrix("1", denominator="4"), "1|0": matrix("3", denominator="4")},
    "1/4",
    matrix(""),
    2,
)
# Γ of half of p = 1/3.
WORDS = certificate(
    "member-box",
    {
        "scenario": COIN,
        "set": "almost-quantum",
        "centre": around({"0|0": THIRD, "1|0": matrix("2", denominator="3")}, "1/2", FAIR),
        "radius": "1/4",
    },
    None,
    {
        "point": matrix(""),
        "positivity": [factored(matrix("3 0", "1 1", denominator="1"), "1 2", denominator="18")],
    },
)

# --- Quantum boxes -------------------------------------------------------------------------------

QUANTUM = quantum_box(QUBIT, around(TABLE, "1/2", FULL), "1/40", STEERING)
QUANTUM_OF_INDEPENDENT = quantum_box(
    QUBIT, around(independent(TABLE), "1/2", INDEPENDENT), "1/50", STEERING
)
QUANTUM_POINT = quantum_box(QUBIT, TABLE, "0", STEERING)
# Any realisation will do where nothing of it is left.
QUANTUM_NOISE = quantum_box(QUBIT, around(TABLE, "1", FULL), "1/20", STEERING)

# Two parties, u = 5·2·4 = 40: the first has 1/2 and 1/2, the second 1/4 and 3/4.
SECTORS = realisations.SECTORS[C]["data"]
QUANTUM_SECTORS = quantum_box(
    SECTORS["scenario"],
    around(
        SECTORS["assemblage"],
        "1/3",
        {label: "3/8" if label[2] == "1" else "1/8" for label in SECTORS["assemblage"]},
    ),
    "1/120",
    SECTORS["realisation"],
)
# Channels: both trusted inputs have the noise of FULL.
CHANNEL = realisations.CHANNEL[C]["data"]
QUANTUM_CHANNEL = quantum_box(
    CHANNEL["scenario"],
    around(CHANNEL["assemblage"], "1/2", {label: FULL[label[:3]] for label in CHANNEL["assemblage"]}),
    "1/40",
    CHANNEL["realisation"],
)
QUANTUM_CHANNEL_INDEPENDENT = quantum_box(
    CHANNEL["scenario"],
    around(
        {
            **{
                f"_|_ {y}": reduced
                for y, reduced in (
                    (0, MIXED),
                    (1, matrix("3", "0 1", denominator="4", imaginary=("0", "1 0"))),
                )
            },
            **{label: value for label, value in CHANNEL["assemblage"].items() if label[0] == "0"},
        },
        "1/2",
        {
            label: INDEPENDENT[label[:3]]
            for label in ("_|_ 0", "_|_ 1", "0|0 0", "0|1 0", "0|0 1", "0|1 1")
        },
    ),
    "1/50",
    CHANNEL["realisation"],
)
# Three trusted parties, who see parts of a joint state: u = 3·4·2 = 24.
SEEN = several.SEEN[C]["data"]
QUANTUM_SEEN = quantum_box(
    SEEN["scenario"], around(SEEN["assemblage"], "1/2", FAIR), "1/48", SEEN["realisation"]
)

# Inputs of 2 and 3 outcomes: k = 4, q = 3 and u = 6, so that a last outcome has 5/6 or 4/6.
QUANTUM_COIN = quantum_box(
    {"parties": ["2 3"], "dimension": "1"},
    around(
        {"0|0": HALF, "1|0": HALF, "0|1": NOTHING, "1|1": HALF, "2|1": HALF},
        "1/2",
        {"0|0": "1/6", "1|0": "5/6", "0|1": "1/6", "1|1": "1/6", "2|1": "4/6"},
    ),
    "1/12",
    {
        "measurements": [realisations.party([[HALF, HALF], [NOTHING, HALF, HALF]])],
        "states": [realisations.term("0", ONE)],
    },
)
# Over Q(√2), with POVMs of rank one.
QUANTUM_ROOT = over(
    ROOT2,
    quantum_box(
        {"parties": ["2"], "dimension": "2"},
        {
            "0|0": in_a("1", "1 -1", plain=("4", "0 4"), denominator="16"),
            "1|0": in_a("-1", "-1 1", plain=("4", "0 4"), denominator="16"),
        },
        "1/20",
        realisations.ROOT[C]["data"]["realisation"],
    ),
)
QUANTUM_ROOT[W]["positivity"][:2] = realisations.ROOT[W]["positivity"][:2]

# --- Some elements of an LHS assemblage ----------------------------------------------------------

PARTIAL = changed(classical.MEMBER, drop(*SIGMA, "1|1"))
INSTRUMENTAL = changed(classical.TRUSTED, together(drop(*SIGMA, "1|0 0"), drop(*SIGMA, "0|0 1")))
PARTIAL_TRIVIAL = changed(classical.BELL_LOCAL, together(*(drop(*SIGMA, f"0 {b}|0 1") for b in (0, 1))))
PARTIAL_BOBS = existence(
    "member",
    {"scenario": BOBS, "set": "LHS", "assemblage": {"0|0": BOBS_TABLE["0|0"]}},
    None,
    BOBS_HIDDEN,
    2,
)

BOX_START = "Every valid assemblage within 0.025 of the matrices of this claim, entry by entry"
ACCEPT = {
    "member-box": unchanged(
        BOX, f"{BOX_START} in real and imaginary parts, has a local hidden state model. Scenario: 1"
    ),
    "member-box-independent": BOX_OF_INDEPENDENT,
    "member-box-of-no-radius": unchanged(POINT_BOX, "within 0 of"),
    "member-box-of-noise": NOISE,
    "member-box-of-noise-independent": NOISE_INDEPENDENT,
    "member-box-unequal": unchanged(BOX_OF_UNEQUAL, "model, so its behaviour is Bell-local."),
    "member-box-unequal-independent": BOX_OF_INDEPENDENT_UNEQUAL,
    "member-box-one-outcome": CERTAIN,
    "member-box-nothing-measured": ALONE,
    "member-box-several": BOX_OF_BOBS,
    "member-box-several-independent": BOX_OF_INDEPENDENT_BOBS,
    "member-box-parent": unchanged(BOX_OF_PARENT, "in real and imaginary parts, is no-signalling."),
    "member-box-trusted-input": BOX_OF_TRUSTED,
    "member-box-trusted-input-independent": BOX_OF_INDEPENDENT_TRUSTED,
    "member-box-root": unchanged(ROOT, "Here a is"),
    "member-box-edge": unchanged(EDGE, "within 0.25 of"),
    "member-box-words": unchanged(WORDS, "in real and imaginary parts, is almost-quantum."),
    "quantum-box": unchanged(
        QUANTUM, f"{BOX_START} in real and imaginary parts, is quantum: a mixture of an assemblage that"
    ),
    "quantum-box-independent": QUANTUM_OF_INDEPENDENT,
    "quantum-box-of-no-radius": QUANTUM_POINT,
    "quantum-box-of-noise": QUANTUM_NOISE,
    "quantum-box-sectors": QUANTUM_SECTORS,
    "quantum-box-channels": QUANTUM_CHANNEL,
    "quantum-box-channels-independent": QUANTUM_CHANNEL_INDEPENDENT,
    "quantum-box-several": QUANTUM_SEEN,
    "quantum-box-unequal": QUANTUM_COIN,
    "quantum-box-root": unchanged(QUANTUM_ROOT, "Here a is"),
    "lhs-elements": unchanged(PARTIAL, "The 3 elements of this claim belong to an LHS assemblage. "),
    "lhs-elements-instrumental": unchanged(
        INSTRUMENTAL,
        "The 2 elements of this claim belong to an LHS assemblage, so they are an LHS instrumental "
        "assemblage. Scenario",
    ),
    "lhs-elements-bell-local": unchanged(PARTIAL_TRIVIAL, "The 6 elements of this claim belong to an"),
    "lhs-elements-several": PARTIAL_BOBS,
}


def doubled(table: Json) -> Json:
    return {label: mixed(value, "-1", "0") for label, value in table.items()}


PURE = matrix("2 0 0 1 2 0 0 -1 0 0 2 1 0 0 2 -1", denominator="8")  # as in "lhs-member-too-pure"
EFFECTS = (*DATA, "realisation", "measurements", 0, 0)
STATE = (*DATA, "realisation", "states", 0, "state")
TRIVIAL_BOB = {"parties": ["1"], "dimension": "1", "trusted inputs": "2"}
REJECT = {
    # By a twentieth more than all there is, with the states that this would need.
    "member-box-beyond": changed(
        NOISE,
        together(put(*RADIUS, "21/400"), put(*POINT, owed("1/80", 0, 1, 1, 2))),
        "ρ of λ = 0 1",
    ),
    "member-box-beyond-independent": changed(
        NOISE_INDEPENDENT,
        together(put(*RADIUS, "21/500"), put(*POINT, owed("1/100", 0, 1, 1, 3))),
        "ρ of λ = 0 1",
    ),
    "member-box-edge-beyond": changed(EDGE, put(*RADIUS, "251/1000"), "dominant residue"),
    "member-box-larger": changed(BOX, put(*RADIUS, "1/39"), "model against σ[_|_]"),
    "member-box-elsewhere": changed(
        BOX, put(*CENTRE, around(NOISY, "1/3", FULL)), "model against σ[0|0]"
    ),
    "member-box-too-pure": changed(
        BOX,
        together(put(*CENTRE, around(TABLE, "1/2", FULL)), put(*POINT, times("1/2", PURE))),
        "dominant residue",
    ),
    "member-box-signalling": changed(
        BOX, put(*CENTRE, "1|1", matrix("5", "0 5", denominator="16")), "signalling of party 1"
    ),
    "member-box-not-normalised": unchanged(
        inside(COIN, "LHS", {"_|_": matrix("2"), "0|0": ONE}, "0", matrix("1 1"), 2), "normalisation"
    ),
    "member-box-trusted-input-talks": unchanged(
        inside(TRIVIAL_BOB, "almost-quantum", {"0|0 0": ONE, "0|0 1": HALF}, "0", matrix(""), 1),
        "signalling of the trusted party",
    ),
    "quantum-box-beyond": changed(
        QUANTUM_NOISE,
        together(put(*RADIUS, "21/400"), put(*CENTRE, around(TABLE, "21/20", FULL))),
        "share of the realisation",
    ),
    "quantum-box-larger": changed(QUANTUM, put(*RADIUS, "1/39"), "mixture minus claimed σ[0|0]"),
    "quantum-box-of-another": changed(
        QUANTUM,
        put(*CENTRE, "1|1", matrix("5", "0 5", denominator="16", imaginary=("0", "2 0"))),
        "mixture minus claimed σ[1|1], entry (1, 0), imaginary part",
    ),
    "quantum-box-not-normalised": changed(
        QUANTUM,
        together(
            put(*STATE, realisations.phi("1") | {"real": ["2", "0 0", "0 0 0", "2 0 0 2"]}),
            put(*CENTRE, around(doubled(TABLE), "1/2", FULL)),
        ),
        "normalisation of the state",
    ),
    "quantum-box-of-a-negative-effect": changed(
        QUANTUM,
        together(
            put(*EFFECTS, 0, [matrix("1", "0 0"), matrix("-1", "0 1", denominator="2")]),
            put(
                *CENTRE,
                around(
                    TABLE | {"0|0": matrix("1", "0 0"), "1|0": matrix("-1", "0 1", denominator="2")},
                    "1/2",
                    FULL,
                ),
            ),
        ),
        "effect 1|0 of party 1 in sector 0",
    ),
    "quantum-box-of-a-witness": changed(
        QUANTUM,
        together(
            put(*STATE, realisations.swap("1")),
            put(*EFFECTS, [[TABLE["0|0"], TABLE["1|0"]], [TABLE["0|1"], TABLE["1|1"]]]),
        ),
        "state 0",
    ),
    "quantum-box-of-too-much": changed(
        QUANTUM,
        together(
            put(*EFFECTS, 1, [mixed(TABLE[label], "-1", "0") for label in ("1|1", "0|1")]),
            put(
                *CENTRE,
                around(TABLE | doubled({label: TABLE[label] for label in ("0|1", "1|1")}), "1/2", FULL),
            ),
        ),
        "sum of the effects of input 1 against input 0",
    ),
    "lhs-elements-not-normalised": unchanged(
        existence(
            "member",
            {"scenario": COIN, "set": "LHS", "assemblage": {"0|0": ONE}},
            None,
            matrix("1 1"),
            2,
        ),
        "normalisation",
    ),
    "lhs-elements-of-other-weights": changed(
        classical.TRUSTED_COINS,
        together(drop(*SIGMA, "1|1 1"), put(*POINT, matrix("1 2 1 0 1 0 1 2", denominator="4"))),
        "weight of λ = 0 0 for input 1 against input 0",
    ),
    "lhs-elements-too-pure": changed(
        PARTIAL,
        together(
            *(put(*SIGMA, label, TABLE[label]) for label in ("0|0", "1|0", "0|1")), put(*POINT, PURE)
        ),
        "dominant residue",
    ),
    "lhs-elements-of-another": changed(
        PARTIAL, put(*SIGMA, "0|1", NOISY["1|1"]), "model against σ[0|1], entry (1, 0), imaginary part"
    ),
}

MALFORMED = {
    "member-box-with-a-bound": changed(BOX, put(C, "bound", "1"), "claim.bound"),
    "member-box-of-negative-radius": changed(BOX, put(*RADIUS, "-1/40"), "a radius is not negative"),
    "member-box-of-a-radius-in-a": changed(ROOT, put(*RADIUS, ["0", "1"]), "claim.data.radius"),
    "member-box-without-set": changed(BOX, drop(*DATA, "set"), "field 'set' is missing"),
    "member-box-with-noise": changed(BOX, put(*DATA, "noise", NOISY), "unknown field 'noise'"),
    # Without the last label in their order; with one more.
    "member-box-incomplete": changed(BOX, drop(*CENTRE, "1|1"), "all full elements, or all"),
    "member-box-incomplete-independent": changed(
        BOX_OF_INDEPENDENT, drop(*CENTRE, "0|1"), "all full elements, or all"
    ),
    "member-box-with-a-sum": changed(BOX, put(*CENTRE, "_|_", MIXED), "all full elements, or all"),
    "member-box-with-a-last-outcome": changed(
        BOX_OF_INDEPENDENT, put(*CENTRE, "1|1", NOISY["1|1"]), "all full elements, or all"
    ),
    "member-box-of-nothing": changed(BOX, put(*CENTRE, {}), "all full elements, or all"),
    "member-box-of-one-of-many": changed(
        CERTAIN,
        together(put(*DATA, "scenario", "parties", ["900000"]), put(*CENTRE, {"0|0": ONE})),
        "all full elements, or all",
    ),
    "quantum-box-with-a-bound": changed(QUANTUM, put(C, "bound", "1"), "claim.bound"),
    "quantum-box-of-negative-radius": changed(
        QUANTUM, put(*RADIUS, "-1/40"), "a radius is not negative"
    ),
    "quantum-box-without-realisation": changed(
        QUANTUM, drop(*DATA, "realisation"), "field 'realisation' is missing"
    ),
    "quantum-box-with-a-set": changed(QUANTUM, put(*DATA, "set", "LHS"), "unknown field 'set'"),
    "quantum-box-incomplete": changed(QUANTUM, drop(*CENTRE, "0|0"), "all full elements, or all"),
    "lhs-elements-none": changed(PARTIAL, put(*SIGMA, {}), "needs an element"),
    "lhs-elements-with-a-sum": changed(PARTIAL, put(*SIGMA, "_|_", MIXED), "a table has no sums"),
    "no-signalling-member-incomplete": changed(
        several.MEMBER_PR, drop(*SIGMA, "1 1|1 1"), "element '1 1|1 1' is missing"
    ),
}

LONG = "1" + "0" * 14000  # 46507 bits


def at_first(rows: int, denominator: str = "1") -> Json:
    """|0⟩⟨0| over a denominator."""
    return matrix(
        *(" ".join([str(int(k == 0))] + ["0"] * k) for k in range(rows)), denominator=denominator
    )


DECLINE = {
    "member-box-strategies-too-many": changed(
        BOX_OF_INDEPENDENT,
        together(
            put(*DATA, "scenario", "parties", [" ".join(["2"] * 30)]),
            put(*CENTRE, {"_|_": MIXED} | {f"0|{x}": MIXED for x in range(30)}),
        ),
        "1073741824 deterministic strategies",
    ),
    "member-box-of-another-set": changed(BOX, put(*DATA, "set", "lhs"), "claim.data.set"),
    # Just more than allowed: 3·2·60² entries of (46508 + 1 + 1) bits, and 150² of as many.
    "member-box-of-a-long-radius": unchanged(
        inside(
            {"parties": ["2"], "dimension": "60", "trusted inputs": "2"},
            "no-signalling",
            {f"{a} {y}": at_first(60) for a in ("_|_", "0|0") for y in (0, 1)},
            f"1/{LONG}",
            matrix(""),
            4,
        ),
        "bits of all elements, at most 1000000000",
    ),
    "member-box-of-a-long-number": unchanged(
        inside(
            {"parties": ["1"], "dimension": "150"},
            "no-signalling",
            {"_|_": at_first(150, LONG)},
            "0",
            matrix(""),
            1,
        ),
        "bits of all elements, at most 1000000000",
    ),
}
