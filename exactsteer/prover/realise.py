"""A quantum realisation of a given assemblage, by a growing list of strategies.

A *column* fixes the part of a realisation that makes it nonlinear: the measurements of the parties, or,
for one party and a trusted party with input, the channels. What is left, a state (or Alice's
assemblage before the channels, which GHJW realises), enters linearly, so a semidefinite program finds
the largest v for which vσ + (1 - v)τ comes from the columns, τ being an assemblage inside their hull.
Its multipliers are a functional on which all columns do worse than σ; a see-saw looks for a strategy
that does better than the columns, and it becomes one. When v exceeds 1, σ is inside their hull, and
exact states are found like any other point of a program with exact data.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import product
from math import floor, prod

import numpy as np
from threadpoolctl import threadpool_limits

from ..constructions.ghjw import steering_any_ensemble
from ..constructions.pseudo import hidden_values, responses
from ..exact.matrices import mixture, scaled, tensor
from ..exact.numbers import InputError
from ..kernel.field import Number
from ..kernel.matrix import Matrix, congruence, hermitian, identity, matrix_of, transpose
from ..kernel.program import Existence, LinearForm, Program
from ..scenario import Elements, Label, Scenario, label_text
from ..statements.forms import (
    Form,
    MatrixForm,
    constant,
    positive_block,
    total,
    unknown,
    vanishing,
)
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering import Assemblage, InstrumentalAssemblage
from .central_path import Centred, central_point
from .numeric import NumericProgram, numeric_program
from .points import Journal, NotProved, bits_inside
from .rounding import exact_point
from .seesaw import Complex, Seesaw, Strategy
from .strategies import exact_channel, exact_measurement

MASTER_MU = (1e-7, 1e-6, 1e-5)
CENTRE_MU = (1e-3,)  # any will do without an objective
INSIDE = 1e-6  # by which v must exceed 1
LEAST_PRICE = 1e-7  # by which new strategies of one round differ
MOST_ROUNDS = 60
SEESAW_GAIN, SEESAW_ROUNDS = 1e-7, 150  # where a see-saw ends
STARTS = 4  # of the see-saw in each round
MOST_STARTS = 12  # where the first ones promise less than HARDLY
HARDLY = 1e-4
IDLE = 1e-4  # weight of a strategy that is forgotten
MOST_UNKNOWNS = 8000  # of the strategies that are remembered
COLUMN_SHARE = 32  # bits of the noise in a column
SHARES = 10**6  # shares of mixtures are multiples of 1/this
NEAREST = 1e-3  # how near to the best mixture a search without hope ends
MARGINS = (1e-5, 1e-4, 1e-3, 1e-2)  # of noise, for room to round

Key = tuple[int, int] | None  # an outcome and input, or None for the sum over outcomes


@dataclass(frozen=True)
class Column:
    """Hermitian unknowns `parts`, and the blocks and elements that are linear in them."""

    parts: dict[Key, MatrixForm]
    blocks: list[MatrixForm]
    elements: dict[Label, MatrixForm]
    count: int
    measurements: tuple[Measurements, ...] = ()
    channels: tuple[Matrix, ...] = ()
    sign: int = 1  # of the part in the sum that is to be σ

    def moved(self, form: MatrixForm, offset: int) -> MatrixForm:
        """A form of this column in a program where its unknowns start at `offset`."""
        return [
            [[(None if i is None else i + offset, re, im) for i, re, im in entry] for entry in row]
            for row in form
        ]


class Columns(ABC):
    """The columns of one scenario, and what they make of their unknowns."""

    def __init__(self, scenario: Scenario, labels: Sequence[Label], dimension: int | None) -> None:
        self.scenario, self.labels = scenario, labels
        self.columns: list[Column] = []
        self.dimension = dimension or self.usual_dimension()

    @abstractmethod
    def usual_dimension(self) -> int:
        """Of the systems whose dimension is free."""

    @property
    @abstractmethod
    def dimensions(self) -> list[int]:
        """Of the systems in the see-saw."""

    @abstractmethod
    def start(self, rng: np.random.Generator) -> None:
        """Columns whose hull has an interior."""

    @abstractmethod
    def column(self, strategy: Strategy) -> Column:
        """The column of a strategy."""

    def add(self, strategy: Strategy, sign: int = 1) -> None:
        self.columns.append(replace(self.column(strategy), sign=sign))

    @abstractmethod
    def uniform(self, column: Column) -> dict[Key, Matrix]:
        """Parts well inside the column, of trace 1."""

    @abstractmethod
    def realisation(self, parts: Sequence[Mapping[Key, Matrix]]) -> Realisation:
        """The whole realisation, from the parts of every column."""

    def centre(self) -> Elements:
        """τ: all columns with the same weight."""
        weight = Fraction(1, len(self.columns))
        parts = [
            {key: scaled(matrix, weight) for key, matrix in self.uniform(column).items()}
            for column in self.columns
        ]
        return self.realisation(parts).elements(self.labels)

    def program(self, sigma: Elements, tau: Elements | None) -> Program:
        """Parts of all columns that add up to σ; with τ, to vσ + (1 - v)τ, v being unknown 0."""
        unknowns: list[object] = [] if tau is None else ["v"]
        sums: dict[Label, list[tuple[Number, MatrixForm]]] = {label: [] for label in self.labels}
        blocks = []
        for k, column in enumerate(self.columns):
            offset = len(unknowns)
            unknowns += [f"unknown {i} of column {k}" for i in range(column.count)]
            for block in column.blocks:
                blocks.append(positive_block(f"block of column {k}", column.moved(block, offset)))
            for label, form in column.elements.items():
                sums[label].append((column.sign, column.moved(form, offset)))
        equations = []
        for label in self.labels:
            if tau is None:
                target = constant(sigma[label])
            else:
                slope = constant((sigma[label] - tau[label]).reduced())
                target = [[[(0, re, im) for _, re, im in entry] for entry in row] for row in slope]
                target = total([(1, target), (1, constant(tau[label]))])
            equations += vanishing(label_text(label), total([*sums[label], (-1, target)]))
        return Program(unknowns, blocks, equations, Existence())

    def forget(self, kept: int, values: Mapping[int, float], offset: int) -> None:
        """Leave out columns of little weight, and the lightest of too many; never the first ones.

        `values` are those of the unknowns of a program, which start at `offset` for the columns.
        """
        weights = []
        for column in self.columns:
            state = column.parts[None]
            places = [i for r in range(len(state)) for i, _, _ in state[r][r] if i is not None]
            weights.append(sum(values.get(offset + i, 0.0) for i in places))
            offset += column.count
        heaviest = sorted(range(kept, len(weights)), key=lambda k: -weights[k])
        chosen, room = set(range(kept)), MOST_UNKNOWNS
        for k in heaviest:
            room -= self.columns[k].count
            if weights[k] > IDLE and (room > 0 or k == heaviest[0]):
                chosen.add(k)
        self.columns = [self.columns[k] for k in sorted(chosen)]

    def parts_at(self, point: Matrix) -> list[dict[Key, Matrix]]:
        """The parts of every column at an exact point of the program without τ."""
        values, offset = [point.entry(0, i)[0] for i in range(point.shape[1])], 0
        found = []
        for column in self.columns:
            own = values[offset : offset + column.count]
            offset += column.count
            found.append({key: _evaluated(form, own) for key, form in column.parts.items()})
        return found

    def functional(self, program: Program, multipliers: Sequence[float]) -> dict[Label, Complex]:
        """The multipliers of the equations as F[label], so that Σ tr(F σ) is their sum with σ."""
        d = self.scenario.dimension
        weights = iter(multipliers)
        found = {}
        equations = iter(program.equations)
        for label in self.labels:
            matrix = np.zeros((d, d), complex)
            for r in range(d):
                for c in range(r + 1):
                    for unit in (1.0, 1j) if r != c else (1.0,):
                        weight = next(weights) if next(equations).coefficients else 0.0
                        matrix[r, c] += unit * weight / 2
            found[label] = matrix + matrix.conj().T
        return found


class MeasuredColumns(Columns):
    """For several parties: a column fixes all measurements, its part is the state."""

    def usual_dimension(self) -> int:
        return max(2, *(outcomes for inputs in self.scenario.outcomes for outcomes in inputs))

    @property
    def dimensions(self) -> list[int]:
        return [self.dimension] * len(self.scenario.outcomes) + [self.scenario.dimension]

    def start(self, rng: np.random.Generator) -> None:
        """The local strategies of Theorem 5, which span all no-signalling assemblages."""
        choices = [hidden_values(inputs) for inputs in self.scenario.outcomes]
        for choice in product(*choices):
            pairs = zip(self.scenario.outcomes, choice, strict=True)
            self.columns.append(self._column(tuple(responses(inputs, own) for inputs, own in pairs)))

    def column(self, strategy: Strategy) -> Column:
        return self._column(
            tuple(
                tuple(exact_measurement(effects, COLUMN_SHARE) for effects in inputs)
                for inputs in strategy.measurements
            )
        )

    def _column(self, measurements: tuple[Measurements, ...]) -> Column:
        sizes = [inputs[0][0].shape[0] for inputs in measurements]
        unknowns: list[object] = []
        state = unknown(unknowns, "state", prod(sizes) * self.scenario.dimension, True)
        elements = {}
        for label in self.labels:
            effects = (
                identity(size) if part is None else inputs[part[1]][part[0]]
                for part, inputs, size in zip(label.parties, measurements, sizes, strict=True)
            )
            elements[label] = steered_form(reduce(tensor, effects), state)
        return Column({None: state}, [state], elements, len(unknowns), measurements=measurements)

    def uniform(self, column: Column) -> dict[Key, Matrix]:
        size = len(column.parts[None])
        return {None: scaled(identity(size), Fraction(1, size))}

    def realisation(self, parts: Sequence[Mapping[Key, Matrix]]) -> Realisation:
        """A sector of every party for each column."""
        n = len(self.scenario.outcomes)
        measurements = tuple(tuple(c.measurements[p] for c in self.columns) for p in range(n))
        states = tuple(SectorState((k,) * n, part[None]) for k, part in enumerate(parts))
        return Realisation(measurements, states)


class ChannelColumns(Columns):
    """For one party and a trusted party with input: a column fixes the channels E_y.

    Its parts are an assemblage ω[a|x] before the channels, to which Alice can steer by GHJW. So it is
    the dimension of the trusted system before the channels that is free; Alice has a copy of it.
    """

    def usual_dimension(self) -> int:
        return self.scenario.dimension

    @property
    def dimensions(self) -> list[int]:
        return [self.dimension] * 2

    def start(self, rng: np.random.Generator) -> None:
        seesaw = Seesaw(self.scenario, {}, self.dimensions)
        for _ in range(2 * self.scenario.dimension):
            self.add(seesaw.random_strategy(rng))

    def column(self, strategy: Strategy) -> Column:
        size = self.dimension
        channels = tuple(exact_channel(choi, size, COLUMN_SHARE) for choi in strategy.channels)
        unknowns: list[object] = []
        parts: dict[Key, MatrixForm] = {None: unknown(unknowns, "ω", size, True)}
        blocks = []
        for x, outcomes in enumerate(self.scenario.outcomes[0]):
            rest = [(1, parts[None])]
            for a in range(outcomes - 1):
                parts[a, x] = unknown(unknowns, f"ω[{a}|{x}]", size, True)
                rest.append((-1, parts[a, x]))
            parts[outcomes - 1, x] = total(rest)
            blocks += [parts[a, x] for a in range(outcomes)]
        elements = {
            label: mapped_form(parts[label.parties[0]], channels[label.trusted or 0])
            for label in self.labels
        }
        return Column(parts, blocks, elements, len(unknowns), channels=channels)

    def uniform(self, column: Column) -> dict[Key, Matrix]:
        size = self.dimension
        return {
            key: scaled(
                identity(size),
                Fraction(1, size * (1 if key is None else self.scenario.outcomes[0][key[1]])),
            )
            for key in column.parts
        }

    def realisation(self, parts: Sequence[Mapping[Key, Matrix]]) -> Realisation:
        """The trusted input is the direct sum of all columns' ones, and Alice has a sector for each."""
        size, count = self.dimension, len(self.columns)
        inclusions = [_inclusion(size, k, count) for k in range(count)]
        sectors, states = [], []
        for k, part in enumerate(parts):
            inputs = tuple(
                tuple(transpose(part[a, x]) for a in range(outcomes))
                for x, outcomes in enumerate(self.scenario.outcomes[0])
            )
            own = steering_any_ensemble(inputs)
            sectors.append(inputs)
            change = tensor(identity(size), inclusions[k])
            states.append(SectorState((k,), congruence(change, own.states[0].state).reduced()))
        output = identity(self.scenario.dimension)
        channels = []
        for chois in zip(*(column.channels for column in self.columns), strict=True):
            pairs = zip(inclusions, chois, strict=True)
            terms = (congruence(tensor(inclusion, output), choi) for inclusion, choi in pairs)
            channels.append(reduce(Matrix.__add__, terms).reduced())
        return Realisation((tuple(sectors),), tuple(states), tuple(channels))


