"""What people and their programs added to a feed, put back into what is written anew.

Three texts are compared: the component as it lies there, the same as we would have written it before,
and as we write it now. A line that is in the first and not in the second is somebody else's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sync.targets.ics import facts
from sync.targets.ics.content import Content
from sync.targets.ics.parsing import FOLD, Component, folded_lines, own_lines
from sync.targets.ics.witness import HASH, SUM, Seen, Stamps

WHEN = frozenset({"DTSTART", "DTEND", "DUE", "DURATION"})
REPEATS = frozenset({"RRULE", "EXDATE", "RDATE"})
DONE = frozenset({"STATUS", "PERCENT-COMPLETE", "COMPLETED"})
FIELDS = frozenset({"SUMMARY", "DESCRIPTION"}) | WHEN | REPEATS
"""Lines that tell a field: whatever people made of them is in that field."""
STAMPS = frozenset({"UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE"})
MANY = frozenset({"RELATED-TO"})
"""Lines of which there may be several."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
HEAD = frozenset({
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "DESCRIPTION",
    "X-WR-CALDESC", "COLOR", "X-APPLE-CALENDAR-COLOR", "LAST-MODIFIED", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
    HASH, SUM,
})  # fmt: skip
"""Properties of the calendar that we write ourselves, and METHOD, which a feed must not have."""


@dataclass(frozen=True, slots=True)
class Mender:
    """Puts back what is not ours into the components of one feed."""

    there: Mapping[str, Component]
    """UID to the component as it lies there."""
    before: Mapping[str, Content]
    """UID to what we would have said before."""
    changed: Mapping[str, frozenset[str]]
    """Key to the fields that are written now."""
    odd: Mapping[str, frozenset[str]]
    """Key to the fields that stay as their lines are, since nothing but these can tell them."""
    title: str
    """What the feed was called so far, which is the category of all that we wrote."""

    def mended(self, content: Content, block: bytes) -> bytes:
        """Return a component with what is not ours in it."""
        old, known, key = self.there.get(content.uid), self.before.get(content.uid), content.origin.key
        if old is None:
            return block
        odd = self.odd.get(key, frozenset())
        kept = (WHEN if "when" in odd else frozenset()) | (REPEATS if "repeats" in odd else frozenset())
        done = DONE if "done" in self.changed.get(key, frozenset()) else frozenset()
        ours = (FIELDS | STAMPS | done) - kept
        written = self._written(known, old)
        extra = [
            (name, line)
            for name, line in folded_lines(own_lines(old.block))
            if name in kept
            or not (name in ours or name.startswith(facts.MARKER) or FOLD.sub(b"", line) in written)
        ]
        return _with(block, extra, kept, old.inner)

    def _written(self, known: Content | None, old: Component) -> frozenset[bytes]:
        """Return the lines that are ours in a component, unfolded."""
        from sync.targets.ics import serialise  # noqa: PLC0415  # brings icalendar, which copying does not need

        category = b"CATEGORIES:" + serialise.Text(self.title).to_ical() + b"\r\n"
        if known is None:
            return frozenset({category})
        stamps = Seen(old.block, 0, len(old.block), b"").stamps()
        block = serialise.component(known, stamps or Stamps(0, NEVER, NEVER), "", {})
        return frozenset(FOLD.sub(b"", line) for _, line in folded_lines(own_lines(block))) | {category}


def _with(
    block: bytes, extra: Iterable[tuple[str, bytes]], kept: frozenset[str], inner: Iterable[bytes]
) -> bytes:
    more = list(extra)
    gone = (kept | {name for name, _ in more}) - MANY
    opening, _, rest = block.partition(b"\r\n")
    closing = rest[rest.rindex(b"END:") :]
    own = [line for name, line in folded_lines(own_lines(block)) if name not in gone]
    return b"".join([opening, b"\r\n", *own, *(line for _, line in more), *inner, closing])


def foreign_head(head: bytes) -> bytes:
    """Return the properties of a calendar that are not ours."""
    return b"".join(line for name, line in folded_lines(head) if name not in HEAD)
