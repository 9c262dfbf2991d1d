"""Intents through the port: group by group, patiently, every answer put down at once."""

from collections.abc import Sequence
from dataclasses import replace

from sync.applying.journal import Journal
from sync.applying.patience import Patience
from sync.errors import NotAuthorised, RetryLater, TargetError
from sync.remote import Failed, Intent, Landed, Sending, Target

Stop = TargetError | NotAuthorised


def send(target: Target, intents: Sequence[Intent], journal: Journal, patience: Patience) -> Stop | None:
    """Carry out intents in their order; return what stopped it, or None where each got its answer.

    What was sent without an answer stays in the outbox with its bytes, for the next run to settle.
    """
    waiting = {intent.key: intent for intent in intents}
    attempt = 0
    while waiting:
        before = len(waiting)
        error = _go_through(target, waiting, journal)
        if not isinstance(error, RetryLater):
            return error
        attempt = attempt + 1 if len(waiting) == before else 1
        if not patience.waits(attempt, error):
            return error
    return None


def _go_through(target: Target, waiting: dict[str, Intent], journal: Journal) -> Stop | None:
    """Send once all that waits; what gets its answer waits no longer."""
    postponed: RetryLater | None = None
    try:
        for event in target.write(tuple(waiting.values())):
            if isinstance(event, Sending):
                journal.sending(event.payloads)
                for key, payload in event.payloads.items():
                    # A second sending is of the first one's bytes, whatever the target made this time.
                    if waiting[key].payload is None:
                        waiting[key] = replace(waiting[key], payload=payload)
                continue
            ended: list[Landed | Failed] = []
            for result in event.results:
                if isinstance(result, Failed) and isinstance(result.error, RetryLater):
                    postponed = result.error
                else:
                    ended.append(result)
            journal.answered(ended, waiting)
            for result in ended:
                del waiting[result.key]
    except (TargetError, NotAuthorised) as error:
        return error
    if waiting and postponed is None:
        return RetryLater(f"{target.name} left {len(waiting)} writes without an answer.", "Push again later.")
    return postponed
