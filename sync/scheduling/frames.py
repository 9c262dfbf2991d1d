"""Where the counting starts: the frame of one document, found in its front matter and its own words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date

from sync.model import Days, Kind, Problem, Severity
from sync.reading.expressions import Bound, Ordinal, PartialDate, Unit, Written
from sync.reading.roadmap import Entry, Roadmap
from sync.scheduling.calendar import DAY, POINTS, WEEK, Frame, Impossible, add_months, exists, impossible


def frame(roadmap: Roadmap, today: date) -> Frame:
    """How the document counts, from its front matter, its own words, or a date tied to a unit."""
    entries = list(walk(roadmap.entries))
    made = Frame(roadmap, year=roadmap.year)
    made.day_first = _day_first(roadmap, entries)
    made.restarting = _restarting(roadmap.entries)
    weekly = any(entry.kind is Kind.SESSION for entry in roadmap.entries)
    made.bases = _bases(entries, made.restarting, weekly=weekly)
    made.month_days = _month_days(roadmap, entries)
    if made.year is None:
        made.year = _year_by_weekdays(entries, roadmap.options.start or today)
    _event(made, entries)
    _start(made, entries)
    made.iso = _counts_calendar_weeks(made)
    made.limits = tuple(_limits(made, entries))
    return made


def walk(entries: Iterable[Entry]) -> Iterator[Entry]:
    """All entries in the order of the text."""
    for entry in entries:
        yield entry
        yield from walk(entry.children)


def _limits(made: Frame, entries: Sequence[Entry]) -> Iterator[tuple[Ordinal, date]]:
    """The runs of units that have a written end, with the day after it."""
    for entry in entries:
        for ordinal in (entry.when.ordinal, entry.when.inner):
            if ordinal is None or entry.when.written is None or ordinal.last in {None, ordinal.first}:
                continue
            found = _quietly(made, entry)
            if found is not None:
                yield ordinal, found.until


def _counts_calendar_weeks(made: Frame) -> bool:
    """Whether Week 14 is the year's: said so, or numbers that begin late in a year that is named, and no start."""
    said = made.roadmap.options.week_numbering
    if said is not None:
        return said == "iso"
    late = made.bases.get(Unit.WEEK, 1) > 1 and Unit.WEEK not in made.restarting
    # a start that only follows from the first date in the text is none to count from
    stated = made.roadmap.options.start or made.roadmap.start or Unit.WEEK in made.pins
    return late and not stated and made.year is not None


def _event(made: Frame, entries: Sequence[Entry]) -> None:
    """Fill in the event: the front matter's, else the day in the title or of the exam, where the text counts down."""
    options, said = made.roadmap.options, made.roadmap.event
    made.event, made.why_event = options.event_date, options.event or "the event"
    if made.event is not None or said is None or all(entry.when.offset is None for entry in entries):
        return
    with suppress(Impossible):
        found = made.resolve(Written(said, said), None)
        if found is not None:
            made.event, made.why_event = found.first, f"{made.why_event} in line {made.roadmap.event_line}"


def _start(made: Frame, entries: Sequence[Entry]) -> None:
    """Fill in the start: front matter, a start date in the text, an anchor, a date tied to a unit."""
    options, line = made.roadmap.options, made.roadmap.written_start_line
    if options.start is not None:
        made.start, made.why_start = options.start, "the front matter's start"
    elif made.roadmap.start is not None:
        first = made.with_year(Written(made.roadmap.start, made.roadmap.end or made.roadmap.start))
        found = _stated(made, first, line)
        if found is not None:
            made.start, made.why_start = found.first, f"the start date in line {line}"
    if options.anchor is not None:
        unit, number, day = Unit(options.anchor.unit), options.anchor.number, options.anchor.date
        _tie(made, Ordinal(unit, number, number), day, "the front matter's anchor")
    if made.start is None:
        _pin(made, entries)
    _end(made, line)
    made.previous = {}


def _end(made: Frame, line: int) -> None:
    """Fill in the stated end; one that lies before the start is told and left out."""
    said = made.roadmap.end
    made.end = made.roadmap.options.end
    if made.end is None and said is not None:
        found = _stated(made, said, line)
        made.end = found.last if found is not None else None
    if made.end is not None and made.start is not None and made.end < made.start:
        told = f"The plan would end on {made.end}, before it starts on {made.start}; the end is left out."
        mend = "Correct one of the two dates."
        made.problems.append(Problem(line, Severity.ERROR, "end-before-start", told, mend))
        made.end = None


