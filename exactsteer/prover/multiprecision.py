"""An optimal pair to tens of digits, from sdpa-multiprecision in a process of its own. Optional.

Needs an interpreter that can import it: this one, or the one that the environment variable
EXACTSTEER_SDPA_MULTIPRECISION names (it can't share an environment with sdpa-python). Its data pass
through doubles, so the program is written in integers below 2^53: equations are eliminated exactly
and each block is multiplied by its common denominator.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm
from pathlib import Path

import numpy as np

from ..kernel.program import Block, Entry, LinearForm, Program
from .elimination import exact_solve, rational_only, restricted, solve_equations
from .numeric import real_places, real_unknowns
from .rounding import Entries

VARIABLE = "EXACTSTEER_SDPA_MULTIPRECISION"
LARGEST_EXACT = 2**53
LEAST_GAP = 1e-40


@dataclass(frozen=True)
class PrecisePoint:
    """y for all unknowns, w for the equations with unknowns, the entries of all Z_j."""

    y: list[Fraction]
    w: list[Fraction]
    z: Entries


@cache
def interpreter() -> str | None:
    """A Python that has sdpa-multiprecision, or None."""
    probe = "from sdpap.sdpacall import sdpacall; assert sdpacall.get_backend_info()['gmp']"
    for python in (os.environ.get(VARIABLE), sys.executable):
        if python:
            try:
                run = subprocess.run([python, "-c", probe], capture_output=True, check=False)
            except OSError:
                continue
            if run.returncode == 0:
                return python
    return None


def solve_precisely(program: Program, objective: LinearForm, gap: float) -> PrecisePoint:
    """The optimal pair to a relative gap ≥ LEAST_GAP; ArithmeticError if that can't be had."""
    python = interpreter()
    if python is None:
        raise ArithmeticError(
            f"multiple precision is not installed (pip install sdpa-multiprecision, or {VARIABLE})"
        )
    equations = [equation for equation in program.equations if equation.coefficients]
    forms = [(e.coefficients, rational_only(e.constant - e.value)) for e in equations]
    real = real_unknowns(program, objective)
    if real is not None:
        forms += [({i: Fraction(1)}, Fraction(0)) for i in set(range(len(program.unknowns))) - real]
    shift, span, pivots = solve_equations(forms, len(program.unknowns))
    blocks = [restricted(b, list(range(b.size)), shift, span) for b in program.blocks]
    costs = [
        sum((rational_only(objective.get(i, 0)) * v for i, v in column.items()), Fraction(0))
        for column in span
    ]
    standard = _Standard(blocks, costs, real is None)
    free, z = standard.solve(python, max(gap, LEAST_GAP))

    y = list(shift)
    for value, column in zip(free, span, strict=True):
        for i, weight in column.items():
            y[i] += value * weight
    # The multipliers of the equations are what the identity of the eliminated unknowns leaves.
    wanted = [i for i in pivots if real is None or i in real]
    rest = [rational_only(objective.get(i, 0)) - _pairing(program.blocks, z, i) for i in wanted]
    rows = [[e.coefficients.get(i, 0) for e in equations] for i in wanted]
    weights = [rational_only(w) for w in exact_solve(rows, rest)] if equations else []
    return PrecisePoint(y, weights, z)


def _pairing(blocks: Sequence[Block], z: Entries, i: int) -> Fraction:
    total = Fraction(0)
    for j, block in enumerate(blocks):
        for r, c, real, imaginary in block.coefficients.get(i, []):
            weight = 1 if r == c else 2
            total += weight * rational_only(real) * Fraction(z.get((j, r, c, "real"), 0))
            total += weight * rational_only(imaginary) * Fraction(z.get((j, r, c, "imaginary"), 0))
    return total


