"""Kinds `projective-local`, `projective-local-box`, `povm-local`: local whatever is measured.

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
from ..kernel.field import Field, Number, Q, coefficients_of
from ..kernel.field import sign as sign_of
from ..kernel.matrix import Matrix, hermitian, steered
from ..kernel.numbers import rational_text, stated
from ..kernel.program import Block, Equation, Existence, Program
from ..kernel.reading import Json, number_json, read_fields, read_list, read_number, read_rational
from ..scenario import (
    Elements,
    Label,
    Scenario,
    elements_json,
    in_order,
    label_text,
    marginal,
    read_elements,
    read_single_scenario,
    read_table,
)
from .assemblage import table_json, validity
from .claims import no_bound
from .forms import constant, equation, inequality, vanishing
from .hidden_states import HiddenStates

Vector: TypeAlias = tuple[Number, ...]
MOST_DIRECTIONS = 32
MOST_DIGITS = 50  # of a component: products of many of them are made
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
        scenario = read_single_scenario(fields["scenario"], "claim.data.scenario")
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
        data["directions"] = directions_json(self.directions)
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """The hull of the ±m holds all n; and what the m give has local hidden states."""
        return self.of_qubit(self.scenario, self.assemblage, [])

    def of_qubit(self, scenario: Scenario, table: Elements, extra: list[Equation]) -> Program:
        """The program for an assemblage of a qubit (⊗ C^k), with equations between data besides."""
        independent = {
            label: marginal(scenario, table, label) for label in scenario.collins_gisin_labels()
        }
        model = measured_model(scenario, independent, self.directions)
        forms = {label: constant(matrix) for label, matrix in table.items()}
        equations = [*model.equations(), *validity(scenario, forms), *extra]
        equations += planarity(table, self.directions)
        blocks = [*model.blocks(), *hull_blocks(self.directions)]
        return Program(model.unknowns, blocks, equations, Existence())

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
        return f"{text}. {self.scenario.sentence()}"


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
        return self.of_qubit(scenario, qubit, extra)

    def sentence(self) -> str:
        return (
            "The assemblage of this claim is Bell-local for all POVMs of its trusted qutrit: one local "
            f"model gives the behaviours of all of them. {self.scenario.sentence()}"
        )


@dataclass(frozen=True)
class ProjectiveLocalBox:
    """Every valid assemblage near a table is local for all projective measurements on the trusted qubit.

    Near means: its independent elements are entry by entry within `radius` of those of `centre`; and,
    if the directions are (m_x, m_z), it is real. It lies in the hull of the points at which one
    coordinate j of the centre is moved by ±R_j, the `reach`, if Σ_j radius/R_j ≤ 1: its difference from
    the centre is Σ_j Δ_j e_j with |Δ_j| ≤ radius. Local models of these corners mix to one of it.
    """

    KIND = "projective-local-box"

    scenario: Scenario
    centre: Elements  # all independent elements
    radius: Fraction
    reach: tuple[Fraction, ...]  # of every real coordinate, element by element
    directions: tuple[Vector, ...]
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> ProjectiveLocalBox:
        no_bound(claim)
        names = ("scenario", "centre", "radius", "reach", "directions")
        fields = read_fields(claim.data, "claim.data", names)
        scenario = read_single_scenario(fields["scenario"], "claim.data.scenario")
        if scenario.trusted_inputs is not None:
            raise Declined("claim.data.scenario: a trusted party with input")
        if scenario.dimension != 2:
            raise Malformed("claim.data.scenario.dimension", "a qubit is needed")
        radius = read_rational(fields["radius"], "claim.data.radius")
        if radius < 0:
            raise Malformed("claim.data.radius", "a radius is not negative")
        centre = read_elements(scenario, fields["centre"], claim.field, "claim.data.centre")
        if set(centre) != set(scenario.collins_gisin_labels()):
            raise Malformed("claim.data.centre", "the independent elements, and no others, are needed")
        directions = read_directions(fields["directions"], claim.field, "claim.data.directions")
        place = "claim.data.reach"
        reach = tuple(
            read_rational(item, f"{place}[{k}]")
            for k, item in enumerate(read_list(fields["reach"], place))
        )
        needed = len(centre) * len(coordinates(directions))
        if len(reach) != needed or min(reach) <= 0:
            raise Malformed(place, f"{needed} positive numbers are needed")
        return cls(scenario, centre, radius, reach, directions, claim.field)

    def claim(self) -> Claim:
        data = {
            "scenario": self.scenario.json(),
            "centre": elements_json(self.scenario, self.centre),
            "radius": rational_text(self.radius),
            "reach": [rational_text(number) for number in self.reach],
            "directions": directions_json(self.directions),
        }
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """A model for every corner of the hull, which holds the box."""
        unknowns: list[object] = []
        left = 1 - self.radius * sum((1 / Fraction(n) for n in self.reach), Fraction(0))
        blocks = [*hull_blocks(self.directions), inequality("Σ radius/reach ≤ 1", {None: left})]
        equations = planarity(self.centre, self.directions)
        for name, elements in self.corners():
            model = measured_model(self.scenario, elements, self.directions, unknowns, f"{name}: ")
            blocks += model.blocks()
            equations += model.equations()
        return Program(unknowns, blocks, equations, Existence())

    def corners(self) -> Iterator[tuple[str, Elements]]:
        """The tables with one coordinate moved, each with its name."""
        reach = iter(self.reach)
        for label in self.scenario.collins_gisin_labels():
            for row, column, unit in coordinates(self.directions):
                far = next(reach)
                for sign, amount in ("+", far), ("-", -far):
                    name = f"{sign}{(' ', 'i')[unit]}({row}, {column}) of σ[{label_text(label)}]"
                    yield (
                        name,
                        {**self.centre, label: moved(self.centre[label], row, column, unit, amount)},
                    )

    def sentence(self) -> str:
        real = " real" if len(self.directions[0]) == 2 else ""
        return (
            f"Every valid{real} assemblage whose independent elements lie within {stated(self.radius)} "
            f"of the printed matrices of this claim, entry by entry in real and imaginary parts, is "
            f"Bell-local for all projective measurements of its trusted qubit. "
            f"{self.scenario.sentence()}"
        )


def coordinates(directions: Sequence[Vector]) -> list[tuple[int, int, int]]:
    """Row, column, and 1 for the imaginary part, of the real coordinates of a 2×2 matrix."""
    return [(0, 0, 0), (1, 0, 0), (1, 1, 0)] + [(1, 0, 1)] * (len(directions[0]) == 3)


def moved(matrix: Matrix, row: int, column: int, unit: int, amount: Fraction) -> Matrix:
    """One real coordinate of a 2×2 matrix moved."""

    def step(r: int, c: int) -> tuple[Number, Number]:
        here = amount if (r, c) == (row, column) else Fraction(0)
        return (Fraction(0), here) if unit else (here, Fraction(0))

    return (matrix + hermitian(2, step)).reduced()


def measured_model(
    scenario: Scenario,
    independent: Elements,
    directions: Sequence[Vector],
    unknowns: list[object] | None = None,
    name: str = "",
) -> HiddenStates:
    """Hidden states of what ½(1 ± m·σ) give on the first qubit of the trusted system."""
    elements = measured_elements(scenario, independent, directions)
    known = {label: constant(matrix) for label, matrix in elements.items()}
    return HiddenStates(measured_scenario(scenario, directions), known, unknowns, name)


def measured_scenario(scenario: Scenario, directions: Sequence[Vector]) -> Scenario:
    """The qubit is one party more, the last."""
    return Scenario((*scenario.outcomes, (2,) * len(directions)), scenario.dimension // 2)


def measured_elements(
    scenario: Scenario, independent: Elements, directions: Sequence[Vector]
) -> Elements:
    """tr_qubit[(½(1 + m·σ) ⊗ 1) σ], and the trace over the qubit, of all independent elements."""
    known = {}
    for label in measured_scenario(scenario, directions).collins_gisin_labels():
        *others, last = label.parties
        effect = bloch_operator(None if last is None else directions[last[1]])
        known[label] = steered(effect, independent[Label(tuple(others))]).reduced()
    return known


def planarity(elements: Elements, directions: Sequence[Vector]) -> list[Equation]:
    """No element has a y-component, if the directions have none."""
    if len(directions[0]) == 3:
        return []
    return [
        y_is_0
        for label, matrix in in_order(elements)
        for y_is_0 in vanishing(
            f"y-component of σ[{label_text(label)}]", constant(steered(PAULI_Y, matrix))
        )
    ]


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
    found = tuple(
        tuple(read_number(item, field, f"{place}[{k}][{l}]") for l, item in enumerate(row))
        for k, row in enumerate(rows)
    )
    parts = [part for vector in found for number in vector for part in coefficients_of(number)]
    if any(max(abs(part.numerator), part.denominator) >= 10**MOST_DIGITS for part in parts):
        raise Declined(f"{place}: a number of more than {MOST_DIGITS} digits")
    return found


def directions_json(directions: Sequence[Vector]) -> Json:
    return [[number_json(n) for n in vector] for vector in directions]


def hull_blocks(directions: Sequence[Vector]) -> list[Block]:
    """The convex hull of all ±m holds the unit ball (disc).

    It does if there are facets, so that the m span the space, and every facet {u : N·u = D} is at
    distance |D|/|N| ≥ 1 from 0.
    """
    blocks = [
        inequality(f"distance of the facet through {names}", {None: square - dot(normal, normal)})
        for names, normal, square in facets(directions)
    ]
    return blocks or [inequality("the directions span no ball", {None: -1})]


def facets(directions: Sequence[Vector]) -> Iterator[tuple[str, Vector, Number]]:
    """Name, N and D² of the facets of the convex hull of all ±m; none if the m do not span the space.

    A facet's plane goes through as many linearly independent vertices as the space has dimensions, and
    all m have |N·m| ≤ |D|. All planes through such vertices are gone through, so none is left out.
    """
    for names, vertices in corners(directions):
        normal, offset = plane(vertices)
        if not sign_of(offset):  # which declines what only might be 0
            continue  # dependent vectors, no facet
        square = offset * offset
        if all(dot(normal, m) * dot(normal, m) <= square for m in directions):
            yield names, normal, square


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
