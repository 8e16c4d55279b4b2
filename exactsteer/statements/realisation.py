"""Quantum realisations: a state, measurements of the uncharacterised parties, channels of the trusted.

    σ[a₁…a_n|x₁…x_n y] = Λ_y[ tr_uncharacterised{ (M_{a₁|x₁} ⊗ … ⊗ M_{a_n|x_n} ⊗ 1) ρ } ]

Source: A formalism for steering, Eq. 1 and Theorem 6; with channels, Bipartite postquantum steering,
Definitions 1 and 5. Two things are written so that exact numbers suffice:

- **Direct sums.** The Hilbert space of a party is a direct sum of *sectors*; its measurements are
  block diagonal, and ρ is a sum of operators, each on one sector of each party and the trusted system.
  One sector is the usual case. Sectors that all parties have in common are shared randomness.
- **Operators not normalised.** The effects of an input add up to an operator C ⪰ 0 that is the same for
  all inputs of a party (and sector), and tr[(C₁ ⊗ … ⊗ C_n ⊗ 1) ρ] = 1. POVMs and a density operator are
  C^{-1/2} M C^{-1/2} on the support of C, which holds every M ≤ C, and (√C ⊗ … ⊗ 1) ρ (√C ⊗ … ⊗ 1); they
  give the same σ. C = 1 is the usual case; another spares a square root that is not in the field.

A map Λ_y is given by its Choi matrix J_y on input ⊗ output, Λ[ω] = tr_input[(ωᵀ ⊗ 1) J]. It is
completely positive if J ⪰ 0, and trace preserving if tr_output J = 1.

Several trusted parties count as one, who holds H₁ ⊗ … ⊗ H_N; an assemblage of theirs is what each of
them sees of its state (Many characterised parties, Definition 3). They have no channels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import ClassVar, NamedTuple, TypeAlias, TypeVar

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Number, Q
from ..kernel.matrix import Matrix, hermitian, identity, steered, transpose
from ..kernel.numbers import integer_text, integers_text
from ..kernel.program import Block, Equation, Existence, Program
from ..kernel.reading import (
    Json,
    hermitian_json,
    read_fields,
    read_integers,
    read_list,
    read_square,
)
from ..scenario import (
    Elements,
    Label,
    Scenario,
    label_text,
    negative,
    read_full_elements,
    read_scenario,
)
from .assemblage import table_json
from .claims import no_bound
from .forms import RealForm, constant, equation, positive_block, total, trace, vanishing

Measurement: TypeAlias = tuple[Matrix, ...]  # the effects M_a
Measurements: TypeAlias = tuple[Measurement, ...]  # [input][outcome], of one party in one sector
R = TypeVar("R", bound="RealisedElements")
Parts: TypeAlias = tuple[tuple[int, int] | None, ...]  # `Label.parties`

CHANNELS, DECOMPOSABLE = ("channels",), ("channels", "transposed")
MOST_OPERATIONS = 10**9  # multiplications of small numbers, about
MOST_REALISED = 5 * 10**5  # entries of effects, states and Choi matrices
OVERHEAD = 500  # multiplications that take as long as one more matrix
WORD = 1024  # bits of a number that still is small


class SectorState(NamedTuple):
    """A positive operator on sector `sectors[p]` of each party p and, last, the trusted system."""

    sectors: tuple[int, ...]
    state: Matrix


@dataclass(frozen=True)
class Realisation:
    """`measurements[p][s][x][a]` is the effect M_{a|x} of party p in its sector s; ρ = Σ `states`.

    `channels[y]` is the Choi matrix J_y, and `transposed[y]`, if there are any, that of a second
    completely positive map behind which the output is transposed: Λ_y = Λ_J + T∘Λ_J', a decomposable
    map (A formalism for steering, Sec. 5.1). Without channels Λ is the identity.
    """

    measurements: tuple[tuple[Measurements, ...], ...]
    states: tuple[SectorState, ...]
    channels: tuple[Matrix, ...] = ()
    transposed: tuple[Matrix, ...] = ()

    @property
    def dimensions(self) -> list[int]:
        """Of the Hilbert space of each party, the trusted one's before its channel last."""
        own = [sum(_size(sector) for sector in sectors) for sectors in self.measurements]
        return [*own, self._trusted(self.states[0])]

    def _trusted(self, term: SectorState) -> int:
        sizes = (_size(own[s]) for own, s in zip(self.measurements, term.sectors, strict=True))
        return term.state.shape[0] // prod(sizes)

    def blocks(self) -> list[Block]:
        """Effects, states and Choi matrices, all to be positive semidefinite."""
        blocks = []
        for p, sectors in enumerate(self.measurements):
            for s, inputs in enumerate(sectors):
                for x, effects in enumerate(inputs):
                    for a, effect in enumerate(effects):
                        name = f"effect {a}|{x} of party {p + 1} in sector {s}"
                        blocks.append(positive_block(name, constant(effect)))
        blocks += self.state_blocks("state")
        for name, maps in ("channel", self.channels), ("transposed channel", self.transposed):
            for y, choi in enumerate(maps):
                blocks.append(positive_block(f"Choi matrix of {name} {y}", constant(choi)))
        return blocks

    def state_blocks(self, name: str) -> list[Block]:
        return [
            positive_block(f"{name} {k}", constant(term.state)) for k, term in enumerate(self.states)
        ]

    def equations(self) -> list[Equation]:
        """Completeness of every measurement, and trace preservation of every map."""
        equations = []
        for p, sectors in enumerate(self.measurements):
            for s, inputs in enumerate(sectors):
                for x, effects in enumerate(inputs[1:], 1):
                    difference = _sum([*effects, *map(negative, inputs[0])])
                    name = (
                        f"sum of the effects of input {x} against input 0, party {p + 1} in sector {s}"
                    )
                    equations += vanishing(name, constant(difference))
        for y, choi in enumerate(self.channels):
            parts = [choi, *self.transposed[y : y + 1]]
            size = self._trusted(self.states[0])
            reduced = [(1, constant(input_part(part, size))) for part in parts]
            excess = total([*reduced, (-1, constant(identity(size)))])
            equations += vanishing(f"trace preservation of map {y}", excess)
        return equations

    def reduced_state(self) -> Matrix:
        """Of the trusted system, before the channel."""
        nobody: Parts = (None,) * len(self.measurements)
        return self.steered_states([nobody])[nobody]

    def elements(self, labels: Iterable[Label]) -> Elements:
        """σ of each label; None of a party stands for the sum over its outcomes."""
        labels = list(labels)
        before = self.steered_states({label.parties for label in labels})
        return {label: self._mapped(before[label.parties], label.trusted or 0) for label in labels}

    def _mapped(self, state: Matrix, y: int) -> Matrix:
        """Λ_y[state]"""
        if not self.channels:
            return state.reduced()
        image = steered(transpose(state), self.channels[y])
        if self.transposed:
            image = image + transpose(steered(transpose(state), self.transposed[y]))
        return image.reduced()

    def steered_states(self, wanted: Iterable[Parts]) -> dict[Parts, Matrix]:
        """tr_uncharacterised[(M_{a₁|x₁} ⊗ … ⊗ 1) ρ] for each (a₁, x₁), …; the sum C for None."""
        wanted = list(wanted)
        self._limit(len(wanted))
        one = identity(self._trusted(self.states[0]))
        results = dict.fromkeys(wanted, one - one)
        sums = [[_sum(inputs[0]) for inputs in sectors] for sectors in self.measurements]
        for term in self.states:
            # Party by party from the first: labels with the same beginning share the work.
            known: dict[Parts, Matrix | None] = {(): term.state}
            for parts in wanted:
                for k in range(1, len(parts) + 1):
                    start = parts[:k]
                    if start not in known:
                        before, part, s = known[start[:-1]], start[-1], term.sectors[k - 1]
                        effect = sums[k - 1][s]
                        if part is not None:
                            effect = self.measurements[k - 1][s][part[1]][part[0]]
                        if before is not None and not effect.vanishes:
                            before = steered(effect, before)
                        else:
                            before = None
                        known[start] = before
                found = known[parts]
                if found is not None:
                    results[parts] = results[parts] + found
        return results

    def _limit(self, elements: int) -> None:
        """Decline what would take hours: a small file can ask for much."""
        states, maps = [term.state for term in self.states], [*self.channels, *self.transposed]
        effects = [[e for own in sectors for x in own for e in x] for sectors in self.measurements]
        entries = sum(m.shape[0] ** 2 for m in (*states, *maps, *(e for own in effects for e in own)))
        if entries > MOST_REALISED:
            raise Declined(f"a realisation of {entries} entries, at most {MOST_REALISED}")
        # A sum of states has the product of their denominators, at worst.
        size = sum(bits(state) for state in states)
        size += len(states) * sum(max(map(bits, own)) for own in effects)
        steps = sum(matrix.shape[0] ** 2 + OVERHEAD for matrix in (*states, *maps))
        operations = elements * (len(self.measurements) + 1) * steps * (1 + size // WORD)
        if operations > MOST_OPERATIONS:
            raise Declined(f"about {operations} multiplications, at most {MOST_OPERATIONS}")

    @property
    def has_povms(self) -> bool:
        """Whether all effects add up to 1, so that they are POVMs as they stand."""
        return all(
            (_sum(inputs[0]) - identity(_size(inputs))).vanishes
            for sectors in self.measurements
            for inputs in sectors
        )

    @property
    def is_classical(self) -> bool:
        """Whether the effects are response functions: all sectors of dimension 1."""
        sizes = {_size(inputs) for sectors in self.measurements for inputs in sectors}
        return sizes == {1} and self.has_povms

    def json(self) -> dict[str, Json]:
        value: dict[str, Json] = {
            "measurements": [
                [[[hermitian_json(e) for e in effects] for effects in inputs] for inputs in sectors]
                for sectors in self.measurements
            ],
            "states": states_json(self.states),
        }
        if self.channels:
            value["channels"] = [hermitian_json(choi) for choi in self.channels]
        if self.transposed:
            value["transposed"] = [hermitian_json(choi) for choi in self.transposed]
        return value

    def __str__(self) -> str:
        """A part of a sentence: `measurements on a state …`"""
        *own, trusted = self.dimensions
        text = (
            f"measurements of uncharacterised systems of dimension {', '.join(map(integer_text, own))} "
            f"in a joint state with a trusted system of dimension {integer_text(trusted)}"
        )
        many = "" if len(self.channels) == 1 else " for each input of the trusted party"
        if self.transposed:
            text += f", to which a decomposable positive trace-preserving map is applied{many}"
        elif self.channels:
            text += f", to which a channel is applied{many}"
        if not self.has_povms:
            text += " (its POVMs are C^(-1/2) M C^(-1/2), C being the sum of the effects M of an input)"
        return text


def read_realisation(
    scenario: Scenario,
    value: Json,
    field: Field,
    place: str,
    maps: Sequence[str] = CHANNELS,
) -> Realisation:
    """A realisation in the scenario, with a map for each trusted input, or one where there are none.

    Only a claim that says so may have maps with a transposition, `maps=DECOMPOSABLE`.
    """
    fields = read_fields(value, place, ("measurements", "states"), maps)
    parties = read_list(fields["measurements"], f"{place}.measurements")
    if len(parties) != len(scenario.outcomes):
        raise Malformed(f"{place}.measurements", f"{len(scenario.outcomes)} parties are needed")
    measurements = []
    for p, (outcomes, sectors) in enumerate(zip(scenario.outcomes, parties, strict=True)):
        where = f"{place}.measurements[{p}]"
        own = read_list(sectors, where)
        if not own:
            raise Malformed(where, "needs a sector")
        measurements.append(
            tuple(
                _read_measurements(outcomes, item, field, f"{where}[{s}]") for s, item in enumerate(own)
            )
        )
    given: dict[str, tuple[Matrix, ...]] = {
        name: tuple(
            read_square(item, field, f"{place}.{name}[{y}]")
            for y, item in enumerate(read_list(fields[name], f"{place}.{name}"))
        )
        for name in maps
        if name in fields
    }
    trusted = _input_dimension(scenario, given, maps, place)
    states = read_states(measurements, trusted, fields["states"], field, f"{place}.states")
    chois = (given.get(name, ()) for name in DECOMPOSABLE)
    return Realisation(tuple(measurements), states, *chois)


def _read_measurements(outcomes: tuple[int, ...], value: Json, field: Field, place: str) -> Measurements:
    inputs = read_list(value, place)
    if len(inputs) != len(outcomes):
        raise Malformed(place, f"{len(outcomes)} inputs are needed")
    found = []
    for x, (count, item) in enumerate(zip(outcomes, inputs, strict=True)):
        effects = read_list(item, f"{place}[{x}]")
        if len(effects) != count:
            raise Malformed(f"{place}[{x}]", f"{count} outcomes are needed")
        found.append(tuple(read_square(e, field, f"{place}[{x}][{a}]") for a, e in enumerate(effects)))
        if any(effect.shape != found[0][0].shape for effect in found[-1]):
            raise Malformed(f"{place}[{x}]", "effects of one sector have one size")
    return tuple(found)


def _input_dimension(
    scenario: Scenario, given: dict[str, tuple[Matrix, ...]], maps: Sequence[str], place: str
) -> int:
    """Of the trusted system, before its map: the joint one of several trusted parties.

    Channels may be left out where there is no trusted input.
    """
    if not given and maps == CHANNELS and scenario.trusted_inputs is None:
        return scenario.joint_dimension
    if scenario.bobs:
        raise Declined(f"{place}: maps of several trusted parties")
    for name in maps:
        if name not in given:
            raise Malformed(place, f"field {name!r} is missing")
    wanted = 1 if scenario.trusted_inputs is None else scenario.trusted_inputs
    if any(len(chois) != wanted for chois in given.values()):
        raise Malformed(place, f"{wanted} maps are needed, one for each trusted input")
    sizes = {choi.shape[0] for chois in given.values() for choi in chois}
    size = min(sizes)
    if len(sizes) > 1 or size % scenario.dimension:
        raise Malformed(place, f"Choi matrices need one size, a multiple of {scenario.dimension}")
    return size // scenario.dimension


def read_states(
    measurements: Sequence[Sequence[Measurements]],
    trusted: int,
    value: Json,
    field: Field,
    place: str,
) -> tuple[SectorState, ...]:
    states = []
    for k, item in enumerate(read_list(value, place)):
        where = f"{place}[{k}]"
        fields = read_fields(item, where, ("sectors", "state"))
        sectors = tuple(read_integers(fields["sectors"], f"{where}.sectors"))
        if len(sectors) != len(measurements) or not all(
            0 <= s < len(own) for s, own in zip(sectors, measurements, strict=True)
        ):
            raise Malformed(f"{where}.sectors", "a sector of each party is needed")
        state = read_square(fields["state"], field, f"{where}.state")
        size = trusted * prod(_size(own[s]) for s, own in zip(sectors, measurements, strict=True))
        if state.shape[0] != size:
            raise Malformed(f"{where}.state", f"has {state.shape[0]} rows, {size} are needed")
        states.append(SectorState(sectors, state))
    if not states:
        raise Malformed(place, "needs a state")
    return tuple(states)


def states_json(states: tuple[SectorState, ...]) -> list[Json]:
    return [
        {"sectors": integers_text(term.sectors), "state": hermitian_json(term.state)} for term in states
    ]


@dataclass(frozen=True)
class RealisedElements:
    """A claim that a realisation reproduces elements of an assemblage; each kind says what follows."""

    KIND = ""
    MAPS: ClassVar[Sequence[str]] = CHANNELS

    scenario: Scenario
    assemblage: Elements
    realisation: Realisation
    field: Field = Q

    @classmethod
    def read(cls: type[R], claim: Claim) -> R:
        no_bound(claim)
        fields = read_fields(claim.data, "claim.data", ("scenario", "assemblage", "realisation"))
        scenario = read_scenario(fields["scenario"], "claim.data.scenario")
        place = "claim.data.assemblage"
        elements = read_full_elements(scenario, fields["assemblage"], claim.field, place)
        if not elements:
            raise Malformed(place, "needs an element")
        place = "claim.data.realisation"
        given = read_realisation(scenario, fields["realisation"], claim.field, place, cls.MAPS)
        return cls(scenario, elements, given, claim.field)

    def claim(self) -> Claim:
        data = realised_json(self.scenario, self.assemblage, self.realisation)
        return Claim(self.KIND, self.field, data, None)

    def program(self) -> Program:
        """No unknowns: effects, states and maps positive, and all equations between data."""
        realisation = self.realisation
        joint = realisation.elements(self.assemblage)
        computed = {label: self.scenario.marginals(matrix) for label, matrix in joint.items()}
        equations = [
            *realisation.equations(),
            normalisation(trace(constant(realisation.reduced_state()))),
            *reproduced(self.assemblage, computed),
        ]
        return Program([], realisation.blocks(), equations, Existence())


def realised_json(scenario: Scenario, elements: Elements, realisation: Realisation) -> dict[str, Json]:
    return {**table_json(scenario, elements), "realisation": realisation.json()}


def normalisation(trace_of_state: RealForm) -> Equation:
    """tr[(C₁ ⊗ … ⊗ C_n ⊗ 1) ρ] = 1."""
    return equation("normalisation of the state", trace_of_state, 1)


def reproduced(elements: Elements, computed: Elements) -> list[Equation]:
    """computed σ = claimed σ, entry by entry."""
    equations = []
    for label, matrix in elements.items():
        difference = constant(computed[label] - matrix)
        equations += vanishing(f"computed minus claimed σ[{label_text(label)}]", difference)
    return equations


def _size(inputs: Measurements) -> int:
    return inputs[0][0].shape[0]


def _sum(matrices: Iterable[Matrix]) -> Matrix:
    return reduce(Matrix.__add__, matrices).reduced()


def bits(matrix: Matrix) -> int:
    """Bits of its longest number, times the number of its parts."""
    numbers = (n for rows in matrix.parts.values() for row in rows for n in row)
    return len(matrix.parts) * max(map(int.bit_length, (matrix.denominator, *numbers)))


def input_part(choi: Matrix, size: int) -> Matrix:
    """tr_output J."""
    output = choi.shape[0] // size

    def entry(k: int, l: int) -> tuple[Number, Number]:
        parts = [choi.entry(k * output + r, l * output + r) for r in range(output)]
        return sum(re for re, _ in parts), sum(im for _, im in parts)

    return hermitian(size, entry)
