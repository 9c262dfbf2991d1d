"""The calendar on the phone, used as a browser would: links, forms, and what they do to it."""

import pytest

from tests.sandbox.browser import titles


@pytest.fixture
def event(box, calendar, timed):
    return box.google.seed_event(
        calendar, timed(id="rs001", location="Java House", description="a<br>b &amp; c")
    )


@pytest.fixture
def fields(calendar, event):
    """The sheet of the event as it stands."""
    return {
        "calendar": calendar,
        "event": event,
        "title": "Arrays",
        "start_date": "2026-01-05",
        "start_time": "19:00",
        "end_date": "2026-01-05",
        "end_time": "20:00",
        "notes": "a\r\nb & c",
    }


def test_the_agenda_shows_two_weeks_of_the_apps_calendar(box, phone, calendar, event, whole_day):
    for start, end, title in (
        ("2025-12-29", "2026-01-26", "Phase <1>"),
        ("2026-01-18", "2026-01-19", "Last day"),
        ("2026-01-19", "2026-01-20", "Too late"),
        ("2026-01-04", "2026-01-05", "Too early"),
    ):
        body = whole_day(summary=title, start={"date": start}, end={"date": end})
        box.google.seed_event(calendar, body)

    page = phone.get()

    assert titles(page) == ["Phase <1>", "Arrays", "Last day"]
    assert "19:00 – 20:00 · Java House" in page
    assert "until Sun 25 Jan" in page
    assert "Today · Mon 5 Jan" in page
    assert "Sun 18 Jan</h2>" in page


def test_earlier_and_later_weeks_are_a_link_away(phone, calendar, event):
    later = phone.get(day="2026-01-19", calendar=calendar)
    next_year = phone.get(day="2027-12-24", calendar=calendar)

    assert "Nothing here." in later
    assert "day=2026-01-05" in later
    assert ">Today</a>" in later
    assert "Fri 24 Dec" in next_year
    assert titles(phone.get(day="nonsense")) == ["Arrays"]


def test_from_an_empty_stretch_a_link_leads_to_the_nearest_event(phone, calendar, event):
    before, after = phone.get(day="2025-06-01"), phone.get(day="2026-06-01")

    assert ">Next: Mon 5 Jan 2026</a>" in before
    assert ">Last: Mon 5 Jan 2026</a>" in after
    assert "day=2026-01-05" in after


def test_an_empty_calendar_says_that_pushed_items_will_appear(phone, calendar):
    assert "Pushed items appear by themselves." in phone.get()


def test_a_day_of_another_year_names_it(box, phone, calendar, whole_day):
    body = whole_day(start={"date": "2027-12-24"}, end={"date": "2027-12-25"})
    box.google.seed_event(calendar, body)

    assert "Fri 24 Dec 2027" in phone.get(day="2027-12-20")


def test_without_a_calendar_of_the_app_the_persons_own_is_shown(box, phone, timed):
    box.google.seed_event("primary", timed(summary="Dentist"))

    page = phone.get()

    assert titles(page) == ["Dentist"]
    assert 'class="chips"' not in page


def test_a_series_shows_each_occurrence(box, phone, calendar, whole_day):
    box.google.seed_event(calendar, whole_day(id="rs00d", recurrence=["RRULE:FREQ=DAILY;COUNT=3"]))
    box.google.user_delete(calendar, "rs00d_20260106")

    page = phone.get()

    assert titles(page) == ["Day", "Day"]
    assert page.count("↻ series") == 2


def test_a_tick_goes_to_the_calendar_and_back_to_the_agenda(box, phone, calendar, event):
    before = box.google.event(calendar, event)["etag"]

    answer = phone.post("/tick", calendar=calendar, event=event, day="2026-01-05", done="yes")

    assert answer.url == f"{box.url}phone?calendar={calendar.replace('@', '%40')}&day=2026-01-05"
    assert titles(answer.text) == ["Arrays"]
    assert ">✅</button>" in answer.text
    ticked = box.google.event(calendar, event)
    assert (ticked["summary"], ticked["colorId"]) == ("✅ Arrays", "8")
    assert ticked["etag"] != before

    phone.post("/tick", calendar=calendar, event=event, done="")
    assert box.google.event(calendar, event)["summary"] == "Arrays"


def test_the_sheet_shows_what_can_be_edited_and_what_the_api_shows(phone, calendar, event):
    page = phone.get("/event", calendar=calendar, event=event)

    assert 'value="2026-01-05"' in page
    assert 'value="19:00"' in page
    assert ">a\nb &amp; c</textarea>" in page
    assert "<dt>etag</dt>" in page
    assert "2026-01-05 06:00:00 UTC" in page
    assert "Delete this day" not in page


def test_saving_without_a_change_changes_nothing(box, phone, calendar, event, fields):
    before = box.google.event(calendar, event)

    assert phone.post("/save", **fields).status_code == 200

    assert box.google.event(calendar, event) == before


