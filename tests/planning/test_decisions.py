"""The decision table, row by row; the page in docs/architecture prints it from here."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from sync.planning.decisions import Action, Change, Reason, Rules, decide
from sync.planning.witnesses import Binding, Draft
from sync.remote import Fields, Marker, Remote, imprint

PAGE = Path(__file__).parents[2] / "docs" / "architecture" / "05-planning.md"
KEY = "plan/day-1/read"
WRITTEN = {"title": "Read", "day": "2026-01-05"}
MOVED = WRITTEN | {"day": "2026-01-06"}
EDITED = WRITTEN | {"title": "Read slowly"}
OTHER = WRITTEN | {"title": "Read twice"}
PLAIN = Rules()


def wants(fields: Fields = WRITTEN, *, past: bool = False, done: bool = False) -> Draft:
    return Draft(KEY, "uid", "Read", None, fields, imprint(fields), past=past, done=done)


def there(
    fields: Fields = WRITTEN, *, base: Fields = WRITTEN, revision: int = 1, done: bool = False
) -> Remote:
    return Remote("r1", Marker(KEY, revision, imprint(base)), fields, done=done)


def bound(base: Fields = WRITTEN, *, revision: int = 1, live: bool = True) -> Binding:
    return Binding(KEY, "plan", None, "Read", "r1", revision, imprint(base), live=live, issued=revision)


class Line(NamedTuple):
    """One line of the table: what the witnesses say in words, the same as values, and the step."""

    roadmap: str
    remote: str
    ledger: str
    want: Draft | None
    there: Remote | None
    bound: Binding | None
    step: tuple[Action, Reason] | None
    rules: Rules = PLAIN


RESTORE, PREFER = Rules(restore=True), Rules(prefer_roadmap=True)
PAST, ALL = Rules(include_past=True), Rules(include_done=True, include_past=True)
GONE = bound(live=False)

TABLE = [
    Line("wants it", "nothing", "never written", wants(), None, None, (Action.CREATE, Reason.NEW)),
    Line("wants it", "nothing", "we deleted it ourselves", wants(), None, GONE, (Action.CREATE, Reason.NEW)),
    Line("wants it, past and open", "nothing", "never written",
         wants(past=True), None, None, (Action.LEAVE, Reason.PAST)),
    Line("wants it, past and open", "nothing", "never written; `--include-past`",
         wants(past=True), None, None, (Action.CREATE, Reason.NEW), PAST),
    Line("wants it, done", "nothing", "never written",
         wants(done=True), None, None, (Action.LEAVE, Reason.DONE)),
    Line("wants it, done", "nothing; a target that keeps the past", "never written",
         wants(past=True, done=True), None, None, (Action.CREATE, Reason.NEW), ALL),
    Line("wants it", "nothing", "written", wants(), None, bound(), (Action.LEAVE, Reason.REMOVED)),
    Line("wants it", "nothing", "written; `--restore`",
         wants(past=True), None, bound(), (Action.CREATE, Reason.RESTORED), RESTORE),
    Line("wants it, done", "nothing", "written; `--restore`",
         wants(done=True), None, bound(), (Action.LEAVE, Reason.DONE), RESTORE),
    Line("wants it, moved on", "done", "written",
         wants(MOVED), there(EDITED, done=True), bound(), (Action.LEAVE, Reason.DONE)),
    Line("wants it", "done", "never written", wants(), there(done=True), None, (Action.ADOPT, Reason.DONE)),
    Line("wants it", "the same", "the same", wants(), there(), bound(), None),
    Line("wants it", "the same", "never written", wants(), there(), None, (Action.ADOPT, Reason.FOUND)),
    Line("wants it", "the same", "we had forgotten it", wants(), there(), GONE, (Action.ADOPT, Reason.FOUND)),
    Line("wants it", "the same, written later by another computer", "an older write",
         wants(MOVED), there(MOVED, base=MOVED, revision=2), bound(), (Action.ADOPT, Reason.ELSEWHERE)),
    Line("wants it as before", "moved on, written later by another computer", "the older value",
         wants(), there(MOVED, base=MOVED, revision=2), bound(), (Action.LEAVE, Reason.BEHIND)),
    Line("wants it as before", "moved on, written later by another computer",
         "the older value; `--prefer roadmap`",
         wants(), there(MOVED, base=MOVED, revision=2), bound(), (Action.UPDATE, Reason.OTHERWISE), PREFER),
    Line("wants it, another field moved on", "moved on, written later by another computer", "the older value",
         wants(OTHER), there(MOVED, base=MOVED, revision=2), bound(), (Action.UPDATE, Reason.OTHERWISE)),
    Line("wants it, moved on", "as we wrote it", "the older value",
         wants(MOVED), there(), bound(), (Action.UPDATE, Reason.CHANGED)),
    Line("wants it, moved on", "as we wrote it", "never written",
         wants(MOVED), there(), None, (Action.UPDATE, Reason.OTHERWISE)),
    Line("wants it as before", "edited by hand", "as before",
         wants(), there(EDITED), bound(), (Action.LEAVE, Reason.EDITED)),
    Line("wants it as before", "edited by hand", "never written",
         wants(), there(EDITED), None, (Action.ADOPT, Reason.FOUND)),
    Line("wants it, another field moved on", "edited by hand", "as before",
         wants(MOVED), there(EDITED), bound(), (Action.UPDATE, Reason.CHANGED)),
    Line("wants it, the same field moved on", "edited by hand", "as before",
         wants(OTHER), there(EDITED), bound(), (Action.LEAVE, Reason.BOTH)),
    Line("wants it, the same field moved on", "edited by hand", "as before; `--prefer roadmap`",
         wants(OTHER), there(EDITED), bound(), (Action.UPDATE, Reason.OVERRULED), PREFER),
    Line("wants it, moved on", "edited to the same by hand", "the older value",
         wants(EDITED), there(EDITED), bound(), (Action.ADOPT, Reason.AGREED)),
    Line("no longer", "open, as we wrote it", "written",
         None, there(), bound(), (Action.DELETE, Reason.UNWANTED)),
    Line("no longer", "open, as we wrote it", "we meant to delete it",
         None, there(), GONE, (Action.DELETE, Reason.UNWANTED)),
    Line("no longer", "open", "never written", None, there(), None, (Action.LEAVE, Reason.FOREIGN)),
    Line("no longer", "open", "never written; `--prefer roadmap`",
         None, there(), None, (Action.DELETE, Reason.UNWANTED), PREFER),
    Line("no longer", "open, made anew by another computer", "we deleted it ourselves",
         None, there(revision=3), GONE, (Action.LEAVE, Reason.FOREIGN)),
    Line("no longer", "open, made anew by another computer from the beginning", "we deleted it ourselves",
         None, replace(there(), id="r2"), GONE, (Action.LEAVE, Reason.FOREIGN)),
    Line("no longer", "open, edited by hand", "written or not",
         None, there(EDITED), bound(), (Action.LEAVE, Reason.EDITED)),
    Line("no longer", "done", "written or not",
         None, there(done=True), bound(), (Action.LEAVE, Reason.HISTORY)),
    Line("no longer", "nothing", "written", None, None, bound(), (Action.FORGET, Reason.GONE)),
    Line("no longer", "nothing", "we deleted it ourselves", None, None, GONE, None),
    Line("no longer", "nothing", "never written", None, None, None, None),
]  # fmt: skip


def printed() -> str:
    """The table as the page has it."""
    head = "| roadmap | on the other side | ledger | step |\n|---|---|---|---|\n"
    return head + "".join(
        f"| {line.roadmap} | {line.remote} | {line.ledger} |"
        f" {'nothing' if line.step is None else f'**{line.step[0]}**: {line.step[1]}'} |\n"
        for line in TABLE
    )


@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line.roadmap}-{line.remote}-{line.ledger}")
def test_each_line_of_the_table_is_what_is_decided(line: Line):
    verdict = decide(line.want, line.there, line.bound, line.rules)

    assert (verdict and (verdict.action, verdict.reason)) == line.step


def test_the_page_prints_the_table_that_is_tested():
    assert printed() in PAGE.read_text(encoding="utf-8")


def test_every_action_and_reason_of_the_decision_has_a_line():
    decided = {line.step for line in TABLE if line.step}

    # copies, what lost its answer and what is taken back as a whole are not decided between three witnesses
    others = {Reason.COPY, Reason.UNANSWERED, Reason.WITHDRAWN}
    assert {action for action, _ in decided} == set(Action) - {Action.RESEND}
    assert {reason for _, reason in decided} == set(Reason) - others


def test_a_hand_edit_of_one_field_stays_while_the_roadmaps_change_of_another_goes_through():
    verdict = decide(wants(MOVED), there(EDITED), bound(), PLAIN)

    assert verdict is not None
    assert verdict.changes == (Change("day", "2026-01-05", "2026-01-06"),)
    assert verdict.kept == (Change("title", "Read slowly", "Read"),)
    assert verdict.imprint == imprint(MOVED)


def test_a_tick_made_here_leaves_what_another_computer_changed_since():
    """Only what this copy of the roadmap changed goes out; a second push must not put the rest back."""
    there_now = there(OTHER, base=OTHER, revision=2)
    verdict = decide(wants(MOVED), there_now, bound(), PLAIN)

    assert verdict is not None
    assert verdict.changes == (Change("day", "2026-01-05", "2026-01-06"),)
    assert verdict.kept == (Change("title", "Read twice", "Read"),)
    after = MOVED | {"title": "Read twice"}
    again = decide(wants(MOVED), there(after, base=MOVED, revision=3), bound(MOVED, revision=3), PLAIN)
    assert again is not None
    assert (again.action, again.kept) == (Action.LEAVE, verdict.kept)


def test_what_this_computer_wrote_and_another_left_alone_can_be_changed_here():
    """The other one wrote around our words, and its marker does not know them: they are no hand edit."""
    verdict = decide(wants(OTHER), there(EDITED, base=WRITTEN, revision=3), bound(EDITED, revision=2), PLAIN)

    assert verdict is not None
    assert verdict.changes == (Change("title", "Read slowly", "Read twice"),)
    back = decide(wants(WRITTEN), there(EDITED, base=WRITTEN, revision=3), bound(EDITED, revision=2), PLAIN)
    assert back is not None
    assert back.changes == (Change("title", "Read slowly", "Read"),)


def test_an_edit_by_hand_after_another_computers_write_stays():
    edited = decide(wants(OTHER), there(EDITED, base=OTHER, revision=2), bound(), PLAIN)

    assert edited is not None
    assert (edited.action, edited.reason) == (Action.ADOPT, Reason.ELSEWHERE)
    assert edited.kept == (Change("title", "Read slowly", "Read twice"),)


def test_a_creation_writes_every_field_that_is_set():
    verdict = decide(wants(WRITTEN | {"note": ""}), None, None, PLAIN)

    assert verdict is not None
    assert verdict.changes == (Change("title", "", "Read"), Change("day", "", "2026-01-05"))
    assert verdict.imprint == imprint(WRITTEN | {"note": ""})


def test_preferring_the_roadmap_does_not_touch_a_field_the_roadmap_left_alone():
    verdict = decide(wants(MOVED), there(EDITED), bound(), PREFER)

    assert verdict is not None
    assert [change.field for change in verdict.changes] == ["day"]
    assert verdict.reason is Reason.CHANGED


def test_what_both_sides_changed_stays_a_difference_until_somebody_decides():
    first = decide(wants(OTHER), there(EDITED), bound(), PLAIN)
    assert first is not None
    again = decide(wants(OTHER), there(EDITED), replace(bound(), imprint=first.imprint), PREFER)

    assert again is not None
    assert again.changes == (Change("title", "Read slowly", "Read twice"),)


def test_a_change_both_sides_made_alike_is_remembered_so_that_the_next_one_goes_through():
    agreed = decide(wants(EDITED), there(EDITED), bound(), PLAIN)
    assert agreed is not None
    later = decide(wants(OTHER), there(EDITED), replace(bound(), imprint=agreed.imprint), PLAIN)

    assert later is not None
    assert later.action is Action.UPDATE


def test_an_agreement_in_one_field_is_remembered_beside_an_edit_of_another():
    both = there(EDITED | {"day": "2026-01-06"})
    verdict = decide(wants(MOVED), both, bound(), PLAIN)

    assert verdict is not None
    assert (verdict.action, verdict.reason) == (Action.ADOPT, Reason.AGREED)
    assert verdict.imprint == imprint(MOVED)


def test_a_field_added_by_a_new_release_is_written_where_nobody_filled_it():
    verdict = decide(wants(WRITTEN | {"colour": "8"}), there(WRITTEN | {"colour": ""}), bound(), PLAIN)

    assert verdict is not None
    assert verdict.changes == (Change("colour", "", "8"),)


def test_a_field_dropped_by_a_new_release_leaves_no_trace():
    old = bound(WRITTEN | {"colour": "8"})
    verdict = decide(wants(), there(), old, PLAIN)
    assert verdict is not None
    assert verdict.action is Action.ADOPT

    assert decide(wants(), there(), replace(old, imprint=verdict.imprint), PLAIN) is None


def test_an_unwanted_item_with_a_field_we_never_wrote_is_ours_as_long_as_it_is_empty():
    steps = [decide(None, there(WRITTEN | {"colour": colour}), bound(), PLAIN) for colour in ("", "8")]

    assert [step.action for step in steps if step is not None] == [Action.DELETE, Action.LEAVE]


def test_a_later_write_of_another_computer_is_the_base_of_the_merge():
    """Two computers in turn: here the ledger is old, there the marker tells what was written since."""
    elsewhere = there(OTHER, base=OTHER, revision=7)

    verdict = decide(wants(EDITED), elsewhere, bound(revision=3), PLAIN)
    assert verdict is not None
    assert (verdict.action, verdict.reason) == (Action.UPDATE, Reason.OTHERWISE)


def test_an_unwanted_item_that_another_computer_rewrote_is_ours_and_not_edited():
    verdict = decide(None, there(OTHER, base=OTHER, revision=7), bound(revision=3), PLAIN)

    assert verdict is not None
    assert verdict.action is Action.DELETE


def test_the_ledger_wins_over_a_marker_of_the_same_revision():
    """After an agreement only the ledger knows the newer base; the marker was not rewritten for it."""
    verdict = decide(wants(OTHER), there(EDITED), bound(EDITED), PLAIN)

    assert verdict is not None
    assert verdict.action is Action.UPDATE


def test_a_binding_we_forgot_says_nothing_about_what_was_written():
    stale = bound(WRITTEN | {"day": "2026-02-02"}, revision=9, live=False)
    verdict = decide(wants(MOVED), there(), stale, PLAIN)

    assert verdict is not None
    assert (verdict.action, verdict.reason) == (Action.UPDATE, Reason.OTHERWISE)
