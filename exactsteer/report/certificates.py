"""The certificates of a folder, each with the kernel's verdict and the claim that it was about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..exact.numbers import InputError
from ..kernel.__main__ import certificate_files, verdicts
from ..kernel.certificate import Claim, read_certificate
from ..kernel.errors import KernelError
from ..kernel.verdict import USAGE, Verdict

Listener = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """`name` is the path below the folder; `claim` is None unless the kernel accepted it."""

    name: str
    verdict: Verdict
    size: int
    claim: Claim | None

    @property
    def accepted(self) -> bool:
        return self.claim is not None


def check_folder(folder: Path, jobs: int, listener: Listener) -> dict[str, Checked]:
    """All certificates below the folder, by name, checked in `jobs` processes. InputError if none."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of certificates; `exactsteer published` makes one")
    try:
        files = certificate_files([folder])
    except FileNotFoundError as error:
        raise InputError(str(error)) from None
    checked = {}
    for number, (path, verdict) in enumerate(zip(files, verdicts(files, jobs), strict=True), 1):
        listener(f"checked {number} of {len(files)} certificates")
        name = path.relative_to(folder).as_posix()
        size = path.stat().st_size if path.exists() else 0
        checked[name] = Checked(name, verdict, size, _claim(path, verdict))
    return checked


def missing(name: str) -> Checked:
    """A file that a docket names, and that the folder does not hold."""
    return Checked(name, Verdict("missing", USAGE, "there is no such file in the folder"), 0, None)


def _claim(path: Path, verdict: Verdict) -> Claim | None:
    """The claim that was accepted: the file is read once more, so its hash has to be the same."""
    if verdict.exit_code:
        return None
    try:
        claim = read_certificate(path.read_bytes()).claim
    except (OSError, KernelError):
        return None
    return claim if claim.sha256() == verdict.claim_sha256 else None
