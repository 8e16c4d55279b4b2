"""Exact numbers, matrices and elements as MathML, for pages: fragments without script or style sheet.

All that a page shows is in the fragment. Lines and text have the colour of what is around them, so
that light and dark pages are served alike; what is too wide scrolls by itself.
"""

from __future__ import annotations

from html import escape

from ..kernel.field import Field, Number, Q
from ..kernel.matrix import Matrix
from ..kernel.numbers import integer_text
from ..scenario import Elements, Scenario
from .terms import (
    Name,
    Sum,
    Term,
    are_decimals,
    entries,
    factored,
    field_that_shows,
    named,
    number_text,
    square_root,
    taken_apart,
)

_MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
_WRAP = "display:flex;flex-wrap:wrap;gap:1em 2.5em;align-items:center;margin:1em 0"
_ITEM = "max-width:100%;overflow-x:auto;overflow-y:hidden;padding:0.2em 0"


def number_mathml(number: Number) -> str:
    """A `<math>` element with the exact number.

    >>> from fractions import Fraction
    >>> number_mathml(Fraction(-1, 8))[49:-7]
    '<mrow><mo>−</mo><mfrac><mn>1</mn><mn>8</mn></mfrac></mrow>'
    """
    return _MATH.format(_sum(taken_apart(number), False))


def matrix_mathml(matrix: Matrix) -> str:
    """A `<math>` element with the exact matrix.

    Rational entries are fractions, or decimals where all are decimals of a few places; a common
    denominator stands before the matrix where that is shorter. Over a quadratic field there is √n,
    over another one the generator a, of which `field_mathml` says what it is.
    """
    return _MATH.format(_matrix(matrix, are_decimals([matrix])))


def elements_mathml(scenario: Scenario, elements: Elements, symbol: str = "σ") -> str:
    """Every element as an equation, side by side as far as there is room, in a `<div>`.

    With the symbol σ the reduced state is ρ. What a is, is said once, below.
    """
    decimals = are_decimals(elements.values())
    reduced = "ρ" if symbol == "σ" else symbol
    items = [
        f'<div style="{_ITEM}">'
        + _MATH.format(f"<mrow>{_name(own)}<mo>=</mo>{_matrix(matrix, decimals)}</mrow>")
        + "</div>"
        for own, matrix in named(scenario, elements, symbol, reduced)
    ]
    field = field_that_shows(elements.values())
    note = f"<p>{field_mathml(field)}</p>" if field != Q and square_root(field) is None else ""
    return f'<div style="{_WRAP}">{"".join(items)}</div>{note}'


def field_mathml(field: Field) -> str:
    """What the generator a is, as a phrase with `<math>` elements."""
    x = [Sum((Term(c),)) if not k else _power(c, k) for k, c in enumerate(field.polynomial) if c]
    text = _sum(Sum(tuple(t for part in reversed(x) for t in part.terms)), False, "x")
    low, high = number_mathml(field.low), number_mathml(field.high)
    return f"{_MATH.format('<mi>a</mi>')} is the root of {_MATH.format(text)} between {low} and {high}."


def _power(coefficient: int, k: int) -> Sum:
    return Sum((Term(coefficient, power=k),))


def _matrix(matrix: Matrix, decimals: bool) -> str:
    denominator, rows = 1, entries(matrix)
    if not decimals:
        found = factored(matrix)
        denominator, rows = found.denominator, found.rows
    cells = "".join(
        "<mtr>" + "".join(f"<mtd>{_sum(entry, decimals)}</mtd>" for entry in row) + "</mtr>"
        for row in rows
    )
    table = f'<mrow><mo stretchy="true">(</mo><mtable>{cells}</mtable><mo stretchy="true">)</mo></mrow>'
    if denominator == 1:
        return table
    return f"<mrow><mfrac><mn>1</mn><mn>{integer_text(denominator)}</mn></mfrac>{table}</mrow>"


def _sum(value: Sum, decimals: bool, generator: str = "a") -> str:
    """One element: terms with their signs, over the denominator."""
    if not value.terms:
        return "<mn>0</mn>"
    below = 1 if decimals else value.denominator
    # The sign of a single term stands before the fraction.
    outside = len(value.terms) == 1
    first = value.terms[0].coefficient < 0
    text = ""
    for k, term in enumerate(value.terms):
        if k:
            text += f"<mo>{'−' if term.coefficient < 0 else '+'}</mo>"
        elif first and not (outside and below > 1):
            text += "<mo>−</mo>"
        text += _term(term, decimals, value.denominator, generator)
    if below > 1:
        text = f"<mfrac><mrow>{text}</mrow><mn>{integer_text(below)}</mn></mfrac>"
        if outside and first:
            text = f"<mo>−</mo>{text}"
    return f"<mrow>{text}</mrow>"


def _term(term: Term, decimals: bool, denominator: int, generator: str) -> str:
    size = number_text(term, decimals, denominator)
    text = f"<mn>{size}</mn>" if size != "1" or term.is_integer else ""
    if term.root > 1:
        text += f"<msqrt><mn>{integer_text(term.root)}</mn></msqrt>"
    if term.power:
        text += (
            f"<mi>{generator}</mi>"
            if term.power == 1
            else f"<msup><mi>{generator}</mi><mn>{term.power}</mn></msup>"
        )
    return text + ("<mi>i</mi>" if term.imaginary else "")


def _name(own: Name) -> str:
    letter = f"<mi>{escape(own.letter)}</mi>"
    above, below = (f"<mtext>{escape(text)}</mtext>" for text in (own.above, own.below))
    if own.above and own.below:
        return f"<msubsup>{letter}{below}{above}</msubsup>"
    if own.above or own.below:
        tag = "sup" if own.above else "sub"
        return f"<m{tag}>{letter}{above if own.above else below}</m{tag}>"
    return letter
