import os
import re
import stat
import threading
from pathlib import Path

import pytest

from sync.errors import ConfigError
from sync.serving.secret import secret_path


@pytest.fixture
def state(tmp_path):
    return tmp_path / "state"


def test_the_secret_is_made_once_and_kept(state):
    token = secret_path(state)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert secret_path(state) == token


def test_two_states_have_two_secrets(tmp_path):
    assert secret_path(tmp_path / "a") != secret_path(tmp_path / "b")


def test_rotating_makes_a_new_one_that_is_kept(state):
    old = secret_path(state)
    new = secret_path(state, rotate=True)
    assert new != old
    assert secret_path(state) == new


def test_rotating_before_there_is_one_makes_one(state):
    assert secret_path(state, rotate=True) == secret_path(state)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("rotate", [False, True])
def test_only_its_owner_may_read_it_whatever_the_umask(state, rotate):
    before = os.umask(0)
    try:
        secret_path(state, rotate=rotate)
    finally:
        os.umask(before)
    (file,) = state.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


@pytest.mark.parametrize("rotate", [False, True])
def test_nothing_else_is_left_in_the_state_folder(state, rotate):
    secret_path(state, rotate=rotate)
    assert [file.name for file in state.iterdir()] == ["feed-secret"]


def test_a_file_system_without_hard_links_will_do(state, monkeypatch):
    def unsupported(self, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", unsupported)
    token = secret_path(state)
    assert secret_path(state) == token
    assert [file.name for file in state.iterdir()] == ["feed-secret"]


def test_runs_that_start_together_agree_on_one_secret(state, monkeypatch):
    everyone_is_here = threading.Barrier(6, timeout=20)
    hardlink_to = Path.hardlink_to

    def together(self, target):
        everyone_is_here.wait()
        hardlink_to(self, target)

    monkeypatch.setattr(Path, "hardlink_to", together)
    tokens = []
    threads = [threading.Thread(target=lambda: tokens.append(secret_path(state))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(tokens) == 6
    assert set(tokens) == {secret_path(state)}
    assert [file.name for file in state.iterdir()] == ["feed-secret"]


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff" * 43, b"a" * 44, b"../" * 14 + b"a"])
def test_a_damaged_secret_is_never_replaced_in_silence(state, content):
    state.mkdir()
    (state / "feed-secret").write_bytes(content)
    with pytest.raises(ConfigError, match="damaged") as caught:
        secret_path(state)
    assert "delete it" in caught.value.hint
    assert (state / "feed-secret").read_bytes() == content
    assert re.fullmatch(r"[\w-]{43}", secret_path(state, rotate=True))


@pytest.mark.parametrize("rotate", [False, True])
def test_a_state_folder_that_is_a_file_is_one_clear_sentence(tmp_path, rotate):
    (tmp_path / "state").write_text("not a folder")
    with pytest.raises(ConfigError, match="cannot be read or written") as caught:
        secret_path(tmp_path / "state", rotate=rotate)
    assert "--state" in caught.value.hint


def test_a_secret_that_is_a_folder_is_one_clear_sentence(state):
    (state / "feed-secret").mkdir(parents=True)
    with pytest.raises(ConfigError, match="cannot be read"):
        secret_path(state)


def test_a_full_disk_leaves_the_old_secret_and_no_other_file(state, monkeypatch):
    token = secret_path(state)

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left"):
        secret_path(state, rotate=True)
    assert [file.name for file in state.iterdir()] == ["feed-secret"]
    assert secret_path(state) == token
