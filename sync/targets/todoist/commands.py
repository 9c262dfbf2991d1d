"""Intents as the commands of /sync, and what Todoist answers to them.

The payload of an intent is its command as JSON, final; several where one does not do, in a list.
A request is these payloads side by side, up to a hundred commands and 900 kB.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from sync.errors import ItemVanished, RetryLater, TargetError, TargetRefused
from sync.remote import Failed, Fields, Intent, Landed, Op
from sync.targets.todoist.fields import FIELDS, arguments
from sync.targets.todoist.homes import Place
from sync.targets.todoist.layout import Allotment
from sync.targets.todoist.moments import done_argument
from sync.targets.todoist.refusals import AGAIN, Complaint, of_command, of_creation

MOST_COMMANDS = 100
MOST_BYTES = 900_000
"""Of the commands in a request; Todoist takes a MiB."""

Command = dict[str, Any]
NOTHING_SAID = Complaint()


def creation(intent: Intent, place: Place, above: str | None) -> bytes:
    """Return the command that adds a task, below the one with the id `above` where there is one."""
    fields = _fields(intent)
    told = arguments(fields, FIELDS, intent.marker)
    told = {name: value for name, value in told.items() if value not in (None, [])}
    told["project_id"] = place.project
    if above is not None:
        told["parent_id"] = above
    elif place.section is not None:
        told["section_id"] = place.section
    added = _command("item_add", intent.command, told, temporary(intent.command))
    return _bytes([added, *_completion(intent, temporary(intent.command))])


def update(intent: Intent) -> bytes:
    """Return the command that changes fields of a task."""
    told = arguments(_fields(intent), intent.changed, intent.marker)
    changed = _command("item_update", intent.command, {"id": intent.remote_id, **told})
    done = _completion(intent, intent.remote_id) if "done" in intent.changed else []
    return _bytes([changed, *done])


def deletion(intent: Intent, below: Iterable[str], place: Place) -> bytes:
    """Return the command that deletes a task, after moving away what is below it and shall stay."""
    aim = {"project_id": place.project} if place.section is None else {"section_id": place.section}
    moves = [
        _command("item_move", _further(intent.command, child), {"id": child, **aim})
        for child in sorted(below)
    ]
    return _bytes([*moves, _command("item_delete", intent.command, {"id": intent.remote_id})])


def openings(made: Allotment, seed: str) -> bytes:
    """Return the commands that make projects and sections; `seed` is the uuid of a write that needs them."""
    commands = [
        _command("project_add", _further(seed, ident), {"name": name}, _opening(seed, ident))
        for ident, name in made.projects.items()
    ]
    for ident, (project, name) in made.sections.items():
        home = _opening(seed, project) if project in made.projects else project
        told = {"name": name, "project_id": home}
        commands.append(_command("section_add", _further(seed, ident), told, _opening(seed, ident)))
    return _bytes(commands)


def opened(made: Allotment, seed: str, told: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the ids of what `openings` made, None where they are not all told."""
    mapping = told.get("temp_id_mapping") or {}
    found = {ident: mapping.get(_opening(seed, ident)) for ident in (*made.projects, *made.sections)}
    return None if None in found.values() else {ident: str(real) for ident, real in found.items()}


def renamings(names: Mapping[str, str], seed: str) -> bytes:
    """Return the commands that give sections, by id, new names; `seed` is the uuid of a write beside them."""
    return _bytes(
        [
            _command("section_update", _further(seed, f"name of {ident}"), {"id": ident, "name": name})
            for ident, name in names.items()
        ]
    )


def _opening(seed: str, ident: str) -> str:
    """Return the temporary id under which a project or section is made; each is used once only."""
    return _further(seed, f"id of {ident}")


def temporary(command: str) -> str:
    """Return the temporary id of the task that a command adds, good within its request."""
    return _further(command, "task")


def request(payloads: Iterable[bytes]) -> bytes:
    """Return the body that sends payloads, each byte as it is."""
    return (
        b'{"commands":['
        + b",".join(payload.removeprefix(b"[").removesuffix(b"]") for payload in payloads)
        + b"]}"
    )


def count(payload: bytes) -> int:
    """Return how many commands a payload holds."""
    return len(_commands(payload))


