"""A lost ledger comes back out of the targets: nothing doubled, no tick lost, no hand edit overwritten."""

from dataclasses import replace
from datetime import timedelta
from shutil import rmtree

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.app import pushing, rebuilding
from sync.app.pushing import Asked
from sync.errors import NotAuthorised
from sync.ledger.bindings import Bindings
from sync.ledger.progress import Progress
from sync.ledger.store import open_ledger
from sync.targets.memory import Service
from tests.desk import NOW, Desk
from tests.invented import EVENINGS, PHASED
from tests.pushes import LATER, World, feed, steps, tick

BRAMBLES = "phased/2026-03-03/cut-the-brambles"


def lose(desk: Desk) -> None:
    rmtree(desk.state)


def bindings(desk: Desk, target: str = "memory") -> dict[str, tuple[str | None, str, str, int, str]]:
    with open_ledger(desk.state) as ledger:
        known = Bindings(ledger, target).all()
    return {
        key: (each.phase, each.roadmap, each.remote_id, each.revision, each.imprint)
        for key, each in known.items()
        if each.live
    }


def planned(desk: Desk) -> list[tuple[str, str]]:
    return [
        (action, title)
        for action, title in steps(desk.run("plan", "--all", "--json").json)
        if action != "leave"
    ]


# --- from nothing ---


def test_everything_that_was_pushed_is_bound_again_and_the_next_plan_is_empty(garden, world):
    garden.run("push", "--yes", "--all")
    before = bindings(garden)
    lose(garden)
    told = garden.run("ledger", "rebuild", "--json").json
    assert told["targets"] == [{"target": "memory", "items": 5, "bound": 5}]
    assert (told["changes"], told["strangers"], told["refused"]) == ([], {}, [])
    assert told["requests"] == {"memory": 1}
    assert bindings(garden) == before
    assert planned(garden) == []


def test_ticks_and_hand_edits_come_back_and_stay(garden, world):
    garden.run("push", "--yes", "--all")
    tick(world, "cut the brambles")
    burn = world.thing("burn the cuttings")
    world.put(replace(burn, fields={**burn.fields, "title": "burn it all"}))
    lose(garden)
    assert garden.run("ledger", "rebuild").out.splitlines() == [
        "✓ memory: 5 items there, 5 of them new to the ledger, 1 done, 1 edited",
        "    ✓ cut the brambles   done, Mon 2 Mar 2026, 14:00",
        "    ~ burn the cuttings  edited",
        "Check-ins are in no calendar and no list; they come back from a copy of the old ledger only.",
    ]
    before = dict(world.services["memory"].things)
    garden.run("push", "--yes", "--all")
    assert world.services["memory"].things == before
    with open_ledger(garden.state) as ledger:
        assert Progress(ledger).standing(BRAMBLES) == (True, LATER)


def test_a_title_that_was_reworded_before_the_loss_keeps_its_item(garden, world):
    garden.run("push", "--yes", "--all")
    garden.write("roadmaps/phased.md", PHASED.replace("cut the brambles", "cut all of the brambles"))
    garden.run("push", "--yes", "--all")
    there = dict(world.services["memory"].things)
    lose(garden)
    garden.run("ledger", "rebuild")
    assert BRAMBLES in bindings(garden)
    assert planned(garden) == []
    garden.run("push", "--yes", "--all")
    assert world.services["memory"].things == there


def test_a_title_that_was_reworded_by_hand_and_in_the_text_keeps_its_item(garden, world):
    garden.run("push", "--yes", "--all")
    cut = world.thing("cut the brambles")
    world.put(replace(cut, fields={**cut.fields, "title": "what a mess"}))
    lose(garden)
    garden.write("roadmaps/phased.md", PHASED.replace("cut the brambles", "cut all the brambles"))
    garden.run("ledger", "rebuild")
    garden.run("push", "--yes", "--all")
    assert sorted(world.titles) == [
        "Phase 1: clearing", "Phase 2: planting", "burn the cuttings", "sow the beans", "what a mess",
    ]  # fmt: skip


