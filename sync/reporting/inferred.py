"""The dates that no word of the text gives, and the rule that gave each of them."""

from collections.abc import Iterator, Sequence

from sync.model import Block, Days, Item, Schedule, Span
from sync.reporting.columns import count
from sync.reporting.dates import full
from sync.reporting.page import Page

REASONS = ("start", "rrule", "minutes")
"""What an item may owe to a rule: its days and times, its repetition, its length."""


def inferred(items: Sequence[Item]) -> dict[int, list[Item]]:
    """The items that owe something to a rule, by their line; the single occurrences of a series are left out."""
    found: dict[int, list[Item]] = {}
    for item in items:
        if "@" not in item.key and any(name in item.guessed for name in REASONS):
            found.setdefault(item.source.line, []).append(item)
    return found


def summary(schedule: Schedule, page: Page) -> Iterator[str]:
    """One line that says how many lines have a date by a rule, and where each rule is told."""
    lines = count(len(inferred(schedule.items)), "line", "lines")
    if not lines.startswith("0 "):
        told = f"{lines} with a date or time that a rule gave"
        more = "." if page.full else "; `check -v` says which rule for each."
        yield f"  {page.paint.cyan('Inferred')}    {told}{more}"


def reasons(items: Sequence[Item]) -> Iterator[str]:
    """For the items of one line: the day that was inferred, and the rule; each rule once."""
    told = dict.fromkeys(
        f"{_day(item.span)}: {item.guessed[name]}" if name == "start" else item.guessed[name]
        for item in items
        for name in REASONS
        if name in item.guessed
    )
    yield from told


def _day(span: Span | None) -> str:
    if isinstance(span, Days):
        first, last = full(span.first), full(span.last)
        return first if first == last else f"{first} to {last}"
    if isinstance(span, Block):
        return f"{full(span.begin.date())} {span.begin:%H:%M}"
    return "no date"
