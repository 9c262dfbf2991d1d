"""When an item is over."""

from datetime import date, timedelta

from sync.model import Days, Item

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


def day_after(item: Item) -> date | None:
    """Return the first day on which the item is over; None where it is undated or a series without an end.

    A block counts on the day of its last moment in its own zone; what ends at midnight ended the day before.
    """
    if item.span is None:
        return None
    if item.recurrence is not None:
        if item.recurrence.open_end or not item.recurrence.occurrences:
            return item.recurrence.until and item.recurrence.until + _DAY
        return item.recurrence.occurrences[-1] + _DAY
    if isinstance(item.span, Days):
        return item.span.until
    return max(item.span.begin, item.span.end - _INSTANT).date() + _DAY
