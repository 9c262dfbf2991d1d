"""Where a person stands: what the ledger knows of each roadmap, gathered without reading one that did not change."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sync.app.keeping import Complaint, existing, refresh
from sync.app.library import find, in_folder
from sync.app.run import Run
from sync.app.streaks import midnight, streaks
from sync.errors import RoadmapUnreadable
from sync.ledger.facts import CheckIns, Facts, Removed, Said, Work
from sync.ledger.schedules import Head, Planned, Schedules
from sync.ledger.store import open_ledger

MOST = 20
"""How many open items of a kind are gathered; the counts tell of all."""


class Figures(NamedTuple):
    """What the ledger knows of one roadmap."""

    head: Head
    work: Sequence[Work]
    """Without what was removed."""
    removed: Sequence[Removed]
    points: Sequence[tuple[Planned, bool]]
    """Phases, milestones and deadlines with whether each is done, in the order of the text."""
    streak: int
    """On how many days in a row something was ticked or checked in."""
    late: Sequence[Planned]
    """Open items that were over before today, the longest waiting first; at most `MOST`."""
    coming: Sequence[Planned]
    """Open items due today or later, the nearest first; at most `MOST`."""
    checkins: CheckIns | None
    said: Sequence[Said]
    """Every check-in, the latest first; empty where nobody asked for them."""


class Survey(NamedTuple):
    """What there is to say of all roadmaps that were asked for."""

    roadmaps: Sequence[Figures]
    today: date
    zone: tzinfo
    """In which the person counts days."""
    folder: Path
    """Where roadmaps are looked for."""
    streak: int = 0
    """That of all roadmaps together."""
    unread: Sequence[Complaint] = ()


def survey(run: Run, names: Sequence[str] = (), *, full: bool = False) -> Survey:
    """Gather the figures of the roadmaps named by slug or path, of all where none is named.

    With `full` every check-in comes along. Raises RoadmapUnreadable for a name that is no roadmap, or one
    that cannot be read, and where there are roadmaps of which none can be read.
    """
    zone = ZoneInfo(run.config.timezone)
    if not names and not in_folder(run.config) and not existing(run):
        return Survey((), run.today, zone, run.config.roadmaps)
    files = [path.resolve() for name in names if (path := run.cwd / name).is_file()]
    unread = refresh(run, files)
    with open_ledger(run.state) as ledger:
        heads = _chosen(run, names, Schedules(ledger).heads(), unread)
        figures, streak = _figures(Facts(ledger), heads, run.today, zone, full=full)
    return Survey(figures, run.today, zone, run.config.roadmaps, streak, unread)


def _chosen(
    run: Run, names: Sequence[str], heads: Sequence[Head], unread: Sequence[Complaint]
) -> Sequence[Head]:
    """The roadmaps that are meant, each once; a slug that was read is known without looking at files."""
    if not names:
        return heads
    by_slug, by_file = {each.slug: each for each in heads}, {each.file: each for each in heads}
    found: dict[str, Head] = {}
    for name in names:
        head = None if (run.cwd / name).is_file() else by_slug.get(name)
        if head is None:
            (path,) = find(run.config, [name], run.cwd)
            head = by_file.get(str(path.resolve()))
        if head is None:
            title, hint = unread[0] if len(unread) == 1 else (f"{name} could not be read.", "")
            raise RoadmapUnreadable(title, hint or f"`roadmap-sync check {name}` says why.")
        found[head.slug] = head
    return list(found.values())


def _figures(
    facts: Facts, heads: Sequence[Head], today: date, zone: tzinfo, *, full: bool
) -> tuple[list[Figures], int]:
    """The figures of each roadmap, and the streak of all together."""
    gone = facts.removed()
    removed = {head.slug: [each for each in gone if each.slug == head.slug] for head in heads}
    work = {head.slug: _left(facts.work(head.slug), removed[head.slug]) for head in heads}
    each, together = streaks(facts, work, today, zone)
    monday = midnight(today - timedelta(days=today.weekday()), zone)
    figures = [
        Figures(
            head,
            work[head.slug],
            removed[head.slug],
            facts.points(head.slug),
            each[head.slug],
            _without(removed[head.slug], facts.open_until, head.slug, today),
            _without(removed[head.slug], facts.open_after, head.slug, today),
            facts.checkins(head.slug, monday),
            facts.said(head.slug) if full else (),
        )
        for head in heads
    ]
    return figures, together


def _left(work: Sequence[Work], removed: Sequence[Removed]) -> Sequence[Work]:
    """The work without what was removed by hand, which is neither open nor counted."""
    gone = Counter((each.phase, each.until) for each in removed if each.work)
    if not gone:
        return work
    left = (
        each._replace(total=each.total - gone[place]) if (place := (each.phase, each.until)) in gone else each
        for each in work
    )
    return [each for each in left if each.total]


def _without(
    removed: Sequence[Removed], ask: Callable[[str, date, int], Sequence[Planned]], slug: str, today: date
) -> Sequence[Planned]:
    keys = {each.key for each in removed}
    return [each for each in ask(slug, today, MOST + len(keys)) if each.key not in keys][:MOST]
