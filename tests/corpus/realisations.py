"""The part of the corpus about realisations: states, measurements, channels, negativity, sequences.

Written by hand like the rest (see `make.py`). Most matrices here are diagonally dominant as they
stand, so the witnesses are short; Y and ψ bring imaginary parts, and no state or map is symmetric
under an exchange that a wrong convention would make.
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
    ROOT2,
    TABLE,
    C,
    Json,
    W,
    append,
    certificate,
    changed,
    drop,
    in_a,
    matrix,
    over,
    put,
    together,
)

R = (C, "data", "realisation")
EFFECTS = (*R, "measurements", 0, 0)  # of the first party in its sector 0: then input, outcome
STATE = (*R, "states", 0, "state")
SIGMA = (C, "data", "assemblage")

ONE, NOTHING = matrix("1"), matrix("0")
ZERO_2 = matrix("0", "0 0")
ZERO_4 = matrix("0", "0 0", "0 0 0", "0 0 0 0")


def phi(denominator: str) -> Json:
    """Σ|kk⟩⟨ll| of two qubits, so that σ = Mᵀ."""
    return matrix("1", "0 0", "0 0 0", "1 0 0 1", denominator=denominator)


def psi(denominator: str) -> Json:
    """The same of |00⟩ + i|11⟩."""
    imaginary = ("0", "0 0", "0 0 0", "1 0 0 0")
    return matrix("1", "0 0", "0 0 0", "0 0 0 1", denominator=denominator, imaginary=imaginary)


def swap(denominator: str) -> Json:
    """Σ|kl⟩⟨lk|, an entanglement witness: σ = M."""
    return matrix("1", "0 0", "0 1 0", "0 0 0 1", denominator=denominator)


def of_size(size: int, entry: str) -> Json:
    """Diag(entry, …)"""
    return matrix(*(" ".join(["0"] * k + [entry]) for k in range(size)))


def term(sectors: str, state: Json) -> Json:
    return {"sectors": sectors, "state": state}


def realised(kind: str, data: Json, bound: str | None = None) -> Json:
    """A certificate without unknowns, each block dominant."""
    given = data["realisation"]
    effects = sum(len(e) for own in given["measurements"] for sector in own for e in sector)
    lists = given["states"], given.get("channels", []), given.get("transposed", [])
    blocks = effects + sum(map(len, lists)) + len(data.get("negative states", []))
    blocks += kind == "functional-realised"
    if kind == "pseudo-realisation":
        blocks += len(data["assemblage"]) + 1
    return certificate(kind, data, bound, {"point": matrix(""), "positivity": [DOMINANT] * blocks})


def quantum(scenario: Json, assemblage: Json, realisation: Json) -> Json:
    data = {"scenario": scenario, "assemblage": assemblage, "realisation": realisation}
    return realised("quantum-realisation", data)


def party(*sectors: Json) -> Json:
    return list(sectors)


# --- One party, one sector -----------------------------------------------------------------------

# Effects σᵀ on Σ|kk⟩⟨ll|, which add up to C = 1/2.
STEERING = {
    "measurements": [party([[PLUS_Z, MINUS_Z], [MINUS_Y, PLUS_Y]])],
    "states": [term("0", phi("1"))],
}
GHJW = quantum(QUBIT, TABLE, STEERING)

# POVMs, of Z and Y: the second is complex.
Z_0, Z_1 = matrix("1", "0 0"), matrix("0", "0 1")
Y_0 = matrix("1", "0 1", denominator="2", imaginary=("0", "1 0"))
Y_1 = matrix("1", "0 1", denominator="2", imaginary=("0", "-1 0"))
Z_AND_Y = [[Z_0, Z_1], [Y_0, Y_1]]

# ψ has a phase, so that i·i occurs: Y on one side is X on the other.
PHASE = quantum(
    QUBIT,
    {
        "0|0": PLUS_Z,
        "1|0": MINUS_Z,
        "0|1": matrix("1", "1 1", denominator="4"),
        "1|1": matrix("1", "-1 1", denominator="4"),
    },
    {"measurements": [party(Z_AND_Y)], "states": [term("0", psi("2"))]},
)

# Over Q(√2): effects that add up to C = √2, and a state over √8, for (X + Z)/√2.
ROOT = over(
    ROOT2,
    quantum(
        {"parties": ["2"], "dimension": "2"},
        {
            "0|0": in_a("1", "1 -1", plain=("2", "0 2"), denominator="8"),
            "1|0": in_a("-1", "-1 1", plain=("2", "0 2"), denominator="8"),
        },
        {
            "measurements": [
                party(
                    [
                        [
                            in_a("1", "0 1", plain=("1", "1 -1"), denominator="2"),
                            in_a("1", "0 1", plain=("-1", "-1 1"), denominator="2"),
                        ]
                    ]
                )
            ],
            "states": [
                term(
                    "0",
                    in_a(
                        "1",
                        "0 0",
                        "0 0 0",
                        "1 0 0 1",
                        plain=("0", "0 0", "0 0 0", "0 0 0 0"),
                        denominator="4",
                    ),
                )
            ],
        },
    ),
)
ROOT[W]["positivity"][:2] = [
    {
        "rule": "congruent",
        "basis": in_a("0", "1", plain=("1", "-1")),
        "core": in_a("1", plain=("1",), denominator="2"),
        "positivity": DOMINANT,
    },
    {
        "rule": "factored",
        "factor": in_a("0", "-1", plain=("1", "-1")),
        "weights": in_a("1", plain=("-1",), denominator="2"),
    },
]

# --- Two parties in sectors ----------------------------------------------------------------------

# The first party has a sector of dimension 1 and a qubit; the second two of dimension 1. Half of the
# state is |0⟩⟨0| in the sectors 0 and 1, half is Σ|kk⟩⟨ll|/2 in the sectors 1 and 0.
THIRD, TWO_THIRDS = matrix("1", denominator="3"), matrix("2", denominator="3")
HALF = matrix("1", denominator="2")
QUARTER, THREE_QUARTERS = matrix("1", denominator="4"), matrix("3", denominator="4")
TWO = {"parties": ["2", "2 2"], "dimension": "2"}
IN_SECTORS = {
    "measurements": [
        party([[THIRD, TWO_THIRDS]], [[Y_0, Y_1]]),
        party([[ONE, NOTHING], [HALF, HALF]], [[NOTHING, ONE], [QUARTER, THREE_QUARTERS]]),
    ],
    "states": [term("0 1", matrix("1", "0 0", denominator="2")), term("1 0", phi("4"))],
}
SECTORS = quantum(
    TWO,
    {
        "0 0|0 0": matrix("1", "0 1", denominator="8", imaginary=("0", "-1 0")),
        "1 0|0 0": matrix("1", "0 1", denominator="8", imaginary=("0", "1 0")),
        "0 1|0 0": matrix("1", "0 0", denominator="6"),
        "1 1|0 0": matrix("1", "0 0", denominator="3"),
        "0 0|0 1": matrix("5", "0 3", denominator="48", imaginary=("0", "-3 0")),
        "1 0|0 1": matrix("7", "0 3", denominator="48", imaginary=("0", "3 0")),
        "0 1|0 1": matrix("3", "0 1", denominator="16", imaginary=("0", "-1 0")),
        "1 1|0 1": matrix("5", "0 1", denominator="16", imaginary=("0", "1 0")),
    },
    IN_SECTORS,
)

# --- Channels of the trusted party ---------------------------------------------------------------

# Channel 0 is |0⟩ → i|1⟩, |1⟩ → |0⟩. Channel 1 measures Z and prepares |0⟩, or the state of Y = 1.
# Neither is what the other order of input and output, or a transposition, would make of it.
ROTATION = matrix("0", "0 1", "0 0 1", "0 0 0 0", imaginary=("0", "0 0", "0 -1 0", "0 0 0 0"))
ROTATION_TRANSPOSED = matrix("0", "0 1", "0 0 1", "0 0 0 0", imaginary=("0", "0 0", "0 1 0", "0 0 0 0"))
PREPARATION = matrix(
    "2", "0 0", "0 0 1", "0 0 0 1", denominator="2", imaginary=("0", "0 0", "0 0 0", "0 0 1 0")
)
PREPARATION_SWAPPED = matrix(
    "2", "0 1", "0 0 0", "0 0 0 1", denominator="2", imaginary=("0", "0 0", "0 0 0", "0 1 0 0")
)
BOB = {"parties": ["2 2"], "dimension": "2", "trusted inputs": "2"}
THREE_AND_ONE = matrix("3", "0 1", denominator="8", imaginary=("0", "1 0"))
CHANNELS = {
    "measurements": [party(Z_AND_Y)],
    "states": [term("0", phi("2"))],
    "channels": [ROTATION, PREPARATION],
}
CHANNEL = quantum(
    BOB,
    {
        "0|0 0": MINUS_Z,
        "1|0 0": PLUS_Z,
        "0|1 0": matrix("1", "-1 1", denominator="4"),
        "1|1 0": matrix("1", "1 1", denominator="4"),
        "0|0 1": PLUS_Z,
        "1|0 1": PLUS_Y,
        "0|1 1": THREE_AND_ONE,
        "1|1 1": THREE_AND_ONE,
    },
    CHANNELS,
)
CHOI = (*R, "channels")

# A trusted qutrit goes to a qubit: 0 to the state of Y = 1, 1 to |0⟩, 2 to |1⟩. No trusted input.
FROM_THREE = quantum(
    {"parties": ["2"], "dimension": "2"},
    {
        "0|0": matrix("5", "0 3", denominator="12", imaginary=("0", "1 0")),
        "1|0": matrix("1", "0 3", denominator="12", imaginary=("0", "1 0")),
    },
    {
        "measurements": [party([[Z_0, Z_1]])],
        "states": [
            term(
                "0",
                matrix("1", "0 2", "0 0 1", "0 0 0 1", "0 0 0 0 0", "0 0 0 0 0 1", denominator="6"),
            )
        ],
        "channels": [
            matrix(
                "1",
                "0 1",
                "0 0 2",
                "0 0 0 0",
                "0 0 0 0 0",
                "0 0 0 0 0 2",
                denominator="2",
                imaginary=("0", "1 0", "0 0 0", "0 0 0 0", "0 0 0 0 0", "0 0 0 0 0 0"),
            )
        ],
    },
)

# Only the elements with y = a, so an instrumental assemblage; and three others.
INSTRUMENTAL = changed(
    CHANNEL,
    together(*(drop(*SIGMA, label) for label in ("0|0 1", "1|0 0", "0|1 1", "1|1 0"))),
    "so they are a quantum instrumental assemblage: it arises",
)
PARTIAL = changed(
    CHANNEL,
    together(*(drop(*SIGMA, label) for label in CHANNEL[C]["data"]["assemblage"] if label[0] == "1")),
    "The 4 elements of this claim belong to a quantum assemblage: it arises",
)

# --- Decomposable maps ---------------------------------------------------------------------------

# Map 0 is half the identity and half the transposition; map 1 is channel 1 from above, transposed.
DECOMPOSABLE = realised(
    "decomposable-realisation",
    {
        "scenario": BOB,
        "assemblage": {
            "0|0 0": PLUS_Z,
            "1|0 0": MINUS_Z,
            "0|1 0": of_size(2, "1") | {"denominator": "4"},
            "1|1 0": of_size(2, "1") | {"denominator": "4"},
            "0|0 1": PLUS_Z,
            "1|0 1": MINUS_Y,
            "0|1 1": matrix("3", "0 1", denominator="8", imaginary=("0", "-1 0")),
            "1|1 1": matrix("3", "0 1", denominator="8", imaginary=("0", "-1 0")),
        },
        "realisation": {
            "measurements": [party(Z_AND_Y)],
            "states": [term("0", phi("2"))],
            "channels": [phi("2"), ZERO_4],
            "transposed": [phi("2"), PREPARATION],
        },
    },
)
TRANSPOSED = (*R, "transposed")

# --- Functionals ---------------------------------------------------------------------------------


def reached(scenario: Json, functional: Json, realisation: Json, bound: str) -> Json:
    data = {
        "scenario": scenario,
        "functional": functional,
        "relation": ">=",
        "realisation": realisation,
    }
    return realised("functional-realised", data, bound)


# tr Yσ[0|1] + ⟨0|ρ|0⟩ on the first assemblage; only imaginary parts meet in the first term.
PAULI_Y = matrix("0", "0 0", imaginary=("0", "1 0"))
REACHED = reached(QUBIT, {"0|1": PAULI_Y, "_|_": Z_0}, STEERING, "1")
# Sums over the outcomes of either party; and with channels.
REACHED_BY_SUMS = reached(TWO, {"0 _|0 _": Z_0, "_ 1|_ 1": Z_1}, IN_SECTORS, "5/12")
REACHED_BY_CHANNELS = reached(BOB, {"0|1 1": PAULI_Y, "_|_ 1": Z_1, "0|0 0": Z_1}, CHANNELS, "1")

# --- Pseudo-states -------------------------------------------------------------------------------


def pseudo(scenario: Json, assemblage: Json, realisation: Json, taken: Json, bound: str) -> Json:
    data = {"scenario": scenario, "assemblage": assemblage, "realisation": realisation}
    return realised("pseudo-realisation", data | {"negative states": taken}, bound)


# 1/3 = 2/3 - 1/3, with two hidden values.
PSEUDO_COIN = pseudo(
    COIN,
    {"0|0": THIRD, "1|0": TWO_THIRDS},
    {
        "measurements": [party([[ONE, NOTHING]], [[NOTHING, ONE]])],
        "states": [term("0", TWO_THIRDS), term("1", TWO_THIRDS)],
    },
    [term("0", THIRD)],
    "1/3",
)

# The PR box: 3/2 of the deterministic boxes with CHSH = 2 minus 1/2 of those with CHSH = -2.
ANSWERS = list(product((0, 1), repeat=2))  # to the inputs 0 and 1
DETERMINISTIC = [[[NOTHING if a else ONE, ONE if a else NOTHING] for a in own] for own in ANSWERS]


def boxes(sign: int, weight: Json) -> Json:
    return [
        term(f"{k} {l}", weight)
        for k, f in enumerate(ANSWERS)
        for l, g in enumerate(ANSWERS)
        if sum((-1) ** (f[x] + g[y] + x * y) for x in (0, 1) for y in (0, 1)) == 2 * sign
    ]


PSEUDO_PR = pseudo(
    {"parties": ["2 2", "2 2"], "dimension": "1"},
    {
        f"{a} {b}|{x} {y}": HALF if (a + b) % 2 == x * y else NOTHING
        for x, y, a, b in product((0, 1), repeat=4)
    },
    {
        "measurements": [party(*DETERMINISTIC), party(*DETERMINISTIC)],
        "states": boxes(1, matrix("3", denominator="16")),
    },
    boxes(-1, matrix("1", denominator="16")),
    "1/2",
)

# 5/4 of the maximally mixed state minus 1/4 of ψ, with effects that add up to C = 2.
PSEUDO_QUBIT = pseudo(
    QUBIT,
    {
        "0|0": matrix("3", "0 5", denominator="16"),
        "1|0": matrix("5", "0 3", denominator="16"),
        "0|1": matrix("4", "-1 4", denominator="16"),
        "1|1": matrix("4", "1 4", denominator="16"),
    },
    {
        "measurements": [
            party(
                [
                    [matrix("2", "0 0"), matrix("0", "0 2")],
                    [
                        matrix("1", "0 1", imaginary=("0", "1 0")),
                        matrix("1", "0 1", imaginary=("0", "-1 0")),
                    ],
                ]
            )
        ],
        "states": [term("0", of_size(4, "5") | {"denominator": "32"})],
    },
    [term("0", psi("16"))],
    "1/4",
)
# A qubit measured by projectors: no response functions.
PSEUDO_PROJECTORS = pseudo(
    COIN,
    {"0|0": HALF, "1|0": HALF},
    {
        "measurements": [party([[Z_0, Z_1]])],
        "states": [term("0", matrix("3", "0 2", denominator="4"))],
    },
    [term("0", matrix("1", "0 0", denominator="4"))],
    "1/4",
)
# Response functions, and a channel.
PSEUDO_COIN_CHANNEL = pseudo(
    COIN,
    PSEUDO_COIN[C]["data"]["assemblage"],
    PSEUDO_COIN[C]["data"]["realisation"] | {"channels": [ONE]},
    PSEUDO_COIN[C]["data"]["negative states"],
    "1/3",
)
PSEUDO_ZERO = pseudo(QUBIT, TABLE, STEERING, [term("0", ZERO_4)], "0")
PSEUDO_CHANNEL = pseudo(BOB, CHANNEL[C]["data"]["assemblage"], CHANNELS, [term("0", ZERO_4)], "0")
TAKEN = (C, "data", "negative states")

# --- Negativity from below -----------------------------------------------------------------------


def negativity(scenario: Json, assemblage: Json, bound: str, taken: Json, given: Json) -> Json:
    """`taken` is the multiplier of the moment matrix of νσ₋, `given` of that of σ + νσ₋."""
    data = {
        "scenario": scenario,
        "set": "almost-quantum",
        "assemblage": assemblage,
        "relation": ">=",
    }
    witness = {
        "multipliers": matrix(""),
        "matrices": [taken, given],
        "positivity": [DOMINANT, DOMINANT],
    }
    return certificate("negativity-bound", data, bound, witness)


# A "coin" with p = 2: ν - 1 = ⟨(1 - E)²⟩ + ⟨E²⟩, the first in σ + νσ₋ and the second in νσ₋.
NEGATIVE_COIN = negativity(
    COIN, {"0|0": matrix("2"), "1|0": matrix("-1")}, "1", matrix("0", "0 1"), matrix("1", "-1 1")
)
# A "state" with tr(Yρ) = 2: 2ν - 1 = tr (1 - Y)(ρ + νρ₋) + tr (1 + Y)νρ₋.
NEGATIVE_QUBIT = negativity(
    {"parties": ["1"], "dimension": "2"},
    {"0|0": matrix("1", "0 1", denominator="2", imaginary=("0", "2 0"))},
    "1/2",
    matrix("1", "0 1", denominator="2", imaginary=("0", "1 0")),
    matrix("1", "0 1", denominator="2", imaginary=("0", "-1 0")),
)
# The same with a trusted input: ⟨0|σ|0⟩ = 2, and N₀₁†N₀₁ = 1 - N₀₀.
NEGATIVE_BOB = negativity(
    {"parties": ["1"], "dimension": "2", "trusted inputs": "1"},
    {"0|0 0": matrix("2", "0 -1")},
    "1",
    matrix("0", "0 1", "0 0 0", "0 0 0 0"),
    matrix("0", "0 0", "0 0 1", "0 0 0 0"),
)

# --- Sequences -----------------------------------------------------------------------------------


def sequence(scenario: Json, table: Json, dimension: str, effects: Json, state: Json) -> Json:
    data = {
        "scenario": scenario,
        "assemblage": table,
        "dimension": dimension,
        "effects": effects,
        "state": state,
    }
    witness = {"point": matrix(""), "positivity": [DOMINANT] * (len(effects) + 1)}
    return certificate("sequential-realisation", data, None, witness)


# After an unsharp Z, or a Y, the second measurement depends on the first outcome.
EIGHTH_Y = matrix("1", "0 1", denominator="8", imaginary=("0", "1 0"))
STEPS = sequence(
    {"parties": ["2 2", "2 2"], "dimension": "2"},
    {
        "0 0|0 0": PLUS_Z,
        "0 1|0 0": matrix("0", "0 1", denominator="4"),
        "1 0|0 0": matrix("0", "0 1", denominator="4"),
        "1 1|0 0": ZERO_2,
        "0 0|0 1": matrix("2", "0 1", denominator="8", imaginary=("0", "-1 0")),
        "0 1|0 1": matrix("2", "0 1", denominator="8", imaginary=("0", "1 0")),
        "1 0|0 1": matrix("0", "0 1", denominator="8"),
        "1 1|0 1": matrix("0", "0 1", denominator="8"),
        "0 0|1 0": MINUS_Y,
        "0 1|1 0": ZERO_2,
        "1 0|1 0": EIGHTH_Y,
        "1 1|1 0": EIGHTH_Y,
        "0 0|1 1": matrix("1", "0 1", denominator="16", imaginary=("0", "-1 0")),
        "0 1|1 1": matrix("3", "0 3", denominator="16", imaginary=("0", "-3 0")),
        "1 0|1 1": ZERO_2,
        "1 1|1 1": PLUS_Y,
    },
    "2",
    {
        "0 0|0 0": Z_0,
        "0 1|0 0": MINUS_Z,
        "1 0|0 0": MINUS_Z,
        "1 1|0 0": ZERO_2,
        "0 0|0 1": matrix("2", "0 1", denominator="4", imaginary=("0", "1 0")),
        "0 1|0 1": matrix("2", "0 1", denominator="4", imaginary=("0", "-1 0")),
        "1 0|0 1": matrix("0", "0 1", denominator="4"),
        "1 1|0 1": matrix("0", "0 1", denominator="4"),
        "0 0|1 0": Y_0,
        "0 1|1 0": ZERO_2,
        "1 0|1 0": MINUS_Y,
        "1 1|1 0": MINUS_Y,
        "0 0|1 1": EIGHTH_Y,
        "0 1|1 1": matrix("3", "0 3", denominator="8", imaginary=("0", "3 0")),
        "1 0|1 1": ZERO_2,
        "1 1|1 1": Y_1,
    },
    phi("2"),
)
EFFECT = (C, "data", "effects")

# Three steps of a classical system, with effects that add up to 2: the second has two inputs, and the
# third too, with a single outcome.
SECOND = {(0, 0): "2 0", (1, 0): "1 1", (0, 1): "1 1", (1, 1): "0 2"}  # for a₁ and x₂, times 2


def three_steps(denominator: str) -> Json:
    return {
        f"{a} {b} 0|0 {y} {z}": number(SECOND[a, y].split(" ")[b], denominator)
        for a, b, y, z in product((0, 1), repeat=4)
    }


def number(numerator: str, denominator: str) -> Json:
    """A fraction of 0, 1 or 2 over 2 or 4, in lowest terms."""
    if numerator == "0":
        return NOTHING
    if numerator == "2":
        return ONE if denominator == "2" else HALF
    return matrix("1", denominator=denominator)


THREE_STEPS = sequence(
    {"parties": ["2", "2 2", "1 1"], "dimension": "1"}, three_steps("4"), "1", three_steps("2"), HALF
)
ONE_STEP = over(
    ROOT2,
    sequence(
        ROOT[C]["data"]["scenario"],
        ROOT[C]["data"]["assemblage"],
        "2",
        dict(zip(("0|0", "1|0"), ROOT[C]["data"]["realisation"]["measurements"][0][0][0], strict=True)),
        ROOT[C]["data"]["realisation"]["states"][0]["state"],
    ),
)
ONE_STEP[W] = ROOT[W]


def unchanged(base: Json, expect: str) -> Json:
    return changed(base, together(), expect)


ACCEPT = {
    "quantum": unchanged(GHJW, "(its POVMs are C^(-1/2) M C^(-1/2)"),
    "quantum-phase": unchanged(PHASE, "trusted system of dimension 2. Scenario"),
    "quantum-root": ROOT,
    "quantum-sectors": unchanged(SECTORS, "dimension 3, 2 in a joint state"),
    "quantum-channel": unchanged(
        CHANNEL, "a channel is applied for each input of the trusted party. Scenario"
    ),
    "quantum-channel-from-a-qutrit": unchanged(
        FROM_THREE, "dimension 3, to which a channel is applied. Scenario"
    ),
    "quantum-instrumental": INSTRUMENTAL,
    "quantum-partial": PARTIAL,
    "decomposable": unchanged(DECOMPOSABLE, "the correlations are quantum correlations"),
    "decomposable-instrumental": changed(
        DECOMPOSABLE,
        together(*(drop(*SIGMA, label) for label in ("0|0 1", "1|0 0", "0|1 1", "1|1 0"))),
        "the correlations are quantum instrumental correlations",
    ),
    "realised": REACHED,
    "realised-from-below": changed(REACHED, put(C, "data", "relation", "<="), "F(σ) <= 1 for"),
    "realised-sums": REACHED_BY_SUMS,
    "realised-channels": REACHED_BY_CHANNELS,
    "pseudo-coin": unchanged(PSEUDO_COIN, "This is a pseudo-LHS model"),
    "pseudo-pr-box": unchanged(PSEUDO_PR, "is at most 0.5: it arises"),
    "pseudo-qubit": unchanged(PSEUDO_QUBIT, "at most this trace. Scenario"),
    "pseudo-coin-not-normalised": changed(
        PSEUDO_COIN,
        together(
            put(*R, "measurements", 0, 0, [[matrix("2"), NOTHING]]),
            put(*R, "measurements", 0, 1, [[NOTHING, matrix("2")]]),
            put(*R, "states", [term("0", THIRD), term("1", THIRD)]),
            put(*TAKEN, [term("0", matrix("1", denominator="6"))]),
        ),
        "at most this trace. Scenario",
    ),
    "pseudo-projectors": unchanged(PSEUDO_PROJECTORS, "at most this trace. Scenario"),
    "pseudo-coin-channel": unchanged(PSEUDO_COIN_CHANNEL, "at most this trace. Scenario"),
    "pseudo-zero": PSEUDO_ZERO,
    "pseudo-channel": unchanged(PSEUDO_CHANNEL, "at most this trace. Scenario"),
    "negativity": NEGATIVE_COIN,
    "negativity-level-2": changed(NEGATIVE_COIN, put(C, "data", "set", "2")),
    "negativity-qubit": NEGATIVE_QUBIT,
    "negativity-trusted-input": NEGATIVE_BOB,
    "sequential": STEPS,
    "sequential-three-steps": THREE_STEPS,
    "sequential-root": ONE_STEP,
}

A_BIT = "1/1000000000"
A_LITTLE_MORE = matrix("500000001", "0 0", denominator="1000000000")

REJECT = {
    # Elements that the realisation does not give.
    "quantum-real-part-off": changed(GHJW, put(*SIGMA, "0|0", A_LITTLE_MORE), "entry (0, 0), real part"),
    "quantum-imaginary-part-off": changed(
        GHJW,
        put(
            *SIGMA,
            "0|1",
            matrix("25", "0 25", denominator="100", imaginary=("0", "24 0")),
        ),
        "computed minus claimed σ[0|1], entry (1, 0), imaginary part",
    ),
    "quantum-conjugated": changed(
        GHJW,
        together(put(*SIGMA, "0|1", MINUS_Y), put(*SIGMA, "1|1", PLUS_Y)),
        "computed minus claimed",
    ),
    "quantum-outcomes-exchanged": changed(
        PHASE, put(*EFFECTS, 0, [Z_1, Z_0]), "computed minus claimed σ[0|0]"
    ),
    "quantum-state-conjugated": changed(
        PHASE,
        put(*STATE, "imaginary", ["0", "0 0", "0 0 0", "-1 0 0 0"]),
        "computed minus claimed σ[0|1], entry (1, 0), real part",
    ),
    "quantum-root-of-the-other-sign": changed(
        ROOT, put(*SIGMA, "0|0", in_a("-1", "-1 1", plain=("2", "0 2"), denominator="8")), "computed"
    ),
    "quantum-sector-exchanged": changed(
        SECTORS, put(*R, "states", 0, "sectors", "0 0"), "computed minus claimed"
    ),
    "quantum-sectors-turned": changed(
        SECTORS,
        put(*R, "states", [term("0 0", Z_0 | {"denominator": "2"}), term("1 1", phi("4"))]),
        "computed minus claimed",
    ),
    # States and effects that are none.
    "quantum-trace-of-two": changed(
        PHASE,
        together(
            put(*STATE, psi("1")),
            put(*SIGMA, "0|0", Z_0),
            put(*SIGMA, "1|0", Z_1),
            put(*SIGMA, "0|1", matrix("1", "1 1", denominator="2")),
            put(*SIGMA, "1|1", matrix("1", "-1 1", denominator="2")),
        ),
        "normalisation of the state",
    ),
    "quantum-c-of-two": changed(
        PHASE,
        together(
            put(
                *EFFECTS,
                [
                    [matrix("2", "0 0"), matrix("0", "0 2")],
                    [
                        matrix("1", "0 1", imaginary=("0", "1 0")),
                        matrix("1", "0 1", imaginary=("0", "-1 0")),
                    ],
                ],
            ),
            put(*SIGMA, "0|0", Z_0),
            put(*SIGMA, "1|0", Z_1),
            put(*SIGMA, "0|1", matrix("1", "1 1", denominator="2")),
            put(*SIGMA, "1|1", matrix("1", "-1 1", denominator="2")),
        ),
        "normalisation of the state",
    ),
    "quantum-effects-do-not-add-up": changed(
        GHJW,
        together(put(*EFFECTS, 1, 0, Y_1), put(*SIGMA, "0|1", Y_0)),
        "sum of the effects of input 1 against input 0, party 1 in sector 0, entry (0, 0), real part",
    ),
    "quantum-effects-do-not-add-up-in-an-imaginary-part": changed(
        GHJW,
        together(
            put(*EFFECTS, 1, 0, matrix("1", "0 1", denominator="4")),
            put(*SIGMA, "0|1", matrix("1", "0 1", denominator="4")),
        ),
        "party 1 in sector 0, entry (1, 0), imaginary part",
    ),
    "quantum-effects-do-not-add-up-in-an-unused-sector": changed(
        GHJW,
        together(
            append(*R, "measurements", 0, [[ONE, NOTHING], [ONE, ONE]]),
            put(W, "positivity", [DOMINANT] * 9),
        ),
        "party 1 in sector 1",
    ),
    "quantum-effect-not-positive": changed(
        GHJW,
        together(
            put(*EFFECTS, 0, 0, matrix("3", "0 -1", denominator="4")),
            put(*EFFECTS, 0, 1, matrix("-1", "0 3", denominator="4")),
            put(*SIGMA, "0|0", matrix("3", "0 -1", denominator="4")),
            put(*SIGMA, "1|0", matrix("-1", "0 3", denominator="4")),
        ),
        "effect 0|0 of party 1 in sector 0, row 1",
    ),
    "quantum-effect-of-the-second-party-not-positive": changed(
        SECTORS,
        together(
            put(*R, "measurements", 1, 0, 0, [matrix("2"), matrix("-1")]),
            put(*SIGMA, "0 0|0 0", MINUS_Y),
            put(*SIGMA, "1 0|0 0", PLUS_Y),
            put(*SIGMA, "0 1|0 0", matrix("1", "0 -3", denominator="24", imaginary=("0", "3 0"))),
            put(*SIGMA, "1 1|0 0", matrix("5", "0 -3", denominator="24", imaginary=("0", "-3 0"))),
        ),
        "effect 1|0 of party 2 in sector 0, row 0",
    ),
    "quantum-state-an-entanglement-witness": changed(
        GHJW,
        together(
            put(*STATE, swap("1")),
            put(*SIGMA, "0|1", MINUS_Y),
            put(*SIGMA, "1|1", PLUS_Y),
        ),
        "state 0, row 1",
    ),
    "quantum-second-state-not-positive": changed(
        SECTORS,
        together(
            append(*R, "states", term("0 0", matrix("-1", "0 0", denominator="16"))),
            append(*R, "states", term("0 0", matrix("1", "0 0", denominator="16"))),
            put(W, "positivity", [DOMINANT] * 16),
        ),
        "state 2, row 0",
    ),
    # Maps that are no channels.
    "channel-with-input-and-output-exchanged": changed(
        CHANNEL, put(*CHOI, 1, PREPARATION_SWAPPED), "trace preservation of map 1"
    ),
    "channel-transposed": changed(
        CHANNEL, put(*CHOI, 0, ROTATION_TRANSPOSED), "computed minus claimed σ[0|1 0]"
    ),
    "channels-exchanged": changed(CHANNEL, put(*CHOI, [PREPARATION, ROTATION]), "computed"),
    "channel-of-two": changed(
        CHANNEL,
        together(
            put(*CHOI, 1, PREPARATION | {"denominator": "1"}),
            put(*SIGMA, "0|0 1", Z_0),
            put(*SIGMA, "1|0 1", Y_0),
            put(*SIGMA, "0|1 1", THREE_AND_ONE | {"denominator": "4"}),
            put(*SIGMA, "1|1 1", THREE_AND_ONE | {"denominator": "4"}),
        ),
        "trace preservation of map 1, entry (0, 0), real part",
    ),
    "channel-a-transposition": changed(
        CHANNEL,
        together(
            put(*CHOI, 1, swap("1")),
            put(*SIGMA, "0|0 1", PLUS_Z),
            put(*SIGMA, "1|0 1", MINUS_Z),
            put(*SIGMA, "0|1 1", PLUS_Y),
            put(*SIGMA, "1|1 1", MINUS_Y),
        ),
        "Choi matrix of channel 1, row 1",
    ),
    "instrumental-element-off": changed(
        INSTRUMENTAL, put(*SIGMA, "1|1 1", PLUS_Y), "computed minus claimed σ[1|1 1]"
    ),
    # Decomposable maps.
    "decomposable-without-transposition": changed(
        DECOMPOSABLE, put(*SIGMA, "1|0 1", PLUS_Y), "computed minus claimed σ[1|0 1]"
    ),
    "decomposable-not-trace-preserving": changed(
        DECOMPOSABLE, put(*CHOI, 1, phi("1")), "trace preservation of map 1"
    ),
    "decomposable-not-positive": changed(
        DECOMPOSABLE,
        together(
            put(*TRANSPOSED, 1, swap("1")),
            put(*SIGMA, "0|0 1", PLUS_Z),
            put(*SIGMA, "1|0 1", MINUS_Z),
            put(*SIGMA, "0|1 1", MINUS_Y),
            put(*SIGMA, "1|1 1", PLUS_Y),
        ),
        "Choi matrix of transposed channel 1, row 1",
    ),
    # Functionals.
    "realised-too-much": changed(REACHED, put(C, "bound", "1000000001/1000000000"), "F(σ) >= bound"),
    "realised-too-little": changed(
        REACHED,
        together(put(C, "data", "relation", "<="), put(C, "bound", "999999999/1000000000")),
        "F(σ) <= bound",
    ),
    "realised-sums-too-much": changed(REACHED_BY_SUMS, put(C, "bound", "1/2"), "F(σ) >= bound"),
    "realised-channels-too-much": changed(
        REACHED_BY_CHANNELS, put(C, "bound", "1000001/1000000"), "F(σ) >= bound"
    ),
    "realised-by-a-state-of-two": changed(
        REACHED, together(put(*STATE, phi("1")), put(*EFFECTS, Z_AND_Y)), "normalisation of the state"
    ),
    "realised-by-no-measurement": changed(
        REACHED, put(*EFFECTS, 1, 0, Y_1), "sum of the effects of input 1"
    ),
    "realised-by-no-state": changed(
        REACHED,
        together(put(*STATE, swap("1")), put(C, "bound", "-1")),
        "state 0, row 1",
    ),
    # Pseudo-states.
    "pseudo-less-negative-than-it-is": changed(
        PSEUDO_PR, put(C, "bound", "499999999/1000000000"), "tr ρ₋ ≤ bound"
    ),
    "pseudo-trace-without-c": changed(PSEUDO_QUBIT, put(C, "bound", "1/8"), "tr ρ₋ ≤ bound"),
    "pseudo-too-large-for-the-bound": changed(
        PSEUDO_COIN,
        together(
            put(*R, "states", 1, "state", ONE),
            append(*TAKEN, term("1", THIRD)),
            put(W, "positivity", [DOMINANT] * 11),
        ),
        "tr ρ₋ ≤ bound",
    ),
    "pseudo-negative-state-not-positive": changed(
        PSEUDO_COIN,
        together(
            put(*R, "states", 0, "state", NOTHING),
            put(*TAKEN, 0, "state", matrix("-1", denominator="3")),
        ),
        "negative state 0, row 0",
    ),
    "pseudo-positive-state-not-positive": changed(
        PSEUDO_COIN,
        together(
            put(*R, "states", 0, "state", ONE),
            append(*R, "states", term("0", matrix("-1", denominator="3"))),
            put(W, "positivity", [DOMINANT] * 11),
        ),
        "state 2, row 0",
    ),
    "pseudo-element-not-positive": changed(
        PSEUDO_COIN,
        together(
            put(*R, "states", [term("0", matrix("2")), term("1", NOTHING)]),
            put(*TAKEN, [term("1", ONE)]),
            put(*SIGMA, {"0|0": matrix("2"), "1|0": matrix("-1")}),
            put(C, "bound", "1"),
        ),
        "σ[1|0], row 0",
    ),
    "pseudo-element-off": changed(
        PSEUDO_QUBIT,
        put(*SIGMA, "0|1", matrix("4", "-1 4", denominator="16", imaginary=("0", "1 0"))),
        "",
    ),
    "pseudo-not-normalised": changed(
        PSEUDO_COIN,
        together(
            put(*R, "states", 1, "state", ONE),
            put(*SIGMA, "1|0", ONE),
        ),
        "normalisation of the state",
    ),
    "pseudo-negative-state-left-out": changed(
        PSEUDO_COIN, put(*TAKEN, 0, "state", NOTHING), "normalisation of the state"
    ),
    "pseudo-no-measurement": changed(
        PSEUDO_QUBIT, put(*EFFECTS, 1, 0, ZERO_2), "sum of the effects of input 1"
    ),
    # Negativity from below.
    "negativity-bound-improved": changed(
        NEGATIVE_COIN, put(C, "bound", "1000000001/1000000000"), "proved ≥ claimed"
    ),
    "negativity-qubit-bound-improved": changed(
        NEGATIVE_QUBIT, put(C, "bound", "501/1000"), "proved ≥ claimed"
    ),
    "negativity-trusted-input-bound-improved": changed(
        NEGATIVE_BOB, put(C, "bound", "2"), "proved ≥ claimed"
    ),
    "negativity-of-another-coin": changed(
        NEGATIVE_COIN,
        put(*SIGMA, {"0|0": matrix("3", denominator="2"), "1|0": matrix("-1", denominator="2")}),
        "proved ≥ claimed",
    ),
    "negativity-conjugated": changed(
        NEGATIVE_QUBIT, put(*SIGMA, "0|0", "imaginary", ["0", "-2 0"]), "proved ≥ claimed"
    ),
    "negativity-parts-exchanged": changed(
        NEGATIVE_COIN, put(W, "matrices", [matrix("1", "-1 1"), matrix("0", "0 1")]), "proved ≥ claimed"
    ),
    "negativity-identity": changed(
        NEGATIVE_COIN, put(W, "matrices", 0, matrix("0", "0 2")), "rule 'identity'"
    ),
    # Sequences.
    "sequential-element-off": changed(
        STEPS,
        put(*SIGMA, "0 0|0 1", matrix("2", "0 1", denominator="8", imaginary=("0", "1 0"))),
        "computed minus claimed σ[0 0|0 1], entry (1, 0), imaginary part",
    ),
    "sequential-signalling-to-the-first-step": changed(
        STEPS,
        together(
            put(*EFFECT, "0 0|1 1", ZERO_2),
            put(*EFFECT, "1 0|1 1", EIGHTH_Y),
            put(*SIGMA, "0 0|1 1", ZERO_2),
            put(*SIGMA, "1 0|1 1", matrix("1", "0 1", denominator="16", imaginary=("0", "-1 0"))),
        ),
        "signalling to [0|1] from step 2 between its inputs 0 and 1, entry (0, 0), real part",
    ),
    "sequential-signalling-in-an-imaginary-part": changed(
        STEPS,
        together(
            put(*EFFECT, "0 0|0 1", matrix("2", "0 1", denominator="4")),
            put(*SIGMA, "0 0|0 1", matrix("2", "0 1", denominator="8")),
        ),
        "signalling to [0|0] from step 2 between its inputs 0 and 1, entry (1, 0), imaginary part",
    ),
    "sequential-first-effects-do-not-add-up": changed(
        STEPS,
        together(
            put(*EFFECT, "1 0|1 0", Y_1),
            put(*EFFECT, "1 1|1 0", Y_1),
            put(*EFFECT, "1 0|1 1", Y_1),
            put(*SIGMA, "1 0|1 0", PLUS_Y),
            put(*SIGMA, "1 1|1 0", PLUS_Y),
            put(*SIGMA, "1 0|1 1", PLUS_Y),
        ),
        "signalling to [|] from step 1 between its inputs 0 and 1",
    ),
    "sequential-third-step-signals": changed(
        THREE_STEPS,
        together(
            put(*EFFECT, "0 0 0|0 0 1", HALF),
            put(*EFFECT, "0 1 0|0 0 1", HALF),
            put(*SIGMA, "0 0 0|0 0 1", QUARTER),
            put(*SIGMA, "0 1 0|0 0 1", QUARTER),
        ),
        "signalling to [0 0|0 0] from step 3 between its inputs 0 and 1",
    ),
    "sequential-second-of-three-signals": changed(
        THREE_STEPS,
        together(
            *(
                put(*path, f"{label}|0 1 {z}", value)
                for z in (0, 1)
                for label in ("0 1 0", "1 0 0")
                for path, value in (
                    (EFFECT, NOTHING if label == "0 1 0" else HALF),
                    (SIGMA, NOTHING if label == "0 1 0" else QUARTER),
                )
            )
        ),
        "signalling to [0|0] from step 2 between its inputs 0 and 1",
    ),
    "sequential-trace-of-two": changed(
        THREE_STEPS,
        together(put(C, "data", "state", ONE), put(*SIGMA, three_steps("2"))),
        "normalisation of the state",
    ),
    "sequential-effect-not-positive": changed(
        STEPS,
        together(
            put(*EFFECT, "1 0|0 1", matrix("0", "0 -1", denominator="4")),
            put(*EFFECT, "1 1|0 1", matrix("0", "0 3", denominator="4")),
            put(*SIGMA, "1 0|0 1", matrix("0", "0 -1", denominator="8")),
            put(*SIGMA, "1 1|0 1", matrix("0", "0 3", denominator="8")),
        ),
        "M[1 0|0 1], row 1",
    ),
    "sequential-state-not-positive": changed(
        ONE_STEP,
        put(
            C,
            "data",
            "state",
            in_a(
                "1",
                "0 0",
                "0 1 0",
                "0 0 0 1",
                plain=("0", "0 0", "0 0 0", "0 0 0 0"),
                denominator="4",
            ),
        ),
        "state, row 1",
    ),
}

NO_SUCH = "a sector of each party is needed"
MALFORMED = {
    "quantum-with-a-bound": changed(GHJW, put(C, "bound", "1"), "claim.bound"),
    "quantum-with-more": changed(GHJW, put(C, "data", "set", "almost-quantum"), "unknown field 'set'"),
    "quantum-of-no-elements": changed(GHJW, put(*SIGMA, {}), "needs an element"),
    "quantum-with-more-in-the-realisation": changed(GHJW, put(*R, "dimension", "2"), "unknown field"),
    "quantum-with-more-in-a-state": changed(GHJW, put(*R, "states", 0, "weight", "1"), "unknown field"),
    "quantum-without-measurements": changed(GHJW, drop(*R, "measurements"), "is missing"),
    "quantum-without-states": changed(GHJW, put(*R, "states", []), "needs a state"),
    "quantum-without-parties": changed(GHJW, put(*R, "measurements", []), "1 parties are needed"),
    "quantum-without-sectors": changed(GHJW, put(*R, "measurements", 0, []), "needs a sector"),
    "quantum-without-an-input": changed(GHJW, drop(*EFFECTS, 1), "2 inputs are needed"),
    "quantum-without-an-outcome": changed(GHJW, drop(*EFFECTS, 1, 1), "2 outcomes are needed"),
    "quantum-with-an-outcome-more": changed(
        GHJW, put(*EFFECTS, 1, [MINUS_Y, PLUS_Y, ZERO_2]), "2 outcomes are needed"
    ),
    "quantum-effects-of-two-sizes": changed(GHJW, put(*EFFECTS, 1, 1, ONE), "one size"),
    "quantum-effects-of-two-sizes-in-two-inputs": changed(
        GHJW, put(*EFFECTS, 1, [ONE, ONE]), "one size"
    ),
    "quantum-effect-of-no-rows": changed(GHJW, put(*EFFECTS, 0, 0, matrix()), "a row is needed"),
    "quantum-effect-not-a-matrix": changed(GHJW, put(*EFFECTS, 0, 0, "1"), "a list is needed"),
    "quantum-effect-a-text": changed(GHJW, put(*EFFECTS, 0, 0, "real", "1"), "a list is needed"),
    "quantum-effect-not-hermitian": changed(
        GHJW, put(*EFFECTS, 1, 0, "imaginary", ["0", "-1 1"]), "not Hermitian"
    ),
    "quantum-effect-not-reduced": changed(
        GHJW, put(*EFFECTS, 0, 0, matrix("2", "0 0", denominator="4")), "lowest terms"
    ),
    "quantum-state-too-small": changed(GHJW, put(*STATE, ZERO_2), "has 2 rows, 4 are needed"),
    "quantum-state-too-large": changed(GHJW, put(*STATE, of_size(8, "1")), "has 8 rows, 4 are needed"),
    "quantum-state-of-the-other-sector": changed(
        SECTORS, put(*R, "states", 0, "sectors", "1 0"), "has 2 rows, 4 are needed"
    ),
    "quantum-sector-of-none": changed(GHJW, put(*R, "states", 0, "sectors", "1"), NO_SUCH),
    "quantum-sector-negative": changed(GHJW, put(*R, "states", 0, "sectors", "-1"), NO_SUCH),
    "quantum-sector-missing": changed(SECTORS, put(*R, "states", 0, "sectors", "0"), NO_SUCH),
    "quantum-sector-too-many": changed(GHJW, put(*R, "states", 0, "sectors", "0 0"), NO_SUCH),
    "quantum-of-a-sum": changed(GHJW, put(*SIGMA, "_|_", ZERO_2), "has no sums"),
    "quantum-of-no-element": changed(GHJW, put(*SIGMA, "2|0", ZERO_2), "no such element"),
    "channels-missing": changed(CHANNEL, drop(*CHOI), "field 'channels' is missing"),
    "channels-too-few": changed(CHANNEL, drop(*CHOI, 1), "2 maps are needed"),
    "channels-none": changed(CHANNEL, put(*CHOI, []), "2 maps are needed"),
    "channels-too-many": changed(FROM_THREE, put(*CHOI, [ONE, ONE]), "1 maps are needed"),
    "channels-of-two-sizes": changed(CHANNEL, put(*CHOI, 1, ZERO_2), "one size"),
    "channel-of-an-odd-size": changed(CHANNEL, put(*CHOI, [of_size(3, "1")] * 2), "a multiple of 2"),
    "quantum-with-a-transposition": changed(
        CHANNEL, put(*TRANSPOSED, [ZERO_4, ZERO_4]), "unknown field 'transposed'"
    ),
    "realised-with-a-transposition": changed(
        REACHED_BY_CHANNELS, put(*TRANSPOSED, [ZERO_4, ZERO_4]), "unknown field 'transposed'"
    ),
    "decomposable-without-transposed": changed(
        DECOMPOSABLE, drop(*TRANSPOSED), "field 'transposed' is missing"
    ),
    "decomposable-without-channels": changed(DECOMPOSABLE, drop(*CHOI), "field 'channels' is missing"),
    "decomposable-without-channels-or-inputs": changed(
        GHJW,
        together(put(C, "kind", "decomposable-realisation"), put(*TRANSPOSED, [phi("1")])),
        "field 'channels' is missing",
    ),
    "decomposable-without-maps": changed(
        GHJW, put(C, "kind", "decomposable-realisation"), "field 'channels' is missing"
    ),
    "decomposable-too-few": changed(DECOMPOSABLE, drop(*TRANSPOSED, 1), "2 maps are needed"),
    "decomposable-of-two-sizes": changed(DECOMPOSABLE, put(*TRANSPOSED, [ZERO_2, ZERO_2]), "one size"),
    "decomposable-with-a-bound": changed(DECOMPOSABLE, put(C, "bound", "0"), "claim.bound"),
    "realised-without-a-bound": changed(REACHED, put(C, "bound", None), "claim.bound"),
    "realised-of-no-relation": changed(REACHED, put(C, "data", "relation", "="), "is not"),
    "realised-with-more": changed(REACHED, put(*SIGMA, TABLE), "unknown field"),
    "pseudo-without-a-bound": changed(PSEUDO_COIN, put(C, "bound", None), "claim.bound"),
    "pseudo-without-negative-states": changed(PSEUDO_COIN, drop(*TAKEN), "is missing"),
    "pseudo-of-no-negative-state": changed(PSEUDO_COIN, put(*TAKEN, []), "needs a state"),
    "pseudo-with-a-transposition": changed(
        PSEUDO_CHANNEL, put(*TRANSPOSED, [ZERO_4, ZERO_4]), "unknown field 'transposed'"
    ),
    "pseudo-incomplete": changed(PSEUDO_COIN, drop(*SIGMA, "1|0"), "is missing"),
    "pseudo-with-a-sum": changed(PSEUDO_COIN, put(*SIGMA, "_|_", ONE), "has no sums"),
    "pseudo-with-more": changed(PSEUDO_COIN, put(C, "data", "set", "1"), "unknown field 'set'"),
    "pseudo-negative-state-of-no-sector": changed(PSEUDO_COIN, put(*TAKEN, 0, "sectors", "2"), NO_SUCH),
    "pseudo-negative-state-too-large": changed(
        PSEUDO_COIN, put(*TAKEN, 0, "state", ZERO_2), "has 2 rows, 1 are needed"
    ),
    "negativity-without-a-bound": changed(NEGATIVE_COIN, put(C, "bound", None), "claim.bound"),
    "negativity-with-more": changed(NEGATIVE_COIN, put(C, "data", "noise", {}), "unknown field"),
    "negativity-incomplete": changed(NEGATIVE_COIN, drop(*SIGMA, "1|0"), "is missing"),
    "sequential-with-a-bound": changed(STEPS, put(C, "bound", "1"), "claim.bound"),
    "sequential-with-more": changed(STEPS, put(C, "data", "channels", []), "unknown field"),
    "sequential-with-a-trusted-input": changed(
        STEPS, put(C, "data", "scenario", "trusted inputs", "1"), "has no input here"
    ),
    "sequential-of-dimension-zero": changed(
        STEPS, put(C, "data", "dimension", "0"), "dimension·2 are needed"
    ),
    "sequential-of-another-dimension": changed(
        STEPS, put(C, "data", "dimension", "4"), "dimension·2 are needed"
    ),
    "sequential-effects-of-another-size": changed(
        STEPS, put(*EFFECT, "0 0|0 0", ONE), "needs 2 rows of 1 to 2 entries"
    ),
    "sequential-effects-incomplete": changed(STEPS, drop(*EFFECT, "1 1|1 1"), "is missing"),
    "sequential-effects-with-a-sum": changed(STEPS, put(*EFFECT, "0 _|0 _", Z_0), "has no sums"),
    "sequential-table-incomplete": changed(STEPS, drop(*SIGMA, "1 1|1 1"), "is missing"),
    "sequential-table-with-a-sum": changed(STEPS, put(*SIGMA, "0 _|0 _", PLUS_Z), "has no sums"),
}


def too_large() -> Json:
    """Eight qubits measured: 384 elements of a state of 256 rows and long numbers."""
    outcomes = [3, *[2] * 7]
    answers = (" ".join(map(str, a)) for a in product(*map(range, outcomes)))
    return quantum(
        {"parties": [str(count) for count in outcomes], "dimension": "1"},
        {f"{a}|{' '.join('0' * 8)}": NOTHING for a in answers},
        {
            "measurements": [party([[ZERO_2] * count]) for count in outcomes],
            "states": [term(" ".join("0" * 8), {**of_size(256, "1"), "denominator": "1" + "0" * 2000})],
        },
    )


DECLINE = {
    "realisation-too-large": unchanged(too_large(), "multiplications"),
    "sequence-too-large": changed(
        THREE_STEPS, put(C, "data", "scenario", "parties", ["240000"]), "multiplications are too many"
    ),
    "effect-with-a-long-number": changed(
        GHJW, put(*EFFECTS, 0, 0, matrix("1" * 100001, "0 0")), "100001 digits"
    ),
}
