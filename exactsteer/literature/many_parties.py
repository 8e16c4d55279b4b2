"""Sainz, Postquantum steering in scenarios with multiple characterised parties,
arXiv:2604.07078 (2026)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..api import bound, noise_robustness, validate, value
from ..classification import member
from ..constructions.states import assemblage_of, white_noise
from ..constructions.witworld import witworld_assemblage, witworld_correlations
from ..exact.matrices import scaled, tensor
from ..exact.numbers import above, approximation, below
from ..inside import realise
from ..kernel.field import field_of
from ..kernel.matrix import Matrix, identity, matrix_of
from ..kernel.numbers import decimal_text
from ..parents import eigenvalue_tolerance, parent_box
from ..prover.prove import prove
from ..scenario import Elements, Label, Scenario, direct_sum
from ..statements import FunctionalRealised, LhsBound, Member, ProductBound, QuantumRealisation
from ..statements.hidden_states import LHS
from ..statements.no_signalling import NO_SIGNALLING
from ..statements.product_states import ProductSystem
from ..statements.realisation import Realisation, SectorState
from ..steering import Assemblage, Functional, PrintedAssemblage
from ..steering.assemblage import joint_field
from ..steering.files import elements_from_json
from ..steering.layouts import exact_real
from ..steering.maps import identity_map, transposition
from .examples import Z_AND_X, X, Z, chsh, ket, observable_measurement, pr_box, upb_witness
from .formalism import BREUER_HALL, MEASUREMENTS
from .postquantum_steering import table_1
from .rows import Evidence, Listener, half_unit, printed_data

PAPER = "Many characterised parties"
FOLDER = "many-parties"
LEVELS = ("1", "almost-quantum", "2")
QUBITS = (2, 2)
# Our own examples, by their amplitudes of |a b b'⟩ and |a a' b b'⟩. Found by a see-saw between the
# functional that an assemblage without parent violates best and the state that violates this functional
# best, an eigenvector; then integers near it, and a descent from these. The second Bob's states span
# |0⟩ and |1⟩ only, where the Breuer-Hall map transposes half of a state and spares the rest; so the
# transposition of a qubit, a decomposable map, will do as well, and better.
EXAMPLES_10 = {
    "simple": {"000": 1, "010": 1, "110": 1j, "111": 1},
    "robust": {"001": 1, "010": 1, "011": 2, "101": -1j, "110": -1j, "111": 2j},
}
EXAMPLES_11 = {
    "simple": {"0000": 1, "0110": 1, "1001": 1, "1111": 1j},
    "robust": {
        "0001": 2,
        "0011": -2,
        "0020": 1,
        "0021": -1,
        "1010": 2j,
        "1011": -2j,
        "1100": 1j,
        "1110": -1j,
        "1111": 1j,
    },
}
GRID = 10**9
EPSILON = Fraction(407, 5000)  # 0.0814, below the least ⟨αβγ|Π|αβγ⟩
QUBIT_MAPS = (identity_map(2), transposition(2))
QUQUART_MAPS = (identity_map(2), BREUER_HALL)  # Prop. 8, Eq. 19


def printed_example(number: int) -> PrintedAssemblage:
    """Example 7 or 9, the doubles that are printed as fractions."""
    data = printed_data(f"many-parties-example-{number}")
    given = {"scenario": data["scenario"], "assemblage": data["data"]["assemblage"]}
    return PrintedAssemblage.from_elements(*elements_from_json(given, "assemblage", f"example {number}"))


def with_bobs(alices: Assemblage, bobs: Sequence[int]) -> Assemblage:
    """The probabilities tr σ[a|x] of an assemblage, and the maximally mixed state for every Bob."""
    scenario = Scenario.with_bobs(alices.scenario.outcomes, bobs)
    mixed = [scaled(identity(size), Fraction(1, size)) for size in bobs]
    table = {
        label: direct_sum([scaled(state, matrix.trace()) for state in mixed])
        for label, matrix in alices.table.items()
    }
    return Assemblage.from_elements(scenario, table)


def beside(assemblage: Assemblage, bob: int) -> Assemblage:
    """An assemblage of one Bob, and a second Bob whose state is maximally mixed whatever happens."""
    scenario = Scenario.with_bobs(assemblage.scenario.outcomes, [assemblage.scenario.dimension, bob])
    table = {
        label: direct_sum([matrix, scaled(identity(bob), matrix.trace() * Fraction(1, bob))])
        for label, matrix in assemblage.table.items()
    }
    return Assemblage.from_elements(scenario, table)


def chsh_of_alices(bobs: Sequence[int]) -> Functional:
    """Σ (-1)^{a₁ + a₂ + x₁x₂} p(a₁a₂|x₁x₂), read off the first Bob."""
    alone = chsh(1)
    zeros = [scaled(identity(size), Fraction(0)) for size in bobs[1:]]
    elements: Elements = {
        label: direct_sum([scaled(identity(bobs[0]), matrix.trace()), *zeros])
        for label, matrix in alone.coefficients.items()
    }
    return Functional(Scenario.with_bobs(alone.scenario.outcomes, bobs), elements)


def of_alices(assemblage: Assemblage) -> Assemblage:
    """p(a|x), as an assemblage of a trusted system of dimension 1."""
    seen = assemblage.bob(0)
    table = {label: matrix_of([[matrix.trace()]]) for label, matrix in seen.table.items()}
    return Assemblage.from_elements(Scenario(seen.scenario.outcomes, 1), table)


def row_c1(listener: Listener) -> list[Evidence]:
    claim = "Example 5 (PR correlations of the Alices; the Bobs' states 1/2) is postquantum"
    listener(claim)
    answer = member(with_bobs(pr_box(1), QUBITS), listener=listener)
    return [Evidence.excluded("C1", PAPER, claim, answer, f"{FOLDER}/c1-example-5")]


def row_c2(listener: Listener) -> list[Evidence]:
    """Example 7: as printed, and exactly with ε = 0.0814."""
    printed = printed_example(7)
    nearest, shown = printed.nearest(), []
    witness = upb_witness(EPSILON)
    exact = assemblage_of(witness, [Z_AND_X], QUBITS)
    cases = (
        ("the assemblage nearest to the printed Example 7", nearest, "c2-printed"),
        ("the assemblage of O_W with ε = 0.0814", exact, "c2-example-7"),
    )
    for what, sigma, file in cases:
        claim = f"{what} is quantum: GHJW on an exact parent assemblage"
        listener(claim)
        proofs = {
            f"{FOLDER}/{file}-quantum.json": realise(sigma, listener=listener).proof,
            f"{FOLDER}/{file}-parent.json": prove(Member(sigma.scenario, NO_SIGNALLING, sigma.table)),
        }
        shown.append(Evidence("C2", PAPER, claim, "quantum", "proved", proofs))
    proof, radius = parent_box(nearest, listener)
    away = approximation(printed.distance(nearest))
    claim = (
        f"so is every valid assemblage within {decimal_text(radius, 6)} of the former, entry by entry"
    )
    remark = f"the former is {float(away):.1e} away from the printed one"
    shown.append(Evidence.shown("C2", PAPER, claim, "", proof, f"{FOLDER}/c2-box", remark))

    claim = "O_W with ε = 0.0814 is a state of Witworld: it is not negative on product states"
    listener(claim)
    system = ProductSystem((2, 2, 2), witness)
    block_positive = prove(ProductBound(system, (2, 1, 1), ">=", Fraction(0)))
    file = f"{FOLDER}/c2-witness"
    remark = "ε itself is enclosed in row B3"
    shown.append(Evidence.shown("C2", PAPER, claim, "", block_positive, file, remark))
    listener("the correlations of O_W in Witworld")
    behaviour = assemblage_of(tensor(witness, identity(1)), [Z_AND_X] * 3)
    claim = "the Bobs' and Alice's correlations p(abb'|xyy') on O_W, ε = 0.0814, are postquantum"
    answer = member(behaviour, listener=listener)
    postquantum = Evidence.excluded(
        "C2", PAPER, claim, answer, f"{FOLDER}/c2-correlations-postquantum", "Z and X of all three"
    )
    inequality = local_orthogonality(behaviour.scenario)
    claim = "p(000|000) + p(110|011) + p(011|101) + p(101|110) of these correlations"
    reached = Evidence.exact(
        "C2",
        PAPER,
        claim,
        "",
        value(inequality, behaviour),
        f"{FOLDER}/c2-local-orthogonality",
        "(1 - ε)/(1 - 2ε), with ε = 0.0814 below the true one",
    )
    limit = Evidence.enclosed(
        "C2",
        PAPER,
        "almost-quantum maximum of that sum; 1 by local orthogonality",
        "",
        bound(inequality, sense="max", listener=listener),
        f"{FOLDER}/c2-maximum",
    )
    return [*shown, postquantum, reached, limit]


def local_orthogonality(scenario: Scenario) -> Functional:
    """p(000|000) + p(110|011) + p(011|101) + p(101|110): exclusive events, so at most 1."""
    events = [((0, 0), (0, 0), (0, 0)), ((1, 0), (1, 1), (0, 1))]
    events += [((0, 1), (1, 0), (1, 1)), ((1, 1), (0, 1), (1, 0))]
    return Functional(scenario, {Label(event): identity(1) for event in events})


def row_c3(listener: Listener) -> list[Evidence]:
    printed = printed_example(9)
    claim = "Example 9, as printed: no parent assemblage, so postquantum"
    listener(claim)
    answer = member(printed, outer_set="no-signalling", listener=listener)
    away = printed.distance(printed.nearest())
    what = f"a valid one is {float(approximation(away)):.1e} away"
    excluded = Evidence.excluded("C3", PAPER, claim, answer, f"{FOLDER}/c3-example-9", what)
    claim = "the assemblage nearest to the printed Example 9"
    listener(claim)
    valid = validate(printed.nearest())
    file = f"{FOLDER}/c3-nearest-valid"
    return [excluded, Evidence.shown("C3", PAPER, claim, "valid", valid, file)]


def state_10(which: str) -> Matrix:
    return ket(EXAMPLES_10[which], (2, 2, 4))


def state_11(which: str) -> Matrix:
    return ket(EXAMPLES_11[which], (2, 2, 2, 4))


def example_10(which: str) -> Assemblage:
    """Our own "simple" or "robust" one, by the recipe of Example 10."""
    return witworld_assemblage(state_10(which), MEASUREMENTS[:1], QUQUART_MAPS)


def example_11(which: str) -> Assemblage:
    """Our own "simple" or "robust" one, by the recipe of Example 11."""
    return witworld_assemblage(state_11(which), MEASUREMENTS, QUQUART_MAPS)


def qubit_example() -> Assemblage:
    """Our simple Example 10 for two qubits, the second Bob's being transposed."""
    return witworld_assemblage(ket(EXAMPLES_10["simple"], (2, 2, 2)), MEASUREMENTS[:1], QUBIT_MAPS)


