"""The front door of Todoist: addresses, sizes, tokens, rates; then `/sync` or a REST endpoint."""

import json
from dataclasses import replace
from typing import Any

from sync.sandbox.chance import Chance
from sync.sandbox.faults import Faults
from sync.sandbox.todoist.access import Access
from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.commands import SYNC_PATH, Commands, Outcome
from sync.sandbox.todoist.quirks import BadToken, Quirks
from sync.sandbox.todoist.rates import Rates
from sync.sandbox.todoist.reading import EVERYTHING, Reading
from sync.sandbox.todoist.refusals import GONE, NO_SUCH_PATH, Refusal, Refused, as_rest, invalid, required
from sync.sandbox.todoist.rest import Rest
from sync.sandbox.todoist.shapes import seconds
from sync.sandbox.wire import Answer, Call, Request, html_answer, terse_answer

Json = dict[str, Any]

ROOT = "/api/v1/"
OLD_ROOTS = ("/rest/v1/", "/rest/v2/", "/sync/v8/", "/sync/v9/")
TOO_LARGE = "<html><head><title>413 Request Entity Too Large</title></head><body><h1>413</h1></body></html>"


class Front:
    """Answers requests to `/api/v1/` and to the addresses that are no longer."""

    def __init__(
        self, account: Account, access: Access, quirks: Quirks, faults: Faults, chance: Chance
    ) -> None:
        self._account = account
        self._access = access
        self._quirks = quirks
        self._chance = chance
        self._rates = Rates(quirks, account.now)
        self.reading = Reading(account, quirks)
        self.commands = Commands(account, quirks, faults)
        self._rest = Rest(account, quirks, self.commands)

    def claims(self, path: str) -> bool:
        """Whether a path is Todoist's; another case of the letters is claimed too, and not found."""
        return path.lower().startswith((ROOT, *OLD_ROOTS))

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path.startswith(OLD_ROOTS):
            return self._refused(request, GONE)
        if not request.path.startswith(ROOT):
            return self._refused(request, NO_SUCH_PATH)
        if len(request.body) > self._quirks.body_limit:
            return _single(request, html_answer(TOO_LARGE, 413))
        try:
            if request.path == SYNC_PATH:
                return self._sync(request)
            return self._single(request)
        except Refused as refused:
            rest = request.path != SYNC_PATH
            return self._refused(request, as_rest(refused.refusal) if rest else refused.refusal)

    def _refused(self, request: Request, refusal: Refusal) -> Answer:
        if refusal.tag == "AUTH_INVALID_TOKEN" and self._quirks.bad_token is BadToken.TEXT:
            return _single(request, Answer(401, (("Content-Type", "text/plain"),), b"Unauthorized"))
        event = self._chance.word(32, "0123456789abcdef")
        return _single(request, refusal.answer(event, self._quirks.wait_told_in))

    # /sync

    def _sync(self, request: Request) -> Answer:
        if request.method != "POST":
            raise Refused(NO_SUCH_PATH)
        fields = _fields(request)
        commands = _list(fields, "commands")
        wanted = _list(fields, "resource_types")
        token = fields.get("sync_token")
        self._access.demand(request.headers.get("authorization"), reads=not commands)
        if not commands and token is None:
            raise required("sync_token")
        if len(commands) > self._quirks.commands_allowed:
            most = f"List should have at most {self._quirks.commands_allowed} items"
            raise invalid("commands", most)
        self._rates.spend("complete_syncs" if token == EVERYTHING else "partial_syncs")
        since = self.reading.since(token) if token is not None else None
        outcome = self.commands.run(commands)
        return self._told(outcome, token, wanted if token is not None else [], since)

    def _told(self, outcome: Outcome, token: str | None, wanted: list[str], since: int | None) -> Answer:
        """The answer to `/sync`; without a token nothing is read, and it still calls itself full."""
        body: Json = self.reading.resources(wanted, since)
        if outcome.calls:
            body["sync_status"] = outcome.status
        body |= {
            "full_sync": since is None,
            "sync_token": self.reading.token,
            "temp_id_mapping": outcome.mapping,
        }
        if since is None:
            body["full_sync_date_utc"] = seconds(self._account.now())
        reads = [Call("GET", SYNC_PATH, 200, "read")] if token is not None and wanted else []
        answer = terse_answer(body)
        return replace(answer, calls=(*outcome.calls, *reads))

    # everything else

    def _single(self, request: Request) -> Answer:
        self._access.demand(request.headers.get("authorization"), reads=request.method == "GET")
        self._rates.spend("rest_requests")
        result = self._rest.answer(request, request.path.removeprefix(ROOT), _json_body(request))
        answer = Answer(204) if result is None else terse_answer(result)
        return _single(request, answer)


def _single(request: Request, answer: Answer) -> Answer:
    """The answer, with a note for the log; a request to `/sync` that is refused as a whole did nothing."""
    if request.path == SYNC_PATH:
        return answer
    return replace(answer, calls=(Call(request.method, request.path, answer.status),))


def _fields(request: Request) -> Json:
    """The fields of a request to `/sync`: a form whose values are JSON in parts, or one JSON object."""
    if "json" in request.headers.get("content-type", ""):
        return _json_body(request)
    return dict(request.form())


def _json_body(request: Request) -> Json:
    if not request.body:
        return {}
    body = _parsed(request.body, "body")
    if not isinstance(body, dict):
        raise invalid("body", "Input should be a valid dictionary")
    return body


def _parsed(text: str | bytes, name: str) -> Any:
    """JSON whose texts are Unicode: halves of a surrogate pair could not be written back."""
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise invalid(name, "Input should be valid JSON") from None
    return value


def _list(fields: Json, name: str) -> list[Any]:
    """A list that travels as itself or as JSON within a form."""
    value = fields.get(name)
    if isinstance(value, str):
        value = _parsed(value, name)
    if not isinstance(value, list | None):
        raise invalid(name, "Input should be a valid list")
    return value or []
