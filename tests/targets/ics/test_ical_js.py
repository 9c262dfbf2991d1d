"""ical.js, which Thunderbird reads calendars with, must see what the Python readers see."""

import json
import shutil
import subprocess
from datetime import datetime, timedelta

import pytest

from sync.model import Kind
from tests.targets.ics.plans import block, calendar, day, every, item, occurrence, plan, series, task, workday
from tests.targets.ics.readers import by_recurring_ical_events, components, text

VERSION = "2.2.1"

READER = """
const ICAL = require("ical.js").default ?? require("ical.js");
const data = require("fs").readFileSync(0, "utf8");
const calendar = new ICAL.Component(ICAL.parse(data));
for (const zone of calendar.getAllSubcomponents("vtimezone"))
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
const show = (time) => time.isDate ? time.toString() : time.toJSDate().toISOString();
const seen = [];
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  const steps = event.iterator();
  for (let next = steps.next(), n = 0; next && n < 3000; next = steps.next(), n++) {
    const found = event.getOccurrenceDetails(next);
    seen.push([event.uid, show(found.startDate), show(found.endDate), event.summary, event.description]);
  }
}
console.log(JSON.stringify(seen));
"""

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def ical_js(pytestconfig):
    """A function that gives what ical.js sees; installs it once, into pytest's cache."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("node and npm are not installed")
    folder = pytestconfig.cache.mkdir(f"ical.js-{VERSION}")
    if not (folder / "node_modules" / "ical.js").exists():
        order = [
            npm,
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            folder,
        ]
        run = subprocess.run([*order, f"ical.js@{VERSION}"], capture_output=True, text=True, check=False)
        if run.returncode:
            pytest.skip(f"npm cannot install ical.js: {run.stderr.strip()[-200:]}")
    script = folder / "read.cjs"
    script.write_text(READER)

    def read(data: bytes) -> list[list[str | None]]:
        run = subprocess.run([node, script], input=data, capture_output=True, check=True, cwd=folder)
        found = json.loads(run.stdout)
        return sorted([each[0], *map(moment, each[1:3]), *each[3:]] for each in found)

    return read


def moment(said: str) -> str:
    return text(datetime.fromisoformat(said)) if "T" in said else said


ZONES = [
    "Africa/Nairobi",
    "America/New_York",
    "Europe/London",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Africa/Casablanca",
]


def full(zone: str):
    days = every("2026-01-05", "2026-12-18", lambda each: workday(each) and each.day != 14)
    routine = series(
        "plan/block",
        block("2026-01-05T19:00", 90, zone),
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        days,
        until=days[-1],
    )
    nights = every("2026-03-01", "2026-04-30")
    return plan(
        routine,
        *(occurrence(routine, each, done=True if each.day % 7 == 0 else None) for each in days),
        series("plan/early", block("2026-03-01T02:30", 45, zone), "FREQ=DAILY", nights, until=nights[-1]),
        series("plan/late", block("2026-03-01T23:00", 480, zone), "FREQ=DAILY", nights, until=nights[-1]),
        series("plan/habit", day("2026-03-01"), "FREQ=DAILY;INTERVAL=2", nights[::2], until=nights[-1]),
        *(task(f"plan/hour-{n}", block(f"2026-{n:02}-28T{n:02}:15", 30, zone)) for n in range(1, 9)),
        task("plan/twice", block("2026-11-01T01:30", 60, "America/New_York")),
        item("plan/phase", day("2026-01-05", 90), kind=Kind.PERIOD),
        item(
            "plan/form, signed; sent 📮",
            day("2026-02-28"),
            kind=Kind.DEADLINE,
            notes="a, b; c\\d\nC:\\New é" * 9,
        ),
        item("plan/🏳️‍🌈" + "é" * 90, day("2026-02-28"), kind=Kind.MILESTONE),
        title="Plan, with; all\\of it",
    )


@pytest.mark.parametrize("zone", ZONES)
def test_ical_js_sees_the_same_events_as_the_others(ical_js, zone):
    data = calendar(full(zone))

    seen = ical_js(data)

    assert [tuple(each[:3]) for each in seen] == by_recurring_ical_events(data)


def test_ical_js_reads_every_text_to_the_letter(ical_js):
    schedule = full("Africa/Nairobi")

    seen = {each[0]: each[3:] for each in ical_js(calendar(schedule))}

    for each in schedule.items:
        if each.notes:
            assert seen[each.uid][1] == each.notes
    assert {each[0] for each in seen.values()} == {
        str(each["SUMMARY"]) for each in components(calendar(schedule))
    }


def test_ical_js_reads_our_time_zones_at_every_change(ical_js):
    for zone in (*ZONES, "Africa/Cairo", "America/Santiago", "Asia/Jerusalem", "America/Nuuk"):
        items = [
            task(f"plan/{n}", block(str(datetime(2026, 1, 1) + timedelta(hours=7 * n)), 30, zone))
            for n in range(1200)
        ]
        data = calendar(plan(*items))

        assert [tuple(each[:3]) for each in ical_js(data)] == by_recurring_ical_events(data), zone


def test_an_empty_calendar_is_valid_for_ical_js(ical_js):
    assert ical_js(calendar(plan())) == []
