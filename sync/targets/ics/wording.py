"""Titles and notes as a calendar can show them."""

import re

from sync.model import Item, Kind

OPEN = "☐"
DONE = "✅"
SIGNS = {Kind.MILESTONE: "◆", Kind.DEADLINE: "⏰"}
"""What tells a marked point from a banner at a glance; it stands after the box where there is one."""

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that RFC 5545 3.1 forbids or readers choke on: C0 but tab and newline, DEL, C1, half pairs."""


def clean(text: str) -> str:
    """Return the text with one kind of line end and without control characters."""
    if text.isprintable():
        return text
    return CONTROLS.sub("", LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return the text cleaned and with every run of white space as one blank."""
    return " ".join(clean(text).split())


def heading(item: Item) -> str:
    """Return what the item is called; where its title shows nothing, the last part of its key."""
    return one_line(item.title) or one_line(item.key.rpartition("/")[2]) or "…"


def summary(item: Item, *, tick: bool) -> str:
    """Return the title with its marks: a box or a check for work, a sign for a marked point."""
    box = DONE if item.done else OPEN if tick else ""
    return " ".join(filter(None, (box, SIGNS.get(item.kind, ""), heading(item))))
