"""Witnesses, maps and product bases through the calls that users make."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from exactsteer import InputError, check
from exactsteer.constructions.product_bases import (
    FOUR_PARTIES,
    SHIFTS,
    THREE_QUTRITS,
    ProductBasis,
    columns,
    events_of,
    gleason_assemblage,
    local_orthogonality_sum,
    plane_bases,
    qutrit_bases,
)
from exactsteer.exact.matrices import adjoint, product, scaled, tensor
from exactsteer.kernel.matrix import Matrix, identity, matrix_of
from exactsteer.literature.examples import X, Y, upb_projector
from exactsteer.prover.points import NotProved
from exactsteer.scenario import Scenario
from exactsteer.steering.layouts import float_matrix
from exactsteer.steering.maps import (
    LinearMap,
    breuer_hall,
    choi,
    generalised_choi,
    identity_map,
    reduction,
    transposition,
)
from exactsteer.witnesses import (
    breuer_hall_positive,
    completely_positive,
    decomposable,
    exclusive_events,
    indecomposable,
    positive,
    product_minimum,
    trace_preserving,
    unextendible,
)

MAPS = (transposition(3), reduction(3), choi(), generalised_choi(1, 1, 1))
SINGLET = scaled(matrix_of([[0, 0, 0, 0], [0, 1, -1, 0], [0, -1, 1, 0], [0, 0, 0, 0]]), Fraction(1, 2))


def descent(operator: Matrix, dimensions: tuple[int, ...], seed: int) -> float:
    """The least value that random starts lead to, in plain NumPy."""
    rng, best = np.random.default_rng(seed), np.inf
    values = float_matrix(operator)
    for _ in range(20):
        vectors = [rng.normal(size=d) + 1j * rng.normal(size=d) for d in dimensions]
        for _ in range(300):
            for p, d in enumerate(dimensions):
                left = np.eye(1)
                for q, vector in enumerate(vectors):
                    left = np.kron(
                        left, np.eye(d) if q == p else vector[:, None] / np.linalg.norm(vector)
                    )
                eigenvalues, eigenvectors = np.linalg.eigh(left.conj().T @ values @ left)
                vectors[p] = eigenvectors[:, 0]
        best = min(best, eigenvalues[0])
    return float(best)


@pytest.mark.parametrize("dimensions", [(2, 2), (2, 3), (2, 2, 2), (3, 3)])
def test_enclosures_hold_what_a_descent_finds(dimensions: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(dimensions))
    size = int(np.prod(dimensions))
    g = rng.integers(-4, 5, (size, size)) + 1j * rng.integers(-4, 5, (size, size))
    square = g + g.conj().T
    operator = matrix_of(square.real.astype(int).tolist(), square.imag.astype(int).tolist())
    found = product_minimum(operator, dimensions, tolerance="1e-7")
    assert float(found.lower) - 1e-6 <= descent(operator, dimensions, 1) <= float(found.upper) + 1e-6
    for proof in (found.lower_proof, found.upper_proof):
        assert check(proof.bytes()).status == "accepted"


def test_known_minima() -> None:
    """1/2 for 1 - |Ψ⁻⟩⟨Ψ⁻|; the UPB's ε needs one extra copy of one party."""
    found = product_minimum((identity(4) - SINGLET).reduced(), (2, 2))
    assert found.lower <= Fraction(1, 2) <= found.upper
    assert found.width <= Fraction(1, 10**9)
    single = product_minimum(upb_projector(), (2, 2, 2), (1, 1, 1))
    assert single.lower < 0 < single.upper
    with pytest.raises(InputError, match="8 rows on systems of dimensions"):
        product_minimum(upb_projector(), (2, 2))
    with pytest.raises(InputError, match="at least 1 for each party"):
        product_minimum(upb_projector(), (2, 2, 2), (1, 1))


@pytest.mark.parametrize(
    "linear_map", [transposition(3), reduction(3), choi(), generalised_choi(1, 1, 1)]
)
def test_positive_maps(linear_map: LinearMap) -> None:
    positive(linear_map)
    trace_preserving(linear_map)
    with pytest.raises(InputError, match="not completely positive: its Choi matrix"):
        completely_positive(linear_map)


