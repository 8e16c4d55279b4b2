"""Exact numbers, matrices and elements as MathML, for pages: fragments without script or style sheet.

All that a page shows is in the fragment. Lines and text have the colour of what is around them, so
that light and dark pages are served alike; what is too wide scrolls by itself.
"""

from __future__ import annotations

from html import escape

from ..kernel.field import Field, Number, Q
from ..kernel.matrix import Matrix
from ..scenario import Elements, Scenario
from .terms import (
    Name,
    Notation,
    Sum,
    Term,
    are_decimals,
    defining,
    factored,
    field_that_shows,
    named,
    places,
    spelled,
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
    '<mrow><mo>−</mo><mfrac><mrow><mn>1</mn></mrow><mn>8</mn></mfrac></mrow>'
    """
    return _MATH.format(_row(spelled(taken_apart(number), _NOTATION)))


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
    polynomial = _MATH.format(_row(spelled(defining(field), _NOTATION, generator="x")))
    low, high = number_mathml(field.low), number_mathml(field.high)
    return f"{_MATH.format('<mi>a</mi>')} is the root of {polynomial} between {low} and {high}."


def _row(text: str) -> str:
    return f"<mrow>{text}</mrow>"


_NOTATION = Notation(
    number="<mn>{}</mn>".format,
    root="<msqrt>{}</msqrt>".format,
    power=lambda a, k: f"<mi>{a}</mi>" if k == 1 else f"<msup><mi>{a}</mi><mn>{k}</mn></msup>",
    fraction="<mfrac><mrow>{}</mrow>{}</mfrac>".format,
    group='<mrow><mo stretchy="false">(</mo>{}<mo stretchy="false">)</mo></mrow>'.format,
    unit="<mi>i</mi>",
    plus="<mo>+</mo>",
    minus="<mo>−</mo>",
    negative="<mo>−</mo>",
)


def _matrix(matrix: Matrix, decimals: bool) -> str:
    denominator, rows = factored(matrix, decimals)
    digits = places(matrix) if decimals else None
    cells = "".join(
        _tag("mtr", "".join(_tag("mtd", _row(spelled(entry, _NOTATION, digits))) for entry in row))
        for row in rows
    )
    if matrix.shape == (1, 1):
        return _row(spelled(rows[0][0], _NOTATION, digits))
    table = f'<mrow><mo stretchy="true">(</mo>{_tag("mtable", cells)}<mo stretchy="true">)</mo></mrow>'
    if denominator == 1:
        return table
    return _row(spelled(Sum((Term(1),), denominator), _NOTATION) + table)


def _tag(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag}>"


def _name(own: Name) -> str:
    letter = f"<mi>{escape(own.letter)}</mi>"
    above, below = (f"<mtext>{escape(text)}</mtext>" for text in (own.above, own.below))
    if own.above and own.below:
        return f"<msubsup>{letter}{below}{above}</msubsup>"
    if own.above or own.below:
        tag = "sup" if own.above else "sub"
        return f"<m{tag}>{letter}{above if own.above else below}</m{tag}>"
    return letter
