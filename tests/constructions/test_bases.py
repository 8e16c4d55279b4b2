"""Mutually unbiased bases and anticommuting Pauli strings, in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from itertools import combinations

import pytest

from exactsteer import InputError
from exactsteer.constructions.bases import (
    BasisVector,
    anticommuting_pauli_strings,
    mutually_unbiased_bases,
)
from exactsteer.exact.matrices import adjoint, product, scaled, tensor
from exactsteer.kernel.field import LARGEST_DEGREE, Number
from exactsteer.kernel.matrix import Matrix, identity, matrix_of, rational_matrix

DIMENSIONS = (2, 3, 4, 5, 7, 8, 9)
DEGREES = {2: 1, 3: 2, 5: 4, 7: 6}
PAULI = {
    "I": identity(2),
    "X": rational_matrix(1, [[0, 1], [1, 0]]),
    "Y": rational_matrix(1, [[0, 0], [0, 0]], [[0, -1], [1, 0]]),
    "Z": rational_matrix(1, [[1, 0], [0, -1]]),
}


def columns(basis: list[BasisVector]) -> Matrix:
    """The vectors, without their weights, as the columns of a matrix."""
    entries = [[v.vector.entry(k, 0) for v in basis] for k in range(len(basis))]
    return matrix_of(*([[entry[part] for entry in row] for row in entries] for part in (0, 1)))


def overlaps(one: list[BasisVector], other: list[BasisVector]) -> list[list[Number]]:
    """|⟨v|w⟩|² for all v of one basis and w of the other."""
    gram = product(adjoint(columns(one)), columns(other))
    rows: list[list[Number]] = []
    for r, v in enumerate(one):
        entries = [gram.entry(r, c) for c in range(len(other))]
        squares = [re * re + im * im for re, im in entries]
        rows.append([s * v.weight * w.weight for s, w in zip(squares, other, strict=True)])
    return rows


@pytest.mark.parametrize("d", DIMENSIONS)
def test_bases_are_orthonormal_and_mutually_unbiased(d: int) -> None:
    bases = mutually_unbiased_bases(d)
    assert [len(basis) for basis in bases] == [d] * (d + 1)
    for basis in bases:
        assert overlaps(basis, basis) == [[int(r == c) for c in range(d)] for r in range(d)]
    for one, other in combinations(bases, 2):
        assert overlaps(one, other) == [[Fraction(1, d)] * d] * d


@pytest.mark.parametrize("d", DIMENSIONS)
def test_projectors_are_complete(d: int) -> None:
    for basis in mutually_unbiased_bases(d):
        total = reduce(Matrix.__add__, (v.projector for v in basis))
        assert (total - identity(d)).vanishes
        projector = basis[-1].projector
        assert projector.trace() == 1
        assert (product(projector, projector) - projector).vanishes


@pytest.mark.parametrize("d", DIMENSIONS)
def test_one_field_and_the_computational_basis_first(d: int) -> None:
    bases = mutually_unbiased_bases(d)
    (field,) = {v.vector.field for basis in bases for v in basis}
    p = next(q for q in DEGREES if d % q == 0)
    assert field.degree == DEGREES[p]
    assert field.isolates()
    if p > 2:  # Eisenstein's criterion: the polynomial is irreducible
        assert all(c % p == 0 for c in field.polynomial[:-1])
        assert field.polynomial[0] % p**2
    assert (columns(bases[0]) - identity(d)).vanishes


@pytest.mark.parametrize("d", [16, 25, 27])
def test_larger_dimensions(d: int) -> None:
    """The last basis is orthonormal, and unbiased to the first two."""
    bases = mutually_unbiased_bases(d)
    assert [len(basis) for basis in bases] == [d] * (d + 1)
    last = bases[-1]
    assert overlaps(last, last) == [[int(r == c) for c in range(d)] for r in range(d)]
    for other in bases[:2]:
        assert overlaps(other, last) == [[Fraction(1, d)] * d] * d


@pytest.mark.parametrize(
    ("d", "message"),
    [
        (-3, "dimension -3: a prime power, at least 2, is needed"),
        (0, "dimension 0: a prime power, at least 2, is needed"),
        (1, "dimension 1: a prime power, at least 2, is needed"),
        (6, "dimension 6: a prime power is needed, and 6 is none"),
        (12, "dimension 12: a prime power is needed, and 12 is none"),
        (22, "dimension 22: a prime power is needed, and 22 is none"),
        (11, "dimension 11: the roots of unity of order 11 need a real field of degree 10, at most 8"),
        (13, "dimension 13: the roots of unity of order 13 need a real field of degree 12, at most 8"),
        (121, "dimension 121: the roots of unity of order 11 need a real field of degree 10, at most 8"),
    ],
)
def test_other_dimensions_are_refused(d: int, message: str) -> None:
    assert LARGEST_DEGREE == 8
    with pytest.raises(InputError) as error:
        mutually_unbiased_bases(d)
    assert str(error.value) == f"bases of {message}"


@pytest.mark.parametrize("m", [1, 2, 3, 4, 5])
def test_pauli_strings_anticommute(m: int) -> None:
    strings = anticommuting_pauli_strings(m)
    matrices = [reduce(tensor, (PAULI[letter] for letter in s)) for s in strings]
    assert len(strings) == m
    one = identity(2 ** max(1, m // 2))
    for k, left in enumerate(matrices):
        assert (left - adjoint(left)).vanishes
        assert left.trace() == 0
        for l, right in enumerate(matrices):
            total = product(left, right) + product(right, left)
            assert (total - scaled(one, 2 * (k == l))).vanishes


@pytest.mark.parametrize("m", [6, 20, 21])
def test_many_pauli_strings_anticommute(m: int) -> None:
    """Strings anticommute if the places where both have letters other than I, and not the same, are odd
    in number."""
    strings = anticommuting_pauli_strings(m)
    assert len(set(strings)) == m
    assert {len(s) for s in strings} == {m // 2}
    assert set().union(*strings) <= set("IXYZ")
    for one, other in combinations(strings, 2):
        assert sum("I" not in pair and len(set(pair)) == 2 for pair in zip(one, other, strict=True)) % 2


def test_no_pauli_strings_are_refused() -> None:
    with pytest.raises(InputError, match=r"^0 Pauli strings: at least 1 is needed$"):
        anticommuting_pauli_strings(0)
