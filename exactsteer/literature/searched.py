"""Rows A7 and F3: examples of our own, which campaigns found (`exactsteer search`).

The file `data/searched.json` says of each what found it, so that anybody can find it again: the recipe,
its parameters, the seed of the campaign, and the number of the work unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ..api import noise_robustness, validate
from ..classical import bell_local
from ..classification import member
from ..constructions.mapped import MappedStates, ket_text
from ..prover.prove import prove
from ..statements import DecomposableRealisation
from ..steering import Assemblage, InstrumentalAssemblage
from ..steering.files import elements_from_json
from .postquantum_steering import PAPER as POSTQUANTUM
from .rows import Evidence, Listener, printed_data

FOLDER = "searched"
PAPER = "our own"
KIND_NAMES: Mapping[str, str] = {
    "two-alices": "two parties, a trusted ququart, Breuer-Hall map",
    "choi": "two parties, a trusted qutrit, Choi map",
    "several-bobs": "one party, a trusted qubit and a trusted ququart, Breuer-Hall map",
    "qubit-bobs": "one party, two trusted qubits, transposition",
    "two-alices-two-bobs": "two parties, two trusted qubits, transposition",
    "bob-with-input": "one party, a trusted qubit with input, transposition",
    "instrumental": "the instrumental scenario with four inputs, a qubit, transposition",
}


class Found(NamedTuple):
    """An example: a kind of `MappedStates` and the state, or the assemblage itself."""

    name: str
    recipe: str
    parameters: Mapping[str, str]
    seed: int
    unit: int
    kind: str = ""
    state: Mapping[str, tuple[int, int]] | None = None
    assemblage: Any = None

    @property
    def command(self) -> str:
        """What finds it again, the unit being the last one."""
        options = "".join(f" -p {name}={value}" for name, value in self.parameters.items())
        return f"exactsteer search {self.recipe}{options} --seed {self.seed}, unit {self.unit}"

    def amplitudes(self, family: MappedStates) -> np.ndarray[Any, np.dtype[np.complex128]]:
        """Of the state: Gaussian integers (re, im) for some basis states, one digit a system."""
        amplitudes = np.zeros(family.dimensions, dtype=complex)
        for digits, (re, im) in (self.state or {}).items():
            amplitudes[tuple(map(int, digits))] = re + 1j * im
        return amplitudes.ravel()


def found_by(*recipes: str) -> list[Found]:
    """The examples that these recipes found."""
    examples = (Found(**item) for item in printed_data("searched")["examples"])
    return [example for example in examples if example.recipe in recipes]


def row_a7(listener: Listener) -> list[Evidence]:
    """By Appendix D: local for all projective measurements, and postquantum."""
    evidence = []
    for k, example in enumerate(found_by("appendix-d"), 1):
        where = f"{FOLDER}/a7-{k}"
        name = f"our example {k} by Appendix D, {example.name},"
        sigma = Assemblage.from_elements(
            *elements_from_json(example.assemblage, "assemblage", f"example {k}")
        )
        listener(name)
        shown = {
            "is valid": ("valid", validate(sigma)),
            "is Bell-local for all projective measurements": ("local", bell_local(sigma)),
        }
        for what, (file, proof) in shown.items():
            claim = f"{name} {what}"
            evidence.append(Evidence.shown("A7", POSTQUANTUM, claim, "", proof, f"{where}-{file}"))
        answer = member(sigma, listener=listener)
        claim, file = f"{name} is postquantum", f"{where}-postquantum"
        evidence.append(Evidence.excluded("A7", POSTQUANTUM, claim, answer, file, example.command))
        claim = f"white noise up to which {name} is postquantum"
        threshold = noise_robustness(sigma, listener=listener)
        file = f"{where}-noise"
        remark = "that of Table I is 0.0439"
        evidence.append(Evidence.enclosed("A7", POSTQUANTUM, claim, "", threshold, file, remark=remark))
    return evidence


def row_f3(listener: Listener) -> list[Evidence]:
    """The simplest examples that positive maps make, and those that bear most noise."""
    evidence = []
    for example in found_by("simplest", "robust"):
        family = MappedStates.of_kind(example.kind)
        amplitudes = example.amplitudes(family)
        sigma = family.assemblage(amplitudes)
        outer_set = "no-signalling" if family.scenario.bobs else "almost-quantum"
        name = f"{example.name} of {KIND_NAMES[example.kind]}"
        text = f"{name}: ψ = {ket_text(amplitudes, family.dimensions)}"
        where = f"{FOLDER}/f3-{example.recipe}-{example.kind}"
        listener(name)
        valid = validate(sigma)
        evidence.append(Evidence.shown("F3", PAPER, f"{text}: valid", "", valid, f"{where}-valid"))
        answer = member(sigma, outer_set=outer_set, listener=listener)
        claim = f"{text}: postquantum"
        found = Evidence.excluded("F3", PAPER, claim, answer, f"{where}-postquantum", example.command)
        evidence.append(found)
        realisation = family.realisation(amplitudes)
        if realisation is not None:
            quantum = DecomposableRealisation(sigma.scenario, sigma.table, realisation)
            claim = f"{text}: whatever the trusted party measures, the correlations are quantum"
            file = f"{where}-correlations"
            evidence.append(Evidence.shown("F3", PAPER, claim, "", prove(quantum), file))
        if isinstance(sigma, InstrumentalAssemblage):
            continue  # noise is for whole assemblages
        threshold = noise_robustness(sigma, outer_set=outer_set, listener=listener)
        claim = f"white noise up to which {name} is postquantum"
        evidence.append(Evidence.enclosed("F3", PAPER, claim, "", threshold, f"{where}-noise"))
    return evidence


ROWS = {"A7": row_a7, "F3": row_f3}
