"""Notes as Google shows them: a description may be HTML, and the web page rewrites it as such."""

import re
from html import escape, unescape
from itertools import accumulate
from unicodedata import normalize

from sync.shaping.wording import clean

MOST = 8000
"""Characters of a description; people found Google to refuse more than about 8192."""

BREAKS = re.compile(r"<br\s*/?>|</(?:p|div|li|ul|ol|h[1-6])>", re.IGNORECASE)
TAGS = re.compile(r"<!--.*?-->|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)


def tidied(text: str) -> str:
    """Return notes in the one form in which they are compared: white space that nobody sees is gone."""
    lines = normalize("NFC", clean(text.replace("\N{NO-BREAK SPACE}", " "))).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def fitted(notes: str) -> str:
    """Return notes, cut where their description would be too long."""
    notes = tidied(notes)
    if len(description(notes)) <= MOST:
        return notes
    ends = accumulate(len(escape(each, quote=False)) for each in notes)
    return notes[: sum(end < MOST for end in ends)].rstrip() + "…"


def description(notes: str) -> str:
    """Return what to send for notes: as they are, but escaped where they would be taken for HTML."""
    return notes if read_description(notes) == notes else escape(notes, quote=False)


def read_description(text: str) -> str:
    """Return the notes that a description shows, whoever wrote it."""
    return tidied(unescape(TAGS.sub("", BREAKS.sub("\n", text))))
