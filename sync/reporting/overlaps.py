"""Where two roadmaps want the same hours, told once for each pair of roadmaps."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sync.model import Schedule
from sync.scheduling.clashes import overlaps

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Overlap:
    """All overlaps of the timed items of two roadmaps."""

    roadmaps: Pair
    first: date
    times: int
    titles: tuple[tuple[Pair, int], ...]
    """Titles of two items that overlap, in the order of `roadmaps`, and how often; the most frequent first."""


def by_pair(schedules: Sequence[Schedule]) -> list[Overlap]:
    """One overlap for each pair of roadmaps that has any, the most frequent first."""
    order = {schedule.slug: at for at, schedule in enumerate(schedules)}
    found: dict[Pair, Counter[Pair]] = defaultdict(Counter)
    first: dict[Pair, date] = {}
    for one, other in overlaps(schedules):
        if order[other.slug] < order[one.slug]:
            one, other = other, one  # noqa: PLW2901 - a pair is told in the order of the roadmaps
        pair = one.slug, other.slug
        found[pair][one.item.title, other.item.title] += 1
        first[pair] = min(first.get(pair, other.day), other.day)
    made = [
        Overlap(pair, first[pair], titles.total(), tuple(titles.most_common()))
        for pair, titles in found.items()
    ]
    return sorted(made, key=lambda overlap: (-overlap.times, overlap.roadmaps))
