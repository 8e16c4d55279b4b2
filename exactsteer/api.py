"""The calls that join objects, statements and prover; `import exactsteer` offers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

from .constructions.states import white_noise
from .exact.numbers import InputError, exact_number
from .kernel.errors import Declined
from .kernel.verdict import Verdict
from .kernel.verdict import check as check_bytes
from .prover.hidden import enclose_over_lhs
from .prover.points import Journal
from .prover.prove import Enclosure, Proof, enclose, enclose_visibility, prove, prove_at
from .scenario import Scenario, label_text
from .statements import (
    STATEMENTS,
    FunctionalBound,
    FunctionalValue,
    LhsBound,
    ValidAssemblage,
    VisibilityBound,
)
from .statements.hidden_states import LHS
from .statements.no_signalling import NO_SIGNALLING
from .statements.sets import ConvexSet, OuterSet
from .statements.value import value_form
from .statements.words import ALMOST_QUANTUM, WordSet, word_set
from .steering import Assemblage, Functional, InstrumentalAssemblage, PrintedAssemblage
from .steering.assemblage import joint_field

Number = Fraction | int | str | float
Listener = Callable[[str], None]
SetName: TypeAlias = str | Sequence[str]
T = TypeVar("T")
FINEST = 10**30  # a distance that must not be less than it is, is rounded up to a multiple of 1/this


def named_set(scenario: Scenario, name: SetName) -> ConvexSet:
    """LHS, or the outer set of that name, or of these words; InputError if there is no such."""
    return LHS if name == str(LHS) else named_outer_set(scenario, name)


def named_outer_set(scenario: Scenario, name: SetName) -> OuterSet:
    return NO_SIGNALLING if name == str(NO_SIGNALLING) else named_words(scenario, name)


def named_words(scenario: Scenario, outer_set: SetName) -> WordSet:
    try:
        name = outer_set if isinstance(outer_set, str) else tuple(outer_set)
    except TypeError:
        raise InputError(
            f"set {outer_set!r}: the name of a level or a list of words is needed"
        ) from None
    if not all(isinstance(word, str) for word in name):
        raise InputError(f"set {name!r}: words are text, such as '0|0; 1|1'")
    try:
        return word_set(scenario, name)
    except (ValueError, Declined) as error:
        raise InputError(f"set: {error}") from None


def exact_width(tolerance: Number) -> Fraction:
    width = exact_number(tolerance, "tolerance")
    if not 0 < width <= 1:
        raise InputError(f"tolerance {tolerance}: a positive number of at most 1 is needed")
    return width


def require_kind(value: object, *kinds: type) -> None:
    if not isinstance(value, kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        article = "an" if names[0] in "AEIOU" else "a"
        mend = "; of printed numbers take .nearest()" if isinstance(value, PrintedAssemblage) else ""
        raise InputError(f"{article} {names} is needed, not {type(value).__name__}{mend}")


def declining(action: Callable[[], T]) -> T:
    """What is too large for the kernel is an error of the input."""
    try:
        return action()
    except Declined as error:
        raise InputError(str(error)) from None


def _same_scenario(one: Scenario, other: Scenario) -> None:
    if one != other:
        raise InputError(f"different scenarios: {one}, and {other}")


def require_one_trusted(scenario: Scenario) -> None:
    if scenario.bobs:
        raise InputError(f"one trusted party is needed, and there are {len(scenario.bobs)}")


def bound(
    functional: Functional,
    outer_set: SetName = ALMOST_QUANTUM,
    sense: Literal["min", "max"] = "min",
    tolerance: Number = "1e-9",
    listener: Listener | None = None,
) -> Enclosure:
    """Enclose the optimum of a functional over an outer set, with a certificate for each side.

    `outer_set` is "almost-quantum", a level ("1", "1+AB", "2", "3", "2+AAB", …; the parties are A, B,
    … in their order, a trusted party with input being the last), a list of words ("0|0; 1|1"),
    "no-signalling", or "LHS": then the bound is over assemblages with a local hidden state model, and
    every strategy is checked.
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
    width, journal = exact_width(tolerance), Journal(listener)
    statement = bound_statement(functional, outer_set, sense)
    if isinstance(statement, LhsBound):
        return declining(lambda: enclose_over_lhs(statement, width, journal))
    return enclose(statement, width, journal)


def bound_statement(
    functional: Functional, outer_set: SetName = ALMOST_QUANTUM, sense: Literal["min", "max"] = "min"
) -> FunctionalBound | LhsBound:
    """The statement that `bound` proves, with the bound 0."""
    if sense not in ("min", "max"):
        raise InputError(f"sense {sense!r}: write 'min' or 'max'")
    scenario, coefficients = functional.scenario, functional.coefficients
    relation = ">=" if sense == "min" else "<="
    if outer_set == str(LHS):
        require_one_trusted(scenario)
        return LhsBound(scenario, coefficients, relation, Fraction(0), functional.field)
    outer = named_outer_set(scenario, outer_set)
    return FunctionalBound(scenario, outer, coefficients, relation, Fraction(0), functional.field)


