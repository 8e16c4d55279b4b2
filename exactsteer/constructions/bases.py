"""Complete sets of mutually unbiased bases, and anticommuting Pauli strings, for measurements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count, product, zip_longest
from math import cos, floor, isqrt, pi

from ..exact.algebraic import Pair
from ..exact.matrices import of_entries, scaled
from ..exact.numbers import InputError
from ..kernel.field import LARGEST_DEGREE, Field, Number, Q, number
from ..kernel.matrix import Matrix, times_adjoint


@dataclass(frozen=True)
class BasisVector:
    """The unit vector √weight·vector, `vector` d×1 over K(i): no square root of d is needed."""

    vector: Matrix
    weight: Fraction

    @property
    def projector(self) -> Matrix:
        """weight·vector·vector†, d×d."""
        return scaled(times_adjoint(self.vector, self.vector), self.weight)


def mutually_unbiased_bases(d: int) -> list[list[BasisVector]]:
    """[x][a]: d + 1 bases of ℂ^d with |⟨v|w⟩|² = 1/d between any two of them; x = 0 is e₁, …, e_d.

    d = pⁿ is a power of a prime p. All matrices have one field: Q for p = 2, else Q(2cos(π/2p)) of
    degree p - 1, in which exp(2πi/p) has its real and imaginary part. Raises InputError if d is no
    prime power, or if that degree is more than the kernel reads (p > 7).
    Source: for odd p, entries exp(2πi Tr(αk² + βk)/p) with k, α, β ∈ GF(pⁿ): Wootters and Fields, Ann.
    Phys. 191 (1989) 363. For p = 2, entries i^Tr((α + 2β)k) with k, α, β in the Teichmüller set of the
    Galois ring GR(4, n): Klappenecker and Rötteler, LNCS 2948 (2004) 137. The order of k, α, β is
    0, ξ, ξ², …, ξ^(d-1) = 1, with ξ of order d - 1.

    >>> bases = mutually_unbiased_bases(3)
    >>> len(bases), bases[0][1].vector.parts[0, 0], bases[3][2].weight
    (4, [[0], [1], [0]], Fraction(1, 3))
    >>> print(bases[1][1].projector.entry(1, 0)[1], "where a is", bases[1][1].vector.field)
    (1/6)*a where a is the only root of -3 + x^2 between 1 and 2
    """
    p, n = _prime_power(d)
    field, roots = _roots_of_unity(p)
    trace = _traces(p, n)

    # The element 0 has the index 0, and ξ^j has the index j = 1, …, d - 1.
    def times(one: int, other: int) -> int:
        return (one + other - 1) % (d - 1) + 1 if one and other else 0

    def exponent(alpha: int, beta: int, k: int) -> int:
        if p == 2:
            return trace[times(alpha, k)] + 2 * trace[times(beta, k)]
        return trace[times(alpha, times(k, k))] + trace[times(beta, k)]

    def vector(entries: list[Pair], weight: Fraction) -> BasisVector:
        return BasisVector(replace(of_entries([[entry] for entry in entries]), field=field), weight)

    index = range(d)
    computational = [vector([(int(k == a), 0) for k in index], Fraction(1)) for a in index]
    others = [
        [
            vector([roots[exponent(alpha, beta, k) % len(roots)] for k in index], Fraction(1, d))
            for beta in index
        ]
        for alpha in index
    ]
    return [computational, *others]


def root_of_dimension(d: int) -> Number:
    """√d, in the field of the bases where that holds it, and in Q(√2) for an odd power of 2.

    By Gauss, Σ_k exp(2πik²/p) is √p or i√p for an odd prime p.

    >>> root_of_dimension(9), str(root_of_dimension(3))
    (3, 'a')
    """
    p, n = _prime_power(d)
    if n % 2 == 0:
        return int(p ** (n // 2))
    if p == 2:
        return int(2 ** (n // 2)) * number(Field((-2, 0, 1), Fraction(1), Fraction(2)), [0, 1])
    _, roots = _roots_of_unity(p)
    part = 0 if p % 4 == 1 else 1
    total: Number = 0
    for k in range(p):
        total += roots[k * k % p][part]
    return int(p ** (n // 2)) * total


def anticommuting_pauli_strings(m: int) -> list[str]:
    """m strings over I, X, Y, Z of length max(1, ⌊m/2⌋): tensor products that anticommute pairwise.

    All are traceless, Hermitian and of square 1. Raises InputError for m < 1.
    Source: the transformation of Jordan and Wigner, Z. Phys. 47 (1928) 631.

    >>> anticommuting_pauli_strings(5)
    ['XI', 'YI', 'ZX', 'ZY', 'ZZ']
    """
    if m < 1:
        raise InputError(f"{m} Pauli strings: at least 1 is needed")
    n = max(1, m // 2)
    strings = ["Z" * k + pauli + "I" * (n - k - 1) for k in range(n) for pauli in "XY"]
    return [*strings, "Z" * n][:m]


def _prime_power(d: int) -> tuple[int, int]:
    """p and n with d = pⁿ; InputError if there are none, or if p is too large for the kernel."""
    if d < 2:
        raise InputError(f"bases of dimension {d}: a prime power, at least 2, is needed")
    p = next((q for q in range(2, isqrt(d) + 1) if d % q == 0), d)
    n = next(n for n in count(1) if p**n >= d)
    if p**n != d:
        raise InputError(f"bases of dimension {d}: a prime power is needed, and {d} is none")
    if p - 1 > LARGEST_DEGREE:
        raise InputError(
            f"bases of dimension {d}: the roots of unity of order {p} need a real field of degree "
            f"{p - 1}, at most {LARGEST_DEGREE}"
        )
    return p, n


def _roots_of_unity(p: int) -> tuple[Field, list[Pair]]:
    """A field K, and the powers of exp(2πi/p) as elements of K(i); for p = 2 those of i."""
    if p == 2:
        return Q, [(1, 0), (0, 1), (-1, 0), (0, -1)]
    # a = 2cos(π/2p) is the largest root of C_p(x)/x, which is irreducible by Eisenstein's criterion.
    polynomial = tuple(_cosine(p)[1:])
    root = Fraction(2 * cos(pi / (2 * p)))
    cells = ((Fraction(floor(root * 2**k), 2**k), Fraction(1, 2**k)) for k in count())
    candidates = (Field(polynomial, low, low + width) for low, width in cells)
    field = next(candidate for candidate in candidates if candidate.isolates())

    def half_cosine(k: int) -> list[Fraction]:
        return [Fraction(c, 2) for c in _cosine(k)]

    # 2cos(2πj/p) = C_{4j}(a), and 2sin(2πj/p) = 2cos(2πj/p - π/2) = C_{|4j-p|}(a).
    return field, [
        (number(field, half_cosine(4 * j)), number(field, half_cosine(abs(4 * j - p)))) for j in range(p)
    ]


def _cosine(k: int) -> list[int]:
    """The polynomial with C_k(2cos t) = 2cos(kt), coefficient of x⁰ first: C_{k+1} = x·C_k - C_{k-1}."""
    this, following = [2], [0, 1]
    for _ in range(k):
        raised = zip_longest([0, *following], this, fillvalue=0)
        this, following = following, [c - b for c, b in raised]
    return this


def _traces(p: int, n: int) -> list[int]:
    """0 and Tr ξ^j for j = 1, …, pⁿ - 1, ξ of order pⁿ - 1 in GF(pⁿ), or in GR(4, n) if p = 2.

    Both rings are Z_m[x]/(f), m = p or 4, with f monic of degree n and ξ = x. If x has this order, f is
    what it needs to be: modulo p the order is the same (the units ≡ 1 modulo 2 have orders 1 and 2), so
    the powers of x are all pⁿ - 1 elements other than 0, and units. The trace of an element is that of
    its multiplication on 1, x, …, x^(n-1).
    """
    modulus, order = 4 if p == 2 else p, p**n - 1
    one = [1, *[0] * (n - 1)]
    for lower in product(range(modulus), repeat=n):  # f = xⁿ + Σ_l lower[l]·x^l
        powers = [one]
        while len(powers) < order + n:
            *rest, leading = powers[-1]
            raised = zip([0, *rest], lower, strict=True)
            powers.append([(c - leading * f) % modulus for c, f in raised])
        if one not in powers[1:order] and powers[order] == one:
            diagonals = ([powers[j + l][l] for l in range(n)] for j in range(1, order + 1))
            return [0, *(sum(diagonal) % modulus for diagonal in diagonals)]
    raise AssertionError(f"no primitive polynomial of degree {n} modulo {modulus}")