def _stated(made: Frame, said: PartialDate, line: int) -> Days | None:
    """The days of a start or end that the text states; one that no calendar has is told."""
    try:
        return made.resolve(Written(said, said), None)
    except Impossible as problem:
        made.problems.append(impossible(line, str(problem)))
        return None


def _pin(made: Frame, entries: Sequence[Entry]) -> None:
    """Take the start from the first unit that has a date beside its number, else from the first date."""
    dated = [
        (entry, found.first)
        for entry in entries
        if entry.when.written is not None and (found := _quietly(made, entry)) is not None
    ]
    tied = [(entry, day) for entry, day in dated if _opens(entry)]
    for units in (True, False):
        for entry, day in tied:
            ordinal = entry.when.inner or entry.when.ordinal
            if ordinal is not None and _is_unit(entry) is units and _is_counted(made, ordinal):
                _tie(made, ordinal, day, f"{ordinal.unit} {ordinal.first} is dated in line {entry.line}")
                return
    # a kick-off before the first phase does not make the plan begin earlier
    for wanted, why in ((True, "the earliest period with a date"), (False, "the earliest date in the text")):
        days = [day for entry, day in dated if (entry.kind is Kind.PERIOD and _opens(entry)) or not wanted]
        if days:
            made.start, made.why_start = min(days), why
            return


def _is_counted(made: Frame, ordinal: Ordinal) -> bool:
    counted = ordinal.unit in {Unit.DAY, Unit.WEEK, Unit.MONTH} and not ordinal.iso
    return counted and ordinal.unit not in made.restarting


def _opens(entry: Entry) -> bool:
    """Whether the date of an entry may be the day on which its unit begins: "Week 1 launch", not "by week 4"."""
    return entry.when.bound in {None, Bound.BEGIN, Bound.SINCE}


def _tie(made: Frame, ordinal: Ordinal, first: date, why: str) -> None:
    """Tie a unit to the day on which it begins; where there is no start yet, it follows from that."""
    made.pins[ordinal.unit] = (ordinal.first, first)
    if made.start is not None:
        return
    made.why_start = why
    others = [
        base for unit, base in made.bases.items() if unit is not ordinal.unit and unit is not Unit.PHASE
    ]
    # a lone "day 91" beside weeks that begin at 1 counts from day 1
    base = 1 if 1 in others else made.bases.get(ordinal.unit, 1)
    step = {Unit.DAY: DAY, Unit.WEEK: WEEK}.get(ordinal.unit)
    if step is not None:
        made.start = first - (ordinal.first - base) * step
    else:
        made.start = add_months(first, base - ordinal.first)


def _quietly(made: Frame, entry: Entry) -> Days | None:
    """The days of an entry's date while the frame is still being found; problems are told later."""
    assert entry.when.written is not None
    try:
        return made.resolve(entry.when.written, None, entry.kind)
    except Impossible:
        return None


def _day_first(roadmap: Roadmap, entries: Sequence[Entry]) -> bool:
    """Whether 03/04 is the 3rd of April, decided once for the document: by numbers above 12, then by weekdays."""
    order = roadmap.options.date_order
    if order != "auto":
        return order == "dmy"
    parts = [part for entry in entries if entry.when.written for part in _parts(entry.when.written)]
    pairs = [part.numeric for part in parts if part.numeric]
    firsts, seconds = sum(pair[0] > 12 for pair in pairs), sum(pair[1] > 12 for pair in pairs)
    if firsts != seconds:
        return firsts > seconds
    return sum(_fits(part, roadmap.year, 1) for part in parts) <= sum(
        _fits(part, roadmap.year, 0) for part in parts
    )


def _fits(part: PartialDate, year: int | None, day_at: int) -> bool:
    """Whether the weekday of a date in figures is right with this one of its numbers as the day."""
    year = part.year or year
    if part.numeric is None or part.weekday is None or year is None:
        return False
    day, month = part.numeric[day_at], part.numeric[1 - day_at]
    return exists(year, month, day) and date(year, month, day).isoweekday() == part.weekday


