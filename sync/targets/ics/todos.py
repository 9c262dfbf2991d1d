"""Items as VTODOs."""

from collections.abc import Iterator
from datetime import datetime

from sync.model import Days, Item, Schedule, Span
from sync.shaping.moments import ONE_DAY, Moment, on_day, placed
from sync.shaping.wording import clean, heading, one_line
from sync.targets.ics.content import Todo
from sync.targets.ics.fields import is_work
from sync.targets.ics.series import Routine, occurrence_day


def todos(schedule: Schedule) -> Iterator[Todo]:
    """Yield what is to be done: all that can be ticked, and deadlines; dated or not.

    Each occurrence of a ticked series is a task; the series itself is one only where nothing else
    stands for its days, and then from the first to the last of them, without a rule.
    """
    category = one_line(schedule.title)
    routines = Routine.of(schedule)
    stood_for = {item.parent for item in schedule.items if item.parent and occurrence_day(item, routines)}
    wanted = [item for item in schedule.items if is_work(item) and item.key not in stood_for]
    uids = {item.key: item.uid for item in wanted}
    for item in wanted:
        start, due = _window(item, routines.get(item.key))
        yield Todo(
            item,
            item.uid,
            heading(item),
            clean(item.notes),
            category,
            start,
            due,
            item.done or False,
            uids.get(item.parent or "", ""),
        )


def _window(item: Item, routine: Routine | None) -> tuple[Moment | None, Moment | None]:
    """Return when work may begin and when it is due; whole days are due on the last, inclusive."""
    if item.span is None:
        return None, None
    start, due = _bounds(item.span)
    if routine and routine.days:
        due = _bounds(on_day(routine.span, max(routine.days)))[1]
    return (start if isinstance(start, datetime) or start != due else None), due


def _bounds(span: Span) -> tuple[Moment, Moment]:
    first, until = placed(span)
    return (first, until - ONE_DAY) if isinstance(span, Days) else (first, until)
