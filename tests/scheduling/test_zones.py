"""Words for time zones."""

from zoneinfo import available_timezones

import pytest

from sync.scheduling.zones import AMBIGUOUS, KNOWN, exists, zone_of


@pytest.mark.parametrize(
    ("word", "zone"),
    [
        ("EAT", "Africa/Nairobi"), ("UTC", "UTC"), ("GMT", "UTC"), ("ET", "America/New_York"),
        ("UTC+3", "Etc/GMT-3"), ("GMT-5", "Etc/GMT+5"), ("UTC+0", "UTC"), ("UTC+14", "Etc/GMT-14"),
    ],
)  # fmt: skip
def test_a_word_is_its_zone(word, zone):
    assert zone_of(word) == zone


@pytest.mark.parametrize("word", ["XYZ", "UTC+15", "GMT-13", "UTC+", ""])
def test_a_word_that_nobody_knows_is_none(word):
    assert zone_of(word) is None


def test_every_zone_of_the_table_is_in_the_database():
    zones = set(KNOWN.values()) | {zone for zones in AMBIGUOUS.values() for zone in zones}
    assert zones <= available_timezones()


def test_an_ambiguous_word_has_several_zones_and_no_single_one():
    assert not AMBIGUOUS.keys() & KNOWN.keys()
    assert all(len(zones) > 1 for zones in AMBIGUOUS.values())
    assert zone_of("CST") == AMBIGUOUS["CST"]


def test_only_the_database_says_whether_a_zone_exists():
    assert exists("Europe/London")
    assert not exists("Europe/Atlantis")
    assert not exists("../etc/passwd")
