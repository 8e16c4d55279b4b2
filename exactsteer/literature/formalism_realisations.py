"""A formalism for steering: pseudo-states, positive maps, Gleason assemblages, negativity."""

from __future__ import annotations

from fractions import Fraction

from ..constructions.gleason import bipartite_gleason, marginal_correlations
from ..constructions.maps import after_decomposable_map, correlations_after
from ..constructions.states import assemblage_of
from ..exact.matrices import maximally_entangled, scaled, tensor
from ..inside import povms_where_rational, pseudo_realisation
from ..kernel.matrix import Matrix, identity, matrix_of, steered
from ..kernel.numbers import decimal_text
from ..prover.negativity import bound_negativity, enclose_negativity
from ..prover.points import Journal
from ..prover.prove import Proof, prove
from ..prover.seesaw import Strategy
from ..scenario import Label, Scenario
from ..statements import PseudoRealisation, QuantumRealisation
from ..statements.realisation import Measurements, Realisation, SectorState
from ..statements.words import ALMOST_QUANTUM, word_set
from ..steering import Assemblage
from ..steering.layouts import float_matrix
from ..steering.maps import LinearMap, identity_map, reduction, transposition
from .examples import (
    Z_AND_X,
    Y,
    observable_measurement,
    pr_box,
    upb_projector,
    upb_witness,
)
from .formalism import (
    BREUER_HALL,
    DIAGONAL,
    FOLDER,
    MEASUREMENTS,
    PAPER,
    SCENARIO,
    assemblage,
    quantum_realisation,
)
from .postquantum_steering import table_1
from .rows import Evidence, Listener

EPSILON = Fraction(2, 25)  # of Example 7, a little less than the least overlap, about 0.0814
NEGATIVITY_TOLERANCE = Fraction(1, 10**9)
ROUNDS = 8  # of the search for a pseudo-state of the assemblage of Sec. 5.2
PAULI: Measurements = (*Z_AND_X, observable_measurement(Y))


def quantum(sigma: Assemblage, realisation: Realisation) -> Proof:
    return prove(QuantumRealisation(sigma.scenario, sigma.table, realisation, sigma.field))


def row_b1(listener: Listener) -> list[Evidence]:
    cases = [
        ("Table I of Postquantum steering", "table-1", table_1()),
        ("the PR box with a qubit", "pr-box", pr_box(2)),
    ]
    evidence = []
    for name, file, sigma in cases:
        claim = f"{name} has a pseudo-LHS model, affine in local preparations"
        listener(claim)
        proof = pseudo_realisation(sigma)
        what = "Theorem 5 and Lemma 3, with the hidden variables of equal response merged"
        evidence.append(Evidence.shown("B1", PAPER, claim, "it has", proof, f"{FOLDER}/b1-{file}", what))
    return evidence


def row_b2(listener: Listener) -> list[Evidence]:
    claim = "the assemblage of Sec. 5.2 comes from POVMs on a unit-trace Hermitian operator"
    listener(claim)
    proof = pseudo_realisation(assemblage())
    what = "the operator and POVMs of Theorem 6, over Q(√2)(i)"
    return [Evidence.shown("B2", PAPER, claim, "it does", proof, f"{FOLDER}/b2-section-5", what)]


def gleason_example() -> Assemblage:
    """Example 7, Eq. 26, with e = + and ε = 2/25."""
    return assemblage_of(upb_witness(EPSILON), [Z_AND_X, Z_AND_X])


def row_b4(listener: Listener) -> list[Evidence]:
    claim = "the correlations of the two Alices of Example 7 are quantum"
    listener(claim)
    marginal = last_qubit_traced(upb_witness(EPSILON))
    realisation = povms_where_rational(marginal_correlations(marginal, Z_AND_X, Z_AND_X))
    scenario = Scenario(((2, 2), (2, 2)), 1)
    sigma = gleason_example()
    table = {label: matrix_of([[matrix.trace()]]) for label, matrix in sigma.table.items()}
    proof = quantum(Assemblage.from_elements(scenario, table), realisation)
    what = "Remark 8, for e = + and ε = 2/25 (that W is a witness for this ε belongs to row B3)"
    return [Evidence.shown("B4", PAPER, claim, "quantum", proof, f"{FOLDER}/b4-example-7", what)]


