"""What the interpreter keeps while it reads: phrases already parsed, roles given, entries begun."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sync.model import Kind, Problem, Role
from sync.reading.cycles import Turn
from sync.reading.draft import Draft
from sync.reading.expressions import Clock, Extent, Ordinal, PartialDate, Unit
from sync.reading.grammar.phrase import Parsed, Phrase
from sync.reading.ideographs import IDEOGRAPH
from sync.reading.nodes import Node, Shape
from sync.reading.options import Options, Override
from sync.reading.roadmap import NOWHEN, Claim, Commitment, LineRole, When
from sync.reading.words import Vocabulary

FEW_SIGNS = 8
"""Characters that are few words in a script without blanks."""
# In this order: the first family that a heading names decides.
SECTIONS = (
    "chatter",
    "template",
    "checkin",
    "progress",
    "milestones",
    "criteria",
    "rules",
    "rhythm",
    "resources",
    "tips",
    "backlog",
)
CONTEXT_SECTIONS = frozenset({"criteria", "rules", "resources", "tips", "template", "chatter"})
SECTION_ROLE = {
    "criteria": Role.CRITERION,
    "rules": Role.RULE,
    "chatter": Role.CHATTER,
    "checkin": Role.CHECKIN,
}


class Context(NamedTuple):
    """What a line inherits from the lines above it."""

    period: Draft
    """The nearest period; the root stands for the whole document."""
    owner: Draft | None = None
    """The entry that notes describe; None for the whole document."""
    section: str | None = None
    days: tuple[int, ...] = ()
    turn: Turn | None = None
    cadence: bool = False
    """Whether numbered sessions here come again every week."""
    clock: Clock | None = None
    part: str | None = None
    """The part of the day in which everything here is done."""
    nested: bool = True
    """Whether boxes below a task are its parts."""
    quiet: bool = False
    """Whether everything here describes the owner and makes nothing of its own."""
    items_are_work: bool = False
    """Whether plain list items are tasks here, because nothing is drawn as a box."""
    listed: bool = False
    """Whether the heading above says that these are things to do."""
    wanted: bool = False
    """Whether the front matter asked for this part by name."""
    due: When = NOWHEN
    """The day by which everything here is to be done, where a heading says so."""
    block: Draft | None = None
    """The session whose hours the boxes below share."""

    def inside(self, **changes: Any) -> "Context":
        """The context of the lines below."""
        return self._replace(**changes)


Visit = Callable[["Desk", Node, Context], None]


@dataclass(slots=True)
class Desk:
    """The state of one reading; the visitors of each shape work on it."""

    phrases: Parsed
    options: Options
    visit: Visit
    roles: list[LineRole | None]
    root: Draft
    has_periods: bool = False
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    rest_days: set[int] = field(default_factory=set)
    start: PartialDate | None = None
    start_line: int = 0
    end: PartialDate | None = None
    event: PartialDate | None = None
    """The day to which the plan counts down."""
    event_line: int = 0
    overrides: Mapping[int, Override] = field(default_factory=dict)
    """What a person corrected, by line."""
    cycles: dict[Unit, int] = field(default_factory=dict)
    """How many turns each rotation has."""
    rest_words: tuple[str, ...] = ()
    """Words for time off that the front matter adds, in lower case."""
    lasting: Mapping[int, Extent] = field(default_factory=dict)
    """How long the parts last that follow one another, by the identity of their headings' nodes."""
    title_line: int = 0
    """The line of the heading that names the whole document; 0 where none does."""
    has_any_box: bool = False
    named: dict[tuple[Kind, str], Draft] = field(default_factory=dict)
    """The first entry of each kind and title, in small letters; `known` fills it."""
    indexed: int = 0
    """How many drafts it knows."""
    boxed: dict[int, bool] = field(default_factory=dict)
    echoes: list[int] = field(default_factory=list)
    """Numbers of the entries made from progress lists, which may repeat what the plan already says."""

    @property
    def words(self) -> Vocabulary:
        """The words with which the document is read."""
        return self.phrases.words

    def phrase(self, text: str) -> Phrase:
        """The phrase of a text, parsed once."""
        return self.phrases[text]

    def says(self, group: str, text: str) -> bool:
        """Whether a phrase of a group stands anywhere in the text; the front matter may add words for rest."""
        if group == "rest" and self.rest_words and any(word in text.casefold() for word in self.rest_words):
            return True
        return self.words.says(group, text)

    def is_rest(self, words: str, most: int = 3) -> bool:
        """Whether words mean time off: they are few, and one of them says so."""
        few = len(words.split()) <= most and (len(words) <= FEW_SIGNS or IDEOGRAPH.search(words) is None)
        return few and self.says("rest", words)

    def is_only(self, group: str, text: str) -> bool:
        """Whether the text is a phrase of a group and nothing else."""
        return self.words.is_only(group, text)

    def labels(self, label: str, *groups: str) -> bool:
        """Whether a label is a word for one of some things that a line may tell: start, end, exam, info."""
        return any(self.words.is_only(f"lead:{group}", label) for group in groups)

    def section(self, text: str) -> str | None:
        """The family of sections that a heading's words name."""
        if not self.says("sections", text):
            return None
        return next((name for name in SECTIONS if self.says(f"sections:{name}", text)), None)

    def draft(self, kind: Kind, title: str, node: Node, when: When = NOWHEN) -> Draft:
        """Begin an entry for a node."""
        made = Draft(len(self.drafts) + 1, kind, title, node.line, node.end, when, node.level)
        self.drafts.append(made)
        return made

    def known(self, title: str, *kinds: Kind) -> Draft | None:
        """The first entry of some kinds with a title, whatever its case, among those read so far."""
        for draft in self.drafts[self.indexed :]:
            self.named.setdefault((draft.kind, draft.title.casefold()), draft)
        self.indexed = len(self.drafts)
        folded = title.casefold()
        return next((self.named[kind, folded] for kind in kinds if (kind, folded) in self.named), None)

    def mark(
        self, node: Node, role: Role, *entries: Draft | None, sure: bool = True, unit: Ordinal | None = None
    ) -> None:
        """Give the node's own lines their role; the first role given stays, but a line names all that it begins."""
        numbers = [draft.number for draft in entries if draft is not None and draft is not self.root]
        made = LineRole(role, tuple(numbers), sure, unit)
        for line in range(node.line, min(self.own_end(node), len(self.roles)) + 1):
            known = self.roles[line - 1]
            self.roles[line - 1] = made if known is None else self._joined(line, known, made)

    def _joined(self, line: int, known: LineRole, made: LineRole) -> LineRole:
        """The role of a line on which more than one node stands, as in HTML: what makes an entry outweighs the rest."""
        before, begun = (
            [number for number in role.entries if self.drafts[number - 1].line == line]
            for role in (known, made)
        )
        if not begun:
            return known
        return replace(known, entries=tuple(dict.fromkeys([*known.entries, *begun]))) if before else made

    @staticmethod
    def own_end(node: Node) -> int:
        """The last line of the node's own text, before its children begin."""
        if node.shape is not Shape.ITEM or not node.children:
            return node.end
        return min(node.end, min(child.line for child in node.children) - 1)

    def note(self, node: Node, context: Context, role: Role | None = None) -> None:
        """The node and all below it describe the owner."""
        role = role or SECTION_ROLE.get(context.section or "", Role.NOTE)
        heading = node.shape is Shape.HEADING and role is not Role.CHATTER
        self.mark(node, Role.HEADING if heading else role, context.owner)
        if context.owner is not None and role is not Role.CHATTER and node.text:
            bullet = "- " if node.shape is Shape.ITEM else ""
            context.owner.notes.append(f"{bullet}{node.text}")
        self.below(node, context.inside(quiet=True))

    def below(self, node: Node, context: Context) -> None:
        """Visit what stands under a node."""
        self.all(node.children, context)

    def all(self, nodes: Iterable[Node], context: Context) -> None:
        """Visit several nodes in turn."""
        for node in nodes:
            self.visit(self, node, context)

    def silence(self, node: Node, role: Role) -> None:
        """Give the node and everything below it one role that makes nothing."""
        for each in node.walk():
            self.mark(each, role)

    def has_boxes(self, node: Node) -> bool:
        """Whether a checkbox stands anywhere below the node."""
        known = self.boxed.get(id(node))
        if known is None:
            known = any(child.box is not None or self.has_boxes(child) for child in node.children)
            self.boxed[id(node)] = known
        return known
