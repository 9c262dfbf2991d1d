"""Bodies of the REST endpoints, in the words of the commands: they name some fields differently."""

from collections.abc import Mapping
from typing import Any

from sync.sandbox.todoist.refusals import invalid

Json = dict[str, Any]

DUE_WORDS = ("due_string", "due_date", "due_datetime")


def task_args(body: Mapping[str, Any]) -> Json:
    """The arguments of `item_add` or `item_update` that a body means."""
    renamed = {"assignee_id": "responsible_uid", "order": "child_order", "duration_unit": "duration"}
    plain = (*DUE_WORDS, "due_lang", "duration", "deadline_date", *renamed)
    args = {name: value for name, value in body.items() if name not in plain}
    args |= {renamed[name]: body[name] for name in ("assignee_id", "order") if name in body}
    if any(name in body for name in DUE_WORDS):
        args["due"] = _due(body)
    if "deadline_date" in body:
        args["deadline"] = None if body["deadline_date"] is None else {"date": body["deadline_date"]}
    if "duration" in body or "duration_unit" in body:
        args["duration"] = _duration(body)
    return args


def _due(body: Mapping[str, Any]) -> Json | None:
    """The due object that words, a date or a moment stand for; `no date` takes it away."""
    words = body.get("due_string")
    if isinstance(words, str) and words.strip().lower() in ("no date", "no due date"):
        return None
    day = body.get("due_datetime") or body.get("due_date")
    if words is None and day is None:
        return None
    return {"string": words, "date": day, "lang": body.get("due_lang")}


def _duration(body: Mapping[str, Any]) -> Json | None:
    amount, unit = body.get("duration"), body.get("duration_unit")
    if amount is None and unit is None:
        return None
    if amount is None or unit is None:
        raise invalid("duration", "duration and duration_unit go together")
    return {"amount": amount, "unit": unit}


def section_args(body: Mapping[str, Any]) -> Json:
    """The arguments of `section_add` or `section_update` that a body means."""
    return _renamed(body, {"order": "section_order"})


def label_args(body: Mapping[str, Any]) -> Json:
    """The arguments of `label_add` or `label_update` that a body means."""
    return _renamed(body, {"order": "item_order"})


def project_args(body: Mapping[str, Any]) -> Json:
    """The arguments of `project_add` or `project_update` that a body means."""
    return _renamed(body, {"order": "child_order"})


def comment_args(body: Mapping[str, Any]) -> Json:
    """The arguments of `note_add` or `note_update` that a body means."""
    return _renamed(body, {"task_id": "item_id"})


def reminder_args(body: Mapping[str, Any]) -> Json:
    """The arguments of `reminder_add` or `reminder_update` that a body means."""
    return _renamed(body, {"task_id": "item_id", "reminder_type": "type"})


def _renamed(body: Mapping[str, Any], words: Mapping[str, str]) -> Json:
    return {words.get(name, name): value for name, value in body.items()}
