"""One line of text as a phrase: what it says about time, and what is left as its title."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple, TypeVar

from sync.reading.expressions import (
    Bound,
    Clock,
    Expression,
    Extent,
    Found,
    Length,
    Offset,
    Written,
)
from sync.reading.grammar.bounds import bound, bound_behind, is_range
from sync.reading.grammar.clocks import clock
from sync.reading.grammar.lengths import length
from sync.reading.grammar.offsets import offset
from sync.reading.grammar.ordinals import extent, ordinal, roman_quarter
from sync.reading.grammar.paces import pace
from sync.reading.grammar.rhythms import alternate, quota, rate
from sync.reading.grammar.spans import week_of, written
from sync.reading.grammar.weekdays import part_of_day, weekdays
from sync.reading.ideographs import IDEOGRAPH
from sync.reading.lexer import DASHES, Tokens, tokenize
from sync.reading.words import RUN, WORD, Features, Vocabulary

Part = Callable[[Tokens, int], tuple[Expression, int] | None]
E = TypeVar("E", bound=Expression)

# Tried in this order at a token that could begin them: the first that applies wins.
AT_NUMBER: tuple[Part, ...] = (clock, length, offset, ordinal, written, rate, extent)
AT_ONE: tuple[Part, ...] = (pace, *AT_NUMBER)
"""Only one leads a rhythm: 1日30分."""
AT_SLASH: tuple[Part, ...] = (quota,)
AT_WORD: dict[str, tuple[Part, ...]] = {
    "countdown": (offset,),
    "unit": (ordinal, offset, week_of, quota, alternate),
    "unit_short": (ordinal, offset),
    "iso_week": (ordinal,),
    "ordinal_prefix": (rate, ordinal),
    "roman": (roman_quarter, ordinal),
    "half_short": (ordinal,),
    "half_of_year": (ordinal,),
    "nth": (rate, ordinal, written),
    "am_prefix": (clock,),
    "pm_prefix": (clock,),
    "month": (written,),
    "number": (pace, length, offset, ordinal, rate, extent),
    "per_unit": (pace, rate),
    "rhythm": (pace, rate),
    "weekday": (alternate, written, weekdays),
    "per": (quota,),
    "apiece": (quota,),
    "every": (pace, rate),
    "rhythm_two": (rate,),
    "once": (rate,),
    "half_hour": (length,),
    "length_word": (length,),
    "relative_day": (offset,),
    "before": (offset,),
    "clock": (clock,),
    "at": (clock,),
    "part": (part_of_day,),
}
"""A word may mean several things: the features are tried in this order."""
OPENS_ALONE = frozenset(
    {"unit", "month", "weekday", "nth", "every", "rhythm", "rhythm_two", "once", "length"}
    | {"half_hour", "half_of_year", "length_word", "relative_day", "clock", "part"}
)
"""One such word must stand in a line without digits for it to say anything about time."""
EDGE = " \t\u3000:-–—−.,;|·•→()[]~&/*_（）：，、。；【】〜～・｜"
"""Signs that hold expressions and mean nothing by themselves."""
APOSTROPHES = {"'", "’"}
DIGIT = re.compile(r"\d")
NUMBER_SIGNS = frozenset(
    {"h", "H", "x", "X", "u", "a", "p", "A", "P", "年", "月", "日", "号", "년", "월", "일"}
)
"""Words that may follow a number though no vocabulary has them."""
JOINING = DASHES | frozenset(":.,/+&*°>")
"""Signs that may join a number to what stands behind them: 9:00, 3/4, 1. Woche, 3+ weeks."""
MEASURE = {"measure"}
"""What a mere amount is followed by: 30 pages."""


@dataclass(frozen=True)
class Phrase:
    """A line with the expressions found in it, in order and without overlap."""

    text: str
    found: tuple[Found, ...]
    words: Vocabulary = field(repr=False)
    """The words with which it was read."""

    def __hash__(self) -> int:
        """Quick, for what is remembered of a line while it is read."""
        return hash(self.text)

    def first(self, kind: type[E]) -> E | None:
        """The first expression of a kind."""
        for hit in self.found:
            if isinstance(hit.value, kind):
                return hit.value
        return None

    def every(self, kind: type[E]) -> tuple[E, ...]:
        """All expressions of a kind, in order."""
        return tuple(hit.value for hit in self.found if isinstance(hit.value, kind))

    def hit(self, kind: type[E]) -> Found | None:
        """The first expression of a kind with its place."""
        for hit in self.found:
            if isinstance(hit.value, kind):
                return hit
        return None

    @cached_property
    def rest(self) -> str:
        """The text without the expressions and the signs that held them: "" for a line that is only a time."""
        pieces, at = [], 0
        for hit in self.found:
            pieces.append(self.text[at : hit.begin])
            at = hit.end
        pieces.append(self.text[at:])
        return " ".join(pieces).strip(EDGE)


class Parsed(dict[str, Phrase]):
    """The texts of one document as phrases, each parsed once; asking for one parses it."""

    def __init__(self, words: Vocabulary) -> None:
        super().__init__()
        self.words = words

    def __missing__(self, text: str) -> Phrase:
        """Parse a text that was not asked for before."""
        made = self[text] = phrase(text, self.words)
        return made


class Openers(NamedTuple):
    """What a vocabulary lets begin an expression."""

    words: frozenset[str]
    """Words one of which a line without digits must have."""
    parts: Mapping[int, tuple[Part, ...]]
    """By the identity of a word's features: the parts that could begin at it, where any could."""


