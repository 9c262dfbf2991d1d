"""Whole numbers, runs of numbers, decimals, and the marks that make a number an ordinal."""

from sync.reading.ideographs import HANGUL
from sync.reading.lexer import DASHES, Token, Tokens

Run = tuple[int, int | None]
ARROW_TIPS = frozenset({">", "-", "–"})
TIME_SIGNS = frozenset({"%", "年", "月", "년", "월"})
TIME_WORDS = ("month", "am", "pm", "clock_word")


def number(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number in digits or as a word."""
    token = tokens[i]
    if token.number is not None:
        return token.number, i + 1
    value = token.features.get("number")
    if not isinstance(value, int) or (token.stuck and len(token.text) == 1):
        return None
    return value, i + 1


def roman(token: Token) -> int | None:
    """The value of a Roman numeral in capitals."""
    value = token.features.get("roman")
    return value if isinstance(value, int) and token.text.isupper() else None


def connector(tokens: Tokens, i: int) -> int | None:
    """The position after a sign or word that joins the two ends of a range, and after an article behind it."""
    token = tokens[i]
    if token.text in DASHES:
        return i + 2 if tokens[i + 1].text in ARROW_TIPS and not tokens[i + 1].spaced else i + 1
    if "range" not in token.features:
        return None
    while tokens[i + 1].has("of") and not tokens[i + 1].has("range"):
        i += 1
    return i + 1


def nth_mark(tokens: Tokens, i: int) -> int | None:
    """The position after the mark of an ordinal glued to its number: st, º, .ª, -я, 번째; a dot alone is none."""
    token = tokens[i]
    if token.spaced and not HANGUL.match(token.text):
        return None
    if token.has("nth_suffix"):
        return i + 1
    following = tokens[i + 1]
    if token.text in {".", "-"} and following.has("nth_suffix") and not following.spaced:
        return i + 2
    return None


def is_year(tokens: Tokens, i: int) -> bool:
    """Whether four digits name a year."""
    token = tokens[i]
    return token.number is not None and len(token.text) == 4 and 1900 <= token.number <= 2200


def year(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A year in four digits or as '26, with the г. that may follow."""
    digits = tokens[i + 1]
    if is_year(tokens, i):
        return int(tokens[i].number or 0), past_year_mark(tokens, i + 1)
    if tokens[i].text == "'" and len(digits.text) == 2 and digits.number is not None:
        return 2000 + digits.number, i + 2
    return None


def past_year_mark(tokens: Tokens, i: int) -> int:
    """The position after the г. of 2026 г."""
    return past_dot(tokens, i + 1) if tokens[i].has("year_mark") else i


def past_dot(tokens: Tokens, i: int) -> int:
    """The position after a dot that closes the word before it."""
    return i + 1 if tokens[i].text == "." and not tokens[i].spaced else i


def past_about(tokens: Tokens, i: int) -> int:
    """The position after words such as about, ca., roughly."""
    while tokens[i].has("about") or tokens[i].text == "~":
        i = past_dot(tokens, i + 1)
    return i


def run(tokens: Tokens, i: int) -> tuple[Run, int] | None:
    """One number or a rising range (3-4, 3 to 4, 3 & 4, 27+); the last number is None for an open run."""
    head = number(tokens, i)
    if head is None:
        return None
    first, after = head
    if tokens[after].text == "+" and not tokens[after].spaced:
        return (first, None), after + 1
    joint = connector(tokens, after)
    if joint is None and tokens[after].text in {"&", "+", ","}:
        joint = after + 1
    if joint is not None:
        tail = number(tokens, joint)
        # "Day 3 - 5 exercises" is a day with a title: a spaced dash joins only what a plural announces
        if tail is not None and first < tail[0] and not _counts_something(tokens, after, joint, tail[1]):
            return (first, tail[0]), tail[1]
    elif (
        tokens[after].has("and") and (tail := number(tokens, after + 1)) is not None and tail[0] == first + 1
    ):
        return (first, tail[0]), tail[1]
    return (first, first), after


def falling(tokens: Tokens, i: int, first: int) -> tuple[int, int] | None:
    """The 8 of Day 10-8, with the position after it: a range that runs backwards, to be told rather than guessed."""
    joint = connector(tokens, i)
    if joint is None or tokens[i].spaced or tokens[joint].spaced:
        return None
    last, after = tokens[joint].number, joint + 1
    if last is None or last >= first or _begins_time(tokens, joint, after):
        return None
    # "Day 3-2 exercises" is a day with a title
    return None if tokens[after].spaced and tokens[after].text[:1].islower() else (last, after)


def _counts_something(tokens: Tokens, dash: int, joint: int, after: int) -> bool:
    """Whether the second number begins a title (Day 3 - 5 exercises), a list (Day 3, 5 exercises) or a time."""
    if _begins_time(tokens, joint, after):
        return True
    loose = tokens[dash].spaced and tokens[joint].spaced
    following = tokens[after]
    is_word = following.text[:1].isalpha() and following.spaced and not following.has("unit")
    return (loose or tokens[dash].text == ",") and is_word and following.text[0].islower()


def _begins_time(tokens: Tokens, i: int, after: int) -> bool:
    """Whether the number at `i` belongs to a date or a clock time: Day 1 - 9:00, Week 1 - 4 May, Day 1, 06.01."""
    sign, following = tokens[after], tokens[after + 1]
    if len(tokens[i].text) == 4 or sign.text in TIME_SIGNS or any(sign.has(word) for word in TIME_WORDS):
        return True
    if sign.text == "." and not sign.spaced and following.has("month"):
        return True
    return (
        sign.text in {":", ".", "/"}
        and not sign.spaced
        and following.number is not None
        and not following.spaced
    )


def decimal(tokens: Tokens, i: int) -> tuple[float, int] | None:
    """A number that may have a fraction: 2, 1.5, 1,5."""
    head = number(tokens, i)
    if head is None:
        return None
    whole, after = head
    fraction = tokens[after + 1]
    if (
        tokens[after].text in {".", ","}
        and not tokens[after].spaced
        and not fraction.spaced
        and fraction.number is not None
        and len(fraction.text) <= 2
    ):
        return float(f"{whole}.{fraction.number:0{len(fraction.text)}d}"), after + 2
    return float(whole), after
