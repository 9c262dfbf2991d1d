"""SEQUENCE, LAST-MODIFIED and their friends: what moves when, and what never does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.model import Item, Schedule
from sync.targets.ics import edition, feed, serialise
from sync.targets.ics.timezones import vtimezone
from sync.targets.ics.witness import Trust, Witness, read_witness
from tests.targets.ics import plans
from tests.targets.ics.plans import (
    FIRST,
    LATER,
    MUCH_LATER,
    THREE,
    WORKDAYS,
    block,
    calendar,
    day,
    plan,
    reworded,
    task,
    tasks,
)
from tests.targets.ics.readers import Revision, modified, revisions

WHOLE = LATER.replace(microsecond=0)


def uid(number: int, schedule: Schedule = THREE) -> str:
    return schedule.items[number].uid


def test_the_first_edition_is_dated_by_the_document():
    data = calendar(THREE)

    assert set(revisions(data).values()) == {Revision(0, FIRST, FIRST, FIRST)}
    assert modified(data) == FIRST


def test_nothing_changed_means_the_same_bytes_at_any_time():
    data = calendar(THREE)

    assert calendar(THREE, previous=data, now=MUCH_LATER) == data
    assert tasks(THREE, previous=tasks(THREE), now=MUCH_LATER) == tasks(THREE)


def test_only_the_item_that_changed_gets_a_new_revision():
    changed = reworded(THREE, 1, title="Another title")

    data = calendar(changed, previous=calendar(THREE))

    assert revisions(data) == {
        uid(0): Revision(0, FIRST, FIRST, FIRST),
        uid(1): Revision(1, FIRST, WHOLE, WHOLE),
        uid(2): Revision(0, FIRST, FIRST, FIRST),
    }
    assert modified(data) == WHOLE


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x"},
        {"notes": "x"},
        {"span": day("2026-01-07")},
        {"span": block("2026-01-06T19:30")},
        {"span": block("2026-01-06T19:00", 61)},
        {"span": block("2026-01-06T19:00", 60, "Africa/Kampala")},
        {"done": True},
        {"tick": False},
    ],
)
def test_a_change_of_anything_that_shows_is_a_new_revision(change):
    data = calendar(reworded(THREE, 1, **change), previous=calendar(THREE))

    assert revisions(data)[uid(1)].sequence == 1


@pytest.mark.parametrize(
    "days",
    [[each for each in WORKDAYS if each.day != 14], WORKDAYS[:-1], WORKDAYS[1:]],
    ids=["gap", "end", "start"],
)
def test_a_series_with_other_days_is_a_new_revision(days):
    recurrence = THREE.items[2].recurrence
    assert recurrence is not None
    other = replace(recurrence, occurrences=tuple(days))

    data = calendar(reworded(THREE, 2, recurrence=other), previous=calendar(THREE))

    assert [uid(2)] == [each for each, revision in revisions(data).items() if revision.sequence]


def test_a_task_that_becomes_a_part_of_another_is_a_new_revision():
    before = plan(task("plan/whole"), task("plan/part"))

    data = tasks(reworded(before, 1, parent="plan/whole"), previous=tasks(before))

    assert [uid(1, before)] == [each for each, found in revisions(data, "VTODO").items() if found.sequence]


def test_new_rules_of_a_zone_move_the_calendar_alone(monkeypatch):
    before = calendar(THREE)
    monkeypatch.setattr(
        edition, "vtimezone", lambda name, first, last: vtimezone("Africa/Kampala", first, last)
    )

    data = calendar(THREE, previous=before)

    assert set(revisions(data).values()) == {Revision(0, FIRST, FIRST, FIRST)}
    assert modified(data) == WHOLE


def test_what_does_not_show_changes_nothing():
    moved = replace(
        THREE,
        items=tuple(
            replace(each, source=replace(each.source, line=99), guessed={"start": "why"}, minutes=5)
            for each in reversed(THREE.items)
        ),
    )

    assert calendar(moved, previous=calendar(THREE), now=MUCH_LATER) == calendar(THREE)


def test_a_new_item_begins_at_zero_now():
    more = replace(THREE, items=(*THREE.items, task("plan/new", day("2026-01-09"))))

    assert revisions(calendar(more, previous=calendar(THREE)))[uid(3, more)] == Revision(
        0, WHOLE, WHOLE, WHOLE
    )


def test_an_item_that_goes_moves_the_calendar_alone():
    fewer = replace(THREE, items=THREE.items[1:])

    data = calendar(fewer, previous=calendar(THREE))

    assert set(revisions(data).values()) == {Revision(0, FIRST, FIRST, FIRST)}
    assert modified(data) == WHOLE


def test_another_title_of_the_calendar_moves_the_calendar_alone():
    data = calendar(THREE, previous=calendar(THREE), title="Another name")

    assert set(revisions(data).values()) == {Revision(0, FIRST, FIRST, FIRST)}
    assert modified(data) == WHOLE


def test_a_clock_that_runs_behind_does_not_turn_stamps_back():
    early = FIRST - timedelta(days=300)

    data = calendar(reworded(THREE, 0, title="x"), previous=calendar(THREE), now=early)

    assert revisions(data)[uid(0)] == Revision(
        1, FIRST, FIRST + timedelta(seconds=1), FIRST + timedelta(seconds=1)
    )


def test_moments_are_whole_seconds_of_utc_whatever_was_given():
    there = timedelta(hours=3)
    first = FIRST.astimezone(plans.block("2026-01-05T00:00").begin.tzinfo).replace(microsecond=7)
    assert first.utcoffset() == there

    data = feed.calendar_feed([THREE], title="My plan", previous=None, first_stamp=first, now=LATER)

    assert data == calendar(THREE)


@pytest.fixture
def fresh(monkeypatch):
    """Builds a feed with the stamps of the earlier one, but serialises every component anew."""

    def build(*schedules: Schedule, previous: bytes, **others) -> bytes:
        def stamps_only(data: bytes | None, component: str) -> Witness:
            found = read_witness(data, component)
            return replace(found, trust=Trust.TOUCHED) if found.trust is Trust.INTACT else found

        with monkeypatch.context() as patch:
            patch.setattr(edition, "read_witness", stamps_only)
            return calendar(*schedules, previous=previous, **others)

    return build


def test_copying_gives_the_bytes_of_a_whole_build(fresh, monkeypatch):
    changed = reworded(THREE, 1, title="Another title", notes="é" * 99)
    written = []
    real = serialise.vevent

    def counted(event, *others):
        written.append(event.uid)
        return real(event, *others)

    monkeypatch.setattr(serialise, "vevent", counted)
    copied = calendar(changed, previous=calendar(THREE))
    assert written == [uid(0), uid(2), uid(1), uid(1)]

    assert copied == fresh(changed, previous=calendar(THREE))
    assert len(written) == 10


# Laws over a life of a feed: items come, go, change and come back, while the clock jumps about.

POOL = [f"plan/item-{number}" for number in range(5)]
STATES = st.dictionaries(st.sampled_from(POOL), st.integers(0, 2), max_size=5)
CLOCKS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def in_state(state: dict[str, int]) -> Schedule:
    items: list[Item] = [
        task(key, day(str(date(2026, 2, 1 + POOL.index(key)))), title=f"title {version}")
        for key, version in sorted(state.items())
    ]
    return plan(*items)


@given(st.lists(st.tuples(STATES, CLOCKS), min_size=2, max_size=8))
def test_revisions_obey_their_laws_over_the_life_of_a_feed(life):
    previous: bytes | None = None
    before: dict[str, int] = {}
    for state, now in life:
        schedule = in_state(state)
        data = calendar(schedule, previous=previous, now=now)
        old, new = revisions(previous) if previous else {}, revisions(data)
        for each in schedule.items:
            revision = new[each.uid]
            assert revision.stamp == revision.modified
            if each.uid not in old:
                assert revision.sequence == 0
                assert revision.created == revision.modified
            elif before[each.key] == state[each.key]:
                assert revision == old[each.uid]
            else:
                assert revision.sequence == old[each.uid].sequence + 1
                assert revision.modified > old[each.uid].modified
                assert revision.created == old[each.uid].created
        assert modified(data) >= max((each.modified for each in new.values()), default=FIRST)
        if previous:
            assert (data == previous) == (modified(data) == modified(previous)) == (state == before)
        assert calendar(schedule, previous=data, now=MUCH_LATER) == data
        previous, before = data, state
