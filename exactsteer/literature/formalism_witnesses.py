"""Rows B3, B5, B8 and B9 of *A formalism for steering*: witnesses, positive maps, product bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import NamedTuple

from ..api import noise_robustness, validate, value
from ..classification import member
from ..constructions.product_bases import (
    FOUR_PARTIES,
    SHIFTS,
    THREE_QUBITS_AND_A_QUTRIT,
    THREE_QUTRITS,
    Basis,
    ProductBasis,
    gleason_assemblage,
    local_orthogonality_sum,
    measurements_in,
    plane_bases,
    qutrit_bases,
)
from ..constructions.states import assemblage_of
from ..constructions.witworld import after_maps
from ..exact.matrices import tensor
from ..exact.numbers import InputError
from ..kernel.matrix import Matrix, identity, matrix_of
from ..prover.prove import Proof, prove
from ..scenario import Label, Scenario
from ..statements import Member, ProductAttained
from ..statements.no_signalling import NO_SIGNALLING
from ..statements.product_states import ProductSystem
from ..steering import Functional
from ..steering.maps import LinearMap, breuer_hall, choi, generalised_choi, reduction, transposition
from ..witnesses import (
    breuer_hall_positive,
    column_text,
    decomposable,
    exclusive_events,
    indecomposable,
    positive,
    product_minimum,
    trace_preserving,
    unextendible,
)
from .examples import X, Y, ket
from .formalism import FOLDER, MEASUREMENTS, PAPER
from .rows import Evidence, Listener

ANGLES = ((1, 1), (1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 8), (5, 8))
UNITARY_6 = matrix_of([[int(c == r + 3) - int(r == c + 3) for c in range(6)] for r in range(6)])
# Three Bell states of the Alices, |Ψ⁺⟩, |Φ⁺⟩, |Φ⁻⟩, beside Bob's |0⟩, |1⟩, |2⟩.
BELL_STATES = {"010": 1, "100": 1, "001": 1, "111": 1, "002": 1, "112": -1}


def row_b3(listener: Listener) -> list[Evidence]:
    """ε as a function of the angle of e; the assemblage for e = +, and its violation."""
    evidence = []
    for p, q in ANGLES:
        name = "+" if p == q else f"({p}, {q})/√{p * p + q * q}"
        claim = f"ε of Example 7 for e = {name}: the least value of Π on product states"
        listener(claim)
        basis = ProductBasis.from_events(SHIFTS, [plane_bases(p, q)] * 3)
        found = product_minimum(basis.projector, basis.dimensions, (2, 1, 1), listener=listener)
        printed = "0.0814" if p == q else ""
        file = f"{FOLDER}/b3-epsilon-{p}-{q}"
        evidence.append(Evidence.enclosed("B3", PAPER, claim, printed, found, file))
    bases = [plane_bases(1, 1)] * 3
    basis = ProductBasis.from_events(SHIFTS, bases)
    epsilon = evidence[0].lower
    if not isinstance(epsilon, Fraction):
        raise TypeError("a bound of ε is rational")
    evidence += _violation("B3", "Example 7", f"{FOLDER}/b3", SHIFTS, basis, bases, epsilon, listener)
    return evidence


def _violation(
    row: str,
    name: str,
    start: str,
    events: Sequence[Label],
    basis: ProductBasis,
    bases: Sequence[Sequence[Basis]],
    epsilon: Fraction,
    listener: Listener,
) -> list[Evidence]:
    """The witness (Π - ε1)/(|S| - Dε), its correlations, and every split with two or more Alices."""
    size, dimension = len(events), prod(basis.dimensions)
    witness = basis.witness(epsilon)
    behaviour = gleason_assemblage(witness, bases, len(bases))
    listener(f"{name}: local orthogonality")
    clique = exclusive_events(behaviour.scenario, events)
    proofs = {f"{start}-unextendible.json": unextendible(basis), f"{start}-exclusive.json": clique}
    claim = f"{name}: {size} exclusive events, product vectors that no product vector extends"
    evidence = [Evidence(row, PAPER, claim, "", "proved", proofs)]
    inequality = Functional(behaviour.scenario, {event: identity(1) for event in events})
    reached = value(inequality, behaviour)
    remark = "f(ε)|S|(1 - ε), exactly, with ε a proved lower bound of the least value"
    if reached.certificate.claim.bound != local_orthogonality_sum(size, dimension, epsilon):
        raise ArithmeticError("the sum of local orthogonality is not what Sec. 6 says")
    claim = f"{name}: sum of their probabilities on the witness, at most 1 for quantum ones"
    file = f"{start}-local-orthogonality"
    evidence.append(Evidence.exact(row, PAPER, claim, "", reached, file, remark))
    for untrusted in range(2, len(bases) + 1):
        sigma = gleason_assemblage(witness, bases, untrusted)
        claim = f"{name}: postquantum with {untrusted} of {len(bases)} parties untrusted"
        listener(claim)
        answer = member(sigma, listener=listener)
        evidence.append(Evidence.excluded(row, PAPER, claim, answer, f"{start}-{untrusted}-untrusted"))
    return evidence


def row_b5(listener: Listener) -> list[Evidence]:
    evidence = []
    cases: Mapping[str, tuple[LinearMap, bool]] = {
        "the transposition of a qutrit": (transposition(3), True),
        "the reduction map of a qutrit": (reduction(3), True),
        "the reduction map of a ququart": (reduction(4), True),
        "the Choi map": (choi(), False),
        "the generalised Choi map Φ[1, 1, 1/8]": (generalised_choi(1, 1, Fraction(1, 8)), False),
        "the generalised Choi map Φ[1, 1, 1]": (generalised_choi(1, 1, 1), True),
        "the Breuer-Hall map in dimension 4 (Eq. 33)": (breuer_hall(tensor(X, Y)), False),
        "the Breuer-Hall map in dimension 6": (breuer_hall(UNITARY_6), False),
    }
    unitaries = {4: tensor(X, Y), 6: UNITARY_6}
    for k, (name, (linear_map, is_decomposable)) in enumerate(cases.items()):
        listener(name)
        known = unitaries[linear_map.dimension] if "Breuer" in name else None
        proofs: dict[str, Proof] = {
            "positive": positive(linear_map, listener) if known is None else breuer_hall_positive(known),
            "trace-preserving": trace_preserving(linear_map),
        }
        if is_decomposable:
            proofs["decomposable"] = decomposable(linear_map, listener)
        else:
            proofs["indecomposable"] = indecomposable(linear_map, listener)
        claim = f"{name} is {', '.join(proofs).replace('-', ' ')}"
        files = {f"{FOLDER}/b5-{k + 1}-{what}.json": proof for what, proof in proofs.items()}
        evidence.append(Evidence("B5", PAPER, claim, "", "proved", files))
    return evidence


def row_b8(listener: Listener) -> list[Evidence]:
    """Two Alices measure X and Z on Bell states, and the Choi map acts on Bob's qutrit."""
    state = ket(BELL_STATES, (2, 2, 3))
    sigma = assemblage_of(after_maps(state, [choi()]), [MEASUREMENTS[0]] * 2)
    start = f"{FOLDER}/b8"
    claim = "the Choi map on |Ψ+>|0> + |Φ+>|1> + |Φ->|2>, X and Z of both Alices: a valid assemblage"
    listener(claim)
    shown = [Evidence.shown("B8", PAPER, claim, "", validate(sigma), f"{start}-valid")]
    claim = "that assemblage is postquantum"
    listener(claim)
    answer = member(sigma, listener=listener)
    shown.append(Evidence.excluded("B8", PAPER, claim, answer, f"{start}-postquantum"))
    claim = "its robustness to white noise, as regards the almost-quantum set"
    listener(claim)
    found = noise_robustness(sigma, listener=listener)
    remark = "1/9 lies there"
    return [*shown, Evidence.enclosed("B8", PAPER, claim, "", found, f"{start}-noise", remark=remark)]


