"""The roadmaps on disk: finding them, reading them, scheduling them with what is remembered of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sync.app.run import Run
from sync.config.settings import Config
from sync.errors import ConfigError, RoadmapUnreadable

if TYPE_CHECKING:
    from sync.model import Problem, Schedule
    from sync.scheduling.identity import Known

SUFFIXES = (".md", ".markdown", ".txt")
NAMED_IN_HINT = 12
"""How many known roadmaps a hint lists."""
TAKEN = "all"
"""No roadmap can have this slug: it is the name of the feed that holds every roadmap."""

Memory = Callable[[str], Sequence["Known"]]
"""Slug to the keys given to that roadmap before."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One roadmap, read and scheduled."""

    path: Path
    lines: tuple[str, ...]
    """The repaired text."""
    repaired: str
    """What was repaired, in one line; empty where nothing was."""
    schedule: "Schedule"
    exportable: bool = True
    """False where nothing could be read, or where its slug is another's; a problem says why."""


# --- finding ---


def find(config: Config, names: Sequence[str], cwd: Path) -> list[Path]:
    """The files of the roadmaps named by slug or path; all of the configured folder where none is named.

    A file that is named twice comes once. A path is taken as it is, whether or not a file is there.
    Raises RoadmapUnreadable for a name that is no roadmap, and ConfigError without a folder of roadmaps
    or for one that cannot be looked into.
    """
    if names:
        return list({path.resolve(): path for path in (_named(config, name, cwd) for name in names)}.values())
    found = in_folder(config)
    if not found and not config.roadmaps.is_dir():
        raise ConfigError(
            f"There is no folder of roadmaps at {config.roadmaps}.",
            "Add one with `roadmap-sync add FILE`, or name the folder as `roadmaps` in the configuration.",
        )
    if not found:
        raise RoadmapUnreadable(
            f"The folder {config.roadmaps} holds no roadmap.", "Add one with `roadmap-sync add FILE`."
        )
    return found


def in_folder(config: Config) -> list[Path]:
    """The files of the configured folder that may be roadmaps, in the order of their names.

    None where there is no such folder. Raises ConfigError where it cannot be looked into.
    """
    try:
        return sorted(path for path in config.roadmaps.iterdir() if _may_be_roadmap(path))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ConfigError(
            f"{config.roadmaps} cannot be looked into: {error.strerror}.",
            "Give yourself access to it, or name another folder as `roadmaps` in the configuration.",
        ) from error