@dataclass(frozen=True)
class Found:
    """A realisation of the assemblage; or, if there is a `reason` why not, of a mixture with noise.

    The reason says, in floating point, how far the search came.
    """

    realisation: Realisation
    reason: str = ""


def realise_by_columns(
    assemblage: Assemblage | InstrumentalAssemblage,
    journal: Journal,
    dimension: int | None = None,
    seed: int = 0,
) -> Found:
    """An exact quantum realisation, of a mixture with noise if the see-saw finds no other; or NotProved.

    `dimension` is that of the uncharacterised systems of each strategy (there are many strategies, and
    the parties share which), by default the largest number of outcomes; for one party and a trusted
    party with input, that of the trusted system before its channel, by default its own.
    """
    scenario, sigma = assemblage.scenario, assemblage.independent()
    columns = columns_of(scenario, list(sigma), dimension)
    rng = np.random.default_rng(seed)
    columns.start(rng)
    tau, kept = columns.centre(), len(columns.columns)
    with threadpool_limits(limits=1):
        for turn in range(MOST_ROUNDS):
            program = columns.program(sigma, tau)
            numeric = numeric_program(program, {0: -1})
            point = near_optimum(numeric)
            v = float(point.y[0])
            journal.add(f"round {turn}: {len(columns.columns)} strategies, v = {v:.8f} (floating)")
            columns.forget(kept, numeric.unknowns_at(point.y), offset=1)
            if v > 1 + INSIDE:
                return Found(_exact(columns, sigma, journal))
            seesaw = Seesaw(scenario, columns.functional(program, point.w.tolist()), columns.dimensions)
            found = promising(seesaw, rng)
            # Nothing promises more than the best strategy, and the weights add up to 1.
            reach = v + max(found[0].value, 0.0)
            if reach < 1 + INSIDE and reach - v < NEAREST:
                break
            for k, strategy in enumerate(found):
                if k == 0 or strategy.value < found[k - 1].value - LEAST_PRICE:
                    columns.add(strategy)
        reason = (
            f"not found: the see-saw came to v = {v:.8f}, so with {1 - v:.1e} of noise the assemblage "
            f"is quantum; no strategy that its random starts found would bring v above {reach:.8f} "
            "(floating; a search, not a proof: another dimension may do better)"
        )
        return _mixed(columns, sigma, tau, v, reason, journal)


