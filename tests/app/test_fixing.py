"""One misread line put right: what is written into the front matter, and what stays."""

from dataclasses import replace

import pytest

from sync.app import fixing
from sync.app.library import load_bytes
from sync.errors import RoadmapUnreadable
from tests.desk import Desk
from tests.invented import BROKEN, PHASED, damaged

BRAMBLES = "- [ ] 3 March 2026: cut the brambles"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.write("roadmaps/phased.md", PHASED)
    return desk


def text(desk: Desk) -> str:
    return (desk.roadmaps / "phased.md").read_text("utf-8")


def test_a_correction_shows_the_line_before_and_after(desk):
    said = desk.run("fix", "roadmaps/phased.md:4", "--date", "2026-03-05", "--end", "2026-03-06")
    assert said.code == 0
    assert said.out.splitlines() == [
        f"✓ {BRAMBLES}",
        "  before  task  3 Mar 2026  cut the brambles",
        "  now     task  5 Mar to 6 Mar 2026  cut the brambles",
        "  Said in the front matter; the line is roadmaps/phased.md:9 now.",
    ]


def test_a_correction_as_json(desk):
    told = desk.run("fix", "phased:4", "--role", "milestone", "--json").json
    assert (told["file"], told["text"]) == ("roadmaps/phased.md", BRAMBLES)
    before, after = told["before"], told["after"]
    assert (before["line"], before["role"], after["line"], after["role"]) == (4, "task", 9, "milestone")
    assert [item["kind"] for item in before["items"]] == ["task"]
    assert [item["kind"] for item in after["items"]] == ["milestone"]


def test_the_text_below_the_front_matter_stays_byte_for_byte(desk):
    desk.run("fix", "phased:4", "--skip")
    assert text(desk).endswith(f"---\n{PHASED}")
    assert f'{{match: "{BRAMBLES}", line: 9, skip: true}}' in text(desk)


def test_a_line_that_is_skipped_makes_nothing(desk):
    said = desk.run("fix", "phased:4", "--skip")
    assert "  now     note, nothing dated is made from it" in said.out
    assert "brambles" not in [item["title"] for item in desk.run("show", "--json").json["items"]]


def test_a_second_correction_adds_to_the_first(desk):
    desk.run("fix", "phased:4", "--role", "milestone")
    desk.run("fix", "phased:9", "--date", "2026-03-07")
    assert f'{{match: "{BRAMBLES}", line: 9, date: 2026-03-07, role: milestone}}' in text(desk)
    assert text(desk).count("match:") == 1
    desk.run("fix", "phased:9", "--date", "2026-03-07", "--end", "2026-03-08")
    desk.run("fix", "phased:9", "--role", "deadline")
    assert "date: 2026-03-07, end: 2026-03-08, role: deadline}" in text(desk)
    desk.run("fix", "phased:9", "--skip")
    assert f'{{match: "{BRAMBLES}", line: 9, skip: true}}' in text(desk)
    desk.run("fix", "phased:9", "--role", "task")
    assert "skip" not in text(desk)


def test_a_correction_of_another_line_moves_the_numbers_of_earlier_ones(desk):
    desk.run("fix", "phased:4", "--role", "milestone")
    desk.run("fix", "phased:10", "--role", "deadline")
    kinds = {item["title"]: item["kind"] for item in desk.run("show", "--json").json["items"]}
    assert sorted(kinds.values()) == ["deadline", "milestone", "period", "period", "task"]
    assert "line: 10, role: milestone" in text(desk)
    assert "line: 11, role: deadline" in text(desk)


def test_of_lines_with_the_same_words_only_the_one_named_is_corrected(desk):
    twice = (
        f"{PHASED}\n{BRAMBLES.replace('3 March', '24 March')}\n{BRAMBLES.replace('3 March', '24 March')}\n"
    )
    desk.write("roadmaps/phased.md", twice)
    desk.run("fix", "phased:11", "--role", "note")
    roles = {each["line"]: each["role"] for each in desk.run("check", "--json").json["roadmaps"][0]["lines"]}
    assert (roles[15], roles[16]) == ("task", "note")


def test_an_override_for_several_lines_stays_when_one_of_them_is_corrected(desk):
    rest = "Rest\n\n" * 2
    header = '---\nroadmap:\n  overrides:\n    - {match: "Rest", role: chatter}\n---\n'
    desk.write("roadmaps/phased.md", f"{header}{PHASED}\n{rest}")
    line = text(desk).splitlines().index("Rest") + 1
    assert desk.run("fix", f"phased:{line}", "--role", "note").code == 0
    assert '{match: "Rest", role: chatter}' in text(desk)
    roles = {each["line"]: each["role"] for each in desk.run("check", "--json").json["roadmaps"][0]["lines"]}
    assert [roles[line + 1], roles[line + 3]] == ["note", "chatter"]


