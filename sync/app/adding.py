"""A pasted document becomes a roadmap of its own: repaired, without the talk, with front matter."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from sync.app.composing import composed, merged_header, numbered_as_before, without_talk
from sync.app.library import Loaded, Memory, load_bytes, of_slug
from sync.app.naming import checked_name, name_from
from sync.app.remembering import handed_over, memory
from sync.app.run import Run
from sync.errors import ConfigError, RoadmapUnreadable, UsageError
from sync.model import Item
from sync.reading.decoding import decode, read_bytes, split_lines
from sync.reading.frontmatter import read_front_matter


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said, or a script gave as options, about a document that is added."""

    slug: str | None = None
    start: date | None = None
    event_date: date | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something the document does not say and `add` asks."""

    name: str
    """The field of `Answers`."""
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that may be added, as it would be read."""

    file: Path
    raw: bytes
    answers: Answers
    target: Path
    """Where it will be written."""
    slug: str
    header: tuple[str, ...]
    """The lines of front matter that it will have, but for the answers."""
    understood: Loaded
    """The document with its answers, lines numbered as in `file`."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a document."""

    target: Path
    original: Path
    loaded: Loaded
    """As the file that was written reads."""
    before: tuple[Item, ...] | None
    """The items of the version that was replaced, None where there was none."""
    talk_kept: bool
    """Whether the chat talk had to stay, because the plan would read differently without it."""


def draft(run: Run, file: Path, answers: Answers, *, replace_old: bool) -> Draft:
    """Read a document that may be added, and settle its name.

    The front matter of an earlier version is kept; what the document brings itself goes before it.
    Raises RoadmapUnreadable for a file that is no text, UsageError for a name that cannot be a slug or
    that another roadmap has while `replace_old` is not asked for.
    """
    raw = read_bytes(file)
    with memory(run.state) as known:
        plain = load_bytes(run, file, raw, known)
    front = read_front_matter(plain.lines)
    slug = checked_name(answers.slug or front.options.slug or name_from(plain.schedule.title))
    renamed = handed_over(run.state).get(slug)
    if renamed is not None:
        raise UsageError(
            f"{slug} is the former name of {renamed}, and its items are known by it.",
            f"Add `--slug {renamed} --replace` if this is a newer version of it, else `--slug NAME`.",
        )
    target = of_slug(run.config, slug) or run.config.roadmaps / f"{slug}.md"
    if target.exists() and not replace_old:
        raise UsageError(
            f"There is a roadmap called {slug} already, in {target}.",
            "Add `--replace` to put this version in its place, or `--slug NAME` for another name.",
        )
    header = merged_header(plain.lines, _lines_before(target))
    return with_answers(run, Draft(file, raw, answers, target, slug, header, plain), answers)


def _lines_before(target: Path) -> list[str]:
    """The lines of the version that will be replaced; none where there is none that can be read."""
    try:
        return split_lines(decode(read_bytes(target), target.name))
    except RoadmapUnreadable:
        return []


def with_answers(run: Run, made: Draft, answers: Answers) -> Draft:
    """The draft as it reads with these answers. Raises UsageError for answers that contradict the document."""
    made = replace(made, answers=answers)
    before = read_front_matter(made.understood.lines).lines
    text = _text(made, made.understood.lines[before:])
    with memory(run.state) as known:
        full = load_bytes(run, made.file, text.encode(), known, made.slug)
    schedule = numbered_as_before(full.schedule, before, read_front_matter(full.lines).lines)
    return replace(made, understood=replace(made.understood, schedule=schedule))


def questions(made: Draft) -> list[Question]:
    """What to ask about a document, at most three things: only what decides where its items go."""
    codes = {problem.code for problem in made.understood.schedule.problems}
    asked = []
    if "no-start" in codes:
        asked.append(Question("start", "When does this plan start?"))
    if "no-event-date" in codes:
        asked.append(Question("event_date", "When is the event it counts down to?"))
    if codes & {"ambiguous-zone", "unknown-zone"}:
        asked.append(Question("timezone", "In which time zone is it meant, for example Africa/Nairobi?"))
    return asked


def written(run: Run, made: Draft) -> Added:
    """Write a repaired copy of the document into the roadmaps, without the talk around it.

    The bytes as they came are kept in the state folder. Raises ConfigError where a folder cannot be written.
    """
    with memory(run.state) as known:
        text, talk_kept = _final_text(run, made, known)
        before = _items_before(run, made, known)
        loaded = load_bytes(run, made.target, text.encode(), known)
    kept = f"{made.slug}-{blake2b(made.raw, digest_size=6).hexdigest()}{made.file.suffix or '.txt'}"
    original = write_file(run.state / "originals", kept, made.raw, private=True)
    target = write_file(made.target.parent, made.target.name, text.encode())
    return Added(target, original, loaded, before, talk_kept)


def _final_text(run: Run, made: Draft, known: Memory) -> tuple[str, bool]:
    """The text to be written, and whether the talk had to stay in it."""
    understood, lines = made.understood.schedule, made.understood.lines
    header = read_front_matter(lines).lines
    body = without_talk(lines[header:], [receipt.role for receipt in understood.receipts[header:]])
    reread = load_bytes(run, made.target, _text(made, body).encode(), known, made.slug).schedule
    talk_kept = _told(reread.items) != _told(understood.items)
    if talk_kept:
        body = list(lines[header:])
    # a text without a title is called after its file, and that has another name now
    title = understood.title if reread.title != understood.title else None
    return _text(made, body, title), talk_kept


def _text(made: Draft, body: Sequence[str], title: str | None = None) -> str:
    """The document under its front matter, with the answers in it."""
    said = read_front_matter(made.header).options.slug
    is_clear = said == made.slug or (said is None and made.target.stem == made.slug)
    answers = made.answers
    options = {
        "slug": None if is_clear else made.slug,
        "title": title,
        "start": answers.start,
        "event_date": answers.event_date,
        "timezone": answers.timezone,
    }
    return composed(made.header, body, options)


def _items_before(run: Run, made: Draft, known: Memory) -> tuple[Item, ...] | None:
    """The items of the version that will be replaced; none where it cannot be read."""
    if not made.target.exists():
        return None
    try:
        return load_bytes(run, made.target, read_bytes(made.target), known).schedule.items
    except RoadmapUnreadable:
        return ()


def _told(items: Sequence[Item]) -> list[list[object]]:
    """What items say, without where they stand in the file."""
    names = [each.name for each in fields(Item) if each.name not in {"source", "guessed"}]
    return [[getattr(item, name) for name in names] for item in items]


def write_file(folder: Path, name: str, data: bytes, *, private: bool = False) -> Path:
    """Write a file as a whole or not at all; a private one and its folders are for its owner alone."""
    try:
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".add-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(temporary).chmod(0o600 if private else 0o644)
            Path(temporary).replace(folder / name)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(
            f"{folder / name} cannot be written: {error.strerror}.",
            "Check the folder's permissions, or name another one in the configuration.",
        ) from error
    return folder / name
