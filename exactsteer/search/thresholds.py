"""How far assemblages of one scenario are from a convex set, many of them, in floating point.

t(σ) is the least t for which σ + tω belongs to the cone of the set, ω being white noise; so σ is
outside if and only if t > 0, and the white noise that it bears is t/(1 + t). A program is prepared
once, into which only the entries of σ are put; and each solution is a functional f with  t(σ) ≥ f·σ
for all σ, which the next ones are asked for first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import numpy as np

from ..kernel.matrix import Matrix, hermitian
from ..kernel.program import Block, Equation, Existence, Program
from ..prover.central_path import Bounds
from ..prover.numeric import Array
from ..prover.parametrised import Optimum, ParametrisedProgram
from ..scenario import Elements, Label, Scenario, label_text, marginal
from ..statements.forms import MatrixForm, constant, pairing, total, vanishing_element
from ..statements.hidden_states import HiddenStates
from ..statements.projective import Vector, bloch_operator, measured_scenario
from ..statements.sets import ConvexSet, model
from ..steering.assemblage import white_noise_table
from ..steering.layouts import float_matrix

MU = 1e-7  # where thresholds are good to about 1e-5


class Coordinate(NamedTuple):
    """The real, or with `is_imaginary` the imaginary, part of an entry of σ[label], row ≥ column."""

    label: Label
    row: int
    column: int
    is_imaginary: bool


class Coordinates:
    """The real coordinates of assemblages of a scenario: of the elements with these labels.

    Where all candidates are real there are no imaginary parts, and programs are half as large.
    """

    def __init__(self, scenario: Scenario, labels: Sequence[Label], is_real: bool) -> None:
        self.scenario, self.labels = scenario, tuple(labels)
        self.all = tuple(
            Coordinate(label, row, column, is_imaginary)
            for label in self.labels
            for row, column in scenario.lower_entries()
            for is_imaginary in (False, True)[: 1 if is_real or row == column else 2]
        )

    def __len__(self) -> int:
        return len(self.all)

    def of(self, elements: Mapping[Label, Matrix]) -> Array:
        """The coordinates of σ, from its elements with these labels."""
        matrices = {label: float_matrix(elements[label]) for label in self.labels}
        values = [matrices[c.label][c.row, c.column] for c in self.all]
        return np.array(
            [v.imag if c.is_imaginary else v.real for c, v in zip(self.all, values, strict=True)]
        )

    def forms(self) -> tuple[list[object], dict[Label, MatrixForm]]:
        """The coordinates as unknowns of a program, and the elements as forms in them."""
        size = range(self.scenario.dimension)
        forms: dict[Label, MatrixForm] = {
            label: [[[] for _ in size] for _ in size] for label in self.labels
        }
        for i, (label, row, column, is_imaginary) in enumerate(self.all):
            re, im = (0, 1) if is_imaginary else (1, 0)
            forms[label][row][column].append((i, re, im))
            if row != column:
                forms[label][column][row].append((i, re, -im))
        return list(self.all), forms

    def exact(self, values: Sequence[Fraction]) -> Elements:
        """The elements with these coordinates."""
        entries: dict[Label, dict[tuple[int, int], list[Fraction]]] = {
            label: {} for label in self.labels
        }
        for (label, row, column, is_imaginary), value in zip(self.all, values, strict=True):
            pair = entries[label].setdefault((row, column), [Fraction(0), Fraction(0)])
            pair[is_imaginary] = value
        zero = [Fraction(0), Fraction(0)]  # between trusted parties

        def element(own: dict[tuple[int, int], list[Fraction]]) -> Matrix:
            def entry(row: int, column: int) -> tuple[Fraction, Fraction]:
                re, im = own.get((row, column), zero)
                return re, im

            return hermitian(self.scenario.dimension, entry)

        return {label: element(own) for label, own in entries.items()}

    def traces(self, label: Label) -> list[int]:
        """Where the diagonal of an element stands."""
        return [i for i, c in enumerate(self.all) if c.label == label and c.row == c.column]


class Cone(NamedTuple):
    """σ as forms in the first unknowns, and what it obeys with some values of the others."""

    unknowns: list[object]
    blocks: list[Block]
    equations: list[Equation]


# From the elements, as forms in the unknowns that there are.
ConeOf: TypeAlias = Callable[[Mapping[Label, MatrixForm], list[object]], Cone]


def members(scenario: Scenario, convex_set: ConvexSet) -> ConeOf:
    """The cone of a set; where not all independent elements are given, the others are unknown."""

    def cone(forms: Mapping[Label, MatrixForm], unknowns: list[object]) -> Cone:
        if set(forms) == set(scenario.collins_gisin_labels()):
            inside = model(scenario, convex_set, forms, unknowns)
            return Cone(inside.unknowns, inside.blocks(), inside.equations())
        inside = model(scenario, convex_set, None, unknowns)
        equations = inside.equations()
        for label, form in forms.items():
            difference = total([(1, inside.element(label)), (-1, form)])
            equations += vanishing_element(scenario, f"σ[{label_text(label)}]", difference)
        return Cone(inside.unknowns, inside.blocks(), equations)

    return cone


def projectively_local(scenario: Scenario, directions: Sequence[Vector]) -> ConeOf:
    """The qubit assemblages that have a local model whatever ½(1 ± m·σ) is measured.

    Where the hull of the ±m holds the unit disc (ball) these are local for all projective measurements,
    of real (all) elements. Source: Postquantum steering, Appendix B.
    """

    def cone(forms: Mapping[Label, MatrixForm], unknowns: list[object]) -> Cone:
        measured = measured_scenario(scenario, directions)
        known: dict[Label, MatrixForm] = {}
        for label in measured.collins_gisin_labels():
            *others, last = label.parties
            effect = bloch_operator(None if last is None else directions[last[1]])
            probability = pairing([(effect, forms[Label(tuple(others))])])
            known[label] = [[[(i, value, 0) for i, value in probability.items()]]]
        local = HiddenStates(measured, known, unknowns)
        return Cone(local.unknowns, local.blocks(), local.equations())

    return cone


class Thresholds:
    """t(σ) with respect to a cone, for assemblages in given coordinates.

    These are the independent elements, or those of an instrumental assemblage.
    """

    def __init__(self, coordinates: Coordinates, cone_of: ConeOf) -> None:
        self.coordinates = coordinates
        self.noise = coordinates.of(white_noise_of(coordinates))
        unknowns, forms = coordinates.forms()
        t = len(unknowns)
        unknowns.append("t")
        cone = cone_of(with_noise(forms, white_noise_of(coordinates), t), unknowns)
        program = Program(cone.unknowns, cone.blocks, cone.equations, Existence())
        self._program = ParametrisedProgram(program, {t: 1}, range(len(coordinates)))
        # All units of a campaign are to go the same way, so all solutions start where the noise leads.
        self._program.solve(self.noise, MU)

    def solve(self, sigma: Array, decided: Callable[[Bounds], bool] | None = None) -> Optimum:
        """t(σ), to about 1e-5; or less if its bounds are `decided`. ArithmeticError if there is none."""
        return self._program.solve(sigma, MU, decided)


def with_noise(forms: Mapping[Label, MatrixForm], noise: Elements, t: int) -> dict[Label, MatrixForm]:
    """σ + tω, t being that unknown."""
    mixed: dict[Label, MatrixForm] = {}
    for label, form in forms.items():
        slope: MatrixForm = [
            [[(t, re, im) for _, re, im in entry] for entry in row] for row in constant(noise[label])
        ]
        mixed[label] = total([(1, form), (1, slope)])
    return mixed


def white_noise_of(coordinates: Coordinates) -> Elements:
    """White noise, at the labels of the coordinates."""
    table = white_noise_table(coordinates.scenario)
    return {label: marginal(coordinates.scenario, table, label) for label in coordinates.labels}
