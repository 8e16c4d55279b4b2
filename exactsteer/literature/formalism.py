"""Sainz, Aolita, Piani, Hoban, Skrzypczyk, A formalism for steering with local quantum measurements,
New J. Phys. 20, 083040 (2018)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..api import bound, validate, value
from ..classification import member
from ..exact.matrices import adjoint, of_entries, product, scaled, tensor
from ..scenario import Elements, Scenario
from ..statements.realisation import Realisation, SectorState
from ..statements.words import ALMOST_QUANTUM
from ..steering import Assemblage, Functional
from ..steering.layouts import exact_hermitian
from ..steering.maps import breuer_hall
from .examples import X, Y, Z, observable_measurement
from .rows import Evidence, Listener, printed_data, upward

PAPER = "A formalism for steering"
FOLDER = "formalism"
SCENARIO = Scenario(outcomes=((2, 2), (2, 2)), dimension=4)
PRINTED_VALUE, PRINTED_MAXIMUM = "0.2044", "-0.0258"

DIAGONAL = exact_hermitian([["sqrt(2)/2", "sqrt(2)/2"], ["sqrt(2)/2", "-sqrt(2)/2"]], 2, "(X + Z)/√2")
ANTIDIAGONAL = exact_hermitian(
    [["sqrt(2)/2", "-sqrt(2)/2"], ["-sqrt(2)/2", "-sqrt(2)/2"]], 2, "(Z - X)/√2"
)

# Eq. 32: the observables of both Alices, whose outcome a has the projector (1 + (-1)^a O)/2.
OBSERVABLES = ((X, Z), (DIAGONAL, ANTIDIAGONAL))
MEASUREMENTS = tuple(tuple(map(observable_measurement, own)) for own in OBSERVABLES)
BREUER_HALL = breuer_hall(tensor(X, Y))  # Eq. 33


def quantum_realisation() -> Realisation:
    """The state |Ψ⟩⟨Ψ| of Eq. 31 and the measurements of Eq. 32, over Q(√2)(i)."""
    amplitudes = printed_data("formalism-table-1")["data"]["amplitudes times sqrt(14), index a1 a2 b b'"]
    vector = of_entries([[(int(re), int(im))] for re, im in amplitudes])
    state = scaled(product(vector, adjoint(vector)), Fraction(1, 14))
    return Realisation(tuple((own,) for own in MEASUREMENTS), (SectorState((0, 0), state),))


def assemblage() -> Assemblage:
    """σ[a₁a₂|x₁x₂] = Λ[tr₁₂((M_{a₁|x₁} ⊗ M_{a₂|x₂} ⊗ 1)|Ψ⟩⟨Ψ|)], exactly, over Q(√2)(i)."""
    quantum, positive = quantum_realisation().elements(SCENARIO.labels()), BREUER_HALL
    return Assemblage.from_elements(SCENARIO, {label: positive(m) for label, m in quantum.items()})


def functional() -> Functional:
    """The operators of Table 1, every entry as printed."""
    printed = printed_data("formalism-table-1")["data"]["F"]
    elements: Elements = {}
    for label in SCENARIO.collins_gisin_labels():
        first, second = (None if part is None else part[1] for part in label.parties)
        name = f"F_{first}{second}"
        if first is None:
            name = "F_R" if second is None else f"F^(2)_{second}"
        elif second is None:
            name = f"F^(1)_{first}"
        elements[label] = exact_hermitian(printed[name], SCENARIO.dimension, name)
    return Functional(SCENARIO, elements)


def row_b7(listener: Listener) -> list[Evidence]:
    listener("assemblage of Sec. 5.2 over Q(√2)(i)")
    sigma, operators = assemblage(), functional()
    valid = Evidence(
        "B7",
        PAPER,
        "the assemblage of Sec. 5.2 is valid",
        "valid",
        "proved",
        {f"{FOLDER}/b7-valid.json": validate(sigma)},
    )

    listener("value of the operators of Table 1")
    at_value = Evidence.exact(
        "B7",
        PAPER,
        "value of the operators of Table 1 on the assemblage of Sec. 5.2",
        PRINTED_VALUE,
        value(operators, sigma),
        f"{FOLDER}/b7-value",
        f"operators that round to the printed ones have values up to {rounding()} away",
    )

    listener("almost-quantum maximum of the operators of Table 1")
    at_maximum = Evidence.enclosed(
        "B7",
        PAPER,
        "almost-quantum maximum of the operators of Table 1",
        PRINTED_MAXIMUM,
        bound(operators, ALMOST_QUANTUM, "max", listener=listener),
        f"{FOLDER}/b7-maximum",
        remark=f"operators that round to the printed ones have maxima up to {rounding()} away",
    )

    claim = "the assemblage of Sec. 5.2 is postquantum"
    listener(claim)
    answer = member(sigma, listener=listener)
    excluded = Evidence.excluded("B7", PAPER, claim, answer, f"{FOLDER}/b7-postquantum")
    return [valid, at_value, at_maximum, excluded]


def rounding() -> str:
    """How far rounding the operators can move their value on any valid assemblage.

    Σ_k |tr(ΔF_k σ_k)| ≤ Σ_k max_rc |Δ(F_k)_rc| Σ_rc |(σ_k)_rc|, and Σ_rc |σ_rc| ≤ d tr σ ≤ d.
    """
    printed: dict[str, Any] = printed_data("formalism-table-1")["data"]["F"]
    total = Fraction(0)
    for rows in printed.values():
        entries = [entry for row in rows for entry in row]
        total += SCENARIO.dimension * max(
            sum(half_digit(number) for number in entry) for entry in entries
        )
    return upward(total)


def half_digit(text: str) -> Fraction:
    """Half a unit of the last printed digit; three significant ones, and an integer 0 is exact."""
    if Fraction(text) == 0:
        return Fraction(0)
    # Trailing zeros are not printed, so the digits are told from the size.
    size, unit = abs(Fraction(text)), Fraction(1)
    while size < 100 * unit:
        unit /= 10
    return unit / 2


ROWS = {"B7": row_b7}
