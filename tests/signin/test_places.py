"""Where a secret is kept: who may read it, what a crash leaves, and which place counts."""

import os
import stat
import sys
import types
from pathlib import Path

import keyring
import pytest
from keyring.errors import KeyringLocked

from sync.errors import ConfigError
from sync.signin.places import FilePlace, Places, google_places, keyring_place, todoist_places

SECRET = "a secret with an ü"


@pytest.fixture
def place(tmp_path: Path) -> FilePlace:
    return FilePlace(tmp_path / "state" / "token")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- files ---


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_may_read_it_whatever_the_umask(place):
    before = os.umask(0)
    try:
        assert place.save(SECRET)
    finally:
        os.umask(before)
    assert (mode(place.file), mode(place.file.parent)) == (0o600, 0o700)
    assert place.load() == SECRET
    assert not place.is_open_to_others


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_that_others_could_read_is_closed_when_it_is_written(place):
    place.save("old")
    place.file.chmod(0o644)
    assert place.is_open_to_others
    place.save(SECRET)
    assert mode(place.file) == 0o600


def test_a_full_disk_leaves_the_old_secret_and_no_other_file(place, monkeypatch):
    place.save("old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left"):
        place.save(SECRET)
    assert place.load() == "old"
    assert [each.name for each in place.file.parent.iterdir()] == ["token"]


def test_the_secret_is_durable_before_it_takes_the_place_of_the_old_one(place, monkeypatch):
    told: list[str | int] = []
    fsync, replace = os.fsync, Path.replace

    def synced(descriptor):
        told.append("fsync")
        fsync(descriptor)

    def replaced(self, goal):
        told.append(mode(self))
        return replace(self, goal)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    place.save(SECRET)
    assert told == ["fsync", 0o600]


def test_a_link_stays_a_link(place, tmp_path):
    real = tmp_path / "elsewhere" / "token"
    FilePlace(real).save("old")
    place.file.parent.mkdir()
    place.file.symlink_to(real)
    place.save(SECRET)
    assert place.file.is_symlink()
    assert real.read_text("utf-8") == SECRET


def test_forgetting_says_whether_there_was_something(place):
    place.save(SECRET)
    assert place.forget()
    assert not place.forget()
    assert place.load() is None
    assert not place.is_open_to_others


@pytest.mark.parametrize("act", ["load", "forget", "save"])
def test_a_folder_in_its_place_is_one_clear_sentence(place, act):
    place.file.mkdir(parents=True)
    with pytest.raises(ConfigError, match="cannot be read or written") as caught:
        getattr(place, act)(*[SECRET] if act == "save" else [])
    assert "--state" in caught.value.hint
    assert SECRET not in str(caught.value)


# --- the keyring ---


@pytest.mark.parametrize("priority", [0, -1])
def test_a_keyring_that_keeps_nothing_counts_as_none(ring, priority):
    """Those are the priorities of keyring's backends `fail`, and of `null` and an empty `chainer`."""
    ring.priority = priority
    assert keyring_place("google") == ()


@pytest.mark.parametrize("error", [ImportError, AttributeError, RuntimeError])
def test_a_keyring_that_cannot_be_loaded_counts_as_none(monkeypatch, error):
    def missing():
        raise error("no such backend")

    monkeypatch.setattr(keyring, "get_keyring", missing)
    assert keyring_place("google") == ()


def test_an_entry_of_the_keyring_is_kept_and_forgotten(ring):
    ring.priority = 5
    (place,) = keyring_place("google")
    assert place.save(SECRET)
    assert place.load() == SECRET
    assert ring.entries == {("roadmap-sync", "google"): SECRET}
    assert place.forget()
    assert not place.forget()
    assert place.load() is None
    assert SECRET not in repr(place)
    assert str(place) == "the keyring"


@pytest.mark.parametrize("error", [KeyringLocked("no"), OSError("no bus"), RuntimeError("no")])
def test_a_locked_keyring_takes_nothing_and_has_nothing(ring, error):
    ring.priority, ring.locked = 5, error
    (place,) = keyring_place("google")
    assert place.load() is None
    assert not place.save(SECRET)
    assert not place.forget()


def test_the_errors_of_the_linux_keyring_are_known(ring, monkeypatch):
    class SecretStorageException(Exception):
        pass

    module = types.ModuleType("secretstorage.exceptions")
    monkeypatch.setattr(module, "SecretStorageException", SecretStorageException, raising=False)
    monkeypatch.setitem(sys.modules, "secretstorage.exceptions", module)
    ring.priority, ring.locked = 5, SecretStorageException("dismissed")
    (place,) = keyring_place("google")
    assert place.load() is None


def test_a_keyring_that_locks_before_it_forgets_has_forgotten_nothing(ring, monkeypatch):
    ring.priority = 5
    (place,) = keyring_place("google")
    place.save(SECRET)

    def locked(service, entry):
        raise KeyringLocked("no")

    monkeypatch.setattr(ring, "delete_password", locked)
    assert not place.forget()


# --- which one counts ---


def counts(places: Places) -> str | None:
    """The secret that counts."""
    found = places.found()
    return found[0] if found else None


def test_without_a_keyring_both_tokens_are_files_of_the_state_folder(tmp_path):
    assert str(google_places(tmp_path, None).keep("g")) == str(tmp_path / "google-token.json")
    assert str(todoist_places(tmp_path).keep("t")) == str(tmp_path / "todoist-token")


def test_with_a_keyring_both_tokens_are_in_it_one_for_each_state_folder(tmp_path, ring):
    ring.priority = 5
    for places in (google_places(tmp_path, None), todoist_places(tmp_path)):
        assert str(places.keep("secret")) == "the keyring"
    assert {entry for _, entry in ring.entries} == {f"google {tmp_path}", f"todoist {tmp_path}"}
    assert google_places(tmp_path / "other", None).found() is None
    assert list(tmp_path.iterdir()) == []


def test_a_google_token_in_a_file_counts_and_a_new_one_goes_there(tmp_path, ring):
    ring.priority = 5
    google_places(tmp_path, None).keep("in the keyring")
    (tmp_path / "google-token.json").write_text("in the file")
    places = google_places(tmp_path, None)
    assert counts(places) == "in the file"
    places.keep("new")
    assert (tmp_path / "google-token.json").read_text() == "new"
    assert ring.entries == {}


def test_a_configured_file_is_used_even_before_it_exists(tmp_path, ring):
    ring.priority = 5
    file = tmp_path / "mine" / "token.json"
    assert str(google_places(tmp_path, file).keep("new")) == str(file)
    assert counts(google_places(tmp_path, file)) == "new"
    assert google_places(tmp_path, None).found() is None


def test_a_keyring_that_is_too_small_leaves_it_to_the_file(tmp_path, ring):
    ring.priority, ring.full = 5, True
    assert str(google_places(tmp_path, None).keep("long")) == str(tmp_path / "google-token.json")


def test_todoists_keyring_counts_before_its_file_and_no_second_token_is_left(tmp_path, ring):
    todoist_places(tmp_path).keep("in the file")
    ring.priority = 5
    places = todoist_places(tmp_path)
    assert counts(places) == "in the file"
    places.keep("in the keyring")
    assert not (tmp_path / "todoist-token").exists()
    assert counts(places) == "in the keyring"


def test_forgetting_forgets_everywhere(tmp_path, ring):
    ring.priority = 5
    places = google_places(tmp_path, None)
    places.keep("one")
    (tmp_path / "google-token.json").write_text("two")
    assert sorted(map(str, places.forget())) == [str(tmp_path / "google-token.json"), "the keyring"]
    assert places.forget() == []
    assert places.found() is None
