"""Kind `valid-assemblage`: matrices are elements of a no-signalling assemblage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..kernel.certificate import Claim
from ..kernel.field import Field, Q
from ..kernel.program import Equation, Existence, Program
from ..kernel.reading import Json, read_fields
from ..scenario import (
    Elements,
    Label,
    Scenario,
    elements_json,
    label_text,
    order,
    read_full_elements,
    read_scenario,
    signalling,
    terms_of_marginal,
    trace_signalling,
)
from .claims import no_bound
from .forms import (
    MatrixForm,
    constant,
    equal_traces,
    equation,
    own_trace,
    positive_block,
    total,
    trace,
    unknown_element,
    vanishing_element,
)


@dataclass(frozen=True)
class ValidAssemblage:
    """Some σ with these elements has σ[a|x] ⪰ 0, no-signalling, and tr Σ_a σ[a|x] = 1.

    Usually all elements are given. Where some are not, the claim is that they exist: a general
    instrumental assemblage is given by the elements with trusted input y = a (Bipartite
    postquantum steering, Definition 6).
    Source: Postquantum steering, Eqs. 4a-4d, for any number of uncharacterised parties; with a
    trusted input also tr σ[a|x y] = tr σ[a|x 0] (Bipartite postquantum steering, Definition 2); with
    several trusted parties tr σ⁽ᵏ⁾[a|x] = p(a|x) for all of them (Many characterised parties, Eq. 5).
    """

    KIND = "valid-assemblage"

    scenario: Scenario
    assemblage: Elements
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> ValidAssemblage:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        given = fields["assemblage"]
        elements = read_full_elements(scenario, given, claim.field, "claim.data.assemblage")
        return cls(scenario, elements, claim.field)

    def claim(self) -> Claim:
        return Claim(self.KIND, self.field, table_json(self.scenario, self.assemblage), None)

    def program(self) -> Program:
        """One block for each element; elements that are not given are unknown."""
        unknowns: list[object] = []
        forms: dict[Label, MatrixForm] = {}
        for label in sorted(self.scenario.labels(), key=order):
            if label in self.assemblage:
                forms[label] = constant(self.assemblage[label])
            else:
                name = f"σ[{label_text(label)}]"
                forms[label] = unknown_element(unknowns, name, self.scenario)
        blocks = [positive_block(f"σ[{label_text(label)}]", form) for label, form in forms.items()]
        return Program(unknowns, blocks, validity(self.scenario, forms), Existence())

    def sentence(self) -> str:
        return (
            f"{elements_are(self.scenario, self.assemblage, 'valid', 'a general')}: its elements are "
            "positive semidefinite, do not signal and are normalised. "
            f"{self.scenario.sentence()}"
        )


def elements_are(scenario: Scenario, elements: Elements, what: str, instrumental: str) -> str:
    """The start of a sentence: the assemblage is `what`, or belongs to one if it is not whole."""
    if is_whole(scenario, elements):
        return f"The assemblage of this claim is {what}"
    article = "an" if what == "LHS" else "a"
    text = f"The {len(elements)} elements of this claim belong to {article} {what} assemblage"
    if is_instrumental(scenario, elements):
        text += f", so they are {instrumental} instrumental assemblage"
    return text


def is_whole(scenario: Scenario, elements: Elements) -> bool:
    """Whether these, which are full, are all elements of an assemblage."""
    return len(elements) == sum(1 for _ in scenario.labels())


def is_instrumental(scenario: Scenario, elements: Elements) -> bool:
    """Whether these are all elements of an instrumental assemblage, and no others."""
    labels = set(instrumental_labels(scenario))
    return bool(labels) and set(elements) == labels


def instrumental_labels(scenario: Scenario) -> Iterator[Label]:
    """All (a, x) with trusted input y = a; none where this is no instrumental scenario."""
    if len(scenario.outcomes) == 1 and (scenario.trusted_inputs or 0) >= max(scenario.outcomes[0]):
        for x, outcomes in enumerate(scenario.outcomes[0]):
            for a in range(outcomes):
                yield Label(((a, x),), a)


def table_json(scenario: Scenario, table: Elements) -> dict[str, Json]:
    return {"scenario": scenario.json(), "assemblage": elements_json(scenario, table)}


def validity(scenario: Scenario, table: dict[Label, MatrixForm]) -> list[Equation]:
    """No-signalling and normalisation, for a table of all elements.

    difference = 0 for each entry of each signalling difference, tr = 0 for those of the trusted
    input, equal traces for several trusted parties, and tr Σ_a σ[a|x] = 1.
    """
    equations = []
    for name, terms in signalling(scenario):
        difference = total((sign, table[label]) for sign, label in terms)
        equations += vanishing_element(scenario, name, difference)
    for name, terms in trace_signalling(scenario):
        equations.append(equation(name, trace(total((sign, table[label]) for sign, label in terms)), 0))
    for label, form in sorted(table.items(), key=lambda item: order(item[0])):
        equations += equal_traces(scenario, f"σ[{label_text(label)}]", form)
    reduced = total((1, table[label]) for label in terms_of_marginal(scenario, scenario.nobody()))
    weight = own_trace(scenario, reduced)
    equations.append(equation("normalisation, trace of the reduced state", weight, 1))
    return equations
