"""How many requests a target was asked for, and how many writes have their answer."""

from collections.abc import Callable, Iterator, Sequence

from sync.errors import RetryLater
from sync.model import Item
from sync.remote import Answered, Event, Failed, Fields, Intent, Landed, Reading, Sending, Target


class Counted:
    """A target that counts: one request for each reading, and one for each group that is sent.

    A target that counts its requests itself is believed; it knows also of those that make a container.
    `answered` is told of each group how many writes of it have their last answer.
    """

    def __init__(self, target: Target, answered: Callable[[int], None] = lambda _: None) -> None:
        self._target = target
        self._answered = answered
        self._seen = 0

    @property
    def requests(self) -> int:
        """How many requests were sent so far."""
        return int(getattr(self._target, "requests", self._seen))

    @property
    def name(self) -> str:
        """The name of the target."""
        return self._target.name

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        return self._target.fields

    @property
    def times(self) -> frozenset[str]:
        """The fields that say when."""
        return self._target.times

    @property
    def keeps_past(self) -> bool:
        """Whether what is over belongs there."""
        return self._target.keeps_past

    def shape(self, item: Item) -> Fields | None:
        """Return the item as the target can hold it."""
        return self._target.shape(item)

    def read(self, memory: bytes) -> Reading:
        """Return everything of ours."""
        self._seen += 1
        return self._target.read(memory)

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        """Carry out the intents."""
        for event in self._target.write(intents):
            # counted when it leaves: whoever takes this event asks for the next one
            self._seen += isinstance(event, Sending)
            yield event
            if isinstance(event, Answered):
                self._answered(sum(not _comes_again(result) for result in event.results))


def _comes_again(result: Landed | Failed) -> bool:
    return isinstance(result, Failed) and isinstance(result.error, RetryLater)
