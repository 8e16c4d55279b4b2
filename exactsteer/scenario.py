"""The steering scenario and the elements of an assemblage: the shared vocabulary. Trusted.

n uncharacterised parties measure, one trusted party holds a quantum system of dimension d and
comes last. An element σ[a₁…a_n | x₁…x_n] is a d×d matrix; a party whose outcome has been summed
over has neither outcome nor input, written `_`:  σ[0 _ | 1 _] = Σ_b σ[0 b | 1 y], for any y.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TypeAlias

from .kernel.errors import Declined, Malformed
from .kernel.matrix import Matrix
from .kernel.numbers import integer_text, integers_text, parse_integers
from .kernel.reading import (
    Json,
    hermitian_json,
    read_fields,
    read_hermitian,
    read_integer,
    read_integers,
    read_list,
)

# For each party (outcome, input), or None where its outcome is summed over.
Label: TypeAlias = tuple[tuple[int, int] | None, ...]
Elements: TypeAlias = dict[Label, Matrix]

MOST_ELEMENTS = 10**6
MOST_PARTIES = 32
LARGEST_DIMENSION = 1024


@dataclass(frozen=True)
class Scenario:
    """`outcomes[p][x]` is the number of outcomes of input x of uncharacterised party p.

    `dimension` is that of the trusted party's system.
    """

    outcomes: tuple[tuple[int, ...], ...]
    dimension: int

    def settings(self) -> Iterator[tuple[int, ...]]:
        """All (x₁, …, x_n)."""
        return product(*(range(len(inputs)) for inputs in self.outcomes))

    def labels(self) -> Iterator[Label]:
        """All full labels, outcomes running fastest."""
        for x in self.settings():
            for a in product(*(range(inputs[i]) for inputs, i in zip(self.outcomes, x, strict=True))):
                yield tuple(zip(a, x, strict=True))

    def collins_gisin_labels(self) -> Iterator[Label]:
        """Labels of the independent elements: each party summed over, or not in its last outcome."""
        choices = [
            [None, *((a, x) for x, count in enumerate(inputs) for a in range(count - 1))]
            for inputs in self.outcomes
        ]
        return product(*choices)

    def expansion(self, label: Label) -> Iterator[tuple[int, Label]]:
        """σ[label] as a signed sum of independent elements.

        Exact for a no-signalling σ: the last outcome of an input is the sum over all outcomes
        minus the others, for each party.
        """
        choices: list[list[tuple[int, tuple[int, int] | None]]] = []
        for part, inputs in zip(label, self.outcomes, strict=True):
            if part is None or part[0] < inputs[part[1]] - 1:
                choices.append([(1, part)])
            else:
                choices.append([(1, None), *((-1, (a, part[1])) for a in range(part[0]))])
        for combination in product(*choices):
            yield prod(sign for sign, _ in combination), tuple(part for _, part in combination)

    def has(self, label: Label) -> bool:
        """Whether the label's parties, inputs and outcomes exist here."""
        return len(label) == len(self.outcomes) and all(
            part is None or (part[1] < len(inputs) and part[0] < inputs[part[1]])
            for part, inputs in zip(label, self.outcomes, strict=True)
        )

    def json(self) -> Json:
        parties = [integers_text(inputs) for inputs in self.outcomes]
        return {"parties": parties, "dimension": integer_text(self.dimension)}

    def __str__(self) -> str:
        parties = "; ".join(integers_text(inputs) for inputs in self.outcomes)
        plural = "party" if len(self.outcomes) == 1 else "parties"
        return (
            f"{len(self.outcomes)} uncharacterised {plural} with outcomes for each input ({parties}) "
            f"and one trusted party of dimension {self.dimension}"
        )


def read_scenario(value: Json, place: str) -> Scenario:
    fields = read_fields(value, place, ("parties", "dimension"))
    parties = []
    size = 1
    for p, row in enumerate(read_list(fields["parties"], f"{place}.parties")):
        inputs = read_integers(row, f"{place}.parties[{p}]")
        if not inputs or min(inputs) < 1:
            raise Malformed(f"{place}.parties[{p}]", "needs an input, and an outcome for each input")
        parties.append(tuple(inputs))
        size *= sum(inputs)
        if size > MOST_ELEMENTS:
            raise Declined(f"{place}: more than {MOST_ELEMENTS} elements")
    if len(parties) > MOST_PARTIES:
        raise Declined(f"{place}: more than {MOST_PARTIES} parties")
    if not parties:
        raise Malformed(f"{place}.parties", "needs an uncharacterised party")
    dimension = read_integer(fields["dimension"], f"{place}.dimension")
    if dimension < 1:
        raise Malformed(f"{place}.dimension", "a dimension is at least 1")
    if dimension > LARGEST_DIMENSION:
        raise Declined(f"{place}.dimension: more than {LARGEST_DIMENSION}")
    return Scenario(tuple(parties), dimension)


