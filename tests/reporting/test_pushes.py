"""What became of a push, as people and programs read it."""

from collections.abc import Sequence

from sync.app.pushing import Pushed, Refused
from sync.applying.pushing import Failure, Outcome
from sync.errors import TargetRefused
from sync.reporting.page import Page
from sync.reporting.plans import (
    pushed_document,
    pushed_text,
)
from tests.reporting.proposals import REFUSED, new, plan, proposal

PAGE = Page()


def pushed(
    *outcomes: Outcome,
    refused: Sequence[Refused] = (),
    earlier: Sequence[Refused] = REFUSED[1:],
    agreed: bool = True,
) -> Pushed:
    made = proposal(*(each.plan for each in outcomes), refused=earlier)
    return Pushed(made, outcomes, (*made.refused, *refused), {"memory": 3}, agreed=agreed)


def test_a_push_says_what_became_of_each_plan():
    doing = plan(new("b"), new("c"))
    failed = Outcome(doing, 1, (Failure("plan/c", "c", "It was refused."),))
    stopped = Outcome(doing, 0, stopped=TargetRefused("The quota is used up.", "Wait."))
    text = pushed_text(
        pushed(Outcome(doing, 2), failed, stopped, Outcome(plan(), 0), refused=REFUSED[:1]), PAGE
    )
    assert text.splitlines() == [
        "✓ memory: plan, Phase 1: start: 2 of 2 steps done",
        "✗ memory: plan, Phase 1: start: 1 of 2 steps done",
        "    ✗ c: It was refused.",
        "✗ memory: plan, Phase 1: start: 0 of 2 steps done",
        "    The quota is used up. Wait.",
        "    What was not reached is planned again by the next push.",
        "✗ other: It is closed.",
        "    → Come back tomorrow.",
    ]


def test_a_push_with_nothing_to_do_says_so_in_one_line():
    text = "Nothing to do: 1 roadmap on memory."
    assert pushed_text(pushed(Outcome(plan(), 0), earlier=()), PAGE) == f"✓ {text}"
    assert pushed_text(pushed(Outcome(plan(), 0)), PAGE) == text


def test_a_push_that_nobody_agreed_to_says_so():
    assert pushed_text(pushed(agreed=False), PAGE) == "Nothing was pushed."


def test_the_document_of_a_push_adds_outcome_and_requests():
    failed = Outcome(
        plan(new("b")), 0, (Failure("plan/b", "b", "It was refused."),), TargetRefused("No.", "Wait.")
    )
    document = pushed_document(pushed(failed))
    assert document["requests"] == {"memory": 3}
    (told_plan,) = document["plans"]
    assert told_plan["outcome"] == {
        "done": 0, "failed": [{"key": "plan/b", "title": "b", "reason": "It was refused."}],
        "stopped": {"code": "target-refused", "title": "No.", "hint": "Wait."},
    }  # fmt: skip
