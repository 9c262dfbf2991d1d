"""What becomes of the calendar after everything was taken back: it goes if it is ours alone."""

from collections.abc import Iterator

import pytest

from sync.errors import RetryLater, TargetRefused
from sync.sandbox import Sandbox
from sync.sandbox.faults import RESET
from sync.sandbox.google.service import refusal
from sync.targets.google_calendar.target import GoogleCalendarTarget
from tests.contract.orders import creation, deletion
from tests.targets.google.desk import days
from tests.targets.google.hands import GoogleWorld

DELETION = r"^DELETE /calendar/v3/calendars/"


@pytest.fixture
def made(box: Sandbox) -> Iterator[GoogleWorld]:
    """A world in which the calendar was made by a push, with three events in it."""
    world = GoogleWorld(box)
    world.google.user_delete_calendar(world.calendar)
    world.choices["calendar_id"] = ""
    list(world.target().write([creation(world, each) for each in days(3)]))
    world.calendar = world.choices["calendar_id"] = world.found.pop()
    yield world
    world.close()


def withdrawn(world: GoogleWorld, keep: int = 0) -> GoogleCalendarTarget:
    """Delete our events, all but some of them, and return the target that did."""
    target = world.target()
    list(target.write([deletion(each) for each in target.read(b"").items[keep:]]))
    return target


def is_there(world: GoogleWorld) -> bool:
    return not world.google.account.calendars[world.calendar].deleted


def test_a_calendar_of_ours_that_is_empty_goes_and_its_id_is_forgotten(made):
    target = withdrawn(made)
    before = target.requests
    assert target.tidy() == ("Roadmaps",)
    assert not is_there(made)
    assert made.found == [""]
    assert target.requests - before == 3
    assert target.tidy() == ()


def test_a_calendar_in_which_anything_is_left_stays(made):
    assert withdrawn(made, keep=1).tidy() == ()
    made.add_foreign()
    assert withdrawn(made).tidy() == ()
    assert is_there(made)
    assert made.found == []


@pytest.mark.parametrize("page", [None, 1])
def test_what_is_left_is_seen_on_every_page(made, page):
    made.google.quirks.page_limit, made.google.quirks.empty_pages = page, page is not None
    made.add_foreign()
    assert withdrawn(made).tidy() == ()


def test_a_calendar_without_our_mark_is_a_persons_and_stays(box):
    world = GoogleWorld(box)
    assert withdrawn(world).tidy() == ()
    assert is_there(world)
    world.close()


def test_where_there_is_no_calendar_none_goes(made):
    made.google.user_delete_calendar(made.calendar)
    made.choices["calendar_id"] = ""
    target = made.target()
    target.read(b"")
    assert target.tidy() == ()


def test_an_answer_to_the_deletion_that_is_lost_is_no_failure(made):
    target = withdrawn(made)
    made.google.faults.add(RESET, after=True, only=DELETION)
    assert target.tidy() == ("Roadmaps",)
    assert made.found == [""]


def test_a_deletion_that_google_refuses_leaves_everything_as_it_is(made):
    target = withdrawn(made)
    made.google.faults.add(refusal("403 forbidden"), only=DELETION)
    with pytest.raises(TargetRefused):
        target.tidy()
    made.google.faults.add(refusal("503 backendError"), times=0, only=DELETION)
    with pytest.raises(RetryLater):
        target.tidy()
    assert is_there(made)
    assert made.found == []
