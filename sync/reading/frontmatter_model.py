"""The keys under `roadmap:` and what each takes; a wrong one costs itself and no other."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sync.model import Problem, Severity
from sync.reading import frontmatter_values as read
from sync.reading.frontmatter_values import UnfitError
from sync.reading.options import CHOOSABLE_ROLES, Options, Override
from sync.reading.spelling import did_you_mean
from sync.reading.yaml_nodes import Node

Problems = list[Problem]

KEYS: Mapping[str, Callable[[Node], object]] = {
    "slug": read.slug,
    "title": read.text,
    "start": read.day,
    "end": read.day,
    "year": read.whole(read.EARLIEST, read.LATEST),
    "event_date": read.day,
    "event": read.text,
    "anchor": read.anchor,
    "week_numbering": read.choice("plan", "iso"),
    "week_start": read.choice("start", "monday", "sunday", "saturday"),
    "first_week": read.choice("full", "partial"),
    "month_length": read.month_length,
    "pace": read.pace,
    "workdays": read.weekdays,
    "day_counting": read.choice("calendar", "workdays"),
    "ranges": read.choice("span", "spread", "repeat"),
    "date_order": read.choice("auto", "dmy", "mdy", "ymd"),
    "conflict": read.choice("date", "weekday"),
    "due": read.choice("end", "start"),
    "tasks_from": read.choice("auto", "boxes", "items", "rows", "headings"),
    "exclude": read.texts,
    "include": read.texts,
    "timezone": read.zone,
    "duration": read.minutes,
    "default_time": read.clock,
    "day_parts": read.day_parts,
    "rest_words": read.texts,
    "nested": read.choice("subtasks", "flat", "leaves"),
    "dedupe": read.switch,
    "recurring": read.switch,
    "session_days": read.weekdays,
    "fences": read.choice("auto", "skip", "read"),
}
"""Every key but `overrides`, whose lines are read one by one, in the order in which they are written."""

ALL_KEYS = (*KEYS, "overrides")
OVERRIDE_KEYS = ("match", "line", "date", "end", "skip", "role")
ROLE = read.choice(*CHOOSABLE_ROLES)
LINE = read.whole(1, 999_999)


def read_block(block: Node) -> tuple[Options, Problems]:
    """Return what the keys of the block say, and a problem for each that says nothing we understand."""
    problems: Problems = []
    values: dict[str, Any] = {}
    seen: set[str] = set()
    for key, node in block.entries:
        if key.text in seen:
            problems.append(_problem(key, f"`{key.text}` is given twice; the last one counts.", "Keep one."))
        seen.add(key.text)
        values.pop(key.text, None)
        try:
            values.update(_entry(key, node, problems))
        except UnfitError as unfit:
            place = unfit.node if unfit.node.start.line > key.start.line else key
            problems.append(_problem(place, f"`{key.text}` {unfit.reason}.", unfit.suggestion))
    problems += _backwards(block, values)
    return Options(**values), sorted(problems, key=lambda problem: problem.line)


def _entry(key: Node, node: Node, problems: Problems) -> dict[str, Any]:
    if key.text not in ALL_KEYS:
        suggestion = did_you_mean(key.text, ALL_KEYS) or f"The keys are {', '.join(ALL_KEYS)}."
        raise UnfitError(key, "is not a key of `roadmap:`", suggestion)
    if node.is_null:
        return {}
    if key.text == "overrides":
        return {"overrides": _overrides(node, problems)}
    return {key.text: KEYS[key.text](node)}


def _overrides(node: Node, problems: Problems) -> tuple[Override, ...]:
    if node.kind != "sequence":
        example = 'Write for example [{match: "Buffer week", skip: true}].'
        raise UnfitError(node, "should be a list of tables", example)
    overrides = []
    for item in node.items:
        try:
            overrides.append(override(item))
        except UnfitError as unfit:
            problems.append(_problem(unfit.node, f"`overrides` {unfit.reason}.", unfit.suggestion))
    return tuple(overrides)


def override(node: Node) -> Override:
    """Read what was decided about one line; raises UnfitError."""
    parts = read.table(node, OVERRIDE_KEYS)
    match = read.part(parts, "match", read.text)
    if match is None:
        raise UnfitError(node, "has an entry without match", "Add the text of the line as match.")
    made = Override(
        match=match,
        line=read.part(parts, "line", LINE),
        date=read.part(parts, "date", read.day),
        end=read.part(parts, "end", read.day),
        skip=read.part(parts, "skip", read.switch) or False,
        role=read.part(parts, "role", ROLE),
    )
    if not (made.skip or made.date or made.role):
        raise UnfitError(node, "has an entry that changes nothing", "Add date, role or skip: true.")
    if made.end and (made.date is None or made.end < made.date):
        raise UnfitError(node, "has an end without an earlier date", "Write date and end, in that order.")
    return made


def _backwards(block: Node, values: dict[str, Any]) -> Problems:
    """Take out an end that lies before the start, and say so."""
    start, end = values.get("start"), values.get("end")
    if not (isinstance(start, dt.date) and isinstance(end, dt.date) and end < start):
        return []
    del values["end"]
    place = next(key for key, _ in reversed(block.entries) if key.text == "end")
    return [_problem(place, f"`end` is {end}, before `start` ({start}).", "Exchange or correct them.")]


def _problem(place: Node, message: str, suggestion: str) -> Problem:
    return Problem(place.start.line + 1, Severity.ERROR, "front-matter", message, suggestion)
