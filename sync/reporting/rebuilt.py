"""What `ledger rebuild` says: what came back from where, and what needs a word from the person."""

from collections.abc import Iterator

from sync.app.rebuilding import Found, Rebuilt
from sync.reporting.columns import count
from sync.reporting.page import Page
from sync.reporting.pulled import change_document, counted, listed
from sync.reporting.refusals import refusal_document, refusals

Json = dict[str, object]


def rebuilt_text(rebuilt: Rebuilt, page: Page) -> str:
    """A line for each target, the changes it told, and what is still to be done."""
    lines = [line for found in rebuilt.found for line in _found(found, rebuilt, page)]
    lines += _strangers(rebuilt, page)
    if any(found.bound for found in rebuilt.found):
        lines.append(
            page.paint.dim(
                "Check-ins are in no calendar and no list; they come back from a copy of the old ledger only."
            )
        )
    return "\n".join([*lines, *refusals(rebuilt.refused, page)])


def _found(found: Found, rebuilt: Rebuilt, page: Page) -> Iterator[str]:
    changes = [each for each in rebuilt.changes if each.target == found.target]
    name = page.paint.bold(found.target)
    if not found.items:
        yield f"{page.paint.green('✓')} {name}: nothing of ours is there"
        return
    there = f"{count(found.items, 'item', 'items')} there"
    told = f"{found.bound} of them new to the ledger" if found.bound else "all known to the ledger"
    yield f"{page.paint.green('✓')} {name}: {', '.join([there, told, *([counted(changes)] if changes else [])])}"
    yield from listed(changes, rebuilt.zone, page)


def _strangers(rebuilt: Rebuilt, page: Page) -> Iterator[str]:
    for slug, number in rebuilt.strangers.items():
        belong = f"{count(number, 'item belongs', 'items belong')} to {slug}, and no roadmap is called so."
        yield f"{page.paint.yellow('!')} {belong}"
        yield page.paint.dim(f"    → If it has another name now: `roadmap-sync ledger rename {slug} NAME`.")


def rebuilt_document(rebuilt: Rebuilt) -> Json:
    """The same as JSON."""
    return {
        "targets": [
            {"target": each.target, "items": each.items, "bound": each.bound} for each in rebuilt.found
        ],
        "changes": [change_document(each, rebuilt.zone) for each in rebuilt.changes],
        "strangers": dict(rebuilt.strangers),
        "requests": dict(rebuilt.requests),
        "refused": [refusal_document(each) for each in rebuilt.refused],
    }
