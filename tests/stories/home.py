"""A person's home: computers with the program on them, a phone, and accounts in a sandbox, all at one time."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sync.applying.patience import Patience
from sync.remote import Marker
from sync.sandbox import Sandbox
from tests.desk import ZONE, Said
from tests.sign_ins import Clock
from tests.stories.computers import CONFIG, Computer
from tests.stories.listening import Heard

Json = dict[str, Any]

SECRETS = ("google-token.json", "todoist-token", "client_secret.json")
"""Files that may hold a token; they are their owner's alone to read."""
MARK = "roadmap-sync:"


@dataclass
class Home:
    """Accounts, a clock for everything, and all that was ever said."""

    box: Sandbox
    clock: Clock
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    said: list[Said] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)
    secrets: set[str] = field(default_factory=set)

    def computer(self, *slugs: str, name: str = "laptop") -> Computer:
        """A computer on which somebody signed in, with these of the shipped plans."""
        computer = Computer(self, self.folder / name)
        (computer.folder / "roadmaps").mkdir(parents=True)
        computer.config.write_text(CONFIG.format(zone=ZONE, url=self.box.url))
        for slug in slugs:
            computer.take(slug)
        computer.sign_in()
        return computer

    def on(self, day: str, hour: int = 8) -> None:
        """It is this day, at an hour of Nairobi's."""
        self.clock.time = (
            datetime.fromisoformat(day).replace(hour=hour, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
        )

    # --- the phone ---

    def task(self, title: str) -> Json:
        """The task with these words, open or done."""
        return self._one(title, self.box.todoist.tasks(done=True), "content")

    def tick(self, *titles: str) -> None:
        """Tick tasks on the phone, now."""
        for title in titles:
            self.clock.forward(minutes=1)
            self.box.todoist.user_tick(self.task(title)["id"], self.clock())

    def untick(self, title: str) -> None:
        """Take a tick back on the phone."""
        self.clock.forward(minutes=1)
        self.box.todoist.user_untick(self.task(title)["id"])

    def change(self, title: str, **fields: object) -> None:
        """Change a task on the phone."""
        self.box.todoist.user_edit(self.task(title)["id"], **fields)

    @property
    def tasks(self) -> dict[str, Json]:
        """Our tasks by title, open and done."""
        found = [each for each in self.box.todoist.tasks(done=True) if _is_ours(each["description"])]
        return {each["content"]: each for each in found}

    def due(self, day: str) -> dict[str, Json]:
        """Our tasks that are due on a day in Nairobi, by title."""
        dated = [each for each in self.box.todoist.tasks(done=True) if each["due"]]
        return {
            each["content"]: each
            for each in dated
            if _is_ours(each["description"]) and _day(each["due"]["date"]) == day
        }

    @property
    def count(self) -> tuple[int, int]:
        """How many events and how many tasks of ours there are."""
        events = [each for each in self._events() if each.get("extendedProperties")]
        tasks = [each for each in self.box.todoist.tasks(done=True) if _is_ours(each["description"])]
        return len(events), len(tasks)

    @property
    def open_tasks(self) -> set[str]:
        return {title for title, each in self.tasks.items() if not each["checked"]}

    # --- the calendar ---

    @property
    def calendar(self) -> str:
        """The id of our calendar."""
        return str(self._calendar()["id"])

    def event(self, title: str) -> Json:
        return self._one(title, self.box.google.events(self.calendar), "summary")

    def change_event(self, title: str, **fields: object) -> None:
        """Change an event in the calendar's web page."""
        self.box.google.user_edit(self.calendar, self.event(title)["id"], fields)

    @property
    def events(self) -> dict[str, Json]:
        """The events of our calendar by title."""
        return {each["summary"]: each for each in self._events()}

    # --- what is not ours ---

    def belongings(self) -> None:
        """Put things of the person's own into both accounts, some of them right beside ours."""
        mine = self.box.todoist.seed_project("Home")
        self.box.todoist.seed_section(mine, "Kitchen")
        self.box.todoist.seed_task("Call the bank", project_id=mine, description="ask for roadmap-sync: no")
        self.box.todoist.seed_task("Dentist", due={"date": "2026-01-07"})
        private = self.box.google.seed_calendar("Private", zone=ZONE)
        day = {"start": {"date": "2026-01-07"}, "end": {"date": "2026-01-08"}}
        self.box.google.seed_event(private, {"summary": "Dentist", **day})

    def belongings_beside_ours(self) -> None:
        """Put a task into a project of ours, and an event into our calendar."""
        project = next(iter(self.tasks.values()))["project_id"]
        self.box.todoist.seed_task("Buy a notebook", project_id=project)
        day = {"start": {"date": "2026-02-03"}, "end": {"date": "2026-02-04"}}
        self.box.google.seed_event(self.calendar, {"summary": "Day off", **day})

    def foreign(self) -> bytes:
        """Everything of the person's own, byte for byte."""
        tasks = [each for each in self.box.todoist.tasks(done=True) if not _is_ours(each["description"])]
        events = [
            event
            for calendar in self._calendars()
            for event in self.box.google.events(calendar["id"])
            if not event.get("extendedProperties")
        ]
        return json.dumps([tasks, events], sort_keys=True).encode()

    def ours(self) -> tuple[list[str], list[str]]:
        """Titles of all tasks and events that carry our marker."""
        marked = [each for each in self.events.values() if each.get("extendedProperties")]
        return sorted(self.tasks), sorted(each["summary"] for each in marked)

    @property
    def projects(self) -> list[str]:
        return [each["name"] for each in self.box.todoist.projects()]

    # --- secrets ---

    def leaks(self) -> Iterator[str]:
        """Where a token or a secret can be read: in what was said, in logs, in files for anybody's eyes."""
        google, todoist = self.box.google, self.box.todoist
        known = google.sign_in.snapshot()
        self.secrets |= {*known["access"], *known["refresh"], *todoist.access.tokens}
        self.secrets.add(google.client_secrets()["installed"]["client_secret"])
        texts = {
            "what was printed": "\n".join(each.out + each.err for each in self.said),
            "a log": "\n".join(self.heard.lines),
        }
        files = [each for each in self.folder.rglob("*") if each.is_file()]
        for file in files:
            if file.name in SECRETS:
                assert file.stat().st_mode & 0o077 == 0, f"{file} is open to others"
            else:
                texts[str(file)] = file.read_bytes().decode("latin-1")
        yield from (place for place, text in texts.items() if any(each in text for each in self.secrets))

    # --- below ---

    def _one(self, title: str, things: Iterable[Json], name: str) -> Json:
        found = [each for each in things if title in each.get(name, "")]
        assert len(found) == 1, f"{title}: {[each[name] for each in found]}"
        return found[0]

    def _calendars(self) -> list[Json]:
        with self.box.google.lock:
            there = [each for each in self.box.google.account.calendars.values() if not each.deleted]
            return [dict(each.resource) for each in there]

    def _calendar(self) -> Json:
        return next(each for each in self._calendars() if MARK in each.get("description", ""))

    def _events(self) -> list[Json]:
        """What is in our calendar; nothing where it is gone."""
        ours = [each["id"] for each in self._calendars() if MARK in each.get("description", "")]
        return [event for calendar in ours for event in self.box.google.events(calendar)]


def _day(due: str) -> str:
    """The day in Nairobi of a due date."""
    if "T" not in due:
        return due
    return datetime.fromisoformat(due).astimezone(ZoneInfo(ZONE)).date().isoformat()


def _is_ours(description: str) -> bool:
    return any(Marker.parse(line) for line in description.splitlines())


@dataclass
class Clockwork:
    """A `datetime` class whose `now` is the time at home."""

    clock: Clock

    def now(self, zone: Any = None) -> datetime:
        return self.clock().astimezone(zone)


def at_home(
    folder: Path, monkeypatch: pytest.MonkeyPatch, delayed: Callable[[float], None] = time.sleep
) -> Iterator[Home]:
    """Live in Nairobi, with accounts on loopback, from the first Monday of 2026 on.

    `delayed` is what happens in the place of the seconds for which an answer is late.
    """
    clock = Clock()
    monkeypatch.chdir(folder)
    for name, value in {"TZ": ZONE, "COLUMNS": "100", "XDG_DATA_HOME": str(folder / "data")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("TODOIST_API_TOKEN", raising=False)
    monkeypatch.setattr("sync.commands.options.datetime", Clockwork(clock))
    patience = Patience(sleep=lambda _: None, random=lambda: 0.0)
    for module in ("connecting", "pushing", "unpushing"):
        monkeypatch.setattr(f"sync.app.{module}.PATIENCE", patience)
    with Sandbox(now=clock, sleep=delayed) as box:
        box.todoist.set_zone(ZONE)
        box.google.quirks.quota = None
        home = Home(box, clock, folder, monkeypatch)
        home.on("2026-01-05")
        with home.heard.from_all_that_speaks_http():
            yield home
        assert list(home.leaks()) == []


def days_from(first: str, count: int) -> list[str]:
    """So many days as ISO dates."""
    start = date.fromisoformat(first)
    return [(start + timedelta(days=at)).isoformat() for at in range(count)]
