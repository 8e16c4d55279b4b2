"""Tables of numbers that are near an assemblage: printed, or computed in floating point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..exact.ldl import ldl
from ..exact.matrices import mixture, scaled
from ..exact.numbers import InputError, approximation
from ..kernel.field import Field, Number
from ..kernel.matrix import Matrix, identity
from ..scenario import (
    Elements,
    Label,
    Scenario,
    direct_sum,
    label_text,
    signed_sum,
    summand,
    terms_of_marginal,
)
from .assemblage import (
    Assemblage,
    deviations,
    joint_field,
    largest_entry,
    require_positive,
    white_noise_table,
)
from .containers import as_array
from .files import elements_from_json, read_json
from .layouts import (
    elements_from_array,
    elements_from_arrays,
    float_matrix,
    half_of_last_digit,
    hermitian_part,
    known_layout,
    leaves,
)
from .written import Written

LEAST_NOISE = 1e-18  # below it there is nothing to see
MOST_NOISE = Fraction(1, 100)
MOST_MOVED = Fraction(1, 1000)  # which a solver may be wrong by


@dataclass(frozen=True, repr=False)
class PrintedAssemblage(Written):
    """All elements as they are printed; they may signal, and be normalised, up to rounding only.

    `classify` claims what it finds of every valid assemblage near these numbers, and `nearest` is one.
    `half_digit` is half a unit of the last digit that any entry is printed with, 0 if none has a point.
    Built by `from_elements`, `from_json`, `from_array` or `from_arrays`, which raise InputError where
    an element is missing or not Hermitian; see `Assemblage` for shapes and layouts.
    Source: the tables of Postquantum steering (four decimals), and doubles printed as fractions.

    >>> import numpy as np
    >>> printed = np.full((3, 1, 2, 2), 0.1667) * np.eye(2)
    >>> sigma = PrintedAssemblage.from_array(printed, "outcomes-first").nearest()
    >>> sigma[0, 0].entry(0, 0)[0]
    Fraction(1, 6)
    """

    scenario: Scenario
    table: Elements
    half_digit: Fraction = Fraction(0)  # half a unit of the last digit that any entry is printed with

    @classmethod
    def from_elements(
        cls, scenario: Scenario, elements: Elements, half_digit: Fraction = Fraction(0)
    ) -> PrintedAssemblage:
        """From all full elements. InputError if one is missing, or there are others."""
        joint_field(elements)
        for label in scenario.labels():
            if label not in elements:
                raise InputError(f"element {label_text(label)!r} is missing: give all full elements")
        for label in elements:
            if None in label.parties:
                raise InputError(f"element {label_text(label)!r} is a sum: give all full elements only")
        return cls(scenario, {label: elements[label] for label in scenario.labels()}, half_digit)

    @classmethod
    def from_json(cls, path: str | Path) -> PrintedAssemblage:
        """From a file like that of `Assemblage.from_json`."""
        value = read_json(Path(path))
        scenario, elements = elements_from_json(value, "assemblage", str(path))
        return cls.from_elements(scenario, elements, half_of_last_digit(leaves(value["assemblage"])))

    @classmethod
    def from_array(
        cls,
        array: npt.ArrayLike,
        layout: str,
        outcomes: Sequence[Sequence[int]] | None = None,
        trusted_input: bool = False,
    ) -> PrintedAssemblage:
        """From an array like that of `Assemblage.from_array`; of doubles the Hermitian part."""
        data, layout = as_array(array, known_layout(layout), outcomes)
        scenario, elements = elements_from_array(
            hermitian_part(data, layout), layout, outcomes, trusted_input
        )
        return cls.from_elements(scenario, elements, half_of_last_digit(data.flat))

    @classmethod
    def from_arrays(
        cls,
        arrays: Sequence[npt.ArrayLike],
        layout: str,
        outcomes: Sequence[Sequence[int]] | None = None,
    ) -> PrintedAssemblage:
        """Of several trusted parties, from one array for each; of doubles the Hermitian part."""
        given = [as_array(array, known_layout(layout), outcomes) for array in arrays]
        scenario, elements = elements_from_arrays(
            [hermitian_part(*pair) for pair in given], given[0][1] if given else layout, outcomes
        )
        printed = max(half_of_last_digit(data.flat) for data, _ in given)
        return cls.from_elements(scenario, elements, printed)

    @property
    def field(self) -> Field:
        """The number field of all entries."""
        return joint_field(self.table)

    def _elements(self) -> Elements:
        return self.table

    def _digits(self) -> int:
        if not self.half_digit:
            return 0
        unit = 1 / (2 * self.half_digit)
        digits = len(str(unit.numerator)) - 1
        if unit != 10**digits or not digits:
            raise InputError(
                f"half a digit of {self.half_digit}: a file can only hold half of 0.1, 0.01, 0.001, …"
            )
        return digits

    def nearest(self, within: Fraction = Fraction(0)) -> Assemblage:
        """A valid assemblage near the numbers, exactly.

        That is the no-signalling, normalised table that is nearest in the Frobenius norm; where this is
        not positive, mixed with about as little white noise as makes it so. InputError, saying what is
        wrong with the numbers, if an entry would move by more than rounding explains: two units of the
        last digit, or 1/1000 if that is more, or `within`.
        """
        most = max(4 * self.half_digit, MOST_MOVED, within)
        try:
            table = _made_positive(self.scenario, _nearest_table(self.scenario, self.table))
            found = Assemblage.from_elements(self.scenario, table)
            away = self.distance(found)
        except InputError as error:
            raise self._no_rounding(str(error)) from None
        if away > most:
            size, limit = (f"{float(approximation(n)):.2g}" for n in (away, most))
            raise self._no_rounding(f"the nearest valid assemblage is {size} away, more than {limit}")
        return found

    def _no_rounding(self, reason: str) -> InputError:
        deviating = deviations(self.scenario, self.table)
        worst = max(deviating, key=lambda pair: pair[1], default=None)
        if worst is not None:
            reason = f"{worst[0]} ({reason})"
        return InputError(f"no assemblage up to rounding: {reason}; check the numbers and the layout")

    def distance(self, assemblage: Assemblage) -> Number:
        """The largest difference of the real or imaginary parts of two entries."""
        if assemblage.scenario != self.scenario:
            raise InputError(f"different scenarios: {self.scenario}, and {assemblage.scenario}")
        return max(largest_entry(matrix - assemblage.table[k]) for k, matrix in self.table.items())


def _made_positive(scenario: Scenario, table: Elements) -> Elements:
    """The table itself if it is positive, else with white noise; InputError if that takes too much."""
    try:
        require_positive(table)
        return table
    except InputError as error:
        reason = str(error)
    noise = white_noise_table(scenario)
    # ε noise lifts eigenvalues by ε times those of the noise.
    need = max(
        -float(np.linalg.eigvalsh(float_matrix(summand(matrix, rows)))[0])
        / float(approximation(noise[label].entry(rows[0], rows[0])[0]))
        for label, matrix in table.items()
        for rows in scenario.summands()
    )
    share = Fraction(max(need, LEAST_NOISE)).limit_denominator(10**20)
    while share <= MOST_NOISE:
        mixed = {label: mixture(1 - share, matrix, noise[label]) for label, matrix in table.items()}
        if all(ldl(matrix) is not None for matrix in mixed.values()):
            return mixed
        share *= 2
    raise InputError(f"in the nearest no-signalling table {reason}")


def _nearest_table(scenario: Scenario, table: Elements) -> Elements:
    """The orthogonal projection on the tables without signalling, of equal traces, normalised.

    Signalling is mended party by party, since these projections commute. Then the traceless parts are
    as they should be, and what is left is about probabilities. The traces of an element that should be
    equal, those of several trusted parties or of all trusted inputs, where a change by t costs t²/d_k,
    have one best common value, their mean with weights 1/d_k. The total of these is mended along its
    gradient within the tables without signalling, Π_j (1/m_x) / Σ_x (1/m_x).
    """
    for party in range(len(scenario.outcomes)):
        table = _without_signalling(scenario, table, party)
    views = [(Fraction(1, len(rows)), rows) for rows in scenario.summands()]
    inputs = scenario.inputs_of_trusted()
    common: dict[Label, Number] = {}
    for label in table:
        same = [table[Label(label.parties, y)] for y in inputs]
        mean = sum(
            (w * summand(matrix, rows).trace() for matrix in same for w, rows in views), Fraction(0)
        )
        common[label] = mean * (1 / (len(inputs) * sum((w for w, _ in views), Fraction(0))))
    gradient = {label: _gradient(scenario, label) for label in table}
    first = list(terms_of_marginal(scenario, scenario.nobody()))
    slope = sum((gradient[label] for label in first), Fraction(0))
    missing = (1 - sum((common[label] for label in first), Fraction(0))) * (1 / slope)
    return {
        label: direct_sum(
            [
                _of_trace(summand(matrix, rows), common[label] + missing * gradient[label])
                for rows in scenario.summands()
            ]
        )
        for label, matrix in table.items()
    }


def _without_signalling(scenario: Scenario, table: Elements, party: int) -> Elements:
    """The nearest table in which Σ_a σ[a|x] is the same for every input x of the party.

    With (r - Σ_a σ[a|x])/m_x added to its m_x elements, where the best r is the mean of the sums with
    weights 1/m_x.
    """
    counts = scenario.outcomes[party]
    groups: dict[object, list[list[Label]]] = {}
    for label in scenario.labels():
        rest = (*label.parties[:party], *label.parties[party + 1 :], label.trusted)
        part = label.parties[party]
        if part is not None:
            groups.setdefault(rest, [[] for _ in counts])[part[1]].append(label)
    total = sum((Fraction(1, m) for m in counts), Fraction(0))
    result: Elements = {}
    for inputs in groups.values():
        sums = [signed_sum(table, [(1, label) for label in labels]) for labels in inputs]
        shares = [scaled(own, 1 / (m * total)) for own, m in zip(sums, counts, strict=True)]
        mean = reduce(Matrix.__add__, shares)
        for own, m, labels in zip(sums, counts, inputs, strict=True):
            mend = scaled((mean - own).reduced(), Fraction(1, m))
            result |= {label: (table[label] + mend).reduced() for label in labels}
    return {label: result[label] for label in table}


def _gradient(scenario: Scenario, label: Label) -> Fraction:
    result = Fraction(1)
    for counts, part in zip(scenario.outcomes, label.parties, strict=True):
        if part is not None:
            result /= counts[part[1]] * sum((Fraction(1, m) for m in counts), Fraction(0))
    return result


def _of_trace(matrix: Matrix, trace: Number) -> Matrix:
    """The nearest matrix of that trace."""
    size = matrix.shape[0]
    return (matrix + scaled(identity(size), (trace - matrix.trace()) * Fraction(1, size))).reduced()
