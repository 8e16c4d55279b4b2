"""Sainz, Brunner, Cavalcanti, Skrzypczyk, Vértesi, Postquantum Steering, PRL 115, 190403 (2015)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from ..api import bound, validate, value, visibility
from ..classical import bell_local
from ..classification import member
from ..constructions.directions import polygon
from ..exact.matrices import of_entries, scaled
from ..exact.numbers import above, approximation
from ..inside import realise
from ..kernel.field import Number, common_field, sign
from ..kernel.matrix import congruence, matrix_of
from ..kernel.numbers import decimal_text
from ..prover.prove import exclude
from ..scenario import Elements, Label, Scenario
from ..statements import BoxExcluded
from ..statements.hidden_states import LHS
from ..statements.projective import measured_elements, measured_scenario
from ..statements.words import ALMOST_QUANTUM
from ..steering import Assemblage, Functional
from ..steering.bloch import bloch_vector, bloch_vectors, qubit_operator
from ..steering.layouts import exact_hermitian, exact_real
from .examples import X, Y, Z, i3322, observable_measurement, pr_box, random_functional
from .formalism import assemblage as formalism_assemblage
from .rows import Evidence, Listener, printed_data, upward

PAPER = "Postquantum steering"
FOLDER = "postquantum-steering"
SCENARIO = Scenario(outcomes=((2, 2), (2, 2)), dimension=2)
HALF_DIGIT = Fraction(5, 10**5)  # the tables print four decimals
PRINTED_VALUE, PRINTED_MINIMUM = "-0.520495", "-0.508417"


def symmetric_elements(entries: dict[str, Any], reduced: str, marginal: str, joint: str) -> Elements:
    """Collins-Gisin elements of a table that is symmetric under exchange of Bob and Charlie.

    The arguments are the table's names: of the reduced state, of the marginal of one setting, and
    of the joint element of two settings, of which only y ≥ z is printed (Appendix E).
    """
    elements: Elements = {}
    for label in SCENARIO.collins_gisin_labels():
        settings = sorted((part[1] for part in label.parties if part is not None), reverse=True)
        name = (reduced, marginal, joint)[len(settings)].format(*settings)
        elements[label] = exact_hermitian(entries[name], SCENARIO.dimension, name)
    return elements


def table_1() -> Assemblage:
    """Table I, every entry as printed."""
    entries = printed_data("postquantum-steering-tables")["data"]["assemblage_minimal"]
    elements = symmetric_elements(entries, "rho_A", "sigma^B_0|{}", "sigma_00|{}{}")
    return Assemblage.from_elements(SCENARIO, elements)


def table_2() -> Functional:
    """Table II, every entry as printed."""
    entries = printed_data("postquantum-steering-tables")["data"]["F_minimal"]
    return Functional(SCENARIO, symmetric_elements(entries, "F^A", "F^B_{}", "F_{}{}"))


def rounding_spread(functional: Functional, assemblage: Assemblage) -> Fraction:
    """How far F(σ) can move while every entry of F and σ rounds to the same printed decimals.

    |Σ tr(F'σ') - Σ tr(Fσ)| ≤ Σ h(|F_rc| + |σ_rc|) + h² over all real entries, h = half a digit.
    """
    total = Fraction(0)
    for label, matrix in functional.coefficients.items():
        element = assemblage.marginal(label)
        for row in range(SCENARIO.dimension):
            for column in range(SCENARIO.dimension):
                numbers = (matrix.entry(row, column)[0], element.entry(row, column)[0])
                size = sum(abs(approximation(n)) for n in numbers)
                total += HALF_DIGIT * (size + HALF_DIGIT)
    return total


def of_first_party(assemblage: Assemblage) -> Assemblage:
    """The bipartite assemblage that is left when every other party is summed over."""
    scenario = Scenario(assemblage.scenario.outcomes[:1], assemblage.scenario.dimension)
    others = (None,) * (len(assemblage.scenario.outcomes) - 1)
    table = {label: assemblage.marginal(Label((*label.parties, *others))) for label in scenario.labels()}
    return Assemblage.from_elements(scenario, table)


def singular_example() -> Assemblage:
    """Three Pauli measurements of a qubit that is embedded in a qutrit by a complex 3×2 matrix V."""
    embedding = matrix_of([[1, 0], [1, 1], [0, 0]], [[0, 0], [0, 0], [0, 1]])
    scenario, table = Scenario(((2, 2, 2),), 3), {}
    for x, observable in enumerate((X, Y, Z)):
        for a, effect in enumerate(observable_measurement(observable)):
            table[Label(((a, x),))] = scaled(congruence(embedding, effect), Fraction(1, 4))
    return Assemblage.from_elements(scenario, table)


def row_a1(listener: Listener) -> list[Evidence]:
    cases = [
        ("Bob's part of Table I", "table-1", of_first_party(table_1()), "POVMs over Q"),
        (
            "a qutrit with a singular reduced state",
            "singular",
            singular_example(),
            "POVMs over Q(i)",
        ),
        (
            "the first Alice's part of Sec. 5.2 of A formalism for steering",
            "number-field",
            of_first_party(formalism_assemblage()),
            "POVMs over Q(√2)(i)",
        ),
    ]
    evidence = []
    for name, file, sigma, what in cases:
        claim = f"a bipartite no-signalling assemblage is quantum (GHJW): {name}"
        listener(claim)
        proof = realise(sigma).proof
        evidence.append(
            Evidence.shown("A1", PAPER, claim, "quantum", proof, f"{FOLDER}/a1-{file}", what)
        )
    return evidence


def row_a3(listener: Listener) -> list[Evidence]:
    listener("Table I is a valid assemblage")
    proof = validate(table_1())
    claim = "Table I is a valid assemblage"
    name = f"{FOLDER}/a3-table-1-valid.json"
    return [Evidence("A3", PAPER, claim, "valid", "proved", {name: proof})]


def row_a4(listener: Listener) -> list[Evidence]:
    sigma, functional = table_1(), table_2()

    listener("value of Tables I and II")
    spread = upward(rounding_spread(functional, sigma))
    at_value = Evidence.exact(
        "A4",
        PAPER,
        "value of the functional of Table II on Table I",
        PRINTED_VALUE,
        value(functional, sigma),
        f"{FOLDER}/a4-value",
        f"tables that round to the printed ones have values up to {spread} away",
    )

    listener("almost-quantum minimum of Table II")
    # Σ_rc |σ_rc| ≤ d·tr σ ≤ d for each element: how far rounding F can move the minimum.
    spread = upward(HALF_DIGIT * SCENARIO.dimension * len(functional.coefficients))
    at_minimum = Evidence.enclosed(
        "A4",
        PAPER,
        "almost-quantum minimum of the functional of Table II",
        PRINTED_MINIMUM,
        bound(functional, listener=listener),
        f"{FOLDER}/a4-minimum",
        remark=f"functionals that round to the printed one have minima up to {spread} away",
    )

    claim = "every valid assemblage that rounds to Table I is postquantum"
    listener(claim)
    answer = member(sigma, radius=HALF_DIGIT, listener=listener)
    strong = Evidence.excluded("A4", PAPER, claim, answer, f"{FOLDER}/a4-table-1-postquantum")
    return [at_value, at_minimum, strong]


def row_a2(listener: Listener) -> list[Evidence]:
    claim = "the PR box times any fixed state is postquantum"
    listener(claim)
    evidence = []
    # The traces of an almost-quantum assemblage are almost-quantum correlations, so the scalar
    # claim covers every state; the second one is about a state by itself.
    for name, sigma in (("correlations", pr_box(1)), ("qubit", pr_box(2))):
        answer = member(sigma, listener=listener)
        what = "its correlations alone" if name == "correlations" else "with the state 1/2 of a qubit"
        file = f"{FOLDER}/a2-pr-box-{name}"
        evidence.append(Evidence.excluded("A2", PAPER, claim, answer, file, what))

    claim = "visibility up to which the PR box times 1/2, mixed with white noise, is almost quantum"
    listener(claim)
    found = visibility(pr_box(2), listener=listener)
    status = "proved" if found.lower**2 <= Fraction(1, 2) <= found.upper**2 else "corrected"
    file, remark = f"{FOLDER}/a2-visibility", "1/√2 lies between, exactly"
    evidence.append(Evidence.enclosed("A2", PAPER, claim, "1/√2", found, file, status, remark))
    claim, proof = "the PR box times 1/2 is a valid assemblage", validate(pr_box(2))
    return [*evidence, Evidence.shown("A2", PAPER, claim, "valid", proof, f"{FOLDER}/a2-pr-box-valid")]


def row_a9(listener: Listener) -> list[Evidence]:
    """Optima over larger and larger sets of words."""
    cases: list[tuple[str, str, Functional, Literal["min", "max"], tuple[str, ...]]]
    cases = [
        ("Table II", "a9-table-2", table_2(), "min", ("1", ALMOST_QUANTUM, "2", "3")),
        ("I3322", "a9-i3322", i3322(), "max", ("1", ALMOST_QUANTUM, "2")),
        ("a random functional", "a9-random", random_functional(SCENARIO, 1), "min", ("1", "2")),
    ]
    evidence = []
    for name, file, functional, sense, levels in cases:
        sign = 1 if sense == "min" else -1
        before = None
        for level in levels:
            claim = f"{sense}imum of {name} over level {level}"
            listener(claim)
            found = bound(functional, level, sense, listener=listener)
            # No level allows less than the one before: certain from the two enclosures.
            near, far = (found.lower, found.upper)[::sign]
            monotone = before is None or sign * before <= sign * far
            before = near
            status = "proved" if monotone else "open"
            path = f"{FOLDER}/{file}-{level}"
            evidence.append(Evidence.enclosed("A9", PAPER, claim, "", found, path, status))
    return evidence


# Six directions 13/625 (x, z): ±m are the vertices of a polygon around the unit circle.
SIX = tuple(
    (Fraction(13 * x, 625), Fraction(13 * z, 625))
    for x, z in ((47, 17), (32, 38), (9, 49), (-17, 47), (-38, 32), (-49, 9))
)
NINE = (9, 0.31416, 100)  # of a regular polygon: axes, angle, grid


def printed_directions() -> tuple[tuple[Number, Number], ...]:
    """The four directions at kπ/4, divided by cos(π/8), over Q(a) with a = 1/cos(π/8) = √(4 - 2√2)."""
    a = exact_real("sqrt(4-2*sqrt(2))")
    half_root = (4 - a * a) * Fraction(1, 4)  # √2/2
    return ((a, Fraction(0)), (a * half_root,) * 2, (Fraction(0), a), (-a * half_root, a * half_root))


def row_a5(listener: Listener) -> list[Evidence]:
    sigma = table_1()
    claim = "Table I, un-noised, is Bell-local for the four directions of the paper"
    listener(claim)
    directions = printed_directions()
    behaviour = measured_elements(sigma.scenario, sigma.independent(), directions)
    after = measured_scenario(sigma.scenario, directions)
    field = common_field(matrix.field for matrix in behaviour.values())
    exclusion = exclude(BoxExcluded(after, LHS, behaviour, Fraction(0), field))
    # A probability ½(tr σ ± m·r) moves by at most h(1 + |m_x| + |m_z|), h being half a digit.
    spread = upward(HALF_DIGIT * (1 + 2 * above(directions[1][0], 10**6)))
    near = decimal_text(exclusion.radius, 6)
    refuted = Evidence.shown(
        "A5",
        PAPER,
        claim,
        "local",
        exclusion.proof,
        f"{FOLDER}/a5-four-directions",
        f"no local behaviour within {near} of it; rounding the table moves it by at most {spread}",
        "refuted",
    )
    claim = "Table I is Bell-local for all projective measurements"
    listener(claim)
    six = bell_local(sigma, SIX)
    remark = "by six directions 13/625 (47, 17), (32, 38), (9, 49), (-17, 47), (-38, 32), (-49, 9)"
    local = Evidence.shown("A5", PAPER, claim, "local", six, f"{FOLDER}/a5-table-1-local", remark)
    claim = "so is every valid real assemblage that rounds to Table I"
    listener(claim)
    strong = bell_local(sigma, polygon(*NINE), radius=HALF_DIGIT)
    remark = "by nine directions, at the corners of a hull of the box"
    file = f"{FOLDER}/a5-table-1-box-local"
    return [refuted, local, Evidence.shown("A5", PAPER, claim, "local", strong, file, remark)]


def qutrit_extension(assemblage: Assemblage) -> Assemblage:
    """σ' = σ/3 + (2/3) tr[σ] |2⟩⟨2|, Eq. 7."""
    third = Fraction(1, 3)
    table = {}
    for label, matrix in assemblage.table.items():
        part, weight, zero = scaled(matrix, third), 2 * third * matrix.trace(), (Fraction(0),) * 2
        rows = [[part.entry(r, c) for c in range(2)] + [zero] for r in range(2)]
        table[label] = of_entries([*rows, [zero, zero, (weight, Fraction(0))]])
    return Assemblage.from_elements(Scenario(assemblage.scenario.outcomes, 3), table)


def row_a6(listener: Listener) -> list[Evidence]:
    sigma = qutrit_extension(table_1())
    claim = "the qutrit extension of Table I (Eq. 7) is Bell-local for all POVMs"
    listener(claim)
    remark = "its filtered qubit part, times 3, is Table I"
    file = f"{FOLDER}/a6-qutrit-local"
    local = Evidence.shown("A6", PAPER, claim, "local", bell_local(sigma, SIX), file, remark)
    claim = "the qutrit extension of Table I is postquantum"
    listener(claim)
    answer = member(sigma, listener=listener)
    file = f"{FOLDER}/a6-qutrit-postquantum"
    return [local, Evidence.excluded("A6", PAPER, claim, answer, file)]


# Table I with a fifth decimal, in units of 1e-5: entries 00, 11, 01 of ρ, σ^B_0|0, σ^B_0|1, σ_00|00,
# σ_00|10, σ_00|11. Found by a linear program: within 4e-5 of the printed entries, all Bloch vectors as
# far as possible within cos(π/8) of their circles.
FIFTH_DIGIT = (
    (36664, 63336, -8964),
    (14636, 16004, -11140),
    (28506, 24726, -5864),
    (13604, 13604, -12566),
    (8026, 9816, -5234),
    (25546, 7087, -11916),
)
SHRINKING = Fraction(923879, 10**6)  # below cos(π/8) = 0.9238795…


