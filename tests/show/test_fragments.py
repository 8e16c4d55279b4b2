"""Numbers as MathML, LaTeX and text, read back and compared exactly; labels; what is printed how."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown import biased, every_kind

from exactsteer.constructions.states import white_noise
from exactsteer.exact.algebraic import Complex, NumberReader, number_reader
from exactsteer.kernel.field import Field, Number, Q, number
from exactsteer.kernel.matrix import Matrix, identity, matrix_of, rational_matrix
from exactsteer.literature.examples import pr_box
from exactsteer.literature.formalism import assemblage as formalism_assemblage
from exactsteer.literature.postquantum_steering import table_1
from exactsteer.scenario import Label, Scenario
from exactsteer.show.latex import elements_latex, elements_mathjax, matrix_latex, number_latex
from exactsteer.show.mathml import elements_mathml, field_mathml, matrix_mathml, number_mathml
from exactsteer.show.plain import field_plain, number_plain
from exactsteer.show.terms import square_root

M = "{http://www.w3.org/1998/Math/MathML}"
ROOT_2 = Field((-2, 0, 1), Fraction(1), Fraction(2))
NEGATIVE = Field((-7, 4, 1), Fraction(-6), Fraction(-5))  # a = -2 - √11
GOLDEN = Field((-1, -1, 1), Fraction(1), Fraction(2))
CUBIC = Field((-2, 0, 0, 1), Fraction(1), Fraction(2))
GENERATORS = {
    ROOT_2: "sqrt(2)",
    NEGATIVE: "-2 - sqrt(11)",
    GOLDEN: "(1 + sqrt(5))/2",
    CUBIC: "2**(1/3)",
}

fractions = st.fractions(max_denominator=10**5)
fields = st.sampled_from([Q, *GENERATORS])


def numbers(field: Field) -> st.SearchStrategy[Number]:
    return st.lists(fractions, min_size=field.degree, max_size=field.degree).map(
        lambda c: number(field, c)
    )


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    field, size = draw(fields), draw(st.integers(1, 3))
    rows = [[[draw(numbers(field)) for _ in range(size)] for _ in range(size)] for _ in range(2)]
    return matrix_of(*rows) if draw(st.booleans()) else matrix_of(rows[0])


def expression(node: ElementTree.Element) -> str:
    """What MathML says, as an expression that the reader of files knows; multiplication is silent."""
    tag, own = node.tag.removeprefix(M), list(node)
    if tag in ("mn", "mi", "mo"):
        return {"−": "-", "i": "I"}.get(str(node.text), str(node.text))
    if tag == "mfrac":
        return f"(({expression(own[0])})/({expression(own[1])}))"
    if tag == "msqrt":
        return f"sqrt({expression(own[0])})"
    if tag == "msup":
        return "(" + "*".join([expression(own[0])] * int(str(own[1].text))) + ")"
    assert tag in ("math", "mrow", "mtd"), tag
    text = ""
    for child in own:
        piece = expression(child)
        silent = text and text[-1] not in "+-(" and piece[0] not in "+-)"
        text += ("*" if silent else "") + piece
    return text


def of_latex(text: str) -> str:
    """The same of LaTeX."""
    text = re.sub(r"a\^{(\d)}", lambda power: "(" + "*".join("a" * int(power[1])) + ")", text)
    text = re.sub(r"\\sqrt{(\d+)}", r"sqrt(\1)", text)
    text = re.sub(r"\\frac{([^{}]*)}{(\d+)}", r"((\1)/(\2))", text)
    text = re.sub(r"\bi|(?<=[0-9)])i", "I", text)
    return re.sub(r"(?<=[0-9)Ia])(?=[(sIa])", "*", text)


@lru_cache
def reader(field: Field) -> NumberReader:
    generator = GENERATORS.get(field)
    return number_reader([generator], "text", generator)


def value(text: str, field: Field) -> Complex:
    return Complex(*reader(field)(re.sub(r"\ba\b", f"({GENERATORS.get(field)})", text), "text"))


def read(cells: list[list[str]], factor: str, field: Field) -> list[list[Complex]]:
    return [[value(cell, field) * value(factor, field) for cell in row] for row in cells]


def entries(matrix: Matrix) -> list[list[Complex]]:
    rows, columns = map(range, matrix.shape)
    return [[Complex(*matrix.entry(r, c)) for c in columns] for r in rows]


@settings(max_examples=40)
@given(matrices())
def test_mathml_of_a_matrix_is_read_back_exactly(matrix: Matrix) -> None:
    root = ElementTree.fromstring(matrix_mathml(matrix))
    rows = [[expression(cell) for cell in row] for row in root.iter(M + "mtr")] or [[expression(root)]]
    before = root.find(f"{M}mrow/{M}mrow/{M}mfrac") if matrix.shape != (1, 1) else None
    common = "1" if before is None else expression(before)
    assert read(rows, common, matrix.field) == entries(matrix)


@settings(max_examples=40)
@given(matrices())
def test_latex_of_a_matrix_is_read_back_exactly(matrix: Matrix) -> None:
    before, _, text = matrix_latex(matrix).rpartition(r"\begin{pmatrix}")
    rows = [row.split("&") for row in text.removesuffix(r"\end{pmatrix}").split(r"\\")]
    cells = [[of_latex(cell.strip()) for cell in row] for row in rows]
    assert read(cells, of_latex(before) or "1", matrix.field) == entries(matrix)


def test_numbers_of_a_quadratic_field_have_roots() -> None:
    entry = number(ROOT_2, [Fraction(-36565, 35000), Fraction(30837, 35000)])
    assert number_latex(entry) == r"\frac{30837\sqrt{2} - 36565}{35000}"
    assert "<msqrt><mn>2</mn></msqrt>" in number_mathml(entry)
    assert number_plain(entry) == "(30837√2 - 36565)/35000 (0.201288674939...)"
    assert number_latex(number(GOLDEN, [0, 1])) == r"\frac{1 + \sqrt{5}}{2}"
    assert number_latex(number(NEGATIVE, [0, 1])) == r"-2 - \sqrt{11}"
    assert field_plain(NEGATIVE) == "Q(√11)"
    assert number_latex(number(CUBIC, [0, Fraction(-1, 2), 3])) == r"\frac{6a^{2} - a}{2}"
    assert "only root of -2 + x^3" in field_plain(CUBIC)


def test_a_root_that_is_not_there_is_not_written() -> None:
    reducible = Field((-4, 0, 1), Fraction(1), Fraction(3))
    assert square_root(reducible) is None
    assert number_latex(number(reducible, [0, 1])) == "a"
    long = number(ROOT_2, [Fraction(1, 7**80), 1])
    assert number_plain(long) == "1.414213562373..."


def test_decimals_as_tables_print_them_else_fractions() -> None:
    printed = table_1().marginal(Label(((0, 0), (0, 0))))
    assert matrix_latex(printed) == r"\begin{pmatrix} 0.1360 & -0.1257 \\ -0.1257 & 0.1360 \end{pmatrix}"
    assert matrix_latex(rational_matrix(3, [[1, 1], [1, 1]])).count(r"\frac{1}{3}") == 1
    half = rational_matrix(2, [[1, 0], [0, 0]])
    assert matrix_latex(half) == r"\begin{pmatrix} \frac{1}{2} & 0 \\ 0 & 0 \end{pmatrix}"
    assert matrix_mathml(rational_matrix(10**7, [[1, 0], [0, 1]])).count("10000000") == 1
    ugly = matrix_of([[Fraction(1, 10**4), 0], [0, 1]], [[0, Fraction(1, 3)], [Fraction(-1, 3), 0]])
    assert "0.0001" not in matrix_latex(ugly)


def labels(text: str) -> list[str]:
    return re.findall(r"(\S+) &= ", text)


def test_labels_are_those_of_the_papers() -> None:
    objects = every_kind()
    assert labels(objects["Table I"].to_latex())[:5] == [
        r"\rho_{\mathrm{C}}",
        r"\sigma^{\mathrm{B}}_{0|0}",
        r"\sigma^{\mathrm{B}}_{0|1}",
        r"\sigma^{\mathrm{A}}_{0|0}",
        r"\sigma_{00|00}",
    ]
    assert labels(objects["Table II"].to_latex())[:2] == [r"F_{\mathrm{R}}", r"F^{\mathrm{B}}_{0|0}"]
    several = labels(objects["several trusted parties"].to_latex())
    assert several[:4] == [
        r"\rho^{(1)}",
        r"\rho^{(2)}",
        r"\sigma^{(1)}_{0|0}",
        r"\sigma^{(2)}_{0|0}",
    ]
    assert labels(objects["trusted input"].to_latex())[:2] == [r"\rho_{|0}", r"\sigma_{0|00}"]
    assert labels(objects["instrumental"].to_latex())[-1] == r"\sigma_{1|1}"
    assert labels(objects["sequential"].to_latex())[-1] == r"\sigma_{11|01}"
    three = labels(objects["three parties"].to_latex())
    assert r"\sigma^{\mathrm{BC}}_{01|10}" in three
    assert labels(objects["eleven inputs"].to_latex())[-1] == r"\sigma_{0|10}"
    two = Scenario(((2,) * 11, (2,)), 1)
    elements = {Label(((0, 10), (1, 0))): identity(1), Label((None, None)): identity(1)}
    assert labels(elements_latex(two, elements, "G")) == ["G_{01|10,0}", r"G_{\mathrm{R}}"]
    many = Scenario(((2,),) * 27, 1)
    only_second = Label((None, (0, 0), *(None,) * 25))
    assert labels(elements_latex(many, {only_second: identity(1)})) == [r"\sigma^{(2)}_{0|0}"]


@pytest.mark.parametrize("name", every_kind())
def test_pages_of_elements_are_well_formed_and_plain(name: str) -> None:
    shown = every_kind()[name]
    page = shown._repr_html_()
    ElementTree.fromstring(page)
    assert not re.search(r"<script|<style|href|src=|color:", page)
    count = len(shown._shown()) * max(1, len(shown.scenario.bobs))
    assert page.count("<mo>=</mo>") == min(count, 64 * max(1, len(shown.scenario.bobs)))


def test_what_a_is_is_said_once() -> None:
    sigma = biased("2**(1/3)")
    assert elements_mathml(sigma.scenario, sigma.table).count("is the root of") == 1
    assert sigma.to_latex().count("Here $a$ is the root of $x^{3} - 2$ between $1$ and $2$.") == 1
    assert "Here $a$" in elements_mathjax(sigma.scenario, sigma.table)
    assert "is the root of" in field_mathml(sigma.field)
    over_roots = formalism_assemblage()
    assert "is the root of" not in elements_mathml(over_roots.scenario, over_roots.table)
    assert "% Field: Q(sqrt(2))(i)." in over_roots.to_latex()


def test_long_tables_of_a_notebook_break_off() -> None:
    many = white_noise(Scenario(((2,) * 9, (2,) * 9), 1))
    assert "36 more; to_latex()" in many._repr_html_()
    assert many._repr_latex_().count("&=") == 64
    assert "more" not in pr_box(1)._repr_html_()