class Case(NamedTuple):
    """Exclusive events, and the bases of the parties' inputs."""

    name: str
    slug: str
    events: Sequence[Label]
    bases: Sequence[Sequence[Basis]]


def cases() -> tuple[Case, ...]:
    plane, tilted, qutrit = plane_bases(1, 1), plane_bases(1, 2), qutrit_bases()
    return (
        Case("(3, 2, 2), guess your neighbour's input", "three", SHIFTS, [tilted] * 3),
        Case("(4, 2, 2), eight events", "four", FOUR_PARTIES, [plane] * 4),
        Case(
            "three qubits and a qutrit, 20 events",
            "qutrit",
            THREE_QUBITS_AND_A_QUTRIT,
            [*[plane] * 3, qutrit],
        ),
    )


def row_b9(listener: Listener) -> list[Evidence]:
    """Sec. 6 for three and four parties, and with a qutrit."""
    evidence = []
    for name, slug, events, bases in cases():
        basis = ProductBasis.from_events(events, bases)
        claim = f"{name}: ε"
        listener(claim)
        copies = (2, *[1] * (len(bases) - 1))
        found = product_minimum(basis.projector, basis.dimensions, copies, listener=listener)
        start = f"{FOLDER}/b9-{slug}"
        evidence.append(Evidence.enclosed("B9", PAPER, claim, "", found, f"{start}-epsilon"))
        evidence += _violation("B9", name, start, events, basis, bases, found.lower, listener)
        evidence.append(_one_untrusted(name, start, basis.witness(found.lower), bases, listener))
    return [*evidence, _weak_basis(listener)]


