"""How the words around an expression lean on it: by May, the end of week 1, until Friday, 4月7日まで, 5월 말."""

from sync.reading.expressions import Bound, Clock, Expression, Ordinal, Weekdays, Written
from sync.reading.lexer import Tokens

AHEAD = (
    ("end", Bound.END),
    ("begin", Bound.BEGIN),
    ("mid", Bound.MID),
    ("late", Bound.LATE),
    ("since", Bound.SINCE),
)
BEHIND = (
    ("by_behind", Bound.BY),
    ("end_behind", Bound.END),
    ("begin_behind", Bound.BEGIN),
    ("mid_behind", Bound.MID),
    ("late_behind", Bound.LATE),
    ("since_behind", Bound.SINCE),
)


def is_range(value: Expression) -> bool:
    """Whether an expression has two ends that differ."""
    match value:
        case Written(first, last) | Ordinal(first=first, last=last):
            return first != last
        case Clock(end=end):
            return end is not None
        case Weekdays(days):
            return len(days) > 1
        case _:
            return False


def bound_behind(tokens: Tokens, i: int, value: Expression) -> tuple[Bound | None, int]:
    """What the word behind an expression makes of it: 4月7日まで, 5月4日前, 5월 말."""
    token = tokens[i]
    if not token.features:
        return None, i
    if is_range(value):
        return None, i + 1 if token.has("until") else i
    if isinstance(value, (Written, Ordinal, Clock, Weekdays)):
        for feature, leaning in BEHIND:
            if token.has(feature):
                return leaning, i + 1
    return None, i


def bound(tokens: Tokens, i: int, floor: int = 0, *, dated: bool = True) -> Bound | None:
    """How the words before an expression lean on it, back to `floor`: by, the end of, the beginning of.

    Before means by only where a date follows (`dated`): voor week 3 is for week 3.
    """
    at = _before_article(tokens, i - 1, floor)
    if at > floor and tokens[at].is_dash and not tokens[at].spaced and tokens[at - 1].has("mid"):
        at -= 1
    if at < floor:
        return None
    if not tokens[at].features and tokens[at].text != ":":
        return None  # as before most of them
    leaning = next((leaning for feature, leaning in AHEAD if tokens[at].has(feature)), None)
    if leaning is Bound.END:  # by the end of May is by May
        due = _before_article(tokens, at - 1, floor)
        return Bound.BY if due >= floor and tokens[due].has("by") else leaning
    if leaning is not None:
        return leaning
    if tokens[at].text == ":" and at > floor:
        at -= 1
    return Bound.BY if tokens[at].has("by") and (dated or not tokens[at].has("before")) else None


def _before_article(tokens: Tokens, i: int, floor: int) -> int:
    """The position of the last word that is neither an article nor a preposition, from `i` down to `floor`."""
    while i >= floor and tokens[i].has("of"):
        i -= 1
    return i
