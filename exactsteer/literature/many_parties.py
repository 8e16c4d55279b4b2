"""Sainz, Postquantum steering in scenarios with multiple characterised parties,
arXiv:2604.07078 (2026)."""

from __future__ import annotations

from fractions import Fraction

from ..api import bound, classify, value
from ..constructions.states import assemblage_of
from ..exact.matrices import scaled, tensor
from ..kernel.field import field_of
from ..kernel.matrix import Matrix, identity, matrix_of
from ..prover.prove import prove
from ..scenario import Label, Scenario
from ..statements import ClassicalRealisation, FunctionalRealised, LhsBound, QuantumRealisation
from ..statements.realisation import Realisation, SectorState
from ..steering.layouts import exact_real
from .examples import X, Z, chsh, observable_measurement, pr_box
from .rows import Evidence, Listener

PAPER = "Many characterised parties"
FOLDER = "many-parties"
LEVELS = ("1", "almost-quantum", "2")


def row_c10(listener: Listener) -> list[Evidence]:
    claim = "p(a|x) of Example 5 has no quantum realisation, so the assemblage is postquantum"
    listener(claim)
    answer = classify(pr_box(1), listener=listener)
    what = "whatever the states of the Bobs"
    return [Evidence.excluded("C10", PAPER, claim, answer, f"{FOLDER}/c10-example-5-correlations", what)]


def row_c8(listener: Listener) -> list[Evidence]:
    """Theorem 12 and Definition 13 from outside: both Bobs as one party of dimension 4.

    A parent assemblage of Example 5 has Σ (-1)^{…} tr σ = 4, whatever the states; parent assemblages
    in a level of the hierarchy stay below 4.
    """
    listener("value of CHSH on parent assemblages of Example 5")
    evidence = [
        Evidence.exact(
            "C8",
            PAPER,
            "value of CHSH ⊗ 1 on a parent assemblage of Example 5, two qubits",
            "4",
            value(chsh(4), pr_box(4)),
            f"{FOLDER}/c8-value",
            "the same for every parent assemblage: only p(a|x) enters",
        )
    ]
    for level in LEVELS:
        claim = f"maximum of CHSH ⊗ 1 over parent assemblages of level {level} (Definition 13)"
        listener(claim)
        found = bound(chsh(4), level, "max", listener=listener)
        status = "proved" if found.upper < 4 else "open"
        file = f"{FOLDER}/c8-level-{level}"
        evidence.append(Evidence.enclosed("C8", PAPER, claim, "< 4", found, file, status))
    return evidence


def triplet() -> Matrix:
    """|Ψ⁺⟩⟨Ψ⁺| with Ψ⁺ = (|01⟩ + |10⟩)/√2."""
    half = [[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]]
    return scaled(matrix_of(half), Fraction(1, 2))


def row_c9(listener: Listener) -> list[Evidence]:
    """Proposition 16: Alice measures X or Z on her part of 1/2 ⊗ |Ψ⁺⟩⟨Ψ⁺|, the Bobs hold the rest."""
    alice = tuple(observable_measurement(o) for o in (X, Z))
    state = tensor(scaled(identity(2), Fraction(1, 2)), triplet())
    nothing = (((identity(2),),),)  # what a Bob who is not looked at "measures"
    listener("the assemblage of Proposition 16 has an LHS model")
    sigma = assemblage_of(scaled(identity(4), Fraction(1, 4)), [alice])  # of either Bob
    coin = (matrix_of([[Fraction(1, 2)]]),) * 2
    flat = SectorState((0,), scaled(identity(2), Fraction(1, 2)))
    model = Realisation((((coin, coin),),), (flat,))
    both = 2
    classical = ClassicalRealisation((sigma.scenario,) * both, (sigma.table,) * both, (model,) * both)
    claim = "the assemblage of Proposition 16 has an LHS model (Definition 14)"
    shown = [
        Evidence.shown("C9", PAPER, claim, "yes", prove(classical), f"{FOLDER}/c9-lhs", "no λ is needed")
    ]

    claim = "quantum theory explains it by 1/2 ⊗ |Ψ+><Ψ+|"
    listener(claim)
    for bob in range(both):
        # The other Bob is an uncharacterised party who is asked nothing.
        scenario = Scenario(((2, 2), (1,)), 2)
        table = {Label((label.parties[0], (0, 0))): matrix for label, matrix in sigma.table.items()}
        quantum = Realisation(((alice,), nothing), (SectorState((0, 0), state),))
        proof = prove(QuantumRealisation(scenario, table, quantum))
        file = f"{FOLDER}/c9-quantum-{bob + 1}"
        shown.append(Evidence.shown("C9", PAPER, f"{claim}: Bob {bob + 1}", "yes", proof, file))

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


ROWS = {"C8": row_c8, "C9": row_c9, "C10": row_c10}
