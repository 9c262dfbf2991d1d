"""The writes of a group, all talking at the same time: what each has to say next goes into one batch."""

from collections.abc import Callable, Mapping, Sequence

from sync.errors import RetryLater, RoadmapSyncError
from sync.targets.google_calendar.answers import Answer, Call
from sync.targets.google_calendar.errors import hindrance, lost
from sync.targets.google_calendar.writing import Result, Talk

Send = Callable[[Sequence[Call]], Sequence[Answer | None]]


def talked(talks: Mapping[str, Talk], send: Send) -> tuple[list[Result], RoadmapSyncError | None]:
    """Let all writes come to their ends; return the results, and what kept some from having one.

    Those without a result were not carried out, or nobody knows; they are to be sent again.
    """
    results: list[Result] = []
    stop: RoadmapSyncError | None = None
    waiting = [(talk, next(talk)) for talk in talks.values()]
    while waiting:
        try:
            answers = send([call for _, call in waiting])
        except RoadmapSyncError as error:
            return results, _worse(stop, error)
        going_on = []
        for (talk, _), answer in zip(waiting, answers, strict=True):
            hindered = lost() if answer is None else hindrance(answer)
            if answer is None or hindered is not None:
                stop = _worse(stop, hindered)
                continue
            try:
                going_on.append((talk, talk.send(answer)))
            except StopIteration as end:
                results.append(end.value)
        waiting = going_on
    return results, stop


def _worse(one: RoadmapSyncError | None, other: RoadmapSyncError | None) -> RoadmapSyncError | None:
    """Return what stops for good before what asks to wait, and of two waits the longer."""
    if one is None or other is None:
        return one or other
    if isinstance(one, RetryLater) and isinstance(other, RetryLater):
        return max(one, other, key=lambda each: each.after or 0.0)
    return other if isinstance(one, RetryLater) else one
