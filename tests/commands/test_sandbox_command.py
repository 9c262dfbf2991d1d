"""The sandbox as a process of its own: what it prints, and how it ends."""

import json
import signal
import subprocess
import sys

import pytest
import requests


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_stops_in_peace(desk, number):
    words = [sys.executable, "-m", "sync", "--state", str(desk.state)]
    words += ["sandbox", "--port", "0", "--json", "--write", "trial"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines: list[str] = []
        while lines[-1:] != ["}\n"]:
            lines.append(process.stdout.readline())
            assert lines[-1], "it ended before it said anything"
        told = json.loads("".join(lines))
        page = requests.get(told["phone"], timeout=10).text
        process.send_signal(number)
        out, err = process.communicate(timeout=30)

    assert "<h1>you@example.com</h1>" in page
    assert (process.returncode, out, err) == (0, "", "Stopped.\n")
    assert not desk.state.exists()
    assert (desk.folder / "trial" / "config.toml").is_file()
    assert told["state"] == str(desk.folder / "trial" / "state")


def test_a_person_is_told_in_words(desk):
    said = desk.run("sandbox", "--help")

    assert said.code == 0
    assert "roadmap-sync sandbox --write trial" in said.out


def test_a_port_beyond_all_ports_is_a_usage_error(desk):
    assert desk.run("sandbox", "--port", "70000").code == 2
