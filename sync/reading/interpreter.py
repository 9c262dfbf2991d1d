"""An outline becomes a roadmap: each node is given to the reader of its shape, then gaps are closed."""

import re
from collections.abc import Sequence

from sync.model import Kind, Role
from sync.reading.corrections import by_line, corrected, redate
from sync.reading.cycles import sizes
from sync.reading.desk import Context, Desk
from sync.reading.draft import Draft
from sync.reading.events import event_above, event_in_title
from sync.reading.expressions import PartialDate
from sync.reading.fences import fence
from sync.reading.grammar.phrase import Parsed
from sync.reading.headings import heading, lengths_in_sequence
from sync.reading.inline import bare, clean, has_words, lead, plain_lead
from sync.reading.items import item
from sync.reading.leading import leading_days
from sync.reading.nodes import Node, Shape
from sync.reading.options import Options
from sync.reading.paragraphs import paragraph, says_of_plan, starting, today_claims
from sync.reading.placing import is_one_week, is_only_length, place
from sync.reading.repeats import settle
from sync.reading.roadmap import LineRole
from sync.reading.tables import table

HEADINGS = frozenset({Shape.HEADING, Shape.STRONG})
DIGITS = re.compile(r"\d+")
LONGEST_NAME = 12
"""Words up to which a line may name a document."""
PLACED = frozenset({Shape.HEADING, Shape.STRONG, Shape.ITEM, Shape.ROW})


def interpret(root: Node, lines: Sequence[str], phrases: Parsed, options: Options) -> Desk:
    """Read every node; afterwards each line has a role."""
    plan = Draft(0, Kind.PERIOD, "", root.line, root.end)
    desk = Desk(phrases, options, visit, [None] * len(lines), plan)
    desk.overrides = by_line(lines, root.line - 1, options.overrides) if options.overrides else {}
    desk.rest_words = tuple(word.casefold() for word in options.rest_words)
    desk.title_line = _title_line(root)
    desk.cycles = sizes((node.text for node in root.walk() if node.shape in HEADINGS), phrases.words)
    desk.lasting = lengths_in_sequence(desk, root)
    desk.has_periods = (
        bool(desk.cycles or desk.lasting)
        or _has_plan_fence(root)
        or any(node.shape in PLACED and _is_placed(desk, node) for node in root.walk())
    )
    desk.has_any_box = desk.has_boxes(root)
    event_in_title(desk, root)
    _preamble(desk, root)
    works = options.tasks_from == "items" or (not desk.has_any_box and not desk.has_periods)
    desk.all(root.children, Context(period=plan, items_are_work=works))
    event_above(desk, root, options.year or year_of(desk, root))
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
    return bool(when) and not is_only_length(when)


def visit(desk: Desk, node: Node, context: Context) -> None:
    """Read one node with all below it."""
    said = desk.roles[node.line - 1] if node.line <= len(desk.roles) else None
    if said is not None and said.role is Role.CHATTER:
        return  # the talk before the plan has been heard
    today_claims(desk, node)
    if desk.overrides and corrected(desk, node, context):
        return
    if node.shape is Shape.STRONG and says_of_plan(desk, node):
        paragraph(desk, node, context)
        desk.below(node, context)
    elif node.shape in {Shape.HEADING, Shape.STRONG, Shape.LABEL}:
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
    if starting(desk, node.text) is not None:
        return True
    label = lead(node.markup) or plain_lead(node.text)
    if label is None or desk.says("chatter", f"{label[0]}:"):
        return False
    told = desk.labels(label[0], "start", "end", "dates", "exam", "time", "total")
    return told or lead(node.markup) is not None


def _fill(desk: Desk, lines: Sequence[str]) -> None:
    """Lines that no node claimed: blank ones, and rulers or markup that mean nothing alone."""
    blank = LineRole(Role.BLANK)
    for at, line in enumerate(lines):
        if not line.strip():
            desk.roles[at] = blank
        elif desk.roles[at] is None:
            alone = not any(char.isalnum() for char in line)
            desk.roles[at] = LineRole(Role.SEPARATOR if alone else Role.NOTE)


def _untick(desk: Desk) -> None:
    """Where the plan has tasks of its own, the hours set aside for them are not ticked as well.

    Fewer tasks than sessions are no such work: a box to buy shoes leaves a training plan its runs. Neither
    are the sessions of a single week: what it names for two of its days is the work itself.
    """
    periods = [desk.root, *(each for each in desk.drafts if each.kind is Kind.PERIOD)]
    sessions = [
        each
        for period in periods
        if not is_one_week(period.when)
        for each in period.children
        if each.kind is Kind.SESSION and each.days and each.rate is None
    ]
    if sessions and _placed_tasks(desk.root, placed=False) >= len(sessions):
        for session in sessions:
            session.tick = False


def _placed_tasks(draft: Draft, *, placed: bool) -> int:
    """How many tasks below an entry have a place in time, their own or that of what they stand in."""
    below = [(child, placed or bool(child.when)) for child in draft.children if child.repeats is None]
    return sum(
        (child.kind is Kind.TASK and known) + _placed_tasks(child, placed=known) for child, known in below
    )


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
        for child in draft.children:
            draft.end_line = max(draft.end_line, child.end_line)


def title_of(desk: Desk, root: Node, fallback: str) -> str:
    """The title of the document: its first heading, else its first bold line, else the file's name.

    A heading such as "Weekly schedule" among others names a part, not the whole.
    """
    for shape in (Shape.HEADING, Shape.STRONG):
        for node in root.walk():
            if node.shape is shape and node.text:
                whole = node.line == desk.title_line or desk.section(node.text) is None
                return node.text if whole else fallback
    named = _name_line(root)
    return named.text if named is not None else fallback


def _name_line(root: Node) -> Node | None:
    """The short first line that names a document without headings."""
    first = root.children[0] if root.children else None
    if first is None or first.shape is not Shape.PARAGRAPH or len(first.text.split()) > LONGEST_NAME:
        return None
    alone = len(root.children) > 1 and root.children[1].line > first.end + 1
    return first if alone and first.box is None and first.text[-1:] not in ".!?:" else None


def year_of(desk: Desk, root: Node) -> int | None:
    """A year that the title or the header names, if it names just one."""
    headings = [node for node in root.walk() if node.shape is Shape.HEADING]
    line = _name_line(root) if not headings else None
    titles = {number for node in [*headings[:1], *([line] if line else [])] for number in _numbers(node.text)}
    written = (desk.start, desk.end)
    said = {found.year for found in written if isinstance(found, PartialDate) and found.year is not None}
    every = (number for node in headings for number in _numbers(node.text))
    for years in (titles | said, every):
        named = {year for year in years if 1990 <= year <= 2100}
        if named:
            return min(named) if len(named) <= 2 else None
    return None


def _numbers(text: str) -> list[int]:
    return [int(each) for each in DIGITS.findall(text) if len(each) == 4]
