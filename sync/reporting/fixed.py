"""What `fix` says: the line, and its items before and after."""

from collections.abc import Iterator

from sync.app.fixing import Fixed, Side
from sync.model import Block, Item
from sync.reporting.columns import count, cut
from sync.reporting.dates import day_month, full
from sync.reporting.documents import Json, item_document
from sync.reporting.page import Page


def fixed_text(fixed: Fixed, page: Page) -> str:
    """The line, and how it is read before and after."""
    return "\n".join(_lines(fixed, page))


def _lines(fixed: Fixed, page: Page) -> Iterator[str]:
    place = f"{fixed.schedule.file}:{fixed.after.line}"
    yield f"{page.paint.green('✓')} {page.paint.bold(cut(fixed.text, page.columns - 4))}"
    yield from _side("before", fixed.before, page)
    yield from _side("now", fixed.after, page)
    yield page.paint.dim(f"  Said in the front matter; the line is {place} now.")


def _side(word: str, side: Side, page: Page) -> Iterator[str]:
    told = [_item(item, page) for item in side.items] or [f"{side.role}, nothing dated is made from it"]
    for at, line in enumerate(told):
        yield f"  {word if at == 0 else '':<8}{line}"


def _item(item: Item, page: Page) -> str:
    return f"{item.kind}  {when(item)}  {cut(item.title, page.columns - 50)}"


def when(item: Item) -> str:
    """The days of an item, inclusive, and its times."""
    span, series = item.span, item.recurrence
    if span is None:
        return "no date"
    if isinstance(span, Block):
        told = f"{full(span.begin)}, {span.begin:%H:%M}–{span.end:%H:%M}"
    elif span.first == span.last:
        told = f"{full(span.first)}"
    else:
        told = f"{day_month(span.first)} to {full(span.last)}"
    return told if series is None else f"{told}, {count(len(series.occurrences), 'time', 'times')}"


def fixed_document(fixed: Fixed) -> Json:
    """The same as JSON."""
    return {
        "file": fixed.schedule.file,
        "text": fixed.text,
        "before": _side_document(fixed.before),
        "after": _side_document(fixed.after),
    }


def _side_document(side: Side) -> Json:
    items = [item_document(item) for item in side.items]
    return {"line": side.line, "role": side.role.value, "items": items}
