"""What `add` says when a document is in the roadmaps."""

from collections.abc import Iterator

from sync.app.adding import Added
from sync.reporting.columns import count
from sync.reporting.documents import Json, check_document
from sync.reporting.page import Page
from sync.reporting.receipt import when, work


def added_text(added: Added, page: Page) -> str:
    """Where the roadmap is now, what is in it, and where the original is kept."""
    return "\n".join(_lines(added, page))


def _lines(added: Added, page: Page) -> Iterator[str]:
    schedule = added.loaded.schedule
    yield f"{page.paint.green('✓')} {page.paint.bold(schedule.slug)} is in {schedule.file}"
    yield f"  {when(schedule)}: {work(schedule)}"
    if added.before is not None:
        yield f"  {_difference(added)}"
    if added.talk_kept:
        yield "  The chat talk stayed in it: without it the plan would read differently."
    yield page.paint.dim(f"  The bytes as they came are kept in {added.original}")


def _difference(added: Added) -> str:
    before = {item.key for item in added.before or ()}
    now = {item.key for item in added.loaded.schedule.items}
    gone, new, same = len(before - now), len(now - before), len(before & now)
    return (
        f"It replaces an earlier version: {count(same, 'item', 'items')} as before, {new} new, {gone} gone."
    )


def added_document(added: Added) -> Json:
    """The same as JSON: what `check` says of the roadmap, and where its files are."""
    files = {"written": str(added.target), "original": str(added.original), "talk_kept": added.talk_kept}
    return {**check_document([added.loaded.schedule]), **files}
