"""What the server has to serve follows the documents."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sync.app import exporting
from sync.app.exporting import Exported, ServedFeeds
from tests.desk import TODAY
from tests.invented import DATED, EVENINGS, PHASED, WEEK


def test_what_is_served_follows_the_documents(desk):
    desk.write("roadmaps/dated.md", DATED)
    source = ServedFeeds(desk.world)
    source.refresh()
    first = dict(source.feeds())
    assert first.keys() == {"dated.ics", "dated.tasks.ics", "all.ics"}
    source.refresh()
    assert source.feeds() == first
    desk.write("roadmaps/phased.md", PHASED)
    source.refresh()
    assert source.feeds().keys() == first.keys() | {"phased.ics", "phased.tasks.ics"}
    (desk.roadmaps / "phased.md").unlink()
    source.refresh()
    assert source.feeds().keys() == first.keys()


def test_a_roadmap_that_is_gone_is_served_no_longer_even_if_no_other_feed_changes(desk):
    desk.write("roadmaps/dated.md", DATED)
    undated = desk.write("roadmaps/week.md", WEEK)
    source = ServedFeeds(desk.world)
    source.refresh()
    assert "week.ics" in source.feeds()
    undated.unlink()
    source.refresh()
    assert source.feeds().keys() == {"dated.ics", "dated.tasks.ics", "all.ics"}


def test_a_roadmap_that_cannot_be_read_any_more_is_served_as_it_was(desk):
    desk.write("roadmaps/dated.md", DATED)
    path = desk.write("roadmaps/phased.md", PHASED)
    source = ServedFeeds(desk.world)
    source.refresh()
    before = dict(source.feeds())
    path.write_bytes(b"\0\1" * 99)
    source.refresh()
    assert source.feeds() == before
    assert source.errors == 1
    fresh = ServedFeeds(desk.world)
    fresh.refresh()
    assert fresh.feeds() == before


def test_a_server_that_lives_over_midnight_goes_by_the_new_day(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    days = iter([TODAY, TODAY + timedelta(days=1)])
    asked: list[date] = []

    def world():
        asked.append(next(days))
        return desk.world(today=asked[-1], now=datetime.now(UTC))

    source = ServedFeeds(world)
    source.refresh()
    source.refresh()
    assert asked == [TODAY, TODAY + timedelta(days=1)]


def test_a_feed_that_vanishes_while_it_is_fetched_is_left_out(desk, monkeypatch):
    desk.write("roadmaps/dated.md", DATED)
    source = ServedFeeds(desk.world)
    sound: Callable[..., Exported] = exporting.export_feeds

    def vanishing(*given):
        done = sound(*given)
        (done.folder / "dated.ics").unlink()
        return done

    monkeypatch.setattr(exporting, "export_feeds", vanishing)
    source.refresh()
    assert source.feeds().keys() == {"dated.tasks.ics", "all.ics"}
