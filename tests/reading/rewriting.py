"""Ways to write the same plan differently: what a person, an editor or another program does to a text."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import sync.reading
from tests.reading.casebook import Case

LANGUAGES = Path(sync.reading.__file__).with_name("languages")
BULLET = re.compile(r"^(\s*)[-*+](?= )")
HEADING = re.compile(r"^(#{1,5}) (.+)$")
ITEM = re.compile(r"^(\s*[-*+] (?:\[[ xX]\] )?)([^\[\]*~<>`\n]+)$")
BETWEEN_WORDS = re.compile(r"(?<=\w) (?=\w)")
FOREIGN = ("layout: post", "date: 2019-05-06", "tags: [week-9, plans]")

Change = Callable[[str], str]


def _prose(text: str, change: Change) -> str:
    """The text with each line changed that is neither front matter nor inside a fence or HTML."""
    lines = text.split("\n")
    at = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    made, fenced = lines[:at], False
    for line in lines[at:]:
        fence = line.startswith("```")
        fenced ^= fence
        verbatim = fenced or fence or line.lstrip().startswith("<")
        made.append(line if verbatim else change(line))
    return "\n".join(made)


def bullets(sign: str) -> Change:
    """Every bullet drawn with another sign."""
    return lambda text: _prose(text, lambda line: BULLET.sub(rf"\g<1>{sign}", line))


def deeper(text: str) -> str:
    """Every heading one level deeper."""
    return _prose(text, lambda line: HEADING.sub(r"#\1 \2", line))


def trailing(blanks: str) -> Change:
    """Blanks at the end of every line that says something."""
    return lambda text: _prose(text, lambda line: line + blanks if line.strip() else line)


def no_break(text: str) -> str:
    """No-break blanks between the words."""
    return _prose(text, lambda line: BETWEEN_WORDS.sub("\u00a0", line))


def emoji(text: str) -> str:
    """An emoji before the words of every heading."""
    return _prose(text, lambda line: HEADING.sub(r"\1 🎯 \2", line))


def bold_headings(text: str) -> str:
    """Bold headings."""
    return _prose(text, lambda line: HEADING.sub(r"\1 **\2**", line))


def bold_items(text: str) -> str:
    """Bold list items."""
    return _prose(text, lambda line: ITEM.sub(r"\1**\2**", line))


def closed_headings(text: str) -> str:
    """Headings that close with their signs, as in `## Week 1 ##`."""
    return _prose(text, lambda line: HEADING.sub(r"\1 \2 \1", line))


def airy(text: str) -> str:
    """Two blank lines for each one."""
    return _prose(text, lambda line: line or "\n")


def foreign(text: str) -> str:
    """Another program's front matter beside ours, or alone."""
    if text.startswith("---\n"):
        return text.replace("---\n", "\n".join(["---", *FOREIGN, ""]), 1)
    return "\n".join(["---", *FOREIGN, "---", text])


def wide_digits(text: str) -> str:
    """Full-width digits in headings."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return _prose(text, lambda line: line.translate(wide) if HEADING.match(line) else line)


REWRITINGS: Mapping[str, Change] = {
    "star": bullets("*"),
    "plus": bullets("+"),
    "deeper": deeper,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "mark": lambda text: "\ufeff" + text,
    "blank": trailing(" "),
    "blanks": trailing("   "),
    "no-break": no_break,
    "emoji": emoji,
    "bold-headings": bold_headings,
    "bold-items": bold_items,
    "closed-headings": closed_headings,
    "airy": airy,
    "cut": lambda text: text.rstrip("\n"),
    "foreign": foreign,
    "wide-digits": wide_digits,
    "apart": lambda text: unicodedata.normalize("NFD", text),
}
"""The laws by name: none of these changes what a text asks for."""


def language(case: Case) -> str:
    """The language of a case, by its name."""
    return case.name[5:7] if case.name.startswith("lang-") else "en"


@cache
def months(code: str) -> tuple[tuple[str, ...], ...]:
    """The forms of each month's name in one language, from January on."""
    data = json.loads((LANGUAGES / f"{code}.json").read_text("utf-8")).get("month", {})
    return tuple(tuple(data.get(str(number), ())) for number in range(1, 13))


def renamed(text: str, code: str, form: Callable[[tuple[str, ...]], str]) -> str:
    """The text with each month beside a number written in another form."""
    for forms in filter(None, months(code)):
        names = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        found = re.compile(rf"(?i)(?<=[\d.] )(?:{names})\b|\b(?:{names})(?=\.? (?:de )?\d)")
        text = _prose(text, lambda line, found=found, forms=forms: found.sub(form(forms), line))  # type: ignore[misc]  # bound now
    return text


def numbered_months(text: str, code: str) -> str:
    """The text with the number of each month in place of its name, so that titles compare."""
    for number, forms in enumerate(months(code), start=1):
        if not forms:
            continue
        names = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        text = re.sub(rf"(?i)\b(?:{names})\b", f"M{number}", text)
    return text


MONTH_FORMS: Mapping[str, Callable[[tuple[str, ...]], str]] = {
    "first form": lambda forms: forms[0].capitalize(),
    "last form": lambda forms: forms[-1].capitalize(),
    "capitals": lambda forms: forms[0].upper(),
    "small": lambda forms: forms[0],
}


def shuffles(text: str) -> Iterator[str]:
    """The text with its sections (level 2) backwards, and turned by one."""
    head, *sections = text.rstrip("\n").split("\n## ")
    for order in (sections[::-1], [*sections[1:], *sections[:1]]):
        yield "\n\n## ".join([head.rstrip("\n"), *(each.rstrip("\n") for each in order)]) + "\n"
