"""The calls about several trusted parties; `import exactsteer` offers them beside those of `api`."""

from __future__ import annotations

from fractions import Fraction

from .api import Listener, Number, exact_width, require_kind, validate
from .exact.numbers import InputError
from .kernel.numbers import decimal_text
from .prover.points import Journal, NotProved
from .prover.prove import (
    Enclosure,
    Proof,
    enclose_quantifier,
    exclude,
    prove,
    shown_point,
    three_digits_below,
)
from .scenario import label_text
from .statements import BoxExcluded, Member, ParentBox, ToleranceBound
from .statements.no_signalling import NO_SIGNALLING
from .statements.parent_box import margin_of_unit_box
from .statements.sets import OuterSet
from .steering import Assemblage, InstrumentalAssemblage


def parent_assemblage(assemblage: Assemblage, listener: Listener | None = None) -> Assemblage:
    """A no-signalling assemblage of the trusted parties' joint system with these marginals.

    Raises InputError if it is proved that there is none, which makes the assemblage postquantum;
    NotProved if none is found. Source: Many characterised parties, Theorem 6.

    >>> import numpy as np
    >>> coin = np.full((2, 2, 2, 2), 0.25) * np.eye(2)
    >>> parent_assemblage(Assemblage.from_arrays([coin, coin], "outcomes-first")).scenario.dimension
    4
    """
    journal = Journal(listener)
    scenario = assemblage.scenario
    joint = scenario.parent()
    statement = Member(scenario, NO_SIGNALLING, assemblage.table, assemblage.field)
    try:
        found = prove(statement, journal)
    except NotProved:
        refuse_postquantum(assemblage, NO_SIGNALLING, journal)
        raise
    point = shown_point(statement, found)
    elements = {label: point[f"σ[{label_text(label)}]"] for label in joint.collins_gisin_labels()}
    return Assemblage.from_elements(joint, elements)


def eigenvalue_tolerance(
    assemblage: Assemblage, tolerance: Number = "1e-9", listener: Listener | None = None
) -> Enclosure:
    """Enclose the least t such that matrices with eigenvalues of at least -t make a parent assemblage.

    -t is the λ of Appendix B. Where every input of a party has the same number of outcomes, t and the
    robustness r to white noise, as regards the set "no-signalling", are tied by t = r/((1 - r)D), D the
    product of these numbers and of the dimensions. Raises InputError, or NotProved.
    Source: Many characterised parties, Appendix B.

    >>> import numpy as np
    >>> coin = np.full((2, 2, 2, 2), 0.25) * np.eye(2)  # white noise has parents with eigenvalues 1/8
    >>> found = eigenvalue_tolerance(Assemblage.from_arrays([coin, coin], "outcomes-first"))
    >>> float(found.lower) <= -0.125 <= float(found.upper), found.width < 1e-8
    (True, True)
    """
    require_kind(assemblage, Assemblage)
    statement = ToleranceBound(
        assemblage.scenario, assemblage.table, ">=", Fraction(0), assemblage.field
    )
    return enclose_quantifier(statement, exact_width(tolerance), Journal(listener))


def parent_box(assemblage: Assemblage, listener: Listener | None = None) -> tuple[Proof, Fraction]:
    """A proof that every valid assemblage within some radius of this one has a parent, and the radius.

    With one uncharacterised party these are all quantum. The radius is nearly as large as the most
    positive parent allows. Raises NotProved where there is no parent that is positive definite.

    >>> import numpy as np
    >>> coin = np.full((2, 2, 2, 2), 0.25) * np.eye(2)
    >>> float(parent_box(Assemblage.from_arrays([coin, coin], "outcomes-first"))[1])
    0.0416
    """
    journal = Journal(listener)
    margin = -eigenvalue_tolerance(assemblage, Fraction(1, 10**6), listener).upper
    if margin <= 0:
        raise NotProved("no positive definite parent", journal.steps)
    radius = three_digits_below(margin / margin_of_unit_box(assemblage.scenario))
    statement = ParentBox(assemblage.scenario, assemblage.table, radius, assemblage.field)
    return prove(statement, journal), radius


def refuse_postquantum(
    assemblage: Assemblage | InstrumentalAssemblage, outer_set: OuterSet, journal: Journal
) -> None:
    """InputError if the assemblage is proved to be outside the set, or next to it."""
    if isinstance(assemblage, InstrumentalAssemblage):
        try:  # else an exclusion would be true for an empty reason
            validate(assemblage)
        except NotProved as error:
            journal.add(f"not seen to be a general instrumental assemblage: {error}")
            return
    centre = assemblage.independent()
    box = BoxExcluded(assemblage.scenario, outer_set, centre, Fraction(0), assemblage.field)
    try:
        radius = exclude(box, journal).radius
    except NotProved as error:
        journal.add(str(error))
        return
    raise InputError(
        "no quantum realisation exists: the assemblage is postquantum, and so is every valid one within "
        f"{decimal_text(radius, 6)} of it (exactsteer classify writes the certificate)"
    )