def beside_table_1() -> Assemblage:
    """Table I of Postquantum steering for one Bob, and a second Bob correlated with nobody."""
    return beside(table_1(), 2)


def row_c4(listener: Listener) -> list[Evidence]:
    evidence = []
    for which in EXAMPLES_10:
        evidence += _own_example("C4", 10, which, example_10(which), state_10(which), listener)
    claim = "the transposition of a qubit, in place of the Breuer-Hall map, has no parent assemblage"
    listener(claim)
    answer = member(qubit_example(), outer_set="no-signalling", listener=listener)
    file = f"{FOLDER}/c4-transposition-postquantum"
    what = "a decomposable map: with two Bobs these make postquantum assemblages"
    excluded = Evidence.excluded("C4", PAPER, claim, answer, file, what)
    claim, proof = "our qubit example is valid", validate(qubit_example())
    file, what = f"{FOLDER}/c4-transposition-valid", "that with the transposition"
    return [*evidence, Evidence.shown("C4", PAPER, claim, "", proof, file, what), excluded]


def row_c5(listener: Listener) -> list[Evidence]:
    evidence = []
    for which in EXAMPLES_11:
        evidence += _own_example("C5", 11, which, example_11(which), state_11(which), listener)
    return evidence


def _own_example(
    row: str, number: int, which: str, sigma: Assemblage, state: Matrix, listener: Listener
) -> list[Evidence]:
    """An example of our own by the recipe of the paper: valid, postquantum, quantum in Witworld."""
    start = f"{FOLDER}/{row.lower()}-{which}"
    own = f"our {which} Example {number}"
    listener(own)
    shown = [Evidence.shown(row, PAPER, f"{own} is valid", "", validate(sigma), f"{start}-valid")]
    claim = f"{own} has no parent assemblage, so it is postquantum"
    listener(claim)
    answer = member(sigma, outer_set="no-signalling", listener=listener)
    shown.append(Evidence.excluded(row, PAPER, claim, answer, f"{start}-postquantum"))
    claim = f"{own}, in Witworld: its correlations are quantum, the Bobs measuring Z, X and Z ⊗ Z, X ⊗ X"
    listener(claim)
    alices = MEASUREMENTS[: len(sigma.scenario.outcomes)]
    correlations = witworld_correlations(state, alices, QUQUART_MAPS, [Z_AND_X, (bases(Z), bases(X))])
    outcomes = tuple(tuple(map(len, inputs)) for (inputs,) in correlations.measurements)
    scenario = Scenario(outcomes, 1)
    behaviour = correlations.elements(scenario.labels())
    statement = QuantumRealisation(scenario, behaviour, correlations, joint_field(behaviour))
    remark = "and so for all measurements, by construction (Proposition 8)"
    file = f"{start}-correlations"
    shown.append(Evidence.shown(row, PAPER, claim, "quantum", prove(statement), file, remark))
    return shown


