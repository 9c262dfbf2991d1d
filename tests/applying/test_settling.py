"""What became of writes without an answer, as far as a reading tells."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from sync.applying.settling import Settlement, foresee, judge
from sync.ledger.bindings import Written
from sync.ledger.outbox import Outbox
from sync.ledger.store import open_ledger
from sync.planning.plans import Known
from sync.planning.witnesses import Binding
from sync.remote import Intent, Marker, Op, Reading, Remote

KEY = "plan/day-1/read"
MARKER = Marker(KEY, 2, "title=BBBBBBBB")


def intent(op: Op, payload: bytes | None = b"sent") -> Intent:
    fields = None if op is Op.DELETE else {"title": "Read"}
    return Intent(op, MARKER, "command", "uid", fields, (), "r1", "1", payload)


def there(revision: int) -> Remote:
    return Remote("r1", Marker(KEY, revision, "title=CCCCCCCC"), {"title": "Read"})


LANDED = Settlement((Written(KEY, "r1", 2, "title=CCCCCCCC"),), (), ())
LATER = Settlement((Written(KEY, "r1", 3, "title=CCCCCCCC"),), (), ())
REMOVED = Settlement((Written(KEY, "", 2, "title=BBBBBBBB"),), (), ())
STRUCK = Settlement((), (KEY,), ())


@pytest.mark.parametrize(
    ("pending", "reading", "expected"),
    [
        (intent(Op.CREATE, None), Reading(()), STRUCK),
        (intent(Op.UPDATE, None), Reading((there(1),)), STRUCK),
        (intent(Op.CREATE), Reading((there(2),)), LANDED),
        (intent(Op.UPDATE), Reading((there(2),)), LANDED),
        (intent(Op.UPDATE), Reading((there(3),)), LATER),
        (intent(Op.UPDATE), Reading((there(1),)), STRUCK),
        (intent(Op.UPDATE), Reading(()), STRUCK),
        (intent(Op.CREATE), Reading((there(1),)), STRUCK),
        (intent(Op.CREATE), Reading((), {KEY: 2}), REMOVED),
        (intent(Op.CREATE), Reading((), {KEY: 1}), Settlement((), (), (intent(Op.CREATE),))),
        (intent(Op.CREATE), Reading((), {KEY: 0}), Settlement((), (), (intent(Op.CREATE),))),
        (intent(Op.CREATE), Reading(()), Settlement((), (), (intent(Op.CREATE),))),
        (intent(Op.CREATE, b""), Reading(()), Settlement((), (), (intent(Op.CREATE, b""),))),
        (intent(Op.DELETE), Reading((there(1),)), STRUCK),
        (intent(Op.DELETE), Reading(()), STRUCK),
    ],
)
def test_what_a_reading_tells_of_a_write_without_an_answer(
    pending: Intent, reading: Reading, expected: Settlement
):
    assert judge([pending], reading) == expected


def test_what_is_resent_is_foreseen_as_arrived():
    known = Known({KEY: Binding(KEY, "plan", "plan/one", "Read", "", 0, "", live=False, issued=2)})
    foreseen, reading = foresee(known, Reading(()), judge([intent(Op.CREATE)], Reading(())).resend)

    assert foreseen.bindings[KEY] == Binding(
        KEY, "plan", "plan/one", "Read", "", 2, "title=BBBBBBBB", live=True, issued=2
    )
    assert reading.items == (Remote("", MARKER, {"title": "Read"}),)


def test_an_intent_outlives_its_process_once_it_is_committed_and_not_before(tmp_path: Path):
    program = """
        import os, sys
        from pathlib import Path
        from sync.ledger.outbox import Outbox
        from sync.ledger.store import open_ledger
        from sync.remote import Intent, Marker, Op

        ledger = open_ledger(Path(sys.argv[1]))
        outbox = Outbox(ledger, "memory")
        with ledger.transaction():
            outbox.intend([Intent(Op.CREATE, Marker("plan/one", 1, ""), "c1", "u1", {"title": "Read"})])
        ledger.run("BEGIN IMMEDIATE")
        outbox.intend([Intent(Op.CREATE, Marker("plan/two", 1, ""), "c2", "u2", {"title": "Read"})])
        os._exit(9)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(program), str(tmp_path)], check=False)

    assert run.returncode == 9
    with open_ledger(tmp_path) as ledger:
        assert [intent.key for intent in Outbox(ledger, "memory").pending()] == ["plan/one"]
