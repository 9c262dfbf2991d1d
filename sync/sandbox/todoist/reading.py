"""The reading half of `/sync`: sync tokens, and everything or what has changed since one."""

import base64
import json
from collections.abc import Iterable
from typing import Any

from sync.sandbox.todoist import shapes
from sync.sandbox.todoist.account import KINDS, Account
from sync.sandbox.todoist.quirks import DeadToken, Quirks
from sync.sandbox.todoist.refusals import BAD_TOKEN_OF_SYNC, Refused, invalid

Json = dict[str, Any]

EVERYTHING = "*"
RESOURCES = frozenset(
    (*KINDS, "user", "user_plan_limits", "completed_info", *shapes.GROUPS_OF_NOTHING, *shapes.SINGLE)
)


class Reading:
    """Answers what has changed; `generation` makes the tokens of an earlier one dead."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks
        self.generation = 0

    @property
    def token(self) -> str:
        """The sync token of now."""
        content = json.dumps([self.generation, self._account.revision, self._account.user_id])
        return base64.urlsafe_b64encode(content.encode()).decode()

    def since(self, token: str) -> int | None:
        """The number after which changes are wanted; None where everything is.

        Raises Refused (400) for a dead token where the service is in that mood.
        """
        if token == EVERYTHING:
            return None
        try:
            generation, revision, user = json.loads(base64.b64decode(token, "-_", validate=True))
            revision = int(revision)
        except (ValueError, TypeError):
            generation, revision, user = None, 0, ""
        if (generation, user) != (self.generation, self._account.user_id):
            if self._quirks.dead_token is DeadToken.REFUSED:
                raise Refused(BAD_TOKEN_OF_SYNC)
            return None
        if self._quirks.full_syncs > 0:
            self._quirks.full_syncs -= 1
            return None
        return revision

    def resources(self, wanted: Iterable[str], since: int | None) -> Json:
        """The resources that are asked for; of single ones only those that have changed."""
        answer: Json = {}
        for name in _meant(wanted):
            if name in KINDS:
                answer[name] = self._things(name, since)
            elif name in shapes.GROUPS_OF_NOTHING:
                answer[name] = []
            elif since is None or (name == "user" and self._account.user_revision > since):
                answer[name] = self._single(name)
        return answer

    def _things(self, kind: str, since: int | None) -> list[Json]:
        account = self._account
        if since is not None:
            changed = [record.fields for record in account.things[kind].values() if record.revision > since]
            return [shapes.shown(account, self._quirks, kind, fields) for fields in changed]
        return [shapes.shown(account, self._quirks, kind, fields) for fields in self._active(kind)]

    def _active(self, kind: str) -> list[Json]:
        """What a full answer holds: nothing completed, deleted or archived, nor what hangs on that."""
        living = self._account.living(kind)
        if kind == "items":
            return list(self._account.active())
        if kind in ("projects", "labels"):
            return [fields for fields in living if not fields.get("is_archived")]
        if kind == "sections":
            places = {one["id"] for one in self._active("projects")}
            return [one for one in living if one["project_id"] in places and not one["is_archived"]]
        items = {one["id"] for one in self._account.active()}
        return [one for one in living if one["item_id"] in items]

    def _single(self, name: str) -> Any:
        if name == "user":
            return shapes.user(self._account, self._quirks)
        if name == "user_plan_limits":
            return shapes.plan_limits(self._quirks)
        if name == "completed_info":
            return shapes.completed_info(self._account)
        return shapes.SINGLE[name]


def _meant(wanted: Iterable[str]) -> list[str]:
    """The resource types that a list names: `all` stands for every one, `-name` takes one away."""
    names = list(wanted)
    if not all(isinstance(name, str) for name in names):
        raise invalid("resource_types", "Input should be a valid list of strings")
    unknown = [name for name in names if name.removeprefix("-") not in RESOURCES | {"all"}]
    if unknown:
        raise invalid("resource_types", f"Unknown resource type {unknown[0]}")
    without = {name[1:] for name in names if name.startswith("-")}
    plus = {name for name in names if not name.startswith("-")}
    meant = RESOURCES if "all" in plus else plus
    return sorted(meant - without)
