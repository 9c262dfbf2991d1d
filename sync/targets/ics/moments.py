"""Which days of a series all readers understand alike."""

from datetime import date, datetime

from sync.model import Days, Span
from sync.shaping.moments import on_day, placed


def regular(span: Span, day: date) -> bool:
    """Tell whether no change of the clock touches this span on a day.

    Readers agree on what a rule gives only on such days.
    """
    moved = on_day(span, day)
    if isinstance(moved, Days):
        return True
    begin, _ = placed(moved)
    assert isinstance(begin, datetime)
    return begin.tzinfo is moved.begin.tzinfo and begin == moved.begin
