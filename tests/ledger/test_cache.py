"""The cache remembers, and never stops anybody."""

import ast
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sync.ledger.cache import FILE, Cache


@pytest.fixture
def cache(state: Path) -> Cache:
    return Cache(state)


def test_what_was_put_is_there_in_the_next_run(cache: Cache, state: Path):
    cache.put("feed", "a1", b"\x00bytes")
    cache.close()

    assert Cache(state).get("feed", "a1") == b"\x00bytes"
    assert Cache(state).get("feed", "a2") is None
    assert Cache(state).get("schedule", "a1") is None


def test_putting_again_replaces(cache: Cache):
    cache.put("feed", "a1", b"old")
    cache.put("feed", "a1", b"new")

    assert cache.get("feed", "a1") == b"new"


def test_many_are_kept_and_read_at_once(cache: Cache):
    cache.put_all("event", ((f"u{n}", b"x") for n in range(1000)))

    assert len(cache.get_all("event")) == 1000
    assert cache.get_all("feed") == {}


def test_pruning_keeps_what_is_named_and_other_kinds(cache: Cache):
    cache.put_all("feed", [("a", b"1"), ("b", b"2")])
    cache.put("schedule", "b", b"3")
    cache.prune("feed", {"a"})

    assert cache.get_all("feed") == {"a": b"1"}
    assert cache.get_all("schedule") == {"b": b"3"}


def test_a_file_that_is_no_database_is_replaced(state: Path):
    state.mkdir()
    (state / FILE).write_bytes(b"rubbish " * 1000)
    cache = Cache(state)
    cache.put("feed", "a", b"1")
    cache.close()

    assert Cache(state).get("feed", "a") == b"1"


def test_damage_found_while_reading_is_replaced_by_an_empty_cache(cache: Cache, state: Path):
    cache.put_all("feed", ((f"u{n}", b"x" * 3000) for n in range(200)))
    cache.close()
    half = (state / FILE).stat().st_size // 2
    with (state / FILE).open("r+b") as file:
        file.seek(half)
        file.write(b"\xff" * half)
    again = Cache(state)

    assert again.get_all("feed") == {}
    again.put("feed", "a", b"1")
    again.close()
    assert Cache(state).get_all("feed") == {"a": b"1"}


def test_a_cache_of_another_version_is_emptied(cache: Cache, state: Path):
    cache.put("feed", "a", b"1")
    cache.close()
    with closing(sqlite3.connect(state / FILE)) as old:
        old.execute("PRAGMA user_version = 0")

    assert Cache(state).get("feed", "a") is None


def test_a_folder_that_cannot_be_made_means_a_cache_for_this_run(tmp_path: Path):
    (tmp_path / "state").write_text("in the way")
    cache = Cache(tmp_path / "state")
    cache.put("feed", "a", b"1")

    assert cache.get("feed", "a") == b"1"


def test_a_damaged_file_that_cannot_be_removed_means_a_cache_for_this_run(
    state: Path, monkeypatch: pytest.MonkeyPatch
):
    state.mkdir()
    (state / FILE).write_bytes(b"rubbish " * 1000)

    def refused(path: Path, **_: object) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "unlink", refused)
    cache = Cache(state)
    cache.put("feed", "a", b"1")

    assert cache.get("feed", "a") == b"1"
    assert (state / FILE).read_bytes().startswith(b"rubbish")


def test_a_cache_in_use_by_a_writer_is_waited_for_and_then_done_without(
    cache: Cache, state: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sync.ledger.cache._WAIT", 0.0)
    cache.put("feed", "a", b"1")
    other = Cache(state)
    cache._db.execute("BEGIN IMMEDIATE")
    other.put("feed", "b", b"2")

    assert other.get("feed", "b") is None
    assert other.get("feed", "a") == b"1"


def test_importing_the_cache_loads_nothing_but_the_standard_library():
    program = """if True:
        import sys
        before = set(sys.modules)
        import sync.ledger.cache
        new = set(sys.modules) - before
        print(sorted(m for m in new if m.partition(".")[0] not in sys.stdlib_module_names))
    """
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert set(ast.literal_eval(run.stdout)) <= {"sync", "sync.ledger", "sync.ledger.cache"}
