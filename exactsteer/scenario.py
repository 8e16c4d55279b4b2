"""The steering scenario and the elements of an assemblage: the shared vocabulary. Trusted.

n uncharacterised parties measure, one trusted party holds a quantum system of dimension d and
comes last. An element σ[a₁…a_n | x₁…x_n] is a d×d matrix; a party whose outcome has been summed
over has neither outcome nor input, written `_`:  σ[0 _ | 1 _] = Σ_b σ[0 b | 1 y], for any y.

The trusted party may have an input y of its own, by which it transforms its system ("Bob with
input", Bipartite postquantum steering, Definitions 1 and 2); the elements are then
σ[a₁…a_n | x₁…x_n y]. The instrumental scenario sees the elements with y = a of those.

There may be several trusted parties ("Bobs"), of dimensions d₁, …, d_N. An assemblage then says what
each of them sees by himself, σ⁽¹⁾[a|x], …, σ⁽ᴺ⁾[a|x], all of trace p(a|x), and not how their systems
correlate (Many characterised parties, Definitions 1 and 2). Its element is the direct sum
σ[a|x] = σ⁽¹⁾[a|x] ⊕ … ⊕ σ⁽ᴺ⁾[a|x], and F(σ) = Σ tr(F⁽ᵏ⁾σ⁽ᵏ⁾) = tr(Fσ) with F the direct sum of the F⁽ᵏ⁾.
Operators of the Bobs' joint system, on H₁ ⊗ … ⊗ H_N, enter by their marginals ⊕_k tr_{others} Σ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from math import prod
from typing import NamedTuple, TypeAlias

from .kernel.errors import Declined, Malformed
from .kernel.field import Field, Number
from .kernel.matrix import Matrix, hermitian
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

    `dimension` is the size of an element: the dimension of the trusted party's system. Where there are
    several trusted parties, `bobs` has the dimensions of their systems, and `dimension` is their sum.
    `trusted_inputs` is the number of the trusted party's inputs, None if it has none.
    """

    outcomes: tuple[tuple[int, ...], ...]
    dimension: int
    trusted_inputs: int | None = None
    bobs: tuple[int, ...] = ()

    @classmethod
    def with_bobs(cls, outcomes: tuple[tuple[int, ...], ...], dimensions: Sequence[int]) -> Scenario:
        """With trusted parties of these dimensions, two or more."""
        return cls(outcomes, sum(dimensions), None, tuple(dimensions))

    @property
    def joint_dimension(self) -> int:
        """Of the joint system of all trusted parties."""
        return prod(self.bobs) if self.bobs else self.dimension

    def parent(self) -> Scenario:
        """The trusted parties taken for one, who holds their joint system."""
        return Scenario(self.outcomes, self.joint_dimension, self.trusted_inputs)

    def summands(self) -> list[range]:
        """The rows of an element that belong to each trusted party."""
        ends = list(accumulate(self.bobs or (self.dimension,)))
        return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]

    def lower_entries(self) -> Iterator[tuple[int, int]]:
        """The entries (row ≥ column) of an element that need not be zero."""
        for rows in self.summands():
            for row in rows:
                for column in range(rows.start, row + 1):
                    yield row, column

    def marginal_entry(self, row: int, column: int) -> Iterator[tuple[int, int]]:
        """The entries of an operator Σ on H₁ ⊗ … ⊗ H_N whose sum is this entry of ⊕_k tr_{others} Σ.

        For row r and column c of party k: ⟨b r f|Σ|b c f⟩ for all basis states b of the parties before k
        and f of those after k.
        """
        after = self.joint_dimension
        for rows in self.summands():
            before, after = self.joint_dimension // after, after // len(rows)
            if row in rows and column in rows:
                r, c = row - rows.start, column - rows.start
                for b in range(before):
                    for f in range(after):
                        yield (b * len(rows) + r) * after + f, (b * len(rows) + c) * after + f

    def marginals(self, operator: Matrix) -> Matrix:
        """⊕_k tr_{others} Σ of a Hermitian operator Σ on H₁ ⊗ … ⊗ H_N."""
        if not self.bobs:
            return operator

        def entry(row: int, column: int) -> tuple[Number, Number]:
            pairs = [operator.entry(r, c) for r, c in self.marginal_entry(row, column)]
            return sum((re for re, _ in pairs), 0), sum((im for _, im in pairs), 0)

        return hermitian(self.dimension, entry)

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
        value: dict[str, Json] = {"parties": [integers_text(inputs) for inputs in self.outcomes]}
        if self.bobs:
            value["dimensions"] = integers_text(self.bobs)
        else:
            value["dimension"] = integer_text(self.dimension)
        if self.trusted_inputs is not None:
            value["trusted inputs"] = integer_text(self.trusted_inputs)
        return value

    def __str__(self) -> str:
        parties = "; ".join(integers_text(inputs) for inputs in self.outcomes)
        plural = "party" if len(self.outcomes) == 1 else "parties"
        start = f"{len(self.outcomes)} uncharacterised {plural} with outcomes for each input ({parties})"
        if self.bobs:
            sizes = ", ".join(map(integer_text, self.bobs))
            return f"{start} and {len(self.bobs)} trusted parties of dimensions {sizes}"
        inputs = ""
        if self.trusted_inputs is not None:
            inputs = f" with {integer_text(self.trusted_inputs)} input" + "s" * (self.trusted_inputs > 1)
        return f"{start} and one trusted party of dimension {self.dimension}{inputs}"

    def sentence(self) -> str:
        """The last sentence of a theorem about assemblages of this scenario."""
        text = f"Scenario: {self}."
        if self.bobs:
            text += (
                " An assemblage is what each trusted party sees by himself; it belongs to a set if it "
                "is what they see of an assemblage of their joint system that does, or, for LHS, if "
                "they have hidden states for the same λ."
            )
        return text


