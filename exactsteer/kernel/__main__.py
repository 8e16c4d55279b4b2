"""`python -m exactsteer.kernel FILE…`: the one place where kernel and statements are joined."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from pathlib import Path
from typing import NoReturn

from exactsteer.statements import STATEMENTS

from .certificate import LARGEST
from .verdict import INTERNAL, USAGE, Verdict, check, worst

EPILOG = """exit codes: 0 accepted, 1 rejected or malformed, 2 declined, 64 usage, 70 internal error
example: python -m exactsteer.kernel proofs/postquantum-steering/*.json"""


def check_file(path: Path) -> Verdict:
    """The verdict on one file; a fault of the kernel itself is never an acceptance."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # one byte too many is enough to decline
    except OSError as error:
        return Verdict("unreadable", USAGE, f"{path}: {error.strerror}")
    try:
        return check(data, STATEMENTS)
    except Exception as error:
        return Verdict("internal", INTERNAL, f"internal error: {type(error).__name__}: {error}")


def certificate_files(paths: Sequence[Path]) -> list[Path]:
    """The paths, each folder replaced by the .json files below it."""
    files: list[Path] = []
    for path in paths:
        found = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        if not found:
            raise FileNotFoundError(f"{path}: the folder holds no .json file")
        files += found
    return files


def verdicts(files: Sequence[Path], jobs: int) -> Iterator[Verdict]:
    """Verdicts in the order of the files, by `jobs` processes."""
    if jobs == 1:
        yield from map(check_file, files)
        return
    # Ctrl-C is for this process; workers that died of it would leave the pool waiting for them.
    pool = ProcessPoolExecutor(jobs, None, signal.signal, (signal.SIGINT, signal.SIG_IGN))
    try:
        yield from pool.map(check_file, files)
    finally:
        pool.shutdown(cancel_futures=True)


def run(paths: Sequence[Path], judge: Callable[[list[Path]], Iterator[Verdict]], as_json: bool) -> int:
    """Check files and folders, print each verdict, return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # σ must not fail on a terminal without it
            stream.reconfigure(errors="backslashreplace")
    try:
        files = certificate_files(paths)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return USAGE
    try:
        return _report(files, judge(files), as_json)
    except BrokenExecutor:
        print("internal error: a process was killed; the verdicts are incomplete", file=sys.stderr)
        return INTERNAL
    except BrokenPipeError:
        os._exit(INTERNAL)  # nobody reads on; a normal exit would fail once more in flushing


def _report(files: Sequence[Path], answers: Iterator[Verdict], as_json: bool) -> int:
    """Print each verdict as it comes, return the exit code of all."""
    codes, rows = [], []
    for path, verdict in zip(files, answers, strict=True):
        codes.append(verdict.exit_code)
        if as_json:
            rows.append(
                {
                    "file": str(path),
                    "status": verdict.status,
                    "exit_code": verdict.exit_code,
                    "message": verdict.message,
                    "claim_sha256": verdict.claim_sha256,
                }
            )
            continue
        print(f"{verdict.status.upper()} {path}")
        if verdict.claim_sha256:
            print(f"  claim sha256 {verdict.claim_sha256}")
        print(f"  {'Theorem. ' if verdict.exit_code == 0 else ''}{verdict.message}")
    if as_json:
        print(json.dumps(rows, indent=1))
    return worst(codes)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}; see --help", file=sys.stderr)
        raise SystemExit(USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _Parser(
        prog="python -m exactsteer.kernel",
        description="Check certificates in exact arithmetic and print what they prove.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file or a folder")
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default 1)")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs needs a number of at least 1")
    return run(options.files, lambda files: verdicts(files, options.jobs), options.json)


if __name__ == "__main__":  # pragma: no cover - run by the bare interpreter in its own tests
    sys.exit(main())