def bases(observable: Matrix) -> tuple[Matrix, ...]:
    """The four projectors of O ⊗ O on two qubits."""
    own = observable_measurement(observable)
    return tuple(tensor(first, second) for first in own for second in own)


class RobustExample(NamedTuple):
    """`printed` is the paper's robustness of the same assemblage, `remark` what else it prints."""

    name: str
    assemblage: Assemblage
    printed: Mapping[str, str]
    remark: str = ""


def robust_examples() -> list[RobustExample]:
    """Every example that we hold."""
    printed = printed_data("many-parties-robustness")["data"]["robustness"]
    remark = "the paper's own is robust to {}"
    examples = [RobustExample("Example 9 (ABB_1)", printed_example(9).nearest(), printed["ABB_1"])]
    for number, build, name in (10, example_10, "ABB_PTP_1"), (11, example_11, "AABB_PTP_1"):
        for which in EXAMPLES_10:
            own = f"our {which} Example {number}"
            theirs = remark.format(printed[name]["white"])
            examples.append(RobustExample(own, build(which), {}, theirs))
    remark = "1 - 2/√5 = 0.10557280900… lies there"
    return [*examples, RobustExample("our qubit example", qubit_example(), {}, remark)]


def noises(scenario: Scenario) -> dict[str, Assemblage]:
    """White noise; for two qubits and one Alice also what Z and X on GHZ and W states make."""
    found = {"white": white_noise(scenario)}
    if scenario.bobs == QUBITS and scenario.outcomes == ((2, 2),):
        ghz, w = {"000": 1, "111": 1}, {"001": 1, "010": 1, "100": 1}
        for name, state in ("GHZ", ghz), ("W", w):
            found[name] = assemblage_of(ket(state, (2, 2, 2)), [Z_AND_X], QUBITS)
    return found


