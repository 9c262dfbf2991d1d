"""The arithmetic of `status`: how far, how late, how fast. Pure, and free of words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from sync.app.status import Figures, Survey
from sync.ledger.facts import CheckIns, Said, Work
from sync.ledger.schedules import Planned

DAY = timedelta(days=1)
POINTS = frozenset({"milestone", "deadline"})


class Tally(NamedTuple):
    """Items to be ticked, counted."""

    done: int = 0
    total: int = 0
    late: int = 0
    """Open though over before today."""
    due_today: int = 0
    """Open, and today is their last day."""
    undated: int = 0
    """Open and without a date."""

    @property
    def percent(self) -> int:
        """How much is done, in whole per cent; 100 only when everything is."""
        return 100 * self.done // self.total if self.total else 0


class Phase(NamedTuple):
    """One phase; a roadmap without phases is one."""

    key: str
    title: str
    first: date | None
    last: date | None
    """Inclusive."""
    tally: Tally


class Pace(NamedTuple):
    """What is done against what the plan had done by now, whichever items they are."""

    days: int
    """Positive ahead, negative behind; 0 also while today's own work is being done."""
    planned: int
    """How many dated items were due before today."""
    done: int
    """How many dated items are done."""


class Account(NamedTuple):
    """Where a person stands in one roadmap."""

    slug: str
    title: str
    first: date | None
    last: date | None
    """Inclusive."""
    tally: Tally
    removed: int
    """Open items that were taken out by hand on the other side."""
    phases: Sequence[Phase]
    phase: Phase
    """The one that holds today, else the next one, else the last one."""
    pace: Pace | None
    """None where nothing to be ticked has a date."""
    streak: int
    late: Sequence[Planned]
    today: Sequence[Planned]
    """Open items whose last day is today."""
    coming: Sequence[Planned]
    """The next open items, today's included."""
    milestone: Planned | None
    """The next open milestone or deadline, today's included."""
    checkins: CheckIns | None
    said: Sequence[Said]

    @property
    def step(self) -> Planned | None:
        """The next open item, today's included."""
        return next(iter(self.coming), None)

    @property
    def next(self) -> Planned | None:
        """What comes next: the step or the milestone, whichever is due earlier."""
        both = [each for each in (self.step, self.milestone) if each is not None]
        return min(both, key=_due, default=None)


class Totals(NamedTuple):
    """Where a person stands in everything together."""

    tally: Tally
    removed: int
    streak: int


# --- from figures to accounts ---


def accounts(survey: Survey) -> list[Account]:
    """The account of each roadmap."""
    return [_account(each, survey.today) for each in survey.roadmaps]


def totals(survey: Survey, each: Sequence[Account]) -> Totals:
    """All roadmaps together."""
    columns = zip(*(account.tally for account in each), strict=True)
    return Totals(Tally(*map(sum, columns)), sum(account.removed for account in each), survey.streak)


def _account(figures: Figures, today: date) -> Account:
    head, work = figures.head, figures.work
    phases = _phases(figures, today)
    days = [each.until - DAY for each in work if each.until is not None]
    first = min(
        [day for day in (head.start, *(phase.first for phase in phases)) if day] or days, default=None
    )
    points = [point for point, done in figures.points if point.kind in POINTS and not done]
    gone = {each.key for each in figures.removed}
    ahead = [each for each in points if each.key not in gone and each.until and each.until > today]
    return Account(
        slug=head.slug,
        title=head.title,
        first=first,
        last=max([*([head.last] if head.last else []), *days], default=None),
        tally=tally(work, today),
        removed=sum(each.work for each in figures.removed),
        phases=phases,
        phase=current(phases, today),
        pace=pace(work, today),
        streak=figures.streak,
        late=figures.late,
        today=[item for item in figures.coming if item.until == today + DAY],
        coming=figures.coming,
        milestone=min(ahead, key=_due, default=None),
        checkins=figures.checkins,
        said=figures.said,
    )


def _due(item: Planned) -> tuple[date, str]:
    """The order in which things come: by the day they are due, then by the clock."""
    return item.until or date.max, item.start.isoformat() if item.start else ""


def _phases(figures: Figures, today: date) -> list[Phase]:
    of: dict[str | None, list[Work]] = {}
    for each in figures.work:
        of.setdefault(each.phase, []).append(each)
    found = [
        Phase(
            item.key,
            item.title,
            _day(item.start),
            item.until and item.until - DAY,
            tally(of.get(item.key, ()), today),
        )
        for item, _ in figures.points
        if item.key == item.phase
    ]
    head = figures.head
    return found or [Phase(head.slug, head.title, head.start, head.last, tally(figures.work, today))]


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


# --- the facts ---


def tally(work: Iterable[Work], today: date) -> Tally:
    """How many items are done, late, due today."""
    done = total = late = due = undated = 0
    for each in work:
        left = each.total - each.done
        done, total = done + each.done, total + each.total
        if each.until is None:
            undated += left
        elif each.until <= today:
            late += left
        elif each.until == today + DAY:
            due += left
    return Tally(done, total, late, due, undated)


def current(phases: Sequence[Phase], today: date) -> Phase:
    """The phase that holds today, else the next one, else the last one; the first where none has a date."""
    dated = [(each.first, each.last, each) for each in phases if each.first and each.last]
    if not dated:
        return phases[0]
    now = [each for first, last, each in dated if first <= today <= last]
    coming = [each for first, _, each in sorted(dated, key=itemgetter(0)) if first > today]
    return [*now, *coming, max(dated, key=itemgetter(1))[2]][0]


def pace(work: Iterable[Work], today: date) -> Pace | None:
    """How far ahead of the plan or behind it, in days of the calendar.

    The plan is the number of items due by the end of each day. As long as at least as many are done as
    were due by yesterday, nobody is behind; whoever is stands where the plan was on the day on which it
    had one item more than that done. Ahead is who has done all that was due up to a later day than today.
    """
    due: Counter[date] = Counter()
    done = 0
    for each in work:
        if each.until is not None:
            due[each.until - DAY] += each.total
            done += each.done
    if not due:
        return None
    planned = sum(total for day, total in due.items() if day < today)
    return Pace(_days_from(today, done, due), planned, done)


def _days_from(today: date, done: int, due: Mapping[date, int]) -> int:
    reached, ahead = 0, 0
    for day in sorted(due):
        reached += due[day]
        if reached > done:
            return (day - today).days if day < today else ahead
        ahead = max(0, (day - today).days)
    return ahead
