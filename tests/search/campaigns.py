"""What the tests of campaigns share: running the command, and comparing what is in the files."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from exact_quantum import ROOT

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-m", "exactsteer.cli"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)])}


def run(*arguments: object, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    environment = ENVIRONMENT | more.pop("env", {})
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, env=environment, **more
    )


def start(*arguments: object, cwd: Path, **more: Any) -> subprocess.Popen[str]:
    """The same in a process group of its own, without waiting."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env=ENVIRONMENT | more.pop("env", {}),
        start_new_session=True,
        **more,
    )


def contents(path: Path) -> dict[str, list[Any]]:
    """All that a campaign holds, except how long it took."""
    columns = {
        "campaign": "*",
        "unit": "number, candidates, solved, problem",
        "hit": "*",
        "certificate": "*",
    }
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
        return {
            table: sorted(base.execute(f"SELECT {names} FROM {table}"))
            for table, names in columns.items()
        }


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Every file of a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }
