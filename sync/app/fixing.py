"""One misread line, put right: an override in the front matter, and what it changes."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from sync.app.adding import write_file
from sync.app.library import Loaded, find, load_bytes
from sync.app.remembering import memory
from sync.app.run import Run
from sync.errors import RoadmapUnreadable, UsageError
from sync.model import Item, Role, Schedule
from sync.reading.corrections import by_line, collapsed
from sync.reading.decoding import decode, read_bytes, split_lines
from sync.reading.frontmatter import read_front_matter, with_options
from sync.reading.options import CHOOSABLE_ROLES, Override
from sync.reading.spelling import did_you_mean

MOST_GROWTH = 8
"""How many lines the front matter may grow by: one override, and its frame where there was none."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says about a line; at least one thing."""

    role: str | None = None
    date: dt.date | None = None
    end: dt.date | None = None
    """The last day, inclusive; only beside `date`."""
    skip: bool = False

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.role or self.date or self.skip)


@dataclass(frozen=True, slots=True)
class Side:
    """A line as it is read at one time."""

    line: int
    """Its number then; the front matter above it may have grown since."""
    role: Role
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A corrected line, before and after."""

    path: Path
    text: str
    before: Side
    after: Side
    schedule: Schedule
    """As the file reads now."""


def fix(run: Run, place: str, correction: Correction) -> Fixed:
    """Write a correction into the front matter of a roadmap; `place` is FILE:LINE.

    Raises UsageError for a place that does not exist or a correction that says nothing or contradicts
    itself, RoadmapUnreadable and ConfigError where the file cannot be read or written.
    """
    file, line = split_place(place)
    _check(correction)
    path = find(run.config, [file], run.cwd)[0]
    raw = read_bytes(path)
    with memory(run.state) as known:
        before = load_bytes(run, path, raw, known)
        text = _text_of(before, line)
        written, moved = _with_override(decode(raw, path.name), before, line, correction)
        after = load_bytes(run, path, written.encode(), known)
    if after.lines[moved - 1 :] != before.lines[line - 1 :]:
        raise RoadmapUnreadable(
            f"The text of {path.name} is damaged, and would be repaired differently with a correction in it.",
            "Repair the file first with `roadmap-sync add FILE --replace`, then correct the line.",
        )
    read_as = after.schedule.receipts[moved - 1].role
    if correction.role is not None and read_as != correction.role:
        raise UsageError(
            f"Line {line} of {path.name} cannot be read as {correction.role}: it stays {read_as}.",
            "Write it as a line of its own, for example in a list; or leave it out with `--skip`.",
        )
    write_file(path.parent, path.name, written.encode())
    return Fixed(path, text, _side(before, line), _side(after, moved), after.schedule)


def split_place(place: str) -> tuple[str, int]:
    """The file and the line of FILE:LINE. Raises UsageError."""
    file, colon, line = place.rpartition(":")
    if not (colon and file and line.isascii() and line.isdigit() and int(line) > 0):
        raise UsageError(f"{place} is no place in a file.", "Write it as FILE:LINE, for example plan.md:12.")
    return file, int(line)


def _check(correction: Correction) -> None:
    if not correction and correction.end is None:
        raise UsageError("Nothing to correct was said.", "Add `--role R`, `--date D` or `--skip`.")
    if correction.role is not None and correction.role not in CHOOSABLE_ROLES:
        roles = ", ".join(CHOOSABLE_ROLES)
        hint = did_you_mean(correction.role, CHOOSABLE_ROLES) or f"The roles are {roles}."
        raise UsageError(f"There is no role {correction.role}.", hint)
    if correction.end is not None and correction.date is None:
        raise UsageError("An end alone dates nothing.", "Give the first day too, with `--date D`.")
    if correction.date is not None and correction.end is not None and correction.end < correction.date:
        raise UsageError(
            f"{correction.end} is before {correction.date}.", "Give `--date` the first day, `--end` the last."
        )


def _text_of(loaded: Loaded, line: int) -> str:
    """The words of a line, as an override names it. Raises UsageError for one that has none."""
    name = loaded.path.name
    if line > len(loaded.lines) or not loaded.lines[line - 1].strip():
        raise UsageError(
            f"Line {line} of {name} holds no text.",
            f"Give a line from 1 to {len(loaded.lines)} that has words.",
        )
    if line <= read_front_matter(loaded.lines).lines:
        raise UsageError(f"Line {line} of {name} is front matter.", "Edit it in the file itself.")
    return collapsed(loaded.lines[line - 1])


def _with_override(whole: str, loaded: Loaded, line: int, said: Correction) -> tuple[str, int]:
    """The document with the override, and the line's number after that."""
    front = read_front_matter(loaded.lines)
    applying = by_line(loaded.lines, front.lines, front.options.overrides)
    earlier = applying.get(line)
    # what was said of this line alone is said anew; what holds for others too stays, and the last one counts
    only_here = earlier is not None and list(applying.values()).count(earlier) == 1
    kept = [each for each in front.options.overrides if not (only_here and each == earlier)]
    made = _override(collapsed(loaded.lines[line - 1]), said, earlier)
    # the override names the line's number in the file that it makes longer itself
    for grown in (*range(MOST_GROWTH + 1), *range(-1, -front.lines, -1)):
        moved = [_moved(each, grown) for each in (*kept, replace(made, line=line))]
        written = with_options(whole, {"overrides": tuple(moved)})
        if read_front_matter(split_lines(written)).lines - front.lines == grown:
            return written, line + grown
    raise RoadmapUnreadable(
        "The front matter cannot take the correction.", "Add it under `overrides:` there by hand."
    )


def _override(text: str, said: Correction, earlier: Override | None) -> Override:
    """The override of a line; what was said of it earlier and is not contradicted still holds."""
    if said.skip or earlier is None or earlier.skip:
        return Override(text, None, said.date, said.end, said.skip, said.role)
    day, end = (said.date, said.end) if said.date is not None else (earlier.date, earlier.end)
    return Override(text, None, day, end, skip=False, role=said.role or earlier.role)


def _moved(override: Override, grown: int) -> Override:
    """An override whose line moves with the text when the front matter grows."""
    return override if override.line is None else replace(override, line=max(1, override.line + grown))


def _side(loaded: Loaded, line: int) -> Side:
    """How a line is read; occurrences of a series are not listed beside it."""
    items = tuple(item for item in loaded.schedule.items if item.source.line == line and "@" not in item.key)
    return Side(line, loaded.schedule.receipts[line - 1].role, items)
