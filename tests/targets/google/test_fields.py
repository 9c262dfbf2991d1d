"""What an item looks like in a calendar, field by field."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sync.model import Item, Kind
from sync.remote import fingerprint
from sync.targets.google_calendar import notes
from sync.targets.google_calendar.fields import shape
from sync.targets.google_calendar.reminders import NONE, read_reminders, reminders, reminders_text
from sync.targets.google_calendar.settings import Settings
from sync.targets.google_calendar.titles import MOST, read_summary
from sync.targets.ics.fields import shape as ics_shape
from tests.contract.samples import TEXTS
from tests.targets.google.samples import PLAIN
from tests.targets.ics.plans import THREE, block, day, every, item, occurrence, series, task
from tests.targets.ics.whole import WHOLE

DONE = datetime(2026, 1, 6, 18, tzinfo=UTC)
SHARED = ("title", "when", "repeats", "kind", "done", "notes")
OPEN_END = series("plan/open", block("2026-01-05T07:00"), "FREQ=DAILY", every("2026-01-05", "2026-01-09"))


def shaped(made: Item, settings: Settings = PLAIN) -> dict[str, str]:
    fields = shape(made, settings)
    assert fields is not None
    return dict(fields)


@pytest.mark.parametrize("made", [*WHOLE.items, *THREE.items, OPEN_END], ids=lambda each: each.key)
def test_a_plan_says_the_same_words_for_the_calendar_and_for_the_feeds(made):
    fields, feed = shape(made, PLAIN), dict(ics_shape(made) or {"notes": ""})
    feed["notes"] = notes.tidied(feed["notes"])

    assert fields is None or {name: fields[name] for name in SHARED} == {name: feed[name] for name in SHARED}


def test_what_is_undated_or_one_day_of_a_series_has_no_place():
    assert shape(task("plan/someday"), PLAIN) is None
    assert shape(occurrence(OPEN_END, date(2026, 1, 6)), PLAIN) is None


def test_the_choices_of_a_person_are_fields():
    done = task("plan/a", day("2026-01-05"), done=DONE)

    assert shaped(done)["done"] == "done 2026-01-06 18:00:00 UTC"
    assert shaped(done, Settings(mark_done=False))["done"] == ""
    assert shaped(done, Settings(reminders=(60, 10, 10)))["reminders"] == "10 min, 60 min"
    assert shaped(done)["reminders"] == ""


def test_a_title_that_is_too_long_is_cut():
    cut = shaped(task("plan/a", day("2026-01-05"), title="long " * 400))["title"]

    assert len(cut) <= MOST
    assert cut.endswith("long…")


# --- notes ---


@pytest.mark.parametrize(
    "text", [*TEXTS, "AT&T", "a &lt; b", "x < y > z", "&copy2026", "tabs\tand\n\n\nlines", "<p>", "&" * 9000]
)
def test_notes_are_read_as_they_are_written_and_fit(text):
    kept = notes.fitted(text)

    assert notes.read_description(notes.description(kept)) == kept
    assert len(notes.description(kept)) <= notes.MOST
    assert notes.fitted(kept) == kept


def test_plain_notes_are_sent_as_they_are_and_others_so_that_they_are_not_taken_for_html():
    assert notes.description("Tom & Jerry <3") == "Tom & Jerry <3"
    assert notes.description("use <b> & &amp;") == "use &lt;b&gt; &amp; &amp;amp;"


@pytest.mark.parametrize(
    "rewritten",
    [
        "first &amp; second<br>third",
        "<p>first &amp; second</p><p>third</p>",
        "<html-blob>first&nbsp;&amp; second<br/>third  <!-- x --></html-blob>",
        "<div>first <b>&amp;</b> second</div>\n<div>third</div>".replace("\n", ""),
    ],
)
def test_html_of_the_web_page_says_no_more_than_what_is_seen(rewritten):
    assert notes.read_description(rewritten) == "first & second\nthird"


# --- titles ---


@pytest.mark.parametrize(
    ("summary", "kind", "written", "read"),
    [
        ("☐ Read", Kind.TASK, "Read", ("Read", False)),
        ("✅ Read", Kind.TASK, "Read", ("Read", True)),
        ("✅ ☐ Read", Kind.TASK, "Read", ("Read", True)),
        ("✔️Read", Kind.TASK, "Read", ("Read", True)),
        ("☐ ⏰ Hand in", Kind.DEADLINE, "Hand in", ("Hand in", False)),
        ("☐ ⏰ Hand in", Kind.TASK, "⏰ Hand in", ("⏰ Hand in", False)),
        ("✅ a list", Kind.SESSION, "✅ a list", ("✅ a list", False)),
        ("✅ ✅ a list", Kind.TASK, "✅ a list", ("✅ a list", True)),
        ("☐ Edited", Kind.TASK, "Read", ("Edited", False)),
        ("✓ Edited  here", Kind.TASK, "Read", ("Edited here", True)),
        ("", Kind.TASK, "Read", ("", False)),
    ],
)
def test_marks_are_told_from_titles_by_what_was_written(summary, kind, written, read):
    assert read_summary(summary, kind, fingerprint(written)) == read


# --- reminders ---


@pytest.mark.parametrize("text", ["", "10 min", "10 min, 60 min", "10 min, 60 min by email", NONE])
def test_reminders_are_read_as_they_are_written(text):
    assert read_reminders({"reminders": reminders(text)}) == text


def test_an_event_that_says_nothing_of_reminders_has_the_calendars_own():
    assert read_reminders({}) == reminders_text(()) == ""


def test_a_series_is_shown_from_its_first_day_that_the_rule_gives():
    made = replace(item("plan/a", day("2026-01-05")), kind=Kind.PERIOD)

    assert shaped(made)["kind"] == "period"
