"""Plans as people and programs read them."""

import pytest

from sync.planning.decisions import Action, Change, Reason
from sync.planning.plans import Step
from sync.reporting.page import Page
from sync.reporting.plans import (
    proposal_document,
    proposal_text,
    tells_something,
)
from tests.reporting.proposals import REFUSED, left, new, plan, proposal, step

PAGE = Page()


def told(*steps: Step, page: Page = PAGE) -> list[str]:
    return proposal_text(proposal(plan(*steps)), page).splitlines()


# --- text ---


def test_steps_are_grouped_by_action_and_counted():
    lines = told(
        step(Action.DELETE, Reason.UNWANTED, "old"), new("b"), new("c"),
        step(Action.ADOPT, Reason.FOUND, "d"), step(Action.FORGET, Reason.GONE, "e"),
        step(Action.UPDATE, Reason.CHANGED, "f", [Change("title", "e", "f")]), left(Reason.EDITED, "g"),
    )  # fmt: skip
    assert lines[:-1] == [
        "memory: plan, Phase 1: start",
        "  + create 2",
        "    + b  2026-03-03",
        "    + c  2026-03-03",
        "  ~ change 1",
        "    ~ f  changed in the roadmap",
        "        title: “e” → “f”",
        "  - delete 1",
        "    - old  no longer in the roadmap",
        "  = note in the ledger 1",
        "    = d  found there, not yet in the ledger",
        "  = forget in the ledger 1",
        "    = e  gone on both sides",
        "  · leave 1: edited on the other side",
        "    · g",
        "",
        (
            "Plan: 2 to create, 1 to change, 1 to delete, 1 to note in the ledger, 1 to forget in the ledger,"
            " 1 left alone."
        ),
    ]


def test_the_digest_stands_at_the_end():
    made = proposal(plan(new("b")))
    assert proposal_text(made, PAGE).splitlines()[-1] == f"Digest {made.digest}"
    assert made.digest == made.plans[0].digest


def test_the_digest_of_several_plans_moves_with_each_of_them():
    one, other = plan(new("b")), plan(new("c"), target="other")
    digests = {
        proposal(one, other).digest,
        proposal(other, one).digest,
        proposal(one).digest,
        proposal(one, one).digest,
    }
    assert len(digests) == 4


def test_what_comes_back_says_why():
    assert "    + b  2026-03-03, removed on the other side, brought back as asked" in told(
        new("b", reason=Reason.RESTORED)
    )


def test_fields_are_told_in_the_order_for_people_old_to_new_and_short():
    changes = [Change("notes", "x" * 80, ""), Change("start", "", "2026-03-03"), Change("title", "a\nb", "c")]
    lines = told(step(Action.UPDATE, Reason.CHANGED, "c", changes))
    assert lines[3:6] == [
        "        title: “a b” → “c”",
        "        start: nothing → “2026-03-03”",
        f"        notes: “{'x' * 35}…” → nothing",
    ]


def test_fields_that_stay_as_they_are_there_are_named():
    kept = [Change("title", "theirs", "ours")]
    assert "        title stays “theirs”; the roadmap says “ours”" in told(left(Reason.BOTH, "a", kept))
    update = step(Action.UPDATE, Reason.CHANGED, "a", [Change("start", "1", "2")], kept)
    assert "        title stays “theirs”; the roadmap says “ours”" in told(update)


def test_what_is_left_alone_stands_under_its_reason():
    lines = told(new("x"), left(Reason.REMOVED, "b"), left(Reason.COPY, "c"), left(Reason.REMOVED, "d"))
    assert lines[3:8] == [
        "  · leave 1: a copy made by hand", "    · c",
        "  · leave 2: removed on the other side; --restore brings it back", "    · b", "    · d",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ([left(Reason.PAST)], "1 past and left out; --include-past brings it"),
        ([left(Reason.PAST)] * 3, "3 past and left out; --include-past brings them"),
        ([left(Reason.DONE)] * 2, "2 done, never touched"),
        (
            [left(Reason.DONE), left(Reason.PAST)],
            "1 done, never touched, 1 past and left out; --include-past brings it",
        ),
    ],
)
def test_what_is_done_or_past_is_counted_and_not_listed(steps, line):
    assert told(*steps) == [f"memory: plan, Phase 1: start: nothing to do ({line})"]
    assert told(new("b"), *steps)[3] == f"  {line}"


def test_what_was_done_there_is_noted():
    assert "    = a  done" in told(step(Action.ADOPT, Reason.DONE))


