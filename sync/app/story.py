"""The story that `demo` tells: an evening with five plans, two services, a phone, and a laptop that gets lost."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sync.app.run import Run
from sync.app.sandboxing import STATE, STORE, Trial, opened
from sync.config.settings import FILE, load_config
from sync.errors import TargetError

if TYPE_CHECKING:
    from sync.sandbox import Sandbox

ZONE = "Africa/Nairobi"
TODAY = date(2026, 1, 26)
"""A day inside two of the five plans, some days before two others, and after the last one."""
EVENING = datetime(2026, 1, 26, 21, 30, tzinfo=ZoneInfo(ZONE))
"""When the story begins, by the clock of the services."""
SAVED = 303
"""How the phone's pages answer once something is saved: on to the list."""
PUT_OFF = "What is system design?"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the story takes place."""

    folder: Path
    box: "Sandbox"

    def sign_in(self) -> None:
        """Write what a person has after signing in to both services; a configuration that is there stays."""
        config = load_config(None, cwd=self.folder, environ={"TZ": ZONE})
        run = Run(config, self.folder / STATE, self.folder, TODAY, EVENING)
        opened(self.box, run, self.folder / STORE, Trial(self.folder / FILE, run.state))

    def send(self, page: str, form: Mapping[str, str]) -> bool:
        """Send a form of the phone as its browser would; returns whether it was saved."""
        import httpx  # noqa: PLC0415 - `demo --help` needs none

        # a proxy, where this computer has one, knows no way to the sandbox
        return httpx.post(self.box.url + page, data=form, trust_env=False).status_code == SAVED


@dataclass(frozen=True, slots=True)
class Deed:
    """What a hand did."""

    command: str
    """What stands for it where commands are shown."""
    output: str
    exit: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of the story."""

    text: str
    """What is about to happen, and why it is worth a look."""
    words: tuple[str, ...] = ()
    """The command without the name of the program; nothing where a hand does something."""
    hand: Callable[[Stage], Deed] | None = None
    first: int = 14
    """How many lines of the output are shown from its beginning."""
    last: int = 0
    """And how many from its end."""


# --- what hands do ---


def _tick_on_the_phone(stage: Stage) -> Deed:
    tasks = [task for task in stage.box.todoist.tasks() if _is_of_today(task)]
    saved = [stage.send("phone/tasks/tick", {"task": task["id"], "done": "yes"}) for task in tasks]
    lines = [f"✓ {task['content']}" for task in tasks]
    return _deed("POST /phone/tasks/tick", lines, well=any(saved) and all(saved))


def _is_of_today(task: Mapping[str, Any]) -> bool:
    return task["due"] is not None and task["due"]["date"].startswith(TODAY.isoformat())


def _put_off_in_the_calendar(stage: Stage) -> Deed:
    from sync.sandbox.phone.form import Fields  # noqa: PLC0415

    google = stage.box.google
    events = [(calendar, event) for calendar in google.account.calendars for event in google.events(calendar)]
    lines, saved = [], []
    for calendar, event in events:
        if PUT_OFF in event["summary"]:
            before = Fields.of_event(event, ZoneInfo(ZONE))
            after = replace(before, start_time="20:00", end_time="23:00")
            lines.append(f"{before.title}: {before.start_time} → {after.start_time}")
            saved.append(stage.send("phone/save", _sheet(calendar, event["id"], asdict(after))))
    return _deed("POST /phone/save", lines, well=saved == [True])


def _sheet(calendar: str, event: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """The form of an event as a browser sends it: a box that is not ticked is not there."""
    return {"calendar": calendar, "event": event} | {
        name: value for name, value in fields.items() if isinstance(value, str)
    }


def _deed(command: str, lines: Iterable[str], *, well: bool) -> Deed:
    return Deed(command, "\n".join(lines), 0 if well else TargetError.exit_code)


def _lose_the_laptop(stage: Stage) -> Deed:
    shutil.rmtree(stage.folder / STATE)
    stage.sign_in()
    return Deed(f"rm -r {STATE}", "")


# --- the story ---

STORY = (
    Scene(
        "Five plans in Markdown, pasted out of chats. Every line gets a role, and what does not fit is said.",
        ("check",),
        first=10,
        last=14,
    ),
    Scene("Two days of them, all plans together:", ("show", "--to", "2026-01-27"), first=24),
    Scene("As calendar files, for any calendar program:", ("export",)),
    Scene(
        "What would go to the calendar and the task list: of each plan the phase that holds today, or the next. "
        "Nothing is written yet.",
        ("plan", "--target", "google", "--target", "todoist"),
        first=13,
        last=2,
    ),
    Scene("And now it is.", ("push", "--yes"), first=0, last=13),
    Scene("That evening, on the phone, the tasks of the day are ticked in Todoist:", hand=_tick_on_the_phone),
    Scene(
        "And in Google Calendar, by hand, an evening is put off by an hour:", hand=_put_off_in_the_calendar
    ),
    Scene("The laptop hears of both.", ("pull",)),
    Scene("This is how it stands:", ("status",), first=36),
    Scene(
        "The ticks go on to the calendar. What was moved by hand stays where it was put.",
        ("push", "--yes"),
        first=4,
        last=6,
    ),
    Scene("Pushing again changes nothing.", ("push", "--yes"), first=4, last=1),
    Scene(
        "The laptop is lost, and with it all that the program remembered. The next one has the same plans, "
        "and signs in again.",
        hand=_lose_the_laptop,
    ),
    Scene("What was pushed tells it the rest, ticks included.", ("ledger", "rebuild"), first=20),
    Scene("Nothing is doubled, nothing is overwritten.", ("push", "--yes"), first=4, last=1),
)
