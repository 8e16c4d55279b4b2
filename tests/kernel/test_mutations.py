"""Tight certificates with one thing changed, and kernels with one check removed."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from exact_quantum import ROOT
from kernel.test_corpus import FILES, FOLDERS, expected_message

from exactsteer import check
from exactsteer.kernel.numbers import parse_rational, rational_text
from exactsteer.prover.prove import Enclosure, Exclusion
from exactsteer.statements import STATEMENTS

Json = Any
LAST_DIGIT = Fraction(1, 10**11)


def verdict(value: Json) -> str:
    return check(json.dumps(value).encode()).status


def add(row: str, column: int, amount: int) -> str:
    numbers = row.split(" ")
    numbers[column] = str(int(numbers[column]) + amount)
    return " ".join(numbers)


def improve_bound(value: Json, direction: int) -> None:
    bound = parse_rational(value["claim"]["bound"])
    value["claim"]["bound"] = rational_text(bound + direction * LAST_DIGIT)


def change_statement(value: Json) -> None:
    """One entry of the functional or of the box, by one unit of its last printed digit."""
    data = value["claim"]["data"]
    table = data.get("functional") or data["centre"]
    matrix = table["0 0|0 0"]
    assert matrix["denominator"] == "10000"
    matrix["real"][1] = add(matrix["real"][1], 1, 1)


def change_identity(value: Json) -> None:
    """One coefficient of the identity, by one unit of the common denominator."""
    matrix = value["witness"]["matrices"][0]
    matrix["real"][3] = add(matrix["real"][3], 1, 1)


def change_multiplier(value: Json) -> None:
    # Over a power of two an odd number stays odd, hence in lowest terms.
    matrix = value["witness"]["multipliers"]
    matrix["real"][0] = add(matrix["real"][0], 0, 2)


def move_box(value: Json) -> None:
    """One entry of the printed centre by a thousandth, toward the quantum side."""
    matrix = value["claim"]["data"]["centre"]["0 0|0 0"]
    matrix["real"][1] = add(matrix["real"][1], 0, 10)


def spoil_dominance(value: Json) -> None:
    """One entry of the factor of the first block, so that its residue is not dominant."""
    witness = value["witness"]["positivity"][0]
    factor = witness["factor"]
    size = int(factor["denominator"]) // 2**12
    factor["real"][0] = add(factor["real"][0], 0, size)


def change_point(value: Json) -> None:
    """One entry of the point, so that the trace is no longer 1."""
    point = value["witness"]["point"]
    point["real"][0] = add(point["real"][0], 0, 1)


@pytest.fixture
def lower(minimum: Enclosure) -> Json:
    return json.loads(minimum.lower_proof.bytes())


@pytest.fixture
def upper(minimum: Enclosure) -> Json:
    return json.loads(minimum.upper_proof.bytes())


@pytest.fixture
def box(exclusion: Exclusion) -> Json:
    return json.loads(exclusion.proof.bytes())


def rejected_and_control_accepted(value: Json, change: Callable[[Json], None]) -> None:
    changed = copy.deepcopy(value)
    change(changed)
    assert changed != value, "the mutation must be there"
    assert verdict(value) == "accepted"
    assert verdict(changed) == "rejected"


@pytest.mark.parametrize(
    "change",
    [
        lambda value: improve_bound(value, 1),
        change_statement,
        change_identity,
        change_multiplier,
        spoil_dominance,
    ],
    ids=["bound", "statement", "identity", "multiplier", "dominance"],
)
def test_lower_bound(lower: Json, change: Callable[[Json], None]) -> None:
    rejected_and_control_accepted(lower, change)


@pytest.mark.parametrize(
    "change",
    [lambda value: improve_bound(value, -1), spoil_dominance, change_point],
    ids=["bound", "dominance", "normalisation"],
)
def test_upper_bound(upper: Json, change: Callable[[Json], None]) -> None:
    rejected_and_control_accepted(upper, change)


@pytest.mark.parametrize(
    "change", [change_identity, spoil_dominance, move_box], ids=["identity", "dominance", "statement"]
)
def test_box(box: Json, change: Callable[[Json], None]) -> None:
    rejected_and_control_accepted(box, change)


def test_box_radius_is_tight(exclusion: Exclusion, box: Json) -> None:
    """The radius is the largest of three digits that the witness proves."""
    wider = copy.deepcopy(box)
    wider["claim"]["data"]["radius"] = rational_text(exclusion.radius + Fraction(1, 10**5))
    assert exclusion.radius == Fraction("0.00158")
    assert (verdict(box), verdict(wider)) == ("accepted", "rejected")


def test_provenance_is_not_trusted_nor_hashed(lower: Json) -> None:
    before = check(json.dumps(lower).encode())
    lower["provenance"] = "every assemblage is quantum"
    after = check(json.dumps(lower).encode())
    assert before == after


# Each line removes or weakens one check of the trusted code: file, text, replacement. The corpus
# must tell every such kernel from the real one.
WEAKENINGS = [
    ("kernel/verdict.py", "        accept(program, witness)\n", ""),
    ("kernel/program.py", "if proved < goal.bound:", "if False:"),
    ("kernel/program.py", "if proved <= 0:", "if proved < 0:"),
    ("kernel/program.py", "if proved <= 0:", "if False:"),
    ("kernel/program.py", "if value != objective.get(i, 0):", "if False:"),
    ("kernel/program.py", "if left != equation.value:", "if False:"),
    (
        "kernel/program.py",
        "accept_positive(evaluate(block, witness.point), positivity, block.name)",
        "pass",
    ),
    ("kernel/program.py", 'accept_positive(matrix, positivity, f"multiplier of {block.name}")', "pass"),
    ("kernel/program.py", "        limit_bits(block.size**2, longest)\n", ""),
    ("kernel/program.py", "        proved -= _pairing(matrix, block.constant)\n", ""),
    ("kernel/program.py", "part += 2 * rows[row][column]", "part += rows[row][column]"),
    ("kernel/program.py", "(im if unit else re)", "re"),
    ("kernel/program.py", "[0] * power + [1]", "[1]"),
    ("kernel/positivity.py", "if weight < 0:", "if False:"),
    (
        "kernel/positivity.py",
        "zip(diagonal, others, strict=True)]) < 0:",
        "zip(diagonal, others)]) < -1:",
    ),
    ("kernel/positivity.py", "total = [t + sign * n for", "total = [t + n for"),
    ("kernel/positivity.py", "sign = field.sign(entry) if l != k else 0", "sign = 0"),
    (
        "kernel/positivity.py",
        "others = [re + im for re, im in",
        "others = [re for re, im in",
    ),
    ("kernel/positivity.py", "abs(rows[0][k])]", "2 * abs(rows[0][k])]"),
    ("kernel/positivity.py", "            if entry:\n", "            if False:\n"),
    (
        "kernel/positivity.py",
        '        accept_positive(witness.core, witness.witness, f"{place}, core")\n',
        "",
    ),
    ("kernel/certificate.py", "if name in value:", "if False:"),
    ("kernel/certificate.py", "if version != VERSION:", "if False:"),
    ("kernel/field.py", "if low > 0 or high < 0:", "if True:"),
    ("kernel/field.py", "low += n * (below if n > 0 else above)", "low += n * below"),
    ("kernel/field.py", "return 1 if low > 0 else -1", "return 1"),
    ("kernel/field.py", "low = middle\n", "high = middle\n"),
    ("kernel/field.py", "rising = sum(", "rising = -sum("),
    ("kernel/field.py", "ends[0] * ends[1] < 0", "True"),
    ("kernel/field.py", "and (least > 0 or most < 0)", ""),
    ("kernel/matrix.py", "_times(rows, -coefficient)", "_times(rows, coefficient)"),
    ("kernel/matrix.py", "_times(product, -1) if q[1] > p[1] else product", "product"),
    ("kernel/matrix.py", "left[0] + right[0], (left[1]", "max(left[0], right[0]), (left[1]"),
    ("kernel/reading.py", "if not field.isolates():", "if False:"),
    ("kernel/reading.py", "or polynomial[-1] != 1:", "or False:"),
    ("kernel/reading.py", "or not coefficients[-1]:", "or False:"),
    ("kernel/reading.py", 'if name != "real" and not any(map(any, rows)):', "if False:"),
    ("kernel/certificate.py", "            parse_int=_bare,\n", ""),
    ("kernel/certificate.py", "            parse_float=_bare,\n", ""),
    ("kernel/certificate.py", "            parse_constant=_bare,\n", ""),
    ("kernel/reading.py", "if common > 1:", "if False:"),
    ("kernel/reading.py", "if rows[k][k]:", "if False:"),
    ("kernel/reading.py", "if name not in names and name not in optional:", "if False:"),
    ("kernel/numbers.py", "if _INTEGER.fullmatch(text) is None:", "if False:"),
    ("kernel/numbers.py", "if number.denominator != denominator:", "if False:"),
    (
        "scenario.py",
        "for sign, setting in ((1, x), (-1, 0))",
        "for sign, setting in ((1, x), (-1, x))",
    ),
    ("scenario.py", "if None in label.parties:", "if False:"),
    ("scenario.py", "[(1, label), (-1, Label(label.parties, 0))]", "[(1, label), (-1, label)]"),
    (
        "statements/forms.py",
        'equation(f"{place}, imaginary part", im, 0)',
        'equation("", {}, 0)',
    ),
    ("statements/assemblage.py", "weight = own_trace(scenario, reduced)", "weight = {None: 1}"),
    (
        "statements/sets.py",
        "of.weight(), 1)",
        "of.weight(), 2)",
    ),
    ("statements/moments.py", "if self._complete:", "if True:"),
    ("statements/words.py", "if left[-1].column != right[0].row:", "if False:"),
    ("statements/words.py", "result[longer] = -1", "result[longer] = 1"),
    ("statements/words.py", "result = self.times(left, right)", "result = {}"),
    (
        "statements/words.py",
        "Letter(left[-1].row, right[0].column,",
        "Letter(right[0].row, right[0].column,",
    ),
    ("statements/words.py", "return inside and (self.complete or", "return inside and (True or"),
    ("statements/visibility.py", "constant(assemblage - noise)", "constant(noise - assemblage)"),
    (
        "statements/visibility.py",
        "[(1, slope), (1, constant(noise))]",
        "[(1, slope), (1, constant(assemblage))]",
    ),
    ("statements/bound.py", 'form if relation == ">=" else', "form if relation else"),
    ("statements/excluded.py", "if radius < 0:", "if False:"),
    ("statements/forms.py", "weight * (im if unit else re)", "weight * re"),
    ("statements/forms.py", "(1 if r == c else 2) * scale", "scale"),
    ("statements/forms.py", 'equation(f"{place}, real part", re, 0)', 'equation("", {}, 0)'),
    (
        "statements/forms.py",
        "if row != column:\n            equations",
        "if False:\n            equations",
    ),
    # What is computed from effects, states and maps.
    ("kernel/matrix.py", "sign = -1 if p[1] and q[1] else 1", "sign = 1"),
    ("kernel/matrix.py", "sign = -1 if p[1] and q[1] else 1", "sign = -1 if p[1] or q[1] else 1"),
    (
        "kernel/matrix.py",
        "start, left = i * len(size), j * len(size)",
        "left, start = i * len(size), j * len(size)",
    ),
    ("kernel/matrix.py", "start, left = i * len(size), j * len(size)", "start, left = i, j"),
    (
        "kernel/matrix.py",
        "Matrix(effect.denominator * operator.denominator,",
        "Matrix(operator.denominator,",
    ),
    ("kernel/matrix.py", "t + sign * weight * n", "t + sign * n"),
    ("kernel/matrix.py", "[list(row) for row in zip(*rows, strict=True)]", "rows"),
    ("kernel/matrix.py", "[[int(r == c) for c", "[[1 for c"),
    (
        "kernel/matrix.py",
        "return not any(any(map(any, rows)) for rows in self.parts.values())",
        "return True",
    ),
    (
        "kernel/matrix.py",
        "return not any(any(map(any, rows)) for rows in self.parts.values())",
        "return False",
    ),
    ("kernel/reading.py", "    if not size:\n", "    if False:\n"),
    ("statements/realisation.py", "constant(effect)", "constant(effect - effect)"),
    (
        "statements/realisation.py",
        'positive_block(f"{name} {k}", constant(term.state))',
        'positive_block(f"{name} {k}", constant(term.state - term.state))',
    ),
    ("statements/realisation.py", '{name} {y}", constant(choi))', '{name} {y}", constant(choi - choi))'),
    ("statements/realisation.py", "*map(negative, inputs[0])", "*map(negative, effects)"),
    (
        "statements/realisation.py",
        "enumerate(inputs[1:], 1)",
        "enumerate(inputs[1:] if s == 0 else (), 1)",
    ),
    (
        "statements/realisation.py",
        'equations += vanishing(f"trace preservation of map {y}", excess)',
        "pass",
    ),
    ("statements/realisation.py", "enumerate(self.channels)", "enumerate(self.channels[:1])"),
    ("statements/realisation.py", "[choi, *self.transposed[y : y + 1]]", "[choi]"),
    (
        "statements/realisation.py",
        "choi.entry(k * output + r, l * output + r)",
        "choi.entry(r * size + k, r * size + l)",
    ),
    ("statements/realisation.py", "label.trusted or 0)", "0)"),
    (
        "statements/realisation.py",
        "steered(transpose(state), self.channels[y])",
        "steered(state, self.channels[y])",
    ),
    (
        "statements/realisation.py",
        "image + transpose(steered(transpose(state), self.transposed[y]))",
        "image + steered(transpose(state), self.transposed[y])",
    ),
    (
        "statements/realisation.py",
        "image + transpose(steered(transpose(state), self.transposed[y]))",
        "image + transpose(steered(state, self.transposed[y]))",
    ),
    ("statements/realisation.py", "results[parts] = results[parts] + found", "results[parts] = found"),
    ("statements/realisation.py", "start[-1], term.sectors[k - 1]", "start[-1], 0"),
    ("statements/realisation.py", "sums = [[_sum(inputs[0])", "sums = [[inputs[0][0]"),
    ("statements/realisation.py", "if operations > MOST_OPERATIONS:", "if False:"),
    ("statements/pseudo.py", "is_classical and not self.realisation.channels:", "is_classical:"),
    ("statements/realisation.py", "return sizes == {1} and self.has_povms", "return self.has_povms"),
    ("statements/realisation.py", "return sizes == {1} and self.has_povms", "return sizes == {1}"),
    ("statements/realisation.py", "if len(parties) != len(scenario.outcomes):", "if False:"),
    ("statements/realisation.py", "        if not own:\n", "        if False:\n"),
    ("statements/realisation.py", "if len(inputs) != len(outcomes):", "if False:"),
    ("statements/realisation.py", "if len(effects) != count:", "if False:"),
    (
        "statements/realisation.py",
        "if any(effect.shape != found[0][0].shape for",
        "if any(effect.shape != found[-1][0].shape for",
    ),
    ("statements/realisation.py", "if any(effect.shape != found[0][0].shape for", "if any(False for"),
    (
        "statements/realisation.py",
        "if not given and maps == CHANNELS and scenario.trusted_inputs is None:",
        "if not given and maps == CHANNELS:",
    ),
    (
        "statements/realisation.py",
        "if not given and maps == CHANNELS and scenario.trusted_inputs is None:",
        "if not given and scenario.trusted_inputs is None:",
    ),
    ("statements/realisation.py", "        if name not in given:\n", "        if False:\n"),
    (
        "statements/realisation.py",
        "if any(len(chois) != wanted for chois in given.values()):",
        "if False:",
    ),
    (
        "statements/realisation.py",
        "if len(sizes) > 1 or size % scenario.dimension:",
        "if len(sizes) > 1:",
    ),
    (
        "statements/realisation.py",
        "if len(sizes) > 1 or size % scenario.dimension:",
        "if size % scenario.dimension:",
    ),
    ("statements/realisation.py", "if len(sectors) != len(measurements) or not all(", "if not all("),
    (
        "statements/realisation.py",
        "0 <= s < len(own) for s, own in zip(sectors",
        "s < len(own) for s, own in zip(sectors",
    ),
    (
        "statements/realisation.py",
        "0 <= s < len(own) for s, own in zip(sectors",
        "0 <= s for s, own in zip(sectors",
    ),
    ("statements/realisation.py", "if state.shape[0] != size:", "if False:"),
    ("statements/realisation.py", "    if not states:\n", "    if False:\n"),
    ("statements/realisation.py", "        no_bound(claim)\n", ""),
    (
        "statements/realisation.py",
        "            normalisation(trace(constant(realisation.reduced_state()))),\n",
        "",
    ),
    ("statements/realisation.py", "            *realisation.equations(),\n", ""),
    ("statements/realisation.py", "trace_of_state, 1)", "{None: 1}, 1)"),
    (
        "statements/realisation.py",
        "maps: Sequence[str] = CHANNELS,",
        "maps: Sequence[str] = DECOMPOSABLE,",
    ),
    ("statements/realisation.py", "MAPS: ClassVar[Sequence[str]] = CHANNELS", "MAPS = DECOMPOSABLE"),
    ("statements/realisation.py", "if not elements:", "if False:"),
    ("statements/realisation.py", "constant(computed[label] - matrix)", "constant(matrix - matrix)"),
    ("statements/decomposable.py", "MAPS = DECOMPOSABLE", 'MAPS = ("channels",)'),
    ("statements/realised.py", '(-self.bound if self.relation == ">=" else self.bound)', "self.bound"),
    ("statements/realised.py", "above = oriented(value, self.relation)", "above = value"),
    (
        "statements/realised.py",
        "[*realisation.equations(), normalisation(reduced)]",
        "[normalisation(reduced)]",
    ),
    (
        "statements/realised.py",
        "[*realisation.equations(), normalisation(reduced)]",
        "realisation.equations()",
    ),
    ("statements/pseudo.py", "positive[label] - taken[label]", "positive[label]"),
    (
        "statements/pseudo.py",
        "constant(negative(minus.reduced_state()))",
        "constant(minus.reduced_state())",
    ),
    ("statements/pseudo.py", "plus.reduced_state() - minus.reduced_state()", "plus.reduced_state()"),
    ("statements/pseudo.py", "below.get(None, 0) + self.bound", "self.bound"),
    ("statements/pseudo.py", "            *plus.equations(),\n", ""),
    ("statements/pseudo.py", "            normalisation(trace(reduced)),\n", ""),
    (
        "statements/pseudo.py",
        '*minus.state_blocks("negative state")',
        '*plus.state_blocks("negative state")',
    ),
    ("statements/pseudo.py", "constant(matrix))", "constant(matrix - matrix))"),
    ("statements/pseudo.py", "    read_table,\n", "    read_full_elements as read_table,\n"),
    ("statements/quantifiers.py", "                    (1, taken.element(label)),\n", ""),
    ("statements/quantifiers.py", "(1, taken.element(label))", "(-1, taken.element(label))"),
    (
        "statements/quantifiers.py",
        "(1, constant(marginal(self.scenario, self.assemblage, label)))",
        "(2, constant(marginal(self.scenario, self.assemblage, label)))",
    ),
    (
        "statements/quantifiers.py",
        "[*blocks, *given.blocks()]",
        "[*given.blocks(), *blocks]",
    ),
    ("statements/sequential.py", "        no_bound(claim)\n", ""),
    ("statements/sequential.py", "if scenario.trusted_inputs is not None:", "if False:"),
    ("statements/sequential.py", "state.shape[0] != size * scenario.dimension", "False"),
    ("statements/sequential.py", "> MOST_OPERATIONS // 10:", "> MOST_OPERATIONS:"),
    ("statements/sequential.py", "constant(m))", "constant(m - m))"),
    ("statements/sequential.py", "constant(self.state))", "constant(self.state - self.state))"),
    ("statements/sequential.py", "equations += vanishing(name, constant(difference))", "pass"),
    (
        "statements/sequential.py",
        "for x, total in enumerate(sums[1:], 1):",
        "for x, total in enumerate(sums[:1], 1):",
    ),
    ("statements/sequential.py", "total + negative(sums[0])", "total + negative(total)"),
    (
        "statements/sequential.py",
        "Scenario(scenario.outcomes[:-1], scenario.dimension), earlier",
        "Scenario((), scenario.dimension), earlier",
    ),
    (
        "statements/sequential.py",
        "        equations.append(normalisation(trace(constant(everything))))\n",
        "",
    ),
    ("statements/sequential.py", "label: steered(effect, self.state)", "label: self.assemblage[label]"),
    # Hidden states, and bounds strategy by strategy.
    (
        "statements/hidden_states.py",
        "scenario.dimension == 1 and scenario.trusted_inputs is None",
        "scenario.dimension == 1",
    ),
    (
        "statements/hidden_states.py",
        "count * sum(map(len, self._inputs)) * entries",
        "count * entries",
    ),
    (
        "statements/hidden_states.py",
        "[() if label.trusted is None else (label.trusted,)]",
        "[() if label.trusted is None else (0,)]",
    ),
    (
        "statements/hidden_states.py",
        "cases = self._inputs[0] if last is None else [last]",
        "cases = self._inputs[0]",
    ),
    (
        "statements/hidden_states.py",
        "            for case, form in hidden.items()\n",
        "            for case, form in list(hidden.items())[:1] * len(hidden)\n",
    ),
    (
        "statements/hidden_states.py",
        "in self._hidden.items()\n            for case, form",
        "in list(self._hidden.items())[:1] * len(self._hidden)\n            for case, form",
    ),
    (
        "statements/hidden_states.py",
        "positive_block(self._name(strategy, case), form)",
        'positive_block("", total([(0, form)]))',
    ),
    ("statements/hidden_states.py", "enumerate(others, 1):", "enumerate(others[:0], 1):"),
    (
        "statements/hidden_states.py",
        "trace(total([(1, other), (-1, first)])), 0)",
        "trace(total([(1, first), (-1, first)])), 0)",
    ),
    (
        "statements/hidden_states.py",
        "            equations += vanishing_element(self.scenario, name, difference)\n",
        "            pass\n",
    ),
    ("statements/hidden_states.py", "[(1, self.element(label)), (-1, form)]", "[(1, form), (-1, form)]"),
    (
        "statements/hidden_states.py",
        "self.element(self.scenario.nobody())",
        "self.element(next(self.scenario.labels()))",
    ),
    (
        "statements/hidden_states.py",
        "holds_quantum: ClassVar[bool] = False",
        "holds_quantum: ClassVar[bool] = True",
    ),
    ("statements/sets.py", "    if convex_set.holds_quantum:\n", "    if True:\n"),
    ("statements/sets.py", "if scenario.dimension == 1 else", "if False else"),
    (
        "statements/sets.py",
        "return HiddenStates(scenario, known, unknowns)",
        "return HiddenStates(scenario, None, unknowns)",
    ),
    (
        "statements/member.py",
        "[*found.equations(), *validity(self.scenario, table)]",
        "found.equations()",
    ),
    (
        "statements/member.py",
        "[*found.equations(), *validity(self.scenario, table)]",
        "validity(self.scenario, table)",
    ),
    ("statements/member.py", "if scenario.dimension == 1 else", "if True else"),
    ("statements/lhs_bound.py", "if scenario.trusted_inputs is not None:", "if False:"),
    ("statements/lhs_bound.py", "if self._count > MOST_STRATEGIES:", "if False:"),
    ("statements/lhs_bound.py", 'sign = 1 if claim.relation == "<=" else -1', "sign = 1"),
    ("statements/lhs_bound.py", "[whole(sign * common * number) for", "[whole(sign * number) for"),
    ("statements/lhs_bound.py", "1 + max(asked, default=-1)", "max(asked, default=0)"),
    ("statements/lhs_bound.py", "1 + max(asked, default=-1)", "min(asked, default=-1) + 1"),
    ("statements/lhs_bound.py", "            if answers(strategy, label):\n", "            if True:\n"),
    ("statements/lhs_bound.py", "[m + n for m, n in zip(total, numbers, strict=True)]", "numbers"),
    ("statements/lhs_bound.py", "            strategy[party][setting] = outcome\n", ""),
    (
        "statements/lhs_bound.py",
        "for outcome in range(self._outcomes[party][setting]):",
        "for outcome in [0] * self._outcomes[party][setting]:",
    ),
    ("statements/lhs_bound.py", "worst += max(", "worst += min("),
    ("statements/lhs_bound.py", "for _ in range(count))", "for _ in range(count)) * 0"),
    ("statements/lhs_bound.py", "(0, 0, -worst, 0)", "(0, 0, 0, 0)"),
    (
        "statements/lhs_bound.py",
        "(row, column, -next(pairs), -next(pairs))",
        "(row, column, -next(pairs), 0 * next(pairs))",
    ),
    (
        "statements/lhs_bound.py",
        "(row, column, -next(pairs), -next(pairs))",
        "(row, column, -next(pairs), next(pairs))",
    ),
    # Distances.
    (
        "statements/quantifiers.py",
        "LowerBound(objective, bound - offset)",
        "LowerBound(objective, bound)",
    ),
    ("statements/quantifiers.py", "above[None] = bound - offset", "above[None] = bound"),
    (
        "statements/quantifiers.py",
        "{i: -value for i, value in objective.items()}\n    above",
        "{}\n    above",
    ),
    ("statements/quantifiers.py", "[*of.equations, *validity(table.scenario, forms)]", "of.equations"),
    ("statements/quantifiers.py", "(sign, rest), (-1, constant", "(sign, rest), (0, constant"),
    (
        "statements/quantifiers.py",
        "blocks.append(positive_block(name, rest))",
        "blocks.append(positive_block(name, total([(0, rest)])))",
    ),
    ("statements/quantifiers.py", "[*equations, *given.equations()]", "equations"),
    ("statements/quantifiers.py", "            taken.weight(),\n", "            given.weight(),\n"),
    ("statements/quantifiers.py", "quantity.get(None, 0) - 1", "quantity.get(None, 0)"),
    ("statements/quantifiers.py", "quantity.get(None, 0) + 1", "quantity.get(None, 0)"),
    ("statements/quantifiers.py", "return 1 + most", "return most"),
    (
        "statements/quantifiers.py",
        "one = len(self.scenario.outcomes) == 1 and not self.scenario.bobs",
        "one = not self.scenario.bobs",
    ),
    (
        "statements/quantifiers.py",
        "one = len(self.scenario.outcomes) == 1 and not self.scenario.bobs",
        "one = len(self.scenario.outcomes) == 1",
    ),
    ("statements/quantifiers.py", "one and self.scenario.trusted_inputs is None", "one"),
    ("statements/quantifiers.py", "if bipartite and not self.convex_set.holds_quantum", "if bipartite"),
    # Polyhedra of directions.
    (
        "statements/projective.py",
        '        no_bound(claim)\n        fields = read_fields(claim.data, "claim.data", ("scen',
        '        fields = read_fields(claim.data, "claim.data", ("scen',
    ),
    ("statements/projective.py", "        no_bound(claim)\n        names = ", "        names = "),
    (
        "statements/projective.py",
        '            raise Declined("claim.data.scenario: a trusted party with input")\n        cls',
        "            pass\n        cls",
    ),
    (
        "statements/projective.py",
        '            raise Declined("claim.data.scenario: a trusted party with input")\n        if',
        "            pass\n        if",
    ),
    ("statements/projective.py", "        if scenario.dimension != 2:\n", "        if False:\n"),
    ("statements/projective.py", "        if radius < 0:\n", "        if False:\n"),
    ("statements/projective.py", "if set(centre) != set(scenario.collins_gisin_labels()):", "if False:"),
    (
        "statements/projective.py",
        "if len(reach) != needed or min(reach) <= 0:",
        "if len(reach) < needed or min(reach) <= 0:",
    ),
    (
        "statements/projective.py",
        "if len(reach) != needed or min(reach) <= 0:",
        "if len(reach) != needed or min(reach) < 0:",
    ),
    (
        "statements/projective.py",
        'inequality("Σ radius/reach ≤ 1", {None: left})',
        'inequality("Σ radius/reach ≤ 1", {None: 1})',
    ),
    (
        "statements/projective.py",
        "equations = planarity(self.centre, self.directions)",
        "equations = []",
    ),
    (
        "statements/projective.py",
        "            blocks += model.blocks()\n",
        "            blocks += [type(b)(b.name, b.size) for b in model.blocks()]\n",
    ),
    ("statements/projective.py", "            equations += model.equations()\n", ""),
    ("statements/projective.py", "[(1, 0, 1)] * (len(directions[0]) == 3)", "[(1, 0, 1)] * 0"),
    ("statements/projective.py", "if len(self.directions[0]) == 2 else", "if True else"),
    ("statements/projective.py", "        if dimension % 2:\n", "        if False:\n"),
    ("statements/projective.py", "        if dimension != 3:\n", "        if False:\n"),
    (
        "statements/projective.py",
        "    if len(directions[0]) == 3:\n        return []",
        "    if True:\n        return []",
    ),
    (
        "statements/projective.py",
        "    if len(directions[0]) == 3:\n        return []",
        "    if False:\n        return []",
    ),
    (
        "statements/projective.py",
        "[*model.equations(), *validity(scenario, forms), *extra]",
        "[*validity(scenario, forms), *extra]",
    ),
    (
        "statements/projective.py",
        "[*model.equations(), *validity(scenario, forms), *extra]",
        "[*model.equations(), *extra]",
    ),
    (
        "statements/projective.py",
        "[*model.equations(), *validity(scenario, forms), *extra]",
        "[*model.equations(), *validity(scenario, forms)]",
    ),
    ("statements/projective.py", "        equations += planarity(table, self.directions)\n", ""),
    (
        "statements/projective.py",
        "constant(steered(PAULI_Y, matrix))",
        "constant(steered(PAULI_Y, matrix - matrix))",
    ),
    (
        "statements/projective.py",
        'part} part at (2, {column})", {None: value}, 0)',
        'part} part at (2, {column})", {}, 0)',
    ),
    (
        "statements/projective.py",
        'weight of the third level", {None: weight}, 0)',
        'weight of the third level", {}, 0)',
    ),
    (
        "statements/projective.py",
        'zip(("real", "imaginary"), matrix.entry(2, column), strict=True)',
        'zip(("real",), matrix.entry(2, column))',
    ),
    (
        "statements/projective.py",
        "(1, 0): (half * x, half * (y[0] if y else 0))",
        "(1, 0): (half * x, -half * (y[0] if y else 0))",
    ),
    ("statements/projective.py", "if len(rows) > MOST_DIRECTIONS:", "if False:"),
    ("statements/projective.py", "if {len(row) for row in rows} not in ({2}, {3}):", "if False:"),
    ("statements/projective.py", "continue  # dependent vectors, no facet", "pass"),
    (
        "statements/projective.py",
        'return blocks or [inequality("the directions span no ball", {None: -1})]',
        "return blocks",
    ),
    ("statements/projective.py", "<= square for m in directions", "< square for m in directions"),
    ("statements/projective.py", "<= square for m in directions", "<= square for m in directions[:1]"),
    ("statements/projective.py", "{None: square - dot(normal, normal)}", "{None: square}"),
    (
        "statements/projective.py",
        'the directions span no ball", {None: -1}',
        'the directions span no ball", {None: 0}',
    ),
    ("statements/projective.py", "product((1, -1), repeat=size - 1)", "product((1,), repeat=size - 1)"),
    (
        "statements/projective.py",
        "zip(cross(u, v), cross(v, w), cross(w, u), strict=True)",
        "zip(cross(u, v), cross(v, w), strict=True)",
    ),
    # Overlaps.
    (
        "statements/overlaps.py",
        'yield inequality("overlap c", {None: self.overlap})',
        'yield inequality("overlap c", {None: 0})',
    ),
    (
        "statements/overlaps.py",
        'yield inequality(f"weight of {label_text(label)}", {None: weight})',
        'yield inequality("", {None: 0})',
    ),
    ("statements/overlaps.py", "{None: least}", "{None: 0}"),
    ("statements/overlaps.py", "                - one.weight\n", "                - 1\n"),
    ("statements/overlaps.py", "for b in range(inputs[y]))", "for b in [0])"),
    ("statements/overlaps.py", "return re * re + im * im", "return re * re"),
    ("statements/overlaps.py", "return re * re + im * im", "return im * im"),
    (
        "statements/overlaps.py",
        "times_adjoint(transpose(one.vector), transpose(other.vector))",
        "times_adjoint(transpose(one.vector), transpose(one.vector))",
    ),
    ("statements/overlaps.py", "others = len(self.scenario.outcomes[0]) - 1", "others = 1"),
    ("statements/overlaps.py", "others = len(self.scenario.outcomes[0]) - 1", "others = 0"),
    ("statements/overlaps.py", "own = weight * times_adjoint(row, row).trace()", "own = weight"),
    (
        "statements/overlaps.py",
        "own = weight * times_adjoint(row, row).trace()",
        "own = times_adjoint(row, row).trace()",
    ),
    ("statements/overlaps.py", "total += weight * pairing", "total += pairing"),
    ("statements/overlaps.py", "if len(items) != len(labels):", "if False:"),
    ("statements/overlaps.py", "if vector.shape != (scenario.dimension, 1):", "if False:"),
    ("statements/overlaps.py", "{None: self.bound - row_sum}", "{None: self.bound}"),
    (
        "statements/overlaps.py",
        "excess = value - (1 + self.bound) * row_sum",
        "excess = value - row_sum",
    ),
    ("statements/overlaps.py", "excess = value - (1 + self.bound) * row_sum", "excess = value"),
    (
        "statements/overlaps.py",
        "blocks += self.inequality.blocks()",
        'blocks += (inequality("", {None: 0}) for _ in self.inequality.blocks())',
    ),
    ("statements/overlaps.py", "[*equations, *validity(scenario, table)]", "equations"),
    ("statements/overlaps.py", "[*equations, *validity(scenario, table)]", "validity(scenario, table)"),
    (
        "statements/overlaps.py",
        'positive_block(f"σ[{label_text(label)}]", form) for',
        'positive_block("", [[[] for _ in form] for _ in form]) for',
    ),
    # Pauli strings.
    (
        "statements/anticommuting.py",
        "if not strings or not strings[0] or len(set(map(len, strings))) > 1:",
        "if not strings or not strings[0]:",
    ),
    (
        "statements/anticommuting.py",
        "if not strings or not strings[0] or len(set(map(len, strings))) > 1:",
        "if not strings or len(set(map(len, strings))) > 1:",
    ),
    (
        "statements/anticommuting.py",
        "if len(strings) > MOST_STRINGS or len(strings[0]) > MOST_QUBITS:",
        "if len(strings) > MOST_STRINGS:",
    ),
    (
        "statements/anticommuting.py",
        "if len(strings) > MOST_STRINGS or len(strings[0]) > MOST_QUBITS:",
        "if len(strings[0]) > MOST_QUBITS:",
    ),
    (
        "statements/anticommuting.py",
        'if any(set(string) - set("IXYZ") for string in strings):',
        "if False:",
    ),
    (
        "statements/anticommuting.py",
        'inequality("visibility ≥ 0", {None: v})',
        'inequality("visibility ≥ 0", {None: 0})',
    ),
    (
        "statements/anticommuting.py",
        'inequality("visibility ≤ 1", {None: 1 - v})',
        'inequality("visibility ≤ 1", {None: 0})',
    ),
    ("statements/anticommuting.py", "twice = 1 + 2 * self.bound", "twice = 1 + self.bound"),
    ("statements/anticommuting.py", "        if twice > 0:\n", "        if twice:\n"),
    ("statements/anticommuting.py", "count * v * v - twice * twice", "count * v - twice * twice"),
    (
        "statements/anticommuting.py",
        "count * v * v - twice * twice",
        "count * count * v * v - twice * twice",
    ),
    (
        "statements/anticommuting.py",
        'commute", {None: int(commute(one, other))}, 0)',
        'commute", {None: 0}, 0)',
    ),
    (
        "statements/anticommuting.py",
        'is the identity", {None: int(set(one) == {"I"})}, 0)',
        'is the identity", {None: 0}, 0)',
    ),
    ("statements/anticommuting.py", 'sum(p != q and "I" not in (p, q) for', "sum(p != q for"),
    ("statements/anticommuting.py", "return places % 2 == 0", "return places == 0"),
    # Messages.
    (
        "statements/messages.py",
        "            if not matrix.vanishes:\n                rows",
        "            if True:\n                rows",
    ),
    (
        "statements/messages.py",
        "            if not matrix.vanishes:\n                vector",
        "            if True:\n                vector",
    ),
    ("statements/messages.py", "next((c for c, row in enumerate(rows) if row[c] != ZERO), 0)", "0"),
    ("statements/messages.py", "equations.append(sum_of_squares(name, defect))", "pass"),
    (
        "statements/messages.py",
        'equations.append(sum_of_squares(f"σ[{label_text(label)}] φ", images))',
        "pass",
    ),
    (
        "statements/messages.py",
        'equations += independence(groups, 2, "rays of different inputs that are equal")',
        "pass",
    ),
    (
        "statements/messages.py",
        'equations += independence(groups, d, f"{d} vectors φ of different inputs that are dependent")',
        "pass",
    ),
    ("statements/messages.py", "-(-len(groups) // max(1, d - 1))", "len(groups)"),
    ("statements/messages.py", "if len(columns) != len(table):", "if False:"),
    (
        "statements/messages.py",
        "if any(column.shape != (scenario.dimension, 1) for column in columns):",
        "if False:",
    ),
    (
        "statements/messages.py",
        "if sorted(x for group in groups for x in group) != list(range(len(scenario.outcomes[0]))):",
        "if False:",
    ),
    ("statements/messages.py", "        if not all(groups):\n", "        if False:\n"),
    (
        "statements/messages.py",
        "        equations = validity(self.scenario, table)\n",
        "        equations = []\n",
    ),
    (
        "statements/messages.py",
        "            blocks += model.blocks()\n",
        "            blocks += [type(b)(b.name, b.size) for b in model.blocks()]\n",
    ),
    ("statements/messages.py", "            equations += model.equations()\n", ""),
    ("statements/messages.py", "{None: self.bound - len(self.groups)}", "{None: 0}"),
    (
        "statements/messages.py",
        "Label(((a, k),)): self.assemblage[Label(((a, x),))]",
        "Label(((a, k),)): self.assemblage[Label(((a, k),))]",
    ),
    (
        "statements/messages.py",
        "tuple(outcomes[x] for x in group)",
        "tuple(outcomes[k] for k, x in enumerate(group))",
    ),
    (
        "statements/messages.py",
        "if len(scenario.outcomes) != 1 or scenario.trusted_inputs is not None:",
        "if len(scenario.outcomes) != 1:",
    ),
    (
        "statements/messages.py",
        "if len(scenario.outcomes) != 1 or scenario.trusted_inputs is not None:",
        "if scenario.trusted_inputs is not None:",
    ),
    ("statements/messages.py", "    if claim.field != Q:\n", "    if False:\n"),
    ("statements/messages.py", "    if scenario.dimension < 2:\n", "    if False:\n"),
    (
        "statements/messages.py",
        'positive_block(f"σ[{label_text(label)}]", table[label])',
        'positive_block("", [[[] for _ in row] for row in table[label]])',
    ),
    ("statements/messages.py", "{None: messages - bound}", "{None: 0}"),
    ("statements/messages.py", "[*equations, *validity(scenario, table)]", "equations"),
    ("statements/messages.py", "if comb(vectors, size - 1) > MOST_VECTORS:", "if False:"),
    ("statements/messages.py", "{None: sum(1 for _ in dependent(groups, size))}", "{None: 0}"),
    ("statements/messages.py", "if vector in seen or not any(map(any, vector))", "if vector in seen"),
    (
        "statements/messages.py",
        "if vector in seen or not any(map(any, vector))",
        "if not any(map(any, vector))",
    ),
    ("statements/messages.py", "            seen.update(rays)\n", ""),
    (
        "statements/messages.py",
        "            if pivot is None:\n                yield vector\n",
        "            if pivot is None:\n                pass\n",
    ),
    (
        "statements/messages.py",
        "                yield vector\n\n\ndef sum_of_squares",
        "                pass\n\n\ndef sum_of_squares",
    ),
    (
        "statements/gaussian.py",
        "minus(by(vector[pivot], other[k]), by(other[pivot], vector[k]))",
        "by(vector[pivot], other[k])",
    ),
    ("statements/gaussian.py", "(pivot[0], -pivot[1])", "(pivot[0], pivot[1])"),
    ("statements/gaussian.py", "(re // divisor, im // divisor)", "(re, im)"),
    ("statements/gaussian.py", "return x[0] * y[0] - x[1] * y[1],", "return x[0] * y[0] + x[1] * y[1],"),
    ("statements/gaussian.py", "x[0] * y[1] + x[1] * y[0]\n", "x[0] * y[1] - x[1] * y[0]\n"),
    ("statements/gaussian.py", "return x[0] - y[0], x[1] - y[1]", "return x[0] - y[0], 0"),
    (
        "statements/messages.py",
        "sum(re * re + im * im for re, im in numbers)",
        "sum(re for re, im in numbers)",
    ),
    (
        "statements/gaussian.py",
        "return sum(re for re, _ in terms), sum(im for _, im in terms)",
        "return sum(re for re, _ in terms), 0",
    ),
    (
        "statements/gaussian.py",
        "return sum(re for re, _ in terms), sum(im for _, im in terms)",
        "return 0, sum(im for _, im in terms)",
    ),
    # Several trusted parties: what each of them sees.
    ("scenario.py", "(b * len(rows) + r) * after + f, (b", "(b * len(rows) + c) * after + f, (b"),
    (
        "scenario.py",
        "(b * len(rows) + r) * after + f, (b * len(rows) + c) * after + f",
        "(b * len(rows) + c) * after + f, (b * len(rows) + r) * after + f",
    ),
    (
        "scenario.py",
        "(b * len(rows) + r) * after + f, (b * len(rows) + c) * after + f",
        "(f * len(rows) + r) * before + b, (f * len(rows) + c) * before + b",
    ),
    (
        "scenario.py",
        "(b * len(rows) + r) * after + f, (b * len(rows) + c) * after + f",
        "b * len(rows) + r + f * before * len(rows), b * len(rows) + c + f * before * len(rows)",
    ),
    ("scenario.py", "for b in range(before):", "for b in range(1):"),
    ("scenario.py", "for f in range(after):", "for f in range(1):"),
    (
        "scenario.py",
        "before, after = self.joint_dimension // after, after // len(rows)",
        "before, after = 1, self.joint_dimension // len(rows)",
    ),
    (
        "scenario.py",
        "before, after = self.joint_dimension // after, after // len(rows)",
        "before, after = rows.start or 1, after // len(rows)",
    ),
    (
        "scenario.py",
        "before, after = self.joint_dimension // after, after // len(rows)",
        "before, after = self.joint_dimension // len(rows), 1",
    ),
    ("scenario.py", "if row in rows and column in rows:", "if row in rows:"),
    ("scenario.py", "if row in rows and column in rows:", "if column in rows:"),
    (
        "scenario.py",
        "for rows in self.summands():\n            for row",
        "for rows in self.summands()[:1]:\n            for row",
    ),
    (
        "scenario.py",
        "for column in range(rows.start, row + 1):",
        "for column in range(rows.start, row):",
    ),
    ("scenario.py", "for column in range(rows.start, row + 1):", "for column in range(row, row + 1):"),
    ("scenario.py", "prod(self.bobs) if self.bobs else", "sum(self.bobs) if self.bobs else"),
    ("scenario.py", "accumulate(self.bobs or (self.dimension,))", "accumulate((self.dimension,))"),
    ("scenario.py", "if k == l else (0, 0)", "if r < matrices[k].shape[0] > c else (0, 0)"),
    ("scenario.py", "if len(items) != len(scenario.bobs):", "if len(items) < len(scenario.bobs):"),
    ("scenario.py", "if len(items) != len(scenario.bobs):", "if len(items) > len(scenario.bobs):"),
    ("scenario.py", '() if several else ("trusted inputs",)', '("trusted inputs",)'),
    (
        "scenario.py",
        '"dimensions" if several else "dimension"), optional',
        '"dimensions" if several else "dimension"), ("dimension", *optional)',
    ),
    ("scenario.py", "if len(bobs) < 2 or min(bobs) < 1:", "if min(bobs) < 1:"),
    ("scenario.py", "if len(bobs) < 2 or min(bobs) < 1:", "if len(bobs) < 2:"),
    ("scenario.py", "if len(bobs) > MOST_PARTIES or max(bobs)", "if max(bobs)"),
    (
        "scenario.py",
        "or max(bobs) > LARGEST_DIMENSION or prod(bobs) > LARGEST_DIMENSION",
        "or max(bobs) > LARGEST_DIMENSION",
    ),
    ("scenario.py", "max(prod(bobs), sum(bobs))", "prod(bobs)"),
    ("scenario.py", "max(prod(bobs), sum(bobs))", "sum(bobs)"),
    (
        "scenario.py",
        '    if scenario.bobs:\n        raise Declined(f"{place}: {len',
        '    if False:\n        raise Declined(f"{place}: {len',
    ),
    (
        "scenario.py",
        "        if self.bobs:\n            text +=",
        "        if False:\n            text +=",
    ),
    *(
        (
            f"statements/{name}.py",
            "    read_single_scenario,\n",
            "    read_scenario as read_single_scenario,\n",
        )
        for name in ("lhs_bound", "messages", "projective", "pseudo", "sequential")
    ),
    (
        "statements/overlaps.py",
        "read_single_scenario, read_table",
        "read_scenario as read_single_scenario, read_table",
    ),
    (
        "statements/forms.py",
        "for k, rows in enumerate(scenario.summands()[1:], 2):",
        "for k, rows in enumerate(scenario.summands()[1:2], 2):",
    ),
    (
        "statements/forms.py",
        "for k, rows in enumerate(scenario.summands()[1:], 2):",
        "for k, rows in enumerate(scenario.summands()[2:], 3):",
    ),
    (
        "statements/forms.py",
        'trusted party 1 against {k}", difference, 0)',
        'trusted party 1 against {k}", {}, 0)',
    ),
    ("statements/forms.py", "difference.get(i, 0) - value", "difference.get(i, 0)"),
    ("statements/forms.py", "rows = scenario.summands()[0]", "rows = range(scenario.dimension)"),
    (
        "statements/forms.py",
        "    if not scenario.bobs:\n        return unknown(",
        "    if True:\n        return unknown(",
    ),
    (
        "statements/forms.py",
        "result[start + r][start : start + len(form)] = row",
        "result[start + r][: len(form)] = row",
    ),
    ("statements/forms.py", "        start += len(form)\n", ""),
    ("statements/forms.py", "(1, form[i][j]) for i, j in", "(1, form[j][i]) for i, j in"),
    ("statements/forms.py", "(1, form[i][j]) for i, j in", "(1, form[i][i]) for i, j in"),
    (
        "statements/assemblage.py",
        '        equations += equal_traces(scenario, f"σ[{label_text(label)}]", form)\n',
        "        pass\n",
    ),
    (
        "statements/assemblage.py",
        "        equations += vanishing_element(scenario, name, difference)\n",
        "        pass\n",
    ),
    (
        "statements/hidden_states.py",
        "equations += equal_traces(self.scenario, self._name(strategy, case), form)",
        "pass",
    ),
    ("statements/hidden_states.py", "sum(len(rows) ** 2 for rows in scenario.summands())", "1"),
    (
        "statements/hidden_states.py",
        "sum(len(rows) ** 2 for rows in scenario.summands())",
        "scenario.dimension",
    ),
    ("statements/realisation.py", "return scenario.joint_dimension", "return scenario.dimension"),
    (
        "statements/realisation.py",
        "    if scenario.bobs:\n        raise Declined",
        "    if False:\n        raise Declined",
    ),
    # Sets of assemblages, and their parents.
    ("statements/sets.py", "    if scenario.bobs:\n", "    if False:\n"),
    ("statements/sets.py", "convex_set, None, unknowns), known)", "convex_set, None, unknowns), None)"),
    (
        "statements/sets.py",
        "Assemblages(scenario, known, unknowns)",
        "Assemblages(scenario, None, unknowns)",
    ),
    (
        "statements/parents.py",
        "            equations += vanishing_element(self.scenario, name, difference)\n",
        "            pass\n",
    ),
    ("statements/parents.py", "[(1, self.element(label)), (-1, form)]", "[(1, form), (-1, form)]"),
    (
        "statements/parents.py",
        "return self.parent.blocks()",
        "return [type(b)(b.name, b.size) for b in self.parent.blocks()]",
    ),
    (
        "statements/parents.py",
        "self.parent.element(label))",
        "self.parent.element(self.scenario.nobody()))",
    ),
    (
        "statements/parents.py",
        "return self.parent.weight()",
        "return self.parent.element(self.scenario.nobody()) and {}",
    ),
    ("statements/no_signalling.py", "    if known is None:\n", "    if True:\n"),
    ("statements/no_signalling.py", "        if known is None:\n", "        if True:\n"),
    (
        "statements/no_signalling.py",
        "total((sign, self._independent[part]) for",
        "total((1, self._independent[part]) for",
    ),
    (
        "statements/no_signalling.py",
        'positive_block(f"σ[{label_text(label)}]", self.element(label))',
        'positive_block("", total([(0, self.element(label))]))',
    ),
    (
        "statements/no_signalling.py",
        "for sign, label in terms)), 0)",
        "for sign, label in terms[:0] or [(0, terms[0][1])])), 0)",
    ),
    (
        "statements/no_signalling.py",
        "self.element(self.scenario.nobody())",
        "self.element(next(self.scenario.labels()))",
    ),
    (
        "statements/no_signalling.py",
        "holds_quantum: ClassVar[bool] = True",
        "holds_quantum: ClassVar[bool] = False",
    ),
    # How negative parents are, and how much room they have.
    (
        "statements/tolerance.py",
        "(1, parent.element(label)), (1, shifted)",
        "(1, parent.element(label)), (-1, shifted)",
    ),
    (
        "statements/tolerance.py",
        "(1, parent.element(label)), (1, shifted)",
        "(1, parent.element(label)), (0, shifted)",
    ),
    (
        "statements/tolerance.py",
        "(1, parent.element(label)), (1, shifted)",
        "(0, parent.element(label)), (1, shifted)",
    ),
    ("statements/tolerance.py", "entry if r == c else []", "entry"),
    ("statements/tolerance.py", "entry if r == c else []", "entry if r == c == 0 else []"),
    ("statements/tolerance.py", "Marginals(scenario, parent, independent).equations()", "[]"),
    ("statements/tolerance.py", "Decomposition(*parents, {0: 1})", "Decomposition(*parents, {0: -1})"),
    ("statements/tolerance.py", "Decomposition(*parents, {0: 1})", "Decomposition(*parents, {0: 2})"),
    ("statements/tolerance.py", '["the tolerance t"], {0: 1})', '["the tolerance t"], {0: 2})'),
    (
        "statements/tolerance.py",
        "eigenvalue λ <= {stated(-self.bound)}",
        "eigenvalue λ <= {stated(self.bound)}",
    ),
    ("statements/tolerance.py", 'f"λ >= {stated(-self.bound)}', 'f"λ >= {stated(self.bound)}'),
    ("statements/parent_box.py", "        no_bound(claim)\n", ""),
    ("statements/parent_box.py", "if scenario.trusted_inputs is not None:", "if False:"),
    ("statements/parent_box.py", "if radius < 0:", "if False:"),
    ("statements/parent_box.py", "{None: -margin}", "{None: margin}"),
    ("statements/parent_box.py", "{None: -margin}", "{}"),
    ("statements/parent_box.py", "[*equations, *validity(self.scenario, table)]", "equations"),
    (
        "statements/parent_box.py",
        "[*equations, *validity(self.scenario, table)]",
        "validity(self.scenario, table)",
    ),
    ("statements/parent_box.py", "Fraction(3, 2) * (size - 1)", "Fraction(1, 2) * (size - 1)"),
    ("statements/parent_box.py", "1 + Fraction(3, 2) * (size - 1)", "Fraction(3, 2) * (size - 1)"),
    ("statements/parent_box.py", "(size - 1)) * size for", "(size - 1)) for"),
    ("statements/parent_box.py", "(len(sizes) - 1) * min(sizes)", "0"),
    ("statements/parent_box.py", "(len(sizes) - 1) * min(sizes)", "min(sizes)"),
    ("statements/parent_box.py", "(len(sizes) - 1) * min(sizes)", "len(sizes) - 1"),
    (
        "statements/parent_box.py",
        "Fraction(1, scenario.joint_dimension)",
        "Fraction(1, scenario.joint_dimension**2)",
    ),
    ("statements/parent_box.py", "if len(self.scenario.outcomes) == 1 else", "if True else"),
    ("statements/excluded.py", "and not scenario.bobs:", "and False:"),
    # Limits, and numbers that might be 0.
    ("statements/projective.py", "if not sign_of(offset):", "if not offset:"),
    ("statements/projective.py", ">= 10**MOST_DIGITS for", ">= 10**99 for"),
    ("statements/lhs_bound.py", "if len(self._inputs) > MOST_INPUTS:", "if False:"),
    ("statements/hidden_states.py", "> MOST_ANSWERS:", "> 10 * MOST_ANSWERS:"),
    ("statements/overlaps.py", "if len(labels) > MOST_VECTORS:", "if False:"),
    ("statements/messages.py", "    if len(groups) < size:\n        return\n", ""),
    ("statements/quantifiers.py", "while most - least > 1:", "while most - least > 2:"),
    # Operators on product states.
    ("statements/product_states.py", "if not dimensions or min(dimensions) < 1:", "if not dimensions:"),
    (
        "statements/product_states.py",
        "if not dimensions or min(dimensions) < 1:",
        "if min(dimensions) < 1:",
    ),
    (
        "statements/product_states.py",
        "if max(len(dimensions), *dimensions) > LARGEST_SYSTEM or prod",
        "if prod",
    ),
    ("statements/product_states.py", " or prod(dimensions) > LARGEST_SYSTEM:", ":"),
    (
        "statements/product_states.py",
        "if len(copies) != parties or min(copies) < 1:",
        "if min(copies) < 1:",
    ),
    (
        "statements/product_states.py",
        "if len(copies) != parties or min(copies) < 1:",
        "if len(copies) != parties:",
    ),
    ("statements/product_states.py", "if max(copies) > MOST_COPIES:", "if False:"),
    (
        "statements/product_states.py",
        "for first in range(degree, -1, -1):",
        "for first in range(degree + 1):",
    ),
    ("statements/product_states.py", "factorial(sum(own)) // prod(map(factorial, own))", "1"),
    (
        "statements/product_states.py",
        "factorial(sum(own)) // prod(map(factorial, own))",
        "factorial(sum(own))",
    ),
    (
        "statements/product_states.py",
        "norm.get(i, 0) + multiplicity(index) * value",
        "norm.get(i, 0) + value",
    ),
    (
        "statements/product_states.py",
        "split(oriented(self._value(moments, place), self.relation))",
        "split(self._value(moments, place))",
    ),
    (
        "statements/product_states.py",
        'bound = self.bound if self.relation == ">=" else -self.bound',
        "bound = self.bound",
    ),
    (
        "statements/product_states.py",
        'equation("normalisation", norm, 1)',
        'equation("normalisation", norm, 2)',
    ),
    (
        "statements/product_states.py",
        'equation("normalisation", norm, 1)',
        'equation("normalisation", norm, 0)',
    ),
    ("statements/product_states.py", "LowerBound(objective, bound)", "LowerBound(objective, bound - 1)"),
    ("statements/product_states.py", "if prod(k + 1 for k in self.copies) > MOST_SPLITS:", "if False:"),
    ("statements/product_states.py", "if j <= tuple(k - own", "if j < tuple(k - own"),
    ("statements/product_states.py", "if entries > most:", "if False:"),
    ("statements/product_states.py", "_count(d, j) * _count(d, k - j)", "_count(d, k - j)"),
    (
        "statements/product_states.py",
        "most = min(MOST_ENTRIES, MOST_LETTERS // sum(self.system.dimensions))",
        "most = MOST_ENTRIES",
    ),
    (
        "statements/product_states.py",
        "most = min(MOST_ENTRIES, MOST_LETTERS // sum(self.system.dimensions))",
        "most = MOST_LETTERS // sum(self.system.dimensions)",
    ),
    ("statements/product_states.py", "entries += size**2", "entries += size"),
    (
        "statements/product_states.py",
        "return factorial(dimension + degree - 1)",
        "return factorial(dimension + degree)",
    ),
    ("statements/product_states.py", "enumerate(rows[: r + 1])", "enumerate(rows[:r])"),
    (
        "statements/product_states.py",
        "moments[place[plus(v, u_)]][place[plus(u, v_)]]",
        "moments[place[plus(u, v_)]][place[plus(v, u_)]]",
    ),
    (
        "statements/product_states.py",
        "moments[place[plus(other, index)]][place[plus(own, index)]]",
        "moments[place[plus(own, index)]][place[plus(other, index)]]",
    ),
    ("statements/product_states.py", "m = multiplicity(index)", "m = 1"),
    ("statements/product_states.py", "m * (re * a - im * b)", "m * (re * a + im * b)"),
    ("statements/product_states.py", "m * (re * a - im * b)", "m * re * a"),
    (
        "statements/product_states.py",
        "                if re or im:\n                    for index",
        "                if re:\n                    for index",
    ),
    (
        "statements/product_states.py",
        "if [factor.shape for factor in factors] != [(d, 1) for d in system.dimensions]:",
        "if False:",
    ),
    ("statements/product_states.py", "if longest > MOST_BITS:", "if False:"),
    ("statements/product_states.py", "if sign_of(attained.value_and_norm()[1]) <= 0:", "if False:"),
    (
        "statements/product_states.py",
        "if sign_of(attained.value_and_norm()[1]) <= 0:",
        "if any(factor.vanishes for factor in factors):",
    ),
    (
        "statements/product_states.py",
        "if sign_of(attained.value_and_norm()[1]) <= 0:",
        "if not attained.value_and_norm()[1]:",
    ),
    (
        "statements/product_states.py",
        "oriented({None: value - self.bound * norm}, self.relation)",
        "{None: value - self.bound * norm}",
    ),
    ("statements/product_states.py", "value - self.bound * norm", "value - self.bound"),
    ("statements/product_states.py", "value - self.bound * norm", "0"),
    ("statements/product_states.py", "(a * c - b * d, a * d + b * c)", "(a * c + b * d, a * d + b * c)"),
    ("statements/product_states.py", "(a * c - b * d, a * d + b * c)", "(a * c - b * d, a * d - b * c)"),
    ("statements/product_states.py", "[[-im for _, im in vector]]", "[[im for _, im in vector]]"),
    (
        "statements/product_states.py",
        "for a, b in vector for c, d in own]",
        "for c, d in own for a, b in vector]",
    ),
    (
        "statements/product_states.py",
        '"Every product vector α of unit vectors',
        '"Some product vector α of unit vectors',
    ),
    # Maps.
    (
        "statements/positive_maps.py",
        "type[M], claim: Claim) -> M:\n        no_bound(claim)\n",
        "type[M], claim: Claim) -> M:\n",
    ),
    (
        "statements/positive_maps.py",
        "-> IndecomposableMap:\n        no_bound(claim)\n",
        "-> IndecomposableMap:\n",
    ),
    (
        "statements/positive_maps.py",
        "-> PositiveMap:\n        no_bound(claim)\n",
        "-> PositiveMap:\n",
    ),
    ("statements/positive_maps.py", "    if min(sizes) < 1:", "    if False:"),
    (
        "statements/positive_maps.py",
        "if max(sizes) > LARGEST_SYSTEM or sizes[0] * sizes[1] > LARGEST_SYSTEM:",
        "if max(sizes) > LARGEST_SYSTEM:",
    ),
    (
        "statements/positive_maps.py",
        "form[j * size + r][i * size + s]",
        "form[i * size + s][j * size + r]",
    ),
    (
        "statements/positive_maps.py",
        "form[j * size + r][i * size + s]",
        "form[i * size + r][j * size + s]",
    ),
    ("statements/positive_maps.py", "size = len(form) // dimension", "size = dimension"),
    (
        "statements/positive_maps.py",
        "input_part(self.choi, self.dimension) - identity(self.dimension)",
        "input_part(self.choi, self.dimension)",
    ),
    (
        "statements/positive_maps.py",
        'vanishing("tr_output J - 1", excess)',
        'vanishing("tr_output J - 1", excess)[:1]',
    ),
    (
        "statements/positive_maps.py",
        '[positive_block("J", constant(self.choi))]',
        '[positive_block("J", constant(self.choi - self.choi))]',
    ),
    ("statements/positive_maps.py", "if self.choi.shape[0] > LARGEST_UNKNOWN:", "if False:"),
    ("statements/positive_maps.py", "(-1, turned)", "(1, turned)"),
    ("statements/positive_maps.py", "(-1, turned)", "(-1, second)"),
    (
        "statements/positive_maps.py",
        'positive_block("J - Q^Γ", first)',
        'positive_block("J - Q^Γ", constant(self.choi - self.choi))',
    ),
    (
        "statements/positive_maps.py",
        'positive_block("Q", second)',
        'positive_block("Q", constant(self.choi - self.choi))',
    ),
    ("statements/positive_maps.py", ".get(None, 0)) >= 0:", ".get(None, 0)) > 0:"),
    (
        "statements/positive_maps.py",
        '            positive_block("ρ", state),',
        '            positive_block("ρ", constant(self.state - self.state)),',
    ),
    (
        "statements/positive_maps.py",
        'positive_block("ρ^Γ", partial_transpose(state, self.dimension))',
        'positive_block("ρ^Γ", constant(self.state - self.state))',
    ),
    (
        "statements/positive_maps.py",
        'read_copies(fields["copies"], 2)',
        'read_copies(fields["copies"], 3)',
    ),
    (
        "statements/positive_maps.py",
        "ProductSystem((self.dimension, self.output), self.choi)",
        "ProductSystem((self.output, self.dimension), self.choi)",
    ),
    (
        "statements/positive_maps.py",
        'self.copies, ">=", 0, self.field',
        'self.copies, "<=", 0, self.field',
    ),
    (
        "statements/positive_maps.py",
        'self.copies, ">=", 0, self.field',
        'self.copies, ">=", -1, self.field',
    ),
    # Product bases and exclusive events.
    (
        "statements/product_bases.py",
        "-> UnextendibleBasis:\n        no_bound(claim)\n",
        "-> UnextendibleBasis:\n",
    ),
    ("statements/product_bases.py", "        if claim.field != Q:", "        if False:"),
    ("statements/product_bases.py", "if not dimensions or min(dimensions) < 1:", "if not dimensions:"),
    (
        "statements/product_bases.py",
        "if not dimensions or min(dimensions) < 1:",
        "if min(dimensions) < 1:",
    ),
    ("statements/product_bases.py", "if len(given) > MOST_VECTORS:", "if False:"),
    (
        "statements/product_bases.py",
        "if [factor.shape for factor in factors] != [(d, 1) for d in dimensions]:",
        "if False:",
    ),
    ("statements/product_bases.py", "if any(factor.vanishes for factor in factors):", "if False:"),
    ("statements/product_bases.py", "if max(map(bits, factors)) > MOST_BITS:", "if False:"),
    (
        "statements/product_bases.py",
        "dot([conjugate(z) for z in own], its) == ZERO",
        "dot(own, its) == ZERO",
    ),
    (
        "statements/product_bases.py",
        "dot([conjugate(z) for z in own], its) == ZERO",
        "dot([conjugate(z) for z in own], its) != ZERO",
    ),
    ("statements/product_bases.py", "            orthogonal = any(", "            orthogonal = all("),
    ("statements/product_bases.py", "{None: int(not orthogonal)}", "{None: 0}"),
    ("statements/product_bases.py", "{None: int(left is not None)}", "{None: 0}"),
    ("statements/product_bases.py", "return z[0], -z[1]", "return z"),
    ("statements/product_bases.py", "* (1 + len(chosen))", ""),
    ("statements/product_bases.py", "if steps > MOST_STEPS:", "if steps > 2 * MOST_STEPS:"),
    (
        "statements/product_bases.py",
        "        if spanned:\n            return",
        "        if spanned:\n            return None and",
    ),
    ("statements/product_bases.py", "            if len(own) > 1:", "            if len(own) > 2:"),
    ("statements/product_bases.py", "            if len(own) > 1:", "            if True:"),
    ("statements/product_bases.py", "if z != ZERO)", "if z)"),
    (
        "statements/product_bases.py",
        "                if found is not None:\n                    return found\n",
        "                return found\n",
    ),
    (
        "statements/product_bases.py",
        "(*other[:p], ray(modulo(other[p], own, pivot)), *other[p + 1 :])",
        "(*other[:p], other[p][1:], *other[p + 1 :])",
    ),
    (
        "statements/product_bases.py",
        "-> ExclusiveEvents:\n        no_bound(claim)\n",
        "-> ExclusiveEvents:\n",
    ),
    (
        "statements/product_bases.py",
        "import Label, Scenario, label_text, parse_label, read_single_scenario",
        "import Label, Scenario, label_text, parse_label, read_scenario as read_single_scenario",
    ),
    (
        "statements/product_bases.py",
        "if scenario.dimension != 1 or scenario.trusted_inputs is not None:",
        "if scenario.dimension != 1:",
    ),
    (
        "statements/product_bases.py",
        "if scenario.dimension != 1 or scenario.trusted_inputs is not None:",
        "if scenario.trusted_inputs is not None:",
    ),
    ("statements/product_bases.py", "if len(given) > MOST_EVENTS:", "if False:"),
    ("statements/product_bases.py", "except ValueError as error:", "except ZeroDivisionError as error:"),
    (
        "statements/product_bases.py",
        "except OverflowError as error:",
        "except ZeroDivisionError as error:",
    ),
    (
        "statements/product_bases.py",
        "if not scenario.has(label) or None in label.parties:",
        "if not scenario.has(label):",
    ),
    (
        "statements/product_bases.py",
        "if not scenario.has(label) or None in label.parties:",
        "if None in label.parties:",
    ),
    ("statements/product_bases.py", "{None: int(not exclusive(one, other))}", "{None: 0}"),
    ("statements/product_bases.py", "a[1] == b[1] and a[0] != b[0]", "a[0] != b[0]"),
    ("statements/product_bases.py", "a[1] == b[1] and a[0] != b[0]", "a[1] == b[1]"),
    (
        "statements/product_bases.py",
        "    return any(\n        a is not",
        "    return all(\n        a is not",
    ),
    ("statements/semidefinite.py", "if unknowns < 1:", "if False:"),
    ("statements/semidefinite.py", "if unknowns > MOST_UNKNOWNS:", "if False:"),
    ("statements/semidefinite.py", "if 0 in sizes:", "if False:"),
    ("statements/semidefinite.py", "> MOST_BLOCKS:", "> 10**9:"),
    ("statements/semidefinite.py", "sum(1 if size > 0 else -size for size in sizes)", "len(sizes)"),
    (
        "statements/semidefinite.py",
        "sum(size * size for size in sizes if size > 0) > MOST_ENTRIES:",
        "False:",
    ),
    ("statements/semidefinite.py", "    if not isinstance(given, dict):", "    if False:"),
    ("statements/semidefinite.py", "if len(numbers) != 4:", "if False:"),
    ("statements/semidefinite.py", "if not 0 <= i <= unknowns:", "if not 0 <= i:"),
    ("statements/semidefinite.py", "if not 0 <= i <= unknowns:", "if not i <= unknowns:"),
    ("statements/semidefinite.py", "if not 1 <= b <= len(sizes):", "if not 1 <= b:"),
    ("statements/semidefinite.py", "if not 1 <= b <= len(sizes):", "if not b <= len(sizes):"),
    (
        "statements/semidefinite.py",
        "if not 1 <= row <= column <= abs(size):",
        "if not 1 <= row <= column:",
    ),
    (
        "statements/semidefinite.py",
        "if not 1 <= row <= column <= abs(size):",
        "if not row <= column <= abs(size):",
    ),
    (
        "statements/semidefinite.py",
        "if not 1 <= row <= column <= abs(size):",
        "if not (1 <= row and 1 <= column <= abs(size)):",
    ),
    ("statements/semidefinite.py", "if size < 0 and row != column:", "if False:"),
    ("statements/semidefinite.py", "    if not isinstance(value, dict):", "    if False:"),
    ("statements/semidefinite.py", "if not first <= i <= unknowns:", "if not first <= i:"),
    ("statements/semidefinite.py", "if not first <= i <= unknowns:", "if not 0 <= i <= unknowns:"),
    ("statements/semidefinite.py", "if not first <= i <= unknowns:", "if not i <= unknowns:"),
    ("statements/semidefinite.py", "    if not number:\n", "    if False:\n"),
    ("statements/semidefinite.py", "> MOST_CHARACTERS:", "> 10**9:"),
    (
        "statements/semidefinite.py",
        "for text in value if isinstance(value, list) else [value]:",
        "for text in [] if isinstance(value, list) else [value]:",
    ),
    ("statements/semidefinite.py", "        if not of_unknowns(equations[-1]):", "        if False:"),
    ("statements/semidefinite.py", "    _limit_denominators(matrices.values())\n", ""),
    (
        "statements/semidefinite.py",
        "_limit_denominators(value for form in (objective, *equations)",
        "_limit_denominators(value for form in ()",
    ),
    (
        "statements/semidefinite.py",
        "lcm(common, *(c.denominator for c in coefficients_of(value)))",
        "lcm(common, coefficients_of(value)[0].denominator)",
    ),
    ("statements/semidefinite.py", "if common.bit_length() > MOST_BITS:", "if False:"),
    (
        "statements/semidefinite.py",
        "block, r, c = blocks[b, 0], column - 1, row - 1",
        "block, r, c = blocks[b, 0], row - 1, column - 1",
    ),
    (
        "statements/semidefinite.py",
        "block, r, c = blocks[b, 0], column - 1, row - 1",
        "block, r, c = blocks[b, 0], column - 1, column - 1",
    ),
    (
        "statements/semidefinite.py",
        "block, r, c = blocks[b, row], 0, 0",
        "block, r, c = blocks[b, 1], 0, 0",
    ),
    ("statements/semidefinite.py", "if self.sizes[b - 1] > 0:", "if self.sizes[b - 2] > 0:"),
    (
        "statements/semidefinite.py",
        "block.constant.append((r, c, -value, 0))",
        "block.constant.append((r, c, value, 0))",
    ),
    ("statements/semidefinite.py", "block.constant.append((r, c, -value, 0))", "pass"),
    (
        "statements/semidefinite.py",
        "setdefault(i - 1, []).append((r, c, value, 0))",
        "setdefault(i - 1, []).append((r, c, -value, 0))",
    ),
    ("statements/semidefinite.py", "[*self._blocks(), *blocks]", "[*self._blocks()]"),
    ("statements/semidefinite.py", "[*self._blocks(), *blocks]", "[*blocks]"),
    ("statements/semidefinite.py", "blocks], self._equations(), goal)", "blocks], [], goal)"),
    ("statements/semidefinite.py", "of_unknowns(form), form.get(0, 0))", "of_unknowns(form), 0)"),
    (
        "statements/semidefinite.py",
        "return {i - 1: value for i, value in form.items() if i}",
        "return {i - 1: -value for i, value in form.items() if i}",
    ),
    (
        "statements/semidefinite.py",
        "LowerBound(of_unknowns(self.problem.objective), self.bound)",
        "LowerBound(of_unknowns(self.problem.objective), self.bound - 1)",
    ),
    (
        "statements/semidefinite.py",
        "    below: RealForm = {i: -value for",
        "    below: RealForm = {i: value for",
    ),
    (
        "statements/semidefinite.py",
        "    below[None] = self.bound\n",
        "    below[None] = self.bound + 1\n",
    ),
    (
        "statements/semidefinite.py",
        'self.problem.program(Existence(), [inequality("c·x <= bound", below)])',
        "self.problem.program(Existence())",
    ),
    ("statements/semidefinite.py", "        no_bound(claim)\n", ""),
    # Boxes inside a set, and elements of LHS assemblages.
    ("statements/boxes.py", "all(None not in label.parties", "any(None not in label.parties"),
    ("statements/boxes.py", "all(None not in label.parties for label in self.centre)", "False"),
    ("statements/boxes.py", "k = 1 + sum(counts) - len(counts)", "k = sum(counts) - len(counts)"),
    ("statements/boxes.py", "k = 1 + sum(counts) - len(counts)", "k = len(counts)"),
    (
        "statements/boxes.py",
        "k - (counts[0] - 1) if self.is_full",
        "k - (counts[-1] - 1) if self.is_full",
    ),
    ("statements/boxes.py", "k - (counts[0] - 1) if self.is_full", "k - counts[0] if self.is_full"),
    ("statements/boxes.py", "k - (counts[0] - 1) if self.is_full else k", "k"),
    ("statements/boxes.py", "k - (counts[0] - 1) if self.is_full else k", "k - (counts[0] - 1)"),
    ("statements/boxes.py", "sizes = [len(rows) for", "sizes = [1 for"),
    ("statements/boxes.py", "sizes = [len(rows) for", "sizes = [self.scenario.dimension for"),
    ("statements/boxes.py", "largest = max(", "largest = min("),
    ("statements/boxes.py", "max(d * (1 +", "max((1 +"),
    ("statements/boxes.py", "(1 + Fraction(3, 2) * (d - 1))", "(Fraction(3, 2) * d)"),
    ("statements/boxes.py", "1 + Fraction(3, 2) * (d - 1)", "1"),
    ("statements/boxes.py", "Fraction(3, 2) * (d - 1)", "(d - 1)"),
    ("statements/boxes.py", "self.radius * largest * prod", "largest * prod"),
    ("statements/boxes.py", "self.radius * largest * prod", "self.radius * prod"),
    ("statements/boxes.py", "* prod(q + k - 1 for q, k in", "* prod(q for q, k in"),
    ("statements/boxes.py", "* prod(q + k - 1 for q, k in", "* max(q + k - 1 for q, k in"),
    ("statements/boxes.py", "if part is not None:", "if False:"),
    ("statements/boxes.py", "part[0] == counts[part[1]] - 1", "False"),
    ("statements/boxes.py", "part[0] == counts[part[1]] - 1", "part[0] == counts[0] - 1"),
    ("statements/boxes.py", "others = Fraction(1, q + k - 1)", "others = Fraction(1, k)"),
    ("statements/boxes.py", "1 - (counts[part[1]] - 1) * others", "1 - others"),
    ("statements/boxes.py", "Fraction(1, len(rows)) * weight for", "weight for"),
    ("statements/boxes.py", "Fraction(1, len(rows)) * weight for", "Fraction(1, len(rows)) for"),
    (
        "statements/boxes.py",
        "Fraction(1, len(rows)) * weight",
        "Fraction(1, self.scenario.dimension) * weight",
    ),
    ("statements/boxes.py", "diagonal[row] if row == column else 0", "diagonal[row]"),
    ("statements/boxes.py", "    if radius < 0:", "    if False:"),
    ("statements/boxes.py", "if set(centre) not in map(set, kinds):", "if False:"),
    ("statements/boxes.py", "islice(of, len(centre) + 1)", "islice(of, len(centre))"),
    (
        "statements/boxes.py",
        "(scenario.labels(), scenario.collins_gisin_labels())",
        "(scenario.labels(),)",
    ),
    (
        "statements/boxes.py",
        "(scenario.labels(), scenario.collins_gisin_labels())",
        "(scenario.collins_gisin_labels(),)",
    ),
    ("statements/boxes.py", "    _limit(scenario, centre, radius)\n", ""),
    ("statements/boxes.py", "prod(sum(2 * count - 1 for count in counts) for", "prod(1 for"),
    ("statements/boxes.py", " * len(scenario.inputs_of_trusted()) * ", " * "),
    ("statements/boxes.py", "scenario.dimension**2", "scenario.dimension"),
    ("statements/boxes.py", "longest = max(map(bits, centre.values()))", "longest = 0"),
    ("statements/boxes.py", "+ radius.denominator.bit_length()", ""),
    ("statements/boxes.py", "> MOST_BITS:", "> 2 * MOST_BITS:"),
    ("statements/member_box.py", "        no_bound(claim)\n", ""),
    ("statements/member_box.py", "(1, constant(marginal(", "(1 - p, constant(marginal("),
    ("statements/member_box.py", "(-p, constant(", "(p, constant("),
    ("statements/member_box.py", "(-p, constant(", "(0, constant("),
    ("statements/member_box.py", "self.convex_set, rest)", "self.convex_set)"),
    (
        "statements/member_box.py",
        "[*found.equations(), *validity(scenario, forms)]",
        "found.equations()",
    ),
    (
        "statements/member_box.py",
        "[*found.equations(), *validity(scenario, forms)]",
        "validity(scenario, forms)",
    ),
    ("statements/member_box.py", "found.blocks()", "[]"),
    ("statements/quantum_box.py", "        no_bound(claim)\n", ""),
    ("statements/quantum_box.py", "            *self.realisation.equations(),\n", ""),
    (
        "statements/quantum_box.py",
        "            normalisation(trace(constant(self.realisation.reduced_state()))),\n",
        "",
    ),
    ("statements/quantum_box.py", "(1 - p, constant(", "(1, constant("),
    ("statements/quantum_box.py", "(p, constant(", "(0, constant("),
    ("statements/quantum_box.py", "constant(scenario.marginals(tau[label]))", "constant(tau[label])"),
    ("statements/quantum_box.py", "            equations += vanishing(", "            vanishing("),
    ("statements/quantum_box.py", "[*self.realisation.blocks(), room]", "self.realisation.blocks()"),
    ("statements/quantum_box.py", "[*self.realisation.blocks(), room]", "[room]"),
    ("statements/quantum_box.py", "Fraction(1) - p}", "Fraction(2) - p}"),
    (
        "statements/member.py",
        "read_table if convex_set.holds_quantum else read_full_elements",
        "read_table",
    ),
    (
        "statements/member.py",
        "read_table if convex_set.holds_quantum else read_full_elements",
        "read_full_elements",
    ),
    ("statements/member.py", "        if not elements:\n", "        if False:\n"),
    ("statements/member.py", "if not is_whole(self.scenario, self.assemblage):", "if False:"),
    ("statements/member.py", "if not is_whole(self.scenario, self.assemblage):", "if True:"),
    ("statements/member.py", "[*part.equations(), normalisation(part)]", "part.equations()"),
    ("statements/member.py", "[*part.equations(), normalisation(part)]", "[normalisation(part)]"),
    ("statements/member.py", "Program(part.unknowns, part.blocks(),", "Program(part.unknowns, [],"),
    (
        "statements/member.py",
        "        if is_whole(self.scenario, self.assemblage):\n",
        "        if True:\n",
    ),
    (
        "statements/assemblage.py",
        "return len(elements) == sum(1 for _ in scenario.labels())",
        "return True",
    ),
    ("statements/assemblage.py", 'article = "an" if what', 'article = "a" if what'),
]


# The kernel below a folder on all files, until one verdict is not as expected; without a limit of the
# kernel's own, memory ends it.
FIRST_DIFFERENCE = """
import json, resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))
from exactsteer.kernel.__main__ import check_file
for path, status, message in json.load(sys.stdin):
    verdict = check_file(Path(path))
    if verdict.status != status or message not in verdict.message:
        print(path, verdict.status, verdict.message)
        break
