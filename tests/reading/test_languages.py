"""The languages as data: complete, reachable, told apart, and merged without stepping on one another."""

import importlib.util
from pathlib import Path

import pytest

from sync.reading.expressions import Unit
from sync.reading.ideographs import IDEOGRAPH
from sync.reading.lexer import tokenize
from sync.reading.telling import languages_of
from sync.reading.words import (
    NAMED,
    NUMBERED,
    OTHER_GROUPS,
    WORD_GROUPS,
    available,
    language,
    vocabulary,
)

CLDR = Path(__file__).parents[2] / "scripts" / "cldr.py"
EAST_ASIAN = {"ja", "ko", "zh"}
LANGUAGES = {"de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "zh"}
PARTS = {"morning", "noon", "afternoon", "evening", "night"}
FAMILIES = ("lead", "sections", "column")


@pytest.fixture(scope="module")
def cldr():
    spec = importlib.util.spec_from_file_location("cldr", CLDR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def own(code):
    return vocabulary((code,))


def groups(code):
    return {name: words for name, words in language(code).items() if isinstance(words, dict)}


def flat(group):
    return group if isinstance(group, list) else [word for words in group.values() for word in words]


def test_twelve_languages_have_a_file():
    assert set(available()) == LANGUAGES


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_month_and_weekday_of_the_cldr_is_known(cldr, code):
    assert len(list(cldr.names(code))) == 2 * 2 * (12 + 7)
    assert cldr.unknown(code) == []


def test_the_cldr_script_prints_names_and_finds_nothing_missing(cldr, capsys):
    assert cldr.main(["pl"]) == 0
    assert "pl weekday 1 poniedziałek\n" in capsys.readouterr().out
    assert cldr.main([]) == 0
    assert capsys.readouterr().out == ""


def test_the_cldr_script_would_see_a_name_that_is_missing(cldr):
    assert not cldr.is_known(cldr.Name("month", 5, "mayo"), own("de"))
    assert not cldr.is_known(cldr.Name("weekday", 1, "martes"), own("es"))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_file_has_only_groups_that_something_reads(code):
    english = language("en").keys()
    assert language(code).keys() - WORD_GROUPS - OTHER_GROUPS - english == set()
    assert language(code)["language"] == code


@pytest.mark.parametrize("code", sorted(LANGUAGES - {"en"}))
def test_every_group_of_phrases_that_english_has_is_there(code):
    english, other = language("en"), language(code)
    phrases = english.keys() - WORD_GROUPS - OTHER_GROUPS
    assert phrases - other.keys() == set()
    for family in FAMILIES:
        assert groups("en")[family].keys() == groups(code)[family].keys()


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_unit_length_and_part_of_day_has_its_words(code):
    data = groups(code)
    assert data["unit"].keys() == set(Unit)
    assert data["length"].keys() == {"1", "60"}
    assert data["weekday"].keys() == set("1234567")
    assert data["part"].keys() <= PARTS
    assert {"12345", "67"} <= data["weekdays"].keys()
    assert {"day", "week", "month"} <= data["rhythm"].keys()
    for name in NAMED:
        values = data.get(name, {}).keys()
        assert name in {"part", "clock"} or values <= set(Unit)
    for name in NUMBERED:
        assert all(number.lstrip("-").isdigit() for number in data.get(name, {}))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_no_word_stands_twice_in_its_list(code):
    doubled = {
        group: words
        for group, words in language(code).items()
        if isinstance(words, list) and len(set(words)) < len(words)
    }
    assert doubled == {}


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_word_is_found_by_the_lexer_as_one_token(code):
    words = own(code)
    lost = [
        word
        for word, features in words.words.items()
        if [(token.text, token.features) for token in real(tokenize(word, words))] != [(word, features)]
    ]
    # a number is a number wherever it stands, and a weekday before a counter is none
    assert [word for word in lost if not word[0].isdigit()] == []


def real(tokens):
    return [tokens[at] for at in range(tokens.size)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("# Lernplan\n\nWoche 1: Grundlagen und Übungen\n- [ ] Kapitel 1 lesen", ("de", "en")),
        ("Woche 1", ("de", "en")),
        ("Semaine 1 : lire le chapitre\nSamedi : repos", ("fr", "en")),
        ("Semana 2: repasar los temas del lunes", ("es", "en")),
        ("Semana 2: revisão\nsegunda a sexta, até você terminar", ("pt", "en")),
        ("Settimana 1: ripasso\nogni giorno", ("it", "en")),
        ("Week 1: lezen\nmaandag en dinsdag", ("nl", "en")),
        ("Tydzień 1: powtórka", ("pl", "en")),
        ("Неделя 1: повторение", ("ru", "en")),
        ("第1周：复习基础知识", ("zh", "en")),
        ("第1週：はじめての練習", ("ja", "en")),
        ("1주차: 기초 다지기", ("ko", "en")),
        ("# Study plan\n\nWeek 1: read the book and take notes", ("en",)),
        ("April 4: visit\nSeptember 5: exam", ("en",)),
        ("# Bürgerhaus: Umbau 2026\n\n## KW 14: Fenster\n- [ ] Rahmen abschleifen", ("de", "en")),
        ("# Сад\n\n- [ ] посадить яблоню", ("ru", "en")),
        ("# Café and naïve art\n\nThe week of the fair", ("en",)),
        ("", ("en",)),
        ("2026-01-05", ("en",)),
    ],
)
def test_a_text_tells_its_language_by_its_words_and_its_script(text, codes):
    assert languages_of(text.splitlines()) == codes


def test_foreign_words_in_a_long_english_text_do_not_make_it_foreign():
    plan = ["Read the chapter on the weekend and write down what you learned for the exam."] * 20
    assert languages_of([*plan, "Die Woche der Wahrheit: Kapitel 1 und 2"]) == ("en",)


def test_a_document_in_two_languages_is_read_with_both_the_stronger_first():
    german = ["Am Montag lesen wir das Kapitel und machen die Übungen für die Woche."] * 6
    english = ["Read the chapter on the weekend and write down what you learned for the exam."] * 4
    assert languages_of([*german, *english]) == ("de", "en")
    french = ["Lire le chapitre et faire les exercices pour la semaine, avec une pause le samedi."] * 5
    assert languages_of([*german, *french]) in {("de", "fr", "en"), ("fr", "de", "en")}


def test_words_that_two_languages_share_do_not_add_a_second_language():
    french = ["La semaine de la révision : lire les fiches de la base, de la théorie"] * 5
    assert languages_of(french) == ("fr", "en")


def test_words_and_script_together_name_the_second_language():
    lines = ["Read the text and write the words for the week"] * 5 + [
        "第1週の練習をしましょう、はじめに単語を覚える"
    ] * 5
    assert set(languages_of(lines)) == {"ja", "en"}


def test_a_word_means_what_it_means_in_the_first_language_that_has_it():
    assert vocabulary(("es", "en")).words["once"] == {"number": 11}
    assert vocabulary(("en", "es")).words["once"] == {"once": 1}
    assert vocabulary(("nl", "en")).words["of"] == {}


def test_a_language_without_a_file_adds_nothing():
    assert vocabulary(("tlh", "en")).words == vocabulary(("en",)).words


@pytest.mark.parametrize("code", sorted(LANGUAGES - EAST_ASIAN))
def test_the_words_of_a_language_are_written_in_small_letters(code):
    for group in WORD_GROUPS & language(code).keys():
        assert [word for word in flat(language(code)[group]) if word != word.casefold()] == []


@pytest.mark.parametrize("code", sorted(EAST_ASIAN))
def test_the_words_of_scripts_without_blanks_begin_in_that_script(code):
    odd = [word for word in own(code).words if not IDEOGRAPH.match(word)]
    assert set(odd) <= {"h", "x", "min"}
