"""Names for new roadmaps: short, speakable, and good for a file on any system."""

import re

from sync.app.library import TAKEN
from sync.errors import UsageError
from sync.reading.frontmatter_values import SLUG
from sync.scheduling.identity import slug

LONGEST = 40
"""Characters of a name that is made from a title."""
ASIDE = re.compile(r"[(（\[].*?[)）\]]")
DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)
"""Names that are devices and no files on Windows, whatever follows the dot."""
MOST_BYTES = 200
"""File systems end a name at 255 bytes, and feeds and temporary files add to it."""


def name_from(title: str) -> str:
    """A slug for a title: what stands in brackets is left out, and whole words are kept where it is long."""
    whole = slug(ASIDE.sub(" ", title)) or slug(title) or "roadmap"
    name = whole if len(whole) <= LONGEST else _whole_words(whole)
    return name if _is_free(name) else f"{name}-plan"


def _whole_words(name: str) -> str:
    words = name[: LONGEST + 1].rpartition("-")[0]
    # a single word, as in languages that write without blanks, is cut where it has to be
    return words.strip("-") or name[:LONGEST]


def _is_free(name: str) -> bool:
    return name.casefold() != TAKEN and not DEVICE.fullmatch(name)


def checked_name(name: str) -> str:
    """The name, if it can be that of a roadmap. Raises UsageError otherwise."""
    if SLUG.fullmatch(name) and _is_free(name) and len(name.encode()) <= MOST_BYTES:
        return name
    why = (
        "must be one word of letters, digits and -"
        if not SLUG.fullmatch(name)
        else "cannot be the name of a file"
    )
    if name.casefold() == TAKEN:
        why = "is the name of the feed of all roadmaps"
    raise UsageError(
        f"The slug {name!r} {why}.", f"Take another one, for example `--slug {name_from(name)}`."
    )
