"""Row F1: `classify`, asked of an assemblage of every scenario; and of mixtures with white noise."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from ..classification import UNDECIDED, classify
from ..constructions.states import assemblage_of, isotropic
from ..steering import (
    Assemblage,
    InstrumentalAssemblage,
    PrintedAssemblage,
    SequentialAssemblage,
)
from .bipartite_generalised import PAPER as GENERALISED
from .bipartite_generalised import printed_assemblage, signalling_forwards
from .examples import Z_AND_X, X, Y, ket, observable_measurement, pr_box
from .many_parties import PAPER as MANY_PARTIES
from .many_parties import printed_example
from .noise import noise_rows, with_white_noise
from .postquantum_steering import HALF_DIGIT, of_first_party, table_1
from .postquantum_steering import PAPER as POSTQUANTUM
from .rows import Evidence, Listener

FOLDER = "classified"
Classified: TypeAlias = Assemblage | InstrumentalAssemblage | SequentialAssemblage | PrintedAssemblage


class Case(NamedTuple):
    """`expected` is the verdict; `remark` is for readers."""

    name: str
    file: str
    paper: str
    assemblage: Callable[[], Classified]
    expected: str
    radius: Fraction | None = None
    remark: str = ""


def ghz() -> Assemblage:
    """X and Y of two parties of a GHZ state: an extremal quantum assemblage."""
    measurements = (observable_measurement(X), observable_measurement(Y))
    return assemblage_of(ket({"000": 1, "111": 1}, (2, 2, 2)), (measurements, measurements))


def cases() -> list[Case]:
    return [
        Case("Table I, to its last digit", "table-1", POSTQUANTUM, table_1, "postquantum", HALF_DIGIT),
        Case(
            "what the first Alice of Table I steers",
            "first-of-table-1",
            POSTQUANTUM,
            lambda: of_first_party(table_1()),
            "LHS",
        ),
        Case(
            "Z and X of half of φ⁺",
            "phi-plus",
            POSTQUANTUM,
            lambda: assemblage_of(isotropic(2, 1), (Z_AND_X,)),
            "quantum",
        ),
        Case(
            "the PR box times 1/2 with visibility 2/5, and all within 0.001",
            "pr-box-2-5",
            POSTQUANTUM,
            lambda: with_white_noise(pr_box(2), Fraction(3, 5)),
            "LHS",
            Fraction(1, 1000),
        ),
        Case(
            "the PR box times 1/2 with visibility 3/5, and all within 0.001",
            "pr-box-3-5",
            POSTQUANTUM,
            lambda: with_white_noise(pr_box(2), Fraction(2, 5)),
            "quantum",
            Fraction(1, 1000),
        ),
        Case(
            "GHZ state, X and Y of two Alices",
            "ghz",
            POSTQUANTUM,
            ghz,
            UNDECIDED,
            remark="it is quantum, by construction; no search reaches the boundary",
        ),
        Case(
            "the assemblage of Theorem 4 (Bob with input)",
            "theorem-4",
            GENERALISED,
            lambda: printed_assemblage(4),
            "postquantum",
        ),
        Case(
            "the assemblage of Theorem 3 with visibility 1/3, instrumentally",
            "theorem-3-instrumental",
            GENERALISED,
            lambda: InstrumentalAssemblage.of(with_white_noise(printed_assemblage(3), Fraction(2, 3))),
            "LHS",
        ),
        Case(
            "a sequence of measurements that signal forwards",
            "sequence",
            GENERALISED,
            signalling_forwards,
            "quantum",
        ),
        Case(
            "Example 7, as printed",
            "example-7",
            MANY_PARTIES,
            lambda: printed_example(7),
            "LHS",
            remark="its correlations in Witworld are postquantum, and it is not even steerable",
        ),
        Case(
            "Example 9, as printed", "example-9", MANY_PARTIES, lambda: printed_example(9), "postquantum"
        ),
    ]


def evidence(case: Case, listener: Listener) -> Evidence:
    listener(f"classify {case.name}")
    answer = classify(case.assemblage(), case.radius, listener=listener)
    remarks = [case.remark] if case.remark else []
    if answer.radius:
        remarks.append(f"so is every valid one within {float(answer.radius):.3g} of it (rounded)")
    if answer.is_steerable and answer.verdict != "postquantum":
        remarks.insert(0, "and steerable")
    return Evidence(
        "F1",
        case.paper,
        f"classify: {case.name}, is {answer.verdict}",
        "",
        "proved" if answer.verdict == case.expected != UNDECIDED else "open",
        {f"{FOLDER}/{case.file}-{name}.json": proof for name, proof in answer.proofs.items()},
        remark="; ".join(remarks),
    )


def row_f1(listener: Listener) -> list[Evidence]:
    return [*(evidence(case, listener) for case in cases()), *noise_rows(listener)]


ROWS = {"F1": row_f1}
