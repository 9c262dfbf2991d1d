"""What holds for any roadmap: pushed as it is exported, read as it was shaped."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.model import Days, Item, Kind
from sync.targets.ics.fields import restored, shape
from tests.targets.ics.plans import (
    LATER,
    MUCH_LATER,
    NEW_YORK,
    block,
    day,
    item,
    occurrence,
    plan,
    series,
    task,
)
from tests.targets.ics.pushing import Desk, creations

WHEN = st.one_of(
    st.builds(day, st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(str), st.integers(1, 40)),
    st.builds(
        block,
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
            lambda when: when.replace(microsecond=0).isoformat()
        ),
        st.integers(0, 2000),
        st.sampled_from(
            ["Africa/Nairobi", NEW_YORK, "Europe/London", "UTC", "Africa/Accra", "Australia/Lord_Howe"]
        ),
    ),
)
RULES = [
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=MONTHLY;BYDAY=-1FR",
]


@st.composite
def items(draw: st.DrawFn, number: int, done: tuple[object, ...] = (None, True, LATER)) -> list[Item]:
    span = draw(WHEN)
    first = span.first if isinstance(span, Days) else span.begin.date()
    more = {
        "kind": draw(st.sampled_from(list(Kind))),
        "tick": draw(st.booleans()),
        "done": draw(st.sampled_from(done)),
        "title": draw(st.text(max_size=9)),
    }
    key = f"plan/{number}"
    if draw(st.booleans()):
        return [item(key, span, **more)]
    days = sorted(
        {first, *draw(st.lists(st.integers(0, 30).map(lambda n: first + timedelta(n)), max_size=6))}
    )
    until = draw(st.sampled_from([None, days[-1]]))
    routine = series(key, span, draw(st.sampled_from(RULES)), days, until=until, **more)
    shown = draw(st.lists(st.sampled_from(days), unique=True))
    return [routine, *(occurrence(routine, when, done=draw(st.sampled_from(done))) for when in shown)]


@given(st.data())
def test_any_roadmap_is_pushed_as_it_is_exported_and_read_as_it_was_shaped(tmp_path_factory, data):
    place = tmp_path_factory.mktemp("desk")
    desk, other = Desk(place), Desk(place / "other")
    parts = [data.draw(items(number)) for number in range(data.draw(st.integers(1, 3)))]
    roadmap = plan(*(each for part in parts for each in part))

    list(desk.target(roadmap).write(creations(roadmap)))
    other.export(roadmap)

    assert desk.files() == other.files()
    assert {key: remote.fields for key, remote in desk.there(roadmap).items()} == {
        each.key: shape(each) for each in roadmap.items
    }


@settings(max_examples=15)
@given(st.data())
def test_any_change_is_pushed_as_it_is_exported(tmp_path_factory, data):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    for _ in range(3):
        chosen = data.draw(st.lists(st.integers(0, 3), unique=True, min_size=1))
        parts = [data.draw(items(number, (None,))) for number in chosen]
        roadmap = plan(*(each for part in parts for each in part))
        desk.push(roadmap, now=MUCH_LATER)

        assert desk.export(roadmap, now=MUCH_LATER) == []


@given(WHEN)
def test_a_restored_item_has_the_shape_it_was_restored_from(span):
    fields = shape(task("plan/a", span))
    assert fields is not None
    back = restored("plan/a", "uid", "plan", fields, date(2026, 1, 1))

    assert back.odd == frozenset()
    assert shape(back.item) == fields
