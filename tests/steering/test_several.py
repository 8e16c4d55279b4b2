"""Several trusted parties as people give them, and printed numbers next to an assemblage."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exactsteer import Assemblage, Functional, InputError, PrintedAssemblage, bound, member, realise
from exactsteer.api import noise_robustness, validate, value, visibility
from exactsteer.classical import messages
from exactsteer.constructions.states import white_noise
from exactsteer.exact.numbers import approximation
from exactsteer.inside import negativity, pseudo_realisation
from exactsteer.parents import eigenvalue_tolerance, parent_assemblage, parent_box
from exactsteer.scenario import Label, Scenario, direct_sum
from exactsteer.statements.parent_box import margin_of_unit_box
from exactsteer.steering.layouts import exact_hermitian, float_matrix

COIN = np.full((2, 2, 2, 2), 0.25) * np.eye(2)
QUQUART_COIN = np.full((2, 2, 4, 4), 0.125) * np.eye(4)
HALF, QUARTER = [["1/4", "0"], ["0", "1/4"]], [["1/8", "0"], ["0", "1/8"]]
FILE: dict[str, Any] = {
    "scenario": {"parties": [[2, 2]], "dimensions": [2, 2]},
    "assemblage": {f"{a}|{x}": [HALF, HALF] for a in range(2) for x in range(2)},
}


def written(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), "utf-8")
    return path


def changed(path: tuple[Any, ...], new: Any) -> dict[str, Any]:
    """The file with one value replaced."""
    copy: Any = json.loads(json.dumps(FILE))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = new
    return dict(copy)


def test_a_file_and_arrays_mean_the_same(tmp_path: Path) -> None:
    sigma = Assemblage.from_json(written(tmp_path / "sigma.json", FILE))
    assert sigma == Assemblage.from_arrays([COIN, COIN], "outcomes-first") == white_noise(sigma.scenario)
    assert sigma.scenario == Scenario.with_bobs(((2, 2),), (2, 2))
    for k in range(2):
        assert np.array_equal(sigma.bob(k).to_array("outcomes-first"), COIN)
    with pytest.raises(InputError, match="trusted party 2: there are 0 to 1"):
        sigma.bob(2)
    with pytest.raises(InputError, match=r"sigma\.bob\(k\)"):
        sigma.to_array("outcomes-first")


def test_independent_elements_suffice(tmp_path: Path) -> None:
    elements = {"_|_": [[["1/2", "0"], ["0", "1/2"]]] * 2, "0|0": [HALF, HALF], "0|1": [HALF, HALF]}
    given = changed(("assemblage",), elements)
    again = Assemblage.from_json(written(tmp_path / "sigma.json", given))
    assert again == Assemblage.from_arrays([COIN, COIN], "outcomes-first")


@pytest.mark.parametrize(
    ("path", "new", "message"),
    [
        (("scenario", "dimensions"), [4], "positive integers"),
        (("scenario", "dimensions"), [2, 0], "positive integers"),
        (("scenario", "dimensions"), 4, "positive integers"),
        (("scenario", "dimension"), 4, "needs the form"),
        (("scenario", "trusted inputs"), 2, "several trusted parties have no inputs"),
        (("scenario", "sequential"), True, "several trusted parties have no inputs"),
        (("assemblage", "0|0"), HALF, "trusted party 1: a 2×2 matrix is needed"),
        (("assemblage", "0|0"), [HALF] * 3, "a list of 2 matrices is needed"),
        (("assemblage", "0|1"), [HALF, [["1/4"]]], "trusted party 2: a 2×2 matrix is needed"),
        (("assemblage", "1|1"), [HALF, QUARTER], "signalling of party 1 .* by 0.125"),
    ],
)
def test_bad_files(path: tuple[Any, ...], new: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message):
        Assemblage.from_json(written(tmp_path / "bad.json", changed(path, new)))


def test_marginals_of_different_traces_are_refused() -> None:
    """Each party's own assemblage is valid."""
    other = COIN.copy()
    other[0], other[1] = COIN[0] * 1.5, COIN[1] * 0.5
    with pytest.raises(InputError, match=r"trusted parties 1 and 2 differ by -0\.25;"):
        Assemblage.from_arrays([COIN, other], "outcomes-first")
    with pytest.raises(InputError, match="reduced state has trace 2"):
        Assemblage.from_arrays([2 * COIN, 2 * COIN], "outcomes-first")
    with pytest.raises(InputError, match="trusted parties 1 and 2 have different outcomes"):
        Assemblage.from_arrays([COIN, np.full((3, 2, 2, 2), 1 / 8) * np.eye(2)], "outcomes-first")
    with pytest.raises(InputError, match="1 arrays"):
        Assemblage.from_arrays([COIN], "outcomes-first")


