"""Clock times for work: written ones with their zone, else the configured slot, one after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.model import Block, Problem, Severity
from sync.reading.expressions import Clock
from sync.scheduling.settings import Settings
from sync.scheduling.zones import zone_of

LONGEST = 24 * 60
MINUTE = timedelta(minutes=1)
DEFAULT_MINUTES = 60
"""Length of an appointment whose end is not written and that nothing follows."""


@dataclass(slots=True)
class Slots:
    """What is already booked on each day of one roadmap, in minutes after midnight of the plan's zone."""

    settings: Settings
    zone: str
    why_zone: str = ""
    """Why clock times without a zone are in this one, where the document does not say it."""
    busy: dict[date, set[tuple[int, int]]] = field(default_factory=dict)
    cursor: dict[date, int] = field(default_factory=dict)
    """Where the work ends that was given a slot last."""
    late: list[int] = field(default_factory=list)
    """Lines of work for which a slot leaves no room before midnight."""
    doubts: list[Problem] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    @property
    def problems(self) -> list[Problem]:
        """What did not fit, and the zones that nobody knows."""
        return [*self.doubts, _late_problem(self.late)] if self.late else self.doubts

    def zone_for(self, clock: Clock, line: int) -> tuple[str, dict[str, str]]:
        """The zone of a clock time, with the reason where it is not its own word's but the plan's."""
        if clock.zone is None:
            return self.zone, {"timezone": self.why_zone} if self.why_zone else {}
        found = zone_of(clock.zone)
        if isinstance(found, str):
            return found, {}
        if clock.zone not in self.asked:
            self.asked.add(clock.zone)
            self.doubts.append(_zone_problem(clock.zone, found, line, self.zone))
        known = "means several zones" if found else "is no known zone"
        return self.zone, {"timezone": f"{clock.zone} {known}: the plan's is used"}

    def keep_free(self, days: Iterable[date], begin: int, minutes: int, zone: str) -> None:
        """Keep a written time free of work that has none."""
        for day in days:
            self.keep_free_block(block(day, begin, minutes, zone))

    def keep_free_block(self, made: Block) -> None:
        """Keep one stretch of time free, in whatever zone it is written."""
        here = ZoneInfo(self.zone)
        first = made.begin.astimezone(here)
        length = made.end.astimezone(UTC) - made.begin.astimezone(UTC)
        self._book(first.date(), minutes_of(first.time()), length // MINUTE)

    def _book(self, day: date, begin: int, minutes: int) -> None:
        self.busy.setdefault(day, set()).add((begin, begin + minutes))
        if begin + minutes > LONGEST:
            self._book(day + timedelta(days=1), 0, begin + minutes - LONGEST)

    def take(self, days: Sequence[date], minutes: int, line: int) -> tuple[int, str]:
        """The minute after midnight at which work of this length begins on all these days, and why."""
        slot = self.settings.slot(days[0])
        base = minutes_of(slot)
        wanted = max([base, *(self.cursor.get(day, base) for day in days)])
        begin = _free(wanted, minutes, sorted({each for day in days for each in self.busy.get(day, ())}))
        if begin is None:
            self.late.append(line)
            begin = max(0, LONGEST - minutes)
            why = f"the slot at {slot:%H:%M} would run past midnight: moved to end at midnight"
        elif begin != wanted:
            why = f"no clock time in the text: beside the fixed times around the slot at {slot:%H:%M}"
        else:
            after = ", after what comes before it" if begin > base else ""
            why = f"no clock time in the text: the slot at {slot:%H:%M}{after}"
        for day in days:
            self._book(day, begin, minutes)
            self.cursor[day] = max(self.cursor.get(day, base), begin + minutes)
        return begin, why


def _free(wanted: int, minutes: int, taken: Sequence[tuple[int, int]]) -> int | None:
    """The begin nearest to the wanted one that overlaps nothing taken: after it if the day allows, else before it."""
    begins = [wanted, *(end for _, end in taken if end > wanted)]
    begins += [begin - minutes for begin, _ in reversed(taken) if 0 <= begin - minutes < wanted]
    return next(
        (
            begin
            for begin in begins
            if begin + minutes <= LONGEST
            and all(begin >= end or first >= begin + minutes for first, end in taken)
        ),
        None,
    )


def _late_problem(lines: Sequence[int]) -> Problem:
    more = f", and so would that of {len(lines) - 1} more" if len(lines) > 1 else ""
    return Problem(
        min(lines),
        Severity.WARNING,
        "past-midnight",
        f"The work of line {min(lines)} would run past midnight in its slot{more}; it ends at midnight instead.",
        "Set an earlier slot under `[slots]` in the configuration, or write clock times.",
    )


def _zone_problem(word: str, found: tuple[str, ...] | None, line: int, used: str) -> Problem:
    if found is None:
        message = f"Nobody knows the time zone {word}; {used} is used."
        return Problem(
            line,
            Severity.ERROR,
            "unknown-zone",
            message,
            "Write a zone such as EAT or UTC+3, or set `timezone` in the front matter.",
        )
    message = f"{word} means several time zones; {used} is used."
    return Problem(
        line,
        Severity.WARNING,
        "ambiguous-zone",
        message,
        f"Set `timezone` in the front matter, for example to {' or '.join(found)}.",
    )


def minutes_of(clock: time) -> int:
    """Minutes after midnight."""
    return clock.hour * 60 + clock.minute


def block(day: date, begin: int, minutes: int, zone: str) -> Block:
    """A stretch of time on a day; wall-clock times that a change of clocks skips move forward."""
    tz = ZoneInfo(zone)
    first = _wall(day, begin, tz)
    last = _wall(day, begin + minutes, tz)
    if last <= first:
        last = first + timedelta(minutes=max(1, minutes))
    return Block(first, last, zone)


def _wall(day: date, minute: int, tz: ZoneInfo) -> datetime:
    naive = datetime.combine(day, time()) + timedelta(minutes=minute)
    return naive.replace(tzinfo=tz).astimezone(ZoneInfo("UTC")).astimezone(tz)


def length_of(clock: Clock, default: int = DEFAULT_MINUTES) -> int:
    """Minutes from the beginning of a clock time to its end; past midnight where the end is earlier."""
    if clock.end is None:
        return default
    minutes = minutes_of(clock.end) - minutes_of(clock.begin)
    return minutes if minutes > 0 else minutes + LONGEST
