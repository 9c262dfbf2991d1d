"""What the account held at the last look, kept up by what Todoist says has changed since."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import tzinfo
from typing import Any, Self

from sync.errors import TargetError
from sync.remote import Marker, Remote
from sync.targets.todoist import marking
from sync.targets.todoist.fields import remote
from sync.targets.todoist.limits import FREE, Limits
from sync.targets.todoist.moments import zones_of
from sync.targets.todoist.refusals import unreadable

EVERYTHING = "*"
"""The sync token of those who know nothing yet."""
RESOURCES = ("items", "projects", "sections", "user_plan_limits", "user")

_VERSION = 2
_KEPT = (
    "content", "description", "due", "duration", "priority", "labels", "checked", "completed_at", "added_at",
    "project_id", "section_id", "parent_id",
)  # fmt: skip
_KEPT_OF_PLACES = ("name", "project_id", "created_at", "inbox_project", "workspace_id", "is_archived")


@dataclass(slots=True)
class Mirror:
    """Our tasks whole, of all other things only where they are."""

    token: str = EVERYTHING
    user: str = ""
    """Whose account it is."""
    zone: str = ""
    """The account's time zone by its IANA name."""
    seen: str = ""
    """The moment of the last look, ISO 8601 in UTC."""
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Ours by id, open and done; `marker` is the line as last seen, whatever people made of it."""
    strangers: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Open tasks that are not ours, by id: project, section and parent."""
    projects: dict[str, dict[str, Any]] = field(default_factory=dict)
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    """Keys of ours that Todoist said were deleted, with the revision they had."""
    called: dict[str, list[str]] = field(default_factory=dict)
    """The key of each phase to its title, the last one, after earlier ones that its section may still bear."""

    @classmethod
    def load(cls, memory: bytes) -> Self:
        """Return what `dump` wrote; anything else is a mirror that knows nothing."""
        try:
            told = json.loads(memory)
            if told.pop("version") == _VERSION:
                return cls(**told)
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # lost memory costs one full reading, and nothing else
        return cls()

    def dump(self) -> bytes:
        """Return the mirror as bytes, equal for equal mirrors."""
        return json.dumps({"version": _VERSION, **asdict(self)}, ensure_ascii=False, sort_keys=True).encode()

    @property
    def limits(self) -> Limits:
        """What the account's plan allows."""
        return Limits.read(self.plan) if self.plan else FREE

    def marker(self, ident: str) -> Marker:
        """Return whose task it is."""
        return marking.remembered(self.tasks[ident]["marker"])

    def remote(self, ident: str, home: tzinfo) -> Remote:
        """Return a task of ours as it was at the last look; `home` is the configured zone."""
        return remote(ident, self.tasks[ident], self.marker(ident), zones_of(self.zone, home))

    def keys(self) -> dict[str, str]:
        """Return our keys with the id of their task, an open one where there are copies."""
        order = sorted(self.tasks, key=lambda ident: not self.tasks[ident].get("checked"))
        return {self.marker(ident).key: ident for ident in order}

    def take(self, answer: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Take in an answer; return the open tasks of ours of which a full one says nothing.

        A full answer holds what is active: what is missing was finished or deleted. Finished tasks
        of ours that were known before are kept. Raises `RetryLater` where a part of it is missing, and
        `TargetError` where the account is another one than before.
        """
        full = bool(answer.get("full_sync")) or self.token == EVERYTHING
        told = {name: answer.get(name, None if full else []) for name in RESOURCES[:3]}
        if not isinstance(answer.get("sync_token"), str) or any(
            not isinstance(v, list) for v in told.values()
        ):
            raise unreadable()
        self._take_user(answer.get("user"))
        before = self.tasks
        if full:
            self.tasks, self.strangers, self.projects, self.sections = {}, {}, {}, {}
        gone = {ident for name in ("projects", "sections") for ident in self._take_places(name, told[name])}
        gone |= self._take_tasks(told["items"], before)
        self._cascade(gone)
        self.plan = dict(answer.get("user_plan_limits") or self.plan)
        self.token = answer["sync_token"]
        if not full:
            return {}
        silent = {ident: task for ident, task in before.items() if ident not in self.tasks}
        self.tasks |= {ident: task for ident, task in silent.items() if task.get("checked")}
        return {ident: task for ident, task in silent.items() if not task.get("checked")}

    def finish(self, found: Iterable[Mapping[str, Any]], missing: Mapping[str, dict[str, Any]]) -> None:
        """Take in finished tasks; what is open is known better already."""
        for task in found:
            if str(task["id"]) not in self.tasks and str(task["id"]) not in self.strangers:
                self._take_tasks([{**task, "checked": True}], missing)

    def _take_user(self, told: object) -> None:
        if not isinstance(told, Mapping):
            return
        user, clock = str(told.get("id") or ""), told.get("tz_info")
        if user and self.user and user != self.user:
            raise TargetError(
                "The token belongs to another Todoist account than before.",
                "Use the token of the former account, or another state folder (--state) for this one.",
            )
        self.user = user or self.user
        if isinstance(clock, Mapping):
            self.zone = str(clock.get("timezone") or self.zone)

    def _take_places(self, name: str, told: Iterable[Mapping[str, Any]]) -> set[str]:
        """Take in projects or sections; return the ids of those deleted."""
        places: dict[str, dict[str, Any]] = getattr(self, name)
        gone = set()
        for place in told:
            ident = str(place["id"])
            if place.get("is_deleted"):
                places.pop(ident, None)
                gone.add(ident)
            else:
                places[ident] = {kept: place.get(kept) for kept in _KEPT_OF_PLACES}
        return gone

    def _take_tasks(
        self, told: Iterable[Mapping[str, Any]], before: Mapping[str, Mapping[str, Any]]
    ) -> set[str]:
        """Take in tasks; return the ids of those deleted. `before` tells whose a task without marker is."""
        gone = set()
        for task in told:
            ident = str(task["id"])
            marker = marking.find(task.get("description") or "")
            line = str(marker) if marker else before.get(ident, {}).get("marker", "")
            self.strangers.pop(ident, None)
            if task.get("is_deleted"):
                gone.add(ident)
                if line and ident not in self.tasks:
                    self._note_removed(line)
            elif line:
                self.tasks[ident] = {kept: task.get(kept) for kept in _KEPT} | {"marker": line}
            elif not task.get("checked"):
                self.strangers[ident] = {
                    kept: task.get(kept) for kept in ("project_id", "section_id", "parent_id")
                }
        return gone

    def _cascade(self, gone: set[str]) -> None:
        """Drop what was deleted, and with it what was in it or below it."""
        left = gone
        while left:
            held = {**self.tasks, **self.strangers}
            left = {ident for ident, task in held.items() if ident in left or _inside(task, left)}
            for ident in left:
                self.strangers.pop(ident, None)
                task = self.tasks.pop(ident, None)
                if task is not None:
                    self._note_removed(task["marker"])
        there = {self.marker(ident).key for ident in self.tasks}
        self.removed = {key: revision for key, revision in self.removed.items() if key not in there}

    def _note_removed(self, line: str) -> None:
        marker = marking.remembered(line)
        self.removed[marker.key] = max(marker.revision, self.removed.get(marker.key, 0))


def _inside(task: Mapping[str, Any], gone: set[str]) -> bool:
    return not gone.isdisjoint({task.get("project_id"), task.get("section_id"), task.get("parent_id")})
