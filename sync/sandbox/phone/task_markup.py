"""The HTML of the tasks on the phone."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from sync.sandbox.pages.shell import hidden
from sync.sandbox.phone.task_form import TaskFields
from sync.sandbox.phone.todo import Line, Part

PRIORITIES = (("4", "p1, urgent"), ("3", "p2"), ("2", "p3"), ("1", "none"))


def address(path: str, **query: str) -> str:
    """A link within the tasks, ready for an attribute."""
    return escape(f"/phone/tasks{path}?{urlencode(query)}")


def listing(chips: Sequence[tuple[str, str]], chosen: str, parts: Sequence[Part]) -> str:
    """The tasks under their headings, below what there is to choose from (ids and names)."""
    names = "".join(
        f'<a class="chip{" on" if key == chosen else ""}" href="{address("", project=key)}">'
        f"{escape(name)}</a>"
        for key, name in chips
    )
    sections = "".join(_part(part, chosen) for part in parts) or (
        '<p class="nothing"><b>Nothing here.</b><br>Pushed tasks appear by themselves.</p>'
    )
    title = escape(dict(chips)[chosen])
    return (
        f'<header><h1>{title}</h1><div class="chips">{names}</div></header>{sections}'
        f'<a class="add" href="{address("/new", project=chosen)}" title="New task" aria-label="New task">+</a>'
    )


def _part(part: Part, chosen: str) -> str:
    heading = f"<h2>{escape(part.title)}</h2>" if part.title else ""
    return f"<section>{heading}{''.join(_card(one, chosen) for one in part.lines)}</section>"


def _card(one: Line, chosen: str) -> str:
    here = {"project": chosen, "task": one.task_id}
    labels = " ".join(f"@{name}" for name in one.labels)
    when = f"<span{' class=late' if one.late else ''}>{escape(one.when)}</span>" if one.when else ""
    small = " · ".join(part for part in (when, escape(one.place), escape(labels)) if part)
    below = f" below below{one.depth}" if one.depth else ""
    return (
        f'<article class="card task{" done" if one.done else ""}{below}" style="--colour:{one.colour}">'
        f'{_tick(one, here)}<a href="{address("/task", **here)}"><b>{escape(one.title)}</b>'
        f"{f'<small>{small}</small>' if small else ''}</a></article>"
    )


def _tick(one: Line, here: dict[str, str]) -> str:
    """The box to tick; a title that is none has no box."""
    if not one.tickable:
        return '<span class="fixed"></span>'
    word = "Not done" if one.done else "Done"
    return (
        f'<form method="post" action="/phone/tasks/tick" data-quiet>'
        f"{hidden({**here, 'done': '' if one.done else 'yes'})}"
        f'<button class="tick" aria-label="{word}" title="{word}">{"✅" if one.done else ""}</button></form>'
    )


def sheet(
    where: dict[str, str],
    fields: TaskFields,
    places: Sequence[tuple[str, str]],
    details: Iterable[tuple[str, str]],
    mistake: str = "",
) -> str:
    """The sheet of one task, or of a new one where `where` names none; `places` are where it may stand."""
    new = not where["task"]
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in details)
    warning = f'<p class="mistake">{escape(mistake)}</p>' if mistake else ""
    deletion = (
        f'<form class="delete" method="post" action="/phone/tasks/delete">{hidden(where)}'
        "<button>Delete</button></form>"
    )
    return (
        f'<form class="sheet" method="post" action="/phone/tasks/save">{hidden(where)}'
        f'<header class="bar"><a href="{address("", project=where["project"])}" aria-label="Back">✕</a>'
        f'<h1>{"New task" if new else "Task"}</h1><button class="save">Save</button></header>'
        f"{warning}{_inputs(fields, places)}</form>{'' if new else deletion}"
        f"{f'<details><summary>What the API shows</summary><dl>{rows}</dl></details>' if rows else ''}"
    )


def _inputs(fields: TaskFields, places: Sequence[tuple[str, str]]) -> str:
    return (
        '<textarea class="title" name="title" rows="1" placeholder="Task" aria-label="Title">'
        f"{escape(fields.title)}</textarea>"
        '<div class="row"><span>Due</span>'
        f'<input type="date" name="due_date" value="{escape(fields.due_date)}" aria-label="Due, day">'
        f'<input type="time" name="due_time" value="{escape(fields.due_time)}" aria-label="Due, time"></div>'
        f"{_choice('Priority', 'priority', PRIORITIES, fields.priority)}"
        f"{_choice('Where', 'place', places, fields.place)}"
        '<label class="row"><span>Labels</span>'
        f'<input name="labels" value="{escape(fields.labels)}" placeholder="study, team"></label>'
        '<textarea name="notes" rows="5" placeholder="Description" aria-label="Description">'
        f"{escape(fields.notes)}</textarea>"
    )


def _choice(label: str, name: str, options: Sequence[tuple[str, str]], chosen: str) -> str:
    rows = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(word)}</option>'
        for value, word in options
    )
    return f'<label class="row"><span>{label}</span><select name="{name}">{rows}</select></label>'
