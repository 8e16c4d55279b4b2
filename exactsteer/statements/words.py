"""Words: products of measurement operators, and the sets of them that levels are made of.

Each input x of a party stands for a family of matrix units N_rc with N_rc N_st = δ_cs N_rt,
N_rc† = N_cr and Σ_r N_rr = 1. A projective measurement has the diagonal units only, E_a = N_aa. A
trusted party with input has all of them, one copy for each input y:
N^y_rc = U_y†(|r⟩⟨c| ⊗ 1)U_y, with the unitary U_y of a Stinespring dilation of its channel E_y, so
that tr(|r⟩⟨c| E_y[ρ]) = tr(N^y_rc ρ). (The isometries of the dilations of all E_y can be completed to
unitaries of one space, which is as large as one likes.) Nothing relates the units of different
inputs; operators of different parties commute.

The last unit of each input, N_kk with the largest k, is 1 minus the others. A word in the letters
that are left, never two of one input in a row, is reduced; reduced words are independent.

Source: Postquantum steering, Appendix A; Navascués, Pironio, Acín, NJP 10, 073013 (2008).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import ClassVar, NamedTuple, TypeAlias

from ..kernel.errors import Declined, Malformed
from ..kernel.numbers import integer_text, parse_integer
from ..kernel.reading import Json, read_list, read_text
from ..scenario import Label, Scenario

LARGEST_WORD_SET = 512  # words, letters of a party, and words of a list before they are reduced
LONGEST_WORD = 32  # letters of one party in a word that is given
LONGEST_NAME = 64


class Letter(NamedTuple):
    """The unit N_rc of an input; the projector E_{a|x} is (a, a, x)."""

    row: int
    column: int
    input: int

    def __str__(self) -> str:
        row, column, setting = map(integer_text, self)
        return f"{row}|{setting}" if row == column else f"{row},{column}|{setting}"


Letters: TypeAlias = tuple[Letter, ...]  # of one party, in order
Word: TypeAlias = tuple[Letters, ...]  # for each party, the trusted one with input last
Polynomial: TypeAlias = dict[Word, int]


def projector(outcome: int, setting: int) -> Letter:
    return Letter(outcome, outcome, setting)


@dataclass(frozen=True)
class Party:
    """For each input the number of diagonal units; `complete` if it has the others too."""

    sizes: tuple[int, ...]
    complete: bool = False

    @property
    def count(self) -> int:
        """The number of its independent letters."""
        return sum((size**2 if self.complete else size) - 1 for size in self.sizes)

    def letters(self) -> Iterator[Letter]:
        """The independent letters: all units but the last of each input."""
        for x, size in enumerate(self.sizes):
            for r in range(size):
                for c in range(size) if self.complete else [r]:
                    if (r, c) != (size - 1, size - 1):
                        yield Letter(r, c, x)

    def has(self, letter: Letter) -> bool:
        inside = letter.input < len(self.sizes) and max(letter[:2]) < self.sizes[letter.input]
        return inside and (self.complete or letter.row == letter.column)

    def times(self, left: Letters, right: Letters) -> dict[Letters, int]:
        """The product of two reduced words, as a sum of reduced words."""
        if not left or not right or left[-1].input != right[0].input:
            return {left + right: 1}
        if left[-1].column != right[0].row:
            return {}
        return self._between(left[:-1], Letter(left[-1].row, right[0].column, left[-1].input), right[1:])

    def _between(self, left: Letters, letter: Letter, right: Letters) -> dict[Letters, int]:
        """left·letter·right, where only the letter may be a last unit."""
        r, c, x = letter
        if not r == c == self.sizes[x] - 1:
            return {(*left, letter, *right): 1}
        result = self.times(left, right)
        for k in range(r):
            longer: Letters = (*left, Letter(k, k, x), *right)
            result[longer] = -1
        return result

    def reduced(self, letters: Letters) -> dict[Letters, int]:
        """Any product of letters as a sum of reduced words."""
        result: dict[Letters, int] = {(): 1}
        for letter in letters:
            longer: dict[Letters, int] = {}
            for word, weight in result.items():
                for single, sign in self._between((), letter, ()).items():
                    for other, coefficient in self.times(word, single).items():
                        longer[other] = longer.get(other, 0) + weight * sign * coefficient
            result = {word: weight for word, weight in longer.items() if weight}
            if len(result) > LARGEST_WORD_SET:
                raise Declined(f"a word that is a sum of more than {LARGEST_WORD_SET} words")
        return result


def parties_of(scenario: Scenario) -> list[Party]:
    """The parties whose operators make words: a trusted party without input has none."""
    parties = [Party(outcomes) for outcomes in scenario.outcomes]
    if scenario.trusted_inputs is not None:
        parties.append(Party((scenario.dimension,) * scenario.trusted_inputs, True))
    return parties


def tensor(factors: Iterable[dict[Letters, int]]) -> Polynomial:
    """The product of one sum of words of each party."""
    terms = product(*(factor.items() for factor in factors))
    return {tuple(word for word, _ in term): prod(w for _, w in term) for term in terms}


def adjoint(word: Word) -> Word:
    """The word read backwards, each unit transposed."""
    return tuple(adjoint_letters(letters) for letters in word)


def adjoint_letters(letters: Letters) -> Letters:
    return tuple(Letter(c, r, x) for r, c, x in letters[::-1])


def word_of(label: Label) -> Word:
    """The projectors of a label, the trusted party's units aside."""
    return tuple(() if part is None else (projector(*part),) for part in label.parties)


