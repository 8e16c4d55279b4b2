"""Sainz, Hoban, Skrzypczyk, Aolita, Bipartite postquantum steering in generalized scenarios,
PRL 125, 050404 (2020)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..api import bound, validate, value
from ..classification import member
from ..constructions.ghjw import steering_any_ensemble
from ..exact.matrices import maximally_entangled, product, scaled, tensor
from ..inside import povms_where_rational, realise
from ..kernel.field import Number, field_of
from ..kernel.matrix import Matrix, identity, transpose
from ..prover.prove import prove
from ..scenario import Scenario
from ..statements import DecomposableRealisation, FunctionalRealised, QuantumRealisation
from ..statements.realisation import Realisation, SectorState
from ..statements.words import ALMOST_QUANTUM
from ..steering import Assemblage, Functional, InstrumentalAssemblage, SequentialAssemblage
from ..steering.bloch import BlochVector, qubit_operator
from ..steering.files import elements_from_json
from ..steering.layouts import exact_real
from ..steering.maps import LinearMap, identity_map
from .examples import X, Y, Z, observable_measurement, random_functional
from .postquantum_steering import table_1
from .rows import Evidence, Listener, printed_data

PAPER = "Bipartite postquantum steering"
FOLDER = "bipartite-generalised"


def printed_assemblage(theorem: int) -> Assemblage:
    """Eq. 5 or Eq. 6, exactly."""
    data = printed_data(f"bipartite-theorem-{theorem}")
    given = {"scenario": data["scenario"], "assemblage": data["data"]["assemblage"]}
    return Assemblage.from_elements(*elements_from_json(given, "assemblage", f"theorem {theorem}"))


def steering_inequality() -> Functional:
    """F(σ) = Σ_{a,x,y} (-1)^{a + δ_{x,2} δ_{y,1}} tr(σ_x σ[a|x y]), the assemblage of Eq. 6 itself.

    The inequality of the paper is in its Supplemental Material, which we have not; this one is
    F = Σ tr((4σ* - 1) σ) with the assemblage σ* of Eq. 6. Algebraically it is at most 6.
    """
    sigma = printed_assemblage(4)
    elements = {
        label: (scaled(matrix, Fraction(4)) - identity(2)).reduced()
        for label, matrix in sigma.table.items()
    }
    return Functional(sigma.scenario, elements)


def row_d1(listener: Listener) -> list[Evidence]:
    cases: list[tuple[str, str, Assemblage | InstrumentalAssemblage]] = [
        ("the assemblage of Theorem 3 (Eq. 5)", "d1-theorem-3-valid", printed_assemblage(3)),
        ("the assemblage of Theorem 4 (Eq. 6)", "d1-theorem-4-valid", printed_assemblage(4)),
        (
            "the instrumental assemblage of Theorems 7 and 8 (Eq. 6 at y = a)",
            "d1-instrumental-valid",
            InstrumentalAssemblage.of(printed_assemblage(4)),
        ),
    ]
    evidence = []
    for name, file, sigma in cases:
        listener(f"{name} is valid")
        proofs = {f"{FOLDER}/{file}.json": validate(sigma)}
        evidence.append(Evidence("D1", PAPER, f"{name} is valid", "valid", "proved", proofs))
    return evidence


def row_d2(listener: Listener) -> list[Evidence]:
    claim = "the assemblage of Theorem 3 is postquantum"
    listener(claim)
    answer = member(printed_assemblage(3), listener=listener)
    return [Evidence.excluded("D2", PAPER, claim, answer, f"{FOLDER}/d2-theorem-3-postquantum")]


def row_d3(listener: Listener) -> list[Evidence]:
    sigma, inequality = printed_assemblage(4), steering_inequality()
    claim = "the assemblage of Theorem 4 is postquantum"
    listener(claim)
    answer = member(sigma, listener=listener)
    excluded = Evidence.excluded("D3", PAPER, claim, answer, f"{FOLDER}/d3-theorem-4-postquantum")

    listener("a steering inequality that the assemblage of Theorem 4 violates")
    violated = Evidence.exact(
        "D3",
        PAPER,
        "value of Σ (-1)^{a + δ_{x,2} δ_{y,1}} tr(σ_x σ[a|x y]) on the assemblage of Theorem 4",
        "",
        value(inequality, sigma),
        f"{FOLDER}/d3-value",
        "an inequality of our own; the paper's is not in the text that we have",
    )
    limit = Evidence.enclosed(
        "D3",
        PAPER,
        "quantum bound of that inequality, from outside: its almost-quantum (1+AB) maximum",
        "",
        bound(inequality, ALMOST_QUANTUM, "max", listener=listener),
        f"{FOLDER}/d3-maximum",
    )
    listener("a quantum strategy for that inequality")
    strategy = best_strategy_of_inequality()
    value_reached = exact_real("2*sqrt(6)")
    reached = FunctionalRealised(
        inequality.scenario,
        inequality.coefficients,
        ">=",
        strategy,
        value_reached,
        field_of(value_reached),
    )
    inside = Evidence(
        "D3",
        PAPER,
        "quantum bound of that inequality, from inside: an exact strategy of value 2√6",
        "",
        "proved",
        {f"{FOLDER}/d3-strategy.json": prove(reached)},
        value_reached,
        value_reached,
        "a qubit each, trine directions, a rotation for y = 1; so the outer bound is tight to 1e-9",
    )
    listener("whatever Bob measures")
    correlations = DecomposableRealisation(sigma.scenario, sigma.table, pauli_realisation())
    quantum = Evidence.shown(
        "D3",
        PAPER,
        "whatever Bob measures on the assemblage of Theorem 4, the correlations are quantum",
        "quantum",
        prove(correlations),
        f"{FOLDER}/d3-theorem-4-correlations",
        "Pauli measurements of a maximally entangled state, and the transposition for y = 1",
    )
    return [excluded, violated, limit, inside, quantum]


def bloch(trace: Number, vector: Sequence[Number]) -> Matrix:
    """(trace·1 + r·σ)/2"""
    return qubit_operator(BlochVector(trace, *vector))


def rotation(matrix: Sequence[Sequence[Number]]) -> LinearMap:
    """The unitary channel that turns Bloch vectors by a proper rotation R: σ_i ↦ Σ_j R_ji σ_j.

    Its Choi matrix Σ |k⟩⟨l| ⊗ Λ[|k⟩⟨l|] = ½(1 ⊗ 1 + Σ R_ji σ_iᵀ ⊗ σ_j) has no square root in it.
    """
    choi = identity(4)
    for i, own in enumerate((X, Y, Z)):
        for j, other in enumerate((X, Y, Z)):
            choi = choi + scaled(tensor(transpose(own), other), matrix[j][i])
    return LinearMap(scaled(choi.reduced(), Fraction(1, 2)), 2)


def best_strategy_of_inequality() -> Realisation:
    """A strategy of value 2√6 for `steering_inequality`, over Q(√6)(i).

    Half of |00⟩ + |11⟩; y = 0 does nothing; y = 1 turns by R = S(1 - 2kkᵀ), S = diag(1, -1, 1) being the
    signs of the inequality and 1 - 2kkᵀ the reflection in the plane orthogonal to k = (1, 1, 1)/√3. If
    Alice measures along u_x the value is Σ_x u_x·(e_x + RᵀS e_x) = Σ_x u_x·(2e_x - 2k_x k), so she takes
    the projections of the axes to that plane: 2√(2/3) for each x, 2√6 in all.
    """
    third = Fraction(1, 3)
    reflection = [[(r == c) - 2 * third for c in range(3)] for r in range(3)]
    turn = [[sign * n for n in row] for sign, row in zip((1, -1, 1), reflection, strict=True)]
    sixth = exact_real("sqrt(6)/6")
    measurements = []
    for x in range(3):
        along = [sixth * (2 if c == x else -1) for c in range(3)]
        # Alice's half of |00⟩ + |11⟩ sees the transposed operator.
        effects = (transpose(bloch(1, [sign * n for n in along])) for sign in (1, -1))
        measurements.append(tuple(effects))
    state = scaled(maximally_entangled(2), Fraction(1, 2))
    channels = tuple(channel.choi for channel in (identity_map(2), rotation(turn)))
    return Realisation(((tuple(measurements),),), (SectorState((0,), state),), channels)


def pauli_realisation(flipped: Sequence[int] = ()) -> Realisation:
    """Eq. 6 as Pauli measurements of |00⟩ + |11⟩, the trusted party transposing if y = 1.

    `flipped` are further inputs that repeat an earlier one with its outcomes exchanged.
    """
    measurements = [tuple(map(transpose, observable_measurement(o))) for o in (X, Y, Z)]
    measurements += [tuple(reversed(measurements[x])) for x in flipped]
    nothing, whole = identity_map(2).times(Fraction(0)).choi, identity_map(2).choi
    return Realisation(
        ((tuple(measurements),),),
        (SectorState((0,), scaled(maximally_entangled(2), Fraction(1, 2))),),
        (whole, nothing),
        (nothing, whole),
    )


def instrumental_realisation() -> Realisation:
    """A quantum realisation of the instrumental example of Theorems 7 and 8, over Q(i).

    With Bloch vectors r and S = (1, 1, 1): Bob's state has r = S/3, Alice's outcome 0 of input x steers
    it to half the pure state along e_x, so her outcome 1 to half that along 2S/3 - e_x, a unit vector.
    E_0 does nothing, and E_1 is the proper rotation that takes 2S/3 - e_x to -e_1, e_2, -e_3, which are
    the states of the example: the half-turn 2SSᵀ/3 - 1 about S, then the half-turn diag(-1, 1, -1) about
    the second axis. The paper needs a transposition there because it lets r be 0.
    """
    third = Fraction(1, 3)
    inputs = []
    for x in range(3):
        axis = [Fraction(c == x) for c in range(3)]
        first = bloch(Fraction(1, 2), [n / 2 for n in axis])
        second = bloch(Fraction(1, 2), [third - n / 2 for n in axis])
        inputs.append((transpose(first), transpose(second)))
    half_turn = [[2 * third - (r == c) for c in range(3)] for r in range(3)]
    turn = [[sign * n for n in row] for sign, row in zip((-1, 1, -1), half_turn, strict=True)]
    steered = steering_any_ensemble(tuple(inputs))
    channels = tuple(channel.choi for channel in (identity_map(2), rotation(turn)))
    return povms_where_rational(replace(steered, channels=channels))


def flipped_example() -> Assemblage:
    """Eq. 6 with a fourth input, that of the first Pauli operator with its outcomes exchanged."""
    scenario = Scenario(((2, 2, 2, 2),), 2, 2)
    realisation = pauli_realisation(flipped=[0])
    return Assemblage.from_elements(scenario, realisation.elements(scenario.labels()))


def row_d4(listener: Listener) -> list[Evidence]:
    printed = InstrumentalAssemblage.of(printed_assemblage(4))
    claim = "the instrumental assemblage of Theorems 7 and 8 (Eq. 6 at y = a) is postquantum"
    listener(claim)
    statement = QuantumRealisation(printed.scenario, printed.table, instrumental_realisation())
    refuted = Evidence.shown(
        "D4",
        PAPER,
        claim,
        "postquantum",
        prove(statement),
        f"{FOLDER}/d4-printed-quantum",
        "it is quantum, by unitary channels on a qubit; the theorems hold by the next example",
        "refuted",
    )

    sigma = flipped_example()
    instrumental = InstrumentalAssemblage.of(sigma)
    claim = "with a fourth input, the first with its outcomes exchanged, it is postquantum (Theorem 7)"
    listener(claim)
    answer = member(instrumental, listener=listener)
    excluded = Evidence.excluded("D4", PAPER, claim, answer, f"{FOLDER}/d4-four-inputs-postquantum")
    claim = "whatever Bob measures on that one, its correlations are quantum instrumental (Theorem 8)"
    listener(claim)
    correlations = DecomposableRealisation(
        instrumental.scenario, instrumental.table, pauli_realisation(flipped=[0])
    )
    file = f"{FOLDER}/d4-four-inputs-correlations"
    quantum = Evidence.shown("D4", PAPER, claim, "quantum", prove(correlations), file)
    return [refuted, excluded, quantum]


def row_d5(listener: Listener) -> list[Evidence]:
    """Table I again, which is postquantum for two Alices; and one that signals forwards."""
    table = table_1()
    cases = [
        (
            "Table I of Postquantum steering, its parties as two steps of one Alice",
            "table-1",
            SequentialAssemblage.from_elements(table.scenario, table.table),
        ),
        (
            "an assemblage whose second step depends on the first",
            "forwards",
            signalling_forwards(),
        ),
    ]
    evidence = []
    for name, file, sigma in cases:
        claim = f"no postquantum steering by a sequence of measurements: {name}"
        listener(claim)
        proof = realise(sigma).proof
        what = "constructed as in GHJW, step by step"
        evidence.append(
            Evidence.shown("D5", PAPER, claim, "quantum", proof, f"{FOLDER}/d5-{file}", what)
        )
    return evidence


def signalling_forwards() -> SequentialAssemblage:
    """Half of |00⟩ + |11⟩ is measured, Z or X, then again, in the other basis after outcome 1."""
    scenario = Scenario(((2, 2), (2, 2)), 2)
    bases = [observable_measurement(Z), observable_measurement(X)]
    table = {}
    for label in scenario.labels():
        (a, x), (b, y) = (part for part in label.parties if part is not None)
        first, second = bases[x][a], bases[(x + a + y) % 2][b]
        # The first projector is what is left for Bob too; the second only weighs it.
        weight = product(first, second).trace()
        table[label] = scaled(transpose(first), weight * Fraction(1, 2))
    return SequentialAssemblage.from_elements(scenario, table)


def row_d6(listener: Listener) -> list[Evidence]:
    """The method on functionals of other sizes than the paper's."""
    cases = [
        (Scenario(((2, 2),), 3, 2), ALMOST_QUANTUM, "a trusted qutrit"),
        (Scenario(((3, 2),), 2, 3), ALMOST_QUANTUM, "unequal outcomes, three trusted inputs"),
        (Scenario(((2, 2),), 2, 2), "2", "level 2"),
        (Scenario(((2, 2), (2, 2)), 2, 2), ALMOST_QUANTUM, "two uncharacterised parties"),
    ]
    evidence = []
    for number, (scenario, level, what) in enumerate(cases, 1):
        claim = f"maximum of a random integer functional over level {level}: {what}"
        listener(claim)
        found = bound(random_functional(scenario, number), level, "max", listener=listener)
        file = f"{FOLDER}/d6-{number}-maximum"
        evidence.append(Evidence.enclosed("D6", PAPER, claim, "", found, file))
    return evidence


ROWS = {"D1": row_d1, "D2": row_d2, "D3": row_d3, "D4": row_d4, "D5": row_d5, "D6": row_d6}