def table_1_with_fifth_digit() -> Assemblage:
    """A valid assemblage that rounds to Table I."""
    names = ("rho_A", "sigma^B_0|0", "sigma^B_0|1", "sigma_00|00", "sigma_00|10", "sigma_00|11")
    unit = Fraction(1, 10**5)
    entries = {
        name: [[a * unit, b * unit], [b * unit, d * unit]]
        for name, (a, d, b) in zip(names, FIFTH_DIGIT, strict=True)
    }
    elements = symmetric_elements(entries, "rho_A", "sigma^B_0|{}", "sigma_00|{}{}")
    return Assemblage.from_elements(SCENARIO, elements)


def longer_than_shrunk(assemblage: Assemblage) -> int:
    """How many elements of a qubit have |r| > cos(π/8) tr σ, r being the Bloch vector."""
    square = exact_real("1/2+sqrt(2)/4")  # cos²(π/8)
    vectors = (bloch_vector(matrix) for matrix in assemblage.table.values())
    return sum(sign(v.length_squared - square * v.trace * v.trace) > 0 for v in vectors)


def stretched(assemblage: Assemblage, factor: Fraction) -> Assemblage:
    """All Bloch vectors divided by the factor, the probabilities kept: Eq. 40, undone.

    InputError if a vector becomes longer than its circle.
    """
    times = 1 / factor
    table = {
        label: qubit_operator(v._replace(x=v.x * times, y=v.y * times, z=v.z * times))
        for label, v in bloch_vectors(assemblage.scenario, assemblage.table)[0].items()
    }
    return Assemblage.from_elements(assemblage.scenario, table)


