"""Which of the times in a line is the line's own place, and what remains as its title."""

import re
from dataclasses import replace

from sync.reading.expressions import Bound, Extent, Found, Length, Offset, Ordinal, Unit, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import bare, has_words
from sync.reading.roadmap import When

FARTHEST = {Unit.DAY: 3660, Unit.WEEK: 530, Unit.MONTH: 120, Unit.QUARTER: 40, Unit.YEAR: 50, Unit.PHASE: 200}
"""The highest number of each unit that counts time: some ten years."""
Placing = Ordinal | Written | Offset | Extent
OPENERS = re.compile(
    r"(?:^|[(\[（:：|·•,;@]|\s[-–—~→]|^[^\w]*)\s*(?:(?:on|by|due|until|till|the|of|end|am|bis|le|el|il)\s+)*$",
    re.IGNORECASE,
)
CLOSERS = re.compile(r"^[\s)\]）.!:：,;*~-–—✅☑✔🎉🚀💼]*$")
LEANING = re.compile(
    r"(?:\b(?:by|due|until|till|before|the|end|of|on|bis|spätestens|avant|d'ici|para|antes de|hasta|entro|voor|do|до|к)"
    r"\s*)+$",
    re.IGNORECASE,
)
SET_OFF = re.compile(r"\s*(?:[:：–—|·•,;]|-\s|\s-)")
"""A sign that sets what stands before it apart from what follows."""
EMPTY_BRACKETS = re.compile(r"[(\[（][\s:：,;|·~+&/–—-]*[)\]）]")
ARTICLES = frozenset(
    [
        "a",
        "am",
        "an",
        "das",
        "de",
        "den",
        "der",
        "des",
        "die",
        "el",
        "em",
        "il",
        "im",
        "in",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "na",
        "no",
        "o",
        "on",
        "op",
        "os",
        "the",
        "w",
    ]
)
"""Words that may stand before a date without making it part of a sentence."""
ENCLOSED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
EDGE = " \t:：-–—−.,;|·•→~/&"
MARKERS = re.compile(
    r"[(\[（]\s*(?:total|today|heute|hoy|aujourd'hui|each|ca\.?|approx\.?|about|~|\+|:)*\s*[)\]）]",
    re.IGNORECASE,
)


def place(phrase: Phrase) -> When:
    """The place in time that the line as a whole has; falsy where it has none."""
    when = When()
    for hit in phrase.found:
        if (
            isinstance(hit.value, Ordinal | Written | Offset | Extent)
            and _is_sane(hit.value)
            and _is_placed(phrase, hit)
        ):
            when = _with(when, hit)
    if when.extent is not None and not (when.ordinal or when.written or when.offset):
        return when if _in_brackets(phrase) else When()
    return when


def _is_sane(value: Placing) -> bool:
    """Whether a count is one that a plan may reach; a larger number is a year, a price or an id."""
    if isinstance(value, Written):
        return True
    number = (
        value.count
        if isinstance(value, Extent)
        else value.far
        if isinstance(value, Offset)
        else value.last or value.first
    )
    return number <= FARTHEST[value.unit]


def _with(when: When, hit: Found) -> When:
    value = hit.value
    bound = when.bound or hit.bound
    if isinstance(value, Ordinal):
        if when.ordinal is None:
            return replace(when, ordinal=value, bound=bound)
        finer = value.unit.rank > when.ordinal.unit.rank
        return replace(when, inner=value) if finer and when.inner is None else when
    if isinstance(value, Written):
        return replace(when, written=value, bound=bound) if when.written is None else when
    if isinstance(value, Offset):
        return replace(when, offset=value) if when.offset is None else when
    assert isinstance(value, Extent)
    return replace(when, extent=value) if when.extent is None else when


def _is_placed(phrase: Phrase, hit: Found) -> bool:
    """Whether an expression stands where a line says its own place: in front, in brackets, at the end."""
    before, after = _around(phrase, hit)
    if in_front(before):
        return True
    if hit.bound in {Bound.END, Bound.BY} and (len(before.split()) <= 4 or CLOSERS.match(after)):
        return True
    return _inside_brackets(before, after) or (
        CLOSERS.match(after) is not None and OPENERS.search(before) is not None
    )


def _around(phrase: Phrase, hit: Found) -> tuple[str, str]:
    """The text before and after an expression, without the other expressions."""
    before, after, at = "", "", 0
    for other in phrase.found:
        if other.end <= hit.begin:
            before += phrase.text[at : other.begin]
            at = other.end
    before += phrase.text[at : hit.begin]
    at = hit.end
    for other in phrase.found:
        if other.begin >= hit.end:
            after += phrase.text[at : other.begin]
            at = other.end
    return before, after + phrase.text[at:]


