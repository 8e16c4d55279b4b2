"""Simulations of steering by classical communication, and what they say of the LHS robustness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product as choices
from math import comb, factorial

from ..exact.matrices import complement, scaled
from ..exact.numbers import InputError
from ..kernel.matrix import Matrix, identity, matrix_of
from ..scenario import Elements, Scenario, marginal
from ..statements import MessagesSuffice
from ..statements.hidden_states import strategy_text
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering import Assemblage
from .pseudo import PseudoModel


@dataclass(frozen=True)
class Protocol:
    """For each λ: its weight μ(λ), the message m(x, λ), the answers p(a|x, λ), the states ρ_{m,λ}.

    `messages[λ][x]` is a number below k, `answers[λ][x][a]` a probability, `states[λ][m]` of trace 1.
    Source: Classical communication cost of quantum steering, Eqs. 3 and A1.
    """

    weights: Sequence[Fraction]
    messages: Sequence[Sequence[int]]
    answers: Sequence[Sequence[Sequence[Fraction]]]
    states: Sequence[Sequence[Matrix]]

    @property
    def count(self) -> int:
        """k, the number of messages."""
        return len(self.states[0])

    @property
    def scenario(self) -> Scenario:
        outcomes = tuple(len(own) for own in self.answers[0])
        return Scenario((outcomes,), self.states[0][0].shape[0])

    def assemblage(self) -> Assemblage:
        """What it simulates: σ[a|x] = Σ_λ μ(λ) p(a|x, λ) ρ_{m(x,λ),λ}. InputError if that signals."""
        table: Elements = {}
        for label in self.scenario.labels():
            ((a, x),) = (part for part in label.parties if part is not None)
            terms = [
                scaled(states[messages[x]], weight * answers[x][a])
                for weight, messages, answers, states in zip(
                    self.weights, self.messages, self.answers, self.states, strict=True
                )
            ]
            table[label] = reduce(Matrix.__add__, terms).reduced()
        return Assemblage.from_elements(self.scenario, table)


@dataclass(frozen=True)
class LhsMixture:
    """σ* = σ/k + (1 - 1/k)σ̃ with models of both, and σ = kσ* - (k - 1)σ̃ as a pseudo-LHS model."""

    mixed: Assemblage  # σ*
    mixed_model: Realisation
    rest: Assemblage  # σ̃; σ itself if k = 1
    rest_model: Realisation
    pseudo: PseudoModel  # of σ, with negativity k - 1


def lhs_mixture(protocol: Protocol, fallback: Sequence[Sequence[Fraction]]) -> LhsMixture:
    """The construction in the proof of Result 3: no communication, but a message guessed beforehand.

    Both know λ and a random message m̃, and Bob prepares ρ_{m̃,λ}. If m̃ is the message that she would
    send, she answers as in the protocol, else with the probabilities `fallback[x][a]`.
    Source: Classical communication cost of quantum steering, Appendix A, where k is 2^t.
    """
    k, sigma = protocol.count, protocol.assemblage()
    sectors: list[Measurements] = []
    states: list[SectorState] = []
    rest = _zero(sigma.scenario.dimension)
    for weight, messages, answers, own in zip(
        protocol.weights, protocol.messages, protocol.answers, protocol.states, strict=True
    ):
        for guess, state in enumerate(own):
            responses = tuple(
                tuple(matrix_of([[p]]) for p in (mine if messages[x] == guess else fallback[x]))
                for x, mine in enumerate(answers)
            )
            states.append(SectorState((len(sectors),), scaled(state, weight / k)))
            sectors.append(responses)
            rest = rest + scaled(state, weight)
    # Σ_λ μ Σ_m̃ ρ_{m̃,λ} without those guessed rightly, which add up to the reduced state for every x.
    rest = (rest - marginal(sigma.scenario, sigma.table, sigma.scenario.nobody())).reduced()
    own_answers = tuple(tuple(matrix_of([[p]]) for p in answers) for answers in fallback)
    mixed_model = Realisation(((*sectors,),), tuple(states))
    if k == 1:
        rest_model = mixed_model
    else:
        hidden = SectorState((0,), scaled(rest, Fraction(1, k - 1)))
        rest_model = Realisation(((own_answers,),), (hidden,))
    whole = Realisation(
        ((*sectors, own_answers),),
        tuple(SectorState(term.sectors, scaled(term.state, Fraction(k))) for term in states),
    )
    pseudo = PseudoModel(whole, (SectorState((len(sectors),), rest),))
    mixed, remaining = (
        Assemblage.from_elements(sigma.scenario, model.elements(sigma.scenario.labels()))
        for model in (mixed_model, rest_model)
    )
    return LhsMixture(mixed, mixed_model, remaining, rest_model, pseudo)


def _zero(d: int) -> Matrix:
    return identity(d) - identity(d)


def antisymmetric_hidden_states(bases: Sequence[Sequence[Matrix]]) -> dict[tuple[int, ...], Matrix]:
    """Hidden states, by the answers, of at most d - 1 measurements on the antisymmetric state.

    Two particles of d in the totally antisymmetric state are in the antisymmetric state. So measure the
    bases on particles of their own, and give Bob another: with the vectors v of the answers he has the
    state |v₁ ∧ … ∧ v_g|² P/(g! (d over g) (d - g)), P projecting on what is orthogonal to all of them.
    `bases[x][a]` are orthonormal columns over Q(i).
    """
    g, d = len(bases), bases[0][0].shape[0]
    if g >= d:
        raise InputError(f"{g} measurements of a {d}-dimensional system: at most {d - 1} have one model")
    unit = Fraction(1, factorial(g) * comb(d, g) * (d - g))
    hidden = {}
    for answers in choices(*(range(len(basis)) for basis in bases)):
        projector, volume = complement([basis[a] for basis, a in zip(bases, answers, strict=True)])
        hidden[answers] = scaled(projector, volume * unit)
    return hidden


def antisymmetric_simulation(
    sigma: Assemblage, bases: Sequence[Sequence[Matrix]]
) -> tuple[MessagesSuffice, dict[str, Matrix]]:
    """The inputs in groups of d - 1, a message for each group, and the hidden states by their names."""
    d, count = sigma.scenario.dimension, len(bases)
    groups = tuple(tuple(range(k, min(k + d - 1, count))) for k in range(0, count, d - 1))
    claim = MessagesSuffice(sigma.scenario, sigma.table, groups, Fraction(len(groups)))
    known: dict[str, Matrix] = {}
    for k, group in enumerate(groups):
        for answers, state in antisymmetric_hidden_states([bases[x] for x in group]).items():
            known[f"group {k}: ρ of λ = {strategy_text([answers])}"] = state
    return claim, known
