"""The recipes by their names, and what a recipe is."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from importlib import import_module
from inspect import isabstract

from ...exact.numbers import InputError
from .base import Parameter, Recipe

__all__ = ["RECIPES", "Parameter", "Recipe", "recipe", "recipe_class"]

# Module and class: each is imported when it is asked for.
RECIPES: dict[str, str] = {
    "appendix-d": f"{__name__}.appendix_d:AppendixD",
    "robust": f"{__name__}.robust:Robust",
    "simplest": f"{__name__}.simplest:Simplest",
}


def recipe_class(name: str) -> type[Recipe]:
    """The class of a recipe of ours, by its name, or of anybody's, as `module:Class`.

    InputError if there is none.
    """
    module, _, own = RECIPES.get(name, name).partition(":")
    if not own:
        raise InputError(f"recipe {name!r}: give one of {', '.join(RECIPES)}, or module:Class")
    try:
        found = getattr(import_module(module), own)
    except Exception as error:  # anybody's module may fail in any way
        raise InputError(f"recipe {name!r}: {type(error).__name__}: {error}") from None
    if not (isinstance(found, type) and issubclass(found, Recipe)) or isabstract(found):
        raise InputError(f"recipe {name!r}: no subclass of exactsteer.search.recipes.Recipe with a unit")
    return found


_made = threading.local()


def recipe(name: str, parameters: Mapping[str, str]) -> Recipe:
    """The recipe with these parameters, compiled once for each thread of each process.

    A worker of a cluster may have several threads, and a solver that is warm belongs to one of them.
    """
    plan = (name, dict(parameters))
    if getattr(_made, "plan", None) != plan:
        _made.recipe = recipe_class(name)(parameters)
        _made.plan = plan
    found: Recipe = _made.recipe
    return found
