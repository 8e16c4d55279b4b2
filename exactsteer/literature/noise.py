"""How much white noise postquantum assemblages bear: certified points, and the threshold (row F1)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ..api import noise_robustness
from ..classification import member
from ..constructions.states import white_noise
from ..exact.matrices import mixture
from ..exact.numbers import InputError
from ..kernel.numbers import decimal_text
from ..prover.prove import Proof
from ..statements import BoxExcluded
from ..statements.no_signalling import NO_SIGNALLING
from ..statements.words import ALMOST_QUANTUM
from ..steering import Assemblage
from .bipartite_generalised import PAPER as GENERALISED
from .bipartite_generalised import printed_assemblage
from .examples import pr_box
from .formalism import PAPER as FORMALISM
from .formalism import assemblage as formalism_assemblage
from .many_parties import PAPER as MANY_PARTIES
from .many_parties import example_10
from .postquantum_steering import PAPER as POSTQUANTUM
from .postquantum_steering import table_1
from .rows import Evidence, Listener

FOLDER = "noise"
# Parts of the threshold at which a mixture is proved outside the set, and inside.
OUTSIDE = tuple(map(Fraction, ("0", "1/4", "1/2", "3/4", "9/10")))
INSIDE = tuple(map(Fraction, ("11/10", "3/2")))


class NoisyExample(NamedTuple):
    """`name` is what claims call it, `file` the start of its certificates' names."""

    name: str
    file: str
    paper: str
    assemblage: Assemblage
    outer_set: str = ALMOST_QUANTUM
    remark: str = ""


def noisy_examples() -> list[NoisyExample]:
    """One of each scenario that has postquantum steering."""
    parents = str(NO_SIGNALLING)
    return [
        NoisyExample("Table I", "table-1", POSTQUANTUM, table_1()),
        NoisyExample("the PR box times 1/2", "pr-box", POSTQUANTUM, pr_box(2), remark="1 - 1/√2"),
        NoisyExample("the assemblage of Sec. 5.2", "section-5", FORMALISM, formalism_assemblage()),
        NoisyExample(
            "the assemblage of Theorem 3",
            "theorem-3",
            GENERALISED,
            printed_assemblage(3),
            remark="1 - 1/√2",
        ),
        NoisyExample(
            "the assemblage of Theorem 4",
            "theorem-4",
            GENERALISED,
            printed_assemblage(4),
            remark="1 - √6/3",
        ),
        NoisyExample("our robust Example 10", "example-10", MANY_PARTIES, example_10("robust"), parents),
    ]


def with_white_noise(assemblage: Assemblage, share: Fraction) -> Assemblage:
    """(1 - share)·σ + share·(white noise), the share from 0 to 1, else InputError.

    >>> with_white_noise(pr_box(1), Fraction(1))[0, 0, 0, 0].trace()
    Fraction(1, 4)
    """
    if not 0 <= share <= 1:
        raise InputError(f"share of noise {share}: a number from 0 to 1 is needed")
    noise = white_noise(assemblage.scenario).table
    table = {label: mixture(1 - share, m, noise[label]) for label, m in assemblage.table.items()}
    return Assemblage(assemblage.scenario, table)


def shares_near(threshold: Fraction, parts: Sequence[Fraction]) -> list[Fraction]:
    """So many parts of the threshold, as decimals of three places: mixtures with small entries."""
    return [Fraction(decimal_text(part * threshold, 3)) for part in parts]


def noise_evidence(example: NoisyExample, listener: Listener) -> Evidence:
    """The threshold, enclosed, and a certificate for mixtures on either side of it."""
    sigma = example.assemblage
    listener(f"white noise on {example.name}")
    threshold = noise_robustness(sigma, outer_set=example.outer_set, listener=listener)
    start = f"{FOLDER}/{example.file}"
    proofs = {
        f"{start}-threshold-lower.json": threshold.lower_proof,
        f"{start}-threshold-upper.json": threshold.upper_proof,
    }
    open_points = []
    for share in shares_near(threshold.lower, (*OUTSIDE, *INSIDE)):
        proof = _point(with_white_noise(sigma, share), share < threshold.lower, example, listener)
        text = decimal_text(share, 3)
        if proof is None:
            open_points.append(text)
        else:
            proofs[f"{start}-{text.replace('.', '-')}.json"] = proof
    remark = [example.remark] if example.remark else []
    remark += [f"of parents that are {NO_SIGNALLING}"] if example.outer_set == str(NO_SIGNALLING) else []
    remark += [f"no certificate at {', '.join(open_points)}"] if open_points else []
    return Evidence(
        "F1",
        example.paper,
        f"share of white noise below which {example.name} is postquantum, certified point by point",
        "",
        "open" if open_points else "proved",
        proofs,
        threshold.lower,
        threshold.upper,
        "; ".join(remark),
    )


def _point(sigma: Assemblage, outside: bool, example: NoisyExample, listener: Listener) -> Proof | None:
    """The proof that a mixture is outside the set, with all that is near it; or inside."""
    proof = member(sigma, listener=listener, outer_set=example.outer_set).proof
    if proof is None or (proof.certificate.claim.kind == BoxExcluded.KIND) != outside:
        return None
    return proof


def noise_rows(listener: Listener) -> list[Evidence]:
    return [noise_evidence(example, listener) for example in noisy_examples()]
