"""Assemblages that positive maps make of measured pure states.

The uncharacterised parties measure their systems of a state ψ, and positive trace-preserving maps act
on what the trusted side holds: on the system of each trusted party (Many characterised parties,
Proposition 8; A formalism for steering, Sec. 5.2, where there is one), or for each input of one trusted
party (Bipartite postquantum steering, Theorem 4; Theorem 7 where the input is the outcome). Whatever
the trusted parties measure, the correlations are quantum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..exact.ldl import ldl
from ..exact.matrices import ray_projector
from ..exact.numbers import InputError, exact_number
from ..kernel.matrix import Matrix, matrix_of
from ..scenario import Scenario
from ..statements.realisation import Measurements, Realisation, SectorState
from ..steering import Assemblage, InstrumentalAssemblage
from ..steering.bloch import BlochVector, qubit_operator
from ..steering.maps import (
    LinearMap,
    breuer_hall,
    choi,
    generalised_choi,
    identity_map,
    reduction,
    transposition,
)
from .maps import assemblage_after_inputs
from .states import assemblage_of
from .witworld import after_maps

Amplitudes = Sequence[complex] | npt.NDArray[np.complex128]
BOBS, INPUTS, INSTRUMENTAL = "bobs", "inputs", "instrumental"
DIRECTIONS = {"X": (1, 0, 0), "Y": (0, 1, 0), "Z": (0, 0, 1)}
KINDS: Mapping[str, Mapping[str, str]] = {
    # A formalism for steering, Sec. 5.2 and the remark after it
    "two-alices": {"measurements": "X Z; X Z", "maps": "breuer-hall-4", "role": BOBS},
    "choi": {"measurements": "X Z; X Z", "maps": "choi", "role": BOBS},
    # Many characterised parties, Proposition 8: Examples 10 and 11, and with qubits
    "several-bobs": {"measurements": "X Z", "maps": "identity-2; breuer-hall-4", "role": BOBS},
    "qubit-bobs": {"measurements": "X Z", "maps": "identity-2; transposition-2", "role": BOBS},
    "two-alices-two-bobs": {
        "measurements": "X Z; X Z",
        "maps": "identity-2; transposition-2",
        "role": BOBS,
    },
    # Bipartite postquantum steering, Theorems 4 and 7
    "bob-with-input": {
        "measurements": "X Y Z",
        "maps": "identity-2; transposition-2",
        "role": INPUTS,
    },
    "instrumental": {
        "measurements": "X Y Z -X",
        "maps": "identity-2; transposition-2",
        "role": INSTRUMENTAL,
    },
}
MAPS_TEXT = "identity-D, transposition-D, reduction-D, breuer-hall-D, choi or choi-A,B,C"


@dataclass(frozen=True)
class MappedStates:
    """`measurements[p][x][a]` are effects of uncharacterised party p; `maps` of the trusted side.

    `role` says whose they are: "bobs" of one trusted party each, "inputs" for the inputs of one, and
    "instrumental" for the outcomes of the uncharacterised one.
    """

    measurements: tuple[Measurements, ...]
    maps: tuple[LinearMap, ...]
    role: str

    @classmethod
    def read(cls, measurements: str, maps: str, role: str) -> MappedStates:
        """From text: `X Z; X Z` and `choi` (see `read_measurements`, `read_map`), parts between `;`.

        >>> MappedStates.read("X Z; X Z", "choi", "bobs").dimensions
        (2, 2, 3)
        """
        if role not in (BOBS, INPUTS, INSTRUMENTAL):
            raise InputError(f"role: {role!r}, not {BOBS}, {INPUTS} or {INSTRUMENTAL}")
        own = tuple(read_measurements(text) for text in measurements.split(";"))
        if role != BOBS and len(own) != 1:
            raise InputError("measurements: of one party, where the maps are for inputs")
        return cls(own, tuple(read_map(text.strip()) for text in maps.split(";")), role)

    @classmethod
    def of_kind(cls, kind: str) -> MappedStates:
        """One of `KINDS`."""
        return cls.read(**KINDS[kind])

    @cached_property
    def dimensions(self) -> tuple[int, ...]:
        """Of the systems that ψ is a state of."""
        own = [inputs[0][0].shape[0] for inputs in self.measurements]
        trusted = [each.dimension for each in self.maps]
        return (*own, *(trusted if self.role == BOBS else trusted[:1]))

    @cached_property
    def scenario(self) -> Scenario:
        outcomes = tuple(tuple(len(effects) for effects in own) for own in self.measurements)
        outputs = [each.output for each in self.maps]
        if self.role != BOBS:
            return Scenario(outcomes, outputs[0], len(outputs))
        return (
            Scenario.with_bobs(outcomes, outputs) if len(outputs) > 1 else Scenario(outcomes, outputs[0])
        )

    def state(self, amplitudes: Amplitudes) -> Matrix:
        """|ψ⟩⟨ψ|/⟨ψ|ψ⟩, exactly, for Gaussian integers."""
        re, im = (
            [[int(part)] for part in parts] for parts in (np.real(amplitudes), np.imag(amplitudes))
        )
        return ray_projector(matrix_of(re, im))

    def assemblage(self, amplitudes: Amplitudes) -> Assemblage | InstrumentalAssemblage:
        """Of the state with these Gaussian integers as amplitudes, exactly."""
        state = self.state(amplitudes)
        if self.role == BOBS:
            mapped = after_maps(state, self.maps)
            return assemblage_of(mapped, self.measurements, self.scenario.bobs)
        whole = assemblage_after_inputs(state, self.measurements, self.maps)
        return InstrumentalAssemblage.of(whole) if self.role == INSTRUMENTAL else whole

    def realisation(self, amplitudes: Amplitudes) -> Realisation | None:
        """With decomposable maps for the inputs, which shows that the correlations are quantum.

        None where the maps are no inputs, or are not seen to be decomposable.
        """
        parts = [decomposition(each) for each in self.maps]
        if self.role == BOBS or None in parts:
            return None
        own = [part for part in parts if part is not None]
        return Realisation(
            tuple((inputs,) for inputs in self.measurements),
            (SectorState((0,) * len(self.measurements), self.state(amplitudes)),),
            tuple(first for first, _ in own),
            tuple(second for _, second in own),
        )


def decomposition(each: LinearMap) -> tuple[Matrix, Matrix] | None:
    """Choi matrices of Λ₁ and Λ₂ with Λ = Λ₁ + T∘Λ₂, where one of them will do alone; or None."""
    nothing = each.times(Fraction(0)).choi
    turned = each.then_transposed().choi
    if ldl(each.choi) is not None:
        return each.choi, nothing
    return None if ldl(turned) is None else (nothing, turned)


def ket_text(state: Amplitudes, sizes: Sequence[int]) -> str:
    """`|000⟩ + (1 - 2i)|112⟩`, not normalised."""
    terms = []
    amplitudes = np.asarray(state, dtype=complex)
    for place in np.flatnonzero(amplitudes):
        digits = "".join(map(str, np.unravel_index(place, sizes)))
        terms.append(f"{_amplitude(complex(amplitudes[place]))}|{digits}⟩")
    return " + ".join(terms).replace("+ -", "- ")


def _amplitude(value: complex) -> str:
    re, im = int(value.real), int(value.imag)
    if not im:
        return {1: "", -1: "-"}.get(re, str(re))
    own = {1: "i", -1: "-i"}.get(im, f"{im}i")
    return f"({re} + {own})".replace("+ -", "- ") if re else own


OF_DIMENSION: Mapping[str, Callable[[int], LinearMap]] = {
    "identity": identity_map,
    "transposition": transposition,
    "reduction": reduction,
    "breuer-hall": lambda d: breuer_hall(antisymmetric_unitary(d)),
}


def read_measurements(text: str) -> Measurements:
    """`X -Z 3/5,0,4/5`: for each input the effects (1 ± u·σ)/2 of a qubit."""
    found = []
    for word in text.split():
        own = word.removeprefix("-")
        vector = DIRECTIONS.get(own) or tuple(
            exact_number(part, f"measurements: {word!r}") for part in own.split(",")
        )
        if len(vector) != 3 or sum(Fraction(n) ** 2 for n in vector) != 1:
            raise InputError(f"measurements: {word!r} is no unit vector of three numbers")
        effects = tuple(
            qubit_operator(BlochVector(Fraction(1), *(sign * Fraction(n) for n in vector)))
            for sign in (1, -1)
        )
        found.append(effects if own == word else effects[::-1])
    if not found:
        raise InputError("measurements: a party without any")
    return tuple(found)


def antisymmetric_unitary(d: int) -> Matrix:
    """U = -Uᵀ of even dimension: real, with 2×2 blocks; for d = 4 the X ⊗ Y of the paper."""
    if d == 4:
        imaginary = [[0, 0, 0, -1], [0, 0, 1, 0], [0, -1, 0, 0], [1, 0, 0, 0]]
        return matrix_of([[0] * 4 for _ in range(4)], imaginary)
    rows = [
        [int(c == r + 1 and r % 2 == 0) - int(c == r - 1 and r % 2 == 1) for c in range(d)]
        for r in range(d)
    ]
    return matrix_of(rows)


def read_map(text: str) -> LinearMap:
    name, _, argument = text.rpartition("-")
    try:
        if text == "choi":
            return choi()
        if name == "choi":
            return generalised_choi(*(exact_number(n, f"maps: {text!r}") for n in argument.split(",")))
        d = int(argument)
        if d < 2:
            raise ValueError
        return OF_DIMENSION[name](d)
    except (ValueError, KeyError, TypeError) as error:
        reason = f"; {error}" if isinstance(error, InputError) else ""
        raise InputError(f"maps: {text!r} is none of {MAPS_TEXT}{reason}") from None
