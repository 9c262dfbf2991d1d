"""The commands about projects and sections."""

from collections.abc import Callable, Mapping
from typing import Any

from sync.sandbox.todoist import rules
from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.quirks import Quirks
from sync.sandbox.todoist.refusals import MAX_PROJECTS, MAX_SECTIONS, Refused, invalid, required
from sync.sandbox.todoist.tasks import Tasks, number_after

Json = dict[str, Any]
Args = Mapping[str, Any]
Readers = Mapping[str, Callable[[Args], Any]]

PROJECT_NAME_LIMIT = 120
SECTION_NAME_LIMIT = 2048
VIEWS = ("list", "board", "calendar")


class Projects:
    """`project_*`."""

    def __init__(self, account: Account, quirks: Quirks, tasks: Tasks) -> None:
        self._account = account
        self._quirks = quirks
        self._tasks = tasks

    def add(self, args: Args) -> str:
        """Make a project and return its id."""
        fields = {"parent_id": None} | self._fields(args)
        if "name" not in fields:
            raise required("name")
        if fields["parent_id"] is not None:
            self._account.find("projects", fields["parent_id"])
        self._demand_room()
        siblings = [
            one for one in self._account.living("projects") if one.get("parent_id") == fields["parent_id"]
        ]
        order = {"child_order": number_after(siblings, "child_order")}
        name = self._account.add("projects", order | fields)
        self._account.note("added", "project", self._account.find("projects", name))
        return name

    def update(self, args: Args) -> None:
        """Change name, colour and the like."""
        fields = self._fields(args)
        fields.pop("parent_id", None)
        self._account.change("projects", self._own(args)["id"], **fields)

    def move(self, args: Args) -> None:
        """Put a project below another one, or at the top."""
        project = self._own(args)
        above = args.get("parent_id")
        if above is not None and above in [one["id"] for one in self._family(project["id"])]:
            raise invalid("parent_id", "A project cannot be below itself")
        if above is not None:
            self._account.find("projects", above)
        self._account.change("projects", project["id"], parent_id=above)

    def reorder(self, args: Args) -> None:
        """Give projects other places among their siblings."""
        for one in rules.rows(args, "projects"):
            project = self._own(one)
            self._account.change("projects", project["id"], child_order=rules.whole(one, "child_order"))

    def delete(self, args: Args) -> None:
        """Delete a project with all that is in it and below it."""
        for project in self._family(self._own(args)["id"]):
            for item in self._items(project["id"]):
                self._tasks.remove(item["id"])
            for section in self._sections(project["id"]):
                self._account.change("sections", section["id"], is_deleted=True)
            self._account.change("projects", project["id"], is_deleted=True)
            self._account.note("deleted", "project", project)

    def archive(self, args: Args) -> None:
        """Put a project and those below it away; its tasks stay as they are and are no longer shown."""
        for project in self._family(self._own(args)["id"]):
            self._account.change("projects", project["id"], is_archived=True)
            self._account.note("archived", "project", project)

    def unarchive(self, args: Args) -> None:
        """Bring a project back, without those below it."""
        project = self._account.find("projects", args.get("id"))
        if project.get("is_archived"):
            self._demand_room()
            self._account.change("projects", project["id"], is_archived=False, parent_id=None)
            # its sections and tasks count as changed: a delta brings them back
            for kind, things in (("sections", self._sections), ("items", self._items)):
                for thing in things(project["id"]):
                    self._account.change(kind, thing["id"])
            self._account.note("unarchived", "project", project)

    def _own(self, args: Args) -> Json:
        """The project that is meant; the inbox stays as it is."""
        if "id" not in args:
            raise required("id")
        project = self._account.find("projects", args["id"])
        if project["id"] == self._account.inbox_id:
            raise invalid("id", "The inbox cannot be changed")
        return project

    def _family(self, name: str) -> list[Json]:
        below = [one["id"] for one in self._account.living("projects") if one.get("parent_id") == name]
        return [self._account.find("projects", name), *(one for each in below for one in self._family(each))]

    def _items(self, name: str) -> list[Json]:
        """The tasks of a project that are not below another one."""
        items = self._account.living("items")
        return [one for one in items if one["project_id"] == name and one["parent_id"] is None]

    def _sections(self, name: str) -> list[Json]:
        return [one for one in self._account.living("sections") if one["project_id"] == name]

    def _fields(self, args: Args) -> Json:
        readers: Readers = {
            "name": lambda a: rules.title(a, "name", PROJECT_NAME_LIMIT),
            "description": lambda a: rules.text(a, "description", rules.DESCRIPTION_LIMIT),
            "color": rules.colour,
            "is_favorite": lambda a: rules.flag(a, "is_favorite"),
            "is_collapsed": lambda a: rules.flag(a, "is_collapsed"),
            "child_order": lambda a: rules.whole(a, "child_order"),
            "view_style": _view,
            "parent_id": lambda a: a["parent_id"],
        }
        return {name: read(args) for name, read in readers.items() if name in args}

    def _demand_room(self) -> None:
        living = [one for one in self._account.living("projects") if not one.get("is_archived")]
        if len(living) > self._quirks.plan["max_projects"]:
            # the inbox does not count
            raise Refused(MAX_PROJECTS)


