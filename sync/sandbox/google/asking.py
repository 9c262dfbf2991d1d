"""One API call, understood: its method, its values, and who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sync.sandbox.google.account import Account, CalendarState
from sync.sandbox.google.discovery import Method
from sync.sandbox.google.refusals import NOT_FOUND, Refused

Json = dict[str, Any]
SCOPES = "https://www.googleapis.com/auth/"
APP_CREATED = f"{SCOPES}calendar.app.created"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person allowed an app."""

    client: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ask:
    """A call that has passed the front door: signed in, in scope, well formed."""

    method: Method
    values: Mapping[str, Any]
    """From the path and the query, typed."""
    body: Json
    grant: Grant
    if_match: str | None = None

    def name(self, parameter: str) -> str:
        """A value that is a name, as those in the path."""
        return str(self.values[parameter])

    def calendar(self, account: Account, name: str | None = None) -> CalendarState:
        """The calendar that is meant; raises Refused (404) where it is gone or out of the scopes' reach.

        `calendar.app.created` reaches nothing but what this very app has made.
        """
        calendar = account.calendar(name if name is not None else self.name("calendarId"))
        wide = self.grant.scopes & self.method.scopes - {APP_CREATED}
        if not wide and calendar.made_by != self.grant.client:
            raise Refused(NOT_FOUND)
        return calendar
