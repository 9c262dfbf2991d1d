"""Titles and notes as Todoist can hold them, in the one form that comes back unchanged."""

import re
from unicodedata import normalize

from sync.model import Item
from sync.shaping.wording import clean

LONGEST_CONTENT = 500
LONGEST_NOTES = 15_000
"""Of the 16,383 characters of a description; the rest is for the marker."""
LONGEST_NAME = 120
LONGEST_LABEL = 60

_BOXES = re.compile(r"^(?:[-*]\s*\[[ xX]\]\s*|\*(?:\s+|$))+")
"""A title that begins with `* ` cannot be ticked, and `- [ ] ` is a box within a box."""


def content(item: Item) -> str:
    """Return what the task is called; where the title shows nothing, the last part of its key."""
    title = _BOXES.sub("", one_line(item.title))
    return cut(title or one_line(item.key.rpartition("/")[2]) or "…", LONGEST_CONTENT)


def notes(text: str) -> str:
    """Return a text of several lines without blanks at its edges and at the ends of its lines."""
    lines = _clean(text).split("\n")
    return cut("\n".join(line.rstrip() for line in lines).strip(), LONGEST_NOTES)


def one_line(text: str) -> str:
    """Return the text with every run of white space as one blank, and none around it."""
    return " ".join(_clean(text).split())


def name(text: str) -> str:
    """Return the name of a project or section."""
    return cut(one_line(text) or "…", LONGEST_NAME)


def label(title: str) -> str:
    """Return the label for a period: `week-3` for "Week 3: Graphs", empty where no letter is in it."""
    head = one_line(title).partition(":")[0]
    return re.sub(r"\W+", "-", head.casefold()).strip("-_")[:LONGEST_LABEL].rstrip("-_")


def cut(text: str, longest: int) -> str:
    """Return the text, its end replaced by an ellipsis where it is too long."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _clean(text: str) -> str:
    return normalize("NFC", clean(text))
