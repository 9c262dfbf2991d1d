"""Sessions: series with their times, the ticks of each occurrence, and the sittings of a range of days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from sync.model import Days, Item, Kind, Recurrence, Span
from sync.reading.expressions import Bound, Rate, Unit
from sync.reading.options import Options
from sync.reading.roadmap import Entry
from sync.scheduling.calendar import DAY, each_day
from sync.scheduling.dated import Dated, merged
from sync.scheduling.identity import uid
from sync.scheduling.series import HORIZON, MANY, at_rate, weekly
from sync.scheduling.slots import Slots, block
from sync.scheduling.timing import Timing, own_minutes, written_hours

LONGEST = timedelta(days=3660)
"""How far a series is drawn out at most: ten years, as far as numbered units reach."""
MONDAY = date(2024, 1, 1)
"""Any Monday: slots are told by the day of the week."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When on its days a session takes place, and why."""

    begin: int | None
    """Minutes after midnight; None for all day."""
    minutes: int | None
    zone: str
    why: Mapping[str, str]

    def on(self, day: date) -> Span:
        """The session of one day."""
        if self.begin is None or self.minutes is None:
            return Days(day, day + DAY)
        return block(day, self.begin, self.minutes, self.zone)


@dataclass(slots=True)
class Sessions:
    """Makes the items of sessions; books the slots as it goes."""

    slots: Slots
    plan: Days | None
    working: frozenset[int]
    options: Options
    ends: Mapping[int, int] = field(default_factory=dict)
    """Minutes until the next written time of the same day, by entry number."""

    def reserve(self, everything: Iterable[Dated]) -> None:
        """Keep the written times of all sessions free, before anything is given a slot."""
        for each in everything:
            hours = self._written(each.entry)
            if each.entry.kind is Kind.SESSION and hours is not None and hours.begin is not None:
                assert hours.minutes is not None
                self.slots.keep_free(self._days(each), hours.begin, hours.minutes, hours.zone)

    def items(self, dated: Dated, base: Item) -> list[Item]:
        """The series (or single block) of a session, then one task for each occurrence to be ticked."""
        entry = dated.entry
        if not entry.recurs:
            return [self._single(dated, base)]
        series, why = self._series(dated)
        if series is None:
            minutes, reasons = own_minutes(entry)
            return [replace(base, span=None, minutes=minutes, guessed=merged(base.guessed, reasons))]
        base = replace(base, guessed=merged(base.guessed, why))
        made: list[Item] = []
        for at, group in self._groups(entry, series):
            key = f"{base.key}/slot-{at + 1}" if at else base.key
            made += self._one(entry, replace(base, key=key, uid=uid(key)), group)
        return made

    def _days(self, dated: Dated) -> Sequence[date]:
        if dated.entry.recurs:
            series, _ = self._series(dated)
            return series.occurrences if series is not None else ()
        around = _around(dated)
        return (around.first,) if around is not None else ()

    def _bounds(self, dated: Dated) -> tuple[Days | None, bool]:
        """From where to where a series runs, and whether it goes on after that; ten years at most.

        A slip in a year would otherwise fill a calendar with hundreds of thousands of days.
        """
        span, open_end = self._reach(dated)
        if span is not None and span.until - span.first > LONGEST:
            return Days(span.first, span.first + LONGEST), open_end
        return span, open_end

    def _reach(self, dated: Dated) -> tuple[Days | None, bool]:
        around, open_end = self._around(dated)
        own, bound = dated.span, dated.entry.when.bound
        if not dated.explicit or own is None:
            return around, open_end
        if bound is Bound.BY and around is not None:
            return Days(min(around.first, own.first), own.until), False
        if bound is not Bound.SINCE and own.until - own.first > DAY:
            return own, False
        # one date beside a rhythm is the day on which it begins
        if around is None or around.until <= own.first:
            return Days(own.first, own.first + HORIZON), True
        return Days(own.first, max(around.until, own.until)), open_end

    def _around(self, dated: Dated) -> tuple[Days | None, bool]:
        """The days of the period that a session stands in, else those of the plan, and whether they go on."""
        for period in reversed(dated.periods()):
            if period.span is not None:
                return period.span, False
        if self.plan is None:
            return None, False
        if self.plan.until - self.plan.first <= DAY:
            return Days(self.plan.first, self.plan.first + HORIZON), True
        return self.plan, False

    def _series(self, dated: Dated) -> tuple[Recurrence | None, dict[str, str]]:
        """The days of a session that recurs, and why just those."""
        entry = dated.entry
        span, open_end = self._bounds(dated)
        if span is None:
            return None, {}
        if entry.turn is not None:
            begin = span.first + entry.turn.index * self._length(entry.turn.unit)
            within = Days(begin, max(span.until, begin + DAY))
            return weekly(within, entry.days, entry.turn.size, open_end=open_end), {}
        if entry.slot:
            allowed = sorted(self.options.session_days or self.working)
            day = allowed[(entry.slot - 1) % len(allowed)]
            why = {
                "rrule": f"session {entry.slot} of the week is on the day of that number that may hold one"
            }
            return weekly(span, (day,), open_end=open_end), why
        if entry.rate is not None:
            chosen = frozenset(self.options.session_days or self.working)
            return at_rate(span, entry.rate, chosen, open_end=open_end), _why(entry.rate)
        return weekly(span, entry.days, open_end=open_end), {}

    @staticmethod
    def _length(unit: Unit) -> timedelta:
        return timedelta(days=7) if unit is Unit.WEEK else DAY

    def _groups(self, entry: Entry, series: Recurrence) -> Iterator[tuple[int, Recurrence]]:
        """A series whose days have different slots is one series for each, where rules can say their days.

        They are numbered by the order of the week, so that another start gives them no other numbers.
        """
        if entry.clock is not None or entry.part is not None or entry.length is None:
            yield 0, series
            return
        settings = self.slots.settings
        by_slot: dict[time, list[date]] = {}
        for day in series.occurrences:
            by_slot.setdefault(settings.slot(day), []).append(day)
        order = list(
            dict.fromkeys(settings.slot(MONDAY + (day - 1) * DAY) for day in _weekdays(entry, series))
        )
        parts = [(order.index(slot), _part(days, series)) for slot, days in by_slot.items()]
        if len(parts) == 1 or any(part is None for _, part in parts):
            yield (parts[0][0] if len(parts) == 1 else 0), series
        else:
            yield from ((at, part) for at, part in parts if part is not None)

    def _one(self, entry: Entry, base: Item, series: Recurrence) -> list[Item]:
        hours = self._hours(entry, series.occurrences)
        head = replace(
            base,
            span=hours.on(series.first),
            minutes=hours.minutes,
            recurrence=series,
            guessed=merged(base.guessed, hours.why),
            tick=False,
        )
        if not entry.tick:
            return [head]
        return [head, *(_occurrence(head, day, hours) for day in series.occurrences)]

    def _hours(self, entry: Entry, days: Sequence[date]) -> Hours:
        """The written hours of a session, else those of a slot on all its days, else the whole day."""
        written = self._written(entry)
        if written is not None:
            return written
        minutes, why = own_minutes(entry)
        if minutes is None:
            return Hours(None, None, self.slots.zone, {})
        begin, reason = self.slots.take(days, minutes, entry.line)
        return Hours(begin, minutes, self.slots.zone, {**why, "start": reason})

    def _written(self, entry: Entry) -> Hours | None:
        """The hours that a clock time or a part of the day gives."""
        found = written_hours(entry, self.ends, self.slots, self.options)
        return Hours(*found) if found is not None else None

    def _single(self, dated: Dated, base: Item) -> Item:
        """A block of time on one day, under the heading of that day."""
        around = _around(dated)
        if around is None or around.until - around.first > DAY:
            minutes, why = own_minutes(dated.entry)
            return replace(base, span=around, minutes=minutes, guessed=merged(base.guessed, why))
        hours = self._hours(dated.entry, (around.first,))
        return replace(
            base, span=hours.on(around.first), minutes=hours.minutes, guessed=merged(base.guessed, hours.why)
        )

    def of_range(self, dated: Dated, item: Item, timing: Timing) -> list[Item]:
        """The sittings of a task that runs over several days, where the plan gives it time."""
        span = dated.span
        if not timing.daily or span is None:
            return []
        groups: dict[tuple[time, int], list[date]] = {}
        for day in each_day(span):
            minutes = timing.daily.get(day.isoweekday())
            if minutes:
                groups.setdefault((self.slots.settings.slot(day), minutes), []).append(day)
        week = [MONDAY + at * DAY for at in range(7)]
        order = list(
            dict.fromkeys((self.slots.settings.slot(day), timing.daily.get(day.isoweekday())) for day in week)
        )
        return [self._sitting(item, days, key[1], order.index(key), timing) for key, days in groups.items()]

    def _sitting(self, item: Item, days: list[date], minutes: int, at: int, timing: Timing) -> Item:
        key = f"{item.key}/time" if at == 0 else f"{item.key}/time-{at + 1}"
        why = "the plan sets time aside on each of these days"
        if timing.at is not None:
            hours = Hours(timing.at[0], minutes, timing.at[1], {})
        else:
            begin, reason = self.slots.take(days, minutes, item.source.line)
            hours = Hours(begin, minutes, self.slots.zone, {"start": reason})
        return replace(
            item,
            key=key,
            uid=uid(key),
            kind=Kind.SESSION,
            notes="",
            tick=False,
            done=None,
            parent=item.key,
            span=hours.on(days[0]),
            minutes=minutes,
            recurrence=_on(days),
            guessed=merged({"start": why}, hours.why),
        )


