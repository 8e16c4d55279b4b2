"""Assemblages in exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..exact.ldl import ldl
from ..exact.matrices import scaled
from ..exact.numbers import InputError
from ..kernel.errors import Declined
from ..kernel.field import Field, Number, common_field
from ..kernel.matrix import Matrix, identity
from ..kernel.numbers import spoken
from ..scenario import (
    Elements,
    Label,
    Scenario,
    direct_sum,
    label_text,
    marginal,
    signalling,
    signed_sum,
    summand,
    trace_signalling,
)
from .files import elements_from_json, read_json
from .layouts import elements_from_array, elements_from_arrays, float_matrix
from .written import Written

ROUNDED = "; for rounded numbers there are PrintedAssemblage and classify --printed"


@dataclass(frozen=True, repr=False)
class Assemblage(Written):
    """A valid assemblage: positive, no-signalling and normalised, with exact entries.

    Built by `from_elements`, `from_json` or `from_array`, each of which raises InputError naming
    the place and the amount by which the data fail. `table` holds σ[a|x] for all full labels.
    Source: Postquantum steering, Eqs. 4a-4d.

    >>> import numpy as np
    >>> product_state = np.full((2, 2, 2, 2, 2, 2), 0.125) * np.eye(2)
    >>> sigma = Assemblage.from_array(product_state, "outcomes-first")
    >>> sigma[0, 1, 0, 0].entry(0, 0)
    (Fraction(1, 8), Fraction(0, 1))
    """

    scenario: Scenario
    table: Elements

    @classmethod
    def from_elements(cls, scenario: Scenario, elements: Elements) -> Assemblage:
        """From all full elements, or from the Collins-Gisin ones; more must agree with them."""
        joint_field(elements)
        table = full_table(scenario, elements)
        _validate(scenario, table)
        return cls(scenario, table)

    @classmethod
    def from_json(cls, path: str | Path) -> Assemblage:
        """From a file `{"scenario": …, "assemblage": {label: matrix}}`."""
        scenario, elements = elements_from_json(read_json(Path(path)), "assemblage", str(path))
        return cls.from_elements(scenario, elements)

    @classmethod
    def from_array(
        cls,
        array: npt.ArrayLike,
        layout: str,
        outcomes: Sequence[Sequence[int]] | None = None,
        trusted_input: bool = False,
    ) -> Assemblage:
        """From an array in a named layout; floats count as exact.

        `layout` is never guessed. "outcomes-first" is `sigma[a, b, x, y]`, of shape (outcomes of each
        party, inputs of each party, d, d). "matrices-first" is (d, d, outcomes…, inputs…), as in toqito
        and in the code of the steering review; axes of length 1 at the end, which MATLAB drops, are
        restored if `outcomes` are given. "settings-first" is (inputs…, outcomes…, d, d), also as nested
        lists. "collins-gisin" is (one axis a party: summed over, then a < last of input 0, 1, …; d, d),
        "blocks" a dictionary from (x, y) to a matrix with the blocks (a, b), as in toqito; both need
        `outcomes[p][x]`. Dictionaries from tuples (in the order of the layout) to matrices, and solved
        cvxpy variables anywhere, will do. An array of objects may hold text such as "sqrt(2)/4". With
        `trusted_input` the inputs have one axis more, the last: `sigma[a, x, y]`.
        """
        return cls.from_elements(*elements_from_array(array, layout, outcomes, trusted_input))

    @classmethod
    def from_arrays(
        cls,
        arrays: Sequence[npt.ArrayLike],
        layout: str,
        outcomes: Sequence[Sequence[int]] | None = None,
    ) -> Assemblage:
        """Of several trusted parties, from one array for each: what he sees by himself.

        InputError, naming place and amount, if the marginals have different traces.
        Source: Many characterised parties, Definition 2 and Eq. 6.

        >>> import numpy as np
        >>> coin = np.full((2, 2, 2, 2), 0.25) * np.eye(2)
        >>> sigma = Assemblage.from_arrays([coin, coin], "outcomes-first")
        >>> sigma.scenario.bobs, sigma.bob(1).scenario.dimension
        ((2, 2), 2)
        """
        return cls.from_elements(*elements_from_arrays(arrays, layout, outcomes))

    def bob(self, k: int) -> Assemblage:
        """What trusted party k sees, the first being 0."""
        if not 0 <= k < len(self.scenario.summands()):
            raise InputError(f"trusted party {k}: there are 0 to {len(self.scenario.summands()) - 1}")
        rows = self.scenario.summands()[k]
        table = {label: summand(matrix, rows) for label, matrix in self.table.items()}
        return Assemblage(replace(self.scenario, dimension=len(rows), bobs=()), table)

    def __getitem__(self, index: tuple[int, ...]) -> Matrix:
        """`sigma[a, b, x, y]`: outcomes before settings."""
        n = len(self.scenario.outcomes)
        label = Label(tuple(zip(index[:n], index[n:], strict=False)), *index[2 * n :])
        if label not in self.table:
            raise KeyError(f"no element {label_text(label)!r} in this scenario")
        return self.table[label]

    def marginal(self, label: Label) -> Matrix:
        """σ of a label that may leave parties out (None), summed over their outcomes."""
        return marginal(self.scenario, self.table, label)

    def independent(self) -> Elements:
        """The independent (Collins-Gisin) elements."""
        return {label: self.marginal(label) for label in self.scenario.collins_gisin_labels()}

    @property
    def field(self) -> Field:
        """The number field of all entries."""
        return joint_field(self.table)

    def _elements(self) -> Elements:
        return self.table

    def _shown(self) -> Elements:
        return self.independent()


def joint_field(*tables: Elements) -> Field:
    """The field of all entries; InputError if they are in several."""
    try:
        return common_field(matrix.field for elements in tables for matrix in elements.values())
    except Declined:
        raise InputError(
            'the entries are in different number fields; give them one ("field" in a file)'
        ) from None


def full_table(scenario: Scenario, elements: Elements) -> Elements:
    """All full elements, from themselves or from the Collins-Gisin ones.

    Raises InputError naming a missing element, or one that contradicts the others.
    """
    if all(label in elements for label in scenario.labels()):
        table = {label: elements[label] for label in scenario.labels()}
    else:
        for label in scenario.collins_gisin_labels():
            if label not in elements:
                raise InputError(
                    f"element {label_text(label)!r} is missing: give all full elements, or all "
                    "independent ones (each party summed over, or not in its last outcome)"
                )
        table = {label: _derived(scenario, elements, label) for label in scenario.labels()}
    for label, matrix in elements.items():
        amount = largest_entry((matrix - marginal(scenario, table, label)).reduced())
        if amount:
            raise InputError(
                f"element {label_text(label)!r} contradicts the others by {spoken(amount)}: "
                "correct it or leave it out"
            )
    return table


def _derived(scenario: Scenario, elements: Elements, label: Label) -> Matrix:
    """A full element from the independent ones."""
    return signed_sum(elements, scenario.expansion(label))


def _validate(scenario: Scenario, table: Elements) -> None:
    for what, _ in deviations(scenario, table):
        raise InputError(f"{what}{ROUNDED}")
    require_positive(table)


def deviations(scenario: Scenario, table: Elements) -> Iterator[tuple[str, Number]]:
    """All linear conditions of an assemblage that the table violates, in words, and by how much."""
    for where, terms in signalling(scenario):
        amount = largest_entry(signed_sum(table, terms))
        if amount:
            yield f"not no-signalling: {where}, by {spoken(amount)}", amount
    for where, terms in trace_signalling(scenario):
        amount = signed_sum(table, terms).trace()
        if amount:
            yield f"not no-signalling: {where}, by {spoken(amount)}", max(amount, -amount)
    for label, matrix in table.items() if scenario.bobs else ():
        first, *others = (summand(matrix, rows).trace() for rows in scenario.summands())
        for k, trace in enumerate(others, 2):
            if trace != first:
                off = first - trace
                yield (
                    f"element {label_text(label)!r}: the traces of trusted parties 1 and {k} differ by "
                    f"{spoken(off)}; both are p(a|x)",
                    max(off, -off),
                )
    reduced = marginal(scenario, table, scenario.nobody())
    trace = summand(reduced, scenario.summands()[0]).trace()
    if trace != 1:
        what = f"not normalised: the reduced state has trace {spoken(trace)}, not 1"
        yield what, max(trace - 1, 1 - trace)


def white_noise_table(scenario: Scenario) -> Elements:
    """Uniform outcomes for every input, and the maximally mixed state (of every trusted party)."""
    mixed = direct_sum(
        [scaled(identity(len(rows)), Fraction(1, len(rows))) for rows in scenario.summands()]
    )
    table = {}
    for label in scenario.labels():
        parts = zip(label.parties, scenario.outcomes, strict=True)
        outcomes = prod(inputs[part[1]] for part, inputs in parts if part is not None)
        table[label] = scaled(mixed, Fraction(1, outcomes))
    return table


def require_positive(elements: Elements) -> None:
    """InputError naming an element that is not positive semidefinite."""
    for label, matrix in elements.items():
        require_positive_matrix(matrix, f"element {label_text(label)!r}")


def require_positive_matrix(matrix: Matrix, what: str) -> None:
    if ldl(matrix) is None:
        least = np.linalg.eigvalsh(float_matrix(matrix))[0]
        raise InputError(
            f"{what} is not positive semidefinite: its least eigenvalue is {least:.3g} (floating)"
        )


def largest_entry(matrix: Matrix) -> Number:
    """max(|re|, |im|) over the entries, exactly."""
    entries = (
        max(value, -value)
        for row in range(matrix.shape[0])
        for column in range(matrix.shape[1])
        for value in matrix.entry(row, column)
    )
    return max(entries)
