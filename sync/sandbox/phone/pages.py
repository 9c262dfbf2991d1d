"""The calendar on the phone: two weeks in a narrow window, to tick, edit and delete by hand."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sync.sandbox.google.account import CalendarState
from sync.sandbox.google.refusals import Refused
from sync.sandbox.google.service import Google
from sync.sandbox.phone import markup
from sync.sandbox.phone.agenda import bounds, days, entry
from sync.sandbox.phone.form import Fields
from sync.sandbox.phone.screen import Screen
from sync.sandbox.wire import Answer, Request, redirect

Json = dict[str, Any]

FAR = timedelta(days=10 * 365)
YEARS = range(1900, 2200)


class Phone(Screen):
    """Pages under `/phone`."""

    def __init__(self, google: Google, pulse: Callable[[], str]) -> None:
        super().__init__("/phone", pulse)
        self._google = google
        self._shown = {"/phone": self._agenda, "/phone/event": self._event, "/phone/new": self._new}
        self._done = {"/phone/tick": self._tick, "/phone/save": self._save, "/phone/delete": self._delete}

    def answer(self, request: Request) -> Answer:
        """Show a page, or carry out a form and show the agenda again; what is gone leads there too."""
        try:
            return super().answer(request)
        except Refused:
            return redirect("/phone")

    # pages

    def _calendar(self, values: Mapping[str, str]) -> CalendarState:
        """The calendar that was chosen, else the first that an app has made, else the person's own."""
        if values.get("calendar"):
            return self._google.account.calendar(values["calendar"])
        return self._living()[0]

    def _living(self) -> list[CalendarState]:
        """The calendars there are, those of apps before the person's own."""
        living = [c for c in self._google.account.calendars.values() if not c.deleted]
        return sorted(living, key=lambda calendar: calendar.made_by is None)

    def _today(self, calendar: CalendarState) -> date:
        return self._google.account.now().astimezone(calendar.zone).date()

    def _agenda(self, values: Mapping[str, str]) -> Answer:
        calendar = self._calendar(values)
        today = self._today(calendar)
        start = _day(values.get("day", ""), today)
        events = self._google.agenda(calendar.id, *bounds(start, calendar.zone))
        entries = [entry(event, calendar.zone) for event in events]
        names = [(c.id, c.resource["summary"]) for c in self._living()]
        nearest = None if entries else self._nearest(calendar, start)
        content = markup.agenda(names, calendar.id, days(entries, start), (start, today), nearest)
        return self._page(calendar.resource["summary"], content, tabs=True)

    def _nearest(self, calendar: CalendarState, start: date) -> date | None:
        """The day of the next event after an empty stretch, else of the last one before it."""
        low, high = bounds(start, calendar.zone)
        later = self._google.agenda(calendar.id, high, high + FAR)
        earlier = [] if later else self._google.agenda(calendar.id, low - FAR, low)
        found = later[:1] or earlier[-1:]
        return entry(found[0], calendar.zone).first if found else None

    def _event(self, values: Mapping[str, str]) -> Answer:
        calendar = self._calendar(values)
        event = self._google.event(calendar.id, values.get("event", ""))
        return self._sheet(values, event, Fields.of_event(event, calendar.zone))

    def _new(self, values: Mapping[str, str]) -> Answer:
        day = _day(values.get("day", ""), self._today(self._calendar(values))).isoformat()
        return self._sheet(values, {}, Fields(start_date=day, end_date=day))

    def _sheet(self, values: Mapping[str, str], event: Json, fields: Fields, mistake: str = "") -> Answer:
        place = {
            "calendar": self._calendar(values).id,
            "day": values.get("day", ""),
            "event": event.get("id", ""),
            "series": "recurringEventId" in event,
        }
        content = markup.sheet(place, fields, _details(event), mistake)
        return self._page("Event", content, 400 if mistake else 200)

    # forms

    def _back(self, form: Mapping[str, str]) -> Answer:
        kept = {name: form[name] for name in ("calendar", "day") if form.get(name)}
        return redirect(f"/phone?{urlencode(kept)}")

    def _tick(self, form: Mapping[str, str]) -> Answer:
        self._google.user_tick(*_target(form), done=bool(form.get("done")))
        return self._back(form)

    def _delete(self, form: Mapping[str, str]) -> Answer:
        calendar, name = _target(form)
        event = self._google.event(calendar, name)
        series = event.get("recurringEventId") if form.get("what") == "series" else None
        self._google.user_delete(calendar, series or name)
        return self._back(form)

    def _save(self, form: Mapping[str, str]) -> Answer:
        calendar = self._calendar(form)
        fields = Fields.of_form(form)
        event = self._google.event(calendar.id, form["event"]) if form.get("event") else {}
        try:
            if event:
                self._write(calendar.id, event, fields, calendar.zone)
            else:
                body = {"summary": fields.title, "description": fields.notes, **fields.points(calendar.zone)}
                self._google.seed_event(calendar.id, body)
        except Refused as refused:
            return self._sheet(form, event, fields, refused.refusal.message)
        except ValueError:
            return self._sheet(form, event, fields, "That is no date or no time.")
        return self._back(form)

    def _write(self, calendar_id: str, event: Json, fields: Fields, zone: ZoneInfo) -> None:
        before = Fields.of_event(event, zone)
        patch = fields.patch(before, zone)
        if patch:
            self._google.user_edit(calendar_id, event["id"], patch)
        if fields.notes != before.notes:
            self._google.user_notes(calendar_id, event["id"], fields.notes)


def _target(form: Mapping[str, str]) -> tuple[str, str]:
    """Calendar and event that a form is about; what it does not name is found nowhere."""
    return form.get("calendar", ""), form.get("event", "")


def _day(text: str, otherwise: date) -> date:
    """A day from an address; one out of reach counts as none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if day.year in YEARS else otherwise


def _details(event: Json) -> list[tuple[str, str]]:
    """What a developer wants to see of an event."""
    names = ("id", "etag", "sequence", "updated", "status", "colorId", "recurringEventId")
    rows = [(name, str(event[name])) for name in names if name in event]
    private = event.get("extendedProperties", {}).get("private", {})
    if "updated" in event:
        rows[3] = ("updated", f"{datetime.fromisoformat(event['updated']):%Y-%m-%d %H:%M:%S} UTC")
    return rows + [(f"private.{name}", text) for name, text in private.items()]