def read_scenario(value: Json, place: str) -> Scenario:
    several = isinstance(value, dict) and "dimensions" in value
    optional = () if several else ("trusted inputs",)
    fields = read_fields(value, place, ("parties", "dimensions" if several else "dimension"), optional)
    inputs = None
    bobs: tuple[int, ...] = ()
    if several:
        bobs = _read_bobs(fields["dimensions"], f"{place}.dimensions")
        dimension = max(prod(bobs), sum(bobs))  # of a parent's elements, and of their own
    else:
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
    if bobs:
        return Scenario.with_bobs(tuple(parties), bobs)
    return Scenario(tuple(parties), dimension, inputs)


def _read_bobs(value: Json, place: str) -> tuple[int, ...]:
    bobs = read_integers(value, place)
    if len(bobs) < 2 or min(bobs) < 1:
        raise Malformed(place, "two or more dimensions are needed, each at least 1")
    if len(bobs) > MOST_PARTIES or max(bobs) > LARGEST_DIMENSION or prod(bobs) > LARGEST_DIMENSION:
        raise Declined(f"{place}: more than {MOST_PARTIES}, or a product above {LARGEST_DIMENSION}")
    return tuple(bobs)


def read_single_scenario(value: Json, place: str) -> Scenario:
    """A scenario with one trusted party, for claims that are about one only."""
    scenario = read_scenario(value, place)
    if scenario.bobs:
        raise Declined(f"{place}: {len(scenario.bobs)} trusted parties in a claim about one")
    return scenario


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
    """An object from labels of the scenario to Hermitian d×d matrices, or to lists of them."""
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
        elements[label] = _read_element(scenario, matrix, field, where)
    return elements


def _read_element(scenario: Scenario, value: Json, field: Field, place: str) -> Matrix:
    """A matrix; or, for several trusted parties, the direct sum of one of each."""
    if not scenario.bobs:
        return read_hermitian(value, scenario.dimension, field, place)
    items = read_list(value, place)
    if len(items) != len(scenario.bobs):
        raise Malformed(place, f"{len(scenario.bobs)} matrices are needed, one for each trusted party")
    return direct_sum(
        [
            read_hermitian(item, size, field, f"{place}[{k}]")
            for k, (size, item) in enumerate(zip(scenario.bobs, items, strict=True))
        ]
    )


def direct_sum(matrices: Sequence[Matrix]) -> Matrix:
    """⊕_k of Hermitian matrices."""
    places = [(k, r) for k, matrix in enumerate(matrices) for r in range(matrix.shape[0])]

    def entry(row: int, column: int) -> tuple[Number, Number]:
        (k, r), (l, c) = places[row], places[column]
        return matrices[k].entry(r, c) if k == l else (0, 0)

    return hermitian(len(places), entry)


def summand(matrix: Matrix, rows: range) -> Matrix:
    """The part of a direct sum that has these rows."""
    return hermitian(len(rows), lambda r, c: matrix.entry(rows[r], rows[c]))


def order(label: Label) -> list[tuple[int, int]]:
    """Sorts labels by inputs, then outcomes, party by party; sums come first, the trusted input last.

    Programs are written in this order, so that the claim determines them and not its spelling.
    """
    parts = [(-1, -1) if part is None else (part[1], part[0]) for part in label.parties]
    return [*parts, (-1 if label.trusted is None else label.trusted, 0)]


def in_order(elements: Elements) -> list[tuple[Label, Matrix]]:
    return sorted(elements.items(), key=lambda item: order(item[0]))


def elements_json(scenario: Scenario, elements: Elements) -> Json:
    if not scenario.bobs:
        return {label_text(label): hermitian_json(matrix) for label, matrix in elements.items()}
    return {
        label_text(label): [hermitian_json(summand(matrix, rows)) for rows in scenario.summands()]
        for label, matrix in elements.items()
    }


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
