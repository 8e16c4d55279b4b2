"""A small recipe, which worker processes import: noisy PR boxes of random rational visibility."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

import numpy as np

from exactsteer import Assemblage, InputError, member
from exactsteer.search.hits import Hit, UnitResult
from exactsteer.search.recipes import Parameter, Recipe

BELL = Fraction(1, 2)  # a box of more visibility is Bell-nonlocal


@lru_cache(maxsize=None)
def hit(visibility: Fraction) -> Hit:
    """Bell-nonlocal; certified if it is postquantum too, which it is not below 1/√2."""
    table = np.zeros((2, 2, 2, 2, 1, 1), dtype=object)
    for a, b, x, y in np.ndindex(2, 2, 2, 2):
        table[a, b, x, y] = [[visibility / 2 * ((a + b) % 2 == x * y) + (1 - visibility) / 4]]
    sigma = Assemblage.from_array(table, "outcomes-first")
    found = member(sigma)
    inside = found.verdict != "postquantum"
    return Hit(
        example=sigma.json_text(),
        rank=(visibility.denominator, float(visibility)),
        summary=f"a PR box of visibility {visibility}",
        measures={"visibility": str(visibility), "denominator": str(visibility.denominator)},
        certificates={} if inside or found.proof is None else {"postquantum.json": found.proof.bytes()},
        problem=f"it is {found.verdict}" if inside else "",
    )


class NoisyBoxes(Recipe):
    """Units whose numbers are given may fail in some way, and all may take their time."""

    SUMMARY = "Bell-nonlocal mixtures of a PR box and noise, postquantum if possible."
    PARAMETERS: Mapping[str, Parameter] = {
        "denominator": Parameter("20", "the largest denominator of a visibility"),
        "candidates": Parameter("2", "candidates of a unit"),
        "pause": Parameter("0", "milliseconds that a unit sleeps"),
        "failing": Parameter("", "a unit that raises an error"),
        "leaving": Parameter("", "a unit that raises SystemExit"),
        "deadly": Parameter("", "a unit whose process is killed"),
        "wrong": Parameter("", "a unit whose certificate is wrong"),
        "strange": Parameter("", "a unit that finds what is no hit"),
    }

    def __init__(self, parameters: Mapping[str, str]) -> None:
        super().__init__(parameters)
        for name in ("denominator", "candidates"):
            if not self.parameters[name].isdecimal() or int(self.parameters[name]) < 1:
                raise InputError(f"{name} {self.parameters[name]}: a positive integer is needed")

    def _is(self, name: str, number: int) -> bool:
        return str(number) in self.parameters[name].split(",")

    def unit(self, seed: int, number: int) -> UnitResult:
        time.sleep(int(self.parameters["pause"]) / 1000)
        print("a solver may print anything")
        if self._is("failing", number):
            raise ValueError("half a surrogate \udc80\nand a second line")
        if self._is("leaving", number):
            raise SystemExit(7)
        if self._is("deadly", number):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._is("wrong", number):
            good = hit(Fraction(1))
            return UnitResult(1, 1, (Hit("[2]", (0,), "", {}, {"no.json": b"{}"}, good.problem),))
        if self._is("strange", number):
            return UnitResult(1, 1, (Hit("[1]", (float("nan"),), "", {}, {}, "no rank"),))
        source = random.Random(f"{seed} {number}")
        found = []
        count = int(self.parameters["candidates"])
        for _ in range(count):
            denominator = source.randint(1, int(self.parameters["denominator"]))
            visibility = Fraction(source.randint(0, denominator), denominator)
            if visibility > BELL:
                found.append(hit(visibility))
        return UnitResult(count, len(found), tuple(found))
