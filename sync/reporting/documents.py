"""What `check --json` and `show --json` print; dates are inclusive here, as people read them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sync.model import Days, Item, Problem, Receipt, Schedule

Json = dict[str, Any]


def check_document(schedules: Sequence[Schedule]) -> Json:
    """The receipts, counts and problems of some roadmaps."""
    return {"roadmaps": [_roadmap(schedule) for schedule in schedules]}


def _roadmap(schedule: Schedule) -> Json:
    return {
        "slug": schedule.slug,
        "title": schedule.title,
        "file": schedule.file,
        "start": _day(schedule.start),
        "end": _day(schedule.end),
        "timezone": schedule.timezone,
        "counts": counts(schedule.items),
        "lines": [_line(receipt) for receipt in schedule.receipts],
        "problems": [problem_document(problem) for problem in schedule.problems],
    }


def counts(items: Iterable[Item]) -> dict[str, int]:
    """How many items there are of each kind; a series counts once, its occurrences not at all."""
    items = list(items)
    series = {item.key for item in items if item.recurrence is not None}
    found = Counter(item.kind.value for item in items if item.parent not in series)
    return dict(sorted(found.items()))


def _line(receipt: Receipt) -> Json:
    return {
        "line": receipt.line,
        "role": receipt.role.value,
        "item": receipt.items[0] if receipt.items else None,
        "items": list(receipt.items),
    }


def problem_document(problem: Problem) -> Json:
    """One problem as JSON."""
    return {
        "line": problem.line,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }


def show_document(items: Iterable[Item]) -> Json:
    """The items of some roadmaps, undated ones included."""
    return {"items": [item_document(item) for item in items]}


def item_document(item: Item) -> Json:
    """One item as JSON."""
    start, end = _ends(item)
    series = item.recurrence
    return {
        "key": item.key,
        "uid": item.uid,
        "roadmap": item.roadmap,
        "phase": item.phase,
        "path": list(item.path),
        "kind": item.kind.value,
        "title": item.title,
        "notes": item.notes,
        "start": start,
        "end": end,
        "all_day": isinstance(item.span, Days),
        "timezone": None if item.span is None or isinstance(item.span, Days) else item.span.zone,
        "minutes": item.minutes,
        "rrule": series.rule if series is not None else None,
        "occurrences": 1 if series is None else None if series.open_end else len(series.occurrences),
        "from": _day(series.since or series.first) if series is not None else None,
        "until": _day(series.until) if series is not None else None,
        "tick": item.tick,
        "done": _moment(item.done),
        "parent": item.parent,
        "guessed": dict(item.guessed),
        "source": {"file": item.source.file, "line": item.source.line, "end_line": item.source.end_line},
    }


def _ends(item: Item) -> tuple[str | None, str | None]:
    """First and last day of a whole-day item, begin and end of a timed one."""
    if item.span is None:
        return None, None
    if isinstance(item.span, Days):
        return item.span.first.isoformat(), item.span.last.isoformat()
    return item.span.begin.isoformat(), item.span.end.isoformat()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _moment(done: datetime | bool | None) -> str | bool | None:  # noqa: FBT001 - True is a mark without a time
    return done.isoformat() if isinstance(done, datetime) else done


def error_document(code: str, title: str, hint: str) -> Mapping[str, Mapping[str, str]]:
    """An error as JSON."""
    return {"error": {"code": code, "title": title, "hint": hint}}
