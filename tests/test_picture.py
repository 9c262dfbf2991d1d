"""The picture in the README shows what the program prints."""

import os
import re
from html import unescape

import pytest

from tests.pages import README, script


@pytest.fixture
def picture():
    return script("picture")


def test_the_picture_is_what_the_program_prints_now(picture):
    before = dict(os.environ)
    drawn = picture.made()
    assert dict(os.environ) == before
    if "ROADMAP_SYNC_UPDATE" in os.environ:
        picture.PICTURE.write_text(drawn, "utf-8")
    assert picture.PICTURE.read_text("utf-8") == drawn
    shown = [unescape(text) for text in re.findall(r"<text [^>]*>(.*?)</text>", drawn)]
    assert "☐ Lists, dictionaries, sets, tuples" in shown
    assert "☐ Block 3: Proof & Memory" in shown


def test_the_readme_shows_the_picture():
    assert "](docs/pictures/agenda-and-status.svg)" in README.read_text("utf-8")


def test_a_line_is_drawn_in_pieces_of_one_style_at_their_columns(picture):
    line = "  \x1b[36m19:00\x1b[0m  ☐ two words   \x1b[1m\x1b[31mlate\x1b[0m"
    assert [(run.column, run.text, sorted(run.codes)) for run in picture.runs(line)] == [
        (2, "19:00", ["36"]),
        (9, "☐ two words", []),
        (23, "late", ["1", "31"]),
    ]


def test_what_could_be_markup_is_drawn_as_text(picture):
    assert ">a &lt; b &amp; c</text>" in picture.draw(["a < b & c"])
