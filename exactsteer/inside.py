"""The calls that show quantum realisations; `import exactsteer` offers them beside those of `api`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import prod
from typing import Literal

from .api import (
    Listener,
    Number,
    SetName,
    exact_width,
    named_words,
    require_kind,
    require_one_trusted,
)
from .constructions.ghjw import ghjw, with_povms
from .constructions.pseudo import pseudo_lhs
from .constructions.sequential import sequential
from .exact.matrices import scaled
from .exact.numbers import InputError, below
from .kernel.field import Algebraic
from .parents import parent_assemblage, refuse_postquantum
from .prover.negativity import enclose_negativity
from .prover.points import Journal, NotProved
from .prover.prove import Enclosure, Proof, prove
from .prover.realise import Found, realise_by_columns
from .prover.strategies import best_strategy, exact_realisation
from .scenario import Scenario
from .show.summary import Summarised, Summary, Value, claimed, exact
from .statements import (
    FunctionalRealised,
    QuantumRealisation,
)
from .statements.forms import constant, pairing
from .statements.realisation import Realisation
from .statements.words import ALMOST_QUANTUM
from .steering import Assemblage, Functional, InstrumentalAssemblage, SequentialAssemblage

STRATEGY_GRID = 10**12  # values of strategies are claimed as multiples of 1/grid
LARGEST_SEARCH = 256  # dimension of the joint system of a see-saw


@dataclass(frozen=True, repr=False)
class Realised(Summarised):
    """A quantum realisation with exact numbers, and the proof that it is one.

    `realisation` is None in the sequential scenario, whose effects are in the certificate.
    """

    realisation: Realisation | None
    proof: Proof
    steps: list[str] = field(default_factory=list)

    def summary(self) -> Summary:
        systems: Value = ["in the certificate"]
        if self.realisation is not None:
            systems = systems_of(self.realisation)
        rows = [("systems", systems), ("proof", claimed(*self.proof.known_by()))]
        return Summary("Quantum realisation (exact)", rows, self.proof.theorem)


@dataclass(frozen=True, repr=False)
class Reached(Summarised):
    """A strategy whose assemblage σ has F(σ) ≥ value (≤ for "min"), and the proof."""

    value: Fraction
    realisation: Realisation
    proof: Proof
    steps: list[str] = field(default_factory=list)

    def summary(self) -> Summary:
        return Summary(
            "Quantum strategy",
            [
                ("reaches", exact(self.value)),
                ("systems", systems_of(self.realisation)),
                ("proof", claimed(*self.proof.known_by())),
            ],
            self.proof.theorem,
        )


def systems_of(realisation: Realisation) -> Value:
    """Dimensions, and what the effects are as they stand."""
    sizes = " × ".join(map(str, realisation.dimensions))
    effects = "POVMs" if realisation.has_povms else "effects with the same sum for each input"
    return [f"dimensions {sizes}; {effects}"]


def realise(
    assemblage: Assemblage | InstrumentalAssemblage | SequentialAssemblage,
    dimension: int | None = None,
    listener: Listener | None = None,
) -> Realised:
    """An exact quantum realisation of the assemblage: state, measurements and channels.

    One uncharacterised party, or a sequence of measurements: constructed (GHJW), whatever the
    assemblage; for several trusted parties from a parent assemblage, if there is one. Several
    uncharacterised parties, or a trusted party with input: searched for by a see-saw, with shared
    randomness and systems of `dimension` for each uncharacterised party (the largest number of outcomes,
    unless given); with a trusted input, that is the dimension before the channels (the trusted party's).
    The search can reach assemblages inside the quantum set, not on its boundary.

    Raises InputError if the assemblage is proved postquantum, NotProved, saying how far the search
    came, if it finds nothing.
    Source: Postquantum steering, after Eq. 2; Bipartite postquantum steering, Definitions 1 and 5.

    >>> import numpy as np
    >>> sigma = np.array([[[[.5, 0], [0, 0]], [[.25, .25], [.25, .25]]],
    ...                   [[[0, 0], [0, .5]], [[.25, -.25], [-.25, .25]]]])
    >>> realised = realise(Assemblage.from_array(sigma, "outcomes-first"))
    >>> realised.realisation.dimensions, realised.realisation.has_povms
    ([2, 2], True)
    """
    require_kind(assemblage, Assemblage, InstrumentalAssemblage, SequentialAssemblage)
    journal = Journal(listener)
    if isinstance(assemblage, SequentialAssemblage):
        return Realised(None, prove(sequential(assemblage), journal), journal.steps)
    scenario = assemblage.scenario
    if not is_constructed(scenario):
        require_one_trusted(scenario)
        search_dimensions(scenario, dimension)
        refuse_postquantum(assemblage, named_words(scenario, ALMOST_QUANTUM), journal)
    found = realisation_of(assemblage, journal, dimension)
    if found.reason:
        raise NotProved(found.reason, journal.steps)
    statement = QuantumRealisation(scenario, assemblage.table, found.realisation, assemblage.field)
    return Realised(found.realisation, prove(statement, journal), journal.steps)


def is_constructed(scenario: Scenario) -> bool:
    """Whether GHJW realises every assemblage of which there is a parent: one uncharacterised party."""
    return len(scenario.outcomes) == 1 and scenario.trusted_inputs is None


def realisation_of(
    assemblage: Assemblage | InstrumentalAssemblage, journal: Journal, dimension: int | None = None
) -> Found:
    """By GHJW; or what the see-saw finds: of the assemblage, or of a mixture with noise. NotProved."""
    scenario = assemblage.scenario
    if isinstance(assemblage, Assemblage) and is_constructed(scenario):
        parent = parent_assemblage(assemblage, journal.add) if scenario.bobs else assemblage
        return Found(povms_where_rational(ghjw(parent)))
    require_one_trusted(scenario)
    search_dimensions(scenario, dimension)
    try:
        found = realise_by_columns(assemblage, journal, dimension)
    except ArithmeticError as error:
        raise NotProved(f"the search broke off: {error}", journal.steps) from None
    return replace(found, realisation=povms_where_rational(found.realisation))


def povms_where_rational(realisation: Realisation) -> Realisation:
    """With POVMs and a state of trace 1, unless that needs roots that are not in the field."""
    if realisation.has_povms:
        return realisation
    try:
        return with_povms(realisation)
    except InputError:
        return realisation


def search_dimensions(scenario: Scenario, dimension: int | None) -> list[int]:
    """Of the systems in a search, the trusted one last; InputError if they are too large."""
    own = [max(2, *inputs) if dimension is None else dimension for inputs in scenario.outcomes]
    dimensions = [*own, scenario.dimension]
    if (dimension is not None and dimension < 1) or prod(dimensions) > LARGEST_SEARCH:
        raise InputError(
            f"a search on systems of joint dimension {prod(dimensions)}: 1 to {LARGEST_SEARCH} is "
            "possible; give a smaller dimension"
        )
    return dimensions


def strategy(
    functional: Functional,
    sense: Literal["min", "max"] = "max",
    dimension: int | Sequence[int] | None = None,
    tries: int = 8,
    listener: Listener | None = None,
) -> Reached:
    """A good quantum strategy for a functional, by a see-saw from `tries` random starts, made exact.

    `dimension` is that of every uncharacterised system (the largest number of outcomes, unless given),
    or a list for all systems, that of the trusted party before its channel being the last. The value
    is one that quantum theory reaches; `exactsteer.bound` shows how much further it might go.

    >>> import numpy as np
    >>> chsh = np.zeros((2, 2, 2, 2, 1, 1))
    >>> for a, b, x, y in np.ndindex(2, 2, 2, 2):
    ...     chsh[a, b, x, y] = (-1) ** (a + b + x * y)
    >>> reached = strategy(Functional.from_array(chsh, "outcomes-first"))
    >>> 8**0.5 - 1e-9 < float(reached.value) <= 8**0.5
    True
    """
    require_kind(functional, Functional)
    if sense not in ("min", "max"):
        raise InputError(f"sense {sense!r}: write 'min' or 'max'")
    if tries < 1:
        raise InputError(f"tries {tries}: at least one is needed")
    scenario = functional.scenario
    count = len(scenario.outcomes)
    if dimension is None or isinstance(dimension, int):
        dimensions = search_dimensions(scenario, dimension)
    else:
        dimensions = list(dimension)
        if len(dimensions) != count + 1 or min(dimensions) < 1:
            raise InputError(f"dimensions {dimensions}: {count + 1} positive numbers are needed")
        if scenario.trusted_inputs is None and dimensions[-1] != scenario.dimension:
            raise InputError(f"the trusted system has dimension {scenario.dimension}, and no channel")
        if prod(dimensions) > LARGEST_SEARCH:
            raise InputError(f"joint dimension {prod(dimensions)}: at most {LARGEST_SEARCH} is possible")
    journal = Journal(listener)
    sign = 1 if sense == "max" else -1
    signed = {label: scaled(f, Fraction(sign)) for label, f in functional.coefficients.items()}
    realisation = exact_realisation(best_strategy(scenario, signed, dimensions, journal, tries))
    elements = realisation.elements(signed)
    reached = pairing((f, constant(elements[label])) for label, f in signed.items()).get(None, 0)
    value = sign * below(reached, STRATEGY_GRID)
    relation = ">=" if sense == "max" else "<="
    statement = FunctionalRealised(
        scenario, functional.coefficients, relation, realisation, value, functional.field
    )
    return Reached(value, realisation, prove(statement, journal), journal.steps)


def negativity(
    assemblage: Assemblage,
    outer_set: SetName = ALMOST_QUANTUM,
    tolerance: Number = "1e-9",
    dimension: int | None = None,
    listener: Listener | None = None,
) -> Enclosure:
    """Enclose the negativity of steering: the least tr ρ₋ of ρ₊ - ρ₋ that reproduce the assemblage.

    The lower bound comes from an outer set, the upper one from measurements of an exact pseudo-state
    that a search finds; they meet where both are tight. Source: A formalism for steering, Eq. 34.

    >>> import numpy as np
    >>> pr = np.zeros((2, 2, 2, 2, 1, 1))
    >>> for a, b, x, y in np.ndindex(2, 2, 2, 2):
    ...     pr[a, b, x, y] = 0.5 * ((a + b) % 2 == x * y)
    >>> found = negativity(Assemblage.from_array(pr, "outcomes-first"))
    >>> round(float(found.lower), 6), round(float(found.upper), 6)  # (√2 - 1)/2
    (0.207107, 0.207107)
    """
    require_kind(assemblage, Assemblage)
    words = named_words(assemblage.scenario, outer_set)
    require_one_trusted(assemblage.scenario)
    search_dimensions(assemblage.scenario, dimension)
    width, journal = exact_width(tolerance), Journal(listener)
    try:
        return enclose_negativity(assemblage, words, width, journal, dimension)
    except ArithmeticError as error:
        raise NotProved(f"the search broke off: {error}", journal.steps) from None


def pseudo_realisation(assemblage: Assemblage, listener: Listener | None = None) -> Proof:
    """The certificate of the pseudo-LHS model that Theorem 5 constructs, in no time and for any σ.

    The bound of its claim is the negativity of that model, which is far from the least.
    Source: A formalism for steering, Theorems 5 and 6, Lemma 3.
    """
    require_one_trusted(assemblage.scenario)
    model = pseudo_lhs(assemblage)
    total = model.negativity
    bound = total if isinstance(total, Algebraic) else Fraction(total)
    return prove(model.claim(assemblage, bound), Journal(listener))
