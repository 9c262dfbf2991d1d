"""A computer without a network: quick, said in one sentence for each service, and nothing else suffers."""

import json
import socket

import pytest

from sync.applying.patience import Patience
from sync.sandbox import Sandbox
from tests.app.examinations import configured, signed_in
from tests.desk import Desk
from tests.invented import PHASED
from tests.pushes import feed

SENTENCES = ("google: Google Calendar cannot be reached.", "todoist: Todoist cannot be reached.")
NEXT = "→ Check the connection, then run the same command again; nothing is lost."


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits of the commands, which take no time here."""
    naps: list[float] = []
    for module in ("connecting", "pushing", "unpushing"):
        monkeypatch.setattr(f"sync.app.{module}.PATIENCE", Patience(naps.append, lambda: 0.5))
    return naps


@pytest.fixture
def offline(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Somebody is signed in to both services, and nothing listens at their address."""
    with Sandbox() as box:
        signed_in(desk, box, monkeypatch)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    configured(desk, url, "google", "todoist")
    desk.write("roadmaps/phased.md", PHASED)
    return desk


@pytest.mark.parametrize("words", [("plan",), ("push", "--yes"), ("pull",)], ids=lambda words: words[0])
def test_each_service_is_named_with_the_next_step_after_one_short_wait(offline, slept, words):
    said = offline.run(*words)
    assert said.code == 6
    assert all(f"✗ {sentence}" in said.out for sentence in SENTENCES)
    assert said.out.count(NEXT) == 2
    assert slept == [1.5, 1.5]


def test_the_wait_is_told_while_it_lasts_and_leaves_the_document_alone(offline, slept):
    said = offline.run("pull", "--json")
    assert [each["title"] for each in said.json["refused"]] == [
        "Google Calendar cannot be reached.", "Todoist cannot be reached.",
    ]  # fmt: skip
    assert sorted(said.err.splitlines()) == [
        "Google Calendar cannot be reached; asking again in 2 s.",
        "Todoist cannot be reached; asking again in 2 s.",
    ]


def test_the_feeds_are_written_all_the_same(offline, slept):
    said = offline.run("push", "--yes")
    assert "✓ ics: phased, Phase 1: clearing: 3 of 3 steps done" in said.out
    assert feed(offline) == ["Phase 1: clearing", "cut the brambles", "burn the cuttings"]


def test_a_command_for_that_service_alone_ends_with_its_sentence(offline, slept):
    said = offline.run("pull", "--target", "google")
    assert said.code == 6
    assert said.err.splitlines()[1:] == [
        "Google Calendar cannot be reached.",
        "Check the connection, then run the same command again; nothing is lost.",
    ]


def test_an_access_token_that_has_run_out_makes_it_no_slower(offline, slept):
    """The sign-in is renewed first, at an address that is out of reach just as well."""
    file = offline.state / "google-token.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "expiry": "2020-01-01T00:00:00Z"}))
    said = offline.run("pull", "--target", "google")
    assert said.code == 6
    assert "cannot be reached" in said.err
    assert slept == [1.5]
