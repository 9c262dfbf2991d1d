"""What `add` shows of what it understood, and what it refuses."""

import os
import re

import pytest

from sync.app.adding import Answers, draft, with_answers, write_file
from sync.errors import ConfigError, RoadmapUnreadable, UsageError
from sync.reading.decoding import split_lines
from tests.app.additions import START, added
from tests.invented import TALKED, WEEK


def test_it_shows_what_it_understood_with_the_lines_of_the_document(desk):
    file = desk.write("pasted.txt", TALKED)
    out = desk.run("add", file, "--start", "2026-03-02").out
    assert "around the plan, not part of it: 1, 21" in out
    assert "start" not in out.partition("✓")[0]
    assert "✓ sketching-in-a-week is in roadmaps/sketching-in-a-week.md" in out
    assert "2 Mar to 5 Mar 2026: 3 periods, 4 tasks; 1 done already" in out


def test_every_line_is_shown_where_it_stands_in_the_document(desk):
    text = f"---\nroadmap:\n  year: 2026\n---\n{WEEK}"
    out = desk.run("add", desk.write("pasted.txt", text), "--start", "2026-03-02", "-v").out
    numbered = re.findall(r"^ +(\d+)  (\w+) +(.*)$", out, re.MULTILINE)
    assert [int(number) for number, _, _ in numbered if int(number)] == [
        at for at, line in enumerate(split_lines(text), start=1) if line.strip()
    ]
    assert ("4", "meta", "---") in numbered
    assert ("5", "heading", "# Sketching in a week") in numbered


def test_a_mistake_in_front_matter_that_is_yet_to_be_written_has_no_line(desk):
    path = added(desk, "pasted.txt", WEEK)
    path.write_text(f"---\nroadmap:\n  colour: red\n---\n{WEEK}", "utf-8")
    said = desk.run("add", desk.folder / "pasted.txt", "--replace")
    assert said.code == 4
    assert "✗ `colour` is not a key" in said.out


def test_json_says_where_the_files_are_and_how_the_roadmap_reads(desk):
    document = desk.run("add", desk.write("pasted.txt", TALKED), "--json").json
    assert document.keys() == {"roadmaps", "written", "original", "talk_kept"}
    assert document["roadmaps"][0]["file"] == "roadmaps/sketching-in-a-week.md"
    assert len(document["roadmaps"][0]["lines"]) == len(split_lines(WEEK))


# --- what goes wrong ---


def test_answers_that_contradict_the_document_are_refused(desk):
    text = f"---\nroadmap:\n  end: 2026-02-01\n---\n{WEEK}"
    with pytest.raises(UsageError, match="would lie before its start"):
        draft(desk.world(), desk.write("pasted.txt", text), Answers(start=START), replace_old=False)


def test_an_answer_can_be_given_later(desk):
    run = desk.world()
    made = draft(run, desk.write("pasted.txt", WEEK), Answers(), replace_old=False)
    later = with_answers(run, made, Answers(start=START))
    assert later.understood.schedule.start == START
    assert [each.line for each in later.understood.schedule.receipts] == list(range(1, 14))


def test_a_folder_that_cannot_be_written_is_one_clear_error(desk):
    desk.write("roadmaps", "a file, not a folder")
    said = desk.run("add", desk.write("pasted.txt", WEEK))
    assert said.code == 5
    assert "roadmaps/sketching-in-a-week.md cannot be written" in said.err


def test_a_file_is_written_as_a_whole_or_not_at_all(desk, monkeypatch):
    path = desk.write("roadmaps/plan.md", "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left on device"):
        write_file(path.parent, path.name, b"new")
    assert path.read_text("utf-8") == "old"
    assert [each.name for each in path.parent.iterdir()] == ["plan.md"]


def test_a_file_that_is_no_text_is_refused_before_anything_is_written(desk):
    with pytest.raises(RoadmapUnreadable):
        draft(desk.world(), desk.write("pasted.txt", b"\0\1" * 99), Answers(), replace_old=False)
    assert not desk.state.exists()
