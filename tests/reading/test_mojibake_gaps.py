import pytest

from sync.reading.repair import repair


def damaged(text: str, encoding: str, lost: str = "keep") -> str:
    """The text as a program shows it that takes its UTF-8 for another encoding."""
    kept = {"keep": chr, "drop": lambda _: "", "mark": lambda _: "\ufffd"}[lost]
    shown = [bytes([byte]).decode(encoding, "ignore") or kept(byte) for byte in text.encode()]
    return "".join(shown)


LOSSY = [
    ("cp1254", "He said “that is enough” and left", "completed"),
    ("cp1252", "“Ready?” “Ready!”", "completed"),
    ("cp1254", "an **“almost-done”** list", "completed"),
    ("cp1254", "❌ Sugar", "completed"),
    ("cp1254", "⏱ 20 min – ⏱️ 30 min", "completed"),
    ("cp1254", "🎯 Aim, 🏆 prize, 🎉 party, 🙏", "completed"),
    ("cp1254", "⚠️ Don’t", "completed"),
    ("cp1254", "➡ next ← back, ⭐ best", "completed"),
    ("cp1252", "☐ open, ❤️ loved, ⏰ 7:00, ⏳", "completed"),
    ("cp1252", "❗️ first, ★★☆ ●●○", "completed"),
    ("cp1252", "═══════ – so", "completed"),
    ("cp1252", "👨‍💻 at work — done", "completed"),
    ("cp1252", "Work✌🏽 – well", "completed"),
    ("cp1252", "a signiﬁcant step – here", "completed"),
    ("cp1254", "„Wort“ und „Satz“ – 🎨", "completed"),
    ("cp1252", "well‐known – “yes”", "completed"),
    ("cp1250", "‘so’ – it’s 😊 ❤", "completed"),
    ("cp1250", "1️⃣ one — 2️⃣ two", "completed"),
    ("cp1251", "‘so’ – it’s", "completed"),
    ("cp1252", "DÍA 1 – TEORÍA, Álgebra", "completed"),
    ("cp1254", "ŞEHİR, ÖĞRENME — öğren", "completed"),
    ("cp1252", "číst “knihu”", "completed"),
    ("cp1250", "kůň – ŁÓDŹ, žízeň", "completed"),
    ("cp1252", "Сегодня — неделя", "completed"),
    ("cp1252", "שלום — מים, אב", "completed"),
    ("cp1254", "数、— 「字」、「書」！", "completed"),
    ("cp1252", "数、— 「字」、『書』！", "completed"),
    ("cp1250", "数学 — 字", "reversed"),
    ("cp1252", "目标达到 — 计划，开始", "completed"),
]


@pytest.mark.parametrize("lost", ["drop", "mark"])
@pytest.mark.parametrize(("encoding", "text", "how"), LOSSY)
def test_a_lost_byte_is_completed_where_one_completion_makes_sense(encoding, text, how, lost):
    result = repair([damaged(text, encoding, lost)])
    assert result.lines == (text,)
    assert {repair.how for repair in result.repairs} <= {how, "reversed"}


DROPPED = [
    ("## 📝 Notes – week", "## Notes – week"),
    ("📝 Notes – week", "Notes – week"),
    ("- [ ] 🐍 Snakes – week", "- [ ] Snakes – week"),
    ("**📝 Notes** – week", "**Notes** – week"),
    ("**Notes 📝** – week", "**Notes** – week"),
    ("> 📝 **Notes** – week", "> **Notes** – week"),
    ("(📝 notes) – week", "(notes) – week"),
    ("Notes – week 📝", "Notes – week"),
    ("Notes – week 📝 🐍", "Notes – week"),
    ("| 📝 | – |", "| | – |"),
    ("Week – ✏️ notes", "Week – notes"),
    ("👍🏽 Week –", "Week –"),
    ("👩🏽‍🎓 Week –", "👩🏽 Week –"),
    ("👍‍🔥 Week –", "🔥 Week –"),
    ("Notes 🏴󠁧󠁢󠁥󠁮󠁧󠁿 –", "Notes –"),
    ("数前 – 数", "数〓 – 数"),
    ("📝 – 数非数", "– 数〓数"),
]


@pytest.mark.parametrize(("text", "left"), DROPPED)
def test_decoration_that_cannot_be_known_is_dropped_and_nothing_else(text, left):
    result = repair([damaged(text, "cp1254", "drop")])
    assert result.lines == (left,)
    assert result.repairs[0].how == "dropped"


@pytest.mark.parametrize("encoding", ["cp1252", "cp1254"])
def test_a_no_break_space_that_became_a_plain_one_is_found_again(encoding):
    spaced = [
        damaged(text, encoding).replace("\xa0", " ")
        for text in ["voilà le travail", "⚠️ Mind", "🧠 Think", "à côté", "10\xa0km – far"]
    ]
    assert repair(spaced).lines == ("voilà le travail", "⚠️ Mind", "🧠 Think", "à côté", "10\xa0km – far")
