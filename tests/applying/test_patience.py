"""Asking again: how often, after which wait, and what the person who waits is told."""

from collections.abc import Iterator

import pytest

from sync.applying.patience import Patience
from sync.errors import OutOfReach, RetryLater
from sync.remote import patiently

UNREACHED = OutOfReach("The service cannot be reached.", "Check the connection.")
BUSY = RetryLater("The service asks for a pause.", "Later.")


def patience(slept: list[float], told: list[str], random: float = 0.0) -> Patience:
    return Patience(slept.append, lambda: random, tries=4).telling(told.append)


def service(*answers: RetryLater | str) -> Iterator[str]:
    """A service that answers so, one time after the other."""
    for answer in answers:
        if isinstance(answer, RetryLater):
            raise answer
        yield answer


def asked(patience: Patience, *answers: RetryLater | str) -> str:
    left = list(answers)
    return patiently(patience, lambda: next(service(left.pop(0))))


def test_each_wait_is_told_as_it_begins_with_its_reason_and_its_length():
    slept: list[float] = []
    told: list[str] = []
    wish = RetryLater("The service asks for a pause.", "Later.", after=12.0)
    assert asked(patience(slept, told, random=1.0), BUSY, wish, "here") == "here"
    assert slept == [2.0, pytest.approx(13.2)]
    assert told == [
        "The service asks for a pause; asking again in 2 s.",
        "The service asks for a pause; asking again in 13 s.",
    ]


def test_a_wait_of_a_moment_is_not_worth_a_line():
    slept: list[float] = []
    told: list[str] = []
    brief = RetryLater("A moment.", "Later.", after=0.5)
    assert asked(patience(slept, told), brief, "here") == "here"
    assert (slept, told) == ([0.5], [])


def test_a_service_to_which_no_connection_can_be_made_is_asked_once_more_only():
    slept: list[float] = []
    told: list[str] = []
    with pytest.raises(OutOfReach):
        asked(patience(slept, told, random=1.0), UNREACHED, UNREACHED, "never asked for")
    assert slept == [2.0]
    assert told == ["The service cannot be reached; asking again in 2 s."]


def test_a_service_that_answers_and_is_in_trouble_gets_the_whole_patience():
    slept: list[float] = []
    with pytest.raises(RetryLater, match="asks for a pause"):
        asked(patience(slept, []), BUSY, BUSY, BUSY, BUSY)
    assert slept == [1.0, 2.0, 4.0]