def _view(args: Args) -> str:
    if args["view_style"] not in VIEWS:
        raise invalid("view_style", "list, board or calendar")
    return str(args["view_style"])


class Sections:
    """`section_*`."""

    def __init__(self, account: Account, quirks: Quirks, tasks: Tasks) -> None:
        self._account = account
        self._quirks = quirks
        self._tasks = tasks

    def add(self, args: Args) -> str:
        """Make a section and return its id."""
        name = rules.title(args, "name", SECTION_NAME_LIMIT)
        if "project_id" not in args:
            raise required("project_id")
        project = self._account.find("projects", args["project_id"])
        siblings = self._of(project["id"])
        self._demand_room(siblings)
        order = rules.whole(args, "section_order") if args.get("section_order") is not None else None
        fields = {
            "user_id": self._account.user_id,
            "project_id": project["id"],
            "name": name,
            "section_order": number_after(siblings, "section_order") if order is None else order,
            "is_collapsed": False,
            "is_archived": False,
            "archived_at": None,
        }
        made = self._account.add("sections", fields)
        self._account.note("added", "section", self._account.find("sections", made))
        return made

    def update(self, args: Args) -> None:
        """Change its name, its place, or whether it is folded."""
        section = self._section(args)
        readers: Readers = {
            "name": lambda a: rules.title(a, "name", SECTION_NAME_LIMIT),
            "section_order": lambda a: rules.whole(a, "section_order"),
            "is_collapsed": lambda a: rules.flag(a, "is_collapsed"),
        }
        fields = {name: read(args) for name, read in readers.items() if name in args}
        self._account.change("sections", section["id"], **fields)

    def move(self, args: Args) -> None:
        """Put a section with its tasks into another project."""
        section = self._section(args)
        project = self._account.find("projects", args.get("project_id"))
        siblings = [one for one in self._of(project["id"]) if one["id"] != section["id"]]
        self._demand_room(siblings)
        last = number_after(siblings, "section_order")
        self._account.change("sections", section["id"], project_id=project["id"], section_order=last)
        for item in self._items(section["id"]):
            self._account.change("items", item["id"], project_id=project["id"])

    def reorder(self, args: Args) -> None:
        """Give sections other places."""
        for one in rules.rows(args, "sections"):
            section = self._section(one)
            order = rules.whole(one, "section_order")
            self._account.change("sections", section["id"], section_order=order)

    def archive(self, args: Args) -> None:
        """Put a section away; its open tasks are completed."""
        section = self._section(args)
        for item in [one for one in self._items(section["id"]) if not one["checked"]]:
            self._tasks.complete({"id": item["id"]})
        self._account.change("sections", section["id"], is_archived=True, archived_at=self._account.stamp)

    def unarchive(self, args: Args) -> None:
        """Bring a section back; its tasks stay completed."""
        self._account.change("sections", self._section(args)["id"], is_archived=False, archived_at=None)

    def delete(self, args: Args) -> None:
        """Delete a section with its tasks."""
        section = self._section(args)
        for item in [one for one in self._items(section["id"]) if one["parent_id"] is None]:
            self._tasks.remove(item["id"])
        self._account.change("sections", section["id"], is_deleted=True)
        self._account.note("deleted", "section", section)

    def _section(self, args: Args) -> Json:
        if "id" not in args:
            raise required("id")
        return self._account.find("sections", args["id"])

    def _of(self, project_id: str) -> list[Json]:
        return [one for one in self._account.living("sections") if one["project_id"] == project_id]

    def _items(self, section_id: str) -> list[Json]:
        return [one for one in self._account.living("items") if one["section_id"] == section_id]

    def _demand_room(self, siblings: list[Json]) -> None:
        if sum(not one["is_archived"] for one in siblings) >= self._quirks.plan["max_sections"]:
            raise Refused(MAX_SECTIONS)
