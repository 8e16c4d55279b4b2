"""Sainz, Aolita, Brunner, Gallego, Skrzypczyk, Classical communication cost of quantum steering,
PRA 94, 012308 (2016)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from ..api import bound
from ..classical import robustness
from ..constructions.approximation import (
    least_error_with_randomness,
    messages_with_randomness,
    messages_without_randomness,
    result_4_bits,
)
from ..constructions.bases import (
    anticommuting_pauli_strings,
    mutually_unbiased_bases,
    root_of_dimension,
)
from ..constructions.communication import Protocol, antisymmetric_simulation, lhs_mixture
from ..constructions.directions import icosahedron
from ..constructions.states import (
    antisymmetric,
    assemblage_of,
    exact_visibility,
    isotropic,
    orthonormal_bases,
    projective,
    pure_entangled,
)
from ..exact.logarithms import log2_enclosure
from ..exact.matrices import adjoint, mixture, scaled
from ..exact.numbers import divide
from ..kernel.field import Field, Number, Q, field_of
from ..kernel.matrix import identity, times_adjoint, transpose
from ..kernel.numbers import decimal_text
from ..prover.points import Journal
from ..prover.prove import Enclosure, point_inside, prove, prove_at
from ..scenario import Label, Scenario
from ..statements import (
    AnticommutingRobustness,
    MessagesByNullity,
    MessagesByPurity,
    OverlapBound,
    OverlapRobustness,
    ProjectiveLocal,
)
from ..statements.overlaps import OverlapInequality, Weighted
from ..statements.quantifiers import messages_needed
from ..steering import Assemblage, Functional
from ..steering.layouts import exact_real
from .examples import X, Y, Z, observable_measurement
from .rows import Evidence, Listener

PAPER = "Classical communication cost of quantum steering"
FOLDER = "communication-cost"
ENUMERATED = (2, 3, 4)  # dimensions whose d^(d+1) strategies are all checked
PRIME_POWERS = (2, 3, 4, 5, 7, 8, 9)


def row_e1(listener: Listener) -> list[Evidence]:
    cases = [(200, (3, 2)), (60, (3, 2, 1))]
    evidence = []
    for count, amplitudes in cases:
        d = len(amplitudes)
        state = " + ".join(f"{c}|{k}{k}>" for k, c in enumerate(amplitudes))
        claim = f"messages that simulate {count} measurements on {state} (normalised)"
        listener(claim)
        bases = orthonormal_bases(d, count)
        sigma = assemblage_of(pure_entangled(amplitudes), [tuple(map(projective, bases))])
        proof = prove(MessagesByPurity(sigma.scenario, sigma.table, Fraction(count)))
        file = f"{FOLDER}/e1-pure-{d}"
        remark = f"no fewer, and {count} suffice: the cost is log2 N bits for every N"
        evidence.append(Evidence.exact("E1", PAPER, claim, "", proof, file, remark))
    return evidence


def row_e2(listener: Listener) -> list[Evidence]:
    """Any d - 1 measurements have one model, so the cost is exactly N/(d - 1), rounded up."""
    evidence = []
    for d, count in ((3, 30), (4, 9)):
        claim = f"messages that simulate {count} measurements on the antisymmetric state, d = {d}"
        listener(claim)
        bases = orthonormal_bases(d, count)
        sigma = assemblage_of(antisymmetric(d), [tuple(map(projective, bases))])
        null = {
            label: bases[part[1]][part[0]] for label in sigma.table for part in label.parties if part
        }
        simulation, known = antisymmetric_simulation(sigma, bases)
        needed = Fraction(ceil(Fraction(count, d - 1)))
        lower = prove(MessagesByNullity(sigma.scenario, sigma.table, null, needed))
        upper = prove_at(simulation, known)
        remark = "log2 of N/(d - 1), rounded up: any d - 1 measurements share a message"
        found = Enclosure(needed, Fraction(len(simulation.groups)), lower, upper, [])
        file = f"{FOLDER}/e2-antisymmetric-{d}"
        evidence.append(Evidence.enclosed("E2", PAPER, claim, "", found, file, "proved", remark))
    return evidence


def pauli_assemblage(visibility: Fraction, settings: int) -> Assemblage:
    """The first of Z, X, Y measured on the isotropic state of two qubits."""
    measurements = tuple(observable_measurement(o) for o in (Z, X, Y)[:settings])
    return assemblage_of(isotropic(2, visibility), [measurements])


def unbiased_assemblage(d: int, visibility: Fraction) -> Assemblage:
    """σ[a|x] = (V Πᵀ + (1 - V)1/d)/d for the mutually unbiased bases, Eq. B3."""
    visibility = exact_visibility(visibility)
    bases = mutually_unbiased_bases(d)
    flat, table = scaled(identity(d), Fraction(1, d)), {}
    for x, basis in enumerate(bases):
        for a, vector in enumerate(basis):
            mixed = mixture(visibility, transpose(vector.projector), flat)
            table[Label(((a, x),))] = scaled(mixed, Fraction(1, d))
    return Assemblage.from_elements(Scenario(((d,) * len(bases),), d), table)


def row_e3(listener: Listener) -> list[Evidence]:
    cases = [
        ("two Pauli measurements, V = 1", "pauli-2", pauli_assemblage(Fraction(1), 2)),
        ("three Pauli measurements, V = 1", "pauli-3", pauli_assemblage(Fraction(1), 3)),
        ("three Pauli measurements, V = 3/5", "pauli-noisy", pauli_assemblage(Fraction(3, 5), 3)),
        ("four unbiased bases, d = 3, V = 1", "mub-3", unbiased_assemblage(3, Fraction(1))),
    ]
    evidence = []
    for name, file, sigma in cases:
        claim = f"LHS robustness of {name}"
        listener(claim)
        found = robustness(sigma)
        remark = f"so at least {messages_needed(found.lower)} different messages (Result 3)"
        path = f"{FOLDER}/e3-{file}"
        evidence.append(Evidence.enclosed("E3", PAPER, claim, "", found, path, remark=remark))
    claim = "the mixture in the proof of Result 3, from a protocol with two messages"
    listener(claim)
    protocol = two_message_protocol()
    mixed = lhs_mixture(protocol, [[Fraction(1, 2)] * 2] * 2)
    shown = mixed.pseudo.claim(protocol.assemblage(), Fraction(protocol.count - 1))
    proof = prove(shown)
    remark = "σ = 2σ* - σ̃ with explicit models: ν <= 1"
    evidence.append(Evidence.shown("E3", PAPER, claim, "yes", proof, f"{FOLDER}/e3-protocol", remark))
    return evidence


def two_message_protocol() -> Protocol:
    """She says which of Z and X she measures; he sends one of its eigenstates, she knows which."""
    half = Fraction(1, 2)
    z, x = (observable_measurement(o) for o in (Z, X))
    certain = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
    return Protocol(
        weights=[half, half],
        messages=[[0, 1]] * 2,
        answers=[[answer, answer] for answer in certain],
        states=[[z[k], x[k]] for k in range(2)],
    )


def unbiased_inequality(d: int) -> OverlapInequality:
    """F[a|x] = Πᵀ_{a|x} of the mutually unbiased bases; the transpose is tacit in the paper."""
    bases = mutually_unbiased_bases(d)
    operators = {
        Label(((a, x),)): Weighted(vector.weight, transpose(adjoint(vector.vector)))
        for x, basis in enumerate(bases)
        for a, vector in enumerate(basis)
    }
    overlap = divide(root_of_dimension(d), d)  # |⟨v|w⟩| = 1/√d
    return OverlapInequality(Scenario(((d,) * len(bases),), d), operators, overlap)


def unbiased_functional(d: int) -> Functional:
    """The same as matrices."""
    inequality = unbiased_inequality(d)
    elements = {
        label: scaled(times_adjoint(vector, vector).reduced(), weight)
        for label, (weight, vector) in inequality.operators.items()
    }
    return Functional(inequality.scenario, elements)


def row_e4(listener: Listener) -> list[Evidence]:
    evidence = []
    for d in ENUMERATED:
        claim = (
            f"LHS bound of the inequality of unbiased bases, d = {d}, by all {d ** (d + 1)} strategies"
        )
        listener(claim)
        found = bound(unbiased_functional(d), "LHS", "max")
        status = "proved" if (found.upper - 1) ** 2 <= d else "open"
        file = f"{FOLDER}/e4-enumerated-{d}"
        printed = f"<= 1 + √{d}"
        evidence.append(Evidence.enclosed("E4", PAPER, claim, printed, found, file, status))
    for d in PRIME_POWERS:
        inequality, beta = unbiased_inequality(d), 1 + root_of_dimension(d)
        field = field_of(beta) if field_of(beta) != Q else bases_field(d)
        claim = f"LHS bound of the inequality of {d + 1} unbiased bases, by their overlaps"
        listener(claim)
        proof = prove(OverlapBound(inequality, beta, field))
        file = f"{FOLDER}/e4-overlaps-{d}"
        remark = f"1 + √{d}, for all {d}^{d + 1} strategies"
        evidence.append(Evidence.exact("E4", PAPER, claim, "", proof, file, remark))
        for visibility in (Fraction(1), Fraction(9, 10)):
            evidence.append(unbiased_cost(d, visibility, inequality, beta, field, listener))
    return evidence


def bases_field(d: int) -> Field:
    return mutually_unbiased_bases(d)[0][0].vector.field


def unbiased_cost(
    d: int,
    visibility: Fraction,
    inequality: OverlapInequality,
    beta: Number,
    field: Field,
    listener: Listener,
) -> Evidence:
    """t ≥ log₂(F(σ)/β); with F ≥ 0 this is more than the paper's log₂(F(σ)/β + 1) - 1."""
    claim = f"bits to simulate {d + 1} unbiased bases, isotropic state, d = {d}, V = {visibility}"
    listener(claim)
    value = (1 + d) * (Fraction(1, d) + visibility * (1 - Fraction(1, d)))
    ratio = divide(value, beta)
    sigma = unbiased_assemblage(d, visibility)
    proof = prove(OverlapRobustness(inequality, sigma.table, ratio - 1, field))
    low, high = log2_enclosure(ratio)
    paper = decimal_text(log2_enclosure(ratio + 1)[0] - 1, 9)
    asymptotic = decimal_text(log2_enclosure(root_of_dimension(d) * (visibility * Fraction(1, 2)))[0], 6)
    remark = (
        f"at least; the paper proves {paper} in Appendix B, and Eq. 17 says {asymptotic}. "
        f"{messages_needed(ratio - 1)} messages"
    )
    file = f"{FOLDER}/e4-cost-{d}-{visibility.numerator}-{visibility.denominator}.json"
    return Evidence("E4", PAPER, claim, paper, "proved", {file: proof}, low, high, remark)


