"""What the emulated Todoist remembers: one person's projects, sections, tasks and what hangs on them.

Every write takes the next number of one counter; a sync token is such a number, and a delta is what has
a higher one. Nothing is ever forgotten: what is deleted stays with `is_deleted`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.chance import Chance
from sync.sandbox.todoist.refusals import missing

Json = dict[str, Any]

KINDS = ("projects", "sections", "items", "labels", "notes", "reminders")
ID_LETTERS = "23456789CFGHJMPQRVWXcfghjmpqrvwx"
ID_LENGTH = 16


def stamp(moment: datetime) -> str:
    """A moment as `added_at` and its like write it: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(slots=True)
class Record:
    """One thing of any kind and the number of its last change."""

    fields: Json
    revision: int


class Account:
    """One person at Todoist, with an inbox."""

    def __init__(self, email: str, now: Callable[[], datetime], chance: Chance) -> None:
        self.now = now
        self.chance = chance
        self.revision = 0
        self.things: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
        self.executed: dict[str, Json] = {}
        """What became of a command, by its uuid."""
        self.activities: list[Json] = []
        self.user_id = chance.word(8, "123456789")
        self.email = email
        self.zone_name = "UTC"
        self.user_revision = 0
        self.inbox_id = self.add("projects", {"name": "Inbox", "inbox_project": True, "child_order": 0})

    @property
    def zone(self) -> ZoneInfo:
        """The person's zone: in it floating times are meant and days begin."""
        return ZoneInfo(self.zone_name)

    @property
    def stamp(self) -> str:
        """The time as stamps write it."""
        return stamp(self.now())

    def touch(self) -> int:
        """The number of the next write."""
        self.revision += 1
        return self.revision

    def free_id(self, kind: str) -> str:
        """An id as the server mints them."""
        if kind == "labels":
            return self.chance.fresh(self.things[kind], "2{}".format, 9, "0123456789")
        return self.chance.fresh(self.things[kind], "6{}".format, ID_LENGTH - 1, ID_LETTERS)

    def add(self, kind: str, fields: Json) -> str:
        """Put a thing there and return its id."""
        name = self.free_id(kind)
        now = self.stamp
        born = {"id": name, "added_at": now, "updated_at": now, "is_deleted": False}
        self.things[kind][name] = Record({**born, **fields}, self.touch())
        return name

    def change(self, kind: str, name: str, /, **fields: object) -> Json:
        """Change fields of a thing and return it."""
        record = self.things[kind][name]
        record.fields |= fields
        record.fields["updated_at"] = self.stamp
        record.revision = self.touch()
        return record.fields

    def find(self, kind: str, name: object) -> Json:
        """The living thing with that id; raises Refused (404) where there is none."""
        record = self.things[kind].get(name) if isinstance(name, str) else None
        if record is None or record.fields["is_deleted"]:
            raise missing(kind)
        return record.fields

    def living(self, kind: str) -> Iterator[Json]:
        """The things of a kind that are not deleted, in the order in which they were made."""
        return (record.fields for record in self.things[kind].values() if not record.fields["is_deleted"])

    def active(self) -> Iterator[Json]:
        """The tasks still to be done in projects that are not archived."""
        archived = {project["id"] for project in self.living("projects") if project.get("is_archived")}
        return (
            item
            for item in self.living("items")
            if not item["checked"] and item["project_id"] not in archived
        )

    def children(self, item_id: str) -> list[Json]:
        """The sub-tasks of a task, not theirs."""
        return [item for item in self.living("items") if item["parent_id"] == item_id]

    def family(self, item_id: str) -> list[Json]:
        """A task and everything below it, parents before children."""
        below = [member for child in self.children(item_id) for member in self.family(child["id"])]
        return [self.find("items", item_id), *below]

    def note(self, event: str, kind: str, thing: Json, **extra: object) -> None:
        """Write a line of the activity log."""
        self.activities.append(
            {
                "id": len(self.activities) + 1,
                "object_type": kind,
                "object_id": thing["id"],
                "event_type": event,
                "event_date": self.stamp,
                "parent_project_id": thing.get("project_id"),
                "parent_item_id": thing.get("parent_id"),
                "initiator_id": None,
                "extra_data": {"client": "Sandbox", "content": thing.get("content", thing.get("name"))}
                | extra,
            }
        )

    def tz_info(self) -> Json:
        """The person's zone as `user` shows it."""
        offset = self.now().astimezone(self.zone).utcoffset() or timedelta()
        minutes = int(offset.total_seconds()) // 60
        sign, size = ("-" if minutes < 0 else "+"), abs(minutes)
        return {
            "timezone": self.zone_name,
            "gmt_string": f"{sign}{size // 60:02}:{size % 60:02}",
            "hours": int(minutes / 60),
            "minutes": size % 60,
            "is_dst": int(bool(self.now().astimezone(self.zone).dst())),
        }

    def snapshot(self) -> Json:
        """Everything, as JSON."""
        return {
            "revision": self.revision,
            "user": [self.user_id, self.email, self.zone_name, self.user_revision, self.inbox_id],
            "things": {
                kind: [[record.fields, record.revision] for record in records.values()]
                for kind, records in self.things.items()
            },
            "executed": self.executed,
            "activities": self.activities,
        }

    def restore(self, state: Json) -> None:
        """Become what a snapshot says."""
        self.revision = state["revision"]
        self.user_id, self.email, self.zone_name, self.user_revision, self.inbox_id = state["user"]
        self.things = {
            kind: {fields["id"]: Record(fields, revision) for fields, revision in state["things"][kind]}
            for kind in KINDS
        }
        self.executed = state["executed"]
        self.activities = state["activities"]
