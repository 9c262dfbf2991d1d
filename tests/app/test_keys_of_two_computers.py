"""Which item a line is, where two computers have copies of one roadmap that are not of the same age."""

import pytest

from sync.applying.absorbing import Change
from tests.app.test_two_computers import computers, push
from tests.desk import Desk
from tests.pushes import World, tick

START = "---\nroadmap: {start: 2026-03-02}\n---\n# Study\n\n## Week 1: basics\n\n"
CHAPTERS = ["Read chapter one", "Read chapter two", "Solve the exercises"]


def week(*lines: str) -> str:
    return START + "".join(f"- [ ] {line}\n" for line in lines)


@pytest.fixture
def pair(desk: Desk, world: World) -> tuple[Desk, Desk]:
    """Two desks without a roadmap."""
    home, work = computers(desk.folder)
    for each in (home, work):
        (each.roadmaps / "phased.md").unlink()
    return home, work


def write(desk: Desk, text: str) -> None:
    desk.write("roadmaps/study.md", text)


def titles(world: World) -> dict[str, str]:
    """Id of a thing to its title; the days of a week move, as there are fewer lines to spread."""
    return {ident: thing.fields["title"] for ident, thing in world.services["memory"].things.items()}


def pull(desk: Desk) -> tuple[Change, ...]:
    from sync.app import pulling  # noqa: PLC0415 - replaced by the services in memory

    return pulling.pull(desk.world()).changes


@pytest.mark.parametrize("missing", CHAPTERS)
def test_a_new_ledger_and_a_copy_with_a_line_less_leave_each_item_its_own_words(pair, world, missing):
    """The neighbour of the missing line must not be taken for that line, reworded."""
    home, work = pair
    write(home, week(*CHAPTERS))
    push(home)
    before = titles(world)
    write(work, week(*(line for line in CHAPTERS if line != missing)))
    push(work)
    assert titles(world) == before


@pytest.mark.parametrize("later", ["17 March 2026: count the slugs", "16 March 2026: count all the slugs"])
def test_a_line_that_this_computer_saw_without_having_it_is_the_same_once_it_comes(pair, world, later):
    """Another computer pushed it, then moved or reworded it; the newest copy comes here last."""
    home, work = pair
    older = "# Study\n\n- [ ] 2 March 2026: sow the beans\n"
    for each in pair:
        write(each, older)
        push(each)
    write(home, f"{older}- [ ] 16 March 2026: count the slugs\n")
    push(home)
    push(work)
    newest = f"{older}- [ ] {later}\n"
    write(home, newest)
    push(home)
    write(work, newest)
    push(work)
    assert len(world.titles) == 2
    push(home)
    assert len(world.titles) == 2


def test_an_item_reworded_and_moved_on_the_other_computer_keeps_its_key_and_its_tick(pair, world):
    home, work = pair
    for each in pair:
        write(each, "# Study\n\n- [ ] 12 March 2026: sow the beans\n- [ ] 2 March 2026: dig\n")
        push(each)
    for text in ("12 March 2026: sow the runner beans", "13 March 2026: sow the runner beans"):
        write(home, f"# Study\n\n- [ ] {text}\n- [ ] 2 March 2026: dig\n")
        push(home)
    tick(world, "sow the runner beans")
    write(work, (home.roadmaps / "study.md").read_text())
    pull(work)
    push(work)
    assert sorted(world.titles) == ["dig", "sow the runner beans"]


def test_a_tick_stays_where_one_computer_takes_all_back_and_the_other_brings_it_again(
    garden, world, tmp_path
):
    other = tmp_path / "other-state"
    garden.run("push", "--yes", "--all")
    garden.run("--state", other, "push", "--yes", "--all")
    tick(world, "cut the brambles")
    garden.run("--state", other, "unpush", "--yes", "--target", "memory")
    garden.run("push", "--yes", "--all", "--force", "--restore")
    told = garden.run("--state", other, "pull", "--json").json
    assert [each["change"] for each in told["changes"]] == []
    done = garden.run("--state", other, "status", "--json").json["roadmaps"][0]["done"]
    assert done == 1
