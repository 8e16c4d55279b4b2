"""Rows B3, B5, B8 and B9, against NumPy and closed values; B9 in part, all of it is in proofs/."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from literature.test_rows import evidence

from exactsteer.literature import formalism_witnesses, many_parties
from exactsteer.literature.formalism_witnesses import BELL_STATES, ket
from exactsteer.steering.layouts import float_matrix


def test_b3(monkeypatch: pytest.MonkeyPatch) -> None:
    """ε for three of the angles, the one that is printed among them."""
    monkeypatch.setattr(formalism_witnesses, "ANGLES", ((1, 1), (1, 2), (5, 8)))
    found = evidence("B3")
    assert {item.status for item in found} == {"proved"}
    for item, (p, q) in zip(found, ((1, 1), (1, 2), (5, 8)), strict=False):
        assert isinstance(item.lower, Fraction)
        assert isinstance(item.upper, Fraction)
        assert item.upper - item.lower <= Fraction(1, 10**9)
        assert float(item.lower) - 1e-9 <= least_on_products(p, q) <= float(item.upper) + 1e-9
    violation = next(item.lower for item in found if "sum of their probabilities" in item.claim)
    epsilon = found[0].lower
    assert violation == 4 * (1 - epsilon) / (4 - 8 * epsilon) > 1


def least_on_products(p: int, q: int) -> float:
    """By a grid search over real product vectors of Example 7, refined."""
    e, orthogonal = np.array([p, q]) / np.hypot(p, q), np.array([-q, p]) / np.hypot(p, q)
    zero, one = np.eye(2)
    vectors = [(zero, zero, zero), (one, orthogonal, e), (e, one, orthogonal), (orthogonal, e, one)]
    projector = sum(np.outer(v, v) for v in (np.kron(np.kron(a, b), c) for a, b, c in vectors)).reshape(
        (2,) * 6
    )
    best = 9.0
    for angles in np.random.default_rng(0).uniform(0, np.pi, (40, 3)):
        states = [np.array([np.cos(t), np.sin(t)]) for t in angles]
        for _ in range(400):
            for k, axes in enumerate(("abcdef,b,c,e,f->ad", "abcdef,a,c,d,f->be", "abcdef,a,b,d,e->cf")):
                others = [states[l] for l in range(3) if l != k]
                values, own = np.linalg.eigh(np.einsum(axes, projector, *others, *others))
                states[k] = own[:, 0]
        best = min(best, float(values[0]))
    return best


def test_b5() -> None:
    found = evidence("B5")
    assert [item.status for item in found] == ["proved"] * 8
    indecomposable = [item.claim for item in found if item.claim.endswith(", indecomposable")]
    assert len(indecomposable) == 4


def test_b8() -> None:
    """Bob's qutrit is maximally entangled with three Bell states; 1/9 lies in the enclosure."""
    state = float_matrix(ket(BELL_STATES, (2, 2, 3))).reshape(4, 3, 4, 3)
    np.testing.assert_allclose(np.einsum("ibic->bc", state), np.eye(3) / 3, atol=1e-15)
    found = evidence("B8")
    assert [item.status for item in found] == ["proved"] * 3
    assert found[2].lower <= Fraction(1, 9) <= found[2].upper


def test_b9(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three qubits, and the basis that product vectors extend."""
    cases = formalism_witnesses.cases()[:1]
    monkeypatch.setattr(formalism_witnesses, "cases", lambda: cases)
    found = evidence("B9")
    assert [item.status for item in found] == ["proved"] * 6 + ["refuted"]
    assert "not positive" in found[5].remark
    assert found[6].proofs


def test_epsilon_of_the_witworld_state_is_the_same() -> None:
    """Row C2 uses a rational number below the ε of row B3."""
    assert Fraction("0.0814413463") > many_parties.EPSILON
