"""GHJW and Theorem 6 on random exact assemblages: time, and size of the entries, against sympy.

`python tests/benchmarks/bench_realisations.py [--quick]`

Ours: "build" makes the realisation, "prove" its certificate, the kernel's verdict included, and "check"
is that verdict alone. "bits" is the length of the largest integer, first of the elements. In sympy
(`sympy_realisations.py`, a fresh process that is stopped after LONGEST) the same is built from exact
matrices, and its check is that the elements come out; it proves nothing positive, and does not split ρ̃
into ρ₊ - ρ₋. "longest" is its longest entry, in characters. The ratios, sympy over ours, are of
building, and of all: build and check over build and prove. What sympy could not build within LONGEST
it is not asked for in larger dimensions.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from itertools import product
from time import perf_counter
from typing import TypeAlias

import numpy as np
from bench_kernel import accept
from comparison import HERE, machine, medians, new_table, quick_wanted, show

from exactsteer import Assemblage
from exactsteer.constructions.ghjw import ghjw, with_povms
from exactsteer.constructions.pseudo import pseudo_lhs
from exactsteer.exact.matrices import bits, scaled
from exactsteer.kernel.errors import Declined
from exactsteer.kernel.matrix import Matrix, congruence, identity, matrix_of, times_adjoint
from exactsteer.prover.prove import prove
from exactsteer.scenario import Label, Scenario
from exactsteer.statements.pseudo import PseudoRealisation
from exactsteer.statements.quantum import QuantumRealisation

SIZES = [(2, 2, 2), (4, 4, 4), (8, 4, 4)]  # trusted dimension, inputs, outcomes
LONGEST = 30.0  # seconds of sympy for one case, its import included
ROUNDS = 3
OURS = ("ours", "build", "prove", "check", "bits")
THEIRS = ("sympy", "build", "check", "bits", "longest")
NAMES = ("case", "bits", *OURS, *THEIRS, "build ratio", "all")

Size = tuple[int, int, int]
Statement: TypeAlias = QuantumRealisation | PseudoRealisation
Construction = Callable[[Assemblage], Statement]


@dataclass(frozen=True)
class Ours:
    """Seconds, and bits; no seconds where the kernel declines the size."""

    bits: int
    build: float
    prove: float | None = None
    check: float | None = None

    def cells(self) -> list[str]:
        return [*(cell(s, "declined") for s in (self.build, self.prove, self.check)), str(self.bits)]


@dataclass(frozen=True)
class Theirs:
    """What `sympy_realisations.py` has told before it was stopped."""

    build: float | None = None
    bits: int | None = None
    characters: int | None = None
    check: float | None = None

    def cells(self, ours: Ours) -> list[str]:
        """Both ratios too: lower bounds where something was not finished."""
        build, total = LONGEST, LONGEST
        if self.build is not None:
            build = self.build
            total = LONGEST if self.check is None else self.build + self.check
        own = None if ours.prove is None else ours.build + ours.prove
        return [
            cell(self.build, f"> {LONGEST:g}"),
            cell(self.check, "" if self.build is None else f"> {LONGEST - self.build:.0f}"),
            cell(self.bits),
            cell(self.characters),
            cell(build / ours.build, more=self.build is None),
            cell(own and total / own, more=self.check is None),
        ]


def cell(number: float | None, otherwise: str = "", more: bool = False) -> str:
    if number is None:
        return otherwise
    return "> " * more + (f"{number:.2g}" if number < 10 else f"{number:.0f}")


def one_party(size: Size, rank: int) -> Assemblage:
    """GMG†, the same G for all, with small integers in G and in all effects but the last of an input."""
    d, inputs, outcomes = size
    rng = np.random.default_rng(d + rank)
    factor = drawn(rng, d, rank)
    norm = 1 / Fraction(times_adjoint(factor, factor).trace())
    elements = {}
    for x in range(inputs):
        squares = [times_adjoint(v, v) for v in (drawn(rng, rank, 1) for _ in range(outcomes - 1))]
        share = 1 / Fraction(sum(square.trace() for square in squares))
        effects = [scaled(square, share) for square in squares]
        effects.append(identity(rank) - reduce(Matrix.__add__, effects))
        for a, effect in enumerate(effects):
            elements[Label(((a, x),))] = scaled(congruence(factor, effect), norm)
    return Assemblage.from_elements(Scenario(((outcomes,) * inputs,), d), elements)


def two_parties(size: Size) -> Assemblage:
    """A mixture of boxes, each with a pure state: half of them local, half of them like the PR box."""
    d, inputs, outcomes = size
    rng = np.random.default_rng(d)
    scenario = Scenario(((outcomes,) * inputs,) * 2, d)
    terms: dict[Label, list[Matrix]] = {label: [] for label in scenario.labels()}
    for k in range(2 * d):
        vector = drawn(rng, d, 1)
        state = times_adjoint(vector, vector)
        alice, bob = rng.integers(outcomes, size=(2, inputs)).tolist()
        shifts = rng.integers(outcomes, size=(inputs, inputs)).tolist()
        for x, y in product(range(inputs), repeat=2):
            pairs = [(alice[x], bob[y])]
            if k % 2:
                pairs = [(a, (a + shifts[x][y]) % outcomes) for a in range(outcomes)]
            for a, b in pairs:
                terms[Label(((a, x), (b, y)))].append(scaled(state, Fraction(1, len(pairs))))
    nothing = scaled(identity(d), Fraction(0))
    elements = {label: reduce(Matrix.__add__, found, nothing) for label, found in terms.items()}
    total = sum(m.trace() for label, m in elements.items() if {x for _, x in label.parties} == {0})
    return Assemblage.from_elements(
        scenario, {label: scaled(m, 1 / Fraction(total)) for label, m in elements.items()}
    )


def drawn(rng: np.random.Generator, rows: int, columns: int) -> Matrix:
    """Gaussian integers with parts from -3 to 3."""
    real, imaginary = rng.integers(-3, 4, (2, rows, columns)).tolist()
    return matrix_of(real, imaginary)


def quantum(sigma: Assemblage, povms: bool) -> QuantumRealisation:
    found = ghjw(sigma)
    return QuantumRealisation(sigma.scenario, sigma.table, with_povms(found) if povms else found)


def pseudo(sigma: Assemblage) -> PseudoRealisation:
    model = pseudo_lhs(sigma)
    negative = model.negative_states, model.negativity
    return PseudoRealisation(sigma.scenario, sigma.table, model.realisation, *negative)


# Each of ours, and the ways to it in sympy.
GHJW: dict[str, tuple[Construction, tuple[str, ...]]] = {
    "GHJW, C = ρᵀ": (partial(quantum, povms=False), ()),
    "GHJW, POVMs": (partial(quantum, povms=True), ("cholesky", "diagonalisation")),
}
THEOREM_6: dict[str, tuple[Construction, tuple[str, ...]]] = {"Theorem 6": (pseudo, ("kronecker",))}


def measured(sigma: Assemblage, construct: Construction) -> Ours:
    statement = construct(sigma)
    size = max(map(bits, matrices(statement)))
    build = partial(construct, sigma)
    started = perf_counter()
    try:
        proof = prove(statement)
    except Declined:
        return Ours(size, *medians([build], ROUNDS))
    proved = perf_counter() - started
    building, checking = medians([build, partial(accept, proof.bytes())], ROUNDS)
    return Ours(size, building, proved, checking)


def matrices(statement: Statement) -> Iterator[Matrix]:
    """Effects and states."""
    for sectors in statement.realisation.measurements:
        yield from (effect for inputs in sectors for effects in inputs for effect in effects)
    yield from (term.state for term in statement.realisation.states)
    if isinstance(statement, PseudoRealisation):
        yield from (term.state for term in statement.negative_states)


def in_sympy(sigma: Assemblage, way: str) -> Theirs:
    table = []
    for label, matrix in sigma.table.items():
        size = range(matrix.shape[0])
        entries = [[list(map(str, matrix.entry(r, c))) for c in size] for r in size]
        table.append([*zip(*label.parties, strict=True), entries])
    command = [sys.executable, str(HERE / "sympy_realisations.py"), way]
    data = json.dumps(table).encode()
    try:
        run = subprocess.run(command, check=True, input=data, stdout=subprocess.PIPE, timeout=LONGEST)
        lines = run.stdout
    except subprocess.TimeoutExpired as error:
        lines = error.stdout or b""
    return Theirs(**{k: v for line in lines.splitlines() for k, v in json.loads(line).items()})


def rows(quick: bool) -> Iterator[list[str]]:
    """Of the table."""
    given_up: dict[str, int] = {}  # in which dimension
    for size in SIZES[:1] if quick else SIZES:
        d = size[0]
        text = "d = {}, {} inputs, {} outcomes".format(*size)
        for case, sigma, constructions in (
            (text, one_party(size, d), GHJW | THEOREM_6),
            (f"{text}, rank {d // 2}", one_party(size, d // 2), GHJW | THEOREM_6),
            (f"{text}, 2 parties", two_parties(size), THEOREM_6),
        ):
            start = [case, str(max(map(bits, sigma.table.values())))]
            for name, (construct, ways) in constructions.items():
                own = measured(sigma, construct)
                left = [*start, name, *own.cells()]
                for way in ways:
                    if given_up.get(way, d) < d:
                        yield [*left, way, "not tried"]
                    else:
                        found = in_sympy(sigma, way)
                        if found.build is None:
                            given_up[way] = d
                        yield [*left, way, *found.cells(own)]
                    left = [""] * len(left)
                if not ways:
                    yield left
                start = ["", ""]


def main() -> None:
    """Each row told on stderr as it comes, then the table."""
    table = new_table(NAMES, [name for name in NAMES if name not in ("case", "ours", "sympy")])
    for row in rows(quick_wanted()):
        print(*row, sep="  ", file=sys.stderr)
        table.add_row(*row)
    show(machine(), table)


if __name__ == "__main__":
    main()
