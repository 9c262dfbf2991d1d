"""What an interrupted run left open: found out by looking, or by sending the same bytes again.

An item that is there tells by the revision in its marker whether the write arrived. A creation that
is not there has either not arrived or was removed by hand since; only the service knows, so the
very same bytes go out again: a service that carried them out once does not do so twice. Only where
the service names the deletion of this revision, or of a later one, is the matter clear.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sync.ledger.bindings import Written
from sync.planning.plans import Known
from sync.planning.witnesses import Binding
from sync.remote import Intent, Op, Reading, Remote


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of the open intents, as far as a reading tells."""

    landed: tuple[Written, ...]
    struck: tuple[str, ...]
    """Keys of intents that did not arrive and need not: they are planned anew."""
    resend: tuple[Intent, ...]


def judge(pending: Iterable[Intent], reading: Reading) -> Settlement:
    """Tell for each open intent whether it landed, did not, or must be sent again."""
    there = {remote.marker.key: remote for remote in reading.items}
    landed, struck, resend = [], [], []
    for intent in pending:
        remote = there.get(intent.key)
        if intent.payload is None or intent.op is Op.DELETE:
            struck.append(intent.key)
        elif remote is not None and remote.marker.revision >= intent.marker.revision:
            landed.append(Written(intent.key, remote.id, remote.marker.revision, remote.marker.imprint))
        elif intent.op is Op.UPDATE or remote is not None:
            struck.append(intent.key)
        elif reading.removed.get(intent.key, 0) >= intent.marker.revision:
            landed.append(Written(intent.key, "", intent.marker.revision, intent.marker.imprint))
        else:
            resend.append(intent)
    return Settlement(tuple(landed), tuple(struck), tuple(resend))


def foresee(known: Known, reading: Reading, resend: Iterable[Intent]) -> tuple[Known, Reading]:
    """Return both witnesses as they will be once these were sent again and have arrived."""
    intents = tuple(resend)
    sent = [Written(intent.key, "", intent.marker.revision, intent.marker.imprint) for intent in intents]
    arrived = tuple(Remote("", intent.marker, intent.fields or {}) for intent in intents)
    return with_written(known, sent), replace(reading, items=reading.items + arrived)


def with_written(known: Known, written: Iterable[Written]) -> Known:
    """Return what the ledger knows once it has remembered these writes."""
    bindings: Mapping[str, Binding] = known.bindings
    bound = {
        one.key: replace(
            bindings[one.key],
            remote_id=one.remote_id, revision=one.revision, imprint=one.imprint, live=True,
        )
        for one in written
    }  # fmt: skip
    return replace(known, bindings={**bindings, **bound})
