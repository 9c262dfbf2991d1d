"""What an account of Todoist would not hold is said before anything is written, and what to do instead."""

from collections.abc import Iterator

import pytest

from sync.ledger.bindings import Bindings
from sync.ledger.store import open_ledger
from sync.sandbox import Sandbox
from sync.targets.todoist.mirror import Mirror
from tests.desk import Desk
from tests.invented import PHASED

ENABLED = "[todoist]\nenabled = true\n"
PHASES = "".join(
    f"\n## Phase {phase} ({first} March 2026 - {first + 6} March 2026)\n"
    + "".join(f"- [ ] {first} March 2026: step {phase}-{step}\n" for step in range(160))
    for phase, first in ((1, 2), (2, 9))
)
LONG = f"# Long 2026\n{PHASES}"
"""More than a project holds, though no phase is."""


def limits(desk: Desk, *words: str) -> list[tuple[str, str, str]]:
    told = desk.run("check", *words, "--json").json["roadmaps"]
    return [
        (each["slug"], problem["code"], problem["message"])
        for each in told
        for problem in each["problems"]
        if problem["code"].startswith("todoist-limit")
    ]


def account(desk: Desk, **plan: object) -> None:
    """Let the ledger have seen an account of this plan."""
    with open_ledger(desk.state) as ledger, ledger.transaction():
        Bindings(ledger, "todoist").keep_mirror(Mirror(plan={"current": plan}).dump())


# --- check ---


def test_a_roadmap_longer_than_a_project_is_a_warning_that_says_how_to_push_it(desk):
    desk.write("roadmaps/long.md", LONG)
    desk.write("config.toml", ENABLED)
    said = desk.run("check", "--strict")
    assert said.code == 3
    assert "! Long 2026 has 320 open tasks; a Todoist project holds 300 at a time." in said.out
    assert "→ Push it phase by phase, which is the default" in said.out


def test_nothing_is_said_where_nobody_wants_todoist(desk):
    desk.write("roadmaps/long.md", LONG)
    assert desk.run("check", "--strict").code == 0


def test_what_is_done_takes_no_room(desk):
    desk.write("roadmaps/long.md", LONG.replace("- [ ]", "- [x]", 20))
    desk.write("config.toml", ENABLED)
    assert limits(desk) == []


def test_the_account_that_was_seen_last_counts(desk):
    desk.write("roadmaps/long.md", LONG)
    desk.write("roadmaps/phased.md", PHASED)
    desk.write("config.toml", ENABLED)
    account(desk, plan_name="pro", max_projects=300, max_sections=20, max_tasks=320)
    assert limits(desk) == []
    account(desk, plan_name="tiny", max_projects=1, max_sections=20, max_tasks=322)
    assert limits(desk) == [
        (
            "long",
            "todoist-limit-together",
            "All roadmaps together have 323 open tasks; an account of the tiny plan holds 322.",
        )
    ]
    assert "Between the roadmaps\n  ! All roadmaps together have 323 open tasks" in desk.run("check").out
    account(desk, plan_name="tiny", max_projects=1, max_sections=20, max_tasks=319)
    assert [(slug, code) for slug, code, _ in limits(desk, "long")] == [("long", "todoist-limit")]


# --- plan and push ---


@pytest.fixture
def box(desk: Desk) -> Iterator[Sandbox]:
    """An account whose five projects are the person's own, all of them full."""
    with Sandbox() as running:
        desk.write("config.toml", f'{ENABLED}endpoint = "{running.url}"\n')
        desk.write("state/todoist-token", running.todoist.token)
        desk.write("roadmaps/phased.md", PHASED)
        for number in range(5):
            running.todoist.seed_project(f"Mine {number}")
        yield running


def test_a_plan_that_does_not_fit_the_account_says_so_and_a_push_before_it_writes(desk, box):
    told = desk.run("plan", "--all", "--target", "todoist", "--json").json["warnings"]
    assert [(each["target"], each["roadmap"], each["phase"], each["code"]) for each in told] == [
        ("todoist", "phased", None, "todoist-limit")
    ]
    assert told[0]["message"].startswith("Todoist has no room for 3 of 3 tasks (free plan: 5 projects of 300")
    assert told[0]["suggestion"].startswith("Push phase by phase")
    said = desk.run("push", "--all", "--yes", "--target", "todoist")
    assert "! todoist: Todoist has no room for 3 of 3 tasks" in said.out.partition("Plan:")[0]
    assert said.code == 6


def test_what_fits_is_not_warned_of(desk, box):
    box.todoist.user_delete_project(box.todoist.projects()[-1]["id"])
    assert desk.run("plan", "--all", "--target", "todoist", "--json").json["warnings"] == []
    said = desk.run("push", "--all", "--yes", "--target", "todoist", "--json")
    assert (said.code, said.json["warnings"]) == (0, [])
    assert desk.run("plan", "--all", "--target", "todoist", "--json").json["warnings"] == []


def test_where_todoist_is_not_asked_nothing_is_said_of_it(desk, box):
    assert desk.run("plan", "--all", "--target", "ics", "--json").json["warnings"] == []
