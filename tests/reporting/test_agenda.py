"""The agenda: what stands on which day, in which order, and how it fits on a page."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.model import Block, Days, Item, Kind, Recurrence, Source
from sync.reporting.agenda import agenda
from sync.reporting.columns import width
from sync.reporting.page import Page

TODAY = date(2026, 3, 2)
LAST = TODAY + timedelta(days=14)
DAY = timedelta(days=1)


def on(title: str, day: date = TODAY, days: int = 1, **more) -> Item:
    """A task for whole days."""
    line = more.pop("line", 1)
    item = Item(
        key=f"plan/x/{title}-{day}", uid="u", roadmap="plan", phase=None, path=(), kind=Kind.TASK, title=title,
        notes="", span=Days(day, day + days * DAY), source=Source("plan.md", line, line), tick=True,
    )  # fmt: skip
    return replace(item, **more)


def at(
    title: str, hour: int, minutes: int = 60, zone: str = "Africa/Nairobi", day: date = TODAY, **more
) -> Item:
    """A session with clock times."""
    begin = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
    span = Block(begin, begin + timedelta(minutes=minutes), zone)
    return on(title, **{"kind": Kind.SESSION, "tick": False, "span": span, "minutes": minutes, **more})


def shown(
    *items: Item, today: date = TODAY, page: Page | None = None, days: tuple[date, date] | None = None
) -> list[str]:
    return agenda(items, days or (TODAY, LAST), today, page or Page()).splitlines()


def test_days_stand_in_order_each_with_what_is_on_it():
    later = TODAY + 3 * DAY
    assert shown(on("later", later), on("first")) == [
        "Mon 2 Mar 2026  today",
        "               ☐ first",
        "",
        "Thu 5 Mar 2026",
        "               ☐ later",
    ]


@pytest.mark.parametrize(
    ("today", "near"), [(TODAY + DAY, "yesterday"), (TODAY, "today"), (TODAY - DAY, "tomorrow")]
)
def test_the_days_around_today_say_so(today, near):
    assert shown(on("x"), today=today)[0] == f"Mon 2 Mar 2026  {near}"


def test_on_a_day_come_banners_then_what_has_no_time_then_the_clock():
    lines = shown(
        at("late", 20), on("no time"), at("early", 8), on("banner", days=5, kind=Kind.PERIOD, tick=False)
    )
    assert lines[1:] == [
        "  to 6 Mar     ━ banner",
        "               ☐ no time",
        "  08:00–09:00  ▪ early" + " " * 65 + "1 h",
        "  20:00–21:00  ▪ late" + " " * 66 + "1 h",
    ]


def test_what_lasts_is_shown_once_on_its_first_day_or_on_the_first_day_shown():
    running = on("running", TODAY - 3 * DAY, days=9, kind=Kind.PERIOD, tick=False)
    assert shown(running) == ["Mon 2 Mar 2026  today", "  to 7 Mar     ━ running"]


@pytest.mark.parametrize(
    ("kind", "tick", "done", "sign"),
    [
        (Kind.TASK, True, None, "☐"), (Kind.TASK, True, True, "✓"), (Kind.MILESTONE, False, None, "◆"),
        (Kind.DEADLINE, False, None, "⚑"), (Kind.SESSION, False, None, "▪"), (Kind.PERIOD, False, None, "━"),
        (Kind.PERIOD, True, None, "☐"), (Kind.PERIOD, True, datetime(2026, 3, 2, tzinfo=UTC), "✓"),
    ],
)  # fmt: skip
def test_a_sign_says_what_it_is(kind, tick, done, sign):
    assert shown(on("x", kind=kind, tick=tick, done=done))[1].split() == [sign, "x"]


@pytest.mark.parametrize(("minutes", "told"), [(45, "45 min"), (60, "1 h"), (150, "2 h 30 min")])
def test_lengths_are_told_as_people_say_them(minutes, told):
    assert shown(at("x", 9, minutes))[1].endswith(f" {told}")


SERIES = Recurrence("FREQ=DAILY", TODAY, LAST, tuple(TODAY + n * DAY for n in range(0, 30, 7)))


def test_a_series_stands_on_each_of_its_days_within_the_agenda():
    lines = shown(at("meeting", 9, recurrence=SERIES))
    assert [line for line in lines if line[:1].isalpha()] == [
        "Mon 2 Mar 2026  today",
        "Mon 9 Mar 2026",
        "Mon 16 Mar 2026",
    ]


def test_a_series_whose_occurrences_are_ticked_is_shown_by_them_alone():
    series = at("practice", 9, recurrence=SERIES)
    first = replace(series, key=f"{series.key}@{TODAY}", recurrence=None, parent=series.key, tick=True)
    assert shown(series, first) == ["Mon 2 Mar 2026  today", "  09:00–10:00  ☐ practice" + " " * 62 + "1 h"]


def test_one_roadmap_names_the_period_and_several_name_themselves():
    one = on("a", path=("Phase 1", "Week 2"))
    assert shown(one)[1].endswith("Week 2")
    other = on("b", roadmap="other")
    assert [line.split()[-1] for line in shown(one, other)[1:]] == ["plan", "other"]


def test_a_time_in_another_zone_than_the_others_names_it():
    lines = shown(at("here", 9), at("here too", 10), at("there", 11, zone="Europe/Berlin"))
    assert [line.split("  ")[2].strip() for line in lines[1:]] == [
        "▪ here",
        "▪ here too",
        "▪ there (Europe/Berlin)",
    ]


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_page(columns):
    long = "学习" * 60
    items = [
        on(long, path=(long,)), on("b", roadmap=long[:50]), at(long, 9, 90),
        at(long, 10, zone="America/Argentina/Buenos_Aires"),
    ]  # fmt: skip
    lines = shown(*items, page=Page(columns=columns))
    assert max(map(width, lines)) <= columns


def test_a_long_day_is_cut_unless_every_line_is_wanted():
    many = [on(f"task {n:02}", line=n) for n in range(25)]
    lines = shown(*many)
    assert len(lines) == 22
    assert lines[-1].strip() == "and 5 more things on this day; -v lists them"
    assert len(shown(*many, page=Page(full=True))) == 26


def test_a_long_list_does_not_push_appointments_off_the_page():
    tasks = [on(f"task {n:02}", line=n) for n in range(30)]
    calls = [at(f"call {n}", 8 + n) for n in range(3)]
    lines = shown(*tasks, *calls)
    assert lines[18].strip() == "and 13 more things on this day; -v lists them"
    assert [line.split()[2] for line in lines[19:]] == ["call", "call", "call"]
    many = [at(f"call {n:02}", 8, line=n) for n in range(30)]
    assert [line.strip() for line in shown(*tasks, *many) if "more" in line] == [
        "and 20 more things on this day; -v lists them"
    ] * 2


def test_what_is_done_is_green_and_the_rest_has_its_own_colours():
    page = Page(colours=True)
    open_line, done_line = shown(at("open", 9), at("done", 10, done=True), page=page)[1:]
    assert done_line.startswith("\x1b[32m")
    assert open_line.startswith("  \x1b[36m09:00–10:00\x1b[0m")


def test_an_empty_agenda_names_the_next_day_with_something():
    assert shown(on("x", LAST + 2 * DAY)) == [
        "Nothing from 2 Mar to 16 Mar 2026. The next thing is on Wed 18 Mar 2026."
    ]
    assert shown() == ["Nothing from 2 Mar to 16 Mar 2026."]
    assert shown(on("x", TODAY - DAY)) == ["Nothing from 2 Mar to 16 Mar 2026."]


@pytest.mark.parametrize(("count", "told"), [(1, "1 item has"), (2, "2 items have")])
def test_what_has_no_date_is_counted(count, told):
    lines = shown(on("x"), *(on(f"y{n}", span=None) for n in range(count)))
    assert lines[-1] == f"{told} no date yet; `roadmap-sync check` says why."
