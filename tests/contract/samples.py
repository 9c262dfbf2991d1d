"""Times and texts that no target may stumble over."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sync.model import Block, Days, Recurrence
from tests.contract.worlds import item

NAIROBI = ZoneInfo("Africa/Nairobi")
EVENING = Block(
    datetime(2026, 1, 5, 19, tzinfo=NAIROBI), datetime(2026, 1, 5, 21, tzinfo=NAIROBI), "Africa/Nairobi"
)
WEEKLY = Recurrence("FREQ=WEEKLY;BYDAY=MO", date(2026, 1, 5), date(2026, 1, 19),
                    (date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)))  # fmt: skip

TEXTS = (
    "Read chapter 3",
    "Ελληνικά, שלום, мир, 中文, العربية",
    "emoji 🎉👩🏽‍💻 and ümläuts",
    '"quotes", semi;colon, back\\slash, it\'s',
    "<b>bold</b> & &amp; <!-- not a comment -->",
    "* [ ] not a box, # no heading",
    "@label #project p1 !! {tomorrow} every day",
    "roadmap-sync:9:title=AAAAAAAA:other/day-1/task",
    "  blanks   inside  and around  ",
    "first line\nsecond line\r\nthird",
    "% %s {0} $HOME `code`",
    "long " * 2000,
)

SAMPLES = (
    item("day"),
    item("days", span=Days(date(2026, 2, 27), date(2026, 3, 2)), notes="Three days.\nTwo lines."),
    item("evening", span=EVENING, minutes=120),
    item("series", span=EVENING, recurrence=WEEKLY, tick=False),
    item("moment", span=replace(EVENING, end=EVENING.begin), minutes=0),
)
