"""An item of the last reading as JSON, as `done`, `checkin` and `status` tell it."""

from datetime import date, datetime, timedelta

from sync.ledger.schedules import Planned

Json = dict[str, object]


def planned_document(item: Planned) -> Json:
    """Key, title and dates; a date inclusive at its end, and null where there is none."""
    return {
        "phase": item.phase,
        "key": item.key,
        "title": item.title,
        "kind": item.kind,
        "start": _when(item.start),
        "end": _when(item.until and item.until - timedelta(days=1)),
    }


def _when(day: date | datetime | None) -> str | None:
    return day.isoformat() if day is not None else None
