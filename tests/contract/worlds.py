"""The other side as a test can touch it: what a person does there by hand, and what a network does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol

from sync.applying.patience import Patience
from sync.errors import RetryLater
from sync.model import Days, Item, Kind, Source, Span
from sync.remote import Marker, Target
from sync.targets.memory import MemoryTarget, Service, Thing

AT = datetime(2026, 1, 5, 18, tzinfo=UTC)


class World(Protocol):
    """What each target's tests provide; `key` is always the key of an item of ours."""

    def target(self) -> Target:
        """Our side, fresh: with nothing in it from earlier calls."""

    def tick(self, key: str) -> None:
        """Finish the item by hand, at `AT` where times are kept."""

    def edit(self, key: str, field: str, value: str) -> None:
        """Change one field by hand."""

    def delete(self, key: str) -> None:
        """Delete the item by hand."""

    def add_foreign(self) -> None:
        """Put something there that is not ours."""

    def foreign(self) -> object:
        """Everything there that is not ours, to be compared."""

    def refuse(self, key: str) -> None:
        """Let the service refuse this item from now on."""

    def lose(self, requests: int) -> None:
        """Let the next writing requests be carried out and their answers be lost."""


class MemoryWorld:
    """A `Service` and hands to touch it."""

    def __init__(self, group: int | None = 1, *, names_deletions: bool = False) -> None:
        self.service = Service(names_deletions=names_deletions)
        self.group = group

    def target(self) -> Target:
        return MemoryTarget(self.service, group=self.group)

    def tick(self, key: str) -> None:
        self._change(replace(self.thing(key), done=AT))

    def edit(self, key: str, field: str, value: str) -> None:
        thing = self.thing(key)
        self._change(replace(thing, fields={**thing.fields, field: value}))

    def delete(self, key: str) -> None:
        self.service.delete(self.thing(key).id)

    def add_foreign(self) -> None:
        self.service.things["foreign"] = Thing("foreign", {"title": "Dentist"})

    def foreign(self) -> object:
        return [thing for thing in self.service.things.values() if Marker.parse(thing.marker) is None]

    def refuse(self, key: str) -> None:
        self.service.refused.add(key)

    def lose(self, requests: int) -> None:
        left = iter(range(requests))

        def weather(moment: str) -> None:
            if moment == "after" and self.service.requests[-1] and next(left, None) is not None:
                raise RetryLater("No answer came.", "Push again.")

        self.service.weather = weather

    def thing(self, key: str) -> Thing:
        return next(thing for thing in self.service.things.values() if thing.marker.endswith(f":{key}"))

    def _change(self, thing: Thing) -> None:
        self.service.things[thing.id] = replace(thing, version=thing.version + 1)


def item(name: str, title: str = "", span: Span | None = None, **more: object) -> Item:
    """Build an item of the roadmap `plan`; by default a task on 5 January 2026."""
    fields: dict[str, object] = {
        "key": f"plan/{name}", "uid": f"uid-{name}", "roadmap": "plan", "phase": "plan/one", "path": (),
        "kind": Kind.TASK, "title": title or name, "notes": "", "tick": True,
        "span": span or Days(date(2026, 1, 5), date(2026, 1, 6)), "source": Source("plan.md", 1, 1),
    }  # fmt: skip
    return Item(**(fields | more))  # type: ignore[arg-type]  # a test's shorthand


def patient(slept: list[float] | None = None) -> Patience:
    """Return a patience that waits for nothing."""
    naps = [] if slept is None else slept
    return Patience(sleep=naps.append, random=lambda: 0.0)


def numbers() -> Iterator[int]:
    """Count."""
    number = 0
    while True:
        yield (number := number + 1)
