"""The sheet on which an event is edited: its fields, and what pressing Save changes."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

ONE_DAY = timedelta(days=1)


def readable(description: str) -> str:
    """Notes as a person reads them: Google shows descriptions as HTML."""
    return html.unescape(description.replace("<br>", "\n"))


@dataclass(frozen=True, slots=True)
class Fields:
    """What the sheet shows, as texts of form fields; the last day is inclusive."""

    title: str = ""
    all_day: bool = True
    start_date: str = ""
    start_time: str = "19:00"
    end_date: str = ""
    end_time: str = "20:00"
    notes: str = ""

    @classmethod
    def of_event(cls, event: Json, zone: ZoneInfo) -> "Fields":
        """The fields of an event of the API."""
        text = {"title": event.get("summary", ""), "notes": readable(event.get("description", ""))}
        if "date" in event["start"]:
            last = date.fromisoformat(event["end"]["date"]) - ONE_DAY
            return cls(**text, start_date=event["start"]["date"], end_date=last.isoformat())
        begin, end = (
            datetime.fromisoformat(event[name]["dateTime"]).astimezone(zone) for name in ("start", "end")
        )
        return cls(
            **text,
            all_day=False,
            start_date=f"{begin:%Y-%m-%d}",
            start_time=f"{begin:%H:%M}",
            end_date=f"{end:%Y-%m-%d}",
            end_time=f"{end:%H:%M}",
        )

    @classmethod
    def of_form(cls, form: Mapping[str, str]) -> "Fields":
        """The fields as a browser sends them."""
        names = ("title", "start_date", "start_time", "end_date", "end_time", "notes")
        sent = {name: form[name].replace("\r\n", "\n") for name in names if name in form}
        sent["title"] = " ".join(sent.get("title", "").split())
        return cls(**sent, all_day="all_day" in form)

    def points(self, zone: ZoneInfo) -> Json:
        """Start and end as the API takes them, with explicit nulls for the kind they are not.

        Raises ValueError where a date or a time is none.
        """
        if self.all_day:
            last = date.fromisoformat(self.end_date or self.start_date)
            first = date.fromisoformat(self.start_date)
            return {
                "start": {"date": first.isoformat(), "dateTime": None, "timeZone": None},
                "end": {"date": (last + ONE_DAY).isoformat(), "dateTime": None, "timeZone": None},
            }
        begin = datetime.fromisoformat(f"{self.start_date}T{self.start_time}").replace(tzinfo=zone)
        end = datetime.fromisoformat(f"{self.end_date or self.start_date}T{self.end_time}").replace(
            tzinfo=zone
        )
        return {
            name: {"dateTime": moment.isoformat(timespec="seconds"), "timeZone": zone.key, "date": None}
            for name, moment in (("start", begin), ("end", end))
        }

    def patch(self, before: "Fields", zone: ZoneInfo) -> Json:
        """What has changed since the sheet was opened, without the notes; nothing where nothing has."""
        times = ("all_day", "start_date", "start_time", "end_date", "end_time")
        patch: Json = {} if self.title == before.title else {"summary": self.title}
        shown = times if not self.all_day else ("all_day", "start_date", "end_date")
        if any(getattr(self, name) != getattr(before, name) for name in shown):
            patch |= self.points(zone)
        return patch
