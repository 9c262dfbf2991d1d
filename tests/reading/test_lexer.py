"""A line as tokens, and phrases found as whole words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.reading.ideographs import numeral
from sync.reading.lexer import plain, tokenize
from sync.reading.phrasebook import Phrases
from sync.reading.words import vocabulary


def real(tokens):
    return [tokens[at] for at in range(tokens.size)]


def test_an_article_before_an_apostrophe_is_a_token_of_its_own():
    tokens = tokenize("4 jours d'avant, don't", vocabulary(("fr", "en")))
    assert [token.text for token in real(tokens)] == ["4", "jours", "d'", "avant", ",", "don't"]


def test_an_entry_of_several_words_is_one_token_only_between_word_borders():
    words = vocabulary(("pt", "en"))
    assert real(tokenize("Segunda-feira", words))[0].features["weekday"] == (1,)
    assert [token.text for token in real(tokenize("segunda-feirante", words))] == ["segunda", "-", "feirante"]


def test_a_run_of_han_is_cut_at_known_words_and_knows_what_sticks_to_it():
    words = vocabulary(("ja", "en"))
    moon, monday = real(tokenize("月面", words))[0], real(tokenize("月火", words))[0]
    assert (moon.text, moon.stuck) == ("月", True)
    assert (monday.text, monday.stuck) == ("月", False)


def test_han_stays_one_token_where_no_language_with_that_script_is_spoken():
    assert [token.text for token in real(tokenize("第一周 2", vocabulary(("en",))))] == ["第一周", "2"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("二〇二六", 2026),
        ("一二三", None),
        ("十十", None),
    ],
)
def test_han_numerals_below_a_hundred_have_a_value(text, value):
    assert numeral(text) == value


@pytest.mark.parametrize("text", ["²", "①", "½", "123456789"])
def test_digits_that_are_no_number_have_no_value(text):
    assert [token.number for token in real(tokenize(text, vocabulary(("en",))))] == [None]


def test_reading_past_either_end_of_a_line_gives_an_empty_token():
    tokens = tokenize("Week", vocabulary(("en",)))
    assert (tokens[-1].text, tokens[1].text, tokens[9].text) == ("", "", "")


def test_full_width_signs_and_odd_blanks_read_like_plain_ones():
    assert plain("Ｗ１：４　〜’×、") == "W1:4 ~'x,"


@given(st.text())
def test_plain_text_has_the_length_of_the_text(text):
    assert len(plain(text)) == len(text)


@given(st.text())
def test_tokens_lie_in_the_text_in_order(text):
    tokens = real(tokenize(text, vocabulary(("ja", "en"))))
    ends = [0, *(token.end for token in tokens)]
    assert all(end <= token.begin < token.end for end, token in zip(ends, tokens, strict=False))
    assert all(plain(text)[token.begin : token.end] == token.text for token in tokens)


@pytest.mark.parametrize(
    ("group", "text", "said"),
    [
        ("rest", "A REST day", True),
        ("rest", "restart the server", False),
        ("rest", "the forest", False),
        ("rest", "rest_area", False),
        ("sections:criteria", "By then you’ll be able to swim", True),
        ("column:status", "✅ ticked", True),
        ("column:count", "#", True),
        ("no such group", "rest", False),
    ],
)
def test_phrases_are_found_as_whole_words_whatever_their_case(group, text, said):
    assert vocabulary(("en",)).says(group, text) is said


@pytest.mark.parametrize(
    ("text", "only"), [(" Rest ", True), ("rest day", True), ("a rest", False), ("", False)]
)
def test_a_text_can_be_one_phrase_and_nothing_else(text, only):
    assert vocabulary(("en",)).is_only("rest", text) is only
    assert not vocabulary(("en",)).is_only("no such group", text)


def test_phrases_without_word_borders_are_found_inside_a_run():
    assert vocabulary(("zh", "en")).says("rest", "周日休息日安排")
    assert vocabulary(("es", "en")).says("chatter", "Mira: ¡éxito en todo!")


def test_a_sign_before_a_phrase_does_not_free_its_end():
    phrases = Phrases.of(["#go"])
    assert phrases.stand_in("say #go now")
    assert not phrases.stand_in("say #gone now")


def test_a_phrase_of_several_words_ends_where_its_last_word_ends():
    phrases = Phrases.of(["day off"])
    assert phrases.stand_in("my day off.")
    assert not phrases.stand_in("day offset")
    assert not phrases.stand_in("day off_2")
