"""Under which name a pasted document is written, and what becomes of a version that is there already."""

import re
from datetime import date

import pytest

from sync.app.library import load
from tests.app.additions import START, added
from tests.invented import WEEK

# --- its name ---


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Sketching in a week", "sketching-in-a-week"),
        ("Winter plan (non-negotiable)", "winter-plan"),
        ("(Only an aside)", "only-an-aside"),
        ("A plan for the long way from the valley to the top", "a-plan-for-the-long-way-from-the-valley"),
        ("Donaudampfschifffahrtsgesellschaftskapitänsmütze", "donaudampfschifffahrtsgesellschaftskapit"),
        ("学习计划", "学习计划"),
        ("All", "all-plan"),
        ("CON", "con-plan"),
        ("🚀", "roadmap"),
    ],
)
def test_the_name_comes_from_the_title_and_can_be_that_of_a_file(desk, title, slug):
    path = added(desk, "pasted.txt", WEEK.replace("Sketching in a week", title))
    assert path.name == f"{slug}.md"
    assert load(desk.world(), [path])[0].schedule.slug == slug


@pytest.mark.parametrize(
    ("slug", "why"),
    [
        ("my plan", "must be one word"),
        ("../plan", "must be one word"),
        ("all", "is the name of the feed of all roadmaps"),
        ("nul", "cannot be the name of a file"),
        ("学" * 80, "cannot be the name of a file"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_with_one_that_can(desk, slug, why):
    said = desk.run("add", desk.write("pasted.txt", WEEK), "--slug", slug)
    assert said.code == 2
    assert why in said.err
    better = re.search(r"--slug (\S+)`", said.err)
    assert better is not None
    assert desk.run("add", desk.folder / "pasted.txt", "--slug", better[1]).code == 0


def test_a_slug_in_the_front_matter_counts_and_one_on_the_command_line_more(desk):
    text = f"---\nroadmap: {{slug: Pencil}}\n---\n{WEEK}"
    assert added(desk, "one.txt", text).name == "Pencil.md"
    path = added(desk, "two.txt", text, "--slug", "ink")
    assert path.name == "ink.md"
    assert load(desk.world(), [path])[0].schedule.slug == "ink"


# --- a version that is there already ---


def test_nothing_is_overwritten_unless_asked_for(desk):
    path = added(desk, "pasted.txt", WEEK)
    said = desk.run("add", desk.write("pasted.txt", WEEK + "\nmore\n"))
    assert said.code == 2
    assert "--replace" in said.err
    assert path.read_text("utf-8") == WEEK


def test_a_name_that_another_file_has_in_its_front_matter_is_taken_too(desk):
    other = desk.write("roadmaps/drawing.md", f"---\nroadmap: {{slug: sketching-in-a-week}}\n---\n{WEEK}")
    file = desk.write("pasted.txt", WEEK.replace("circles", "spirals"))
    assert desk.run("add", file).code == 2
    assert desk.run("add", file, "--replace").code == 0
    assert "spirals" in other.read_text("utf-8")
    assert load(desk.world(), [other])[0].schedule.slug == "sketching-in-a-week"
    assert not (desk.roadmaps / "sketching-in-a-week.md").exists()


def test_an_edited_document_keeps_the_front_matter_it_had(desk):
    path = added(desk, "pasted.txt", WEEK, "--start", "2026-03-02")
    header = path.read_text("utf-8").partition("# Sketching")[0]
    path.write_text(
        header.replace("roadmap:\n", "author: me\nroadmap:\n  exclude: [Notes]\n") + WEEK, "utf-8"
    )
    header = path.read_text("utf-8").partition("# Sketching")[0]
    added(desk, "pasted.txt", WEEK.replace("circles", "spirals"), "--replace")
    text = path.read_text("utf-8")
    assert text.startswith(header)
    assert "spirals" in text
    assert load(desk.world(), [path])[0].schedule.start == START


def test_front_matter_of_its_own_wins_and_loses_nothing_that_only_the_old_one_says(desk):
    path = added(desk, "pasted.txt", WEEK, "--start", "2026-03-02", "--timezone", "Asia/Tokyo")
    own = f"---\ntheme: dark\nroadmap:\n  start: 2026-04-06\n---\n{WEEK}"
    added(desk, "pasted.txt", own, "--replace", "--slug", "sketching-in-a-week")
    schedule = load(desk.world(), [path])[0].schedule
    assert (schedule.start, schedule.timezone) == (date(2026, 4, 6), "Asia/Tokyo")
    assert "theme: dark" in path.read_text("utf-8")


def test_a_version_that_cannot_be_read_is_replaced_all_the_same(desk):
    path = desk.write("roadmaps/sketching-in-a-week.md", b"\0\1\2" * 99)
    said = desk.run("add", desk.write("pasted.txt", WEEK), "--replace")
    assert said.code == 0
    assert "0 items as before, 7 new, 0 gone" in said.out
    assert path.read_text("utf-8") == WEEK


def test_replacing_says_what_changed(desk):
    added(desk, "pasted.txt", WEEK)
    changed = WEEK.replace("- [ ] Fill a page with circles\n", "").replace("twenty", "thirty")
    said = desk.run("add", desk.write("pasted.txt", changed), "--replace")
    assert "It replaces an earlier version: 5 items as before, 1 new, 2 gone." in said.out
