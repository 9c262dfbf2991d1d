"""What `pull` says: what was done on the other side."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from sync.app.pulling import Pulled
from sync.applying.absorbing import Change
from sync.reporting.columns import cut, pad, width
from sync.reporting.dates import with_weekday
from sync.reporting.page import Page
from sync.reporting.refusals import refusal_document, refusals

Json = dict[str, object]

SIGNS = {"done": "✓", "reopened": "☐", "edited": "~", "moved": "→", "removed": "-"}
"""The kinds of changes in the order in which they are told."""
MOST = 12
"""How many changes of a target are listed before the rest is only counted."""


def pulled_text(pulled: Pulled, page: Page) -> str:
    """The changes of each target, and what went wrong with the others."""
    lines: list[str] = []
    quiet: list[str] = []
    for target in pulled.targets:
        changes = [each for each in pulled.changes if each.target == target]
        if changes:
            lines.append(f"{page.paint.green('✓')} {page.paint.bold(target)}: {counted(changes)}")
            lines += listed(changes, pulled.zone, page)
        else:
            quiet.append(target)
    if quiet:
        lines.append(f"{page.paint.green('✓')} Nothing new on {', '.join(quiet)}.")
    return "\n".join([*lines, *refusals(pulled.refused, page)])


def counted(changes: Sequence[Change]) -> str:
    """How many changes of each kind there are."""
    numbers = {kind: sum(each.change == kind for each in changes) for kind in SIGNS}
    return ", ".join(f"{number} {kind}" for kind, number in numbers.items() if number)


def listed(changes: Sequence[Change], zone: tzinfo, page: Page) -> Iterator[str]:
    """A line for each change, ticks first, with their time; the rest counted where there are many."""
    order = list(SIGNS)
    told = sorted(changes, key=lambda each: (order.index(each.change), each.at, each.key))
    shown = told if page.full else told[:MOST]
    room = min(max((width(each.title) for each in shown), default=0), page.columns - 38)
    for each in shown:
        sign = page.paint.green(SIGNS["done"]) if each.change == "done" else SIGNS[each.change]
        at = each.at.astimezone(zone)
        when = f", {with_weekday(at)}, {at:%H:%M}" if each.change == "done" else ""
        title = pad(cut(each.title, room), room)
        yield f"    {sign} {title}  {page.paint.dim(each.change + when)}"
    if len(told) > len(shown):
        yield page.paint.dim(f"      and {len(told) - len(shown)} more; -v lists them")


def pulled_document(pulled: Pulled) -> Json:
    """The same as JSON; `at` is when it was ticked where the service says so, else when it was seen."""
    return {
        "changes": [change_document(each, pulled.zone) for each in pulled.changes],
        "requests": dict(pulled.requests),
        "refused": [refusal_document(each) for each in pulled.refused],
    }


def change_document(change: Change, zone: tzinfo) -> Json:
    """One change as JSON."""
    return {
        "key": change.key,
        "title": change.title,
        "change": change.change,
        "target": change.target,
        "at": change.at.astimezone(zone).isoformat(),
    }
