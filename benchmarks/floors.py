"""What nobody can be quicker than: `python -m benchmarks.floors version|unchanged|cold FOLDER`.

Each floor loads the libraries that the program needs for the same question and does the bare work:
`unchanged` hashes documents and feeds and asks SQLite whether both are known; `cold` makes the tokens
of every document and the bytes of every event and task, with the properties that the program gives them,
from values that lie ready as JSON.
"""

import json
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from sync import __version__

STATE = "floor.sqlite3"
COMPONENTS = "components.json"
"""Feed name to components, each its kind and its properties as name, kind of value, value."""

READERS: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "number": int,
    "rule": dict,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "wall": lambda value: datetime.fromisoformat(value[0]).replace(tzinfo=ZoneInfo(value[1])),
}


@click.group()
@click.version_option(__version__)
@click.option("--state")
@click.option("-v", "verbose", count=True)
def floor(state: str | None, verbose: int) -> None:
    """Answer as little as can be answered."""


@floor.command()
@click.argument("folder", type=click.Path(path_type=Path))
def unchanged(folder: Path) -> None:
    """Say whether documents and feeds are those of the last time."""
    digest = blake2b(digest_size=16)
    for path in sorted([*(folder / "roadmaps").iterdir(), *(folder / "feeds").iterdir()]):
        digest.update(blake2b(path.read_bytes(), digest_size=16).digest())
    with sqlite3.connect(folder / STATE) as db:
        db.execute("CREATE TABLE IF NOT EXISTS known (digest TEXT PRIMARY KEY)")
        known = db.execute("SELECT 1 FROM known WHERE digest = ?", (digest.hexdigest(),)).fetchone()
        if known is None:
            db.execute("INSERT INTO known VALUES (?)", (digest.hexdigest(),))
    click.echo("nothing changed" if known else "changed")


@floor.command()
@click.argument("folder", type=click.Path(path_type=Path))
def cold(folder: Path) -> None:
    """Make tokens of the documents and bytes of the components, once each."""
    from icalendar import Calendar, Event, Todo  # noqa: PLC0415 - the other floors need none of it
    from markdown_it import MarkdownIt  # noqa: PLC0415

    parser = MarkdownIt("commonmark").enable("table")
    for path in sorted((folder / "roadmaps").iterdir()):
        parser.parse(path.read_text("utf-8"))
    for name, components in json.loads((folder / COMPONENTS).read_text("utf-8")).items():
        calendar = Calendar()
        for kind, properties in components:
            component = Event() if kind == "VEVENT" else Todo()
            for key, how, value in properties:
                component.add(key, READERS[how](value))
            calendar.add_component(component)
        (folder / f"floor-{name}").write_bytes(calendar.to_ical())
    sqlite3.connect(folder / STATE).close()


if __name__ == "__main__":
    floor()
