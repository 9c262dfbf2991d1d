"""What remains of a line as its title once the times are taken out that say when."""

import re
from functools import lru_cache, partial

from sync.reading.expressions import Clock, Found, Length, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import bare, has_words
from sync.reading.particles import ASIDE
from sync.reading.placing import (
    BRACKETS,
    EDGE,
    EMPTY_BRACKETS,
    REMEMBERED,
    SET_OFF,
    around,
    closes,
    has_day,
    in_front,
    inside_brackets,
    is_full,
    is_named,
    is_opened,
)

OPENING = frozenset(["", *"([（,;:：|·•–—-"])
"""What stands before a word that leans on a time rather than on the words before it."""
ENCLOSED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def closing_date(phrase: Phrase) -> Written | None:
    """The days with which a line of work ends though no sign sets them off: "Proofread 15–25 May", "Call on 4 May"."""
    hit = next((each for each in reversed(phrase.found) if isinstance(each.value, Written)), None)
    if hit is None or not isinstance(hit.value, Written) or hit.bound is not None or not has_day(hit.value):
        return None
    before, after = around(phrase, hit)
    led = not phrase.words.particles.articles.isdisjoint(before.casefold().split()[-1:])
    return hit.value if (led or hit.value.first != hit.value.last) and closes(after) else None


def title(
    phrase: Phrase, *, drop: tuple[type, ...], sentence: bool = False, closing: Written | None = None
) -> str:
    """The text without the times of the given kinds where they are not part of a sentence.

    With `sentence` a length at the very front belongs to the words after it: "Two minutes in the lake";
    `closing` is a date at the end that says when.

    "Week 1 (Jan 19-25): Python Basics" without ordinals and dates is "Python Basics".
    """
    text = _without_times(phrase, drop, sentence=sentence, closing=closing) if phrase.found else phrase.text
    previous = None
    while previous != text and ASIDE.search(text) is not None:
        previous = text
        text = phrase.words.particles.asides.sub("", EMPTY_BRACKETS.sub("", text))
    if text != phrase.text and ASIDE.search(text) is not None:
        text = BRACKETS.sub(partial(_without_leaning, phrase), text)
    words = bare(text.strip(EDGE)).strip(EDGE)
    if text != phrase.text:
        words = " ".join(words.split())  # what was taken out left its blanks
    if ENCLOSED.fullmatch(words):
        words = words[1:-1]
    return words if has_words(words) else ""


def _without_times(phrase: Phrase, drop: tuple[type, ...], *, sentence: bool, closing: Written | None) -> str:
    """The text without the times that are taken out, all else as it stands."""
    text = phrase.text
    for hit, begin in zip(reversed(phrase.found), reversed(_cuts(phrase)), strict=True):
        if closing is not None and hit.value is closing:
            text = _without_articles(text[: hit.begin], phrase.words.particles.articles) + text[hit.end :]
        elif (
            begin is not None
            and isinstance(hit.value, drop)
            and not (sentence and _opens_sentence(phrase, hit))
        ):
            text = text[:begin] + text[hit.end :]
    return text


@lru_cache(maxsize=REMEMBERED)
def _cuts(phrase: Phrase) -> tuple[int | None, ...]:
    """Where the words begin that go with each time when it is taken out; None for one that is part of a sentence.

    A line is asked for several titles in turn.
    """
    return tuple(_leaning(phrase, hit) if _is_removable(phrase, hit) else None for hit in phrase.found)


def _without_leaning(phrase: Phrase, bracket: re.Match[str]) -> str:
    """Nothing for a bracket whose date is gone and whose words only leaned on it: (deadline: ...)."""
    said = phrase.words.particles.leaning.sub("", bracket["inside"].strip(EDGE))
    return bracket[0] if said.strip(EDGE) else ""


def _opens_sentence(phrase: Phrase, hit: Found) -> bool:
    """Whether a length at the front runs on into the words behind it."""
    return isinstance(hit.value, Length) and hit.begin == 0 and not SET_OFF.match(phrase.text[hit.end :])


def _leaning(phrase: Phrase, hit: Found) -> int:
    """Where the words begin that lean on an expression: the "due" of "(due 11 May)", the "By" of "By day 90:"."""
    before = phrase.text[: hit.begin]
    if in_front(phrase, before):
        return len(_without_articles(before, phrase.words.particles.articles))
    words = phrase.words.particles.leaning.search(before) if hit.bound is not None else None
    if words is None:
        without = _without_articles(before, phrase.words.particles.articles)
        return len(without) if without.rstrip()[-1:] in OPENING else hit.begin
    rest = before[: words.start()].rstrip()
    set_off = rest[-1:] in OPENING or any(len(rest) == each.end for each in phrase.found)
    return words.start() if set_off else hit.begin


def _without_articles(before: str, articles: frozenset[str]) -> str:
    """The text in front of an expression without the articles that end it: the "On the" of "On the last Friday"."""
    while before and (words := before.split()) and words[-1].casefold() in articles:
        before = before.rstrip()[: -len(words[-1])]
    return before


def _is_removable(phrase: Phrase, hit: Found) -> bool:
    if is_named(phrase, hit):
        return False
    before, after = around(phrase, hit)
    if in_front(phrase, before):
        return True
    if inside_brackets(before, after):
        return _fills_brackets(phrase, before, after)
    particles = phrase.words.particles
    sentence = hit.bound is not None or not particles.articles.isdisjoint(before.casefold().split()[-1:])
    if is_full(hit.value) and closes(after) and not sentence:
        return True  # "slides v1 2026-05-20", while "sort them by 4 May 2026" stays a sentence
    if hit.bound is not None and not bare(particles.leaning.sub("", before)).strip(EDGE):
        return True
    # "Swim 18:00-19:00" and "Meet at 9" end with their time; "Films from 9" goes on saying how it lies
    timed = isinstance(hit.value, Clock) and (
        hit.value.end is not None or not phrase.text[hit.begin].isdigit()
    )
    return closes(after) and (timed or is_opened(phrase, before))


def _fills_brackets(phrase: Phrase, before: str, after: str) -> bool:
    """Whether the brackets around an expression hold no other words, as in (due 4 May); (ask Ann by 4 May) does."""
    opened = max(before.rfind(sign) for sign in "([（")
    inside = after[: min(at for sign in ")]）" if (at := after.find(sign)) >= 0)]
    particles = phrase.words.particles
    left = f"{particles.leaning.sub('', before[opened + 1 :].rstrip(EDGE))} {inside}".strip(EDGE)
    return (
        not has_words(left)
        or all(word in particles.articles for word in left.casefold().split())
        or particles.asides.fullmatch(f"({left})") is not None
    )
