"""Work on a weekday, or on days in a row, of the week that stands above it."""

from sync.reading.desk import Context, Desk
from sync.reading.draft import Draft
from sync.reading.expressions import Clock, DayPart, Length, Weekdays
from sync.reading.grammar.phrase import Phrase
from sync.reading.leading import leading_days, leading_part, named_before_times, single_weekday
from sync.reading.placing import is_one_week
from sync.reading.roadmap import When
from sync.reading.titles import title

WORKWEEK = 5
"""So many days in a row are a rhythm rather than one piece of work."""


def days_of_week(phrase: Phrase) -> tuple[int, ...]:
    """The weekday, or the days in a row, with which a line begins: Mon-Tue, the weekend; none where it has hours."""
    single = single_weekday(phrase)
    if single is not None:
        return (single,)
    days = leading_days(phrase)
    if days is None or phrase.first(Clock) is not None or phrase.first(Length) is not None:
        return ()
    in_a_row = days.days == tuple(range(days.days[0], days.days[-1] + 1))
    return days.days if in_a_row and len(days.days) < WORKWEEK else ()


def begins_with_weekday(phrase: Phrase, when: When) -> bool:
    """Whether a line is work on days of a week, which is `when`."""
    return is_one_week(when) and bool(days_of_week(phrase))


def on_weekday(desk: Desk, made: Draft, context: Context, phrase: Phrase) -> None:
    """Put a task on the weekday it begins with, inside its week."""
    days = days_of_week(phrase)
    if not days or made.when or not is_one_week(context.period.when):
        return
    made.days, made.topic = days, True
    made.part = leading_part(phrase) if made.clock is None else None
    words = title(phrase, drop=(Weekdays, Clock, Length, DayPart)) or made.title
    made.title = named_before_times(desk.phrase(words))