"""


def statement_of(path: Path) -> str:
    """The module that defines the kind of a file's claim, if it has one."""
    try:
        return str(STATEMENTS[json.loads(path.read_text("utf-8"))["claim"]["kind"]].__module__)
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


STATEMENT_OF = {path: statement_of(path) for path in FILES}
EXPECTED = {path: [str(path), FOLDERS[path.parent.name], expected_message(path)] for path in FILES}


@pytest.mark.parametrize("weakening", WEAKENINGS, ids=lambda w: f"{w[0]}:{w[1].strip()[:50]}")
def test_corpus_catches_a_weakened_kernel(weakening: tuple[str, str, str], tmp_path: Path) -> None:
    file, old, new = weakening
    for room in ("kernel", "statements"):
        shutil.copytree(ROOT / "exactsteer" / room, tmp_path / "exactsteer" / room)
    for module in ("__init__.py", "scenario.py"):
        shutil.copy(ROOT / "exactsteer" / module, tmp_path / "exactsteer")
    source = tmp_path / "exactsteer" / file
    text = source.read_text("utf-8")
    assert text.count(old) == 1, "the mutation must be there"
    source.write_text(text.replace(old, new), "utf-8")

    # Files that should notice come first, since the first one that does ends the run.
    module = "exactsteer." + file.removesuffix(".py").replace("/", ".")
    ordered = sorted(FILES, key=lambda f: (STATEMENT_OF[f] != module, f.parent.name == "accept"))
    expected = [EXPECTED[path] for path in ordered]
    command = [sys.executable, "-I", "-S", "-c", FIRST_DIFFERENCE, tmp_path]
    try:
        run = subprocess.run(
            command, input=json.dumps(expected), capture_output=True, text=True, check=True, timeout=30
        )
    except subprocess.TimeoutExpired:
        return  # a file that is to be declined at once
    assert run.stdout, "no file of the corpus notices"


def test_corpus_covers_every_kind() -> None:
    for folder in ("accept", "reject"):
        kinds = {
            json.loads(path.read_text("utf-8"))["claim"]["kind"]
            for path in (ROOT / "tests" / "corpus" / folder).glob("*.json")
        }
        assert kinds == set(STATEMENTS)
