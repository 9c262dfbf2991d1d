"""The JSON of a desktop client: where it is missing, another one, or not to be trusted."""

import json

import pytest

from sync.errors import ConfigError
from sync.signin.clients import read_client

INSIDE = {
    "client_id": "1059-x.apps.googleusercontent.com",
    "project_id": "mine",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
    "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
    "client_secret": "GOCSPX-secret",
    "redirect_uris": ["http://localhost"],
}


def complaint(tmp_path, content):
    file = tmp_path / "client_secret.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(ConfigError) as caught:
        read_client(file)
    error = caught.value
    assert str(file) in error.title
    assert "docs/google.md" in error.hint
    assert "GOCSPX" not in str(error)
    return error.title.replace(str(file), "FILE")


def test_the_file_of_the_console_is_read(tmp_path):
    file = tmp_path / "client_secret.json"
    file.write_text(json.dumps({"installed": INSIDE}))
    client = read_client(file)
    assert (client.client_id, client.client_secret) == (INSIDE["client_id"], "GOCSPX-secret")
    assert (client.auth_uri, client.token_uri) == (INSIDE["auth_uri"], INSIDE["token_uri"])
    assert "GOCSPX" not in repr(client)


def test_a_missing_file_says_where_it_comes_from(tmp_path):
    with pytest.raises(ConfigError, match="There is no") as caught:
        read_client(tmp_path / "client_secret.json")
    assert "docs/google.md" in caught.value.hint


def test_a_folder_in_its_place_is_one_clear_sentence(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        read_client(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"GOCSPX-secret", b"\xff\xfe\xfd", b"[" * 100_000, [], {}, {"installed": "x"}]
)
def test_another_file_is_told_from_a_client(tmp_path, content):
    assert complaint(tmp_path, content) == "FILE is not the JSON of a desktop client."


@pytest.mark.parametrize(
    ("content", "instead"),
    [
        ({"web": INSIDE}, "that of a web application"),
        ({"type": "service_account", "private_key": "GOCSPX"}, "the key of a service account"),
    ],
)
def test_a_client_of_another_kind_is_named(tmp_path, content, instead):
    assert complaint(tmp_path, content) == f"FILE is not the JSON of a desktop client but {instead}."


def test_what_is_missing_is_named(tmp_path):
    inside = {**INSIDE, "client_secret": "", "token_uri": 5}
    assert complaint(tmp_path, {"installed": inside}) == "FILE lacks client_secret, token_uri."


@pytest.mark.parametrize("name", ["auth_uri", "token_uri"])
@pytest.mark.parametrize("address", ["https://example.org/token", "http://accounts.google.com/o/oauth2/auth"])
def test_an_address_that_is_not_googles_is_refused(tmp_path, name, address):
    title = complaint(tmp_path, {"installed": {**INSIDE, name: address}})
    assert title == f"The {name} in FILE is neither Google's nor on this computer."
