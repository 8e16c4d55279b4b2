"""The three ways in which a certificate fails, each with the place where it failed."""

from __future__ import annotations

from typing import Any, TypeAlias

from .numbers import spoken

Exact: TypeAlias = Any  # a number: int, Fraction or Algebraic


class KernelError(Exception):
    """Base of all refusals; `str` of it is one line."""


class Malformed(KernelError):
    """The file is not a certificate: wrong grammar, spelling, shape or field."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place


class Rejected(KernelError):
    """The file is a certificate, and its witness does not prove its claim."""

    def __init__(self, place: str, rule: str, computed: Exact, claimed: Exact) -> None:
        self.place, self.rule = place, rule
        self.computed, self.claimed = computed, claimed
        self.difference = computed - claimed
        super().__init__(
            f"{place}: rule {rule!r} fails: computed {spoken(computed)}, "
            f"needed {spoken(claimed)}, difference {spoken(self.difference)}"
        )


class Declined(KernelError):
    """The file may be a certificate, but not one this kernel can judge (version, kind, size)."""
