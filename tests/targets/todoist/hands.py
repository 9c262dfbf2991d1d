"""A Todoist account in the sandbox, and the hands of a person with a phone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sync.applying.patience import Patience
from sync.model import Schedule
from sync.remote import Marker
from sync.sandbox import Sandbox
from sync.sandbox.faults import ANY_PART, RESET
from sync.sandbox.todoist.service import refusal
from sync.targets.todoist import marking
from sync.targets.todoist.target import TodoistTarget
from tests.contract.worlds import AT

NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)
ZONE = "Africa/Nairobi"
WRITES = r'"type": ?"item_'


class Time:
    """A time that moves when it is told to, for service and program alike."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **length: float) -> None:
        self.moment += timedelta(**length)


@contextmanager
def account() -> Iterator["TodoistWorld"]:
    """Open an account in a sandbox of its own."""
    time = Time()
    with Sandbox(now=time) as box:
        yield TodoistWorld(box, time)


class TodoistWorld:
    """An account, and what happens in it by hand or by mischance."""

    def __init__(self, box: Sandbox, time: "Time") -> None:
        self.box = box
        self.time = time
        self.todoist = box.todoist
        self.roadmaps: Sequence[Schedule] = ()
        self.zone = ZONE
        """The zone in the configuration."""
        self.slept: list[float] = []
        self.seconds = 0.0
        """What the clock of a target says."""

    def target(self) -> TodoistTarget:
        return TodoistTarget(
            self.todoist.token,
            self.roadmaps,
            zone=self.zone,
            now=self.time(),
            endpoint=self.box.url,
            patience=Patience(self.slept.append, lambda: 0.0, tries=5),
            clock=lambda: self.seconds,
        )

    def tick(self, key: str) -> None:
        self.todoist.user_tick(self.id(key), AT)

    def edit(self, key: str, field: str, value: str) -> None:
        told: Any = value
        if field == "description":
            told = marking.written(value, self.marker(self.task(key)))
        self.todoist.user_edit(self.id(key), **{field: told})

    def reschedule(self, key: str, due: Mapping[str, str]) -> None:
        """Give a task another due date by hand, as `due` of the API has it."""
        self.todoist.user_edit(self.id(key), due=dict(due))

    def delete(self, key: str) -> None:
        self.todoist.user_delete(self.id(key))

    def add_foreign(self) -> None:
        project = self.todoist.seed_project("Home")
        self.todoist.seed_section(project, "Kitchen")
        self.todoist.seed_task("Dentist", due={"date": "2026-01-07"})
        self.todoist.seed_task("Call the bank", project_id=project, description="roadmap-sync is nice")

    def foreign(self) -> object:
        projects = [each for each in self.todoist.projects() if each["name"] in ("Inbox", "Home")]
        sections = [self.todoist.sections(each["id"]) for each in projects]
        tasks = [each for each in self.todoist.tasks(done=True) if not marking.find(each["description"])]
        return projects, sections, tasks

    def refuse(self, key: str) -> None:
        self.todoist.faults.add(
            refusal("400 INVALID_ARGUMENT_VALUE"), part=ANY_PART, times=0, only=f':{re.escape(key)}"'
        )

    def lose(self, requests: int) -> None:
        self.todoist.faults.add(RESET, times=requests, after=True, only=WRITES)

    # What tests of this target do beside.

    def task(self, key: str) -> dict[str, Any]:
        """The task of a key as the API shows it."""
        return next(each for each in self.todoist.tasks(done=True) if self.key(each) == key)

    def id(self, key: str) -> str:
        """Its id."""
        return str(self.task(key)["id"])

    def marker(self, task: dict[str, Any]) -> Marker:
        """What it carries."""
        marker = marking.find(task["description"])
        assert marker is not None
        return marker

    def key(self, task: dict[str, Any]) -> str | None:
        """Whose it is, None for what is not ours."""
        marker = marking.find(task["description"])
        return None if marker is None else marker.key

    def requests(self) -> int:
        """How many requests there were since the last time this was asked."""
        number = len(self.todoist.log.requests)
        self.todoist.log.clear()
        return number
