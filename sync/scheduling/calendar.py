"""Numbered units and partial dates become days: where the counting starts and how it goes on."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sync.model import Days, Kind, Problem, Severity
from sync.reading.expressions import Offset, Ordinal, PartialDate, Unit, Written
from sync.reading.roadmap import Roadmap

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
POINTS = frozenset({Kind.MILESTONE, Kind.DEADLINE})
"""What marks a point of the plan."""
WEEK_STARTS = {"monday": 1, "sunday": 7, "saturday": 6}
HALF_YEAR = 26
"""Calendar weeks; numbers that fall by more than this turn the year."""
TURN = timedelta(days=150)
"""How far a date may lie before the one above it until it must belong to the next year."""


class Impossible(ValueError):
    """The text names a day that no calendar has."""


def impossible(line: int, what: str) -> Problem:
    """The problem of a day that no calendar has."""
    return Problem(
        line,
        Severity.ERROR,
        "impossible-date",
        f"{what} is not a day of any calendar.",
        "Correct the date in the text, or give it with `fix FILE:LINE --date`.",
    )


@dataclass(slots=True)
class Frame:
    """How one document counts."""

    roadmap: Roadmap
    start: date | None = None
    why_start: str = ""
    end: date | None = None
    """The last day of the plan, inclusive, where the front matter or the text states it."""
    bases: dict[Unit, int] = field(default_factory=dict)
    """The number of the unit that begins on `start`."""
    pins: dict[Unit, tuple[int, date]] = field(default_factory=dict)
    """A unit that the text ties to a date."""
    restarting: frozenset[Unit] = frozenset()
    """Units whose numbers begin again inside each unit above."""
    limits: tuple[tuple[Ordinal, date], ...] = ()
    """Runs of units whose written dates end on a day: weeks 18-26 until 30 June."""
    month_days: int | None = None
    """Length of a month in days; None for calendar months."""
    year: int | None = None
    iso: bool = False
    day_first: bool = True
    event: date | None = None
    """The zero of "before", "after" and T minus."""
    why_event: str = "the event"
    problems: list[Problem] = field(default_factory=list)
    previous: dict[Kind, date] = field(default_factory=dict)
    """The date read last among the siblings of each kind, for years that the text leaves out."""

    # --- partial dates -------------------------------------------------------------------------------------

    def resolve(self, written: Written, within: Days | None, kind: Kind = Kind.TASK) -> Days | None:
        """The days of a date or a range; None where a year or a month is missing and nothing supplies it.

        Raises Impossible for a day that does not exist.
        """
        floor = self.previous.get(kind)
        first = self._day(self.with_year(written), within, floor, last=False)
        last = self._last(written, first, within)
        if first is None or last is None:
            return None
        self.previous[kind] = first
        return Days(first, last + DAY)

    def with_year(self, written: Written) -> PartialDate:
        """The first date of a range, with the year that stands only at its end."""
        first, last = written.first, written.last
        if first.year is not None or last.year is None or first == last:
            return first
        return replace(first, year=last.year - ((self._month(first) or 0) > (self._month(last) or 0)))

    def _month(self, part: PartialDate) -> int | None:
        return part.month if part.numeric is None else part.numeric[self.day_first]

    def _last(self, written: Written, first: date | None, within: Days | None) -> date | None:
        """The last day of a range; one that turns the year ends in the next."""
        if first is None or (written.first == written.last and written.first.day):
            return first
        if written.last.year is not None:
            return self._day(written.last, within, first, last=True)
        if written.last.month is None and written.last.numeric is None:
            return self._in_month(written.last, Days(first, first + 31 * DAY))
        last = self._day(replace(written.last, year=first.year), within, first, last=True)
        if last is not None and last < first and last.month < first.month:
            return self._day(replace(written.last, year=first.year + 1), within, first, last=True)
        return last

    def _day(self, part: PartialDate, within: Days | None, floor: date | None, *, last: bool) -> date | None:
        year, month, day = part.year, part.month, part.day
        if part.numeric is not None:
            day, month = part.numeric if self.day_first else part.numeric[::-1]
        if month is None and day is None and year is not None:
            return date(year, 12, 31) if last else date(year, 1, 1)
        if month is None:
            return self._in_month(part, within)
        year = year or self._year(month, day or 1, within, floor)
        if year is None:
            return None
        if day is None:
            day = monthrange(year, month)[1] if last and 1 <= month <= 12 else 1
        try:
            return date(year, month, day)
        except ValueError:
            raise Impossible(f"{year}-{month:02}-{day:02}") from None

    def _in_month(self, part: PartialDate, within: Days | None) -> date | None:
        """The 4 of "Tue 4": the day of that number inside the period above, else after the start."""
        if part.day is None:
            return None
        span = within or (Days(self.start, self.start + 31 * DAY) if self.start else None)
        if span is None:
            return None
        days = [day for day in each_day(span) if day.day == part.day]
        return next((day for day in days if day.isoweekday() == part.weekday), days[0] if days else None)

    def _year(self, month: int, day: int, within: Days | None, floor: date | None) -> int | None:
        """The year of a date without one: of the period around it, of the document, or by what follows what."""
        if within is not None:
            for year in range(within.first.year, within.last.year + 1):
                if (
                    exists(year, month, day)
                    and within.first - WEEK <= date(year, month, day) < within.until + WEEK
                ):
                    return year
        base = self.year or (self.start.year if self.start else None)
        if base is None or not exists(base, month, day):
            return base
        if self.event is not None:  # what counts down lies in the months before its event
            return next(
                (year for year in (base, base - 1) if date(year, month, day) <= self.event + TURN), base
            )
        floor = floor or self.start
        if floor is not None and date(base, month, day) < floor - TURN:
            return max(base + 1, floor.year)
        if self.year is None and self.start is not None and date(base, month, day) < self.start:
            return base + 1
        return base

    # --- counted units -------------------------------------------------------------------------------------

    def count(self, ordinal: Ordinal, begin: date | None) -> Days | None:
        """The days of a numbered unit; None without a start.

        `begin` is where the period around it begins, from which units count that start again inside it.
        Raises Impossible for a calendar week that its year does not have.
        """
        last = ordinal.last if ordinal.last is not None else ordinal.first
        if ordinal.unit is Unit.WEEK and (ordinal.iso or self.iso):
            return self._iso_weeks(ordinal, last, begin)
        if ordinal.unit is Unit.QUARTER:
            return self._quarters(ordinal, last, begin)
        origin, number = self._origin(ordinal.unit, begin)
        if origin is None or ordinal.unit is Unit.PHASE:
            return None
        first = self._nth(ordinal.unit, origin, ordinal.first - number)
        if ordinal.unit is Unit.DAY:
            return Days(first, self._nth(ordinal.unit, origin, last - number) + DAY)
        return Days(first, self._nth(ordinal.unit, origin, last - number + 1))

    def _origin(self, unit: Unit, begin: date | None) -> tuple[date | None, int]:
        """A day on which a unit of known number begins."""
        if unit in self.restarting and begin is not None:
            return begin, 1
        if unit in self.pins:
            number, day = self.pins[unit]
            return day, number
        return self.start, self.bases.get(unit, 1)

    def _nth(self, unit: Unit, begin: date, steps: int) -> date:
        options = self.roadmap.options
        if unit is Unit.DAY:
            if options.day_counting == "workdays":
                return _workday(begin, steps, options.workdays or (1, 2, 3, 4, 5))
            return begin + steps * DAY
        if unit is Unit.WEEK:
            return (
                max(begin, self._week_begin(begin)) if not steps else self._week_begin(begin) + steps * WEEK
            )
        if unit is Unit.MONTH and self.month_days is not None:
            return begin + steps * self.month_days * DAY
        return add_months(begin, steps * (12 if unit is Unit.YEAR else 1))

    def _week_begin(self, begin: date) -> date:
        """The day from which weeks are counted on: the start itself unless the front matter names a weekday."""
        options = self.roadmap.options
        first = WEEK_STARTS.get(options.week_start or "start")
        if first is None:
            return begin
        back = (begin.isoweekday() - first) % 7
        if back and options.first_week == "full":
            return begin + (7 - back) * DAY
        return begin - back * DAY

    def _iso_weeks(self, ordinal: Ordinal, last: int, begin: date | None) -> Days | None:
        year = ordinal.year or self.year or (self.start.year if self.start else None)
        if year is None:
            return None
        if ordinal.year is None and 1 <= ordinal.first <= 52:
            year += self._turns(date.fromisocalendar(year, ordinal.first, 1), begin)
        if not 1 <= ordinal.first <= date(year, 12, 28).isocalendar().week:
            raise Impossible(f"Week {ordinal.first} of {year}")
        first = self.previous[Kind.PERIOD] = date.fromisocalendar(year, ordinal.first, 1)
        weeks = last - ordinal.first
        if weeks < -HALF_YEAR:  # weeks 52-2
            weeks += date(year, 12, 28).isocalendar().week
        return Days(first, first + (weeks + 1) * WEEK)

    def _quarters(self, ordinal: Ordinal, last: int, begin: date | None) -> Days | None:
        year = ordinal.year or self.year or (self.start.year if self.start else None)
        if year is None:
            return None
        if not 1 <= ordinal.first <= 4:
            raise Impossible(f"Quarter {ordinal.first}")
        first = date(year, 3 * ordinal.first - 2, 1)
        if ordinal.year is None:
            over = self.year is None and self.start is not None and add_months(first, 3) <= self.start
            first = add_months(first, 12 * (1 if over else self._turns(first, begin)))
        self.previous[Kind.PERIOD] = first
        return Days(first, add_months(first, 3 * (last - ordinal.first + 1)))

    def _turns(self, day: date, begin: date | None) -> int:
        """1 where a numbered part of a year lies so far before what precedes it that a new year has begun."""
        floor = self.previous.get(Kind.PERIOD) or begin
        return int(floor is not None and day < floor - TURN)

    def countdown(self, offset: Offset) -> Days | None:
        """The days of a countdown to the event, or of what follows it; None without its date."""
        event, unit = self.event, offset.unit
        if event is None:
            return None
        far, near = offset.far, offset.near if offset.near is not None else offset.far
        if not far:
            return Days(event, event + DAY)  # T-0, no weeks after: the event itself
        if offset.after:
            begin = max(0, min(far, near) - 1)
            return Days(_shift(event, unit, begin) + DAY, _shift(event, unit, max(far, near)) + DAY)
        # a range ends where its nearer end begins, a single week or month lasts as long as its name says
        until = -near if far != near and unit is not Unit.DAY else 1 - near
        return Days(_shift(event, unit, -far), _shift(event, unit, until))


def _shift(day: date, unit: Unit, count: int) -> date:
    if unit is Unit.DAY:
        return day + count * DAY
    return day + count * WEEK if unit is Unit.WEEK else add_months(day, count)


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    return 1 <= month <= 12 and day <= monthrange(year, month)[1]


def _workday(begin: date, steps: int, workdays: Collection[int]) -> date:
    """The day `steps` working days after the first one on or after `begin`; before it where they are negative."""
    day, step = begin, DAY if steps >= 0 else -DAY
    while day.isoweekday() not in workdays:
        day += DAY
    for _ in range(abs(steps)):
        day += step
        while day.isoweekday() not in workdays:
            day += step
    return day


def add_months(day: date, months: int) -> date:
    """The same day of a later month, clipped at the month's end."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def each_day(span: Days) -> Iterator[date]:
    """The days of a span in order."""
    return (span.first + n * DAY for n in range((span.until - span.first).days))
