"""Tokens: renewed once where one has run out, never told to anybody."""

import logging

import pytest

from sync.errors import NotAuthorised, RetryLater
from sync.sandbox.faults import ANY_PART, RESET
from sync.sandbox.google.service import refusal
from tests.contract.orders import created, creation, there, write
from tests.targets.google.desk import days
from tests.targets.google.hands import GoogleWorld

DEAD = refusal("401 authError")


def test_a_token_that_has_run_out_is_renewed_and_the_request_sent_again(world):
    world.tokens.token = "run-out"

    assert world.target().read(b"").items == ()
    assert (world.tokens.renewals, world.slept) == (1, [])


def test_so_is_one_that_runs_out_between_reading_and_writing(world):
    created(world, *days(2))
    target = world.target()
    target.read(b"")
    world.tokens.token = "run-out"
    list(target.write([creation(world, days(3)[2])]))

    assert len(there(world)) == 3
    assert world.tokens.renewals == 1


def test_calls_inside_a_batch_that_were_refused_for_the_token_are_sent_once_more_and_no_others(world):
    world.google.faults.add(DEAD, part=ANY_PART, times=2)
    results = write(world, *(creation(world, made) for made in days(5)))

    assert {type(each).__name__ for each in results.values()} == {"Landed"}
    assert [each.body.count(b"application/http") for each in world.google.log.requests] == [5, 2]
    assert world.tokens.renewals == 1


@pytest.mark.parametrize("part", [None, ANY_PART])
def test_where_the_new_one_is_refused_too_a_person_has_to_sign_in(world, part):
    created(world, days(1)[0])
    world.google.faults.add(DEAD, times=0, part=part)

    with pytest.raises(NotAuthorised, match="sign-in") as caught:
        write(world, creation(world, days(2)[1]))
    assert "seven days" in caught.value.hint
    assert world.tokens.renewals == 1


def test_what_was_carried_out_beside_a_refused_call_is_answered(desk, world):
    world.google.faults.add(DEAD, part=ANY_PART, times=0, only='uid-none|:plan/day-1"')
    outcome = desk.push(days(3))

    assert isinstance(outcome.stopped, NotAuthorised)
    assert outcome.done == 2
    world.google.faults.clear()
    outcome = desk.push(days(3))
    assert (outcome.done, [step.action for step in outcome.plan.effects]) == (1, ["resend"])
    assert len(there(world)) == 3


def test_no_token_is_in_a_log_a_body_or_an_error(world, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    raw: list[bytes] = []
    send = world.session.send
    monkeypatch.setattr(
        world.session, "send", lambda request, **more: _kept(raw, request, send(request, **more))
    )
    created(world, *days(3))
    world.google.faults.add(RESET, times=0)
    with pytest.raises(RetryLater) as caught:
        write(world, creation(world, days(4)[3]))

    error: BaseException | None = caught.value
    said = [caplog.text, *(each.decode() for each in raw)]
    while error is not None:
        said += [repr(error), repr(vars(error))]
        error = error.__cause__ or error.__context__
    assert raw
    assert not [text for text in said if world.tokens.token in text]


def _kept(raw, request, answer):
    raw.append(request.body or b"")
    return answer


def test_a_netrc_is_not_asked(world: GoogleWorld, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))

    assert world.target().read(b"").items == ()
    assert world.tokens.renewals == 0
