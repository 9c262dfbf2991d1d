"""The scripts that are written without blanks: which characters they have and how they write numbers."""

import re

CHARACTERS = r"\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Han, kana and hangul as the inside of a character class; the middle dot 30FB is punctuation."""

IDEOGRAPH = re.compile(f"[{CHARACTERS}]")
HANGUL = re.compile(r"[\uac00-\ud7af]")
KANA = re.compile(r"[\u3040-\u30ff]")

NUMERALS = "〇零一二两兩三四五六七八九十"
DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
COMPOSED = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
YEAR_DIGITS = 4


def numeral(text: str) -> int | None:
    """The value of a Han numeral below 100, or of four digits that name a year; None for anything else."""
    if len(text) == 1 and text in DIGITS:
        return DIGITS[text]
    composed = COMPOSED.fullmatch(text)
    if composed is not None:
        tens, ones = composed.groups()
        return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
    if len(text) == YEAR_DIGITS and all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    return None