def row_a8(listener: Listener) -> list[Evidence]:
    """Fig. 1: circles of radius tr σ around the origin, and the Bloch vectors in them."""
    listener("Fig. 1 from exact data")
    sigma, fifth = table_1(), table_1_with_fifth_digit()
    drawn = Evidence.shown(
        "A8",
        PAPER,
        "Fig. 1: each Bloch vector lies in its circle of radius p(bc|yz), and those of any settings "
        "y, z add up to the reduced state's",
        "Fig. 1",
        validate(sigma),
        f"{FOLDER}/a3-table-1-valid",
        "coordinates (tr Xσ, tr Zσ), exactly; the picture is drawn from this claim",
    )
    longer = longer_than_shrunk(sigma)
    refuted = f"{longer} of the 16 printed vectors are longer than cos(π/8) times their circle"
    shrunk = Evidence.shown(
        "A8",
        PAPER,
        "Fig. 1 is a valid assemblage with its Bloch vectors shortened, to cos(π/8) or less (Eq. 40)",
        "cos(π/8)",
        validate(stretched(fifth, SHRINKING)),
        f"{FOLDER}/a8-stretched",
        f"up to rounding: {refuted}; with a fifth decimal none is, and stretched by "
        f"1/{decimal_text(SHRINKING, 6)} they are valid",
    )
    return [drawn, shrunk]


ROWS = {
    "A1": row_a1,
    "A2": row_a2,
    "A3": row_a3,
    "A4": row_a4,
    "A5": row_a5,
    "A6": row_a6,
    "A8": row_a8,
    "A9": row_a9,
}
