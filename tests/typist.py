"""A person who types what a page says, on a computer with both services on it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from sync.config.settings import set_value
from sync.sandbox import Sandbox
from sync.signin.places import FilePlace
from tests.pages import Block, commands, run, serve
from tests.sign_ins import Browser, google, redirected, types

CONFIG = """\
[google]
enabled = true
endpoint = "{0}"

[todoist]
enabled = true
endpoint = "{0}"
"""


class Typist:
    """Carries out commands in the current folder, and answers whatever they ask.

    Where a command writes a configuration for the real services, it is pointed at those on this computer.
    """

    def __init__(
        self,
        box: Sandbox,
        state: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        stack: ExitStack,
    ) -> None:
        self.box = box
        self.trial = ""
        """The address of the sandbox that the page itself has opened."""
        self._state, self._capsys, self._stack = state, capsys, stack
        self._browser = Browser()
        types(monkeypatch, f"{box.todoist.token}\n")
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(click, "confirm", lambda *_, **__: True)
        monkeypatch.setattr(click, "prompt", self._answer)
        monkeypatch.setattr("webbrowser.open", self._browser.open)
        Path("client_secret.json").write_text(json.dumps(box.google.client_secrets()))

    def sign_in(self) -> None:
        """Have both services configured, and be signed in to them."""
        Path("config.toml").write_text(CONFIG.format(self.box.url))
        FilePlace(self._state / "google-token.json").save(json.dumps(self.box.google.authorized_user()))
        FilePlace(self._state / "todoist-token").save(self.box.todoist.token)

    def types(self, block: Block) -> str:
        """Carry out the commands of a block, each of which must end well; what they said."""
        said = ""
        for words in commands(block):
            code, told = self._carried_out(words)
            assert code == 0, f"{block.name}: {' '.join(words)}\n{told}"
            said += told
        return said

    def _carried_out(self, words: list[str]) -> tuple[int | str | None, str]:
        if words[0] == "serve":
            return serve(words)
        if words[0] == "sandbox":
            return 0, self._stack.enter_context(self._sandbox(words))
        code, told = run(words, self._capsys)
        self._browser.close()
        if words[0] == "init":
            for service in ("google", "todoist"):
                set_value(Path("config.toml"), service, "endpoint", self.box.url)
        return code, told

    @contextmanager
    def _sandbox(self, words: list[str]) -> Iterator[str]:
        """Run the sandbox as the page says, in another terminal; what it said at the beginning."""
        program = [sys.executable, "-m", "sync", *words, "--port", "0"]
        with subprocess.Popen(
            program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout is not None
            said = ""
            try:
                while "Ctrl-C stops it" not in said:
                    line = process.stdout.readline()
                    assert line, f"it ended at once\n{said}"
                    said += line
                self.trial = re.findall(r"http://\S+/", said)[0]
                yield said
            finally:
                process.terminate()

    def _answer(self, question: str, **how: Any) -> Any:
        """What a person types: a token, an address, and today for whatever else is asked."""
        if how.get("hide_input"):
            return self.box.todoist.token
        if question == "Address":
            shown = self._capsys.readouterr().err.split()
            return redirected(next(word for word in shown if word.startswith(self.box.url)))
        return how["value_proc"](date.today().isoformat())  # noqa: DTZ011 - as the person's own clock has it


@contextmanager
def typist(
    state: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Typist]:
    """Sit down in the current folder; what was opened is closed in the end."""
    with google() as box, ExitStack() as stack:
        yield Typist(box, state, capsys, monkeypatch, stack)
