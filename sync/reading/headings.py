"""Headings of every sort: a period, a day's topic, a milestone, a routine, or just a heading."""

import re
from dataclasses import replace

from sync.model import Kind, Role
from sync.reading.cycles import Turn, lettered
from sync.reading.desk import CONTEXT_SECTIONS, Context, Desk
from sync.reading.entries import PLACE_WORDS, is_point, placed_entry, point
from sync.reading.expressions import Bound, Extent, Ordinal, PartialDate, Rate, Unit, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import lead, plain_lead
from sync.reading.leading import is_bounded_series
from sync.reading.lexer import plain
from sync.reading.nodes import Node, Shape
from sync.reading.placing import is_only_length, lasting, place
from sync.reading.roadmap import NOWHEN, When
from sync.reading.routines import block_of_time, routine
from sync.reading.titles import title

YEAR = re.compile(r"(?:19|20)\d\d")


def lengths_in_sequence(desk: Desk, root: Node) -> dict[int, Extent]:
    """The lengths of headings side by side that say nothing else of time: they follow one another."""
    found: dict[int, Extent] = {}
    for parent in root.walk():
        levels: dict[int, dict[int, Extent]] = {}
        for node in parent.children:
            if node.level and (extent := lasting(desk.phrase(node.text))) is not None:
                levels.setdefault(node.level, {})[id(node)] = extent
        for extents in levels.values():
            found.update(extents if len(extents) > 1 else {})
    return found


def heading(desk: Desk, node: Node, context: Context) -> None:
    """Read a heading, a bold line or a label."""
    phrase = desk.phrase(node.text)
    section = desk.section(node.text)
    lasts = desk.lasting.get(id(node))
    when = When(extent=lasts) if lasts is not None else place(phrase) or _year(node)
    if desk.options.include and _names(node, desk.options.include):
        context = context.inside(wanted=True)
    if not (_aside(desk, node, context, section, when) or _frame(desk, node, context, phrase, section)):
        if _is_section(desk, node, phrase, section, when):
            _section(desk, node, context, section)
            return
        when = _with_dates_below(desk, node, when or _named_before(desk, node))
        if not (_placed(desk, node, context, phrase, when) or routine(desk, node, context, phrase)):
            _section(desk, node, context, section)


def _named_before(desk: Desk, node: Node) -> When:
    """The day of the occasion that a line above named and whose own part this is: "Moving day"."""
    if not node.children:
        return NOWHEN
    point = desk.known(node.text.rstrip(" :："), Kind.MILESTONE, Kind.DEADLINE)
    return point.when if point is not None and point.when.written is not None else NOWHEN


def _aside(desk: Desk, node: Node, context: Context, section: str | None, when: When) -> bool:
    """A heading of what is no plan: a form to fill in, talk, a description, a part left out."""
    if context.section == "checkin":
        desk.mark(node, Role.HEADING)
        desk.below(node, context)
    elif not when and (section == "chatter" or _is_talk(desk, node)):
        desk.silence(node, Role.CHATTER)
    elif context.quiet:
        desk.note(node, context.inside(section=section or context.section))
    elif _is_excluded(desk, node, context):
        desk.note(node, context.inside(section="template"), Role.NOTE)
    else:
        return False
    return True


def _frame(desk: Desk, node: Node, context: Context, phrase: Phrase, section: str | None) -> bool:
    """A heading that only sets what counts below it: a turn of a rotation, a due date, the period's dates."""
    when = place(phrase)
    turn = _turn(desk, node) if not when else None
    if turn is not None:
        desk.mark(node, Role.HEADING)
        desk.below(node, context.inside(turn=turn, section="rhythm"))
    elif when.bound is Bound.BY and section in {None, "milestones", "backlog"} and node.children:
        desk.mark(node, Role.HEADING)
        desk.below(node, context.inside(due=when, section=section or context.section))
    elif _only_dates(phrase, when) and _give_dates(desk, node, context, when):
        desk.below(node, context)
    else:
        return False
    return True


def _is_excluded(desk: Desk, node: Node, context: Context) -> bool:
    """Whether the front matter leaves this part out, by naming it or by naming others."""
    if _names(node, desk.options.exclude) or _is_past_year(desk, node):
        return True
    if (
        not desk.options.include
        or context.wanted
        or node.shape is not Shape.HEADING
        or node.line == desk.title_line
    ):
        return False
    # a part that is asked for may stand deep: what holds it is not left out
    return not any(_names(each, desk.options.include) for each in node.walk())


def _is_past_year(desk: Desk, node: Node) -> bool:
    """Whether a heading is a year of an archive that ended before the plan starts."""
    start = desk.options.start
    text = plain(node.text)
    return start is not None and YEAR.fullmatch(text) is not None and int(text) < start.year


def _names(node: Node, words: tuple[str, ...]) -> bool:
    folded = plain(node.text).casefold()
    return any(plain(word).casefold() in folded for word in words)


