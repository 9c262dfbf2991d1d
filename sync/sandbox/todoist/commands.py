"""The writing half of `/sync`: commands in order, each with its uuid, temporary ids, and its own answer."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sync.sandbox.faults import Faults, Strike
from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.extras import Labels, Notes, Reminders
from sync.sandbox.todoist.places import Projects, Sections
from sync.sandbox.todoist.quirks import Quirks, Repeat
from sync.sandbox.todoist.refusals import (
    BAD_TEMP_ID,
    INTERNAL,
    PROCESSED,
    Refused,
    invalid,
    not_emulated,
    required,
)
from sync.sandbox.todoist.tasks import Tasks
from sync.sandbox.wire import Answer, Call, Request

Json = dict[str, Any]
Handler = Callable[[Mapping[str, Any]], str | None]

SYNC_PATH = "/api/v1/sync"
ID_ARGUMENTS = ("id", "project_id", "section_id", "parent_id", "item_id")
LISTS_OF_IDS = ("items", "projects", "sections")
REAL_ID = re.compile(r"[0-9A-Za-z]{8,24}")
OK = "ok"


class Outcome:
    """What the commands of one request have come to."""

    def __init__(self) -> None:
        self.status: Json = {}
        self.mapping: dict[str, str] = {}
        self.calls: list[Call] = []

    def say(self, command: Mapping[str, Any], word: str | Json) -> None:
        """Note the answer to one command."""
        code = 200 if isinstance(word, str) else int(word["http_code"])
        self.status[str(command["uuid"])] = word
        self.calls.append(Call("POST", SYNC_PATH, code, str(command["type"])))


class Commands:
    """Carries commands out."""

    def __init__(self, account: Account, quirks: Quirks, faults: Faults) -> None:
        self._account = account
        self._quirks = quirks
        self._faults = faults
        self.tasks = Tasks(account, quirks)
        self.projects = Projects(account, quirks, self.tasks)
        self.sections = Sections(account, quirks, self.tasks)
        self.labels = Labels(account, quirks)
        self.notes = Notes(account)
        self.reminders = Reminders(account, quirks)
        self._handlers = self._named()

    def _named(self) -> dict[str, Handler]:
        """What is emulated, by the command's type."""
        tasks, verbs = self.tasks, "add update move reorder delete"
        handlers: dict[str, Handler] = {
            "item_close": tasks.close,
            "item_complete": tasks.complete,
            "item_uncomplete": tasks.uncomplete,
            "item_reopen": tasks.uncomplete,
            "item_update_date_complete": tasks.update_date_complete,
        }
        groups: tuple[tuple[str, object, str], ...] = (
            ("item", tasks, verbs),
            ("project", self.projects, f"{verbs} archive unarchive"),
            ("section", self.sections, f"{verbs} archive unarchive"),
            ("label", self.labels, "add update delete"),
            ("note", self.notes, "add update delete"),
            ("project_note", self.notes, "add update delete"),
            ("reminder", self.reminders, "add update delete"),
        )
        for noun, owner, words in groups:
            handlers |= {f"{noun}_{verb}": getattr(owner, verb) for verb in words.split()}
        return handlers

    def run(self, commands: Sequence[Any]) -> Outcome:
        """Carry them out one after another; what fails undoes nothing. Raises Refused where one is none."""
        for command in commands:
            _demand_command(command)
        parts = [Request("POST", f"{SYNC_PATH}/{c['type']}", body=_bytes(c)) for c in commands]
        strikes = self._faults.strike_parts(parts)
        outcome = Outcome()
        for number, command in enumerate(commands, start=1):
            self._one(command, outcome, strikes.get(number))
        return outcome

    def _one(self, command: Json, outcome: Outcome, strike: Strike | None) -> None:
        if strike is None or strike.works:
            self._execute(command, outcome)
        if strike is None:
            return
        if strike.fault.answer is not None:
            outcome.say(command, _word(strike.fault.answer))
        elif strike.fault.hides_the_result:
            outcome.status.pop(command["uuid"], None)
        if strike.fault.hides_the_result:
            outcome.mapping.pop(command.get("temp_id") or "", None)

    def _execute(self, command: Json, outcome: Outcome) -> None:
        """Do what a command says, unless its uuid was done before."""
        before = self._account.executed.get(command["uuid"])
        if before is not None:
            outcome.mapping |= before if self._quirks.repeat is not Repeat.BARE else {}
            outcome.say(command, OK if self._quirks.repeat is Repeat.SAME else PROCESSED.body())
            return
        try:
            made = self._perform(command, outcome.mapping)
        except Refused as refused:
            outcome.say(command, refused.refusal.body())
            return
        temp_id = command.get("temp_id")
        mapping = {temp_id: made} if made is not None and temp_id else {}
        outcome.mapping |= mapping
        self._remember(command["uuid"], mapping)
        outcome.say(command, OK)

    def _perform(self, command: Json, mapping: Mapping[str, str]) -> str | None:
        handler = self._handlers.get(command["type"])
        if handler is None:
            raise not_emulated(command["type"])
        return handler(resolved(command.get("args") or {}, mapping))

    def _remember(self, uuid: str, mapping: dict[str, str]) -> None:
        executed = self._account.executed
        executed[uuid] = mapping
        most = self._quirks.uuids_remembered
        while most is not None and len(executed) > most:
            del executed[next(iter(executed))]

    def do(self, kind: str, args: Mapping[str, Any]) -> str | None:
        """Carry out one command without a uuid: what the REST endpoints and people's hands do."""
        return self._handlers[kind](args)


def _demand_command(command: Any) -> None:
    if not isinstance(command, dict):
        raise invalid("commands", "Input should be a valid list of commands")
    for name in ("type", "uuid"):
        if not isinstance(command.get(name), str) or not command[name]:
            raise required(name)
    if not isinstance(command.get("args", {}), dict):
        raise invalid("args", "Input should be a valid dictionary")
    if not isinstance(command.get("temp_id"), str | None):
        raise invalid("temp_id", "Input should be a valid string")


def _bytes(command: Json) -> bytes:
    return json.dumps(command, ensure_ascii=False).encode()


def _word(answer: Answer) -> Json:
    """What `sync_status` says where a fault answers for one command; a page counts as a failure inside."""
    try:
        body: Json = json.loads(answer.body)
    except ValueError:
        return INTERNAL.body()
    extra = body.get("error_extra", {})
    return {**body, "error_extra": {n: v for n, v in extra.items() if n not in ("event_id", "retry_after")}}


def resolved(args: Mapping[str, Any], mapping: Mapping[str, str]) -> Json:
    """Arguments with real ids in the place of temporary ones of the same request.

    Raises Refused (400 INVALID_TEMPID) for what is neither: temporary ids do not outlive their request.
    """
    answer = dict(args)
    for name in ID_ARGUMENTS:
        if isinstance(answer.get(name), str):
            answer[name] = _real(answer[name], mapping)
    for name in LISTS_OF_IDS:
        if isinstance(answer.get(name), list):
            answer[name] = [resolved(one, mapping) if isinstance(one, dict) else one for one in answer[name]]
    return answer


def _real(name: str, mapping: Mapping[str, str]) -> str:
    if name in mapping:
        return mapping[name]
    if not REAL_ID.fullmatch(name):
        raise Refused(BAD_TEMP_ID)
    return name
