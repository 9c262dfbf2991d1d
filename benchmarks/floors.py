"""What nobody can be quicker than: `python -m benchmarks.floors version|unchanged|cold|standing FOLDER`.

Each floor loads the libraries that the program needs for the same question and does the bare work:
`unchanged` hashes documents and feeds and asks SQLite whether both are known; `cold` makes the tokens
of every document and the bytes of every event and task, with the properties that the program gives them,
from values that lie ready as JSON; `standing` hashes the documents and asks the ledger, in the
fewest queries, what `status` tells of each roadmap.
"""

import json
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
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


COUNTS = """SELECT i.slug, i.phase, count(*), sum(ifnull(s.done, 0)),
    sum(NOT ifnull(s.done, 0) AND ifnull(i.until <= :today, 0)),
    sum(NOT ifnull(s.done, 0) AND ifnull(i.until = :tomorrow, 0)), sum(ifnull(i.until <= :today, 0))
    FROM items AS i LEFT JOIN standing AS s USING (key) WHERE i.tick GROUP BY i.slug, i.phase"""
PLANNED = "SELECT until FROM items WHERE slug = ? AND tick AND until NOT NULL ORDER BY until LIMIT 1 OFFSET ?"
OPEN = """SELECT i.title, i.until FROM items AS i LEFT JOIN standing AS s USING (key)
    WHERE i.slug = ? AND i.tick AND i.until > ? AND NOT ifnull(s.done, 0) ORDER BY i.until LIMIT 1"""
MILESTONES = """SELECT slug, title, min(until) FROM items
    WHERE kind IN ('milestone', 'deadline') AND until > ? GROUP BY slug"""
DAYS = """SELECT DISTINCT slug, substr(at, 1, 10) FROM progress JOIN items USING (key)"""
CHECK_INS = """SELECT slug, total(hours), total(iif(at >= ?, hours, 0)), avg(energy), note, max(at)
    FROM progress JOIN items USING (key) WHERE progress.kind = 'checkin' GROUP BY slug"""


@floor.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("today")
def standing(folder: Path, today: str) -> None:
    """Say how far each roadmap is, what is late and due, what comes next, and on which days there were ticks."""
    digest = blake2b(digest_size=16)
    for path in sorted((folder / "roadmaps").iterdir()):
        digest.update(blake2b(path.read_bytes(), digest_size=16).digest())
    tomorrow = (date.fromisoformat(today) + timedelta(days=1)).isoformat()
    with sqlite3.connect(folder / "state" / "ledger.sqlite3") as db:
        days, check_ins = db.execute(DAYS).fetchall(), db.execute(CHECK_INS, (today,)).fetchall()
        milestones = {slug: title for slug, title, _ in db.execute(MILESTONES, (today,))}
        removed = db.execute("SELECT count(*) FROM sights WHERE NOT present").fetchone()
        click.echo(f"{digest.hexdigest()} {len(days)} {len(check_ins)} {removed}")
        for slug, phase, *counts in db.execute(COUNTS, {"today": today, "tomorrow": tomorrow}).fetchall():
            reached = db.execute(PLANNED, (slug, counts[1])).fetchone()
            coming = db.execute(OPEN, (slug, today)).fetchone()
            click.echo(f"{slug} {phase} {counts} {reached} {coming} {milestones.get(slug)}")


if __name__ == "__main__":
    floor()