def word_text(word: Word) -> str:
    """`0|0 1|1; _` for E_{0|0} E_{1|1} of the first of two parties."""
    return "; ".join(" ".join(map(str, letters)) or "_" for letters in word)


_LETTER = re.compile(r"([0-9]+)(?:,([0-9]+))?\|([0-9]+)")


def parse_word(text: str, parties: list[Party]) -> Word:
    """Inverse of `word_text`, for any letters of the parties; raises ValueError, or Declined."""
    halves = text.split("; ")
    if len(halves) != len(parties):
        raise ValueError(f"word {text[:40]!r} is not one of {len(parties)} parties, separated by '; '")
    word = []
    for number, (half, party) in enumerate(zip(halves, parties, strict=True)):
        letters: list[Letter] = []
        if half.count(" ") >= LONGEST_WORD:
            raise Declined(f"a word of more than {LONGEST_WORD} letters of party {number + 1}")
        for spelled in half.split(" ") if half != "_" else []:
            found = _LETTER.fullmatch(spelled)
            if found is None:
                raise ValueError(f"letter {spelled[:20]!r} is not of the form outcome|input")
            if found[1] == found[2]:
                raise ValueError(f"letter {spelled[:20]!r} is written {found[1]}|{found[3]}")
            row, column, setting = (parse_integer(n) for n in (found[1], found[2] or found[1], found[3]))
            letters.append(Letter(row, column, setting))
            if not party.has(letters[-1]):
                raise ValueError(f"party {number + 1} has no letter {spelled[:20]!r} in this scenario")
        word.append(tuple(letters))
    return tuple(word)


@dataclass(frozen=True)
class WordSet:
    """A set of words, by its name or by the words themselves; it has the empty word.

    `words` are reduced, each once, in the order that the name or the list gives.
    """

    holds_quantum: ClassVar[bool] = True

    name: str | tuple[str, ...]
    words: tuple[Word, ...]

    def json(self) -> Json:
        return self.name if isinstance(self.name, str) else list(self.name)

    def __str__(self) -> str:
        """What stands before "assemblage"."""
        if not isinstance(self.name, str):
            return "moment-matrix (words of this claim)"
        return self.name if self.name == ALMOST_QUANTUM else f"level-{self.name}"


