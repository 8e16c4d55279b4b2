"""From a file to an exact object: JSON, or arrays as NumPy and MATLAB write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from ..exact.numbers import InputError
from .assemblage import Assemblage
from .containers import as_array
from .files import elements_from_json, read_json, scenario_kind
from .functional import Functional
from .instrumental import InstrumentalAssemblage
from .layouts import LAYOUTS
from .printed import PrintedAssemblage
from .sequential import SequentialAssemblage

AnyAssemblage: TypeAlias = Assemblage | InstrumentalAssemblage | SequentialAssemblage
Kind: TypeAlias = Literal["assemblage", "functional", "instrumental", "sequential"]
ARRAYS = (".npy", ".npz", ".mat")


def read(
    path: str | Path,
    kind: Kind | None = None,
    layout: str | None = None,
    outcomes: Sequence[Sequence[int]] | None = None,
    variable: Sequence[str] = (),
    trusted_input: bool = False,
    printed: bool | None = None,
) -> AnyAssemblage | PrintedAssemblage | Functional:
    """The assemblage, or the functional, in a file.

    - A JSON file says by itself what it holds (see the README), and `layout` and the arguments after it
      are not for it. `printed` reads its assemblage as printed numbers, that may signal by rounding.
    - `.npy`, `.npz`, `.mat`: an array in a named `layout` (see `Assemblage.from_array`), of shape and
      meaning as there; `kind` says what it is, an assemblage unless given. An assemblage of doubles is
      read as printed numbers, unless it is exactly valid as it stands, or `printed` is False. Of a file
      with several arrays `variable` names the one that is meant, or, in their order, those of several
      trusted parties.

    Raises InputError, one line that says what is wrong, where, and how to mend it.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> file = Path(tempfile.mkdtemp()) / "sigma.npy"
    >>> np.save(file, np.full((2, 2, 2, 2), 0.25) * np.eye(2))
    >>> type(read(file, layout="outcomes-first")).__name__
    'Assemblage'
    """
    path = Path(path)
    if kind not in (None, "assemblage", "functional", "instrumental", "sequential"):
        raise InputError(f"kind {kind!r}: assemblage, functional, instrumental or sequential")
    if path.suffix not in ARRAYS:
        if layout is not None or outcomes is not None or variable or trusted_input:
            raise InputError(
                f"{path}: layout, outcomes, variable and trusted input are for arrays "
                f"({', '.join(ARRAYS)}); a JSON file says what it holds"
            )
        return _from_json(path, kind, printed)
    arrays = _arrays(path, variable)
    if layout is None:
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise InputError(
            f"{path}: an array of shape {shapes} needs its layout, which is never guessed: one of "
            + ", ".join(f"{name} {axes}" for name, axes in LAYOUTS.items() if name != "blocks")
        )
    try:
        return _from_arrays(arrays, kind, layout, outcomes, trusted_input, printed)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _from_json(
    path: Path, kind: Kind | None, printed: bool | None
) -> AnyAssemblage | PrintedAssemblage | Functional:
    value = read_json(path)
    if kind == "functional" or (kind is None and "functional" in value):
        return Functional.from_json(path)
    if value.get("printed") is True if printed is None else printed:
        return PrintedAssemblage.from_json(path)
    kinds: dict[str, type[AnyAssemblage]] = {
        "instrumental": InstrumentalAssemblage,
        "sequential": SequentialAssemblage,
    }
    own = scenario_kind(value)
    if kind not in (None, "assemblage", own):
        raise InputError(f'{path}: its scenario has no "{kind}": true')
    scenario, elements = elements_from_json(value, "assemblage", str(path))
    try:
        return kinds.get(own, Assemblage).from_elements(scenario, elements)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _from_arrays(
    arrays: Sequence[npt.NDArray[Any]],
    kind: Kind | None,
    layout: str,
    outcomes: Sequence[Sequence[int]] | None,
    trusted_input: bool,
    printed: bool | None,
) -> AnyAssemblage | PrintedAssemblage | Functional:
    if len(arrays) > 1 and (kind not in (None, "assemblage") or trusted_input):
        raise InputError("several arrays are those of several trusted parties, without inputs")
    array = arrays[0]
    if kind == "functional":
        return Functional.from_array(array, layout, outcomes, trusted_input)
    if kind == "sequential":
        return SequentialAssemblage.from_array(array, layout, outcomes)
    if kind == "instrumental":
        return InstrumentalAssemblage.from_array(array, layout, outcomes)
    is_float = any(as_array(own, layout, outcomes)[0].dtype.kind in "fc" for own in arrays)

    def build(of: type[Assemblage | PrintedAssemblage]) -> Assemblage | PrintedAssemblage:
        if len(arrays) > 1:
            return of.from_arrays(arrays, layout, outcomes)
        return of.from_array(array, layout, outcomes, trusted_input)

    if printed is None and is_float:
        try:
            return build(Assemblage)
        except InputError:
            printed = True
    return build(PrintedAssemblage if printed else Assemblage)


def _arrays(path: Path, variable: Sequence[str]) -> list[npt.NDArray[Any]]:
    """The array of a file, or those that are named."""
    try:
        found = _loaded(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    if not isinstance(found, Mapping):
        if variable:
            raise InputError(f"{path}: holds one array without a name; leave variable out")
        return [found]
    names = variable or (list(found) if len(found) == 1 else [])
    if not names:
        held = ", ".join(found) or "nothing"
        raise InputError(f"{path}: holds {held}; say which is meant (variable=, or --variable)")
    for name in names:
        if name not in found:
            raise InputError(f"{path}: no variable {name!r}; it holds {', '.join(found)}")
    return [found[name] for name in names]


def _loaded(path: Path) -> npt.NDArray[Any] | dict[str, npt.NDArray[Any]]:
    if path.suffix == ".mat":
        from scipy.io import loadmat
        from scipy.io.matlab import MatReadError

        try:
            with path.open("rb") as file:
                found = loadmat(file)
        except NotImplementedError:
            raise InputError(
                f"{path}: a MATLAB 7.3 file; write it with save(…, '-v7') instead"
            ) from None
        except (MatReadError, ValueError, TypeError) as error:
            raise InputError(f"{path}: not a MATLAB file: {error}") from None
        return {name: value for name, value in found.items() if not name.startswith("__")}
    try:
        loaded = np.load(path, allow_pickle=False)
        return loaded if isinstance(loaded, np.ndarray) else {name: loaded[name] for name in loaded}
    except (ValueError, EOFError, BadZipFile) as error:
        raise InputError(f"{path}: not an array of numbers as NumPy saves it") from error