def _one_untrusted(
    name: str, start: str, witness: Matrix, bases: Sequence[Sequence[Basis]], listener: Listener
) -> Evidence:
    """One Alice, and what each of the others sees by himself (Many characterised parties)."""
    sizes = [len(own[0]) for own in bases[1:]]
    sigma = assemblage_of(witness, [measurements_in(bases[0])], sizes)
    claim = f"{name}: with one untrusted party, what each of the others sees is quantum"
    listener(claim)
    proof = prove(Member(sigma.scenario, NO_SIGNALLING, sigma.table))
    remark = "by a parent assemblage"
    try:
        gleason_assemblage(witness, bases, 1)
    except InputError:
        remark += "; what the witness gives to all others together is not positive, so no assemblage"
    return Evidence.shown("B9", PAPER, claim, "", proof, f"{start}-1-untrusted", remark)


def _weak_basis(listener: Listener) -> Evidence:
    """A clique of (3, 2, 3) that no event enlarges: product vectors extend it, so that ε is 0."""
    listener("(3, 2, 3): an extendible basis")
    basis = ProductBasis.from_events(THREE_QUTRITS, [qutrit_bases()] * 3)
    vector = basis.extending_vector()
    if vector is None:
        raise ArithmeticError("no product vector extends the basis")
    system = ProductSystem(basis.dimensions, basis.projector)
    attained = prove(ProductAttained(system, vector, "<=", Fraction(0)))
    scenario = Scenario(((3, 3),) * 3, 1)
    start = f"{FOLDER}/b9-three-qutrits"
    proofs = {
        f"{start}-exclusive.json": exclusive_events(scenario, THREE_QUTRITS),
        f"{start}-extended.json": attained,
    }
    claim = "(3, 2, 3), 15 events: a product vector is orthogonal to all, so ε = 0, and W is a state"
    text = " ⊗ ".join(map(column_text, vector))
    return Evidence("B9", PAPER, claim, "ε > 0 for weak bases", "refuted", proofs, remark=text)


ROWS = {"B3": row_b3, "B5": row_b5, "B8": row_b8, "B9": row_b9}
