"""Assemblages that positive maps make of measured pure states: the family in which recipes search.

The uncharacterised parties measure their systems of a state ψ, and positive trace-preserving maps act on
what the trusted side holds: on the system of each trusted party (Many characterised parties, Proposition
8; A formalism for steering, Sec. 5.2, where there is one), or for each input of one trusted party
(Bipartite postquantum steering, Theorem 4; Theorem 7 where the input is the outcome). Whatever the trusted
parties measure, the correlations are quantum.

The assemblage is linear in |ψ⟩⟨ψ|, so a coordinate of it is an expectation value ⟨ψ|T_k|ψ⟩, and of all
states the one that violates a functional f best is an eigenvector of Σ f_k T_k.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

from ..constructions.maps import assemblage_after_inputs
from ..constructions.states import assemblage_of
from ..constructions.witworld import after_maps
from ..exact.matrices import ray_projector
from ..kernel.matrix import Matrix, matrix_of
from ..prover.numeric import Array
from ..scenario import Label, Scenario
from ..statements.assemblage import instrumental_labels
from ..statements.realisation import Measurements
from ..steering import Assemblage, InstrumentalAssemblage
from ..steering.layouts import float_matrix
from ..steering.maps import LinearMap
from .thresholds import Coordinates

Complex = npt.NDArray[np.complex128]
BOBS, INPUTS, INSTRUMENTAL = "bobs", "inputs", "instrumental"
NEGATIVE = 1e-9  # eigenvalues above minus this count as not negative


@dataclass(frozen=True)
class MappedStates:
    """`measurements[p][x][a]` are effects of uncharacterised party p; `maps` of the trusted side.

    `role` says whose they are: "bobs" of one trusted party each, "inputs" for the inputs of one, and
    "instrumental" for the outcomes of the uncharacterised one. `is_real` admits real states only.
    """

    measurements: tuple[Measurements, ...]
    maps: tuple[LinearMap, ...]
    role: str
    is_real: bool

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

    @cached_property
    def coordinates(self) -> Coordinates:
        scenario = self.scenario
        part = instrumental_labels if self.role == INSTRUMENTAL else Scenario.collins_gisin_labels
        return Coordinates(scenario, list(part(scenario)), self.is_real)

    def assemblage(self, amplitudes: Sequence[complex]) -> Assemblage | InstrumentalAssemblage:
        """Of the state with these Gaussian integers as amplitudes, exactly, |ψ|² being divided out."""
        state = self.state(amplitudes)
        if self.role == BOBS:
            bobs = self.scenario.bobs
            return assemblage_of(after_maps(state, self.maps), self.measurements, bobs)
        whole = assemblage_after_inputs(state, self.measurements, self.maps)
        return InstrumentalAssemblage.of(whole) if self.role == INSTRUMENTAL else whole

    def state(self, amplitudes: Sequence[complex]) -> Matrix:
        """|ψ⟩⟨ψ|/⟨ψ|ψ⟩"""
        re, im = (
            [[int(part)] for part in parts] for parts in (np.real(amplitudes), np.imag(amplitudes))
        )
        return ray_projector(matrix_of(re, im))

    @cached_property
    def operators(self) -> Complex:
        """T_k for each coordinate: the Heisenberg picture of its part of an entry."""
        return np.array(
            [self._operator(c.label, c.row, c.column, c.is_imaginary) for c in self.coordinates.all]
        )

    def _operator(self, label: Label, row: int, column: int, is_imaginary: bool) -> Complex:
        factors: list[Complex] = []
        for part, own in zip(label.parties, self.measurements, strict=True):
            effects = [float_matrix(effect) for effect in own[0 if part is None else part[1]]]
            factors.append(np.sum(effects, axis=0) if part is None else effects[part[0]])
        factors += self._trusted(label, row, column)
        # ⟨r|X|c⟩ = tr(X |c⟩⟨r|)
        whole: Complex = reduce(lambda left, right: np.kron(left, right), factors)
        # of which the Hermitian parts are wanted
        return np.asarray(
            (whole - whole.conj().T) / 2j if is_imaginary else (whole + whole.conj().T) / 2
        )

    def _trusted(self, label: Label, row: int, column: int) -> list[Complex]:
        """Λ†[|c⟩⟨r|] of the party whose entry it is, and 1 of the others."""
        if label.trusted is not None:
            return [_dual(self.maps[label.trusted], column, row)]
        factors = []
        for each, rows in zip(self.maps, self.scenario.summands(), strict=True):
            if row in rows:
                factors.append(_dual(each, column - rows.start, row - rows.start))
            else:
                factors.append(np.eye(each.dimension, dtype=complex))
        return factors

    def coordinates_of(self, states: Complex) -> Array:
        """Of normalised states, a row each: ⟨ψ|T_k|ψ⟩."""
        images = np.einsum("kij,nj->nki", self.operators, states, optimize=True)
        return np.asarray(np.einsum("ni,nki->nk", states.conj(), images, optimize=True).real)

    def best_state(self, functional: Array) -> Complex:
        """The state of the largest f·σ."""
        operator = np.tensordot(functional, self.operators, 1)
        return np.linalg.eigh(operator.real if self.is_real else operator)[1][:, -1].astype(complex)

    def is_trivial(self, states: Complex) -> npt.NDArray[np.bool_]:
        """Whether a state is seen to be quantum after the maps: a product cut, or a positive operator."""
        return np.array([self._is_product(psi) or self._is_positive(psi) for psi in states], dtype=bool)

    def _is_product(self, psi: Complex) -> bool:
        """Whether so few parties are correlated with the rest that GHJW or a product state is left."""
        n = len(self.measurements)
        correlated = [self._rank(psi, k) > 1 for k in range(len(self.dimensions))]
        alices, bobs = sum(correlated[:n]), sum(correlated[n:])
        if not alices or not bobs:
            return True
        return self.role == BOBS and alices == bobs == 1

    def _rank(self, psi: Complex, system: int) -> int:
        before, here = prod(self.dimensions[:system]), self.dimensions[system]
        rows = psi.reshape(before, here, -1).swapaxes(0, 1).reshape(here, -1)
        return int(np.sum(np.linalg.svd(rows, compute_uv=False) > 1e-9))

    def _is_positive(self, psi: Complex) -> bool:
        """Whether (1 ⊗ Λ⁽¹⁾ ⊗ …)[ψ], or a partial transpose of it, is a state; so σ is quantum.

        Transposed effects on the transposed state give the same assemblage; and where there is one
        trusted party, an assemblage is quantum if its transpose is.
        """
        if self.role != BOBS:
            return False
        n = len(self.measurements)
        outputs = [each.output for each in self.maps]
        sizes = [*self.dimensions[:n], *outputs]
        operator = np.einsum("k,l->kl", psi, psi.conj()).reshape(self.dimensions * 2)
        for k, choi in enumerate(self._chois):
            axis, total = n + k, len(sizes)
            # Λ[ω]_rs = Σ_ij ω_ij J_(i r)(j s)
            operator = np.tensordot(operator, choi, ([axis, total + axis], [0, 2]))
            operator = np.moveaxis(operator, [-2, -1], [axis, total + axis])
        own = range(n + (len(self.maps) == 1))  # who may be transposed; not all of them
        for chosen in product((False, True), repeat=len(own) - 1):
            axes = list(range(2 * len(sizes)))
            for k in (k for k, turned in zip(own, chosen, strict=False) if turned):
                axes[k], axes[len(sizes) + k] = axes[len(sizes) + k], axes[k]
            turned = operator.transpose(axes).reshape(prod(sizes), -1)
            if np.linalg.eigvalsh(turned)[0] > -NEGATIVE:
                return True
        return False

    @cached_property
    def _chois(self) -> list[Complex]:
        return [
            float_matrix(each.choi).reshape(each.dimension, each.output, each.dimension, each.output)
            for each in self.maps
        ]


def _dual(each: LinearMap, row: int, column: int) -> Complex:
    """Λ†[|row⟩⟨column|]: its entry (j, i) is Λ[|i⟩⟨j|] at (column, row)."""
    choi = float_matrix(each.choi).reshape(each.dimension, each.output, each.dimension, each.output)
    return np.asarray(choi[:, column, :, row].T)
