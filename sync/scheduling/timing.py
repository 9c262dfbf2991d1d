"""When on its day a task takes place: at its written time, in a slot that the plan's hours fill, or any time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sync.model import Block, Days, Kind, Span
from sync.reading.expressions import Clock, Unit
from sync.reading.options import Options
from sync.reading.roadmap import Commitment, Entry, Roadmap
from sync.scheduling.calendar import DAY, each_day
from sync.scheduling.dated import Dated
from sync.scheduling.slots import DEFAULT_MINUTES, MINUTE, Slots, block, length_of, minutes_of

NIGHT = (time(20), time(22))
"""When a part of the day takes place that has no hours of its own."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The span of one item, its length, and why."""

    span: Span | None
    minutes: int | None = None
    why: Mapping[str, str] = field(default_factory=dict)
    daily: Mapping[int, int] = field(default_factory=dict)
    """Minutes of work on each weekday of a range, where the plan sets time aside for it."""
    at: tuple[int, str] | None = None
    """The minute after midnight at which those begin, and its zone, where a clock time is written."""


@dataclass(frozen=True, slots=True)
class Aside:
    """The minutes that the plan sets aside on each weekday, and the lines that say so."""

    minutes: dict[int, int] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    clocks: dict[int, Clock] = field(default_factory=dict)
    """The hours at which they begin, where a line says so."""


def time_tasks(
    everything: Sequence[Dated], roadmap: Roadmap, slots: Slots, ends: Mapping[int, int]
) -> dict[int, Timing]:
    """The timing of everything that is not a session, by entry number; fixed times are booked first."""
    made = {
        each.entry.number: timing
        for each in everything
        if each.entry.kind is not Kind.SESSION
        and (timing := _written(each, ends, slots, roadmap.options)) is not None
    }
    for timing in made.values():
        if isinstance(timing.span, Block):
            slots.keep_free_block(timing.span)
    aside = _set_aside(roadmap.commitments)
    for each in everything:
        if each.entry.kind is not Kind.SESSION and each.entry.number not in made:
            made[each.entry.number] = _timing(each, aside, slots, roadmap)
    return made


def _set_aside(commitments: Iterable[Commitment]) -> dict[int | None, Aside]:
    """The hours of each period, or of the whole plan; a later line completes an earlier one."""
    made: dict[int | None, Aside] = {}
    for each in commitments:
        within = made.setdefault(each.entry, Aside())
        for day, minutes in each.minutes:
            within.minutes[day] = minutes
            within.lines[day] = each.line
        within.clocks.update(each.clocks)
    return made


def ends_by_next(everything: Sequence[Dated], slots: Slots) -> dict[int, int]:
    """Minutes until the next written time of the same day, for entries without an end of their own."""
    begins: dict[date, dict[int, datetime]] = {}
    for each in everything:
        clock = each.entry.clock
        if clock is not None and each.span is not None and not each.entry.days:
            zone, _ = slots.zone_for(clock, each.entry.line)
            moment = block(each.span.first, minutes_of(clock.begin), 0, zone).begin
            begins.setdefault(each.span.first, {})[each.entry.number] = moment
    return {
        number: (min(later) - begin) // MINUTE
        for of_day in begins.values()
        for number, begin in of_day.items()
        if (later := [moment for moment in of_day.values() if moment > begin])
    }


def _timing(dated: Dated, aside: Mapping[int | None, Aside], slots: Slots, roadmap: Roadmap) -> Timing:
    entry, span = dated.entry, dated.span
    minutes, why = own_minutes(entry)
    if span is None or entry.kind is not Kind.TASK:
        return Timing(span, minutes, why)
    single = (span.until - span.first).days == 1
    daily = _commitment(dated, aside) if entry.topic else Aside()
    if not single:
        return Timing(span, minutes, why, _daily_of_range(entry, span, daily.minutes))
    weekday = span.first.isoweekday()
    if minutes is None and weekday in daily.minutes:
        minutes, why = (
            daily.minutes[weekday],
            {"minutes": f"the time that line {daily.lines[weekday]} sets aside"},
        )
    at = roadmap.options.default_time
    if minutes is None or not (entry.topic or at):
        return Timing(span, minutes, why)
    hour = daily.clocks.get(weekday)
    if hour is not None and not at:
        zone, _ = slots.zone_for(hour, daily.lines[weekday])
        why = {**why, "start": f"the hour that line {daily.lines[weekday]} names"}
        return Timing(block(span.first, minutes_of(hour.begin), minutes, zone), minutes, why)
    begin, reason = (
        (minutes_of(at), "the front matter's default time")
        if at
        else slots.take((span.first,), minutes, entry.line)
    )
    return Timing(block(span.first, begin, minutes, slots.zone), minutes, {**why, "start": reason})


