"""The part of the corpus about several trusted parties, and about the set of no-signalling assemblages.

Written by hand like the rest (see `make.py`). What trusted parties see of an operator is computed here
basis state by basis state. One inequality serves for parents: with G₀ = Z ⊗ 1 + 1 ⊗ Z and
G₁ = Y ⊗ 1 + 1 ⊗ X, the operators

    K₀ = (6 + 3 Z ⊗ Z - 3 Y ⊗ X)/4,    K₁ = (6 - 3 Z ⊗ Z + 3 Y ⊗ X)/4

satisfy K_x ± G_x ⪰ 0 and K₀ + K₁ = 3. So an assemblage Σ of two qubits, and what is seen of it, has

    F(σ) = Σ_x tr G_x(Σ[0|x] - Σ[1|x]) ≤ 3,

while each of two trusted qubits by himself may see what is steered with a maximally entangled pair: that
is a valid assemblage, and F = 4. So it has no parent; with half of the visibility it has one.
"""

from __future__ import annotations

from itertools import product
from math import gcd
from typing import TypeAlias

import classical
import realisations
from classical import BENT, PR_BOX, distance, dual, existence, unchanged
from parts import (
    COIN,
    DOMINANT,
    PLUS_Z,
    ROOT2,
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
from realisations import party, reached, term

SCENARIO = (C, "data", "scenario")
SIGMA = (C, "data", "assemblage")
SET = (C, "data", "set")
POINT = (W, "point")
ONE, NOTHING, HALF = matrix("1"), matrix("0"), matrix("1", denominator="2")
THIRD, TWO_THIRDS = matrix("1", denominator="3"), matrix("2", denominator="3")

Rows: TypeAlias = list[list[complex]]  # of integers
Kets: TypeAlias = dict[tuple[str, str], complex]  # ⟨first|operator|second⟩, on and below the diagonal


def hermitian(rows: Rows, denominator: int = 1) -> Json:
    """The matrix over the denominator, in lowest terms."""
    lower = [
        [[int(getattr(entry, part)) for entry in row[: k + 1]] for k, row in enumerate(rows)]
        for part in ("real", "imag")
    ]
    divisor = gcd(denominator, *(n for part in lower for row in part for n in row))
    real, imaginary = (tuple(" ".join(str(n // divisor) for n in row) for row in part) for part in lower)
    is_real = not any(n for row in lower[1] for n in row)
    return matrix(*real, denominator=str(denominator // divisor), imaginary=() if is_real else imaginary)


def numbers(row: list[int], denominator: int = 1) -> Json:
    """A 1×m matrix over the denominator, in lowest terms."""
    divisor = gcd(denominator, *row)
    return matrix(" ".join(str(n // divisor) for n in row), denominator=str(denominator // divisor))


def combined(*terms: tuple[int, Rows]) -> Rows:
    """Σ weight·matrix."""
    size = range(len(terms[0][1]))
    return [[sum(weight * rows[r][c] for weight, rows in terms) for c in size] for r in size]


def kron(one: Rows, other: Rows) -> Rows:
    return [[a * b for a in left for b in right] for left in one for right in other]


def direct_sum(*matrices: Rows) -> Rows:
    size = sum(map(len, matrices))
    rows: Rows = [[0] * size for _ in range(size)]
    start = 0
    for own in matrices:
        for k, line in enumerate(own):
            rows[start + k][start : start + len(own)] = line
        start += len(own)
    return rows


def operator(dimensions: list[int], entries: Kets) -> Rows:
    """On the tensor product, from entries such as ⟨021|·|000⟩."""
    states = ["".join(map(str, state)) for state in product(*map(range, dimensions))]

    def entry(ket: str, bra: str) -> complex:
        return entries.get((ket, bra), complex(entries.get((bra, ket), 0)).conjugate())

    return [[entry(ket, bra) for bra in states] for ket in states]


def seen(dimensions: list[int], rows: Rows) -> list[Rows]:
    """What each party sees: all entries between states that differ for him alone."""
    states = list(product(*map(range, dimensions)))
    views: list[Rows] = [[[0] * d for _ in range(d)] for d in dimensions]
    for i, ket in enumerate(states):
        for j, bra in enumerate(states):
            for k, view in enumerate(views):
                if ket[:k] + ket[k + 1 :] == bra[:k] + bra[k + 1 :]:
                    view[ket[k]][bra[k]] += rows[i][j]
    return views


def views(matrices: list[Rows], denominator: int = 1) -> Json:
    return [hermitian(own, denominator) for own in matrices]


def coordinates(rows: Rows) -> list[int]:
    """The unknowns of a Hermitian matrix: real parts row by row, then imaginary parts."""
    lower = [entry for k, row in enumerate(rows) for entry in row[: k + 1]]
    below = [entry for k, row in enumerate(rows) for entry in row[:k]]
    return [int(complex(e).real) for e in lower] + [int(complex(e).imag) for e in below]


def weights(rows: Rows) -> list[int]:
    """tr(F·) by those of the entries on and below the diagonal, each real part before its imaginary."""
    found = []
    for r, row in enumerate(rows):
        for entry in map(complex, row[:r]):
            found += [2 * int(entry.real), 2 * int(entry.imag)]
        found.append(int(complex(row[r]).real))
    return found


def trace_of(one: list[Rows], other: list[Rows]) -> int:
    """Σ_k tr(FσS) of what several parties have."""
    return int(
        sum(
            complex(f[r][c] * s[c][r]).real
            for f, s in zip(one, other, strict=True)
            for r, c in product(range(len(f)), repeat=2)
        )
    )


ID: Rows = [[1, 0], [0, 1]]
X: Rows = [[0, 1], [1, 0]]
Y: Rows = [[0, -1j], [1j, 0]]
Z: Rows = [[1, 0], [0, -1]]
ID_4 = kron(ID, ID)

# --- The set of no-signalling assemblages, of one trusted party ----------------------------------

# p ≤ 1, because σ[1|0] ≥ 0.
BOUND = dual(
    "functional-bound",
    {
        "scenario": COIN,
        "set": "no-signalling",
        "functional": {"0|0": ONE},
        "relation": "<=",
    },
    "1",
    matrix("-1"),
    [NOTHING, ONE],
)
# The PR box has CHSH = 4, here from its nine independent elements.
CHSH_4 = existence(
    "functional-attained",
    {
        "scenario": {"parties": ["2 2", "2 2"], "dimension": "1"},
        "set": "no-signalling",
        "functional": {
            f"{a} {b}|{x} {y}": matrix(str((-1) ** (a + b + x * y)))
            for x, y, a, b in product((0, 1), repeat=4)
        },
        "relation": ">=",
    },
    "4",
    matrix("2 1 1 1 1 1 1 1 0", denominator="2"),
    17,
)
# A trusted party with input, who can't signal: p(0) is 1/3 for both inputs.
TRUSTED_COIN = existence(
    "functional-attained",
    {
        "scenario": {**COIN, "trusted inputs": "2"},
        "set": "no-signalling",
        "functional": {"0|0 1": ONE},
        "relation": ">=",
    },
    "1/3",
    matrix("3 3 1 1", denominator="3"),
    5,
)
MEMBER_PR = existence("member", PR_BOX[C]["data"] | {"set": "no-signalling"}, None, matrix(""), 16)
MEMBER_TRUSTED = existence(
    "member",
    classical.TRUSTED[C]["data"] | {"set": "no-signalling"},
    None,
    matrix(""),
    4,
)
# A coin can't have p within 1/2 of 2.
EXCLUDED = dual(
    "box-excluded",
    {"scenario": COIN, "set": "no-signalling", "centre": {"0|0": matrix("2")}, "radius": "1/2"},
    None,
    matrix("-1"),
    [NOTHING, ONE, ONE, NOTHING],
)
# σ[1|0] = 1/2 - 3v/2 of a "coin" with p = 2 and a fair one.
VISIBILITY = dual(
    "visibility-bound",
    {
        "scenario": COIN,
        "set": "no-signalling",
        "assemblage": BENT,
        "noise": {"0|0": HALF, "1|0": HALF},
    },
    "1/3",
    matrix(""),
    [NOTHING, TWO_THIRDS],
)
# ν - 1 = (νυ)[0|0] + (σ + νυ)[1|0].
NEGATIVE = dual(
    "negativity-bound",
    distance(">=", BENT, "no-signalling", COIN),
    "1",
    matrix(""),
    [ONE, NOTHING, NOTHING, ONE],
)

ACCEPT = {
    "no-signalling": unchanged(BOUND, "Every no-signalling assemblage σ, hence every quantum one"),
    "no-signalling-chsh": unchanged(CHSH_4, "Some no-signalling assemblage σ satisfies F(σ) >= 4"),
    "no-signalling-trusted-input": TRUSTED_COIN,
    "no-signalling-member": unchanged(MEMBER_PR, "of this claim is no-signalling. Scenario"),
    "no-signalling-member-trusted-input": MEMBER_TRUSTED,
    "no-signalling-visibility": unchanged(VISIBILITY, "no-signalling assemblages, as quantum ones do"),
    "no-signalling-negativity": NEGATIVE,
}
REJECT = {
    "no-signalling-better-than-proved": changed(BOUND, put(C, "bound", "99/100"), "proved ≥ claimed"),
    "no-signalling-other-outcome": changed(
        BOUND, put(C, "data", "functional", {"1|0": ONE}), "identity"
    ),
    "no-signalling-with-a-negative-multiplier": changed(
        BOUND,
        together(
            put(C, "bound", "0"),
            put(W, "multipliers", NOTHING),
            put(W, "matrices", [matrix("-1"), NOTHING]),
        ),
        "multiplier of σ[0|0]",
    ),
    "no-signalling-chsh-too-large": changed(CHSH_4, put(C, "bound", "5"), "F(σ) >= bound"),
    "no-signalling-chsh-with-negative-probabilities": changed(
        CHSH_4,
        together(put(C, "bound", "6"), put(*POINT, matrix("4 2 2 2 3 2 2 2 -1", denominator="4"))),
        "dominant residue",
    ),
    "no-signalling-not-normalised": changed(
        CHSH_4, put(*POINT, matrix("2 1 1 1 1 1 1 1 0")), "normalisation"
    ),
    "no-signalling-trusted-input-talks": changed(
        TRUSTED_COIN,
        together(put(C, "bound", "2/3"), put(*POINT, matrix("3 3 1 2", denominator="3"))),
        "signalling of the trusted party in tr σ[0|0 1]",
    ),
    "no-signalling-trusted-input-of-more-weight": changed(
        TRUSTED_COIN,
        put(*POINT, matrix("3 6 1 1", denominator="3")),
        "signalling of the trusted party in tr σ[1|0 1]",
    ),
    "no-signalling-member-of-a-signalling-table": changed(
        MEMBER_PR,
        together(put(*SIGMA, "0 0|0 0", ONE), put(*SIGMA, "1 1|0 0", NOTHING)),
        "signalling of party",
    ),
    "no-signalling-member-negative": changed(
        MEMBER_PR,
        together(
            *(put(*SIGMA, f"{a} {a}|1 1", matrix("-1", denominator="2")) for a in (0, 1)),
            put(*SIGMA, "0 1|1 1", ONE),
            put(*SIGMA, "1 0|1 1", ONE),
        ),
        "dominant residue",
    ),
    "no-signalling-visibility-too-good": changed(VISIBILITY, put(C, "bound", "1/4"), "proved ≥ claimed"),
    "no-signalling-negativity-too-good": changed(NEGATIVE, put(C, "bound", "2"), "proved ≥ claimed"),
}
MALFORMED = {
    "no-signalling-in-a-list": changed(BOUND, put(*SET, ["no-signalling"]), "outcome|input"),
    "lhs-in-a-functional-bound": changed(BOUND, put(*SET, "LHS"), "parties of this scenario"),
}
DECLINE = {
    # Proved, and true of nothing.
    "no-signalling-excluded": unchanged(EXCLUDED, "would hold no valid assemblage at all"),
    "no-signalling-misspelled": changed(BOUND, put(*SET, "nonsignalling"), "claim.data.set"),
}

# --- What is seen of an operator -----------------------------------------------------------------

# Three trusted parties of dimensions 2, 3, 2. Each sees one coherence and all are different; another
# one nobody sees. With one value of λ the outcomes are equally likely, with the other the second is
# certain.
UNEQUAL = [2, 3, 2]
OF_SIX = operator(
    UNEQUAL,
    {
        ("000", "000"): 3,
        ("020", "020"): 2,
        ("021", "021"): 4,
        ("121", "121"): 2,
        ("110", "110"): 2,
        ("111", "111"): 3,
        ("121", "021"): 1j,
        ("020", "000"): 1j,
        ("111", "110"): 1,
        ("111", "000"): 1,
    },
)
OF_FOUR = operator(
    UNEQUAL,
    {
        ("010", "010"): 1,
        ("100", "100"): 2,
        ("120", "120"): 3,
        ("001", "001"): 2,
        ("120", "100"): 2,
        ("010", "001"): 1,
    },
)
THREE = {"parties": ["2"], "dimensions": "2 3 2"}
ANSWER_0 = seen(UNEQUAL, OF_SIX)
ANSWER_1 = seen(UNEQUAL, combined((1, OF_SIX), (2, OF_FOUR)))
SEEN_TABLE = {"0|0": views(ANSWER_0, 48), "1|0": views(ANSWER_1, 48)}
SHARED = {
    "measurements": [party([[HALF, HALF]], [[NOTHING, ONE]])],
    "states": [term("0", hermitian(OF_SIX, 24)), term("1", hermitian(OF_FOUR, 24))],
}
SEEN = realisations.quantum(THREE, SEEN_TABLE, SHARED)
VALID = existence("valid-assemblage", {"scenario": THREE, "assemblage": SEEN_TABLE}, None, matrix(""), 2)
# Another input that makes no difference.
REPEATED = changed(
    VALID,
    together(
        put(*SCENARIO, "parties", ["2 2"]),
        put(*SIGMA, SEEN_TABLE | {f"{a}|1": list(SEEN_TABLE[f"{a}|0"]) for a in (0, 1)}),
        put(W, "positivity", [DOMINANT] * 4),
    ),
)
PARTIAL = changed(
    VALID,
    together(
        drop(*SIGMA, "1|0"),
        put(*POINT, numbers([n for own in ANSWER_1 for n in coordinates(own)], 48)),
    ),
)

# One functional for each party, that none of the others could have.
ASKED = [Y, [[0, 2, 1j], [2, 1, 0], [-1j, 0, 3]], [[1, 0], [0, 2]]]
ASKED_OF_ALL = [[[1, 1], [1, 0]], [[0, 0, 1], [0, 0, 0], [1, 0, 5]], X]
REACHED_48 = trace_of(ASKED, ANSWER_0) + sum(trace_of(ASKED_OF_ALL, own) for own in (ANSWER_0, ANSWER_1))
FUNCTIONAL = {"0|0": views(ASKED), "_|_": views(ASKED_OF_ALL)}


def fraction(numerator: int, denominator: int) -> str:
    divisor = gcd(numerator, denominator)
    return f"{numerator // divisor}/{denominator // divisor}"


VALUE = existence(
    "functional-value",
    {"scenario": THREE, "assemblage": SEEN_TABLE, "functional": FUNCTIONAL},
    fraction(REACHED_48, 48),
    matrix(""),
    0,
)
REACHED = reached(THREE, FUNCTIONAL, SHARED, fraction(REACHED_48, 48))

# |000⟩ + i|111⟩, measured by Z and Y: who holds one system sees nothing of the phase.
PHASE: Kets = {("000", "000"): 1, ("111", "111"): 1, ("111", "000"): 1j}
PAIR = {"parties": ["2 2"], "dimensions": "2 2"}
MIXED = hermitian(ID, 4)
ENTANGLED = realisations.quantum(
    PAIR,
    {
        "0|0": [PLUS_Z, PLUS_Z],
        "1|0": [realisations.MINUS_Z] * 2,
        "0|1": [MIXED, MIXED],
        "1|1": [MIXED, MIXED],
    },
    {
        "measurements": [party(realisations.Z_AND_Y)],
        "states": [term("0", hermitian(operator([2, 2, 2], PHASE), 2))],
    },
)

# Over Q(√2): (2 ± a)/8 for one, and what is as likely, or likely by √2/8 more, for the other.
ROOT_TABLE = {
    "0|0": [in_a("1", "0 -1", plain=("2", "0 2"), denominator="8"), MIXED],
    "1|0": [in_a("-1", "0 1", plain=("2", "0 2"), denominator="8"), MIXED],
}
ROOT = over(
    ROOT2,
    existence(
        "valid-assemblage",
        {"scenario": {"parties": ["2"], "dimensions": "2 2"}, "assemblage": ROOT_TABLE},
        None,
        matrix(""),
        2,
    ),
)

SEE_HIMSELF = "An assemblage is what each trusted party sees by himself; it belongs to a set if"
ACCEPT |= {
    "seen-by-three": unchanged(SEEN, "with a trusted system of dimension 12. Scenario"),
    "seen-by-two": ENTANGLED,
    "seen-partly": changed(SEEN, drop(*SIGMA, "1|0"), "belong to a quantum assemblage"),
    "seen-valid": unchanged(VALID, f"and 3 trusted parties of dimensions 2, 3, 2. {SEE_HIMSELF}"),
    "seen-valid-repeated": REPEATED,
    "seen-valid-completed": unchanged(PARTIAL, "belong to a valid assemblage"),
    "seen-valid-root": ROOT,
    "seen-value": VALUE,
    "seen-reached": unchanged(REACHED, "Some LHS assemblage σ satisfies"),
}


def exchanged(base: Json, *path: str | int) -> Json:
    """With what the first and the last trusted party have exchanged."""
    value = base
    for step in path:
        value = value[step]
    return put(*path, value[::-1])


def moved(matrices: list[Rows], k: int, amount: int) -> list[Rows]:
    """With that more in the first entry of trusted party k."""
    copy = [[list(line) for line in own] for own in matrices]
    copy[k][0][0] += amount
    return copy


def completed(matrices: list[Rows]) -> Json:
    return numbers([n for own in matrices for n in coordinates(own)], 48)


def given(first: list[Rows], second: list[Rows], denominator: int = 48) -> dict[str, Json]:
    return {"0|0": views(first, denominator), "1|0": views(second, denominator)}


CONJUGATED = [[[complex(e).conjugate() for e in line] for line in own] for own in ANSWER_0]
REJECT |= {
    "seen-by-others": changed(SEEN, exchanged(SEEN, *SIGMA, "0|0"), "computed minus claimed σ[0|0]"),
    "seen-conjugated": changed(
        SEEN, put(*SIGMA, "0|0", views(CONJUGATED, 48)), "computed minus claimed σ[0|0]"
    ),
    "seen-conjugated-by-the-second": changed(
        SEEN, put(*SIGMA, "0|0", 1, views(CONJUGATED, 48)[1]), "entry (4, 2), imaginary part"
    ),
    "seen-of-another-state": changed(
        SEEN,
        put(C, "data", "realisation", "states", 1, "state", hermitian(OF_SIX, 48)),
        "computed minus claimed σ[1|0]",
    ),
    "seen-of-a-state-that-is-not-normalised": changed(
        SEEN,
        together(
            put(C, "data", "realisation", "states", 0, "state", hermitian(OF_SIX, 12)),
            put(C, "data", "realisation", "states", 1, "state", hermitian(OF_FOUR, 12)),
            put(*SIGMA, given(ANSWER_0, ANSWER_1, 24)),
        ),
        "normalisation of the state",
    ),
    # Valid for each trusted party by himself, with other probabilities.
    "seen-with-more-by-the-second": changed(
        VALID,
        put(*SIGMA, given(moved(ANSWER_0, 1, 4), moved(ANSWER_1, 1, -4))),
        "trace of σ[0|0], trusted party 1 against 2",
    ),
    "seen-with-more-by-the-third": changed(
        VALID,
        put(*SIGMA, given(moved(ANSWER_0, 2, 4), moved(ANSWER_1, 2, -4))),
        "trace of σ[0|0], trusted party 1 against 3",
    ),
    "seen-with-more-by-the-second-and-completed": changed(
        PARTIAL,
        together(
            put(*SIGMA, "0|0", views(moved(ANSWER_0, 1, 4), 48)),
            put(*POINT, completed(moved(ANSWER_1, 1, -4))),
        ),
        "trace of σ[0|0], trusted party 1 against 2",
    ),
    "seen-with-more-in-a": changed(
        ROOT,
        together(
            put(*SIGMA, "0|0", 1, in_a("1", "0 0", plain=("2", "0 2"), denominator="8")),
            put(*SIGMA, "1|0", 1, in_a("-1", "0 0", plain=("2", "0 2"), denominator="8")),
        ),
        "trace of σ[0|0], trusted party 1 against 2",
    ),
    "seen-completed-with-less-of-the-second": changed(
        PARTIAL,
        put(*POINT, completed(moved(ANSWER_1, 1, -4))),
        "trace of σ[1|0], trusted party 1 against 2",
    ),
    "seen-completed-with-less-of-the-first": changed(
        PARTIAL,
        put(*POINT, completed(moved(ANSWER_1, 0, -4))),
        "trace of σ[1|0], trusted party 1 against 2",
    ),
    "seen-signalling-to-the-second": changed(
        REPEATED,
        put(*SIGMA, "0|1", 1, views(CONJUGATED, 48)[1]),
        "signalling of party 1 in Σσ[_|_] between its inputs 0 and 1, entry (4, 2), imaginary part",
    ),
    "seen-signalling-to-the-third": changed(
        REPEATED,
        put(*SIGMA, "1|1", 2, hermitian([[19, 0], [-1j, 13]], 48)),
        "entry (6, 5), real part",
    ),
    "seen-not-normalised": changed(
        VALID,
        put(*SIGMA, given(ANSWER_0, ANSWER_1, 24)),
        "normalisation",
    ),
    "seen-negative-by-the-third": changed(
        VALID,
        together(
            put(*SIGMA, "0|0", 2, hermitian([[-1, 0], [0, 17]], 48)),
            put(*SIGMA, "1|0", 2, hermitian([[27, 2], [2, 5]], 48)),
        ),
        "dominant residue",
    ),
    "seen-value-of-others": changed(VALUE, exchanged(VALUE, C, "data", "functional", "_|_"), "F(σ)"),
    "seen-value-wrong": changed(VALUE, put(C, "bound", "1"), "F(σ)"),
    "seen-reached-too-much": changed(
        REACHED, put(C, "bound", fraction(REACHED_48 * 10**6 + 1, 48 * 10**6)), "F(σ) >= bound"
    ),
    "seen-reached-by-others": changed(
        REACHED, exchanged(REACHED, C, "data", "functional", "0|0"), "F(σ) >= bound"
    ),
}
MALFORMED |= {
    "seen-by-two-of-three": changed(VALID, drop(*SIGMA, "0|0", 2), "3 matrices are needed"),
    "seen-by-four-of-three": changed(
        VALID, put(*SIGMA, "0|0", [*SEEN_TABLE["0|0"], ONE]), "3 matrices are needed"
    ),
    "seen-as-one-matrix": changed(VALID, put(*SIGMA, "0|0", hermitian(OF_SIX, 48)), "a list"),
    "seen-of-other-sizes": changed(
        VALID, put(*SCENARIO, "dimensions", "3 2 2"), "[0].real: needs 3 rows"
    ),
    "seen-of-the-joint-system": changed(
        VALID, put(*SCENARIO, {"parties": ["2"], "dimension": "12"}), "an object"
    ),
    "seen-state-of-another-size": changed(
        SEEN,
        put(C, "data", "realisation", "states", 0, "state", hermitian(direct_sum(*ANSWER_0), 48)),
        "has 7 rows, 12 are needed",
    ),
    "scenario-of-one-of-several": changed(VALID, put(*SCENARIO, "dimensions", "2"), "two or more"),
    "scenario-of-none-of-several": changed(VALID, put(*SCENARIO, "dimensions", ""), "two or more"),
    "scenario-of-several-and-dimension-zero": changed(
        VALID, put(*SCENARIO, "dimensions", "2 0 2"), "each at least 1"
    ),
    "scenario-of-one-and-of-several": changed(
        VALID, put(*SCENARIO, "dimension", "2"), "unknown field 'dimension'"
    ),
    "scenario-of-several-with-input": changed(
        VALID, put(*SCENARIO, "trusted inputs", "1"), "unknown field 'trusted inputs'"
    ),
}
MANY_ONES = " ".join(["1"] * 32)
DECLINE |= {
    "trusted-parties-too-many": changed(
        VALID, put(*SCENARIO, "dimensions", f"{MANY_ONES} 1"), "more than 32, or"
    ),
    "trusted-parties-of-too-large-dimensions": changed(
        VALID, put(*SCENARIO, {"parties": ["1"], "dimensions": "33 32"}), "a product above 1024"
    ),
    "trusted-parties-of-huge-dimensions": changed(
        VALID, put(*SCENARIO, "dimensions", f"{'9' * 5000} 1"), "a product above 1024"
    ),
    # Elements of 32 rows each, though the joint system has dimension 1; and the other way round.
    "trusted-parties-with-too-many-entries": changed(
        VALID,
        together(put(*SCENARIO, {"parties": ["1000"], "dimensions": MANY_ONES}), put(*SIGMA, {})),
        "more than 2000000 entries",
    ),
    "trusted-parties-with-too-many-joint-entries": changed(
        VALID,
        together(put(*SCENARIO, {"parties": ["1000"], "dimensions": "8 8"}), put(*SIGMA, {})),
        "more than 2000000 entries",
    ),
    "seen-after-a-channel": changed(
        SEEN,
        put(C, "data", "realisation", "channels", [ONE]),
        "maps of several trusted parties",
    ),
    "decomposable-seen-by-several": realisations.realised(
        "decomposable-realisation",
        {
            "scenario": THREE,
            "assemblage": SEEN_TABLE,
            "realisation": SHARED | {"channels": [ONE], "transposed": [ONE]},
        },
    ),
}
DECLINE["decomposable-seen-by-several"]["provenance"] = "expect: maps of several trusted parties"

# Kinds about one trusted party.
SINGLE = (
    "lhs-bound",
    "messages-by-purity",
    "messages-by-nullity",
    "messages-suffice",
    "overlap-bound",
    "overlap-robustness",
    "povm-local",
    "projective-local",
    "projective-local-box",
    "pseudo-realisation",
    "sequential-realisation",
)


def of_several(kind: str) -> Json:
    """An accepted claim of the kind, and one trusted party more."""
    files = [*classical.ACCEPT.values(), *realisations.ACCEPT.values()]
    about_one = next(value for value in files if value[C]["kind"] == kind)
    parties, dimension = (about_one[C]["data"]["scenario"][name] for name in ("parties", "dimension"))
    return changed(
        about_one,
        put(*SCENARIO, {"parties": parties, "dimensions": f"1 {dimension}"}),
        "2 trusted parties in a claim about one",
    )


DECLINE |= {f"{kind}-of-several": of_several(kind) for kind in SINGLE}

# --- Parents -------------------------------------------------------------------------------------

OBSERVED = [(Z, Z), (Y, X)]  # for each input, by the first and the second trusted party
SUMS = [combined((1, kron(one, ID)), (1, kron(ID, other))) for one, other in OBSERVED]
CORRELATION = combined((1, kron(Z, Z)), (-1, kron(Y, X)))
FOUR_K = [combined((6, ID_4), (sign * 3, CORRELATION)) for sign in (1, -1)]
EVERY = [(x, sign) for x in (0, 1) for sign in (1, -1)]  # inputs and (-1)^a, in the order of labels
LABELS = ["0|0", "1|0", "0|1", "1|1"]
Y_PLUS, Y_MINUS, X_PLUS, X_MINUS = [[1], [1j]], [[1], [-1j]], [[1], [1]], [[1], [-1]]
# Products of eigenvectors of what is observed, columns of some length, with phases that make
# CORRELATION exchange the first and the last, and the two between.
COLUMNS: list[list[Rows]] = [
    [[[1], [0], [0], [0]], [[0], [1], [0], [0]], [[0], [0], [1j], [0]], [[0], [0], [0], [1j]]],
    [kron(one, other) for one in (Y_PLUS, Y_MINUS) for other in (X_PLUS, X_MINUS)],
]
LENGTHS = [1, 4]  # squared


def gap(x: int, sign: int, denominator: int) -> Json:
    """4(K - ±G)/denominator"""
    return hermitian(combined((1, FOUR_K[x]), (-4 * sign, SUMS[x])), denominator)


def gap_factor(x: int, sign: int, denominator: int) -> Json:
    """(u - 3v)(u - 3v)† + 8vv† + 3(s - t)(s - t)†, for K ± G has 1 at uu†, 17 at vv†, and 3 between."""
    u, s, t, v = COLUMNS[x] if sign > 0 else COLUMNS[x][::-1]
    columns = [
        [a[0] - 3 * b[0] for a, b in zip(u, v, strict=True)],
        [b[0] for b in v],
        [a[0] - b[0] for a, b in zip(s, t, strict=True)],
    ]
    entries = [[complex(column[k]) for column in columns] for k in range(4)]
    real, imaginary = (
        tuple(" ".join(str(int(getattr(e, part))) for e in line) for line in entries)
        for part in ("real", "imag")
    )
    factor = matrix(*real, imaginary=imaginary)
    return factored(factor, "1 8 3", str(denominator * LENGTHS[x]))


def gaps(denominator: int, sign: int = 1) -> list[Json]:
    """4(K ∓ G)/denominator for every element, or with the other sign."""
    return [gap(x, sign * own, denominator) for x, own in EVERY]


def gap_factors(denominator: int, sign: int = 1) -> list[Json]:
    return [gap_factor(x, sign * own, denominator) for x, own in EVERY]


def cloned(numerator: int, denominator: int = 1, unit: int = 4) -> dict[str, Json]:
    """(1 ± vO)/unit, for visibility v."""
    return {
        label: views(
            [combined((denominator, ID), (sign * numerator, own)) for own in OBSERVED[x]],
            unit * denominator,
        )
        for label, (x, sign) in zip(LABELS, EVERY, strict=True)
    }


def parent(numerator: int, denominator: int = 1) -> list[int]:
    """8·denominator times the independent elements of (1 ± vG)/8, which are positive for v ≤ 1/2."""
    elements = [combined((denominator, ID_4), (numerator, own)) for own in SUMS]
    everything = combined((2 * denominator, ID_4))
    return [n for own in (everything, *elements) for n in coordinates(own)]


def seen_coordinates(visibility: int, unit: int) -> list[int]:
    """The elements unit·1 ± visibility·O of both trusted parties."""
    return [
        n
        for x, sign in EVERY
        for own in OBSERVED[x]
        for n in coordinates(combined((unit, ID), (sign * visibility, own)))
    ]


CLONED, NOISY, WHITE = cloned(1), cloned(1, 2), cloned(0)
WITNESS = {
    label: views([combined((sign, own)) for own in OBSERVED[x]])
    for label, (x, sign) in zip(LABELS, EVERY, strict=True)
}
# F(Σ) - 3 tr Σ in terms of what is seen of the independent elements.
BY_MARGINALS = [
    n
    for own in (
        [combined((-3, ID), (-1, Z), (-1, Y)), combined((-1, Z), (-1, X))],
        [combined((2, Z))] * 2,
        [combined((2, Y)), combined((2, X))],
    )
    for view in own
    for n in weights(view)
]


def parents(
    kind: str, data: Json, bound: str | None, multipliers: Json, scale: int, *more: Json
) -> Json:
    """Σ⟨K ∓ G, Σ[a|x]⟩/scale, and further matrices that are dominant."""
    witness = {
        "multipliers": multipliers,
        "matrices": [*gaps(4 * scale), *more],
        "positivity": [*gap_factors(4 * scale), *[DOMINANT] * len(more)],
    }
    return certificate(kind, data, bound, witness)


def asked(relation: str, of: str = "no-signalling") -> Json:
    return {"scenario": PAIR, "set": of, "functional": WITNESS, "relation": relation}


AT_MOST_3 = parents("functional-bound", asked("<="), "3", matrix("-3"), 1)
AT_LEAST_2 = existence("functional-attained", asked(">="), "2", numbers(parent(1, 2), 16), 5)
MEMBER = existence(
    "member",
    {"scenario": PAIR, "set": "no-signalling", "assemblage": NOISY},
    None,
    numbers(parent(1, 2), 16),
    4,
)
# F(σ) ≥ 4 - 16·radius in the box.
COEFFICIENTS = [sign * n for x, sign in EVERY for own in OBSERVED[x] for n in weights(own)]
NO_PARENT = parents(
    "box-excluded",
    {"scenario": PAIR, "set": "no-signalling", "centre": CLONED, "radius": "1/17"},
    None,
    matrix("-3"),
    1,
    *(matrix(str(max(end, 0))) for n in COEFFICIENTS for end in (n, -n)),
)
SHARP = parents(
    "visibility-bound",
    {"scenario": PAIR, "set": "no-signalling", "assemblage": CLONED, "noise": WHITE},
    "3/4",
    numbers(BY_MARGINALS, 4),
    4,
)

# The almost-quantum set. 2 - F = 2 - tr Yσ⁽¹⁾ - tr Zσ⁽²⁾, of rank 3.
ONE_STATE = {"parties": ["1"], "dimensions": "2 2"}
LEVEL_BOUND = certificate(
    "functional-bound",
    {
        "scenario": ONE_STATE,
        "set": "almost-quantum",
        "functional": {"_|_": views([Y, Z])},
        "relation": "<=",
    },
    "2",
    {
        "multipliers": matrix("-2"),
        "matrices": [
            hermitian(combined((2, ID_4), (-1, kron(Y, ID)), (-1, kron(ID, Z)))),
        ],
        "positivity": [
            factored(
                matrix(
                    "1 0 0 0",
                    "0 1 1 0",
                    "0 0 0 0",
                    "0 0 0 1",
                    imaginary=("0 0 0 0", "0 0 0 0", "-1 0 0 0", "0 -1 0 0"),
                ),
                "1 1 2 2",
            )
        ],
    },
)
LEVEL_ATTAINED = existence(
    "functional-attained",
    LEVEL_BOUND[C]["data"] | {"relation": ">="},
    "1",
    numbers(coordinates(kron(combined((2, ID), (1, Y)), combined((2, ID), (1, Z)))), 16),
    2,
)
# One party's answers beside a state of the first trusted party that is trivial.
LEVEL_MEMBER = certificate(
    "member",
    {
        "scenario": {"parties": ["2"], "dimensions": "1 2"},
        "set": "almost-quantum",
        "assemblage": {
            "0|0": [THIRD, matrix("1", "0 2", denominator="9")],
            "1|0": [TWO_THIRDS, matrix("3", "0 3", denominator="9", imaginary=("0", "1 0"))],
        },
    },
    None,
    {
        # ρ, then Σ[0|0].
        "point": matrix("4 0 5 1 1 0 2 0", denominator="9"),
        "positivity": [factored(matrix("1 0", "0 1", "1 0", "0 1"), "1 2", "9")],
    },
)
# p(00) ≥ 0, which Γ does not say at level 1.
LEVEL_ONE = dual(
    "functional-bound",
    {
        "scenario": {"parties": ["2", "2"], "dimensions": "1 1"},
        "set": "1",
        "functional": {"0 0|0 0": [NOTHING, ONE]},
        "relation": ">=",
    },
    "0",
    NOTHING,
    [matrix("0", "0 0", "0 0 0"), ONE, NOTHING, NOTHING, NOTHING],
)

# Hidden states of a trivial system and of a qubit, of the weights 1, 2, 3, 4 over 10.
HIDDEN: list[Rows] = [
    [[1, 0], [0, 0]],
    [[1, -1j], [1j, 1]],
    [[2, 1], [1, 1]],
    [[1, 0], [0, 3]],
]
ANSWERS = {"0|0": (0, 1), "1|0": (2, 3), "0|1": (0, 2), "1|1": (1, 3)}


def hidden_point(weights_of_first: tuple[int, ...]) -> Json:
    pairs = zip(weights_of_first, HIDDEN, strict=True)
    return numbers([n for weight, state in pairs for n in (weight, *coordinates(state))], 10)


HIDDEN_STATES = existence(
    "member",
    {
        "scenario": {"parties": ["2 2"], "dimensions": "1 2"},
        "set": "LHS",
        "assemblage": {
            label: views([[[sum(k + 1 for k in own)]], combined(*((1, HIDDEN[k]) for k in own))], 10)
            for label, own in ANSWERS.items()
        },
    },
    None,
    hidden_point((1, 2, 3, 4)),
    4,
)

ACCEPT |= {
    "parents-at-most-3": unchanged(
        AT_MOST_3, "assemblage σ, hence every quantum one, satisfies F(σ) <= 3 for"
    ),
    "parents-at-least-2": AT_LEAST_2,
    "parents-member": unchanged(
        MEMBER, "it is what they see of an assemblage of their joint system that does"
    ),
    "parents-excluded": unchanged(
        NO_PARENT, "No no-signalling assemblage, hence no quantum one, lies within 1/17 of"
    ),
    "parents-visibility": SHARP,
    "parents-almost-quantum": LEVEL_BOUND,
    "parents-almost-quantum-attained": LEVEL_ATTAINED,
    "parents-almost-quantum-member": unchanged(LEVEL_MEMBER, "this claim is almost-quantum. Scenario"),
    "parents-level-one": LEVEL_ONE,
    "parents-hidden-states": unchanged(HIDDEN_STATES, "this claim has a local hidden state model. Scen"),
}
PRODUCT_STATES = numbers(parent(1), 8)
REJECT |= {
    "parents-better-than-proved": changed(AT_MOST_3, put(C, "bound", "299/100"), "proved ≥ claimed"),
    "parents-of-others": changed(
        AT_MOST_3,
        together(*(exchanged(AT_MOST_3, C, "data", "functional", label) for label in LABELS)),
        "identity",
    ),
    "parents-for-one-trusted-party-more": changed(
        AT_MOST_3,
        put(C, "data", "functional", "0|0", views([Z, combined((2, Z))])),
        "identity",
    ),
    "parents-with-a-gap-that-is-not-positive": changed(
        AT_MOST_3,
        together(
            put(C, "bound", "2"),
            put(W, "multipliers", matrix("-2")),
            put(
                W,
                "matrices",
                [hermitian(combined((1, ID_4), (-sign, SUMS[x]))) for x, sign in EVERY],
            ),
        ),
        "multiplier of σ[0|0]",
    ),
    "parents-attained-too-much": changed(AT_LEAST_2, put(C, "bound", "201/100"), "F(σ) >= bound"),
    "parents-attained-by-no-assemblage": changed(
        AT_LEAST_2, together(put(C, "bound", "4"), put(*POINT, PRODUCT_STATES)), "dominant residue"
    ),
    "parents-attained-by-an-unnormalised-one": changed(
        AT_LEAST_2,
        together(put(C, "bound", "4"), put(*POINT, numbers(parent(1, 2), 8))),
        "normalisation",
    ),
    "parents-that-are-not-positive": changed(
        MEMBER, together(put(*SIGMA, CLONED), put(*POINT, PRODUCT_STATES)), "dominant residue"
    ),
    "parents-with-other-marginals": changed(
        MEMBER, put(*SIGMA, WHITE), "marginals of the parent against σ[0|0]"
    ),
    "parents-with-other-marginals-for-the-second": changed(
        MEMBER,
        together(*(put(*SIGMA, label, 1, WHITE[label][1]) for label in LABELS)),
        "marginals of the parent against σ[0|0], entry (2, 2)",
    ),
    # The independent elements are seen of the parent; the other two signal.
    "parents-of-a-signalling-table": changed(
        MEMBER, put(*SIGMA, "1|1", WHITE["1|1"]), "signalling of party 1"
    ),
    "parents-of-unequal-traces": changed(
        MEMBER,
        together(
            *(
                put(*SIGMA, f"{a}|{x}", 1, hermitian(ID, 6 // (1 + a)))
                for a, x in product((0, 1), repeat=2)
            )
        ),
        "marginals of the parent",
    ),
    "parents-excluded-too-wide": changed(NO_PARENT, put(C, "data", "radius", "1/16"), "proved > 0"),
    "parents-excluded-elsewhere": changed(NO_PARENT, put(C, "data", "centre", NOISY), "proved > 0"),
    "parents-excluded-for-others": changed(
        NO_PARENT,
        together(*(exchanged(NO_PARENT, C, "data", "centre", label) for label in LABELS)),
        "proved > 0",
    ),
    "parents-visibility-too-good": changed(SHARP, put(C, "bound", "37/50"), "proved ≥ claimed"),
    "parents-visibility-of-another-noise": changed(SHARP, put(C, "data", "noise", NOISY), "identity"),
    "parents-almost-quantum-too-good": changed(LEVEL_BOUND, put(C, "bound", "1"), "proved ≥ claimed"),
    "parents-almost-quantum-of-others": changed(
        LEVEL_BOUND, exchanged(LEVEL_BOUND, C, "data", "functional", "_|_"), "identity"
    ),
    "parents-almost-quantum-attained-too-much": changed(
        LEVEL_ATTAINED, put(C, "bound", "2"), "F(σ) >= bound"
    ),
    "parents-almost-quantum-with-other-marginals": changed(
        LEVEL_MEMBER,
        put(*POINT, matrix("4 1 5 1 1 0 2 0", denominator="9")),
        "marginals of the parent against σ[_|_]",
    ),
    "parents-level-one-without-positivity": changed(
        LEVEL_ONE, put(W, "matrices", 1, NOTHING), "identity"
    ),
    "hidden-states-of-other-weights": changed(
        HIDDEN_STATES,
        put(*POINT, hidden_point((2, 1, 2, 5))),
        "trace of ρ of λ = 0 0, trusted party 1 against 2",
    ),
    "hidden-states-of-another-element": changed(
        HIDDEN_STATES,
        put(*SIGMA, "0|1", 1, hermitian(combined((1, HIDDEN[1]), (1, HIDDEN[0])), 10)),
        "model against σ[0|1], entry (1, 1)",
    ),
}

# --- How far from having a parent ----------------------------------------------------------------


def far(relation: str, table: Json, of: str = "no-signalling") -> Json:
    return distance(relation, table, of, PAIR)


# 6ν - 1 = [3 tr - F](σ + νυ) + [3 tr + F](νυ).
NEGATIVE_PAIR = certificate(
    "negativity-bound",
    far(">=", CLONED),
    "1/6",
    {
        "multipliers": numbers(BY_MARGINALS, 6),
        "matrices": [*gaps(24, -1), *gaps(24)],
        "positivity": [*gap_factors(24, -1), *gap_factors(24)],
    },
)
# υ has the opposite answers and half of the visibility; so has τ, with these answers, for ν = 1/2.
NEGATIVE_FROM_ABOVE = existence(
    "negativity-bound",
    far("<=", CLONED),
    "1/2",
    numbers([*parent(-1, 2), *(3 * n for n in parent(1, 2))], 32),
    9,
)
# Elements of 1 ± O in place of ±O, which are positive: 4 ≤ (7/2)(1 + t).
GENERALISED = parents(
    "generalised-robustness-bound",
    far(">=", CLONED),
    "1/7",
    numbers(
        [n for x, sign in EVERY for own in OBSERVED[x] for n in weights(combined((1, ID), (sign, own)))],
        7,
    ),
    7,
    *(
        hermitian(direct_sum(*(combined((1, ID), (sign, own)) for own in OBSERVED[x])), 7)
        for x, sign in EVERY
    ),
)
GENERALISED_FROM_ABOVE = existence(
    "generalised-robustness-bound",
    far("<=", CLONED),
    "1/3",
    numbers([*parent(1, 2), *seen_coordinates(-1, 1)], 12),
    9,
)
# And of 1 ∓ O, which vanish on σ: nothing of it has a parent.
WEIGHT = parents(
    "weight-bound",
    far(">=", CLONED),
    "1",
    numbers(
        [n for x, sign in EVERY for own in OBSERVED[x] for n in weights(combined((-1, ID), (sign, own)))]
    ),
    1,
    *(
        hermitian(direct_sum(*(combined((1, ID), (-sign, own)) for own in OBSERVED[x])))
        for x, sign in EVERY
    ),
)
WEIGHT_FROM_ABOVE = existence(
    "weight-bound",
    far("<=", cloned(3, 4)),
    "1/2",
    numbers([*parent(1, 2), *(4 * n for n in seen_coordinates(1, 1))], 32),
    9,
)
# ν - 1 = (νυ)[0|0] + (σ + νυ)[1|0] for a "coin" that two see. One steers, but not one alone is steered.
BENT_FOR_TWO = {label: [element, element] for label, element in BENT.items()}
ROBUST = dual(
    "negativity-bound",
    distance(">=", BENT_FOR_TWO, "LHS", {"parties": ["2"], "dimensions": "1 1"}),
    "1",
    numbers([0, 0, 0, 0, -1, 0, 1, 0]),
    [
        matrix("1", "0 0"),
        matrix("0", "0 0"),
        matrix("0", "0 0"),
        matrix("1", "0 0"),
    ],
)
# Two who see p ≥ 2/3 and p ≤ 1/3 have no hidden value in common.
NOT_THE_SAME = dual(
    "box-excluded",
    {
        "scenario": {"parties": ["2"], "dimensions": "1 1"},
        "set": "LHS",
        "centre": {"0|0": [ONE, NOTHING]},
        "radius": "1/3",
    },
    None,
    numbers([-1, 0, 0]),
    [matrix("0", "0 0"), matrix("0", "0 0"), ONE, NOTHING, NOTHING, ONE],
)

# 24t - 1 = Σ⟨K ∓ G, Σ[a|x] + t⟩, and so λ ≤ -1/24, which is -r/(8(1 - r)) for r = 1/4.
TOLERANCE = parents(
    "tolerance-bound",
    {"scenario": PAIR, "assemblage": CLONED, "relation": ">="},
    "1/24",
    numbers(BY_MARGINALS, 24),
    24,
)
TOLERANCE_FROM_ABOVE = existence(
    "tolerance-bound",
    {"scenario": PAIR, "assemblage": CLONED, "relation": "<="},
    "1/8",
    numbers([1, *parent(1)], 8),
    5,
)
# Alone one sees Σ itself: eigenvalues 2 and -1, or 1/3 and 2/3.
BENT_TOLERANCE = dual(
    "tolerance-bound",
    {"scenario": COIN, "assemblage": BENT, "relation": ">="},
    "1",
    matrix("-1 1"),
    [NOTHING, ONE],
)
FAIR_TOLERANCE = existence(
    "tolerance-bound",
    {"scenario": COIN, "assemblage": {"0|0": THIRD, "1|0": TWO_THIRDS}, "relation": "<="},
    "-1/3",
    matrix("-1 3 1", denominator="3"),
    3,
)

# Boxes all of whose assemblages have parents: for a radius r their elements need eigenvalues of at least
# r ((1 + 3/2) 2 + (1 + 3) 3 + (1 + 3/2) 2 + 2·2)/12 = 26r/12, and here they have 1/24.
FLAT = kron(kron(ID, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]), ID)
FLAT_TABLE = dict.fromkeys(("0|0", "1|0"), views(seen(UNEQUAL, FLAT), 24))


def box(scenario: Json, table: Json, radius: str, point: Json, blocks: int) -> Json:
    data = {"scenario": scenario, "assemblage": table, "radius": radius}
    return existence("parent-box", data, None, point, blocks)


BOX = box(
    THREE,
    FLAT_TABLE,
    "1/52",
    numbers([*coordinates(combined((2, FLAT))), *coordinates(FLAT)], 24),
    2,
)
BOX_OF_TWO = box(PAIR, WHITE, "1/24", numbers(parent(0), 8), 4)
BOX_OF_ONE = box(
    {"parties": ["2"], "dimension": "2"},
    {"0|0": MIXED, "1|0": MIXED},
    "1/10",
    numbers([*coordinates(combined((2, ID))), *coordinates(ID)], 4),
    2,
)
QUARTERS = [matrix("1", denominator="4")] * 2
BOX_OF_COINS = box(
    {"parties": ["2", "2"], "dimensions": "1 1"},
    {f"{a} {b}|0 0": QUARTERS for a, b in product((0, 1), repeat=2)},
    "1/12",
    numbers([4, 2, 2, 1], 4),
    4,
)

ACCEPT |= {
    "parents-negativity": unchanged(NEGATIVE_PAIR, "as it is for the negativity of steering ν of σ"),
    "parents-negativity-from-above": NEGATIVE_FROM_ABOVE,
    "parents-generalised-robustness": GENERALISED,
    "parents-generalised-robustness-from-above": GENERALISED_FROM_ABOVE,
    "parents-weight": WEIGHT,
    "parents-weight-from-above": WEIGHT_FROM_ABOVE,
    "hidden-states-robustness": unchanged(ROBUST, "for the table σ of this claim. Scenario"),
    "hidden-states-excluded": unchanged(NOT_THE_SAME, "in that box is steerable. Scenario"),
    "tolerance": unchanged(TOLERANCE, "then some Σ[a|x] has an eigenvalue λ <= -1/24. Scenario"),
    "tolerance-from-above": unchanged(TOLERANCE_FROM_ABOVE, "and only eigenvalues λ >= -0.125. Scen"),
    "tolerance-of-one": unchanged(BENT_TOLERANCE, "has an eigenvalue λ <= -1. Scenario"),
    "tolerance-of-a-fair-coin": unchanged(FAIR_TOLERANCE, "and only eigenvalues λ >= 1/3. Scenario"),
    "parent-box": unchanged(BOX, "assemblage of their joint system, and so is quantum. Scenario"),
    "parent-box-of-two": BOX_OF_TWO,
    "parent-box-of-one": BOX_OF_ONE,
    "parent-box-of-two-alices": unchanged(BOX_OF_COINS, "assemblage of their joint system. Scenario"),
}
REJECT |= {
    "parents-negativity-too-good": changed(NEGATIVE_PAIR, put(C, "bound", "1/5"), "proved ≥ claimed"),
    "parents-negativity-of-a-member": changed(NEGATIVE_PAIR, put(*SIGMA, NOISY), "proved ≥ claimed"),
    "parents-negativity-from-above-too-small": changed(
        NEGATIVE_FROM_ABOVE, put(C, "bound", "49/100"), "quantity ≤ bound"
    ),
    "parents-negativity-from-above-of-another-table": changed(
        NEGATIVE_FROM_ABOVE, put(*SIGMA, NOISY), "marginals of the parent against σ[0|0]"
    ),
    "parents-negativity-from-above-with-a-negative-υ": changed(
        NEGATIVE_FROM_ABOVE,
        together(
            put(C, "bound", "1/4"),
            put(*POINT, numbers([*parent(-1), *parent(3, 5)], 32)),
        ),
        "dominant residue",
    ),
    "parents-generalised-robustness-too-good": changed(
        GENERALISED, put(C, "bound", "1/6"), "proved ≥ claimed"
    ),
    "parents-generalised-robustness-from-above-too-small": changed(
        GENERALISED_FROM_ABOVE, put(C, "bound", "33/100"), "quantity ≤ bound"
    ),
    "parents-generalised-robustness-of-another-remainder": changed(
        GENERALISED_FROM_ABOVE,
        put(*POINT, numbers([*parent(1, 2), *seen_coordinates(1, 1)], 12)),
        "decomposition of σ[0|0]",
    ),
    "parents-weight-too-good": changed(WEIGHT, put(*SIGMA, NOISY), "proved ≥ claimed"),
    "parents-weight-from-above-too-small": changed(
        WEIGHT_FROM_ABOVE, put(C, "bound", "49/100"), "quantity ≤ bound"
    ),
    # More than the whole of σ, and something negative.
    "parents-weight-of-a-negative-remainder": changed(
        WEIGHT_FROM_ABOVE,
        together(
            put(C, "bound", "0"),
            put(*SIGMA, CLONED),
            put(*POINT, numbers([*parent(1, 2), *(2 * n for n in seen_coordinates(1, 0))], 16)),
        ),
        "dominant residue",
    ),
    "hidden-states-robustness-too-good": changed(ROBUST, put(C, "bound", "2"), "proved ≥ claimed"),
    "hidden-states-excluded-too-wide": changed(
        NOT_THE_SAME, put(C, "data", "radius", "1/2"), "proved > 0"
    ),
    "hidden-states-excluded-elsewhere": changed(
        NOT_THE_SAME, put(C, "data", "centre", {"0|0": [ONE, ONE]}), "proved > 0"
    ),
    "tolerance-too-good": changed(TOLERANCE, put(C, "bound", "1/23"), "proved ≥ claimed"),
    "tolerance-of-a-member": changed(TOLERANCE, put(*SIGMA, NOISY), "proved ≥ claimed"),
    "tolerance-by-a-gap-that-is-not-positive": changed(
        TOLERANCE, put(W, "positivity", 3, DOMINANT), "multiplier of shifted Σ[1|1]"
    ),
    "tolerance-without-marginals": changed(
        TOLERANCE, put(W, "multipliers", numbers([0] * len(BY_MARGINALS))), "identity"
    ),
    "tolerance-from-above-too-small": changed(
        TOLERANCE_FROM_ABOVE, put(C, "bound", "1/9"), "quantity ≤ bound"
    ),
    "tolerance-from-above-of-lower-eigenvalues": changed(
        TOLERANCE_FROM_ABOVE,
        together(put(C, "bound", "1/9"), put(*POINT, numbers([8, *(9 * n for n in parent(1))], 72))),
        "shifted Σ[0|0]",
    ),
    "tolerance-from-above-of-another-table": changed(
        TOLERANCE_FROM_ABOVE, put(*SIGMA, NOISY), "marginals of the parent against σ[0|0]"
    ),
    "tolerance-from-above-of-a-signalling-table": changed(
        TOLERANCE_FROM_ABOVE, put(*SIGMA, "1|1", WHITE["1|1"]), "signalling of party 1"
    ),
    "tolerance-from-above-not-normalised": changed(
        TOLERANCE_FROM_ABOVE,
        together(
            put(C, "bound", "1/4"),
            put(*SIGMA, cloned(1, unit=2)),
            put(*POINT, numbers([1, *parent(1)], 4)),
        ),
        "normalisation",
    ),
    "tolerance-of-one-too-good": changed(BENT_TOLERANCE, put(C, "bound", "2"), "proved ≥ claimed"),
    "tolerance-of-one-by-the-other-outcome": changed(
        BENT_TOLERANCE, put(W, "matrices", [ONE, NOTHING]), "identity"
    ),
    "tolerance-of-a-fair-coin-too-small": changed(
        FAIR_TOLERANCE,
        together(put(C, "bound", "-1/2"), put(*POINT, matrix("-3 6 2", denominator="6"))),
        "shifted Σ[0|0]",
    ),
    "parent-box-too-wide": changed(BOX, put(C, "data", "radius", "1/51"), "shifted Σ[0|0]"),
    "parent-box-of-two-too-wide": changed(BOX_OF_TWO, put(C, "data", "radius", "1/23"), "shifted Σ"),
    "parent-box-of-one-too-wide": changed(BOX_OF_ONE, put(C, "data", "radius", "1/9"), "shifted Σ"),
    "parent-box-of-two-alices-too-wide": changed(
        BOX_OF_COINS, put(C, "data", "radius", "1/11"), "shifted Σ"
    ),
    "parent-box-around-what-has-no-room": changed(
        BOX_OF_TWO,
        together(
            put(*SIGMA, NOISY),
            put(*POINT, numbers(parent(1, 2), 16)),
            put(C, "data", "radius", "1/1000"),
        ),
        "shifted Σ[0|0]",
    ),
    "parent-box-of-another-table": changed(BOX_OF_TWO, put(*SIGMA, NOISY), "marginals of the parent"),
    "parent-box-of-a-signalling-table": changed(
        BOX_OF_TWO, put(*SIGMA, "1|1", NOISY["1|1"]), "signalling of party 1"
    ),
    "parent-box-not-normalised": changed(
        BOX_OF_TWO,
        together(put(*SIGMA, cloned(0, unit=2)), put(*POINT, numbers(parent(0), 4))),
        "normalisation",
    ),
}
MALFORMED |= {
    "tolerance-without-a-bound": changed(TOLERANCE, put(C, "bound", None), "claim.bound"),
    "tolerance-of-no-relation": changed(TOLERANCE, put(C, "data", "relation", "="), "'=' is not"),
    "tolerance-incomplete": changed(TOLERANCE, drop(*SIGMA, "1|1"), "is missing"),
    "tolerance-with-a-set": changed(TOLERANCE, put(*SET, "no-signalling"), "unknown field 'set'"),
    "parent-box-with-a-bound": changed(BOX, put(C, "bound", "1"), "claim.bound"),
    "parent-box-of-a-negative-radius": changed(BOX, put(C, "data", "radius", "-1/52"), "not negative"),
    "parent-box-incomplete": changed(BOX, drop(*SIGMA, "1|0"), "is missing"),
    "parent-box-with-a-trusted-input": changed(
        BOX_OF_ONE, put(*SCENARIO, "trusted inputs", "1"), "without input"
    ),
}
DECLINE |= {
    "hidden-states-of-several-too-many": changed(
        NOT_THE_SAME,
        together(
            put(*SCENARIO, {"parties": ["25001"], "dimensions": "2 2"}),
            put(C, "data", "centre", {}),
        ),
        "25001 deterministic strategies with 200008 unknowns",
    ),
    "moment-matrix-of-several-too-large": changed(
        LEVEL_BOUND,
        together(
            put(*SCENARIO, {"parties": ["130"], "dimensions": "2 4"}),
            put(C, "data", "functional", {}),
        ),
        "moment matrix of 1040 rows",
    ),
}
