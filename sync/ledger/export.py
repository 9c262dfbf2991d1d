"""The ledger as JSON Lines and CSV, for whoever wants to read it without this program."""

import csv
import io
import json
from collections.abc import Iterator

from sync.ledger.progress import Entry, Progress, stored
from sync.ledger.store import Ledger

COLUMNS = ("key", "kind", "at", "source", "hours", "energy", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json_lines(ledger: Ledger) -> Iterator[str]:
    """Yield one JSON object per entry of the log, in order of time, each with its line end."""
    for entry in Progress(ledger).entries():
        yield json.dumps(_row(entry), ensure_ascii=False) + "\n"


def as_csv(ledger: Ledger) -> Iterator[str]:
    """Yield a heading and one line per entry, as RFC 4180 writes them.

    A note that a spreadsheet would carry out as a formula gets an apostrophe in front.
    """
    yield _line(COLUMNS)
    for entry in Progress(ledger).entries():
        row = _row(entry)
        yield _line(tuple(_harmless(row[name]) for name in COLUMNS))


def _row(entry: Entry) -> dict[str, object]:
    return {
        "key": entry.key, "kind": entry.kind, "at": stored(entry.at), "source": entry.source,
        "hours": entry.hours, "energy": entry.energy, "note": entry.note,
    }  # fmt: skip


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _line(values: tuple[object, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue()
