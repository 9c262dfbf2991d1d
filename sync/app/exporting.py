"""From roadmaps on disk to feeds on disk, doing nothing where nothing changed."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sync import __version__, reading
from sync.app.library import Loaded, find, in_folder
from sync.app.remembering import progress_token
from sync.app.run import Run
from sync.errors import RoadmapUnreadable
from sync.ledger.cache import Cache

if TYPE_CHECKING:
    from sync.model import Schedule

KIND = "export"
FORMAT = "1"
"""Moves when the same reading gives other feeds than before; another reader moves its own version."""
ALL = "all.ics"
ENDS = (".ics", ".tasks.ics")
"""What follows the slug in the names of the two feeds of a roadmap."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported, and to where."""

    folder: Path
    read: tuple[Path, ...]
    """Every file whose items are in `all.ics`."""
    named: tuple[Path, ...]
    """The files that get feeds of their own."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that has no feed, and what to do about it."""

    file: str
    code: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: the folder, the feeds it wrote there or found as they should be, and what went wrong."""

    folder: Path
    files: tuple[str, ...]
    changed: tuple[str, ...]
    errors: int = 0
    """How many errors were found in the documents; what is readable is exported all the same."""
    unread: tuple[Unread, ...] = ()
    kept: tuple[str, ...] = ()
    """Those of the feeds that stay as they were, because they hold a roadmap that cannot be read now."""


def selection(run: Run, names: Sequence[str], out: Path | None) -> Selection:
    """What to export: without a folder of its own, `all.ics` stays the feed of every roadmap.

    Raises RoadmapUnreadable for a name that is no roadmap, and ConfigError without a folder of roadmaps.
    """
    named = find(run.config, names, run.cwd)
    if out is not None or not names:
        return Selection(out or run.config.ics.out, tuple(named), tuple(named))
    every = {path.resolve(): path for path in [*in_folder(run.config), *named]}
    return Selection(run.config.ics.out, tuple(every.values()), tuple(named))


def export_feeds(run: Run, wanted: Selection) -> Exported:
    """Write the feeds of a selection. Raises RoadmapUnreadable and ConfigError; nothing is half-written."""
    # the documents are hashed before they are read: one that changes in between is exported again next time
    place, sources, cache = _place(wanted), _sources(run, wanted), Cache(run.state)
    try:
        before = cache.get(KIND, place)
        if before is not None:
            known = json.loads(before)
            digest = _digest(sources, progress_token(run.state))
            if known["digest"] == digest and _still(wanted.folder, known["files"]):
                return _as_before(wanted.folder, known)
        done, hashes, token = _export(run, wanted)
        facts = {**asdict(done), "folder": "", "digest": _digest(sources, token), "files": hashes}
        cache.put(KIND, place, json.dumps(facts).encode())
        return done
    finally:
        cache.close()


def _as_before(folder: Path, known: Mapping[str, Any]) -> Exported:
    unread = tuple(Unread(**each) for each in known["unread"])
    return Exported(folder, tuple(known["files"]), (), known["errors"], unread, tuple(known["kept"]))


def _export(run: Run, wanted: Selection) -> tuple[Exported, dict[str, str], str]:
    """Read, remember and write; with the hash of each feed, and the token of the progress in them."""
    from sync.app.library import load  # noqa: PLC0415 - an unchanged export reads nothing
    from sync.app.remembering import remember  # noqa: PLC0415
    from sync.model import Severity  # noqa: PLC0415

    loaded = load(run, wanted.read)
    fit = [each for each in loaded if each.exportable]
    if not fit:
        reason = loaded[0].schedule.problems[0]
        raise RoadmapUnreadable(reason.message, reason.suggestion)
    schedules, token = remember(run.state, [each.schedule for each in fit], run.now)
    own = [each.schedule.slug for each in fit if each.path in wanted.named]
    lost = {each.schedule.slug for each in loaded if not each.lines} - {each.slug for each in schedules}
    kept = _kept(sorted(lost), wanted.folder)
    made, changed = _write(run, schedules, own, wanted.folder, kept)
    problems = [problem for each in loaded for problem in each.schedule.problems]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    unread = tuple(_unread(each) for each in loaded if not each.exportable)
    hashes = {name: _hash(data) for name, data in {**made, **kept}.items()}
    return Exported(wanted.folder, tuple(hashes), tuple(changed), errors, unread, tuple(kept)), hashes, token


def _unread(loaded: Loaded) -> Unread:
    reason = loaded.schedule.problems[0]
    return Unread(loaded.schedule.file, reason.code, reason.message, reason.suggestion)


def _kept(unread: Sequence[str], folder: Path) -> dict[str, bytes]:
    """The feeds on disk that hold roadmaps which cannot be read now; without them, nothing is kept.

    The feed of all is one of them: a file that is damaged for an hour must not empty a calendar.
    """
    from sync.targets.ics.files import read_file  # noqa: PLC0415 - an unchanged export writes nothing

    own = [f"{slug}{end}" for slug in unread for end in ENDS]
    there = {name: data for name in own if (data := read_file(folder, name)) is not None}
    everything = read_file(folder, ALL) if there else None
    return there if everything is None else {**there, ALL: everything}


def _write(
    run: Run, schedules: Sequence["Schedule"], own: Sequence[str], folder: Path, kept: Collection[str]
) -> tuple[dict[str, bytes], list[str]]:
    """Write the feeds of the roadmaps in `own` and of all; with the names of those that changed."""
    from sync.targets.ics.feed import feeds  # noqa: PLC0415 - an unchanged export writes nothing
    from sync.targets.ics.files import read_file, write_files  # noqa: PLC0415

    names = {ALL, *(f"{slug}{end}" for slug in own for end in ENDS)} - set(kept)
    made = feeds(schedules, previous=lambda name: read_file(folder, name), now=run.now)
    files = {feed.name: feed.bytes for feed in made if feed.name in names}
    return files, write_files(folder, files.items())


def _place(wanted: Selection) -> str:
    """A name for this selection; the next export of the same one takes the place of this one."""
    parts = [str(wanted.folder), *map(str, wanted.read), "", *map(str, wanted.named)]
    return _hash("\x00".join(parts).encode())


def _sources(run: Run, wanted: Selection) -> str:
    """A hash over what the feeds are made from, but for the ledger: documents, configuration, day, versions."""
    config = run.config
    versions = [__version__, FORMAT, str(reading.VERSION)]
    facts = [config.timezone, repr(config.slots), run.today.isoformat()]
    digest = blake2b("\x1f".join([*versions, *facts]).encode(), digest_size=16)
    for path in wanted.read:
        digest.update(blake2b(_bytes_or_reason(path), digest_size=16).digest())
    return digest.hexdigest()


def _digest(sources: str, token: str) -> str:
    return _hash(f"{sources}\x1f{token}".encode())


def _bytes_or_reason(path: Path) -> bytes:
    from sync.reading.decoding import read_bytes  # noqa: PLC0415 - the door for files; loads no parser

    try:
        return read_bytes(path)
    except RoadmapUnreadable as error:
        return error.title.encode()


def _still(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether the feeds on disk are those that were written."""
    try:
        return all(_hash((folder / name).read_bytes()) == known for name, known in files.items())
    except OSError:
        return False


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


class ServedFeeds:
    """The feeds of the configured roadmaps, kept fresh for the server.

    `run` gives the world as it is when it is called: a server outlives days and configurations.
    """

    def __init__(self, run: Callable[[], Run]) -> None:
        self._run = run
        self._feeds: dict[str, bytes] = {}
        self.errors = 0
        """How many errors the last export found in the documents."""

    def refresh(self) -> None:
        """Export again where a roadmap or the ledger changed. Raises RoadmapSyncError where that fails."""
        run = self._run()
        done = export_feeds(run, selection(run, (), None))
        self.errors = done.errors
        if done.changed or set(done.files) != self._feeds.keys():
            from sync.targets.ics.files import read_file  # noqa: PLC0415 - `export` itself needs none of it

            read = {name: read_file(done.folder, name) for name in done.files}
            self._feeds = {name: data for name, data in read.items() if data is not None}

    def feeds(self) -> Mapping[str, bytes]:
        """The feeds by file name."""
        return self._feeds
