"""A line's own text: signs, boxes, done marks, labels and decoration."""

from collections.abc import Callable

import pytest

from sync.reading.inline import Box, bare, box, clean, has_words, is_struck, is_ticked, lead, plain_lead

READ = {
    clean: [
        ("plain", "plain"),
        ("  blanks around  ", "blanks around"),
        ("**bold** and *italic* and ***both***", "bold and italic and both"),
        ("__bold__ and _italic_", "bold and italic"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`code` and ``a ` b``", "code and a ` b"),
        ("~~gone~~", "gone"),
        ("[text](http://example.org)", "text"),
        ('[text](http://example.org/a_(b) "title")', "text"),
        ("![picture](a.png) beside", "picture beside"),
        ("[a [b] c](x)", "a [b] c"),
        ("[no link]", "[no link]"),
        ("1\\. not a list, 5\\* hotel", "1. not a list, 5* hotel"),
        ("first<br>second<BR />third", "first second third"),
        ("<b>Week 1</b> &amp; more", "Week 1 & more"),
        ("a < b and c > d", "a < b and c > d"),
        ("AT&amp;T &eacute;", "AT&T é"),
        ("**left open", "left open"),
        ("emoji 🎯 stays", "emoji 🎯 stays"),
    ],
    bare: [
        ("🚀 Launch", "Launch"),
        ("✅ ➡️ done ✅", "done"),
        ("1️⃣ First", "First"),
        ("👩‍🍳 Cook 🍲", "Cook"),
        ("★★★", "★★★"),
        ("Rocket 🚀 inside", "Rocket 🚀 inside"),
        ("3 apples", "3 apples"),
        ("apples 3", "apples 3"),
        ("apples 3️⃣", "apples 3"),
        ("apples ❸", "apples"),
    ],
}
"""What is left of a markup: as a reader sees it, and without the decoration around it."""


@pytest.mark.parametrize(
    ("read", "markup", "text"), [(read, *row) for read, rows in READ.items() for row in rows]
)
def test_a_markup_is_read_without_its_signs_or_its_decoration(
    read: Callable[[str], str], markup: str, text: str
):
    assert read(markup) == text


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("[ ] open", Box("open", done=False)),
        ("[x] done", Box("done", done=True)),
        ("[X]done", Box("done", done=True)),
        ("[] bare", Box("bare", done=False)),
        ("[✓] ticked", Box("ticked", done=True)),
        ("[-] dropped", Box("dropped", done=False)),
        ("☐ drawn", Box("drawn", done=False)),
        ("☑ drawn", Box("drawn", done=True)),
        ("☑\ufe0f drawn", Box("drawn", done=True)),
        ("⬜ square", Box("square", done=False)),
        ("[ ]", Box("", done=False)),
    ],
)
def test_a_box_is_known_however_it_is_drawn(markup: str, found: Box):
    assert box(markup) == found


@pytest.mark.parametrize("markup", ["open", "[text](link)", "[todo] not a box", "x] no", "☐no blank", ""])
def test_what_is_no_box_is_none(markup: str):
    assert box(markup) is None


@pytest.mark.parametrize(
    ("markup", "ticked"),
    [
        ("Kickoff ✅", True),
        ("**Kickoff ✔️**", True),
        ("✅ Kickoff", False),
        ("Kickoff", False),
        ("Kickoff ❌", False),
    ],
)
def test_a_tick_at_the_end_is_a_done_mark(markup: str, ticked: bool):  # noqa: FBT001  # a column of the table
    assert is_ticked(markup) is ticked


@pytest.mark.parametrize(
    ("markup", "struck"),
    [
        ("~~all of it~~", True),
        (" ~~all~~ ", True),
        ("~~some~~ of it", False),
        ("~~~~", False),
        ("none", False),
    ],
)
def test_only_a_text_struck_from_end_to_end_is_done(markup: str, struck: bool):  # noqa: FBT001  # a column of the table
    assert is_struck(markup) is struck


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        ("**Goal:** think", ("Goal", "think")),
        ("**Goal**: think", ("Goal", "think")),
        ("__Goal:__ think", ("Goal", "think")),
        ("🎯 **Goal:** think", ("Goal", "think")),
        ("**Goal** (weekly): think", ("Goal", "think")),
        ("**目标：** 想", ("目标", "想")),
        ("**Goal** think", None),
        ("Goal: think", None),
    ],
)
def test_a_bold_label_stands_before_its_colon(markup: str, label: tuple[str, str] | None):
    assert lead(markup) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Goal: think", ("Goal", "think")),
        ("Goal : think", ("Goal", "think")),
        ("目标：想", ("目标", "想")),
        ("https://example.org", None),
        ("18:30 think", None),
        ("One sentence. Another: here", None),
        ("no label", None),
    ],
)
def test_a_plain_label_is_short_and_no_sentence(text: str, label: tuple[str, str] | None):
    assert plain_lead(text) == label


def test_a_text_of_signs_says_nothing():
    assert not has_words("— 🎯 !!")
    assert has_words("a")
    assert has_words("目")
