"""What an assemblage is: LHS, quantum or postquantum, or a member of a given set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import TypeVar

from .api import (
    FINEST,
    Listener,
    Number,
    SetName,
    declining,
    named_outer_set,
    named_set,
    require_kind,
    validate,
)
from .constructions.sequential import sequential
from .constructions.uncorrelated import uncorrelated_model
from .exact.matrices import scaled
from .exact.numbers import InputError, above, approximation, exact_number
from .inside import realisation_of
from .kernel.field import Number as FieldNumber
from .prover.points import Journal, NotProved
from .prover.prove import Exclusion, Proof, exclude, prove, prove_at
from .scenario import Elements, Scenario
from .show.summary import Summarised, Summary, verdict_summary
from .statements import BoxExcluded, Member, MemberBox, QuantumBox, QuantumRealisation
from .statements.boxes import Box
from .statements.hidden_states import LHS
from .statements.no_signalling import NO_SIGNALLING
from .statements.sets import ConvexSet, OuterSet, outside
from .statements.words import ALMOST_QUANTUM
from .steering import Assemblage, InstrumentalAssemblage, PrintedAssemblage, SequentialAssemblage
from .steering.assemblage import joint_field, largest_entry

T = TypeVar("T")
LHS_VERDICT, QUANTUM, POSTQUANTUM, UNDECIDED = "LHS", "quantum", "postquantum", "undecided"


@dataclass(frozen=True)
class Neighbourhood:
    """The assemblages that an answer is about: all valid ones within `radius` of `centre`.

    `valid` is one of them: the assemblage itself, or the nearest one to printed numbers, at a `distance`
    (None of what is exact); and all of them are within `reach` of it.
    """

    valid: Assemblage | InstrumentalAssemblage
    centre: Elements
    radius: Fraction
    reach: Fraction
    distance: FieldNumber | None = None

    @classmethod
    def of(
        cls, assemblage: Assemblage | InstrumentalAssemblage | PrintedAssemblage, radius: Number | None
    ) -> Neighbourhood:
        """Without a radius: of printed numbers what rounds to their last digit, else itself alone."""
        require_kind(assemblage, Assemblage, InstrumentalAssemblage, PrintedAssemblage)
        width = Fraction(0) if radius is None else exact_number(radius, "radius")
        if width < 0:
            raise InputError(f"radius {radius}: a number that is not negative is needed")
        if not isinstance(assemblage, PrintedAssemblage):
            return cls(assemblage, assemblage.independent(), width, width)
        # A box that holds no valid assemblage would be excluded for an empty reason.
        nearest = assemblage.nearest(width)
        distance = assemblage.distance(nearest)
        moved = above(distance, FINEST)
        width = max(assemblage.half_digit if radius is None else width, moved)
        return cls(nearest, assemblage.table, width, width + moved, distance)

    @property
    def scenario(self) -> Scenario:
        return self.valid.scenario

    def box(self, valid: Assemblage) -> Box:
        """A box around the valid one that holds them all."""
        centre = {label: valid.marginal(label) for label in self.centre}
        return Box(self.scenario, centre, self.reach)

    def excluded(self, convex_set: ConvexSet, journal: Journal) -> Exclusion | None:
        """A proof that none of them belongs to the set, for as large a radius as it allows."""
        entries = joint_field(self.centre)
        box = BoxExcluded(self.scenario, convex_set, self.centre, self.radius, entries)
        return attempted(lambda: exclude(box, journal), journal)

    def inside(self, convex_set: ConvexSet, journal: Journal) -> Proof | None:
        """A proof that all of them belong to the set."""
        valid = self.valid
        if isinstance(valid, InstrumentalAssemblage) and (self.radius or convex_set.holds_quantum):
            return None  # its other elements, which such a claim is about, are not known
        if isinstance(valid, Assemblage) and self.reach:
            around = MemberBox(self.box(valid), convex_set, valid.field)
            return attempted(lambda: prove(around, journal), journal)
        member = Member(self.scenario, convex_set, valid.table, valid.field)
        if convex_set == LHS and isinstance(valid, Assemblage):
            model = uncorrelated_model(valid)
            if model is not None:
                return attempted(lambda: prove_at(member, model, journal), journal)
        return attempted(lambda: prove(member, journal), journal)


def attempted(action: Callable[[], T], journal: Journal) -> T | None:
    """None, with the reason in the journal, where there is no proof; InputError if it is too large."""
    try:
        return declining(action)
    except NotProved as error:
        journal.add(str(error))
        return None


def if_possible(action: Callable[[], T | None], journal: Journal) -> T | None:
    """None also where the program is too large."""
    try:
        return attempted(action, journal)
    except InputError as error:
        journal.add(str(error))
        return None


@dataclass(frozen=True, repr=False)
class Membership(Summarised):
    """Whether an assemblage belongs to a set: `verdict` is the set's name, or what is outside it.

    'almost-quantum', 'level-2', 'LHS', …: every valid assemblage within `radius` belongs to the set.
    'postquantum'; or, outside LHS, 'steerable', or 'Bell-nonlocal' for a trusted dimension of 1: none
    within `radius` does, which is at least the radius that was asked for. 'undecided': `proof` is None.
    `distance` is that of the valid assemblage nearest to printed numbers.
    """

    verdict: str
    proof: Proof | None
    radius: Fraction | None = None
    steps: list[str] = field(default_factory=list)
    distance: FieldNumber | None = None

    def __str__(self) -> str:
        """In words, one line or two."""
        if self.proof is None:
            return f"{self.verdict}\n  {self.steps[-1]}"
        return self.verdict + within(self.radius)

    def summary(self) -> Summary:
        proofs = {} if self.proof is None else {self.verdict: self.proof}
        return verdict_summary(str(self), proofs, self.proof.theorem if self.proof else "")


def within(radius: Fraction | None) -> str:
    """The line that says of which assemblages else it is true."""
    return (
        f"\n  so is every valid assemblage within {float(radius):.3g} (rounded) of it" if radius else ""
    )


def member(
    assemblage: Assemblage | InstrumentalAssemblage | PrintedAssemblage,
    outer_set: SetName = ALMOST_QUANTUM,
    radius: Number | None = None,
    listener: Listener | None = None,
) -> Membership:
    """Decide whether an assemblage belongs to a set, "LHS" or an outer one (see `bound`), with a proof.

    It is about every valid assemblage within `radius` of it, entry by entry of the independent
    (Collins-Gisin) elements; of printed numbers, of all elements, within half a unit of the last
    printed digit unless a radius is given, or, if that is more, the distance of the nearest valid
    assemblage. An instrumental assemblage can only be outside, or LHS. Raises InputError on bad input.
    Source: Postquantum steering, Appendix A; Classical communication cost of quantum steering, Eq. 2.

    >>> import numpy as np
    >>> pr = np.zeros((2, 2, 2, 2, 1, 1))
    >>> for a, b, x, y in np.ndindex(2, 2, 2, 2):
    ...     pr[a, b, x, y] = 0.5 * ((a + b) % 2 == x * y)
    >>> found = member(Assemblage.from_array(pr, "outcomes-first"), "LHS")
    >>> found.verdict, float(found.radius)  # no Bell-local behaviour within 1/12
    ('Bell-nonlocal', 0.0833)
    """
    near, journal = Neighbourhood.of(assemblage, radius), Journal(listener)
    chosen = named_set(near.scenario, outer_set)
    require_valid(near.valid)
    exclusion = near.excluded(chosen, journal)
    if exclusion is not None:
        verdict = outside(chosen, near.scenario)
        return Membership(verdict, exclusion.proof, exclusion.radius, journal.steps, near.distance)
    inside = near.inside(chosen, journal)
    if inside is not None:
        return Membership(str(chosen), inside, near.radius, journal.steps, near.distance)
    return Membership(UNDECIDED, None, None, journal.steps, near.distance)


def require_valid(assemblage: Assemblage | InstrumentalAssemblage) -> Proof:
    """The certificate that it is valid; else an exclusion would be true for an empty reason."""
    try:
        return validate(assemblage)
    except NotProved as error:
        raise InputError(f"no valid assemblage with these elements was found: {error}") from None


@dataclass(frozen=True, repr=False)
class Classification(Summarised):
    """What an assemblage is: `verdict` is 'LHS', 'quantum', 'postquantum' or 'undecided'.

    `proofs` holds all that was proved, by name: 'valid', of it or of the nearest valid assemblage; the
    verdict; 'steerable' ('Bell-nonlocal' where the trusted dimension is 1), that it is not LHS; where
    it is undecided, the name of an outer set to which it belongs, and 'quantum-nearby', of an
    assemblage that is at most `gap` away, entry by entry. The answer is about every valid assemblage
    within `radius`. `remark` says what a reader should know beside the certificates.
    `distance` is that of the valid assemblage nearest to printed numbers.
    """

    verdict: str
    proofs: dict[str, Proof]
    radius: Fraction | None = None
    gap: FieldNumber | None = None
    remark: str = ""
    steps: list[str] = field(default_factory=list)
    distance: FieldNumber | None = None

    @property
    def proof(self) -> Proof | None:
        """That of the verdict; None if undecided."""
        return self.proofs.get(self.verdict)

    @property
    def is_steerable(self) -> bool | None:
        """Whether it has no LHS model; None if that is undecided."""
        if self.verdict == LHS_VERDICT:
            return False
        outside_lhs = {POSTQUANTUM, "steerable", "Bell-nonlocal"}
        return True if outside_lhs & self.proofs.keys() else None

    def __str__(self) -> str:
        """In words, a line for each thing that is known."""
        steerable = [name for name in ("steerable", "Bell-nonlocal") if name in self.proofs]
        text = self.verdict + "".join(f", {name}" for name in steerable)
        if self.verdict == QUANTUM and "valid" in self.proofs and self.is_steerable is None:
            text += " (not decided: whether it is LHS)"
        if self.verdict != UNDECIDED:
            text += within(self.radius)
        remarks = [self.remark] if self.remark else []
        for name in self.proofs.keys() - {"valid", self.verdict, "quantum-nearby", *steerable}:
            remarks.append(f"proved: it is {name}")
        if self.gap is not None:
            size = float(approximation(self.gap))
            where = f"{size:.2e} away (rounded)" if size else "the nearest valid one"
            remarks.append(f"proved: a quantum assemblage is {where}")
        return "".join([text, *(f"\n  {remark}" for remark in remarks)])

    def summary(self) -> Summary:
        return verdict_summary(str(self), self.proofs, self.proof.theorem if self.proof else "")


def classify(
    assemblage: Assemblage | InstrumentalAssemblage | SequentialAssemblage | PrintedAssemblage,
    radius: Number | None = None,
    outer_set: SetName = ALMOST_QUANTUM,
    listener: Listener | None = None,
) -> Classification:
    """LHS, quantum or postquantum, with certificates; or undecided, with what is left open.

    Postquantum: outside the outer set (see `bound`). LHS: by hidden states. Quantum: by state,
    measurements and channels, constructed for one uncharacterised party or a sequence, searched for
    otherwise. The answer is about every valid assemblage within `radius` of it, as for `member`.
    Raises InputError on bad input; where something is too large, it is left open.
    Source: Postquantum steering, Appendix A; A formalism for steering, Eq. 1; Classical communication
    cost of quantum steering, Eq. 2.

    >>> import numpy as np
    >>> sigma = np.array([[[[.5, 0], [0, 0]], [[.25, .25], [.25, .25]]],
    ...                   [[[0, 0], [0, .5]], [[.25, -.25], [-.25, .25]]]])
    >>> answer = classify(Assemblage.from_array(sigma, "outcomes-first"))
    >>> answer.verdict, answer.is_steerable, sorted(answer.proofs)
    ('quantum', True, ['quantum', 'steerable', 'valid'])
    """
    journal = Journal(listener)
    if isinstance(assemblage, SequentialAssemblage):
        if radius:
            raise InputError("a radius: every valid sequential assemblage is quantum, so none is needed")
        proofs = {QUANTUM: prove(sequential(assemblage), journal)}
        return Classification(QUANTUM, proofs, Fraction(0), steps=journal.steps)
    near = Neighbourhood.of(assemblage, radius)
    scenario = near.scenario
    outer = _outer_set(scenario, outer_set)
    proofs = {"valid": require_valid(near.valid)}

    def answer(
        verdict: str, within: Fraction, gap: FieldNumber | None = None, remark: str = ""
    ) -> Classification:
        return Classification(verdict, proofs, within, gap, remark, journal.steps, near.distance)

    if outer is not None:
        journal.add(f"is it outside the {outer} set?")
        exclusion = if_possible(partial(near.excluded, outer, journal), journal)
        if exclusion is not None:
            proofs[POSTQUANTUM] = exclusion.proof
            return answer(POSTQUANTUM, exclusion.radius)
    journal.add("has it a local hidden state model?")
    steered = if_possible(lambda: near.excluded(LHS, journal), journal)
    if steered is not None:
        proofs[outside(LHS, scenario)] = steered.proof
    else:
        local = if_possible(lambda: near.inside(LHS, journal), journal)
        if local is not None:
            proofs[LHS_VERDICT] = local
            return answer(LHS_VERDICT, near.radius)
    journal.add("has it a quantum realisation?")
    found = if_possible(lambda: _realised(near, journal), journal)
    if found is not None and not found.reason:
        proofs[QUANTUM] = found.proof
        return answer(QUANTUM, near.radius, remark=found.remark)
    if outer is not None:
        inside = if_possible(partial(near.inside, outer, journal), journal)
        if inside is not None:
            proofs[str(outer)] = inside
    if found is None:
        return answer(UNDECIDED, near.radius, remark=journal.steps[-1])
    proofs["quantum-nearby"] = found.proof
    return answer(UNDECIDED, near.radius, found.gap, found.reason)


def _outer_set(scenario: Scenario, name: SetName) -> OuterSet | None:
    """The set that decides what is postquantum; None where nothing is."""
    if name == str(LHS):
        raise InputError(
            "set LHS: that is decided anyway; `exactsteer member --set LHS` asks nothing else"
        )
    chosen = named_outer_set(scenario, name)
    if is_always_quantum(scenario):
        return None
    if len(scenario.outcomes) == 1 and scenario.bobs and name == ALMOST_QUANTUM:
        return NO_SIGNALLING  # smaller, and the same (Many characterised parties, Theorem 6)
    return chosen


def is_always_quantum(scenario: Scenario) -> bool:
    """One uncharacterised party, and one trusted party without input (GHJW)."""
    return len(scenario.outcomes) == 1 and scenario.trusted_inputs is None and not scenario.bobs


@dataclass(frozen=True)
class _Realised:
    """A proof that all are quantum; or, where there is a `reason` why not, that one of them or near is.

    `gap` is its distance from the valid assemblage in the neighbourhood.
    """

    proof: Proof
    reason: str = ""
    gap: FieldNumber = 0
    remark: str = ""


def _realised(near: Neighbourhood, journal: Journal) -> _Realised:
    valid, scenario = near.valid, near.scenario
    sought, reason, remark = valid, "", ""
    if near.reach and isinstance(valid, InstrumentalAssemblage):
        reason = "of instrumental assemblages within a radius it can only be proved what they are not"
    elif near.reach and isinstance(valid, Assemblage):
        try:
            sought = _without_noise(valid, near.box(valid))
        except InputError as error:
            reason = f"on the boundary, or nearer to it than the radius: no room for a box ({error})"
    found = realisation_of(sought, journal)
    if isinstance(valid, Assemblage) and sought is not valid and not found.reason:
        return _Realised(prove(QuantumBox(near.box(valid), found.realisation, valid.field), journal))
    elements = found.realisation.elements(valid.table)
    seen = {label: scenario.marginals(matrix) for label, matrix in elements.items()}
    proof = prove(QuantumRealisation(scenario, seen, found.realisation, valid.field), journal)
    gap = max(largest_entry((seen[label] - matrix).reduced()) for label, matrix in valid.table.items())
    if reason and is_always_quantum(scenario):
        reason = ""
        remark = (
            "every valid assemblage of one uncharacterised party is quantum (GHJW); the certificate "
            "realises the nearest one"
        )
    return _Realised(proof, reason or found.reason, gap, remark)


def _without_noise(assemblage: Assemblage, box: Box) -> Assemblage:
    """(σ - pω)/(1 - p); InputError if that is not valid."""
    p = box.share()
    if p >= 1:
        raise InputError(f"its noise would have a share of {float(p):.3g}")
    table = {
        label: scaled(
            (matrix - scaled(box.noise(label), p)).reduced(),
            1 / (1 - p),
        )
        for label, matrix in assemblage.table.items()
    }
    return Assemblage.from_elements(assemblage.scenario, table)
