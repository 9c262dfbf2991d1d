"""What has been done: completed tasks by the time of their completion or their due date, and the log."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sync.sandbox.todoist import shapes
from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.due import begins
from sync.sandbox.todoist.paging import page
from sync.sandbox.todoist.quirks import Quirks
from sync.sandbox.todoist.refusals import Refusal, Refused, invalid, required
from sync.sandbox.wire import Request

Json = dict[str, Any]

BY_COMPLETION = timedelta(days=92)
"""Three months, whichever they are."""
BY_DUE = timedelta(weeks=6)
LOG_PAGE = 100
BAD_WINDOW_DATE = Refusal(400, 20, "INVALID_ARGUMENT_VALUE", "Invalid date format")


class History:
    """`tasks/completed/*` and `activities`."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks

    def by_completion_date(self, request: Request) -> Json:
        """Tasks completed between two moments, the newest first."""
        return self._window(request, BY_COMPLETION, lambda item: datetime.fromisoformat(item["completed_at"]))

    def by_due_date(self, request: Request) -> Json:
        """Completed tasks that were due between two moments."""
        zone = self._account.zone
        return self._window(request, BY_DUE, lambda item: begins(item["due"], zone) if item["due"] else None)

    def _window(self, request: Request, most: timedelta, when: Callable[[Json], datetime | None]) -> Json:
        since, until = _moment(request, "since"), _moment(request, "until")
        if until < since:
            raise invalid("until", "until should be after since")
        if until - since > most:
            raise invalid("since", f"The date range should be at most {most.days} days")
        places = {
            name: request.first(name)
            for name in ("project_id", "section_id", "parent_id")
            if request.first(name)
        }
        found: list[tuple[datetime, Json]] = []
        for item in self._account.living("items"):
            moment = when(item) if item["checked"] else None
            if (
                moment
                and since <= moment < until
                and all(item[name] == value for name, value in places.items())
            ):
                found.append((moment, item))
        found.sort(key=lambda pair: pair[0], reverse=True)
        items = [shapes.task(self._account, item, self._quirks) for _, item in found]
        return page(request, self._quirks, items, "items")

    def activities(self, request: Request) -> Json:
        """The log, the newest first; a free plan sees its last seven days."""
        days = self._quirks.plan["activity_log_limit"]
        horizon = datetime.min.replace(tzinfo=UTC) if days < 0 else self._account.now() - timedelta(days=days)
        kinds = _kinds(request)
        wanted = {name: request.first(name) for name in ("event_type", "object_type", "parent_project_id")}
        found = [
            event
            for event in reversed(self._account.activities)
            if datetime.fromisoformat(event["event_date"]) >= horizon
            and all(value is None or event[name] == value for name, value in wanted.items())
            and (not kinds or _is_one_of(event, kinds))
        ]
        return page(request, self._quirks, found, most=LOG_PAGE)


def _kinds(request: Request) -> list[str]:
    """`object_event_types`, repeated or as one JSON list: `item:completed` or `item:`."""
    kinds: list[str] = []
    for name, value in request.query:
        if name == "object_event_types":
            kinds += _listed(value) if value.startswith("[") else [value]
    return kinds


def _listed(text: str) -> list[str]:
    try:
        kinds: list[str] = json.loads(text)
    except (ValueError, RecursionError):
        raise invalid("object_event_types", "Input should be valid JSON") from None
    return kinds


def _is_one_of(event: Json, kinds: list[str]) -> bool:
    return any(
        kind in (f"{event['object_type']}:{event['event_type']}", f"{event['object_type']}:")
        for kind in kinds
    )


def _moment(request: Request, name: str) -> datetime:
    text = request.first(name)
    if text is None:
        raise required(name)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(BAD_WINDOW_DATE) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