def row_e5(listener: Listener) -> list[Evidence]:
    """As many observables as the paper takes, log₂ d, and as many as there are, 2 log₂ d + 1."""
    evidence = []
    cases = [(qubits, qubits) for qubits in (2, 4, 8, 10)] + [(10, 21)]
    for qubits, count in cases:
        d = 2**qubits
        claim = (
            f"bits to simulate {count} anticommuting observables on the isotropic state, d = {d}, V = 1"
        )
        listener(claim)
        strings = [text.ljust(qubits, "I") for text in anticommuting_pauli_strings(count)]
        root = exact_real(f"sqrt({count})")
        nu = (root - 1) * Fraction(1, 2)
        proof = prove(AnticommutingRobustness(tuple(strings), Fraction(1), nu, field_of(root)))
        low, high = log2_enclosure(nu + 1)
        paper = log2_enclosure((exact_real(f"sqrt({2 * count})") * Fraction(1, 2) + 1) * Fraction(1, 2))[
            0
        ]
        remark = (
            f"at least; log2((√{count} + 1)/2), the paper's √({count}/2) gives "
            f"{decimal_text(paper, 9)}. {messages_needed(nu)} messages"
        )
        file = f"{FOLDER}/e5-{d}-{count}.json"
        printed = decimal_text(paper, 9) if count == qubits else ""
        evidence.append(
            Evidence("E5", PAPER, claim, printed, "proved", {file: proof}, low, high, remark)
        )
    return evidence


