"""From the bytes of a file to a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from .certificate import Claim, read_certificate
from .errors import Declined, KernelError, Malformed
from .field import Q
from .program import Program, accept
from .reading import read_witness

ACCEPTED, REJECTED, DECLINED, USAGE, INTERNAL = 0, 1, 2, 64, 70


class Statement(Protocol):
    """What a kind of claim must offer: its fields, its exact program, its sentence in words."""

    def claim(self) -> Claim: ...

    def program(self) -> Program: ...

    def sentence(self) -> str: ...


# For each kind of claim, the reader of its fields. A reader raises Malformed or Declined.
Statements = Mapping[str, Callable[[Claim], Statement]]


@dataclass(frozen=True)
class Verdict:
    """`status` is accepted, rejected, malformed or declined; `message` is the theorem or why not.

    `claim_sha256` identifies the claim and is empty where no claim could be read.
    """

    status: str
    exit_code: int
    message: str
    claim_sha256: str = ""


def check(data: bytes, statements: Statements) -> Verdict:
    """Judge a certificate file. Accepted means: the sentence is a theorem.

    The program is rebuilt from the claim; of the file, only the claim and the numbers of the
    witness are read, and the witness can only satisfy the program or fail to.
    """
    sha256 = ""
    try:
        certificate = read_certificate(data)
        claim = certificate.claim
        sha256 = claim.sha256()
        reader = statements.get(claim.kind)
        if reader is None:
            raise Declined(f"claim.kind: {claim.kind[:40]!r} is not known to this kernel")
        statement = reader(claim)
        program = statement.program()
        witness = read_witness(certificate.witness, program.blocks, claim.field, "witness")
        accept(program, witness)
        where = "" if claim.field == Q else f" Here a is {claim.field}."
        return Verdict("accepted", ACCEPTED, statement.sentence() + where, sha256)
    except Malformed as error:
        return Verdict("malformed", REJECTED, str(error), sha256)
    except Declined as error:
        return Verdict("declined", DECLINED, str(error), sha256)
    except KernelError as error:
        return Verdict("rejected", REJECTED, str(error), sha256)


def worst(codes: list[int]) -> int:
    """The exit code of several verdicts: internal error, then usage, rejection, decline."""
    return next((code for code in (INTERNAL, USAGE, REJECTED, DECLINED) if code in codes), ACCEPTED)