def last_qubit_traced(operator: Matrix) -> Matrix:
    return LinearMap(identity(2), 2).on_last(operator)


def row_b6(listener: Listener) -> list[Evidence]:
    """Decomposable maps on the quantum assemblage of Sec. 5.2, and Bell correlations of its image."""
    given, nothing = quantum_realisation(), identity_map(4).times(Fraction(0))
    half = Fraction(1, 2)
    cases = [
        ("transposition", "transposition", nothing, identity_map(4)),
        (
            "half the identity plus half the reduction map",
            "reduction",
            identity_map(4).times(half),
            reduction(4).then_transposed().times(half),
        ),
    ]
    evidence = []
    for name, file, first, second in cases:
        claim = f"the quantum assemblage of Sec. 5.2 stays quantum under a decomposable map: {name}"
        listener(claim)
        decomposable = first + second.then_transposed()
        elements = given.elements(SCENARIO.labels())
        sigma = Assemblage.from_elements(
            SCENARIO, {label: decomposable(matrix) for label, matrix in elements.items()}
        )
        proof = quantum(sigma, after_decomposable_map(given, first, second))
        evidence.append(
            Evidence.shown("B6", PAPER, claim, "quantum", proof, f"{FOLDER}/b6-{file}", "Eq. 30")
        )

    claim = "measured in two product bases, the assemblage of Sec. 5.2 gives quantum correlations"
    listener(claim)
    bases = tuple(tuple(tensor(first, second) for first in own for second in own) for own in Z_AND_X)
    scenario = Scenario((*SCENARIO.outcomes, (4, 4)), 1)
    realisation = correlations_after(given, BREUER_HALL, bases)
    elements = assemblage().table
    table = {}
    for label in scenario.labels():
        *alices, bob = label.parties
        b, y = bob or (0, 0)
        table[label] = steered(bases[y][b], elements[Label(tuple(alices))]).reduced()
    sigma = Assemblage.from_elements(scenario, table)
    proof = quantum(sigma, realisation)
    what = "Bob measures Λ†[N] on the quantum assemblage, Eq. 29; the assemblage is postquantum (row B7)"
    evidence.append(
        Evidence.shown("B6", PAPER, claim, "quantum", proof, f"{FOLDER}/b6-correlations", what)
    )
    return evidence


def row_b11(listener: Listener) -> list[Evidence]:
    evidence = []
    witnesses = [
        ("the swap operator", "swap", scaled(transposition(2).choi, Fraction(1, 2)), PAULI, 2),
        (
            "the Breuer-Hall map on half of a maximally entangled state",
            "breuer-hall",
            scaled(BREUER_HALL.choi, Fraction(1, 4)),
            tuple(tuple(tensor(a, b) for a in own for b in own) for own in PAULI),
            4,
        ),
    ]
    for name, file, witness, measurements, dimension in witnesses:
        claim = f"a bipartite Gleason assemblage is quantum: measurements of the witness from {name}"
        listener(claim)
        sigma = assemblage_of(witness, [measurements])
        realisation = povms_where_rational(bipartite_gleason(witness, measurements))
        proof = quantum(sigma, realisation)
        what = f"dimension {dimension} × {dimension}"
        evidence.append(
            Evidence.shown("B11", PAPER, claim, "quantum", proof, f"{FOLDER}/b11-{file}", what)
        )
    return evidence


def printed_strategy(measurements: tuple[Measurements, ...]) -> Strategy:
    """Measurements for the search of a pseudo-state to start with."""
    floating = [
        [[float_matrix(effect) for effect in effects] for effects in own] for own in measurements
    ]
    return Strategy(float_matrix(matrix_of([[1]])), floating, [])


