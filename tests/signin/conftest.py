"""A keyring of its own for every test, Google on loopback, and a clock that stands still."""

from collections.abc import Iterator

import pytest

from sync.sandbox import Sandbox
from tests.sign_ins import Canned, Clock, Keyring, canned, google, with_keyring


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    """The keyring of this computer: absent, until a test gives it a priority."""
    return with_keyring(monkeypatch, Keyring(priority=0))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def box(clock: Clock) -> Iterator[Sandbox]:
    with google(clock) as sandbox:
        yield sandbox


@pytest.fixture
def service() -> Iterator[Canned]:
    with canned() as running:
        yield running