def row_c6(listener: Listener) -> list[Evidence]:
    """Robustness r of Eqs. 24 and 25, as regards parents: 1 - visibility."""
    evidence = []
    for what, sigma, printed, remark in robust_examples():
        for noise, assemblage in noises(sigma.scenario).items():
            claim = f"robustness of {what} to {noise} noise"
            listener(claim)
            found = noise_robustness(sigma, assemblage, "no-signalling", listener=listener)
            file = f"{FOLDER}/c6-{slug(what)}-{noise.lower()}"
            text = printed.get(noise, "")
            evidence.append(Evidence.enclosed("C6", PAPER, claim, text, found, file, remark=remark))
    return evidence


def slug(name: str) -> str:
    return name.lower().partition(" (")[0].replace(" ", "-")


def row_c7(listener: Listener) -> list[Evidence]:
    """Tolerances λ of Appendix B, and the printed pairs against λ = -r/((1 - r)D)."""
    data = printed_data("many-parties-robustness")["data"]
    printed = {"Example 9 (ABB_1)": data["tolerance"]["ABB_1"]}
    evidence = []
    for what, sigma, *_ in robust_examples():
        claim = f"tolerance λ of {what}"
        listener(claim)
        t = eigenvalue_tolerance(sigma, listener=listener)
        found = t.negative()
        file = f"{FOLDER}/c7-{slug(what)}"
        evidence.append(Evidence.enclosed("C7", PAPER, claim, printed.get(what, ""), found, file))
    for name, text in data["tolerance"].items():
        evidence.append(_pair(name, data["robustness"][name]["white"], text))
    return evidence


