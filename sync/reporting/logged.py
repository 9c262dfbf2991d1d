"""What `ledger export` and `ledger rename` say."""

from sync.app.keeping import Log
from sync.app.renaming import Renamed
from sync.reporting.columns import count
from sync.reporting.page import Page

Json = dict[str, object]


def log_text(log: Log, page: Page) -> str:
    """How much was written, and where."""
    return f"{page.paint.green('✓')} {count(len(log.entries), 'entry', 'entries')} in {log.file}"


def log_document(log: Log) -> Json:
    """The log as JSON, or where it was written."""
    if log.file is not None:
        return {"file": str(log.file), "count": len(log.entries)}
    return {"entries": list(log.entries), "count": len(log.entries)}


def renamed_text(renamed: Renamed, page: Page) -> str:
    """What the new name has now, and what is called by the old one still."""
    keys = count(renamed.keys, "key", "keys")
    done = f"{page.paint.green('✓')} {page.paint.bold(renamed.new)} has the history of {renamed.old}: {keys}."
    feed = f"  Its feed is called {renamed.new}.ics from now on: `roadmap-sync export` writes it, then push."
    return f"{done}\n{page.paint.dim(feed)}"


def renamed_document(renamed: Renamed) -> Json:
    """The same as JSON."""
    return {"old": renamed.old, "new": renamed.new, "keys": renamed.keys}
