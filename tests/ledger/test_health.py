"""The examination of a ledger: what it finds, and that it changes nothing."""

import os
import sqlite3

import pytest

from sync.errors import LedgerError
from sync.ledger.health import NEWEST, examine
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import FILE, open_ledger
from tests.desk import NOW


@pytest.fixture
def state(tmp_path):
    with open_ledger(tmp_path / "state") as ledger:
        Progress(ledger).record(Entry("plan/day-1/read", "done", NOW, "cli"))
    return tmp_path / "state"


def test_where_there_is_none_none_is_made(tmp_path):
    assert examine(tmp_path / "state") is None
    assert not (tmp_path / "state").exists()


def test_a_sound_ledger_has_no_faults(state):
    health = examine(state)
    assert health is not None
    assert (health.version, health.is_ours, health.faults, health.backup) == (NEWEST, True, (), None)


def test_an_older_ledger_is_looked_at_and_not_migrated(state):
    with sqlite3.connect(state / FILE) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    before = (state / FILE).read_bytes()
    health = examine(state)
    assert health is not None
    assert health.version == 1
    assert (state / FILE).read_bytes() == before


def test_a_file_in_which_nothing_was_made_yet_is_ours(tmp_path):
    (tmp_path / FILE).touch()
    health = examine(tmp_path)
    assert health is not None
    assert (health.version, health.is_ours, health.faults) == (0, True, ())


def test_another_programs_database_is_not_ours(tmp_path):
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    health = examine(tmp_path)
    assert health is not None
    assert not health.is_ours


def test_damaged_pages_are_named(state):
    path = state / FILE
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 4] = bytes(4096 * 2)
    path.write_bytes(data)
    health = examine(state)
    assert health is not None
    assert health.faults


def test_what_is_no_database_is_an_error(tmp_path):
    (tmp_path / FILE).write_text("no database, and long enough to be taken for one" * 100)
    with pytest.raises(LedgerError, match="is damaged"):
        examine(tmp_path)


def test_a_folder_in_its_place_is_an_error(tmp_path):
    (tmp_path / FILE).mkdir()
    with pytest.raises(LedgerError, match="is no file"):
        examine(tmp_path)


def test_the_latest_copy_is_named(state):
    for at, name in enumerate(("ledger.v1.bak", "ledger.v2.bak")):
        (state / name).touch()
        os.utime(state / name, (at, at))
    health = examine(state)
    assert health is not None
    assert health.backup == state / "ledger.v2.bak"


def test_a_backup_is_only_named_to_those_who_have_one(state):
    (state / FILE).write_bytes(b"not a database" * 100)
    with pytest.raises(LedgerError) as without:
        open_ledger(state)

    (state / "ledger.v1.bak").write_bytes(b"")
    with pytest.raises(LedgerError) as beside:
        open_ledger(state)

    assert "Move the file away" in without.value.hint
    assert ".bak" not in without.value.hint
    assert ".bak" in beside.value.hint
