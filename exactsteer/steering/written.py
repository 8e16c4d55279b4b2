"""How assemblages and functionals show themselves and are written to files."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any, ClassVar

import numpy.typing as npt

from ..kernel.field import Field
from ..output import write_files
from ..scenario import Elements, Scenario
from ..show.latex import elements_latex, elements_mathjax
from ..show.mathml import elements_mathml
from ..show.plain import field_plain
from .files import json_from_elements
from .layouts import array_from_elements

MOST_SHOWN = 64  # elements in a notebook


class Written:
    """What all of them have: one line as text, a table in a notebook, LaTeX, a JSON file."""

    CONTENT: ClassVar[str] = "assemblage"  # the field of a file that holds the elements
    KIND: ClassVar[str] = ""  # of the scenario, as files say it
    SYMBOL: ClassVar[str] = "σ"

    scenario: Scenario

    @property
    def field(self) -> Field:
        raise NotImplementedError

    def _elements(self) -> Elements:
        """What the object consists of."""
        raise NotImplementedError

    def _digits(self) -> int | None:
        """After the point, where these say how the numbers were rounded."""
        return None

    def _shown(self) -> Elements:
        """What a table of it shows."""
        return self._elements()

    def json_text(self) -> str:
        """A file from which `from_json` reads the same object, every number exact.

        InputError if a number cannot be written in a file, such as one of a field without radicals.
        """
        return json_from_elements(
            self.scenario, self._elements(), self.field, self.CONTENT, self.KIND, self._digits()
        )

    def to_json(self, path: str | Path) -> None:
        """Write `json_text` to a file; InputError if that is not possible."""
        write_files({Path(path): self.json_text().encode()})

    def to_array(self, layout: str) -> npt.NDArray[Any]:
        """The nearest doubles, in a named layout (see `Assemblage.from_array`).

        InputError where an array has no place for them: sums over outcomes, or inputs with different
        numbers of outcomes.

        >>> from exactsteer.steering import Assemblage
        >>> import numpy as np
        >>> half = np.diag([1, 1, 0]) / 2
        >>> coin = Assemblage.from_array(np.full((2, 2, 3, 3), 1 / 2) * half, "outcomes-first")
        >>> coin.to_array("matrices-first").shape
        (3, 3, 2, 2)
        """
        return array_from_elements(self.scenario, self._elements(), layout)

    def to_latex(self) -> str:
        """A table to paste into a paper (amsmath): symbols and labels as in the papers, exact entries.

        Of an `Assemblage` the independent elements, as the papers print it; of the others all.
        Source: Postquantum steering, Tables I and II.
        """
        return elements_latex(self.scenario, self._shown(), self._symbol(), self._title())

    def _symbol(self) -> str:
        return r"\sigma" if self.SYMBOL == "σ" else self.SYMBOL

    def _title(self) -> str:
        """The class in words: `Instrumental assemblage`."""
        return re.sub("(?<=[a-z])[A-Z]", lambda found: f" {found[0].lower()}", type(self).__name__)

    def __repr__(self) -> str:
        return (
            f"<{self._title()} of {self.scenario}; {len(self._elements())} elements, exact, over "
            f"{field_plain(self.field)}>"
        )

    def _repr_html_(self) -> str:
        shown = self._shown()
        some = dict(list(shown.items())[:MOST_SHOWN])
        table = elements_mathml(self.scenario, some, self.SYMBOL)
        left = len(shown) - len(some)
        more = f"<p>… and {left} more; to_latex() and json_text() write all.</p>" if left else ""
        return f"<div><strong>{escape(repr(self)[1:-1])}</strong>{table}{more}</div>"

    def _repr_latex_(self) -> str:
        some = dict(list(self._shown().items())[:MOST_SHOWN])
        return elements_mathjax(self.scenario, some, self._symbol())
