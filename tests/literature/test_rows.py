"""The rows of the docket: what they prove, and that what they claim can be seen in other ways."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from exact_quantum import ROOT

from exactsteer import InputError, InstrumentalAssemblage, check
from exactsteer.api import visibility
from exactsteer.exact.numbers import approximation
from exactsteer.literature import ROWS, Evidence, communication_cost
from exactsteer.literature.bipartite_generalised import printed_assemblage, steering_inequality
from exactsteer.literature.docket import read_docket
from exactsteer.literature.formalism import assemblage, functional, half_digit
from exactsteer.literature.noise import (
    INSIDE,
    OUTSIDE,
    noise_evidence,
    noisy_examples,
    with_white_noise,
)
from exactsteer.literature.postquantum_steering import (
    HALF_DIGIT,
    SHRINKING,
    SIX,
    longer_than_shrunk,
    printed_directions,
    qutrit_extension,
    stretched,
    table_1,
    table_1_with_fifth_digit,
)
from exactsteer.steering.assemblage import largest_entry
from exactsteer.steering.layouts import float_matrix

X, Y, Z = np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1.0, -1.0])


def evidence(row: str) -> list[Evidence]:
    found = ROWS[row](lambda text: None)
    for item in found:
        assert item.proofs, item.claim
        for proof in item.proofs.values():
            assert check(proof.bytes()).status == "accepted"
    return found


def test_rows_are_in_the_order_of_the_docket() -> None:
    counts = {"A": 9, "B": 11, "C": 10, "D": 6, "E": 6}
    rows = [f"{paper}{k}" for paper, count in counts.items() for k in range(1, count + 1)]
    assert list(ROWS) == [*rows, "F1", "F3"]


def test_b7_in_floating_point() -> None:
    """The exact assemblage and value against NumPy's, from Eqs. 31-33 once more."""
    sigma = assemblage()
    psi = np.array([0, 1, 1, 1j, 1, 1j, 1j, -1, 1, 1j, 1j, -1, 1j, -1, -1, 0]) / 14**0.5
    rho = np.outer(psi, psi.conj())
    observables = [[X, Z], [(X + Z) / 2**0.5, (Z - X) / 2**0.5]]
    unitary, total = np.kron(X, Y), 0.0
    for key, matrix in sigma.table.items():
        (a, x), (b, y) = (part for part in key.parties if part is not None)
        effects = [
            (np.eye(2) + (-1) ** outcome * observables[party][setting]) / 2
            for party, (outcome, setting) in enumerate([(a, x), (b, y)])
        ]
        big = np.kron(np.kron(*effects), np.eye(4)) @ rho
        steered = np.einsum("iris->rs", big.reshape(4, 4, 4, 4))
        mapped = (np.trace(steered) * np.eye(4) - steered - unitary @ steered.T @ unitary.conj().T) / 2
        np.testing.assert_allclose(float_matrix(matrix), mapped, atol=1e-15)
    assert sigma.field.polynomial == (-2, 0, 1)
    for key, matrix in functional().coefficients.items():
        total += float(np.trace(float_matrix(matrix) @ float_matrix(sigma.marginal(key))).real)
    found = evidence("B7")
    assert [item.status for item in found] == ["proved", "corrected", "corrected", "proved"]
    assert found[1].lower is not None
    assert float(approximation(found[1].lower)) == pytest.approx(total, abs=1e-13)
    assert str(found[1].lower) == "-7313/7000 + (30837/35000)*a"
    lower, upper = found[2].lower, found[2].upper
    assert isinstance(lower, Fraction)
    assert isinstance(upper, Fraction)
    assert upper - lower <= Fraction(1, 10**9)
    assert lower < Fraction("-0.028122323") < upper


@pytest.mark.parametrize(
    ("printed", "half"),
    [("-2.65", "0.005"), ("0.495", "0.0005"), ("0", "0"), ("-1.4", "0.005"), ("12.3", "0.05")],
)
def test_digits_that_are_not_printed(printed: str, half: str) -> None:
    """Three significant digits: -1.4 is -1.40."""
    assert half_digit(printed) == Fraction(half)


def test_a2() -> None:
    found = evidence("A2")
    assert [item.status for item in found] == ["proved"] * 4
    threshold = found[2]
    assert isinstance(threshold.lower, Fraction)
    assert isinstance(threshold.upper, Fraction)
    assert threshold.lower**2 < Fraction(1, 2) < threshold.upper**2
    assert threshold.upper - threshold.lower <= Fraction(1, 10**9)


def test_theorem_four_is_the_pauli_assemblage() -> None:
    sigma = printed_assemblage(4)
    array = sigma.to_array("outcomes-first")
    for a, x, y in np.ndindex(2, 3, 2):
        sign = (-1) ** (a + (x == 1 and y == 1))
        np.testing.assert_array_equal(array[a, x, y], (np.eye(2) + sign * (X, Y, Z)[x]) / 4)
    assert len(InstrumentalAssemblage.of(sigma).table) == 6
    assert steering_inequality().scenario == sigma.scenario


