"""The log of ticks is append-only, and the last tick by time counts."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import LedgerError, UsageError
from sync.ledger.progress import Entry, Progress, Standing, marks_of
from sync.ledger.store import Ledger, open_ledger

KEY = "plan/day-1/read"
MORNING = datetime(2026, 1, 5, 8, tzinfo=UTC)


def at(hour: int) -> datetime:
    return MORNING + timedelta(hours=hour)


def tick(hour: int, source: str = "cli", key: str = KEY) -> Entry:
    return Entry(key, "done", at(hour), source)


def untick(hour: int, source: str = "cli", key: str = KEY) -> Entry:
    return Entry(key, "undone", at(hour), source)


@pytest.fixture
def progress(ledger: Ledger) -> Progress:
    return Progress(ledger)


def test_nobody_ticked_what_has_no_entry(progress: Progress):
    assert progress.standing(KEY) is None
    assert progress.standings() == {}


def test_the_last_tick_or_untick_counts(progress: Progress):
    progress.record(tick(1))
    assert progress.standing(KEY) == Standing(True, at(1))

    progress.record(untick(2))
    assert progress.standing(KEY) == Standing(False, at(2))

    progress.record(tick(3))
    assert progress.standing(KEY) == Standing(True, at(3))


def test_last_means_by_time_and_not_by_arrival(progress: Progress):
    for order in permutations([tick(1), untick(2), tick(3), untick(4), tick(5), tick(6)]):
        key = f"{KEY}-{[e.at.hour for e in order]}"
        progress.record(*(Entry(key, e.kind, e.at, e.source) for e in order))

        assert progress.standing(key) == Standing(True, at(5))


@given(
    st.lists(
        st.tuples(st.sampled_from(["done", "undone"]), st.integers(0, 6), st.sampled_from("ab")), max_size=8
    )
)
def test_the_standing_is_what_a_person_would_read_from_the_log(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[Literal["done", "undone"], int, str]]
):
    with open_ledger(tmp_path_factory.mktemp("state")) as ledger:
        progress = Progress(ledger)
        progress.record(*(Entry(KEY, kind, at(hour), source) for kind, hour, source in lines))
        expected = None
        for entry in progress.entries():
            if expected is None or expected.done != (entry.kind == "done"):
                expected = Standing(entry.kind == "done", entry.at)

        assert progress.standing(KEY) == expected


def test_a_tick_made_on_two_devices_counts_once_with_the_earlier_time(progress: Progress):
    progress.record(tick(5, "todoist"))
    progress.record(tick(3, "google"))

    assert progress.standing(KEY) == Standing(True, at(3))


def test_the_same_tick_reported_again_is_one_entry(progress: Progress):
    assert progress.record(tick(1, "todoist")) == 1
    assert progress.record(tick(1, "todoist")) == 0
    assert len(progress.entries()) == 1


def test_the_standings_of_one_roadmap_are_those_of_its_last_reading(progress: Progress, ledger: Ledger):
    progress.record(tick(1), tick(1, key="other/day-1/read"))
    ledger.run(
        "INSERT INTO items (slug, position, key, kind, title, tick) VALUES ('plan', 0, ?, 'task', 'Read', 1)",
        (KEY,),
    )

    assert progress.standings("plan") == {KEY: Standing(True, at(1))}


def test_check_ins_are_kept_and_say_nothing_about_done(progress: Progress):
    day = Entry(KEY, "checkin", at(12), "cli", hours=2.5, energy=7, note="Tired, but it went well — né?")
    progress.record(tick(1), day, day)

    assert progress.standing(KEY) == Standing(True, at(1))
    assert progress.entries(KEY) == [tick(1), day, day]


def test_a_moment_in_another_zone_is_the_same_moment(progress: Progress):
    nairobi = at(1).astimezone(timezone(timedelta(hours=3)))
    progress.record(Entry(KEY, "done", nairobi, "cli"))

    assert progress.entries() == [tick(1)]


def test_a_moment_without_a_zone_is_refused(progress: Progress):
    with pytest.raises(UsageError, match="no zone"):
        progress.record(Entry(KEY, "done", datetime(2026, 1, 5, 8), "cli"))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(KEY, "checkin", MORNING, "cli", energy=11), "energy of 11"),
        (Entry(KEY, "checkin", MORNING, "cli", energy=0), "energy of 0"),
        (Entry(KEY, "checkin", MORNING, "cli", hours=25), "25 hours"),
        (Entry(KEY, "checkin", MORNING, "cli", hours=-1), "-1 hours"),
    ],
)
def test_numbers_off_the_scale_are_refused_and_nothing_is_kept(progress: Progress, entry: Entry, words: str):
    with pytest.raises(UsageError, match=words):
        progress.record(tick(1), entry)
    assert progress.entries() == []


@pytest.mark.parametrize("statement", ["UPDATE progress SET note = 'x'", "DELETE FROM progress"])
def test_the_log_cannot_be_rewritten(progress: Progress, ledger: Ledger, statement: str):
    progress.record(tick(1))

    with pytest.raises(LedgerError, match="append-only"):
        ledger.run(statement)


def test_a_mark_in_the_text_starts_the_item_as_done(progress: Progress):
    noted = datetime(2026, 1, 4, tzinfo=UTC)
    assert progress.see_marks({"a": True, "b": noted, "c": None, "d": False}, now=at(0)) == 2

    assert progress.standings() == {"a": Standing(True, at(0)), "b": Standing(True, noted)}


def test_a_mark_that_did_not_change_in_the_text_never_overrides_an_undo(progress: Progress):
    progress.see_marks({KEY: True}, now=at(0))
    progress.record(untick(1))
    progress.see_marks({KEY: True}, now=at(2))

    assert progress.standing(KEY) == Standing(False, at(1))


def test_a_mark_set_anew_after_an_undo_counts_again(progress: Progress):
    progress.see_marks({KEY: True}, now=at(0))
    progress.record(untick(1))
    progress.see_marks({KEY: None}, now=at(2))
    progress.see_marks({KEY: True}, now=at(3))

    assert progress.standing(KEY) == Standing(True, at(3))


def test_a_mark_taken_out_of_the_text_takes_back_the_tick_it_made(progress: Progress):
    progress.see_marks({KEY: True}, now=at(0))
    progress.see_marks({KEY: None}, now=at(1))

    assert progress.standing(KEY) == Standing(False, at(1))


def test_repasting_a_bare_document_never_costs_a_tick_made_elsewhere(progress: Progress):
    progress.see_marks({KEY: True}, now=at(0))
    progress.record(tick(1, "todoist"))
    progress.see_marks({KEY: None}, now=at(2))

    assert progress.standing(KEY) == Standing(True, at(0))


def test_an_item_that_leaves_the_text_keeps_its_mark(progress: Progress):
    progress.see_marks({KEY: True}, now=at(0))
    progress.see_marks({}, now=at(1))
    progress.see_marks({KEY: True}, now=at(2))

    assert progress.entries() == [Entry(KEY, "done", at(0), "text")]


def test_a_key_met_twice_is_marked_where_one_of_them_is():
    assert marks_of([("a", None), ("a", True), ("a", None), ("b", False)]) == {"a": True, "b": False}
