"""The five papers: their printed data and their claims, row by row of the docket."""

from collections.abc import Callable

from . import postquantum_steering
from .rows import Evidence, Listener

ROWS: dict[str, Callable[[Listener], list[Evidence]]] = {**postquantum_steering.ROWS}

__all__ = ["ROWS", "Evidence"]
