"""`exactsteer check`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ..kernel.__main__ import run as run_check
from ..kernel.__main__ import verdicts
from ..kernel.verdict import Verdict
from .options import as_json, dask_cluster


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
@dask_cluster
@as_json
def check(files: tuple[Path, ...], jobs: int, dask: str | None, json_: bool) -> None:
    """Check certificates, or folders of them, with the kernel.

    \b
    Exit code 0 accepted, 1 rejected or malformed, 2 declined. With --dask you
    trust the machines of the cluster too.
    Example: exactsteer check proofs/ --jobs 2
    """

    def judge(paths: list[Path]) -> Iterator[Verdict]:
        if dask is None:
            return verdicts(paths, jobs)
        return on_cluster(paths, dask)

    sys.exit(run_check(files, judge, json_))


def on_cluster(paths: list[Path], address: str) -> Iterator[Verdict]:
    """The verdicts of the kernels on a Dask cluster, which get the bytes of the files."""
    from ..search.batches import verdicts as on_workers
    from ..search.cluster import cluster

    with cluster(address) as workers:
        yield from on_workers(paths, workers)
