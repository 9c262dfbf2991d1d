"""What the phone shows of Todoist: the tasks of a project under their sections, or those of today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.phone.agenda import spoken
from sync.sandbox.todoist.due import begins
from sync.sandbox.todoist.rules import UNCOMPLETABLE

Json = dict[str, Any]

COLOURS = {4: "#d1453b", 3: "#eb8909", 2: "#246fe0", 1: "#9aa3af"}
"""Of the priorities, p1 first."""
DONE_SHOWN = 30
"""How many finished tasks are still shown."""
DEEPEST_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One task, ready to be shown."""

    task_id: str
    title: str
    done: bool
    tickable: bool
    when: str
    late: bool
    colour: str
    depth: int
    """How far it is below another task that stands above it."""
    labels: tuple[str, ...]
    place: str
    """The project, where the list does not say it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Tasks under one heading."""

    title: str
    section_id: str
    lines: tuple[Line, ...]


def local_due(task: Json, zone: ZoneInfo) -> tuple[date | None, str]:
    """The day on which a task is due and its hour, nothing for whole days, in the person's zone."""
    due = task["due"]
    if due is None:
        return None, ""
    moment = begins(due, zone).astimezone(zone)
    return moment.date(), f"{moment:%H:%M}" if "T" in due["date"] else ""


def line(task: Json, now: datetime, zone: ZoneInfo, depth: int = 0, place: str = "") -> Line:
    """A task of the API as the phone shows it."""
    day, hour = local_due(task, zone)
    today = now.astimezone(zone).date()
    passed = day is not None and (day < today or (day == today and hour != "" and _over(hour, now, zone)))
    words = [_near(day, today) if day else "", hour, _length(task["duration"])]
    words += ["↻" if task["due"] and task["due"]["is_recurring"] else ""]
    return Line(
        task_id=task["id"],
        title=task["content"].removeprefix(UNCOMPLETABLE),
        done=task["checked"],
        tickable=not task["content"].startswith(UNCOMPLETABLE),
        when=" · ".join(word for word in words if word),
        late=passed and not task["checked"],
        colour=COLOURS[task["priority"]],
        depth=min(depth, DEEPEST_SHOWN),
        labels=tuple(task["labels"]),
        place=place,
    )


def _over(hour: str, now: datetime, zone: ZoneInfo) -> bool:
    return hour < f"{now.astimezone(zone):%H:%M}"


def _near(day: date, today: date) -> str:
    words = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get((day - today).days)
    return words or (spoken(day) if day.year == today.year else f"{spoken(day)} {day.year}")


def _length(duration: Json | None) -> str:
    if duration is None:
        return ""
    amount, unit = duration["amount"], "min" if duration["unit"] == "minute" else "days"
    return f"{amount} {'day' if (unit, amount) == ('days', 1) else unit}"


def parts_of_project(
    tasks: Sequence[Json], sections: Sequence[Json], now: datetime, zone: ZoneInfo
) -> list[Part]:
    """The tasks of one project: those without a section, each section, and what is done, newest first."""
    still_open = [task for task in tasks if not task["checked"]]
    parts = [Part("", "", _branch(still_open, None, now, zone, 0, None))]
    for section in sorted(sections, key=lambda one: one["section_order"]):
        lines = _branch(still_open, None, now, zone, 0, section["id"])
        parts.append(Part(section["name"], section["id"], lines))
    done = sorted((t for t in tasks if t["checked"]), key=lambda t: t["completed_at"], reverse=True)
    parts.append(Part("Done", "", tuple(line(task, now, zone) for task in done[:DONE_SHOWN])))
    return [part for part in parts if part.lines or part.section_id]


def _branch(
    tasks: Sequence[Json], parent: str | None, now: datetime, zone: ZoneInfo, depth: int, section: str | None
) -> tuple[Line, ...]:
    """The tasks below one parent in their order, each followed by those below it."""
    here = [task for task in tasks if (task["parent_id"], task["section_id"]) == (parent, section)]
    lines: list[Line] = []
    for task in sorted(here, key=lambda one: one["child_order"]):
        lines.append(line(task, now, zone, depth))
        lines.extend(_branch(tasks, task["id"], now, zone, depth + 1, section))
    return tuple(lines)


def parts_of_today(tasks: Iterable[Json], names: dict[str, str], now: datetime, zone: ZoneInfo) -> list[Part]:
    """What is late and what is due today, of all projects; `names` are theirs by id."""
    today = now.astimezone(zone).date()
    dated = [(*local_due(task, zone), task) for task in tasks]
    groups: dict[str, list[tuple[date, str, Json]]] = {"Overdue": [], "Today": []}
    for day, hour, task in dated:
        if day is not None and day <= today:
            groups["Today" if day == today else "Overdue"].append((day, hour, task))
    return [
        Part(
            title,
            "",
            tuple(
                line(task, now, zone, place=names[task["project_id"]])
                for _, _, task in sorted(found, key=lambda one: (one[0], one[1]))
            ),
        )
        for title, found in groups.items()
        if found
    ]
