"""Titles, notes, kinds and done marks in the words that all targets share."""

import re
from datetime import UTC, datetime

from sync.model import Item, Kind

OPEN = "☐"
DONE = "✅"
SIGNS = {Kind.MILESTONE: "◆", Kind.DEADLINE: "⏰"}
"""What tells a marked point from a banner at a glance; it stands after the box where there is one."""

POINTS = frozenset({Kind.PERIOD, Kind.MILESTONE, Kind.DEADLINE})
"""Kinds that never make a person busy, even where they have a clock time."""

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that RFC 5545 3.1 forbids or readers choke on: C0 but tab and newline, DEL, C1, half pairs."""

KINDS = frozenset(Kind)
TICKED = " to tick"
KIND_TEXTS = {(kind, tick): f"{kind}{TICKED if tick else ''}" for kind in Kind for tick in (False, True)}
WAS_DONE = "done"
AT = f"{WAS_DONE} %Y-%m-%d %H:%M:%S UTC"


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


def marked(title: str, kind: Kind, *, tick: bool, done: object) -> str:
    """Return a title with its marks: a box or a check for work, a sign for a marked point."""
    box = DONE if done else OPEN if tick else ""
    return " ".join(filter(None, (box, SIGNS.get(kind, ""), title)))


def kind_text(item: Item) -> str:
    """Return the kind, and whether it is to be ticked."""
    return KIND_TEXTS[item.kind, item.tick]


def read_kind(text: str) -> tuple[Kind, bool]:
    """Return what `kind_text` was made from; a task where that cannot be told."""
    kind, tick, _ = text.partition(TICKED)
    return (Kind(kind) if kind in KINDS else Kind.TASK), bool(tick)


def done_text(item: Item) -> str:
    """Return whether it is done and since when, in whole seconds; empty while it is open."""
    if isinstance(item.done, datetime):
        return f"{item.done.astimezone(UTC):{AT}}"
    return WAS_DONE if item.done else ""


def read_done(text: str) -> datetime | bool:
    """Return what `done_text` was made from."""
    try:
        return datetime.strptime(text, AT).replace(tzinfo=UTC)
    except ValueError:
        return bool(text)
