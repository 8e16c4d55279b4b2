"""How far assemblages of one scenario are from a convex set, many of them, in floating point.

t(σ) is the least t for which σ + tω belongs to the cone of the set, ω being white noise; so σ is outside if
and only if t > 0, and the white noise that it bears is t/(1 + t). A program is prepared once, into which
only the entries of σ are put; and each solution is a functional f with  t(σ) ≥ f·σ  for all σ, which
the next ones are asked for first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..kernel.matrix import Matrix
from ..kernel.program import Existence, Program
from ..prover.central_path import Bounds
from ..prover.numeric import Array
from ..prover.parametrised import Optimum, ParametrisedProgram
from ..scenario import Elements, Label, Scenario, label_text, marginal
from ..statements.forms import MatrixForm, constant, total, vanishing_element
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
        return np.array([v.imag if c.is_imaginary else v.real for c, v in zip(self.all, values, strict=True)])

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


class Thresholds:
    """t(σ) with respect to a set, for assemblages in given coordinates.

    These are the independent elements, or those of an instrumental assemblage.
    """

    def __init__(self, coordinates: Coordinates, convex_set: ConvexSet) -> None:
        self.coordinates = coordinates
        program, t = threshold_program(coordinates, convex_set)
        self._program = ParametrisedProgram(program, {t: 1}, range(len(coordinates)))
        # Every campaign is to go the same way, so nothing is remembered but where the noise leads.
        self.noise = coordinates.of(white_noise_of(coordinates))
        self._program.solve(self.noise, MU)

    def solve(self, sigma: Array, decided: Callable[[Bounds], bool] | None = None) -> Optimum:
        """t(σ), to about 1e-5; or less if its bounds are `decided`. ArithmeticError if there is none."""
        return self._program.solve(sigma, MU, decided)


def threshold_program(coordinates: Coordinates, convex_set: ConvexSet) -> tuple[Program, int]:
    """σ + tω in the cone of the set, the coordinates of σ being the first unknowns; and which one t is."""
    scenario = coordinates.scenario
    unknowns, forms = coordinates.forms()
    t = len(unknowns)
    unknowns.append("t")
    noise = white_noise_of(coordinates)
    known: dict[Label, MatrixForm] = {}
    for label, form in forms.items():
        slope = [
            [[(t, re, im) for _, re, im in entry] for entry in row] for row in constant(noise[label])
        ]
        known[label] = total([(1, form), (1, slope)])
    if set(coordinates.labels) == set(scenario.collins_gisin_labels()):
        inside = model(scenario, convex_set, known, unknowns)
        equations = inside.equations()
    else:  # a part of an assemblage
        inside = model(scenario, convex_set, None, unknowns)
        equations = [*inside.equations()]
        for label, form in known.items():
            difference = total([(1, inside.element(label)), (-1, form)])
            equations += vanishing_element(scenario, f"σ[{label_text(label)}]", difference)
    return Program(inside.unknowns, inside.blocks(), equations, Existence()), t


def white_noise_of(coordinates: Coordinates) -> Elements:
    """White noise, at the labels of the coordinates."""
    table = white_noise_table(coordinates.scenario)
    return {label: marginal(coordinates.scenario, table, label) for label in coordinates.labels}
