"""The steering scenario and the elements of an assemblage: the shared vocabulary. Trusted.

n uncharacterised parties measure, one trusted party holds a quantum system of dimension d and
comes last. An element σ[a₁…a_n | x₁…x_n] is a d×d matrix; a party whose outcome has been summed
over has neither outcome nor input, written `_`:  σ[0 _ | 1 _] = Σ_b σ[0 b | 1 y], for any y.

The trusted party may have an input y of its own, by which it transforms its system ("Bob with
input", Bipartite postquantum steering, Definitions 1 and 2); the elements are then
σ[a₁…a_n | x₁…x_n y]. The instrumental scenario sees the elements with y = a of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple, TypeAlias

from .kernel.errors import Declined, Malformed
from .kernel.field import Field
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


class Label(NamedTuple):
    """Which element: (outcome, input) of each party, or None where its outcome is summed over.

    `trusted` is the trusted party's input, None if it has none.
    """

    parties: tuple[tuple[int, int] | None, ...]
    trusted: int | None = None


Elements: TypeAlias = dict[Label, Matrix]

MOST_ENTRIES = 2 * 10**6  # of all elements, each expanded in independent ones
MOST_PARTIES = 32
LARGEST_DIMENSION = 1024


@dataclass(frozen=True)
class Scenario:
    """`outcomes[p][x]` is the number of outcomes of input x of uncharacterised party p.

    `dimension` is that of the trusted party's system, and `trusted_inputs` the number of its
    inputs, None if it has none.
    """

    outcomes: tuple[tuple[int, ...], ...]
    dimension: int
    trusted_inputs: int | None = None

    def settings(self) -> Iterator[tuple[int, ...]]:
        """All (x₁, …, x_n)."""
        return product(*(range(len(inputs)) for inputs in self.outcomes))

    def inputs_of_trusted(self) -> Sequence[int | None]:
        return [None] if self.trusted_inputs is None else range(self.trusted_inputs)

    def labels(self) -> Iterator[Label]:
        """All full labels, outcomes running fastest."""
        for x in self.settings():
            for y in self.inputs_of_trusted():
                for a in product(
                    *(range(inputs[i]) for inputs, i in zip(self.outcomes, x, strict=True))
                ):
                    yield Label(tuple(zip(a, x, strict=True)), y)

    def collins_gisin_labels(self) -> Iterator[Label]:
        """Labels of the independent elements: each party summed over, or not in its last outcome."""
        choices = [
            [None, *((a, x) for x, count in enumerate(inputs) for a in range(count - 1))]
            for inputs in self.outcomes
        ]
        for y in self.inputs_of_trusted():
            for parties in product(*choices):
                yield Label(parties, y)

    def nobody(self) -> Label:
        """The label of the reduced state (at the trusted party's first input)."""
        return Label((None,) * len(self.outcomes), None if self.trusted_inputs is None else 0)

    def expansion(self, label: Label) -> Iterator[tuple[int, Label]]:
        """σ[label] as a signed sum of independent elements.

        Exact for a no-signalling σ: the last outcome of an input is the sum over all outcomes
        minus the others, for each party.
        """
        choices: list[list[tuple[int, tuple[int, int] | None]]] = []
        for part, inputs in zip(label.parties, self.outcomes, strict=True):
            if part is None or part[0] < inputs[part[1]] - 1:
                choices.append([(1, part)])
            else:
                choices.append([(1, None), *((-1, (a, part[1])) for a in range(part[0]))])
        for combination in product(*choices):
            sign = prod(sign for sign, _ in combination)
            yield sign, Label(tuple(part for _, part in combination), label.trusted)

    def has(self, label: Label) -> bool:
        """Whether the label's parties, inputs and outcomes exist here."""
        return (
            len(label.parties) == len(self.outcomes)
            and label.trusted in self.inputs_of_trusted()
            and all(
                part is None or (part[1] < len(inputs) and part[0] < inputs[part[1]])
                for part, inputs in zip(label.parties, self.outcomes, strict=True)
            )
        )

    def json(self) -> Json:
        value = {
            "parties": [integers_text(inputs) for inputs in self.outcomes],
            "dimension": integer_text(self.dimension),
        }
        if self.trusted_inputs is not None:
            value["trusted inputs"] = integer_text(self.trusted_inputs)
        return value

    def __str__(self) -> str:
        parties = "; ".join(integers_text(inputs) for inputs in self.outcomes)
        plural = "party" if len(self.outcomes) == 1 else "parties"
        inputs = ""
        if self.trusted_inputs is not None:
            inputs = f" with {integer_text(self.trusted_inputs)} input" + "s" * (self.trusted_inputs > 1)
        return (
            f"{len(self.outcomes)} uncharacterised {plural} with outcomes for each input ({parties}) "
            f"and one trusted party of dimension {self.dimension}{inputs}"
        )


def read_scenario(value: Json, place: str) -> Scenario:
    fields = read_fields(value, place, ("parties", "dimension"), ("trusted inputs",))
    inputs = None
    if "trusted inputs" in fields:
        inputs = _read_count(fields["trusted inputs"], f"{place}.trusted inputs", MOST_ENTRIES)
    dimension = _read_count(fields["dimension"], f"{place}.dimension", LARGEST_DIMENSION)
    parties = []
    size = dimension**2 * (inputs or 1)
    for p, row in enumerate(read_list(fields["parties"], f"{place}.parties")):
        outcomes = read_integers(row, f"{place}.parties[{p}]")
        if not outcomes or min(outcomes) < 1:
            raise Malformed(f"{place}.parties[{p}]", "needs an input, and an outcome for each input")
        parties.append(tuple(outcomes))
        size *= sum(2 * count - 1 for count in outcomes)
        if size > MOST_ENTRIES:
            raise Declined(f"{place}: more than {MOST_ENTRIES} entries of elements")
    if len(parties) > MOST_PARTIES:
        raise Declined(f"{place}: more than {MOST_PARTIES} parties")
    if not parties:
        raise Malformed(f"{place}.parties", "needs an uncharacterised party")
    return Scenario(tuple(parties), dimension, inputs)


def _read_count(value: Json, place: str, most: int) -> int:
    number = read_integer(value, place)
    if number < 1:
        raise Malformed(place, "a number of at least 1 is needed")
    if number > most:
        raise Declined(f"{place}: more than {most}")
    return number


def label_text(label: Label) -> str:
    """`0 _|1 _` for outcome 0 of input 1 of the first of two parties, the second summed over.

    With a trusted input there is one input more than outcomes: `0|1 2` for input 2 of that party.
    """
    outcomes = ["_" if part is None else integer_text(part[0]) for part in label.parties]
    inputs = ["_" if part is None else integer_text(part[1]) for part in label.parties]
    if label.trusted is not None:
        inputs.append(integer_text(label.trusted))
    return f"{' '.join(outcomes)}|{' '.join(inputs)}"


def parse_label(text: str) -> Label:
    """Inverse of `label_text`; raises ValueError."""
    halves = [half.split(" ") for half in text.split("|")]
    if len(halves) != 2 or len(halves[1]) - len(halves[0]) not in (0, 1):
        raise ValueError(f"{text[:40]!r} is not of the form 'outcomes|inputs'")
    outcomes, inputs = halves
    trusted = _parse_counts(inputs[-1], text)[0] if len(inputs) > len(outcomes) else None
    parties: list[tuple[int, int] | None] = []
    for outcome, setting in zip(outcomes, inputs, strict=False):
        if outcome == setting == "_":
            parties.append(None)
        else:
            a, x = _parse_counts(f"{outcome} {setting}", text)
            parties.append((a, x))
    return Label(tuple(parties), trusted)


def _parse_counts(words: str, text: str) -> list[int]:
    numbers = parse_integers(words)
    if len(numbers) != len(words.split(" ")) or min(numbers) < 0:
        raise ValueError(f"{text[:40]!r}: outcomes and inputs are numbered from 0")
    return numbers


def read_elements(scenario: Scenario, value: Json, field: Field, place: str) -> Elements:
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
        except OverflowError as error:
            raise Declined(f"{where}: {error}") from None
        if not scenario.has(label):
            raise Malformed(where, "no such element in the scenario")
        elements[label] = read_hermitian(matrix, scenario.dimension, field, where)
    return elements


def order(label: Label) -> list[tuple[int, int]]:
    """Sorts labels by inputs, then outcomes, party by party; sums come first, the trusted input last.

    Programs are written in this order, so that the claim determines them and not its spelling.
    """
    parts = [(-1, -1) if part is None else (part[1], part[0]) for part in label.parties]
    return [*parts, (-1 if label.trusted is None else label.trusted, 0)]


def in_order(elements: Elements) -> list[tuple[Label, Matrix]]:
    return sorted(elements.items(), key=lambda item: order(item[0]))


def elements_json(elements: Elements) -> Json:
    return {label_text(label): hermitian_json(matrix) for label, matrix in elements.items()}


def read_full_elements(scenario: Scenario, value: Json, field: Field, place: str) -> Elements:
    """Elements of an assemblage, none of them a sum."""
    elements = read_elements(scenario, value, field, place)
    for label in elements:
        if None in label.parties:
            raise Malformed(f"{place}[{label_text(label)}]", "a table has no sums")
    return elements


def read_table(scenario: Scenario, value: Json, field: Field, place: str) -> Elements:
    """All elements of an assemblage: one matrix for each full label."""
    table = read_full_elements(scenario, value, field, place)
    for label in scenario.labels():
        if label not in table:
            raise Malformed(place, f"element {label_text(label)!r} is missing")
    return table


def terms_of_marginal(scenario: Scenario, label: Label) -> Iterator[Label]:
    """The full labels whose sum is σ[label]; a party that is summed over has input 0."""
    choices = [
        [(a, 0) for a in range(inputs[0])] if part is None else [part]
        for part, inputs in zip(label.parties, scenario.outcomes, strict=True)
    ]
    return (Label(parties, label.trusted) for parties in product(*choices))


def marginal(scenario: Scenario, table: Elements, label: Label) -> Matrix:
    """σ[label], the sum over the outcomes of every party that the label leaves out, at input 0."""
    return signed_sum(table, [(1, full) for full in terms_of_marginal(scenario, label)])


def signed_sum(table: Elements, terms: Iterable[tuple[int, Label]]) -> Matrix:
    """Σ sign·σ[label], at least one term, in lowest terms."""
    matrices = (table[label] if sign > 0 else negative(table[label]) for sign, label in terms)
    result = next(matrices)
    for matrix in matrices:
        result = result + matrix
    return result.reduced()


def negative(matrix: Matrix) -> Matrix:
    return matrix - (matrix + matrix)


SignedLabels: TypeAlias = list[tuple[int, Label]]


def signalling(scenario: Scenario) -> Iterator[tuple[str, SignedLabels]]:
    """All signed sums of elements that vanish for a no-signalling assemblage, each with its name.

    Σ_a σ[… a … | … x …] - Σ_a σ[… a … | … 0 …] for every party, every input x ≥ 1 of it, and all
    outcomes and inputs of the others (Postquantum steering, Eqs. 4b and 4c).
    """
    for p, inputs in enumerate(scenario.outcomes):
        outcomes = scenario.outcomes[:p] + scenario.outcomes[p + 1 :]
        others = Scenario(outcomes, scenario.dimension, scenario.trusted_inputs)
        for rest in others.labels():
            before, after = rest.parties[:p], rest.parties[p:]
            for x in range(1, len(inputs)):
                terms = [
                    (sign, Label((*before, (a, setting), *after), rest.trusted))
                    for sign, setting in ((1, x), (-1, 0))
                    for a in range(inputs[setting])
                ]
                name = label_text(Label((*before, None, *after), rest.trusted))
                yield f"signalling of party {p + 1} in Σσ[{name}] between its inputs 0 and {x}", terms


def trace_signalling(scenario: Scenario) -> Iterator[tuple[str, SignedLabels]]:
    """All signed sums whose trace vanishes: tr σ[a|x y] does not depend on the trusted input y.

    Source: Bipartite postquantum steering, Eq. 3.
    """
    for label in scenario.labels():
        if label.trusted:
            name = f"signalling of the trusted party in tr σ[{label_text(label)}] against its input 0"
            yield name, [(1, label), (-1, Label(label.parties, 0))]
