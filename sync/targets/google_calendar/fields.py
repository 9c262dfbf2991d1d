"""Items as the fields that a calendar at Google has."""

from sync.model import Item
from sync.remote import Fields
from sync.shaping.series import is_occurrence
from sync.shaping.spans import repeats, when
from sync.shaping.wording import done_text, kind_text
from sync.targets.google_calendar import notes, titles
from sync.targets.google_calendar.reminders import reminders_text
from sync.targets.google_calendar.settings import Settings

FIELDS = ("title", "when", "repeats", "kind", "done", "reminders", "notes")
TIMES = frozenset({"when", "repeats"})


def shape(item: Item, settings: Settings) -> Fields | None:
    """Return the item as an event can hold it; what is undated has no place.

    A day of a series has none either: the calendar shows it by its series. Raises `ConfigError` for
    an unknown zone.
    """
    if item.span is None or is_occurrence(item):
        return None
    return {
        "title": titles.fitted(item),
        "when": when(item),
        "repeats": repeats(item.recurrence),
        "kind": kind_text(item),
        "done": done_text(item) if settings.mark_done else "",
        "reminders": reminders_text(settings.reminders),
        "notes": notes.fitted(item.notes),
    }
