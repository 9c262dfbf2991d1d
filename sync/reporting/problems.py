"""What does not fit: contradictions inside a roadmap, clashes between two, each with what to do about it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sync.model import Problem, Schedule, Severity
from sync.reporting.columns import count, cut, ranges, wrap
from sync.reporting.dates import full
from sync.reporting.overlaps import Overlap, by_pair
from sync.reporting.page import Page

SIGN = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}
ALIKE = 3
"""How many problems of one kind are told in full before the rest is only counted."""
CLASH, BUSY, FULL = "clash", "overbooked", "todoist-limit-together"
BETWEEN = frozenset({CLASH, BUSY, FULL})
"""Kinds of problems that several roadmaps make together."""
MOST_PAIRS = 5
"""How many pairs of roadmaps are told before the rest is only counted."""
NAME = 26
"""Columns for the name of a roadmap inside a sentence."""


def problem_lines(problems: Sequence[Problem], page: Page) -> Iterator[str]:
    """Problems, the gravest first; many of one kind are one with a count unless the page is full."""
    weight = {severity: at for at, severity in enumerate(Severity)}
    alike: dict[tuple[Severity, str], list[Problem]] = defaultdict(list)
    for problem in sorted(problems, key=lambda each: (weight[each.severity], each.line)):
        alike[problem.severity, problem.code].append(problem)
    for group in alike.values():
        if page.full or len(group) <= ALIKE:
            for problem in group:
                yield from _problem(problem, page)
        else:
            yield from _problem(group[0], page, f"and {len(group) - 1} more like it: {_lines(group[1:])}")


def _lines(problems: Sequence[Problem]) -> str:
    return f"lines {ranges(sorted({problem.line for problem in problems}))}"


def _problem(problem: Problem, page: Page, more: str = "") -> Iterator[str]:
    sign = page.paint.severity(problem.severity, SIGN[problem.severity])
    place = f"line {problem.line}: " if problem.line else ""
    first, *rest = wrap(f"{place}{problem.message}", page.columns - 4)
    yield f"  {sign} {first}"
    yield from (f"    {line}" for line in rest)
    if more:
        yield f"    {cut(more, page.columns - 4)}"
    yield from (page.paint.dim(f"    {line}") for line in _next_step(problem.suggestion, page))


def _next_step(suggestion: str, page: Page) -> Iterator[str]:
    for at, line in enumerate(wrap(suggestion, page.columns - 6)):
        yield f"→ {line}" if at == 0 else f"  {line}"


def between_lines(schedules: Sequence[Schedule], page: Page) -> Iterator[str]:
    """What several roadmaps do to one another: at most three lines for each pair, unless the page is full."""
    found = by_pair(schedules)
    busy = [problem for each in schedules for problem in each.problems if problem.code in (BUSY, FULL)]
    if not found and not busy:
        return
    yield page.paint.bold("Between the roadmaps" if len(schedules) > 1 else "In one day")
    shown = found if page.full else found[:MOST_PAIRS]
    for overlap in shown:
        yield from _overlap(overlap, page)
    if len(found) > len(shown):
        rest = count(len(found) - len(shown), "more pair", "more pairs")
        yield f"  {page.paint.yellow('!')} and {rest} of roadmaps; -v lists them"
    if found:
        yield page.paint.dim(
            "    → Move one of them: another slot in the configuration, or clock times in the text."
        )
    yield from problem_lines(busy, page)


def _overlap(overlap: Overlap, page: Page) -> Iterator[str]:
    one, other = (cut(name, NAME) for name in overlap.roadmaps)
    times = count(overlap.times, "time", "times")
    yield f"  {page.paint.yellow('!')} {one} and {other} overlap {times}, first on {full(overlap.first)}:"
    shown = overlap.titles if page.full else overlap.titles[:1]
    for titles, often in shown:
        room = (page.columns - 40) // 2
        here, there = (cut(title, room) for title in titles)
        yield f"    “{here}” and “{there}”, {count(often, 'time', 'times')}"
    if len(overlap.titles) > len(shown):
        yield page.paint.dim(
            f"    and {count(len(overlap.titles) - len(shown), 'other pair', 'other pairs')} of items; -v lists them"
        )


def tally(schedules: Sequence[Schedule]) -> str:
    """How many problems there are, in a sentence; two roadmaps that overlap are one."""
    problems = [problem for schedule in schedules for problem in schedule.problems]
    found = Counter(problem.severity for problem in problems if problem.code != CLASH)
    words = {
        Severity.ERROR: ("error", "errors"), Severity.WARNING: ("warning", "warnings"),
        Severity.NOTE: ("note", "notes"),
    }  # fmt: skip
    told = [count(found[severity], *names) for severity, names in words.items() if found[severity]]
    pairs = len(by_pair(schedules))
    told += [f"{count(pairs, 'pair', 'pairs')} of roadmaps that overlap"] if pairs else []
    return f"{', '.join(told)}." if told else "Nothing to object to."
