"""Files and containers that people bring: arrays of NumPy and MATLAB, dictionaries, cvxpy variables."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import cvxpy as cp
import numpy as np
import numpy.typing as npt
import pytest
from exact_quantum import scenarios
from hypothesis import given
from hypothesis import strategies as st
from scipy.io import savemat

from exactsteer import (
    Assemblage,
    Functional,
    InputError,
    InstrumentalAssemblage,
    PrintedAssemblage,
    SequentialAssemblage,
    read,
)
from exactsteer.constructions.states import white_noise
from exactsteer.exact.numbers import approximation
from exactsteer.scenario import Scenario
from exactsteer.steering.assemblage import white_noise_table
from exactsteer.steering.layouts import half_of_last_digit

Array = npt.NDArray[Any]
PAULIS = {
    "X": np.array([[0, 1], [1, 0]], complex),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]).astype(complex),
}


def effects(name: str) -> list[Array]:
    return [(np.eye(2) + sign * PAULIS[name]) / 2 for sign in (1, -1)]


def steered(names: str = "XYZ", visibility: float = 1.0) -> Array:
    """sigma[a, x] of Pauli measurements of half an isotropic pair of qubits."""
    table = np.zeros((2, len(names), 2, 2), complex)
    for x, name in enumerate(names):
        for a, effect in enumerate(effects(name)):
            table[a, x] = visibility * effect.T / 2 + (1 - visibility) * np.eye(2) / 4
    return table


def ghz(visibility: float) -> Array:
    """sigma[a, b, x, y] of X and Y measurements of two parties of a GHZ state with noise."""
    vector = np.zeros(8)
    vector[[0, 7]] = 0.5**0.5
    state = visibility * np.outer(vector, vector) + (1 - visibility) * np.eye(8) / 8
    tensor = state.reshape(2, 2, 2, 2, 2, 2)
    table = np.zeros((2, 2, 2, 2, 2, 2), complex)
    for a, b, x, y in np.ndindex(2, 2, 2, 2):
        one, other = effects("XY"[x])[a], effects("XY"[y])[b]
        table[a, b, x, y] = np.einsum("ji,lk,ikrjls->rs", one, other, tensor)
    return table


def near(found: Any, array: Array) -> bool:
    """Whether these doubles, as sigma[a, b, x, y], were read; exactly, if they are exactly valid."""
    if isinstance(found, Assemblage):
        return np.array_equal(found.to_array("outcomes-first"), array)
    away = np.abs(found.nearest().to_array("outcomes-first") - array)
    return isinstance(found, PrintedAssemblage) and bool(np.max(away) < 1e-12)


def test_numpy_files(tmp_path: Path) -> None:
    sigma = ghz(0.9)
    np.save(tmp_path / "one.npy", sigma)
    assert near(read(tmp_path / "one.npy", layout="outcomes-first"), sigma)
    np.savez(tmp_path / "many.npz", sigma=sigma, other=np.eye(2))
    assert near(read(tmp_path / "many.npz", layout="outcomes-first", variable=["sigma"]), sigma)
    np.savez(tmp_path / "single.npz", sigma=np.moveaxis(sigma, (4, 5), (0, 1)))
    assert near(read(tmp_path / "single.npz", layout="matrices-first"), sigma)
    exact = read(tmp_path / "one.npy", "functional", "outcomes-first")
    assert isinstance(exact, Functional)
    table = white_noise(Scenario(((2, 2),), 2))
    np.save(tmp_path / "coin.npy", table.to_array("settings-first"))
    assert read(tmp_path / "coin.npy", layout="settings-first", printed=False) == table


def test_kinds_of_arrays(tmp_path: Path) -> None:
    coins = np.full((2, 2, 1, 2, 2, 2), 0.125) * np.eye(2)
    np.save(tmp_path / "coins.npy", coins)
    steps = read(tmp_path / "coins.npy", "sequential", "outcomes-first")
    assert isinstance(steps, SequentialAssemblage)
    np.save(tmp_path / "coin.npy", np.full((2, 2, 2, 2), 0.25) * np.eye(2))
    own = read(tmp_path / "coin.npy", "instrumental", "outcomes-first")
    assert isinstance(own, InstrumentalAssemblage)
    with pytest.raises(InputError, match="array of 2 parties"):
        read(tmp_path / "coins.npy", "instrumental", "outcomes-first")
    np.savez(tmp_path / "bobs.npz", one=steered("XZ"), two=steered("XY"))
    bobs = read(tmp_path / "bobs.npz", layout="outcomes-first", variable=["one", "two"])
    assert isinstance(bobs, Assemblage)  # halves and quarters are exact
    assert bobs.scenario.bobs == (2, 2)
    with_input = np.full((2, 2, 3, 2, 2), 0.25) * np.eye(2)
    np.save(tmp_path / "input.npy", with_input)
    given_input = read(tmp_path / "input.npy", layout="outcomes-first", trusted_input=True)
    assert given_input.scenario.trusted_inputs == 3
    with pytest.raises(InputError, match="several arrays are those of several trusted parties"):
        read(tmp_path / "bobs.npz", "functional", "outcomes-first", variable=["one", "two"])


def test_matlab_files(tmp_path: Path) -> None:
    """As the steering review has them; as cells; and with the axes of length 1 that MATLAB drops."""
    sigma = steered()
    first = np.moveaxis(sigma, (2, 3), (0, 1))
    cells = np.empty((2, 3), dtype=object)
    for place in np.ndindex(2, 3):
        cells[place] = sigma[place]
    savemat(tmp_path / "sigma.mat", {"sigma": first, "cells": cells, "single": first[..., 0]})
    file = tmp_path / "sigma.mat"
    assert near(read(file, layout="matrices-first", variable=["sigma"]), sigma)
    assert near(read(file, layout="matrices-first", variable=["cells"]), sigma)
    assert near(read(file, layout="outcomes-first", variable=["cells"]), sigma)
    one = read(file, layout="matrices-first", variable=["single"], outcomes=[[2]])
    assert near(one, sigma[:, :1])
    with pytest.raises(InputError, match=r"has the axes"):
        read(file, layout="matrices-first", variable=["single"])


def test_dictionaries_and_lists() -> None:
    sigma = ghz(0.5)
    by_place = {index: sigma[index] for index in np.ndindex(2, 2, 2, 2)}
    assert near(PrintedAssemblage.from_array(by_place, "outcomes-first"), sigma)
    assert near(PrintedAssemblage.from_array(by_place, "matrices-first"), sigma)
    turned = {(x, y, a, b): sigma[a, b, x, y] for a, b, x, y in np.ndindex(2, 2, 2, 2)}
    assert near(PrintedAssemblage.from_array(turned, "settings-first"), sigma)
    lists = [[[[sigma[a, b, x, y] for b in (0, 1)] for a in (0, 1)] for y in (0, 1)] for x in (0, 1)]
    assert near(PrintedAssemblage.from_array(lists, "settings-first"), sigma)
    blocks = {
        (x, y): np.block([[sigma[a, b, x, y] for b in (0, 1)] for a in (0, 1)])
        for x, y in np.ndindex(2, 2)
    }
    assert near(PrintedAssemblage.from_array(blocks, "blocks", [[2, 2], [2, 2]]), sigma)
    exact = {(a, x): [["1/4", "0"], ["0", "1/4"]] for a in (0, 1) for x in (0, 1)}
    assert Assemblage.from_array(exact, "outcomes-first")[0, 1].entry(0, 0)[0] == Fraction(1, 4)


def test_cvxpy_variables_after_a_solve() -> None:
    """The local hidden state assemblage nearest to a steerable one, straight from the solver."""
    target = steered("XZ")
    hidden = [cp.Variable((2, 2), hermitian=True) for _ in range(4)]
    strategies = [(a, b) for a in (0, 1) for b in (0, 1)]
    found = {
        (a, x): sum(rho for rho, own in zip(hidden, strategies, strict=True) if own[x] == a)
        for a, x in np.ndindex(2, 2)
    }
    unsolved = [[cp.Variable((2, 2)) for _ in range(2)] for _ in range(2)]
    with pytest.raises(InputError, match=r"has no value; solve the problem first"):
        PrintedAssemblage.from_array(unsolved, "outcomes-first")
    distance = sum(cp.sum_squares(cp.abs(found[place] - target[place])) for place in found)
    constraints = [rho >> 0 for rho in hidden]
    constraints.append(cp.real(cp.trace(sum(hidden))) == 1)
    cp.Problem(cp.Minimize(distance), constraints).solve(solver=cp.CLARABEL)
    printed = PrintedAssemblage.from_array(found, "outcomes-first")
    away = float(approximation(printed.distance(printed.nearest())))
    assert 0 < away < 1e-6
    assert printed.half_digit < Fraction(1, 10**15)


BAD_CONTAINERS = [
    ({}, "outcomes-first", None, "keys are tuples"),
    ({("a", "b"): np.eye(2)}, "outcomes-first", None, "keys are tuples"),
    ({(0, 0): np.eye(2), (0,): np.eye(2)}, "outcomes-first", None, "different lengths"),
    ({(0, 0): np.eye(2), (1, 1): np.eye(2)}, "outcomes-first", None, r"no matrix at \(0, 1\)"),
    ({(0, 0): np.eye(2), (1, 0): np.eye(3)}, "outcomes-first", None, "matrices of different shapes"),
    ([[np.eye(2), np.eye(3)]], "outcomes-first", None, "different shapes"),
    ({(0, 0): np.eye(4)}, "blocks", None, "needs outcomes="),
    (np.eye(4), "blocks", [[2], [2]], "needs a dictionary"),
    ({(0, 0): np.eye(4)}, "blocks", [[2, 2], [2]], r"no matrix for the inputs \(1, 0\)"),
    ({(0, 0): np.eye(3)}, "blocks", [[2], [2]], r"shape \(3, 3\), not"),
    ({(0, 0): np.eye(4)}, "blocks", [[2, 3], [2]], "the same number of outcomes"),
    (np.eye(2), "rows-first", None, "layout 'rows-first' is not known"),
]


@pytest.mark.parametrize(("data", "layout", "outcomes", "message"), BAD_CONTAINERS)
def test_bad_containers(data: Any, layout: str, outcomes: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        PrintedAssemblage.from_array(data, layout, outcomes)


def test_bad_files(tmp_path: Path) -> None:
    np.save(tmp_path / "sigma.npy", steered())
    np.save(tmp_path / "text.npy", np.array([True]))
    np.save(tmp_path / "objects.npy", np.array([None]), allow_pickle=True)
    np.savez(tmp_path / "two.npz", one=steered(), two=steered())
    (tmp_path / "broken.npz").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "broken.npy").write_bytes(b"")
    (tmp_path / "broken.mat").write_bytes(b"MATLAB 5.0 MAT-file" + bytes(200))
    # The header of MATLAB's version 7.3, which is HDF5.
    header = b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM"
    (tmp_path / "hdf5.mat").write_bytes(header.ljust(512, b"\0"))
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("sigma.npy", {}, r"of shape \(2, 3, 2, 2\) needs its layout, which is never guessed"),
        ("sigma.npy", {"layout": "outcomes-first", "variable": ["x"]}, "leave variable out"),
        ("two.npz", {"layout": "outcomes-first"}, "holds one, two; say which is meant"),
        ("two.npz", {"layout": "outcomes-first", "variable": ["x"]}, "no variable 'x'; it holds one"),
        ("text.npy", {"layout": "outcomes-first"}, "numbers are needed"),
        ("objects.npy", {"layout": "outcomes-first"}, "not an array of numbers as NumPy saves it"),
        ("broken.npz", {"layout": "outcomes-first"}, "broken.npz: "),
        ("broken.npy", {"layout": "outcomes-first"}, "broken.npy: "),
        ("broken.mat", {"layout": "outcomes-first"}, "broken.mat: "),
        ("hdf5.mat", {"layout": "outcomes-first"}, "save.*-v7"),
        ("missing.npy", {"layout": "outcomes-first"}, "missing.npy: No such file"),
        ("missing.mat", {"layout": "outcomes-first"}, "missing.mat: No such file"),
        ("sigma.npy", {"layout": "outcomes-first", "kind": "state"}, "kind 'state'"),
        ("sigma.json", {"layout": "outcomes-first"}, "are for arrays"),
    ]
    for name, arguments, message in cases:
        with pytest.raises(InputError, match=message) as caught:
            read(tmp_path / name, **arguments)
        assert "\n" not in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("values", "half"),
    [
        (["0.25", "-0.1234", "1/3", 1], Fraction(1, 20000)),
        (["1/3", 2, "sqrt(2)/4"], Fraction(0)),
        ([0.5, np.float64(0.1236)], Fraction(1, 20000)),
        (["1e-3", "2."], Fraction(1, 2000)),
        ([0.1 + 0.2], Fraction(1, 2 * 10**17)),
        ([np.float32(0.1), 0.25 + 0.125j], Fraction(1, 2000)),
    ],
)
def test_half_of_the_last_digit(values: list[Any], half: Fraction) -> None:
    assert half_of_last_digit(values) == half


@given(scenarios(), st.integers(1, 3) | st.none(), st.integers(0, 2**32 - 1))
def test_a_valid_assemblage_near_noisy_numbers(
    scenario: Scenario, inputs: int | None, seed: int
) -> None:
    """Also with a trusted input; what is found is as near as the numbers were moved, about."""
    with_input = Scenario(scenario.outcomes, scenario.dimension, inputs)
    rng = np.random.default_rng(seed)
    table = {}
    for label, matrix in white_noise_table(with_input).items():
        size = range(with_input.dimension)
        moved = rng.normal(scale=1e-9, size=(with_input.dimension,) * 2)
        moved = (moved + moved.T) / 2
        entries = [[matrix.entry(r, c)[0] + Fraction(moved[r, c]) for c in size] for r in size]
        table[label] = type(matrix)(*_lowest(entries))
    printed = PrintedAssemblage.from_elements(with_input, table)
    assert float(approximation(printed.distance(printed.nearest()))) < 1e-7


def _lowest(entries: list[list[Fraction]]) -> Any:
    from exactsteer.kernel.matrix import matrix_of

    exact = matrix_of(entries)
    return exact.denominator, exact.parts, exact.field


def test_pure_states_in_doubles_have_a_valid_assemblage_near() -> None:
    """Eigenvalues of -1e-17 are no reason to refuse them."""
    for names in ("XYZ", "XZ"):
        printed = PrintedAssemblage.from_array(steered(names), "outcomes-first")
        assert float(approximation(printed.distance(printed.nearest()))) < 1e-14
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(2, 3)) + 1j * rng.normal(size=(2, 3))
    vectors /= np.linalg.norm(vectors, axis=1)[:, None]
    pure = np.zeros((2, 1, 3, 3), complex)
    for a in (0, 1):
        pure[a, 0] = np.outer(vectors[a], vectors[a].conj()) / 2
    printed = PrintedAssemblage.from_array(pure, "outcomes-first")
    assert float(approximation(printed.distance(printed.nearest()))) < 1e-14


def test_commands_read_arrays(tmp_path: Path) -> None:
    """The whole way: a file of doubles, a verdict, certificates that the kernel accepts."""
    savemat(tmp_path / "sigma.mat", {"sigma": np.moveaxis(steered("XZ"), (2, 3), (0, 1))})
    np.save(tmp_path / "F.npy", steered("XZ") - steered("ZX"))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "exactsteer", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    refused = run("classify", "sigma.mat")
    assert refused.returncode == 64
    assert refused.stderr.count("\n") == 1
    answer = run("classify", "sigma.mat", "--layout", "matrices-first")
    assert answer.stdout.startswith("sigma.mat: quantum, steerable\n"), answer.stderr
    assert run("check", "sigma.quantum.json", "sigma.steerable.json").returncode == 0
    bound = run("bound", "F.npy", "--layout", "outcomes-first", "--set", "LHS", "--max")
    assert bound.returncode == 0, bound.stderr
    cost = run("messages", "sigma.mat", "--layout", "matrices-first")
    assert "exactly 2 different messages" in cost.stdout
    assert not cost.stderr  # halves and quarters are exact
    np.save(tmp_path / "noisy.npy", steered("XZ", 0.9))
    measured = run("robustness", "noisy.npy", "--layout", "outcomes-first", "--tolerance", "1e-6")
    assert "this is about the nearest valid assemblage" in measured.stderr
    assert measured.returncode == 0
    assert run("realise", "sigma.mat", "--layout", "matrices-first").returncode == 0
    holds = run("bound", "F.npy", "--layout", "outcomes-first", "--holds", "assemblage")
    assert "this command is about functionals" in holds.stderr
    parties = run("classify", "sigma.mat", "--layout", "matrices-first", "--parties", "[2]")
    assert (parties.returncode, parties.stderr.count("\n")) == (64, 1)
    assert "--parties [2]" in parties.stderr
