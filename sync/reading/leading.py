"""The time with which a line begins, and what that makes of the line."""

from sync.reading.expressions import Bound, Clock, DayPart, Found, Rate, Weekdays, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.placing import EDGE, EMPTY_BRACKETS, SET_OFF, around, in_front, leads, place


def led_by(phrase: Phrase) -> Bound | None:
    """The word that leans on the place with which a line begins, as in "By week 4: report"."""
    if not phrase.found:
        return None
    bound = phrase.found[0].bound
    return bound if leads(phrase, *around(phrase, phrase.found[0]), bound) else None


def leading_days(phrase: Phrase) -> Weekdays | None:
    """The weekdays with which a line begins or which it gives in brackets."""
    hit = phrase.hit(Weekdays)
    if hit is None:
        return None
    before = phrase.text[: hit.begin]
    led = in_front(phrase, before) or before.rstrip().endswith(("(", "（"))
    return hit.value if led and isinstance(hit.value, Weekdays) else None


def single_weekday(phrase: Phrase) -> int | None:
    """The one weekday with which a line begins."""
    days = leading_days(phrase)
    return days.days[0] if days is not None and len(days.days) == 1 and not days.plural else None


def opens_with_clock(phrase: Phrase) -> bool:
    """Whether a line begins with a clock time, as in "09:00 breakfast"."""
    return bool(phrase.found) and isinstance(phrase.found[0].value, Clock) and phrase.found[0].begin <= 1


def leading_rate(phrase: Phrase) -> Rate | None:
    """The rhythm with which a line begins, on days by name or set off from what is done: "Daily: swim"."""
    head = phrase.found[0] if phrase.found else None
    if head is None or not isinstance(head.value, Rate) or not in_front(phrase, phrase.text[: head.begin]):
        return None
    _, after = around(phrase, head)
    after = EMPTY_BRACKETS.sub("", after)
    bounds = phrase.found[1:2] and phrase.found[1].bound in {Bound.BY, Bound.SINCE}
    return head.value if head.value.days or bounds or SET_OFF.match(after) or not after.strip() else None


def dates_only_bound(phrase: Phrase) -> bool:
    """Whether the dates of a line say from when to when something comes again rather than on which day it is."""
    if phrase.first(Written) is None or (phrase.first(Weekdays) is None and phrase.first(Rate) is None):
        return False
    when = place(phrase)
    written = when.written
    if written is None or when.ordinal or when.offset:
        return False
    return written.first != written.last or when.bound in {Bound.BY, Bound.SINCE}


def is_bounded_series(phrase: Phrase) -> bool:
    """Whether a line begins with what comes again between dates: "Monday 18:00 (12 - 31 January): lanes"."""
    led = leading_days(phrase) is not None or leading_rate(phrase) is not None
    return led and dates_only_bound(phrase)


def leading_clock(phrase: Phrase) -> Clock | None:
    """The clock time with which a line begins, or that it gives in brackets or at its end."""
    hit = phrase.hit(Clock)
    if hit is None or not isinstance(hit.value, Clock) or hit.bound is Bound.BY:
        return None
    before = phrase.text[: hit.begin]
    words, _ = around(phrase, hit)
    at_front = in_front(phrase, words)
    bracketed = before.rstrip().endswith(("(", "（", "@", "-", "–", "—", ",", ":"))
    at_end = not _without_times(phrase, hit.end).strip(EDGE + "()[]（）")
    return hit.value if at_front or bracketed or at_end else None


def leading_part(phrase: Phrase) -> str | None:
    """The part of the day with which a line begins, set off from the rest or all of it: "Morning: pitch the tent"."""
    hit = phrase.hit(DayPart)
    if hit is None or not isinstance(hit.value, DayPart):
        return None
    before, after = around(phrase, hit)
    after = EMPTY_BRACKETS.sub("", after)
    led = in_front(phrase, before) and (SET_OFF.match(after) or not after.strip())
    return hit.value.name if led else None


def _without_times(phrase: Phrase, begin: int) -> str:
    """What a line says from a character on, beside its times."""
    text = ""
    for hit in phrase.found:
        if hit.begin >= begin:
            text += phrase.text[begin : hit.begin]
            begin = hit.end
    return text + phrase.text[begin:]


def named_before_times(phrase: Phrase) -> str:
    """The name with which a line begins that ends in its times: "Tandem every Tuesday, 19:00-20:00"; else the line."""
    counted = any(isinstance(hit.value, Rate) and not _is_rhythm(phrase, hit) for hit in phrase.found)
    if not phrase.found or counted:
        return phrase.text
    first = phrase.found[0].begin
    said = _without_times(phrase, first).strip(EDGE + "()[]（）@").casefold().split()
    timed = any(isinstance(hit.value, Clock | Weekdays) or _is_rhythm(phrase, hit) for hit in phrase.found)
    words = phrase.text[:first].rstrip(EDGE + "([（@")
    return words if timed and words and phrase.words.particles.articles.issuperset(said) else phrase.text


def _is_rhythm(phrase: Phrase, hit: Found) -> bool:
    """Whether an expression is a rhythm (daily, every Tuesday) rather than a quantity (2 problems/day)."""
    if not isinstance(hit.value, Rate) or hit.value.low > 1 or not phrase.text[hit.begin].isalpha():
        return False
    first = phrase.words.words.get(phrase.text[hit.begin : hit.end].split()[0].casefold(), {})
    return "per" not in first or "every" in first
