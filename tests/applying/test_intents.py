"""Numbers, uuids, bytes: what an intent carries, and how long to wait before it is sent again."""

from dataclasses import replace

import pytest

from sync.applying.numbering import command, intents
from sync.applying.patience import Patience
from sync.ledger.outbox import Outbox
from sync.ledger.store import Ledger
from sync.remote import Op
from sync.targets.memory import MemoryTarget, Service
from tests.applying.desk import DAYS, plan_of, push
from tests.contract.worlds import item


def test_intents_carry_all_that_is_needed_to_send_them_again(service: Service, ledger: Ledger):
    target = MemoryTarget(service)
    push(target, ledger, *DAYS[:2])
    plan = plan_of(target, ledger, item("day-0", title="Ünïcode 🎉"), item("new"))
    made = intents(plan, "ledger-1")
    Outbox(ledger, "memory").intend(made)

    assert Outbox(ledger, "memory").pending() == made
    update, creation, deletion = made
    assert (update.op, update.changed, update.remote_id, update.version) == (
        Op.UPDATE,
        ("title",),
        "thing-1",
        "1",
    )
    assert update.fields == {**service.things["thing-1"].fields, "title": "Ünïcode 🎉"}
    assert (creation.op, creation.uid, creation.marker.revision) == (Op.CREATE, "uid-new", 1)
    assert (deletion.op, deletion.key, deletion.fields, deletion.marker.revision) == (
        Op.DELETE, "plan/day-1", None, 2,
    )  # fmt: skip


def test_an_update_asks_for_the_fields_as_they_are_there_but_for_those_it_changes(
    service: Service, ledger: Ledger
):
    """For services that take the whole item: what was edited by hand is sent back as it was found."""
    target = MemoryTarget(service)
    push(target, ledger, DAYS[0])
    thing = service.things["thing-1"]
    service.things["thing-1"] = replace(thing, fields={**thing.fields, "notes": "by hand"}, version=2)
    (update,) = intents(plan_of(target, ledger, item("day-0", title="new")), "ledger-1")

    assert update.fields == {**thing.fields, "notes": "by hand", "title": "new"}


def test_the_first_bytes_put_down_are_the_ones_that_count(service: Service, ledger: Ledger):
    outbox = Outbox(ledger, "memory")
    outbox.intend(intents(plan_of(MemoryTarget(service), ledger, DAYS[0]), "ledger-1"))
    outbox.sending({"plan/day-0": b"first"})
    outbox.sending({"plan/day-0": b"second"})

    assert [intent.payload for intent in outbox.pending()] == [b"first"]


def test_no_two_writes_share_a_command():
    made = {
        command(ledger, target, key, revision)
        for ledger in ("l1", "l2") for target in ("t1", "t2") for key in ("a", "a\nb") for revision in (1, 2)
    }  # fmt: skip

    assert len(made) == 16
    assert command("l", "t", "a", 1) == command("l", "t", "a", 1) == "53440141-cbba-521e-bf51-bc1eea101600"


def test_revisions_are_never_used_twice_though_writes_fail(service: Service, ledger: Ledger):
    service.refused.add("plan/day-0")
    target = MemoryTarget(service)
    first = intents(plan_of(target, ledger, DAYS[0]), ledger.identity)
    push(target, ledger, DAYS[0])
    second = intents(plan_of(target, ledger, DAYS[0]), ledger.identity)

    assert (first[0].marker.revision, second[0].marker.revision) == (1, 2)


@pytest.mark.parametrize(
    ("attempt", "after", "random", "expected"),
    [
        (1, None, 0.0, 1.0),
        (1, None, 1.0, 2.0),
        (3, None, 0.0, 4.0),
        (5, None, 0.0, 5.0),
        (5, None, 1.0, 10.0),
        (6, None, 0.0, None),
        (1, 60.0, 0.0, 60.0),
        (1, 60.0, 1.0, 66.0),
        (1, 100.0, 0.0, 100.0),
        (1, 101.0, 0.0, None),
        (1, 0.0, 0.0, 0.0),
        (6, 1.0, 0.0, None),
    ],
)
def test_waiting_doubles_is_jittered_and_never_shorter_than_the_services_wish(
    attempt: int, after: float | None, random: float, expected: float | None
):
    patience = Patience(sleep=lambda _: None, random=lambda: random, longest=10.0, limit=100.0)

    assert patience.pause(attempt, after) == expected
