"""An item as a task: its fields as text, what Todoist takes for them, and what it tells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sync.model import Item, Kind
from sync.remote import DONE, Fields, Marker, Remote, fingerprint, imprint, read_imprint
from sync.targets.todoist import marking, wording
from sync.targets.todoist.moments import (
    done_text,
    due_argument,
    due_text,
    duration_argument,
    duration_text,
    instant,
    read_due,
    read_duration,
    window_text,
)

FIELDS = ("content", "due", "duration", "priority", "labels", "done", "description")
TIMES = frozenset({"due", "duration"})

_WORK = frozenset({Kind.TASK, Kind.MILESTONE, Kind.DEADLINE})
_POINTS = frozenset({Kind.MILESTONE, Kind.DEADLINE})
_PRIORITIES = {Kind.DEADLINE: "p1", Kind.MILESTONE: "p2"}
_ORDINARY = "p4"

Task = Mapping[str, Any]
"""A task as Todoist tells it."""


def has_place(item: Item) -> bool:
    """Tell whether an item becomes a task: what can be ticked or reached, and no series.

    The days of a series that are to be ticked are items of their own: Todoist forgets which
    occurrences of a recurring task were done.
    """
    return item.recurrence is None and (item.tick or item.kind in _WORK)


def shape(item: Item) -> Fields | None:
    """Return the item as a task, None where it has no place in a task list."""
    if not has_place(item):
        return None
    return {
        "content": wording.content(item),
        "due": due_text(item.span),
        "duration": duration_text(item.span),
        "priority": _PRIORITIES.get(item.kind, _ORDINARY),
        "labels": ", ".join(_labels(item)),
        "done": done_text(item.done),
        "description": wording.notes("\n".join(filter(None, (window_text(item.span), item.notes)))),
    }


def _labels(item: Item) -> list[str]:
    """Return the marked point that it is, and the innermost period below its phase."""
    period = wording.label(item.path[-1]) if len(item.path) > 1 else ""
    kind = str(item.kind) if item.kind in _POINTS else ""
    return sorted({period, kind} - {""})


def arguments(fields: Fields, names: Iterable[str], marker: Marker) -> dict[str, Any]:
    """Return the arguments that write these fields; the description always, for the marker is in it."""
    told: dict[str, Any] = {name: _WRITERS[name](fields[name]) for name in names if name in _WRITERS}
    told["description"] = marking.written(fields["description"], marker)
    if "content" in told:
        told["auto_parse_labels"] = False
    return told


_WRITERS: Mapping[str, Callable[[str], Any]] = {
    "content": str,
    "due": due_argument,
    "duration": duration_argument,
    "priority": lambda text: 5 - int(text[1:]),
    "labels": lambda text: text.split(", ") if text else [],
}
"""Field to what its argument is made by; `done` is a command of its own."""


def remote(ident: str, task: Task, marker: Marker, zones: Sequence[tzinfo]) -> Remote:
    """Return a task of ours as it is there now; `zones` are those of `zones_of`."""
    done, written = _done(task), read_imprint(marker.imprint)
    fields = {
        "content": wording.one_line(task["content"]),
        "due": read_due(task.get("due"), written.get("due", ""), zones),
        "duration": read_duration(task.get("duration")),
        "priority": f"p{5 - int(task.get('priority') or 1)}",
        "labels": ", ".join(sorted(task.get("labels") or ())),
        "done": _written_done(done, written.get(DONE, "")),
        "description": wording.notes(marking.without(task.get("description") or "")),
    }
    prints = imprint(fields)
    return Remote(ident, marker, fields, done, fingerprint(f"{marker}\n{prints}\n{done}"), prints)


def _done(task: Task) -> datetime | bool | None:
    if not task.get("checked"):
        return None
    return instant(task["completed_at"]) if task.get("completed_at") else True


def _written_done(done: datetime | bool | None, written: str) -> str:  # noqa: FBT001 - a tick may have no time
    """Return the tick as a field only where we wrote it; a person's tick is no edit of ours."""
    told = {fingerprint(text): text for text in (done_text(done), done_text(bool(done)))}
    return told.get(written, "") if done else ""