def test_a_series_and_an_item_without_a_date_are_told_in_one_line_each(desk):
    desk.write("roadmaps/evenings.md", "# Evenings\n\n- [ ] Tune the cello\n\n**Start:** 2 March 2026\n"
               "**End:** 27 March 2026\n\n- Saturday, 10:00-12:00: orchestra\n")  # fmt: skip
    told = desk.run("fix", "evenings:8", "--role", "note").out
    assert "  before  session  7 Mar 2026, 10:00–12:00, 3 times  orchestra" in told
    told = desk.run("fix", "evenings:8", "--role", "milestone").out
    assert "no date" in told


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("phased", "--skip"), "phased is no place in a file."),
        (("phased:", "--skip"), "phased: is no place in a file."),
        (("phased:0", "--skip"), "phased:0 is no place in a file."),
        ((":4", "--skip"), ":4 is no place in a file."),
        (("phased:²", "--skip"), "phased:² is no place in a file."),
        (("phased:2", "--skip"), "Line 2 of phased.md holds no text."),
        (("phased:99", "--skip"), "Line 99 of phased.md holds no text."),
        (("phased:4",), "Nothing to correct was said."),
        (("phased:4", "--end", "2026-03-05"), "An end alone dates nothing."),
        (("phased:4", "--date", "2026-03-05", "--end", "2026-03-04"), "2026-03-04 is before 2026-03-05."),
        (("phased:4", "--role", "milestne"), "There is no role milestne.\nDid you mean `milestone`?"),
        (("phased:4", "--role", "zzz"), "There is no role zzz.\nThe roles are period, heading, task,"),
        (("phased:4", "--role", "blank"), "There is no role blank."),
    ],
)
def test_what_cannot_be_carried_out_is_a_usage_error_and_changes_nothing(desk, words, title):
    said = desk.run("fix", *words)
    assert said.code == 2
    assert said.err.startswith(title)
    assert text(desk) == PHASED


def test_a_role_that_a_line_cannot_have_is_refused_and_nothing_is_written(desk):
    text = "# Bread\n\n| Flour | Water |\n|---|---|\n| rye | cold |\n"
    path = desk.write("roadmaps/bread.md", text)
    said = desk.run("fix", "bread:5", "--role", "milestone")
    assert said.code == 2
    assert said.err.startswith("Line 5 of bread.md cannot be read as milestone: it stays note.\n")
    assert path.read_text() == text


def test_a_line_of_the_front_matter_is_no_line_of_the_plan(desk):
    desk.run("fix", "phased:4", "--skip")
    said = desk.run("fix", "phased:2", "--skip")
    assert (said.code, said.err.splitlines()[0]) == (2, "Line 2 of phased.md is front matter.")


def test_a_file_that_is_not_there_ends_with_4(desk):
    assert desk.run("fix", "missing.md:1", "--skip").code == RoadmapUnreadable.exit_code


def test_damaged_text_is_corrected_without_being_rewritten(desk):
    raw = damaged(PHASED.replace("cut the brambles", "cut the “bramble” – café"))
    desk.write("roadmaps/phased.md", raw)
    said = desk.run("fix", "phased:4", "--skip")
    assert said.code == 0
    assert "✓ - [ ] 3 March 2026: cut the “bramble” – café\n" in said.out
    assert (desk.roadmaps / "phased.md").read_bytes().endswith(raw)


def test_a_correction_that_would_change_how_the_rest_is_read_is_not_written(desk, monkeypatch):
    seen = []

    def wavering(run, path, raw, known):
        seen.append(raw)
        loaded = load_bytes(run, path, raw, known)
        return loaded if len(seen) == 1 else replace(loaded, lines=(*loaded.lines[:-1], "something else"))

    monkeypatch.setattr("sync.app.fixing.load_bytes", wavering)
    said = desk.run("fix", "phased:4", "--skip")
    assert said.code == RoadmapUnreadable.exit_code
    assert said.err.startswith("The text of phased.md is damaged")
    assert text(desk) == PHASED


def test_a_document_with_errors_is_corrected_and_ends_with_4(desk):
    desk.write("roadmaps/broken.md", BROKEN)
    assert desk.run("fix", "broken:4", "--skip").code == 4
    assert desk.run("fix", "broken:8", "--date", "2026-02-28").code == 0


def test_the_front_matter_of_other_tools_stays(desk):
    desk.write("roadmaps/phased.md", f"---\ntags: [garden]\n---\n{PHASED}")
    desk.run("fix", "phased:7", "--skip")
    assert text(desk).startswith("---\ntags: [garden]\nroadmap:\n  overrides:\n")


def test_front_matter_that_grows_too_much_is_left_to_the_person(desk, monkeypatch):
    monkeypatch.setattr(fixing, "MOST_GROWTH", 1)
    said = desk.run("fix", "phased:4", "--skip")
    assert said.code == RoadmapUnreadable.exit_code
    assert said.err.startswith("The front matter cannot take the correction.")
    assert text(desk) == PHASED
