"""On how many days in a row a person did something; no day is asked for that the answer does not need."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from sync.ledger.facts import Facts, Work
from sync.ledger.progress import stored

DAY = timedelta(days=1)


def streaks(
    facts: Facts, work: Mapping[str, Sequence[Work]], today: date, zone: tzinfo
) -> tuple[Mapping[str, int], int]:
    """The streak of each roadmap by its slug, and that of all together: a day counts whichever one it went to."""
    seen: dict[date, set[str]] = {}

    def _active(day: date) -> set[str]:
        if day not in seen:
            seen[day] = facts.active(midnight(day, zone), midnight(day + DAY, zone)) & work.keys()
        return seen[day]

    def _of(slug: str) -> int:
        return streak(lambda day: slug in _active(day), work[slug], today, zone)

    everything = [each for some in work.values() for each in some]
    return {slug: _of(slug) for slug in work}, streak(lambda day: bool(_active(day)), everything, today, zone)


def streak(active: Callable[[date], bool], work: Iterable[Work], today: date, zone: tzinfo) -> int:
    """On how many days in a row something was ticked or checked in, up to today, or to yesterday so far.

    A day on which nothing was left to do breaks no streak: nothing was due, or all of it was done before.
    That holds from the first day on which the plan has something due to the last one; elsewhere, and in a
    plan without dates, every day counts.
    """
    due: dict[date, list[Work]] = {}
    for each in work:
        if each.until is not None:
            due.setdefault(each.until - DAY, []).append(each)
    first, last = (min(due), max(due)) if due else (date.max, date.min)
    day, length = today, 0
    while True:
        if active(day):
            length += 1
        elif day != today and not (first <= day <= last and _is_free(due.get(day, ()), day, zone)):
            return length
        day -= DAY


def _is_free(due: Iterable[Work], day: date, zone: tzinfo) -> bool:
    """Whether all that was due on a day was done before it."""
    return all(each.done == each.total and each.last < midnight(day, zone) for each in due)


@lru_cache(maxsize=1024)
def midnight(day: date, zone: tzinfo) -> str:
    """When a day begins, as the ledger writes it."""
    return stored(datetime.combine(day, time(), zone))
