"""Small recipes, which worker processes import: one that is fast, one that proves what it finds."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import ClassVar

from exactsteer import InputError
from exactsteer.search.hits import Hit, UnitResult
from exactsteer.search.recipes import Parameter, Recipe

THEOREM = Path(__file__).parents[1] / "corpus" / "accept" / "value.json"


class Small(Recipe):
    """Units whose numbers are given go wrong in some way, and all may take their time."""

    PARAMETERS: ClassVar[Mapping[str, Parameter]] = {
        "most": Parameter("20", "the largest number that is drawn"),
        "pause": Parameter("0", "milliseconds that a unit sleeps"),
        "marks": Parameter("", "a folder in which each unit leaves a file when it begins"),
        "failing": Parameter("", "units that raise an error"),
        "leaving": Parameter("", "units that raise SystemExit"),
        "deadly": Parameter("", "units whose process is killed"),
        "wrong": Parameter("", "units whose certificate is wrong"),
        "strange": Parameter("", "units that find what is no hit"),
    }

    def __init__(self, parameters: Mapping[str, str]) -> None:
        super().__init__(parameters)
        for name in ("most", "pause"):
            if not self.parameters[name].isdecimal():
                raise InputError(f"{name} {self.parameters[name]}: an integer is needed")

    def _is(self, name: str, number: int) -> bool:
        return str(number) in self.parameters[name].split(",")

    def unit(self, seed: int, number: int) -> UnitResult:
        if self.parameters["marks"]:
            (Path(self.parameters["marks"]) / f"{number}.{time.monotonic_ns()}").touch()
        time.sleep(int(self.parameters["pause"]) / 1000)
        print("a solver may print anything")
        if self._is("failing", number):
            raise ValueError("half a surrogate \udc80\nand a second line")
        if self._is("leaving", number):
            raise SystemExit(7)
        if self._is("deadly", number):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._is("wrong", number):
            return UnitResult(1, 1, (Hit('{"wrong": 1}', (0,), "", {}, {"no.json": b"{}"}),))
        if self._is("strange", number):
            return UnitResult(1, 1, (Hit('{"strange": 1}', (float("nan"),), "", {}, {}, "no rank"),))
        hits = tuple(self.hits(random.Random(f"{seed} {number}"), int(self.parameters["most"])))
        return UnitResult(2, len(hits), hits)

    @abstractmethod
    def hits(self, source: random.Random, most: int) -> Iterator[Hit]:
        """What is found among two candidates."""


class Counting(Small):
    """The examples are numbers, which several units find; odd ones are certified, by any theorem."""

    SUMMARY = "Odd numbers."

    def hits(self, source: random.Random, most: int) -> Iterator[Hit]:
        for _ in range(2):
            drawn = source.randint(1, most)
            measures = {"digits": str(len(str(drawn)))}
            certificates, problem = {}, "even"
            if drawn % 2:
                certificates, problem = {"theorem.json": THEOREM.read_bytes()}, ""
            # What is said of an example depends on the unit that finds it.
            summary = f"{drawn}, {source.random():.6f}"
            yield Hit(json.dumps({"number": drawn}), (drawn,), summary, measures, certificates, problem)


class NoisyBoxes(Small):
    """PR boxes of random rational visibility that are Bell-nonlocal; postquantum ones are certified."""

    SUMMARY = "Bell-nonlocal mixtures of a PR box and noise, postquantum if possible."

    def hits(self, source: random.Random, most: int) -> Iterator[Hit]:
        for _ in range(2):
            denominator = source.randint(1, most)
            visibility = Fraction(source.randint(0, denominator), denominator)
            if visibility > Fraction(1, 2):
                yield noisy_box(visibility)


@cache
def noisy_box(visibility: Fraction) -> Hit:
    import numpy as np

    from exactsteer import Assemblage, member

    table = np.zeros((2, 2, 2, 2, 1, 1), dtype=object)
    for a, b, x, y in np.ndindex(2, 2, 2, 2):
        table[a, b, x, y] = [[visibility / 2 * ((a + b) % 2 == x * y) + (1 - visibility) / 4]]
    sigma = Assemblage.from_array(table, "outcomes-first")
    found = member(sigma)
    postquantum = found.verdict == "postquantum"
    return Hit(
        example=sigma.json_text(),
        rank=(visibility.denominator, float(visibility)),
        summary=f"a PR box of visibility {visibility}",
        measures={"visibility": str(visibility)},
        certificates={"postquantum.json": found.proof.bytes()} if postquantum else {},
        problem="" if postquantum else f"it is {found.verdict}",
    )
