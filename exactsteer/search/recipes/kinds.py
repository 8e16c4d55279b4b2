"""The kinds of positive-map examples that recipes look for, and how parameters spell them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ...api import named_outer_set
from ...exact.numbers import InputError, exact_number
from ...kernel.matrix import Matrix, matrix_of
from ...statements.realisation import Measurements
from ...statements.sets import OuterSet
from ...steering.bloch import BlochVector, qubit_operator
from ...steering.maps import (
    LinearMap,
    breuer_hall,
    choi,
    generalised_choi,
    identity_map,
    reduction,
    transposition,
)
from ..families import BOBS, INPUTS, INSTRUMENTAL, MappedStates
from .base import Parameter

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
KIND = Parameter("two-alices", f"which of {', '.join(KINDS)}; it gives the defaults of the next four")
PARAMETERS: Mapping[str, Parameter] = {
    "kind": KIND,
    "measurements": Parameter(
        "", "of each uncharacterised party's qubit: X, Y, Z, -X (outcomes exchanged) or 3/5,0,4/5"
    ),
    "maps": Parameter(
        "",
        "identity-D, transposition-D, reduction-D, breuer-hall-D, choi or choi-A,B,C, with ';' between",
    ),
    "role": Parameter("", f"whose the maps are: {BOBS}, {INPUTS} of one, or {INSTRUMENTAL}"),
    "set": Parameter("", "the outer set that is to be left, such as almost-quantum or no-signalling"),
    "amplitudes": Parameter("complex", "complex or real"),
}


@dataclass(frozen=True)
class Kind:
    """A family of assemblages, and the outer set that they are to leave."""

    name: str
    family: MappedStates
    outer_set: OuterSet

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Kind:
        """From the parameters above; InputError that names the one that is bad."""
        name = parameters["kind"]
        if name not in KINDS:
            raise InputError(f"parameter kind: {name!r}, not one of {', '.join(KINDS)}")
        chosen = {key: parameters[key] or KINDS[name][key] for key in ("measurements", "maps", "role")}
        if chosen["role"] not in (BOBS, INPUTS, INSTRUMENTAL):
            raise InputError(
                f"parameter role: {chosen['role']!r}, not {BOBS}, {INPUTS} or {INSTRUMENTAL}"
            )
        if parameters["amplitudes"] not in ("complex", "real"):
            raise InputError(f"parameter amplitudes: {parameters['amplitudes']!r}, not complex or real")
        measurements = tuple(_measurements(own) for own in chosen["measurements"].split(";"))
        maps = tuple(_map(text.strip()) for text in chosen["maps"].split(";"))
        family = MappedStates(measurements, maps, chosen["role"], parameters["amplitudes"] == "real")
        scenario = family.scenario
        if scenario.trusted_inputs is not None and len(measurements) != 1:
            raise InputError("parameter measurements: of one party, where the maps are for inputs")
        default = "no-signalling" if scenario.bobs else "almost-quantum"
        outer_set = named_outer_set(scenario, parameters["set"] or default)
        return cls(name, family, outer_set)


OF_DIMENSION: Mapping[str, Callable[[int], LinearMap]] = {
    "identity": identity_map,
    "transposition": transposition,
    "reduction": reduction,
    "breuer-hall": lambda d: breuer_hall(antisymmetric_unitary(d)),
}


def _measurements(text: str) -> Measurements:
    """`X -Z 3/5,0,4/5`: for each input the effects (1 ± u·σ)/2 of a qubit."""
    found = []
    for word in text.split():
        own = word.removeprefix("-")
        vector = DIRECTIONS.get(own) or tuple(
            exact_number(part, f"parameter measurements: {word!r}") for part in own.split(",")
        )
        if len(vector) != 3 or sum(Fraction(n) ** 2 for n in vector) != 1:
            raise InputError(f"parameter measurements: {word!r} is no unit vector of three numbers")
        effects = tuple(
            qubit_operator(BlochVector(Fraction(1), *(sign * Fraction(n) for n in vector)))
            for sign in (1, -1)
        )
        found.append(effects if own == word else effects[::-1])
    if not found:
        raise InputError("parameter measurements: a party without any")
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


def _map(text: str) -> LinearMap:
    name, _, argument = text.rpartition("-")
    try:
        if text == "choi":
            return choi()
        if name == "choi":
            return generalised_choi(
                *(exact_number(n, f"parameter maps: {text!r}") for n in argument.split(","))
            )
        d = int(argument)
        if d < 2:
            raise ValueError
        return OF_DIMENSION[name](d)
    except (ValueError, KeyError, TypeError):
        raise InputError(f"parameter maps: {text!r} is none of {PARAMETERS['maps'].meaning}") from None
