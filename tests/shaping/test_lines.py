"""Times as lines that people read: what is no such line is nothing, and nothing is guessed."""

from datetime import date

import pytest

from sync.errors import ConfigError
from sync.model import Block, Recurrence
from sync.shaping.moments import zone
from sync.shaping.spans import read_repeats, read_when, repeats, when_text


@pytest.mark.parametrize(
    "line",
    ["", "tomorrow", "2026-02-30", "2026-01-05 25:00-26:00 UTC", "2026-01-05 19:00-20:00 Mars/Olympus"],
)
def test_what_is_no_time_is_none(line):
    assert read_when(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "FREQ=DAILY",
        "FREQ=DAILY from 2026-01-05 until 2026-01-04",
        "FREQ=DAILY from 2026-02-30 until 2026-03-01",
        "nonsense from 2026-01-05 until 2026-01-06",
        "FREQ=NEVER;X from 2026-01-05 until 2026-01-06",
    ],
)
def test_what_is_no_series_is_none(line):
    assert read_repeats(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "2026-01-05",
        "2026-01-05 to 2026-01-07",
        "2026-01-05 19:00:30-20:00 Africa/Nairobi",
        "2026-01-05 23:00 to 2026-01-06 01:00 UTC",
    ],
)
def test_a_time_is_written_as_it_was_read(line):
    span = read_when(line)
    assert span is not None
    ends = (span.begin, span.end) if isinstance(span, Block) else (span.first, span.until)

    assert when_text(*ends) == line


def test_a_rule_that_only_dateutil_knows_is_followed_all_the_same():
    days = (date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 27))
    series = Recurrence("FREQ=MONTHLY;BYDAY=-1FR", days[0], days[-1], days)

    assert repeats(series) == "FREQ=MONTHLY;BYDAY=-1FR from 2026-01-30 until 2026-03-27"
    assert read_repeats(repeats(series)) == series


def test_a_zone_that_is_not_known_says_so():
    with pytest.raises(ConfigError, match="Mars"):
        zone("Mars/Olympus")
