"""Titles as a feed shows them."""

from sync.model import Item
from sync.shaping.wording import heading, marked


def summary(item: Item, *, tick: bool) -> str:
    """Return the title with its marks: a box or a check for work, a sign for a marked point."""
    return marked(heading(item), item.kind, tick=tick, done=item.done)
