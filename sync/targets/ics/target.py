"""The folder of feeds as a target: what `push` writes there is what `export` writes there.

`export` writes the feed: the whole roadmap as it is, whatever anybody made of the files. `push` merges:
it writes what changed in the roadmap, a phase at a time if so asked, and leaves alone what people or
their programs changed in the files, what they took out and what they added. Where nobody touched the
files and everything was pushed, both give the same bytes.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from sync.errors import ConfigError, TargetError
from sync.model import Item, Schedule
from sync.remote import Answered, Event, Fields, Intent, Marker, Reading, Sending
from sync.targets.ics.books import Book
from sync.targets.ics.commit import commit
from sync.targets.ics.deciding import decide
from sync.targets.ics.facts import MARKER
from sync.targets.ics.fields import FIELDS, TIMES, shape
from sync.targets.ics.folder import EVERYTHING, Feeds, names_of, read_feeds
from sync.targets.ics.note import read_note
from sync.targets.ics.rewriting import rewritten


class IcsTarget:
    """The feeds in a folder; every write replaces whole files, all of them at once.

    `roadmaps` are those that exist now, as `export` would write them: they give the feeds their titles,
    their first stamps and, after a roadmap was renamed, their files. `now` stamps what is written.
    """

    def __init__(self, folder: Path, roadmaps: Sequence[Schedule] = (), *, now: datetime) -> None:
        self._folder = folder
        self._now = now
        self._books = {each.slug: Book.of(each) for each in roadmaps}
        self._homes = {item.key: each.slug for each in roadmaps for item in each.items}

    @property
    def name(self) -> str:
        """The name of the target."""
        return "ics"

    @property
    def fields(self) -> tuple[str, ...]:
        """Title and time first."""
        return FIELDS

    @property
    def times(self) -> frozenset[str]:
        """The fields that say when."""
        return TIMES

    @property
    def keeps_past(self) -> bool:
        """A feed tells the whole roadmap."""
        return True

    def shape(self, item: Item) -> Fields | None:
        """Return the item as a feed holds it; what is neither dated nor work has no place there."""
        return shape(item)

    def read(self, memory: bytes) -> Reading:
        """Return our items in all feeds of the folder; a folder that is not there holds none.

        Raises `TargetError` for a feed that is damaged, that somebody else wrote, or that was there
        at the last look and is gone: what is in it is not taken for deleted.
        """
        feeds = read_feeds(self._folder, self._books)
        self._miss_none(feeds, memory)
        items = tuple(held.remote() for held in feeds.held.values())
        return Reading(items, memory="\n".join(feeds.filled()).encode())

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        """Carry out all writes as one: the files take their places together, and then each has its answer."""
        if not intents:
            return
        name = blake2b("\n".join(intent.command for intent in intents).encode(), digest_size=12).hexdigest()
        yield Sending({intent.key: intent.payload or name.encode() for intent in intents})
        feeds = read_feeds(self._folder, self._books)
        change = decide(feeds, intents, self._homes, read_note(self._folder).writes)
        files = rewritten(feeds, change, self._books, self._now)
        asked = {intent.payload.decode() if intent.payload else name: None for intent in intents}
        try:
            if files:
                commit(self._folder, tuple(asked), files, feeds.hashes)
        except ConfigError as cause:
            raise TargetError(cause.title, cause.hint) from cause
        yield Answered(tuple(change.results))

    def _miss_none(self, feeds: Feeds, memory: bytes) -> None:
        """Raise where a feed of ours is gone as a whole: told by the last look, or by the feed of all."""
        missing = {name for slug in self._books for name in names_of(slug)} - feeds.parts.keys()
        expected = _names(memory) if missing else set()
        for component in feeds.parts[EVERYTHING].components if missing and EVERYTHING in feeds.parts else ():
            marker = Marker.parse(component.text(MARKER))
            if marker is not None:
                expected.add(names_of(self._homes.get(marker.key, marker.key.partition("/")[0]))[0])
        for name in sorted(expected & missing):
            raise TargetError(
                f"{self._folder / name} is gone, with all that was in it.",
                "Bring it back, or write it anew from the roadmap with roadmap-sync export.",
            )


def _names(memory: bytes) -> set[str]:
    """Return the feeds that held something at the last look."""
    return set(memory.decode("utf-8", "replace").splitlines())
