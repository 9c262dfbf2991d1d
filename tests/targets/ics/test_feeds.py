"""The set of feeds that one run makes."""

from datetime import UTC, date, datetime

import pytest

from sync.errors import ConfigError
from sync.targets.ics.feed import Feed, calendar_feed, feeds, opening_stamp
from sync.targets.ics.witness import Trust, read_witness
from tests.targets.ics.plans import (
    FIRST,
    LATER,
    MUCH_LATER,
    THREE,
    block,
    calendar,
    day,
    plan,
    reworded,
    task,
)
from tests.targets.ics.readers import components, modified, revisions


def made(*schedules, previous=None, now=LATER) -> dict[str, Feed]:
    return {each.name: each for each in feeds(schedules, previous=(previous or {}).get, now=now)}


def contents(found: dict[str, Feed]) -> dict[str, bytes]:
    return {name: each.bytes for name, each in found.items()}


OTHER = plan(task("other/z", day("2026-04-01")), slug="other", title="Other", start=date(2026, 4, 1))


def test_a_run_makes_a_calendar_and_a_task_list_each_and_one_calendar_of_all():
    found = made(THREE, OTHER)

    assert [(each.name, each.title) for each in found.values()] == [
        ("plan.ics", "My plan"),
        ("plan.tasks.ics", "My plan – tasks"),
        ("other.ics", "Other"),
        ("other.tasks.ics", "Other – tasks"),
        ("all.ics", "Roadmaps"),
    ]
    assert set(revisions(found["all.ics"].bytes)) == {each.uid for each in (*THREE.items, *OTHER.items)}


def test_an_event_has_the_same_bytes_in_its_own_feed_and_in_all():
    changed = reworded(THREE, 0, title="x")
    first = contents(made(THREE, OTHER))
    second = contents(made(changed, OTHER, previous=first))
    found = contents(made(changed, OTHER, previous=second, now=MUCH_LATER))

    assert found == second
    for name in ("plan.ics", "other.ics"):
        for seen in read_witness(found[name], "VEVENT").seen.values():
            assert bytes(seen.block) in found["all.ics"]


def test_a_roadmap_that_joins_later_brings_its_stamps_into_all():
    first = contents(made(THREE))
    found = contents(made(THREE, OTHER, previous=first))

    assert revisions(found["all.ics"])[OTHER.items[0].uid].modified == opening_stamp(OTHER)
    assert modified(found["all.ics"]) == opening_stamp(OTHER)


@pytest.mark.parametrize("lost", ["plan.ics", "all.ics"])
def test_a_file_that_was_lost_does_not_turn_the_others_back(lost):
    changed = reworded(THREE, 0, title="x")
    earlier = contents(made(changed, OTHER, previous=contents(made(THREE, OTHER))))
    known = revisions(earlier["all.ics"])
    del earlier[lost]

    found = contents(made(changed, OTHER, previous=earlier, now=MUCH_LATER))

    assert revisions(found["all.ics"]) == known


def test_a_change_after_a_loss_still_moves_on_in_all():
    changed = reworded(THREE, 0, title="x")
    earlier = contents(made(changed, previous=contents(made(THREE))))
    del earlier["plan.ics"]

    found = contents(made(reworded(THREE, 0, title="y"), previous=earlier, now=MUCH_LATER))

    assert revisions(found["all.ics"])[THREE.items[0].uid].sequence == 2


def test_an_old_copy_of_all_catches_up_with_the_others():
    original = contents(made(THREE))
    there = contents(made(reworded(THREE, 0, title="x"), previous=original))
    back = contents(made(THREE, previous=there))

    found = contents(made(THREE, previous={**back, "all.ics": original["all.ics"]}))

    assert revisions(found["all.ics"]) == revisions(found["plan.ics"])
    assert revisions(found["all.ics"])[THREE.items[0].uid].sequence == 2


def test_a_damaged_feed_of_the_run_is_not_copied_from():
    whole = calendar(THREE)
    broken = whole.replace(b"SUMMARY:", b"SUMMARY:XX")
    assert read_witness(broken, "VEVENT").trust is Trust.TOUCHED

    data = calendar_feed([THREE], title="My plan", previous=None, first_stamp=FIRST, now=LATER, made=[broken])
    assert data == whole


def test_no_roadmaps_make_one_empty_calendar():
    found = made()

    assert list(found) == ["all.ics"]
    assert components(found["all.ics"].bytes) == []


@pytest.mark.parametrize(
    ("slugs", "name"), [(("all",), "all.ics"), (("a", "a"), "a.ics"), (("a", "a.tasks"), "a.tasks.ics")]
)
def test_two_feeds_of_one_name_are_refused(slugs, name):
    with pytest.raises(ConfigError, match=name):
        made(*(plan(slug=slug) for slug in slugs))


@pytest.mark.parametrize(
    ("schedule", "stamp"),
    [
        (plan(start=date(2026, 3, 2)), datetime(2026, 3, 2, tzinfo=UTC)),
        (
            plan(
                task("p/a"),
                task("p/b", block("2026-05-02T07:00")),
                task("p/c", day("2026-05-03")),
                start=None,
            ),
            datetime(2026, 5, 2, tzinfo=UTC),
        ),
        (plan(task(), start=None), datetime(2000, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_opening_stamp_comes_from_the_document(schedule, stamp):
    assert opening_stamp(schedule) == stamp