def columns_of(scenario: Scenario, labels: Sequence[Label], dimension: int | None) -> Columns:
    if scenario.trusted_inputs is None:
        return MeasuredColumns(scenario, labels, dimension)
    if len(scenario.outcomes) == 1:
        return ChannelColumns(scenario, labels, dimension)
    raise InputError("several parties and a trusted input at once: no search for that yet")


def near_optimum(program: NumericProgram, mus: Sequence[float] = MASTER_MU) -> Centred:
    """A point of the central path near its end, or as near as it can be followed."""
    for mu in mus:
        try:
            return central_point(program, mu)
        except ArithmeticError as error:
            failure = error
    raise failure


def promising(seesaw: Seesaw, rng: np.random.Generator, limit: float = 0.0) -> list[Strategy]:
    """Strategies from random starts, the best first; more starts if none is much above the limit."""
    found: list[Strategy] = []
    for _ in range(MOST_STARTS):
        if len(found) < STARTS or found[0].value < limit + HARDLY:
            found.append(seesaw.improve(seesaw.random_strategy(rng), SEESAW_GAIN, SEESAW_ROUNDS))
            found.sort(key=lambda strategy: -strategy.value)
    return found[:STARTS]


def _mixed(
    columns: Columns, sigma: Elements, tau: Elements, v: float, reason: str, journal: Journal
) -> Found:
    """The exact realisation of a mixture with a little more noise than the search came to."""
    for margin in MARGINS:
        share = Fraction(floor((v - margin) * SHARES), SHARES)
        if share <= 0:
            break
        mixed = {label: mixture(share, matrix, tau[label]) for label, matrix in sigma.items()}
        try:
            return Found(_exact(columns, mixed, journal), reason)
        except (ArithmeticError, NotProved) as error:
            journal.add(f"failed: {error}")
    raise NotProved(reason, journal.steps)


