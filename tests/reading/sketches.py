"""A roadmap as read, told in a few words: its entries by kind and title, its lines by their roles."""

from sync.reading.decoding import split_lines
from sync.reading.reader import read_lines
from sync.reading.roadmap import Entry, Roadmap


def roadmap(text: str, option: str = "") -> Roadmap:
    """Read a text; `option` is one line of front matter."""
    front = f"---\nroadmap: {{{option}}}\n---\n" if option else ""
    return read_lines(tuple(split_lines(front + text)), "plan")


def sketch(entries: tuple[Entry, ...]) -> list[object]:
    """Kind and title of each entry, with the sketches of those below it."""
    made: list[object] = []
    for entry in entries:
        made.append(f"{entry.kind} {entry.title}")
        if entry.children:
            made.append(sketch(entry.children))
    return made


def only(text: str, option: str = "") -> Entry:
    """The one entry that a text makes."""
    (entry,) = roadmap(text, option).entries
    return entry


def roles(text: str) -> list[str]:
    """The role of each line."""
    return [str(line.role) for line in roadmap(text).lines]
