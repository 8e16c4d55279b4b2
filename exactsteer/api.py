"""The calls that join objects, statements and prover; `import exactsteer` offers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Literal

from .exact.numbers import InputError, exact_number
from .kernel.verdict import Verdict
from .kernel.verdict import check as check_bytes
from .prover.points import Journal, NotProved
from .prover.prove import Enclosure, Proof, enclose, exclude, prove
from .statements import (
    STATEMENTS,
    BoxExcluded,
    FunctionalBound,
    FunctionalValue,
    Member,
    ValidAssemblage,
)
from .statements.value import pairing
from .steering import Assemblage, Functional

Number = Fraction | int | str | float
Listener = Callable[[str], None]

SETS = ("almost-quantum",)


def bound(
    functional: Functional,
    outer_set: str = "almost-quantum",
    sense: Literal["min", "max"] = "min",
    tolerance: Number = "1e-9",
    listener: Listener | None = None,
) -> Enclosure:
    """Enclose the optimum of a functional over an outer set, with a certificate for each side.

    `lower` and `upper` are exact; `tolerance` is the width that is aimed at, and a wider enclosure
    is returned (its `steps` say why) rather than none. `listener` is called with each step.
    Raises InputError on bad input, NotProved if no enclosure was found at all.
    Source: Postquantum steering, Eqs. 30 and 31.

    >>> import numpy as np
    >>> chsh = np.zeros((2, 2, 2, 2, 1, 1))
    >>> for a, b, x, y in np.ndindex(2, 2, 2, 2):
    ...     chsh[a, b, x, y] = (-1) ** (a + b + x * y)
    >>> tsirelson = bound(Functional.from_array(chsh, "outcomes-first"), sense="max")
    >>> float(tsirelson.lower) <= 8**0.5 <= float(tsirelson.upper), tsirelson.width < 1e-9
    (True, True)
    """
    if outer_set not in SETS:
        raise InputError(f"set {outer_set!r} is not known; the sets are {', '.join(SETS)}")
    if sense not in ("min", "max"):
        raise InputError(f"sense {sense!r}: write 'min' or 'max'")
    width = exact_number(tolerance, "tolerance")
    if not 0 < width <= 1:
        raise InputError(f"tolerance {tolerance}: a positive number of at most 1 is needed")
    relation = ">=" if sense == "min" else "<="
    statement = FunctionalBound(
        functional.scenario, outer_set, functional.coefficients, relation, Fraction(0)
    )
    return enclose(statement, width, Journal(listener))


def value(functional: Functional, assemblage: Assemblage) -> Proof:
    """The exact value F(σ), with its certificate; the number is `proof.certificate.claim.bound`."""
    if functional.scenario != assemblage.scenario:
        raise InputError(
            f"functional of the scenario {functional.scenario}, assemblage of {assemblage.scenario}"
        )
    total = sum(
        (pairing(F, assemblage.marginal(label)) for label, F in functional.coefficients.items()),
        Fraction(0),
    )
    return prove(FunctionalValue(assemblage.scenario, functional.coefficients, assemblage.table, total))


def validate(assemblage: Assemblage) -> Proof:
    """The certificate that the assemblage is valid: positive, no-signalling, normalised."""
    return prove(ValidAssemblage(assemblage.scenario, assemblage.table))


@dataclass(frozen=True)
class Classification:
    """`verdict` is 'postquantum', 'almost-quantum' or 'undecided'; `proof` is None if undecided.

    `radius`, for 'postquantum', is the entrywise distance within which the proof holds for every
    valid assemblage: at least the one that was asked for.
    """

    verdict: str
    proof: Proof | None
    radius: Fraction | None = None
    steps: list[str] = field(default_factory=list)


def classify(
    assemblage: Assemblage, radius: Number = 0, listener: Listener | None = None
) -> Classification:
    """Decide whether an assemblage is outside the almost-quantum set, with a certificate.

    'postquantum': no almost-quantum assemblage lies within `radius` of it, entry by entry.
    'almost-quantum': it is in the set itself (a quantum realisation is neither shown nor excluded).
    Raises InputError on bad input.

    >>> import numpy as np
    >>> pr = np.zeros((2, 2, 2, 2, 1, 1))
    >>> for a, b, x, y in np.ndindex(2, 2, 2, 2):
    ...     pr[a, b, x, y] = 0.5 * ((a + b) % 2 == x * y)
    >>> classify(Assemblage.from_array(pr, "outcomes-first")).verdict
    'postquantum'
    """
    width = exact_number(radius, "radius")
    if width < 0:
        raise InputError(f"radius {radius}: a number that is not negative is needed")
    journal = Journal(listener)
    scenario = assemblage.scenario
    try:
        box = BoxExcluded(scenario, SETS[0], assemblage.collins_gisin(), width)
        exclusion = exclude(box, journal)
        return Classification("postquantum", exclusion.proof, exclusion.radius, journal.steps)
    except NotProved as error:
        journal.add(str(error))
    try:
        proof = prove(Member(scenario, SETS[0], assemblage.table), journal)
        return Classification("almost-quantum", proof, None, journal.steps)
    except NotProved as error:
        journal.add(str(error))
    return Classification("undecided", None, None, journal.steps)


def check(certificate: str | Path | bytes) -> Verdict:
    """The kernel's verdict on a certificate file, or on its bytes.

    >>> check(b"{}").status
    'malformed'
    """
    data = certificate if isinstance(certificate, bytes) else Path(certificate).read_bytes()
    return check_bytes(data, STATEMENTS)
