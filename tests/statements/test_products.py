"""Product states, positive maps, product bases and exclusive events from both sides of their borders."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from exactsteer import NotProved, check
from exactsteer.constructions.product_bases import SHIFTS, ProductBasis, plane_bases
from exactsteer.exact.ldl import ldl
from exactsteer.exact.matrices import adjoint, product, scaled
from exactsteer.kernel.errors import Declined
from exactsteer.kernel.matrix import Matrix, identity, matrix_of, rational_matrix
from exactsteer.kernel.program import LowerBound, Program, evaluate
from exactsteer.literature.examples import upb_projector
from exactsteer.scenario import Label, Scenario
from exactsteer.statements import ProductAttained, ProductBound
from exactsteer.statements.forms import Coordinate
from exactsteer.statements.product_bases import entries, extension
from exactsteer.statements.product_states import ProductSystem, indices
from exactsteer.steering.maps import generalised_choi
from exactsteer.witnesses import (
    decomposable,
    exclusive_events,
    indecomposable,
    positive,
    product_minimum,
    unextendible,
)

Complex = tuple[Fraction, Fraction]

CASES = [
    ((2, 3), (1, 1)),
    ((3,), (2,)),
    ((2, 2), (3, 1)),
    ((2, 2), (2, 2)),
    ((2, 1, 2), (1, 2, 1)),
    ((2, 2, 2), (1, 1, 1)),
    ((3, 2), (1, 2)),
]


def times(x: Complex, y: Complex) -> Complex:
    return x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0]


def random_factors(rng: Any, dimensions: tuple[int, ...]) -> list[list[Complex]]:
    """Gaussian rationals, of any length."""

    def number() -> Fraction:
        return Fraction(int(rng.integers(-4, 5)), int(rng.integers(1, 4)))

    factors = [[(number(), number()) for _ in range(d)] for d in dimensions]
    return [f if any(map(any, f)) else [(Fraction(1), Fraction(2))] * len(f) for f in factors]


def norm(factors: list[list[Complex]], powers: tuple[int, ...]) -> Fraction:
    value = Fraction(1)
    for factor, power in zip(factors, powers, strict=True):
        value *= sum(re * re + im * im for re, im in factor) ** power
    return value


def moment(factors: list[list[Complex]], row: Any, column: Any) -> Complex:
    """M(r, c) from its definition."""
    value: Complex = (Fraction(1), Fraction(0))
    for factor, up, down in zip(factors, row, column, strict=True):
        for (re, im), plain, conjugated in zip(factor, up, down, strict=True):
            for _ in range(plain):
                value = times(value, (re, im))
            for _ in range(conjugated):
                value = times(value, (re, -im))
    return value


def point_of(program: Program, system: ProductSystem, copies: Any, mixture: Any) -> Matrix:
    """The unknowns for Σ p α, each α divided by its length."""
    whole = indices(system.dimensions, copies)
    values = []
    for unknown in program.unknowns:
        assert isinstance(unknown, Coordinate)
        total = Fraction(0)
        for weight, factors in mixture:
            parts = moment(factors, whole[unknown.row], whole[unknown.column])
            total += weight * parts[unknown.part == "imaginary"] / norm(factors, copies)
        values.append(total)
    return matrix_of([values])


def expectation(operator: Matrix, factors: list[list[Complex]]) -> Fraction:
    """⟨α|W|α⟩/⟨α|α⟩ from the definition."""
    vector: list[Complex] = [(Fraction(1), Fraction(0))]
    for factor in factors:
        vector = [times(x, y) for x in vector for y in factor]
    total = Fraction(0)
    for i, (a, b) in enumerate(vector):
        for j, other in enumerate(vector):
            total += times(times((a, -b), operator.entry(i, j)), other)[0]
    return total / norm(factors, (1,) * len(factors))


@pytest.mark.parametrize("relation", [">=", "<="])
@pytest.mark.parametrize(("dimensions", "copies"), CASES)
def test_product_vectors_satisfy_the_program(
    dimensions: tuple[int, ...], copies: tuple[int, ...], relation: str
) -> None:
    """Exactly: positivity of all blocks, normalisation, and the objective, for vectors and mixtures."""
    rng = np.random.default_rng([*dimensions, *copies])
    operator = random_hermitian(rng, int(np.prod(dimensions)))
    system = ProductSystem(dimensions, operator)
    program = ProductBound(system, copies, relation, Fraction(0)).program()
    goal = program.goal
    assert isinstance(goal, LowerBound)
    for count in (1, 3):
        vectors = [random_factors(rng, dimensions) for _ in range(count)]
        mixture = [(Fraction(k + 1, count * (count + 1) // 2), v) for k, v in enumerate(vectors)]
        point = point_of(program, system, copies, mixture)
        numbers = [n * Fraction(1, point.denominator) for n in point.numerators(0)]
        for block in program.blocks:
            assert ldl(evaluate(block, point)) is not None
        [normalised] = program.equations
        assert sum(c * numbers[i] for i, c in normalised.coefficients.items()) == normalised.value == 1
        found = sum(c * numbers[i] for i, c in goal.objective.items())
        value = sum(p * expectation(operator, v) for p, v in mixture)
        assert found == (value if relation == ">=" else -value)


def random_hermitian(rng: Any, size: int) -> Matrix:
    g = rng.integers(-4, 5, (size, size)) + 1j * rng.integers(-4, 5, (size, size))
    h = g + g.conj().T
    return matrix_of(h.real.astype(int).tolist(), h.imag.astype(int).tolist())


@pytest.mark.parametrize(("dimensions", "copies"), CASES)
def test_what_a_product_vector_attains(dimensions: tuple[int, ...], copies: tuple[int, ...]) -> None:
    rng = np.random.default_rng([1, *dimensions, *copies])
    operator = random_hermitian(rng, int(np.prod(dimensions)))
    factors = random_factors(rng, dimensions)
    columns = tuple(matrix_of([[re] for re, _ in f], [[im] for _, im in f]) for f in factors)
    claim = ProductAttained(ProductSystem(dimensions, operator), columns, "<=", Fraction(0))
    value, length = claim.value_and_norm()
    assert length == norm(factors, (1,) * len(factors))
    assert value == expectation(operator, factors) * length


SWAP = rational_matrix(1, [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
SINGLET = rational_matrix(2, [[0, 0, 0, 0], [0, 1, -1, 0], [0, -1, 1, 0], [0, 0, 0, 0]])


@pytest.mark.parametrize(
    ("operator", "dimensions", "least"),
    [
        (SWAP, (2, 2), 0.0),
        (SINGLET, (2, 2), 0.0),
        (scaled(SINGLET, Fraction(-1)), (2, 2), -0.5),
        # 1 + wS: product states have ⟨S⟩ between 0 and 1.
        ((identity(4) + scaled(SWAP, Fraction(3))).reduced(), (2, 2), 1.0),
        ((identity(4) - scaled(SWAP, Fraction(3))).reduced(), (2, 2), -2.0),
        (upb_projector(), (2, 2, 2), 0.08144134645),
    ],
    ids=["swap", "singlet", "minus singlet", "Werner", "Werner with a minus", "shifts"],
)
def test_known_minima(operator: Matrix, dimensions: tuple[int, ...], least: float) -> None:
    found = product_minimum(operator, dimensions)
    assert float(found.lower) - 1e-11 <= least <= float(found.upper) + 1e-11
    assert found.width < Fraction(1, 10**8)
    for proof in (found.lower_proof, found.upper_proof):
        assert check(proof.bytes()).status == "accepted"


EIGHTH = Fraction(1, 8)


@pytest.mark.parametrize(
    ("weights", "is_decomposable"),
    [
        ((1, 1, Fraction(1, 2)), True),
        ((0, 1, 1), True),
        ((1, EIGHTH, Fraction(9, 4)), True),  # bc = 9/32 > 1/4
        ((1, EIGHTH, Fraction(15, 8)), False),  # bc = 15/64 < 1/4
        ((1, 1, 0), False),
    ],
)
def test_border_of_decomposable_maps(weights: Any, is_decomposable: bool) -> None:
    """bc = (2 - a)²/4: on one side P and Q, on the other a state, and never both."""
    linear_map = generalised_choi(*weights)
    prove, refute = (decomposable, indecomposable) if is_decomposable else (indecomposable, decomposable)
    assert check(prove(linear_map).bytes()).status == "accepted"
    with pytest.raises(NotProved):
        refute(linear_map)


@pytest.mark.parametrize("weights", [(1, 1, 0), (Fraction(3, 2), Fraction(1, 2), EIGHTH), (0, 1, 1)])
def test_positive_maps(weights: Any) -> None:
    """Where a + b + c ≥ 2, and bc ≥ (1 - a)² if a ≤ 1."""
    assert check(positive(generalised_choi(*weights)).bytes()).status == "accepted"


@pytest.mark.parametrize(
    "weights", [(1, Fraction(7, 8), 0), (0, Fraction(3, 4), 1), (Fraction(1, 2), EIGHTH, Fraction(3, 2))]
)
def test_maps_that_are_not_positive(weights: Any) -> None:
    """Sums below 2, and bc < (1 - a)²: an exact product vector has a negative value."""
    linear_map = generalised_choi(*weights)
    with pytest.raises(ValueError, match="the map is not positive"):
        positive(linear_map)
    found = product_minimum(linear_map.choi, (3, 3), (1, 1), tolerance="1e-6")
    assert found.lower <= found.upper < 0


def basis_of(*vectors: tuple[tuple[int, ...], ...]) -> ProductBasis:
    return ProductBasis(
        tuple(tuple(matrix_of([[n] for n in factor]) for factor in factors) for factors in vectors)
    )


TILES = basis_of(
    ((1, 0, 0), (1, -1, 0)),
    ((0, 0, 1), (0, 1, -1)),
    ((1, -1, 0), (0, 0, 1)),
    ((0, 1, -1), (1, 0, 0)),
    ((1, 1, 1), (1, 1, 1)),
)
COMPLETE = basis_of(*(((1 - k, k), (1 - l, l)) for k in (0, 1) for l in (0, 1)))
THREE = ProductBasis.from_events(SHIFTS, [plane_bases(1, 2), plane_bases(3, 1), plane_bases(1, 1)])


@pytest.mark.parametrize("basis", [TILES, COMPLETE, THREE], ids=["tiles", "complete", "shifts"])
def test_bases_and_their_parts(basis: ProductBasis) -> None:
    """No vector extends the whole; one that is orthogonal to all extends each proper part."""
    assert basis.extending_vector() is None
    assert check(unextendible(basis).bytes()).status == "accepted"
    count = len(basis.vectors)
    for size in range(1, count):
        for chosen in combinations(range(count), size):
            part = ProductBasis(tuple(basis.vectors[k] for k in chosen))
            found = part.extending_vector()
            assert found is not None
            assert not any(factor.vanishes for factor in found)
            for factors in part.vectors:
                inner = [product(adjoint(own), its) for own, its in zip(factors, found, strict=True)]
                assert any(number.vanishes for number in inner)


def by_ranks(vectors: list[tuple[Matrix, ...]], dimensions: tuple[int, ...]) -> bool:
    """Whether the vectors can be left to parties whose spaces they don't span, by all ways to do it."""
    for way in np.ndindex(*(len(dimensions),) * len(vectors)):
        own = [
            [v[p] for v, q in zip(vectors, way, strict=True) if q == p] for p in range(len(dimensions))
        ]
        if all(
            not columns or np.linalg.matrix_rank(np.hstack([numbers(c) for c in columns])) < d
            for columns, d in zip(own, dimensions, strict=True)
        ):
            return True
    return False


