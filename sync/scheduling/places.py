"""The place in a key: the ordinal unit an entry stands in, or its written date."""

from sync.reading.expressions import Offset, Ordinal, PartialDate
from sync.scheduling.calendar import Frame
from sync.scheduling.dated import Dated

WHOLE_PLAN = "plan"


def place(dated: Dated, frame: Frame) -> str:
    """The place of an entry, for its key; the dates of a series only bound it, and may change."""
    when = dated.entry.when
    above = place(dated.parent, frame) if dated.parent is not None else WHOLE_PLAN
    if dated.entry.turn is not None:
        return _inside(above, dated.entry.turn.name)
    if when.ordinal is not None:
        own = _ordinal(when.ordinal)
        return _inside(above, own) if when.ordinal.unit in frame.restarting else own
    if when.offset is not None:
        return _offset(when.offset)
    if when.written is not None and not dated.entry.recurs:
        return _written(when.written.first, above, day_first=frame.day_first)
    return above


def above(dated: Dated) -> str:
    """The title of what an entry stands in, where its place does not tell that."""
    parent = dated.parent
    if parent is None or has_place(dated) or has_place(parent):
        return ""
    return parent.entry.title


def has_place(dated: Dated) -> bool:
    """Whether the text gives an entry a place of its own."""
    when = dated.entry.when
    written = when.written is not None and not dated.entry.recurs
    return bool(dated.entry.turn or when.ordinal or when.offset or written)


def _inside(above: str, own: str) -> str:
    return own if above == WHOLE_PLAN else f"{above}.{own}"


def _ordinal(ordinal: Ordinal) -> str:
    last = "" if ordinal.last in {ordinal.first, None} else f"-{ordinal.last}"
    year = f"{ordinal.year}-" if ordinal.year else ""
    return f"{year}{ordinal.unit}-{ordinal.first}{last}"


def _offset(offset: Offset) -> str:
    side = "after" if offset.after else "before"
    near = "" if offset.near in {offset.far, None} else f"-{offset.near}"
    return f"{offset.unit}-{offset.far}{near}-{side}"


def _written(day: PartialDate, above: str, *, day_first: bool) -> str:
    """The date as the text gives it; a year only where the text has one, so that a new start moves no key."""
    year = f"{day.year}-" if day.year is not None else ""
    month, number = day.month, day.day
    if day.numeric is not None:
        number, month = day.numeric if day_first else day.numeric[::-1]
    if month is None:
        # the month of "Tue 4" follows from the start, and a start may move
        return _inside(above, f"d{number:02}") if number is not None else year.rstrip("-") or above
    return f"{year}{month:02}" if number is None else f"{year}{month:02}-{number:02}"
