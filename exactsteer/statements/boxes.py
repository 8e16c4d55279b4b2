"""Boxes around an assemblage σ that lie in a convex set as a whole, where σ lies well inside.

Let K be convex and hold all LHS assemblages. For a certain LHS assemblage ω, "noise", and a number u of
the scenario, which are defined below:

    if σ = (1 - p)τ + pω with τ ∈ K and p = u·radius ≤ 1, then every valid σ' in the box is in K.

For σ' = (1 - p)τ + p(ω + Δ/p) with Δ = σ' - σ, and ω + Δ/p is LHS, as follows (p > 0; for p = 0, Δ =
0).

*Strategies.* Party j chooses s_j: either "·", which is the last outcome of every input; or (a, x) with
a not the last, which is outcome a of input x and the last one of all others. By Collins-Gisin elements,
the party's response is then [·] + [a|x], and [·] for "·", where [·] is 1 where the party is summed
over, and [a|x] is 1 for that outcome. As [a|x] = ([·] + [a|x]) - [·], every no-signalling Δ is a
combination Δ = Σ_s c_s ⊗_j(response to s_j) of strategies, in one way: c_s is got from Δ by taking,
party by party, [a|x] where s_j = (a, x), and [·] - Σ_{a,x} [a|x] where s_j = ·.

*Sizes.* The box says |Re|, |Im| ≤ radius of entries of Δ, either for all Collins-Gisin elements, or for
all full ones. In the first case the party with s_j = · makes 1 + Σ_x (m_x - 1) =: k_j terms, m_x being
the number of outcomes of input x. In the second, [·] is Σ_a [a|0], of which all but the last are
cancelled, and k_j - (m_0 - 1) terms are left; write q_j for the number of terms. So the entries of c_s
are at most radius·Π_{s_j = ·} q_j. With diagonal entries of at most ε, and others of at most √2 ε <
(3/2) ε in absolute value, a d×d matrix has eigenvalues of at least -ε(1 + 3(d - 1)/2).

*Noise.* ω is what the strategies s make with weights Π_j w_j(s_j), w_j(·) = q_j/(q_j + k_j - 1) and
w_j(a, x) = 1/(q_j + k_j - 1), and the hidden state 1/d, whatever s is; so ω[·] = 1 and
ω[a|x] = 1/(q_j + k_j - 1). Then ω + Δ/p has the hidden states Π_j w_j(s_j) 1/d + c_s/p. They are
positive if

    p = radius·u,      u = max_k d_k(1 + 3(d_k - 1)/2)·Π_j (q_j + k_j - 1),

the largest over the trusted parties. Those of different inputs y of a trusted party, or of different
trusted parties, have one trace, since the elements of σ and σ' have; and those of all s add up to trace
1, because tr Δ[·…·] = 0. So it is an LHS model.

Source of the sets: Classical communication cost of quantum steering, Eq. 2; of the box, the printed
tables.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from math import prod
from typing import NamedTuple

from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Number
from ..kernel.matrix import Matrix, hermitian
from ..kernel.numbers import rational_text, stated
from ..kernel.reading import Json, read_rational
from ..scenario import (
    Elements,
    Label,
    Scenario,
    elements_json,
    read_elements,
    signed_sum,
)
from .realisation import bits

MOST_BITS = 10**9  # of all elements, each expanded in independent ones, and less noise


class Box(NamedTuple):
    """All valid σ' whose elements are within `radius` of those of `centre`, in real and imaginary parts.

    `centre` holds either all full elements of σ, or all Collins-Gisin elements.
    """

    scenario: Scenario
    centre: Elements
    radius: Fraction

    @property
    def is_full(self) -> bool:
        return all(None not in label.parties for label in self.centre)

    def table(self) -> Elements:
        """All full elements."""
        if self.is_full:
            return self.centre
        return {
            label: signed_sum(self.centre, list(self.scenario.expansion(label)))
            for label in self.scenario.labels()
        }

    def _terms(self) -> list[tuple[int, int]]:
        """(q, k) of each party."""
        found = []
        for counts in self.scenario.outcomes:
            k = 1 + sum(counts) - len(counts)
            found.append((k - (counts[0] - 1) if self.is_full else k, k))
        return found

    def share(self) -> Fraction:
        """p, the share of noise that makes room for the box."""
        sizes = [len(rows) for rows in self.scenario.summands()]
        largest = max(d * (1 + Fraction(3, 2) * (d - 1)) for d in sizes)
        return self.radius * largest * prod(q + k - 1 for q, k in self._terms())

    def noise(self, label: Label) -> Matrix:
        """ω[label]."""
        weight = Fraction(1)
        for part, counts, (q, k) in zip(
            label.parties, self.scenario.outcomes, self._terms(), strict=True
        ):
            if part is not None:
                last = part[0] == counts[part[1]] - 1
                others = Fraction(1, q + k - 1)
                weight *= 1 - (counts[part[1]] - 1) * others if last else others
        diagonal = [Fraction(1, len(rows)) * weight for rows in self.scenario.summands() for _ in rows]

        def entry(row: int, column: int) -> tuple[Number, Number]:
            return (diagonal[row] if row == column else 0), 0

        return hermitian(self.scenario.dimension, entry)

    def json(self) -> dict[str, Json]:
        return {
            "scenario": self.scenario.json(),
            "centre": elements_json(self.scenario, self.centre),
            "radius": rational_text(self.radius),
        }

    def sentence(self) -> str:
        """The start of one: every such assemblage …"""
        return (
            f"Every valid assemblage within {stated(self.radius)} of the matrices of this claim, entry "
            "by entry in real and imaginary parts,"
        )


def read_box(scenario: Scenario, fields: dict[str, Json], field: Field) -> Box:
    radius = read_rational(fields["radius"], "claim.data.radius")
    if radius < 0:
        raise Malformed("claim.data.radius", "a radius is not negative")
    place = "claim.data.centre"
    centre = read_elements(scenario, fields["centre"], field, place)
    # Not more labels than are given: a small file may speak of a large scenario.
    kinds = (islice(of, len(centre) + 1) for of in (scenario.labels(), scenario.collins_gisin_labels()))
    if set(centre) not in map(set, kinds):
        raise Malformed(place, "all full elements, or all Collins-Gisin elements, are needed")
    _limit(scenario, centre, radius)
    return Box(scenario, centre, radius)


def _limit(scenario: Scenario, centre: Elements, radius: Fraction) -> None:
    """Decline what would take hours: one long number of the file would come into every element."""
    terms = prod(sum(2 * count - 1 for count in counts) for counts in scenario.outcomes)
    entries = terms * len(scenario.inputs_of_trusted()) * scenario.dimension**2
    longest = max(map(bits, centre.values()))
    longest += radius.numerator.bit_length() + radius.denominator.bit_length()
    if entries * longest > MOST_BITS:
        raise Declined(f"about {entries * longest} bits of all elements, at most {MOST_BITS}")