def _weekdays(entry: Entry, series: Recurrence) -> list[int]:
    """The weekdays on which a session may fall, whether its period has them or not."""
    if entry.rate is not None and entry.rate.unit is Unit.DAY:
        return list(range(1, 8))
    return sorted(set(entry.days) | {day.isoweekday() for day in series.occurrences})


def _around(dated: Dated) -> Days | None:
    """The days of a block of time: its own, else those of what it stands under."""
    spans = [dated.span, *(each.span for each in reversed(dated.periods()))]
    return next((span for span in spans if span is not None), None)


def _why(rate: Rate) -> dict[str, str]:
    if rate.days:
        return {}
    if rate.unit is Unit.WEEK and rate.high > MANY:
        return {"rrule": f"a quota of {rate.high} a week is ticked once a week"}
    return {"rrule": "an open quantity recurs within its period"}


def _on(days: Sequence[date], interval: int = 1) -> Recurrence:
    """A weekly series from the first to the last of some days, on their weekdays."""
    made = weekly(Days(days[0], days[-1] + DAY), {day.isoweekday() for day in days}, interval)
    assert made is not None
    return made


def _part(days: Sequence[date], whole: Recurrence) -> Recurrence | None:
    """Some days of a series as a series as long as the whole; None where no rule says just these days."""
    parts = dict(part.split("=") for part in whole.rule.split(";"))
    made = _on(days, int(parts.get("INTERVAL", "1")) if parts["FREQ"] == "WEEKLY" else 1)
    if made.occurrences != tuple(days):
        return None
    return replace(made, until=whole.until, open_end=whole.open_end, since=whole.since)


def _occurrence(series: Item, day: date, hours: Hours) -> Item:
    """One day of a series, as a task of its own: services lose the ticks of recurring tasks."""
    key = f"{series.key}@{day.isoformat()}"
    return replace(
        series,
        key=key,
        uid=uid(key),
        kind=Kind.TASK,
        span=hours.on(day),
        recurrence=None,
        tick=True,
        parent=series.key,
        guessed=merged({"start": "one occurrence of its series"}, hours.why),
    )
