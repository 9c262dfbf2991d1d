"""What each command loads: the everyday ones nothing heavy, none of them more than it needs."""

import json
import os
import subprocess
import sys

import pytest

from tests.desk import ZONE, Desk
from tests.invented import DATED, WEEK

PARSERS = {"markdown_it", "ftfy", "charset_normalizer", "yaml"}
HEAVY = {
    "pydantic",
    "icalendar",
    "httpx",
    "requests",
    "googleapiclient",
    "google",
    "todoist_api_python",
    "google_auth_oauthlib",
    "keyring",
    "rich",
}
SERVERS = {"waitress", "segno"}
SERVICES = {"httpx", "requests", "googleapiclient", "google_auth_oauthlib", "todoist_api_python"}

LOADED = """
import json, sys
from sync.cli import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    print("", json.dumps([left.code, sorted({name.partition(".")[0] for name in sys.modules}), sorted(sys.modules)]),
          sep="\\n", file=sys.stderr)
"""


def loaded(desk: Desk, *words: str) -> tuple[set[str], set[str]]:
    """The packages and the modules that are loaded once a command has ended well, in a process of its own."""
    environ = {**os.environ, "TZ": ZONE}
    # what measures coverage in other processes would load packages of its own
    environ = {name: value for name, value in environ.items() if not name.startswith("COVERAGE_")}
    program = [sys.executable, "-c", LOADED, "--state", str(desk.state), "--today", "2026-03-02", *words]
    done = subprocess.run(program, cwd=desk.folder, env=environ, capture_output=True, text=True, check=True)
    code, packages, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(packages), set(modules)


def test_the_version_loads_click_and_nothing_else(desk):
    packages, modules = loaded(desk, "--version")
    assert packages.isdisjoint(PARSERS | HEAVY | SERVERS | {"sqlite3", "tomllib", "zoneinfo", "json.decoder"})
    ours = {name for name in modules if name.startswith("sync")}
    assert ours == {
        "sync", "sync.cli", "sync.errors", "sync.commands", "sync.commands.options", "sync.commands.talking",
    }  # fmt: skip


def test_an_unchanged_export_loads_no_parser_and_no_writer(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/week.md", f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}")
    first, _ = loaded(desk, "export")
    assert {"markdown_it", "icalendar", "yaml"} <= first
    again, modules = loaded(desk, "export")
    assert again.isdisjoint(PARSERS | HEAVY | SERVERS)
    assert not {
        name for name in modules if name.startswith(("sync.targets", "sync.scheduling", "sync.planning"))
    }
    assert {name for name in modules if name.startswith("sync.reading")} <= {
        "sync.reading", "sync.reading.decoding", "sync.reading.spelling",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words", [("status",), ("status", "--json"), ("status", "week", "-v"), ("done", "Measure the plot")]
)
def test_where_a_person_stands_is_told_without_a_parser_a_model_or_a_service(desk, words):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/week.md", f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}")
    desk.run("checkin", "Measure the plot", "--hours", "2")
    first, _ = loaded(desk, "check")
    assert {"markdown_it", "yaml"} <= first
    again, modules = loaded(desk, *words)
    assert again.isdisjoint(PARSERS | HEAVY | SERVERS)
    others = (
        "sync.targets",
        "sync.scheduling",
        "sync.planning",
        "sync.applying",
        "sync.model",
        "sync.remote",
    )
    assert not {name for name in modules if name.startswith(others)}
    assert {name for name in modules if name.startswith("sync.reading")} <= {
        "sync.reading", "sync.reading.decoding", "sync.reading.spelling",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["check", "show"])
def test_reading_a_plain_document_loads_its_parser_alone(desk, command):
    packages, _ = loaded(desk, command, str(desk.write("dated.md", DATED)))
    assert packages & PARSERS == {"markdown_it"}
    assert packages.isdisjoint(HEAVY | SERVERS)


@pytest.mark.parametrize("words", [("export",), ("check",), ("show",), ("--help",), ("export", "--help")])
def test_no_service_is_loaded_where_none_is_asked(desk, words):
    desk.write("roadmaps/dated.md", DATED)
    packages, _ = loaded(desk, *words)
    assert packages.isdisjoint(SERVICES)


def test_the_limits_of_a_service_are_checked_without_its_library(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("config.toml", "[todoist]\nenabled = true\n")
    desk.run("export")
    packages, modules = loaded(desk, "check")
    assert "sync.targets.todoist.limits" in modules
    assert packages.isdisjoint(SERVICES)


def test_a_changed_document_writes_without_what_only_a_server_needs(desk):
    desk.write("roadmaps/dated.md", DATED)
    packages, _ = loaded(desk, "export")
    assert packages.isdisjoint(SERVERS | {"pydantic"})