def _may_be_roadmap(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def is_there(path: Path) -> bool:
    """Whether there is such a file; True for one that may not be looked at, which is not gone for that."""
    try:
        return path.is_file()
    except PermissionError:
        return True


def known_names(config: Config) -> list[str]:
    """The names by which the roadmaps of the configured folder can be called, without reading them."""
    return sorted({path.stem for path in in_folder(config)})


def _named(config: Config, name: str, cwd: Path) -> Path:
    path = cwd / name
    # a path is looked at by whoever reads it, and says then what is wrong with it
    if "/" in name or path.suffix.lower() in SUFFIXES or is_there(path):
        return path
    found = of_slug(config, name) or (path if path.exists() else None)
    if found is None:
        raise _unknown(config, name)
    return found


def of_slug(config: Config, name: str) -> Path | None:
    """The file of the configured folder that has this slug: by its own name, else by its front matter."""
    paths = in_folder(config)
    return next((path for path in paths if path.stem == name), None) or next(
        (path for path in paths if _written_slug(path) == name), None
    )


def _written_slug(path: Path) -> str | None:
    """The slug in a file's front matter; None where there is none, or no text at all."""
    from sync.reading.decoding import decode, read_bytes, split_lines  # noqa: PLC0415 - only for a name that is no file
    from sync.reading.frontmatter import read_front_matter  # noqa: PLC0415

    try:
        return read_front_matter(split_lines(decode(read_bytes(path), path.name))).options.slug
    except RoadmapUnreadable:
        return None


def _unknown(config: Config, name: str) -> RoadmapUnreadable:
    from sync.reading.spelling import did_you_mean  # noqa: PLC0415 - for mistakes only

    known = known_names(config)
    more = ", and more" if len(known) > NAMED_IN_HINT else ""
    listed = f"Known here: {', '.join(known[:NAMED_IN_HINT])}{more}." if known else ""
    hint = did_you_mean(name, known) or listed or "Add it with `roadmap-sync add FILE`."
    return RoadmapUnreadable(f"There is no roadmap called {name}.", hint)


# --- reading ---


def load(run: Run, paths: Iterable[Path]) -> list[Loaded]:
    """Read and schedule some files; one that cannot be read does not hide the others.

    It stands among them without lines and with an error as its only problem.
    Raises RoadmapUnreadable where not one of them can be read.
    """
    from sync.app.remembering import handed_over, memory  # noqa: PLC0415 - finding alone needs no ledger

    with memory(run.state) as known:
        loaded = [_attempted(run, path, known) for path in run.counting("Reading", list(paths))]
    if not any(each.lines for each in loaded):
        reason = loaded[0].schedule.problems[0]
        raise RoadmapUnreadable(reason.message, reason.suggestion)
    return list(_with_slugs_of_their_own(loaded, handed_over(run.state)))


def _attempted(run: Run, path: Path, known: Memory) -> Loaded:
    from sync.model import Problem, Severity  # noqa: PLC0415 - an unchanged export reads nothing

    try:
        return _load_one(run, path, known)
    except RoadmapUnreadable as error:
        return _refused(run, path, Problem(0, Severity.ERROR, error.code, error.title, error.hint))


def _refused(run: Run, path: Path, problem: "Problem") -> Loaded:
    from sync.model import Schedule  # noqa: PLC0415
    from sync.scheduling.identity import slug  # noqa: PLC0415

    name = slug(path.stem) or path.name
    zone = run.config.timezone
    schedule = Schedule(name, path.name, shown(path, run.cwd), zone, None, None, (), (), (problem,))
    return Loaded(path, (), "", schedule, exportable=False)


def _with_slugs_of_their_own(loaded: Sequence[Loaded], renames: Mapping[str, str]) -> Iterator[Loaded]:
    """The first roadmap of a slug keeps it; keys and feeds of a second would fall into one with it.

    Nobody gets one that was renamed: its keys begin with it as before, and belong to the new name.
    """
    owners = {old: f"the former name of {new}" for old, new in renames.items()}
    owners[TAKEN] = "the feed of all roadmaps"
    for each in loaded:
        name = each.schedule.slug
        if each.lines and name in owners:
            yield _without_slug(each, owners[name])
        else:
            owners.setdefault(name, each.schedule.file)
            yield each


def _without_slug(loaded: Loaded, owner: str) -> Loaded:
    from sync.model import Problem, Severity  # noqa: PLC0415

    made = loaded.schedule
    told = f"{made.file} would be called {made.slug}, which is {owner}."
    mend = "Give it another `slug` in its front matter, or another file name."
    problem = Problem(0, Severity.ERROR, "slug-taken", told, mend)
    return replace(loaded, schedule=replace(made, problems=(problem, *made.problems)), exportable=False)


def _load_one(run: Run, path: Path, known: Memory) -> Loaded:
    from sync.reading.decoding import read_bytes  # noqa: PLC0415 - an unchanged export reads nothing

    return load_bytes(run, path, read_bytes(path), known)


def load_bytes(run: Run, path: Path, raw: bytes, known: Memory, name: str = "") -> Loaded:
    """Read and schedule the bytes of a file; `name` is its slug, else its front matter's or the file's.

    Raises RoadmapUnreadable for bytes that are no text.
    """
    from sync.reading.decoding import decode, split_lines  # noqa: PLC0415
    from sync.reading.reader import read_lines  # noqa: PLC0415
    from sync.reading.repair import repair  # noqa: PLC0415
    from sync.scheduling.expand import schedule  # noqa: PLC0415
    from sync.scheduling.identity import slug  # noqa: PLC0415
    from sync.scheduling.settings import Settings  # noqa: PLC0415

    # the file is named in messages, its stem names a roadmap without a title
    text = repair(split_lines(decode(raw, path.name)))
    roadmap = read_lines(text.lines, path.stem)
    name = name or roadmap.options.slug or slug(path.stem) or "roadmap"
    slots = run.config.slots
    made = schedule(
        roadmap,
        name=name,
        file=shown(path, run.cwd),
        today=run.today,
        settings=Settings(run.config.timezone, slots.weekday, slots.saturday, slots.sunday),
        known=known(name),
    )
    return Loaded(path, text.lines, _told(text.codec, len(text.repairs)), made)


def shown(path: Path, cwd: Path) -> str:
    """The path as a person would write it from where they stand."""
    try:
        return path.resolve().relative_to(cwd.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def _told(codec: str | None, count: int) -> str:
    if not count:
        return ""
    how = f"text that had been read as {codec}" if codec else "damaged text"
    return f"{count} line{'s' if count != 1 else ''} of {how}"
