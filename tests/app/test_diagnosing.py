"""What facts mean: each check as a table of what was found and what is said of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from sync.app import diagnosing
from sync.app.diagnosing import Check, Folder, State, exit_code
from sync.app.diagnosing_services import Reached, clock, limits, reach, sign_in, switched_off
from sync.app.signing import Standing
from sync.errors import ConfigError, LedgerError, NotAuthorised, TargetError
from sync.ledger.health import NEWEST, Health
from sync.probing.asking import Heard
from tests.desk import NOW

HERE = Path("/here")
OK, WARNING, WRONG = State
DAY = timedelta(days=1)


def told(check: Check) -> tuple[State, int]:
    return check.state, check.exit_code


# --- which exit code ---


@pytest.mark.parametrize(
    ("codes", "gravest"),
    [
        ((), 0),
        ((4,), 4),
        ((4, 6), 6),
        ((6, 7, 4), 7),
        ((7, 11), 11),
        ((11, 5, 6), 5),
        ((1,), 1),
        ((10, 4), 4),
    ],
)
def test_the_gravest_of_what_is_wrong_gives_the_exit_code(codes, gravest):
    checks = [Check("x", WRONG, "", "", code) for code in codes]
    assert exit_code([*checks, Check("y", WARNING, "", ""), Check("z", OK, "")]) == gravest


# --- this computer ---


def test_a_configuration_is_named_or_its_absence():
    assert diagnosing.configuration(HERE).found == "/here is valid"
    none = diagnosing.configuration(None)
    assert (none.state, "roadmap-sync init" in none.next) == (OK, True)


@pytest.mark.parametrize(
    ("version", "zone", "state", "code"),
    [("tzdata 2026.1", "UTC", OK, 0), (None, "UTC", WARNING, 0), (None, None, WRONG, 5)],
)
def test_zones_need_rules(version, zone, state, code):
    assert told(diagnosing.zone_data(version, zone)) == (state, code)


@pytest.mark.parametrize(
    ("folder", "state", "found"),
    [
        (Folder(HERE, exists=True, free=10**10), OK, "/here, 10.0 GB free"),
        (Folder(HERE, exists=False, free=10**10), OK, "/here, not made yet, 10.0 GB free"),
        (Folder(HERE, exists=True), OK, "/here"),
        (Folder(HERE, exists=True, free=10**8 - 1), WARNING, "/here has 99 MB left"),
        (Folder(HERE, exists=True, free=10**7 - 1), WRONG, "The disk of /here is full: 9 MB free."),
        (Folder(HERE, exists=True, problem="Read-only"), WRONG, "/here cannot be written: Read-only."),
    ],
)
def test_the_state_folder_needs_rights_and_room(folder, state, found):
    check = diagnosing.state_folder(folder)
    assert told(check) == (state, LedgerError.exit_code if state is WRONG else 0)
    assert check.found == found


def test_the_feeds_folder_needs_rights():
    assert diagnosing.feeds_folder(Folder(HERE, exists=True)).state is OK
    check = diagnosing.feeds_folder(Folder(HERE, exists=True, problem="Read-only"))
    assert told(check) == (WRONG, ConfigError.exit_code)


SOUND = Health(HERE / "ledger", NEWEST, is_ours=True, faults=(), backup=None)


@pytest.mark.parametrize(
    ("health", "state", "found"),
    [
        (None, OK, "none yet"),
        (SOUND, OK, "no copy was needed so far"),
        (SOUND._replace(version=1), OK, "brought up to date by the next command"),
        (SOUND._replace(backup=HERE / "ledger.v1.bak"), OK, "last copy ledger.v1.bak"),
        (SOUND._replace(version=NEWEST + 1), WRONG, "newer roadmap-sync"),
        (SOUND._replace(is_ours=False), WRONG, "database of another program"),
        (SOUND._replace(faults=("row missing", "x")), WRONG, "is damaged: row missing."),
    ],
)
def test_a_ledger_is_sound_or_says_what_is_wrong(health, state, found):
    check = diagnosing.ledger(health, NEWEST)
    assert told(check) == (state, LedgerError.exit_code if state is WRONG else 0)
    assert found in check.found


def test_a_damaged_ledger_names_the_copy_to_put_back():
    damaged = SOUND._replace(faults=("x",))
    assert "ledger rebuild" in diagnosing.ledger(damaged, NEWEST).next
    copy = damaged._replace(backup=HERE / "ledger.v1.bak")
    assert diagnosing.ledger(copy, NEWEST).next == "Put back /here/ledger.v1.bak."


def test_a_ledger_that_cannot_be_looked_at_does_not_send_to_doctor():
    error = LedgerError("It cannot be used.", "Run roadmap-sync doctor to have it examined.")
    check = diagnosing.unexamined(error)
    assert told(check) == (WRONG, 11)
    assert "doctor" not in check.next
    assert diagnosing.unexamined(LedgerError("a", "b")).next == "b"


@pytest.mark.parametrize(
    ("configured", "exists", "state"),
    [(False, False, WARNING), (True, True, WARNING), (False, True, WARNING), (True, False, WRONG)],
)
def test_a_folder_without_roadmaps_is_wrong_only_where_it_was_named(configured, exists, state):
    check = diagnosing.no_roadmaps(HERE, configured=configured, exists=exists)
    assert told(check) == (state, ConfigError.exit_code if state is WRONG else 0)
    assert "roadmap-sync add FILE" in check.next


@pytest.mark.parametrize(
    ("bounds", "version", "state", "found"),
    [
        (">=8.2,<9", "8.2.1", None, ""),
        ("<9,>=8.2.0", "8.2", None, ""),
        ("", "1", None, ""),
        (">=8.2,<9", "8.1.9", WARNING, "is 8.1.9, and >= 8.2 is wanted"),
        (">=8.2,<9", "9.0rc1", WARNING, "is 9.0rc1, and < 9 is wanted"),
        (">=8.2,<9", None, WRONG, "is not installed"),
    ],
)
def test_a_library_is_there_and_within_its_bounds(bounds, version, state, found):
    whole, *odd = diagnosing.libraries("us", [("click", bounds, version), ("other", "", "1")])
    assert whole.found == f"us; {1 if odd else 2} of 2 libraries as they should be"
    assert [(each.name, each.state, each.found) for each in odd] == (
        [("library click", state, found)] if state else []
    )
    assert exit_code(odd) == (1 if state is WRONG else 0)


# --- services ---


STANDING = Standing("google", enabled=True, where="/here/token")


@pytest.mark.parametrize(
    ("standing", "state", "found"),
    [
        (STANDING, OK, "token in /here/token; it does not end by itself"),
        (Standing("google", True, where="x", expires=NOW), OK, "token in x; good until 2026-03-02 06:00 UTC"),
        (
            Standing("google", True, where="x", ends=NOW + 3 * DAY),
            OK,
            "token in x, until 2026-03-05 06:00 UTC",
        ),
        (Standing("google", True, where="x", ends=NOW + DAY), WARNING, "ends on 2026-03-03 06:00 UTC"),
        (Standing("google", True, where="x", open_to_others=True), WARNING, "can be read by others"),
        (Standing("google", True, finds_calendar=False), WARNING, "cannot find the calendar again"),
        (Standing("google", True, problem=NotAuthorised("Nobody.", "Sign in.")), WRONG, "Nobody."),
    ],
)
def test_a_sign_in_is_there_and_lasts(standing, state, found):
    check = sign_in(standing, NOW)
    assert told(check) == (state, NotAuthorised.exit_code if state is WRONG else 0)
    assert check.found.startswith(found) or found in check.found


def answer(status: int, ahead: timedelta | None = None) -> Heard:
    return Heard(status, 0.0421, ahead, {})


@pytest.mark.parametrize(
    ("heard", "signed_in", "state", "code", "found"),
    [
        (answer(200), True, OK, 0, "http://x/ in 42 ms"),
        (answer(404), False, OK, 0, "http://x/ in 42 ms; asked without a token"),
        (answer(401), False, OK, 0, "http://x/ in 42 ms; asked without a token"),
        (answer(401), True, WRONG, 7, "http://x/ does not take the token (401)."),
        (answer(403), True, WRONG, 7, "http://x/ does not take the token (403)."),
        (answer(429), True, WARNING, 0, "http://x/ in 42 ms, and asks for patience (429)"),
        (answer(503), True, WRONG, 6, "http://x/ is in trouble (503)."),
        (answer(503), False, WRONG, 6, "http://x/ is in trouble (503)."),
        (answer(404), True, WRONG, 6, "http://x/ answers as no such service does (404)."),
        (answer(302), True, WRONG, 6, "http://x/ answers as no such service does (302)."),
        (TargetError("x cannot be reached.", "Check."), True, WRONG, 6, "x cannot be reached."),
        (NotAuthorised("Ended.", "Sign in."), True, WRONG, 7, "Ended."),
    ],
)
def test_a_service_answers_and_takes_the_token(heard, signed_in, state, code, found):
    check = reach(Reached("todoist", "http://x/", heard, signed_in))
    assert (*told(check), check.found) == (state, code, found)
    assert bool(check.next) is (state is not OK)


@pytest.mark.parametrize(
    ("aheads", "state", "found"),
    [
        ((), OK, "not compared"),
        ((None,), OK, "not compared"),
        ((0.2,), OK, "within 1 s of the services"),
        ((60,), OK, "within 60 s"),
        ((60.01, 0), WARNING, "60 s fast"),
        ((-60.01, None), WARNING, "60 s slow"),
        ((1, -7265), WARNING, "2:01:05 slow"),
        ((90000,), WARNING, "1 day, 1:00:00 fast"),
    ],
)
def test_the_clock_is_that_of_the_services(aheads, state, found):
    heard = [answer(200, None if each is None else timedelta(seconds=each)) for each in aheads]
    silent = Reached("google", "x", TargetError("a", "b"), signed_in=False)
    check = clock([silent, *(Reached("todoist", "x", each, signed_in=True) for each in heard)])
    assert check.state is state
    assert check.found.startswith(found)


def test_a_service_that_is_switched_off_says_how_to_switch_it_on():
    check = switched_off("todoist")
    assert (check.state, "[todoist]" in check.next) == (OK, True)


def test_limits_are_warnings():
    (fine,) = limits("todoist", [], "pro")
    assert (fine.state, fine.found) == (OK, "the roadmaps fit into the pro plan")
    (tight,) = limits("todoist", [("too many", "fewer")], "free")
    assert (tight.state, tight.found, tight.next) == (WARNING, "too many", "fewer")
