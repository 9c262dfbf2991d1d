"""Todoist as a target: one look, and writes in as few requests as the service allows."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sync.errors import RetryLater
from sync.model import Item, Schedule
from sync.remote import Answered, Event, Fields, Intent, Reading, Waiting
from sync.shaping.moments import zone as zone_of
from sync.targets.todoist import fields
from sync.targets.todoist.layout import Layout
from sync.targets.todoist.limits import Objection
from sync.targets.todoist.mirror import Mirror
from sync.targets.todoist.naming import note_titles
from sync.targets.todoist.reading import Reader
from sync.targets.todoist.shelves import Shelves
from sync.targets.todoist.tidying import tidy
from sync.targets.todoist.transport import ENDPOINT, Service
from sync.targets.todoist.writing import Writer

if TYPE_CHECKING:
    import httpx

FRESH = 60.0
"""Seconds for which a look counts; a person may have thought about a plan for longer."""


class TodoistTarget:
    """Our tasks in one person's account.

    `roadmaps` are all that exist: they give projects, sections and sub-tasks their places. `zone` is
    the configured one: floating times are read in it where Todoist does not tell the account's. `now` is
    the moment of the run, `clock` counts seconds, `transport` carries requests in the place of the network.
    Raises `NotAuthorised` for a token that is none, `ConfigError` for an unknown zone or an endpoint
    that would carry the token in the clear.
    """

    def __init__(  # noqa: PLR0913 - what it needs of the world, each by its name
        self,
        token: str,
        roadmaps: Sequence[Schedule] = (),
        *,
        zone: str,
        now: datetime,
        patience: Waiting,
        endpoint: str = ENDPOINT,
        clock: Callable[[], float] = time.monotonic,
        transport: "httpx.BaseTransport | None" = None,
    ) -> None:
        self._zone = zone_of(zone)
        self._shelves = Shelves(roadmaps)
        self._service = Service(endpoint, token, transport)
        self._reader = Reader(self._shelves, now, patience)
        self._writer = Writer(self._shelves, self._zone)
        self._mirror = Mirror()
        self._clock = clock
        self._looked: float | None = None

    @property
    def name(self) -> str:
        """The name of the target."""
        return "todoist"

    @property
    def fields(self) -> tuple[str, ...]:
        """Title and time first."""
        return fields.FIELDS

    @property
    def times(self) -> frozenset[str]:
        """The fields that say when."""
        return fields.TIMES

    @property
    def keeps_past(self) -> bool:
        """A task list is for what is still to be done."""
        return False

    @property
    def requests(self) -> int:
        """How many requests were sent so far, of every kind."""
        return self._service.requests

    def shape(self, item: Item) -> Fields | None:
        """Return the item as a task; series, and periods that hold other work, have no place."""
        return fields.shape(item)

    def read(self, memory: bytes) -> Reading:
        """Return our tasks, open and done, wherever people moved them. Raises what `Line.sync` raises."""
        self._mirror = Mirror.load(memory)
        self._writer = Writer(self._shelves, self._zone)
        self._look()
        note_titles(self._mirror, self._shelves)
        items = tuple(self._mirror.remote(ident, self._zone) for ident in self._mirror.tasks)
        return Reading(items, dict(self._mirror.removed), self._mirror.dump())

    def objections(self, keys: Sequence[str]) -> tuple[Objection, ...]:
        """Return what would not fit if these items were created now, as the last look showed the account."""
        made = Layout(self._mirror, self._shelves).allot(keys)
        return self._writer.objections(made, self._mirror.limits)

    def tidy(self) -> tuple[str, ...]:
        """Delete the projects and sections that our tasks stood in and that are empty now; return their names.

        For those who have taken everything back: to be asked after the last write of a run.
        """
        with self._service.line() as line:
            return tidy(line, self._mirror, self._shelves, self._reader)

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        """Carry out the intents, up to a hundred commands in a request.

        Raises `TargetRefused` once everything that fits is written, where the account has no room for
        the rest; it is planned again by the next push.
        """
        if not intents:
            return
        with self._service.line() as line:
            if self._is_stale(intents):
                self._reader.look(line, self._mirror)
                self._looked = self._clock()
            decided, left = self._writer.settle(self._mirror, intents)
            if decided:
                yield Answered(tuple(decided))
            try:
                yield from self._writer.send(line, self._mirror, left, self._reader)
            except RetryLater as error:
                if error.after is None:
                    self._writer.slow_down()
                raise

    def _look(self) -> None:
        with self._service.line() as line:
            self._reader.look(line, self._mirror)
        self._looked = self._clock()

    def _is_stale(self, intents: Sequence[Intent]) -> bool:
        """Tell whether to look again: nobody has yet, or what is to be changed may have changed since."""
        if self._looked is None:
            return any(intent.payload is None for intent in intents)
        old = self._clock() - self._looked > FRESH
        return old and any(intent.remote_id and intent.payload is None for intent in intents)
