"""What the roadmap wants, in the shape a target can hold."""

from datetime import UTC, date, datetime

from sync.model import Days, Item, Kind, Source
from sync.planning.witnesses import Draft, drafts
from sync.remote import imprint


def item(name: str, first: date | None, *, done: bool | datetime | None = None) -> Item:
    span = None if first is None else Days(first, first.replace(day=first.day + 1))
    return Item(
        key=f"plan/{name}", uid=name, roadmap="plan", phase="plan/one", path=(), kind=Kind.TASK, title=name,
        notes="", span=span, source=Source("plan.md", 1, 1), tick=True, done=done,
    )  # fmt: skip


def test_drafts_are_what_the_target_has_a_place_for():
    today = date(2026, 1, 6)
    made = drafts(
        [
            item("yesterday", date(2026, 1, 5), done=datetime(2026, 1, 5, tzinfo=UTC)),
            item("today", date(2026, 1, 6), done=True),
            item("undated", None),
            item("refused", date(2026, 1, 7)),
        ],
        lambda one: None if one.key == "plan/refused" else {"title": one.title},
        today,
    )

    assert [(one.key, one.past, one.done) for one in made] == [
        ("plan/yesterday", True, True), ("plan/today", False, True), ("plan/undated", False, False),
    ]  # fmt: skip
    assert made[0] == Draft(
        "plan/yesterday", "yesterday", "yesterday", "plan/one", {"title": "yesterday"},
        imprint({"title": "yesterday"}), past=True, done=True,
    )  # fmt: skip