def own_minutes(entry: Entry) -> tuple[int | None, dict[str, str]]:
    """How long the entry's own text says it takes on a day or as a whole; a range books its upper end."""
    length = entry.length
    if length is None or length.per not in {None, Unit.DAY}:
        return None, {}
    why = {"minutes": f"the upper end of {length.low} to {length.high} minutes"}
    return length.high * length.times, why if length.low != length.high else {}


def _daily_of_range(entry: Entry, span: Days, daily: Mapping[int, int]) -> Mapping[int, int]:
    """Minutes on each weekday of a range: its own sittings (3×1h over three days), else the plan's hours."""
    length = entry.length
    if not entry.topic or length is None or length.per not in {None, Unit.DAY}:
        return daily
    each = length.high
    if length.per is None and length.times == 1:
        each = max(1, length.high // (span.until - span.first).days)
    return dict.fromkeys(range(1, 8), each)


def _commitment(dated: Dated, aside: Mapping[int | None, Aside]) -> Aside:
    """The hours set aside nearest to an entry: in a period above it, else for the whole plan."""
    for period in reversed(dated.periods()):
        if period.entry.number in aside:
            return aside[period.entry.number]
    return aside.get(None, Aside())


def _written(dated: Dated, ends: Mapping[int, int], slots: Slots, options: Options) -> Timing | None:
    """The timing of what has a clock time or a part of the day; None where it has neither, or no day."""
    hours, span = written_hours(dated.entry, ends, slots, options), dated.span
    if hours is None or span is None:
        return None
    begin, minutes, zone, why = hours
    if span.until - span.first > DAY:
        slots.keep_free(each_day(span), begin, minutes, zone)
        return Timing(span, minutes, why, dict.fromkeys(range(1, 8), minutes), (begin, zone))
    return Timing(block(span.first, begin, minutes, zone), minutes, why)


def written_hours(
    entry: Entry, ends: Mapping[int, int], slots: Slots, options: Options
) -> tuple[int, int, str, dict[str, str]] | None:
    """Begin in minutes after midnight, length, zone and reasons, as a clock time or a part of the day gives them."""
    if entry.clock is not None:
        zone, why = slots.zone_for(entry.clock, entry.line)
        length, more = length_at(entry, entry.clock, ends, options.duration)
        return minutes_of(entry.clock.begin), length, zone, {**why, **more}
    if entry.part is None:
        return None
    first, last = dict(options.day_parts).get(entry.part, NIGHT)
    minutes, why = own_minutes(entry)
    told = f"{entry.part} is {first:%H:%M} to {last:%H:%M} unless `day_parts` says otherwise"
    begin = minutes_of(first)
    return begin, minutes or minutes_of(last) - begin, slots.zone, {**why, "start": told}


def length_at(
    entry: Entry, clock: Clock, ends: Mapping[int, int], duration: int | None
) -> tuple[int, dict[str, str]]:
    """How long something takes that begins at a clock time, and why."""
    if clock.end is not None:
        return length_of(clock), {}
    minutes, why = own_minutes(entry)
    if minutes is not None:
        return minutes, why
    if entry.number in ends:
        return ends[entry.number], {"end": "no end in the text: until the next time on that day"}
    if duration is not None:
        return duration, {"end": "no end in the text: the front matter's duration"}
    return DEFAULT_MINUTES, {"end": "no end in the text: one hour"}
