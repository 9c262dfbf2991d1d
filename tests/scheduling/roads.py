"""Small roadmaps for the tests of scheduling: how they are read, and how their items are told."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from textwrap import dedent

from sync.model import Block, Days, Item, Schedule
from sync.reading.reader import read_lines
from sync.reading.roadmap import Roadmap
from sync.scheduling.expand import keys_of, schedule
from sync.scheduling.identity import Known
from sync.scheduling.settings import Settings

NEW_YEAR = date(2026, 1, 1)


def plan(
    text: str,
    known: Sequence[Known] = (),
    retired: Iterable[str] = (),
    zone: str = "UTC",
    weekday: time = time(19),
    today: date = NEW_YEAR,
    **front: object,
) -> Schedule:
    """Read and schedule a document; `front` are keys of its front matter."""
    return of(roadmap(text, **front), known=known, retired=retired, zone=zone, weekday=weekday, today=today)


def roadmap(text: str, **front: object) -> Roadmap:
    """Read a document; `front` are keys of its front matter."""
    lines = dedent(text).strip("\n").split("\n")
    if front:
        keys = [f"  {key}: {value}" for key, value in front.items()]
        lines = ["---", "roadmap:", *keys, "---", *lines]
    return read_lines(tuple(lines), "plan")


def of(
    read: Roadmap,
    *,
    known: Sequence[Known] = (),
    retired: Iterable[str] = (),
    zone: str = "UTC",
    weekday: time = time(19),
    today: date = NEW_YEAR,
) -> Schedule:
    """Schedule what was read, or what no text makes the reader say."""
    return schedule(
        read,
        name="plan",
        file="plan.md",
        today=today,
        settings=Settings(timezone=zone, weekday=weekday),
        known=known,
        retired=retired,
    )


def remembered(made: Schedule, before: Iterable[Known] = ()) -> list[Known]:
    """What a ledger would know after this reading: what is missing in it is gone."""
    present = keys_of(made)
    there = {each.key for each in present}
    return [*present, *(replace(each, gone=True) for each in before if each.key not in there)]


def main_items(made: Schedule) -> list[Item]:
    """All items but the occurrences of series and the sittings of ranges."""
    return [item for item in made.items if "@" not in item.key and item.key.count("/") == 2]


def the(made: Schedule, title: str) -> Item:
    """The one item of this title, occurrences aside."""
    found = [item for item in main_items(made) if item.title == title]
    assert len(found) == 1, [item.title for item in main_items(made)]
    return found[0]


def days(item: Item) -> Days:
    """The days of an item that has whole days."""
    assert isinstance(item.span, Days)
    return item.span


def block(item: Item) -> Block:
    """The hours of an item that has a time."""
    assert isinstance(item.span, Block)
    return item.span


def when(item: Item) -> str:
    """Its days or its hours, in one word or two."""
    if item.span is None:
        return "undated"
    if isinstance(item.span, Days):
        first, last = item.span.first, item.span.last
        return f"{first}" if first == last else f"{first}..{last}"
    return f"{item.span.begin:%Y-%m-%d %H:%M}-{item.span.end:%H:%M}"


def told(made: Schedule) -> dict[str, str]:
    """Title to days or hours, occurrences aside."""
    return {item.title: when(item) for item in main_items(made)}


def problems(made: Schedule) -> list[tuple[int, str]]:
    """Line and code of everything that did not fit."""
    return [(problem.line, problem.code) for problem in made.problems]


def series(item: Item) -> tuple[str, int, str]:
    """Rule, number and last day of a series."""
    assert item.recurrence is not None
    occurrences = item.recurrence.occurrences
    return item.recurrence.rule, len(occurrences), f"{occurrences[-1]}"


def ticks(made: Schedule, title: str) -> list[Item]:
    """The occurrences that are to be ticked."""
    return [item for item in made.items if "@" in item.key and item.title == title]


def hours(items: Iterable[Item]) -> list[str]:
    """The clock times of timed items."""
    return [
        f"{item.span.begin:%H:%M}-{item.span.end:%H:%M}" for item in items if isinstance(item.span, Block)
    ]
