"""What tells a renamed file from a roadmap that is only alike."""

from dataclasses import replace

from sync.planning.safety import twin
from tests.planning.witnesses import bound, draft, known, plan, reading

NAMES = ("a", "b", "c")


def pushed(*names: str, live: bool = True):
    """What was pushed under the name `old`."""
    memory = [replace(bound(name, live=live), key=f"old/{name}", roadmap="old") for name in names]
    return known(*memory)


def made(*names: str):
    return plan([draft(name) for name in names], reading(), known())


def test_most_of_a_roadmap_that_vanished_is_a_renamed_file():
    found = twin(made(*NAMES, "new"), pushed(*NAMES), {"plan"})
    assert found is not None
    assert found.title.startswith("plan looks like old under another name: 3 of 4 items")


def test_a_roadmap_that_is_still_there_has_a_right_to_its_like():
    assert twin(made(*NAMES), pushed(*NAMES), {"plan", "old"}) is None


def test_two_items_of_one_name_are_chance():
    assert twin(made("a", "b"), pushed("a", "b"), {"plan"}) is None


def test_the_smaller_part_of_a_plan_is_chance():
    assert twin(made(*NAMES, "d", "e", "f", "g"), pushed(*NAMES), {"plan"}) is None


def test_what_was_taken_back_is_there_no_more():
    assert twin(made(*NAMES), pushed(*NAMES, live=False), {"plan"}) is None