@dataclass(slots=True)
class Batch:
    """Writes that share a request."""

    most: int = MOST_COMMANDS
    intents: list[Intent] = field(default_factory=list)
    payloads: dict[str, bytes] = field(default_factory=dict)
    """By key, in order."""
    beside: bytes = b""
    """Commands that belong to no write, and go out before."""
    commands: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        """Count what goes out before."""
        if self.beside:
            self.commands, self.size = count(self.beside), len(self.beside)

    def holds(self, payload: bytes) -> bool:
        """Tell whether one more has its place in it."""
        more = self.commands + count(payload)
        return not self.payloads or (more <= self.most and self.size + len(payload) < MOST_BYTES)

    def add(self, intent: Intent, payload: bytes) -> None:
        """Take one more."""
        self.intents.append(intent)
        self.payloads[intent.key] = payload
        self.commands += count(payload)
        self.size += len(payload) + 1

    @property
    def body(self) -> bytes:
        """The request."""
        return request(filter(None, (self.beside, *self.payloads.values())))


def results(batch: Batch, told: Mapping[str, Any]) -> list[Landed | Failed | Intent]:
    """Return what became of each write; an intent itself where it landed under an id that is not told.

    A sub-task whose task is still to come is to be sent again beside it. Raises `NotAuthorised` where
    the token ended in between.
    """
    status, mapping = told.get("sync_status") or {}, told.get("temp_id_mapping") or {}
    found = [
        _result(intent, _commands(batch.payloads[intent.key]), status, mapping) for intent in batch.intents
    ]
    postponed = [one.error for one in found if isinstance(one, Failed) and isinstance(one.error, RetryLater)]
    return [
        Failed(one.key, postponed[0])
        if postponed and isinstance(one, Failed) and isinstance(one.error, _NoTaskAbove)
        else one
        for one in found
    ]


class _NoTaskAbove(TargetRefused):
    """The task that a sub-task belongs to was not made in the same request."""


def _result(
    intent: Intent, commands: Sequence[Command], status: Mapping[str, Any], mapping: Mapping[str, str]
) -> Landed | Failed | Intent:
    for command in commands:
        error = _error(intent.op, status.get(command["uuid"]))
        if error is not None:
            return Failed(intent.key, error)
    if intent.op is not Op.CREATE:
        return Landed(intent.key, intent.remote_id)
    ident = mapping.get(commands[0]["temp_id"])
    return intent if ident is None else Landed(intent.key, str(ident))


def complaints(payload: bytes, told: Mapping[str, Any]) -> list[Complaint]:
    """Return what was wrong with the commands of a payload."""
    status = told.get("sync_status") or {}
    found = [_complaint(status.get(command["uuid"])) for command in _commands(payload)]
    return [complaint for complaint in found if complaint is not None]


def _complaint(word: object) -> Complaint | None:
    if word == "ok":
        return None
    complaint = Complaint.read(word)
    return None if complaint.repeated else complaint


def _error(op: Op, word: object) -> TargetError | None:
    complaint = _complaint(word)
    if complaint is None:
        return None
    if complaint == NOTHING_SAID:
        return RetryLater("Todoist said nothing about this task.", AGAIN)
    if complaint.orphaned:
        return _NoTaskAbove("The task it belongs to was not made.", "Push again.")
    if op is Op.CREATE:
        return of_creation(complaint)
    error = of_command(complaint)
    return None if isinstance(error, ItemVanished) and op is Op.DELETE else error


def _completion(intent: Intent, ident: str) -> list[Command]:
    done = _fields(intent)["done"]
    if not done:
        return []
    return [_command("item_complete", _further(intent.command, "done"), {"id": ident, **done_argument(done)})]


def _fields(intent: Intent) -> Fields:
    assert intent.fields is not None  # only a deletion has none
    return intent.fields


def _command(kind: str, uuid: str, args: Command, temp_id: str | None = None) -> Command:
    told: Command = {"type": kind, "uuid": uuid, "args": args}
    return told if temp_id is None else {**told, "temp_id": temp_id}


def _further(command: str, name: str) -> str:
    """Return another uuid of the same write, the same whenever it is asked for."""
    return str(uuid5(UUID(command), name))


def _bytes(commands: Sequence[Command]) -> bytes:
    told = commands[0] if len(commands) == 1 else commands
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _commands(payload: bytes) -> list[Command]:
    told = json.loads(payload)
    return told if isinstance(told, list) else [told]