def test_what_is_about_one_trusted_party_says_so() -> None:
    sigma = Assemblage.from_arrays([COIN, QUQUART_COIN], "outcomes-first")
    noise = Assemblage.from_arrays([COIN, COIN], "outcomes-first")
    with pytest.raises(InputError, match=r"different scenarios: .* dimensions 2, 4, and .* 2, 2"):
        visibility(sigma, noise)
    for call in (negativity, pseudo_realisation, messages):
        with pytest.raises(InputError, match="one trusted party"):
            call(sigma)
    functional = Functional(sigma.scenario, sigma.table)
    with pytest.raises(InputError, match="one trusted party is needed, and there are 2"):
        bound(functional, "LHS")
    two = white_noise(Scenario.with_bobs(((2, 2), (2, 2)), (2, 2)))
    with pytest.raises(InputError, match="one trusted party is needed, and there are 2"):
        realise(two)


def test_white_noise_through_every_call() -> None:
    """The tensor product is its most positive parent, with eigenvalues 1/16."""
    sigma = Assemblage.from_arrays([COIN, QUQUART_COIN], "outcomes-first")
    validate(sigma)
    for name in ("no-signalling", "almost-quantum", "1", "LHS"):
        assert member(sigma, outer_set=name).verdict in (name, "level-1")
    tolerance = eigenvalue_tolerance(sigma)
    assert tolerance.lower <= Fraction(-1, 16) <= tolerance.upper
    _, radius = parent_box(sigma)
    limit = Fraction(1, 16) / margin_of_unit_box(sigma.scenario)
    assert Fraction(99, 100) * limit < radius <= limit
    parent = parent_assemblage(sigma)
    assert parent.scenario.dimension == 8
    for label, matrix in sigma.table.items():
        assert sigma.scenario.marginals(parent.table[label]).reduced() == matrix
    assert realise(sigma).realisation is not None
    functional = Functional(sigma.scenario, sigma.table)
    exact = value(functional, sigma).certificate.claim.bound
    largest = bound(functional, "no-signalling", "max")
    assert exact is not None
    assert largest.lower >= exact
    # σ = Σ 1/4 ⊕ 1/8, so F(σ) = 4 (1/8 + 1/16); no assemblage has more, F being a multiple of 1.
    assert exact == Fraction(3, 4)
    assert largest.lower <= Fraction(3, 4) <= largest.upper


def projection(scenario: Scenario, table: dict[Label, Any]) -> dict[Label, Any]:
    """The nearest table in floating point, by least squares on all conditions at once."""
    labels, size = list(scenario.labels()), scenario.dimension
    places = {label: k * size * size for k, label in enumerate(labels)}
    conditions: list[tuple[dict[int, complex], complex]] = []
    blocks = scenario.summands()
    for p, inputs in enumerate(scenario.outcomes):
        for label in labels:
            part = label.parties[p]
            assert part is not None
            if part[0] or not part[1]:
                continue
            for rows in blocks:
                for r, c in product(rows, rows):
                    row: dict[int, complex] = {}
                    for setting, sign in ((part[1], 1), (0, -1)):
                        for a in range(inputs[setting]):
                            own = (*label.parties[:p], (a, setting), *label.parties[p + 1 :])
                            row[places[Label(own)] + r * size + c] = sign
                    conditions.append((row, 0))
    for label in labels:
        for rows in blocks[1:]:
            row = {places[label] + r * size + r: 1 for r in rows}
            row |= {places[label] + r * size + r: -1 for r in blocks[0]}
            conditions.append((row, 0))
    first = [
        label for label in labels if all(part is not None and not part[1] for part in label.parties)
    ]
    conditions.append(({places[k] + r * size + r: 1 for k in first for r in blocks[0]}, 1))
    matrix = np.zeros((len(conditions), len(labels) * size * size), dtype=complex)
    for k, (row, _) in enumerate(conditions):
        for place, weight in row.items():
            matrix[k, place] = weight
    right = np.array([target for _, target in conditions])
    start = np.concatenate([float_matrix(table[label]).ravel() for label in labels])
    change = np.linalg.lstsq(matrix, right - matrix @ start, rcond=None)[0]
    moved = (start + change).reshape(len(labels), size, size)
    return dict(zip(labels, moved, strict=True))


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(((2, 2),), 2),
        Scenario(((2, 3), (3, 1, 2)), 2),
        Scenario.with_bobs(((2, 3),), (2, 3)),
        Scenario.with_bobs(((2, 2), (2, 3)), (1, 2, 2)),
    ],
)
def test_nearest_assemblage_against_least_squares(scenario: Scenario) -> None:
    """Numbers with three digits, near white noise."""
    rng = np.random.default_rng(5)
    noise, table = white_noise(scenario), {}
    for label, matrix in noise.table.items():
        parts = []
        for rows in scenario.summands():
            size = len(rows)
            random = rng.integers(-9, 10, (2, size, size)) / 1000
            own = float_matrix(matrix)[rows.start : rows.stop, rows.start : rows.stop]
            hermitian = own + (random[0] + 1j * random[1]) + (random[0] + 1j * random[1]).conj().T
            text = [[[f"{z.real:.4f}", f"{z.imag:.4f}"] for z in row] for row in hermitian]
            parts.append(exact_hermitian(text, size, "test"))
        table[label] = direct_sum(parts)
    printed = PrintedAssemblage.from_elements(scenario, table)
    with pytest.raises(InputError, match=r"the nearest valid assemblage is 0\.0\d+ away, more than"):
        printed.nearest()
    nearest, expected = printed.nearest(Fraction(1, 10)), projection(scenario, table)
    for label, matrix in nearest.table.items():
        np.testing.assert_allclose(float_matrix(matrix), expected[label], atol=1e-12)
    away = max(
        np.max(np.maximum(abs((d := expected[k] - float_matrix(table[k])).real), abs(d.imag)))
        for k in table
    )
    assert float(approximation(printed.distance(nearest))) == pytest.approx(away)
    # A valid assemblage is its own nearest one.
    again = PrintedAssemblage.from_elements(scenario, nearest.table)
    assert again.nearest() == nearest
    assert again.distance(nearest) == 0