def pr_box_pseudo_state() -> PseudoRealisation:
    """The PR box as (1 + ν)σ₊ - νσ₋ with ν = (√2 - 1)/2, over Q(√2).

    Both parts are CHSH-optimal measurements of two qubits in |00⟩ + |11⟩, the second Alice's outcomes
    being exchanged for σ₋: correlations ±1/√2, and (1 + 2ν)/√2 = 1.
    """
    second = MEASUREMENTS[1]
    exchanged = tuple((minus, plus) for plus, minus in second)
    sigma = pr_box(1)
    nu = (DIAGONAL.entry(0, 0)[0] * 2 - 1) * Fraction(1, 2)
    entangled = scaled(maximally_entangled(2), Fraction(1, 2))
    plus, minus = (scaled(entangled, weight) for weight in (1 + nu, nu))
    return PseudoRealisation(
        sigma.scenario,
        sigma.table,
        Realisation(((Z_AND_X,), (second, exchanged)), (SectorState((0, 0), plus),)),
        (SectorState((0, 1), minus),),
        nu,
        DIAGONAL.field,
    )


def row_b10(listener: Listener) -> list[Evidence]:
    evidence = []
    listener("negativity of the PR box")
    exact = pr_box_pseudo_state()
    lower, below = almost_quantum_bound(pr_box(1), listener)
    evidence.append(
        Evidence(
            "B10",
            PAPER,
            "negativity ν of the PR box (times any fixed state)",
            "",
            "proved",
            {
                f"{FOLDER}/b10-pr-box-lower.json": below,
                f"{FOLDER}/b10-pr-box-upper.json": prove(exact),
            },
            lower,
            exact.bound,
            "the upper end, (√2 - 1)/2, is reached by a pseudo-state over Q(√2)",
        )
    )
    listener("negativity of the Gleason assemblage of Example 7")
    example = gleason_pseudo_state()
    lower, below = almost_quantum_bound(gleason_example(), listener)
    evidence.append(
        Evidence(
            "B10",
            PAPER,
            f"negativity ν of the assemblage of Example 7, e = +, ε = {decimal_text(EPSILON, 2)}",
            "",
            "proved",
            {
                f"{FOLDER}/b10-example-7-lower.json": below,
                f"{FOLDER}/b10-example-7-upper.json": prove(example),
            },
            lower,
            example.bound,
            "the upper end, ε/(1 - 2ε), is that of the witness itself",
        )
    )
    claim = "negativity ν of the assemblage of Sec. 5.2"
    listener(claim)
    sigma, printed = assemblage(), printed_strategy(MEASUREMENTS)
    found = enclose_negativity(
        sigma,
        word_set(sigma.scenario, ALMOST_QUANTUM),
        NEGATIVITY_TOLERANCE,
        Journal(listener),
        None,
        [printed],
        ROUNDS,
    )
    remark = "below by the almost-quantum set, above by measurements of an exact pseudo-state"
    evidence.append(
        Evidence.enclosed("B10", PAPER, claim, "", found, f"{FOLDER}/b10-section-5", remark=remark)
    )
    return evidence


def almost_quantum_bound(sigma: Assemblage, listener: Listener) -> tuple[Fraction, Proof]:
    words = word_set(sigma.scenario, ALMOST_QUANTUM)
    return bound_negativity(sigma, words, NEGATIVITY_TOLERANCE, Journal(listener))


def gleason_pseudo_state() -> PseudoRealisation:
    """W = (1 - ε)Π/(4 - 8ε) - ε(1 - Π)/(4 - 8ε), of negativity ε/(1 - 2ε), measured by the Alices."""
    sigma, over = gleason_example(), 1 / (4 - 8 * EPSILON)
    minus = scaled((identity(8) - upb_projector()).reduced(), EPSILON * over)
    plus = scaled(upb_projector(), (1 - EPSILON) * over)
    return PseudoRealisation(
        sigma.scenario,
        sigma.table,
        Realisation(((Z_AND_X,), (Z_AND_X,)), (SectorState((0, 0), plus),)),
        (SectorState((0, 0), minus),),
        EPSILON / (1 - 2 * EPSILON),
    )


ROWS = {"B1": row_b1, "B2": row_b2, "B4": row_b4, "B6": row_b6, "B10": row_b10, "B11": row_b11}
