"""The laws themselves: none is dropped in silence, and each can be broken."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from sync.errors import UsageError
from sync.remote import Answered, Event, Intent, Marker, Reading, Sending, Target
from sync.targets import registry
from sync.targets.memory import FIELDS, MemoryTarget
from tests.contract.laws import TargetLaws
from tests.contract.worlds import MemoryWorld

LAW = "test_a_deletion_of_what_is_gone_has_landed"


def test_a_law_cannot_be_replaced_in_silence():
    with pytest.raises(TypeError, match=LAW):
        type("TestLax", (TargetLaws,), {LAW: lambda self: None})


@pytest.mark.parametrize("value", [None, "not a test"])
def test_a_law_cannot_be_dropped_in_silence(value: object):
    with pytest.raises(TypeError, match=LAW):
        type("TestLax", (TargetLaws,), {LAW: value})


def test_an_expected_failure_needs_its_reason():
    @pytest.mark.xfail
    def bare(self: object) -> None: ...

    with pytest.raises(TypeError, match=LAW):
        type("TestLax", (TargetLaws,), {LAW: bare})


def test_a_law_may_be_expected_to_fail_with_a_reason():
    @pytest.mark.xfail(reason="the service answers 404")
    def explained(self: object) -> None: ...

    type("TestHonest", (TargetLaws,), {LAW: explained})


def test_a_law_hidden_by_another_base_is_seen_too():
    class Lax:
        def test_a_deletion_of_what_is_gone_has_landed(self) -> None: ...

    with pytest.raises(TypeError, match=LAW):
        type("TestLax", (Lax, TargetLaws), {})


def test_every_registered_target_is_tested_by_the_laws():
    for name in registry.names():
        file = Path(__file__).with_name(f"test_{name}.py")
        assert "(TargetLaws)" in file.read_text(encoding="utf-8"), name


def test_the_registry_makes_targets_and_names_them_when_asked_for_another():
    assert registry.factory("memory") is MemoryTarget
    with pytest.raises(UsageError, match="no target named fax") as caught:
        registry.factory("fax")
    assert "memory" in caught.value.hint


class Lawless(MemoryTarget):
    """A target that breaks one law at a time."""

    sin = ""

    def read(self, memory: bytes) -> Reading:
        reading = super().read(memory)
        if self.sin == "forgets done items":
            return replace(reading, items=tuple(remote for remote in reading.items if not remote.done))
        if self.sin == "reads a part":
            return replace(reading, items=reading.items[:100])
        if self.sin == "shapes what it cannot hold":
            return replace(
                reading,
                items=tuple(
                    replace(r, fields={n: v[:40] for n, v in r.fields.items()}) for r in reading.items
                ),
            )
        if self.sin == "loses the imprint":
            return replace(
                reading, items=tuple(replace(r, marker=replace(r.marker, imprint="")) for r in reading.items)
            )
        return reading

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        if self.sin == "sends before telling":
            events = list(super().write(intents))
            yield from events
        elif self.sin == "makes new bytes each time":
            yield from super().write([replace(i, command=str(uuid4()), payload=None) for i in intents])
        elif self.sin == "never answers":
            yield from (event for event in super().write(intents) if isinstance(event, Sending))
        elif self.sin == "answers twice":
            for event in super().write(intents):
                yield event
                if isinstance(event, Answered):
                    yield event
        elif self.sin == "overwrites every field":
            yield from super().write([replace(self._unconditional(i), changed=FIELDS) for i in intents])
        elif self.sin == "ignores versions":
            yield from super().write([self._unconditional(i) for i in intents])
        else:
            yield from super().write(intents)

    def _unconditional(self, intent: Intent) -> Intent:
        current = {remote.id: remote.version for remote in self.read(b"").items}
        return replace(intent, version=current.get(intent.remote_id, ""))


ANSWERS = "test_every_intent_is_told_once_and_answered_once_after_it"
SINS = {
    "shapes what it cannot hold": "test_any_text_is_read_back_as_it_was_shaped",
    "forgets done items": "test_a_tick_is_read_and_the_item_stays",
    "reads a part": ANSWERS,
    "loses the imprint": "test_the_marker_tells_revision_and_imprint",
    "sends before telling": "test_nothing_leaves_before_it_is_told",
    "makes new bytes each time": "test_a_creation_sent_again_makes_one_item",
    "never answers": ANSWERS,
    "answers twice": ANSWERS,
    "overwrites every field": "test_an_edit_of_another_field_since_the_reading_is_not_lost",
    "ignores versions": "test_an_update_of_what_changed_since_fails_as_changed",
}


@pytest.mark.parametrize("sin", SINS)
def test_each_sin_is_caught_by_a_law(sin: str):
    class World(MemoryWorld):
        def target(self) -> Target:
            made = Lawless(self.service, group=self.group)
            made.sin = sin
            return made

    law = getattr(TargetLaws(), SINS[sin])
    more = {"text": "x" * 50} if "any_text" in SINS[sin] else {}
    with pytest.raises((AssertionError, KeyError)):
        law(World(), **more)


@pytest.mark.parametrize("line", ["", "roadmap-sync", "roadmap-sync:1", "roadmap-sync:x:a=b:key", "other:1:a=b:key",
                                  "roadmap-sync:1:a=b:", f"roadmap-sync:{'9' * 5000}:a=b:key",
                                  "roadmap-sync:²:a=b:key", "Call the bank: now"])  # fmt: skip
def test_a_line_that_is_no_marker_is_none(line: str):
    assert Marker.parse(line) is None


def test_a_marker_is_read_from_its_line():
    marker = Marker("plan/day-1/a:b c", 12, "title=AbC-_123,day=12345678")

    assert Marker.parse(f"  {marker}\n") == marker
