"""Runs that end in the middle of a write: all files are old, or all are new."""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sync.remote import Answered, Failed, Landed, Op
from sync.targets.ics import commit, note
from sync.targets.ics.files import read_file
from tests.targets.ics.plans import MUCH_LATER, THREE, reworded
from tests.targets.ics.pushing import Desk, creations
from tests.targets.ics.whole import OTHER

CHANGED = reworded(THREE, 0, title="Another")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.push(THREE, OTHER)
    return desk


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from sync.targets.ics import commit, files, note
from tests.targets.ics.pushing import Desk
from tests.targets.ics.plans import MUCH_LATER
from tests.targets.ics.test_target_kills import CHANGED, OTHER
left = [{after}]
real = {place}
def killed(*told):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return real(*told)
{place} = killed
Desk(Path({desk!r})).push(CHANGED, OTHER, now=MUCH_LATER)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    ("place", "after"),
    [
        *(("commit.stage", n) for n in range(3)),
        ("commit.write_files", 0),
        ("commit.finish", 0),
        *(("Path.replace", n) for n in range(4)),
        *(("os.fsync", n) for n in range(7)),
    ],
)
def test_a_run_that_is_killed_leaves_all_files_old_or_all_files_new(desk, pytestconfig, place, after):
    before = desk.files()
    other = Desk(desk.folder.parent / "other")
    other.push(THREE, OTHER)
    other.push(CHANGED, OTHER, now=MUCH_LATER)
    code = KILLED.format(
        root=str(pytestconfig.rootpath), place=place, after=after, desk=str(desk.folder.parent)
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()

    desk.there(THREE)
    assert desk.files() in (before, other.files())

    desk.push(CHANGED, OTHER, now=MUCH_LATER)
    assert unnumbered(desk) == unnumbered(other)


def unnumbered(desk: Desk) -> dict[str, bytes]:
    """The files without revisions, which a run that ended has used up, and without the sums over them."""
    return {
        name: re.sub(rb"roadmap-sync:\d+:|-SUM:\w+", b"", data.replace(b"\r\n ", b""))
        for name, data in desk.files().items()
    }


def interrupted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """End a push after its note and before any file takes its place; return the files it wrote."""

    def end(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(commit, "finish", end)
        with pytest.raises(KeyboardInterrupt):
            desk.push(CHANGED, OTHER, now=MUCH_LATER)
    waiting = json.loads((desk.folder / note.NOTE).read_bytes())["moves"]
    return {name: (desk.folder / new).read_bytes() for name, (new, _) in waiting.items()}


def test_what_an_interrupted_push_wrote_takes_its_place_when_anybody_looks(desk, monkeypatch):
    written = interrupted(desk, monkeypatch)
    before = desk.files()

    assert read_file(desk.folder, "plan.ics") == written["plan.ics"]
    assert desk.files() == {**before, **written}
    assert not list(desk.folder.glob(".*.tmp"))


def test_what_was_edited_in_between_is_not_replaced_by_an_interrupted_push(desk, monkeypatch):
    interrupted(desk, monkeypatch)
    desk.edit("plan.ics", "SUMMARY:☐ b", "SUMMARY:Mine")

    desk.push(CHANGED, OTHER, now=MUCH_LATER)

    there = desk.there(THREE)
    assert (there["plan/a"].fields["title"], there["plan/b"].fields["title"]) == ("Another", "Mine")


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"moves": 1, "writes": 2}', b"\xff"])
def test_a_note_that_cannot_be_read_says_nothing(desk, data):
    (desk.folder / note.NOTE).write_bytes(data)

    assert note.read_note(desk.folder) == note.Note()
    desk.push(CHANGED, OTHER)
    assert len(note.read_note(desk.folder).writes) == 1


def test_the_note_names_no_more_writes_than_it_must(desk):
    for number in range(commit.REMEMBERED + 5):
        desk.push(reworded(THREE, 0, title=f"title {number}"), OTHER)

    assert len(note.read_note(desk.folder).writes) == commit.REMEMBERED


def test_a_file_that_is_gone_has_the_hash_of_nothing(tmp_path):
    assert note.hash_at(tmp_path / "x") == note.hash_of(None) == ""


def test_a_creation_whose_answer_was_lost_is_known_by_its_revision(desk):
    intents = creations(THREE)
    events = list(desk.target(THREE).write(intents))
    before = desk.files()

    (answer,) = [each for each in events if isinstance(each, Answered)]
    assert answer.results == tuple(Landed(each.key, each.uid) for each in THREE.items)
    assert desk.files() == before


def test_a_creation_is_carried_out_where_an_earlier_revision_came_back(desk):
    (create, *_) = creations(CHANGED)

    list(desk.target(THREE).write([replace(create, marker=replace(create.marker, revision=2))]))

    there = desk.there(THREE)["plan/a"]
    assert (there.fields["title"], there.marker.revision) == ("Another", 2)


def test_an_update_that_arrived_is_not_carried_out_again(desk):
    there = desk.there(THREE)["plan/a"]
    (create, *_) = creations(CHANGED)
    update = replace(create, op=Op.UPDATE, marker=replace(create.marker, revision=2), changed=("title",),
                     remote_id=there.id, version=there.version)  # fmt: skip
    list(desk.target(THREE).write([update]))
    before = desk.files()

    (*_, answer) = desk.target(THREE).write([update])

    assert isinstance(answer, Answered)
    assert answer.results == (Landed("plan/a", there.id),)
    assert desk.files() == before


def test_a_deletion_of_what_was_edited_since_is_refused(desk):
    there = desk.there(THREE)["plan/a"]
    (create, *_) = creations(THREE)
    delete = replace(create, op=Op.DELETE, fields=None, remote_id=there.id, version=there.version)
    desk.edit("plan.ics", "SUMMARY:☐ a", "SUMMARY:Mine")

    (*_, answer) = desk.target(THREE).write([delete])

    assert isinstance(answer, Answered)
    assert isinstance(answer.results[0], Failed)
    assert "plan/a" in desk.there(THREE)


def test_every_write_is_durable_before_it_is_answered(desk, monkeypatch):
    """The note and all files are synced, and the folder after them."""
    synced = []
    real = os.fsync

    def noted(handle: int) -> None:
        synced.append(handle)
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)

    desk.push(CHANGED, OTHER, now=MUCH_LATER)

    # three files, their folder, the note, its folder, and the folder once more
    assert len(synced) == 7
