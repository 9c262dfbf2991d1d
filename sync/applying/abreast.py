"""Several targets side by side: each waits for its own service, and the failure of one leaves the others whole."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from sync.errors import RoadmapSyncError

T = TypeVar("T")
HEARING = 0.5
"""Seconds after which Ctrl-C is heard at the latest: on Windows a wait without an end is deaf to it."""


def abreast(jobs: Mapping[str, Callable[[], T]]) -> dict[str, T | RoadmapSyncError]:
    """Run each job in a thread of its own; return what each gave, or the error that stopped it.

    A job must open its own ledger: an open one belongs to the thread that opened it. An error that is
    none of ours is a bug, and is raised once all jobs have ended. Ctrl-C waits for no job.
    """
    pool = ThreadPoolExecutor(max_workers=max(1, len(jobs)))
    try:
        running = {name: pool.submit(_outcome, job) for name, job in jobs.items()}
        while wait(running.values(), timeout=HEARING).not_done:
            continue
    finally:
        pool.shutdown(wait=False)
    return {name: future.result() for name, future in running.items()}


def _outcome(job: Callable[[], T]) -> T | RoadmapSyncError:
    try:
        return job()
    except RoadmapSyncError as error:
        return error
