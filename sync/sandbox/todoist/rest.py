"""The REST endpoints: each is a look at the same state, or one of the commands in other words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.sandbox.todoist import bodies, rules, shapes
from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.commands import Commands
from sync.sandbox.todoist.filters import Filter
from sync.sandbox.todoist.history import History
from sync.sandbox.todoist.paging import page
from sync.sandbox.todoist.quirks import Quirks
from sync.sandbox.todoist.refusals import NO_SUCH_PATH, Refused, invalid, required
from sync.sandbox.wire import Request

Json = dict[str, Any]
Args = Callable[[Mapping[str, Any]], Json]


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of thing under its address."""

    kind: str
    command: str
    """How the commands about it begin."""
    args: Args
    fixed: tuple[str, ...] = ()
    """Fields that an update must not name: they are changed by moving."""


NOUNS = {
    "tasks": Noun("items", "item", bodies.task_args, ("project_id", "section_id", "parent_id")),
    "projects": Noun("projects", "project", bodies.project_args),
    "sections": Noun("sections", "section", bodies.section_args),
    "labels": Noun("labels", "label", bodies.label_args),
    "comments": Noun("notes", "note", bodies.comment_args),
    "reminders": Noun("reminders", "reminder", bodies.reminder_args),
}
ORDERS = {
    "items": "child_order",
    "projects": "child_order",
    "sections": "section_order",
    "labels": "item_order",
}
VERBS = {
    ("tasks", "close"): "item_close",
    ("tasks", "reopen"): "item_uncomplete",
    ("tasks", "move"): "item_move",
    ("projects", "archive"): "project_archive",
    ("projects", "unarchive"): "project_unarchive",
    ("sections", "archive"): "section_archive",
    ("sections", "unarchive"): "section_unarchive",
}
SILENT = ("close", "reopen")
"""Verbs that are answered with 204."""
QUICK_WORD = re.compile(r"(?<!\S)(?:#(?P<project>\S+)|@(?P<label>\S+)|p(?P<priority>[1-4]))(?!\S)")


