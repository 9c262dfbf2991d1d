"""An outline becomes a roadmap: each node is given to the reader of its shape, then gaps are closed."""

import re
from collections.abc import Sequence

from sync.model import Kind, Role
from sync.reading.corrections import by_line, corrected, redate
from sync.reading.cycles import sizes
from sync.reading.desk import Context, Desk
from sync.reading.draft import Draft
from sync.reading.expressions import PartialDate
from sync.reading.fences import fence
from sync.reading.headings import heading
from sync.reading.inline import bare, clean, has_words, lead, plain_lead
from sync.reading.items import item
from sync.reading.nodes import Node, Shape
from sync.reading.options import REST_WORDS, Options
from sync.reading.paragraphs import paragraph, today_claims
from sync.reading.placing import place
from sync.reading.repeats import settle
from sync.reading.roadmap import LineRole
from sync.reading.routines import leading_days
from sync.reading.tables import table
from sync.reading.words import Vocabulary

HEADINGS = frozenset({Shape.HEADING, Shape.STRONG})
DIGITS = re.compile(r"\d+")
PLACED = frozenset({Shape.HEADING, Shape.STRONG, Shape.ITEM, Shape.ROW})


def interpret(root: Node, lines: Sequence[str], words: Vocabulary, options: Options) -> Desk:
    """Read every node; afterwards each line has a role."""
    plan = Draft(0, Kind.PERIOD, "", root.line, root.end)
    desk = Desk(words, options, visit, [None] * len(lines), plan)
    desk.overrides = by_line(lines, root.line - 1, options.overrides) if options.overrides else {}
    desk.rest_words = tuple(word.casefold() for word in options.rest_words[len(REST_WORDS) :])
    desk.title_line = _title_line(root)
    desk.cycles = sizes((node.text for node in root.walk() if node.shape in HEADINGS), words)
    desk.has_periods = (
        bool(desk.cycles)
        or _has_plan_fence(root)
        or any(node.shape in PLACED and _is_placed(desk, node) for node in root.walk())
    )
    _preamble(desk, root)
    works = options.tasks_from == "items" or (not desk.has_boxes(root) and not desk.has_periods)
    desk.all(root.children, Context(period=plan, items_are_work=works))
    redate(desk)
    _close(desk, lines)
    if options.dedupe:
        settle(desk)
    _untick(desk)
    _fill(desk, lines)
    return desk


def _has_plan_fence(root: Node) -> bool:
    return any(
        node.shape is Shape.FENCE and node.info.startswith(("mermaid", "json")) for node in root.walk()
    )


def _is_placed(desk: Desk, node: Node) -> bool:
    text = " ".join(node.cells[:2]) if node.shape is Shape.ROW else node.text
    phrase = desk.phrase(text)
    when = place(phrase)
    if node.shape is not Shape.ITEM and leading_days(phrase) is not None:
        return True
    return bool(when) and not (when.extent and not when.ordinal and not when.written and not when.offset)


def visit(desk: Desk, node: Node, context: Context) -> None:
    """Read one node with all below it."""
    today_claims(desk, node)
    if desk.overrides and corrected(desk, node, context):
        return
    if node.shape in {Shape.HEADING, Shape.STRONG, Shape.LABEL}:
        heading(desk, node, context)
    elif node.shape is Shape.ITEM:
        item(desk, node, context)
    elif node.shape is Shape.TABLE:
        table(desk, node, context)
    elif node.shape is Shape.RULE:
        desk.mark(node, Role.SEPARATOR)
    elif node.shape in {Shape.FENCE, Shape.HTML}:
        _verbatim(desk, node, context)
    else:
        paragraph(desk, node, context)


def _verbatim(desk: Desk, node: Node, context: Context) -> None:
    """A fence or raw HTML is kept with the entry it stands under, unless a fence holds a plan."""
    if node.shape is Shape.FENCE and fence(desk, node, context):
        return
    text = node.markup.strip()
    desk.mark(node, Role.NOTE, context.owner)
    if context.owner is not None and text and not text.startswith("<!--"):
        context.owner.notes.append(text)


