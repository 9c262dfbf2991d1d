"""A roadmap with one of everything that a feed can hold."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sync.model import Kind, Schedule
from tests.targets.ics.plans import (
    FIRST,
    LATER,
    NEW_YORK,
    block,
    day,
    every,
    item,
    occurrence,
    plan,
    series,
    task,
)  # fmt: skip

DAYS = every("2026-01-05", "2026-01-16", lambda when: when.weekday() in (0, 2, 4))
ROUTINE = series(
    "plan/run", block("2026-01-05T07:00"), "FREQ=WEEKLY;BYDAY=MO,WE,FR", DAYS, until=DAYS[-1], tick=True
)
RUNS = [replace(occurrence(ROUTINE, when), phase=f"plan/{when.isocalendar().week}") for when in DAYS]
MEETING = series("plan/meet", block("2026-01-06T09:00", zone=NEW_YORK), "FREQ=WEEKLY;BYDAY=TU", every(
    "2026-01-06", "2026-03-31", lambda when: when.weekday() == 1))  # fmt: skip
WHOLE = plan(
    item("plan/one", day("2026-01-05", 7), kind=Kind.PERIOD, phase="plan/2", title="Week one"),
    task("plan/a", day("2026-01-05"), phase="plan/2", notes="Two\nlines; of, them."),
    task("plan/a/part", day("2026-01-06"), phase="plan/2", parent="plan/a"),
    task(
        "plan/b", block("2026-01-06T23:00", 120), phase="plan/2", done=datetime(2026, 1, 6, 21, 5, 6, 7, UTC)
    ),
    task("plan/c", day("2026-01-12", 3), phase="plan/3", done=True),
    item(
        "plan/ship", day("2026-01-16"), kind=Kind.MILESTONE, phase="plan/3", title="☐ Ship ◆ it", done=FIRST
    ),
    item("plan/due", kind=Kind.DEADLINE, phase="plan/3"),
    task("plan/someday"),
    item("plan/dream", kind=Kind.PERIOD),
    ROUTINE,
    *RUNS,
    MEETING,
)
OTHER = plan(task("other/z", day("2026-04-01")), slug="other", title="Other", start=date(2026, 4, 1))


def ran(*numbers: int, schedule: Schedule = WHOLE) -> Schedule:
    """The roadmap with some runs done."""
    keys = {RUNS[number].key for number in numbers}
    return replace(
        schedule,
        items=tuple(replace(each, done=LATER) if each.key in keys else each for each in schedule.items),
    )
