"""Todoist on the phone: the tasks of a project, to tick, edit, move and delete by hand."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from sync.sandbox.phone import task_markup as markup
from sync.sandbox.phone.screen import Screen
from sync.sandbox.phone.task_form import TaskFields, of_form, of_task
from sync.sandbox.phone.todo import parts_of_project, parts_of_today
from sync.sandbox.todoist.refusals import Refused
from sync.sandbox.todoist.service import Todoist
from sync.sandbox.wire import Answer, Request, redirect

Json = dict[str, Any]

HOME = "/phone/tasks"
TODAY = "today"


class TaskPhone(Screen):
    """Pages under `/phone/tasks`."""

    def __init__(self, todoist: Todoist, pulse: Callable[[], str]) -> None:
        super().__init__(HOME, pulse)
        self._todoist = todoist
        self._shown = {HOME: self._list, f"{HOME}/task": self._task, f"{HOME}/new": self._new}
        self._done = {
            f"{HOME}/tick": self._tick,
            f"{HOME}/save": self._save,
            f"{HOME}/delete": self._delete,
        }

    def answer(self, request: Request) -> Answer:
        """Show a page, or carry out a form and show the list again; what is gone leads there too."""
        try:
            return super().answer(request)
        except (Refused, KeyError):
            return redirect(HOME)

    # pages

    def _chosen(self, values: Mapping[str, str]) -> str:
        """What is looked at: `today` or a project; without a word the first project beside the inbox."""
        projects = self._todoist.projects()
        asked = values.get("project", "")
        if asked == TODAY or asked in [one["id"] for one in projects]:
            return asked
        return str(projects[1 if len(projects) > 1 else 0]["id"])

    def _list(self, values: Mapping[str, str]) -> Answer:
        todoist, chosen = self._todoist, self._chosen(values)
        now, zone = todoist.account.now(), todoist.account.zone
        names = {one["id"]: one["name"] for one in todoist.projects()}
        if chosen == TODAY:
            parts = parts_of_today(todoist.tasks(), names, now, zone)
        else:
            found = todoist.tasks(chosen, done=True)
            parts = parts_of_project(found, todoist.sections(chosen), now, zone)
        chips = [(TODAY, "Today"), *names.items()]
        content = markup.listing(chips, chosen, parts)
        return self._page(dict(chips)[chosen], content, tabs=True)

    def _task(self, values: Mapping[str, str]) -> Answer:
        task = self._todoist.task(values["task"])
        return self._sheet(values, task, of_task(task, self._todoist.account.zone))

    def _new(self, values: Mapping[str, str]) -> Answer:
        chosen = self._chosen(values)
        inbox = self._todoist.account.inbox_id
        place = f"{inbox if chosen == TODAY else chosen}/{values.get('section', '')}"
        today = self._todoist.account.now().astimezone(self._todoist.account.zone).date()
        due = today.isoformat() if chosen == TODAY else ""
        return self._sheet(values, {}, TaskFields(place=place, due_date=due))

    def _sheet(self, values: Mapping[str, str], task: Json, fields: TaskFields, mistake: str = "") -> Answer:
        where = {"task": task.get("id", ""), "project": self._chosen(values)}
        content = markup.sheet(where, fields, self._places(), _details(task), mistake)
        return self._page("Task", content, 400 if mistake else 200)

    def _places(self) -> list[tuple[str, str]]:
        """Where a task can stand: `PROJECT/SECTION` and how it is called."""
        places: list[tuple[str, str]] = []
        for project in self._todoist.projects():
            places.append((f"{project['id']}/", project["name"]))
            places += [
                (f"{project['id']}/{section['id']}", f"{project['name']} / {section['name']}")
                for section in self._todoist.sections(project["id"])
            ]
        return places

    # forms

    def _back(self, form: Mapping[str, str]) -> Answer:
        return redirect(f"{HOME}?{urlencode({'project': self._chosen(form)})}")

    def _tick(self, form: Mapping[str, str]) -> Answer:
        if form.get("done"):
            self._todoist.user_tick(form["task"])
        else:
            self._todoist.user_untick(form["task"])
        return self._back(form)

    def _delete(self, form: Mapping[str, str]) -> Answer:
        self._todoist.user_delete(form["task"])
        return self._back(form)

    def _save(self, form: Mapping[str, str]) -> Answer:
        zone = self._todoist.account.zone
        task = self._todoist.task(form["task"]) if form.get("task") else {}
        before = of_task(task, zone) if task else TaskFields()
        fields = of_form(form, before)
        changes, moves = fields.changes(before), fields.place != before.place
        try:
            if not task:
                self._todoist.seed_task(**{"content": fields.title, **changes, **fields.aim(new=True)})
                return self._back(form)
            if changes:
                self._todoist.user_edit(task["id"], **changes)
            if moves:
                self._todoist.user_move(task["id"], **fields.aim())
        except Refused as refused:
            said = refused.refusal.extra.get("expected") or refused.refusal.message
            return self._sheet(form, task, fields, str(said))
        return self._back(form)


def _details(task: Json) -> list[tuple[str, str]]:
    """What a developer wants to see of a task."""
    names = ("id", "project_id", "section_id", "parent_id", "child_order", "checked", "completed_at")
    more = ("added_at", "updated_at", "priority", "labels", "due", "deadline", "duration")
    return [(name, str(task[name])) for name in (*names, *more) if task.get(name) is not None]
