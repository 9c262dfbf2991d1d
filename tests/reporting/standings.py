"""Figures of a roadmap as the ledger would give them, with days counted from today."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.app.status import Figures
from sync.ledger.facts import CheckIns, Removed, Said, Work
from sync.ledger.schedules import Head, Planned

TODAY = date(2026, 3, 6)
DAY = timedelta(days=1)
NAIROBI = ZoneInfo("Africa/Nairobi")


def work(day: int | None, total: int, done: int = 0, phase: str = "plan") -> Work:
    """Work that is due so many days from today, on none where that is None."""
    return Work(phase, None if day is None else TODAY + (day + 1) * DAY, total, done, "")


def planned(
    name: str,
    day: int | None,
    *,
    days: int = 1,
    hour: int | None = None,
    kind: str = "task",
    phase: str = "plan",
) -> Planned:
    """An item that begins so many days from today."""
    begin = None if day is None else TODAY + day * DAY
    start: date | datetime | None = begin
    if begin is not None and hour is not None:
        start = datetime.combine(begin, time(hour), NAIROBI)
    key = phase if kind == "period" else f"plan/{name}"
    until = None if begin is None else begin + days * DAY
    return Planned(
        key, phase, kind, name.replace("-", " ").capitalize(), start, until, kind == "task", None, None
    )


def removed(name: str, day: int, *, work: bool = True) -> Removed:
    return Removed("plan", "plan", TODAY + (day + 1) * DAY, f"plan/{name}", work)


def figures(
    *,
    title: str = "The Plan",
    work: Sequence[Work] = (),
    removed: Sequence[Removed] = (),
    points: Sequence[tuple[Planned, bool]] = (),
    streak: int = 0,
    late: Sequence[Planned] = (),
    coming: Sequence[Planned] = (),
    checkins: CheckIns | None = None,
    said: Sequence[Said] = (),
    start: date | None = TODAY - 9 * DAY,
    last: date | None = TODAY + 20 * DAY,
) -> Figures:
    head = Head("plan", title, "/plan.md", start, last)
    return Figures(head, work, removed, points, streak, late, coming, checkins, said)
