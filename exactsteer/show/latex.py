r"""Exact numbers, matrices and tables of elements as LaTeX, ready to paste; amsmath is all they need."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..kernel.field import Field, Number, Q
from ..kernel.matrix import Matrix
from ..kernel.numbers import integer_text
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
    real_and_imaginary,
    spelled,
    square_root,
    taken_apart,
)

LINE = 68  # digits of normal size in a line of 345 pt, as `article` has it
MOST_COLUMNS = 4  # of equations
LARGEST_PMATRIX = 10  # columns, unless a counter is set that MathJax does not know
# Sizes of type for equations that are too wide, and how wide a digit of Computer Modern then is.
SIZES = {r"\small": 0.93, r"\footnotesize": 0.85, r"\scriptsize": 0.8, r"\tiny": 0.68}
HARD_TO_READ = (r"\scriptsize", r"\tiny")
BESIDE = " \\\\\n  &\\quad + "  # the imaginary part stands below the real one
SIGN_AND_UNIT, BETWEEN = 6.0, 2.0  # before an imaginary part; between columns of equations
GAP, NARROW_GAP = 2.0, 0.8  # between columns of a matrix, in digits of normal size
STRETCH = r"\renewcommand{\arraystretch}{1.15}"  # so that fractions do not touch
EQUALS_AND_BRACKETS = 5.7
NARROW = r"\setlength{\arraycolsep}{2pt}"

_NOTATION = Notation(
    number=str,
    root=r"\sqrt{{{}}}".format,
    power=lambda a, k: a if k == 1 else f"{a}^{{{k}}}",
    fraction=r"\frac{{{}}}{{{}}}".format,
    group="({})".format,
    unit="i",
    plus=" + ",
    minus=" - ",
    negative="-",
)


MATHS = {
    "|": "|", "⟩": r"\rangle ", "⟨": r"\langle ", "√": r"\surd ", "±": r"\pm ", "−": "-", "→": r"\to ",
    "≥": r"\geq ", "≤": r"\leq ", "⊗": r"\otimes ", "⊕": r"\oplus ", "∞": r"\infty ", "σ": r"\sigma ",
    "ψ": r"\psi ", "φ": r"\varphi ", "Φ": r"\Phi ", "Ψ": r"\Psi ", "ε": r"\varepsilon ",
    "λ": r"\lambda ", "Λ": r"\Lambda ", "Π": r"\Pi ",
    "ν": r"\nu ", "Σ": r"\Sigma ", "ρ": r"\rho ", "ω": r"\omega ",
    "⁺": "^+", "⁻": "^-", "<": "<", ">": ">", "₁": "_1", "₂": "_2", "²": "^2",
}  # fmt: skip
TEXT = {c: rf"\{c}" for c in "%&#_{}$"} | {c: f"${own}$" for c, own in MATHS.items()}
TEXT |= {"^": r"\^{}", "~": r"\~{}", "\\": r"\textbackslash{}"}


def number_latex(number: Number) -> str:
    r"""The exact number, for mathematical mode.

    >>> from fractions import Fraction
    >>> print(number_latex(Fraction(-1, 8)))
    -\frac{1}{8}
    """
    return spelled(taken_apart(number), _NOTATION)


def matrix_latex(matrix: Matrix) -> str:
    r"""The exact matrix, for mathematical mode; a 1×1 matrix is a number.

    Rational entries are fractions, or decimals where all are decimals of a few places; a common
    denominator stands before the matrix where that is shorter. Over a quadratic field there is √n,
    over another one the generator a, of which `field_latex` says what it is.

    >>> from exactsteer.kernel.matrix import rational_matrix
    >>> print(matrix_latex(rational_matrix(8, [[1, 0], [0, 3]], [[0, -3], [3, 0]])))
    \frac{1}{8}\begin{pmatrix} 1 & -3i \\ 3i & 3 \end{pmatrix}
    """
    return _matrix(matrix, are_decimals([matrix]))


def elements_latex(
    scenario: Scenario, elements: Elements, symbol: str = r"\sigma", title: str = "Elements"
) -> str:
    r"""Every element as an equation, in an `align*` of as many columns as a page has room for.

    With the symbol \sigma the reduced state is \rho. Comments say what it is, scenario and field; what
    is wider than a page is set in smaller type, or as real and imaginary part; long tables break.

    >>> from exactsteer.kernel.matrix import identity
    >>> from exactsteer.scenario import Label
    >>> elements = {Label((None, (0, 1))): identity(2)}
    >>> print(elements_latex(Scenario(((2, 2), (2, 2)), 2), elements).splitlines()[-3].strip())
    \sigma^{\mathrm{B}}_{0|1} &= \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}
    """
    field = field_that_shows(elements.values())
    layout = _layout(scenario, elements, symbol)
    lines = [
        rf"% {title}; all entries are exact. \usepackage{{amsmath}}",
        f"% Scenario: {scenario}.",
        f"% Field: {_field_comment(field)}",
        r"\begingroup\allowdisplaybreaks" + layout.setting + STRETCH,
        r"\begin{align*}",
        *_rows(scenario, elements, symbol, layout),
        r"\end{align*}",
        r"\par\endgroup",
    ]
    if field != Q and square_root(field) is None:
        lines.append(field_latex(field))
    return "\n".join(lines) + "\n"


def elements_mathjax(scenario: Scenario, elements: Elements, symbol: str = r"\sigma") -> str:
    """The same equations as MathJax shows them in a notebook: one column, between dollar signs."""
    rows = "\n".join(_rows(scenario, elements, symbol, _Layout("", 1, False)))
    field = field_that_shows(elements.values())
    note = f"\n\n{field_latex(field)}" if field != Q and square_root(field) is None else ""
    return f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$" + note


def field_latex(field: Field) -> str:
    r"""What the generator a is, as a sentence.

    >>> from fractions import Fraction
    >>> print(field_latex(Field((-2, 0, 0, 1), Fraction(1), Fraction(2))))
    Here $a$ is the root of $x^{3} - 2$ between $1$ and $2$.
    """
    polynomial = spelled(defining(field), _NOTATION, generator="x")
    return (
        f"Here $a$ is the root of ${polynomial}$ between ${number_latex(field.low)}$ "
        f"and ${number_latex(field.high)}$."
    )


def _field_comment(field: Field) -> str:
    if field == Q:
        return "Q(i), that is rational real and imaginary parts."
    surd = square_root(field)
    return f"Q(sqrt({surd[2]}))(i)." if surd else f"Q(a)(i), a {field}."


def _rows(scenario: Scenario, elements: Elements, symbol: str, layout: _Layout) -> list[str]:
    """Equations side by side, a line of LaTeX each."""
    decimals = are_decimals(elements.values())
    equations = [
        f"  {_name(own)} &= " + BESIDE.join(_matrix(part, decimals, unit) for part, unit in parts)
        for own, parts in _equations(scenario, elements, symbol, layout.split)
    ]
    last = len(equations) - 1
    columns = layout.columns
    ends = [r" \\" if k % columns == columns - 1 else " &" for k in range(last)] + [""]
    return [equation + end for equation, end in zip(equations, ends, strict=True)]


def _equations(
    scenario: Scenario, elements: Elements, symbol: str, split: bool
) -> list[tuple[Name, list[tuple[Matrix, str]]]]:
    """Each name, and the matrices of which its element is the sum, each with its factor: none, or i."""
    decimals = are_decimals(elements.values())
    result = []
    for own, matrix in named(scenario, elements, symbol, _reduced(symbol)):
        parts = [(matrix, "")]
        if split and _width(own, matrix, decimals) + GAP * (matrix.shape[1] - 1) > LINE:
            real, imaginary = real_and_imaginary(matrix)
            parts = [(real, "")] + [(imaginary, _NOTATION.unit)] * (not imaginary.vanishes)
        result.append((own, parts))
    return result


def _reduced(symbol: str) -> str:
    return r"\rho" if symbol == r"\sigma" else symbol


class _Layout(NamedTuple):
    """What to set before the equations, how many stand side by side, and whether those that are too
    wide are written as real part + i·imaginary part, in two lines."""

    setting: str
    columns: int
    split: bool


def _layout(scenario: Scenario, elements: Elements, symbol: str) -> _Layout:
    """The first of these that fits: columns, one column, smaller type, split, split in smaller type."""
    decimals = are_decimals(elements.values())
    for split in (False, True):
        widths = [
            (_width(own, part, decimals) + SIGN_AND_UNIT * bool(unit), part.shape[1] - 1)
            for own, parts in _equations(scenario, elements, symbol, split)
            for part, unit in parts
        ]
        room = [width + GAP * gaps for width, gaps in widths]
        for columns in range(1 if split else min(MOST_COLUMNS, len(room)), 0, -1):
            if sum(max(room[k::columns]) + BETWEEN for k in range(columns)) <= LINE + BETWEEN:
                return _Layout("", columns, split)
        for size, factor in SIZES.items():
            readable = split or size not in HARD_TO_READ
            narrow = max((w * factor + NARROW_GAP * gaps for w, gaps in widths), default=0.0)
            if readable and narrow <= LINE:
                return _Layout(size + NARROW, 1, split)
    return _Layout(size + NARROW, 1, True)


def _width(own: Name, matrix: Matrix, decimals: bool) -> float:
    """About how wide an equation is, in digits, without the gaps between columns."""
    denominator, rows = factored(matrix, decimals)
    digits = places(matrix) if decimals else None
    cells = [[_cell_width(entry, digits) for entry in row] for row in rows]
    before = len(integer_text(denominator)) if denominator > 1 else 0
    name = 1 + 0.7 * max(len(own.above), len(own.below))
    inside: float = sum(max(column) for column in zip(*cells, strict=True))
    return inside + before + name + EQUALS_AND_BRACKETS


def _cell_width(entry: Sum, digits: int | None) -> float:
    if digits is None and entry.denominator > 1:
        # Fractions in a matrix are set in smaller type.
        return 0.7 * max(entry.width_above(), entry.width_below)
    return entry.width_above(digits)


def _matrix(matrix: Matrix, decimals: bool, unit: str = "") -> str:
    """The matrix, times i if that is the unit."""
    denominator, rows = factored(matrix, decimals)
    digits = places(matrix) if decimals else None
    cells = r" \\ ".join(" & ".join(spelled(entry, _NOTATION, digits) for entry in row) for row in rows)
    if matrix.shape == (1, 1):
        return f"{unit}({cells})" if unit else cells
    if matrix.shape[1] <= LARGEST_PMATRIX:
        table = rf"\begin{{pmatrix}} {cells} \end{{pmatrix}}"
    else:
        columns = "c" * matrix.shape[1]
        table = rf"\left(\begin{{array}}{{{columns}}} {cells} \end{{array}}\right)"
    if denominator == 1:
        return unit + table
    factor = Sum((Term(1, imaginary=bool(unit)),), denominator)
    return spelled(factor, _NOTATION) + table


def _name(own: Name) -> str:
    above, below = (_upright(text) for text in (own.above, own.below))
    return own.letter + (f"^{{{above}}}" if above else "") + (f"_{{{below}}}" if below else "")


def text_latex(text: str) -> str:
    """Running text with the symbols of our claims, for pdflatex; others stay as they are.

    >>> print(text_latex("50 % of |01⟩ - i|10⟩"))
    50 \\% of $|$01$\\rangle $ - i$|$10$\\rangle $
    """
    return "".join(TEXT.get(c, c) for c in text)


def _upright(text: str) -> str:
    return re.sub(r"[A-Z]+", lambda letters: rf"\mathrm{{{letters[0]}}}", text)