def row_e6(listener: Listener) -> list[Evidence]:
    visibility = Fraction(21, 50)
    error = (1 - visibility) / 2  # trace distance of Bloch vectors V n and n
    claim = f"Result 4: within ε = {decimal_text(error, 4)}, all projective measurements need messages"
    listener(claim)
    sigma = Assemblage.from_elements(Scenario(((1,),), 4), {Label(((0, 0),)): isotropic(2, visibility)})
    statement = ProjectiveLocal(sigma.scenario, sigma.table, icosahedron())
    proof = prove_at(statement, point_inside(statement.program(), Journal(listener)))
    low, _ = result_4_bits(error)
    refuted = Evidence.shown(
        "E6",
        PAPER,
        claim,
        f"more than {decimal_text(low, 4)} bits",
        proof,
        f"{FOLDER}/e6-no-message",
        "none: one LHS model of all of them, with Bloch vectors 0.42 times the right ones",
        "refuted",
    )
    evidence = [refuted]
    for text in ("0.25", "0.1", "0.05", "0.01", "0.001"):
        epsilon = Fraction(text)
        low, high = result_4_bits(epsilon)
        needed = messages_with_randomness(epsilon)
        remark = (
            f"right without randomness (at least {messages_without_randomness(epsilon)} messages); "
            f"with it at least 1/(4ε): {needed}, errors from {least_error_with_randomness(needed)}"
        )
        claim = f"bits that Eq. 20 asks for at ε = {text}"
        evidence.append(
            Evidence("E6", PAPER, claim, f"{float(low):.9f}", "corrected", {}, low, high, remark)
        )
    return evidence


ROWS = {"E1": row_e1, "E2": row_e2, "E3": row_e3, "E4": row_e4, "E5": row_e5, "E6": row_e6}
