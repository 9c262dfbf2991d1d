"""Reminders as text, such as `10 min, 60 min by email`."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

Json = dict[str, Any]

NONE = "none"
"""No reminder at all, not even the calendar's own."""
ONE = re.compile(r"(\d+) min( by email)?")


def reminders_text(minutes: Iterable[int]) -> str:
    """Return reminders so many minutes before an event; empty for the calendar's own."""
    return ", ".join(f"{each} min" for each in sorted(set(minutes)))


def reminders(text: str) -> Json:
    """Return what to send for such a text."""
    if not text:
        return {"useDefault": True}
    overrides = [
        {"method": "email" if found[2] else "popup", "minutes": int(found[1])} for found in ONE.finditer(text)
    ]
    return {"useDefault": False, "overrides": overrides}


def read_reminders(event: Mapping[str, Any]) -> str:
    """Return the reminders of an event."""
    told = event.get("reminders") or {"useDefault": True}
    if told.get("useDefault"):
        return ""
    overrides = {(int(each["minutes"]), each["method"] == "email") for each in told.get("overrides") or ()}
    return ", ".join(f"{minutes} min{' by email' * email}" for minutes, email in sorted(overrides)) or NONE
