"""What a plan must not do without being asked."""

import pytest

from sync.errors import NothingToSchedule, UnsafePlan
from sync.planning.plans import Known
from sync.planning.safety import check_reading, check_roadmap, objection
from sync.planning.scopes import Scope
from sync.planning.witnesses import Draft
from sync.remote import Reading
from tests.planning.witnesses import PLAN, bound, draft, known, plan, reading, remote


def many(number: int, title: str = "") -> list[Draft]:
    return [draft(f"t{n}", title) for n in range(number)]


def pushed(number: int) -> tuple[Reading, Known]:
    return reading(*(remote(f"t{n}") for n in range(number))), known(*(bound(f"t{n}") for n in range(number)))


@pytest.mark.parametrize(
    ("existing", "deleted", "updated", "unsafe"),
    [
        (10, 3, 0, False),
        (10, 4, 0, True),
        (10, 2, 2, True),
        (10, 0, 3, False),
        (9, 9, 0, False),
        (20, 3, 4, True),
    ],
)
def test_more_than_thirty_in_a_hundred_of_ten_or_more_needs_force(
    existing: int, deleted: int, updated: int, unsafe: object
):
    kept = many(existing)[deleted:]
    wanted = [draft(one.uid, "new") for one in kept[:updated]] + kept[updated:] + [draft("extra")]
    there, memory = pushed(existing)
    refused = objection(plan(wanted, there, memory))

    assert (refused is not None) == unsafe
    if refused is not None:
        assert f"overwrite {updated} and delete {deleted} of {existing} items" in refused.title


def test_an_empty_answer_is_never_read_as_all_deleted():
    with pytest.raises(UnsafePlan, match="memory answered with nothing, though 1 item should") as caught:
        check_reading("memory", reading(), known(bound("task")))
    assert "--force" in caught.value.hint
    with pytest.raises(UnsafePlan, match="though 2 items should"):
        check_reading("memory", reading(removed=["c"]), known(bound("a"), bound("b"), bound("c")))


def test_an_empty_answer_is_believed_where_nothing_was_known_each_deletion_is_named_or_a_person_says_so():
    check_reading("memory", reading(), known())
    check_reading("memory", reading(), known(bound("task", live=False)))
    check_reading("memory", reading(removed=["task"]), known(bound("task")))
    check_reading("memory", reading(), known(bound("task")), force=True)
    check_reading("memory", reading(remote("other")), known(bound("task")))


def test_a_roadmap_that_suddenly_yields_nothing_is_an_error():
    with pytest.raises(NothingToSchedule, match="plan has no dated items"):
        check_roadmap(PLAN, [], reading(), known(bound("task")))
    with pytest.raises(NothingToSchedule):
        check_roadmap(PLAN, [], reading(remote("task")), known())
    with pytest.raises(NothingToSchedule):
        check_roadmap(Scope("study"), [], reading(remote("task")), known(renames={"plan": "study"}))


def test_a_roadmap_that_never_yielded_anything_is_none():
    check_roadmap(PLAN, [draft("task")], reading(remote("task")), known(bound("task")))
    check_roadmap(PLAN, [], reading(), known(bound("task", live=False)))
    check_roadmap(Scope("other"), [], reading(remote("task")), known(bound("task")))
