"""The calls about classical explanations; `import exactsteer` offers them beside those of `api`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, pi
from typing import Literal

from .api import (
    Listener,
    Number,
    SetName,
    declining,
    exact_width,
    named_set,
    require_kind,
    require_one_trusted,
)
from .constructions.directions import polygon, spread
from .exact.matrices import column, complement
from .exact.numbers import InputError, exact_number, rational
from .kernel.errors import Declined
from .kernel.field import Algebraic, Q
from .kernel.matrix import Matrix
from .kernel.program import Existence, Program
from .prover.points import Journal, NotProved
from .prover.prove import Enclosure, Proof, enclose_quantifier, point_inside, prove, prove_at
from .scenario import Elements, Label, Scenario
from .show.summary import Summarised, Summary, Value, claimed, enclosed, exact
from .statements import (
    GeneralisedRobustnessBound,
    Member,
    MessagesByNullity,
    MessagesByPurity,
    MessagesSuffice,
    NegativityBound,
    PovmLocal,
    ProjectiveLocal,
    ProjectiveLocalBox,
    WeightBound,
)
from .statements.hidden_states import LHS, count_strategies, strategy_text
from .statements.projective import Vector, coordinates, measured_model
from .statements.quantifiers import Quantifier, messages_needed
from .steering import Assemblage

MEASURES: dict[str, Callable[..., Quantifier]] = {
    "lhs": NegativityBound,
    "generalised": GeneralisedRobustnessBound,
    "weight": WeightBound,
}
Measure = Literal["lhs", "generalised", "weight"]
POLYGONS = range(2, 13)  # axes of the polygons that are tried
ANGLES = 8  # of each
POLYHEDRA = (3, 6, 9, 13, 16)  # axes
SEEDS = 4
MOST_GROUPED = 256  # strategies of a group of inputs for which a model is sought
REACHES = (Fraction(2), Fraction(1), Fraction(1, 2), Fraction(1, 4))  # of the corners of a box


def robustness(
    assemblage: Assemblage,
    measure: Measure = "lhs",
    outer_set: SetName = "LHS",
    tolerance: Number = "1e-9",
    listener: Listener | None = None,
) -> Enclosure:
    """Enclose how far an assemblage σ is from LHS, with a certificate for each side.

    - "lhs": the least ν with (σ + νπ)/(1 + ν) LHS for an LHS assemblage π. To simulate σ by classical
      communication takes at least 1 + ν messages, and the lower certificate says so.
    - "generalised": the same for any assemblage π (steering robustness).
    - "weight": the least p with σ = pπ + (1 - p)τ, τ LHS and π any assemblage (steering weight).

    Another `outer_set` (see `bound`) takes the place of LHS. For noise that is given, such as white
    noise, see `visibility(…, outer_set="LHS")`. Raises InputError, also where there are too many
    deterministic strategies, and NotProved.
    Source: Classical communication cost of quantum steering, Eq. 13 and Result 3.

    >>> import numpy as np
    >>> sigma = np.array([[[[.5, 0], [0, 0]], [[.25, .25], [.25, .25]]],
    ...                   [[[0, 0], [0, .5]], [[.25, -.25], [-.25, .25]]]])  # pure: Z and X on |φ⁺⟩
    >>> found = robustness(Assemblage.from_array(sigma, "outcomes-first"))
    >>> round(float(found.lower), 8), found.width < 1e-8  # (√2 - 1)/2
    (0.20710678, True)
    """
    require_kind(assemblage, Assemblage)
    if measure not in MEASURES:
        raise InputError(f"measure {measure!r}: write {', '.join(map(repr, MEASURES))}")
    scenario = assemblage.scenario
    statement = MEASURES[measure](
        scenario,
        named_set(scenario, outer_set),
        assemblage.table,
        ">=",
        Fraction(0),
        assemblage.field,
    )
    width = exact_width(tolerance)
    return declining(lambda: enclose_quantifier(statement, width, Journal(listener)))


def bell_local(
    assemblage: Assemblage,
    directions: Sequence[Sequence[Number | Algebraic]] | None = None,
    listener: Listener | None = None,
    radius: Number = 0,
) -> Proof:
    """The certificate that an assemblage is Bell-local whatever the trusted qubit or qutrit measures.

    A qubit: for all projective measurements. A qutrit: for all POVMs, if its assemblage is
    σ/3 + (2/3) tr[σ] |2⟩⟨2| with a qubit assemblage σ that is local for projective ones. `directions`
    are vectors (x, z) or (x, y, z) of which, with their negatives, the hull holds the unit disc or ball;
    if they are not given, polygons (where no element has a y-component) and polyhedra are tried, the
    simplest first. With a `radius` (for a qubit) it is claimed of every valid assemblage whose
    independent elements are within that of its own, entry by entry. Raises NotProved if none has a
    local model, which need not mean that there is none.
    Source: Postquantum steering, Appendices B and C.

    >>> import numpy as np
    >>> noisy = np.array([[[[.3, 0], [0, .2]], [[.25, .05], [.05, .25]]],
    ...                   [[[.2, 0], [0, .3]], [[.25, -.05], [-.05, .25]]]])
    >>> print(bell_local(Assemblage.from_array(noisy, "outcomes-first")).theorem[:73])
    The assemblage of this claim is Bell-local for all projective measurement
    """
    require_kind(assemblage, Assemblage)
    scenario = assemblage.scenario
    require_one_trusted(scenario)
    kinds = {2: ProjectiveLocal, 3: PovmLocal}
    if scenario.trusted_inputs is not None or scenario.dimension not in kinds:
        raise InputError(f"a trusted qubit or qutrit without input is needed, not {scenario}")
    distance = exact_number(radius, "radius")
    if distance < 0 or (distance and scenario.dimension != 2):
        raise InputError(f"radius {radius}: 0, or for a qubit a positive number, is needed")
    kind, journal = kinds[scenario.dimension], Journal(listener)
    given = [exact_directions(directions)] if directions is not None else candidates(assemblage)
    for tried in given:
        journal.add(f"{len(tried)} directions")
        try:
            if distance:
                return _box_proof(assemblage, distance, tried, journal)
            claim = kind(scenario, assemblage.table, tried, assemblage.field)
            return prove_at(claim, point_inside(claim.program(), journal), journal)
        except (ArithmeticError, NotProved, Declined) as error:
            journal.add(f"failed: {error}")
    raise NotProved("no local model for the directions that were tried", journal.steps)


def _box_proof(
    assemblage: Assemblage, radius: Fraction, directions: tuple[Vector, ...], journal: Journal
) -> Proof:
    """Corner by corner; the whole has too many unknowns to be solved at once."""
    scenario, centre = assemblage.scenario, assemblage.independent()
    count = len(centre) * len(coordinates(directions))

    def claim(reach: Sequence[Fraction]) -> ProjectiveLocalBox:
        return ProjectiveLocalBox(scenario, centre, radius, tuple(reach), directions, assemblage.field)

    far = {f: count * radius * f for f in REACHES}
    corners = {f: list(claim([far[f]] * count).corners()) for f in REACHES}
    reach: list[Fraction] = []
    known: dict[str, Matrix] = {}
    for k in range(count):
        for f in REACHES:
            try:
                models = {
                    f"{name}: {unknown}": value
                    for name, elements in corners[f][2 * k : 2 * k + 2]
                    for unknown, value in corner_model(scenario, elements, directions).items()
                }
            except ArithmeticError:
                continue
            reach.append(far[f])
            known |= models
            break
        else:
            raise ArithmeticError(f"no local model at {corners[REACHES[-1]][2 * k][0]}")
    journal.add(f"models of {len(known)} hidden probabilities at {2 * count} corners")
    return prove_at(claim(reach), known, journal)


def corner_model(
    scenario: Scenario, elements: Elements, directions: tuple[Vector, ...]
) -> dict[str, Matrix]:
    model = measured_model(scenario, elements, directions)
    program = Program(model.unknowns, model.blocks(), model.equations(), Existence())
    return point_inside(program, Journal())


def exact_directions(directions: Sequence[Sequence[Number | Algebraic]]) -> tuple[Vector, ...]:
    vectors = tuple(
        tuple(n if isinstance(n, Algebraic) else exact_number(n, f"direction {k}") for n in vector)
        for k, vector in enumerate(directions)
    )
    if {len(vector) for vector in vectors} not in ({2}, {3}):
        raise InputError("directions: vectors (x, z), or vectors (x, y, z), are needed")
    return vectors


def candidates(assemblage: Assemblage) -> Iterator[tuple[Vector, ...]]:
    """Polygons where there are no y-components, that is where all elements are real; then polyhedra."""
    if all(matrix.is_real for matrix in assemblage.table.values()):
        for count in POLYGONS:
            for k in range(ANGLES):
                yield polygon(count, k * pi / (ANGLES * count))
    for count in POLYHEDRA:
        for seed in range(SEEDS):
            yield spread(count, seed)


@dataclass(frozen=True, repr=False)
class MessageCost(Summarised):
    """At least `needed` messages and at most `sufficient` simulate the assemblage, each with its proof.

    `needed_proof` is None where one message is all that is shown to be needed.
    """

    needed: int
    needed_proof: Proof | None
    sufficient: int
    sufficient_proof: Proof
    steps: list[str] = field(default_factory=list)

    def summary(self) -> Summary:
        met = self.needed == self.sufficient
        cost = exact(self.needed) if met else enclosed(self.needed, self.sufficient)
        rows: list[tuple[str, Value]] = [("messages", cost)]
        if self.needed_proof is not None:
            rows.append(("needed: proof", claimed(*self.needed_proof.known_by())))
        rows.append(("sufficient: proof", claimed(*self.sufficient_proof.known_by())))
        return Summary("Cost in messages", rows)


def messages(assemblage: Assemblage, listener: Listener | None = None) -> MessageCost:
    """How many different messages from the party that steers simulate the assemblage, from both sides.

    Needed: as many as there are inputs, if all states are pure and different; N/(d - 1) for N inputs, if
    they have rank d - 1 and vanish on vectors of which any d are independent; 1 + ν by the LHS
    robustness ν. Sufficient: inputs are put into groups that are LHS, as long as one is found.
    Raises InputError if it is not one party that steers, NotProved.
    Source: Classical communication cost of quantum steering, Results 1, 2 and 3.

    >>> import numpy as np
    >>> sigma = np.array([[[[.5, 0], [0, 0]], [[.25, .25], [.25, .25]]],
    ...                   [[[0, 0], [0, .5]], [[.25, -.25], [-.25, .25]]]])
    >>> cost = messages(Assemblage.from_array(sigma, "outcomes-first"))
    >>> cost.needed, cost.sufficient
    (2, 2)
    """
    require_kind(assemblage, Assemblage)
    scenario, journal = assemblage.scenario, Journal(listener)
    require_one_trusted(scenario)
    if len(scenario.outcomes) != 1 or scenario.trusted_inputs is not None:
        raise InputError(f"one party that steers and no trusted input are needed, not {scenario}")
    if scenario.dimension == 1:
        raise InputError("a trusted system of dimension 1 holds nothing, so no message is needed")
    needed, needed_proof = _needed(assemblage, journal)
    together = needed < len(scenario.outcomes[0])  # else every input has a message of its own
    sufficient, sufficient_proof = declining(lambda: _sufficient(assemblage, together, journal))
    return MessageCost(needed, needed_proof, sufficient, sufficient_proof, journal.steps)


def _needed(assemblage: Assemblage, journal: Journal) -> tuple[int, Proof | None]:
    """The best of the lower bounds; that of the robustness only where the others say nothing."""
    scenario, table = assemblage.scenario, assemblage.table
    inputs, d = len(scenario.outcomes[0]), scenario.dimension
    if assemblage.field == Q and d > 1:
        most = Fraction(inputs)
        arguments: list[Callable[[], Proof]] = [
            lambda: prove(MessagesByPurity(scenario, table, most), journal)
        ]
        if d > 2:
            null = {label: null_vector(matrix) for label, matrix in table.items()}
            fewer = Fraction(ceil(most / (d - 1)))
            arguments.append(lambda: prove(MessagesByNullity(scenario, table, null, fewer), journal))
        for argument in arguments:
            try:
                proof = argument()
            except (NotProved, Declined) as error:
                journal.add(f"failed: {error}")
            else:
                return int(rational(proof.certificate.claim.bound or 0)), proof
    try:
        found = robustness(assemblage, listener=journal.add)
    except (NotProved, InputError) as error:
        journal.add(f"failed: {error}")
        return 1, None
    return messages_needed(found.lower), found.lower_proof


def null_vector(matrix: Matrix) -> Matrix:
    """A column on which a matrix over Q(i) vanishes; 0 if there is none."""
    size = matrix.shape[0]
    projector, _ = complement([column(matrix, k) for k in range(size)])
    columns = (column(projector, k) for k in range(size))
    return next((vector for vector in columns if not vector.vanishes), column(projector, 0))


def _sufficient(assemblage: Assemblage, together: bool, journal: Journal) -> tuple[int, Proof]:
    """A group for each input; or, if some may go together, the first with which a model is found."""
    scenario = assemblage.scenario
    outcomes = scenario.outcomes[0]
    groups: list[list[int]] = []
    models: list[dict[str, Matrix]] = []
    for x in range(len(outcomes)):
        for k, group in enumerate(groups if together else []):
            model = group_model(assemblage, [*group, x], journal)
            if model is not None:
                groups[k], models[k] = [*group, x], model
                break
        else:
            groups.append([x])
            models.append(
                {strategy_text([(a,)]): assemblage.table[Label(((a, x),))] for a in range(outcomes[x])}
            )
    claim = MessagesSuffice(
        scenario,
        assemblage.table,
        tuple(map(tuple, groups)),
        Fraction(len(groups)),
        assemblage.field,
    )
    known = {
        f"group {k}: ρ of λ = {name}": state
        for k, model in enumerate(models)
        for name, state in model.items()
    }
    journal.add(f"{len(groups)} groups of inputs that are LHS")
    return len(groups), prove_at(claim, known, journal)


def group_model(
    assemblage: Assemblage, group: Sequence[int], journal: Journal
) -> dict[str, Matrix] | None:
    """The hidden states of a model of these inputs by their strategies, or None if none is found."""
    claim = MessagesSuffice(
        assemblage.scenario, assemblage.table, (tuple(group),), Fraction(1), assemblage.field
    )
    part, own = claim.restricted(group)
    if count_strategies(part.outcomes) > MOST_GROUPED:
        return None
    try:
        found = point_inside(Member(part, LHS, own, assemblage.field).program(), journal)
    except (ArithmeticError, Declined) as error:
        journal.add(f"no model of the inputs {group} found: {error}")
        return None
    return {name.removeprefix("ρ of λ = "): state for name, state in found.items()}