def _pair(name: str, robustness: str, tolerance: str) -> Evidence:
    """Whether a printed r and a printed λ of the same assemblage can both be rounded from true ones."""
    alices, ququart = name.count("A", 0, 2), "PTP" in name
    size = 2**alices * (8 if ququart else 4)
    ends = [
        -r / ((1 - r) * size)
        for r in (Fraction(robustness) + sign * half_unit(robustness) for sign in (1, -1))
    ]
    near = [Fraction(tolerance) + sign * half_unit(tolerance) for sign in (-1, 1)]
    agree = ends[0] <= near[1] and near[0] <= ends[1]
    claim = f"printed tolerance of {name} against its printed robustness {robustness}"
    remark = f"λ = -r/((1 - r)D), D = {size}, lies between these; the pair " + (
        "agrees" if agree else "contradicts itself"
    )
    status = "proved" if agree else "refuted"
    lower, upper = below(ends[0], GRID), above(ends[1], GRID)
    return Evidence("C7", PAPER, claim, tolerance, status, {}, lower, upper, remark)


def row_c8(listener: Listener) -> list[Evidence]:
    """Theorem 12 and Definition 13: parents in a level of the hierarchy, where there are two Alices."""
    listener("value of CHSH on Example 5")
    functional = chsh_of_alices(QUBITS)
    evidence = [
        Evidence.exact(
            "C8",
            PAPER,
            "value of the Alices' CHSH on Example 5",
            "4",
            value(functional, with_bobs(pr_box(1), QUBITS)),
            f"{FOLDER}/c8-value",
            "the same whatever the Bobs' states: only p(a|x) enters",
        )
    ]
    for level in LEVELS:
        claim = f"maximum of the Alices' CHSH over assemblages with parents of level {level}"
        listener(claim)
        found = bound(functional, level, "max", listener=listener)
        status = "proved" if found.upper < 4 else "open"
        file = f"{FOLDER}/c8-level-{level}"
        evidence.append(Evidence.enclosed("C8", PAPER, claim, "< 4", found, file, status))

    sigma = beside_table_1()
    what = "Table I of Postquantum steering for one Bob, 1/2 for the other"
    claim = f"{what}: the conditions of Theorem 6 hold"
    listener(claim)
    joint = prove(Member(sigma.scenario, NO_SIGNALLING, sigma.table))
    alone = of_alices(sigma)
    alices = prove(Member(alone.scenario, LHS, alone.table))
    proofs = {f"{FOLDER}/c8-theorem-6-parent.json": joint, f"{FOLDER}/c8-theorem-6-alices.json": alices}
    remark = "an exact parent assemblage, and a local model of p(a|x)"
    evidence.append(Evidence("C8", PAPER, claim, "", "proved", proofs, remark=remark))
    claim = f"{what}: yet it is postquantum, by almost-quantum parents (Definition 13)"
    listener(claim)
    answer = member(sigma, listener=listener)
    file = f"{FOLDER}/c8-theorem-12"
    evidence.append(Evidence.excluded("C8", PAPER, claim, answer, file, "Theorem 6 does not see it"))
    claim = "robustness of our simple Example 11 to white noise, as regards almost-quantum parents"
    listener(claim)
    found = noise_robustness(example_11("simple"), listener=listener)
    file = f"{FOLDER}/c8-our-simple-example-11"
    evidence.append(Evidence.enclosed("C8", PAPER, claim, "", found, file))
    return evidence


