"""Which of the times in a line is the line's own place."""

import re
from calendar import monthrange
from dataclasses import replace
from functools import lru_cache

from sync.reading.expressions import (
    Bound,
    Clock,
    Expression,
    Extent,
    Found,
    Length,
    Offset,
    Ordinal,
    PartialDate,
    Unit,
    Written,
)
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import TRAILING, bare
from sync.reading.roadmap import NOWHEN, When

FARTHEST = {Unit.DAY: 3660, Unit.WEEK: 530, Unit.MONTH: 120, Unit.QUARTER: 40, Unit.YEAR: 50, Unit.PHASE: 200}
"""The highest number of each unit that counts time: some ten years."""
Placing = Ordinal | Written | Offset | Extent
CLOSERS = re.compile(r"^[\s)\]）.!:：,;*~&+/-–—✅☑✔🎉🚀💼]*$")
SET_OFF = re.compile(r"\s*(?:[:：–—|·•,;]|-\s|\s-)")
"""A sign that sets what stands before it apart from what follows."""
EMPTY_BRACKETS = re.compile(r" ?[(\[（][\s:：,;.!?|·~+&/–—-]*[)\]）]")
CLOSING_BRACKET = re.compile(r"[)\]）]")
BRACKETS = re.compile(r"[(（](?P<inside>[^()（）]*)[)）]")
YEAR, WEEK, WORKING_WEEK = 365, 7, 5
REMEMBERED = 1024
EDGE = " \t:：-–—−.,;|·•→~/&"


@lru_cache(maxsize=REMEMBERED)
def place(phrase: Phrase) -> When:
    """The place in time that the line as a whole has; falsy where it has none."""
    when = NOWHEN
    for hit in phrase.found:
        if (
            isinstance(hit.value, Ordinal | Written | Offset | Extent)
            and _is_sane(hit.value)
            and _is_placed(phrase, hit)
        ):
            when = _with(when, hit)
    if when.ordinal is not None and phrase.first(Clock) is not None and _is_date(when.written):
        # "Week 27: kickoff (Mon 29 June, 10:00)" happens at that hour, it does not last a week
        return replace(when, ordinal=None, inner=None)
    if is_only_length(when):
        return when if _in_brackets(phrase) else NOWHEN
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
        else max(value.first, value.last or 0)
    )
    return number <= FARTHEST[value.unit]


def _with(when: When, hit: Found) -> When:
    value = hit.value
    if when is NOWHEN:
        return _alone(value, hit.bound)
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


def _alone(value: Expression, bound: Bound | None) -> When:
    """The place that one expression gives."""
    if isinstance(value, Ordinal):
        return When(ordinal=value, bound=bound)
    if isinstance(value, Written):
        return When(written=value, bound=bound)
    if isinstance(value, Offset):
        return When(offset=value)
    assert isinstance(value, Extent)
    return When(extent=value)


def _is_placed(phrase: Phrase, hit: Found) -> bool:
    """Whether an expression stands where a line says its own place: in front, in brackets, at the end."""
    if is_named(phrase, hit):
        return False
    before, after = around(phrase, hit)
    if in_front(phrase, before) or leads(phrase, before, after, hit.bound):
        return True
    if hit.bound in {Bound.END, Bound.BY, Bound.SINCE} and (len(before.split()) <= 4 or closes(after)):
        return True
    if is_full(hit.value) and closes(after):
        return True
    if hit is not phrase.found[0] and _says_more(phrase, hit):
        return False
    return inside_brackets(before, after) or (closes(after) and is_opened(phrase, before))


def closes(after: str) -> bool:
    """Whether nothing but signs and emptied brackets follows."""
    return CLOSERS.match(without_empty_brackets(after)) is not None


def without_empty_brackets(text: str) -> str:
    """The text without brackets around nothing but signs."""
    return EMPTY_BRACKETS.sub("", text) if CLOSING_BRACKET.search(text) is not None else text


def around(phrase: Phrase, hit: Found) -> tuple[str, str]:
    """The text before and after an expression, without the other expressions."""
    if len(phrase.found) == 1:
        return phrase.text[: hit.begin], phrase.text[hit.end :]
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


def in_front(phrase: Phrase, before: str) -> bool:
    """Whether nothing but signs, emptied brackets and an article stands before."""
    return not before or _are_articles(before, phrase.words.particles.articles)


@lru_cache(maxsize=REMEMBERED)
def _are_articles(text: str, articles: frozenset[str]) -> bool:
    """Whether a text is only articles, signs and emptied brackets; the same line is asked about again and again."""
    words = bare(without_empty_brackets(text)).strip(EDGE + '([（#*>~"“')
    return articles.issuperset(words.casefold().split())


def leads(phrase: Phrase, before: str, after: str, bound: Bound | None) -> bool:
    """Whether an expression and a word that leans on it begin a line, set off from the rest."""
    if bound is None or phrase.words.particles.leaning.sub("", before).strip(EDGE):
        return False
    return SET_OFF.match(after) is not None or not after.strip()


def is_opened(phrase: Phrase, before: str) -> bool:
    """Whether what stands before an expression sets it off from the words: a sign, or an emoji."""
    return (
        not before.isascii() and TRAILING.sub("", before) != before.rstrip()
    ) or phrase.words.particles.opening.search(before) is not None


