"""A slow reading of recurrence rules, day by day, to hold the lists of days against."""

from datetime import date, timedelta

from sync.model import Recurrence

BYDAY = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}


def by_rule(made: Recurrence, until: date) -> tuple[date, ...]:
    """The days of a rule by RFC 5545, day by day from its first; a slow reading of just the rules made here."""
    parts = dict(part.split("=") for part in made.rule.split(";"))
    interval, found = int(parts.get("INTERVAL", "1")), []
    day = made.first
    while day <= until:
        if _matches(parts, made.first, day, interval):
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def _matches(parts: dict[str, str], first: date, day: date, interval: int) -> bool:
    if parts["FREQ"] == "DAILY":
        return (day - first).days % interval == 0
    if parts["FREQ"] == "WEEKLY":
        weeks = (day.toordinal() - day.weekday()) - (first.toordinal() - first.weekday())
        return weeks // 7 % interval == 0 and day.isoweekday() in [
            BYDAY[each] for each in parts["BYDAY"].split(",")
        ]
    months = 12 * (day.year - first.year) + day.month - first.month
    if months % interval:
        return False
    if "BYMONTHDAY" in parts:
        return day.day == int(parts["BYMONTHDAY"])
    return any(_is_nth(day, int(each[:-2]), BYDAY[each[-2:]]) for each in parts["BYDAY"].split(","))


def _is_nth(day: date, nth: int, weekday: int) -> bool:
    if day.isoweekday() != weekday:
        return False
    if nth < 0:
        return (day + timedelta(days=7)).month != day.month
    return (day.day + 6) // 7 == nth