class _Standard:
    """min b·t with integer blocks A_0 + Σ t_k A_k ⪰ 0, inequalities first, in SDPA's order."""

    def __init__(self, blocks: Sequence[Block], costs: Sequence[Fraction], is_complex: bool) -> None:
        self.blocks, self.is_complex = blocks, is_complex
        self.scale = lcm(*(cost.denominator for cost in costs))
        self.costs = [int(cost * self.scale) for cost in costs]
        self.scales = [self._common(block) for block in blocks]
        self.scalars = [j for j, block in enumerate(blocks) if block.size == 1]
        self.matrices = [j for j, block in enumerate(blocks) if block.size > 1]
        self.sizes = [blocks[j].size * (2 if is_complex else 1) for j in self.matrices]

    @staticmethod
    def _common(block: Block) -> int:
        lists = [block.constant, *block.coefficients.values()]
        return lcm(*(rational_only(v).denominator for terms in lists for t in terms for v in t[2:]))

    def _places(self, j: int, entry: Entry) -> Iterator[tuple[int, int, int]]:
        """Integer entries of the (embedded) block that one entry of the lower triangle stands for."""
        n = self.blocks[j].size
        for r, c, value in real_places(n, entry, self.is_complex and n > 1):
            yield r, c, int(rational_only(value) * self.scales[j])

    def solve(self, python: str, gap: float) -> tuple[list[Fraction], Entries]:
        start, starts = len(self.scalars), {}
        for j, size in zip(self.matrices, self.sizes, strict=True):
            starts[j] = start
            start += size * size
        starts |= {j: k for k, j in enumerate(self.scalars)}
        size_of = dict(zip(self.matrices, self.sizes, strict=True)) | dict.fromkeys(self.scalars, 1)

        def vector(j: int, terms: Sequence[Entry]) -> Iterator[tuple[int, int]]:
            for term in terms:
                for r, c, value in self._places(j, term):
                    yield starts[j] + r * size_of[j] + c, value

        constant = np.zeros(start)
        triples: dict[tuple[int, int], int] = {}
        for j, block in enumerate(self.blocks):
            for place, value in vector(j, block.constant):
                constant[place] += value
            for k, terms in block.coefficients.items():
                for place, value in vector(j, terms):
                    triples[place, k] = triples.get((place, k), 0) + value
        numbers = [*self.costs, *triples.values(), *map(int, constant)]
        if max(map(abs, numbers), default=0) >= LARGEST_EXACT:
            raise ArithmeticError("multiple precision: the data are no integers below 2^53")
        with tempfile.TemporaryDirectory() as folder:
            problem, result = Path(folder, "problem.npz"), Path(folder, "result")
            np.savez(
                problem,
                shape=np.array([start, len(self.costs)]),
                rows=np.array([place for place, _ in triples]),
                columns=np.array([k for _, k in triples]),
                values=np.array(list(triples.values()), dtype=float),
                objective=np.array(self.costs, dtype=float),
                constant=constant,
                sizes=np.array(self.sizes, dtype=int),
                scalars=len(self.scalars),
                gap=gap,
            )
            worker = Path(__file__).with_name("sdpa_worker.py")
            run = subprocess.run(
                [python, str(worker), str(problem), str(result)],
                capture_output=True,
                text=True,
                check=False,
            )
            if run.returncode or not result.exists():
                last = run.stderr.strip().splitlines()[-1:] or ["no result"]
                raise ArithmeticError(f"multiple precision failed: {last[0]}")
            return self._parse(result.read_text())

    def _parse(self, text: str) -> tuple[list[Fraction], Entries]:
        """`xVec` are the unknowns, `yMat` the multipliers, in the result file of SDPA."""
        number = re.compile(r"[+-][0-9.]+e[+-][0-9]+")
        _, _, tail = text.partition("xVec")
        vector, _, tail = tail.partition("xMat")
        _, _, dual = tail.partition("yMat")
        free = [Fraction(word) for word in number.findall(vector)]
        values = iter([Fraction(word) for word in number.findall(dual.partition("main loop")[0])])
        if len(free) != len(self.costs):
            raise ArithmeticError("multiple precision: no point in the result file")
        z: Entries = {}
        for j in self.scalars:
            z[j, 0, 0, "real"] = next(values) * self.scales[j] / self.scale
        for j, size in zip(self.matrices, self.sizes, strict=True):
            matrix = [[next(values) for _ in range(size)] for _ in range(size)]
            factor = Fraction(self.scales[j], self.scale)
            n = self.blocks[j].size
            for r in range(n):
                for c in range(r + 1):
                    real, im = matrix[r][c], Fraction(0)
                    if self.is_complex:
                        real = matrix[r][c] + matrix[r + n][c + n]
                        im = matrix[r + n][c] - matrix[r][c + n]
                    z[j, r, c, "real"] = real * factor
                    if im:
                        z[j, r, c, "imaginary"] = im * factor
        return free, z
