"""The event to which a plan counts down: the day in its title, its exam, or the one day told above the countdown."""

from collections.abc import Iterator
from dataclasses import replace

from sync.reading.desk import Desk
from sync.reading.expressions import PartialDate, Written
from sync.reading.inline import lead, plain_lead
from sync.reading.nodes import Node, Shape
from sync.reading.placing import has_day

SAYING = frozenset({Shape.HEADING, Shape.STRONG, Shape.LABEL, Shape.PARAGRAPH})


def keep_event(desk: Desk, line: int, written: Written) -> None:
    """Take in a single day as the event, unless another was named before."""
    if desk.event is None and written.first == written.last and has_day(written):
        desk.event, desk.event_line = written.first, line


def event_in_title(desk: Desk, root: Node) -> None:
    """Take in the one day that the title names."""
    title = next((node for node in root.children if node.line == desk.title_line), None)
    dates = set(desk.phrase(title.text).every(Written)) if title is not None else set()
    if len(dates) == 1:
        keep_event(desk, desk.title_line, dates.pop())


def event_above(desk: Desk, root: Node, year: int | None) -> None:
    """Take in the day told above the countdown, as in "Moving day: 22 August 2026", where it is the only one."""
    first = min((draft.line for draft in desk.drafts if draft.when.offset is not None), default=None)
    if first is None or desk.event is not None:
        return
    told = [(line, _in_year(written, year)) for line, written in _days(desk, root, first)]
    if len({day for _, day in told}) == 1:
        line, day = told[0]
        keep_event(desk, line, Written(day, day))


def _days(desk: Desk, root: Node, before: int) -> Iterator[tuple[int, Written]]:
    """The single days that headings and prose above a line name, but for the start and what tells of the text."""
    for node in root.walk():
        if node.line >= before or node.shape not in SAYING or node.box is not None:
            continue
        label = lead(node.markup) or plain_lead(node.text)
        if label is not None and desk.labels(label[0], "start", "info"):
            continue
        for written in desk.phrase(node.text).every(Written):
            if written.first == written.last and has_day(written):
                yield node.line, written


def _in_year(written: Written, year: int | None) -> PartialDate:
    """A day as it compares with others: with the year of the plan, whatever weekday stands beside it."""
    return replace(written.first, year=written.first.year or year, weekday=None)
