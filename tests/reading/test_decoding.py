import os
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import RoadmapUnreadable
from sync.reading.decoding import MAX_BYTES, decode, read_bytes, split_lines

PLAN = "# Woche 1 – Übersicht\n- [ ] Kapitel „Größen“ lesen ✅\n"

LEGACY = [
    ("cp1252", "# Semaine 1 – été\n- réviser les leçons à l’école, déjà prêt\n"),
    ("cp1252", "# Día 1 — Álgebra\n- leer el capítulo, dos años, ¿qué?\n"),
    ("cp1250", "# Tydzień 1\n- ćwiczenia, żółć, książka\n"),
    ("cp1251", "# Неделя 1\n- прочитать главу, сделать упражнения\n"),
    ("koi8_r", "# Неделя 1\n- прочитать главу, сделать упражнения\n"),
    ("cp1253", "# Εβδομάδα 1\n- μάθε τα βασικά\n"),
    ("cp1255", "# שבוע 1\n- ללמוד את השפה\n" * 6),
    ("cp1254", "# 1. hafta\n- çalış, öğren, ışık\n"),
    ("gb18030", "# 第一周：学习基础\n- 阅读文档，完成练习\n"),
    ("cp932", "# 第1週：基礎を学ぶ\n- 文書を読む\n"),
    ("cp949", "# 1주차\n- 문서 읽기\n"),
]


def refusal(raw: bytes) -> RoadmapUnreadable:
    with pytest.raises(RoadmapUnreadable) as caught:
        decode(raw, "plan.md")
    assert caught.value.title.startswith("plan.md ")
    assert caught.value.hint
    return caught.value


def refused(path: pathlib.Path) -> str:
    with pytest.raises(RoadmapUnreadable) as caught:
        read_bytes(path)
    assert caught.value.hint
    return caught.value.title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_gives_the_same_text(encoding):
    assert decode(PLAN.encode(encoding), "plan.md") == PLAN


def test_a_big_endian_mark_is_understood():
    assert decode(b"\xfe\xff" + PLAN.encode("utf-16-be"), "plan.md") == PLAN


def test_only_a_mark_at_the_beginning_is_removed():
    assert decode("\ufeffa\ufeffb".encode(), "plan.md") == "a\ufeffb"


@pytest.mark.parametrize(("encoding", "text"), LEGACY)
def test_an_old_encoding_is_guessed(encoding, text):
    assert decode(text.encode(encoding), "plan.md") == text


def test_the_guess_is_made_from_the_beginning_and_holds_for_a_large_file():
    text = "# Неделя 1\n- прочитать главу, сделать упражнения\n" * 4000
    assert decode(text.encode("cp1251"), "plan.md") == text


def test_a_large_old_file_of_one_line_is_read_too():
    text = "прочитать главу, сделать упражнения; " * 4000
    assert decode(text.encode("cp1251"), "plan.md") == text


def test_a_stray_byte_of_windows_does_not_garble_the_utf_8_around_it():
    raw = "Übung für größere Plätze ".encode() + b"\x96 caf\xe9"
    assert decode(raw, "plan.md") == "Übung für größere Plätze – café"


def test_a_file_cut_within_a_character_keeps_the_rest():
    raw = "日本語の計画を立てる".encode()[:-1]
    assert decode(raw, "plan.md").startswith("日本語の計画を立て")


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u3000\n".encode()])
def test_an_empty_file_is_refused(raw):
    assert "empty" in refusal(raw).title


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02\x03" * 20,
        b"plan\x00\n",
        b"plan\x00x",
        b"\x00a" * 8 + b"a\x00" * 8,
        b"\x01\x02\x03\x04\x05\x06\x07" * 30,
        bytes(range(256)) * 4,
        b"a\x00" * 9 + b"\x01\xd8",
    ],
)
def test_what_is_no_text_is_refused(raw):
    assert "not a text file" in refusal(raw).title


@pytest.mark.parametrize(
    ("raw", "kind"),
    [(b"%PDF-1.7\n...", "a PDF"), (b"PK\x03\x04...", "a Word"), (b"{\\rtf1 plan}", "an RTF document")],
)
def test_a_document_of_an_office_is_called_by_its_name(raw, kind):
    assert kind in refusal(raw).title


def test_a_single_control_character_is_no_reason_to_refuse():
    assert decode(b"- read\x0b\n- walk\x1a", "plan.md") == "- read\x0b\n- walk\x1a"


def test_bytes_over_the_limit_are_refused():
    assert "larger than 20 MB" in refusal(b"a" * (MAX_BYTES + 1)).title


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_one_kind_of_error(raw):
    try:
        text = decode(raw, "plan.md")
    except RoadmapUnreadable:
        return
    assert text.strip()
    assert "\0" not in text


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
        lambda text: not text.isspace()
    )
)
def test_utf_8_comes_back_as_it_was(text):
    if not text.startswith(("\ufeff", "%PDF-", "{\\rtf", "GIF8")):
        assert decode(text.encode(), "plan.md") == text


def test_reading_gives_the_bytes_untouched(tmp_path):
    (tmp_path / "plan.md").write_bytes(b"\xff\r\nplan\x1a")
    assert read_bytes(tmp_path / "plan.md") == b"\xff\r\nplan\x1a"


def test_a_missing_file_is_named(tmp_path):
    assert "nowhere.md" in refused(tmp_path / "nowhere.md")


def test_a_folder_is_refused(tmp_path):
    assert "is a folder" in refused(tmp_path)


def test_the_current_folder_has_a_name_too():
    assert refused(pathlib.Path()) == ". is a folder."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "a device or a pipe" in refused(tmp_path / "pipe")


def test_a_file_below_a_file_is_refused(tmp_path):
    (tmp_path / "plan.md").write_text("x")
    assert "cannot be read: Not a directory" in refused(tmp_path / "plan.md" / "more")


def test_a_path_that_cannot_be_is_refused():
    assert "cannot be read" in refused(pathlib.Path("a\0b"))


def test_a_closed_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "plan.md").write_text("x")

    def closed(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pathlib.Path, "open", closed)
    assert refused(tmp_path / "plan.md") == "plan.md may not be read."


def test_a_large_file_is_refused_without_being_read(tmp_path, monkeypatch):
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(pathlib.Path, "open", lambda *_: pytest.fail("it was opened"))
    assert "larger than 20 MB" in refused(tmp_path / "large.md")


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    (tmp_path / "plan.md").write_bytes(b"a" * 50)
    monkeypatch.setattr("sync.reading.decoding.MAX_BYTES", 60)
    stat = (tmp_path / "plan.md").stat()
    (tmp_path / "plan.md").write_bytes(b"a" * 70)
    monkeypatch.setattr(pathlib.Path, "stat", lambda _: stat)
    assert "larger" in refused(tmp_path / "plan.md")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n", [""]),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\n\n", ["a", ""]),
        ("a\r\nb\rc\n", ["a", "b", "c"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g", ["a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g"]),
    ],
)
def test_lines_end_at_lf_crlf_and_cr_only(text, lines):
    assert split_lines(text) == lines


@given(
    st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_lines_joined_by_any_end_come_back(lines, end):
    assert split_lines("".join(line + end for line in lines)) == lines
