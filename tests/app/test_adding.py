"""A pasted document becomes a roadmap of its own, and nothing of it is lost on the way."""

import os
import pty
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sync.app.adding import Answers, Question, draft, questions, with_answers, write_file, written
from sync.app.library import load
from sync.cli import cli
from sync.commands import asking
from sync.commands.options import DAY
from sync.errors import ConfigError, RoadmapUnreadable, UsageError
from sync.model import Item, Role
from sync.reading.decoding import split_lines
from tests.desk import Desk, at_desk
from tests.invented import COUNTDOWN, DATED, DOCUMENTS, TALKED, UNTITLED, WEEK, damaged

START = date(2026, 3, 2)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return at_desk(tmp_path, monkeypatch)


def told(items: tuple[Item, ...]) -> list[list[object]]:
    """What items say, without where they stand."""
    names = [each.name for each in fields(Item) if each.name not in {"source", "guessed"}]
    return [[getattr(item, name) for name in names] for item in items]


def added(desk: Desk, name: str, text: str | bytes, *words: str) -> Path:
    said = desk.run("add", desk.write(name, text), *words, "--json")
    assert said.code in {0, 4}, said.err
    return Path(said.json["written"])


# --- what is written ---


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_file_that_is_written_reads_as_the_document_did(desk, name):
    run = desk.world()
    made = draft(run, desk.write(f"{name}.txt", DOCUMENTS[name]), Answers(), replace_old=False)
    result = written(run, made)
    (again,) = load(run, [result.target])
    assert told(again.schedule.items) == told(made.understood.schedule.items)
    assert again.schedule.title == made.understood.schedule.title
    assert again.schedule == result.loaded.schedule


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in split_lines(text) if line.strip() not in {"", "---"}]


def test_the_talk_goes_and_every_other_line_stays(desk):
    path = added(desk, "pasted.txt", TALKED)
    assert path.read_text("utf-8") == WEEK


def test_lines_between_which_talk_stood_are_one_blank_apart(desk):
    between = WEEK.replace("## Day 2", "Great, keep going. Here is the next part:\n\n## Day 2")
    run = desk.world()
    made = draft(run, desk.write("pasted.txt", between), Answers(), replace_old=False)
    talk = [each for each in made.understood.schedule.receipts if each.role is Role.CHATTER]
    text = written(run, made).target.read_text("utf-8")
    assert text == (WEEK if talk else between)


def test_blanks_that_no_talk_made_stay(desk):
    spaced = WEEK.replace("\n\n## Day 2", "\n\n\n\n## Day 2").replace("\n\n## Day 3", "\n\n---\n\n## Day 3")
    path = added(desk, "pasted.txt", TALKED.replace(WEEK, spaced))
    assert path.read_text("utf-8") == spaced


def test_damage_is_repaired_in_what_is_written(desk):
    text = WEEK.replace("A page a day", "🎨 A page – “no more” – a day")
    path = added(desk, "pasted.txt", damaged(text))
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_what_is_written_is_plain_utf_8(desk, encoding):
    path = added(desk, "pasted.txt", WEEK.replace("\n", "\r\n").encode(encoding))
    assert path.read_bytes() == WEEK.encode()


