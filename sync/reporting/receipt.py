"""The receipt that `check` prints: what became work, what became context, what was talk, what is doubtful."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from sync.model import Kind, Receipt, Role, Schedule, Severity
from sync.reporting.columns import count, cut, ranges
from sync.reporting.dates import day_month, full
from sync.reporting.documents import counts
from sync.reporting.inferred import inferred, reasons, summary
from sync.reporting.page import Page
from sync.reporting.problems import BETWEEN, between_lines, problem_lines, tally

PLURAL = {
    Kind.PERIOD: "periods", Kind.SESSION: "sessions", Kind.TASK: "tasks",
    Kind.MILESTONE: "milestones", Kind.DEADLINE: "deadlines",
}  # fmt: skip
WORK = frozenset({Role.PERIOD, Role.SESSION, Role.TASK, Role.MILESTONE, Role.DEADLINE})
CONTEXT = {
    Role.NOTE: ("note", "notes"), Role.RULE: ("rule", "rules"), Role.CRITERION: ("criterion", "criteria"),
    Role.CHECKIN: ("check-in field", "check-in fields"), Role.META: ("about the plan itself",) * 2,
    Role.HEADING: ("heading", "headings"),
}  # fmt: skip
LAYOUT = frozenset({Role.BLANK, Role.SEPARATOR})
MOST = 8
"""How many doubtful lines are listed before the rest is only counted."""
MARGIN = 12
"""Columns of the words on the left."""


class Checked(Protocol):
    """A roadmap that was read, with its text."""

    @property
    def schedule(self) -> Schedule:
        """What was made of it."""

    @property
    def lines(self) -> Sequence[str]:
        """The repaired text; empty where the file could not be read."""

    @property
    def repaired(self) -> str:
        """What was repaired, in one line; empty where nothing was."""


def receipts(checked: Sequence[Checked], page: Page) -> str:
    """The receipts of some roadmaps, what does not fit between them, and a verdict over all."""
    blocks = [receipt(each, page) for each in checked]
    schedules = [each.schedule for each in checked]
    between = "\n".join(between_lines(schedules, page))
    return "\n\n".join([*blocks, *([between] if between else []), _verdict(checked, page)])


def receipt(checked: Checked, page: Page) -> str:
    """The receipt of one roadmap; a full page adds every line with its role."""
    return "\n".join(_receipt(checked, page))


def _receipt(checked: Checked, page: Page) -> Iterator[str]:
    schedule = checked.schedule
    yield page.paint.bold(cut(schedule.title, page.columns))
    yield from _about(schedule, page, read=bool(checked.lines))
    if checked.lines:
        yield from _doubts(checked, page)
        yield from summary(schedule, page)
        yield from _sums(checked, page)
    own = [problem for problem in schedule.problems if problem.code not in BETWEEN]
    yield from problem_lines(own, page)
    if page.full:
        yield from _every_line(checked, page)


def _about(schedule: Schedule, page: Page, *, read: bool) -> Iterator[str]:
    facts = [schedule.slug, when(schedule), schedule.timezone] if read else ["not read"]
    told = " · ".join(cut(fact, 48) for fact in facts)
    room = page.columns - len(told) - 5
    yield page.paint.dim(f"  {told} · {_tail(schedule.file, room)}")


def _tail(file: str, room: int) -> str:
    """The end of a path that is too long; its beginning is what a person knows best."""
    room = max(room, 20)
    if len(file) <= room:
        return file
    end = file[-(room - 1) :]
    whole = end[end.find("/") :] if "/" in end else end
    return f"…{whole}"


def when(schedule: Schedule) -> str:
    """From which day to which a roadmap goes."""
    if schedule.start is None or schedule.end is None:
        return "no dates yet"
    if schedule.start == schedule.end:
        return full(schedule.start)
    begin = day_month if schedule.start.year == schedule.end.year else full
    return f"{begin(schedule.start)} to {full(schedule.end)}"


def _sums(checked: Checked, page: Page) -> Iterator[str]:
    """Every line of the text in one of five sums."""
    schedule, paint = checked.schedule, page.paint
    found = Counter(each.role for each in schedule.receipts)
    talk = [each.line for each in schedule.receipts if each.role is Role.CHATTER]
    if checked.repaired:
        yield _row(paint.green("Repaired"), 8, None, checked.repaired)
    yield _row(paint.green("Work"), 4, sum(found[role] for role in WORK), work(schedule))
    context = sum(found[role] for role in CONTEXT)
    if context:
        yield _row(paint.cyan("Context"), 7, context, _context(found))
    if talk:
        yield _row(paint.dim("Talk"), 4, len(talk), f"around the plan, not part of it: {ranges(talk, gap=2)}")
    unknown = [each.line for each in schedule.receipts if each.role is Role.UNKNOWN]
    if unknown:
        yield _row(paint.red("Unknown"), 7, len(unknown), f"not understood: {ranges(unknown)}")
    layout = sum(found[role] for role in LAYOUT)
    if layout:
        yield _row(paint.dim("Layout"), 6, layout, "blank lines and rulers")
    yield _row("", 0, len(schedule.receipts), "in all")


def _row(label: str, columns: int, lines: int | None, text: str) -> str:
    number = f"{count(lines, 'line ', 'lines'):>11}" if lines is not None else ""
    return f"  {label}{' ' * (MARGIN - columns - 3)}{number}  {text}" if number else f"  {label}    {text}"


def work(schedule: Schedule) -> str:
    """What there is to do, in one line."""
    found = counts(schedule.items)
    parts = [count(found[kind.value], kind.value, PLURAL[kind]) for kind in PLURAL if kind.value in found]
    done = sum(item.done is not None for item in schedule.items)
    undated = sum(item.span is None for item in schedule.items)
    extra = [f"{done} done already"] if done else []
    extra += [f"{undated} without a date"] if undated else []
    told = ", ".join(parts) or "nothing that could be scheduled"
    return f"{told}; {', '.join(extra)}" if extra else told


def _context(found: Counter[Role]) -> str:
    return ", ".join(count(found[role], *names) for role, names in CONTEXT.items() if found[role])


def _doubts(checked: Checked, page: Page) -> Iterator[str]:
    """The lines for which the reader took a default."""
    doubtful = [each for each in checked.schedule.receipts if not each.sure]
    if not doubtful:
        return
    lines = count(len(doubtful), "line", "lines")
    mend = "`roadmap-sync fix FILE:LINE` corrects one."
    yield f"  {page.paint.yellow('Doubtful')}    {lines} where another reading is possible; {mend}"
    shown = doubtful if page.full else doubtful[:MOST]
    yield from (_line(each, checked.lines, page) for each in shown)
    if len(doubtful) > len(shown):
        yield page.paint.dim(f"              and {len(doubtful) - len(shown)} more; -v lists them")


def _every_line(checked: Checked, page: Page) -> Iterator[str]:
    yield f"  {page.paint.bold('Line by line')}"
    by_rule = inferred(checked.schedule.items)
    for each in checked.schedule.receipts:
        yield _line(each, checked.lines, page)
        for reason in reasons(by_rule.get(each.line, ())):
            yield page.paint.dim(f"{'':21}↳ {reason}")


def _line(receipt: Receipt, text: Sequence[str], page: Page) -> str:
    role = f"{receipt.role.value:<9}"
    painted = page.paint.yellow(role) if not receipt.sure else page.paint.cyan(role)
    return (
        f"  {receipt.line:>6}  {painted}  {cut(text[receipt.line - 1].strip(), page.columns - 21)}".rstrip()
    )


def _verdict(checked: Sequence[Checked], page: Page) -> str:
    """One line over everything: how much was read, and what deserves a look."""
    schedules = [each.schedule for each in checked]
    lines = sum(len(schedule.receipts) for schedule in schedules)
    lost = sum(each.role is Role.UNKNOWN for schedule in schedules for each in schedule.receipts)
    placed = f"{lost} of them not understood" if lost else "each with its place"
    grave = any(problem.severity is Severity.ERROR for each in schedules for problem in each.problems)
    sign = page.paint.red("✗") if grave or lost else page.paint.green("✓")
    what = f"{count(len(schedules), 'roadmap', 'roadmaps')}, {count(lines, 'line', 'lines')}, {placed}"
    return f"{sign} {what}. {tally(schedules)}"