def test_a_new_reader_has_a_section_of_its_own():
    lines = told(new("b"), step(Action.DELETE, Reason.UNWANTED, "c", reread=True))
    assert lines[1:6] == [
        "  + create 1", "    + b  2026-03-03",
        "  A new reader reads the same text differently:",
        "  - delete 1", "    - c  no longer in the roadmap",
    ]  # fmt: skip


def test_a_long_group_is_cut_short_unless_the_page_is_full():
    steps = [new(f"item {number:02}") for number in range(15)]
    lines = told(*steps)
    assert lines[14] == "      and 3 more; -v lists them"
    assert len([line for line in lines if line.startswith("    + ")]) == 12
    full = told(*steps, page=Page(full=True))
    assert len([line for line in full if line.startswith("    + ")]) == 15
    assert "        title: nothing → “item 00”" in full


def test_a_long_list_of_what_is_left_is_cut_short_too():
    steps = [left(Reason.EDITED, f"item {number:02}") for number in range(15)]
    assert told(*steps)[-1] == "      and 3 more; -v lists them"
    assert len(told(*steps, page=Page(full=True))) == 17


def test_long_titles_are_cut_and_all_lines_fit_the_page():
    long = new("a very long title that goes on and on " * 4)
    assert all(len(line) <= 100 for line in told(long, left(Reason.EDITED, "b" * 300)))


def test_nothing_to_do_is_one_line_for_each_target():
    made = proposal(plan(), plan(phase="plan/two"), plan(target="other"))
    assert proposal_text(made, PAGE) == "memory: nothing to do in plan\nother: nothing to do in plan"
    assert not tells_something(made)
    assert not tells_something(proposal(plan(left(Reason.DONE))))
    assert tells_something(proposal(plan(left(Reason.EDITED))))


def test_plans_in_one_line_stand_together_below_those_that_do_something():
    made = proposal(plan(left(Reason.PAST)), plan(new("b"), target="other"), plan(phase=None))
    assert proposal_text(made, PAGE).splitlines()[:6] == [
        "other: plan, Phase 1: start", "  + create 1", "    + b  2026-03-03", "",
        "memory: plan, Phase 1: start: nothing to do (1 past and left out; --include-past brings it)",
        "memory: nothing to do in plan",
    ]  # fmt: skip


def test_what_there_is_no_plan_for_is_told_with_the_next_step():
    made = proposal(plan(), refused=REFUSED)
    assert tells_something(made)
    assert proposal_text(made, PAGE).splitlines() == [
        "memory: nothing to do in plan",
        "✗ other: It is closed.", "    → Come back tomorrow.",
        "✗ memory: garden: It is empty.", "    → Look at it.",
    ]  # fmt: skip


def test_a_page_with_colours_has_them():
    assert "\x1b[32m+ create 1\x1b[0m" in "\n".join(told(new("b"), page=Page(colours=True)))
    assert "\x1b" not in "\n".join(told(new("b")))


# --- JSON ---


def test_the_document_of_a_plan_names_every_step_with_its_fields():
    made = proposal(
        plan(step(Action.UPDATE, Reason.CHANGED, "f", [Change("title", "e", "f")])), refused=REFUSED[:1]
    )
    document = proposal_document(made)
    assert document["digest"] == made.digest
    assert document["plans"] == [
        {
            "target": "memory", "roadmap": "plan", "phase": "plan/one", "digest": made.digest,
            "counts": {"create": 0, "update": 1, "delete": 0, "adopt": 0, "forget": 0, "leave": 0},
            "left_out": 0,
            "steps": [
                {
                    "action": "update", "key": "plan/f", "title": "f", "fields": {"title": {"old": "e", "new": "f"}},
                    "kept": {}, "reason": "changed in the roadmap", "section": "roadmap",
                },
            ],
        }
    ]  # fmt: skip
    assert document["refused"] == [
        {
            "target": "other", "roadmap": None, "code": "target-refused", "title": "It is closed.",
            "hint": "Come back tomorrow.",
        }
    ]  # fmt: skip


def test_what_a_push_would_not_do_unasked_is_said_under_the_plan():
    gone = [step(Action.DELETE, Reason.UNWANTED, f"n{number}") for number in range(10)]
    assert "! This would overwrite 0 and delete 10 of 10 items on memory. That takes --force." in told(*gone)
    assert not [line for line in told(*gone[:9]) if line.startswith("!")]