def in_front(before: str) -> bool:
    """Whether nothing but signs, emptied brackets and an article stands before."""
    words = bare(EMPTY_BRACKETS.sub("", before)).strip(EDGE + '([（#*>~"“')
    return all(word in ARTICLES for word in words.casefold().split())


def _inside_brackets(before: str, after: str) -> bool:
    opened = max(before.rfind("("), before.rfind("["), before.rfind("（"))
    closed = max(before.rfind(")"), before.rfind("]"), before.rfind("）"))
    return opened > closed and any(sign in after for sign in ")]）") and len(before) - opened < 40


def _in_brackets(phrase: Phrase) -> bool:
    hit = phrase.hit(Extent)
    return hit is not None and _inside_brackets(phrase.text[: hit.begin], phrase.text[hit.end :])


def title(phrase: Phrase, *, drop: tuple[type, ...], sentence: bool = False) -> str:
    """The text without the times of the given kinds where they are not part of a sentence.

    With `sentence` a length at the very front belongs to the words after it: "Two minutes in the lake".

    "Week 1 (Jan 19-25): Python Basics" without ordinals and dates is "Python Basics".
    """
    text = phrase.text
    for hit in reversed(phrase.found):
        if (
            isinstance(hit.value, drop)
            and _is_removable(phrase, hit)
            and not (sentence and _opens_sentence(phrase, hit))
        ):
            text = text[: _leaning(phrase, hit)] + text[hit.end :]
    previous = None
    while previous != text:
        previous = text
        text = MARKERS.sub("", EMPTY_BRACKETS.sub("", text))
    words = bare(text.strip(EDGE)).strip(EDGE)
    if ENCLOSED.fullmatch(words):
        words = words[1:-1]
    return words if has_words(words) else ""


def _opens_sentence(phrase: Phrase, hit: Found) -> bool:
    """Whether a length at the front runs on into the words behind it."""
    return isinstance(hit.value, Length) and hit.begin == 0 and not SET_OFF.match(phrase.text[hit.end :])


def _leaning(phrase: Phrase, hit: Found) -> int:
    """Where the words begin that lean on an expression: the "due" of "(due 11 May)", the "By" of "By day 90:"."""
    before = phrase.text[: hit.begin]
    if in_front(before):
        return len(_without_articles(before))
    words = LEANING.search(before) if hit.bound is not None else None
    if words is None or before[: words.start()].rstrip()[-1:] not in {"", "(", "[", "（"}:
        return hit.begin
    return words.start()


def _without_articles(before: str) -> str:
    """The text in front of an expression without the articles that end it: the "On the" of "On the last Friday"."""
    while before and (words := before.split()) and words[-1].casefold() in ARTICLES:
        before = before.rstrip()[: -len(words[-1])]
    return before


def own_length(phrase: Phrase) -> Length | None:
    """How long the line's work takes: a length in brackets, or set off at the front or the end, not one it talks of."""
    for hit in phrase.found:
        if not isinstance(hit.value, Length):
            continue
        before, after = _around(phrase, hit)
        set_off = SET_OFF.match(after) is not None
        if _inside_brackets(before, after) or (in_front(before) and (set_off or not after.strip())):
            return hit.value
        if CLOSERS.match(after) and OPENERS.search(before) and before.strip():
            return hit.value
    return None


def _is_removable(phrase: Phrase, hit: Found) -> bool:
    before, after = _around(phrase, hit)
    if in_front(before) or _inside_brackets(before, after):
        return True
    if hit.bound is not None and not bare(LEANING.sub("", before)).strip(EDGE):
        return True
    return CLOSERS.match(after) is not None and OPENERS.search(before) is not None


def is_single_day(when: When) -> bool:
    """Whether the place is one day rather than a span."""
    if when.ordinal is None and when.written is None and when.offset is not None:
        return when.offset.unit is Unit.DAY and when.offset.near in {None, when.offset.far}
    if when.ordinal is not None and when.ordinal.unit is not Unit.DAY:
        return False
    if when.ordinal is not None:
        return when.ordinal.first == when.ordinal.last
    written = when.written
    return (
        written is not None
        and written.first == written.last
        and (written.first.day is not None or written.first.numeric is not None)
    )


def is_day_range(when: When) -> bool:
    """Whether the place is a run of days counted or dated as such."""
    if when.ordinal is not None:
        return when.ordinal.unit is Unit.DAY and when.ordinal.first != when.ordinal.last
    written = when.written
    return written is not None and written.first != written.last and written.last.day is not None
