"""Product vectors from local-orthogonality inequalities, and the witnesses and assemblages they make.

A party's input x is an orthonormal basis of its system, its outcome a a vector of this; so an event
(a₁…a_n|x₁…x_n) is a product vector, and exclusive events are orthogonal ones. If no product vector is
orthogonal to all of them, W = (Π - ε1)/(|S| - Dε) is an entanglement witness of trace 1, Π being their
projector, ε > 0 at most its least value on product states, and the assemblages of W are postquantum.
Source: A formalism for steering, Sec. 6 and Example 7; Augusiak et al., PRL 107, 070401 (2011).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import prod
from typing import TypeAlias

from ..exact.matrices import adjoint, column, complement, product, ray_projector, scaled, tensor
from ..exact.numbers import InputError
from ..kernel.matrix import Matrix, identity, matrix_of
from ..scenario import Label, label_text
from ..statements.product_bases import MOST_VECTORS, entries, exclusive, extension
from ..statements.realisation import Measurements
from ..steering import Assemblage
from .states import assemblage_of

Basis: TypeAlias = Sequence[Matrix]  # orthogonal columns, of any length


def plane_bases(p: int, q: int) -> tuple[Basis, Basis]:
    """{|0⟩, |1⟩} and {|e⟩, |e⊥⟩} with e = (p, q)/√(p² + q²)."""
    return columns((1, 0), (0, 1)), columns((p, q), (-q, p))


def qutrit_bases() -> tuple[Basis, Basis]:
    """{|0⟩, |1⟩, |2⟩}, and a basis none of whose vectors is orthogonal to one of these."""
    return (
        columns((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        columns((1, 2, 2), (2, 1, -2), (2, -2, 1)),
    )


def columns(*vectors: Sequence[int]) -> Basis:
    return tuple(matrix_of([[n] for n in vector]) for vector in vectors)


@dataclass(frozen=True)
class ProductBasis:
    """Product vectors, `vectors[k][p]` the factor of party p, a column of any length.

    >>> from exactsteer.constructions.product_bases import plane_bases
    >>> shifts = ProductBasis.from_events(SHIFTS, [plane_bases(1, 1)] * 3)
    >>> shifts.dimensions, shifts.extending_vector() is None
    ((2, 2, 2), True)
    """

    vectors: tuple[tuple[Matrix, ...], ...]

    @classmethod
    def from_events(cls, events: Sequence[Label], bases: Sequence[Sequence[Basis]]) -> ProductBasis:
        """`bases[p][x][a]` belongs to outcome a of input x of party p.

        Raises InputError if two events are not exclusive, naming them, or if a basis is not orthogonal.
        """
        for p, own in enumerate(bases):
            for x, basis in enumerate(own):
                for k, one in enumerate(basis):
                    if any(not product(adjoint(one), other).vanishes for other in basis[:k]):
                        raise InputError(f"basis {x} of party {p + 1} is not orthogonal")
        for k, event in enumerate(events):
            for other in events[:k]:
                if not exclusive(event, other):
                    raise InputError(
                        f"events {label_text(other)} and {label_text(event)} are not exclusive: no "
                        "party has the same input and different outcomes"
                    )
        return cls(
            tuple(
                tuple(bases[p][x][a] for p, (a, x) in enumerate(part for part in event.parties if part))
                for event in events
            )
        )

    @property
    def dimensions(self) -> tuple[int, ...]:
        return tuple(factor.shape[0] for factor in self.vectors[0])

    @property
    def projector(self) -> Matrix:
        """On the span of the vectors, which are orthogonal."""
        terms = (reduce(tensor, map(ray_projector, factors)) for factors in self.vectors)
        return reduce(Matrix.__add__, terms).reduced()

    def extending_vector(self) -> tuple[Matrix, ...] | None:
        """A product vector that is orthogonal to all, over Q(i); None if there is none."""
        if len(self.vectors) > MOST_VECTORS:
            raise InputError(f"{len(self.vectors)} vectors, at most {MOST_VECTORS}")
        rows = [tuple(entries(factor) for factor in factors) for factors in self.vectors]
        left = extension(rows, self.dimensions)
        if left is None:
            return None
        found = []
        for p, size in enumerate(self.dimensions):
            own = [factors[p] for factors, party in zip(self.vectors, left, strict=True) if party == p]
            rest = complement(own)[0] if own else identity(size)
            columns_left = (column(rest, k) for k in range(size))
            found.append(next(vector for vector in columns_left if not vector.vanishes))
        return tuple(found)

    def witness(self, epsilon: Fraction) -> Matrix:
        """(Π - ε1)/(|S| - Dε), of trace 1."""
        size = prod(self.dimensions)
        shifted = (self.projector - scaled(identity(size), epsilon)).reduced()
        return scaled(shifted, 1 / (len(self.vectors) - size * epsilon))


def measurements_in(bases: Sequence[Basis]) -> Measurements:
    """The projectors on the vectors of each basis."""
    return tuple(tuple(map(ray_projector, basis)) for basis in bases)


def gleason_assemblage(witness: Matrix, bases: Sequence[Sequence[Basis]], untrusted: int) -> Assemblage:
    """The first `untrusted` parties measure their bases on the witness, the others are trusted as one.

    With `untrusted` the number of all parties: the correlations, a trusted system of dimension 1.
    """
    return assemblage_of(witness, [measurements_in(own) for own in bases[:untrusted]])


def local_orthogonality_sum(size: int, dimension: int, epsilon: Fraction) -> Fraction:
    """f(ε)·|S|·(1 - ε), what the witness gives to the |S| exclusive events: more than 1."""
    return size * (1 - epsilon) / (size - dimension * epsilon)


def events_of(text: str) -> tuple[Label, ...]:
    """Events written `000|000 110|011`: outcomes, then inputs, a digit for each party."""
    events = []
    for word in text.split():
        outcomes, inputs = word.split("|")
        events.append(Label(tuple((int(a), int(x)) for a, x in zip(outcomes, inputs, strict=True))))
    return tuple(events)


# Guess your neighbour's input; with {|0⟩, |1⟩} and {|e⟩, |e⊥⟩} the vectors of Example 7.
SHIFTS = events_of("000|000 110|011 011|101 101|110")
# Three qutrits: 15 exclusive events, and no more, which product vectors extend all the same.
THREE_QUTRITS = events_of(
    "000|000 110|011 011|101 101|110 221|110 222|110 202|110 201|110 122|110 "
    "121|110 102|110 022|101 021|101 012|101 210|011"
)
THREE_QUBITS_AND_A_QUTRIT = events_of(
    "0000|0000 0101|0000 0112|0010 0110|0100 1000|0000 1112|0010 1110|0100 "
    "1101|0110 0011|1010 0012|1010 0100|1000 0010|1100 0002|1110 0102|1110 "
    "1002|1000 1012|1000 1100|1000 1102|1010 1010|1100 1011|1100"
)
FOUR_PARTIES = events_of(
    "0000|0000 1011|0101 0111|1110 1100|1001 0010|0000 1101|0111 0001|1100 1110|1001"
)