def test_printed_numbers_are_classified_as_a_box() -> None:
    thirds = np.full((3, 2, 2, 2), 0.1667) * np.eye(2)
    printed = PrintedAssemblage.from_array(thirds, "outcomes-first")
    with pytest.raises(InputError, match="not normalised"):
        Assemblage.from_array(thirds, "outcomes-first")
    assert member(printed, outer_set="LHS").verdict == "LHS"
    beyond = PrintedAssemblage.from_arrays([COIN, COIN * 1.001], "outcomes-first")
    # No assemblage is these numbers; that is no reason to call them postquantum.
    assert member(beyond, outer_set="no-signalling").verdict == "no-signalling"


def test_doubles_are_hermitian_up_to_rounding() -> None:
    """A random rotation of the coin, as floating point gives it."""
    rng = np.random.default_rng(4)
    unitary = np.linalg.qr(rng.normal(size=(2, 2)) + 1j * rng.normal(size=(2, 2)))[0]
    rotated = unitary @ (COIN + 0.1 * np.diag([1, -1])) @ unitary.conj().T
    rotated[1] = COIN[1] + COIN[0] - (rotated[0] - COIN[0]) - COIN[0]
    for layout in ("outcomes-first", "matrices-first"):
        array = rotated if layout == "outcomes-first" else np.moveaxis(rotated, (2, 3), (0, 1))
        printed = PrintedAssemblage.from_array(array, layout)
        assert float(approximation(printed.distance(printed.nearest()))) < 1e-15
        with pytest.raises(InputError, match=r"not Hermitian, by up to 0\.1"):
            PrintedAssemblage.from_array(array + 0.1j * np.ones_like(array) / 2, layout)


def test_printed_numbers_far_from_any_assemblage() -> None:
    far = COIN.copy()
    far[0, 0] = [[0.9, 0], [0, -0.4]]
    with pytest.raises(InputError, match="no assemblage up to rounding: not no-signalling"):
        PrintedAssemblage.from_array(far, "outcomes-first").nearest()
    with pytest.raises(InputError, match="is missing"):
        PrintedAssemblage.from_elements(Scenario(((2, 2),), 2), {})


def test_robustness_is_one_minus_visibility() -> None:
    box = np.zeros((2, 2, 2, 2, 1, 1))
    for a, b, x, y in np.ndindex(2, 2, 2, 2):
        box[a, b, x, y] = 0.5 * ((a + b) % 2 == x * y)
    sigma = Assemblage.from_array(box, "outcomes-first")
    v, r = visibility(sigma), noise_robustness(sigma)
    assert (r.lower, r.upper) == (1 - v.upper, 1 - v.lower)
