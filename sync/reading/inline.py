"""A line's own text: Markdown's signs, done marks and decoration taken off."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

REMEMBERED = 1024
SIGNS = re.compile(r"[*_`~\[<&\\]")
LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?:\s+\"[^\"]*\")?\)")
STRUCK = re.compile(r"~~(.+?)~~")
STRUCK_THROUGH = re.compile(r"~~[^~]+~~\s*(?:$|[-–—:(,;✅☑✔✓])")
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+?)(?<=[^\s*_])\1(?![\w*])")
CODE = re.compile(r"(`+)(.+?)\1")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
STRAY = re.compile(r"(?<!\w)\*{1,3}(?!\s)|(?<!\s)\*{1,3}(?!\w)")

BOX = re.compile(r"^(?:\[([ xX✓✔✗✘~/-]?)\]|([☐□◻⬜▢☑]\ufe0f?)(?=\s))\s*")
DONE_BOX = frozenset("xX✓✔☑")
WHOLE_STRONG = re.compile(r"^[^\w*]*(\*\*|__)(?P<body>[^*]+?)\1\s*:?[^\w*]*$")
WHOLE_EMPHASIS = re.compile(r"^[^\w*]*([*_])(?P<body>[^*_]+?)\1\s*:?[^\w*]*$")
LEAD = re.compile(
    r"^[^\w*]*(?:\*\*|__)(?P<lead>[^*]+?)(?:(?P<inside>[:：])\s*(?:\*\*|__)|(?:\*\*|__)\s*(?:\([^()]*\)\s*)?[:：])\s*(?P<rest>.*)$"
)
PLAIN_LEAD = re.compile(r"^[^\w]*(?P<lead>[^\W\d][^:：.!?]{0,38}?)\s*[:：](?!//)\s*(?P<rest>.*)$")

# Pictographs, dingbats, arrows used as bullets, joiners and variation selectors.
DECORATION = (
    "\u200d\ufe0e\ufe0f\u20e3\u2022\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u25c6\u25c7\u2605\u2606"
    "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
LEADING = re.compile(rf"^(?:[\s{DECORATION}]|[0-9#*]\ufe0f?\u20e3)+")
TRAILING = re.compile(rf"[\s{DECORATION}]+$")
DIGITS = frozenset("0123456789")
TICKED = re.compile(r"(?:✅|☑|✔|✓)\ufe0f?\s*$")


@dataclass(frozen=True, slots=True)
class Box:
    """A checkbox: what stands after it, and whether it is ticked."""

    rest: str
    done: bool


def box(markup: str) -> Box | None:
    """The checkbox at the beginning of a list item, in any of the ways people draw one."""
    match = BOX.match(markup)
    if match is None:
        return None
    mark = (match.group(1) or match.group(2) or " ").rstrip("\ufe0f")
    return Box(markup[match.end() :], mark in DONE_BOX)


def clean(markup: str) -> str:
    """The text as a reader sees it: no Markdown, no tags, entities resolved; emoji stay."""
    return _without_signs(markup) if SIGNS.search(markup) else markup.strip()


@lru_cache(maxsize=REMEMBERED)
def _without_signs(markup: str) -> str:
    """The cleaned text of a line, which is asked for again and again while it is read."""
    text = BREAK.sub(" ", markup) if "<" in markup else markup
    text = CODE.sub(lambda match: match.group(2).strip(), text) if "`" in text else text
    if "](" in text:
        text = LINK.sub(r"\1", text)
    if "~~" in text:
        text = STRUCK.sub(r"\1", text)
    if "**" in text or "__" in text:
        text = STRONG.sub(r"\2", text)
    if "*" in text or "_" in text:
        text = EMPHASIS.sub(r"\2", text)
    if "\\" in text:
        text = ESCAPE.sub(r"\1", text)
    if "**" in text or "__" in text:
        text = STRAY.sub("", text).replace("**", "")
    text = TAG.sub("", text) if "<" in text else text
    return (html.unescape(text) if "&" in text else text).strip()


def bare(text: str) -> str:
    """A clean text without the emoji and bullets around it, unless nothing else is left."""
    if text.isascii():
        return text.strip()
    if text[:1].isalpha() and (text[-1].isalpha() or text[-1] in DIGITS):
        return text  # as most texts are
    stripped = TRAILING.sub("", LEADING.sub("", text))
    return stripped or text.strip()


def has_words(text: str) -> bool:
    """Whether a text says anything at all, rather than being signs and emoji."""
    return text[:1].isalnum() or any(char.isalnum() for char in text)


def is_ticked(markup: str) -> bool:
    """Whether the line ends in a tick, as in "Kickoff: 15 Jan ✅"."""
    return not markup.isascii() and TICKED.search(markup.rstrip("*_ ")) is not None


def is_struck(markup: str) -> bool:
    """Whether a text is struck through, as a whole or up to a sign: "~~Piranesi~~ (272 pages)"."""
    return STRUCK_THROUGH.match(markup.strip()) is not None


def lead(markup: str) -> tuple[str, str] | None:
    """The bold label before a colon and what follows it: "**Goal:** think" gives ("Goal", "think")."""
    match = LEAD.match(markup) if "**" in markup or "__" in markup else None
    return (clean(match["lead"]).rstrip(":"), match["rest"]) if match else None


def plain_lead(text: str) -> tuple[str, str] | None:
    """The label before a colon in plain text: "Goal: think" gives ("Goal", "think")."""
    match = PLAIN_LEAD.match(text) if ":" in text or "：" in text else None
    return (match["lead"].strip(), match["rest"]) if match else None
