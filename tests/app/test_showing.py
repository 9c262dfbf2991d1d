"""The agenda: which items it shows, with what is done."""

from datetime import date, datetime

from sync.app.showing import Window, show
from sync.ledger.keys import Keys
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import open_ledger
from tests.desk import NOW, Desk
from tests.invented import BROKEN, PHASED, STARTED, WEEK


def done(desk: Desk, words: str, at: datetime) -> None:
    with open_ledger(desk.state) as ledger:
        (key,) = [each.key for each in Keys(ledger).all_keys("week") if words in each.key]
        Progress(ledger).record(Entry(key, "done", at, "cli"))


def test_an_agenda_knows_what_is_done(desk):
    desk.write("roadmaps/week.md", STARTED)
    desk.run("export")
    done(desk, "straight", NOW)
    items = {item["title"]: item["done"] for item in desk.run("show", "--json").json["items"]}
    assert items["Fill a page with straight lines"] == "2026-03-02T06:00:00+00:00"
    assert items["Fill a page with circles"] is None
    assert items["Draw twenty boxes"] is True
    assert "✓ Fill a page with straight lines" in desk.run("show").out


def test_an_item_keeps_its_key_in_the_agenda_after_a_rewording(desk):
    path = desk.write("roadmaps/week.md", STARTED)
    desk.run("export")
    (before,) = [each for each in show(desk.world(), (), Window())[0] if "straight" in each.title]
    path.write_text(STARTED.replace("with straight lines", "with really straight lines"), "utf-8")
    (after,) = [each for each in show(desk.world(), (), Window())[0] if "straight" in each.title]
    assert (after.key, after.title) == (before.key, "Fill a page with really straight lines")


def test_json_shows_the_whole_roadmap_with_what_has_no_date(desk):
    desk.write("roadmaps/week.md", WEEK)
    items = desk.run("show", "--json").json["items"]
    assert len(items) == 7
    assert {item["start"] for item in items} == {None}
    assert desk.run("show", "--json", "--from", "2026-01-01").json["items"] == []


def test_json_takes_the_days_that_are_asked_for(desk):
    desk.write("roadmaps/phased.md", PHASED)
    said = desk.run("show", "--json", "--from", "2026-03-10", "--to", "2026-03-16").json["items"]
    assert [item["title"] for item in said] == ["Phase 1: clearing", "burn the cuttings", "Phase 2: planting"]


def test_an_agenda_names_what_is_wrong_on_stderr(desk):
    said = desk.run("show", desk.write("broken.md", BROKEN), "missing.md")
    assert "first rehearsal" in said.out
    first, second = said.err.splitlines()
    assert first.startswith("There is no file")
    assert second.startswith("1 error was found in the text")


def test_an_agenda_of_a_phase_runs_over_all_of_it(desk):
    file = desk.write("phased.md", PHASED)
    told = desk.run("show", file, today=date(2026, 1, 5)).out
    assert told == "Nothing from 5 Jan to 19 Jan 2026. The next thing is on Mon 2 Mar 2026.\n"
    assert "sow the beans" in desk.run("show", file, "--phase", "2", today=date(2026, 1, 5)).out
