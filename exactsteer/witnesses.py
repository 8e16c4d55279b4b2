"""The calls about witnesses, positive maps and product bases: `import exactsteer.witnesses`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import prod

import numpy.typing as npt

from .api import Listener, Number, declining, exact_width
from .constructions.product_bases import ProductBasis
from .exact.matrices import blockwise, of_entries
from .exact.numbers import InputError
from .kernel.errors import Declined
from .kernel.field import Number as Exact
from .kernel.matrix import Matrix, identity, matrix_of, transpose
from .kernel.numbers import spoken
from .kernel.program import Existence, Program
from .prover.points import Journal, NotProved
from .prover.products import attained, enclose_product_minimum, prove_by_squares
from .prover.prove import Enclosure, Proof, point_inside, prove, prove_at
from .scenario import Label, Scenario, label_text
from .statements import (
    CompletelyPositiveMap,
    DecomposableMap,
    ExclusiveEvents,
    IndecomposableMap,
    PositiveMap,
    TracePreservingMap,
    UnextendibleBasis,
)
from .statements.forms import equation, inequality, pairing, positive_block, trace, unknown
from .statements.positive_maps import partial_transpose
from .statements.product_bases import exclusive
from .statements.product_states import ProductSystem
from .statements.realisation import input_part
from .steering.assemblage import largest_entry, require_positive_matrix
from .steering.layouts import exact_hermitian
from .steering.maps import LinearMap, breuer_hall

COPIES = ((1, 1), (2, 1), (1, 2), (2, 2))  # of input and output, that are tried for positivity
GRID = 10**9  # of the entries of a product vector
NEGATIVE = 1e-6  # a value this far below 0 is no rounding of a zero


def product_minimum(
    operator: Matrix | npt.ArrayLike,
    dimensions: Sequence[int],
    copies: Sequence[int] | None = None,
    tolerance: Number = "1e-9",
    listener: Listener | None = None,
) -> Enclosure:
    """Enclose the least ⟨α|W|α⟩ over product states, with a certificate for each side.

    `operator` is Hermitian, an exact matrix or an array, whose floats count as exact; the parties are
    its tensor factors, in their order. From below by a sum of hermitian squares, with `copies` of each
    party (a symmetric extension with all partial transposes; more and more copies are tried, unless they
    are given); from above by an exact product vector. If the lower bound is not negative, W is block
    positive: a witness, unless W ⪰ 0.
    Raises InputError, or NotProved.
    Source: A formalism for steering, Example 7; Doherty, Parrilo, Spedalieri, PRA 69, 022308 (2004).

    >>> from exactsteer.literature.examples import upb_projector
    >>> epsilon = product_minimum(upb_projector(), (2, 2, 2))
    >>> round(float(epsilon.lower), 8), epsilon.width < 1e-9
    (0.08144135, True)
    """
    if not isinstance(operator, Matrix):
        operator = exact_hermitian(operator, prod(dimensions), "operator")
    if prod(dimensions) != operator.shape[0]:
        raise InputError(
            f"an operator of {operator.shape[0]} rows on systems of dimensions {list(dimensions)}"
        )
    if copies is not None and (len(copies) != len(dimensions) or min(copies) < 1):
        raise InputError(f"copies {list(copies)}: a number of at least 1 for each party is needed")
    system = ProductSystem(tuple(dimensions), operator)
    width, journal = exact_width(tolerance), Journal(listener)
    return declining(lambda: enclose_product_minimum(system, copies, width, journal))


def positive(linear_map: LinearMap, listener: Listener | None = None) -> Proof:
    """The certificate that a map is positive: its Choi matrix is not negative on product vectors.

    A sum of squares, with more and more copies of input and output; where it has zeros, the squares are
    made exact if they have simple rational entries. Raises InputError if an exact product vector shows
    that the map is not positive, NotProved if nothing is found.
    Source: A formalism for steering, Sec. 5.

    >>> from exactsteer.steering.maps import choi
    >>> positive(choi()).theorem[-70:]
    'C^3, is positive: it maps every positive semidefinite operator to one.'
    """
    journal = Journal(listener)
    m, k = linear_map.dimension, linear_map.output
    least, _ = attained(ProductSystem((m, k), linear_map.choi), GRID, journal)
    if least < -NEGATIVE:
        raise InputError(
            f"the map is not positive: its Choi matrix is {float(least):.3g} on a product vector"
        )
    for copies in COPIES:
        statement = PositiveMap(m, linear_map.choi, linear_map.choi.field, copies=copies)
        try:
            return prove(statement, journal)
        except (NotProved, Declined) as error:
            journal.add(f"failed: with {copies} copies, {error}")
    raise NotProved(journal.steps[-1].removeprefix("failed: "), journal.steps)


def breuer_hall_positive(unitary: Matrix) -> Proof:
    """The certificate that a Breuer-Hall map is positive, in any dimension.

    With z = |x|²y - x⟨x, y⟩ - Ux*⟨Ux*, y⟩ one has (d - 2)|x|²⟨y|Λ[xx†]|y⟩ = |z|², since Ux* is
    orthogonal to x. Source: A formalism for steering, Eq. 33.

    >>> from exactsteer.literature.examples import X, Y
    >>> from exactsteer.exact.matrices import tensor
    >>> "is positive" in breuer_hall_positive(tensor(X, Y)).theorem
    True
    """
    linear_map = breuer_hall(unitary)
    d = unitary.shape[0]

    def entry(row: int, k: int) -> tuple[Exact, Exact]:
        """The conjugate of the coefficient of x_i x*_j y_l in z_k."""
        i, j, l = row // d**2, row // d % d, row % d
        (a, b), (p, q) = unitary.entry(k, j), unitary.entry(l, i)
        plain = int(i == j and k == l) - int(i == k and j == l)
        return plain - (a * p + b * q), b * p - a * q

    squares = of_entries([[entry(row, k) for k in range(d)] for row in range(d**3)])
    weights = matrix_of([[Fraction(1, d - 2)] * d])
    statement = PositiveMap(d, linear_map.choi, linear_map.choi.field, copies=(2, 1))
    return prove_by_squares(statement, (1, 0), squares, weights, Journal())


def completely_positive(linear_map: LinearMap) -> Proof:
    """The certificate that J ⪰ 0. InputError, with the least eigenvalue, if it is not."""
    require_positive_matrix(linear_map.choi, "the map is not completely positive: its Choi matrix")
    return prove(CompletelyPositiveMap(linear_map.dimension, linear_map.choi, linear_map.choi.field))


def trace_preserving(linear_map: LinearMap) -> Proof:
    """The certificate that a map preserves the trace; InputError if it does not, with the amount."""
    m, choi = linear_map.dimension, linear_map.choi
    excess = input_part(choi, m) - identity(m)
    if not excess.vanishes:
        raise InputError(f"the map changes the trace, by up to {spoken(largest_entry(excess))} of it")
    return prove(TracePreservingMap(m, choi, choi.field))


def decomposable(linear_map: LinearMap, listener: Listener | None = None) -> Proof:
    """The certificate that J = P + Q^Γ with P, Q ⪰ 0.

    Found where both may be positive definite, or one of them vanish. Raises NotProved.

    >>> from exactsteer.steering.maps import reduction
    >>> "is decomposable" in decomposable(reduction(3)).theorem
    True
    """
    journal = Journal(listener)
    m, choi = linear_map.dimension, linear_map.choi
    statement = DecomposableMap(m, choi, choi.field)
    transposed = blockwise(choi, linear_map.output, transpose)
    for second in (transpose(transposed), choi - choi):
        try:
            return prove_at(statement, {"Q": second.reduced()}, journal)
        except NotProved as error:
            journal.add(f"failed: {error}")
    return prove(statement, journal)


def indecomposable(linear_map: LinearMap, listener: Listener | None = None) -> Proof:
    """The certificate that no P, Q ⪰ 0 have J = P + Q^Γ: an exact PPT state with tr(Jρ) < 0.

    Raises NotProved if no such state is found.

    >>> from exactsteer.steering.maps import choi
    >>> "is not decomposable" in indecomposable(choi()).theorem
    True
    """
    journal = Journal(listener)
    m, choi = linear_map.dimension, linear_map.choi
    unknowns: list[object] = []
    state = unknown(unknowns, "ρ", choi.shape[0], True)
    blocks = [positive_block("ρ", state), positive_block("ρ^Γ", partial_transpose(state, m))]
    value = {i: -weight for i, weight in pairing([(choi, state)]).items()}
    blocks.append(inequality("tr(Jρ) < 0", value))
    normalised = equation("normalisation", trace(state), 1)
    program = Program(unknowns, blocks, [normalised], Existence())
    try:
        found = point_inside(program, journal)["ρ"]
    except (ArithmeticError, StopIteration) as error:
        raise NotProved(f"no PPT state with tr(Jρ) < 0: {error}", journal.steps) from None
    return prove(IndecomposableMap(m, choi, choi.field, state=found), journal)


def unextendible(basis: ProductBasis) -> Proof:
    """The certificate that product vectors are orthogonal, and no product vector is to all of them.

    Raises InputError, with such a vector, if there is one.

    >>> from exactsteer.constructions.product_bases import SHIFTS, plane_bases
    >>> shifts = ProductBasis.from_events(SHIFTS, [plane_bases(1, 1)] * 3)
    >>> unextendible(shifts).theorem[:39]
    'The 4 product vectors of this claim, of'
    """
    found = declining(basis.extending_vector)
    if found is not None:
        vector = " ⊗ ".join(map(column_text, found))
        raise InputError(f"the product basis is extendible: {vector} is orthogonal to all its vectors")
    return prove(UnextendibleBasis(basis.dimensions, basis.vectors))


def exclusive_events(scenario: Scenario, events: Sequence[Label]) -> Proof:
    """The certificate that events are pairwise exclusive, so that Σ p ≤ 1 (local orthogonality).

    `scenario` has a trusted system of dimension 1. InputError names two events that are not.
    """
    for one, other in combinations(events, 2):
        if not exclusive(one, other):
            raise InputError(f"events {label_text(one)} and {label_text(other)} are not exclusive")
    return prove(ExclusiveEvents(scenario, tuple(events)))


def column_text(vector: Matrix) -> str:
    """A column, `(1, 2 - i)`, over Q(i)."""
    entries = [vector.entry(r, 0) for r in range(vector.shape[0])]
    return "(" + ", ".join(f"{re}" if not im else f"{re} + {im}i" for re, im in entries) + ")"