ALMOST_QUANTUM = "almost-quantum"
LEVEL_GRAMMAR = (
    f"'{ALMOST_QUANTUM}', or terms such as '1+AB', '2', '2+AAB' (a number up to 9: all words of at "
    "most that length; letters: words with that many operators of the parties A, B, ...)"
)
_LEVEL = re.compile(r"(?:[1-9]|[A-Z]+)(?:\+(?:[1-9]|[A-Z]+))*")


def word_set(scenario: Scenario, name: str | tuple[str, ...]) -> WordSet:
    """The set of that name, or of these words.

    A word that is given stands for the reduced words that it is a sum of: none if it vanishes,
    several if it has last units. So words that vanish, or that are equal to others, do no harm.
    Raises ValueError on a word or party that the scenario has not, Declined on an unknown name or
    too large a set.
    """
    parties = parties_of(scenario)
    if max(len(name), *(party.count for party in parties)) > LARGEST_WORD_SET:
        raise Declined(f"more than {LARGEST_WORD_SET} words, or operators of a party")
    given: Iterable[Word]
    if not isinstance(name, str):
        parsed = (parse_word(text, parties) for text in name)
        given = (
            word
            for letters in parsed
            for word in product(*(p.reduced(own) for p, own in zip(parties, letters, strict=True)))
        )
    elif name == ALMOST_QUANTUM:
        given = almost_quantum_words(parties)
    elif len(name) <= LONGEST_NAME and _LEVEL.fullmatch(name):
        given = (word for term in name.split("+") for word in _words_of_term(parties, term))
    else:
        raise Declined(f"{name[:40]!r} is not a level: write {LEVEL_GRAMMAR}")
    words: dict[Word, None] = {nothing(parties): None}
    for word in given:
        words[word] = None
        if len(words) > LARGEST_WORD_SET:
            raise Declined(f"a set of more than {LARGEST_WORD_SET} words")
    return WordSet(name, tuple(words))


def nothing(parties: list[Party]) -> Word:
    """The empty word."""
    return tuple(() for _ in parties)


def almost_quantum_words(parties: list[Party]) -> Iterator[Word]:
    """S of Eq. 8 for any number of parties: at most one letter of each."""
    return product(*([(), *((letter,) for letter in party.letters())] for party in parties))


def _words_of_term(parties: list[Party], term: str) -> Iterator[Word]:
    if term.isdigit():
        layer: dict[Word, None] = {nothing(parties): None}
        for _ in range(int(term)):
            yield from layer
            layer = {word: None for shorter in layer for word in _longer(parties, shorter)}
        yield from layer
        return
    counts = [term.count(chr(ord("A") + p)) for p in range(len(parties))]
    if sum(counts) != len(term):
        raise ValueError(
            f"level {term[:20]!r}: the parties of this scenario are A to {chr(64 + len(parties))}"
        )
    yield from product(*(_of_length(p, n) for p, n in zip(parties, counts, strict=True)))


def _longer(parties: list[Party], word: Word) -> Iterator[Word]:
    """The reduced words with one more letter, at the end of one party."""
    for p, party in enumerate(parties):
        for letter in party.letters():
            if not word[p] or word[p][-1].input != letter.input:
                yield (*word[:p], (*word[p], letter), *word[p + 1 :])


def _of_length(party: Party, length: int) -> list[Letters]:
    words: list[Letters] = [()]
    for _ in range(length):
        words = [longer for shorter in words for (longer,) in _longer([party], (shorter,))]
        if len(words) > LARGEST_WORD_SET:
            raise Declined(f"a set of more than {LARGEST_WORD_SET} words")
    return words


def read_words(value: Json, scenario: Scenario, place: str) -> WordSet:
    """The name of a set of words, or a list of words."""
    try:
        if isinstance(value, list):
            texts = (read_text(item, f"{place}[{k}]") for k, item in enumerate(read_list(value, place)))
            return word_set(scenario, tuple(texts))
        return word_set(scenario, read_text(value, place))
    except ValueError as error:
        raise Malformed(place, str(error)) from None
    except (Declined, OverflowError) as error:
        raise Declined(f"{place}: {error}") from None