class Rest:
    """Answers what stands below `/api/v1/` beside `sync`."""

    def __init__(self, account: Account, quirks: Quirks, commands: Commands) -> None:
        self._account = account
        self._quirks = quirks
        self._commands = commands
        history = History(account, quirks)
        self._looks: dict[str, Callable[[Request], Any]] = {
            "tasks/filter": self._filtered,
            "tasks/completed/by_completion_date": history.by_completion_date,
            "tasks/completed/by_due_date": history.by_due_date,
            "activities": history.activities,
            "projects/archived": self._archived,
            "labels/shared": self._shared_labels,
            "user": lambda _: shapes.user(account, quirks),
            "location_reminders": lambda request: page(request, quirks, []),
        }
        self._deeds: dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "tasks/quick": self._quick,
            "labels/shared/rename": self._rename_label,
            "labels/shared/remove": self._remove_label,
        }

    def answer(self, request: Request, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON of the answer, None for 204; `path` is what follows `/api/v1/`.

        Raises Refused where there is nothing, or it says no.
        """
        if request.method == "GET" and path in self._looks:
            return self._looks[path](request)
        if request.method == "POST" and path in self._deeds:
            return self._deeds[path]({**dict(request.query), **body})
        noun, name, rest = [*path.split("/"), "", ""][:3]
        if noun not in NOUNS or path.count("/") > 2:
            raise Refused(NO_SUCH_PATH)
        if rest:
            return self._below(request, noun, name, rest, body)
        return self._thing(request, noun, name, body) if name else self._all(request, noun, body)

    def _all(self, request: Request, noun: str, body: Mapping[str, Any]) -> Any:
        """`GET tasks` and `POST tasks`."""
        if request.method == "GET":
            return page(request, self._quirks, self._listed(request, noun))
        if request.method != "POST":
            raise Refused(NO_SUCH_PATH)
        about = NOUNS[noun]
        args = about.args(body)
        made = self._commands.do(f"{about.command}_add", args)
        return self._shown(noun, self._account.find(about.kind, made))

    def _thing(self, request: Request, noun: str, name: str, body: Mapping[str, Any]) -> Any:
        """`GET tasks/ID`, `POST tasks/ID` and `DELETE tasks/ID`."""
        if (request.method, name) == ("GET", "search") and noun in ORDERS:
            return self._searched(request, noun)
        about = NOUNS[noun]
        found = self._account.find(about.kind, name)
        if request.method == "GET":
            return self._shown(noun, found)
        if request.method == "DELETE":
            self._commands.do(f"{about.command}_delete", {"id": name})
            return None
        if request.method != "POST":
            raise Refused(NO_SUCH_PATH)
        args = {key: value for key, value in about.args(body).items() if key not in about.fixed}
        self._commands.do(f"{about.command}_update", {**args, "id": name})
        return self._shown(noun, self._account.find(about.kind, name))

    def _below(self, request: Request, noun: str, name: str, verb: str, body: Mapping[str, Any]) -> Any:
        """`POST tasks/ID/close` and the like."""
        found = self._account.find(NOUNS[noun].kind, name)
        if (request.method, noun, verb) == ("GET", "projects", "collaborators"):
            return page(request, self._quirks, [])
        if request.method != "POST" or (noun, verb) not in VERBS:
            raise Refused(NO_SUCH_PATH)
        self._commands.do(VERBS[noun, verb], {**body, "id": name})
        return None if verb in SILENT else self._shown(noun, found)

    # lists

    def _listed(self, request: Request, noun: str) -> list[Json]:
        """What a list shows before it is cut into pages: nothing completed, deleted or archived."""
        kind = NOUNS[noun].kind
        found: Iterable[Json] = self._account.active() if kind == "items" else self._account.living(kind)
        if kind in ("projects", "sections"):
            found = [one for one in found if not one.get("is_archived")]
        if noun == "comments" and not (request.first("task_id") or request.first("project_id")):
            raise required("task_id")
        for said, own in _wishes(request, noun).items():
            found = [one for one in found if one.get(own) == request.first(said)]
        if request.first("label") is not None:
            found = [one for one in found if request.first("label") in one["labels"]]
        if request.first("ids") is not None:
            ids = (request.first("ids") or "").split(",")
            found = [one for one in found if one["id"] in ids]
        return [self._shown(noun, one) for one in self._ordered(kind, found)]

    def _ordered(self, kind: str, found: Iterable[Json]) -> list[Json]:
        order = ORDERS.get(kind)
        return sorted(found, key=lambda one: one[order]) if order else list(found)

    def _shown(self, noun: str, fields: Json) -> Json:
        if noun == "labels":
            return shapes.label(fields)
        shown = shapes.shown(self._account, self._quirks, NOUNS[noun].kind, fields)
        return {k: v for k, v in shown.items() if v is not None} if noun == "comments" else shown

    def _archived(self, request: Request) -> Json:
        found = [one for one in self._account.living("projects") if one.get("is_archived")]
        return page(request, self._quirks, [self._shown("projects", one) for one in found])

    def _searched(self, request: Request, noun: str) -> Json:
        query = request.first("query")
        if not query:
            raise required("query")
        wanted = query.strip("*").lower()
        found = [one for one in self._listed(request, noun) if wanted in (one.get("name") or "").lower()]
        return page(request, self._quirks, found)

    def _filtered(self, request: Request) -> Json:
        query = request.first("query")
        if not query:
            raise required("query")
        test = Filter(query, self._account).test
        found = [self._shown("tasks", one) for one in self._account.active() if test(one)]
        return page(request, self._quirks, found)

    def _shared_labels(self, request: Request) -> Json:
        own = {label["name"] for label in self._account.living("labels")}
        names = dict.fromkeys(name for item in self._account.active() for name in item["labels"])
        omitted = own if request.first("omit_personal") == "true" else set()
        wanted = [name for name in dict.fromkeys([*own, *names]) if name not in omitted]
        return page(request, self._quirks, sorted(wanted))

    # deeds

    def _quick(self, body: Mapping[str, Any]) -> Json:
        """Make a task out of one line, in which `#Project`, `@label` and `p1` mean something."""
        text = body.get("text")
        if not isinstance(text, str):
            raise required("text")
        args: Json = {"auto_parse_labels": False, "labels": [], "description": body.get("note") or ""}
        for found in QUICK_WORD.finditer(text):
            if found["label"]:
                args["labels"].append(found["label"])
            elif found["priority"]:
                args["priority"] = 5 - int(found["priority"])
            else:
                args["project_id"] = self._project_named(found["project"])
        args["content"] = " ".join(QUICK_WORD.sub("", text).split())
        made = self._commands.do("item_add", args)
        return self._shown("tasks", self._account.find("items", made))

    def _project_named(self, name: str) -> str:
        for project in self._account.living("projects"):
            if project["name"].lower() == name.lower():
                return str(project["id"])
        raise invalid("text", f"There is no project {name}")

    def _rename_label(self, body: Mapping[str, Any]) -> None:
        new = rules.title(body, "new_name", rules.LABEL_LIMIT)
        self._commands.labels.rename(str(body.get("name")), new)

    def _remove_label(self, body: Mapping[str, Any]) -> None:
        self._commands.labels.rename(str(body.get("name")), None)


def _wishes(request: Request, noun: str) -> dict[str, str]:
    """By which parameters a list is narrowed, and which fields they mean."""
    names = {"project_id": "project_id", "section_id": "section_id", "parent_id": "parent_id"}
    if noun in ("comments", "reminders"):
        names["task_id"] = "item_id"
    return {said: own for said, own in names.items() if request.first(said) is not None}