def test_decomposable_or_not() -> None:
    """Both sides of bc = (2 - a)²/4."""
    for linear_map in (transposition(2), reduction(4), generalised_choi(1, 1, Fraction(1, 2))):
        decomposable(linear_map)
        with pytest.raises(NotProved, match="no PPT state"):
            indecomposable(linear_map)
    for linear_map in (choi(), generalised_choi(1, 1, Fraction(1, 8)), breuer_hall(tensor(X, Y))):
        indecomposable(linear_map)
        with pytest.raises(NotProved):
            decomposable(linear_map)
    assert "is completely positive" in completely_positive(identity_map(3)).theorem


def test_maps_that_are_not_positive() -> None:
    with pytest.raises(InputError, match="the map is not positive: its Choi matrix is -0"):
        positive(generalised_choi(1, Fraction(1, 2), Fraction(1, 4)))
    with pytest.raises(InputError, match="changes the trace, by up to 1 of it"):
        trace_preserving(choi().times(Fraction(2)))
    with pytest.raises(InputError, match=r"Choi matrix: not Hermitian, entries \(1, 0\) and \(0, 1\)"):
        LinearMap.from_choi([[1, 2], [0, 1]], 1)
    with pytest.raises(InputError, match="not negative, not all 0"):
        generalised_choi(1, -1, 0)


def test_breuer_hall_by_its_squares() -> None:
    unitary = matrix_of([[int(c == r + 3) - int(r == c + 3) for c in range(6)] for r in range(6)])
    assert "C^6, is positive" in breuer_hall_positive(unitary).theorem
    with pytest.raises(InputError, match="antisymmetric unitary"):
        breuer_hall_positive(tensor(X, X))


def test_product_bases() -> None:
    basis = ProductBasis.from_events(FOUR_PARTIES, [plane_bases(1, 2)] * 4)
    unextendible(basis)
    assert basis.dimensions == (2, 2, 2, 2)
    projector = basis.projector
    assert product(projector, projector) == projector
    assert projector.trace() == 8
    with pytest.raises(InputError, match="basis 1 of party 1 is not orthogonal"):
        ProductBasis.from_events(SHIFTS, [(plane_bases(1, 1)[0], columns((1, 0), (1, 1)))] * 3)
    with pytest.raises(InputError, match=r"events 0 0\|0 0 and 0 0\|0 1 are not exclusive"):
        ProductBasis.from_events(events_of("00|00 00|01"), [plane_bases(1, 1)] * 2)


def test_an_extendible_basis_is_answered_with_the_vector() -> None:
    for basis in (
        ProductBasis.from_events(SHIFTS[:3], [plane_bases(1, 1)] * 3),
        ProductBasis.from_events(THREE_QUTRITS, [qutrit_bases()] * 3),
    ):
        vector = basis.extending_vector()
        assert vector is not None
        for factors in basis.vectors:
            inner = [product(adjoint(own), its) for own, its in zip(factors, vector, strict=True)]
            assert any(number.vanishes for number in inner)
        with pytest.raises(InputError, match="the product basis is extendible: "):
            unextendible(basis)


def test_sum_of_local_orthogonality() -> None:
    """f(ε)|S|(1 - ε) is what the witness gives to the events."""
    bases = [plane_bases(1, 1)] * 3
    basis = ProductBasis.from_events(SHIFTS, bases)
    epsilon = Fraction(8, 100)
    sigma = gleason_assemblage(basis.witness(epsilon), bases, 3)
    total = sum(sigma.table[event].trace() for event in SHIFTS)
    assert total == local_orthogonality_sum(4, 8, epsilon) > 1


def test_exclusive_events() -> None:
    scenario = Scenario(((2, 2),) * 3, 1)
    assert "4 events of this claim are pairwise exclusive" in exclusive_events(scenario, SHIFTS).theorem
    with pytest.raises(InputError, match=r"0 0 0\|0 0 0 and 0 0 0\|0 0 1 are not exclusive"):
        exclusive_events(scenario, events_of("000|000 000|001"))
