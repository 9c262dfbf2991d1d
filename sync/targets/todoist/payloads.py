"""From writes to requests: what each is sent as, and which go out together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.remote import Intent, Op
from sync.targets.todoist import commands
from sync.targets.todoist.commands import Batch
from sync.targets.todoist.homes import Place
from sync.targets.todoist.mirror import Mirror
from sync.targets.todoist.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Composer:
    """All that the payloads of one round of writes are made from."""

    mirror: Mirror
    shelves: Shelves
    places: Mapping[str, Place]
    """Where new tasks go, by key."""
    ids: Mapping[str, str]
    """Key to id of what is there, kept up while answers come in."""
    deleted: frozenset[str]
    """The ids of what this round deletes."""

    def fill(self, batch: Batch, waiting: Sequence[Intent]) -> Batch:
        """Put into a batch what it holds of these writes, in order."""
        for intent in waiting:
            payload = intent.payload or self._payload(intent, batch.intents)
            if not batch.holds(payload):
                break
            batch.add(intent, payload)
        return batch

    def _payload(self, intent: Intent, beside: Iterable[Intent]) -> bytes:
        if intent.op is Op.UPDATE:
            return commands.update(intent)
        if intent.op is Op.CREATE:
            return commands.creation(intent, self.places[intent.key], self._above(intent.key, beside))
        task = self.mirror.tasks.get(intent.remote_id, {})
        place = Place(str(task.get("project_id")), task.get("section_id"))
        return commands.deletion(intent, self._below(intent.remote_id), place)

    def _above(self, key: str, beside: Iterable[Intent]) -> str | None:
        """Return the id of the task above, a temporary one where it is made in the same request."""
        above = self.shelves.above(key)
        for other in beside:
            if other.key == above and other.op is Op.CREATE:
                return commands.temporary(other.command)
        ident = self.ids.get(above or "")
        return None if ident is None or self.mirror.tasks.get(ident, {}).get("checked") else ident

    def _below(self, ident: str) -> list[str]:
        """Return the ids of open tasks below one that is deleted, which would go along with it, and shall stay."""
        held = {**self.mirror.tasks, **self.mirror.strangers}
        return [
            below
            for below, task in held.items()
            if task.get("parent_id") == ident and not task.get("checked") and below not in self.deleted
        ]
