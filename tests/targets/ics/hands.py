"""Feeds in a folder, and the hands of a person with a text editor."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sync.errors import RetryLater
from sync.remote import Answered, Event, Intent, Marker, Target
from sync.targets.ics.feed import feeds
from sync.targets.ics.files import write_files
from sync.targets.ics.parsing import Component, Parts, normalised, parts
from sync.targets.ics.target import IcsTarget
from tests.contract.worlds import AT
from tests.targets.ics.plans import plan

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
PROPERTIES = {"title": "SUMMARY", "notes": "DESCRIPTION"}
DENTIST = (
    "BEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260107\r\n"
    "SUMMARY:Dentist\r\nEND:VEVENT\r\n"
)


class Lossy(IcsTarget):
    """A target whose answers get lost, as those of a run that dies do."""

    lost: Iterator[None] = iter(())

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        for event in super().write(intents):
            if isinstance(event, Answered) and next(self.lost, "none") is None:
                raise RetryLater("No answer came.", "Push again.")
            yield event


class IcsWorld:
    """A folder of feeds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lost: Iterator[None] = iter(())

    def target(self) -> Target:
        made = Lossy(self.folder, now=NOW)
        made.lost = self.lost
        return made

    def tick(self, key: str) -> None:
        self.rewrite(
            key,
            lambda block: block.replace(
                b"STATUS:NEEDS-ACTION", f"STATUS:COMPLETED\r\nCOMPLETED:{AT:%Y%m%dT%H%M%SZ}".encode()
            ),
        )

    def edit(self, key: str, field: str, value: str) -> None:
        name = PROPERTIES[field]

        def changed(block: bytes) -> bytes:
            bare = re.sub(rb"\r\n%s[;:][^\r]*(\r\n [^\r]*)*" % name.encode(), b"", block)
            return bare.replace(b"\r\nEND:V", f"\r\n{name}:{value}\r\nEND:V".encode())

        self.rewrite(key, changed)

    def delete(self, key: str) -> None:
        self.rewrite(key, lambda block: b"")

    def add_foreign(self) -> None:
        self.insert(DENTIST.format("dentist"))

    def foreign(self) -> object:
        return [
            each.block
            for path in sorted(self.folder.glob("*.ics"))
            for each in self.parts(path).components
            if each.kind != "VTIMEZONE" and marker_of(each) is None
        ]

    def refuse(self, key: str) -> None:
        self.insert(DENTIST.format(f"uid-{key.partition('/')[2]}"))

    def lose(self, requests: int) -> None:
        self.lost = iter([None] * requests)

    # What tests of files do beside.

    def insert(self, block: str, name: str = "plan.ics") -> None:
        """Put a component into a feed; where there is none, into an empty one."""
        if not (self.folder / name).exists():
            made = feeds([plan(start=None)], previous=lambda _: None, now=NOW)
            write_files(self.folder, [(each.name, each.bytes) for each in made])
        path = self.folder / name
        path.write_bytes(path.read_bytes().replace(b"END:VCALENDAR", block.encode() + b"END:VCALENDAR"))

    def rewrite(self, key: str, changed: Callable[[bytes], bytes]) -> None:
        """Change every component of an item, in all files."""
        for path in self.folder.glob("*.ics"):
            data = path.read_bytes()
            for each in self.parts(path).components:
                if key_of(each) == key:
                    data = data.replace(each.block, changed(each.block))
            path.write_bytes(data)

    def block(self, name: str, key: str) -> str:
        """The component of an item in one file."""
        found = [each for each in self.parts(self.folder / name).components if key_of(each) == key]
        return found[0].block.decode()

    def cut(self, name: str, key: str) -> None:
        """Take an item out of one file."""
        path = self.folder / name
        path.write_bytes(path.read_bytes().replace(self.block(name, key).encode(), b""))

    def parts(self, path: Path) -> Parts:
        return parts(normalised(path.read_bytes()))


def marker_of(component: Component) -> Marker | None:
    return Marker.parse(component.text("X-ROADMAP-SYNC"))


def key_of(component: Component) -> str | None:
    marker = marker_of(component)
    return None if marker is None else marker.key
