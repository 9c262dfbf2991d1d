"""What is done in the files, by us and by people."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sync.targets.ics.fields import shape
from tests.targets.ics.hands import IcsWorld
from tests.targets.ics.plans import MUCH_LATER, THREE, reworded
from tests.targets.ics.pushing import Desk, left
from tests.targets.ics.whole import WHOLE

AT = datetime(2026, 1, 6, 18, tzinfo=UTC)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.push(THREE)
    return desk


def test_a_task_completed_in_the_file_is_done(desk):
    desk.edit("plan.tasks.ics", "STATUS:NEEDS-ACTION", "STATUS:COMPLETED\r\nCOMPLETED:20260106T180000Z")
    (key,) = [key for key, remote in desk.there(THREE).items() if remote.done]

    assert desk.there(THREE)[key].done == AT
    assert desk.pulled(THREE) == [(key, "done")]
    assert left(desk.plan(reworded(THREE, 0, title="x", done=AT)))[key] == "done"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"),
        ("STATUS:NEEDS-ACTION\r\n", "PERCENT-COMPLETE:100\r\n"),
        ("STATUS:NEEDS-ACTION\r\n", "COMPLETED:20260106\r\n"),
    ],
)
def test_a_task_whose_completion_has_no_time_is_done_all_the_same(desk, old, new):
    desk.edit("plan.tasks.ics", old, new)

    assert [remote.done for remote in desk.there(THREE).values() if remote.done] == [True]


def test_a_check_mark_put_into_the_box_of_an_event_is_a_tick(desk):
    desk.edit("plan.ics", "SUMMARY:☐ a", "SUMMARY:✅ a")

    found = desk.there(THREE)["plan/a"]
    assert found.done is True
    assert found.fields == shape(THREE.items[0])


def test_a_tick_in_the_file_survives_a_change_of_what_it_is_a_part_of(whole):
    """The part is written anew because its task goes; nothing else of it may change."""
    name, part = "plan.tasks.ics", "plan/a/part"
    IcsWorld(whole.folder).tick(part)
    fewer = replace(WHOLE, items=tuple(each for each in WHOLE.items if each.key != "plan/a"))

    whole.push(fewer, now=MUCH_LATER)

    assert b"RELATED-TO" not in whole.file(name)
    assert whole.there(fewer)[part].done


def test_a_task_opened_again_in_the_file_is_open(whole):
    whole.pulled(WHOLE)
    IcsWorld(whole.folder).rewrite(
        "plan/b", lambda block: block.replace(b"STATUS:COMPLETED", b"STATUS:IN-PROCESS")
    )

    assert whole.there(WHOLE)["plan/b"].done is None
    assert whole.pulled(WHOLE) == [("plan/b", "reopened")]
    number = [each.key for each in WHOLE.items].index("plan/b")
    whole.push(reworded(WHOLE, number, done=None))
    assert whole.there(WHOLE)["plan/b"].fields["done"] == ""


def test_a_mark_of_the_text_is_no_tick_made_here(whole):
    """It would come back after an undo."""
    assert whole.there(WHOLE)["plan/c"].done is None
    assert whole.there(WHOLE)["plan/c"].fields["done"] == "done"
    assert whole.there(WHOLE)["plan/ship"].done == datetime(2026, 1, 5, tzinfo=UTC)
    assert whole.there(WHOLE)["plan/b"].done == datetime(2026, 1, 6, 21, 5, 6, tzinfo=UTC)


def test_a_mark_that_left_the_text_leaves_the_feed(whole):
    number = [each.key for each in WHOLE.items].index("plan/c")

    whole.push(reworded(WHOLE, number, done=None), now=MUCH_LATER)

    assert whole.export(reworded(WHOLE, number, done=None), now=MUCH_LATER) == []
