"""The trusted kernel: reads a certificate, rebuilds its program, checks it exactly, gives a verdict.

Standard library only; python-flint's integer product is used where it is installed. Read in this
order: numbers, field, product, matrix, positivity, program, reading, certificate, verdict.
Run as `python -m exactsteer.kernel FILE…`.
"""

from .certificate import Certificate, Claim, read_certificate
from .errors import Declined, KernelError, Malformed, Rejected
from .verdict import Statement, Statements, Verdict, check

__all__ = [
    "Certificate",
    "Claim",
    "Declined",
    "KernelError",
    "Malformed",
    "Rejected",
    "Statement",
    "Statements",
    "Verdict",
    "check",
    "read_certificate",
]