def label_text(label: Label) -> str:
    """`0 _|1 _` for outcome 0 of input 1 of the first of two parties, the second summed over."""
    outcomes = " ".join("_" if part is None else integer_text(part[0]) for part in label)
    inputs = " ".join("_" if part is None else integer_text(part[1]) for part in label)
    return f"{outcomes}|{inputs}"


def parse_label(text: str) -> Label:
    """Inverse of `label_text`; raises ValueError."""
    halves = [half.split(" ") for half in text.split("|")]
    if len(halves) != 2 or len(halves[0]) != len(halves[1]):
        raise ValueError(f"{text[:40]!r} is not of the form 'outcomes|inputs'")
    label: list[tuple[int, int] | None] = []
    for outcome, setting in zip(*halves, strict=True):
        if outcome == setting == "_":
            label.append(None)
            continue
        numbers = parse_integers(f"{outcome} {setting}")
        if len(numbers) != 2 or min(numbers) < 0:
            raise ValueError(f"{text[:40]!r}: outcomes and inputs are numbered from 0")
        label.append((numbers[0], numbers[1]))
    return tuple(label)


def read_elements(scenario: Scenario, value: Json, place: str) -> Elements:
    """An object from labels of the scenario to Hermitian d×d matrices."""
    if not isinstance(value, dict):
        raise Malformed(place, "an object from labels to matrices is needed")
    elements: Elements = {}
    for text, matrix in value.items():
        where = f"{place}[{text[:40]!r}]"
        try:
            label = parse_label(text)
        except ValueError as error:
            raise Malformed(where, str(error)) from None
        if not scenario.has(label):
            raise Malformed(where, "no such element in the scenario")
        elements[label] = read_hermitian(matrix, scenario.dimension, where)
    return elements


def in_order(elements: Elements) -> list[tuple[Label, Matrix]]:
    """Sorted by inputs, then outcomes, party by party; sums come first.

    Programs are written in this order, so that the claim determines them and not its spelling.
    """

    def key(item: tuple[Label, Matrix]) -> list[tuple[int, int]]:
        return [(-1, -1) if part is None else (part[1], part[0]) for part in item[0]]

    return sorted(elements.items(), key=key)


def elements_json(elements: Elements) -> Json:
    return {label_text(label): hermitian_json(matrix) for label, matrix in elements.items()}


def read_table(scenario: Scenario, value: Json, place: str) -> Elements:
    """All elements of an assemblage: one matrix for each full label."""
    table = read_elements(scenario, value, place)
    for label in table:
        if None in label:
            raise Malformed(f"{place}[{label_text(label)}]", "a full table has no sums")
    for label in scenario.labels():
        if label not in table:
            raise Malformed(place, f"element {label_text(label)!r} is missing")
    return table


def total(matrices: Iterator[Matrix]) -> Matrix:
    """The sum of at least one matrix, in lowest terms."""
    result = next(matrices)
    for matrix in matrices:
        result = result + matrix
    return result.reduced()


def marginal(scenario: Scenario, table: Elements, label: Label) -> Matrix:
    """σ[label], the sum over the outcomes of every party that the label leaves out, at input 0."""
    choices = [
        [(a, 0) for a in range(inputs[0])] if part is None else [part]
        for part, inputs in zip(label, scenario.outcomes, strict=True)
    ]
    return total(table[full] for full in product(*choices))


def signalling(scenario: Scenario, table: Elements) -> Iterator[tuple[str, Matrix]]:
    """All differences that vanish for a no-signalling assemblage, each with its name.

    Σ_a σ[… a … | … x …] - Σ_a σ[… a … | … 0 …] for every party, every input x ≥ 1 of it, and all
    outcomes and inputs of the others (Postquantum steering, Eqs. 4b and 4c).
    """
    for p, inputs in enumerate(scenario.outcomes):
        others = Scenario(scenario.outcomes[:p] + scenario.outcomes[p + 1 :], scenario.dimension)
        for rest in others.labels():

            def summed(x: int, p: int = p, rest: Label = rest) -> Matrix:
                full = ((*rest[:p], (a, x), *rest[p:]) for a in range(scenario.outcomes[p][x]))
                return total(table[label] for label in full)

            at_zero = summed(0)
            for x in range(1, len(inputs)):
                name = label_text((*rest[:p], None, *rest[p:]))
                where = f"signalling of party {p + 1} in Σσ[{name}] between its inputs 0 and {x}"
                yield where, (summed(x) - at_zero).reduced()
