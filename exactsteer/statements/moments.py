"""Words, moments and the moment matrix: what "almost quantum" means.

A quantum assemblage comes from a state ρ of all parties and projective measurements {E_{a|x}} of
each uncharacterised one, those of different parties commuting (projectors are no restriction, the
dimensions being free). A word is a product of such projectors, party by party; O_∅ = 1. Its moment
is the d×d matrix  M(u) = tr_uncharacterised[(1 ⊗ O_u) ρ], so that

  - M(∅) = ρ_trusted, M(a|x) = σ[a _ | x _], M(ab|xy) = σ[ab|xy]      (Eqs. 9-12 and 13-16),
  - M(u†) = M(u)†, where u† is u read backwards                        (Eqs. 27-29),
  - words are equal when the projector relations make them so          (Eqs. 22-26):
    E_{a|x}E_{a|x} = E_{a|x},  E_{a|x}E_{a'|x} = 0 for a ≠ a',
    letters of different parties commute,
  - for any words v, w the matrix with blocks  Γ(v, w) = M(w†v) = tr[(1 ⊗ O_v) ρ (1 ⊗ O_w†)]  is
    positive semidefinite, being the image of ρ under X ↦ Σ |v⟩⟨w| ⊗ O_v X O_w†.

Eq. 17 of the paper writes Γ(v, w) = tr(O_v† O_w ρ), the transpose of this arrangement for the
assemblage σᵀ; as Γ ↦ Γ* maps realisations of σ to realisations of σᵀ, both define the same set.

Source: Postquantum steering, PRL 115, 190403 (2015), Appendix A.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from ..kernel.errors import Declined
from ..kernel.matrix import Matrix
from ..kernel.program import Block, Equation, LinearForm
from ..kernel.reading import Json, read_text
from ..scenario import Elements, Label, Scenario

Letter: TypeAlias = tuple[int, int]  # (outcome, input): the projector E_{a|x}
Word: TypeAlias = tuple[tuple[Letter, ...], ...]  # for each party its letters, in order

# [row][column] → the entry as Σ y_i (re + i·im), a list of (i, re, im).
Moment: TypeAlias = list[list[list[tuple[int, int, int]]]]

LARGEST_MOMENT_MATRIX = 1024


def read_set(value: Json, place: str) -> str:
    """The name of an outer set; the only one so far is the almost-quantum set."""
    name = read_text(value, place)
    if name != "almost-quantum":
        raise Declined(f"{place}: {name[:40]!r}, this kernel knows 'almost-quantum'")
    return name


def almost_quantum_words(scenario: Scenario) -> list[Word]:
    """S of Eq. 8 for any number of parties: at most one letter of each, no last outcomes.

    The last outcome of each input is left out because Σ_a E_{a|x} = 1 makes it dependent.
    """
    return [word_of(label) for label in scenario.collins_gisin_labels()]


def word_of(label: Label) -> Word:
    """The word whose moment is the independent element σ[label]."""
    return tuple(() if part is None else (part,) for part in label)


def times(left: tuple[Letter, ...], right: tuple[Letter, ...]) -> tuple[Letter, ...] | None:
    """The product of two reduced words of one party; None if it vanishes."""
    if left and right and left[-1][1] == right[0][1]:
        # Same input: the projectors are equal (one of them is dropped) or orthogonal.
        return left + right[1:] if left[-1] == right[0] else None
    return left + right


def adjoint(word: Word) -> Word:
    return tuple(letters[::-1] for letters in word)


class Unknown(NamedTuple):
    """The real or imaginary part of entry (row, column) of the moment M(word)."""

    word: Word
    row: int
    column: int
    part: str

    def __str__(self) -> str:
        letters = ["".join(f"({a}|{x})" for a, x in party) or "∅" for party in self.word]
        return f"{self.part} part of M[{', '.join(letters)}] at ({self.row}, {self.column})"


class MomentMatrix:
    """The block Γ of a scenario, and the assemblage as linear forms in its unknowns.

    The unknowns are the real coordinates of one moment of each pair u, u†; a self-adjoint word has
    a Hermitian moment. `known` gives moments of self-adjoint words that are data, not unknowns.
    """

    def __init__(self, scenario: Scenario, known: dict[Word, Matrix] | None = None) -> None:
        rows = scenario.dimension
        for inputs in scenario.outcomes:
            rows *= 1 + sum(inputs) - len(inputs)
        if rows > LARGEST_MOMENT_MATRIX:
            raise Declined(f"moment matrix of {rows} rows, at most {LARGEST_MOMENT_MATRIX}")
        self.scenario = scenario
        self.known = known or {}
        self.unknowns: list[Unknown] = []
        self._moments: dict[Word, Moment] = {}
        self.block = self._block(almost_quantum_words(scenario))

    def _block(self, words: list[Word]) -> Block:
        """Γ(v, w) = M(w†v), the lower triangle only."""
        d = self.scenario.dimension
        block = Block("moment matrix", len(words) * d)
        # Each pair of words of one party is multiplied once; parties commute.
        alphabets = [set(party) for party in zip(*words, strict=True)]
        tables = [{(w, v): times(w[::-1], v) for w in own for v in own} for own in alphabets]
        for k, v in enumerate(words):
            for l, w in enumerate(words[: k + 1]):
                parts = []
                for table, pair in zip(tables, zip(w, v, strict=True), strict=True):
                    part = table[pair]
                    if part is None:
                        break
                    parts.append(part)
                else:
                    self._write(block, k, l, tuple(parts))
        return block

    def _write(self, block: Block, k: int, l: int, word: Word) -> None:
        """M(word) at block row k and block column l; of a diagonal block only the lower triangle."""
        d = self.scenario.dimension
        places = [(row, column) for row in range(d) for column in range(row + 1 if k == l else d)]
        known = self.known.get(word)
        if known is not None:
            block.constant += [(k * d + r, l * d + c, *known.entry(r, c)) for r, c in places]
            return
        moment, coefficients = self.moment(word), block.coefficients
        for row, column in places:
            for i, re, im in moment[row][column]:
                coefficients.setdefault(i, []).append((k * d + row, l * d + column, re, im))

    def moment(self, word: Word) -> Moment:
        """M(word): at [row][column] the entry as Σ y_i (re + i·im), a list of (i, re, im)."""
        found = self._moments.get(word)
        return self._new_moment(word) if found is None else found

    def _new_moment(self, word: Word) -> Moment:
        """Unknowns for M(word), which are those of M(word†) too."""
        d, self_adjoint = self.scenario.dimension, word == adjoint(word)
        moment: Moment = [[[] for _ in range(d)] for _ in range(d)]
        for part, re, im in (("real", 1, 0), ("imaginary", 0, 1)):
            for row in range(d):
                # A Hermitian moment is determined by the entries on and below its diagonal.
                for column in range(row + 1 - im if self_adjoint else d):
                    i = len(self.unknowns)
                    self.unknowns.append(Unknown(word, row, column, part))
                    moment[row][column].append((i, re, im))
                    if self_adjoint and row != column:
                        moment[column][row].append((i, re, -im))
        # M(u†) = M(u)†
        self._moments[adjoint(word)] = [
            [[(i, re, -im) for i, re, im in moment[column][row]] for column in range(d)]
            for row in range(d)
        ]
        self._moments[word] = moment
        return moment

    def element(self, label: Label, row: int, column: int) -> tuple[dict[int, int], dict[int, int]]:
        """Real and imaginary part of σ[label] at (row, column), as forms in the unknowns."""
        real: dict[int, int] = {}
        imaginary: dict[int, int] = {}
        for sign, independent in self.scenario.expansion(label):
            for i, re, im in self.moment(word_of(independent))[row][column]:
                real[i] = real.get(i, 0) + sign * re
                imaginary[i] = imaginary.get(i, 0) + sign * im
        return (
            {i: value for i, value in real.items() if value},
            {i: value for i, value in imaginary.items() if value},
        )

    def functional(self, coefficients: Elements) -> LinearForm:
        """F(σ) = Σ tr(F[label] σ[label]), as a form in the unknowns."""
        # Summed in integers over the common denominator of all matrices.
        common = lcm(*(matrix.denominator for matrix in coefficients.values()))
        form: dict[int, int] = {}
        for label, matrix in coefficients.items():
            parts = (matrix.real, matrix.imaginary_rows())
            for row in range(self.scenario.dimension):
                for column in range(row + 1):
                    # tr(Fσ) = Σ_r F_rr σ_rr + 2 Σ_{r>c} (Re F_rc Re σ_rc + Im F_rc Im σ_rc)
                    weight = (1 if row == column else 2) * common // matrix.denominator
                    for rows, part in zip(parts, self.element(label, row, column), strict=True):
                        for i, value in part.items():
                            form[i] = form.get(i, 0) + weight * rows[row][column] * value
        return {i: Fraction(value, common) for i, value in form.items() if value}

    def normalisation(self) -> Equation:
        """tr M(∅) = 1."""
        nobody: Label = (None,) * len(self.scenario.outcomes)
        trace: LinearForm = {}
        for k in range(self.scenario.dimension):
            trace.update(self.element(nobody, k, k)[0])
        return Equation("normalisation", trace, 1)
