import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.reading import mojibake
from sync.reading.repair import repair

EXACT = ["mac_roman", "cp1252", "cp1254", "cp1250", "cp1251", "cp437", "cp850", "latin-1"]

# Sound text of many languages, with all that looks a little like mojibake in it.
SOUND = [
    "Read two chapters — “slowly” — and don’t skip the notes…",
    "L’été à l’école : « réviser\xa0» les leçons, déjà prêt ; Noël, où ça\xa0?",
    "CAFÉ… MENÜ² · NESTLÉ® – 3×4 = 12 €, 20\xa0°C, ½ Stück",
    "Übung: „Größe“ und ‚Maß‘ – der Buchstabe „Ä“, »Café«, GRÖSSE",
    "¿Qué día? ¡MAÑANA! AÑO, TEORÍA, 1.º y 2.ª, SÉ¡",
    "MANHÃ, “AMANHÔ, MAÇÃ e pão; VOCÊ… SÓ… É¿",
    "Çalış, öğren, ışık: hâlâ…” dedi; İSTANBUL’DA ŞÖYLE",
    "Zażółć gęślą jaźń, „prężą” ŁÓDŹ – ŚWIĘTA",
    "Příliš žluťoučký kůň, MNÍŠEK, „ŘÍŠE“ TÝDEN",
    "Неделя 1: чтение — «Понедельник», всё ещё; 20С° № 5",
    "Він її бачив у КИЄВІ: ДІЇ, ВІКІ, «Ґанок» — з’їв",
    "здрављ\xa0, рђа рџ, обновљен њен живот, ПоздравЂаво",
    "Εβδομάδα 1: μάθε τα βασικά — «ύφη» της γλώσσας",
    "Tuần 1: học điều cơ bản, ôn tập, GIỜ Â Ă Ê",
    "第1週：基礎を学ぶ。「復習」と練習——毎日２時間……",
    "第一周：学习基础，阅读文档（约24周）；完成“练习”",
    "1주차: 문서 읽기 — ‘복습’",
    "שבוע 1 — ללמוד את השפה, 3×שעתיים",
    "الأسبوع ١: تعلم أساسيات البرمجة، قراءة",
    "HÅØYA ER BLÅ; SELKÄ\xa0EDELLÄ\xa0MAAHAN; Åse så på",
    "√π ≈ 1.77 ± 0.01; x ≠ ∞; ∆° ≤ 2012—∞; o¬ô",
    "├── src ─┐ ████░░░░ 40 % ═══╗ │ └──┘",
    "✅ done ❌ not → 1️⃣ ⏱️ 2 h 👩🏽‍💻 🇰🇪 🏴‍☠️ ●●○",
]
# Sound too, but if every other sign in the file is garbled, nobody could tell.
SOUND_ALONE = ["C O N C L U S Ã O", "There are many Ã’s", "AHÅ™ — 10 Å—", "`¬´ Ōo", "É«", "C’est Â fini"]
# What proves damage when it is damaged: each of these alone is enough.
PROOFS = ["— “so” and ‘so’ …", "✅ → ❌ ⏱️", "🎯 📝 🚀 🧠", "don’t • it’s", "≥ 5 ✔ ★ 🏗️"]

lines_of_sound_text = st.lists(st.lists(st.sampled_from(SOUND), max_size=2).map(" ".join), max_size=6)


def damaged(text: str, encoding: str, lost: str = "keep") -> str:
    """The text as a program shows it that takes its UTF-8 for another encoding."""
    kept = {"keep": chr, "drop": lambda _: "", "mark": lambda _: "\ufffd"}[lost]
    shown = [bytes([byte]).decode(encoding, "ignore") or kept(byte) for byte in text.encode()]
    return "".join(shown)


def repaired(text: str) -> str:
    return "\n".join(repair(text.split("\n")).lines)


@given(lines_of_sound_text)
def test_sound_text_of_any_language_comes_back_as_the_same_objects(lines):
    given_lines = tuple(lines)
    result = repair(given_lines)
    assert result.lines is given_lines
    assert result.codec is None
    assert result.repairs == ()


@pytest.mark.parametrize("sentence", [*SOUND, *SOUND_ALONE])
def test_no_single_sound_sentence_is_touched(sentence):
    assert repair([sentence]).repairs == ()


