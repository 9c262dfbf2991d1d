"""The words of time and of roadmaps, per language, as data.

Each file in `languages/` holds one language. A document is read with the languages it is written in
(`telling.py`): short words mean too many things otherwise; German "do" is a Thursday, English "do" is work.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sync.reading.ideographs import CHARACTERS, IDEOGRAPH
from sync.reading.particles import LEADING, Particles
from sync.reading.phrasebook import Phrases

FOLDER = Path(__file__).parent / "languages"
DEFAULT = "en"
NUMBERED = (
    "month",
    "number",
    "nth",
    "once",
    "roman",
    "length",
    "length_word",
    "relative_day",
    "half_of_year",
)
FLAGS = (
    "half_hour",
    "half_after",
    "per",
    "apiece",
    "every",
    "every_after",
    "other",
    "other_after",
    "times",
    "and",
    "range",
    "from",
    "until",
    "about",
    "before",
    "after",
    "by",
    "end",
    "begin",
    "mid",
    "late",
    "since",
    "by_behind",
    "end_behind",
    "begin_behind",
    "mid_behind",
    "late_behind",
    "since_behind",
    "am",
    "pm",
    "am_prefix",
    "pm_prefix",
    "clock_word",
    "clock_tail",
    "minute_word",
    "at",
    "hour_mark",
    "of",
    "nth_suffix",
    "number_sign",
    "iso_week",
    "ordinal_prefix",
    "year_mark",
    "minus",
    "measure",
    "half",
    "half_year",
    "half_short",
    "plural",
    "doubtful",
)
NAMED = ("unit", "unit_short", "unit_nth", "per_unit", "countdown", "rhythm", "rhythm_two", "part", "clock")
WORD_GROUPS = frozenset({"weekday", "weekdays", *NUMBERED, *FLAGS, *NAMED})
OTHER_GROUPS = frozenset(
    {"language", "letters", "common", "inert", "elision", "counter", "article", "aside", "here"}
)
"""Groups that are neither words of the grammar nor phrases; whatever else a file has is a group of phrases."""
PARTICLES = (*LEADING, "article", "about", "aside", "here")

WORD = re.compile(rf"[^\W\d_{CHARACTERS}]+")
RUN = re.compile(f"[{CHARACTERS}]+")
PIECE = re.compile(rf"(\d+)|([^\W\d_{CHARACTERS}]+(?:'[^\W\d_{CHARACTERS}]+)?)|([{CHARACTERS}]+)|\S")
"""A number, a word (with one apostrophe inside), a run of a script without blanks, or a sign."""

SURE_NAME = 3
"""A weekday's name of so many letters may mean something else."""

Features = Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of one set of languages, ready for the lexer."""

    languages: tuple[str, ...]
    words: Mapping[str, Features]
    """Case-folded word to what it can mean; a word that only hides another's meaning has no features."""
    compounds: Mapping[str, tuple[str, ...]]
    """The first piece of an entry with blanks, hyphens or apostrophes to all such entries, longest first."""
    elisions: frozenset[str]
    """What may stand before an apostrophe without belonging to the word after it (d'avril, l'esame)."""
    glued: Mapping[str, tuple[str, ...]] | None
    """The first character of words of scripts without blanks to these words, longest first; None without any."""
    counters: tuple[str, ...]
    """What follows a number that counts: 每周三次 is three times a week, 周三 alone is Wednesday."""
    phrases: Mapping[str, Phrases]
    """Groups of phrases by name (`rest`, `milestone`, `sections:criteria`, `lead:start`, `column:date`)."""
    particles: Particles
    """The little words around a time."""

    def says(self, group: str, text: str) -> bool:
        """Whether a phrase of the group stands anywhere in the text."""
        phrases = self.phrases.get(group)
        return phrases is not None and phrases.stand_in(text)

    def opens(self, group: str, text: str) -> bool:
        """Whether the text begins with a phrase of the group."""
        phrases = self.phrases.get(group)
        return phrases is not None and phrases.open(text)

    def is_only(self, group: str, text: str) -> bool:
        """Whether the text is one phrase of the group and nothing else."""
        phrases = self.phrases.get(group)
        return phrases is not None and phrases.are(text)


