"""Kinds `negativity-bound`, `generalised-robustness-bound`, `weight-bound`: how far σ is from a set.

Each is the least number with which σ can be written in terms of assemblages of the set; a lower bound
says that none smaller will do, an upper bound that one at most as large does.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from ..kernel.certificate import Claim
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import integer_text, stated
from ..kernel.program import Block, Equation, Existence, LowerBound, Program
from ..kernel.reading import read_fields
from ..scenario import Elements, Label, Scenario, label_text, marginal, order, read_scenario, read_table
from .assemblage import table_json, validity
from .claims import read_bound, read_relation
from .forms import (
    MatrixForm,
    RealForm,
    constant,
    inequality,
    positive_block,
    split,
    total,
    unknown_element,
    vanishing_element,
)
from .parents import Model
from .sets import ConvexSet, model, read_set

S = TypeVar("S", bound="Quantifier")
MOST_MESSAGES = 2**128


class Decomposition(NamedTuple):
    """All ways to write σ, and the number that is to be small, as a form in the unknowns."""

    unknowns: list[object]
    blocks: list[Block]
    equations: list[Equation]
    quantity: RealForm


class Table(NamedTuple):
    """A table of matrices, to be an assemblage of the scenario."""

    scenario: Scenario
    elements: Elements


def bounding(of: Decomposition, relation: str, bound: Number, table: Table) -> Program:
    """For `>=`, minimise the quantity; for `<=`, exhibit a decomposition where it is at most the bound.

    The latter is about σ as a whole, so it asks that the table is no-signalling and normalised.
    """
    objective, offset = split(of.quantity)
    if relation == ">=":
        return Program(of.unknowns, of.blocks, of.equations, LowerBound(objective, bound - offset))
    above: RealForm = {i: -value for i, value in objective.items()}
    above[None] = bound - offset
    blocks = [*of.blocks, inequality("quantity ≤ bound", above)]
    forms = {label: constant(matrix) for label, matrix in table.elements.items()}
    equations = [*of.equations, *validity(table.scenario, forms)]
    return Program(of.unknowns, blocks, equations, Existence())


@dataclass(frozen=True)
class Quantifier:
    """The quantity of the assemblage with respect to the set is ≥ bound, or ≤ bound."""

    KIND = ""

    scenario: Scenario
    convex_set: ConvexSet
    assemblage: Elements
    relation: str
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls: type[S], claim: Claim) -> S:
        names = ("scenario", "set", "assemblage", "relation")
        fields = read_fields(claim.data, "claim.data", names)
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        return cls(
            scenario,
            read_set(fields["set"], scenario, "claim.data.set"),
            read_table(scenario, fields["assemblage"], claim.field, "claim.data.assemblage"),
            read_relation(fields["relation"], "claim.data.relation"),
            read_bound(claim),
            claim.field,
        )

    def claim(self) -> Claim:
        data = table_json(self.scenario, self.assemblage)
        data |= {"set": self.convex_set.json(), "relation": self.relation}
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """See `bounding`."""
        table = Table(self.scenario, self.assemblage)
        return bounding(self.decomposition(), self.relation, self.bound, table)

    @abstractmethod
    def decomposition(self) -> Decomposition:
        """Of the assemblage, with assemblages of the set."""

    @abstractmethod
    def sentence(self) -> str:
        """The theorem of an accepted claim."""

    def remainder(self, of: Model, sign: int) -> tuple[list[Block], list[Equation]]:
        """An unknown π, all of whose elements are positive, with σ = τ + sign·π, τ the model.

        As a difference of no-signalling assemblages π is no-signalling itself.
        """
        blocks, equations = [], []
        for label in sorted(self.scenario.labels(), key=order):
            name = f"π[{label_text(label)}]"
            rest = unknown_element(of.unknowns, name, self.scenario)
            blocks.append(positive_block(name, rest))
            terms = [(1, of.element(label)), (sign, rest), (-1, constant(self.assemblage[label]))]
            place = f"decomposition of σ[{label_text(label)}]"
            equations += vanishing_element(self.scenario, place, total(terms))
        return blocks, equations


class NegativityBound(Quantifier):
    """σ = (1 + ν)τ - νυ with τ and υ in the set; the least ν ≥ 0 is ≥ bound, or ≤ bound.

    For an outer set, a lower bound holds for the negativity of steering ν(σ), the least tr ρ₋ for which
    measurements of ρ̃ = ρ₊ - ρ₋ reproduce σ: measured, ρ₊ and ρ₋ give (1 + ν)σ₊ and νσ₋ with quantum
    σ₊ and σ₋. For LHS it is the LHS robustness: (σ + νυ)/(1 + ν) = τ.

    A simulation of σ, by one party that steers and k messages, gives σ/k + (1 - 1/k)υ = τ with LHS
    assemblages τ and υ; so ν ≤ k - 1, and k ≥ 1 + ν.
    Source: A formalism for steering, Eq. 34; Classical communication cost of quantum steering, Result 3.
    """

    KIND = "negativity-bound"

    def decomposition(self) -> Decomposition:
        """νυ and (1 + ν)τ = σ + νυ in the cone of the set; ν = tr Σ_a νυ[a|x].

        Both know σ by its independent elements only, so a decomposition of σ satisfies this.
        """
        taken = model(self.scenario, self.convex_set)
        independent: dict[Label, MatrixForm] = {
            label: total(
                [
                    (1, constant(marginal(self.scenario, self.assemblage, label))),
                    (1, taken.element(label)),
                ]
            )
            for label in self.scenario.collins_gisin_labels()
        }
        blocks, equations = taken.blocks(), taken.equations()
        given = model(self.scenario, self.convex_set, independent, taken.unknowns)
        return Decomposition(
            given.unknowns,
            [*blocks, *given.blocks()],
            [*equations, *given.equations()],
            taken.weight(),
        )

    def sentence(self) -> str:
        name = "LHS robustness"
        if self.convex_set.holds_quantum:
            name = "negativity of steering"
        if self.relation == "<=":
            text = (
                f"σ = (1 + ν)τ - νυ with two {self.convex_set} assemblages τ and υ and "
                f"0 <= ν <= {stated(self.bound)}, for the table σ of this claim"
            )
            if not self.convex_set.holds_quantum:
                text += f": its {name} is at most that"
        else:
            text = (
                f"If ν >= 0 and σ = (1 + ν)τ - νυ with two {self.convex_set} assemblages τ and υ, "
                f"as it is for the {name} ν of σ, then ν >= {stated(self.bound)}, for the table σ of "
                f"this claim{self._messages()}"
            )
        return f"{text}. {self.scenario.sentence()}"

    def _messages(self) -> str:
        one = len(self.scenario.outcomes) == 1 and not self.scenario.bobs
        bipartite = one and self.scenario.trusted_inputs is None
        return messages_text(self.bound) if bipartite and not self.convex_set.holds_quantum else ""


def messages_needed(robustness: Number) -> int:
    """The least integer k ≥ 1 + ν, at least 1; of huge ones some smaller k, about MOST_MESSAGES."""
    least, most = -1, 1  # least < ν ≤ most, or 0
    while most < robustness and most < MOST_MESSAGES:
        most *= 2
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if middle < robustness else (least, middle)
    return 1 + most


def messages_text(robustness: Number) -> str:
    """What Result 3 says of a lower bound of the LHS robustness."""
    messages = messages_needed(robustness)
    plural = "s" if messages > 1 else ""
    return (
        f". So a simulation by local hidden states and messages from the party that steers needs at "
        f"least {integer_text(messages)} different message{plural}"
    )


class GeneralisedRobustnessBound(Quantifier):
    """(σ + tπ)/(1 + t) = τ with τ in the set and any assemblage π; the least t ≥ 0 is ≥ or ≤ bound.

    Source: Piani and Watrous, PRL 114, 060404 (2015) (steering robustness); with N + 1 outcomes it is
    that of many characterised parties, Eqs. 20 and 24.
    """

    KIND = "generalised-robustness-bound"

    def decomposition(self) -> Decomposition:
        """(1 + t)τ = σ + tπ; t = tr Σ_a (1 + t)τ[a|x] - 1."""
        mixed = model(self.scenario, self.convex_set)
        blocks, equations = self.remainder(mixed, -1)
        quantity = mixed.weight()
        quantity[None] = quantity.get(None, 0) - 1
        return Decomposition(
            mixed.unknowns, [*mixed.blocks(), *blocks], [*mixed.equations(), *equations], quantity
        )

    def sentence(self) -> str:
        mixture = f"(σ + tπ)/(1 + t) is {self.convex_set}"
        if self.relation == ">=":
            text = f"If {mixture} for an assemblage π and t >= 0, then t >= {stated(self.bound)}"
        else:
            text = f"{mixture} for some assemblage π and some 0 <= t <= {stated(self.bound)}"
        return f"{text}, σ being the table of this claim. {self.scenario.sentence()}"


class WeightBound(Quantifier):
    """σ = pπ + (1 - p)τ with τ in the set and any assemblage π; the least p ≥ 0 is ≥ or ≤ bound.

    Source: Skrzypczyk, Navascués, Cavalcanti, PRL 112, 180404 (2014) (steering weight).
    """

    KIND = "weight-bound"

    def decomposition(self) -> Decomposition:
        """(1 - p)τ and pπ; p = 1 - tr Σ_a (1 - p)τ[a|x]."""
        part = model(self.scenario, self.convex_set)
        blocks, equations = self.remainder(part, 1)
        quantity: RealForm = {i: -value for i, value in part.weight().items()}
        quantity[None] = quantity.get(None, 0) + 1
        return Decomposition(
            part.unknowns, [*part.blocks(), *blocks], [*part.equations(), *equations], quantity
        )

    def sentence(self) -> str:
        mixture = f"σ = pπ + (1 - p)τ with an assemblage π and a {self.convex_set} assemblage τ"
        if self.relation == ">=":
            text = f"If {mixture} and 0 <= p <= 1, then p >= {stated(self.bound)}"
        else:
            text = f"{mixture} for some 0 <= p <= {stated(self.bound)}"
        return f"{text}, σ being the table of this claim. {self.scenario.sentence()}"
