"""A first configuration: what is asked, what is written, and that nothing is lost by writing it anew."""

import io
import sys
import tomllib
from typing import Any

import pytest

from sync.config.model import config_text
from sync.config.settings import FILE
from tests.desk import ZONE, Desk
from tests.invented import DATED

QUESTIONS = 6
TAKEN = "\n"


class Typed(io.StringIO):
    """What a person types at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch):
    """Someone at the terminal who answers with these lines."""

    def types(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", Typed("".join(f"{line}\n" for line in lines)))

    return types


def said(desk: Desk, name: str = FILE) -> dict[str, Any]:
    return tomllib.loads((desk.folder / name).read_text("utf-8"))


# --- asking ---


def test_every_question_has_a_default_and_six_empty_lines_are_a_configuration(desk, person):
    person(*[""] * QUESTIONS)
    asked = desk.run("init")
    assert asked.code == 0
    assert f"In which time zone do you live? [{ZONE}]:" in asked.err
    assert "Push to Todoist? [y/N]:" in asked.err
    assert said(desk) == {**tomllib.loads(config_text({})), "timezone": ZONE}
    assert desk.roadmaps.is_dir()


def test_answers_are_written(desk, person):
    person("Asia/Tokyo", "plans", "18:30", "09:15", "y", "n")
    assert desk.run("init").code == 0
    made = said(desk)
    assert (made["timezone"], made["roadmaps"]) == ("Asia/Tokyo", "plans")
    assert made["slots"] == {"weekday": "18:30", "saturday": "09:15", "sunday": "09:15"}
    assert (made["google"]["enabled"], made["todoist"]["enabled"]) == (True, False)
    assert (desk.folder / "plans").is_dir()


def test_an_answer_that_makes_no_sense_is_asked_again(desk, person):
    person("Nairobi", "Africa/Nairobi", "", "7pm", "19:30", "", "", "")
    told = desk.run("init").err
    assert "there is no zone 'Nairobi'. Did you mean `Africa/Nairobi`?" in told
    assert "'7pm' must be a time of day as HH:MM" in told
    assert said(desk)["slots"]["weekday"] == "19:30"


def test_what_is_given_is_not_asked(desk, person):
    person("", "")
    words = ("--timezone", "UTC", "--slot", "weekday=20:00", "--slot", "sunday=08:00", "--no-google")
    told = desk.run("init", *words).err
    assert told.count("?") == 2
    assert said(desk)["slots"] == {"weekday": "20:00", "saturday": "10:00", "sunday": "08:00"}


def test_an_end_of_the_answers_leaves_nothing_behind(desk, person):
    person("")
    assert desk.run("init").code == 130
    assert list(desk.folder.iterdir()) == []


def test_without_a_person_a_script_must_say_that_defaults_will_do(desk, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    asked = desk.run("init", "--google")
    assert asked.code == 2
    assert asked.err.splitlines() == [
        "Nobody is there to answer questions.",
        "Add `--yes` to take the defaults of what is not given.",
    ]
    assert list(desk.folder.iterdir()) == []


def test_without_a_person_a_script_that_answers_all_needs_no_yes(desk, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    slots = ("--slot", "weekday=19:00", "--slot", "saturday=10:00")
    words = ("--timezone", "UTC", "--roadmaps", "r", *slots, "--no-google", "--no-todoist")
    assert desk.run("init", *words).code == 0


# --- options ---


def test_every_question_is_an_option_too(desk):
    slots = ("--slot", "weekday=18:30", "--slot", "saturday=11:00", "--slot", "sunday=12:00")
    words = ("--timezone", "Asia/Tokyo", "--roadmaps", "plans", "--out", "public", "--google", "--todoist")
    assert desk.run("init", "--yes", *words, *slots).code == 0
    made = said(desk)
    assert made["timezone"] == "Asia/Tokyo"
    assert made["slots"] == {"weekday": "18:30", "saturday": "11:00", "sunday": "12:00"}
    assert made["ics"] == {"out": "public"}
    assert made["google"]["enabled"]
    assert made["todoist"]["enabled"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("--slot", "monday=19:00"), "'monday=19:00' is no slot; write weekday=19:00"),
        (("--slot", "weekday"), "'' must be a time of day as HH:MM"),
        (("--timezone", "Mars/Olympus"), "there is no zone 'Mars/Olympus'"),
    ],
)
def test_an_option_that_makes_no_sense_ends_with_2(desk, words, title):
    asked = desk.run("init", "--yes", *words)
    assert asked.code == 2
    assert title in asked.err
    assert not (desk.folder / FILE).exists()


def test_a_value_that_the_file_cannot_take_ends_with_5_and_writes_nothing(desk):
    asked = desk.run("init", "--yes", "--roadmaps", " ")
    assert asked.code == 5
    assert "`roadmaps` must not be empty" in asked.err
    assert not (desk.folder / FILE).exists()


# --- what is written, and where ---


def test_the_new_configuration_is_found_by_the_next_command(desk):
    desk.run("init", "--yes", "--roadmaps", "plans")
    desk.write("plans/dated.md", DATED)
    assert desk.run("check", "--json").json["roadmaps"][0]["slug"] == "dated"


def test_the_new_configuration_explains_every_key(desk):
    desk.run("init", "--yes")
    text = (desk.folder / FILE).read_text("utf-8")
    assert "# when" not in text.splitlines()[0]
    assert "Copy it to config.toml" not in text
    assert text.partition("\n\n")[2] == config_text({"timezone": ZONE}).partition("\n\n")[2]


def test_it_may_be_written_elsewhere_and_paths_are_relative_to_it(desk):
    told = desk.run("init", "--yes", "--config", "my plans/mine.toml").out
    assert (desk.folder / "my plans" / "roadmaps").is_dir()
    assert "roadmap-sync --config 'my plans/mine.toml' check" in told


def test_a_place_that_cannot_be_written_ends_with_5(desk):
    desk.write("file", "")
    assert desk.run("init", "--yes", "--config", "file/config.toml").code == 5
    asked = desk.run("init", "--yes", "--roadmaps", "file")
    assert asked.code == 5
    assert asked.err.startswith(f"The folder {desk.folder / 'file'} cannot be made: File exists.")


# --- what is next ---


def test_the_next_steps_are_those_of_what_was_chosen(desk):
    told = desk.run("init", "--yes", "--json").json
    assert told["file"] == str(desk.folder / FILE)
    assert told["kept"] is None
    assert [step.removeprefix("roadmap-sync ") for step in told["next"]] == [
        "add FILE", "check", "export", "doctor",
    ]  # fmt: skip
    desk.write("roadmaps/dated.md", DATED)
    both = desk.run("init", "--yes", "--replace", "--google", "--todoist", "--json").json
    assert [step.removeprefix("roadmap-sync ") for step in both["next"]] == [
        "check", "export", "auth google", "auth todoist", "push", "doctor",
    ]  # fmt: skip


def test_google_says_what_it_needs_until_it_is_there(desk):
    assert "needs client_secret.json" in desk.run("init", "--yes", "--google").out
    desk.write("client_secret.json", "{}")
    assert "client_secret" not in desk.run("init", "--yes", "--replace", "--google").out


# --- a second time ---


@pytest.mark.parametrize("words", [(), ("--yes",)])
def test_a_configuration_is_never_overwritten_unasked(desk, words):
    desk.write(FILE, "# mine\n")
    asked = desk.run("init", *words)
    assert asked.code == 2
    assert "add `--replace`" in asked.err
    assert (desk.folder / FILE).read_text("utf-8") == "# mine\n"


def test_a_replaced_configuration_is_kept_and_what_was_not_asked_for_stays(desk, person):
    old = (
        'roadmaps = "plans"\n[slots]\nsunday = 09:30:00\n[google]\nenabled = true\ncalendar_id = "x@group"\n'
    )
    desk.write(FILE, old)
    person(*[""] * (QUESTIONS - 2))
    told = desk.run("init", "--replace", "--slot", "weekday=20:00")
    assert "Push to Google Calendar? [Y/n]:" in told.err
    assert f"kept in {desk.folder / 'config.toml.bak'}" in told.out
    assert (desk.folder / "config.toml.bak").read_text("utf-8") == old
    made = said(desk)
    assert made["roadmaps"] == "plans"
    assert made["slots"] == {"weekday": "20:00", "saturday": "10:00", "sunday": "09:30"}
    assert (made["google"]["enabled"], made["google"]["calendar_id"]) == (True, "x@group")


def test_every_replaced_configuration_is_kept(desk):
    desk.write(FILE, "# first\n")
    desk.run("init", "--yes", "--replace")
    desk.run("init", "--yes", "--replace")
    kept = sorted(path.name for path in desk.folder.glob("config.toml.bak*"))
    assert kept == ["config.toml.bak", "config.toml.bak1"]
    assert (desk.folder / "config.toml.bak").read_text("utf-8") == "# first\n"


@pytest.mark.parametrize("damaged", [b"not toml", b"quux = 1\n", b"\xe4", b"[slots]\nweekday = 7\n"])
def test_a_damaged_configuration_can_be_replaced(desk, damaged):
    desk.write(FILE, damaged)
    assert desk.run("init", "--yes", "--replace").code == 0
    assert said(desk)["timezone"] == ZONE
    assert (desk.folder / "config.toml.bak").read_bytes() == damaged


def test_a_link_to_a_configuration_stays_one(desk):
    desk.write("shared/mine.toml", "# mine\n")
    (desk.folder / FILE).symlink_to("shared/mine.toml")
    assert desk.run("init", "--yes", "--replace").code == 0
    assert (desk.folder / FILE).is_symlink()
    assert said(desk, "shared/mine.toml")["timezone"] == ZONE


def test_a_folder_is_not_replaced(desk):
    (desk.folder / FILE).mkdir()
    asked = desk.run("init", "--yes", "--replace")
    assert asked.code == 5
    assert "cannot be read" in asked.err
