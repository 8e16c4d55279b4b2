"""The assemblages of a report: those that certificates are about, and those of a reader's own files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from ..kernel.certificate import Claim
from ..kernel.field import sign
from ..literature.docket import DocketLine
from ..scenario import Elements, Label, Scenario, label_text, marginal
from ..show.terms import party
from ..statements import ValidAssemblage
from ..statements.assemblage import is_instrumental
from ..steering import AnyAssemblage, SequentialAssemblage
from ..steering.bloch import BlochVector, bloch_vectors
from .curves import Curve, curves

MOST_PANELS = 24  # of a Bloch picture
VALID = (" is a valid assemblage", " is valid", ": a valid assemblage")


@dataclass
class Example:
    """`shown` are the elements that a page prints: the independent ones, if `sums` over outcomes exist.

    They do not in instrumental and sequential scenarios. `valid` is the certificate of validity, None
    where there is none.
    """

    title: str
    scenario: Scenario
    table: Elements
    shown: Elements
    sums: bool
    of_file: bool = False
    valid: str | None = None
    curves: list[Curve] = field(default_factory=list)


class Drawn(NamedTuple):
    """One vector of a panel: its name for a legend, and its number of marker and colour."""

    name: str
    vector: BlochVector
    style: int


class Panel(NamedTuple):
    """Vectors that are drawn around one origin, and the reduced state that they add up to, if to one."""

    title: str
    drawn: list[Drawn]
    total: BlochVector | None


@dataclass(frozen=True)
class Bloch:
    """The picture of what one trusted qubit sees; `real` if all its vectors lie in the x-z plane.

    `settings` has a panel for each choice of inputs, `left_out` of them are not there; `marginals` one
    for each of several parties.
    """

    title: str
    settings: list[Panel]
    marginals: list[Panel]
    left_out: int
    real: bool
    vectors: dict[Label, BlochVector]


def examples(
    claims: Mapping[str, Claim], docket: Sequence[DocketLine], own: Mapping[str, AnyAssemblage]
) -> list[Example]:
    """One's own, by name; then those of certificates of validity, and of noise curves without one.

    These are in the order of the docket. Certificates that it names are
    meant only if their line is about validity.
    """
    lines = {name: line for line in reversed(docket) for name in line.certificates}
    order = {name: k for k, name in enumerate(n for line in docket for n in line.certificates)}
    ordered = sorted(claims, key=lambda name: order.get(name, len(order)))
    found = [_own(name, assemblage) for name, assemblage in own.items()]
    for name in ordered:
        line = lines.get(name)
        about = line is None or line.printed == "valid" or line.claim.endswith(VALID)
        if claims[name].kind == ValidAssemblage.KIND and about:
            read = ValidAssemblage.read(claims[name])
            example = _find(found, read.scenario, read.assemblage)
            if example is None:
                example = _example(_title(line, name, ".valid"), read.scenario, read.assemblage)
                found.append(example)
            example.valid = example.valid or name
    for curve in curves({name: claims[name] for name in ordered}):
        segment = curve.segment
        example = _find(found, segment.scenario, segment.assemblage)
        if example is None:
            line, name = lines.get(curve.lower_name), curve.lower_name
            example = _example(_title(line, name, ".upper"), segment.scenario, segment.assemblage)
            found.append(example)
        example.curves.append(curve)
    return found


def _title(line: DocketLine | None, name: str, ending: str) -> str:
    """What the docket calls the subject of a certificate, or the start of the file's name."""
    if line is None:
        return Path(name).stem.removesuffix(ending)
    title = line.claim
    for words in VALID:
        title = title.removesuffix(words)
    return capitalised(title)


def capitalised(text: str) -> str:
    """Starting with a capital, if it starts with a word and not with a formula."""
    word = text.partition(" ")[0]
    letters = word.replace("-", "")
    return text[:1].upper() + text[1:] if letters.isascii() and letters.isalpha() else text


def _find(found: Sequence[Example], scenario: Scenario, table: Elements) -> Example | None:
    return next((e for e in found if e.scenario == scenario and e.table == table), None)


