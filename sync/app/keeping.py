"""What is kept between runs: the last reading of each roadmap, for commands without a parser; and the log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sync import __version__, reading
from sync.app.library import find, in_folder, is_there
from sync.app.run import Run
from sync.errors import RoadmapUnreadable
from sync.ledger.schedules import Schedules
from sync.ledger.store import FILE, open_ledger

if TYPE_CHECKING:
    from sync.app.library import Loaded

FORMAT = "1"
"""Moves when the same reading gives other items than before; another reader moves its own version."""

Complaint = tuple[str, str]
"""What is wrong with a file that gave nothing, and what to do about it."""


# --- the last readings ---


def refresh(run: Run, named: Iterable[Path] = ()) -> list[Complaint]:
    """Read again what changed since its last reading, and nothing where nothing did.

    The roadmaps are those of the folder, those outside it that were pushed by their path, and those that
    are named. Files that cannot be read do not hide the others; they are what is given back. Raises
    RoadmapUnreadable where no roadmap at all can be read, and ConfigError without a folder of roadmaps.
    """
    kept = _kept(run.state)
    others = [*_still_there(kept), *named]
    paths = unique([*in_folder(run.config), *others]) or find(run.config, (), run.cwd)
    good = {stamp for _, stamp in kept.values()}
    stale = [path for path in paths if stamp_of(run, path) not in good]
    _drop_vanished(run.state, kept)
    try:
        return complaints(_reread(run, paths, stale, kept)) if stale else []
    except RoadmapUnreadable as error:
        if not others:
            raise
        return [(error.title, error.hint)]


def existing(run: Run) -> list[Path]:
    """Every roadmap there is: those of the folder, and those outside it that were pushed by their path."""
    return unique([*in_folder(run.config), *_still_there(_kept(run.state))])


def _still_there(kept: Mapping[str, tuple[str, str]]) -> list[Path]:
    return [Path(file) for file, _ in kept.values() if is_there(Path(file))]


def _reread(
    run: Run, paths: Sequence[Path], stale: Sequence[Path], kept: Mapping[str, tuple[str, str]]
) -> list["Loaded"]:
    """Read what changed; everything where a file took the name of another one, so that one order decides."""
    from sync.app.library import load  # noqa: PLC0415 - loads the parser

    slugs = {each.schedule.slug for each in load(run, stale)}
    owners = {Path(kept[slug][0]) for slug in slugs & kept.keys()}
    contested = owners & (set(paths) - set(stale))
    return read(run, paths if contested else stale)


def read(run: Run, paths: Sequence[Path]) -> list["Loaded"]:
    """Read some roadmaps, remember their keys and marks, and keep the readings; with all that is done by now.

    Raises RoadmapUnreadable where not one of them can be read, LedgerError and Busy.
    """
    from sync.app.library import load  # noqa: PLC0415
    from sync.app.remembering import remember  # noqa: PLC0415

    # taken before the reading: a document that changes in between is read again next time
    stamps = {path: stamp_of(run, path) for path in paths}
    loaded = load(run, paths)
    fit = [each for each in loaded if each.exportable]
    known, _ = remember(run.state, [each.schedule for each in fit], run.now)
    with open_ledger(run.state) as ledger, ledger.transaction():
        for each, schedule in zip(fit, known, strict=True):
            whole = replace(schedule, file=str(each.path.resolve()))
            Schedules(ledger).save(whole, stamps[each.path])
    done = iter(known)
    return [replace(each, schedule=next(done)) if each.exportable else each for each in loaded]


def readable(loaded: Sequence["Loaded"]) -> Sequence["Loaded"]:
    """Those that can be scheduled. Raises RoadmapUnreadable where there is none."""
    fit = [each for each in loaded if each.exportable]
    if not fit:
        title, hint = complaints(loaded)[0]
        raise RoadmapUnreadable(title, hint)
    return fit


def complaints(loaded: Iterable["Loaded"]) -> list[Complaint]:
    """What is wrong with the files that gave nothing."""
    problems = [each.schedule.problems[0] for each in loaded if not each.exportable]
    return [(problem.message, problem.suggestion) for problem in problems]


def stamp_of(run: Run, path: Path) -> str:
    """What moves whenever a file would be read differently: its bytes, the configuration, the program.

    The year belongs to it because dates without one are read as those of the nearest.
    """
    config = run.config
    versions = [__version__, FORMAT, str(reading.VERSION)]
    facts = [config.timezone, repr(config.slots), str(run.today.year), str(path), text_hash(path)]
    return blake2b("\x1f".join([*versions, *facts]).encode(), digest_size=16).hexdigest()


def text_hash(path: Path) -> str:
    """A hash of the bytes of a document, or of why it cannot be read."""
    from sync.reading.decoding import read_bytes  # noqa: PLC0415 - the door for files; loads no parser

    try:
        data = read_bytes(path)
    except RoadmapUnreadable as error:
        data = error.title.encode()
    return blake2b(data, digest_size=16).hexdigest()


def _kept(state: Path) -> Mapping[str, tuple[str, str]]:
    """Slug to file and stamp of every reading."""
    if not (state / FILE).exists():
        return {}
    with open_ledger(state) as ledger:
        return Schedules(ledger).stamps()


def _drop_vanished(state: Path, kept: Mapping[str, tuple[str, str]]) -> None:
    """Let go of the readings of files that are no longer there; keys, ticks and bindings stay."""
    vanished = [slug for slug, (file, _) in kept.items() if not is_there(Path(file))]
    if vanished:
        with open_ledger(state) as ledger, ledger.transaction():
            for slug in vanished:
                Schedules(ledger).drop(slug)


def unique(paths: Iterable[Path]) -> list[Path]:
    """The files, each once however it was named."""
    return list(dict.fromkeys(path.resolve() for path in paths))


@contextmanager
def borrowed(run: Run) -> Iterator[Run]:
    """The same run with a copy of its ledger, which may be written to and is thrown away."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - a tick borrows nothing

    with TemporaryDirectory(prefix="roadmap-sync-") as folder:
        if (run.state / FILE).exists():
            with open_ledger(run.state) as ledger:
                ledger.back_up(Path(folder, FILE))
        yield replace(run, state=Path(folder), lender=run.state)


# --- the log for others, and a roadmap's new name ---


class Log(NamedTuple):
    """The log of progress."""

    text: str
    entries: Sequence[Mapping[str, object]]
    file: Path | None
    """Where the text was written; None where it is to be printed."""


def export(run: Run, form: str, out: Path | None) -> Log:
    """The log as `jsonl` or `csv`, written to a file where one is named. Raises ConfigError and LedgerError."""
    import json  # noqa: PLC0415 - a tick exports nothing

    from sync.ledger.export import as_csv, as_json_lines  # noqa: PLC0415

    with borrowed(run) as copy, open_ledger(copy.state) as ledger:
        lines = list(as_json_lines(ledger))
        text = "".join(as_csv(ledger) if form == "csv" else lines)
    if out is not None:
        from sync.app.adding import write_file  # noqa: PLC0415

        out = write_file(out.parent, out.name, text.encode())
    return Log(text, tuple(map(json.loads, lines)), out)
