"""What results say of themselves: a title and rows of names and values, as text, HTML and LaTeX.

Every number has the word "exact" or "enclosed" beside it; none is a bare float.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol, TypeAlias

from ..kernel.field import Algebraic, Number
from .latex import number_latex
from .mathml import number_mathml
from .plain import LONGEST, number_plain

Value: TypeAlias = Sequence[str | Number]  # words, and numbers between them
SHORT = 200  # characters of a text in one row, beyond which the plain form breaks off


@dataclass(frozen=True)
class Summary:
    """`rows` are shown everywhere; `hints` and `text` (a theorem) not in LaTeX, in full in HTML only."""

    title: str
    rows: Sequence[tuple[str, Value]]
    text: str = ""
    hints: Sequence[tuple[str, Value]] = ()

    def plain(self) -> str:
        """A line for the title, and one for each row."""
        theorem = [("theorem", [self.text])] if self.text else []
        rows = [*self.rows, *self.hints, *theorem]
        return "\n".join([self.title, *(f"  {name}: {_plain(value)}" for name, value in rows)])

    def html(self) -> str:
        rows = "".join(
            f'<dt style="opacity:0.75">{escape(name)}</dt>'
            f'<dd style="margin:0;min-width:0;overflow-wrap:anywhere">{_html(value)}</dd>'
            for name, value in (*self.rows, *self.hints)
        )
        grid = "display:grid;grid-template-columns:fit-content(35%) 1fr;gap:0.2em 1em;margin:0.5em 0"
        text = f"<p>{escape(self.text)}</p>" if self.text else ""
        if len(self.text) > 2 * SHORT:
            text = f"<details><summary>Theorem: {escape(_short(self.text))}</summary>{text}</details>"
        title = f"<strong>{escape(self.title)}</strong>"
        return f'<div style="overflow-wrap:anywhere">{title}<dl style="{grid}">{rows}</dl>{text}</div>'

    def latex(self) -> str:
        r"""An array for MathJax, between dollar signs."""
        rows = [rf"{_text(name)} & {_latex(value)}" for name, value in self.rows]
        body = " \\\\\n".join([rf"\textbf{{{_escaped(self.title)}}} &", *rows])
        return f"$$\n\\begin{{array}}{{ll}}\n{body}\n\\end{{array}}\n$$"


class Summarised:
    """Results with a `summary`: short text on the terminal, HTML and LaTeX in a notebook."""

    def summary(self) -> Summary:
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.summary().plain()

    def _repr_html_(self) -> str:
        return self.summary().html()

    def _repr_latex_(self) -> str:
        return self.summary().latex()


def exact(number: Number) -> Value:
    return [number, " (exact)"]


def enclosed(lower: Number, upper: Number) -> Value:
    return ["between ", lower, " and ", upper, " (enclosed)"]


def claimed(claim_sha256: str, size: int) -> Value:
    """A certificate in a row: by which its claim is known, and how large the file is."""
    return [f"claim sha256 {claim_sha256}, {_bytes(size)}"]


def proof_summary(theorem: str, claim_sha256: str, size: int) -> Summary:
    return Summary(
        "Proof, accepted by the kernel",
        [
            ("claim sha256", [claim_sha256]),
            ("size of the file", [_bytes(size)]),
        ],
        theorem,
        [
            ("save", ['Path("proof.json").write_bytes(proof.bytes())']),
            ("check", ["python -m exactsteer.kernel proof.json"]),
        ],
    )


class Certified(Protocol):
    """What `prover.prove.Proof` is; this room does not know the prover."""

    @property
    def theorem(self) -> str: ...

    def known_by(self) -> tuple[str, int]: ...


def verdict_summary(words: str, proofs: Mapping[str, Certified], theorem: str = "") -> Summary:
    """Of a classification: what it says, in lines; its proofs by name; the theorem of the verdict."""
    title, *remarks = words.splitlines()
    rows: list[tuple[str, Value]] = [("remark", [line.strip()]) for line in remarks]
    rows += [(f"proof: {name}", claimed(*proof.known_by())) for name, proof in proofs.items()]
    return Summary(f"Classification: {title}", rows, theorem)


def _bytes(size: int) -> str:
    return f"{size:,} bytes"


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"


def _plain(value: Value) -> str:
    return _short("".join(piece if isinstance(piece, str) else number_plain(piece) for piece in value))


def _html(value: Value) -> str:
    return "".join(escape(piece) if isinstance(piece, str) else _number_html(piece) for piece in value)


def _number_html(number: Number) -> str:
    return number_mathml(number) if isinstance(number, Algebraic) else escape(number_plain(number))


def _latex(value: Value) -> str:
    return "".join(_text(piece) if isinstance(piece, str) else _number_latex(piece) for piece in value)


def _number_latex(number: Number) -> str:
    text = number_plain(number)
    if isinstance(number, Algebraic) and len(text) <= LONGEST:
        return number_latex(number)
    return re.sub(r"\.\.\.", r"\\ldots", text)


def _text(words: str) -> str:
    return rf"\text{{{_escaped(_short(words))}}}"


def _escaped(words: str) -> str:
    """Without what LaTeX would read as a command; MathJax does not know escapes in text."""
    return re.sub(r"[#$%&_{}^~\\]", " ", words)
