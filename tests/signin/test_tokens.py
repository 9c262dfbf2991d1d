"""Access tokens while a program runs: renewed in time, once, by whichever thread, and put back."""

import json
import threading

import pytest

from sync.errors import NotAuthorised, RetryLater
from sync.signin.places import Place, google_places
from sync.signin.tokens import GoogleTokens


@pytest.fixture
def kept(box, tmp_path):
    """The file of a consent that was given in the sandbox."""
    file = tmp_path / "google-token.json"
    file.write_text(json.dumps(box.google.authorized_user()))
    return file


@pytest.fixture
def tokens(kept, clock):
    return GoogleTokens(google_places(kept.parent, None), clock)


def asked(box):
    """How often the token endpoint was asked."""
    return len(box.google.log.sign_ins)


def inside(file):
    return json.loads(file.read_text())


def test_a_token_that_is_still_good_is_handed_out_without_asking(box, tokens, kept):
    assert tokens.bearer() == inside(kept)["token"]
    assert asked(box) == 0


def test_a_token_that_ends_is_renewed_once_and_put_back(box, tokens, kept, clock):
    old = inside(kept)
    clock.forward(minutes=57)
    new = tokens.bearer()
    assert new != old["token"]
    assert tokens.bearer() == new
    assert asked(box) == 1
    assert inside(kept) == {**old, "token": new, "expiry": "2026-03-02T07:56:59Z"}
    assert box.google.sign_in.grant(f"Bearer {new}").scopes


def test_another_program_starts_with_the_renewed_token(box, tokens, kept, clock):
    new = tokens.renewed()
    assert GoogleTokens(google_places(kept.parent, None), clock).bearer() == new
    assert asked(box) == 1


def test_a_token_that_was_refused_is_renewed_though_its_time_is_not_over(box, tokens):
    old = tokens.bearer()
    box.google.sign_in.end_access()
    new = tokens.renewed()
    assert new not in {old, ""}
    assert tokens.bearer() == new


def test_a_token_in_the_keyring_is_renewed_there(box, clock, tmp_path, ring):
    ring.priority = 5
    google_places(tmp_path, None).keep(json.dumps(box.google.authorized_user()))
    new = GoogleTokens(google_places(tmp_path, None), clock).renewed()
    assert json.loads(next(iter(ring.entries.values())))["token"] == new
    assert list(tmp_path.iterdir()) == []


def test_threads_that_are_refused_together_renew_once(box, tokens, monkeypatch):
    refresh = GoogleTokens._renew
    everyone_is_here = threading.Barrier(8, timeout=20)

    def when_all_wait(self):
        # the first one holds the lock here until the others stand before it
        everyone_is_here.wait()
        return refresh(self)

    monkeypatch.setattr(GoogleTokens, "_renew", when_all_wait)
    lock = threading.Lock()

    class Gate:
        """Lets the others arrive at the lock before they wait for it."""

        def __enter__(self):
            if not lock.acquire(blocking=False):
                everyone_is_here.wait()
                lock.acquire()

        def __exit__(self, *ended):
            lock.release()

    monkeypatch.setattr(tokens, "_lock", Gate())
    got = []
    threads = [threading.Thread(target=lambda: got.append(tokens.renewed())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(got) == 8
    assert len(set(got)) == 1
    assert asked(box) == 1


def test_nobody_signed_in_names_the_command(tmp_path, clock):
    with pytest.raises(NotAuthorised, match="Nobody is signed in to Google") as caught:
        GoogleTokens(google_places(tmp_path, None), clock)
    assert caught.value.exit_code == 7
    assert "roadmap-sync auth google" in caught.value.hint


def test_a_consent_that_was_taken_back_says_so_and_leaves_the_file(box, tokens, kept):
    before = kept.read_bytes()
    box.google.sign_in.end_consent()
    with pytest.raises(NotAuthorised, match="ended this sign-in") as caught:
        tokens.renewed()
    assert "seven days" in caught.value.hint
    assert kept.read_bytes() == before


def test_a_network_that_is_not_there_leaves_everything_as_it_was(box, tokens, kept, clock):
    before = kept.read_bytes()
    box.stop()
    clock.forward(hours=2)
    with pytest.raises(RetryLater, match="cannot be reached"):
        tokens.bearer()
    assert kept.read_bytes() == before


def test_a_token_for_other_things_is_not_used(box, tmp_path, clock):
    user = box.google.authorized_user(("https://www.googleapis.com/auth/calendar.readonly",))
    (tmp_path / "google-token.json").write_text(json.dumps(user))
    with pytest.raises(NotAuthorised, match="not to calendars"):
        GoogleTokens(google_places(tmp_path, None), clock)


@pytest.mark.parametrize("now", ["somebody else's", "", "no JSON"])
def test_who_signed_in_anew_meanwhile_is_not_overwritten(box, tokens, kept, now):
    text = json.dumps(box.google.authorized_user()) if now == "somebody else's" else now
    kept.write_text(text)
    assert tokens.renewed()
    assert kept.read_text() == text


def test_a_file_that_is_gone_stays_gone(tokens, kept):
    kept.unlink()
    assert tokens.renewed()
    assert not kept.exists()


def test_a_token_that_cannot_be_put_back_serves_all_the_same(box, tokens, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    new = tokens.renewed()
    assert tokens.bearer() == new
    assert asked(box) == 1


def test_nothing_is_shown_of_the_tokens(tokens):
    assert "ya29" not in repr(tokens)
    assert "ya29" not in repr(vars(tokens))


def test_every_place_can_be_named(tmp_path, ring):
    ring.priority = 5
    places: tuple[Place, ...] = google_places(tmp_path, None).reading
    assert [str(place) for place in places] == [str(tmp_path / "google-token.json"), "the keyring"]
