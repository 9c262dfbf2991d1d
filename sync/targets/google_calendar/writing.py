"""What each write says to Google: one call after the other, each given the answer to the one before.

A write is a generator of calls that ends with its result. Every one of them may be sent again from its
first call on, and ends alike: what was carried out before is recognised by its marker.
"""

from collections.abc import Callable, Generator
from typing import Any

from sync.errors import ItemChanged, ItemVanished, TargetRefused
from sync.remote import Failed, Intent, Landed, Marker, Op
from sync.targets.google_calendar.answers import Answer, Call
from sync.targets.google_calendar.errors import CHANGED, GONE, TAKEN, refusal
from sync.targets.google_calendar.ids import next_incarnation
from sync.targets.google_calendar.mirror import CANCELLED
from sync.targets.google_calendar.properties import marker_of

Json = dict[str, Any]
Result = Landed | Failed
Talk = Generator[Call, Answer, Result]
Merge = Callable[[Intent, Json], Json]
"""Makes the whole event for an intent from what is there."""


def talk(intent: Intent, call: Call, merge: Merge, *, again: bool) -> Talk:
    """Return the write of an intent, beginning with this call; `again` where it may have been sent before."""
    if intent.op is Op.CREATE:
        return _creation(intent, call, merge, again=again)
    return _update(intent, call) if intent.op is Op.UPDATE else _deletion(intent, call)


def _update(intent: Intent, call: Call) -> Talk:
    answer = yield call
    if answer.ok:
        return Landed(intent.key, call.event)
    if answer.reason not in GONE | CHANGED:
        return Failed(intent.key, refusal(answer))
    there = yield Call("get", call.event)
    if _is_gone(there):
        return Failed(intent.key, _vanished())
    if marker_of(there.body) == intent.marker:
        return Landed(intent.key, call.event)
    return Failed(intent.key, _changed())


def _deletion(intent: Intent, call: Call) -> Talk:
    answer = yield call
    if answer.ok or answer.reason in GONE:
        return Landed(intent.key, call.event)
    if answer.reason not in CHANGED:
        return Failed(intent.key, refusal(answer))
    there = yield Call("get", call.event)
    return Landed(intent.key, call.event) if _is_gone(there) else Failed(intent.key, _changed())


def _creation(intent: Intent, call: Call, merge: Merge, *, again: bool) -> Talk:
    """Insert; where the id is taken, look who has it.

    A deleted event is brought back only if it is older than this write. Where Google does not let it
    come back, the item goes on under another id.
    """
    while True:
        answer = yield call
        if answer.ok:
            return Landed(intent.key, call.event)
        if answer.reason not in TAKEN:
            return Failed(intent.key, refusal(answer))
        there = yield Call("get", call.event)
        if not _is_gone(there):
            return _met(intent, call.event, marker_of(there.body))
        if not _may_return(intent, marker_of(there.body), again=again):
            return Failed(intent.key, _vanished())
        if there.ok:
            body = merge(intent, there.body)
            back = yield Call("update", call.event, there.body["etag"], body)
            if back.ok and back.body.get("status") != CANCELLED:
                return Landed(intent.key, call.event)
            if back.reason in CHANGED:
                continue  # somebody was quicker, or this very call came twice: look again
        name = next_incarnation(call.event)
        if name is None:
            return Failed(intent.key, refusal(answer))
        call = Call("insert", name, body={**(call.body or {}), "id": name})


def _is_gone(answer: Answer) -> bool:
    return not answer.ok or answer.body.get("status") == CANCELLED


def _met(intent: Intent, name: str, marker: Marker | None) -> Result:
    """Return the result of a creation that met an event under its id."""
    if marker == intent.marker:
        return Landed(intent.key, name)
    if marker is None or marker.key != intent.key:
        return Failed(
            intent.key,
            TargetRefused(
                f"The calendar has an event of somebody else's under the id {name}.",
                "Move that event to another calendar, then push again.",
            ),
        )
    return Failed(intent.key, _changed())


def _may_return(intent: Intent, tombstone: Marker | None, *, again: bool) -> bool:
    """Tell whether what was deleted is older than this write.

    Of a deleted event nothing but its id may be left. Then a first write of an item, or one that may
    have been carried out before, counts as deleted by a person.
    """
    if tombstone is not None:
        return tombstone.revision < intent.marker.revision
    return not again and intent.marker.revision > 1


def _vanished() -> ItemVanished:
    return ItemVanished("The event was deleted in the calendar.", "Push with --restore to bring it back.")


def _changed() -> ItemChanged:
    return ItemChanged("The event was changed at the same moment.", "Push again to merge the two.")