def test_a_ledger_that_read_the_text_anew_before_it_was_rebuilt_gives_way(garden, world):
    garden.run("push", "--yes", "--all")
    reworded = PHASED.replace("cut the brambles", "cut all of the brambles")
    garden.write("roadmaps/phased.md", reworded)
    garden.run("push", "--yes", "--all")
    lose(garden)
    garden.write("roadmaps/phased.md", f"{reworded}- [ ] 20 March 2026: water them\n")
    garden.run("status")
    garden.run("ledger", "rebuild")
    assert planned(garden) == [("create", "water them")]
    assert garden.run("done", "brambles", "--json").json["key"] == BRAMBLES


def test_the_days_of_a_series_come_back(desk, world):
    desk.write("roadmaps/evenings.md", EVENINGS)
    desk.run("push", "--yes", "--all")
    before = bindings(desk)
    tick(world, "orchestra", NOW)
    lose(desk)
    desk.run("ledger", "rebuild")
    assert bindings(desk) == before
    assert planned(desk) == []


def test_the_feeds_give_back_what_was_done_by_hand(garden):
    garden.run("push", "--yes", "--all")
    garden.run("done", BRAMBLES, "--at", "2026-03-02T08:00")
    garden.run("push", "--yes", "--all")
    before, shown = bindings(garden, "ics"), feed(garden)
    lose(garden)
    told = garden.run("ledger", "rebuild", "--json").json
    assert [(each["change"], each["key"], each["at"]) for each in told["changes"]] == [
        ("done", BRAMBLES, "2026-03-02T08:00:00+03:00")
    ]
    assert bindings(garden, "ics") == before
    assert garden.run("push", "--yes", "--all", "--json").json["requests"] == {"ics": 1}
    assert feed(garden) == shown


# --- what is known stays ---


def test_a_ledger_that_lost_nothing_gains_nothing(garden, world):
    garden.run("push", "--yes", "--all")
    garden.run("done", "beans")
    before = bindings(garden)
    said = garden.run("ledger", "rebuild")
    assert said.out == "✓ memory: 5 items there, all known to the ledger\n"
    assert bindings(garden) == before
    assert garden.run("status", "--json").json["totals"]["done"] == 1


def test_where_nothing_was_pushed_there_is_nothing_to_come_back(garden, world):
    said = garden.run("ledger", "rebuild")
    assert (said.code, said.out) == (0, "✓ memory: nothing of ours is there\n")


def test_an_empty_answer_does_not_read_as_everything_removed(garden, world):
    garden.run("push", "--yes")
    world.services["memory"].things.clear()
    assert garden.run("ledger", "rebuild").code == 8
    assert garden.run("status", "--json").json["totals"]["removed"] == 0


# --- several targets, missing roadmaps ---


def test_a_target_that_fails_leaves_the_others(garden, world):
    world.services = {"memory": Service(), "other": Service()}
    garden.run("push", "--yes", "--all")
    lose(garden)
    world.broken["other"] = NotAuthorised("Nobody is signed in.", "Run auth.")
    said = garden.run("ledger", "rebuild")
    assert said.code == 7
    assert "✗ other: Nobody is signed in." in said.out
    assert (len(bindings(garden)), len(bindings(garden, "other"))) == (5, 0)
    del world.broken["other"]
    assert garden.run("ledger", "rebuild", "--target", "other").code == 0
    assert bindings(garden, "other").keys() == bindings(garden).keys()
    assert planned(garden) == []


def test_a_tick_that_two_targets_tell_counts_once(garden, world):
    world.services = {"memory": Service(), "other": Service()}
    garden.run("push", "--yes", "--all")
    tick(world, "cut the brambles", LATER, "memory")
    tick(world, "cut the brambles", NOW, "other")
    lose(garden)
    told = garden.run("ledger", "rebuild", "--json").json["changes"]
    assert [(each["target"], each["change"]) for each in told] == [("other", "done")]


