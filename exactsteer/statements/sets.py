"""The convex sets of assemblages that claims speak of: outer sets of the quantum one, and LHS inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ..kernel.program import Equation
from ..kernel.reading import Json
from ..scenario import Elements, Label, Scenario
from .forms import MatrixForm, RealForm, equation, pairing
from .hidden_states import LHS, HiddenStates, LocalHiddenStates
from .moments import MomentMatrix
from .no_signalling import NO_SIGNALLING, Assemblages, NoSignalling
from .parents import Marginals, Model
from .words import WordSet, read_words

# Not to be mistaken for each other: an outer set holds all quantum assemblages, LHS does not.
OuterSet: TypeAlias = WordSet | NoSignalling
ConvexSet: TypeAlias = OuterSet | LocalHiddenStates


def model(
    scenario: Scenario,
    convex_set: ConvexSet,
    known: Mapping[Label, MatrixForm] | None = None,
    unknowns: list[object] | None = None,
) -> Model:
    """The unknowns, blocks and equations that describe the cone of the set, and σ as forms in them.

    A model of weight 1 is an assemblage of the set. `known` gives all its independent elements (for LHS
    it may be any elements), as data or as forms in the unknowns that `unknowns` starts with.
    """
    if isinstance(convex_set, LocalHiddenStates):
        return HiddenStates(scenario, known, unknowns)
    if scenario.bobs:
        return Marginals(scenario, model(scenario.parent(), convex_set, None, unknowns), known)
    if isinstance(convex_set, NoSignalling):
        return Assemblages(scenario, known, unknowns)
    return MomentMatrix(scenario, convex_set, known, unknowns)


def normalisation(of: Model) -> Equation:
    """tr Σ_a σ[a|x] = 1."""
    return equation("normalisation", of.weight(), 1)


def functional_form(of: Model, coefficients: Elements) -> RealForm:
    """F(σ) = Σ tr(F[label] σ[label])."""
    return pairing((matrix, of.element(label)) for label, matrix in coefficients.items())


def outside(convex_set: ConvexSet, scenario: Scenario) -> str:
    """What an assemblage is that does not belong to the set."""
    if convex_set.holds_quantum:
        return "postquantum"
    return "Bell-nonlocal" if scenario.dimension == 1 else "steerable"


def read_set(value: Json, scenario: Scenario, place: str) -> ConvexSet:
    """`LHS`, or an outer set."""
    return LHS if value == LHS.json() else read_outer_set(value, scenario, place)


def read_outer_set(value: Json, scenario: Scenario, place: str) -> OuterSet:
    """`no-signalling`, or a set of words."""
    return NO_SIGNALLING if value == NO_SIGNALLING.json() else read_words(value, scenario, place)