def triplet() -> Matrix:
    """|Ψ⁺⟩⟨Ψ⁺| with Ψ⁺ = (|01⟩ + |10⟩)/√2."""
    half = [[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]]
    return scaled(matrix_of(half), Fraction(1, 2))


def row_c9(listener: Listener) -> list[Evidence]:
    """Proposition 16: Alice measures X or Z on her part of 1/2 ⊗ |Ψ⁺⟩⟨Ψ⁺|, the Bobs hold the rest."""
    alice = tuple(observable_measurement(o) for o in (X, Z))
    state = tensor(scaled(identity(2), Fraction(1, 2)), triplet())
    listener("the assemblage of Proposition 16 has an LHS model")
    sigma = assemblage_of(state, [alice], (2, 2))
    claim = "the assemblage of Proposition 16 has an LHS model (Definition 14)"
    model = prove(Member(sigma.scenario, LHS, sigma.table))
    shown = [Evidence.shown("C9", PAPER, claim, "yes", model, f"{FOLDER}/c9-lhs")]

    claim = "quantum theory explains it by 1/2 ⊗ |Ψ+><Ψ+|"
    listener(claim)
    quantum = Realisation(((alice,),), (SectorState((0,), state),))
    proof = prove(QuantumRealisation(sigma.scenario, sigma.table, quantum))
    shown.append(Evidence.shown("C9", PAPER, claim, "yes", proof, f"{FOLDER}/c9-quantum"))

    claim = "CHSH of the Bobs' correlations p(b|y) = 2 p(ab|xy) in that explanation"
    listener(claim)
    root = exact_real("sqrt(2)/2")
    # X ⊗ X is 1 and Z ⊗ Z is -1 on Ψ⁺: so (X - Z)/√2 first, then (X + Z)/√2.
    second = tuple(
        observable_measurement((scaled(X, root) + scaled(Z, sign * root)).reduced()) for sign in (-1, 1)
    )
    bobs = Realisation(((alice,), (second,)), (SectorState((0, 0), triplet()),))
    functional = chsh(1)
    reached = FunctionalRealised(
        functional.scenario, functional.coefficients, ">=", bobs, 4 * root, field_of(root)
    )
    violated = Evidence.exact("C9", PAPER, claim, "", prove(reached), f"{FOLDER}/c9-chsh", "2√2")
    local = LhsBound(functional.scenario, functional.coefficients, "<=", Fraction(2))
    claim = "CHSH of Bell-local correlations is at most"
    limit = Evidence.exact("C9", PAPER, claim, "2", prove(local), f"{FOLDER}/c9-local")
    return [*shown, violated, limit]


def row_c10(listener: Listener) -> list[Evidence]:
    claim = "p(a|x) of Example 5 has no quantum realisation, so the assemblage is postquantum"
    listener(claim)
    answer = member(pr_box(1), listener=listener)
    what = "whatever the states of the Bobs"
    return [Evidence.excluded("C10", PAPER, claim, answer, f"{FOLDER}/c10-example-5-correlations", what)]


ROWS = {
    "C1": row_c1,
    "C2": row_c2,
    "C3": row_c3,
    "C4": row_c4,
    "C5": row_c5,
    "C6": row_c6,
    "C7": row_c7,
    "C8": row_c8,
    "C9": row_c9,
    "C10": row_c10,
}
