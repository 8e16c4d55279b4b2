"""Assemblages of mapped states by numbers: what recipes search in (see `constructions.mapped`).

The assemblage is linear in |ψ⟩⟨ψ|, so a coordinate of it is an expectation value ⟨ψ|T_k|ψ⟩, and of all
states the one that violates a functional f best is an eigenvector of Σ f_k T_k.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

from ..constructions.mapped import BOBS, INSTRUMENTAL, MappedStates
from ..prover.numeric import Array
from ..scenario import Label, Scenario
from ..statements.assemblage import instrumental_labels
from ..steering.layouts import float_matrix
from ..steering.maps import LinearMap
from .thresholds import Coordinates

Complex = npt.NDArray[np.complex128]
NEGATIVE = 1e-9  # eigenvalues above minus this count as not negative


@dataclass(frozen=True)
class Family:
    """What maps make of all states, or, if `is_real`, of all real states."""

    of: MappedStates
    is_real: bool

    @property
    def dimensions(self) -> tuple[int, ...]:
        """Of the systems that ψ is a state of."""
        return self.of.dimensions

    @property
    def scenario(self) -> Scenario:
        return self.of.scenario

    @cached_property
    def coordinates(self) -> Coordinates:
        scenario = self.scenario
        part = instrumental_labels if self.of.role == INSTRUMENTAL else Scenario.collins_gisin_labels
        return Coordinates(scenario, list(part(scenario)), self.is_real)

    @cached_property
    def operators(self) -> Complex:
        """T_k for each coordinate: the Heisenberg picture of its part of an entry."""
        return np.array(
            [self._operator(c.label, c.row, c.column, c.is_imaginary) for c in self.coordinates.all]
        )

    def _operator(self, label: Label, row: int, column: int, is_imaginary: bool) -> Complex:
        factors: list[Complex] = []
        for part, own in zip(label.parties, self.of.measurements, strict=True):
            effects = [float_matrix(effect) for effect in own[0 if part is None else part[1]]]
            factors.append(np.sum(effects, axis=0) if part is None else effects[part[0]])
        factors += self._trusted(label, row, column)
        # ⟨r|X|c⟩ = tr(X |c⟩⟨r|)
        whole = reduce(_kron, factors)
        # of which the Hermitian parts are wanted
        return np.asarray(
            (whole - whole.conj().T) / 2j if is_imaginary else (whole + whole.conj().T) / 2
        )

    def _trusted(self, label: Label, row: int, column: int) -> list[Complex]:
        """Λ†[|c⟩⟨r|] of the party whose entry it is, and 1 of the others."""
        if label.trusted is not None:
            return [_dual(self.of.maps[label.trusted], column, row)]
        factors = []
        for each, rows in zip(self.of.maps, self.scenario.summands(), strict=True):
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
        """Whether a state is seen to be quantum after the maps, by a cut or a positive operator."""
        return np.array([self._is_product(psi) or self._is_positive(psi) for psi in states], dtype=bool)

    def _is_product(self, psi: Complex) -> bool:
        """Whether so few parties are correlated with the rest that GHJW or a product state is left."""
        n = len(self.of.measurements)
        correlated = [self._rank(psi, k) > 1 for k in range(len(self.dimensions))]
        alices, bobs = sum(correlated[:n]), sum(correlated[n:])
        if not alices or not bobs:
            return True
        return self.of.role == BOBS and alices == bobs == 1

    def _rank(self, psi: Complex, system: int) -> int:
        before, here = prod(self.dimensions[:system]), self.dimensions[system]
        rows = psi.reshape(before, here, -1).swapaxes(0, 1).reshape(here, -1)
        return int(np.sum(np.linalg.svd(rows, compute_uv=False) > 1e-9))

    def _is_positive(self, psi: Complex) -> bool:
        """Whether (1 ⊗ Λ⁽¹⁾ ⊗ …)[ψ], or a partial transpose of it, is a state; so σ is quantum.

        Transposed effects on the transposed state give the same assemblage; and where there is one
        trusted party, an assemblage is quantum if its transpose is.
        """
        if self.of.role != BOBS:
            return False
        n = len(self.of.measurements)
        outputs = [each.output for each in self.of.maps]
        sizes = [*self.dimensions[:n], *outputs]
        operator = np.einsum("k,l->kl", psi, psi.conj()).reshape(self.dimensions * 2)
        for k, choi in enumerate(self._chois):
            axis, total = n + k, len(sizes)
            # Λ[ω]_rs = Σ_ij ω_ij J_(i r)(j s)
            operator = np.tensordot(operator, choi, ([axis, total + axis], [0, 2]))
            operator = np.moveaxis(operator, [-2, -1], [axis, total + axis])
        own = range(n + (len(self.of.maps) == 1))  # who may be transposed; not all of them
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
            for each in self.of.maps
        ]


def _dual(each: LinearMap, row: int, column: int) -> Complex:
    """Λ†[|row⟩⟨column|]: its entry (j, i) is Λ[|i⟩⟨j|] at (column, row)."""
    choi = float_matrix(each.choi).reshape(each.dimension, each.output, each.dimension, each.output)
    return np.asarray(choi[:, column, :, row].T)


def _kron(left: Complex, right: Complex) -> Complex:
    return np.asarray(np.kron(left, right), dtype=complex)
