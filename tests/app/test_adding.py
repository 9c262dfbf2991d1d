"""A pasted document becomes a roadmap of its own, and nothing of it is lost on the way."""

import stat
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.app.adding import Answers, draft, written
from sync.app.library import load
from sync.model import Item, Role
from sync.reading.decoding import split_lines
from tests.app.additions import START, added
from tests.desk import Desk
from tests.invented import DOCUMENTS, TALKED, UNTITLED, WEEK, damaged


def told(items: tuple[Item, ...]) -> list[list[object]]:
    """What items say, without where they stand."""
    names = [each.name for each in fields(Item) if each.name not in {"source", "guessed"}]
    return [[getattr(item, name) for name in names] for item in items]


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
