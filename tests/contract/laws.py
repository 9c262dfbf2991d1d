"""The laws of the port, for every target alike.

A target is tested by a subclass with a `world` fixture (see `worlds.World`):

    class TestMemory(TargetLaws):
        @pytest.fixture
        def world(self) -> World:
            return MemoryWorld()

No law can be replaced or dropped in silence: a subclass that defines one of them must mark it
`xfail` with a reason; expected failures are strict, so that a law which holds again is noticed.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sync.errors import ItemChanged, ItemVanished, RetryLater
from sync.model import Days, Span
from sync.remote import Landed, Sending, imprint
from tests.contract.orders import created, creation, deletion, errors, there, update, write
from tests.contract.samples import EVENING, SAMPLES, TEXTS
from tests.contract.worlds import AT, World, item


class TargetLaws:
    """What every target must obey; see `sync.remote.Target` for each duty in words."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name in [name for name in vars(TargetLaws) if name.startswith("test_")]:
            if getattr(cls, name, None) is not getattr(TargetLaws, name) and not _explained(cls, name):
                raise TypeError(f"{cls.__name__} replaces the law {name} without xfail and a reason")

    @pytest.fixture
    def world(self) -> World:
        raise NotImplementedError("each target gives its own world")

    def test_a_plain_task_and_a_timed_one_have_a_place(self, world: World):
        target = world.target()

        assert target.shape(item("day")) is not None
        assert target.shape(item("evening", span=EVENING)) is not None

    def test_shaping_is_pure_and_names_every_field(self, world: World):
        first, second = world.target(), world.target()
        for sample in SAMPLES:
            shaped = first.shape(sample)
            assert shaped == second.shape(sample) == first.shape(sample)
            assert shaped is None or set(shaped) == set(first.fields)
        assert first.times <= set(first.fields)
        assert there(world) == {}

    def test_what_was_created_is_read_back_as_it_was_shaped(self, world: World):
        shaped = {sample.key: world.target().shape(sample) for sample in SAMPLES}
        wanted = {key: fields for key, fields in shaped.items() if fields is not None}
        found = created(world, *(sample for sample in SAMPLES if sample.key in wanted))

        assert {key: dict(remote.fields) for key, remote in found.items()} == {
            key: dict(fields) for key, fields in wanted.items()
        }

    @pytest.mark.parametrize("text", TEXTS)
    def test_any_text_is_read_back_as_it_was_shaped(self, world: World, text: str):
        made = item("day", title=text, notes=text)
        shaped = world.target().shape(made)
        found = created(world, made)

        assert shaped is not None
        assert {key: dict(remote.fields) for key, remote in found.items()} == {made.key: dict(shaped)}

    @pytest.mark.parametrize(
        "name", ["día-1/naïve", "第1週/読書", "day-1/a@2026-01-05", "x" * 300, "a:b/c d"]
    )
    def test_any_key_comes_back_in_the_marker(self, world: World, name: str):
        assert set(created(world, item(name))) == {f"plan/{name}"}

    def test_the_marker_tells_revision_and_imprint(self, world: World):
        intent = creation(world, item("day"), revision=7)
        write(world, intent)

        assert there(world)["plan/day"].marker == intent.marker

    def test_nothing_leaves_before_it_is_told(self, world: World):
        events = world.target().write([creation(world, item("day"))])
        first = next(events)

        assert isinstance(first, Sending)
        assert set(first.payloads) == {"plan/day"}
        assert there(world) == {}

    def test_every_intent_is_told_once_and_answered_once_after_it(self, world: World):
        intents = [creation(world, item(f"day-{n}")) for n in range(120)]
        told: list[str] = []
        answered: list[str] = []
        for event in world.target().write(intents):
            if isinstance(event, Sending):
                told += event.payloads
            else:
                answered += [result.key for result in event.results]
                assert set(answered) <= set(told)
                assert set(answered) <= set(there(world))

        assert sorted(told) == sorted(answered) == sorted(intent.key for intent in intents)

    def test_a_creation_sent_again_makes_one_item(self, world: World):
        intent = creation(world, item("day"))
        payloads = [e.payloads for e in world.target().write([intent]) if isinstance(e, Sending)]
        again = replace(intent, payload=payloads[0]["plan/day"])
        before = there(world)

        results = write(world, again)
        assert results == {"plan/day": Landed("plan/day", before["plan/day"].id)}
        assert there(world) == before

    def test_bytes_that_were_sent_before_are_sent_unchanged(self, world: World):
        intent = creation(world, item("day"))
        first = [e.payloads for e in world.target().write([intent]) if isinstance(e, Sending)]
        again = replace(intent, payload=first[0]["plan/day"])
        second = [e.payloads for e in world.target().write([again]) if isinstance(e, Sending)]

        assert second == first

    def test_a_creation_sent_again_does_not_bring_back_what_was_removed(self, world: World):
        created(world, item("other"))
        intent = creation(world, item("day"))
        payloads = [e.payloads for e in world.target().write([intent]) if isinstance(e, Sending)]
        world.delete("plan/day")

        write(world, replace(intent, payload=payloads[0]["plan/day"]))
        assert set(there(world)) == {"plan/other"}

    def test_a_lost_answer_is_raised_and_the_writes_are_there(self, world: World):
        world.lose(1)
        intent = creation(world, item("day"))

        with pytest.raises(RetryLater):
            write(world, intent)
        assert set(there(world)) == {"plan/day"}

    def test_an_item_we_deleted_can_be_created_anew(self, world: World):
        found = created(world, item("day"), item("other"))
        write(world, deletion(found["plan/day"]))
        write(world, creation(world, item("day", title="again"), revision=3))

        assert there(world)["plan/day"].marker.revision == 3

    def test_an_update_writes_the_changed_fields_and_leaves_the_others(self, world: World):
        target = world.target()
        new, field = target.shape(item("day", title="New title")), target.fields[0]
        found = created(world, item("day", notes="Notes"))["plan/day"]
        assert new is not None
        intent = update(found, {field: new[field]})
        results = write(world, intent)
        now = there(world)["plan/day"]

        assert results == {"plan/day": Landed("plan/day", found.id)}
        assert now.fields == {**found.fields, field: new[field]}
        assert now.marker == intent.marker

    @pytest.mark.parametrize("there_and_back", [False, True])
    def test_whole_days_become_a_time_and_a_time_whole_days(self, world: World, there_and_back: object):
        spans: list[Span] = [Days(date(2026, 1, 5), date(2026, 1, 6)), EVENING]
        first, second = spans[::-1] if there_and_back else spans
        found = created(world, item("day", span=first))["plan/day"]
        wanted = world.target().shape(item("day", span=second))
        assert wanted is not None
        changes = {name: value for name, value in wanted.items() if value != found.fields[name]}
        write(world, update(found, changes))

        assert there(world)["plan/day"].fields == wanted

    def test_an_update_of_what_is_gone_fails_as_vanished_and_makes_nothing(self, world: World):
        found = created(world, item("day"), item("other"))["plan/day"]
        field = world.target().fields[0]
        world.delete("plan/day")

        assert errors(write(world, update(found, {field: found.fields[field] + "!"}))) == {
            "plan/day": ItemVanished
        }
        assert set(there(world)) == {"plan/other"}

    def test_an_update_of_what_changed_since_fails_as_changed(self, world: World):
        field = world.target().fields[0]
        found = created(world, item("day"))["plan/day"]
        world.edit("plan/day", field, "by hand")

        assert errors(write(world, update(found, {field: "ours"}))) == {"plan/day": ItemChanged}
        assert there(world)["plan/day"].fields[field] == "by hand"

    def test_an_edit_of_another_field_since_the_reading_is_not_lost(self, world: World):
        first, *_, last = world.target().fields
        found = created(world, item("day"))["plan/day"]
        world.edit("plan/day", last, "by hand")
        write(world, update(found, {first: "ours"}))

        assert there(world)["plan/day"].fields[last] == "by hand"

    def test_a_deletion_removes_the_item_and_no_other(self, world: World):
        found = created(world, item("day"), item("other"))

        assert errors(write(world, deletion(found["plan/day"]))) == {}
        assert set(there(world)) == {"plan/other"}

    def test_a_deletion_of_what_is_gone_has_landed(self, world: World):
        found = created(world, item("day"), item("other"))
        world.delete("plan/day")

        assert errors(write(world, deletion(found["plan/day"]))) == {}

    def test_what_was_deleted_by_hand_is_read_no_longer(self, world: World):
        created(world, item("day"), item("other"))
        world.delete("plan/day")
        reading = world.target().read(b"")

        assert {remote.marker.key for remote in reading.items} == {"plan/other"}
        assert set(reading.removed) <= {"plan/day"}

    def test_a_tick_is_read_and_the_item_stays(self, world: World):
        created(world, item("day"), item("other"))
        world.tick("plan/day")
        found = there(world)

        assert found["plan/day"].done in (True, AT)
        assert not found["plan/other"].done

    def test_a_time_of_completion_has_a_zone(self, world: World):
        created(world, item("day"))
        world.tick("plan/day")
        done = there(world)["plan/day"].done

        assert not isinstance(done, datetime) or done.astimezone(UTC) - AT < timedelta(minutes=1)

    def test_a_hand_edit_shows_in_the_fields_and_not_in_the_marker(self, world: World):
        field = world.target().fields[0]
        before = created(world, item("day"))["plan/day"]
        world.edit("plan/day", field, "by hand")
        after = there(world)["plan/day"]

        assert after.fields == {**before.fields, field: "by hand"}
        assert after.marker == before.marker
        assert after.imprint == imprint(after.fields) != before.imprint

    def test_what_is_not_ours_is_neither_read_nor_touched(self, world: World):
        world.add_foreign()
        before = world.foreign()
        found = created(world, item("day"), item("other"))
        write(
            world, update(found["plan/day"], {world.target().fields[0]: "new"}), deletion(found["plan/other"])
        )

        assert set(there(world)) == {"plan/day"}
        assert world.foreign() == before

    def test_one_refused_item_does_not_stop_the_others(self, world: World):
        world.refuse("plan/day-2")
        results = write(world, *(creation(world, item(f"day-{n}")) for n in range(5)))

        assert set(errors(results)) == {"plan/day-2"}
        assert set(there(world)) == {f"plan/day-{n}" for n in (0, 1, 3, 4)}

    def test_a_reading_is_the_same_with_and_without_its_memory(self, world: World):
        created(world, *(item(f"day-{n}") for n in range(6)))
        memory = world.target().read(b"").memory
        world.tick("plan/day-1")
        world.delete("plan/day-2")
        world.edit("plan/day-3", world.target().fields[0], "by hand")
        write(world, creation(world, item("new")))
        with_memory = world.target().read(memory)

        assert {remote.marker.key: remote for remote in with_memory.items} == there(world)
        assert {r.marker.key: r for r in world.target().read(with_memory.memory).items} == there(world)

    def test_creations_updates_and_deletions_go_together(self, world: World):
        found = created(world, item("old"), item("kept"))
        field = world.target().fields[0]
        results = write(
            world,
            creation(world, item("new")),
            update(found["plan/kept"], {field: "changed"}),
            deletion(found["plan/old"]),
        )
        now = there(world)

        assert errors(results) == {}
        assert set(now) == {"plan/new", "plan/kept"}
        assert now["plan/kept"].fields[field] == "changed"


def _explained(cls: type, name: str) -> bool:
    """Whether a changed law is marked as expected to fail, with a reason."""
    marks = getattr(getattr(cls, name, None), "pytestmark", [])
    return any(mark.name == "xfail" and mark.kwargs.get("reason") for mark in marks)
