"""In which languages a text is written: by its little words, and by the letters and scripts that they use.

English is always among them: its unit words turn up everywhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from sync.reading.ideographs import HANGUL, KANA
from sync.reading.words import DEFAULT, RUN, WORD, available, language, listed, nested

SHORT_TEXT = 50
"""Below so many words one telling word is enough to name a language."""
SHARE = 0.34
"""A second language counts from this share of the first one's telling words."""
FEW = 10
"""With fewer telling words the letters of the others count too."""
CHARACTERS_PER_TELLER = 4
"""In scripts without blanks so many characters weigh as much as one telling word."""


@cache
def tellers() -> Mapping[str, tuple[str, ...]]:
    """The words by which a language gives itself away, each with the languages that use it."""
    found: dict[str, list[str]] = {}
    for code in available():
        data = language(code)
        words = set(listed(data, "common"))
        for group in ("month", "weekday", "unit", "part", "rhythm"):
            words.update(word for word in nested(data, group) if len(word) > 3 and WORD.fullmatch(word))
        words.update(word for word in listed(data, "iso_week") if WORD.fullmatch(word))
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
    """How much of the text is written in the scripts without blanks.

    Kana, and signs that only Japanese has, make the Han beside them Japanese.
    """
    letters = "".join(RUN.findall(text))
    hangul, kana = len(HANGUL.findall(letters)), len(KANA.findall(letters))
    han = len(letters) - hangul - kana
    weights = {"ko": hangul, "ja": kana, "zh": han}
    if (kana + _count(letters, "ja")) * 10 >= han:
        weights |= {"ja": kana + han, "zh": 0}
    return Counter({code: -(-count // CHARACTERS_PER_TELLER) for code, count in weights.items() if count})


def _count(text: str, code: str) -> int:
    """How many characters of a text are letters that only one language uses."""
    return sum(map(text.count, str(language(code).get("letters", ""))))
