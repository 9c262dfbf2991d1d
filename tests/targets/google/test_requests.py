"""What a push costs, counted by the one who is asked."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sync.errors import RetryLater
from sync.sandbox.faults import RESET
from sync.targets.google_calendar.client import Client
from sync.targets.google_calendar.transport import Http
from tests.contract.orders import creation
from tests.targets.google.desk import Desk, days, reworded
from tests.targets.google.hands import WRITES

LIST, INSERT, UPDATE = "calendar.events.list", "calendar.events.insert", "calendar.events.update"


@pytest.mark.parametrize("count", [1, 50, 51, 120])
def test_a_first_push_costs_one_reading_and_a_request_for_every_fifty(desk, world, count):
    outcome = desk.push(days(count))

    assert outcome.done == count
    assert world.asked() == [LIST] + [INSERT] * -(-count // 50)


def test_a_push_with_nothing_to_do_is_one_reading_and_no_write(desk, world):
    desk.push(days(60))
    world.google.log.clear()

    assert desk.push(days(60)).plan.effects == ()
    assert world.asked() == [LIST]
    assert world.google.log.writes == ()


def test_so_is_one_by_a_computer_that_remembers_nothing(desk, world, tmp_path):
    desk.push(days(60))
    world.google.log.clear()
    other = Desk(world, tmp_path / "other")

    assert {step.action for step in other.push(days(60)).plan.steps} == {"adopt"}
    assert world.asked() == [LIST]


def test_a_changed_item_costs_one_reading_and_one_write(desk, world):
    desk.push(days(60))
    desk.push(days(60))
    world.google.log.clear()

    assert desk.push(reworded(days(60), 7, title="New")).done == 1
    assert world.asked() == [LIST, UPDATE]
    assert world.event("plan/day-7")["summary"] == "☐ New"


def test_a_pull_is_one_reading_of_what_changed(desk, world):
    desk.push(days(60))
    world.tick("plan/day-3")
    desk.pull()
    world.google.log.clear()
    world.tick("plan/day-4")

    assert desk.pull() == [("plan/day-4", "done")]
    assert world.asked() == [LIST]
    assert "syncToken=" in world.google.log.requests[0].path
    assert world.google.log.requests[0].sent < 4000


def test_a_patch_is_never_sent_because_it_costs_three_times_the_quota(desk, world):
    desk.push(days(3))
    desk.push(reworded(days(3), 0, title="New"))
    desk.push(days(2))

    assert {call.method for call in world.google.log.calls} == {"GET", "POST", "PUT", "DELETE"}
    assert world.google.log.units == len(world.google.log.calls)


def test_a_request_whose_answer_is_lost_is_not_sent_again_behind_our_back(world):
    world.google.faults.add(RESET, after=True, only=WRITES)

    with pytest.raises(RetryLater):
        list(world.target().write([creation(world, days(1)[0])]))
    assert world.asked() == [INSERT]


def test_one_line_serves_many_threads_and_each_gets_its_own_answer(desk, world):
    desk.push(days(40))
    client = Client(Http(world.tokens, world.session), world.google.url, None)
    names = [each["id"] for each in world.marked()]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: client.look(world.calendar, [name]), names * 4))

    assert [list(each) for each in found] == [[name] for name in names * 4]
    assert all(each[name]["id"] == name for each, name in zip(found, names * 4, strict=True))


def test_one_connection_carries_all_requests(desk, world):
    desk.push(days(200))
    desk.push(reworded(days(200), 0, title="New"))

    pools = world.session.adapters["http://"].poolmanager.pools
    assert [pools[key].num_connections for key in pools.keys()] == [1]  # noqa: SIM118  # urllib3's own container