def inside_brackets(before: str, after: str) -> bool:
    """Whether brackets stand around an expression, opened not far before it."""
    opened = max(before.rfind("("), before.rfind("["), before.rfind("（"))
    if opened < 0:
        return False
    closed = max(before.rfind(")"), before.rfind("]"), before.rfind("）"))
    return opened > closed and any(sign in after for sign in ")]）") and len(before) - opened < 40


def lasting(phrase: Phrase) -> Extent | None:
    """How long a part lasts whose heading says nothing else of time: Basics (2 weeks), Basics: 2 weeks."""
    hit = phrase.hit(Extent)
    if hit is None or any(isinstance(each.value, Ordinal | Written | Offset) for each in phrase.found):
        return None
    before, after = around(phrase, hit)
    at_end = closes(after) and before.strip() and is_opened(phrase, before)
    return hit.value if isinstance(hit.value, Extent) and (at_end or inside_brackets(before, after)) else None


def _in_brackets(phrase: Phrase) -> bool:
    hit = phrase.hit(Extent)
    return hit is not None and inside_brackets(phrase.text[: hit.begin], phrase.text[hit.end :])


def own_length(phrase: Phrase) -> Length | None:
    """How long the line's work takes: a length in brackets, or set off at the front or the end, not one it talks of."""
    for hit in phrase.found:
        if not isinstance(hit.value, Length):
            continue
        before, after = around(phrase, hit)
        set_off = SET_OFF.match(after) is not None
        if inside_brackets(before, after) or (in_front(phrase, before) and (set_off or not after.strip())):
            return hit.value
        if closes(after) and is_opened(phrase, before) and before.strip():
            return hit.value
    return None


def is_only_length(when: When) -> bool:
    """Whether a place is a length and nothing else: it needs what comes before it to be a place."""
    return bool(when.extent) and not (when.ordinal or when.written or when.offset)


def is_single_day(when: When) -> bool:
    """Whether the place is one day rather than a span."""
    if when.ordinal is None and when.written is None and when.offset is not None:
        return when.offset.unit is Unit.DAY and when.offset.near in {None, when.offset.far}
    if when.ordinal is not None and when.ordinal.unit is not Unit.DAY:
        return False
    if when.ordinal is not None:
        return when.ordinal.first == when.ordinal.last
    written = when.written
    return written is not None and when.extent is None and written.first == written.last and has_day(written)


def is_day_range(when: When) -> bool:
    """Whether the place is a run of days counted or dated as such."""
    if when.ordinal is not None:
        return when.ordinal.unit is Unit.DAY and when.ordinal.first != when.ordinal.last
    written = when.written
    return written is not None and written.first != written.last and has_day(written)


def has_day(written: Written) -> bool:
    """Whether a date names its day rather than a month or a year."""
    return written.last.day is not None or written.last.numeric is not None


def is_one_week(when: When) -> bool:
    """Whether the place is a single week, in which a weekday names a day: Week 3, or dates of five to seven days."""
    ordinal, written = when.ordinal, when.written
    if ordinal is not None:
        return ordinal.unit is Unit.WEEK and ordinal.last in {None, ordinal.first}
    if written is None or written.first == written.last:
        return False
    first, last = (_in_any_year(part) for part in (written.first, written.last))
    return first is not None and last is not None and WORKING_WEEK <= (last - first) % YEAR + 1 <= WEEK


def _in_any_year(part: PartialDate) -> int | None:
    """The number of a day in a year of 365 days, where its month and its day are told."""
    if part.month is None or part.day is None:
        return None
    return part.day + sum(monthrange(2025, month)[1] for month in range(1, part.month))


def _is_date(written: Written | None) -> bool:
    return written is not None and written.first == written.last and written.first.day is not None


def is_full(value: object) -> bool:
    """Whether a date needs nothing around it to be one: 2026-05-20, 20 May 2026."""
    return isinstance(value, Written) and bool(value.last.year and value.last.month and value.last.day)


def is_named(phrase: Phrase, hit: Found) -> bool:
    """Whether a unit is a word of the title behind a single date: "30 Sep: Q3 review"."""
    head = phrase.found[0]
    if hit is head or not isinstance(hit.value, Ordinal):
        return False
    numbered = phrase.text[hit.end - 1].isdigit()
    if numbered and hit.value.unit.rank >= Unit.WEEK.rank:
        return False
    behind = isinstance(head.value, Written) and _is_date(head.value) and head.begin <= 1
    return behind and SET_OFF.match(phrase.text[head.end :]) is not None


def _says_more(phrase: Phrase, hit: Found) -> bool:
    """Whether the bracket around an expression is a sentence of its own: (within 14 days), (Good Friday is 3 April)."""
    bracket = next(
        (each for each in BRACKETS.finditer(phrase.text) if each.start() <= hit.begin < each.end()), None
    )
    if bracket is None:
        return False
    inside, at = "", bracket.start("inside")
    for other in phrase.found:
        if other.begin >= bracket.start("inside") and other.end <= bracket.end("inside"):
            inside += phrase.text[at : other.begin]
            at = other.end
    particles = phrase.words.particles
    said = particles.leaning.sub("", (inside + phrase.text[at : bracket.end("inside")]).strip(EDGE + "."))
    words = particles.asides.sub("", f"({said.strip(EDGE)})").strip("()").casefold().split()
    return any(len(word) > 2 and word not in particles.articles for word in words)
