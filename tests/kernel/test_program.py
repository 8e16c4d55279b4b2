"""The two verification rules on programs that no statement writes, and witnesses as JSON."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from exactsteer.exact.writing import witness_json
from exactsteer.kernel import Malformed, Rejected, read_certificate
from exactsteer.kernel.matrix import Matrix, rational_matrix
from exactsteer.kernel.positivity import Dominant
from exactsteer.kernel.program import (
    Block,
    DualWitness,
    Equation,
    Existence,
    Impossibility,
    LowerBound,
    PointWitness,
    Program,
    accept,
    accept_dual,
)
from exactsteer.kernel.reading import read_witness
from exactsteer.statements import STATEMENTS

# min y with y ≥ 1/3, y + z = 5, z ≥ 0: rational data in blocks, equations and objective.
INEQUALITIES = [
    Block("y ≥ 1/3", 1, [(0, 0, Fraction(-1, 3), 0)], {0: [(0, 0, 1, 0)]}),
    Block("z ≥ 0", 1, [], {1: [(0, 0, 1, 0)]}),
]
SUM = Equation("y + z", {0: 1, 1: 1}, 4, -1)


def one(*numbers: int, over: int = 1) -> Matrix:
    return rational_matrix(over, [list(numbers)])


def dual(w: int, *z: int) -> DualWitness:
    return DualWitness(one(w), [one(n) for n in z], [Dominant()] * len(z))


def program(goal: Existence | LowerBound | Impossibility) -> Program:
    return Program(["y", "z"], INEQUALITIES, [SUM], goal)


def test_points() -> None:
    accept(program(Existence()), PointWitness(one(1, 14, over=3), [Dominant()] * 2))
    with pytest.raises(Rejected, match="y \\+ z: rule 'equation' fails: computed 3, needed 4"):
        accept(program(Existence()), PointWitness(one(2, 2), [Dominant()] * 2))
    with pytest.raises(Rejected, match="z ≥ 0"):
        accept(program(Existence()), PointWitness(one(6, -1), [Dominant()] * 2))


def test_bounds() -> None:
    accept(program(LowerBound({0: 1}, Fraction(1, 3))), dual(0, 1, 0))
    # y = 5 - z, so -y ≥ -5 needs the multiplier -1 of the equation and z ≥ 0.
    accept(program(LowerBound({0: -1}, Fraction(-5))), dual(-1, 0, 1))
    with pytest.raises(Rejected, match="proved ≥ claimed"):
        accept(program(LowerBound({0: 1}, Fraction(34, 100))), dual(0, 1, 0))
    with pytest.raises(Rejected, match="coefficient of z: rule 'identity'"):
        accept(program(LowerBound({0: 1}, Fraction(0))), dual(0, 1, 1))
    assert accept_dual(program(Existence()), {0: 2, 1: 2}, dual(2, 0, 0)) == 10


def test_impossibility() -> None:
    negative = Program(
        ["y"], [Block("-1", 1, [(0, 0, -1, 0)])], [Equation("y", {0: 1}, 0)], Impossibility()
    )
    accept(negative, dual(0, 1))
    with pytest.raises(Rejected, match="proved > 0"):
        accept(negative, dual(0, 0))


def test_shapes() -> None:
    goal = LowerBound({0: 1}, Fraction(0))
    square = rational_matrix(1, [[1, 0], [0, 1]])
    with pytest.raises(Malformed, match=r"shape \(2, 2\), not 1"):
        accept(program(goal), DualWitness(one(0), [square, one(0)], [Dominant()] * 2))
    with pytest.raises(Malformed, match="a bound is proved by"):
        accept(program(goal), PointWitness(one(1, 4), [Dominant()] * 2))
    with pytest.raises(Malformed, match="existence is proved by"):
        accept(program(Existence()), dual(0, 1, 0))


def test_witnesses_are_written_as_they_are_read(corpus: Path) -> None:
    rules = set()
    for path in sorted((corpus / "accept").glob("*.json")):
        certificate = read_certificate(path.read_bytes())
        claim = STATEMENTS[certificate.claim.kind](certificate.claim)
        blocks = claim.program().blocks
        witness = read_witness(certificate.witness, blocks, certificate.claim.field, "witness")
        assert witness_json(witness) == certificate.witness
        rules |= {item["rule"] for item in json.loads(path.read_text())["witness"]["positivity"]}
    assert rules == {"dominant", "factored", "congruent"}
