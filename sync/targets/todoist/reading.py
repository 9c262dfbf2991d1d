"""Looking at the account: what has changed since the last look, and all of it where that is not known.

One request as long as the last look is remembered. After a loss, or where Todoist starts anew by
itself, the finished tasks are missing from its answer; they are asked for in windows of time.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sync.errors import TargetRefused
from sync.remote import Waiting, patiently
from sync.targets.todoist.layout import names_of
from sync.targets.todoist.mirror import EVERYTHING, RESOURCES, Mirror
from sync.targets.todoist.moments import instant, instant_text
from sync.targets.todoist.refusals import unreadable
from sync.targets.todoist.shelves import Shelves, is_named
from sync.targets.todoist.transport import Answer, Line

T = TypeVar("T")

WINDOW = timedelta(days=84)
"""Todoist takes up to three months."""
PAGE = "200"
MARGIN = timedelta(days=1)
"""Clocks differ, and a phone may have been offline when something was ticked."""
STALE = timedelta(minutes=1)
"""How much older than the answer a full state may be; a large account gets an older one."""
AS_FAR_BACK = timedelta(days=730)
"""Where nothing tells when our tasks were made."""


class Reader:
    """Keeps a mirror up to date; `now` is the time of the run."""

    def __init__(self, shelves: Shelves, now: datetime, patience: Waiting) -> None:
        self._shelves = shelves
        self._now = now
        self._patience = patience

    def look(self, line: Line, mirror: Mirror) -> None:
        """Bring the mirror up to date. Raises `RetryLater` for an answer that is not whole."""
        lost, last = mirror.token == EVERYTHING, mirror.seen
        answer = self._changes(line, mirror.token)
        missing = mirror.take(answer.told)
        told_all = lost or bool(answer.told.get("full_sync"))
        at = answer.at or self._now
        if told_all and _is_behind(answer):
            mirror.take(self._changes(line, mirror.token).told)
        since = self._since(mirror, missing, instant(last) if last else None) if told_all else None
        if since is not None:
            until = max(at, self._now) + MARGIN
            mirror.finish(self._finished(line, since, until), missing)
        mirror.seen = instant_text(at)

    def finished(self, line: Line, since: datetime | None) -> Iterator[dict[str, Any]]:
        """Yield all finished tasks of the account, of anybody, from a moment on; None stands for long ago."""
        return self._finished(line, since or self._now - AS_FAR_BACK, self._now + MARGIN)

    def _changes(self, line: Line, token: str) -> Answer:
        try:
            return patiently(self._patience, lambda: line.sync(_question(token)))
        except TargetRefused:
            if token == EVERYTHING:
                raise
        # a token that has died is refused by some accounts, and answered in full by others
        return patiently(self._patience, lambda: line.sync(_question(EVERYTHING)))

    def _since(
        self, mirror: Mirror, missing: dict[str, dict[str, Any]], last: datetime | None
    ) -> datetime | None:
        """Return from when on finished tasks may be unknown, None where there can be none.

        With a mirror: since its last look, if tasks are missing. Without: since the first of our
        projects or tasks was made, if there are any.
        """
        if last is not None:
            return last - MARGIN if missing else None
        titles = tuple(names_of(self._shelves))
        held = {task["project_id"] for task in mirror.tasks.values()}
        homes = [
            each
            for ident, each in mirror.projects.items()
            if not each.get("inbox_project")
            and (ident in held or any(is_named(str(each["name"]), title) for title in titles))
        ]
        if not homes and not mirror.tasks:
            return None
        born = [each.get("created_at") for each in homes]
        born += [task.get("added_at") for task in mirror.tasks.values()]
        told = [instant(moment) for moment in born if moment]
        return min(told, default=self._now - AS_FAR_BACK) - MARGIN

    def _finished(self, line: Line, since: datetime, until: datetime) -> Iterator[dict[str, Any]]:
        """Yield the tasks finished between two moments, window by window, page by page."""
        while since < until:
            end = min(since + WINDOW, until)
            asked = {"since": instant_text(since), "until": instant_text(end), "limit": PAGE}
            while True:
                told = self._page(line, asked)
                yield from told["items"]
                if not told.get("next_cursor"):
                    break
                asked = {**asked, "cursor": str(told["next_cursor"])}
            since = end

    def _page(self, line: Line, asked: dict[str, str]) -> dict[str, Any]:
        told = patiently(self._patience, lambda: line.completed(asked)).told
        if not isinstance(told.get("items"), list):
            raise unreadable()
        return told


def _question(token: str) -> bytes:
    return json.dumps({"sync_token": token, "resource_types": RESOURCES}).encode()


def _is_behind(answer: Answer) -> bool:
    told = answer.told.get("full_sync_date_utc")
    if not told or answer.at is None:
        return False
    return answer.at.astimezone(UTC) - instant(str(told)) > STALE
