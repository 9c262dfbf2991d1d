"""Several targets side by side: each waits for its own service, and the failure of one leaves the others whole."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sync.errors import RoadmapSyncError

T = TypeVar("T")


def abreast(jobs: Mapping[str, Callable[[], T]]) -> dict[str, T | RoadmapSyncError]:
    """Run each job in a thread of its own; return what each gave, or the error that stopped it.

    A job must open its own ledger: an open one belongs to the thread that opened it. An error that is
    none of ours is a bug, and is raised once all jobs have ended.
    """
    with ThreadPoolExecutor(max_workers=max(1, len(jobs))) as pool:
        running = {name: pool.submit(_outcome, job) for name, job in jobs.items()}
    return {name: future.result() for name, future in running.items()}


def _outcome(job: Callable[[], T]) -> T | RoadmapSyncError:
    try:
        return job()
    except RoadmapSyncError as error:
        return error
