"""The part of the corpus about product states, positive maps, product bases and exclusive events.

Written by hand like the rest (see `make.py`): operators are sums of the squares that prove their bounds,
multiplied out here entry by entry. No operator is real or symmetric under an exchange of the parties.
"""

from __future__ import annotations

from itertools import product
from math import gcd

from parts import (
    DOMINANT,
    MINUS_ROOT2,
    REDUCIBLE,
    ROOT2,
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

DATA = (C, "data")
NO_POINT = matrix("")
Entries = dict[tuple[int, int], complex]  # of a matrix, all that are not 0


def hermitian(size: int, entries: Entries, denominator: int = 1) -> Json:
    """By the entries on and below the diagonal."""
    return _rows([[entries.get((r, c), 0) for c in range(r + 1)] for r in range(size)], denominator)


def column(*entries: complex, denominator: int = 1) -> Json:
    return _rows([[entry] for entry in entries], denominator)


def _rows(rows: list[list[complex]], denominator: int = 1) -> Json:
    """In lowest terms."""
    common = gcd(denominator, *(int(n) for row in rows for z in row for n in (z.real, z.imag)))
    rows = [[z / common for z in row] for row in rows]
    denominator //= common
    real, imaginary = (
        [" ".join(str(int(part(entry))) for entry in row) for row in rows]
        for part in (lambda z: complex(z).real, lambda z: complex(z).imag)
    )
    some = any(complex(entry).imag for row in rows for entry in row)
    return matrix(*real, denominator=str(denominator), imaginary=tuple(imaginary) if some else ())


def square(vector: dict[int, complex], weight: int = 1) -> Entries:
    """weight · v v†"""
    return {
        (r, c): weight * x * complex(y).conjugate()
        for (r, x), (c, y) in product(vector.items(), repeat=2)
    }


def plus(*terms: Entries) -> Entries:
    result: Entries = {}
    for term in terms:
        for place, entry in term.items():
            result[place] = result.get(place, 0) + entry
    return {place: entry for place, entry in result.items() if entry}


def of_square(size: int, vector: dict[int, complex], weight: str = "1", denominator: str = "1") -> Json:
    """The witness of weight · v v†."""
    return factored(column(*(vector.get(k, 0) for k in range(size))), weight, denominator)


def existence(kind: str, data: Json, positivity: list[Json], bound: str | None = None) -> Json:
    """Without unknowns."""
    return certificate(kind, data, bound, {"point": NO_POINT, "positivity": positivity})


def dual(
    kind: str, data: Json, bound: str | None, w: str, z: list[Json], positivity: list[Json]
) -> Json:
    witness = {"multipliers": matrix(w), "matrices": z, "positivity": positivity}
    return certificate(kind, data, bound, witness)


def zero(size: int) -> Json:
    return hermitian(size, {})


def unit(size: int, denominator: int = 1) -> Json:
    return hermitian(size, {(k, k): 1 for k in range(size)}, denominator)


# --- Bounds over product vectors -------------------------------------------------------------------

# A qubit and a qutrit: W = -2 + P + Q^Γ ≥ -2. P has the rows |a b⟩ = 3a + b; Q, for which the second
# party is conjugated, has that one's index first: (b, a) = 2b + a.
P_VECTOR = {1: 1, 3: 2, 5: 1j}  # |0 1⟩ + 2|1 0⟩ + i|1 2⟩
Q_VECTOR = {0: 1, 3: 1j, 4: -2}  # |0 0⟩ + i|1 1⟩ - 2|0 2⟩, of (a, b): rows (b, a) = 2b + a


def exchanged(entries: Entries) -> Entries:
    """W_{(a b),(a' b')} = Q_{(b' a),(b a')}: ⟨α|W|α⟩ = w†Qw with w_{(b a)} = β*_b α_a."""
    return {
        (3 * row[1] + col[0], 3 * col[1] + row[0]): entry
        for (r, c), entry in entries.items()
        for row, col in [(divmod(r, 2), divmod(c, 2))]
    }


P, Q = square(P_VECTOR), square(Q_VECTOR)
MINUS_TWO = {(k, k): -2 for k in range(6)}
OPERATOR = plus(MINUS_TWO, P, exchanged(Q))
TWO_SQUARES = dual(
    "product-bound",
    {"dimensions": "2 3", "operator": hermitian(6, OPERATOR), "copies": "1 1", "relation": ">="},
    "-2",
    "-2",
    [hermitian(6, P), hermitian(6, Q)],
    [of_square(6, P_VECTOR), of_square(6, Q_VECTOR)],
)
# The same for -W, whose values are at most 2.
AT_MOST = changed(
    TWO_SQUARES,
    together(
        put(*DATA, "operator", hermitian(6, {place: -entry for place, entry in OPERATOR.items()})),
        put(*DATA, "relation", "<="),
        put(C, "bound", "2"),
    ),
    "has <α|W|α> <= 2, for",
)

# Three parties of dimensions 2, 1, 2: blocks with nobody, the third, the second, and both conjugated.
THREE_VECTORS = ({0: 1, 1: 1j, 3: 2}, {0: 1, 3: 1j}, {1: 1, 2: 1 + 1j}, {0: 2, 3: -1j, 1: 1})


def three_squares() -> Json:
    """Rows (u, v): with the third party conjugated (c, a) = 2c + a; otherwise (a, c) = 2a + c."""
    operator: Entries = {(k, k): 1 for k in range(4)}
    matrices, positivity = [], []
    for k, vector in enumerate(THREE_VECTORS):
        own = square(vector)
        turned = {
            (2 * row[1] + col[0], 2 * col[1] + row[0]): entry
            for (r, c), entry in own.items()
            for row, col in [(divmod(r, 2), divmod(c, 2))]
        }
        operator = plus(operator, turned if k in (1, 3) else own)
        matrices.append(hermitian(4, own))
        positivity.append(of_square(4, vector))
    data = {
        "dimensions": "2 1 2",
        "operator": hermitian(4, operator),
        "copies": "1 1 1",
        "relation": ">=",
    }
    return dual("product-bound", data, "1", "1", matrices, positivity)


THREE = three_squares()

# One qubit, three copies: |α₀|²|α|⁴ = M(30) + 2M(21) + M(12) ≥ 0, so that diag(2, 1) ≥ 1, where |α|⁶ is
# M(30) + 3M(21) + 3M(12) + M(03). With one copy conjugated the rows are (u, v) = (i, v), v = 20, 11, 02.
QUBIT_DATA = {
    "dimensions": "2",
    "operator": matrix("2", "0 1"),
    "copies": "3",
    "relation": ">=",
}
COPIES = dual(
    "product-bound",
    QUBIT_DATA,
    "1",
    "1",
    [hermitian(4, {(0, 0): 1, (1, 1): 2, (2, 2): 1}), zero(6)],
    [DOMINANT, DOMINANT],
)
CONJUGATED_COPIES = dual(
    "product-bound",
    QUBIT_DATA,
    "1",
    "1",
    [zero(4), hermitian(6, {(0, 0): 1, (1, 1): 1, (3, 3): 1, (4, 4): 1})],
    [DOMINANT, DOMINANT],
)
# Two copies of each of two qubits, and W = 1: Σ of all M(r, r) with multiplicities 1, 2, 4.
TWO_OF_EACH = dual(
    "product-bound",
    {"dimensions": "2 2", "operator": unit(4), "copies": "2 2", "relation": ">="},
    "1",
    "1",
    [zero(n) for n in (9, 12, 9, 12, 16)],
    [DOMINANT] * 5,
)
# 1 + Y = (1, -i)ᵀ(1, i), with two copies: by w₀ = α₀² - iα₀α₁, w₁ = α₀α₁ - iα₁².
Y_SQUARES = plus(square({0: 1, 1: -1j}), square({1: 1, 2: -1j}))
IMAGINARY = dual(
    "product-bound",
    {
        "dimensions": "2",
        "operator": matrix("1", "0 1", imaginary=("0", "1 0")),
        "copies": "2",
        "relation": ">=",
    },
    "0",
    "0",
    [
        hermitian(3, {place: complex(entry).conjugate() for place, entry in Y_SQUARES.items()}),
        zero(4),
    ],
    [
        {
            "rule": "congruent",
            "basis": _rows([[1, 0], [1j, 1], [0, 1j]]),
            "core": unit(2),
            "positivity": DOMINANT,
        },
        DOMINANT,
    ],
)

# a·|1⟩⟨1| ⊗ 1 - 1 ≥ -1, over Q(√2): a > 0.
IN_A = over(
    ROOT2,
    dual(
        "product-bound",
        {
            "dimensions": "2 1",
            "operator": in_a("0", "0 1", plain=("-1", "0 -1")),
            "copies": "1 1",
            "relation": ">=",
        },
        "-1",
        "-1",
        [in_a("0", "0 1", plain=("0", "0 0")), zero(2)],
        [DOMINANT, DOMINANT],
    ),
)

# --- The Choi map, which needs two copies of the input ---------------------------------------------

# J has 1 at (i, i) and (i + 1, i), -1 between (i, i) and (j, j), all over 2.
CHOI: Entries = {(4 * i, 4 * j): 1 if i == j else -1 for i, j in product(range(3), repeat=2)}
CHOI |= {(k, k): 1 for k in (3, 7, 2)}
SIZES = (18, 18, 27)  # nobody, the output, and one of the two copies of the input conjugated
# Rows of the last block: (i; v with one of the input, one of the output) = 9i + 3j + k.
CHOI_CORES: list[tuple[list[dict[int, complex]], Entries]] = [
    ([{0: 1, 4: -1}, {6: 1, 17: -1}, {10: 1, 14: -1}], {(k, k): 4 for k in range(3)}),
    (
        [{4: 1, 8: -1}, {8: 1, 13: -1}, {13: 1, 4: -1}],
        {(k, k): 2 for k in range(3)},
    ),
    (
        [
            *({0: 1, 4: -1}, {8: 1, 12: -1}),
            *({2: 1, 22: -1}, {18: 1, 26: -1}),
            *({9: 1, 25: -1}, {13: 1, 17: -1}),
            *({5: 1, 21: -1}, {7: 1, 15: -1}, {11: 1, 19: -1}),
        ],
        {
            **{(0, 0): 4, (1, 0): -4, (0, 1): -4, (1, 1): 8},
            **{(2, 2): 8, (3, 2): -4, (2, 3): -4, (3, 3): 4},
            **{(4, 4): 8, (5, 4): -4, (4, 5): -4, (5, 5): 4},
            **{(k, k): 2 for k in (6, 7, 8)},
        },
    ),
]


def monomials(length: int, degree: int) -> list[tuple[int, ...]]:
    return [index for index in product(range(degree, -1, -1), repeat=length) if sum(index) == degree]


def choi_certificate(phases: tuple[complex, ...], kind: str = "positive-map") -> Json:
    """With the vectors |i⟩ of the input multiplied by phases, in J and in all squares."""
    choi = {
        (r, c): entry * phases[r // 3] * complex(phases[c // 3]).conjugate()
        for (r, c), entry in CHOI.items()
    }
    rows: list[list[complex]] = [[], [], []]
    for block, (conjugated, degree) in enumerate((((0, 0), (2, 1)), ((0, 1), (2, 0)), ((1, 0), (1, 1)))):
        own, output = monomials(3, conjugated[0]), monomials(3, conjugated[1])
        for u, _, v, _ in product(own, output, monomials(3, degree[0]), monomials(3, degree[1])):
            phase: complex = 1
            for k in range(3):
                phase *= complex(phases[k]) ** v[k] * complex(phases[k]).conjugate() ** u[k]
            rows[block].append(phase)
    matrices, positivity = [], []
    for size, phase_of, (plain, core) in zip(SIZES, rows, CHOI_CORES, strict=True):
        vectors = [{k: x * phase_of[k] for k, x in vector.items()} for vector in plain]
        basis = [[vector.get(k, 0) for vector in vectors] for k in range(size)]
        full: Entries = {}
        for (k, l), weight in core.items():
            for (r, x), (c, y) in product(vectors[k].items(), vectors[l].items()):
                full[r, c] = full.get((r, c), 0) + weight * x * complex(y).conjugate()
        matrices.append(hermitian(size, full, 16))
        positivity.append(
            {
                "rule": "congruent",
                "basis": _rows(basis),
                "core": hermitian(len(vectors), core, 16),
                "positivity": DOMINANT,
            }
        )
    data = {
        "dimension": "3",
        "output": "3",
        "choi": hermitian(9, choi, 2),
        "copies": "2 1",
    }
    return dual(kind, data, None, "0", matrices, positivity)


CHOI_MAP = choi_certificate((1, 1j, -1))

# --- Product vectors that come near a bound --------------------------------------------------------

# (1, i) ⊗ (1, 0, 2 - i) has ⟨α|W|α⟩ = 9 and ⟨α|α⟩ = 12.
ATTAINED_OPERATOR = hermitian(6, plus(OPERATOR, {(5, 5): 3}))


ATTAINED = existence(
    "product-attained",
    {
        "dimensions": "2 3",
        "operator": ATTAINED_OPERATOR,
        "factors": [column(1, 1j), column(1, 0, 2 - 1j)],
        "relation": "<=",
    },
    [DOMINANT],
    "3/4",
)
# |0⟩ + a|1⟩ has a⟨X⟩ = 2a²/(1 + a²) = 4/3.
ATTAINED_IN_A = over(
    ROOT2,
    existence(
        "product-attained",
        {
            "dimensions": "2 1",
            "operator": in_a("0", "1 0", plain=("0", "0 0")),
            "factors": [in_a("0", "1", plain=("1", "0")), matrix("3")],
            "relation": ">=",
        },
        [DOMINANT],
        "4/3",
    ),
)
# x²(x² - 2) has the root √2, and e = a³ - 2a is 0 there; its coefficients are not, those of e² are.
DOUBLE_ROOT = {"polynomial": "0 0 -2 0 1", "low": "5/4", "high": "3/2"}
HIDDEN_ZERO = {"denominator": "1", "real": ["0", "0"], "real a": ["-2", "0"], "real a^3": ["1", "0"]}

# --- Maps ------------------------------------------------------------------------------------------

MAP = {"dimension": "2", "output": "3"}
# From qubits to qutrits, diagonally dominant, of trace 1 over the output.
CHANNEL: Entries = {
    **{(0, 0): 2, (1, 1): 2, (2, 2): 4, (3, 3): 1, (4, 4): 3, (5, 5): 4},
    **{(1, 0): 1j, (4, 1): 1 - 1j, (5, 2): 3j, (2, 1): 0, (4, 3): 1},
}
CHANNEL |= {(3, 0): 0, (4, 1): 1, (5, 2): -1}
COMPLETELY_POSITIVE = existence(
    "completely-positive-map", {**MAP, "choi": hermitian(6, CHANNEL, 8)}, [DOMINANT]
)
TRACE_PRESERVING = existence("trace-preserving-map", {**MAP, "choi": hermitian(6, CHANNEL, 8)}, [])

# J = P + Q^Γ with the squares from above, where Q now has the rows of J: 3a + b.
TURNED = {0: 1, 4: 1j, 2: -2}  # |0 0⟩ + i|1 1⟩ - 2|0 2⟩


def turned(entries: Entries, size: int) -> Entries:
    """The transpose of the first factor, a qubit or qutrit before one of that size."""
    return {
        (c // size * size + r % size, r // size * size + c % size): entry
        for (r, c), entry in entries.items()
    }


def lower_triangle(entries: Entries, size: int) -> str:
    """The unknowns of a Hermitian matrix: real parts, then imaginary parts below the diagonal."""
    lower = [(r, c) for r in range(size) for c in range(r + 1)]
    real = [int(complex(entries.get(place, 0)).real) for place in lower]
    imaginary = [int(complex(entries.get((r, c), 0)).imag) for r, c in lower if r != c]
    return " ".join(map(str, real + imaginary))


DECOMPOSABLE_CHOI = plus(P, turned(square(TURNED), 3))
DECOMPOSABLE = certificate(
    "decomposable-map",
    {**MAP, "choi": hermitian(6, DECOMPOSABLE_CHOI)},
    None,
    {
        "point": matrix(lower_triangle(square(TURNED), 6)),
        "positivity": [of_square(6, P_VECTOR), of_square(6, TURNED)],
    },
)
POSITIVE = dual(
    "positive-map",
    {**MAP, "choi": hermitian(6, plus(P, exchanged(Q))), "copies": "1 1"},
    None,
    "0",
    [hermitian(6, P), hermitian(6, Q)],
    [of_square(6, P_VECTOR), of_square(6, Q_VECTOR)],
)

# ρ = 2|ψ⟩⟨ψ| + Σ_i (x|i + 1, i⟩⟨…| + 4/x|i, i + 1⟩⟨…|) with ψ = |00⟩ + i|11⟩ - |22⟩, x = 1 or 2, and the
# Choi map with the same phases, J_{(ii),(jj)} = -φ_i φ*_j/2: tr(Jρ) = (6 + 3x - 12)/2.
PSI = {0: 1, 4: 1j, 8: -1}


def bound_entangled(x: int) -> Entries:
    sides = {(k, k): x for k in (3, 7, 2)} | {(k, k): 4 // x for k in (1, 5, 6)}
    return plus(square(PSI, 2), sides)


PHASED_CHOI = plus({(k, k): 2 for k in (0, 4, 8)}, {(k, k): 1 for k in (3, 7, 2)}, square(PSI, -1))
INDECOMPOSABLE = existence(
    "indecomposable-map",
    {
        "dimension": "3",
        "output": "3",
        "choi": hermitian(9, PHASED_CHOI, 2),
        "state": hermitian(9, bound_entangled(1)),
    },
    [
        factored(
            _rows([[PSI.get(k, 0), *(int(k == side) for side in (3, 7, 2, 1, 5, 6))] for k in range(9)]),
            "2 1 1 1 4 4 4",
        ),
        # ρ^Γ has [[4, 2φ], [2φ*, 1]] at (i, i + 1) and (i + 1, i).
        factored(
            _rows(
                [
                    [int(k == 0), int(k == 4), int(k == 8), *(v.get(k, 0) for v in PAIRS)]
                    for PAIRS in [({1: 2, 3: -1j}, {5: 2, 7: -1j}, {6: 2, 2: -1})]
                    for k in range(9)
                ]
            ),
            "2 2 2 1 1 1",
        ),
    ],
)

# --- Product bases and events ----------------------------------------------------------------------


def basis(dimensions: str, *vectors: tuple[tuple[complex, ...], ...]) -> Json:
    rows = [[column(*factor) for factor in factors] for factors in vectors]
    return existence("unextendible-basis", {"dimensions": dimensions, "vectors": rows}, [])


# The tiles: |0⟩(|0⟩ - |1⟩), |2⟩(|1⟩ - |2⟩), …, and the sum of all. Of other lengths, with phases.
TILES = basis(
    "3 3",
    ((1, 0, 0), (2, -2, 0)),
    ((0, 0, 1j), (0, 1, -1)),
    ((1, -1j, 0), (0, 0, 1)),
    ((0, 1j, -1), (3, 0, 0)),
    ((1, 1j, 1), (1, 1, 1)),
)
# {|0⟩, |1⟩} and {(1, i), (1, -i)}: 000|000 110|011 011|101 101|110.
SHIFTS = basis(
    "2 2 2",
    ((1, 0), (1, 0), (1, 0)),
    ((0, 1), (1, -1j), (1, 1j)),
    ((1, 1j), (0, 1), (1, -1j)),
    ((1, -1j), (1, 1j), (0, 1)),
)
COMPLETE = basis("2 1", ((1, 1j), (5,)), ((1, -1j), (1,)))
EVENTS = existence(
    "exclusive-events",
    {
        "scenario": {"parties": ["2 2"] * 3, "dimension": "1"},
        "events": ["0 0 0|0 0 0", "1 1 0|0 1 1", "0 1 1|1 0 1", "1 0 1|1 1 0"],
    },
    [],
)
VECTORS, LIST = (*DATA, "vectors"), (*DATA, "events")

ACCEPT = {
    "product-bound": changed(
        TWO_SQUARES,
        together(),
        "Every product vector α of unit vectors, of systems of dimensions 2 3, has <α|W|α> >= -2, for",
    ),
    "product-bound-at-most": AT_MOST,
    "product-bound-three-parties": THREE,
    "product-bound-three-copies": COPIES,
    "product-bound-three-copies-conjugated": CONJUGATED_COPIES,
    "product-bound-two-of-each": TWO_OF_EACH,
    "product-bound-imaginary": IMAGINARY,
    "product-bound-in-a": IN_A,
    "product-bound-of-vectors": changed(
        COPIES,
        together(
            put(*DATA, "copies", "1"),
            put(W, "matrices", [matrix("1", "0 0")]),
            put(W, "positivity", [DOMINANT]),
        ),
    ),
    "product-attained": changed(ATTAINED, together(), "dimensions 2 3, has <α|W|α> <= 0.75, for"),
    "product-attained-at-least": changed(ATTAINED, put(*DATA, "relation", ">="), "has <α|W|α> >= "),
    "product-attained-in-a": ATTAINED_IN_A,
    "positive-map": changed(
        POSITIVE, together(), "from operators on C^2 to operators on C^3, is positive: it maps every"
    ),
    "positive-choi-map": CHOI_MAP,
    "completely-positive-map": changed(COMPLETELY_POSITIVE, together(), "is completely positive."),
    "trace-preserving-map": changed(TRACE_PRESERVING, together(), "C^3, preserves the trace."),
    "decomposable-map": changed(
        DECOMPOSABLE, together(), "the sum of a completely positive map and of one that follows a trans"
    ),
    "indecomposable-map": changed(INDECOMPOSABLE, together(), "is not decomposable: the state ρ"),
    "unextendible-tiles": changed(
        TILES, together(), "The 5 product vectors of this claim, of systems of dimensions 3 3, are"
    ),
    "unextendible-shifts": SHIFTS,
    "unextendible-complete": COMPLETE,
    "exclusive-events": changed(EVENTS, together(), "The 4 events of this claim are pairwise exclusive"),
    "exclusive-events-none": changed(EVENTS, put(*LIST, [])),
}
ACCEPT |= {
    # Vectors of one party alone: a complete basis, of three vectors.
    "unextendible-one-party": basis("3", ((1, 1, 0),), ((1, -1, 0),), ((0, 0, 7),)),
}

REJECT = {
    "product-bound-better-than-proved": changed(
        TWO_SQUARES, put(C, "bound", "-1999999999/1000000000"), "proved ≥ claimed"
    ),
    "product-bound-at-most-better": changed(
        AT_MOST, put(C, "bound", "1999999999/1000000000"), "proved ≥ claimed"
    ),
    "product-bound-of-the-other-relation": changed(
        TWO_SQUARES, put(*DATA, "relation", "<="), "identity"
    ),
    "product-bound-of-another-operator": changed(
        TWO_SQUARES,
        put(*DATA, "operator", hermitian(6, plus(OPERATOR, {(0, 0): -1}))),
        "coefficient of real part of moments at (0, 0)",
    ),
    "product-bound-with-an-entry-conjugated": changed(
        TWO_SQUARES,
        put(*DATA, "operator", hermitian(6, {(c, r): z for (r, c), z in OPERATOR.items()})),
        "coefficient of imaginary part of moments",
    ),
    "product-bound-of-exchanged-parties": changed(
        TWO_SQUARES, put(*DATA, "dimensions", "3 2"), "identity"
    ),
    "product-bound-not-positive": changed(
        TWO_SQUARES,
        put(W, "positivity", 1, DOMINANT),
        "multiplier of moments with 0 1 copies conj",
    ),
    "product-bound-not-positive-at-first": changed(
        TWO_SQUARES,
        put(W, "positivity", 0, DOMINANT),
        "multiplier of moments with 0 0 copies conj",
    ),
    "product-bound-with-another-weight": changed(COPIES, put(W, "multipliers", matrix("2")), "identity"),
    # Not diag(2, 1) ≥ 1, but diag(2, 1 - 10⁻⁹) ≥ 1.
    "product-bound-three-copies-too-good": changed(
        COPIES,
        put(*DATA, "operator", matrix("2000000000", "0 999999999", denominator="1000000000")),
        "identity",
    ),
    "product-bound-in-a-of-the-other-root": changed(
        IN_A, put(C, "field", MINUS_ROOT2), "multiplier of moments with 0 0"
    ),
    "product-attained-too-good": changed(
        ATTAINED,
        put(C, "bound", "749999999/1000000000"),
        "<α|W|α> <= bound",
    ),
    "product-attained-at-least-too-good": changed(
        ATTAINED,
        together(
            put(*DATA, "relation", ">="),
            put(C, "bound", "750000001/1000000000"),
        ),
        "<α|W|α> >= bound",
    ),
    "product-attained-in-a-of-the-other-root": changed(
        ATTAINED_IN_A,
        together(
            put(C, "field", MINUS_ROOT2), put(C, "bound", ["0", "1"]), put(*DATA, "relation", "<=")
        ),
        "<α|W|α> <= bound",
    ),
    "positive-map-not-proved": changed(
        POSITIVE, put(W, "positivity", 1, DOMINANT), "multiplier of moments with 0 1"
    ),
    "positive-map-with-less": changed(
        POSITIVE,
        put(*DATA, "choi", hermitian(6, plus(P, exchanged(Q), {(0, 0): -1}))),
        "identity",
    ),
    # Its least value is -1, and the proof of that is not one of positivity.
    "positive-map-with-a-negative-value": changed(
        POSITIVE,
        together(
            put(*DATA, "choi", hermitian(6, plus(P, exchanged(Q), {(k, k): -1 for k in range(6)}))),
            put(W, "multipliers", matrix("-1")),
        ),
        "proved ≥ claimed",
    ),
    "positive-choi-map-by-a-hair": changed(
        CHOI_MAP,
        put(
            W,
            "matrices",
            1,
            "real",
            4,
            CHOI_MAP["witness"]["matrices"][1]["real"][4].replace("2", "3"),
        ),
        "coefficient of real part of moments",
    ),
    "positive-choi-map-of-other-phases": changed(
        CHOI_MAP,
        put(*DATA, "choi", choi_certificate((1, -1j, -1))["claim"]["data"]["choi"]),
        "identity",
    ),
    "completely-positive-map-that-is-not": changed(
        COMPLETELY_POSITIVE, put(*DATA, "choi", hermitian(6, plus(CHANNEL, {(0, 0): -2}), 8)), "J"
    ),
    "trace-preserving-map-less": changed(
        TRACE_PRESERVING,
        put(*DATA, "choi", hermitian(6, plus(CHANNEL, {(5, 5): -1}), 8)),
        "tr_output J - 1, entry (1, 1), real part",
    ),
    "trace-preserving-map-off-the-diagonal": changed(
        TRACE_PRESERVING,
        put(*DATA, "choi", hermitian(6, plus(CHANNEL, {(5, 2): 1j}), 8)),
        "tr_output J - 1, entry (1, 0), imaginary part",
    ),
    "decomposable-map-with-another-q": changed(
        DECOMPOSABLE, put(W, "point", matrix(lower_triangle(turned(square(TURNED), 3), 6))), "J - Q^Γ"
    ),
    "decomposable-map-with-less": changed(
        DECOMPOSABLE, put(*DATA, "choi", hermitian(6, plus(DECOMPOSABLE_CHOI, {(1, 1): -1}))), "J - Q^Γ"
    ),
    # J itself, and Q = P - 1, which is not positive.
    "decomposable-map-with-a-negative-q": changed(
        DECOMPOSABLE,
        together(
            put(*DATA, "choi", hermitian(6, {(0, 0): -1})),
            put(W, "point", matrix(lower_triangle({(0, 0): -1}, 6))),
            put(W, "positivity", [DOMINANT, DOMINANT]),
        ),
        "Q, row 0",
    ),
    # 2|ψ⟩⟨ψ| alone has no positive partial transpose; the partial transpose alone is no state.
    "indecomposable-map-by-a-state-of-negative-transpose": changed(
        INDECOMPOSABLE,
        together(
            put(*DATA, "state", hermitian(9, square(PSI, 2))),
            put(W, "positivity", 0, of_square(9, PSI, "2")),
        ),
        "ρ^Γ",
    ),
    "indecomposable-map-by-no-state": changed(
        INDECOMPOSABLE,
        together(
            put(*DATA, "state", hermitian(9, {(1, 1): 1, (3, 3): 1, (4, 0): 1j})),
            put(W, "positivity", [DOMINANT, DOMINANT]),
        ),
        "ρ, row 0",
    ),
    "unextendible-tiles-but-one": changed(
        TILES,
        drop(*VECTORS, 4),
        "product vectors orthogonal to all: where party 1 1 2 2 is to vector 0, 1, …",
    ),
    "unextendible-shifts-but-one": changed(SHIFTS, drop(*VECTORS, 3), "product vectors orthogonal"),
    "unextendible-nothing": changed(SHIFTS, put(*VECTORS, []), "product vectors orthogonal to all"),
    "unextendible-complete-but-one": changed(
        COMPLETE, drop(*VECTORS, 1), "where party 1 is to vector 0"
    ),
    # |1 1⟩ is orthogonal to two vectors by the same factor; |0 1⟩ not by the first factors tried.
    "unextendible-by-a-factor-of-two-vectors": basis(
        "2 2", ((1, 0), (1, 0)), ((1, 0), (0, 1)), ((0, 1), (1, 0))
    ),
    "unextendible-but-for-a-second-try": basis(
        "2 2", ((1, 0), (1, 0)), ((0, 1), (1, 0)), ((0, 1), (0, 1))
    ),
    "unextendible-not-orthogonal": changed(
        SHIFTS, put(*VECTORS, 1, 2, column(1, 2j)), "vectors 1 and 2 are not orthogonal"
    ),
    # (1, i) is not orthogonal to itself, as its entries' squares would say.
    "unextendible-orthogonal-if-not-conjugated": changed(
        COMPLETE, put(*VECTORS, 1, 0, column(1, 1j)), "vectors 0 and 1 are not orthogonal"
    ),
    "unextendible-the-same-vector-twice": changed(
        COMPLETE, append(*VECTORS, [column(1, 1j), column(1)]), "vectors 0 and 2 are not orthogonal"
    ),
    "exclusive-events-that-are-not": changed(
        EVENTS,
        put(*LIST, 2, "1 1 1|1 1 1"),
        "events 0 0 0|0 0 0 and 1 1 1|1 1 1 are not exclusive",
    ),
    "exclusive-events-of-different-inputs": changed(
        EVENTS, put(*LIST, ["0 0 0|0 0 0", "1 1 1|1 1 1"]), "are not exclusive"
    ),
    "exclusive-events-with-one-twice": changed(
        EVENTS, append(*LIST, "1 0 1|1 1 0"), "events 1 0 1|1 1 0 and 1 0 1|1 1 0 are not exclusive"
    ),
}

MALFORMED = {
    "product-bound-without-bound": changed(TWO_SQUARES, put(C, "bound", None), "needs one"),
    "product-bound-without-copies": changed(TWO_SQUARES, drop(*DATA, "copies"), "'copies' is missing"),
    "product-bound-of-no-parties": changed(
        TWO_SQUARES, put(*DATA, "dimensions", ""), "a dimension of at least 1"
    ),
    "product-bound-of-dimension-zero": changed(
        TWO_SQUARES, put(*DATA, "dimensions", "6 0"), "a dimension of at least 1"
    ),
    "product-bound-of-another-size": changed(
        TWO_SQUARES, put(*DATA, "dimensions", "2 2"), "needs 4 rows"
    ),
    "product-bound-of-too-few-copies": changed(
        TWO_SQUARES, put(*DATA, "copies", "1"), "at least 1 for each party"
    ),
    "product-bound-of-no-copy": changed(
        TWO_SQUARES, put(*DATA, "copies", "1 0"), "at least 1 for each party"
    ),
    "product-bound-of-no-relation": changed(TWO_SQUARES, put(*DATA, "relation", "="), "'=' is not"),
    "product-bound-of-more-copies": changed(
        TWO_SQUARES, put(*DATA, "copies", "2 1"), "2 given, the program has 3 blocks"
    ),
    "product-attained-without-bound": changed(ATTAINED, put(C, "bound", None), "needs one"),
    "product-attained-of-no-relation": changed(ATTAINED, put(*DATA, "relation", ">"), "'>' is not"),
    "product-attained-with-a-factor-less": changed(
        ATTAINED, drop(*DATA, "factors", 1), "a column for each party"
    ),
    "product-attained-with-a-row": changed(
        ATTAINED, put(*DATA, "factors", 0, matrix("1 0")), "a column for each party"
    ),
    "product-attained-with-nothing": changed(
        ATTAINED, put(*DATA, "factors", 0, column(0, 0)), "a vector vanishes"
    ),
    # Of norm 0 though its coefficients are not: ⟨α|W|α⟩ - β⟨α|α⟩ = 0 for every β.
    "product-attained-with-a-hidden-zero": changed(
        over(DOUBLE_ROOT, ATTAINED),
        together(
            put(*DATA, "dimensions", "2"),
            put(*DATA, "operator", unit(2)),
            put(*DATA, "factors", [HIDDEN_ZERO]),
            put(C, "bound", "-1000"),
        ),
        "a vector vanishes",
    ),
    "positive-map-with-a-bound": changed(POSITIVE, put(C, "bound", "0"), "has none"),
    "positive-map-with-three-copies": changed(
        POSITIVE, put(*DATA, "copies", "1 1 1"), "at least 1 for each party"
    ),
    "completely-positive-map-with-a-bound": changed(
        COMPLETELY_POSITIVE, put(C, "bound", "0"), "has none"
    ),
    "completely-positive-map-of-nothing": changed(
        COMPLETELY_POSITIVE, put(*DATA, "dimension", "0"), "dimensions of at least 1"
    ),
    "completely-positive-map-to-nothing": changed(
        COMPLETELY_POSITIVE, put(*DATA, "output", "-3"), "dimensions of at least 1"
    ),
    "completely-positive-map-of-another-size": changed(
        COMPLETELY_POSITIVE, put(*DATA, "output", "2"), "needs 4 rows"
    ),
    "indecomposable-map-with-a-bound": changed(INDECOMPOSABLE, put(C, "bound", "0"), "has none"),
    # x = 2, where the Choi map is 0.
    "indecomposable-map-by-a-state-of-value-zero": changed(
        INDECOMPOSABLE, put(*DATA, "state", hermitian(9, bound_entangled(2))), "tr(Jρ) is not negative"
    ),
    "indecomposable-map-by-nothing": changed(
        INDECOMPOSABLE, put(*DATA, "state", zero(9)), "tr(Jρ) is not negative"
    ),
    "unextendible-with-a-bound": changed(TILES, put(C, "bound", "5"), "has none"),
    "unextendible-of-no-parties": changed(TILES, put(*DATA, "dimensions", ""), "at least 1 for each"),
    "unextendible-of-dimension-zero": changed(
        TILES, put(*DATA, "dimensions", "3 0"), "at least 1 for each party"
    ),
    "unextendible-with-a-factor-less": changed(
        TILES, drop(*VECTORS, 0, 1), "a column for each party is needed"
    ),
    "unextendible-of-other-dimensions": changed(
        TILES, put(*DATA, "dimensions", "3 2"), "a column for each party is needed"
    ),
    "unextendible-with-nothing": changed(
        TILES, append(*VECTORS, [column(1, 2, 3), column(0, 0, 0)]), "a vector vanishes"
    ),
    "exclusive-events-with-a-bound": changed(EVENTS, put(C, "bound", "1"), "has none"),
    "exclusive-events-with-a-sum": changed(
        EVENTS, put(*LIST, 0, "0 0 _|0 0 _"), "an event of the scenario is needed"
    ),
    "exclusive-events-of-another-scenario": changed(
        EVENTS, put(*LIST, 0, "0 0 2|0 0 0"), "an event of the scenario is needed"
    ),
    "exclusive-events-without-bar": changed(EVENTS, put(*LIST, 0, "000"), "outcomes|inputs"),
    "exclusive-events-of-a-qubit": changed(
        EVENTS, put(*DATA, "scenario", "dimension", "2"), "a trusted system of dimension 1"
    ),
    "exclusive-events-of-a-trusted-input": changed(
        EVENTS,
        together(put(*DATA, "scenario", "trusted inputs", "1"), put(*LIST, [])),
        "a trusted system of dimension 1",
    ),
}

LONG = "9" * 100001
DECLINE = {
    "product-bound-of-too-large-a-system": changed(
        TWO_SQUARES, put(*DATA, "dimensions", "32 33"), "more than 1024 dimensions"
    ),
    "product-bound-of-too-many-parties": changed(
        TWO_SQUARES, put(*DATA, "dimensions", " ".join(["1"] * 1025)), "more than 1024 dimensions"
    ),
    "product-bound-of-too-many-copies": changed(
        TWO_SQUARES, put(*DATA, "copies", "1 9"), "more than 8 copies"
    ),
    # One-dimensional parties, each of which doubles the number of blocks.
    "product-bound-of-too-many-blocks": changed(
        TWO_SQUARES,
        together(
            put(*DATA, "copies", " ".join(["1"] * 12)),
            put(*DATA, "dimensions", " ".join(["1"] * 12)),
            put(*DATA, "operator", matrix("1")),
        ),
        "more than 1000 ways",
    ),
    "product-bound-of-too-many-entries": changed(
        TWO_SQUARES,
        together(
            put(*DATA, "dimensions", "2 2"),
            put(*DATA, "operator", unit(4)),
            put(*DATA, "copies", "8 8"),
        ),
        "blocks of 5749757 entries, at most 1000000",
    ),
    "product-bound-of-too-long-indices": changed(
        TWO_SQUARES,
        together(
            put(*DATA, "dimensions", "272"), put(*DATA, "operator", zero(272)), put(*DATA, "copies", "1")
        ),
        "blocks of 73984 entries, at most 73529",
    ),
    "product-attained-with-long-numbers": changed(
        ATTAINED,
        put(*DATA, "factors", 0, matrix("9" * 3000, "1", imaginary=("0", "1"))),
        "a product of numbers of",
    ),
    # e = a² - 2 is 0, and so is ae by its coefficients: ⟨α|W|α⟩ - (1 - 1000a)⟨α|α⟩ = 1000ae² = 0.
    "product-attained-with-what-may-be-zero": changed(
        over(REDUCIBLE, ATTAINED),
        together(
            put(*DATA, "dimensions", "2"),
            put(*DATA, "operator", unit(2)),
            put(*DATA, "factors", [{"denominator": "1", "real": ["-2", "0"], "real a^2": ["1", "0"]}]),
            put(C, "bound", ["1", "-1000"]),
        ),
        "sign",
    ),
    "completely-positive-map-too-large": changed(
        COMPLETELY_POSITIVE, put(*DATA, "dimension", "342"), "more than 1024 rows"
    ),
    "completely-positive-map-much-too-large": changed(
        COMPLETELY_POSITIVE, put(*DATA, "output", "9" * 5000), "more than 1024 rows"
    ),
    "decomposable-map-too-large": changed(
        DECOMPOSABLE,
        together(
            put(*DATA, "dimension", "27"), put(*DATA, "output", "19"), put(*DATA, "choi", zero(513))
        ),
        "more than 512 rows",
    ),
    "unextendible-over-a-field": changed(TILES, put(C, "field", ROOT2), "over Q(i)"),
    "unextendible-of-too-many-vectors": changed(
        COMPLETE, put(*VECTORS, [[]] * 65), "claim.data.vectors: more than 64"
    ),
    "unextendible-of-long-numbers": changed(
        COMPLETE, put(*VECTORS, 0, 0, matrix("1", "9" * 160)), "more than 512 bits"
    ),
    # 15 vectors in general position of two parties of dimension 8, with too many ways to part them.
    "unextendible-with-too-many-ways": existence(
        "unextendible-basis",
        {
            "dimensions": "8 8",
            "vectors": [[column(*(k**l for l in range(8)))] * 2 for k in range(1, 16)],
        },
        [],
    ),
    "exclusive-events-too-many": changed(
        EVENTS, put(*LIST, ["0 0 0|0 0 0"] * 1001), "claim.data.events: more than 1000"
    ),
    "exclusive-events-of-a-long-number": changed(
        EVENTS, put(*LIST, 0, f"{LONG} 0 0|0 0 0"), "100001 digits"
    ),
    "exclusive-events-of-several-bobs": changed(
        EVENTS,
        put(*DATA, "scenario", {"parties": ["2 2"] * 3, "dimensions": "1 1"}),
        "trusted parties",
    ),
}
