"""Titles and the marks before them: which of them we wrote, and which a person put there."""

import re
from functools import cache
from unicodedata import normalize

from sync.model import Item, Kind
from sync.remote import fingerprint
from sync.shaping.wording import OPEN, SIGNS, heading, one_line

MOST = 980
"""Characters of a title; with its marks a summary stays below 1000."""

CHECKS = "✅✔✓☑"
"""What people put before what is done."""


def fitted(item: Item) -> str:
    """Return the title of an item as an event can hold it."""
    title = normalize("NFC", heading(item))
    return title if len(title) <= MOST else title[: MOST - 1].rstrip() + "…"


def read_summary(summary: str, kind: Kind, written: str | None) -> tuple[str, bool]:
    """Return the title and whether a check mark stands before it.

    Where a mark could be a part of the title, `written`, the fingerprint of the title as we wrote it,
    tells; a title that somebody edited is what remains after all marks.
    """
    text, checked = normalize("NFC", one_line(summary)), False
    while fingerprint(text) != written and (found := _mark(kind).match(text)):
        text, checked = text[found.end() :], checked or found[1] is not None
    return text, checked


@cache
def _mark(kind: Kind) -> re.Pattern[str]:
    return re.compile(f"(?:([{CHECKS}])|[{OPEN}{SIGNS.get(kind, '')}])\ufe0f? *")