def _title_line(root: Node) -> int:
    """The line of the one top heading under which everything stands, or 0."""
    tops = [node for node in root.children if node.shape is Shape.HEADING]
    lonely = len(tops) == 1 or (len(tops) > 1 and tops[0].level < min(node.level for node in tops[1:]))
    return tops[0].line if tops and lonely else 0


def _preamble(desk: Desk, root: Node) -> None:
    """The assistant's talk before the plan, where there is any: all of it but what it says about the plan."""
    talk = []
    for node in root.children:
        if node.shape in {Shape.HEADING, Shape.STRONG, Shape.TABLE}:
            break
        talk.append(node)
    if not any(desk.says("chatter", node.text) for node in talk):
        return
    for node in talk:
        if (
            node.shape is not Shape.RULE
            and node.box is None
            and not desk.has_boxes(node)
            and not _tells(desk, node)
        ):
            desk.silence(node, Role.CHATTER)


def _tells(desk: Desk, node: Node) -> bool:
    """Whether a line of the preamble says something about the plan itself."""
    label = lead(node.markup) or plain_lead(node.text)
    return label is not None and any(
        desk.is_only(f"lead:{group}", label[0])
        for group in ("start", "end", "dates", "exam", "time", "total")
    )


def _fill(desk: Desk, lines: Sequence[str]) -> None:
    """Lines that no node claimed: blank ones, and rulers or markup that mean nothing alone."""
    for at, line in enumerate(lines):
        if not line.strip():
            desk.roles[at] = LineRole(Role.BLANK)
        elif desk.roles[at] is None:
            alone = not any(char.isalnum() for char in line)
            desk.roles[at] = LineRole(Role.SEPARATOR if alone else Role.NOTE)


def _untick(desk: Desk) -> None:
    """Where the plan has tasks of its own, the hours set aside for them are not ticked as well."""
    if not any(draft.kind is Kind.TASK and draft.repeats is None for draft in desk.drafts):
        return
    for draft in desk.drafts:
        if draft.kind is Kind.SESSION and draft.days and draft.rate is None:
            draft.tick = False


def _close(desk: Desk, lines: Sequence[str]) -> None:
    """Let each entry end with the last line that belongs to it; one without a name takes its first words."""
    for line, role in enumerate(desk.roles, start=1):
        for number in role.entries if role is not None else ():
            draft = desk.drafts[number - 1]
            draft.end_line = max(draft.end_line, line)
    for draft in reversed(desk.drafts):
        if not draft.title:
            said = (bare(clean(line)) for line in lines[draft.line - 1 : draft.end_line])
            draft.title = next((words for words in said if has_words(words)), "")
        draft.end_line = max([draft.end_line, *(child.end_line for child in draft.children)])


def title_of(root: Node, fallback: str) -> str:
    """The title of the document: its first heading, else its first bold line, else the file's name."""
    for shape in (Shape.HEADING, Shape.STRONG):
        for node in root.walk():
            if node.shape is shape and node.text:
                return node.text
    return fallback


def year_of(desk: Desk, root: Node) -> int | None:
    """A year that the title or the header names, if it names just one."""
    headings = [node for node in root.walk() if node.shape is Shape.HEADING]
    titles = {number for node in headings[:1] for number in _numbers(node.text)}
    written = (desk.start, desk.end)
    said = {found.year for found in written if isinstance(found, PartialDate) and found.year is not None}
    every = {number for node in headings for number in _numbers(node.text)}
    for years in (titles | said, every):
        named = {year for year in years if 1990 <= year <= 2100}
        if named:
            return min(named) if len(named) <= 2 else None
    return None


def _numbers(text: str) -> list[int]:
    return [int(each) for each in DIGITS.findall(text) if len(each) == 4]
