"""What the program says about itself, and to those who mistype it."""

import click
import pytest

from sync import __version__
from sync.cli import cli, main


def test_the_version_is_the_packages(desk):
    assert desk.run("--version").out == f"roadmap-sync, version {__version__}\n"


def test_without_a_command_the_help_is_shown(desk):
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 2


def test_help_lists_the_commands_by_purpose(desk):
    told = desk.run("--help").out
    assert told.index("Roadmaps:") < told.index("check") < told.index("Feeds:") < told.index("export")


def test_help_of_a_command_ends_with_examples(desk):
    told = desk.run("check", "--help").out
    assert told.rstrip().endswith("for a script: exit 3 on any warning")
    assert "  roadmap-sync check plan.md -v\n      one file, line by line\n" in told


@pytest.mark.parametrize(("typed", "hint"), [("shwo", "Did you mean `show`?"), ("zzz", " add, check, fix, ")])
def test_a_command_that_does_not_exist_is_answered_with_those_that_do(desk, typed, hint):
    assert hint in desk.run(typed).err


def test_a_usage_error_points_at_the_help_of_its_command(desk):
    assert desk.run("show", "--bogus").err.endswith("See `roadmap-sync show --help`.\n")
    assert desk.run("--bogus").err.endswith("See `roadmap-sync --help`.\n")


def test_a_command_of_the_group_that_is_not_there_is_none():
    context = click.Context(cli)
    assert cli.get_command(context, "bogus") is None
