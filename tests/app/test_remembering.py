"""Keys that the ledger remembers: they come back to what had them, and never go to something else."""

import pytest

from tests.desk import Desk

PLAN = """\
---
roadmap: {start: 2026-03-02}
---
# Sketching

## Day 1: lines
- [ ] Fill a page with straight lines

## Day 2: boxes
- [ ] Draw twenty boxes in pencil
"""
BOXES = "- [ ] Draw twenty boxes in pencil\n"
CRATES = "- [ ] Draw twenty crates in pencil\n"


def exported(desk: Desk, name: str, text: str) -> dict[str, str]:
    """Title to key, once this document was exported."""
    desk.write(f"roadmaps/{name}.md", text)
    assert desk.run("export").code == 0
    return {item["title"]: item["key"] for item in desk.run("show", "--json").json["items"]}


def test_the_key_of_a_reworded_line_stays_with_it(desk):
    before = exported(desk, "plan", PLAN)
    after = exported(desk, "plan", PLAN.replace(BOXES, CRATES))
    assert after["Draw twenty crates in pencil"] == before["Draw twenty boxes in pencil"]


def test_the_key_of_a_line_that_was_deleted_goes_to_no_other_however_alike(desk):
    before = exported(desk, "plan", PLAN)
    exported(desk, "plan", PLAN.replace(BOXES, ""))
    after = exported(desk, "plan", PLAN.replace(BOXES, CRATES))
    assert after["Draw twenty crates in pencil"] not in before.values()


def test_a_line_that_comes_back_has_its_key_again(desk):
    before = exported(desk, "plan", PLAN)
    exported(desk, "plan", PLAN.replace(BOXES, ""))
    assert exported(desk, "plan", PLAN) == before


@pytest.mark.parametrize(("old", "new"), [("a-long-week-of-sketching", "ink"), ("ink", "a-long-week-of-ink")])
def test_a_file_renamed_and_read_before_it_is_said_gets_its_old_keys_back(desk, old, new):
    before = exported(desk, old, PLAN)
    (desk.roadmaps / f"{old}.md").rename(desk.roadmaps / f"{new}.md")
    meanwhile = exported(desk, new, PLAN)
    assert not set(before.values()) & set(meanwhile.values())
    assert desk.run("ledger", "rename", old, new).code == 0
    assert exported(desk, new, PLAN) == before