@pytest.mark.parametrize(("row", "count"), [("C10", 1), ("D1", 3), ("D2", 1), ("D3", 5), ("D6", 4)])
def test_rows_are_proved(row: str, count: int) -> None:
    found = evidence(row)
    assert [item.status for item in found] == ["proved"] * count
    for item in found:
        if isinstance(item.lower, Fraction) and isinstance(item.upper, Fraction):
            assert item.upper - item.lower <= Fraction(1, 10**9)


def test_theorem_four_with_noise() -> None:
    """Mixed with enough white noise it is in the set, so the exclusion is no artefact: v = 2√6/6."""
    threshold = visibility(printed_assemblage(4))
    assert threshold.lower**2 <= Fraction(2, 3) <= threshold.upper**2


def test_every_bipartite_case_has_povms() -> None:
    assert [item.status for item in evidence("A1")] == ["proved"] * 3


@pytest.mark.parametrize("row", ["B1", "B2", "B4", "B6", "B11", "D5"])
def test_constructed_rows(row: str) -> None:
    assert {item.status for item in evidence(row)} == {"proved"}


def test_b10_encloses() -> None:
    pr, example, section_5 = evidence("B10")
    for item, exact in (pr, (2**0.5 - 1) / 2), (example, 2 / 21):
        assert item.lower is not None
        assert item.upper is not None
        assert float(approximation(item.upper)) == pytest.approx(exact, abs=1e-15)
        assert 0 < exact - float(approximation(item.lower)) < 1e-9
    assert isinstance(section_5.lower, Fraction)
    assert isinstance(section_5.upper, Fraction)
    assert Fraction(2, 100) < section_5.lower < section_5.upper < Fraction(23, 1000)


def test_d3_from_inside_meets_the_outer_bound() -> None:
    found = {item.claim: item for item in evidence("D3")}
    inside = next(item for claim, item in found.items() if "from inside" in claim)
    outside = next(item for claim, item in found.items() if "from outside" in claim)
    assert inside.lower == inside.upper
    assert outside.upper is not None
    assert inside.lower is not None
    gap = approximation(outside.upper) - approximation(inside.lower)
    assert 0 < gap < Fraction(1, 10**6)


def test_d4_the_printed_example_in_floating_point() -> None:
    """The printed matrices from their formula, against the channels and steered states of the proof."""
    sigma = InstrumentalAssemblage.of(printed_assemblage(4))
    refuted, excluded, correlations = evidence("D4")
    assert [item.status for item in (refuted, excluded, correlations)] == ["refuted", "proved", "proved"]
    paulis = [X, Y, Z]
    bob = (np.eye(2) + (X + Y + Z) / 3) / 2
    unitary = (np.eye(2) + 1j * X - 1j * Z) / 3**0.5
    np.testing.assert_allclose(unitary @ unitary.conj().T, np.eye(2), atol=1e-15)
    for x, pauli in enumerate(paulis):
        first = (np.eye(2) + pauli) / 4
        second = unitary @ (bob - first) @ unitary.conj().T
        assert np.linalg.eigvalsh(bob - first)[0] > -1e-15
        for a, expected in enumerate((first, second)):
            printed = (np.eye(2) + (-1) ** (a + (x == 1) * (a == 1)) * pauli) / 4
            np.testing.assert_allclose(expected, printed, atol=1e-15)
            found = next(m for k, m in sigma.table.items() if k.parties == ((a, x),))
            np.testing.assert_allclose(float_matrix(found), printed, atol=1e-15)


def support(directions: list[tuple[float, float]]) -> float:
    """The radius of the largest disc in the hull of ±m: the least max |m·u| over unit vectors u."""
    angles = np.linspace(0, np.pi, 20001)
    units = np.array([np.cos(angles), np.sin(angles)])
    return float(np.min(np.max(np.abs(np.array(directions) @ units), axis=0)))


def test_a5_directions_hold_the_disc_and_the_printed_ones_are_the_papers() -> None:
    assert 1 < support([(float(x), float(z)) for x, z in SIX]) < 1.001
    printed = [tuple(float(approximation(n)) for n in m) for m in printed_directions()]
    for k, (x, z) in enumerate(printed):
        expected = np.array([np.cos(k * np.pi / 4), np.sin(k * np.pi / 4)]) / np.cos(np.pi / 8)
        np.testing.assert_allclose((x, z), expected, atol=1e-15)


def test_a5() -> None:
    four, table, box = evidence("A5")
    assert [item.status for item in (four, table, box)] == ["refuted", "proved", "proved"]
    assert "0.00005 of" in next(iter(box.proofs.values())).theorem
    assert Fraction(5, 10**5) == HALF_DIGIT


