"""The sheet on which a task is edited: its fields, and what pressing Save changes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.phone.todo import local_due

Json = dict[str, Any]

PRIORITIES = ("1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class TaskFields:
    """What the sheet shows, as texts of form fields."""

    title: str = ""
    due_date: str = ""
    due_time: str = ""
    """Nothing for a whole day."""
    priority: str = "1"
    """As the API counts: 4 is p1."""
    labels: str = ""
    """Names between commas."""
    place: str = ""
    """Project and section, `PROJECT/SECTION`."""
    notes: str = ""

    def changes(self, before: "TaskFields") -> Json:
        """The arguments of `item_update` that turn one into the other; without the place."""
        change: Json = {}
        if self.title != before.title:
            change |= {"content": self.title, "auto_parse_labels": False}
        if self.notes != before.notes:
            change["description"] = self.notes
        if self.priority != before.priority:
            change["priority"] = int(self.priority) if self.priority in PRIORITIES else 0
        if self.labels != before.labels:
            change["labels"] = [name.strip() for name in self.labels.split(",") if name.strip()]
        if (self.due_date, self.due_time) != (before.due_date, before.due_time):
            change["due"] = self._due()
        return change

    def _due(self) -> Json | None:
        if not self.due_date:
            return None
        return {"date": f"{self.due_date}T{self.due_time}" if self.due_time else self.due_date}

    def aim(self, *, new: bool = False) -> dict[str, str]:
        """Where the task goes, as `item_move` takes it; a new one may say project and section."""
        project, _, section = self.place.partition("/")
        if section:
            return {"section_id": section}
        return {"project_id": project} if project or not new else {}


def of_task(task: Json, zone: ZoneInfo) -> TaskFields:
    """The fields of a task of the API, its time in the person's zone."""
    day, hour = local_due(task, zone)
    return TaskFields(
        title=task["content"],
        due_date=day.isoformat() if day else "",
        due_time=hour,
        priority=str(task["priority"]),
        labels=", ".join(task["labels"]),
        place=f"{task['project_id']}/{task['section_id'] or ''}",
        notes=task["description"],
    )


def of_form(form: Mapping[str, str], before: TaskFields) -> TaskFields:
    """The fields as a browser, or a script that names only some of them, sends them."""
    names = [each.name for each in fields(TaskFields)]
    sent = {name: form[name].replace("\r\n", "\n") for name in names if name in form}
    if "title" in sent:
        sent["title"] = " ".join(sent["title"].split())
    return replace(before, **sent)
