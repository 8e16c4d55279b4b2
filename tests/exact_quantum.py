"""Random quantum realisations in exact arithmetic: states, measurements, assemblages, moments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from exactsteer.exact.ldl import ldl
from exactsteer.kernel.matrix import Matrix, hermitian, matrix_of
from exactsteer.kernel.positivity import Factored, Positivity
from exactsteer.kernel.program import PointWitness, Program, accept_point, evaluate
from exactsteer.scenario import Elements, Label, Scenario
from exactsteer.statements import realisation as claims
from exactsteer.statements.words import Letter, Word, WordSet, word_set

ROOT = Path(__file__).resolve().parent.parent
Exact = npt.NDArray[Any]  # object arrays of Gaussian rationals, as 2×2 real blocks


@dataclass(frozen=True)
class Gaussian:
    """A matrix over Q(i) as exact real and imaginary object arrays."""

    re: Exact
    im: Exact

    def __matmul__(self, other: Gaussian) -> Gaussian:
        re = self.re @ other.re - self.im @ other.im
        return Gaussian(re, self.re @ other.im + self.im @ other.re)

    def __sub__(self, other: Gaussian) -> Gaussian:
        return Gaussian(self.re - other.re, self.im - other.im)

    def __add__(self, other: Gaussian) -> Gaussian:
        return Gaussian(self.re + other.re, self.im + other.im)

    def adjoint(self) -> Gaussian:
        return Gaussian(self.re.T, -self.im.T)

    def scaled(self, factor: Fraction) -> Gaussian:
        return Gaussian(self.re * factor, self.im * factor)

    def tensor(self, other: Gaussian) -> Gaussian:
        re = np.kron(self.re, other.re) - np.kron(self.im, other.im)
        return Gaussian(re, np.kron(self.re, other.im) + np.kron(self.im, other.re))

    def trace(self) -> Fraction:
        return Fraction(np.trace(self.re))

    def reduced_state(self, dimension: int) -> Gaussian:
        """The partial trace over all but the last factor."""

        def part(array: Exact) -> Exact:
            first = array.shape[0] // dimension
            return np.einsum("iris->rs", array.reshape(first, dimension, first, dimension))

        return Gaussian(part(self.re), part(self.im))

    def matrix(self) -> Matrix:
        """As a kernel matrix; the lower triangle of a Hermitian one."""
        return hermitian(len(self.re), lambda r, c: (self.re[r, c], self.im[r, c]))


def gaussian(rng: np.random.Generator, rows: int, columns: int) -> Gaussian:
    def part() -> Exact:
        return rng.integers(-3, 4, (rows, columns)).astype(object) * Fraction(1)

    return Gaussian(part(), part())


def identity(size: int) -> Gaussian:
    one = np.array([[Fraction(int(r == c)) for c in range(size)] for r in range(size)], dtype=object)
    return Gaussian(one, one * 0)


def random_state(rng: np.random.Generator, size: int, rank: int) -> Gaussian:
    while True:
        factor = gaussian(rng, size, rank)
        state = factor @ factor.adjoint()
        if state.trace():
            return state.scaled(1 / state.trace())


def random_projectors(rng: np.random.Generator, size: int, outcomes: int) -> list[Gaussian]:
    """`outcomes` orthogonal rational projectors that sum to 1, by Gram-Schmidt without roots."""
    rest, projectors = identity(size), []
    for _ in range(min(outcomes, size) - 1):
        while True:
            vector = rest @ gaussian(rng, size, 1)
            norm = (vector.adjoint() @ vector).trace()
            if norm:
                break
        projectors.append((vector @ vector.adjoint()).scaled(1 / norm))
        rest = rest - projectors[-1]
    projectors.append(rest)
    zero = identity(size).scaled(Fraction(0))
    return projectors + [zero] * (outcomes - len(projectors))


def random_povm(rng: np.random.Generator, size: int, outcomes: int) -> list[Gaussian]:
    """A mixture of two projective measurements: a POVM that is not projective."""
    one, two = (random_projectors(rng, size, outcomes) for _ in range(2))
    half = Fraction(1, 2)
    return [Gaussian((a.re + b.re) * half, (a.im + b.im) * half) for a, b in zip(one, two, strict=True)]


def almost_quantum(scenario: Scenario) -> WordSet:
    return word_set(scenario, "almost-quantum")


def label(*parties: tuple[int, int] | None, trusted: int | None = None) -> Label:
    return Label(parties, trusted)


def random_unitary(rng: np.random.Generator, size: int) -> Gaussian:
    """A product of reflections 1 - 2 vv†/v†v and a permutation: unitary over Q(i)."""
    unitary = identity(size)
    for _ in range(2):
        vector = gaussian(rng, size, 1)
        norm = (vector.adjoint() @ vector).trace()
        if norm:
            unitary = unitary - (vector @ (vector.adjoint() @ unitary)).scaled(2 / norm)
    order = rng.permutation(size)
    return Gaussian(unitary.re[order], unitary.im[order])


@dataclass(frozen=True)
class Realisation:
    """A state of all parties and, for each party and input, the matrix units of its operators.

    `units[p][x][r, c]` is N_rc; a measurement has the diagonal ones, its effects. A trusted party with
    input is a party of its own, the last, and then the state has no further factor.
    """

    scenario: Scenario
    state: Gaussian
    units: list[list[dict[tuple[int, int], Gaussian]]]

    def moment(self, operators: list[Gaussian]) -> Gaussian:
        """tr_uncharacterised[(O_1 ⊗ … ⊗ O_n ⊗ 1) ρ], a number with trusted input."""
        d = self.scenario.dimension if self.scenario.trusted_inputs is None else 1
        product = reduce(Gaussian.tensor, [*operators, identity(d)]) @ self.state
        return product.reduced_state(d)

    def assemblage(self) -> Elements:
        """The elements from their definition, by effects and channels."""
        table: Elements = {}
        for label in self.scenario.labels():
            effects = [
                self.units[p][part[1]][part[0], part[0]]
                for p, part in enumerate(label.parties)
                if part is not None
            ]
            if label.trusted is None:
                table[label] = self.moment(effects).matrix()
                continue
            d, units = self.scenario.dimension, self.units[-1][label.trusted]
            entries = {
                (r, c): self.moment([*effects, units[c, r]]) for r in range(d) for c in range(r + 1)
            }
            table[label] = hermitian(d, lambda r, c, e=entries: (e[r, c].re[0, 0], e[r, c].im[0, 0]))
        return table

    def effects(self, p: int) -> claims.Measurements:
        return tuple(
            tuple(units[a, a].matrix() for a in range(count))
            for units, count in zip(self.units[p], self.scenario.outcomes[p], strict=True)
        )

    def channels(self) -> tuple[Matrix, ...]:
        """Choi matrices with (i r),(j c) entry ⟨r|E[|i⟩⟨j|]|c⟩ = tr(N_cr |i⟩⟨j|) = ⟨j|N_cr|i⟩."""
        if self.scenario.trusted_inputs is None:
            return ()
        d = self.scenario.dimension

        def choi(units: dict[tuple[int, int], Gaussian]) -> Matrix:
            def entry(row: int, column: int) -> tuple[Fraction, Fraction]:
                (i, r), (j, c) = divmod(row, d), divmod(column, d)
                return units[c, r].re[j, i], units[c, r].im[j, i]

            return hermitian(2 * d * d, entry)

        return tuple(choi(units) for units in self.units[-1])

    def word(self, word: Word) -> Gaussian:
        """M(word) from its definition, for projective effects."""
        operators = []
        for letters, inputs in zip(word, self.units, strict=True):
            size = len(next(iter(inputs[0].values())).re)
            factors = (inputs[x][r, c] for r, c, x in letters)
            operators.append(reduce(Gaussian.__matmul__, factors, identity(size)))
        return self.moment(operators)


def random_realisation(
    seed: int, scenario: Scenario, projective: bool = True, rank: int | None = None
) -> Realisation:
    """Random qubits for the uncharacterised parties; with trusted input, channels with an ancilla."""
    rng = np.random.default_rng(seed)
    measure = random_projectors if projective else random_povm
    units = [
        [{(a, a): effect for a, effect in enumerate(measure(rng, 2, count))} for count in inputs]
        for inputs in scenario.outcomes
    ]
    size = 2 ** len(scenario.outcomes) * scenario.dimension
    if scenario.trusted_inputs is not None:
        # E_y[ρ] = tr_K[U_y ρ U_y†] of a system C^d ⊗ C^2, so N^y_rc = U_y†(|r⟩⟨c| ⊗ 1)U_y.
        size *= 2
        units.append([matrix_units(rng, scenario.dimension) for _ in range(scenario.trusted_inputs)])
    return Realisation(scenario, random_state(rng, size, rank or size), units)


def mixed(
    rng: np.random.Generator, scenario: Scenario, sectors: int, terms: int, conjugated: bool = False
) -> tuple[claims.Realisation, Elements]:
    """A realisation in sectors, and its elements from the definition, each state by itself.

    Every party has so many sectors, and each of the states is in a random one of each. If `conjugated`,
    effects and states are written with C = RR† in place of 1: RMR† and, in place of (R† ⊗ 1)ρ(R ⊗ 1), ρ.
    """
    parts = [random_realisation(int(rng.integers(2**32)), scenario, False) for _ in range(sectors)]
    count = len(scenario.outcomes)
    roots = [[identity(2) for _ in range(count)] for _ in parts]
    if conjugated:
        roots = [[gaussian(rng, 2, 2) + identity(2).scaled(Fraction(9)) for _ in own] for own in roots]
    measurements = tuple(
        tuple(
            tuple(
                tuple((root[p] @ units[a, a] @ root[p].adjoint()).matrix() for a in range(len(units)))
                for units in part.units[p]
            )
            for part, root in zip(parts, roots, strict=True)
        )
        for p in range(count)
    )
    last = parts[0].units[count:]  # channels are the same in all sectors
    size = len(parts[0].state.re) // 2**count
    chosen = [tuple(map(int, rng.integers(sectors, size=count))) for _ in range(terms)]
    raw = [random_state(rng, 2**count * size, int(rng.integers(1, 4))) for _ in chosen]
    physical = []
    for choice, state in zip(chosen, raw, strict=True):
        factors = [roots[s][p].adjoint() for p, s in enumerate(choice)]
        change = reduce(Gaussian.tensor, [*factors, identity(size)])
        physical.append(change @ state @ change.adjoint())
    norm = 1 / sum((state.trace() for state in physical), Fraction(0))
    tables = [
        Realisation(
            scenario, state.scaled(norm), [parts[s].units[p] for p, s in enumerate(choice)] + last
        ).assemblage()
        for choice, state in zip(chosen, physical, strict=True)
    ]
    table = {key: reduce(Matrix.__add__, (t[key] for t in tables)).reduced() for key in tables[0]}
    states = tuple(
        claims.SectorState(choice, state.scaled(norm).matrix())
        for choice, state in zip(chosen, raw, strict=True)
    )
    return claims.Realisation(measurements, states, parts[0].channels()), table


def exact_positivity(program: Program, point: Matrix) -> list[Positivity]:
    """Every block of the program as an exact sum of squares; ValueError names one that is none."""
    witnesses: list[Positivity] = []
    for block in program.blocks:
        found = ldl(evaluate(block, point))
        if found is None:
            raise ValueError(f"{block.name} is not positive semidefinite")
        witnesses.append(Factored(*found))
    return witnesses


NOTHING_UNKNOWN = matrix_of([[]])  # the point of a program without unknowns


def accept_exactly(program: Program, point: Matrix = NOTHING_UNKNOWN) -> None:
    """Equations by the kernel, which raises Rejected; ValueError names a block that is not positive."""
    accept_point(replace(program, blocks=[]), PointWitness(point, []))
    accept_point(program, PointWitness(point, exact_positivity(program, point)))


def matrix_units(rng: np.random.Generator, dimension: int) -> dict[tuple[int, int], Gaussian]:
    unitary = random_unitary(rng, 2 * dimension)
    units = {}
    for r in range(dimension):
        for c in range(dimension):
            unit = identity(dimension).scaled(Fraction(0))
            unit.re[r, c] = Fraction(1)
            units[r, c] = unitary.adjoint() @ unit.tensor(identity(2)) @ unitary
    return units


def scenarios(
    parties: int = 2, inputs: int = 2, outcomes: int = 3, dimension: int = 2, trusted: bool = False
) -> Any:
    """Small scenarios, for hypothesis; `trusted` allows one party and a trusted party with input."""
    one = st.lists(st.integers(1, outcomes), min_size=1, max_size=inputs).map(tuple)
    many = st.lists(one, min_size=1, max_size=parties).map(tuple)
    plain = st.builds(Scenario, many, st.integers(1, dimension))
    single = one.map(lambda inputs: (inputs,))
    with_input = st.builds(Scenario, single, st.integers(1, dimension), st.integers(1, 2))
    return plain | with_input if trusted else plain


def integer_functional(rng: np.random.Generator, scenario: Scenario, real: bool = False) -> Elements:
    """A Hermitian integer matrix for every independent element."""

    def random_hermitian() -> Matrix:
        re, im = rng.integers(-5, 6, (2, scenario.dimension, scenario.dimension)).tolist()
        return hermitian(scenario.dimension, lambda r, c: (re[r][c], 0 if real else im[r][c]))

    return {label: random_hermitian() for label in scenario.collins_gisin_labels()}


__all__ = [
    "ROOT",
    "Gaussian",
    "Letter",
    "Realisation",
    "accept_exactly",
    "almost_quantum",
    "label",
    "mixed",
    "product",
    "random_realisation",
    "scenarios",
]
