"""What people do on the other side comes into the ledger once, and is told once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.applying.pulling import pull
from sync.applying.pushing import apply, caught_up
from sync.applying.rebuilding import rebuild
from sync.errors import UnsafePlan
from sync.ledger.bindings import Bindings
from sync.ledger.progress import Entry, Progress, Standing
from sync.planning.decisions import Reason, Rules
from sync.planning.withdrawing import withdrawals
from sync.targets.memory import MemoryTarget
from tests.contract.worlds import patient
from tests.engine.life import NOW, Life


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    life = Life(tmp_path)
    for name in ("a", "b"):
        life.write(name)
    life.push()
    assert life.pull() == []
    yield life
    assert life.pull() == []
    assert life.pull() == []


def standing(life: Life, name: str, desk: int = 0) -> Standing | None:
    with life.ledger(desk) as ledger:
        return Progress(ledger).standing(f"plan/{name}")


def tick_without_time(life: Life, name: str, *, done: bool) -> None:
    (thing,) = life.things(name)
    life.service.things[thing.id] = thing.__class__(
        thing.id, thing.fields, thing.marker, done=done, version=thing.version + 1
    )


def test_a_tick_is_told_with_its_time_and_stays(life: Life):
    life.tick("a")
    at = life.now
    life.now += timedelta(hours=5)

    assert life.pull() == [("done", "a")]
    assert standing(life, "a") == Standing(True, at)


def test_a_tick_without_a_time_happened_when_it_was_seen(life: Life):
    tick_without_time(life, "a", done=True)

    assert life.pull() == [("done", "a")]
    assert standing(life, "a") == Standing(True, life.now)


def test_a_tick_without_a_time_says_nothing_new_about_what_is_done_already(life: Life):
    life.done("a")
    at = life.now
    life.now += timedelta(hours=1)
    tick_without_time(life, "a", done=True)

    assert life.pull() == []
    assert standing(life, "a") == Standing(True, at)


def test_an_untick_is_told_and_counts(life: Life):
    tick_without_time(life, "a", done=True)
    life.pull()
    life.now += timedelta(hours=1)
    tick_without_time(life, "a", done=False)

    assert life.pull() == [("reopened", "a")]
    assert standing(life, "a") == Standing(False, life.now)


def test_an_undo_here_is_not_overridden_by_the_tick_that_still_stands_there(life: Life):
    life.tick("a")
    life.pull()
    with life.ledger() as ledger:
        Progress(ledger).record(Entry("plan/a", "undone", life.now + timedelta(hours=1), "cli"))
    assert life.pull() == []

    found = standing(life, "a")
    assert found is not None
    assert not found.done


def test_a_second_tick_with_another_time_is_another_tick(life: Life):
    life.tick("a")
    life.pull()
    (thing,) = life.things("a")
    life.service.things[thing.id] = thing.__class__(
        thing.id, thing.fields, thing.marker, done=NOW - timedelta(days=1)
    )

    assert life.pull() == [("done", "a")]
    assert standing(life, "a") == Standing(True, NOW - timedelta(days=1))


def test_edits_and_moves_are_told_apart(life: Life):
    life.edit("a", "title")
    assert life.pull() == [("edited", "a")]
    life.edit("a", "start")
    assert life.pull() == [("moved", "a")]
    life.edit("b", "title")
    life.edit("b", "start")
    assert life.pull() == [("moved", "b"), ("edited", "b")]


def test_our_own_writes_are_not_told_as_edits(life: Life):
    life.edit("a", "start")
    life.pull()
    life.reword("a")
    life.push()

    assert life.pull() == []


def test_a_removal_is_told_once_and_a_return_again(life: Life):
    (thing,) = life.things("a")
    life.delete("a")
    assert life.pull() == [("removed", "a")]
    assert life.pull() == []

    life.service.things[thing.id] = thing
    life.removed.clear()
    assert life.pull() == []
    life.delete("a")
    assert life.pull() == [("removed", "a")]


def test_what_was_edited_while_it_was_away_is_told_against_what_we_wrote(life: Life):
    (thing,) = life.things("a")
    life.delete("a")
    life.pull()
    life.service.things[thing.id] = thing
    life.removed.clear()
    life.edit("a", "title")

    assert life.pull() == [("edited", "a")]


def test_an_empty_answer_is_not_told_as_removals(life: Life):
    things, life.service.things = life.service.things, {}
    with life.ledger() as ledger, pytest.raises(UnsafePlan):
        pull(MemoryTarget(life.service), ledger, now=life.now)
    life.service.things = things


def test_a_push_takes_in_the_ticks_it_sees(life: Life):
    life.tick("a")
    life.push()

    assert standing(life, "a") == Standing(True, life.now)


def test_a_pull_asks_once(life: Life):
    before = len(life.service.requests)
    life.pull()

    assert life.service.requests[before:] == [0]


def test_what_the_target_wants_to_remember_is_handed_back_to_it(tmp_path: Path):
    handed: list[bytes] = []

    class Remembering(MemoryTarget):
        def read(self, memory: bytes):
            handed.append(memory)
            reading = super().read(b"")
            return reading.__class__(reading.items, reading.removed, memory + b"+")

    life = Life(tmp_path)
    for _ in range(3):
        with life.ledger() as ledger:
            pull(Remembering(life.service), ledger, now=life.now)

    assert handed == [b"", b"+", b"++"]


def test_a_lost_ledger_is_rebuilt_with_ticks_edits_phases_and_titles(life: Life):
    life.tick("a")
    life.edit("b")
    life.cut("b")
    life.lose_ledger()
    items = {made.key: made for made in life.items()}
    with life.ledger() as ledger:
        target = MemoryTarget(life.service)
        changes = rebuild(target, ledger, items, now=life.now)
        bindings = Bindings(ledger, "memory").all()
        again = rebuild(target, ledger, items, now=life.now)

    assert sorted((change.change, change.title) for change in changes) == [
        ("done", life.roadmap["a"].title), ("edited", life.things("b")[0].fields["title"]),
    ]  # fmt: skip
    assert again == ()
    assert {key: (binding.phase, binding.roadmap, binding.revision) for key, binding in bindings.items()} == {
        "plan/a": ("plan/one", "plan", 1), "plan/anchor": ("plan/one", "plan", 1),
    }  # fmt: skip
    assert standing(life, "a") == Standing(True, life.now)
    life.push()


def test_what_was_ticked_taken_back_and_made_anew_elsewhere_was_not_opened_again(tmp_path: Path):
    life = Life(tmp_path, desks=2)
    life.write("a")
    life.push()
    life.push(desk=1)
    life.tick("a")
    with life.ledger(1) as ledger:
        view = caught_up(MemoryTarget(life.service), ledger, now=life.now)
        plans = withdrawals("memory", view.reading, view.known, frozenset())
        apply(plans, view.target, ledger, patience=patient(), force=True)
    life.finished.clear()
    life.push(desk=0, rules=Rules(restore=True))

    assert "a" in life.titles()
    assert life.pull(desk=1) == []
    assert standing(life, "a", desk=1) == Standing(True, life.now)


def test_a_rebuilt_ledger_deletes_nothing_that_its_copy_of_the_roadmap_never_had(life: Life):
    """The other computer's copy may be the newer one; a roadmap that cannot be read here lacks nothing."""
    items = {made.key: made for made in life.items()}
    life.write("c")
    life.push()
    life.cut("c")
    life.lose_ledger()
    with life.ledger() as ledger:
        rebuild(MemoryTarget(life.service), ledger, items, now=life.now)
    plan = life.plan()
    assert [(step.key, step.reason) for step in plan.steps] == [("plan/c", Reason.FOREIGN)]

    life.lose_ledger()
    with life.ledger() as ledger:
        rebuild(MemoryTarget(life.service), ledger, {}, now=life.now)
        assert "plan/c" in Bindings(ledger, "memory").all()


