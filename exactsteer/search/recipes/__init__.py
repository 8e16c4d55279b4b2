"""The recipes by their names, and what a recipe is."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

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
    except (ImportError, AttributeError, ValueError) as error:
        raise InputError(f"recipe {name!r}: {error}") from None
    if not (isinstance(found, type) and issubclass(found, Recipe)):
        raise InputError(f"recipe {name!r}: no subclass of exactsteer.search.recipes.Recipe")
    return found


@lru_cache(maxsize=4)
def _made(name: str, parameters: tuple[tuple[str, str], ...]) -> Recipe:
    return recipe_class(name)(dict(parameters))


def recipe(name: str, parameters: dict[str, str]) -> Recipe:
    """The recipe with these parameters, compiled once for each process."""
    return _made(name, tuple(sorted(parameters.items())))