def _turn(desk: Desk, node: Node) -> Turn | None:
    """The turn of a rotation that a heading opens."""
    found = lettered(node.text, desk.words) if desk.cycles else None
    if found is None or found[0] not in desk.cycles:
        return None
    return Turn(found[0], found[1], desk.cycles[found[0]])


def _is_talk(desk: Desk, node: Node) -> bool:
    """Whether a bold line without anything below it is the assistant speaking."""
    return node.shape is not Shape.HEADING and not node.children and desk.says("chatter", node.text)


def _is_section(desk: Desk, node: Node, phrase: Phrase, section: str | None, when: When) -> bool:
    """Whether the heading's words outweigh its place: "By end of week 1 you will be able to"."""
    if section not in CONTEXT_SECTIONS and section not in {"checkin", "progress"}:
        return False
    head = phrase.found[0].value if phrase.found and phrase.found[0].begin <= 1 else None
    dated = isinstance(head, Written) and (head.first.day is not None or head.first.year is not None)
    leading = isinstance(head, Ordinal) or dated
    if not when or node.shape is Shape.LABEL:
        return True
    # "Collecting data and results: June" is a month of work, "Results: June" is not
    return not leading and desk.words.opens(f"sections:{section}", title(phrase, drop=PLACE_WORDS))


def _section(desk: Desk, node: Node, context: Context, section: str | None) -> None:
    """A heading without a place of its own."""
    named = None if node.line == desk.title_line else section or context.section
    desk.mark(node, Role.HEADING)
    described = desk.known(node.text, Kind.SESSION)
    if described is not None and not desk.has_boxes(node):
        desk.below(node, context.inside(owner=described, quiet=True))
        return
    block = block_of_time(desk, node, context)
    if block is not None:
        context = block
    rate = desk.phrase(node.text).first(Rate)
    weekly = context.cadence or named == "rhythm" or (rate is not None and rate.unit is Unit.WEEK)
    listed = desk.is_only("work", node.text)
    desk.below(node, context.inside(section=named, cadence=weekly, listed=listed))


def _only_dates(phrase: Phrase, when: When) -> bool:
    """Whether the line is nothing but dates, as in **Jan 19 - Feb 15, 2026**."""
    return when.written is not None and when.ordinal is None and not phrase.rest


def _give_dates(desk: Desk, node: Node, context: Context, when: When) -> bool:
    """Let a line of dates be the dates of the period it stands under."""
    period = context.period
    if period is desk.root or period.when.written not in {None, when.written}:
        return False
    if period.line > node.line or node.shape is Shape.HEADING:
        return False
    period.when = replace(period.when, written=when.written)
    desk.mark(node, Role.META, period)
    return True


def _with_dates_below(desk: Desk, node: Node, when: When) -> When:
    """The heading's place together with the dates that its first line gives."""
    if when.written is not None or node.shape is Shape.LABEL or node.line == desk.title_line:
        return when
    first = next((child for child in node.children if child.shape is not Shape.RULE), None)
    if first is None or first.shape not in {Shape.STRONG, Shape.PARAGRAPH}:
        return when
    found = dates_line(desk, first)
    if found is None:
        return when
    counted = found.ordinal if when.ordinal is not None and found.ordinal != when.ordinal else None
    return replace(when, written=found.written, inner=when.inner or counted)


def dates_line(desk: Desk, node: Node) -> When | None:
    """The dates of a line such as "**Dates:** Jan 19 - May 10, 2026" or of bare dates."""
    phrase = desk.phrase(node.text)
    when = place(phrase)
    if _only_dates(phrase, when):
        return when
    label = lead(node.markup) or plain_lead(node.text)
    if label is None or not desk.is_only("lead:dates", label[0]):
        return None
    inner = desk.phrase(label[1])
    written = inner.first(Written)
    return When(written=written, ordinal=inner.first(Ordinal)) if written or inner.first(Ordinal) else None


def _placed(desk: Desk, node: Node, context: Context, phrase: Phrase, when: When) -> bool:
    """Make the entry that a place in time asks for; False where there is none."""
    if node.line == desk.title_line and not (phrase.found and phrase.found[0].begin <= 1):
        return False  # "Village fair, May 2026" names a document, not a month of work
    if is_bounded_series(phrase) and routine(desk, node, context, phrase):
        return True
    if not when or _is_open(when) or (is_only_length(when) and id(node) not in desk.lasting):
        return False
    if when.bound is Bound.END or context.section == "milestones" or is_point(desk, phrase, when):
        point(desk, node, context, phrase, when)
    else:
        placed_entry(desk, node, context, phrase, when)
    return True


def _year(node: Node) -> When:
    """The year that a heading consists of."""
    text = plain(node.text)
    if YEAR.fullmatch(text) is None:
        return NOWHEN
    year = PartialDate(int(text))
    return When(written=Written(year, year))


def _is_open(when: When) -> bool:
    """Weeks 27+ are no place: they say what comes some time."""
    return when.ordinal is not None and when.ordinal.last is None