def test_the_time_of_a_change_is_told(life: Life):
    life.tick("a")
    life.edit("b")
    with life.ledger() as ledger:
        seen = datetime(2026, 2, 1, tzinfo=UTC)
        changes = pull(MemoryTarget(life.service), ledger, now=seen)

    assert [(change.key, change.at, change.target) for change in changes] == [
        ("plan/a", life.now, "memory"), ("plan/b", seen, "memory"),
    ]  # fmt: skip


def test_what_was_brought_back_and_removed_again_is_told_again(life: Life):
    life.delete("a")
    assert life.pull() == [("removed", "a")]
    life.push(rules=Rules(restore=True))
    life.delete("a")
    assert life.pull() == [("removed", "a")]


def test_a_tick_made_here_is_no_news_when_the_target_gives_it_back(life: Life):
    life.done("a")
    (thing,) = life.things("a")
    life.service.things[thing.id] = thing.__class__(
        thing.id, thing.fields, thing.marker, done=life.now.replace(microsecond=0), version=2
    )
    with life.ledger() as ledger:
        before = Progress(ledger).entries()

    assert life.pull() == []
    with life.ledger() as ledger:
        assert Progress(ledger).entries() == before


def test_a_title_that_no_ledger_knows_is_the_one_on_the_other_side(life: Life):
    life.tick("a")
    life.lose_ledger()
    with life.ledger() as ledger:
        (change,) = pull(MemoryTarget(life.service), ledger, now=life.now)
    assert change.title == life.roadmap["a"].title
    life.push()
