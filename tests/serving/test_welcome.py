"""What a person is told when the feeds are being served."""

import pytest

from sync.serving.welcome import welcome, welcome_document, welcome_text

TOKEN = "t" * 43
BASE = "http://127.0.0.1:8321"
NAMES = ["team.tasks.ics", "all.ics", "a-team.ics"]


def told(host="127.0.0.1", names=NAMES, columns=None):
    return welcome_text(welcome(BASE, host, TOKEN, names), columns=columns, colour=False)


def test_each_feed_has_its_webcal_address_that_of_all_first():
    assert told().splitlines()[:4] == [
        "Subscribe to a feed in your calendar program:",
        f"  all.ics         webcal://127.0.0.1:8321/f/{TOKEN}/all.ics",
        f"  a-team.ics      webcal://127.0.0.1:8321/f/{TOKEN}/a-team.ics",
        f"  team.tasks.ics  webcal://127.0.0.1:8321/f/{TOKEN}/team.tasks.ics",
    ]


def test_google_gets_the_feed_of_all_and_a_condition_where_it_cannot_come():
    assert (
        "In Google Calendar (once Google can reach this address):\n  https://calendar.google.com/" in told()
    )
    assert "In Google Calendar:\n" in told(host="0.0.0.0")


@pytest.mark.parametrize(
    ("host", "meaning"),
    [
        ("127.0.0.1", "Only programs on this computer can read the feeds"),
        ("0.0.0.0", "from any network this computer is on, and the connection is not encrypted"),
    ],
)
def test_it_says_who_can_reach_the_feeds(host, meaning):
    assert meaning in told(host)


def test_a_code_to_scan_is_for_terminals_that_have_room():
    assert "▄▄▄▄▄" in told(columns=100)
    assert "▄" not in told(columns=20)
    assert "▄" not in told(columns=None)


def test_without_a_feed_there_is_nothing_to_scan():
    text = told(names=[], columns=100)
    assert "Google" not in text
    assert text.splitlines()[-1] == "Stop with Ctrl-C."


def test_a_program_gets_every_address():
    assert welcome_document(welcome(BASE, "127.0.0.1", TOKEN, ["all.ics"])) == {
        "index": f"{BASE}/f/{TOKEN}/",
        "feeds": [
            {
                "name": "all.ics",
                "http": f"{BASE}/f/{TOKEN}/all.ics",
                "webcal": f"webcal://127.0.0.1:8321/f/{TOKEN}/all.ics",
                "google": f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F127.0.0.1%3A8321%2Ff%2F{TOKEN}%2Fall.ics",
            }
        ],
    }
