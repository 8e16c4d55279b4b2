"""The convex sets of assemblages that claims speak of: the outer sets of words, and LHS inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ..kernel.program import Equation
from ..kernel.reading import Json
from ..scenario import Label, Scenario
from .forms import MatrixForm, equation
from .hidden_states import LHS, HiddenStates, LocalHiddenStates
from .moments import MomentMatrix
from .words import WordSet, read_words

# Not to be mistaken for each other: a set of words holds all quantum assemblages, LHS does not.
ConvexSet: TypeAlias = WordSet | LocalHiddenStates
Model: TypeAlias = MomentMatrix | HiddenStates


def model(
    scenario: Scenario,
    convex_set: ConvexSet,
    known: Mapping[Label, MatrixForm] | None = None,
    unknowns: list[object] | None = None,
) -> Model:
    """The unknowns, blocks and equations that describe the cone of the set, and σ as forms in them.

    A model of weight 1 is an assemblage of the set. `known` gives all its independent elements, as data
    or as forms in the unknowns that `unknowns` starts with.
    """
    if isinstance(convex_set, LocalHiddenStates):
        return HiddenStates(scenario, known, unknowns)
    return MomentMatrix(scenario, convex_set, known, unknowns)


def normalisation(of: Model) -> Equation:
    """tr Σ_a σ[a|x] = 1."""
    return equation("normalisation", of.weight(), 1)


def outside(convex_set: ConvexSet, scenario: Scenario) -> str:
    """What an assemblage is that does not belong to the set."""
    if convex_set.holds_quantum:
        return "postquantum"
    return "Bell-nonlocal" if scenario.dimension == 1 else "steerable"


def read_set(value: Json, scenario: Scenario, place: str) -> ConvexSet:
    """`LHS`, or a set of words."""
    return LHS if value == LHS.json() else read_words(value, scenario, place)