def _parts(written: Written) -> tuple[PartialDate, PartialDate]:
    return written.first, written.last


def _restarting(entries: Iterable[Entry]) -> frozenset[Unit]:
    """Units whose numbers begin again: the same number of the same unit under more than one parent."""
    parents: dict[Unit, list[set[int]]] = {}
    _numbers(entries, parents, frozenset())
    return frozenset(
        unit
        for unit, sets in parents.items()
        if sum(min(numbers) == 1 for numbers in sets) > 1 and sum(map(len, sets)) > len(set().union(*sets))
    )


def _numbers(entries: Iterable[Entry], parents: dict[Unit, list[set[int]]], above: frozenset[Unit]) -> None:
    """Collect the numbers of each unit under each parent; `above` are the units counted further up."""
    own: dict[Unit, set[int]] = {}
    for entry in entries:
        ordinal = entry.when.ordinal
        if ordinal is not None and entry.when.bound is None and not ordinal.iso and _is_unit(entry):
            own.setdefault(ordinal.unit, set()).add(ordinal.first)
        _numbers(entry.children, parents, above | {ordinal.unit} if ordinal is not None else above)
    for unit, numbers in own.items():
        if unit not in above:  # the days of "Days 4-7" go on counting, they do not begin again
            parents.setdefault(unit, []).append(numbers)


def _is_unit(entry: Entry) -> bool:
    """Whether an entry is the unit it names, rather than something that falls into it."""
    return entry.kind is Kind.PERIOD or entry.topic


def _bases(entries: Sequence[Entry], restarting: frozenset[Unit], *, weekly: bool) -> dict[Unit, int]:
    """The lowest number of each unit: a plan that begins at week 5 begins with week 5.

    `weekly` tells whether the plan has sessions that run through all its weeks.
    """
    lows: dict[Unit, int] = {}
    for entry in entries:
        if not _opens(entry) or (entry.kind in POINTS and not entry.topic):
            continue  # neither "end of week 2" nor a milestone of week 2 makes week 2 the first
        for ordinal in (entry.when.ordinal, entry.when.inner):
            if ordinal is not None and ordinal.unit not in restarting and not ordinal.iso:
                lows[ordinal.unit] = min(lows.get(ordinal.unit, ordinal.first), ordinal.first)
    if weekly and lows.get(Unit.WEEK) == 2:
        # "Week 2: one more set" beside a programme whose first week needs no word of its own
        lows[Unit.WEEK] = 1
    if any(lows.get(unit, 2) <= 1 for unit in (Unit.MONTH, Unit.WEEK)):
        # days 3 and 5 of a plan that has its week 1 are its third and fifth day
        lows[Unit.DAY] = min(lows.get(Unit.DAY, 1), 1)
    return lows


def _month_days(roadmap: Roadmap, entries: Sequence[Entry]) -> int | None:
    """28 where weeks are numbered inside months in fours; None for calendar months."""
    said = roadmap.options.month_length
    if said != "auto":
        return said if isinstance(said, int) else None
    months = [entry for entry in entries if entry.when.ordinal and entry.when.ordinal.unit is Unit.MONTH]
    weeks = [
        {
            child.when.ordinal.first
            for child in month.children
            if child.when.ordinal and child.when.ordinal.unit is Unit.WEEK
        }
        for month in months
    ]
    return 28 if months and any(weeks) and all(len(each) == 4 for each in weeks if each) else None


def _year_by_weekdays(entries: Sequence[Entry], near: date) -> int | None:
    """The year in which the named weekdays fit their dates, nearest to `near`."""
    named = [
        part
        for entry in entries
        if entry.when.written
        for part in _parts(entry.when.written)[:1]
        if _tells(part)
    ]
    if not named:
        return None
    fits: Counter[int] = Counter()
    for year in range(near.year - 6, near.year + 7):
        for part in named:
            month, day = part.month or 1, part.day or 1
            if exists(year, month, day) and date(year, month, day).isoweekday() == part.weekday:
                fits[year] += 1
    best = max(fits.values(), default=0)
    years = [year for year, count in fits.items() if count == best]
    return min(years, key=lambda year: (abs(year - near.year), -year)) if best * 2 > len(named) else None


def _tells(part: PartialDate) -> bool:
    return part.weekday is not None and part.year is None and part.month is not None and part.day is not None
