"""Projects and sections that were made for tasks and hold none any more, after all of them were taken back."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sync.targets.todoist.layout import names_of
from sync.targets.todoist.mirror import Mirror
from sync.targets.todoist.moments import instant
from sync.targets.todoist.reading import Reader
from sync.targets.todoist.shelves import Shelves, is_named
from sync.targets.todoist.transport import Line

Places = set[str]


def tidy(line: Line, mirror: Mirror, shelves: Shelves, reader: Reader) -> tuple[str, ...]:
    """Delete what our tasks stood in at the last look and what is empty now; return the names.

    A project goes only if it bears a name that we give, and nothing goes that holds a task of
    anybody's, open or finished: Todoist would delete it along.
    """
    before = _used(mirror.tasks)
    reader.look(line, mirror)
    ours = tuple(names_of(shelves))
    empty = before - _used(mirror.tasks) - _used(mirror.strangers)
    projects = {
        ident: each
        for ident, each in mirror.projects.items()
        if ident in empty and any(is_named(str(each["name"]), title) for title in ours)
    }
    sections = {
        ident: each
        for ident, each in mirror.sections.items()
        if ident in empty and each["project_id"] not in projects
    }
    if not projects and not sections:
        return ()
    kept = _used({str(task["id"]): task for task in reader.finished(line, _oldest(mirror))})
    gone = [("project_delete", ident, each) for ident, each in projects.items() if ident not in kept]
    gone += [("section_delete", ident, each) for ident, each in sections.items() if ident not in kept]
    commands = [{"type": kind, "uuid": str(uuid4()), "args": {"id": ident}} for kind, ident, _ in gone]
    if commands:
        line.sync(json.dumps({"commands": commands}).encode())
    return tuple(str(each["name"]) for _, _, each in gone)


def _used(tasks: Mapping[str, Mapping[str, Any]]) -> Places:
    """Return the projects and sections that tasks are in."""
    return {
        str(task[name]) for task in tasks.values() for name in ("project_id", "section_id") if task.get(name)
    }


def _oldest(mirror: Mirror) -> datetime | None:
    """Return when the first project was made, None where that is not told."""
    told = [each["created_at"] for each in mirror.projects.values() if each.get("created_at")]
    return min(map(instant, told), default=None)
