"""Numbers with radicals, such as `sqrt(2)/4`, in one number field; and complex ones, with `I`.

The expressions are read by Python's own parser and a short list of what they may contain, never
evaluated as code. The field is found by sympy, which is imported only if there is a radical.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from math import prod
from typing import Any

from ..kernel.field import LARGEST_DEGREE, Field, Number, Q, number
from .numbers import MOST_DIGITS, InputError, divide, exact_number, is_rational_text

Pair = tuple[Number, Number]  # real and imaginary part
_DECIMAL = re.compile(r"(?<![A-Za-z_0-9.])[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+")
LARGEST_POWER = 12  # and at most two different powers in one expression: numbers must not explode
_OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
EXAMPLE = "write a decimal, a fraction p/q, or an expression such as 'sqrt(2)/4 - I/8'"


@dataclass(frozen=True)
class Complex:
    """A number of K(i)."""

    re: Number
    im: Number = Fraction(0)

    def __add__(self, other: Complex) -> Complex:
        return Complex(self.re + other.re, self.im + other.im)

    def __sub__(self, other: Complex) -> Complex:
        return Complex(self.re - other.re, self.im - other.im)

    def __neg__(self) -> Complex:
        return Complex(-self.re, -self.im)

    def __mul__(self, other: Complex) -> Complex:
        re = self.re * other.re - self.im * other.im
        return Complex(re, self.re * other.im + self.im * other.re)

    def __truediv__(self, other: Complex) -> Complex:
        top, size = self * Complex(other.re, -other.im), other.re * other.re + other.im * other.im
        return Complex(divide(top.re, size), divide(top.im, size))

    def __pow__(self, power: int) -> Complex:
        return prod([self] * power, start=Complex(Fraction(1)))


@dataclass(frozen=True)
class NumberReader:
    """Exact values in `field`. `radicals` maps the radicals that were met, as text, to elements."""

    field: Field = Q
    radicals: Mapping[str, Number] = dataclass_field(default_factory=dict)
    name: str = "Q"

    def __call__(self, value: object, place: str) -> Pair:
        """Real and imaginary part of a number, or of the text of an expression."""
        if not isinstance(value, str) or is_rational_text(value):
            return exact_number(value, place), Fraction(0)

        def radical(node: ast.expr) -> Complex:
            spelled = ast.unparse(node)
            if spelled not in self.radicals:
                raise InputError(f"{place}: {_plain(node)} is not in the field {self.name}")
            return Complex(self.radicals[spelled])

        try:
            result = _evaluated(
                _parsed(value, place), lambda text: Complex(exact_number(text, place)), _UNIT, radical
            )
        except ZeroDivisionError:
            raise InputError(f"{place}: {value!r} divides by 0") from None
        return result.re, result.im


_UNIT = Complex(Fraction(0), Fraction(1))


def _evaluated(
    node: Any, constant: Callable[[str], Any], unit: Any, radical: Callable[[ast.expr], Any]
) -> Any:
    """The value of a parsed expression, in whatever numbers the arguments make."""
    if isinstance(node, ast.Constant):
        return constant(str(node.value))
    if isinstance(node, ast.Name):
        return unit
    if isinstance(node, ast.UnaryOp):
        operand = _evaluated(node.operand, constant, unit, radical)
        return -operand if isinstance(node.op, ast.USub) else operand
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = (_evaluated(side, constant, unit, radical) for side in (node.left, node.right))
        return _OPERATORS[type(node.op)](left, right)
    if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant):
        power = str(node.right.value)
        if power.isdigit() and int(power) <= LARGEST_POWER:
            return _evaluated(node.left, constant, unit, radical) ** int(power)
    return radical(node)


def _plain(node: ast.expr) -> str:
    return ast.unparse(node).replace("'", "")


def _parsed(text: str, place: str) -> ast.expr:
    """The expression, its numbers as exact text; InputError if it holds anything else."""
    if len(text) > MOST_DIGITS:
        raise InputError(f"{place}: a number of {len(text)} characters, at most {MOST_DIGITS}")
    # Numbers are kept as text, since Python would round decimals.
    quoted = _DECIMAL.sub(lambda found: repr(found[0]), text.strip())
    try:
        tree = ast.parse(quoted, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(f"{place}: {text!r} is not a number; {EXAMPLE}") from None
    allowed = (ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name, ast.Load, ast.Call)
    operators = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd)
    calls = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    # A power is no part of itself, so two different ones are nested at most twice.
    powers = {
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
    }
    for node in ast.walk(tree):
        ok = isinstance(node, allowed + operators)
        if isinstance(node, ast.Name):
            ok = node.id == "sqrt" if id(node) in calls else node.id == "I"
        elif isinstance(node, ast.Constant):
            ok = isinstance(node.value, str)
        elif isinstance(node, ast.Call):
            ok = isinstance(node.func, ast.Name) and len(node.args) == 1 and not node.keywords
        if not ok or len(powers) > 2:
            raise InputError(f"{place}: {text!r} is not a number; {EXAMPLE}")
    return tree


def number_reader(values: Iterable[object], place: str, generator: str | None = None) -> NumberReader:
    """A reader for all these values, in the field that their radicals generate.

    With `generator`, an expression such as `sqrt(2)`, the field is Q(generator), and a radical that
    is not in it is refused by name when it is read.

    >>> read = number_reader(["sqrt(2)/4", "1/2 - I"], "matrix")
    >>> print(read("sqrt(2)/4", "matrix")[0], "where a is", read.field)
    0.25*a where a is the only root of -2 + x^2 between 1 and 2
    """
    radicals: dict[str, Any] = {}
    for value in values:
        if isinstance(value, str) and ("sqrt" in value or "**" in value):
            _sympy_value(value, place, radicals)
    if not radicals and generator is None:
        return NumberReader()
    sympy = import_module("sympy")
    fields = import_module("sympy.polys.numberfields")
    x = sympy.Symbol("x")
    if generator is not None:
        theta = _sympy_value(generator, place, {})
        if not theta.is_real:
            raise InputError(f"{place}: {generator!r} is not real; entries may have I without it")
        if theta.is_rational:
            raise InputError(f"{place}: {generator!r} is a rational number and generates no field")
    else:
        theta = _generator(radicals.values(), place)
        if theta.is_rational:
            return NumberReader(radicals={text: _fraction(r) for text, r in radicals.items()})
    theta *= sympy.minimal_polynomial(theta, x, polys=True).LC()  # now an algebraic integer
    minimal = sympy.minimal_polynomial(theta, x, polys=True)
    if minimal.degree() > LARGEST_DEGREE:
        raise InputError(f"{place}: a field of degree {minimal.degree()}, at most {LARGEST_DEGREE}")
    field = _isolated(tuple(int(c) for c in reversed(minimal.all_coeffs())), sympy.N(theta, 60))
    elements: dict[str, Number] = {}
    for text, radical in radicals.items():
        image = [radical]
        if not radical.is_Rational:
            image = fields.field_isomorphism(radical, theta)
        if image is not None:
            elements[text] = number(field, [_fraction(c) for c in reversed(image)])
    return NumberReader(field, elements, f"Q({generator or theta})")


def _generator(radicals: Iterable[Any], place: str) -> Any:
    """A number whose field is that of all these radicals; rational if they are."""
    sympy = import_module("sympy")
    fields = import_module("sympy.polys.numberfields")
    x, theta, degree = sympy.Symbol("x"), sympy.Integer(1), 1
    for radical in sorted({r.as_coeff_Mul()[1] for r in radicals}, key=sympy.default_sort_key):
        if radical.is_Rational or (degree > 1 and fields.field_isomorphism(radical, theta) is not None):
            continue
        # A number that is not in the field at least doubles its degree.
        if 2 * degree > LARGEST_DEGREE:
            raise InputError(
                f"{place}: the roots generate a field of degree more than {LARGEST_DEGREE}, at the "
                f"latest with {radical}"
            )
        if degree > 1:
            weights = fields.primitive_element([theta, radical], x)[1]
            theta = weights[0] * theta + weights[1] * radical
        else:
            theta = radical
        degree = sympy.degree(sympy.minimal_polynomial(theta, x), x)
    return theta


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))


def _sympy_value(text: str, place: str, radicals: dict[str, Any]) -> Any:
    """The expression as sympy sees it; `radicals` gets the value of each radical, by its text."""
    sympy = import_module("sympy")

    def constant(digits: str) -> Any:
        return sympy.Rational(str(exact_number(digits, place)))

    def radical(node: Any) -> Any:
        if isinstance(node, ast.Call):
            base, exponent = node.args[0], sympy.Rational(1, 2)
        else:
            base, exponent = node.left, _evaluated(node.right, constant, sympy.I, radical)
        base = _evaluated(base, constant, sympy.I, radical)
        simple = exponent.is_Rational and max(exponent.p, exponent.q) <= LARGEST_POWER
        if not (simple and base.is_real and base.is_nonnegative):
            raise InputError(
                f"{place}: {_plain(node)!r}: a power up to {LARGEST_POWER}, or such a root of a real "
                "number ≥ 0, is needed"
            )
        value = radicals[ast.unparse(node)] = sympy.sqrtdenest(base**exponent)
        return value

    return _evaluated(_parsed(text, place), constant, sympy.I, radical)


@lru_cache(maxsize=64)
def radical_text(field: Field) -> str:
    """An expression from which `number_reader` makes this field: the generator a, in radicals.

    InputError if there is none (or none that the reader accepts). The field that is read has the same
    polynomial and the same root; its interval is that of the reader.

    >>> radical_text(Field((-1, -1, 1), Fraction(1), Fraction(2)))
    '1/2 + sqrt(5)/2'
    """
    sympy = import_module("sympy")
    x = sympy.Symbol("x")
    polynomial = sympy.Poly(list(reversed(field.polynomial)), x)
    for root in sympy.roots(polynomial, cubics=field.degree == 3):
        place = sympy.N(root, 60)
        if not (place.is_real and field.low < _fraction(sympy.Rational(place)) < field.high):
            continue
        try:
            found = number_reader([], "the generator", str(root)).field
        except InputError:
            break
        if found.polynomial == field.polynomial:
            return str(root)
    raise InputError(f"no file can hold a, {field}: no expression in radicals is known for it")


def _isolated(polynomial: tuple[int, ...], root: Any) -> Field:
    """The field of this root, with the widest interval between neighbours of a dyadic grid that the
    kernel accepts."""
    for bits in range(200):
        low = Fraction(int((root * 2**bits).__floor__()), 2**bits)
        found = Field(polynomial, low, low + Fraction(1, 2**bits))
        if found.isolates():
            return found
    raise InputError(f"no interval isolates the root {root} of {polynomial}")