def test_a8_stretched_with_a_fifth_digit() -> None:
    """It rounds to Table I, and no vector is longer than cos(π/8) times its circle, as 8 printed are."""
    table, fifth = table_1(), table_1_with_fifth_digit()
    assert longer_than_shrunk(table) == 8
    assert longer_than_shrunk(fifth) == 0
    for label, matrix in fifth.independent().items():
        away = largest_entry((matrix - table.marginal(label)).reduced())
        assert away <= Fraction(4, 10**5) < HALF_DIGIT
    assert float(SHRINKING) < np.cos(np.pi / 8)
    for label, matrix in stretched(fifth, SHRINKING).table.items():
        one, other = float_matrix(matrix), float_matrix(fifth.table[label])
        for pauli in (X, Z):
            shorter = np.trace(pauli @ one) * float(SHRINKING)
            assert shorter == pytest.approx(np.trace(pauli @ other), abs=1e-15)
        assert np.trace(one) == pytest.approx(np.trace(other), abs=1e-15)
    with pytest.raises(InputError, match="not positive"):
        stretched(table, SHRINKING)
    drawn, shrunk = evidence("A8")
    assert [drawn.status, shrunk.status] == ["proved", "proved"]
    assert list(drawn.proofs) == ["postquantum-steering/a3-table-1-valid.json"]


def test_f1_points_on_both_sides_of_the_threshold() -> None:
    """The PR box anew; the closed forms of all thresholds against what is kept beside the proofs."""
    example = next(e for e in noisy_examples() if e.file == "pr-box")
    found = noise_evidence(example, lambda text: None)
    assert found.status == "proved"
    assert len(found.proofs) == 2 + len(OUTSIDE) + len(INSIDE)
    kinds = [proof.certificate.claim.kind for proof in found.proofs.values()]
    assert kinds == ["visibility-bound", "member", *["box-excluded"] * 5, *["member"] * 2]
    for proof in found.proofs.values():
        assert check(proof.bytes()).status == "accepted"
    docket = read_docket(ROOT / "proofs" / "docket.jsonl")
    kept = [line for line in docket if "white noise below which" in line.claim]
    assert len(kept) == len(noisy_examples()) == 6
    assert {line.row for line in kept} == {"F1"}
    closed = {"1 - 1/√2": 1 - 0.5**0.5, "1 - √6/3": 1 - 6**0.5 / 3}
    assert sum(line.remark in closed for line in kept) == 3
    for line in kept:
        assert line.status == "proved"
        if line.remark in closed:
            assert line.lower is not None
            assert line.upper is not None
            assert float(line.lower) < closed[line.remark] < float(line.upper)
    with pytest.raises(InputError, match="share of noise 2"):
        with_white_noise(example.assemblage, Fraction(2))


def test_a6_filters_back_to_table_1() -> None:
    """F σ' F† = σ/3 with F = |0⟩⟨0| + |1⟩⟨1|, and tr σ' = tr σ."""
    sigma, extended = table_1(), qutrit_extension(table_1())
    for label, matrix in extended.table.items():
        np.testing.assert_allclose(
            3 * float_matrix(matrix)[:2, :2], float_matrix(sigma.table[label]), atol=1e-15
        )
        assert matrix.trace() == sigma.table[label].trace()
    assert [item.status for item in evidence("A6")] == ["proved", "proved"]


def test_c9() -> None:
    found = evidence("C9")
    assert [item.status for item in found] == ["proved"] * 4
    violated, local = found[2].lower, found[3].upper
    assert violated is not None
    assert local == 2
    assert violated * violated == 8
    assert violated > 2


@pytest.mark.parametrize(("row", "count"), [("E1", 2), ("E2", 2), ("E3", 5), ("E5", 5)])
def test_communication_cost(row: str, count: int) -> None:
    found = evidence(row)
    assert [item.status for item in found] == ["proved"] * count


def test_e4(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two dimensions, against NumPy's own bases and strategies; all of them are in proofs/."""
    monkeypatch.setattr(communication_cost, "ENUMERATED", (2, 3))
    monkeypatch.setattr(communication_cost, "PRIME_POWERS", (2, 3, 4))
    found = evidence("E4")
    assert {item.status for item in found} == {"proved"}
    for d, item in zip((2, 3), found, strict=False):
        functional_ = communication_cost.unbiased_functional(d)
        matrices = {k.parties: float_matrix(m) for k, m in functional_.coefficients.items()}
        largest = 0.0
        for strategy in np.ndindex(*(d,) * (d + 1)):
            total = sum(matrices[((a, x),)] for x, a in enumerate(strategy))
            largest = max(largest, float(np.linalg.eigvalsh(total)[-1]))
        assert float(item.lower) - 1e-9 <= largest <= float(item.upper) + 1e-9
    for item in found:
        if item.claim.startswith("bits"):
            assert item.lower is not None
            assert float(item.lower) > float(item.printed)


def test_e6() -> None:
    """The printed formula at the errors, and the model that refutes it."""
    refuted, *formulas = ROWS["E6"](lambda text: None)
    assert refuted.status == "refuted"
    for proof in refuted.proofs.values():
        assert check(proof.bytes()).status == "accepted"
        assert "leave the assemblage of this claim LHS" in proof.theorem
    for item in formulas:
        epsilon = float(item.claim.split("ε = ")[1])
        expected = np.log2(2 / (1 - np.sqrt(1 - 4 * epsilon**2)))
        assert float(item.lower) == pytest.approx(expected, abs=1e-7)
