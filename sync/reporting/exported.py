"""What `export` says: the feeds it wrote, and what could not be read."""

from collections.abc import Iterator

from sync.app.exporting import Exported
from sync.reporting.columns import count
from sync.reporting.page import Page

MOST = 12
"""How many feeds are listed before the rest is only counted."""


def exported_text(done: Exported, page: Page) -> str:
    """The feeds that changed."""
    return "\n".join(_lines(done, page))


def _lines(done: Exported, page: Page) -> Iterator[str]:
    paint, files = page.paint, count(len(done.files), "feed", "feeds")
    if done.changed:
        yield from _changed(done, page)
    else:
        yield f"{paint.green('✓')} {files} in {done.folder}, nothing changed"
    if done.kept:
        yield f"{paint.yellow('!')} {', '.join(done.kept)} stay as they were: they hold what cannot be read now"


def _changed(done: Exported, page: Page) -> Iterator[str]:
    paint, files = page.paint, count(len(done.files), "feed", "feeds")
    yield f"{paint.green('✓')} {len(done.changed)} of {files} written to {done.folder}"
    shown = done.changed if page.full else done.changed[:MOST]
    yield from (f"  {name}" for name in shown)
    if len(done.changed) > len(shown):
        yield paint.dim(f"  and {len(done.changed) - len(shown)} more; -v lists them")


def exported_document(done: Exported) -> dict[str, object]:
    """The same as JSON."""
    unread = [
        {"file": each.file, "code": each.code, "title": each.title, "hint": each.hint} for each in done.unread
    ]
    return {
        "folder": str(done.folder), "files": list(done.files), "changed": list(done.changed),
        "errors": done.errors, "unread": unread, "kept": list(done.kept),
    }  # fmt: skip
