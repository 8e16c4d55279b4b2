"""Kinds `projective-local` and `povm-local`: local whatever is measured on a trusted qubit.

A measurement along a unit Bloch vector n has the effects ½(1 ± n·σ). If the vectors ±m_1, …, ±m_K have a
convex hull that holds n, these are mixtures of the operators ½(1 ± m_k·σ), so a local model of what the
m_k give is one of what n gives: choose k, and perhaps flip the outcome, at random. The m_k may be longer
than 1, and must be for a hull that holds all n. (The papers shrink n instead, and "un-noise" σ: both are
the same, ½(tr σ ± m·r) being the behaviour of ½(1 ± n·σ) with n = μm on a σ whose Bloch vectors r are
divided by μ.)

Source: Postquantum steering, Appendices B and C; Hirsch, Quintino, Vértesi, Pusey, Brunner, PRL 117,
190402 (2016); Cavalcanti, Guerini, Rabelo, Skrzypczyk, PRL 117, 190401 (2016).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import TypeAlias, TypeVar

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Number, Q
from ..kernel.matrix import Matrix, hermitian, steered
from ..kernel.program import Block, Equation, Existence, Program
from ..kernel.reading import Json, number_json, read_fields, read_list, read_number
from ..scenario import (
    Elements,
    Label,
    Scenario,
    in_order,
    label_text,
    marginal,
    read_scenario,
    read_table,
)
from .assemblage import table_json, validity
from .claims import no_bound
from .forms import constant, equation, inequality, vanishing
from .hidden_states import HiddenStates

Vector: TypeAlias = tuple[Number, ...]
MOST_DIRECTIONS = 32
P = TypeVar("P", bound="ProjectiveLocal")


@dataclass(frozen=True)
class ProjectiveLocal:
    """All projective measurements on the trusted qubit have one local model.

    The trusted system is a qubit, or a qubit ⊗ C^k, the qubit first. A measurement of the qubit is that
    of one uncharacterised party more, and leaves an assemblage of dimension k: a behaviour, if k = 1.
    `directions` are the vectors m, (m_x, m_y, m_z); or (m_x, m_z), where no element has a y-component,
    so that only the shadow of n in that plane counts.
    """

    KIND = "projective-local"

    scenario: Scenario
    assemblage: Elements
    directions: tuple[Vector, ...]
    field: Field = Q

    @classmethod
    def read(cls: type[P], claim: Claim) -> P:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage", "directions"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        if scenario.trusted_inputs is not None:
            raise Declined("claim.data.scenario: a trusted party with input")
        cls.require_dimension(scenario.dimension)
        table = read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage")
        directions = read_directions(fields["directions"], claim.field, "claim.data.directions")
        return cls(scenario, table, directions, claim.field)

    @staticmethod
    def require_dimension(dimension: int) -> None:
        if dimension % 2:
            raise Malformed("claim.data.scenario.dimension", "a qubit is needed: an even dimension")

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data["directions"] = [[number_json(n) for n in vector] for vector in self.directions]
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """The hull of the ±m holds all n; and what the m give has local hidden states."""
        return self.measured(self.scenario, self.assemblage, [])

    def measured(self, scenario: Scenario, table: Elements, extra: list[Equation]) -> Program:
        """The program for an assemblage of a qubit (⊗ C^k), with equations between data besides."""
        inputs = (2,) * len(self.directions)
        after = Scenario((*scenario.outcomes, inputs), scenario.dimension // 2)
        known = {}
        for label in after.collins_gisin_labels():
            *others, last = label.parties
            before = marginal(scenario, table, Label(tuple(others)))
            effect = bloch_operator(None if last is None else self.directions[last[1]])
            known[label] = constant(steered(effect, before).reduced())
        model = HiddenStates(after, known)
        forms = {label: constant(matrix) for label, matrix in table.items()}
        equations = [*model.equations(), *validity(scenario, forms), *extra]
        if len(self.directions[0]) == 2:
            equations += [
                equation_
                for label, matrix in in_order(table)
                for equation_ in vanishing(
                    f"y-component of σ[{label_text(label)}]", constant(steered(PAULI_Y, matrix))
                )
            ]
        return Program(
            model.unknowns, [*model.blocks(), *hull_blocks(self.directions)], equations, Existence()
        )

    def sentence(self) -> str:
        rest = self.scenario.dimension // 2
        if rest == 1:
            text = (
                "The assemblage of this claim is Bell-local for all projective measurements of its "
                "trusted qubit: one local model gives the behaviours of all of them"
            )
        else:
            text = (
                "All projective measurements of the qubit that is the first factor of the trusted "
                "system leave the assemblage of this claim LHS: one local hidden state model gives the "
                f"assemblages, of dimension {rest}, of all of them"
            )
        return f"{text}. Scenario: {self.scenario}."


class PovmLocal(ProjectiveLocal):
    """σ' = σ/3 + (2/3) tr[σ] |2⟩⟨2| is local for all POVMs, as σ is for projective measurements.

    A POVM may be taken to have effects E_a = α_a Π_a of rank one, Σ α_a = 3. With probability α_a/3 the
    model of σ measures {Π_a, 1 - Π_a}, which on the qubit is a mixture of projective measurements and of
    none; if the answer is Π_a it says a, and else it says a' with probability ⟨2|E_a'|2⟩. In all, a has
    tr[E_a σ]/3 + (2/3) tr[σ] ⟨2|E_a|2⟩ = tr[E_a σ'].
    Source: Postquantum steering, Eq. 7 and Appendix C (protocol 2 of Hirsch et al., PRL 111, 160402).
    """

    KIND = "povm-local"

    @staticmethod
    def require_dimension(dimension: int) -> None:
        if dimension != 3:
            raise Malformed("claim.data.scenario.dimension", "a qutrit is needed")

    def program(self) -> Program:
        """The filtered 3·(σ' on the qubit) is local, and σ' is its extension."""
        qubit = {label: filtered(matrix) for label, matrix in self.assemblage.items()}
        extra = []
        for label, matrix in in_order(self.assemblage):
            name = f"extension of σ[{label_text(label)}]"
            # σ'_22 = (2/3) tr σ = 2 (σ'_00 + σ'_11)
            weight = matrix.entry(2, 2)[0] - 2 * (matrix.entry(0, 0)[0] + matrix.entry(1, 1)[0])
            extra.append(equation(f"{name}, weight of the third level", {None: weight}, 0))
            for column in range(2):
                for part, value in zip(("real", "imaginary"), matrix.entry(2, column), strict=True):
                    extra.append(equation(f"{name}, {part} part at (2, {column})", {None: value}, 0))
        scenario = Scenario(self.scenario.outcomes, 2)
        return self.measured(scenario, qubit, extra)

    def sentence(self) -> str:
        return (
            "The assemblage of this claim is Bell-local for all POVMs of its trusted qutrit: one local "
            f"model gives the behaviours of all of them. Scenario: {self.scenario}."
        )


def filtered(matrix: Matrix) -> Matrix:
    """3 F σ' F† with the filter F = |0⟩⟨0| + |1⟩⟨1|."""

    def entry(row: int, column: int) -> tuple[Number, Number]:
        re, im = matrix.entry(row, column)
        return 3 * re, 3 * im

    return hermitian(2, entry)


def bloch_operator(vector: Vector | None) -> Matrix:
    """½(1 + m·σ), or 1 for None."""
    if vector is None:
        return hermitian(2, lambda row, column: (Fraction(int(row == column)), 0))
    x, *y, z = vector
    half = Fraction(1, 2)
    entries: dict[tuple[int, int], tuple[Number, Number]] = {
        (0, 0): (half + half * z, 0),
        (1, 0): (half * x, half * (y[0] if y else 0)),
        (1, 1): (half - half * z, 0),
    }
    return hermitian(2, lambda row, column: entries[row, column])


PAULI_Y = hermitian(2, lambda row, column: (0, int(row != column)))


def read_directions(value: Json, field: Field, place: str) -> tuple[Vector, ...]:
    rows = [read_list(row, f"{place}[{k}]") for k, row in enumerate(read_list(value, place))]
    if len(rows) > MOST_DIRECTIONS:
        raise Declined(f"{place}: {len(rows)} directions, at most {MOST_DIRECTIONS}")
    if {len(row) for row in rows} not in ({2}, {3}):
        raise Malformed(place, "vectors (x, z), or vectors (x, y, z), are needed")
    return tuple(
        tuple(read_number(item, field, f"{place}[{k}][{l}]") for l, item in enumerate(row))
        for k, row in enumerate(rows)
    )


def hull_blocks(directions: Sequence[Vector]) -> list[Block]:
    """The convex hull of all ±m holds the unit ball (disc).

    It does if the m span the space and every facet is at distance 1 or more from 0. A facet's plane goes
    through as many linearly independent vertices as the space has dimensions; with N and D as in
    `plane`, it is {u : N·u = D}, at the distance |D|/|N|, and all m have |N·m| ≤ |D|. All planes through
    such vertices are gone through, so no facet is left out.
    """
    blocks = []
    spans = False
    for names, vertices in corners(directions):
        normal, offset = plane(vertices)
        if not offset:
            continue  # dependent vectors, no facet
        spans = True
        square = offset * offset
        if all(dot(normal, m) * dot(normal, m) <= square for m in directions):
            name = f"distance of the facet through {names}"
            blocks.append(inequality(name, {None: square - dot(normal, normal)}))
    if not spans:
        blocks.append(inequality("the directions span no ball", {None: -1}))
    return blocks


def corners(directions: Sequence[Vector]) -> Iterator[tuple[str, list[Vector]]]:
    """All choices of as many different ±m as the space has dimensions, up to a common sign."""
    size = len(directions[0])
    for indices in combinations(range(len(directions)), size):
        for signs in product((1, -1), repeat=size - 1):
            signed = list(zip((1, *signs), indices, strict=True))
            names = ", ".join(f"{'-' if sign < 0 else ''}m{k}" for sign, k in signed)
            yield names, [tuple(sign * n for n in directions[k]) for sign, k in signed]


def plane(vertices: list[Vector]) -> tuple[Vector, Number]:
    """N and D with N·u = D for all vertices u; D = 0 if they are linearly dependent."""
    if len(vertices) == 2:
        (a, b), (c, d) = vertices
        return (d - b, a - c), a * d - b * c
    u, v, w = vertices
    normal = tuple(sum(parts) for parts in zip(cross(u, v), cross(v, w), cross(w, u), strict=True))
    return normal, dot(u, cross(v, w))


def cross(u: Vector, v: Vector) -> Vector:
    pairs = ((1, 2), (2, 0), (0, 1))
    return tuple(u[k] * v[l] - u[l] * v[k] for k, l in pairs)


def dot(u: Vector, v: Vector) -> Number:
    return sum((m * n for m, n in zip(u, v, strict=True)), Fraction(0))