def test_a_new_title_leaves_everything_else_alone(box, phone, calendar, event, fields):
    before = box.google.event(calendar, event)

    phone.post("/save", **{**fields, "title": "Two\r\n pointers "})

    after = box.google.event(calendar, event)
    changed = {name for name in after if after[name] != before.get(name)}
    assert (after["summary"], changed) == ("Two pointers", {"summary", "etag"})


def test_a_new_time_moves_the_event(box, phone, calendar, event, fields):
    phone.post("/save", **{**fields, "start_time": "18:30"})

    after = box.google.event(calendar, event)
    assert after["start"]["dateTime"] == "2026-01-05T18:30:00+03:00"
    assert after["sequence"] == 1


def test_an_event_can_become_all_day_and_timed_again(box, phone, calendar, event, fields):
    phone.post("/save", **{**fields, "all_day": "on", "end_date": "2026-01-06"})
    day = box.google.event(calendar, event)
    assert (day["start"], day["end"]) == ({"date": "2026-01-05"}, {"date": "2026-01-07"})
    assert 'value="2026-01-06"' in phone.get("/event", calendar=calendar, event=event)

    phone.post("/save", **fields)
    assert box.google.event(calendar, event)["end"]["dateTime"] == "2026-01-05T20:00:00+03:00"


def test_edited_notes_come_back_as_html(box, phone, calendar, event, fields):
    phone.post("/save", **{**fields, "notes": "x\r\ny"})

    assert box.google.event(calendar, event)["description"] == "x<br>y"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"end_date": "2026-01-04"}, "The specified time range is empty."),
        ({"start_date": "soon"}, "That is no date or no time."),
        ({"start_time": ""}, "That is no date or no time."),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept_on_the_sheet(box, phone, fields, change, words):
    answer = phone.post("/save", **{**fields, **change, "title": "Still here"})

    assert answer.status_code == 400
    assert words in answer.text
    assert "Still here" in answer.text
    assert box.google.event(fields["calendar"], fields["event"])["summary"] == "Arrays"


def test_a_new_event_can_be_made_by_hand(box, phone, calendar):
    sheet = phone.get("/new", calendar=calendar, day="2026-01-07")
    form = {"calendar": calendar, "event": "", "title": "Mine", "all_day": "on", "start_date": "2026-01-07"}
    phone.post("/save", **form, notes="")

    assert 'value="2026-01-07"' in sheet
    made = box.google.events(calendar)[0]
    assert (made["summary"], made["end"]) == ("Mine", {"date": "2026-01-08"})


def test_an_event_can_be_deleted(box, phone, calendar, event):
    answer = phone.post("/delete", calendar=calendar, event=event, what="one")

    assert "Nothing here." in answer.text
    assert box.google.event(calendar, event)["status"] == "cancelled"


@pytest.mark.parametrize(("what", "left"), [("one", 2), ("series", 0)])
def test_of_a_series_one_day_or_all_can_be_deleted(box, phone, calendar, whole_day, what, left):
    box.google.seed_event(calendar, whole_day(id="rs00d", recurrence=["RRULE:FREQ=DAILY;COUNT=3"]))
    assert "Delete the series" in phone.get("/event", calendar=calendar, event="rs00d_20260106")

    answer = phone.post("/delete", calendar=calendar, event="rs00d_20260106", what=what)

    assert len([title for title in titles(answer.text) if title == "Day"]) == left


def test_what_is_gone_leads_back_to_the_agenda(box, phone, calendar, event):
    box.google.user_delete(calendar, event)

    assert "Nothing here." in phone.get("/event", calendar=calendar, event="rs404")
    assert "Nothing here." in phone.post("/delete", calendar=calendar, event=event).text
    assert "Nothing here." in phone.get(calendar="nobody@example.com")
    for form in ("/tick", "/delete", "/save"):
        assert phone.post(form).status_code in (200, 400)
    assert "Nothing here." in phone.get(day="0001-01-01")


def test_the_pulse_tells_the_page_that_something_changed(box, phone, session, calendar, event):
    def pulse():
        return session.get(f"{box.url}phone/pulse", timeout=5).json()

    before = pulse()
    assert f'data-pulse="{before}"' in phone.get()

    box.google.user_edit(calendar, event, {"summary": "Edited"})
    assert pulse() != before


def test_forms_of_other_sites_are_refused(box, phone, calendar, event):
    foreign = phone.post("/delete", {"Origin": "https://evil.example"}, calendar=calendar, event=event)
    own = phone.post("/delete", {"Origin": box.url.rstrip("/")}, calendar=calendar, event=event)

    assert (foreign.status_code, own.status_code) == (403, 200)


def test_the_phone_costs_no_quota_and_is_no_request_to_the_api(box, phone):
    box.google.quirks.quota = 0

    phone.get()

    assert box.google.log.requests == ()