@given(lines_of_sound_text, st.sampled_from(PROOFS), st.sampled_from(EXACT), st.data())
def test_a_file_damaged_without_loss_is_undone_exactly(lines, proof, encoding, data):
    lines.insert(data.draw(st.integers(0, len(lines))), proof)
    result = repair([damaged(line, encoding) for line in lines])
    assert list(result.lines) == lines
    assert {repair.how for repair in result.repairs} == {"reversed"}
    assert result.codec


@pytest.mark.parametrize("proof", PROOFS)
@pytest.mark.parametrize("encoding", EXACT)
def test_each_proof_alone_is_enough(proof, encoding):
    assert repaired(damaged(proof, encoding)) == proof


@given(lines_of_sound_text, st.sampled_from(PROOFS), st.sampled_from(EXACT))
def test_sound_lines_beside_damaged_ones_stay_as_they_are(lines, proof, encoding):
    result = repair([*lines, damaged(proof, encoding)])
    assert list(result.lines) == [*lines, proof]
    assert [repair.line for repair in result.repairs] == [len(lines) + 1]


@given(lines_of_sound_text, st.sampled_from(PROOFS))
def test_damage_done_twice_is_undone_twice(lines, proof):
    lines.append(proof)
    result = repair([damaged(damaged(line, "cp1252"), "cp1252") for line in lines])
    assert list(result.lines) == lines
    assert result.codec == "windows-1252 + windows-1252"


garbage = st.text(
    st.sampled_from(
        "".join({chr(point) for family in mojibake.FAMILIES for point in mojibake.byte_table(family.python)})
        + " *a1`\ufffd\x1a|\ufe0f“"
    )
)
sentences = st.sampled_from([*SOUND, *PROOFS])
hurt = st.builds(damaged, sentences, st.sampled_from(EXACT), st.sampled_from(["keep", "drop", "mark"]))
anything = st.lists(
    st.one_of(
        garbage, hurt, sentences, st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))
    ),
    max_size=6,
)


@given(anything)
def test_repairing_again_changes_nothing_and_no_line_is_lost(lines):
    once = repair(lines)
    assert len(once.lines) == len(lines)
    assert repair(once.lines).lines == once.lines
    assert [lines[repair.line - 1] for repair in once.repairs] == [repair.before for repair in once.repairs]
    assert [once.lines[repair.line - 1] for repair in once.repairs] == [
        repair.after for repair in once.repairs
    ]


@given(anything)
def test_lines_of_ascii_are_never_touched(lines):
    result = repair(lines)
    assert all(after is before for before, after in zip(lines, result.lines, strict=True) if before.isascii())


@pytest.mark.parametrize(
    ("garbled", "sound"),
    [
        ("Ã perturber", "à perturber"),
        ("atenÃ§Ã£o Ã s crianÃ§as", "atenção às crianças"),
        ("Die â€œgroÃŸeâ€œ MÃ¼he", "Die “große“ Mühe"),
        ("RÄ«ga, Ä°stanbul", "Rīga, İstanbul"),
        ("HÃ”TEL, AÃ‘OS, NicolÃ¡s", "HÔTEL, AÑOS, Nicolás"),
        ("wei√ü, r√©gime, ma√±ana", "weiß, régime, mañana"),
        ("Táº¡i sao giÃ¡", "Tại sao giá"),
        ("camiГіn", "camión"),
        ("niГ±o", "niño"),
        ("#╨┐╤Ç╨░╨▓╨╕╨╗╤î╨╜╨╛", "#правильно"),
        ("3Ã—4, 20Â°C, 10Â\xa0km, Â½", "3×4, 20°C, 10\xa0km, ½"),
    ],
)
def test_damaged_letters_alone_are_proof_enough(garbled, sound):
    assert repaired(garbled) == sound


def test_a_shouted_word_before_an_ellipsis_stays_in_a_damaged_file():
    lines = ["CAFÉ… and MENÜ²", damaged("“so” → 🎯", "cp1252")]
    assert repair(lines).lines == ("CAFÉ… and MENÜ²", "“so” → 🎯")


@pytest.mark.parametrize("sound", ["hâlâ", "3×4", "Dağ", "Ärger, Öl", "‘a’ Ñ", "рђа рџ", "віє", "`Ã`"])
@pytest.mark.parametrize("encoding", EXACT)
def test_a_sound_word_of_letters_that_lead_stays_in_a_damaged_file(sound, encoding):
    lines = [sound, damaged("“so” ❌ and", encoding, "drop")]
    assert repair(lines).lines == (sound, "“so” ❌ and")


