"""A Todoist that answers as it is told to, byte for byte, with no network."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

import httpx

from sync.remote import Answered, Failed, Intent, Landed, Marker, Op, imprint
from sync.targets.todoist.target import TodoistTarget
from tests.contract.worlds import item, patient
from tests.targets.todoist.hands import NOW, ZONE

TOKEN = "0123456789abcdef0123456789abcdef01234567"
ACCOUNT: dict[str, Any] = {
    "full_sync": True, "sync_token": "s-1", "items": [],
    "projects": [{"id": "6Xhome", "name": "Roadmaps", "inbox_project": False, "workspace_id": None}],
    "sections": [{"id": "6Xpart", "name": "plan", "project_id": "6Xhome"}],
    "user_plan_limits": {"current": {"plan_name": "free"}},
}  # fmt: skip
Answer = Callable[[dict[str, Any]], httpx.Response]


class Scripted:
    """Answers readings with an account that is there, and writings as it is told to."""

    def __init__(self, answer: Answer, account: dict[str, Any] | None = None) -> None:
        self.answer = answer
        self.account = ACCOUNT if account is None else account
        self.seen: list[httpx.Request] = []

    def target(self, endpoint: str = "https://api.todoist.com/") -> TodoistTarget:
        transport = httpx.MockTransport(self)
        return TodoistTarget(
            TOKEN, zone=ZONE, now=NOW, endpoint=endpoint, patience=patient(), transport=transport
        )

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if request.method == "GET":
            return httpx.Response(200, json={"items": [], "next_cursor": None})
        body = json.loads(request.content)
        return self.answer(body) if "commands" in body else httpx.Response(200, json=self.account)


def whole(status: int, content: bytes = b"", **headers: str) -> Answer:
    """Answer every writing alike."""
    return lambda _: httpx.Response(status, content=content, headers=headers)


def each(word: object, *, mapping: bool = True) -> Answer:
    """Say the same of every command."""

    def answer(body: dict[str, Any]) -> httpx.Response:
        commands = body["commands"]
        told = {command["uuid"]: word for command in commands}
        ids = {c["temp_id"]: f"6X{n}" for n, c in enumerate(commands) if "temp_id" in c and mapping}
        return httpx.Response(200, json={"sync_status": told, "temp_id_mapping": ids, "sync_token": "s-2"})

    return answer


def creation(target: TodoistTarget, name: str) -> Intent:
    """Return the intent that adds a task."""
    made = item(name)
    fields = target.shape(made)
    assert fields is not None
    command = str(uuid5(UUID(int=0), name))
    return Intent(Op.CREATE, Marker(made.key, 1, imprint(fields)), command, made.uid, fields)


def results(target: TodoistTarget, *intents: Intent) -> list[Landed | Failed]:
    """Write, and return what became of each."""
    events = [event for event in target.write(intents) if isinstance(event, Answered)]
    return [result for event in events for result in event.results]


def outcome(world: Scripted, name: str = "a") -> Landed | Failed:
    """Write a task and return what became of it."""
    target = world.target()
    (result,) = results(target, creation(target, name))
    return result


def tagged(tag: str, status: int = 403, code: int = 0, text: str = "") -> bytes:
    """Return the JSON body of a refusal."""
    told = {"error": text, "error_code": code, "error_extra": {}, "error_tag": tag, "http_code": status}
    return json.dumps(told).encode()
