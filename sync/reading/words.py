"""The words of time and of roadmaps, per language, as data.

Each file in `languages/` holds one language. A document is read with the languages it is written in
(and English, whose unit words turn up everywhere): short words mean too many things otherwise;
German "do" is a Thursday, English "do" is work.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sync.reading.ideographs import CHARACTERS, HANGUL, IDEOGRAPH, KANA
from sync.reading.phrasebook import Phrases

FOLDER = Path(__file__).parent / "languages"
DEFAULT = "en"
NUMBERED = ("month", "number", "nth", "once", "roman", "length", "length_word", "relative_day")
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
    "by_behind",
    "end_behind",
    "begin_behind",
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
    "plural",
    "doubtful",
)
NAMED = ("unit", "unit_short", "unit_nth", "per_unit", "countdown", "rhythm", "rhythm_two", "part", "clock")
WORD_GROUPS = frozenset({"weekday", "weekdays", *NUMBERED, *FLAGS, *NAMED})
OTHER_GROUPS = frozenset({"language", "letters", "common", "inert", "elision", "counter"})
"""Groups that are neither words of the grammar nor phrases; whatever else a file has is a group of phrases."""

WORD = re.compile(rf"[^\W\d_{CHARACTERS}]+")
RUN = re.compile(f"[{CHARACTERS}]+")
PIECE = re.compile(rf"(\d+)|([^\W\d_{CHARACTERS}]+(?:'[^\W\d_{CHARACTERS}]+)?)|([{CHARACTERS}]+)|\S")
"""A number, a word (with one apostrophe inside), a run of a script without blanks, or a sign."""

SHORT_TEXT = 50
"""Below so many words one telling word is enough to name a language."""
SHARE = 0.34
"""A second language counts from this share of the first one's telling words."""
FEW = 10
"""With fewer telling words the letters of the others count too."""
CHARACTERS_PER_TELLER = 4
"""In scripts without blanks so many characters weigh as much as one telling word."""

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

    def says(self, group: str, text: str) -> bool:
        """Whether a phrase of the group stands anywhere in the text."""
        phrases = self.phrases.get(group)
        return phrases is not None and phrases.stand_in(text)

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
def tellers() -> Mapping[str, tuple[str, ...]]:
    """The words by which a language gives itself away, each with the languages that use it."""
    found: dict[str, list[str]] = {}
    for code in available():
        data = language(code)
        words = set(_listed(data, "common"))
        for group in ("month", "weekday", "unit"):
            words.update(word for word in _nested(data, group) if len(word) > 3 and WORD.fullmatch(word))
        words.update(word for word in _listed(data, "iso_week") if WORD.fullmatch(word))
        for word in words:
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


def languages_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The languages of a text, the most telling first, at most two and English."""
    text = "\n".join(lines).casefold()
    counts = Counter(WORD.findall(text))
    known = tellers()
    telling = {word: counts[word] for word in known.keys() & counts.keys()}
    scripts = Counter() if text.isascii() else _scripts(text)
    if not text.isascii() and sum(telling.values()) < FEW:
        scripts += _letters(counts)
    first, most = _top(_scores(telling, scripts))
    floor = max(3 if counts.total() >= SHORT_TEXT else 1, most * SHARE)
    # a word that the first language has too is no sign of a second one: "la" in a French text
    rest = {word: count for word, count in telling.items() if first not in known[word]}
    second, count = _top(_scores(rest, {code: weight for code, weight in scripts.items() if code != first}))
    return tuple(dict.fromkeys([first, *([second] if count >= floor else []), DEFAULT]))


def _scores(telling: Mapping[str, int], scripts: Mapping[str, int]) -> Counter[str]:
    score = Counter(scripts)
    known = tellers()
    for word, count in telling.items():
        for code in known[word]:
            score[code] += count
    return score


def _top(score: Counter[str]) -> tuple[str, int]:
    """The language with the most telling words, English where there are none or as many."""
    return min(score.items(), key=lambda each: (-each[1], each[0] != DEFAULT, each[0]), default=(DEFAULT, 0))


def _letters(counts: Mapping[str, int]) -> Counter[str]:
    """How many words have letters that only one of the languages uses: for texts that hardly tell otherwise."""
    found: Counter[str] = Counter()
    spelled = {code: str(language(code).get("letters", "")) for code in available()}
    for word, count in counts.items():
        if not word.isascii():
            found.update(
                {code: count for code, letters in spelled.items() if not set(letters).isdisjoint(word)}
            )
    return found


def _scripts(text: str) -> Counter[str]:
    """How much of the text is written in the scripts without blanks; kana make the Han beside them Japanese."""
    letters = "".join(RUN.findall(text))
    hangul, kana = len(HANGUL.findall(letters)), len(KANA.findall(letters))
    han = len(letters) - hangul - kana
    weights = {"ko": hangul, "ja": kana, "zh": han}
    if kana * 10 >= han:
        weights |= {"ja": kana + han, "zh": 0}
    return Counter({code: -(-count // CHARACTERS_PER_TELLER) for code, count in weights.items() if count})


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
    return Vocabulary(
        languages=codes,
        words=words,
        compounds=_compounds(words),
        elisions=frozenset(head for data in spoken for head in _listed(data, "elision")),
        glued=_glued(words) or None,
        counters=tuple(counter for data in spoken for counter in _listed(data, "counter")),
        phrases={group: Phrases.of(phrases) for group, phrases in groups.items()},
    )


def _words(data: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """All words of a language with what they can mean."""
    found: dict[str, dict[str, object]] = {word: {} for word in _listed(data, "inert")}
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
        yield from ((word, group, True) for word in _listed(data, group))


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
            yield group, _listed(data, group)
        else:
            yield from ((f"{group}:{name}", phrases) for name, phrases in _mapping(data, group).items())


def _mapping(data: Mapping[str, object], group: str) -> Mapping[str, list[str]]:
    found = data.get(group, {})
    assert isinstance(found, dict)
    return found


def _listed(data: Mapping[str, object], group: str) -> list[str]:
    found = data.get(group, [])
    assert isinstance(found, list)
    return found


def _nested(data: Mapping[str, object], group: str) -> Iterable[str]:
    return (word for words in _mapping(data, group).values() for word in words)
