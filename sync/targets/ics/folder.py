"""A folder of feeds as it is now, taken apart."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sync.errors import ConfigError, TargetError
from sync.targets.ics.feed import ALL
from sync.targets.ics.files import read_file
from sync.targets.ics.note import hash_of
from sync.targets.ics.parsing import Line, NotACalendar, Parts, normalised, parts, unfolded
from sync.targets.ics.reading import Held, held_items
from sync.targets.ics.witness import is_ours

EVERYTHING = f"{ALL}.ics"
CALENDAR, TASKS = ".ics", ".tasks.ics"


@dataclass(frozen=True, slots=True)
class Feeds:
    """Every feed of ours in a folder; an absent file is absent here, too."""

    data: Mapping[str, bytes] = field(default_factory=dict)
    """File name to its bytes, with CRLF."""
    parts: Mapping[str, Parts] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    """File name to the hash of the bytes as they lie there."""
    held: Mapping[tuple[str, str], Held] = field(default_factory=dict)
    """Our items by key and UID."""

    def slugs(self) -> list[str]:
        """Return the roadmaps that have a feed here."""
        return sorted({slug_of(name) for name in self.parts if name != EVERYTHING})

    def filled(self) -> list[str]:
        """Return the feeds that hold items of ours, but for the one of all."""
        held = self.held.values()
        return sorted(
            {names_of(each.slug)[0] for each in held if each.events}
            | {names_of(each.slug)[1] for each in held if each.tasks}
        )

    def title(self, slug: str) -> str:
        """Return what the calendar of a roadmap is called, empty where there is none."""
        found = self.parts.get(f"{slug}{CALENDAR}")
        lines = map(Line.of, unfolded(found.head)) if found else ()
        return next((line.text for line in lines if line is not None and line.name == "NAME"), "")


def slug_of(name: str) -> str:
    """Return the roadmap that a file belongs to."""
    return name.removesuffix(TASKS) if name.endswith(TASKS) else name.removesuffix(CALENDAR)


def names_of(slug: str) -> tuple[str, str]:
    """Return the files of a roadmap: its calendar and its tasks."""
    return f"{slug}{CALENDAR}", f"{slug}{TASKS}"


def read_feeds(folder: Path, slugs: Iterable[str]) -> Feeds:
    """Read every feed of ours; `slugs` are the roadmaps whose files must be ours.

    Files of other names are read where they carry a line of ours, and left alone where not.
    Raises `TargetError` for a file that holds no whole calendar, or somebody else's.
    """
    expected = {name for slug in slugs for name in names_of(slug)}
    data: dict[str, bytes] = {}
    found: dict[str, Parts] = {}
    hashes: dict[str, str] = {}
    for name in _files(folder):
        raw = _bytes(folder, name)
        if raw is None:
            continue
        text = normalised(raw)
        parted = _everything(folder, text) if name == EVERYTHING else _parts(folder, name, text, expected)
        hashes[name] = hash_of(raw)
        if parted is not None:
            data[name], found[name] = text, parted
    held: dict[tuple[str, str], Held] = {}
    for slug in sorted({slug_of(name) for name in found if name != EVERYTHING}):
        calendar, tasks = names_of(slug)
        for place, item in held_items(slug, found.get(calendar), found.get(tasks)).items():
            held.setdefault(place, item)
    return Feeds(data, found, hashes, held)


def _files(folder: Path) -> list[str]:
    try:
        names = {path.name for path in folder.iterdir() if path.suffix == CALENDAR}
    except FileNotFoundError:
        return []
    except OSError as cause:
        raise TargetError(
            f"The folder of feeds {folder} cannot be read: {cause.strerror}.",
            "Make it readable, or name another one as `out` under [ics] in config.toml.",
        ) from cause
    return sorted(names)


def _bytes(folder: Path, name: str) -> bytes | None:
    try:
        return read_file(folder, name)
    except ConfigError as cause:
        raise TargetError(cause.title, cause.hint) from cause


def _parts(folder: Path, name: str, data: bytes, expected: Collection[str]) -> Parts | None:
    """Take a feed apart; None where it is neither ours nor in the place of one that is."""
    if name not in expected and not is_ours(data):
        return None
    try:
        found = parts(data)
    except NotACalendar as cause:
        raise TargetError(
            f"{folder / name} is damaged: {cause}.",
            "Bring back an earlier copy of it, or write it anew from the roadmap with roadmap-sync export.",
        ) from cause
    if not is_ours(data):
        raise _foreign(folder / name)
    return found


def _everything(folder: Path, data: bytes) -> Parts | None:
    """Take the feed of all apart; a damaged one is None and made anew, since it only repeats the others."""
    if not is_ours(data):
        raise _foreign(folder / EVERYTHING)
    try:
        return parts(data)
    except NotACalendar:
        return None


def _foreign(path: Path) -> TargetError:
    return TargetError(
        f"{path} was not written by roadmap-sync.",
        "Move it elsewhere, or name another folder as `out` under [ics] in config.toml.",
    )
