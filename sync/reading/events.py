"""The event that a countdown leads up to, where the text names its date: "Moving day: 22 August 2026"."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

from sync.reading.desk import Desk
from sync.reading.expressions import PartialDate, Written
from sync.reading.inline import lead, plain_lead
from sync.reading.nodes import Node, Shape
from sync.reading.options import Options

SAYING = frozenset({Shape.HEADING, Shape.STRONG, Shape.LABEL, Shape.PARAGRAPH})


def with_event(desk: Desk, root: Node, options: Options, year: int | None) -> Options:
    """The options with the date that the text gives to the event, if it counts down and names just one."""
    first = min((draft.line for draft in desk.drafts if draft.when.offset is not None), default=None)
    if first is None or options.event_date is not None:
        return options
    days = dict(_days(desk, root, first, year))
    if len(days) != 1:
        return options
    day, name = days.popitem()
    return replace(options, event_date=day, event=options.event or name)


def _days(desk: Desk, root: Node, before: int, year: int | None) -> Iterator[tuple[date, str]]:
    """The single days that headings and prose above the countdown name, with what they are called."""
    for node in root.walk():
        if node.line >= before or node.shape not in SAYING or node.box is not None:
            continue
        label = lead(node.markup) or plain_lead(node.text)
        if label is not None and any(desk.is_only(f"lead:{group}", label[0]) for group in ("start", "info")):
            continue
        for written in desk.phrase(node.text).every(Written):
            day = _day(written, year)
            if day is not None:
                yield day, label[0] if label is not None else "the event"


def _day(written: Written, year: int | None) -> date | None:
    part: PartialDate = written.first
    known = part.year or year
    if written.first != written.last or known is None or part.month is None or part.day is None:
        return None
    with suppress(ValueError):  # a day that no calendar has is told where its own line is dated
        return date(known, part.month, part.day)
    return None
