"""The receipt: every line accounted for, doubts first, many alike told as one."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sync.model import Block, Days, Item, Kind, Problem, Receipt, Role, Schedule, Severity, Source
from sync.reporting.overlaps import by_pair
from sync.reporting.page import Page
from sync.reporting.problems import between_lines, problem_lines, tally
from sync.reporting.receipt import receipt, receipts, when

DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)


@dataclass(frozen=True)
class Read:
    """A roadmap as `check` has it."""

    schedule: Schedule
    lines: tuple[str, ...]
    repaired: str = ""


def item(title: str, slug: str = "plan", hour: int | None = None, day: date = FIRST, **more) -> Item:
    begin = datetime(day.year, day.month, day.day, hour or 0, tzinfo=UTC)
    span = Days(day, day + DAY) if hour is None else Block(begin, begin + timedelta(hours=2), "UTC")
    made = Item(
        key=f"{slug}/{day}/{title}", uid="u", roadmap=slug, phase=None, path=(), kind=Kind.TASK, title=title, notes="",
        span=span, source=Source(f"{slug}.md", 2, 2), tick=True,
    )  # fmt: skip
    return replace(made, **more)


def schedule(
    *roles: Role, slug: str = "plan", items: tuple[Item, ...] = (), problems: tuple[Problem, ...] = ()
) -> Schedule:
    lines = tuple(Receipt(at, role) for at, role in enumerate(roles, start=1))
    return Schedule(slug, f"The {slug}", f"{slug}.md", "UTC", FIRST, FIRST + 4 * DAY, items, lines, problems)


def read(made: Schedule, repaired: str = "") -> Read:
    return Read(made, tuple(f"line {each.line}" for each in made.receipts), repaired)


def text(made: Schedule, page: Page | None = None, repaired: str = "") -> str:
    return receipt(read(made, repaired), page or Page())


# --- sums ---


def test_the_sums_of_a_receipt_are_its_lines():
    roles = [
        Role.HEADING,
        Role.BLANK,
        Role.TASK,
        Role.TASK,
        Role.NOTE,
        Role.CHATTER,
        Role.SEPARATOR,
        Role.CHATTER,
    ]
    made = schedule(*roles, items=(item("a"), item("b")))
    assert text(made, repaired="2 lines of damaged text").splitlines() == [
        "The plan",
        "  plan · 2 Mar to 6 Mar 2026 · UTC · plan.md",
        "  Repaired    2 lines of damaged text",
        "  Work         2 lines  2 tasks",
        "  Context      2 lines  1 note, 1 heading",
        "  Talk         2 lines  around the plan, not part of it: 6-8",
        "  Layout       2 lines  blank lines and rulers",
        "               8 lines  in all",
    ]


def test_every_role_is_in_a_sum():
    told = text(schedule(*Role))
    sums = [
        int(line.split()[1])
        for line in told.splitlines()
        if line.split()[2:3] and line.split()[2] in {"line", "lines"}
    ]
    assert sum(sums) == len(Role)


def test_what_was_not_understood_is_a_defect_and_named():
    made = schedule(Role.TASK, Role.UNKNOWN)
    assert "  Unknown      1 line   not understood: 2" in text(made)
    assert receipts([read(made)], Page()).endswith(
        "✗ 1 roadmap, 2 lines, 1 of them not understood. Nothing to object to."
    )


def test_work_counts_kinds_and_names_what_is_done_and_what_has_no_date():
    items = (item("a"), item("b", done=True), item("c", span=None), item("d", kind=Kind.MILESTONE))
    assert "3 tasks, 1 milestone; 1 done already, 1 without a date" in text(schedule(Role.TASK, items=items))
    assert "nothing that could be scheduled" in text(schedule(Role.TASK))


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (FIRST, FIRST, "2 Mar 2026"),
        (FIRST, date(2026, 5, 1), "2 Mar to 1 May 2026"),
        (FIRST, date(2027, 1, 9), "2 Mar 2026 to 9 Jan 2027"),
        (None, None, "no dates yet"),
    ],
)
def test_the_span_of_a_roadmap_is_told_in_short(start, end, told):
    assert when(replace(schedule(), start=start, end=end)) == told


def test_long_names_and_paths_are_cut_to_the_page():
    slug, file = "s" * 90, f"/a/{'folder/' * 30}plan.md"
    line = text(replace(schedule(Role.TASK, slug=slug), file=file), Page(columns=100)).splitlines()[1]
    assert len(line) <= 100
    assert line.endswith("plan.md")
    assert "…/folder/" in line
    narrow = text(
        replace(schedule(Role.TASK, slug="a-long-name"), file="f" * 40), Page(columns=60)
    ).splitlines()[1]
    assert narrow.endswith("…" + "f" * 19)


# --- doubts and lines ---


def test_doubts_come_first_and_the_rest_is_counted():
    made = schedule(*[Role.TASK] * 10)
    doubtful = replace(made, receipts=tuple(replace(each, sure=False) for each in made.receipts))
    lines = text(doubtful).splitlines()
    assert lines[2].startswith("  Doubtful    10 lines where another reading is possible")
    assert lines[3] == "       1  task       line 1"
    assert lines[11].strip() == "and 2 more; -v lists them"
    assert "and 2 more" not in text(doubtful, Page(full=True))


def test_a_full_receipt_has_every_line_with_its_role():
    lines = text(schedule(Role.HEADING, Role.TASK), Page(full=True)).splitlines()
    assert lines[-3:] == ["  Line by line", "       1  heading    line 1", "       2  task       line 2"]


def test_a_document_that_could_not_be_read_says_why():
    problem = Problem(0, Severity.ERROR, "unreadable", "plan.md is empty.", "Paste the roadmap into it.")
    assert receipt(Read(schedule(problems=(problem,)), ()), Page()).splitlines() == [
        "The plan",
        "  not read · plan.md",
        "  ✗ plan.md is empty.",
        "    → Paste the roadmap into it.",
    ]


def test_colours_mark_doubts_and_gravity():
    made = schedule(Role.TASK, problems=(Problem(1, Severity.ERROR, "x", "Wrong."),))
    doubtful = replace(made, receipts=(replace(made.receipts[0], sure=False),))
    told = text(doubtful, Page(colours=True))
    assert "\x1b[33mDoubtful\x1b[0m" in told
    assert "\x1b[31m✗\x1b[0m line 1: Wrong." in told


# --- problems ---


def warning(line: int, code: str = "week-length", severity: Severity = Severity.WARNING) -> Problem:
    return Problem(line, severity, code, f"Line {line} is off.", "Mend it.")


def test_problems_come_the_gravest_first():
    found = [warning(1, "a", Severity.NOTE), warning(3, "c"), warning(2, "b", Severity.ERROR)]
    assert [line for line in problem_lines(found, Page()) if "→" not in line] == [
        "  ✗ line 2: Line 2 is off.", "  ! line 3: Line 3 is off.", "  · line 1: Line 1 is off.",
    ]  # fmt: skip


def test_many_problems_of_one_kind_are_told_as_one_with_a_count():
    found = [warning(line) for line in (4, 8, 9, 30)]
    assert list(problem_lines(found, Page())) == [
        "  ! line 4: Line 4 is off.", "    and 3 more like it: lines 8-9, 30", "    → Mend it.",
    ]  # fmt: skip
    assert len(list(problem_lines(found, Page(full=True)))) == 8
    assert len(list(problem_lines(found[:3], Page()))) == 6


def test_a_long_message_is_wrapped_below_itself():
    problem = Problem(0, Severity.NOTE, "x", "word " * 30, "step " * 30)
    lines = list(problem_lines([problem], Page(columns=60)))
    assert max(map(len, lines)) <= 60
    assert [line[:6] for line in lines] == ["  · wo", "    wo", "    wo", "    → ", "      ", "      "]


# --- between roadmaps ---


def evening(slug: str, title: str, *days: int, hour: int = 18) -> tuple[Item, ...]:
    return tuple(item(title, slug, hour, FIRST + n * DAY) for n in days)


def two() -> list[Schedule]:
    return [
        schedule(slug="one", items=(*evening("one", "cello", 0, 1, 2), *evening("one", "choir", 5))),
        schedule(slug="two", items=(*evening("two", "verbs", 0, 1), *evening("two", "songs", 2, 5, hour=19))),
    ]


def test_overlaps_are_counted_for_each_pair_of_roadmaps():
    (overlap,) = by_pair(two())
    assert (overlap.roadmaps, overlap.first, overlap.times) == (("one", "two"), FIRST, 4)
    assert overlap.titles[0] == (("cello", "verbs"), 2)
    (turned,) = by_pair(two()[::-1])
    assert (turned.roadmaps, turned.titles[0]) == (("two", "one"), (("verbs", "cello"), 2))


def test_what_only_touches_does_not_overlap():
    one = schedule(slug="one", items=evening("one", "a", 0, hour=18))
    other = schedule(slug="two", items=evening("two", "b", 0, hour=20))
    assert by_pair([one, other]) == []


def test_a_pair_of_roadmaps_takes_three_lines_however_much_overlaps():
    assert list(between_lines(two(), Page())) == [
        "Between the roadmaps",
        "  ! one and two overlap 4 times, first on 2 Mar 2026:",
        "    “cello” and “verbs”, 2 times",
        "    and 2 other pairs of items; -v lists them",
        "    → Move one of them: another slot in the configuration, or clock times in the text.",
    ]
    assert "    “choir” and “songs”, 1 time" in list(between_lines(two(), Page(full=True)))


def test_of_many_pairs_of_roadmaps_the_first_are_told():
    many = [schedule(slug=f"r{n}", items=evening(f"r{n}", "x", 0)) for n in range(4)]
    lines = list(between_lines(many, Page()))
    assert sum("overlap" in line for line in lines) == 5
    assert "  ! and 1 more pair of roadmaps; -v lists them" in lines
    assert sum("overlap" in line for line in between_lines(many, Page(full=True))) == 6


def test_long_names_and_titles_keep_a_pair_on_the_page():
    long = "a-very-long-name-for-a-roadmap-that-somebody-chose"
    many = [schedule(slug=f"{long}-{n}", items=evening(f"{long}-{n}", "title " * 30, 0)) for n in range(2)]
    assert max(map(len, between_lines(many, Page(columns=100)))) <= 100


def test_days_that_are_too_full_are_told_after_the_pairs():
    busy = Problem(0, Severity.WARNING, "overbooked", "3 days are too full.", "Start later.")
    alone = schedule(Role.TASK, problems=(busy,))
    assert list(between_lines([alone], Page())) == [
        "In one day",
        "  ! 3 days are too full.",
        "    → Start later.",
    ]
    assert "too full" not in receipt(read(alone), Page())
    assert "too full" in receipts([read(alone)], Page())
    assert list(between_lines([schedule()], Page())) == []


# --- verdict ---


def test_the_verdict_counts_problems_and_a_pair_of_roadmaps_once():
    one, two_ = two()
    clash = Problem(2, Severity.WARNING, "clash", "They overlap.")
    found = [one, replace(two_, problems=(clash, clash, warning(1), warning(2, "x", Severity.NOTE)))]
    assert tally(found) == "1 warning, 1 note, 1 pair of roadmaps that overlap."
    assert tally([schedule()]) == "Nothing to object to."


def test_the_last_line_of_a_check_is_a_verdict_over_all():
    good, bad = (
        schedule(Role.TASK),
        schedule(Role.TASK, Role.NOTE, problems=(warning(1, "x", Severity.ERROR),)),
    )
    assert receipts([read(good)], Page()).endswith(
        "\n\n✓ 1 roadmap, 1 line, each with its place. Nothing to object to."
    )
    assert receipts([read(good), read(bad)], Page()).endswith(
        "✗ 2 roadmaps, 3 lines, each with its place. 1 error."
    )
