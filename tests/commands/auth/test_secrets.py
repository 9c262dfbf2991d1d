"""No secret is ever said, at any verbosity, whatever goes wrong."""

import io
import logging
import traceback
from contextlib import redirect_stderr, redirect_stdout
from urllib.parse import parse_qsl

import pytest
import requests

from sync.app.signing import google_tokens
from sync.cli import main
from sync.errors import NotAuthorised
from sync.signin.consent import PASTED_BACK
from tests.desk import Desk
from tests.sign_ins import APP, TODOIST_TOKEN, configured, types


def everything(desk: Desk, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """All that a command says at -vv: both streams, every log, and the traceback of a failure."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", logging.DEBUG)
    root.addHandler(handler)
    try:
        with redirect_stdout(said), redirect_stderr(said):
            main(["-vv", "--state", str(desk.state), *words])
    except (SystemExit, Exception) as left:  # noqa: BLE001 - whatever it is, it must not tell
        said.write(repr(left) + "".join(traceback.format_exception(left)))
    finally:
        root.removeHandler(handler)
    return said.getvalue()


@pytest.fixture
def sent(monkeypatch):
    """Every secret that is sent to Google: values of forms, and the header that names the client."""
    secrets: set[str] = set()
    send = requests.adapters.HTTPAdapter.send

    def listening(self, request, **more):
        if request.method == "POST":
            form = dict(parse_qsl(request.body if isinstance(request.body, str) else request.body.decode()))
            names = ("code", "code_verifier", "client_secret", "refresh_token", "token")
            secrets.update(form[name] for name in names if name in form)
            secrets.update(request.headers.get("Authorization", "").split()[1:])
        answer = send(self, request, **more)
        if request.method == "POST" and answer.status_code == 200:
            secrets.update(value for name, value in answer.json().items() if name.endswith("_token"))
        return answer

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", listening)
    return secrets


def test_no_secret_of_google_is_ever_said(desk, box, browser, monkeypatch, sent):
    sent.add(box.google.client_secrets()["installed"]["client_secret"])
    told = everything(desk, monkeypatch, "auth", "google")
    told += everything(desk, monkeypatch, "auth", "status")
    told += everything(desk, monkeypatch, "--json", "auth", "status")
    box.google.sign_in.end_access()
    tokens = google_tokens(configured(desk))
    tokens.renewed()
    box.google.sign_in.end_consent()
    with pytest.raises(NotAuthorised) as caught:
        tokens.renewed()
    told += "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(tokens)
    told += everything(desk, monkeypatch, "--json", "auth", "google")
    told += everything(desk, monkeypatch, "auth", "google", "--revoke")
    box.google.quirks.unticked = frozenset({APP})
    told += everything(desk, monkeypatch, "auth", "google")
    types(monkeypatch, f"{PASTED_BACK}?state=x&code=4/0pasted")
    told += everything(desk, monkeypatch, "auth", "google", "--no-browser")
    assert len(sent) >= 12
    assert "Traceback" in told
    assert not [secret for secret in {*sent, "4/0pasted"} if secret in told]


@pytest.mark.parametrize("status", [200, 401, 503, 404])
def test_no_token_of_todoist_is_ever_said(desk, service, monkeypatch, status):
    service.says(status, {"email": "me@example.com", "token": TODOIST_TOKEN})
    told = ""
    for words in ((), ("--json",)):
        types(monkeypatch, TODOIST_TOKEN)
        told += everything(desk, monkeypatch, "auth", "todoist", *words)
        monkeypatch.setenv("TODOIST_API_TOKEN", TODOIST_TOKEN)
        told += everything(desk, monkeypatch, *words, "auth", "status")
    types(monkeypatch, f"{TODOIST_TOKEN} and more")
    told += everything(desk, monkeypatch, "auth", "todoist")
    monkeypatch.setenv("TODOIST_API_TOKEN", f"{TODOIST_TOKEN} and more")
    told += everything(desk, monkeypatch, "auth", "status")
    assert "HTTP Request: GET" in told
    assert TODOIST_TOKEN not in told
