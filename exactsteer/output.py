"""Writing files so that an interrupted or failed run leaves no half-written one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .exact.numbers import InputError


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write each file under a temporary name beside its place, then rename them all."""
    waiting: list[tuple[str, Path]] = []
    path = Path()
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            waiting.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, 0o644)
        while waiting:
            name, path = waiting[0]
            os.replace(name, path)
            waiting.pop(0)
    except OSError as error:
        raise InputError(f"{path}: cannot write: {error.strerror}") from None
    finally:
        for name, _ in waiting:
            if os.path.exists(name):
                os.unlink(name)
