"""A push to Google Calendar over a slow link, against its batches alone: `python -m benchmarks.google`.

The sandbox answers over real HTTP, each answer 100 ms late. The floor sends as many calls in as many
batches, written beforehand, and does nothing else. Client-side pacing is off: with it, the quota of
600 calls a minute is all there is to measure. Emulator and client share this process in both runs.
"""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import requests

from benchmarks.ics import schedule
from sync.applying.looking import Request, propose
from sync.applying.patience import Patience
from sync.applying.pushing import Outcome, apply, ready
from sync.ledger.store import open_ledger
from sync.model import Item
from sync.planning.scopes import Scope
from sync.sandbox import Sandbox
from sync.sandbox.faults import slow
from sync.targets.google_calendar.batch import MOST, Part, encoded
from sync.targets.google_calendar.settings import Settings
from sync.targets.google_calendar.target import GoogleCalendarTarget

ITEMS = 1000
LATENCY = 0.1
RUNS = 3
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
PATIENCE = Patience(sleep=time.sleep, random=lambda: 0.0)


class Token:
    """The sandbox's own token."""

    def __init__(self, box: Sandbox) -> None:
        self._token = str(box.google.authorized_user()["token"])

    def bearer(self) -> str:
        """Return it."""
        return self._token

    def renewed(self) -> str:
        """Return it again: it lasts longer than this takes."""
        return self._token


def push(box: Sandbox, token: Token, calendar: str, items: tuple[Item, ...], state: Path) -> Outcome:
    """Read, plan and apply with a ledger, as the command does."""
    settings = Settings(calendar_id=calendar, endpoint=box.url)
    target = GoogleCalendarTarget(settings, token, zone="UTC", patience=PATIENCE, found=lambda _: None)
    with open_ledger(state) as ledger:
        view = ready(target, ledger, now=NOW)
        plan = propose(view, Request(Scope("plan"), items, NOW.date()))
        return apply([plan], target, ledger, patience=PATIENCE, force=True)[0]


def batches(calendar: str) -> list[tuple[str, bytes]]:
    """Return the bodies of as many calls in as many batches, with an event of usual size in each."""
    path = f"/calendar/v3/calendars/{quote(calendar)}/events?alt=json"
    parts = []
    for number in range(ITEMS):
        day = date(2026, 1, 5) + timedelta(days=number % 365)
        event = {
            "id": f"floor{number:05}",
            "summary": f"☐ Day {number}: indexes, views; and joins",
            "description": "Read the chapter, then write down what was new.\nTwo exercises at the end of it.",
            "start": {"date": f"{day}"},
            "end": {"date": f"{day + timedelta(days=1)}"},
            "extendedProperties": {"private": {"note": "x" * 150}},
        }
        parts.append(Part("POST", path, json.dumps(event)))
    return [encoded(parts[first : first + MOST]) for first in range(0, ITEMS, MOST)]


def floor(box: Sandbox, token: Token, bodies: list[tuple[str, bytes]]) -> None:
    """Send the batches, one after the other, and look at no answer but its status."""
    with requests.Session() as session:
        for kind, body in bodies:
            headers = {"Content-Type": kind, "Authorization": f"Bearer {token.bearer()}"}
            session.post(f"{box.url}batch/calendar/v3", body, headers=headers, timeout=60).raise_for_status()


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Print the first push, one with nothing to do and one of a single change, each against its floor."""
    items = schedule(ITEMS).items
    changed = (replace(items[0], title="Something else"), *items[1:])
    times: dict[str, list[float]] = {"floor": [], "first": [], "nothing": [], "one": []}
    for _ in range(RUNS):
        with Sandbox() as box, TemporaryDirectory() as place:
            box.google.quirks.quota = None
            token, state = Token(box), Path(place)
            bare, ours = (box.google.seed_calendar("Roadmaps", by_app=True) for _ in range(2))
            bodies = batches(bare)
            box.google.faults.add(slow(LATENCY), times=0)
            times["floor"].append(seconds(lambda: floor(box, token, bodies)))  # noqa: B023
            times["first"].append(seconds(lambda: push(box, token, ours, items, state)))  # noqa: B023
            push(box, token, ours, items, state)
            times["nothing"].append(seconds(lambda: push(box, token, ours, items, state)))  # noqa: B023
            times["one"].append(seconds(lambda: push(box, token, ours, changed, state)))  # noqa: B023
    middle = {name: statistics.median(taken) for name, taken in times.items()}
    rows = (
        (f"{ITEMS // MOST} batches alone", "floor", middle["floor"], ""),
        ("first push", "first", middle["floor"], "(figure: 3x)"),
        ("push, nothing to do", "nothing", LATENCY, "of its one request"),
        ("push, one change", "one", LATENCY * 2, "of its two requests"),
    )
    print(f"{ITEMS:,} items, {LATENCY * 1000:.0f} ms a request, pacing off")
    for name, which, against, note in rows:
        print(f"  {name:24} {middle[which]:6.2f} s  {middle[which] / against:5.2f}x  {note}".rstrip())


if __name__ == "__main__":
    main()
