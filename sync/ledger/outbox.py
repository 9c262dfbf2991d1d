"""Writes that were decided, from before they are sent until their answer is remembered.

An intent without a payload was never sent. One with a payload may have arrived or not; the next run
finds out (see `sync.applying.settling`).
"""

import json
from collections.abc import Iterable, Mapping

from sync.ledger.store import Ledger
from sync.remote import Intent, Marker, Op


class Outbox:
    """The intents of one target, on an open ledger."""

    def __init__(self, ledger: Ledger, target: str) -> None:
        self._ledger = ledger
        self._target = target

    def intend(self, intents: Iterable[Intent]) -> None:
        """Put intents down, in their order, before anything of them is sent."""
        self._ledger.run_each(
            "INSERT OR REPLACE INTO outbox VALUES (?, ?, ?, ?, ?)",
            [
                (self._target, intent.key, place, _written(intent), intent.payload)
                for place, intent in enumerate(intents)
            ],
        )

    def sending(self, payloads: Mapping[str, bytes]) -> None:
        """Put down the final bytes of intents that are about to leave; the first ones count."""
        self._ledger.run_each(
            "UPDATE outbox SET payload = ? WHERE target = ? AND key = ? AND payload IS NULL",
            [(payload, self._target, key) for key, payload in payloads.items()],
        )

    def settle(self, keys: Iterable[str]) -> None:
        """Strike out intents whose fate is known."""
        self._ledger.run_each(
            "DELETE FROM outbox WHERE target = ? AND key = ?", [(self._target, key) for key in keys]
        )

    def strike_unsent(self) -> None:
        """Strike out all intents of which nothing was ever sent."""
        self._ledger.run("DELETE FROM outbox WHERE target = ? AND payload IS NULL", (self._target,))

    def pending(self) -> list[Intent]:
        """Return the intents without an answer, in the order in which they were put down."""
        rows = self._ledger.rows(
            "SELECT intent, payload FROM outbox WHERE target = ? ORDER BY position", (self._target,)
        )
        return [_read(text, payload) for text, payload in rows]


def _written(intent: Intent) -> str:
    return json.dumps(
        {
            "op": intent.op,
            "marker": [intent.marker.key, intent.marker.revision, intent.marker.imprint],
            "command": intent.command,
            "uid": intent.uid,
            "fields": None if intent.fields is None else dict(intent.fields),
            "changed": intent.changed,
            "remote_id": intent.remote_id,
            "version": intent.version,
        }
    )


def _read(text: str, payload: bytes | None) -> Intent:
    told = json.loads(text)
    return Intent(
        op=Op(told["op"]),
        marker=Marker(*told["marker"]),
        command=told["command"],
        uid=told["uid"],
        fields=told["fields"],
        changed=tuple(told["changed"]),
        remote_id=told["remote_id"],
        version=told["version"],
        payload=payload,
    )
