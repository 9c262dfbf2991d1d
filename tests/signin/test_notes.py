"""What is remembered beside a secret: of this one only, without it, and never in the way."""

import json
from datetime import timedelta

import pytest

from sync.signin.notes import FILE, Note, drop, recall, remember
from tests.desk import NOW

NOTE = Note(NOW, NOW + timedelta(days=7), "me@example.com")


def test_a_note_is_recalled_for_its_secret_and_for_no_other(tmp_path):
    remember(tmp_path, "google", "1//secret", NOTE)
    remember(tmp_path, "todoist", "other", Note(NOW))
    assert recall(tmp_path, "google", "1//secret") == NOTE
    assert recall(tmp_path, "todoist", "other") == Note(NOW)
    assert recall(tmp_path, "google", "1//another") is None
    assert recall(tmp_path, "todoist", "1//secret") is None


def test_the_file_does_not_hold_the_secret(tmp_path):
    remember(tmp_path, "google", "1//secret", NOTE)
    assert "secret" not in (tmp_path / FILE).read_text()


def test_a_note_can_be_dropped_and_the_others_stay(tmp_path):
    drop(tmp_path, "google")
    assert not (tmp_path / FILE).exists()
    remember(tmp_path, "google", "1//secret", NOTE)
    remember(tmp_path, "todoist", "other", NOTE)
    drop(tmp_path, "google")
    assert recall(tmp_path, "google", "1//secret") is None
    assert recall(tmp_path, "todoist", "other") == NOTE


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "[" * 100_000, '{"google": 1}'])
def test_a_damaged_file_is_as_good_as_none(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    assert recall(tmp_path, "google", "1//secret") is None
    remember(tmp_path, "google", "1//secret", NOTE)
    assert recall(tmp_path, "google", "1//secret") == NOTE


@pytest.mark.parametrize("damage", [{"at": "yesterday"}, {"at": 5}, {"ends": 5}])
def test_a_damaged_note_is_as_good_as_none(tmp_path, damage):
    remember(tmp_path, "google", "1//secret", NOTE)
    notes = json.loads((tmp_path / FILE).read_text())
    notes["google"] |= damage
    (tmp_path / FILE).write_text(json.dumps(notes))
    assert recall(tmp_path, "google", "1//secret") is None
