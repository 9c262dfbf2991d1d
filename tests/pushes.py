"""Services in memory in the place of those that are configured, and what a push left behind."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sync.app import connecting, pulling, pushing, rebuilding, unpushing
from sync.app.run import Run
from sync.applying.patience import Patience
from sync.model import Item
from sync.remote import DONE, Fields, Reading, Target
from sync.targets.memory import FIELDS, MemoryTarget, Service, Thing
from tests.desk import NOW, Desk

LATER = NOW + timedelta(hours=5)


@dataclass
class World:
    """Services in memory, as they would be configured."""

    services: dict[str, Service] = field(default_factory=lambda: {"memory": Service()})
    broken: dict[str, Exception] = field(default_factory=dict)
    keeps_past: bool = False
    ticking: bool = False
    """Whether a tick that was pushed is a field of the items there, as in calendars."""

    def connect(self, name: str, run: Run, schedules: object) -> Target:
        if name in self.broken:
            raise self.broken[name]
        kind = Ticking if self.ticking else Named
        return kind(name, self.services[name], keeps_past=self.keeps_past)

    @property
    def titles(self) -> list[str]:
        return [thing.fields["title"] for thing in self.services["memory"].things.values()]

    def thing(self, title: str) -> Thing:
        return next(each for each in self.services["memory"].things.values() if each.fields["title"] == title)

    def put(self, thing: Thing) -> None:
        self.services["memory"].things[thing.id] = replace(thing, version=thing.version + 1)


class Named(MemoryTarget):
    """A service in memory under a name of its own."""

    def __init__(self, name: str, service: Service, *, keeps_past: bool) -> None:
        super().__init__(service, keeps_past=keeps_past)
        self._name = name

    @property
    def name(self) -> str:
        return self._name


class Ticking(Named):
    """A service in memory whose items have the tick that was pushed among their fields."""

    @property
    def fields(self) -> tuple[str, ...]:
        return (*FIELDS, DONE)

    def shape(self, item: Item) -> Fields | None:
        made = super().shape(item)
        return made and {**made, DONE: "done" if item.done else ""}

    def read(self, memory: bytes) -> Reading:
        found = super().read(memory)
        items = [replace(each, done=True) if each.fields.get(DONE) else each for each in found.items]
        return replace(found, items=tuple(items))


def in_memory(monkeypatch: pytest.MonkeyPatch) -> World:
    """Let the commands push to memory, and wait for nothing."""
    made = World()
    push, plan, pull, rebuild = pushing.push, pushing.plan, pulling.pull, rebuilding.rebuild
    monkeypatch.setattr(pushing, "push", lambda *args, **given: push(*args, **given, connect=made.connect))
    monkeypatch.setattr(pushing, "plan", lambda run, asked: plan(run, asked, made.connect))
    monkeypatch.setattr(pulling, "pull", partial(pull, connect=made.connect))
    monkeypatch.setattr(rebuilding, "rebuild", partial(rebuild, connect=made.connect))
    monkeypatch.setattr(unpushing, "unpush", partial(unpushing.unpush, connect=made.connect))
    for each in (connecting, pushing, unpushing):
        monkeypatch.setattr(each, "enabled", lambda run: tuple(made.services))
    for each in (pushing, unpushing):
        monkeypatch.setattr(each, "PATIENCE", Patience(sleep=lambda _: None, random=lambda: 0.0))
    return made


def tick(world: World, title: str, at: datetime = LATER, service: str = "memory") -> None:
    """Tick an item on the phone."""
    things = world.services[service].things
    thing = next(each for each in things.values() if each.fields["title"] == title)
    things[thing.id] = replace(thing, done=at, version=thing.version + 1)


def steps(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["action"], step["title"]) for plan in told["plans"] for step in plan["steps"]]


def feed(desk: Desk, name: str = "phased.ics") -> list[str]:
    text = (desk.folder / "feeds" / name).read_text("utf-8")
    return re.findall(r"^SUMMARY:(?:☐ )?(.*?)\r?$", text, re.MULTILINE)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
