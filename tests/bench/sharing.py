"""One long recording heard by one worker and by two. Run as `python -m tests.bench.sharing`."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import boto3

from editor.jobs import Queue
from editor.store import open_store
from tests.faults import program
from tests.support.clock import wait_for
from tests.support.library import settings_for
from tests.support.machines import is_over, job_of, machines
from tests.support.servers import running_s3

#: 80 minutes; a piece takes as long as a small model takes, but no core, so that two can be told
#: from one on a small machine.
WORD_COUNT, PIECE_S = 12_000, 3.0
BUCKET = "bench"


def rows() -> Iterator[tuple[str, str]]:
    """How long it takes, and how many pieces each worker heard."""
    told = [_recognised_by(1), _recognised_by(2), f"{_heard_in_one_folder(2)} in one data folder"]
    yield "one recording, 1 and 2 workers, stand-in model", "; ".join(told)


def _heard_in_one_folder(count: int) -> str:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(program, "PIECE_S", PIECE_S),
    ):
        return _told(*_run(Path(folder), count, files_url=""))


def _recognised_by(count: int) -> str:
    with (
        running_s3() as environ,
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, environ),
        mock.patch.object(program, "PIECE_S", PIECE_S),
    ):
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        return _told(*_run(Path(folder), count, files_url=f"s3://{BUCKET}"))


def _told(seconds: float, recognised: list[int]) -> str:
    return f"{seconds:.0f} s ({' and '.join(map(str, recognised))} pieces)"


def _run(folder: Path, count: int, *, files_url: str) -> tuple[float, list[int]]:
    shared = replace(settings_for(folder / "web"), files_url=files_url)
    library, queue = open_store(shared.database_url), Queue(shared.queue_at)
    try:
        job = job_of(shared, library, folder, WORD_COUNT)
        with machines(shared, library, queue) as ours:
            working = [ours.make(f"{number}") for number in range(count)]
            began = time.monotonic()
            for one in working:
                one.start()
            wait_for(lambda: is_over(library, job), 600)
            took = time.monotonic() - began
        assert library.job(job.id).state == "done"
        return took, [len(set(one.heard)) for one in working]
    finally:
        queue.close()
        library.close()


def main() -> None:
    for name, figures in rows():
        print(f"{name:44} {figures}", flush=True)


if __name__ == "__main__":
    main()
