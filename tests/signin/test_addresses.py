"""Who may be sent a secret."""

import pytest

from sync.signin.addresses import is_googles, is_loopback, is_trusted


@pytest.mark.parametrize(
    "address",
    [
        "https://oauth2.googleapis.com/token",
        "https://accounts.google.com/o/oauth2/token",
        "https://accounts.google.com/o/oauth2/auth",
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://www.googleapis.com/oauth2/v4/token",
    ],
)
def test_googles_own_addresses_are_trusted(address):
    assert is_googles(address)
    assert is_trusted(address)
    assert not is_loopback(address)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8080/token", "http://localhost/token", "http://[::1]:9/token", "https://127.8.9.10"],
)
def test_this_machine_is_trusted(address):
    assert is_loopback(address)
    assert is_trusted(address)
    assert not is_googles(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com:8443/token",
        "https://oauth2.googleapis.com.example.org/token",
        "https://evil-accounts.google.com/token",
        "https://example.org/oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com@example.org/token",
        "https://example.org#@oauth2.googleapis.com/token",
        "https://example.org\\@oauth2.googleapis.com/token",
        "http://127.0.0.1@example.org/",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "http://127.0.0.1%2eexample.org/",
        "http://[::2]/",
        "http://127.0.0.1/\r\nHost: example.org",
        "ftp://127.0.0.1/",
        "//127.0.0.1/",
        "",
    ],
)
def test_nobody_else_is(address):
    assert not is_trusted(address)
