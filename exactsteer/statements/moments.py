"""Moments and the moment matrix: what "almost quantum", and every level of the hierarchy, means.

A quantum assemblage comes from a state ρ of all parties and operators of each party that has words
(`words.py`): projective measurements of the uncharacterised ones (no restriction, the dimensions
being free) and, where the trusted party has an input, the matrix units of its channels. The moment
of a word u is M(u) = tr_uncharacterised[(1 ⊗ O_u) ρ], a d×d matrix, or, where the trusted party has
words itself, the number tr[O_u ρ], so that

  - M(∅) = ρ_trusted, M(a|x) = σ[a _ | x _], M(ab|xy) = σ[ab|xy]      (Eqs. 9-12 and 13-16),
    and with trusted input ⟨r|σ[a|x y]|c⟩ = M(E_{a|x} N^y_cr),
  - M(u†) = M(u)†, where u† is u read backwards                        (Eqs. 27-29),
  - words are equal when the relations of their operators make them so (Eqs. 22-26),
  - for any words v, w the matrix with blocks  Γ(v, w) = M(w†v) = tr[(1 ⊗ O_v) ρ (1 ⊗ O_w†)]  is
    positive semidefinite, being the image of ρ under X ↦ Σ |v⟩⟨w| ⊗ O_v X O_w†.

An assemblage belongs to the set of given words if it is valid (positive, no-signalling, normalised)
and the first row of such a Γ. Every set contains the quantum assemblages, and a larger set of words
makes a smaller set of assemblages.

Eq. 17 of the paper writes Γ(v, w) = tr(O_v† O_w ρ), the transpose of this arrangement for the
assemblage σᵀ; as Γ ↦ Γ* maps realisations of σ to realisations of σᵀ, both define the same set.

Source: Postquantum steering, PRL 115, 190403 (2015), Appendix A; with trusted input, Bipartite
postquantum steering, PRL 125, 050404 (2020), Definition 1; Navascués, Pironio, Acín (2008).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from math import prod

from ..kernel.errors import Declined
from ..kernel.program import Block, Equation
from ..scenario import Label, Scenario, label_text, order
from .forms import (
    Form,
    MatrixForm,
    RealForm,
    combined,
    positive_block,
    total,
    trace,
    unknown,
    write,
)
from .forms import (
    adjoint as adjoint_form,
)
from .words import (
    Letter,
    Letters,
    Party,
    Polynomial,
    Word,
    WordSet,
    adjoint,
    adjoint_letters,
    almost_quantum_words,
    nothing,
    parties_of,
    tensor,
    word_of,
    word_text,
)

LARGEST_MOMENT_MATRIX = 1024


class MomentMatrix:
    """The block Γ of a set of words, and the assemblage as affine forms in its unknowns.

    The unknowns are the real coordinates of one moment of each pair u, u†; a self-adjoint word has
    a Hermitian moment. `known` gives all independent elements, whose moments are then no new unknowns:
    data, or forms in the unknowns that `unknowns` starts with.
    """

    def __init__(
        self,
        scenario: Scenario,
        words: WordSet,
        known: Mapping[Label, MatrixForm] | None = None,
        unknowns: list[object] | None = None,
    ) -> None:
        # With words of its own the trusted party needs no matrix coefficients.
        self.size = scenario.dimension if scenario.trusted_inputs is None else 1
        if len(words.words) * self.size > LARGEST_MOMENT_MATRIX:
            rows = len(words.words) * self.size
            raise Declined(f"moment matrix of {rows} rows, at most {LARGEST_MOMENT_MATRIX}")
        self.scenario = scenario
        self.parties = parties_of(scenario)
        self.unknowns: list[object] = [] if unknowns is None else unknowns
        self._moments: dict[Word, MatrixForm] = {}
        for word, form in moments_of(scenario, known).items() if known else ():
            self._moments[word] = form
            self._moments[adjoint(word)] = adjoint_form(form)
        self._block = self._moment_block(words.words)
        own = set(words.words)
        self._complete = len(own) >= prod(1 + party.count for party in self.parties) and all(
            word in own for word in almost_quantum_words(self.parties)
        )

    def _moment_block(self, words: tuple[Word, ...]) -> Block:
        """Γ(v, w) = M(w†v), the lower triangle only."""
        block = Block("moment matrix", len(words) * self.size)
        # Each pair of words of one party is multiplied once; parties commute.
        products = [cache(partial(_product, party)) for party in self.parties]
        for k, v in enumerate(words):
            for l, w in enumerate(words[: k + 1]):
                factors = [product(*pair) for product, *pair in zip(products, w, v, strict=True)]
                if all(factors):
                    self._write(block, k, l, self.value(tensor(factors)))
        return block

    def _write(self, block: Block, k: int, l: int, moment: MatrixForm) -> None:
        """A moment at block row k and block column l; of a diagonal block only the lower triangle."""
        for row in range(self.size):
            for column in range(row + 1 if k == l else self.size):
                write(block, k * self.size + row, l * self.size + column, moment[row][column])

    def value(self, polynomial: Polynomial) -> MatrixForm:
        """Σ weight·M(word)."""
        return total((weight, self.moment(word)) for word, weight in polynomial.items())

    def moment(self, word: Word) -> MatrixForm:
        """M(word), of size d, or of size 1 where the trusted party has words."""
        found = self._moments.get(word)
        if found is None:
            other = adjoint(word)
            found = unknown(self.unknowns, f"M[{word_text(word)}]", self.size, word == other)
            self._moments[other] = adjoint_form(found)  # M(u†) = M(u)†
            self._moments[word] = found
        return found

    def element(self, label: Label) -> MatrixForm:
        """σ[label]."""
        return total((sign, self._independent(label)) for sign, label in self.scenario.expansion(label))

    def _independent(self, label: Label) -> MatrixForm:
        if label.trusted is None:
            return self.moment(word_of(label))
        projectors = [{own: 1} for own in word_of(label)]
        size = range(self.scenario.dimension)
        return [[self._entry(projectors, Letter(c, r, label.trusted)) for c in size] for r in size]

    def _entry(self, projectors: list[dict[Letters, int]], unit: Letter) -> Form:
        """M(E_{a|x} N), as a number."""
        return self.value(tensor([*projectors, self.parties[-1].reduced((unit,))]))[0][0]

    def blocks(self) -> list[Block]:
        """Γ, and the elements of the assemblage where Γ does not make them positive.

        It does if its words include all with at most one operator of each party: σ[a|x] is then
        v†Γv, with v the combination of words that makes E_{a₁|x₁} E_{a₂|x₂} …
        """
        if self._complete:
            return [self._block]
        elements = [
            positive_block(f"σ[{label_text(label)}]", self.element(label))
            for label in sorted(self.scenario.labels(), key=order)
        ]
        return [self._block, *elements]

    def equations(self) -> list[Equation]:
        """None: what is known is written into Γ."""
        return []

    def weight(self) -> RealForm:
        """tr M(∅), which is 1 for an assemblage."""
        return trace(self.moment(nothing(self.parties)))


def moments_of(scenario: Scenario, elements: Mapping[Label, MatrixForm]) -> dict[Word, MatrixForm]:
    """The moments that an assemblage determines, from all its Collins-Gisin elements.

    With trusted input: M(E_{a|x}) = tr σ[a|x 0] and M(E_{a|x} N^y_cr) = ⟨r|σ[a|x y]|c⟩.
    """
    moments: dict[Word, MatrixForm] = {}
    for label in scenario.collins_gisin_labels():
        word, form = word_of(label), elements[label]
        if label.trusted is None:
            moments[word] = form
            continue
        if label.trusted == 0:
            alone: Word = (*word, ())
            moments[alone] = [[combined((1, form[k][k]) for k in range(len(form)))]]
        for r in range(scenario.dimension):
            for c in range(scenario.dimension):
                if (r, c) != (scenario.dimension - 1,) * 2:  # the last unit is no letter
                    joint: Word = (*word, (Letter(c, r, label.trusted),))
                    moments[joint] = [[form[r][c]]]
    return moments


def _product(party: Party, left: Letters, right: Letters) -> dict[Letters, int]:
    """left†·right"""
    return party.times(adjoint_letters(left), right)
