"""Opening, transactions, migrations, backup, and what SQLite can fail with."""

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from sync.errors import Busy, LedgerError
from sync.ledger import doors
from sync.ledger.migrations import VERSIONS
from sync.ledger.store import FILE, Ledger, open_ledger

INSERT = "INSERT INTO meta VALUES (?, ?)"


def names(ledger: Ledger) -> list[str]:
    return [name for (name,) in ledger.rows("SELECT name FROM meta WHERE name <> 'identity' ORDER BY name")]


def fail_after(ledger: Ledger, work: Callable[[], object]) -> None:
    with ledger.transaction():
        work()
        raise KeyboardInterrupt


def build(state: Path, version: int) -> Path:
    """Make a ledger as the release with this `user_version` made it, with one tick in it."""
    state.mkdir()
    with closing(sqlite3.connect(state / FILE, isolation_level=None)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        for statements in VERSIONS[:version]:
            for statement in statements:
                old.execute(statement)
        old.execute("INSERT INTO meta VALUES ('identity', 'old')")
        old.execute(
            "INSERT INTO progress (key, kind, at, source)"
            " VALUES ('plan/day-1/read', 'done', '2026-01-05T08:00:00.000000+00:00', 'cli')"
        )
        old.execute(f"PRAGMA user_version = {version}")
    return state / FILE


def test_a_ledger_opened_twice_keeps_its_identity(state: Path):
    with open_ledger(state) as first:
        identity = first.identity
    with open_ledger(state) as second:
        assert second.identity == identity

    assert len(identity) == 36


def test_many_first_runs_at_once_make_one_ledger(tmp_path: Path):
    for attempt in range(10):
        state, start = tmp_path / str(attempt), Barrier(8)

        def first_run(state: Path = state, start: Barrier = start) -> str:
            start.wait()
            with open_ledger(state) as ledger:
                return ledger.identity

        with ThreadPoolExecutor(8) as pool:
            runs = [pool.submit(first_run) for _ in range(8)]
            assert len({run.result() for run in runs}) == 1


def test_two_ledgers_have_different_identities(tmp_path: Path):
    with open_ledger(tmp_path / "a") as one, open_ledger(tmp_path / "b") as other:
        assert one.identity != other.identity


def test_the_folder_is_for_its_owner_alone(ledger: Ledger):
    assert ledger.path.parent.stat().st_mode & 0o077 == 0


def test_the_settings_that_carry_the_promises_are_on(ledger: Ledger):
    assert ledger.rows("PRAGMA journal_mode") == [("wal",)]
    assert ledger.rows("PRAGMA synchronous") == [(2,)]  # FULL


def test_a_transaction_keeps_all_of_it_or_nothing(ledger: Ledger):
    with pytest.raises(KeyboardInterrupt):
        fail_after(ledger, lambda: ledger.run(INSERT, ("a", "1")))
    with ledger.transaction():
        ledger.run_each(INSERT, [("b", "1"), ("c", "1")])

    assert names(ledger) == ["b", "c"]


def test_an_inner_transaction_is_part_of_the_outer(ledger: Ledger):
    def inner() -> None:
        with ledger.transaction():
            ledger.run(INSERT, ("a", "1"))

    with pytest.raises(KeyboardInterrupt):
        fail_after(ledger, inner)

    assert names(ledger) == []


def test_a_transaction_that_sqlite_itself_gave_up_is_reported_as_what_it_was(ledger: Ledger):
    with pytest.raises(KeyboardInterrupt):
        fail_after(ledger, lambda: ledger.run("ROLLBACK"))

    assert names(ledger) == []


@pytest.mark.parametrize("version", range(1, len(VERSIONS)))
def test_every_older_version_is_opened_with_its_rows_and_backed_up_first(tmp_path: Path, version: int):
    path = build(tmp_path / "state", version)

    with open_ledger(path.parent) as ledger:
        assert ledger.rows("SELECT key, done FROM standing") == [("plan/day-1/read", 1)]
        assert ledger.identity == "old"
        assert ledger.rows("PRAGMA user_version") == [(len(VERSIONS),)]

    with closing(sqlite3.connect(path.with_suffix(f".v{version}.bak"))) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (version,)
        assert copy.execute("SELECT count(*) FROM progress").fetchone() == (1,)


def test_migrating_ends_with_the_same_tables_as_starting_anew(tmp_path: Path):
    build(tmp_path / "old", 1)
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY name"

    with open_ledger(tmp_path / "old") as migrated, open_ledger(tmp_path / "new") as fresh:
        assert migrated.rows(schema) == fresh.rows(schema)


def test_a_first_backup_is_never_replaced_by_a_later_one(ledger: Ledger, tmp_path: Path):
    copy = tmp_path / "copy.bak"
    ledger.back_up(copy)
    before = copy.read_bytes()
    ledger.run(INSERT, ("later", "1"))
    ledger.back_up(copy)

    assert copy.read_bytes() == before


def test_a_migration_that_fails_leaves_the_old_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = build(tmp_path / "state", 1)
    broken = (*VERSIONS[:1], ("CREATE TABLE half (a)", "NO SUCH STATEMENT"))
    monkeypatch.setattr("sync.ledger.store.VERSIONS", broken)

    with pytest.raises(LedgerError, match="NO"):
        open_ledger(path.parent)

    with closing(sqlite3.connect(path)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert old.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)


def test_a_ledger_of_a_newer_release_is_refused_untouched(ledger: Ledger, state: Path):
    ledger.run("PRAGMA user_version = 99")

    with pytest.raises(LedgerError, match="newer roadmap-sync"):
        open_ledger(state)


def test_another_programs_database_is_refused_untouched(state: Path):
    state.mkdir()
    with closing(sqlite3.connect(state / FILE)) as foreign:
        foreign.execute("CREATE TABLE recipes (name)")
    before = (state / FILE).read_bytes()

    with pytest.raises(LedgerError, match="another program"):
        open_ledger(state)
    assert (state / FILE).read_bytes() == before


def test_a_file_that_is_no_database_is_called_damaged_and_left_alone(state: Path):
    state.mkdir()
    (state / FILE).write_bytes(b"not a database, but somebody's notes" * 100)
    before = (state / FILE).read_bytes()

    with pytest.raises(LedgerError, match="damaged") as caught:
        open_ledger(state)
    assert "rebuild" in caught.value.hint
    assert (state / FILE).read_bytes() == before


def spoil(path: Path) -> None:
    """Overwrite the second half of the file, as a failing disk would."""
    half = path.stat().st_size // 2
    with path.open("r+b") as file:
        file.seek(half)
        file.write(b"\xff" * half)


def test_a_damaged_ledger_is_not_migrated(tmp_path: Path):
    path = build(tmp_path / "state", 1)
    spoil(path)
    before = path.read_bytes()

    with pytest.raises(LedgerError, match="damaged"):
        open_ledger(path.parent)
    assert path.read_bytes() == before


def test_faults_are_named_and_a_sound_ledger_has_none(ledger: Ledger, state: Path):
    assert ledger.faults() == []

    ledger.run_each(INSERT, [(f"name {n}", "x" * 500) for n in range(400)])
    ledger.run("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.close()
    spoil(state / FILE)
    with closing(sqlite3.connect(state / FILE, isolation_level=None)) as connection:
        assert Ledger(state / FILE, connection).faults() != []


def test_a_full_disk_is_said_and_keeps_what_was_there(ledger: Ledger):
    ledger.run(INSERT, ("before", "1"))
    pages = ledger.rows("PRAGMA page_count")[0][0]
    ledger.run(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(LedgerError, match="disk is full"), ledger.transaction():
        ledger.run_each(INSERT, [(f"name {n}", "x" * 1000) for n in range(100)])
    assert names(ledger) == ["before"]


def test_a_ledger_that_cannot_be_written_is_said(ledger: Ledger):
    ledger.run("PRAGMA query_only = ON")

    with pytest.raises(LedgerError, match="cannot be opened for writing"):
        ledger.run(INSERT, ("a", "1"))


def test_a_state_folder_that_is_a_file_is_said(tmp_path: Path):
    (tmp_path / "state").write_text("in the way")

    with pytest.raises(LedgerError, match="cannot be written: File exists"):
        open_ledger(tmp_path / "state")


def test_a_ledger_file_that_is_a_folder_is_said(state: Path):
    (state / FILE).mkdir(parents=True)

    with pytest.raises(LedgerError, match="cannot be opened"):
        open_ledger(state)


def test_a_writer_that_does_not_end_makes_the_other_busy(
    ledger: Ledger, state: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sync.ledger.store._WAIT", 0.0)
    with open_ledger(state) as other, ledger.transaction(), pytest.raises(Busy):
        other.run(INSERT, ("a", "1"))


def test_a_reader_is_not_stopped_by_a_writer(ledger: Ledger, state: Path):
    with open_ledger(state) as other, ledger.transaction():
        ledger.run(INSERT, ("a", "1"))

        assert names(other) == []


def test_a_failure_nobody_foresaw_is_still_a_ledger_error():
    with pytest.raises(LedgerError, match="cannot be used: strange"), doors.translating("ledger"):
        raise sqlite3.InterfaceError("strange")


def test_opening_a_ledger_loads_nothing_heavy(state: Path):
    program = """
        import sys
        before = set(sys.modules)
        from pathlib import Path
        from sync.ledger.facts import Facts
        from sync.ledger.progress import Progress
        from sync.ledger.store import open_ledger

        with open_ledger(Path(sys.argv[1])) as ledger:
            Progress(ledger), Facts(ledger)
        heavy = {"pydantic", "icalendar", "markdown_it", "ftfy", "httpx", "yaml", "uuid", "hashlib", "json"}
        print(sorted(heavy & set(sys.modules) - before))
    """
    open_ledger(state).close()
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(state)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout == "[]\n"