def phrase(text: str, words: Vocabulary) -> Phrase:
    """Read one line."""
    openers = _openers(words)
    if not _may_speak_of_time(text, words, openers):
        return Phrase(text, (), words)
    return Phrase(text, tuple(_scan(tokenize(text, words), openers)), words)


def may_begin(text: str, words: Vocabulary) -> bool:
    """Whether a text may begin with an expression, at a quick look: not where its first word means nothing here."""
    first = WORD.match(text)
    if (
        first is None
        or first.end() < 2
        or not first[0].isascii()
        or text[first.end() : first.end() + 1] in APOSTROPHES
    ):
        return True
    word = first[0].casefold()
    return word in words.words or word in words.compounds


@cache
def _openers(words: Vocabulary) -> Openers:
    parts = {id(features): told for features in words.words.values() if (told := _parts(features))}
    opening = {
        max(WORD.findall(word), key=len, default=word)
        for word, features in words.words.items()
        if len(word) > 1 and not OPENS_ALONE.isdisjoint(features)
    }
    return Openers(frozenset(opening), parts)


def _parts(features: Features) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(part for name, parts in AT_WORD.items() if name in features for part in parts))


def _may_speak_of_time(text: str, words: Vocabulary, openers: Openers) -> bool:
    """Whether a line has a digit or a word that begins something; most lines have neither."""
    if DIGIT.search(text) is not None:
        return True
    if not openers.words.isdisjoint(WORD.findall(text.casefold())):
        return True
    return words.glued is not None and not text.isascii() and RUN.search(text) is not None


def _scan(tokens: Tokens, openers: Openers) -> Iterator[Found]:
    floor = 0
    for i in _beginnings(tokens, openers):
        hit = _read(tokens, i, openers) if i >= floor else None
        if hit is None:
            continue
        value, after = hit
        begin = _lead(tokens, i, floor, value)
        leaning = bound(tokens, begin, floor, dated=isinstance(value, Written | Clock))
        if leaning not in {Bound.BY, Bound.END} and is_range(value):
            leaning = None  # mid-June to August is no middle of these months
        behind, after = bound_behind(tokens, after, value)
        yield Found(value, tokens[begin].begin, tokens[after - 1].end, leaning or behind)
        floor = after


def _beginnings(tokens: Tokens, openers: Openers) -> list[int]:
    """The positions at which an expression could begin: words that may begin one, numbers, a slash."""
    parts = openers.parts
    return [
        i
        for i, token in enumerate(tokens)
        if id(token.features) in parts or token.number is not None or token.text == "/"
    ]


def _read(tokens: Tokens, i: int, openers: Openers) -> tuple[Expression, int] | None:
    """The expression that begins at a token, with the position after it."""
    token = tokens[i]
    if token.features:
        parts = openers.parts.get(id(token.features), ())
    elif token.number is not None:
        parts = (AT_ONE if token.number == 1 else AT_NUMBER) if _may_count(tokens, i) else ()
    else:
        parts = AT_SLASH
    for part in parts:
        hit = part(tokens, i)
        if hit is not None:
            return hit
    return None


def _may_count(tokens: Tokens, i: int) -> bool:
    """Whether a number can begin an expression: not one inside a name (IPv4) or a longer number (720/1000)."""
    token = tokens[i]
    if not _goes_on(tokens, i + 1):
        return False
    if i == 0 or token.spaced:
        return True
    before = tokens[i - 1]
    if before.text[0].isalpha():
        return bool(before.features) or IDEOGRAPH.match(before.text) is not None
    return not (before.text in {".", ",", "/"} and not before.spaced and tokens[i - 2].number is not None)


def _goes_on(tokens: Tokens, i: int) -> bool:
    """Whether what follows a number may belong to it: a word, or a sign before a word or a number."""
    token, behind = tokens[i], tokens[i + 1]
    if token.text in JOINING and not token.features:
        return bool(behind.features) or behind.number is not None or behind.text in JOINING
    if token.features:
        return token.features.keys() != MEASURE
    return token.number is not None or token.text in NUMBER_SIGNS


def _lead(tokens: Tokens, i: int, floor: int, value: Expression) -> int:
    """Where the words begin that belong to an expression without changing it: about 2 h, from 9:00 to 10:00."""
    if isinstance(value, Length | Extent):
        at = i - 2 if tokens[i - 1].text == "." else i - 1
        about = at >= floor and (tokens[at].has("about") or tokens[at].text == "~")
        return at if about else i
    if not (isinstance(value, Offset) or is_range(value)):
        return i
    at = i - 1
    while at >= floor and (tokens[at].has("of") or tokens[at].has("from")):
        if tokens[at].has("from"):
            i = at
        at -= 1
    return i