def value(functional: Functional, assemblage: Assemblage) -> Proof:
    """The exact value F(σ), with its certificate; the number is `proof.certificate.claim.bound`."""
    _same_scenario(functional.scenario, assemblage.scenario)
    joint = joint_field(functional.coefficients, assemblage.table)
    form = value_form(assemblage.scenario, functional.coefficients, assemblage.table)
    total = form.get(None, Fraction(0))
    return prove(
        FunctionalValue(assemblage.scenario, functional.coefficients, assemblage.table, total, joint)
    )


def validate(assemblage: Assemblage | InstrumentalAssemblage) -> Proof:
    """The certificate that the assemblage is valid: positive, no-signalling, normalised.

    For an instrumental assemblage: that it is part of a valid one with trusted input. NotProved if
    none was found.
    """
    statement = ValidAssemblage(assemblage.scenario, assemblage.table, assemblage.field)
    if isinstance(assemblage, InstrumentalAssemblage) and assemblage.extension is not None:
        known = {f"σ[{label_text(label)}]": m for label, m in assemblage.extension.items()}
        return prove_at(statement, known)
    return prove(statement)


def visibility(
    assemblage: Assemblage,
    noise: Assemblage | None = None,
    outer_set: SetName = ALMOST_QUANTUM,
    tolerance: Number = "1e-9",
    listener: Listener | None = None,
) -> Enclosure:
    """Enclose the largest v for which v·assemblage + (1 - v)·noise is in the outer set.

    Without `noise` it is white: uniform outcomes, and the maximally mixed state. The upper bound is
    a certificate that mixtures of larger v are outside, the lower one that the mixture is inside.
    It may be more than 1. Raises InputError, or NotProved if no enclosure was found: it needs mixtures
    inside the set, so none where assemblage and noise have a zero probability in common.
    Source: many characterised parties, Eqs. 20 and 24, with r = 1 - v.

    >>> import numpy as np
    >>> pr = np.zeros((2, 2, 2, 2, 1, 1))
    >>> for a, b, x, y in np.ndindex(2, 2, 2, 2):
    ...     pr[a, b, x, y] = 0.5 * ((a + b) % 2 == x * y)
    >>> threshold = visibility(Assemblage.from_array(pr, "outcomes-first"))
    >>> float(threshold.lower) <= 0.5**0.5 <= float(threshold.upper), threshold.width < 1e-9
    (True, True)
    """
    scenario = assemblage.scenario
    noise = white_noise(scenario) if noise is None else noise
    for given in (assemblage, noise):
        require_kind(given, Assemblage)
    _same_scenario(scenario, noise.scenario)
    statement = VisibilityBound(
        scenario,
        named_set(scenario, outer_set),
        assemblage.table,
        noise.table,
        Fraction(1),
        joint_field(assemblage.table, noise.table),
    )
    width = exact_width(tolerance)
    return declining(lambda: enclose_visibility(statement, width, Journal(listener)))


def noise_robustness(
    assemblage: Assemblage,
    noise: Assemblage | None = None,
    outer_set: SetName = ALMOST_QUANTUM,
    tolerance: Number = "1e-9",
    listener: Listener | None = None,
) -> Enclosure:
    """Enclose the least r for which r·noise + (1 - r)·assemblage is in the set: 1 - `visibility`.

    The certificates are those of the visibility v = 1 - r. Negative where the assemblage itself is well
    inside the set. Source: Many characterised parties, Eqs. 20, 24 and 25.

    >>> import numpy as np
    >>> pr = np.zeros((2, 2, 2, 2, 1, 1))
    >>> for a, b, x, y in np.ndindex(2, 2, 2, 2):
    ...     pr[a, b, x, y] = 0.5 * ((a + b) % 2 == x * y)
    >>> found = noise_robustness(Assemblage.from_array(pr, "outcomes-first"))
    >>> round(float(found.lower), 6)  # 1 - 1/√2
    0.292893
    """
    v = visibility(assemblage, noise, outer_set, tolerance, listener)
    return Enclosure(1 - v.upper, 1 - v.lower, v.upper_proof, v.lower_proof, v.steps)


def check(certificate: str | Path | bytes) -> Verdict:
    """The kernel's verdict on a certificate file, or on its bytes.

    `status` is "accepted", and then `message` is a theorem; or "rejected", "malformed" or "declined",
    and `message` says why. `claim_sha256` identifies the claim. InputError if the file cannot be read.
    The kernel is exact, and trusts nothing that the prover or a solver says (`proofs/FORMAT.md`).

    >>> check(b"{}").status
    'malformed'
    >>> import numpy as np
    >>> coin = Assemblage.from_array(np.full((2, 2, 1, 1), 0.5), "outcomes-first")
    >>> check(validate(coin).bytes()).message[:37]
    'The assemblage of this claim is valid'
    """
    if isinstance(certificate, bytes):
        return check_bytes(certificate, STATEMENTS)
    try:
        data = Path(certificate).read_bytes()
    except OSError as error:
        raise InputError(f"{certificate}: {error.strerror}") from None
    return check_bytes(data, STATEMENTS)
