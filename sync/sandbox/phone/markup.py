"""The HTML of the calendar on the phone."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode

from sync.sandbox.pages.shell import hidden
from sync.sandbox.phone.agenda import WINDOW, Day, Entry, heading, spoken
from sync.sandbox.phone.form import Fields

Json = dict[str, Any]


def address(path: str, **query: str) -> str:
    """A link within the phone, ready for an attribute."""
    return escape(f"/phone{path}?{urlencode(query)}")


def agenda(
    calendars: Sequence[tuple[str, str]],
    chosen: str,
    days: Sequence[Day],
    span: tuple[date, date],
    nearest: date | None,
) -> str:
    """The list of days, under the calendars to choose from (ids and titles).

    `span` is the first day shown and today; `nearest` the day to go to where nothing is shown.
    """
    start, today = span
    title = next(name for key, name in calendars if key == chosen)
    sections = "".join(_day(day, chosen, start, today) for day in days) or _nothing(chosen, start, nearest)
    return (
        f"<header><h1>{escape(title)}</h1>{_chips(calendars, chosen)}{_weeks(chosen, start, today)}</header>"
        f"{sections}"
        f'<a class="add" href="{address("/new", calendar=chosen, day=start.isoformat())}" '
        'title="New event" aria-label="New event">+</a>'
    )


def _chips(calendars: Sequence[tuple[str, str]], chosen: str) -> str:
    if len(calendars) == 1:
        return ""
    chips = "".join(
        f'<a class="chip{" on" if key == chosen else ""}" href="{address("", calendar=key)}">'
        f"{escape(name)}</a>"
        for key, name in calendars
    )
    return f'<div class="chips">{chips}</div>'


def _weeks(chosen: str, start: date, today: date) -> str:
    """Earlier, the stretch of time shown, later."""
    earlier, later = (start - WINDOW).isoformat(), (start + WINDOW).isoformat()
    last = start + WINDOW - (WINDOW / 14)
    home = "" if start == today else f'<a href="{address("", calendar=chosen)}">Today</a>'
    return (
        f'<nav class="weeks"><a href="{address("", calendar=chosen, day=earlier)}" aria-label="Earlier">‹</a>'
        f"<span>{spoken(start)} – {spoken(last)}</span>{home}"
        f'<a href="{address("", calendar=chosen, day=later)}" aria-label="Later">›</a></nav>'
    )


def _nothing(chosen: str, start: date, nearest: date | None) -> str:
    hint = "Pushed items appear by themselves."
    if nearest:
        link = address("", calendar=chosen, day=nearest.isoformat())
        word = "Next" if nearest > start else "Last"
        hint = f'<a class="chip" href="{link}">{word}: {spoken(nearest)} {nearest.year}</a>'
    return (
        '<p class="nothing"><b>Nothing here.</b><br>'
        f"No events in the two weeks from {spoken(start)}.<br>{hint}</p>"
    )


def _day(day: Day, calendar: str, start: date, today: date) -> str:
    cards = "".join(_card(one, calendar, start) for one in day.entries)
    now = ' class="today"' if day.day == today else ""
    return f"<section{now}><h2>{heading(day.day, today)}</h2>{cards}</section>"


def _card(one: Entry, calendar: str, start: date) -> str:
    here = {"calendar": calendar, "event": one.event_id, "day": start.isoformat()}
    link = address("/event", **here)
    small = " · ".join(escape(word) for word in _small(one) if word)
    done = " done" if one.done else ""
    long = " long" if one.lasts else ""
    fields = hidden({**here, "done": "" if one.done else "yes"})
    word = "Not done" if one.done else "Done"
    return (
        f'<article class="card{done}{long}" style="--colour:{one.colour}">'
        f'<form method="post" action="/phone/tick" data-quiet>{fields}'
        f'<button class="tick" aria-label="{word}" title="{word}">{"✅" if one.done else ""}</button></form>'
        f'<a href="{link}"><b>{escape(one.title)}</b>'
        f"{f'<small>{small}</small>' if small else ''}</a></article>"
    )


def _small(one: Entry) -> tuple[str, ...]:
    until = f"until {spoken(one.last)}" if one.lasts else ""
    return one.hours, until, "↻ series" if one.series else "", one.place


def sheet(place: Json, fields: Fields, details: Iterable[tuple[str, str]], mistake: str = "") -> str:
    """The sheet of one event, or of a new one where `place` names none.

    `place` holds calendar, day and event, and whether it is one of a series.
    """
    new = not place["event"]
    where = {name: place[name] for name in ("calendar", "day", "event")}
    back = address("", calendar=place["calendar"], day=place["day"])
    warning = f'<p class="mistake">{escape(mistake)}</p>' if mistake else ""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in details)
    return (
        f'<form class="sheet" method="post" action="/phone/save">{hidden(where)}'
        f'<header class="bar"><a href="{back}" aria-label="Back">✕</a>'
        f'<h1>{"New event" if new else "Event"}</h1><button class="save">Save</button></header>'
        f"{warning}{_inputs(fields)}</form>"
        f"{'' if new else _deletion(where, series=place['series'])}"
        f"{f'<details><summary>What the API shows</summary><dl>{rows}</dl></details>' if rows else ''}"
    )


def _inputs(fields: Fields) -> str:
    checked = " checked" if fields.all_day else ""
    return (
        '<textarea class="title" name="title" rows="1" placeholder="Title" aria-label="Title">'
        f"{escape(fields.title)}</textarea>"
        '<label class="row"><span>All day</span>'
        f'<input type="checkbox" class="switch" name="all_day"{checked}></label>'
        f"{_moment('Starts', 'start', fields.start_date, fields.start_time)}"
        f"{_moment('Ends', 'end', fields.end_date, fields.end_time)}"
        '<textarea name="notes" rows="5" placeholder="Notes" aria-label="Notes">'
        f"{escape(fields.notes)}</textarea>"
    )


def _moment(label: str, name: str, day: str, hour: str) -> str:
    return (
        f'<div class="row"><span>{label}</span>'
        f'<input type="date" name="{name}_date" value="{escape(day)}" aria-label="{label}, day" required>'
        f'<input type="time" name="{name}_time" value="{escape(hour)}" aria-label="{label}, time"></div>'
    )


def _deletion(where: dict[str, str], *, series: bool) -> str:
    words = (("one", "Delete this day"), ("series", "Delete the series")) if series else (("one", "Delete"),)
    buttons = "".join(f'<button name="what" value="{value}">{word}</button>' for value, word in words)
    return f'<form class="delete" method="post" action="/phone/delete">{hidden(where)}{buttons}</form>'
