"""Kind `anticommuting-robustness`: isotropic states measured by anticommuting observables.

Pauli strings on n qubits, d = 2^n, that anticommute in pairs: A_x A_y = -A_y A_x, A_x² = 1. With signs
s_x

    (Σ_x s_x A_x)² = N·1,    so that    -√N·1 ⪯ Σ_x s_x A_x ⪯ √N·1,

and F(σ) = Σ_{a,x} (-1)^a tr(A_xᵀ σ[a|x]) is between -√N and √N on LHS assemblages. (The transposed
strings anticommute too.) Measured on the isotropic state V|φ⁺⟩⟨φ⁺| + (1 - V)1/d², with φ⁺ = Σ|ii⟩/√d,
they give σ[a|x] = ½(1 + (-1)^a V A_xᵀ)/d, and F(σ) = N V. If σ = (1 + ν)τ - νυ with LHS τ and υ, then
N V ≤ (1 + 2ν)√N.

No matrix of d rows is needed, so d may be 1024 or more. The paper's Eq. 18 has √(N/2) in place of √N,
for its operators F are shorter than they may be.
Source: Classical communication cost of quantum steering, Appendix B.2, Eqs. B4 and 18.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from ..kernel.certificate import Claim
from ..kernel.errors import Declined, Malformed
from ..kernel.field import Field, Number, Q
from ..kernel.numbers import integer_text, stated
from ..kernel.program import Existence, Program
from ..kernel.reading import number_json, read_fields, read_list, read_number, read_text
from .claims import read_bound
from .forms import equation, inequality
from .quantifiers import messages_text

MOST_STRINGS = 256
MOST_QUBITS = 128


@dataclass(frozen=True)
class AnticommutingRobustness:
    """The LHS robustness of that assemblage is ≥ bound."""

    KIND = "anticommuting-robustness"

    observables: tuple[str, ...]  # such as "XZI"
    visibility: Number
    bound: Number
    field: Field = Q

    @classmethod
    def read(cls, claim: Claim) -> AnticommutingRobustness:
        fields = read_fields(claim.data, "claim.data", ("observables", "visibility"))
        place = "claim.data.observables"
        strings = tuple(
            read_text(item, f"{place}[{k}]")
            for k, item in enumerate(read_list(fields["observables"], place))
        )
        if not strings or not strings[0] or len(set(map(len, strings))) > 1:
            raise Malformed(place, "Pauli strings of one length are needed")
        if len(strings) > MOST_STRINGS or len(strings[0]) > MOST_QUBITS:
            raise Declined(f"{place}: more than {MOST_STRINGS} strings or {MOST_QUBITS} qubits")
        if any(set(string) - set("IXYZ") for string in strings):
            raise Malformed(place, "a Pauli string is written with I, X, Y, Z")
        visibility = read_number(fields["visibility"], claim.field, "claim.data.visibility")
        return cls(strings, visibility, read_bound(claim), claim.field)

    def claim(self) -> Claim:
        data = {"observables": list(self.observables), "visibility": number_json(self.visibility)}
        return Claim(self.KIND, self.field, data, self.bound)

    def program(self) -> Program:
        """No unknowns: 0 ≤ V ≤ 1, (1 + 2·bound)² ≤ N V², and pairs that anticommute."""
        count, v = len(self.observables), self.visibility
        blocks = [
            inequality("visibility ≥ 0", {None: v}),
            inequality("visibility ≤ 1", {None: 1 - v}),
        ]
        twice = 1 + 2 * self.bound
        if twice > 0:
            blocks.append(inequality("(1 + 2 bound)² ≤ N V²", {None: count * v * v - twice * twice}))
        equations = [
            equation(f"observables {one} and {other} commute", {None: int(commute(one, other))}, 0)
            for one, other in combinations(self.observables, 2)
        ]
        equations += [
            equation(f"observable {one} is the identity", {None: int(set(one) == {"I"})}, 0)
            for one in self.observables
        ]
        return Program([], blocks, equations, Existence())

    def sentence(self) -> str:
        qubits = len(self.observables[0])
        return (
            f"When the {len(self.observables)} Pauli strings of this claim, which anticommute in pairs, "
            f"are measured on the isotropic state of dimension d = 2^{integer_text(qubits)} and "
            f"visibility {stated(self.visibility)}, the LHS robustness of the assemblage is at least "
            f"{stated(self.bound)}{messages_text(self.bound)}."
        )


def commute(one: str, other: str) -> bool:
    """Whether the strings differ at an even number of places where both have a Pauli matrix."""
    places = sum(p != q and "I" not in (p, q) for p, q in zip(one, other, strict=True))
    return places % 2 == 0