TALK = st.sampled_from(
    ["", "Perfect. Here is your plan.\n\n---\n\n", "Sure! Let me put that together for you.\n\n"]
)
TAIL = st.sampled_from(["", '\n---\n\nSay: "go" and we begin.\n', "\n\nLet me know if you want changes!\n"])
PARTS = st.lists(
    st.sampled_from(
        [
            "## Day 1: lines\n- [ ] straight\n- [x] curved\n", "## Day 2\n* colour\n* shade\n",
            "- 20 March 2026: exhibition\n", "Rules:\n- no phone\n- no excuses\n", "> a quotation\n",
            "| Day | Topic |\n|---|---|\n| Day 4 | paper |\n| Day 5 | ink |\n",
            "```\n- [ ] not work\n\n\nat all\n```\n",
            "**Week 2**\n\n1. first\n2. second\n", "A line of prose.\n\n\nAnother one.\n", "---\n",
            "- [ ] 30 February 2026: never\n", "Monday to Friday, 18:00-19:00: practice\n",
        ]
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@given(talk=TALK, parts=PARTS, tail=TAIL, title=st.sampled_from(["# Drawing\n\n", ""]), harm=st.booleans())
def test_whatever_is_pasted_keeps_its_items_and_its_lines(talk, parts, tail, title, harm):
    text = talk + title + "\n".join(parts) + tail
    with TemporaryDirectory() as name:
        desk = Desk(Path(name))
        file = desk.write("pasted.txt", damaged(text) if harm else text)
        run = desk.world()
        made = draft(run, file, Answers(start=START), replace_old=False)
        result = written(run, made)
        assert told(result.loaded.schedule.items) == told(made.understood.schedule.items)
        receipts = made.understood.schedule.receipts
        assert len(receipts) == len(made.understood.lines)
        wanted = [
            line.strip()
            for line, receipt in zip(made.understood.lines, receipts, strict=True)
            if (receipt.role is not Role.CHATTER or result.talk_kept) and line.strip() not in {"", "---"}
        ]
        body = result.target.read_text("utf-8").partition("\n---\n")[2]
        assert lines_of(body) == wanted
        assert result.original.read_bytes() == file.read_bytes()


def test_the_bytes_as_they_came_are_kept_for_their_owner_alone(desk):
    raw = damaged(WEEK.replace("page", "pâge"))
    said = desk.run("add", desk.write("pasted.txt", raw), "--json").json
    original = Path(said["original"])
    assert original.parent == desk.state / "originals"
    assert original.read_bytes() == raw
    assert [stat.S_IMODE(each.stat().st_mode) for each in (desk.state, original.parent, original)] == [
        0o700, 0o700, 0o600,
    ]  # fmt: skip


def test_a_document_without_a_title_keeps_the_one_it_had(desk):
    path = added(desk, "house repairs.txt", UNTITLED, "--slug", "house")
    assert path == desk.roadmaps / "house.md"
    assert load(desk.world(), [path])[0].schedule.title == "house repairs"


def test_talk_without_which_the_plan_would_read_differently_stays(desk, monkeypatch):
    from sync.app import adding  # noqa: PLC0415

    monkeypatch.setattr(adding, "without_talk", lambda lines, _: list(lines[:-3]))
    said = desk.run("add", desk.write("pasted.txt", TALKED.replace("---\n\nSay", "Say")))
    assert "The chat talk stayed in it" in said.out
    assert "Say:" in (desk.roadmaps / "sketching-in-a-week.md").read_text("utf-8")


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


# --- what it says ---


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


# --- questions ---


def test_only_what_decides_where_items_go_is_asked(desk):
    run = desk.world()

    def asked(text: str, answers: Answers) -> list[str]:
        made = draft(run, desk.write("pasted.txt", text), answers, replace_old=False)
        return [each.name for each in questions(made)]

    zoned = "# Calls\n\n- [ ] 3 March 2026, 18:00 CST: call home\n"
    assert asked(DATED, Answers()) == []
    assert asked(WEEK, Answers()) == ["start"]
    assert asked(WEEK, Answers(start=START)) == []
    assert "event_date" in asked(COUNTDOWN, Answers())
    assert "event_date" not in asked(COUNTDOWN, Answers(event_date=START))
    assert asked(zoned, Answers()) == ["timezone"]


class Asked:
    """A terminal with prepared answers."""

    def __init__(self, answers: Iterator[str]) -> None:
        self.answers = answers
        self.questions: list[str] = []

    def __call__(self, text, *, value_proc, **_):
        self.questions.append(text)
        return value_proc(next(self.answers))


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch):
    """Someone at the terminal who gives these answers in turn."""

    def sits_down(*answers: str) -> Asked:
        said = Asked(iter(answers))
        monkeypatch.setattr(click, "prompt", said)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        return said

    return sits_down


def test_an_answer_is_written_into_the_front_matter(desk, person):
    person("2026-03-02")
    out = desk.run("add", desk.write("pasted.txt", WEEK)).out
    assert "2 Mar to 5 Mar 2026" in out
    assert (
        (desk.roadmaps / "sketching-in-a-week.md")
        .read_text("utf-8")
        .startswith("---\nroadmap:\n  start: 2026-03-02\n")
    )


def test_an_empty_answer_leaves_the_question_open(desk, person):
    said = person(" ")
    assert desk.run("add", desk.write("pasted.txt", WEEK)).code == 0
    assert said.questions == ["When does this plan start? (YYYY-MM-DD, empty to leave it open)"]
    assert (desk.roadmaps / "sketching-in-a-week.md").read_text("utf-8") == WEEK


@pytest.mark.parametrize("words", [("--yes",), ("--json",)])
def test_a_script_is_asked_nothing(desk, person, words):
    said = person()
    assert desk.run("add", desk.write("pasted.txt", WEEK), *words).code == 0
    assert said.questions == []


def test_three_questions_are_the_most(desk, person, monkeypatch):
    said = person("", "", "", "")
    names = ("start", "event_date", "timezone", "slug")
    monkeypatch.setitem(asking.KINDS, "slug", DAY)
    monkeypatch.setattr(asking, "questions", lambda _: [Question(name, f"{name}?") for name in names])
    desk.run("add", desk.write("pasted.txt", WEEK))
    assert [each.partition("?")[0] for each in said.questions] == ["start", "event_date", "timezone"]


def test_no_question_is_asked_where_nobody_sits(desk):
    file = desk.write("pasted.txt", WEEK)
    words = ["--state", str(desk.state), "--config", os.devnull, "add", str(file)]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == 0
    assert "When does" not in told.output


def typed_at_a_terminal(folder: Path, words: list[str], answers: bytes) -> tuple[int, str]:
    """Run the program on a terminal of its own, answer its questions, and give back all it showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-m", "sync", *words])
    os.write(terminal, answers)
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break  # Linux says so when the other end has gone
        if not piece:
            break
        shown += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_on_a_real_terminal_an_unreadable_answer_is_asked_again(desk):
    desk.write("pasted.txt", WEEK)
    words = ["--state", "state", "--config", os.devnull, "add", "pasted.txt"]
    code, shown = typed_at_a_terminal(desk.folder, words, b"tomorrow\n2026-03-02\n")
    assert code == 0
    assert "'tomorrow' is not a date; write it as 2026-01-31." in shown
    assert shown.count("When does this plan start?") == 2
    assert "\x1b[1m" in shown
    assert "start: 2026-03-02" in (desk.roadmaps / "sketching-in-a-week.md").read_text("utf-8")


def test_leaving_at_a_question_writes_nothing(desk):
    desk.write("pasted.txt", WEEK)
    words = ["--state", "state", "--config", os.devnull, "add", "pasted.txt"]
    code, shown = typed_at_a_terminal(desk.folder, words, b"\x04")
    assert code == 130
    assert "Interrupted." in shown
    assert not desk.roadmaps.exists()
    assert not desk.state.exists()


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
