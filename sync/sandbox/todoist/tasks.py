"""The commands about tasks: `item_add`, `item_update`, `item_move`, closing, reopening, deleting."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sync.sandbox.todoist import rules
from sync.sandbox.todoist.account import Account, stamp
from sync.sandbox.todoist.due import begins, following, parsed
from sync.sandbox.todoist.quirks import Quirks
from sync.sandbox.todoist.refusals import (
    BAD_DATE,
    MAX_ITEMS,
    MOVE_FORBIDDEN,
    Refused,
    invalid,
    missing,
    required,
)

Json = dict[str, Any]
Args = Mapping[str, Any]
Readers = Mapping[str, Callable[[Args], Any]]


def number_after(siblings: list[Json], name: str) -> int:
    """The place after the last of its siblings."""
    return max((one[name] for one in siblings), default=0) + 1


class Tasks:
    """`item_*`."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks

    def add(self, args: Args) -> str:
        """Make a task and return its id."""
        if "content" not in args:
            raise required("content")
        place = self._place(args)
        self._demand_room(place["project_id"], 1)
        fields = self._fields(args) | place
        self._demand_fit(fields.get("due"), fields.get("duration"))
        siblings = self._siblings(place)
        blank: Json = {
            "user_id": self._account.user_id,
            "description": "",
            "labels": [],
            "priority": 1,
            "due": None,
            "deadline": None,
            "duration": None,
            "is_collapsed": False,
            "day_order": -1,
            "child_order": number_after(siblings, "child_order"),
            "responsible_uid": None,
            "assigned_by_uid": None,
            "added_by_uid": self._account.user_id,
            "checked": False,
            "completed_at": None,
            "completed_by_uid": None,
        }
        name = self._account.add("items", blank | fields)
        self._account.note("added", "item", self._account.find("items", name))
        return name

    def update(self, args: Args) -> None:
        """Change fields; neither place nor completion is among them."""
        item = self._item(args)
        fields = self._fields(args, item["labels"])
        due, length = fields.get("due", item["due"]), fields.get("duration", item["duration"])
        if "duration" not in fields and not rules.fitting(length, due):
            # what no longer goes with the new date is dropped, as the apps do
            fields["duration"] = None
        self._demand_fit(due, fields.get("duration"))
        self._account.change("items", item["id"], **fields)
        self._account.note("updated", "item", item)

    def move(self, args: Args) -> None:
        """Put a task with its sub-tasks last below another task, in a section or in a project."""
        if self._quirks.moves_forbidden:
            raise Refused(MOVE_FORBIDDEN)
        item = self._item(args)
        aims = [name for name in ("parent_id", "section_id", "project_id") if args.get(name) is not None]
        if len(aims) != 1:
            raise invalid("project_id", "One of parent_id, section_id, project_id")
        place = self._place({aims[0]: args[aims[0]]})
        family = self._account.family(item["id"])
        if place["parent_id"] in [member["id"] for member in family]:
            raise invalid("parent_id", "A task cannot be below itself")
        self._demand_depth(place["parent_id"], _height(family))
        if place["project_id"] != item["project_id"]:
            self._demand_room(place["project_id"], sum(not member["checked"] for member in family))
        last = number_after(self._siblings(place), "child_order")
        self._account.change("items", item["id"], **place, child_order=last)
        carried = {name: place[name] for name in ("project_id", "section_id")}
        for member in family[1:]:
            self._account.change("items", member["id"], **carried)

    def reorder(self, args: Args) -> None:
        """Give tasks other places among their siblings."""
        for one in rules.rows(args, "items"):
            item = self._item(one)
            self._account.change("items", item["id"], child_order=rules.whole(one, "child_order"))

    def delete(self, args: Args) -> None:
        """Delete a task with its sub-tasks."""
        self.remove(self._item(args)["id"])

    def remove(self, name: str) -> None:
        """Delete a task, what is below it and what hangs on them."""
        family = self._account.family(name)
        ids = {member["id"] for member in family}
        for kind in ("notes", "reminders"):
            for one in [one for one in self._account.living(kind) if one.get("item_id") in ids]:
                self._account.change(kind, one["id"], is_deleted=True)
        for member in family:
            self._account.change("items", member["id"], is_deleted=True)
            self._account.note("deleted", "item", member)

    def close(self, args: Args) -> None:
        """What a tick in the apps does: a recurring task goes on to its next time."""
        item = self._item(args)
        if item["due"] and item["due"]["is_recurring"] and not item["checked"]:
            self._go_on(item, following(item["due"], self._account.now(), self._account.zone))
        else:
            self.complete({"id": item["id"]})

    def complete(self, args: Args) -> None:
        """Complete a task with its sub-tasks, at a time that may be said; what is done stays done."""
        item = self._item(args)
        if item["content"].startswith(rules.UNCOMPLETABLE):
            raise invalid("id", "The task cannot be completed: its title begins with an asterisk")
        moment = self._account.stamp
        if args.get("date_completed") is not None:
            said = parsed({"date": args["date_completed"]}, self._account.now(), self._account.zone)
            assert said is not None, "a date was given"
            moment = stamp(begins(said, self._account.zone))
        for member in self._account.family(item["id"]):
            if not member["checked"]:
                self._tick(member, moment)

    def _tick(self, item: Json, moment: str) -> None:
        by = self._account.user_id
        self._account.change("items", item["id"], checked=True, completed_at=moment, completed_by_uid=by)
        due = item["due"]["date"] if item["due"] else None
        recurring = bool(item["due"] and item["due"]["is_recurring"])
        self._account.note("completed", "item", item, due_date=due, is_recurring=recurring)

    def _go_on(self, item: Json, due: Json) -> None:
        done = item["due"]["date"]
        self._account.change("items", item["id"], due=due)
        for member in self._account.family(item["id"])[1:]:
            if member["checked"]:
                self._account.change("items", member["id"], checked=False, completed_at=None)
        extra = {"due_date": due["date"], "completed_due_date": done, "is_recurring": True}
        self._account.note("completed", "item", item, **extra)

    def update_date_complete(self, args: Args) -> None:
        """Complete (or with `is_forward` 0 take back) one occurrence of a recurring task."""
        item = self._item(args)
        due = parsed(args.get("due"), self._account.now(), self._account.zone)
        if due is None or not item["due"]:
            raise Refused(BAD_DATE)
        due = {**item["due"], "date": due["date"]}
        if args.get("is_forward", 1):
            self._go_on(item, due)
        else:
            self._account.change("items", item["id"], due=due)
            self._account.note("uncompleted", "item", item, due_date=due["date"], is_recurring=True)

    def uncomplete(self, args: Args) -> None:
        """Open a task again, with what it stands below; it goes last in its list."""
        item = self._item(args)
        if not item["checked"]:
            return
        self._demand_room(item["project_id"], 1)
        while item["parent_id"]:
            parent = self._account.find("items", item["parent_id"])
            if parent["checked"]:
                self._reopen(parent)
            item = parent
        self._reopen(self._item(args))

    def _reopen(self, item: Json) -> None:
        last = number_after(self._siblings(item), "child_order")
        section = self._account.things["sections"].get(item["section_id"] or "")
        if section is not None and section.fields.get("is_archived"):
            self._account.change("sections", section.fields["id"], is_archived=False, archived_at=None)
        change = {"checked": False, "completed_at": None, "completed_by_uid": None, "child_order": last}
        self._account.change("items", item["id"], **change)
        self._account.note("uncompleted", "item", item)

    # what may be written

    def _item(self, args: Args) -> Json:
        if "id" not in args:
            raise required("id")
        return self._account.find("items", args["id"])

    def _fields(self, args: Args, labels: Sequence[str] = ()) -> Json:
        """The fields of a task that a body names, as they are kept; `labels` are those it has so far."""
        now, zone = self._account.now(), self._account.zone
        readers: Readers = {
            "content": lambda a: rules.title(a, "content", rules.CONTENT_LIMIT),
            "description": lambda a: rules.text(a, "description", rules.DESCRIPTION_LIMIT),
            "due": lambda a: parsed(a["due"], now, zone),
            "deadline": rules.deadline,
            "duration": rules.duration,
            "priority": rules.priority,
            "labels": rules.names,
            "child_order": lambda a: rules.whole(a, "child_order"),
            "day_order": lambda a: rules.whole(a, "day_order"),
            "is_collapsed": lambda a: rules.flag(a, "is_collapsed"),
            "responsible_uid": lambda a: rules.person(a, "responsible_uid"),
        }
        fields = {name: read(args) for name, read in readers.items() if name in args}
        if "content" in fields and args.get("auto_parse_labels", self._quirks.labels_parsed):
            self._parse_labels(fields, labels)
        return fields

    def _parse_labels(self, fields: Json, labels: Sequence[str]) -> None:
        """Take the `@words` out of a title and make them labels, as `auto_parse_labels` does."""
        found = rules.LABEL_WORD.findall(fields["content"])
        if not found:
            return
        bare = " ".join(rules.LABEL_WORD.sub("", fields["content"]).split())
        fields["content"] = bare or fields["content"]
        fields["labels"] = list(dict.fromkeys([*fields.get("labels", labels), *found]))

    def _place(self, args: Args) -> Json:
        """Project, section and parent that a body means; a parent decides about all of them."""
        parent_id, section_id = args.get("parent_id"), args.get("section_id")
        if parent_id is not None:
            parent = self._account.find("items", parent_id)
            self._demand_depth(parent["id"], 0)
            place = {"project_id": parent["project_id"], "section_id": parent["section_id"]}
        elif section_id is not None:
            section = self._account.find("sections", section_id)
            place = {"project_id": section["project_id"], "section_id": section["id"]}
        else:
            project = self._account.find("projects", args.get("project_id") or self._account.inbox_id)
            place = {"project_id": project["id"], "section_id": None}
        if args.get("project_id") not in (None, place["project_id"]):
            raise missing("projects" if section_id is None else "sections")
        return {**place, "parent_id": parent_id}

    def _siblings(self, place: Json) -> list[Json]:
        names = ("project_id", "section_id", "parent_id")
        wanted = [place[name] for name in names]
        return [item for item in self._account.living("items") if [item[name] for name in names] == wanted]

    def _demand_fit(self, due: Json | None, length: Json | None) -> None:
        if self._quirks.durations_strict and not rules.fitting(length, due):
            raise invalid("duration", "minute needs a due time, day a due date")

    def _demand_room(self, project_id: str, more: int) -> None:
        count = sum(item["project_id"] == project_id for item in self._account.active())
        if count + more > self._quirks.plan["max_tasks"]:
            raise Refused(MAX_ITEMS)

    def _demand_depth(self, parent_id: str | None, height: int) -> None:
        depth, above = 0, parent_id
        while above is not None:
            depth, above = depth + 1, self._account.find("items", above)["parent_id"]
        if depth + height > rules.DEEPEST:
            raise invalid("parent_id", f"At most {rules.DEEPEST} levels of sub-tasks")


def _height(family: list[Json]) -> int:
    """How many levels of sub-tasks a family has below its first member."""
    levels = {family[0]["id"]: 0}
    for member in family[1:]:
        levels[member["id"]] = levels[member["parent_id"]] + 1
    return max(levels.values())
