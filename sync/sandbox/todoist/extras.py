"""The commands about what hangs on tasks: labels, comments, reminders."""

from collections.abc import Callable, Mapping
from typing import Any

from sync.sandbox.todoist import rules
from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.due import parsed
from sync.sandbox.todoist.quirks import Quirks
from sync.sandbox.todoist.refusals import MAX_LABELS, PREMIUM_ONLY, Refused, invalid, required
from sync.sandbox.todoist.tasks import number_after

Json = dict[str, Any]
Args = Mapping[str, Any]
Readers = Mapping[str, Callable[[Args], Any]]


class Labels:
    """`label_*`: personal labels; a name on a task alone is a shared one and needs no command."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks

    def add(self, args: Args) -> str:
        """Make a label and return its id; a name is taken once."""
        name = rules.title(args, "name", rules.LABEL_LIMIT)
        living = list(self._account.living("labels"))
        if any(one["name"] == name for one in living):
            raise invalid("name", "Label already exists")
        if len(living) >= self._quirks.plan["max_labels"]:
            raise Refused(MAX_LABELS)
        usual: Json = {
            "color": "charcoal",
            "is_favorite": False,
            "item_order": number_after(living, "item_order"),
        }
        return self._account.add("labels", usual | self._fields(args))

    def update(self, args: Args) -> None:
        """Change a label; a new name goes to every task that has the old one."""
        label = self._label(args)
        fields = self._fields(args)
        if fields.get("name", label["name"]) != label["name"]:
            self.rename(label["name"], fields["name"])
        self._account.change("labels", label["id"], **fields)

    def delete(self, args: Args) -> None:
        """Delete a label and take it off the tasks."""
        label = self._label(args)
        self.rename(label["name"], None)
        self._account.change("labels", label["id"], is_deleted=True)

    def rename(self, old: str, new: str | None) -> None:
        """Give a label on tasks another name, or take it off them."""
        for item in [one for one in self._account.living("items") if old in one["labels"]]:
            renamed = [new if name == old else name for name in item["labels"]]
            kept = list(dict.fromkeys(name for name in renamed if name is not None))
            self._account.change("items", item["id"], labels=kept)

    def _label(self, args: Args) -> Json:
        if "id" not in args:
            raise required("id")
        return self._account.find("labels", args["id"])

    def _fields(self, args: Args) -> Json:
        readers: Readers = {
            "name": lambda a: rules.title(a, "name", rules.LABEL_LIMIT),
            "color": rules.colour,
            "is_favorite": lambda a: rules.flag(a, "is_favorite"),
            "item_order": lambda a: rules.whole(a, "item_order"),
        }
        return {name: read(args) for name, read in readers.items() if name in args}


class Notes:
    """`note_*`: comments on tasks and projects."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def add(self, args: Args) -> str:
        """Make a comment and return its id."""
        owner: Json = {"item_id": None, "project_id": None}
        if args.get("item_id") is not None:
            owner["item_id"] = self._account.find("items", args["item_id"])["id"]
        elif args.get("project_id") is not None:
            owner["project_id"] = self._account.find("projects", args["project_id"])["id"]
        else:
            raise required("item_id")
        fields: Json = {
            "content": rules.text(args, "content", rules.COMMENT_LIMIT, least=1),
            "posted_uid": self._account.user_id,
            "posted_at": self._account.stamp,
            "file_attachment": None,
            "uids_to_notify": [],
            "reactions": None,
        }
        return self._account.add("notes", owner | fields)

    def update(self, args: Args) -> None:
        """Change the words of a comment."""
        note = self._account.find("notes", args.get("id"))
        content = rules.text(args, "content", rules.COMMENT_LIMIT, least=1)
        self._account.change("notes", note["id"], content=content)

    def delete(self, args: Args) -> None:
        """Delete a comment."""
        note = self._account.find("notes", args.get("id"))
        self._account.change("notes", note["id"], is_deleted=True)


class Reminders:
    """`reminder_*`: of a paid plan, but for the one at the due time itself."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks

    def add(self, args: Args) -> str:
        """Make a reminder and return its id."""
        if "item_id" not in args:
            raise required("item_id")
        item = self._account.find("items", args["item_id"])
        fields = self._fields(args)
        self._demand_plan(fields)
        if fields["type"] == "relative" and (item["due"] is None or "T" not in item["due"]["date"]):
            raise invalid("item_id", "The task has no due time")
        usual: Json = {"notify_uid": self._account.user_id, "item_id": item["id"], "is_urgent": False}
        return self._account.add("reminders", usual | fields)

    def update(self, args: Args) -> None:
        """Change when somebody is reminded."""
        reminder = self._account.find("reminders", args.get("id"))
        fields = self._fields({**reminder, **args})
        self._demand_plan(fields)
        self._account.change("reminders", reminder["id"], **fields)

    def delete(self, args: Args) -> None:
        """Delete a reminder."""
        reminder = self._account.find("reminders", args.get("id"))
        self._account.change("reminders", reminder["id"], is_deleted=True)

    def _fields(self, args: Args) -> Json:
        kind = args.get("type", "relative")
        if kind == "relative":
            if "minute_offset" not in args:
                raise required("minute_offset")
            return {"type": kind, "minute_offset": rules.whole(args, "minute_offset"), "due": None}
        if kind != "absolute":
            raise invalid("type", "relative or absolute")
        due = parsed(args.get("due"), self._account.now(), self._account.zone)
        if due is None:
            raise required("due")
        return {"type": kind, "minute_offset": None, "due": due}

    def _demand_plan(self, fields: Json) -> None:
        plan = self._quirks.plan
        free = fields["minute_offset"] == 0 and plan["reminders_at_due"]
        if not (free or plan["reminders"]):
            raise Refused(PREMIUM_ONLY)