def _example(title: str, scenario: Scenario, table: Elements) -> Example:
    if set(table) != set(scenario.labels()):
        return Example(title, scenario, table, table, sums=False)
    labels = sorted(scenario.collins_gisin_labels(), key=_by_parties)
    shown = {label: marginal(scenario, table, label) for label in labels}
    return Example(title, scenario, table, shown, sums=True)


def _by_parties(label: Label) -> tuple[object, ...]:
    """The reduced state, then the marginals of the first party, of the second, …, then the others."""
    asked = [p for p, part in enumerate(label.parties) if part is not None]
    inputs = [part[::-1] for part in label.parties if part is not None]
    return label.trusted or 0, len(asked), asked, inputs


def _own(name: str, assemblage: AnyAssemblage) -> Example:
    example = _example(name, assemblage.scenario, assemblage.table)
    if isinstance(assemblage, SequentialAssemblage):
        example = replace(example, shown=assemblage.table, sums=False)
    return replace(example, of_file=True)


def bloch_pictures(example: Example) -> list[Bloch]:
    """One for each trusted qubit."""
    found = bloch_vectors(example.scenario, example.table)
    bobs = [k for k, rows in enumerate(example.scenario.summands(), 1) if len(rows) == 2]
    several = len(example.scenario.summands()) > 1
    pictures = []
    for bob, vectors in zip(bobs, found, strict=True):
        settings = list(_settings(example, vectors))
        title = f"Trusted party {bob}" if several else ""
        kept, marginals = settings[:MOST_PANELS], list(_marginals(example, vectors))
        real = not any(sign(vector.y) for vector in vectors.values())
        pictures.append(Bloch(title, kept, marginals, len(settings) - len(kept), real, vectors))
    return pictures


def _settings(example: Example, vectors: Mapping[Label, BlochVector]) -> Iterator[Panel]:
    """The states of all outcomes, for each choice of inputs."""
    instrumental = is_instrumental(example.scenario, example.table)
    panels: dict[str, list[tuple[Label, BlochVector]]] = {}
    for label, vector in vectors.items():
        key = Label(label.parties) if instrumental else label
        panels.setdefault(label_text(key).partition("|")[2], []).append((label, vector))
    names = _input_names(example.scenario)
    for inputs, own in panels.items():
        drawn = [
            Drawn(label_text(label).partition("|")[0], vector, k)
            for k, (label, vector) in enumerate(own)
        ]
        words = inputs.split(" ")
        title = ", ".join(f"{name} = {x}" for name, x in zip(names, words, strict=False))
        # The outcomes of an instrumental assemblage are at different trusted inputs.
        yield Panel(title, drawn, None if instrumental else _sum(vector for _, vector in own))


def _input_names(scenario: Scenario) -> list[str]:
    """Of all inputs, the trusted party's last: x y z …, or x₁ x₂ … where they are many."""
    count = len(scenario.outcomes) + (scenario.trusted_inputs is not None)
    return list("xyz"[:count]) if count <= 3 else [f"x{k}" for k in range(1, count + 1)]


def _marginals(example: Example, vectors: Mapping[Label, BlochVector]) -> Iterator[Panel]:
    """For each of several parties, its own outcomes at every input, the others summed over."""
    scenario = example.scenario
    parties = len(scenario.outcomes)
    if parties < 2 or not example.sums or scenario.trusted_inputs is not None:
        return
    for p in range(parties):
        own = [(a, x) for x, count in enumerate(scenario.outcomes[p]) for a in range(count)]
        drawn = [
            Drawn(f"{a}|{x}", _marginal(vectors, p, (a, x)), style) for style, (a, x) in enumerate(own)
        ]
        total = _sum(d.vector for d, (_, x) in zip(drawn, own, strict=True) if x == 0)
        yield Panel(f"marginals of {party(scenario, p)}", drawn, total)


def _marginal(vectors: Mapping[Label, BlochVector], p: int, part: tuple[int, int]) -> BlochVector:
    """Of a no-signalling assemblage: the others at input 0."""
    return _sum(
        vector
        for label, vector in vectors.items()
        if label.parties[p] == part
        and all(other is None or other[1] == 0 for q, other in enumerate(label.parties) if q != p)
    )


def _sum(vectors: Iterable[BlochVector]) -> BlochVector:
    return BlochVector(*(sum(numbers, Fraction(0)) for numbers in zip(*vectors, strict=True)))
