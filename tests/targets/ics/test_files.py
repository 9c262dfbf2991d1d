"""Files in a folder: whole or not at all."""

import errno
import os
import stat
import subprocess
import sys

import pytest

from sync.errors import ConfigError
from sync.targets.ics import files
from sync.targets.ics.files import read_file, write_files


def listing(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_written_and_named(tmp_path):
    folder = tmp_path / "new" / "feeds"

    assert write_files(folder, [("a.ics", b"A"), ("b.ics", b"B")]) == ["a.ics", "b.ics"]
    assert listing(folder) == {"a.ics": b"A", "b.ics": b"B"}


def test_a_file_that_has_these_bytes_is_not_touched(tmp_path):
    write_files(tmp_path, [("a.ics", b"A"), ("b.ics", b"B")])
    before = (tmp_path / "a.ics").stat()

    assert write_files(tmp_path, [("a.ics", b"A"), ("b.ics", b"C")]) == ["b.ics"]

    after = (tmp_path / "a.ics").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_a_killed_run_had_staged_goes_with_the_next_write_and_a_fresh_one_stays(tmp_path):
    for name, age in (
        (".a.ics.00000000.tmp", 7200),
        (".a.ics.11111111.tmp", 60),
        (".b.ics.00000000.tmp", 7200),
    ):
        path = tmp_path / name
        path.write_bytes(b"staged")
        then = path.stat().st_mtime - age
        os.utime(path, (then, then))

    write_files(tmp_path, [("a.ics", b"A")])

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".a.ics.11111111.tmp", ".b.ics.00000000.tmp", "a.ics",
    ]  # fmt: skip


def test_the_mode_of_a_file_is_kept(tmp_path):
    write_files(tmp_path, [("a.ics", b"A")])
    (tmp_path / "a.ics").chmod(0o604)

    write_files(tmp_path, [("a.ics", b"B")])

    assert stat.S_IMODE((tmp_path / "a.ics").stat().st_mode) == 0o604


def test_a_new_file_has_the_usual_mode(tmp_path):
    before = os.umask(0o027)
    try:
        write_files(tmp_path, [("a.ics", b"A")])
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a.ics").stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path):
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "public.ics").write_bytes(b"old")
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "a.ics").symlink_to(tmp_path / "web" / "public.ics")

    write_files(tmp_path / "feeds", [("a.ics", b"new")])

    assert (tmp_path / "feeds" / "a.ics").is_symlink()
    assert listing(tmp_path / "web") == {"public.ics": b"new"}


def test_a_full_disk_changes_nothing(tmp_path, monkeypatch):
    write_files(tmp_path, [("a.ics", b"A"), ("b.ics", b"B")])
    synced = []

    def full(handle):
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError) as told:
        write_files(tmp_path, [("a.ics", b"AA"), ("b.ics", b"BB")])

    assert listing(tmp_path) == {"a.ics": b"A", "b.ics": b"B"}
    assert "No space left" in told.value.title
    assert "Free some space" in told.value.hint
    assert told.value.exit_code == 5


LIMITED = """
import resource, signal, sys
from pathlib import Path
from sync.errors import ConfigError
from sync.targets.ics.files import write_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, most))
try:
    write_files(Path(sys.argv[1]), [("a.ics", b"A" * 100), ("b.ics", b"B" * 9000)])
except ConfigError as told:
    print(told.title)
# what measures coverage writes its file when the process ends
resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files through the kernel")
def test_a_file_that_does_not_fit_leaves_no_half(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, check=True, text=True
    )

    assert run.stdout == f"The feeds cannot be written to {tmp_path}: File too large.\n"
    assert listing(tmp_path) == {}


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(ConfigError) as told:
        write_files(tmp_path / "file" / "feeds", [("a.ics", b"A")])

    assert str(tmp_path / "file" / "feeds") in told.value.title
    assert "--out" in told.value.hint
    assert "\n" not in told.value.title + told.value.hint


def test_a_folder_in_the_place_of_a_feed_is_one_clear_error(tmp_path):
    (tmp_path / "a.ics").mkdir()

    with pytest.raises(ConfigError, match="cannot be written"):
        write_files(tmp_path, [("b.ics", b"B"), ("a.ics", b"A")])

    assert [path.name for path in tmp_path.iterdir()] == ["a.ics"]


def test_a_failure_of_the_maker_leaves_nothing_behind(tmp_path):
    def failing():
        yield "a.ics", b"A"
        raise ConfigError("The time zone is not known.", "Use another.")

    with pytest.raises(ConfigError, match="time zone"):
        write_files(tmp_path, failing())

    assert listing(tmp_path) == {}


@pytest.mark.parametrize("name", ["", ".", "..", "../a.ics", "a/b.ics", "/etc/a.ics"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    with pytest.raises(ConfigError, match="cannot be the name"):
        write_files(tmp_path / "feeds", [(name, b"A")])


def test_a_system_that_cannot_sync_folders_writes_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "SYNC_FOLDERS", False)

    assert write_files(tmp_path, [("a.ics", b"A")]) == ["a.ics"]


def test_an_earlier_file_is_read_and_a_missing_one_is_none(tmp_path):
    (tmp_path / "a.ics").write_bytes(b"A")

    assert read_file(tmp_path, "a.ics") == b"A"
    assert read_file(tmp_path, "b.ics") is None
    assert read_file(tmp_path / "nowhere", "b.ics") is None


def test_an_earlier_file_that_cannot_be_read_is_one_clear_error(tmp_path):
    (tmp_path / "a.ics").mkdir()

    with pytest.raises(ConfigError) as told:
        read_file(tmp_path, "a.ics")

    assert "a.ics" in told.value.title
    assert told.value.exit_code == 5
