"""Exports from a desk, and what stands in the feeds afterwards."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from sync.app.exporting import Exported, export_feeds, selection
from tests.desk import NOW, Desk

LATER = NOW + timedelta(days=1)


def export(desk: Desk, *names: str, out: Path | None = None, now: datetime = NOW) -> Exported:
    run = desk.world(now=now)
    return export_feeds(run, selection(run, names, out))


def feed(desk: Desk, name: str) -> str:
    return (desk.folder / "feeds" / name).read_bytes().replace(b"\r\n ", b"").decode()


def events(text: str) -> dict[str, dict[str, str]]:
    """The components of a feed by UID, each as its simple properties."""
    found = {}
    for part in re.findall(r"BEGIN:(?:VEVENT|VTODO)\r\n(.*?)END:(?:VEVENT|VTODO)", text, re.DOTALL):
        properties = dict(line.split(":", 1) for line in part.splitlines() if ":" in line)
        found[properties["UID"]] = properties
    return found


def titled(desk: Desk, name: str, words: str) -> dict[str, str]:
    """The one component of a feed whose title has these words."""
    (one,) = [each for each in events(feed(desk, name)).values() if words in each["SUMMARY"]]
    return one
