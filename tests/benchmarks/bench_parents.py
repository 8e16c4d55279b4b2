"""Parent assemblages, certified, against plain cvxpy models in the same run.

`python tests/benchmarks/bench_parents.py [--quick]`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

import numpy as np
from comparison import Comparison, main, medians, where
from plain_parents import Array, white_noise_robustness

from exactsteer import Assemblage, check
from exactsteer.api import noise_robustness
from exactsteer.constructions.states import assemblage_of
from exactsteer.exact.matrices import mixture, ray_projector, scaled
from exactsteer.kernel.matrix import Matrix, identity, matrix_of
from exactsteer.literature.examples import Z_AND_X
from exactsteer.literature.many_parties import example_10, example_11, printed_example
from exactsteer.prover.prove import Enclosure

CASES: dict[str, Callable[[], Assemblage]] = {
    "two qubits (Example 9)": lambda: printed_example(9).nearest(),
    "three qubits": lambda: assemblage_of(noisy_state(16), [Z_AND_X], (2, 2, 2)),
    "qubit, ququart": partial(example_10, "robust"),
    "two Alices, two qubits": lambda: assemblage_of(noisy_state(16), [Z_AND_X, Z_AND_X], (2, 2)),
    "two Alices, qubit, ququart": partial(example_11, "simple"),
}
SLOW = "two Alices, qubit, ququart"


def noisy_state(size: int) -> Matrix:
    """Random small integers as amplitudes, and a tenth of noise."""
    amplitudes = np.random.default_rng(3).integers(-3, 4, size)
    pure = ray_projector(matrix_of([[int(n)] for n in amplitudes]))
    return mixture(Fraction(9, 10), pure, scaled(identity(size), Fraction(1, size)))


def arrays(sigma: Assemblage) -> list[Array]:
    """One for each trusted party, real if they are."""
    own = [sigma.bob(k).to_array("outcomes-first") for k in range(len(sigma.scenario.bobs))]
    return own if any(array.imag.any() for array in own) else [array.real for array in own]


def compare(quick: bool) -> Iterator[Comparison]:
    """Robustness to white noise, both sides proved and re-checked."""
    for case, example in CASES.items():
        if quick and case == SLOW:
            continue
        sigma = example()
        enclosures: list[Enclosure] = []
        floats: list[float] = []
        calls: list[Callable[[], object]] = [
            partial(certified, sigma, enclosures),
            partial(plain, arrays(sigma), floats),
        ]
        calls[0]()  # imports and warms up
        ours, other = medians(calls, 1 if quick else 5)
        lower, upper, value = float(enclosures[-1].lower), float(enclosures[-1].upper), floats[-1]
        note = f"r in [{lower:.11f}, {upper:.11f}], {where(value, lower, upper)}"
        yield Comparison(case, "both proofs, re-checked", ours, "plain cvxpy, Clarabel", other, 1, note)


def certified(sigma: Assemblage, found: list[Enclosure]) -> None:
    found.append(noise_robustness(sigma, outer_set="no-signalling"))
    for proof in (found[-1].lower_proof, found[-1].upper_proof):
        if check(proof.bytes()).exit_code:
            raise ValueError("a certificate was not accepted")


def plain(sigma: list[Array], found: list[float]) -> None:
    found.append(white_noise_robustness(sigma))


if __name__ == "__main__":
    main(compare)