@cache
def available() -> tuple[str, ...]:
    """The codes of all languages that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def language(code: str) -> Mapping[str, object]:
    """The data of one language."""
    data: Mapping[str, object] = json.loads((FOLDER / f"{code}.json").read_text("utf-8"))
    return data


@cache
def day_names() -> frozenset[str]:
    """The names of weekdays in all languages, without those too short to be sure of."""
    names = (name for code in available() for name in nested(language(code), "weekday"))
    return frozenset(name for name in names if len(name) > SURE_NAME or IDEOGRAPH.match(name))


@cache
def vocabulary(codes: tuple[str, ...]) -> Vocabulary:
    """The merged words of some languages; a word means what it means in the first language that has it."""
    words: dict[str, dict[str, object]] = {}
    groups: dict[str, list[str]] = {}
    spoken = [language(code) for code in codes if code in available()]
    for data in spoken:
        words = {**_words(data), **words}
        for group, phrases in _groups(data):
            groups.setdefault(group, []).extend(phrases)
            family, member, _ = group.partition(":")
            if member:  # all of a family as one group: most texts hold none of its phrases
                groups.setdefault(family, []).extend(phrases)
    return Vocabulary(
        languages=codes,
        words=words,
        compounds=_compounds(words),
        elisions=frozenset(_all(spoken, "elision")),
        glued=_glued(words) or None,
        counters=tuple(_all(spoken, "counter")),
        phrases={group: Phrases.of(phrases) for group, phrases in groups.items()},
        particles=Particles.of({group: _all(spoken, group) for group in PARTICLES}),
    )


def _words(data: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """All words of a language with what they can mean."""
    found: dict[str, dict[str, object]] = {word: {} for word in listed(data, "inert")}
    for word, feature, value in _features(data):
        found.setdefault(word, {}).setdefault(feature, value)
    return found


def _features(data: Mapping[str, object]) -> Iterable[tuple[str, str, object]]:
    for group in NUMBERED:
        for number, words in _mapping(data, group).items():
            yield from ((word, group, int(number)) for word in words)
    for group in ("weekday", "weekdays"):
        for digits, words in _mapping(data, group).items():
            yield from ((word, "weekday", tuple(int(d) for d in digits)) for word in words)
    for group in NAMED:
        for name, words in _mapping(data, group).items():
            yield from ((word, group, name) for word in words)
    for group in FLAGS:
        yield from ((word, group, True) for word in listed(data, group))


def _compounds(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry in sorted(words, key=lambda word: (-len(word), word)):
        head = PIECE.match(entry)
        if head is not None and head.end() < len(entry) and IDEOGRAPH.match(entry) is None:
            found.setdefault(head.group(), []).append(entry)
    return {head: tuple(entries) for head, entries in found.items()}


def _glued(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if IDEOGRAPH.match(word):
            found.setdefault(word[0], []).append(word)
    return {head: tuple(entries) for head, entries in found.items()}


def _groups(data: Mapping[str, object]) -> Iterable[tuple[str, list[str]]]:
    """The phrases of a language by group; a family of groups is a mapping."""
    for group in data.keys() - WORD_GROUPS - OTHER_GROUPS:
        if isinstance(data[group], list):
            yield group, listed(data, group)
        else:
            yield from ((f"{group}:{name}", phrases) for name, phrases in _mapping(data, group).items())


def _mapping(data: Mapping[str, object], group: str) -> Mapping[str, list[str]]:
    found = data.get(group, {})
    assert isinstance(found, dict)
    return found


def listed(data: Mapping[str, object], group: str) -> list[str]:
    """The words of a group that is a list; none where the language does not have it."""
    found = data.get(group, [])
    assert isinstance(found, list)
    return found


def _all(spoken: Iterable[Mapping[str, object]], group: str) -> list[str]:
    """The words of a group in several languages."""
    return [word for data in spoken for word in listed(data, group)]


def nested(data: Mapping[str, object], group: str) -> Iterable[str]:
    """The words of a group that maps meanings to words."""
    return (word for words in _mapping(data, group).values() for word in words)