def test_a_sound_pair_stays_in_a_line_with_garbled_signs():
    assert (
        repaired("der Buchstabe „Ä“, „Ö“ und " + damaged("🎯", "cp1252")) == "der Buchstabe „Ä“, „Ö“ und 🎯"
    )


def test_pairs_in_sound_words_do_not_decide_about_the_encoding():
    lines = ["Zażółć, „prężą”, prężą, prężą, ŁÓDŹ, ŚWIĘTA", damaged("don’t • it’s", "cp1252")]
    result = repair(lines)
    assert result.lines[1] == "don’t • it’s"
    assert result.codec == "windows-1252"


def test_a_sound_sign_in_a_line_with_torn_ones_stays():
    text = damaged("“so” ❌ and", "cp1254", "drop") + " schön, “so” ✅"
    assert repaired(text) == "“so” ❌ and schön, “so” ✅"


def test_torn_signs_away_from_letters_are_repaired_in_a_mixed_file_too():
    lines = [
        "schöne Übung",
        damaged("● first – so", "cp1252", "drop"),
        damaged("● second", "cp1252", "drop"),
        "hâlâ” dedi",
    ]
    assert repair(lines).lines == ("schöne Übung", "● first – so", "● second", "hâlâ” dedi")


def test_a_line_of_mostly_garbled_text_is_repaired_with_what_looks_sound_in_it():
    chinese = damaged("目标达成非常重要的学习计划", "cp1254", "drop")
    assert repair(["schöne Übung", chinese]).lines[1] == "目标达〓〓常〓〓的学习计划"


def test_mojibake_that_is_shown_between_backticks_is_left_alone():
    lines = ["Fix the `â€™` bug, and ``Ã©`` too", "Ship it"]
    assert repair(lines).repairs == ()


def test_mojibake_between_backticks_is_undone_in_a_file_that_is_damaged_elsewhere():
    lines = ["Replace `’` – by `'`", "Fix the `â€™` bug → soon", "`é`"]
    assert list(repair([damaged(line, "mac_roman") for line in lines]).lines) == lines


def test_a_damaged_sentence_between_backticks_is_repaired():
    assert repaired(damaged("run `a → b`", "cp1252")) == "run `a → b`"


def test_a_garbled_byte_order_mark_is_removed():
    result = repair(["ï»¿# Plan", "- read"])
    assert result.lines == ("# Plan", "- read")


def test_control_characters_of_latin_1_become_the_punctuation_of_windows():
    result = repair(["\x84Gut\x93 \x96 schön\x85", "\x81"])
    assert result.lines == ("„Gut“ – schön…", "\x81")
    assert result.codec == "latin-1"


@pytest.mark.parametrize(
    ("garbled", "sound"),
    [("Itβ€™s", "It’s"), ("itā€™s", "it’s"), ("Hi í\xa0½í¸\x80", "Hi 😀")],
)
def test_rare_mojibake_is_left_to_ftfy(garbled, sound):
    result = repair([garbled])
    assert result.lines == (sound,)
    assert result.codec == "other"


def test_rare_mojibake_that_ftfy_cannot_undo_stays():
    assert repair(["í\xa0½í", "`β€™`"]).repairs == ()


def test_ftfy_is_not_loaded_for_the_usual_damage():
    before = "ftfy" in sys.modules
    repair([damaged("“so” → 🎯", encoding, "drop") for encoding in EXACT])
    assert ("ftfy" in sys.modules) == before


def test_the_codec_and_every_changed_line_are_told():
    result = repair(["# Plan", damaged("– read", "mac_roman"), "- walk", damaged("🎯 aim", "mac_roman")])
    assert result.codec == "mac-roman"
    assert [(repair.line, repair.after, repair.how) for repair in result.repairs] == [
        (2, "– read", "reversed"),
        (4, "🎯 aim", "reversed"),
    ]
    assert result.repairs[0].before == "‚Äì read"


def test_what_cannot_be_undone_stays_as_it_is():
    assert repair(["\ufffd and ñ\ufffd"]).repairs == ()
    assert repair(["â€\ufffd\ufffd\ufffdz"]).lines == ("”\ufffd\ufffdz",)
