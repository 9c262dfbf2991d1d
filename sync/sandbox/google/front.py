"""The front end: from an HTTP request to the method that answers it, or to the refusal that does.

The order of the checks is Google's: who asks, what for, is it allowed, is there quota, is it well formed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sync.sandbox.chance import Chance
from sync.sandbox.faults import Faults
from sync.sandbox.google.account import Account
from sync.sandbox.google.asking import Ask
from sync.sandbox.google.batch import Batches, empty, parts_of, too_many
from sync.sandbox.google.calendars import CalendarList, Calendars
from sync.sandbox.google.changes import Changes
from sync.sandbox.google.discovery import Method, arguments, body_of, describe
from sync.sandbox.google.events import Events
from sync.sandbox.google.listing import Listing
from sync.sandbox.google.palette import colours
from sync.sandbox.google.quirks import Quirks
from sync.sandbox.google.quota import Quota, cost
from sync.sandbox.google.refusals import NO_SUCH_METHOD, Refused, not_emulated, out_of_scope
from sync.sandbox.google.selection import selected
from sync.sandbox.google.signin import SignIn
from sync.sandbox.wire import Answer, Call, Request, json_answer, terse_answer

Json = dict[str, Any]
Handler = Callable[[Ask], Json | None]

NO_STORE = ("Cache-Control", "private, max-age=0, must-revalidate, no-transform")


class Front:
    """Answers requests to `/calendar/v3/` and to the batch address."""

    def __init__(
        self, account: Account, sign_in: SignIn, quirks: Quirks, faults: Faults, chance: Chance
    ) -> None:
        self._description = describe()
        self._sign_in = sign_in
        self._quirks = quirks
        self._faults = faults
        self._batches = Batches(self._single, chance)
        self.quota = Quota(quirks, account.now)
        self.listing = Listing(account, quirks)
        self.calendar_list = CalendarList(account, quirks)
        self.changes = Changes(account, quirks)
        self._handlers = _handlers(
            Events(account, quirks, self.changes, self.listing),
            Calendars(account, quirks),
            self.calendar_list,
        )

    def claims(self, path: str) -> bool:
        """Whether a path belongs to the API."""
        known = self._description
        return path.startswith(known.service_path) or path.rstrip("/") == known.batch_path

    def answer(self, request: Request) -> Answer:
        """Answer one call or a batch of them."""
        if request.path.startswith(self._description.service_path):
            return self._single(request)
        try:
            return self._batch(request)
        except Refused as refused:
            return refused.refusal.answer()

    def _batch(self, request: Request) -> Answer:
        if request.method != "POST":
            raise Refused(NO_SUCH_METHOD)
        parts = parts_of(request)
        if not parts:
            raise empty()
        if len(parts) > self._quirks.batch_limit:
            raise too_many(self._quirks.batch_limit)
        strikes = self._faults.strike_parts([part.request for part in parts])
        return self._batches.answer(parts, strikes, shuffled=self._quirks.shuffled)

    def _single(self, raw: Request) -> Answer:
        """Answer one call and note for the log what it was."""
        request = raw.unmasked()
        name, units = "", 0
        try:
            method, names = self._route(request)
            name = method.name
            ask = self._admit(request, method, names)
            units = cost(request.method)
            answer = self._perform(request, ask)
        except Refused as refused:
            answer = refused.refusal.answer()
        call = Call(request.method, request.path, answer.status, name, units)
        return Answer(answer.status, answer.headers, answer.body, (call,))

    def _route(self, request: Request) -> tuple[Method, Mapping[str, str]]:
        relative = request.path.removeprefix(self._description.service_path)
        found = self._description.route(request.method, relative) if relative != request.path else None
        if found is None:
            raise Refused(NO_SUCH_METHOD)
        return found

    def _admit(self, request: Request, method: Method, names: Mapping[str, str]) -> Ask:
        grant = self._sign_in.grant(request.headers.get("authorization"))
        if not grant.scopes & method.scopes:
            raise out_of_scope(method.name)
        if method.name not in self._handlers:
            raise not_emulated(method.name)
        self.quota.spend(cost(request.method))
        values = {**arguments(method, request.query), **names}
        return Ask(method, values, body_of(method, request.body), grant, request.headers.get("if-match"))

    def _perform(self, request: Request, ask: Ask) -> Answer:
        result = self._handlers[ask.method.name](ask)
        if result is None:
            return Answer(204, (NO_STORE,))
        tag = result.get("etag")
        headers = (NO_STORE, *((("ETag", tag),) if tag else ()))
        if request.method == "GET" and tag and tag == request.headers.get("if-none-match"):
            return Answer(304, headers)
        if "fields" in ask.values:
            result = selected(result, ask.name("fields"), ask.method.answer, self._description.schemas)
        plain = terse_answer if ask.values.get("prettyPrint") is False else json_answer
        return plain(result, 200, headers)


def _handlers(events: Events, calendars: Calendars, calendar_list: CalendarList) -> dict[str, Handler]:
    """What is emulated, by the method's id; whatever else Google has is answered with 501."""
    handlers: dict[str, Handler] = {"calendar.colors.get": lambda _: colours()}
    groups: tuple[tuple[str, object, str], ...] = (
        ("events", events, "insert import_ get list instances update patch delete move"),
        ("calendars", calendars, "insert get update patch delete"),
        ("calendarList", calendar_list, "insert get list update patch delete"),
    )
    for resource, owner, verbs in groups:
        for verb in verbs.split():
            handlers[f"calendar.{resource}.{verb.rstrip('_')}"] = getattr(owner, verb)
    return handlers