def numbers(column: Matrix) -> Any:
    parts = [column.entry(r, 0) for r in range(column.shape[0])]
    return np.array([[complex(re, im)] for re, im in parts])


@pytest.mark.parametrize("dimensions", [(2, 2), (3, 2), (2, 2, 2), (3, 3), (1, 3)])
def test_extension_of_random_vectors(dimensions: tuple[int, ...]) -> None:
    """Against all ways to share out vectors, with small entries so that many are dependent."""
    rng = np.random.default_rng(dimensions)
    answers = set()
    for _ in range(30):
        vectors = []
        for _ in range(int(rng.integers(1, 6))):
            draws = [rng.integers(-1, 2, (2, d, 1)) for d in dimensions]
            vectors.append(tuple(matrix_of(*(d if d.any() else d + 1).tolist()) for d in draws))
        found = extension([tuple(map(entries, v)) for v in vectors], dimensions) is not None
        assert found == by_ranks(vectors, dimensions)
        answers.add(found)
    assert answers == {True, False} or dimensions == (3, 3)


def test_extension_refuses_vectors_of_other_parties() -> None:
    with pytest.raises(ValueError, match="a factor for each party"):
        extension([(((1, 0),),)], (1, 1))


def test_exclusive_events_are_orthogonal_projectors() -> None:
    """Σ p ≤ 1 on random product projectors: the greatest eigenvalue of Σ Π is at most 1."""
    rng = np.random.default_rng(3)
    scenario = Scenario(((2, 2), (3, 2)), 1)
    events = [e for e in scenario.labels() if rng.random() < 0.9]
    chosen: list[Label] = []
    for event in events:
        if all(different(event, other) for other in chosen):
            chosen.append(event)
    assert len(chosen) > 2
    assert check(exclusive_events(scenario, chosen).bytes()).status == "accepted"
    for _ in range(20):
        bases = [
            [np.linalg.qr(rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3)))[0] for _ in range(2)]
            for _ in range(2)
        ]
        total = np.zeros((9, 9), complex)
        for event in chosen:
            term = np.eye(1)
            for p, part in enumerate(event.parties):
                assert part is not None
                a, x = part
                last = scenario.outcomes[p][x] - 1
                own = bases[p][x][:, a : a + 1 if a < last else 3]
                term = np.kron(term, own @ own.conj().T)
            total += term
        assert np.linalg.eigvalsh(total)[-1] < 1 + 1e-9


def different(one: Label, other: Label) -> bool:
    pairs = zip(one.parties, other.parties, strict=True)
    return any(a and b and a[1] == b[1] and a[0] != b[0] for a, b in pairs)


def test_too_large_is_declined() -> None:
    """Before anything is computed."""
    system = ProductSystem((2,) * 6, identity(64))
    with pytest.raises(Declined, match="blocks of"):
        ProductBound(system, (2,) * 6, ">=", Fraction(0)).program()
