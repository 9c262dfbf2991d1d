"""What each write says next, answer by answer; and several of them side by side."""

from dataclasses import replace
from typing import Any

import pytest

from sync.errors import ItemVanished, RetryLater, TargetRefused
from sync.remote import Failed, Intent, Landed
from sync.targets.google_calendar.answers import Answer, Call
from sync.targets.google_calendar.ids import event_id
from sync.targets.google_calendar.mirror import Mirror
from sync.targets.google_calendar.rounds import talked
from sync.targets.google_calendar.writing import Result, Talk, talk
from tests.targets.google.desk import days
from tests.targets.google.samples import creation, event_of

TAKEN = Answer(409, "duplicate")
BARE = Answer(200, body={"id": "rs", "etag": '"7"', "status": "cancelled"})
REFUSED = Answer(400, "invalid", "No.")


def intent(revision: int) -> Intent:
    return creation(days(1)[0], revision=revision)


def said(revision: int, *answers: Answer, again: bool = False) -> tuple[list[str], Result | None]:
    """The calls of a creation that gets these answers, and its result where it came to one."""
    name = event_id("uid-day-0")
    talking = talk(intent(revision), Call("insert", name, body={"id": name}), merge, again=again)
    calls = [f"{(call := next(talking)).verb} {call.event[34:]}"]
    for answer in answers:
        try:
            calls.append(f"{(call := talking.send(answer)).verb} {call.event[34:]}")
        except StopIteration as end:
            return calls, end.value
    return calls, None


def merge(_: Intent, event: dict[str, Any]) -> dict[str, Any]:
    return {**event, "status": "confirmed"}


def test_what_is_said_to_be_back_and_is_still_deleted_goes_on_under_another_id():
    calls, result = said(2, TAKEN, BARE, BARE, Answer(200))

    assert calls == ["insert ", "get ", "update ", "insert n1"]
    assert result == Landed("plan/day-0", event_id("uid-day-0", 1))


def test_what_somebody_changed_while_it_came_back_is_looked_at_again():
    assert said(2, TAKEN, BARE, Answer(412, "conditionNotMet"), TAKEN)[0] == [
        "insert ", "get ", "update ", "insert ", "get ",
    ]  # fmt: skip


@pytest.mark.parametrize(("revision", "again"), [(1, False), (2, True), (1, True)])
def test_a_bare_id_brings_nothing_back_that_this_write_may_have_made_itself(revision, again):
    _, result = said(revision, TAKEN, BARE, again=again)

    assert isinstance(result, Failed)
    assert isinstance(result.error, ItemVanished)


def test_what_is_refused_under_every_id_is_refused():
    _, result = said(2, TAKEN, BARE, REFUSED, REFUSED)

    assert isinstance(result, Failed)
    assert isinstance(result.error, TargetRefused)


def talks(count: int) -> dict[str, Talk]:
    made = [replace(intent(1), marker=replace(intent(1).marker, key=f"k{number}")) for number in range(count)]
    return {each.key: talk(each, Call("insert", each.key), merge, again=False) for each in made}


def test_of_two_wishes_to_wait_the_longer_one_is_obeyed():
    answers = [Answer(429, "rateLimitExceeded", after=seconds) for seconds in (3, 40, None)]
    results, stop = talked(talks(3), lambda _: answers)

    assert results == []
    assert isinstance(stop, RetryLater)
    assert stop.after == 40


def test_a_line_that_breaks_in_a_later_round_keeps_what_was_clear_before():
    rounds = iter([[Answer(200), TAKEN]])

    def send(_: object) -> list[Answer]:
        found = next(rounds, None)
        if found is None:
            raise RetryLater("No answer came.", "Push again.")
        return found

    results, stop = talked(talks(2), send)

    assert results == [Landed("k0", "k0")]
    assert isinstance(stop, RetryLater)


def test_a_day_of_a_series_is_never_taken_for_its_series():
    day = {**event_of(days(1)[0]), "id": event_id("x"), "recurringEventId": event_id("y")}
    mirror = Mirror("calendar")
    mirror.take([day])

    assert mirror.events == {}
