"""Two computers used in turn, each with roadmaps and a ledger of its own, agree after one pull each."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.app import pulling, pushing
from sync.app.pushing import Asked
from sync.app.status import survey
from sync.ledger.progress import Progress
from sync.ledger.store import open_ledger
from sync.reporting.status.document import status_document
from tests.desk import NOW, TODAY, Desk
from tests.invented import PHASED
from tests.pushes import LATER, World, tick

BRAMBLES = "phased/2026-03-03/cut-the-brambles"
BEANS = "phased/2026-03-17/sow-the-beans"
TITLES = ("cut the brambles", "burn the cuttings", "sow the beans")


def computers(folder: Path) -> tuple[Desk, Desk]:
    """Two desks with the same roadmap."""
    both = Desk(folder / "home"), Desk(folder / "work")
    for each in both:
        each.write("roadmaps/phased.md", PHASED)
    return both


def standings(desk: Desk) -> dict[str, tuple[bool, datetime]]:
    with open_ledger(desk.state) as ledger:
        return {key: (each.done, each.since) for key, each in Progress(ledger).standings().items()}


def status(desk: Desk) -> str:
    return json.dumps(status_document(survey(desk.world())))


def push(desk: Desk) -> None:
    pushing.push(desk.world(), Asked(whole=True), show=lambda _: None, agree=lambda _: True)


def test_ticks_edits_and_new_words_from_both_sides_are_on_both(desk, world):
    home, work = computers(desk.folder)
    push(home)
    tick(world, "cut the brambles")
    push(work)
    for each in (home, work):
        each.write("roadmaps/phased.md", PHASED.replace("sow the beans", "sow the runner beans"))
    push(work)
    tick(world, "sow the runner beans", NOW)
    thing = world.thing("burn the cuttings")
    world.put(replace(thing, fields={**thing.fields, "notes": "ask the neighbours"}))
    before = dict(world.services["memory"].things)
    for each in (home, work):
        pulling.pull(each.world())
    assert standings(home) == standings(work) == {BRAMBLES: (True, LATER), BEANS: (True, NOW)}
    assert status(home) == status(work)
    for each in (home, work):
        push(each)
    assert world.services["memory"].things == before


def test_what_was_removed_is_removed_on_both(desk, world):
    home, work = computers(desk.folder)
    push(home)
    push(work)
    world.services["memory"].delete(world.thing("burn the cuttings").id)
    for each in (home, work):
        pulling.pull(each.world())
    assert status(home) == status(work)
    assert '"removed": 1' in status(home)
    push(work)
    push(home)
    assert "burn the cuttings" not in world.titles


def test_a_tick_made_by_hand_travels_through_the_feeds(desk):
    home, work = computers(desk.folder)
    for each in (home, work):
        each.write("config.toml", f'timezone = "Africa/Nairobi"\n[ics]\nout = "{desk.folder / "shared"}"\n')

    def _run(each: Desk, *words: str):
        return each.run("--config", each.folder / "config.toml", *words)

    _run(home, "push", "--yes", "--all")
    _run(work, "pull")
    _run(work, "done", BEANS, "--at", "2026-03-02T08:00")
    _run(work, "push", "--yes", "--all")
    told = _run(home, "pull", "--json").json["changes"]
    assert [(each["change"], each["title"]) for each in told] == [("done", "sow the beans")]
    assert _run(work, "pull", "--json").json["changes"] == []
    assert standings(home) == standings(work) == {BEANS: (True, datetime(2026, 3, 2, 5, tzinfo=UTC))}


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["push", "pull", "tick", "untick"]), st.sampled_from([0, 1]), st.sampled_from(TITLES)
    ),
    max_size=6,
)


@settings(max_examples=15)  # each act reads documents
@given(ACTS)
def test_whatever_was_done_where_both_agree_after_one_pull_each(tmp_path_factory, acts):
    folder, world = tmp_path_factory.mktemp("lives"), World()
    both, now = computers(folder), NOW
    runs = [lambda each=each: each.world(now=now, today=TODAY) for each in both]

    def _push(which: int) -> None:
        asked = Asked(whole=True, targets=("memory",))
        pushing.push(runs[which](), asked, show=lambda _: None, agree=lambda _: True, connect=world.connect)

    def _pull(which: int) -> None:
        pulling.pull(runs[which](), ("memory",), connect=world.connect)

    _push(0)
    _push(1)
    ticked: dict[str, datetime] = {}
    for act, which, title in acts:
        now += timedelta(hours=1)
        if act == "push":
            _push(which)
        elif act == "pull":
            _pull(which)
        elif act == "tick" and title not in ticked:
            tick(world, title, now)
            ticked[title] = now
        elif act == "untick" and title in ticked:
            # seen by both before and after: what nobody saw ticked is not seen to be opened
            _pull(0)
            _pull(1)
            now += timedelta(hours=1)
            world.put(replace(world.thing(title), done=None))
            del ticked[title]
            _pull(0)
            _pull(1)
    now += timedelta(hours=1)
    _pull(0)
    _pull(1)
    done = [{key: at for key, (is_done, at) in standings(each).items() if is_done} for each in both]
    assert done[0] == done[1]
    assert sorted(done[0].values()) == sorted(ticked.values())
    assert status(both[0]) == status(both[1])


def test_an_older_copy_of_the_roadmap_takes_nothing_back(desk, world, monkeypatch):
    home, work = computers(desk.folder)
    push(home)
    push(work)
    newer = PHASED.replace("sow the beans", "sow the runner beans") + "- [ ] 19 March 2026: water the beans\n"
    home.write("roadmaps/phased.md", newer)
    push(home)
    before = dict(world.services["memory"].things)
    monkeypatch.chdir(work.folder)
    told = work.run("plan", "--all").out
    push(work)
    assert world.services["memory"].things == before
    work.write("roadmaps/phased.md", newer)
    push(work)
    assert {"sow the runner beans", "water the beans"} < set(world.titles)
    behind, foreign = (
        "changed by another computer since",
        "not in the roadmap, but not written by this ledger either",
    )
    assert told.splitlines()[1:5] == [
        f"  · leave 1: {behind}, not in this copy of the roadmap; --prefer roadmap writes what this copy says",
        "    · sow the beans",
        "        title stays “sow the runner beans”; the roadmap says “sow the beans”",
        f"  · leave 1: {foreign}; --prefer roadmap deletes it",
    ]
