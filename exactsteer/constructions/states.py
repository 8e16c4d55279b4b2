"""States that the papers measure, exact, and the assemblages that measurements make of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from ..exact.matrices import (
    adjoint,
    maximally_entangled,
    mixture,
    of_entries,
    product,
    ray_projector,
    scaled,
)
from ..exact.numbers import InputError, exact_number
from ..kernel.field import Number
from ..kernel.matrix import Matrix, identity, matrix_of
from ..scenario import Scenario
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering import Assemblage
from ..steering.assemblage import white_noise_table


def assemblage_of(
    state: Matrix, measurements: Sequence[Measurements], bobs: Sequence[int] = ()
) -> Assemblage:
    """σ[a₁…|x₁…] = tr_uncharacterised{(M_{a₁|x₁} ⊗ … ⊗ 1) ρ}.

    `measurements[p][x][a]` are the effects of party p; the trusted system is the last factor of ρ, which
    may be an entanglement witness too, which makes a Gleason assemblage (A formalism for steering,
    Eq. 26). With `bobs` that factor belongs to trusted parties of these dimensions, and the assemblage
    is what each of them sees of it. Raises InputError if the assemblage is not valid.

    >>> from exactsteer.kernel.matrix import matrix_of
    >>> up, down = matrix_of([[1, 0], [0, 0]]), matrix_of([[0, 0], [0, 1]])
    >>> sigma = assemblage_of(isotropic(2, 1), [((up, down),)])
    >>> [matrix.parts[0, 0] for matrix in sigma.table.values()]
    [[[1, 0], [0, 0]], [[0, 0], [0, 1]]]
    """
    realisation = Realisation(
        tuple((own,) for own in measurements),
        (SectorState((0,) * len(measurements), state),),
    )
    outcomes = tuple(tuple(len(effects) for effects in own) for own in measurements)
    joint = realisation.dimensions[-1]
    if bobs and prod(bobs) != joint:
        raise InputError(f"trusted parties of dimensions {list(bobs)} have no joint system of {joint}")
    scenario = Scenario.with_bobs(outcomes, bobs) if bobs else Scenario(outcomes, joint)
    elements = realisation.elements(scenario.labels())
    seen = {label: scenario.marginals(matrix) for label, matrix in elements.items()}
    return Assemblage.from_elements(scenario, seen)


def white_noise(scenario: Scenario) -> Assemblage:
    """Uniform outcomes for every input, and the maximally mixed state (of every trusted party)."""
    return Assemblage.from_elements(scenario, white_noise_table(scenario))


def exact_visibility(visibility: Fraction | int | str | float) -> Fraction:
    """The number, if it is in [0, 1]; else an InputError that names it."""
    number = exact_number(visibility, "visibility")
    if not 0 <= number <= 1:
        raise InputError(f"visibility {visibility}: a number from 0 to 1 is needed")
    return number


def isotropic(d: int, visibility: Fraction | int | str | float) -> Matrix:
    """V |φ⁺⟩⟨φ⁺| + (1 - V) 1/d² on C^d ⊗ C^d, φ⁺ = Σ|ii⟩/√d. InputError if V is not in [0, 1].

    Source: Classical communication cost of quantum steering, Eq. 16.
    """
    entangled = scaled(maximally_entangled(d), Fraction(1, d))
    return mixture(exact_visibility(visibility), entangled, scaled(identity(d * d), Fraction(1, d * d)))


def pure_entangled(amplitudes: Sequence[Number]) -> Matrix:
    """|ψ⟩⟨ψ|/⟨ψ|ψ⟩ with ψ = Σ c_k |kk⟩, for real c_k whose squares add up to a rational number."""
    d = len(amplitudes)
    vector = of_entries(
        [[(amplitudes[k // d] if k % (d + 1) == 0 else Fraction(0), Fraction(0))] for k in range(d * d)]
    )
    return ray_projector(vector)


def antisymmetric(d: int) -> Matrix:
    """The normalised projector (1 - swap)/(d(d - 1)) of C^d ⊗ C^d (communication cost, Eqs. 8 and 9)."""
    if d < 2:
        raise InputError(f"dimension {d}: at least 2 is needed for an antisymmetric state")
    pairs = range(d * d)
    swap = matrix_of([[int(divmod(r, d) == divmod(c, d)[::-1]) for c in pairs] for r in pairs])
    return scaled((identity(d * d) - swap).reduced(), Fraction(1, d * (d - 1)))


def orthonormal_bases(d: int, count: int) -> list[list[Matrix]]:
    """`count` orthonormal bases of C^d with rational entries, [x][a] a column; no two share a vector.

    The columns of reflections 1 - 2vvᵀ/|v|² with v = (t, t + 1, t², t³, …), t = 1, 2, …
    """
    bases = []
    for t in range(1, count + 1):
        v = [t, t + 1, *(t**k for k in range(2, d))][:d]
        norm = sum(n * n for n in v)
        bases.append(
            [
                matrix_of([[Fraction(int(r == c)) - Fraction(2 * v[r] * v[c], norm)] for r in range(d)])
                for c in range(d)
            ]
        )
    return bases


def projective(basis: Sequence[Matrix]) -> tuple[Matrix, ...]:
    """The projectors on the columns of an orthonormal basis."""
    return tuple(product(vector, adjoint(vector)) for vector in basis)
