"""How many requests a target was asked for."""

from collections.abc import Iterator, Sequence

from sync.model import Item
from sync.remote import Event, Fields, Intent, Reading, Sending, Target


class Counted:
    """A target that counts: one request for each reading, and one for each group that is sent."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.requests = 0

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
        self.requests += 1
        return self._target.read(memory)

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        """Carry out the intents."""
        for event in self._target.write(intents):
            # counted when it leaves: whoever takes this event asks for the next one
            self.requests += isinstance(event, Sending)
            yield event
