"""The corpus: small roadmaps in text files, each with the reading that a careful person expects.

A case is a header of `key: value` lines, then parts that begin with `=== name`:

    says: one sentence about what the case shows
    row: 4.3 week_start        (a row of the dialects; several, with commas)
    today: 2026-01-05          (default 2026-01-01)
    zone: Europe/Berlin        (the person's zone, default UTC)
    independent: yes           (its top sections may stand in any order)
    exempt: bullets            (a law that cannot hold for this text)
    wanted: reason             (the expected reading does not come true yet)
    wanted law crlf: reason    (nor does this law)
    === document
    === items      kind | title | days | time | series | flags, in the order of the text
    === roles      role | words that stand in the line; only the lines that matter
    === problems   codes, without notes; no such part means that there are none

Days are `2026-01-05`, `2026-01-05..2026-01-11` (both inclusive) or `undated`; time is `19:00-20:30` or
`90 min`; a series is its rule, its number (`x12`, `x12+` where it goes on) and its last day. Flags: `tick`
(anything but a task that is ticked), `no tick` (a task that is not), `done`, `ticks` (a series whose
occurrences are ticked), `parent=TITLE`, `zone=ZONE`. Occurrences have no lines of their own.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from sync.model import Block, Item, Kind, Schedule, Severity
from sync.reading.reader import Document, read
from sync.scheduling.expand import schedule
from sync.scheduling.settings import Settings

FOLDER = Path(__file__).with_name("corpus")
PARTS = ("document", "items", "roles", "problems")
KEYS = frozenset({"says", "row", "today", "zone", "independent", "exempt", "wanted"})
LAW = "wanted law "


@dataclass(frozen=True, slots=True)
class Case:
    """One document of the corpus with its expected reading."""

    name: str
    header: dict[str, str]
    document: str
    items: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    wanted_laws: dict[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on which the document is read."""
        return date.fromisoformat(self.header.get("today", "2026-01-01"))

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of the dialects that it covers."""
        return tuple(row.strip() for row in self.header["row"].split(","))

    @property
    def exempt(self) -> frozenset[str]:
        """The laws that cannot hold for this text."""
        return frozenset(self.header.get("exempt", "").replace(",", " ").split())


@cache
def cases() -> tuple[Case, ...]:
    """All cases, by name."""
    return tuple(parse(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.txt")))


def parse(name: str, text: str) -> Case:
    """Read one file of the corpus."""
    head, *pieces = text.split("\n=== ")
    header = dict(_pair(line) for line in head.splitlines() if line.strip())
    laws = {key.removeprefix(LAW): header.pop(key) for key in list(header) if key.startswith(LAW)}
    parts = {name: body for name, _, body in (piece.partition("\n") for piece in pieces)}
    unknown = (set(header) - KEYS) | (set(parts) - set(PARTS))
    assert not unknown, f"{name}: {sorted(unknown)}"
    return Case(
        name,
        header,
        parts["document"].rstrip("\n") + "\n",
        tuple(_tidy(line) for line in _lines(parts.get("items", ""))),
        tuple(_split(line) for line in _lines(parts.get("roles", ""))),
        tuple(sorted(_lines(parts.get("problems", "")))),
        laws,
    )


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip(), value.strip()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _split(line: str) -> tuple[str, str]:
    role, _, words = line.partition("|")
    return role.strip(), words.strip()


def _tidy(line: str) -> str:
    return _row(*(cell.strip() for cell in line.split(" |")))


def _row(*cells: str) -> str:
    return " | ".join(cells).rstrip(" |")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read to the end, with what came out of it."""

    document: Document
    schedule: Schedule


def reading(text: str, case: Case | None = None) -> Reading:
    """Read a text the way its case asks for."""
    return reading_of(text.encode(), case)


def reading_of(raw: bytes, case: Case | None = None) -> Reading:
    """Read bytes the way their case asks for."""
    name = case.name if case is not None else "any"
    zone = case.header.get("zone", "UTC") if case is not None else "UTC"
    today = case.today if case is not None else date(2026, 1, 1)
    document = read(raw, name)
    made = schedule(
        document.roadmap, name=name, file=f"{name}.md", today=today, settings=Settings(timezone=zone)
    )
    return Reading(document, made)


def told(made: Schedule, zone: str = "UTC") -> tuple[str, ...]:
    """One line for each item, as the corpus writes them."""
    titles = {item.key: item.title for item in made.items}
    ticked = {item.parent for item in made.items if "@" in item.key}
    return tuple(
        _row(
            item.kind,
            item.title,
            days_of(item),
            time_of(item),
            series_of(item),
            _flags(item, titles, ticked, zone),
        )
        for item in made.items
        if "@" not in item.key
    )


def days_of(item: Item) -> str:
    """The days of an item, both inclusive."""
    if item.span is None:
        return "undated"
    if isinstance(item.span, Block):
        return item.span.begin.date().isoformat()
    first, last = item.span.first, item.span.last
    return first.isoformat() if first == last else f"{first}..{last}"


def time_of(item: Item) -> str:
    """The clock times of an item, or how long it takes."""
    if isinstance(item.span, Block):
        return f"{item.span.begin:%H:%M}-{item.span.end:%H:%M}"
    return f"{item.minutes} min" if item.minutes is not None else ""


def series_of(item: Item) -> str:
    """The rule of a series with its number and its last day."""
    series = item.recurrence
    if series is None:
        return ""
    more = "+" if series.open_end else ""
    return f"{series.rule} x{len(series.occurrences)}{more} {max(series.occurrences)}"


def _flags(item: Item, titles: dict[str, str], ticked: set[str | None], zone: str) -> str:
    flags = []
    if item.kind is Kind.TASK and not item.tick:
        flags.append("no tick")
    if item.kind is not Kind.TASK and item.tick:
        flags.append("tick")
    if item.done:
        flags.append("done")
    if item.key in ticked:
        flags.append("ticks")
    if item.parent is not None:
        flags.append(f"parent={titles[item.parent]}")
    if isinstance(item.span, Block) and item.span.zone != zone:
        flags.append(f"zone={item.span.zone}")
    return " ".join(flags)


def codes(made: Schedule) -> tuple[str, ...]:
    """The codes of errors and warnings."""
    return tuple(sorted({problem.code for problem in made.problems if problem.severity is not Severity.NOTE}))


def role_of(read_: Reading, words: str) -> str:
    """The role of the one line in which the words stand."""
    lines = read_.document.lines
    first = read_.document.roadmap.header_lines
    found = [at for at, line in enumerate(lines) if words in line and at >= first]
    found = found or [at for at, line in enumerate(lines) if words in line]
    assert len(found) == 1, f"{words!r} stands in {len(found)} lines"
    return str(read_.schedule.receipts[found[0]].role)
