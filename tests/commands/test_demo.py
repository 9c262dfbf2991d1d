"""The demonstration as a person sees it: told once, looked at from all sides."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.app import demonstrating
from sync.app.demonstrating import PLANS, Demo, Event, Look, shipped
from sync.app.story import Deed, Scene
from sync.config.settings import load_config
from sync.errors import TargetError
from tests.desk import Desk, Said, at_desk

DEEDS = ["POST /phone/tasks/tick", "POST /phone/save", "$ rm -r state"]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Said]]:
    """The whole story, with all that its commands print, and the folder that it leaves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        patch.delenv("FORCE_COLOR", raising=False)
        desk = at_desk(tmp_path_factory.mktemp("demo"), patch)
        yield desk, desk.run("demo", "--out", "demo", "-v", today=None)


def scenes(said: Said) -> list[tuple[str, str]]:
    """Each command that was shown, with what came after it up to the next sentence of the story."""
    parts = re.split(r"^(\$ .*|POST .*)\n", said.out, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def commands(said: Said) -> list[str]:
    return [command for command, _ in scenes(said)]


# --- the story ---


def test_it_ends_well_and_says_nothing_beside_the_story(told):
    _, said = told
    assert (said.code, said.err) == (0, "")


def test_it_goes_from_text_to_both_services_and_back(told):
    _, said = told
    words = [command.removeprefix("$ roadmap-sync ") for command in commands(said)]
    assert words == [
        "check", "show --to 2026-01-27", "export", "plan --target google --target todoist", "push --yes",
        *DEEDS[:2], "pull", "status", "push --yes", "push --yes", DEEDS[2], "ledger rebuild", "push --yes",
    ]  # fmt: skip


def test_all_five_plans_are_read_and_pushed(told):
    _, said = told
    checked, pushed = scenes(said)[0][1], scenes(said)[4][1]
    assert "5 roadmaps, 842 lines, each with its place." in checked
    assert len(re.findall(r"^✓ google: .* (\d+) of \1 steps done$", pushed, re.MULTILINE)) == 4
    assert len(re.findall(r"^✓ todoist: .* (\d+) of \1 steps done$", pushed, re.MULTILINE)) == 4


def test_what_hands_did_on_the_other_side_is_pulled(told):
    _, said = told
    by_name = dict(scenes(said))
    ticked = re.findall(r"^✓ (.+)$", by_name[DEEDS[0]], re.MULTILINE)
    pulled = by_name["$ roadmap-sync pull"]
    assert len(ticked) == 4
    assert re.findall(r"^    ✓ (.+?)  +done, Mon 26 Jan 2026, 21:30$", pulled, re.MULTILINE) == ticked
    assert re.findall(r"^    → (.+?)  moved$", pulled, re.MULTILINE) == [
        "What is system design? Scalability, reliability, availability"
    ]


def test_pushing_again_does_nothing_also_after_the_laptop_was_lost(told):
    _, said = told
    pushes = [output for command, output in scenes(said) if command == "$ roadmap-sync push --yes"]
    nothing = "✓ Nothing to do: 5 roadmaps on ics, google, todoist.\n"
    assert [nothing in each for each in pushes] == [False, False, True, True]
    rebuilt = dict(scenes(said))["$ roadmap-sync ledger rebuild"]
    assert re.findall(r"(\d+) items there, \1 of them new to the ledger", rebuilt)


# --- what it leaves ---


def test_it_leaves_feeds_and_a_configuration_to_go_on_with(told):
    desk, said = told
    folder = desk.folder / "demo"
    config = load_config(folder / "config.toml", cwd=desk.folder, environ={})
    assert (config.google.enabled, config.todoist.enabled) == (True, True)
    assert (config.roadmaps, config.timezone) == (folder / "roadmaps", "Africa/Nairobi")
    assert sorted(file.name for file in (folder / "roadmaps").iterdir()) == list(PLANS)
    assert b"BEGIN:VEVENT" in (folder / "feeds" / "all.ics").read_bytes()
    assert "sandbox --write demo" in said.out
    for name in re.findall(r"^  ([a-z./]+)  ", said.out.rpartition("✓")[2], re.MULTILINE):
        assert (folder / name).exists(), name


def test_no_token_is_in_its_output_or_in_the_feeds_the_ledger_and_the_configuration(told):
    desk, said = told
    folder = desk.folder / "demo"
    google = json.loads((folder / "state" / "google-token.json").read_text())
    secrets = [google["token"], google["refresh_token"], (folder / "state" / "todoist-token").read_text()]
    keepers = {"google-token.json", "todoist-token", "sandbox.json"}
    kept = [file for file in folder.rglob("*") if file.is_file() and file.name not in keepers]
    assert {"all.ics", "config.toml", "ledger.sqlite3", "client_secret.json"} <= {file.name for file in kept}
    for secret in secrets:
        assert len(secret) > 20
        assert secret not in said.out
        assert not [file for file in kept if secret.encode() in file.read_bytes()]


# --- short stories ---


def tell(monkeypatch: pytest.MonkeyPatch, *story: Scene) -> None:
    """Let the demonstration be another, shorter one."""
    given = demonstrating.demonstrate

    def shorter(folder: Path, look: Look, hear: Callable[[Event], None]) -> Demo:
        return given(folder, look, hear, story)

    monkeypatch.setattr(demonstrating, "demonstrate", shorter)


def bad_luck(_: object) -> Deed:
    return Deed("POST /phone/save", "", TargetError.exit_code)


def test_a_step_that_fails_ends_the_story_with_its_exit_code(desk, monkeypatch):
    tell(monkeypatch, Scene("One.", ("show", "nowhere")), Scene("Two.", ("check",)))
    said = desk.run("demo", "--out", "demo")
    assert said.code == 4
    assert "Two." not in said.out
    assert said.out.endswith("✗ `roadmap-sync show nowhere` failed with exit code 4; the folder is demo.\n")


def test_a_hand_that_fails_ends_it_too(desk, monkeypatch):
    tell(monkeypatch, Scene("One.", hand=bad_luck))
    assert desk.run("demo", "--out", "demo").code == 6


def test_json_is_one_document_with_a_line_for_each_step(desk, monkeypatch):
    tell(monkeypatch, Scene("One.", ("export",)), Scene("Two.", hand=bad_luck))
    said = desk.run("demo", "--out", "demo", "--json")
    assert (said.code, said.err) == (6, "")
    steps = [(each["command"], each["exit"]) for each in said.json["steps"]]
    assert steps == [("roadmap-sync export", 0), ("POST /phone/save", 6)]
    assert said.json["seconds"] >= max(each["seconds"] for each in said.json["steps"]) >= 0
    assert said.json["folder"] == str(desk.folder / "demo")


def test_without_a_folder_it_takes_one_that_is_temporary(desk, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    tell(monkeypatch, Scene("One.", ("export",)))
    said = desk.run("demo", "--json")
    (folder,) = (tmp_path / "temporary").iterdir()
    assert said.json["folder"] == str(folder)
    assert (folder / "feeds" / "all.ics").is_file()


def test_long_output_is_cut_with_a_note_unless_everything_is_wanted(desk, monkeypatch):
    tell(monkeypatch, Scene("One.", ("export",), first=2, last=1))
    short, full = desk.run("demo", "--out", "demo"), desk.run("demo", "--out", "demo", "-v")
    assert "\n  backend-month-3.ics\n  … 9 more lines\n  all.ics\n" in short.out
    assert "more lines" not in full.out
    assert "system-design-week-1.ics" in full.out


def test_its_commands_are_coloured_where_it_is_itself(desk, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    tell(monkeypatch, Scene("One.", ("export",)))
    assert "\x1b[32m✓\x1b[0m 11 of 11 feeds" in desk.run("demo", "--out", "demo").out


@pytest.mark.parametrize(("found", "named"), [("/usr/bin/roadmap-sync", True), (None, False)])
def test_it_names_the_program_as_the_shell_finds_it(desk, monkeypatch, found, named):
    monkeypatch.setattr("shutil.which", lambda _: found)
    tell(monkeypatch, Scene("One.", ("export",)))
    assert ("\n  roadmap-sync sandbox" in desk.run("demo", "--out", "demo").out) is named


# --- the folder ---


def test_a_folder_with_other_things_in_it_is_left_alone(desk):
    note = desk.write("mine/note.txt", "keep me")
    said = desk.run("demo", "--out", "mine")
    assert said.code == 2
    assert "mine is not empty" in said.err
    assert list(note.parent.iterdir()) == [note]


def test_a_plan_that_was_edited_after_a_demonstration_is_not_overwritten(desk, monkeypatch):
    tell(monkeypatch, Scene("One.", ("export",)))
    desk.run("demo", "--out", "demo")
    plan = desk.folder / "demo" / "roadmaps" / PLANS[0]
    plan.write_text("# My own\n")
    said = desk.run("demo", "--out", "demo")
    assert said.code == 2
    assert "was written since the last demonstration" in said.err
    assert plan.read_text() == "# My own\n"


def test_an_earlier_demonstration_gives_way_even_where_it_broke_off(desk, monkeypatch):
    tell(monkeypatch, Scene("One.", ("export",)))
    desk.run("demo", "--out", "demo")
    for file in (desk.folder / "demo" / "roadmaps").iterdir():
        file.unlink()
    (desk.folder / "demo" / "roadmaps").rmdir()
    assert desk.run("demo", "--out", "demo").code == 0


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(desk):
    desk.write("file", "not a folder")
    said = desk.run("demo", "--out", "file/demo")
    assert said.code == 5
    assert "cannot be written" in said.err


def test_the_plans_are_found_inside_an_installed_package_and_beside_a_checkout(monkeypatch, tmp_path):
    assert {file.name for file in shipped().iterdir()} >= set(PLANS)
    inside = tmp_path / "sync" / "roadmaps"
    inside.mkdir(parents=True)
    monkeypatch.setattr(demonstrating, "__file__", str(tmp_path / "sync" / "app" / "demonstrating.py"))
    assert shipped() == inside


def test_the_plans_travel_with_the_wheel():
    root = Path(__file__).parents[2]
    wheel = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["only-include"]) == {"sync", "roadmaps"}
    assert wheel["sources"] == {"roadmaps": "sync/roadmaps"}