def _exact(columns: Columns, sigma: Elements, journal: Journal) -> Realisation:
    """The parts at the analytic centre, rounded."""
    program = columns.program(sigma, None)
    return columns.realisation(columns.parts_at(exact_centre(program, {}, CENTRE_MU, journal)))


def exact_centre(
    program: Program, objective: LinearForm, mus: Sequence[float], journal: Journal
) -> Matrix:
    """An exact point near the central path, or NotProved."""
    numeric = numeric_program(program, objective)
    point = near_optimum(numeric, mus)
    inside = numeric.least_eigenvalue(numeric.cone_matrix @ point.y)
    journal.add(f"inside by {inside:.1e}")
    if inside <= 0:
        raise NotProved("no point inside", journal.steps)
    return exact_point(program, numeric.unknowns_at(point.y), bits_inside(numeric.order, inside))


def steered_form(effect: Matrix, form: MatrixForm) -> MatrixForm:
    """tr₁[(effect ⊗ 1) X] for a matrix of forms: entry (r, c) is Σ effect[j, i] X[i k + r, j k + c]."""
    size = effect.shape[0]
    rest = range(len(form) // size)
    weights = _weights(effect)
    return [
        [
            _weighted(
                (re, im, form[i * len(rest) + r][j * len(rest) + c]) for (j, i), (re, im) in weights
            )
            for c in rest
        ]
        for r in rest
    ]


def mapped_form(form: MatrixForm, choi: Matrix) -> MatrixForm:
    """Λ[ω] for a matrix of forms ω: entry (r, s) is Σ ω_ij J_(i r)(j s)."""
    size = len(form)
    output = range(choi.shape[0] // size)
    return [
        [
            _weighted(
                (*choi.entry(i * len(output) + r, j * len(output) + s), form[i][j])
                for i in range(size)
                for j in range(size)
            )
            for s in output
        ]
        for r in output
    ]


def _weights(matrix: Matrix) -> list[tuple[tuple[int, int], tuple[Number, Number]]]:
    rows, columns = matrix.shape
    entries = (((r, c), matrix.entry(r, c)) for r in range(rows) for c in range(columns))
    return [(place, entry) for place, entry in entries if entry != (0, 0)]


def _weighted(terms: Iterable[tuple[Number, Number, Form]]) -> Form:
    """Σ (re + i·im)·form"""
    sums: dict[int | None, tuple[Number, Number]] = {}
    for re, im, form in terms:
        for i, x, y in form:
            before = sums.get(i, (0, 0))
            sums[i] = before[0] + re * x - im * y, before[1] + re * y + im * x
    return [(i, x, y) for i, (x, y) in sums.items() if x or y]


def _evaluated(form: MatrixForm, values: Sequence[Number]) -> Matrix:
    def entry(r: int, c: int) -> tuple[Number, Number]:
        terms = [(re * values[i], im * values[i]) for i, re, im in form[r][c] if i is not None]
        return sum(re for re, _ in terms), sum(im for _, im in terms)

    return hermitian(len(form), entry)


def _inclusion(size: int, k: int, count: int) -> Matrix:
    """C^size as summand k of (C^size)^{⊕ count}."""
    return matrix_of([[int(r == k * size + c) for c in range(size)] for r in range(size * count)])