def test_what_belongs_to_a_roadmap_that_was_renamed_can_be_handed_over(garden, world):
    garden.run("push", "--yes", "--all")
    before = bindings(garden)
    lose(garden)
    (garden.roadmaps / "phased.md").rename(garden.roadmaps / "garden.md")
    said = garden.run("ledger", "rebuild")
    assert "! 5 items belong to phased, and no roadmap is called so." in said.out
    assert "`roadmap-sync ledger rename phased NAME`" in said.out
    assert garden.run("ledger", "rename", "phased", "garden").code == 0
    assert bindings(garden).keys() == before.keys()
    assert planned(garden) == []


def test_without_a_readable_roadmap_the_bindings_come_back_all_the_same(garden, world):
    garden.run("push", "--yes", "--all")
    lose(garden)
    garden.write("roadmaps/phased.md", bytes(range(256)))
    said = garden.run("ledger", "rebuild")
    assert (said.code, said.err.startswith("phased.md is not a text file")) == (0, True)
    assert len(bindings(garden)) == 5
    garden.write("roadmaps/phased.md", PHASED)
    garden.run("push", "--yes", "--all")
    assert len(world.titles) == 5


def test_what_carries_a_marker_of_another_make_is_bound_and_left_alone(garden, world):
    garden.run("push", "--yes", "--all")
    thing = world.thing("sow the beans")
    odd = thing.marker.replace(thing.marker.rpartition(":")[2], "odd")
    world.services["memory"].things["odd"] = replace(thing, id="odd", marker=odd)
    lose(garden)
    assert garden.run("ledger", "rebuild", "--json").json["strangers"] == {"odd": 1}


# --- any history ---

WORDS = ("brambles", "nettles", "thistles", "ivy")
ACTS = st.lists(
    st.tuples(st.sampled_from(["tick", "edit", "reword", "add", "push"]), st.sampled_from(WORDS)), max_size=7
)


@settings(max_examples=15)  # each act reads documents
@given(ACTS)
def test_after_any_history_nothing_is_doubled_and_no_hand_edit_or_tick_is_lost(tmp_path_factory, acts):
    desk, world, now = Desk(tmp_path_factory.mktemp("lives")), World(), NOW
    titles = {word: f"cut the {word}" for word in WORDS[:2]}

    def _write() -> None:
        lines = [f"- [ ] {3 + at} March 2026: {title}\n" for at, title in enumerate(titles.values())]
        desk.write("roadmaps/plot.md", f"# Plot 2026\n\n{''.join(lines)}")

    def _push() -> None:
        pushing.push(
            desk.world(now=now), Asked(whole=True, targets=("memory",)),
            show=lambda _: None, agree=lambda _: True, connect=world.connect,
        )  # fmt: skip

    _write()
    _push()
    for number, (act, word) in enumerate(acts):
        now += timedelta(hours=1)
        there = [each for each in world.services["memory"].things.values() if word in each.marker]
        if act == "tick" and there and not there[0].done:
            world.put(replace(there[0], done=now))
        elif act == "edit" and there:
            world.put(replace(there[0], fields={**there[0].fields, "notes": f"by hand {number}"}))
        elif act == "reword" and word in titles:
            titles[word] = f"cut the {word} {'again ' * number}"
        elif act == "add":
            titles.setdefault(word, f"cut the {word}")
        _write()
        if act == "push":
            _push()
    _push()
    before = dict(world.services["memory"].things)
    with open_ledger(desk.state) as ledger:
        done = {key for key, each in Progress(ledger).standings().items() if each.done}
    bound = bindings(desk)
    lose(desk)
    rebuilding.rebuild(desk.world(now=now), ("memory",), connect=world.connect)
    with open_ledger(desk.state) as ledger:
        assert {key for key, each in Progress(ledger).standings().items() if each.done} == done
    assert bindings(desk).keys() == bound.keys()
    _push()
    assert world.services["memory"].things == before
