"""What people do by hand, in an app of Todoist's: no token, no limits of requests, the same tasks."""

import threading
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.todoist import shapes
from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.commands import Commands
from sync.sandbox.todoist.quirks import Quirks

Json = dict[str, Any]


class ByHand:
    """The person's own doings, and what a test wants to see or bring about."""

    account: Account
    commands: Commands
    quirks: Quirks
    lock: threading.RLock
    """Held while anything is read or written."""
    written: Callable[[], None]
    """Called after each change, so that a store can be brought up to date."""

    def set_zone(self, name: str) -> None:
        """The person's zone: floating times are meant in it."""
        with self.lock:
            self.account.zone_name = ZoneInfo(name).key
            self.account.user_revision = self.account.touch()
            self.written()

    def seed_project(self, name: str, **fields: object) -> str:
        """Add a project by hand and return its id."""
        return self._made("project_add", name=name, **fields)

    def seed_section(self, project_id: str, name: str) -> str:
        """Add a section by hand and return its id."""
        return self._made("section_add", project_id=project_id, name=name)

    def seed_task(self, content: str, **fields: object) -> str:
        """Add a task by hand and return its id; it goes to the inbox where no place is said."""
        return self._made("item_add", content=content, **fields)

    def user_tick(self, task_id: str, at: datetime | None = None) -> Json:
        """Tick a task; a recurring one goes on to its next time.

        With `at`, a zoned moment, it counts as ticked then: a phone that was offline sends it later.
        """
        if at is None:
            return self._did("item_close", task_id)
        return self._did("item_complete", task_id, date_completed=shapes.seconds(at))

    def user_untick(self, task_id: str) -> Json:
        """Take a tick back."""
        return self._did("item_uncomplete", task_id)

    def user_edit(self, task_id: str, **fields: object) -> Json:
        """Change fields of a task, named and written as `item_update` takes them."""
        return self._did("item_update", task_id, **fields)

    def user_move(self, task_id: str, **place: str) -> Json:
        """Move a task: `project_id`, `section_id` or `parent_id` says where to."""
        return self._did("item_move", task_id, **place)

    def user_delete(self, task_id: str) -> None:
        """Delete a task with its sub-tasks."""
        self._did("item_delete", task_id)

    def user_delete_project(self, project_id: str) -> None:
        """Delete a project with all that is in it."""
        self._do("project_delete", id=project_id)

    def user_archive_project(self, project_id: str) -> None:
        """Put a project away."""
        self._do("project_archive", id=project_id)

    def user_delete_section(self, section_id: str) -> None:
        """Delete a section with its tasks."""
        self._do("section_delete", id=section_id)

    def task(self, task_id: str) -> Json:
        """A task as the API shows it, deleted or not; raises KeyError where there never was one."""
        with self.lock:
            fields = self.account.things["items"][task_id].fields
            return shapes.task(self.account, deepcopy(fields), self.quirks)

    def tasks(self, project_id: str | None = None, *, done: bool = False) -> list[Json]:
        """The open tasks, of one project or of all; with `done` those that are ticked as well."""
        with self.lock:
            found = self.account.living("items") if done else self.account.active()
            return [
                shapes.task(self.account, deepcopy(fields), self.quirks)
                for fields in found
                if project_id in (None, fields["project_id"])
            ]

    def projects(self) -> list[Json]:
        """The projects that are not archived, the inbox first."""
        with self.lock:
            living = self.account.living("projects")
            return [shapes.project(self.account, one) for one in living if not one.get("is_archived")]

    def sections(self, project_id: str) -> list[Json]:
        """The sections of a project."""
        with self.lock:
            return [
                deepcopy(one) for one in self.account.living("sections") if one["project_id"] == project_id
            ]

    def _made(self, kind: str, /, **args: object) -> str:
        made = self._do(kind, **args)
        assert made is not None, "what is added has an id"
        return made

    def _did(self, kind: str, task_id: str, /, **args: object) -> Json:
        self._do(kind, id=task_id, **args)
        return self.task(task_id)

    def _do(self, kind: str, /, **args: object) -> str | None:
        with self.lock:
            made = self.commands.do(kind, args)
            self.written()
        return made
